"""Two values compared: equal, equal after conversion, equal but for the unit, unequal, unparsed.

Relations (closed list, :data:`RELATIONS`):

``equal``            the same value with the same unit, however both are written
``equal_converted``  the same quantity in other units (60分 and 1時間, 30％ and 0.3, 3m20cm and 320cm)
``unit_missing``     the same number, only one has a unit (31 and 31本)
``unit_other``       the same number with another unit or counter (5個 and 5本, 12cm and 12g)
``unequal``          anything else that both could be read as
``unparsed``         one of the two could not be read as an answer

``correct`` is True for the first three, and for ``unit_other`` where only the counter differs: a
unit that is missing or a counter that is odd is a matter of form, told by the flags.

Flags (closed list, :data:`FLAGS`), none of which changes ``correct``:

``unit_missing`` ``unit_other`` ``wrong_counter`` ``converted`` ``not_reduced`` ``improper`` ``rounding``
``approximate`` ``order_of_parts`` ``labels`` ``half_of_day`` ``discount`` ``bound``

The comparison is exact and symmetric. A tolerance applies only where one is given.
"""

from __future__ import annotations

import contextlib
import itertools
from dataclasses import dataclass, replace
from fractions import Fraction

from jtextkit.core.errors import UsageError
from jtextkit.metrics.answers.statements import read_answer
from jtextkit.metrics.quantities.values import Value

RELATIONS = ("equal", "equal_converted", "unit_missing", "unit_other", "unequal", "unparsed")
"""Every relation, from the closest to none."""

FLAGS = (
    "unit_missing", "unit_other", "wrong_counter", "converted", "not_reduced", "improper", "rounding",
    "approximate", "order_of_parts", "labels", "half_of_day", "discount", "bound",
)  # fmt: skip
"""Every flag of form."""

_RANK = {relation: rank for rank, relation in enumerate(RELATIONS)}


@dataclass(frozen=True, slots=True)
class ValueComparison:
    """What two values have to do with each other.

    Attributes:
        relation: one of :data:`RELATIONS`.
        correct: whether one stands for the other as an answer.
        flags: some of :data:`FLAGS`, in their order.
    """

    relation: str
    correct: bool
    flags: tuple[str, ...] = ()


_Result = tuple[str, frozenset[str]]
"""A relation and flags; only the flag ``unit_other`` makes it wrong where the relation does not."""
_EQUAL: _Result = ("equal", frozenset())
_UNEQUAL: _Result = ("unequal", frozenset())


def compare(
    a: Value | str, b: Value | str, *, tolerance: Fraction | float | str | None = None
) -> ValueComparison:
    """Compare two values, or two short answers as text.

    Args:
        a: a value, or a text that is read as one.
        b: the other.
        tolerance: the largest absolute difference of two numbers in the same unit that still
            counts, or None for none at all; a match through it carries the flag ``rounding``.

    Raises:
        UsageError: the tolerance is no number, or negative.

    >>> compare("60分", "1時間").relation
    'equal_converted'
    >>> compare("1:4", "1:7").correct
    False
    """
    first, second = (read_answer(each) if isinstance(each, str) else each for each in (a, b))
    allowed = None if tolerance is None else _tolerance(tolerance)
    pairs = itertools.product((first, *first.readings), (second, *second.readings))
    relation, flags = min((_pair(x, y, allowed) for x, y in pairs), key=_distance)
    ordered = tuple(flag for flag in FLAGS if flag in flags)
    return ValueComparison(relation, _correct((relation, flags)), ordered)


def _tolerance(tolerance: Fraction | float | str) -> Fraction:
    with contextlib.suppress(ValueError, ZeroDivisionError):
        if (allowed := Fraction(str(tolerance))) >= 0:
            return allowed
    cure = "give a number from 0 on, such as 0.01 or 1/100"
    raise UsageError(f"a tolerance of {tolerance!r}", cure=cure)


def _correct(result: _Result) -> bool:
    return result[0] not in ("unequal", "unparsed") and "unit_other" not in result[1]


def _distance(result: _Result) -> tuple[bool, int, int]:
    return not _correct(result), _RANK[result[0]], len(result[1])


def _same(holds: bool, *flags: str) -> _Result:
    return ("equal", frozenset(flags)) if holds else _UNEQUAL


def _pair(a: Value, b: Value, tolerance: Fraction | None) -> _Result:
    if "text" in (a.kind, b.kind):
        alike = a.kind == b.kind and a.value == b.value != ""
        return _EQUAL if alike else ("unparsed", frozenset())
    if isinstance(a.value, Fraction) and isinstance(b.value, Fraction):
        return _scalars(a, b, tolerance)
    if "choice" in (a.kind, b.kind):
        return _same((a.kind == b.kind and a.value == b.value) or _label(a) == _label(b))
    if "date" in (a.form, b.form):
        return _dates(a, b)
    if a.kind != b.kind or (a.kind == "range" and a.bound != b.bound):
        return _UNEQUAL
    if a.kind == "ratio":
        return _ratios(a.value, b.value)
    if a.kind in ("remainder", "range"):
        # its ends no longer say 以上 and 以下: the range does
        ends = ([replace(end, bound="") for end in each.parts] for each in (a, b))
        return _worst([_scalars(x, y, tolerance) for x, y in zip(*ends, strict=True)])
    if a.kind == "parts":
        return _parts(a, b, tolerance)
    return _same(a.value == b.value)


def _label(value: Value) -> str | None:
    numbered = value.kind == "integer" and value.unit in (None, "番", "番目")
    says = numbered or value.kind in ("choice", "label", "ordinal")
    return str(value.value) if says else None


NEAR = frozenset(
    frozenset(pair.split())
    for pair in (
        "degree angle", "degree temperature", "kilo length", "kilo mass", "milli length", "milli volume", "month months",
    )
)  # fmt: skip
"""Dimensions whose units may be one: 30度 of an angle, 5キロ of a way or a weight."""
_COUNTED_FROM = ("歳", "才", "年生", "級", "段")
"""Units in which 18歳以上 answers 「何歳から」 as 18歳 does: where a step of a ladder is asked for."""
_TOLD = {"equal_converted": {"converted"}, "unit_missing": {"unit_missing"}}
"""Flags that a relation brings."""
_KILOS = {"キロ": ("km", "kg"), "ミリ": ("mm", "mL")}


def _scalars(a: Value, b: Value, tolerance: Fraction | None) -> _Result:
    flags = set()
    if a.bound != b.bound:
        if {a.bound, b.bound} != {"", ">="} or (a.unit or b.unit) not in _COUNTED_FROM:
            return _UNEQUAL
        flags.add("bound")
    if a.approximate != b.approximate:
        flags.add("approximate")
    if a.reduced != b.reduced:
        flags.add("not_reduced")
    if a.improper != b.improper and "mixed" in (a.form, b.form):
        flags.add("improper")
    if "clock" in (a.kind, b.kind):
        return _clocks(a, b, flags)
    if a.direction != b.direction:
        if a.direction and b.direction:
            return _UNEQUAL
        if {a.direction, b.direction} & {"引", "増"}:
            flags.add("discount")
    first, second = a.measure, b.measure
    x, y, relation = a.value, b.value, "equal"
    ordinals = (a.kind == "ordinal") != (b.kind == "ordinal")
    if first is None or second is None:
        if first is not second:
            return _bare(*((a, b) if first is None else (b, a)), tolerance, flags)
    elif first.dimension == second.dimension != "count":
        relation = "equal" if first.symbol == second.symbol else "equal_converted"
        if first.dimension != "rate":
            # in units of the first of the two symbols, so that the tolerance does not depend on order
            base = max(first.factor, second.factor)
            x, y = x * first.factor / base, y * second.factor / base
    elif first.symbol == second.symbol:
        relation = "unit_other" if ordinals else "equal"
    elif first.dimension == second.dimension and not ordinals:  # two counters
        flags.add("wrong_counter")
        relation = "unit_other"
    else:
        names = _KILOS.get(first.symbol, ()) or _KILOS.get(second.symbol, ())
        apart = names and first.symbol not in names and second.symbol not in names
        if apart or frozenset({first.dimension, second.dimension}) not in NEAR:
            same = a.number is not None and a.number == b.number
            return ("unit_other", frozenset({"unit_other"})) if same else _UNEQUAL
    return _numbers(x, y, a, b, tolerance, flags, relation)


def _numbers(
    x: Fraction, y: Fraction, a: Value, b: Value, tolerance: Fraction | None, flags: set[str], relation: str
) -> _Result:  # fmt: skip
    flags |= _TOLD.get(relation, set())
    if x == y:
        return relation, frozenset(flags)
    if tolerance is not None and abs(x - y) <= tolerance:
        return relation, frozenset(flags | {"rounding"})
    near = _rounds(x, y, a) or _rounds(y, x, b)
    return ("unequal", frozenset({"rounding"})) if near else _UNEQUAL


def _rounds(x: Fraction, y: Fraction, value: Value) -> bool:
    """Whether ``x``, written with decimals, is ``y`` rounded or cut there."""
    if value.form != "decimal" or x.denominator == 1:
        return False
    places = next((n for n in range(1, 13) if (x * 10**n).denominator == 1), None)
    return places is not None and abs(x - y) * 10**places < 1


def _bare(bare: Value, united: Value, tolerance: Fraction | None, flags: set[str]) -> _Result:
    assert united.measure is not None
    if united.measure.dimension.startswith("π"):
        return _UNEQUAL
    if united.measure.dimension == "rate" and bare.value == united.value and united.unit != "倍":
        return "equal_converted", frozenset(flags | {"converted"})
    number = united.value if united.number is None else united.number
    return _numbers(bare.value, number, bare, united, tolerance, flags, "unit_missing")


def _clocks(a: Value, b: Value, flags: set[str]) -> _Result:
    if a.kind == b.kind:
        apart = abs(a.value - b.value)
        if apart or a.half_of_day != b.half_of_day:
            flags.add("half_of_day")
        settled = a.half_of_day and b.half_of_day
        return _same(apart == 0 or (apart == 720 and not settled), *flags)
    clock, other = (a, b) if a.kind == "clock" else (b, a)
    if other.measure is None and other.value * 60 == clock.value:
        return "unit_missing", frozenset(flags | {"unit_missing"})
    return _UNEQUAL


def _ratios(a: tuple[Fraction, ...], b: tuple[Fraction, ...]) -> _Result:
    if a == b:
        return _EQUAL
    sums = sum(map(abs, a)), sum(map(abs, b))
    alike = [x * sums[1] for x in a] == [y * sums[0] for y in b]
    return _same(alike and all(sums), "not_reduced")


def _worst(results: list[_Result]) -> _Result:
    relations = [relation for relation, _ in results]
    relation = "unequal" if "unequal" in relations else max(relations, key=_RANK.__getitem__)
    return relation, frozenset[str]().union(*(flags for _, flags in results))


def _dates(a: Value, b: Value) -> _Result:
    """12月15日 and 15日 agree in what both say; so do 2026年12月15日 and 12月15日."""
    first, second = _calendar(a), _calendar(b)
    if not first or not second:
        return _UNEQUAL
    for fields, other in ((first, second), (second, first)):
        if list(fields) == [""]:  # a bare number: the finest of the other
            fields[next(key for key in reversed(other) if key != "weekday")] = fields.pop("")
    days = [[key for key in fields if key != "weekday"] for fields in (first, second)]
    if all(days) and days[0][-1] != days[1][-1]:  # 12月 does not answer for 12月15日
        return _UNEQUAL
    common = first.keys() & second.keys()
    return _worst([_pair(first[key], second[key], None) for key in common]) if common else _UNEQUAL


def _calendar(value: Value) -> dict[str, Value]:
    """The fields of a date, from the coarsest; a bare number's is named ""."""
    fields: dict[str, Value] = {}
    for part in value.parts if value.form == "date" else (value,):
        if part.kind == "weekday":
            fields["weekday"] = part
        elif isinstance(part.value, Fraction):
            fields["" if part.unit is None and part.kind != "ordinal" else part.unit or "第"] = part
    return fields


def _parts(a: Value, b: Value, tolerance: Fraction | None) -> _Result:
    if len(a.parts) != len(b.parts):
        return _UNEQUAL
    relation, flags = straight = _pairs(a.parts, b.parts, tolerance)
    labelled = all(a.labels) and all(b.labels)
    if not labelled:
        if _correct(straight):
            return relation, flags | (set() if a.labels == b.labels else {"labels"})
        bare = not (any(a.labels) or any(b.labels))
        matched = _any_order(a.parts, b.parts, tolerance) if bare else None
        return (matched[0], matched[1] | {"order_of_parts"}) if matched else straight
    if a.labels == b.labels:
        return straight
    if sorted(a.labels) == sorted(b.labels) and len(set(a.labels)) == len(a.labels):
        where = dict(zip(b.labels, b.parts, strict=True))
        result = _pairs(a.parts, tuple(where[label] for label in a.labels), tolerance)
        return (result[0], result[1] | {"order_of_parts"}) if _correct(result) else result
    units = {part.unit for part in a.parts} - {None}
    told_apart = len(units) == len(a.parts) and not set(a.labels) & set(b.labels)
    return (relation, flags | {"labels"}) if told_apart and relation == "equal" else _UNEQUAL


def _pairs(a: tuple[Value, ...], b: tuple[Value, ...], tolerance: Fraction | None) -> _Result:
    return _worst([_pair(x, y, tolerance) for x, y in zip(a, b, strict=True)])


def _any_order(
    a: tuple[Value, ...], b: tuple[Value, ...], tolerance: Fraction | None
) -> _Result | None:
    """A match of two bare lists in any order; the same for (a, b) and (b, a)."""
    left, results = list(b), []
    for x in a:
        for i, y in enumerate(left):
            result = _pair(x, y, tolerance)
            if result[0] in ("equal", "equal_converted"):
                del left[i]
                results.append(result)
                break
        else:
            return None
    return _worst(results)
