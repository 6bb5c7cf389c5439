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

Flags (closed list, :data:`FLAGS`) change nothing about ``correct``. The comparison is exact and symmetric. A tolerance applies only where one is given.
"""

import contextlib
import itertools
from collections.abc import Iterable
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


Tolerance = Fraction | float | str

_Result = tuple[str, frozenset[str]]
"""A relation and flags; only the flag ``unit_other`` makes it wrong where the relation does not."""
_UNEQUAL: _Result = ("unequal", frozenset())


def compare(
    a: Value | str, b: Value | str, *, tolerance: Tolerance | None = None
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


def _tolerance(tolerance: Tolerance) -> Fraction:
    with contextlib.suppress(ValueError, ZeroDivisionError):
        if (allowed := Fraction(str(tolerance))) >= 0:
            return allowed
    cure = "give a number from 0 on, such as 0.01 or 1/100"
    raise UsageError(f"a tolerance of {tolerance!r}", cure=cure)


def _correct(result: _Result) -> bool:
    return result[0] not in ("unequal", "unparsed") and "unit_other" not in result[1]


def _distance(result: _Result) -> tuple[bool, int, int]:
    return not _correct(result), RELATIONS.index(result[0]), len(result[1])


def _same(holds: bool, *flags: str) -> _Result:
    return ("equal", frozenset(flags)) if holds else _UNEQUAL


def _pair(a: Value, b: Value, tolerance: Fraction | None) -> _Result:
    if "text" in (a.kind, b.kind):
        alike = a.kind == b.kind and a.value == b.value != ""
        return "equal" if alike else "unparsed", frozenset()
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
        first, second = ([replace(end, bound="") for end in each.parts] for each in (a, b))
        return _pairs(zip(first, second, strict=True), tolerance)
    return _parts(a, b, tolerance) if a.kind == "parts" else _same(a.value == b.value)


def _pairs(pairs: Iterable[tuple[Value, Value]], tolerance: Fraction | None) -> _Result:
    """The worst relation of a pair, and the flags of all."""
    results = [_pair(x, y, tolerance) for x, y in pairs]
    worst, _ = max(results, key=lambda one: (one[0] == "unequal", RELATIONS.index(one[0])))
    return worst, frozenset[str]().union(*(flags for _, flags in results))


def _label(value: Value) -> str | None:
    numbered = value.kind == "integer" and value.unit in (None, "番", "番目")
    says = numbered or value.kind in ("choice", "label", "ordinal")
    return str(value.value) if says else None


NEAR = frozenset(map(frozenset, (
    ("degree", "angle"), ("degree", "temperature"), ("kilo", "length"), ("kilo", "mass"),
    ("milli", "length"), ("milli", "volume"), ("month", "months"),
)))  # fmt: skip
"""Dimensions whose units may be one: 30度 of an angle, 5キロ of a way or a weight."""
_KILOS = {"キロ": ("km", "kg"), "ミリ": ("mm", "mL")}
_COUNTED_FROM = frozenset(("歳", "才", "年生", "級", "段"))
"""Units in which 18歳以上 answers 「何歳から」 as 18歳 does: where a step of a ladder is asked for."""
_FORM = {"bound": "bound", "approximate": "approximate", "reduced": "not_reduced"}
"""Facts of a number that are form, each with the flag that says they differ."""


def _scalars(a: Value, b: Value, tolerance: Fraction | None) -> _Result:
    flags = {flag for fact, flag in _FORM.items() if getattr(a, fact) != getattr(b, fact)}
    if "bound" in flags:
        units = (a.unit or b.unit, b.unit or a.unit)
        if {a.bound, b.bound} != {"", ">="} or not _COUNTED_FROM.issuperset(units):
            return _UNEQUAL
    if a.improper != b.improper and "mixed" in (a.form, b.form):
        flags.add("improper")
    if "clock" in (a.kind, b.kind):
        return _clocks(a, b, flags)
    if a.direction != b.direction:
        if a.direction and b.direction:
            return _UNEQUAL
        if {a.direction, b.direction} & {"引", "増"}:
            flags.add("discount")
    if (found := _in_one_unit(a, b)) is None:
        return _UNEQUAL
    x, y, relation, flag = found
    if flag == "unit_other":
        return relation, frozenset({flag})
    flags |= {flag} - {""}
    if x == y:
        return relation, frozenset(flags)
    if tolerance is not None and abs(x - y) <= tolerance:
        return relation, frozenset(flags | {"rounding"})
    near = _rounds(x, y, a) or _rounds(y, x, b)
    return ("unequal", frozenset({"rounding"})) if near else _UNEQUAL


def _in_one_unit(a: Value, b: Value) -> tuple[Fraction, Fraction, str, str] | None:
    """Both numbers in one unit, and which relation and flag it is if they are the same."""
    first, second = a.measure, b.measure
    x, y = a.value, b.value
    if first is None or second is None:
        return (x, y, "equal", "") if first is second else _bare(a, b)
    ordinals = (a.kind == "ordinal") != (b.kind == "ordinal")
    if first.dimension == second.dimension != "count":
        if first.dimension != "rate":
            # in units of the first of the two symbols, so that the tolerance does not depend on order
            base = max(first.factor, second.factor)
            x, y = x * first.factor / base, y * second.factor / base
        alike = first.symbol == second.symbol
        return (x, y, "equal", "") if alike else (x, y, "equal_converted", "converted")
    if first.symbol == second.symbol:
        return x, y, "unit_other" if ordinals else "equal", ""
    if first.dimension == second.dimension and not ordinals:  # two counters
        return x, y, "unit_other", "wrong_counter"
    names = _KILOS.get(first.symbol, ()) or _KILOS.get(second.symbol, ())
    apart = names and first.symbol not in names and second.symbol not in names
    if not apart and frozenset({first.dimension, second.dimension}) in NEAR:
        return x, y, "equal", ""
    same = a.number is not None and a.number == b.number
    return (x, y, "unit_other", "unit_other") if same else None


def _bare(a: Value, b: Value) -> tuple[Fraction, Fraction, str, str] | None:
    """The same for two of which one has no unit: 0.3 is 30％, and 30 may stand for it."""
    united = a if b.measure is None else b
    assert united.measure is not None
    if united.measure.dimension.startswith("π"):
        return None
    if united.measure.dimension == "rate" and a.value == b.value and united.unit != "倍":
        return a.value, b.value, "equal_converted", "converted"
    number = united.value if united.number is None else united.number
    x, y = (number, b.value) if united is a else (a.value, number)
    return x, y, "unit_missing", "unit_missing"


def _rounds(x: Fraction, y: Fraction, value: Value) -> bool:
    """Whether ``x``, written with decimals, is ``y`` rounded or cut there."""
    if value.form != "decimal" or x.denominator == 1:
        return False
    places = next((n for n in range(1, 13) if (x * 10**n).denominator == 1), None)
    return places is not None and abs(x - y) * 10**places < 1


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
        return _same(a == b)
    sums = sum(map(abs, a)), sum(map(abs, b))
    alike = [x * sums[1] for x in a] == [y * sums[0] for y in b]
    return _same(alike and all(sums), "not_reduced")


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
    return _pairs([(first[key], second[key]) for key in common], None) if common else _UNEQUAL


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
    relation, flags = straight = _pairs(zip(a.parts, b.parts, strict=True), tolerance)
    if not (all(a.labels) and all(b.labels)):
        if _correct(straight):
            return straight if a.labels == b.labels else (relation, flags | {"labels"})
        matched = None if any((*a.labels, *b.labels)) else _any_order(a.parts, b.parts, tolerance)
    elif a.labels == b.labels:
        return straight
    elif sorted(a.labels) == sorted(b.labels) and len(set(a.labels)) == len(a.labels):
        named = dict(zip(b.labels, b.parts, strict=True))
        matched = [(part, named[label]) for part, label in zip(a.parts, a.labels, strict=True)]
    else:
        units = {part.unit for part in a.parts} - {None}
        told_apart = len(units) == len(a.parts) and not set(a.labels) & set(b.labels)
        return (relation, flags | {"labels"}) if told_apart and relation == "equal" else _UNEQUAL
    if matched is None:
        return straight
    relation, flags = result = _pairs(matched, tolerance)
    return (relation, flags | {"order_of_parts"}) if _correct(result) else result


def _any_order(
    a: tuple[Value, ...], b: tuple[Value, ...], tolerance: Fraction | None
) -> list[tuple[Value, Value]] | None:
    """Each value of ``a`` with one of ``b`` that it equals, or None."""
    left, matched = list(b), []
    for x in a:
        alike = (y for y in left if _pair(x, y, tolerance)[0] in ("equal", "equal_converted"))
        if (same := next(alike, None)) is None:
            return None
        left.remove(same)
        matched.append((x, same))
    return matched
