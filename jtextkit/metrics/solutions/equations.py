"""Is each equality of a chain true? Exactly, with the tolerance that its notation asks for.

Two sides are equal if one of their readings is (15％ is 0.15 and, after ×100, 15). Otherwise:

* units of one dimension are converted, on either side (30cm×10＝3m, 2.4km＝2400m);
* ``7あまり2`` and ``7…2`` are checked as quotient and remainder;
* ≒, 約 and … allow less than one unit of the last digit that is written;
* a decimal that rounds the exact value, which has more decimals, is a note (``rounded``);
* a quantity that is *named* by a number (``①＝12``, ``1個＝80円``, ``3時間＝3×60``) is no claim.

Whatever is wrong, the chain goes on from what the solution states.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise

from jtextkit.metrics.quantities.units import UNITS, Unit
from jtextkit.metrics.quantities.values import Value
from jtextkit.metrics.solutions.chains import EqualityChain, Part, as_fraction
from jtextkit.metrics.solutions.findings import Lines, SolutionFinding, shown
from jtextkit.metrics.solutions.forms import Forms

_CONVERTIBLE = frozenset(
    {"length", "area", "volume", "mass", "time", "months", "data", "length/time"}
)
# What a bare number of a solution can be counted in when the other side names a unit.
_UNNAMED = {
    "time": ("秒", "分", "時間", "日"),
    "length": ("m", "cm"),
    "mass": ("g",),
    "volume": ("mL", "cm³", "L"),
    "area": ("m²", "cm²"),
}


def check_chain(chain: EqualityChain, lines: Lines) -> Iterator[SolutionFinding]:
    """What is wrong in one chain."""
    known = [part for part in chain.parts if part.known and part.tokens]
    first = chain.parts[0]
    for index, (left, right) in enumerate(pairwise(known)):
        kind = _verdict(left, right, known[index + 2 : index + _FURTHER], is_first=left is first)
        if kind is None:
            continue
        yield lines.finding(
            kind,
            left.start,
            right.end,
            at=right.start,
            stated=_stated(right),
            computed=_computed(left, right),
        )


def recomputed(chain: EqualityChain) -> int:
    """How many of a chain's equalities have two sides that can be computed."""
    known = [part for part in chain.parts if part.known and part.tokens]
    return sum(
        bool(left.forms) and (bool(right.forms) or _is_remainder(right))
        for left, right in pairwise(known)
    )


def _is_remainder(part: Part) -> bool:
    return part.single is not None and part.single.kind == "remainder"


def _stated(part: Part) -> str:
    single = part.single
    if single is not None:
        return single.text
    return shown(as_fraction(part.forms))


def _computed(left: Part, right: Part) -> str:
    single, division = right.single, left.division
    if single is not None and single.kind == "remainder" and division is not None:
        a, b = division[0].value, division[1].value
        if isinstance(a, Fraction) and isinstance(b, Fraction) and b > 0:
            return f"{shown(Fraction(a // b))}あまり{shown(a % b)}"
    return shown(as_fraction(left.forms))


def _verdict(left: Part, right: Part, rest: list[Part], *, is_first: bool) -> str | None:
    """What is wrong between two parts, or None."""
    single = right.single
    if single is not None and single.kind == "remainder":
        return _remainder(left, single)
    if single is not None and single.kind == "ratio":
        ratio = left.single
        return None if ratio is None or _proportional(ratio, single) else "false-step"
    ours, theirs = left.forms, right.forms
    if not ours or not theirs or _meet(ours, theirs):
        return None
    pairs = [(a.plain, b.plain) for a in ours for b in theirs if not a.circled and not b.circled]
    circled = [(a.circled, b.circled) for a in ours for b in theirs if not a.plain and not b.plain]
    names = is_first and left.single is not None
    if right.operators and not names and any(form in right.leading for form in ours):
        return "running-on"
    if not pairs:
        # ①＝12 and ⑤－③＝200円 say what ① is; only what is circled on both sides can be false.
        return "false-step" if any(a and b for a, b in circled) else None
    if any(a.circled for a in ours) or any(b.circled for b in theirs):
        return None
    if _converted(left, right, rest, pairs):
        return None
    if names and _names(left, right):
        return None
    if right.about_to or left.about_to:
        value = single or left.single
        if value is not None and any(_in_last_digit(value, a, b) for a, b in pairs):
            return None
        if value is None:
            return None  # ≒ between two expressions: how near is near?
        return "false-step"
    if single is not None and any(_rounds(single, a, b) for a, b in pairs):
        return "rounded"
    if left.single is not None and single is not None and left.units and right.units:
        return "conversion"
    return "false-step"


def _meet(ours: Forms, theirs: Forms) -> bool:
    return any(form in theirs for form in ours)


def _proportional(a: Value, b: Value) -> bool:
    """Whether two ratios are one; what is no pair of ratios of as many terms is not judged."""
    if a.kind != "ratio" or len(a.value) != len(b.value) or not all(a.value) or not all(b.value):
        return True
    return all(x * b.value[0] == y * a.value[0] for x, y in zip(a.value, b.value, strict=True))


def _names(left: Part, right: Part) -> bool:
    """Whether the first part only names a quantity, whose value the second gives."""
    ours, theirs = left.single, right.single
    assert ours is not None
    if theirs is None:
        return ours.unit is not None or bool(right.units)
    if ours.unit is None and theirs.unit is None:
        return False
    if {ours.kind, theirs.kind} == {"percent", "decimal"} and None in (ours.unit, theirs.unit):
        return False  # 3割＝0.3, 0.35＝35％
    if ours.kind == "percent" and theirs.unit is None:
        return False
    if ours.measure is None or theirs.measure is None:
        return True
    return (
        ours.measure.dimension != theirs.measure.dimension
        or ours.measure.dimension not in _CONVERTIBLE
    )


def _remainder(left: Part, stated: Value) -> str | None:
    division = left.division
    if division is None:
        return _multiplied(left, stated)
    dividend, divisor = division
    a, b = dividend.value, divisor.value
    if not isinstance(a, Fraction) or not isinstance(b, Fraction) or b <= 0:
        return None
    quotient, rest = stated.value
    scales = {Fraction(1)}
    mine, other = dividend.measure, divisor.measure
    if mine is not None and other is not None and mine.dimension == other.dimension:
        scales.add(mine.factor / other.factor)
    for scale in scales:
        if a * scale == b * quotient + rest and 0 <= rest < b:
            return None
    return "remainder"


def _multiplied(left: Part, stated: Value) -> str | None:
    """Only a division leaves a remainder: 127×20＝6あまり7; but 5×7＝35あまり2 may go on."""
    if set(left.operators) != {"*"} or not re.search("[あ余]", stated.text):
        return None
    value = as_fraction(left.forms)
    return "remainder" if value is not None and value != stated.value[0] else None


def _converted(
    left: Part, right: Part, rest: list[Part], pairs: list[tuple[Fraction, Fraction]]
) -> bool:
    """Whether the sides are equal in other units."""
    ours = left.units
    theirs = right.units or next((part.units for part in rest if part.units), [])
    return any(
        a * mine.factor == b * other.factor
        for a, b in pairs
        for mine, other in _measures(ours, theirs, single=left.single is not None)
    )


def _measures(ours: list[Unit], theirs: list[Unit], *, single: bool) -> Iterator[tuple[Unit, Unit]]:
    """Pairs of units of one dimension in which both sides may be counted."""
    if len(ours) > _MANY or len(theirs) > _MANY:
        ours, theirs = ours[:_MANY], theirs[:_MANY]
    for other in theirs:
        for mine in ours:
            if mine.dimension == other.dimension:
                yield mine, other
            elif not single and mine.dimension == "length" and other.dimension in _POWERS:
                power = _POWERS[other.dimension]
                yield Unit(mine.symbol, other.dimension, mine.factor**power), other
            elif not single and "/" in other.dimension + mine.dimension:
                yield from _of_rates(mine, other)
        if not ours and not single:
            for name in _UNNAMED.get(other.dimension, ()):
                yield UNITS[name], other


_MANY = 8
_FURTHER = 6  # how far on in a chain its unit may stand
_POWERS = {"area": 2, "volume": 3}


def _of_rates(mine: Unit, other: Unit) -> Iterator[tuple[Unit, Unit]]:
    """A rate times a time gives its length in that length's unit: 分速80m×75＝6km."""
    for top, whole in ((mine, other), (other, mine)):
        dimension, _, per = top.dimension.partition("/")
        if per == "time" and dimension == whole.dimension:
            symbol = top.symbol.partition("/")[0]
            if symbol in UNITS:
                lone = UNITS[symbol]
                yield (lone, other) if top is mine else (mine, lone)


def _in_last_digit(stated: Value, a: Fraction, b: Fraction) -> bool:
    """Whether ``a`` and ``b`` differ by less than one unit of the last digit written in ``stated``.

    670 is written to the tens, 0.64 to the hundredths: rounding, up, down or to the nearest, all pass.
    """
    return abs(a - b) < _last_digit(stated)


def _last_digit(stated: Value) -> Fraction:
    number = stated.number if stated.number is not None else stated.value
    if not isinstance(number, Fraction) or not number or not isinstance(stated.value, Fraction):
        return Fraction(1)
    scale = Fraction(abs(stated.value / number))
    written = _decimals(number)
    if written is None:
        return scale / number.denominator
    if written:
        return scale * Fraction(1, 10**written)
    whole, unit = abs(number.numerator), 1
    while whole % 10 == 0 and unit < 10**15:
        whole //= 10
        unit *= 10
    return scale * unit


def _decimals(number: Fraction) -> int | None:
    """How many decimals write ``number`` exactly; None if none do, or more than 15."""
    for places in range(16):
        if 10**places % number.denominator == 0:
            return places
    return None


def _rounds(stated: Value, exact: Fraction, value: Fraction) -> bool:
    """Whether a decimal rounds, up, down or to the nearest, a value that needs more decimals."""
    if stated.form != "decimal" or stated.kind not in {"decimal", "percent"}:
        return False
    written, needed = _decimals(value), _decimals(exact)
    if written is None or (needed is not None and needed <= written + 1):
        return False
    return abs(exact - value) < Fraction(1, 10**written)
