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


_UNEQUAL = ("unequal", False, frozenset[str]())
_Result = tuple[str, bool, frozenset[str]]


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
    first = read_answer(a) if isinstance(a, str) else a
    second = read_answer(b) if isinstance(b, str) else b
    allowed = None if tolerance is None else _tolerance(tolerance)
    best: _Result = _pair(first, second, allowed)
    if first.readings or second.readings:
        for one in (first, *first.readings):
            for other in (second, *second.readings):
                result = _pair(one, other, allowed)
                if _key(result) < _key(best):
                    best = result
    relation, correct, flags = best
    return ValueComparison(relation, correct, tuple(flag for flag in FLAGS if flag in flags))


def _tolerance(tolerance: Fraction | float | str) -> Fraction:
    try:
        allowed = Fraction(str(tolerance))
    except (ValueError, ZeroDivisionError):
        allowed = Fraction(-1)
    if allowed < 0:
        raise UsageError(
            f"a tolerance of {tolerance!r}", cure="give a number from 0 on, such as 0.01 or 1/100"
        )
    return allowed


def _key(result: _Result) -> tuple[bool, int, int]:
    return not result[1], _RANK[result[0]], len(result[2])


def _pair(a: Value, b: Value, tolerance: Fraction | None) -> _Result:
    if a.kind == "text" or b.kind == "text":
        if a.kind == b.kind and a.value == b.value and a.value:
            return "equal", True, frozenset()
        return "unparsed", False, frozenset()
    if isinstance(a.value, Fraction) and isinstance(b.value, Fraction):
        return _scalars(a, b, tolerance)
    if "choice" in (a.kind, b.kind):
        same = a.kind == b.kind and a.value == b.value
        return ("equal", True, frozenset()) if same or _label(a) == _label(b) else _UNEQUAL
    if "date" in (a.form, b.form):
        return _dates(a, b)
    if a.kind != b.kind:
        return _UNEQUAL
    if a.kind == "ratio":
        return _ratios(a, b)
    if a.kind in ("remainder", "range"):
        if a.kind == "range":  # its ends no longer say 以上 and 以下: the range does
            if a.bound != b.bound:
                return _UNEQUAL
            a, b = (
                replace(each, parts=tuple(replace(part, bound="") for part in each.parts))
                for each in (a, b)
            )
        return _worst([_scalars(x, y, tolerance) for x, y in zip(a.parts, b.parts, strict=True)])
    if a.kind == "parts":
        return _parts(a, b, tolerance)
    return ("equal", True, frozenset()) if a.value == b.value else _UNEQUAL


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
    elif first.dimension == second.dimension:  # two counters
        if ordinals:
            return _other(a, b)
        flags.add("wrong_counter")
        relation = "unit_other"
    else:
        names = _KILOS.get(first.symbol, ()) or _KILOS.get(second.symbol, ())
        apart = names and first.symbol not in names and second.symbol not in names
        if apart or frozenset({first.dimension, second.dimension}) not in NEAR:
            return _other(a, b)
    return _numbers(x, y, a, b, tolerance, flags, relation)


def _other(a: Value, b: Value) -> _Result:
    if a.number is not None and a.number == b.number:
        return "unit_other", False, frozenset({"unit_other"})
    return _UNEQUAL


def _numbers(
    x: Fraction,
    y: Fraction,
    a: Value,
    b: Value,
    tolerance: Fraction | None,
    flags: set[str],
    relation: str,
) -> _Result:
    if relation == "equal_converted":
        flags.add("converted")
    if x == y:
        return relation, True, frozenset(flags)
    if tolerance is not None and abs(x - y) <= tolerance:
        return relation, True, frozenset(flags | {"rounding"})
    if _rounds(x, y, a) or _rounds(y, x, b):
        return "unequal", False, frozenset({"rounding"})
    return _UNEQUAL


def _rounds(x: Fraction, y: Fraction, value: Value) -> bool:
    """Whether ``x``, written with decimals, is ``y`` rounded or cut there."""
    if value.form != "decimal" or x.denominator == 1:
        return False
    step = Fraction(1)
    for _ in range(12):
        step /= 10
        if (x / step).denominator == 1:
            return abs(x - y) < step
    return False


def _bare(bare: Value, united: Value, tolerance: Fraction | None, flags: set[str]) -> _Result:
    assert united.measure is not None
    if united.measure.dimension.startswith("π"):
        return _UNEQUAL
    if united.measure.dimension == "rate" and bare.value == united.value:
        if united.unit == "倍":
            return "unit_missing", True, frozenset(flags | {"unit_missing"})
        return "equal_converted", True, frozenset(flags | {"converted"})
    number = united.number if united.number is not None else united.value
    result = _numbers(bare.value, number, bare, united, tolerance, flags, "unit_missing")
    return result if not result[1] else (result[0], True, result[2] | {"unit_missing"})


def _clocks(a: Value, b: Value, flags: set[str]) -> _Result:
    if a.kind == b.kind:
        if a.value == b.value:
            if a.half_of_day != b.half_of_day:
                flags.add("half_of_day")
            return "equal", True, frozenset(flags)
        if abs(a.value - b.value) == 720 and not (a.half_of_day and b.half_of_day):
            return "equal", True, frozenset(flags | {"half_of_day"})
        return _UNEQUAL
    clock, other = (a, b) if a.kind == "clock" else (b, a)
    if other.measure is None and other.value * 60 == clock.value:
        return "unit_missing", True, frozenset(flags | {"unit_missing"})
    return _UNEQUAL


def _ratios(a: Value, b: Value) -> _Result:
    if len(a.value) != len(b.value):
        return _UNEQUAL
    if a.value == b.value:
        return "equal", True, frozenset()
    first, second = _lowest(a.value), _lowest(b.value)
    if first is None or first != second:
        return _UNEQUAL
    return "equal", True, frozenset({"not_reduced"})


def _lowest(terms: tuple[Fraction, ...]) -> tuple[Fraction, ...] | None:
    head = next((term for term in terms if term), None)
    return None if head is None else tuple(term / head for term in terms)


def _worst(results: list[_Result]) -> _Result:
    relations = [result[0] for result in results]
    relation = max(relations, key=_RANK.__getitem__)
    correct = all(result[1] for result in results)
    if not correct and ("unequal" in relations or relation not in ("unparsed", "unit_other")):
        relation = "unequal"
    flags = frozenset[str]().union(*(result[2] for result in results))
    return relation, correct, flags


def _dates(a: Value, b: Value) -> _Result:
    """12月15日 and 15日 agree in what both say; so do 2026年12月15日 and 12月15日."""
    first, second = _calendar(a), _calendar(b)
    if first is None or second is None:
        return _UNEQUAL
    for fields, other in ((first, second), (second, first)):
        if list(fields) == [""]:  # a bare number: the finest of the other
            fields[next(key for key in reversed(other) if key != "weekday")] = fields.pop("")
    days = [[key for key in fields if key != "weekday"] for fields in (first, second)]
    if all(days) and days[0][-1] != days[1][-1]:  # 12月 does not answer for 12月15日
        return _UNEQUAL
    common = first.keys() & second.keys()
    return _worst([_pair(first[key], second[key], None) for key in common]) if common else _UNEQUAL


def _calendar(value: Value) -> dict[str, Value] | None:
    """The fields of a date, from the coarsest; a bare number's is named ""."""
    fields: dict[str, Value] = {}
    for part in value.parts if value.form == "date" else (value,):
        if part.kind == "weekday":
            fields["weekday"] = part
        elif isinstance(part.value, Fraction):
            fields["" if part.unit is None and part.kind != "ordinal" else part.unit or "第"] = part
    return fields or None


def _parts(a: Value, b: Value, tolerance: Fraction | None) -> _Result:
    if len(a.parts) != len(b.parts):
        return _UNEQUAL
    straight = _pairs(a.parts, b.parts, tolerance)
    labelled = all(a.labels) and all(b.labels)
    if not labelled:
        if straight[1]:
            same = a.labels == b.labels
            return straight[0], True, straight[2] | (set() if same else {"labels"})
        if any(a.labels) or any(b.labels):
            return straight
        matched = _any_order(a.parts, b.parts, tolerance)
        return straight if matched is None else (matched[0], True, matched[2] | {"order_of_parts"})
    if a.labels == b.labels:
        return straight
    if sorted(a.labels) == sorted(b.labels) and len(set(a.labels)) == len(a.labels):
        where = dict(zip(b.labels, b.parts, strict=True))
        other = tuple(where[label] for label in a.labels)
        result = _pairs(a.parts, other, tolerance)
        return result if not result[1] else (result[0], True, result[2] | {"order_of_parts"})
    if not set(a.labels) & set(b.labels) and straight[1] and straight[0] == "equal":
        units = [part.unit for part in a.parts]
        if None not in units and len(set(units)) == len(units):  # つる5羽… and 鶴5羽…
            return straight[0], True, straight[2] | {"labels"}
    return _UNEQUAL


def _pairs(a: tuple[Value, ...], b: tuple[Value, ...], tolerance: Fraction | None) -> _Result:
    return _worst([_pair(x, y, tolerance) for x, y in zip(a, b, strict=True)])


def _any_order(
    a: tuple[Value, ...], b: tuple[Value, ...], tolerance: Fraction | None
) -> _Result | None:
    """A match of two bare lists in any order; the same for (a, b) and (b, a)."""
    left = list(b)
    results = []
    for x in a:
        for i, y in enumerate(left):
            result = _pair(x, y, tolerance)
            if result[1] and result[0] in ("equal", "equal_converted"):
                results.append(result)
                del left[i]
                break
        else:
            return None
    return _worst(results)
