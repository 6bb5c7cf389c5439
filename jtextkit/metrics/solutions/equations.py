"""Is each equality of a chain true? Exactly, with the tolerance that its notation asks for.

Two sides are equal if one of their readings is (15％ is 0.15 and, after ×100, 15). Otherwise:

* units of one dimension are converted, on either side (30cm×10＝3m, 2.4km＝2400m);
* ``7あまり2`` and ``7…2`` are checked as quotient and remainder;
* ≒, 約 and … allow less than one unit of the last digit that is written; a decimal behind ≒ must be
  the nearest, unless the solution says that it cuts off;
* a decimal that rounds the exact value, which has more decimals, is a note (``rounded``);
* a quantity that is *named* by a number (``①＝12``, ``1個＝80円``, ``3時間＝3×60``) is no claim, and
  neither are two expressions with letters that some number would make equal.

Whatever is wrong, the chain goes on from what the solution states.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from fractions import Fraction
from itertools import pairwise, product

from jtextkit.metrics.quantities.units import UNITS
from jtextkit.metrics.quantities.values import Value
from jtextkit.metrics.solutions.arithmetic import (
    CIRCLE,
    PI,
    Number,
    alike,
    in_last_digit,
    nearest,
    rounds,
)
from jtextkit.metrics.solutions.chains import EqualityChain
from jtextkit.metrics.solutions.findings import Lines, SolutionFinding, shown
from jtextkit.metrics.solutions.parts import Part

CONVERTIBLE = frozenset(
    {"length", "area", "volume", "mass", "time", "months", "data", "length/time"}
)
# What a bare number of a solution can be counted in when the other side names a unit.
_UNNAMED = {
    "time": ("秒", "分", "時間", "日"), "length": ("m", "cm"), "mass": ("g",),
    "volume": ("mL", "cm³", "L"), "area": ("m²", "cm²"),
}  # fmt: skip
_PIS = (math.pi, 3.14, 3.1416, 22 / 7, 3.0)
_HALF_DAY = 720  # minutes
_SCALES = {"千": 10**3, "万": 10**4, "百": 100, "億": 10**8}
_SCALE = re.compile("[百千万億]")
_MAPS = re.compile("縮尺|地図|縮図")  # where 4cm may be 1km
_MANY = 8  # more units or letters than this in a part are not all tried

Letters = Mapping[str, Number]


def check_chain(
    chain: EqualityChain, lines: Lines, *, cut_off: bool = False
) -> tuple[list[SolutionFinding], int]:
    """What is wrong in one chain, and how many of its equalities were recomputed.

    One was if both its sides can be computed and it says something; an equation with letters does
    where it holds for whatever they stand for, or for nothing.
    """
    known = [part for part in chain.parts if part.known and part.tokens]
    findings, recomputed = [], 0
    for left, right in pairwise(known):
        kind = _verdict(left, right, is_first=left is chain.parts[0], cut_off=cut_off)
        recomputed += kind is not None
        if kind and not (kind == "conversion" and _MAPS.search(lines.text)):
            findings.append(false_equality(kind, left, right, lines, _computed(left, right)))
    return findings, recomputed


def false_equality(
    kind: str, left: Part, right: Part, lines: Lines, computed: str
) -> SolutionFinding:
    """The finding that two sides are not equal; what is stated is the right one."""
    single, numbers = right.single, right.numbers
    stated = single.text if single else shown(numbers[0]) if numbers else ""
    stated = stated or lines.text[right.start : right.end]
    start, end = min(left.start, right.start), max(left.end, right.end)
    return lines.finding(kind, start, end, at=right.start, stated=stated, computed=computed)


def _computed(left: Part, right: Part) -> str:
    single, division = right.single, left.division
    if single is not None and single.kind == "remainder" and division is not None:
        a, b = division[0].value, division[1].value
        return f"{shown(Fraction(a // b))}あまり{shown(a % b)}" if b > 0 else ""
    return shown(left.numbers[0]) if left.numbers else ""


def _verdict(left: Part, right: Part, *, is_first: bool, cut_off: bool) -> str | None:
    """What is wrong between two parts, "" where nothing is, None where nothing is claimed."""
    single, names = right.single, left.names | right.names
    if single is not None and single.kind == "remainder":
        return _remainder(left, single)
    if len(left.terms) > 1 or len(right.terms) > 1:
        return _of_ratios(left, right)
    if names:
        return _of_pi(left, right) if names == {PI} else _of_letters(left, right)
    ours, theirs = left.numbers, right.numbers
    if not ours and left.divides_by_zero and single is not None and single.number:
        return "false-step"  # 5÷0＝1
    if not ours or not theirs:
        return None
    pairs = list(product(ours, theirs))
    if any(_adds_times(part) for part in (left, right)):
        return None
    if any(alike(a, b) for a, b in pairs):
        return ""
    names_it = is_first and left.single is not None
    if right.operators and not names_it and any(a in right.leading for a in ours):
        return "running-on"
    if _converted(left, right) or _means_less(left, right, pairs):
        return ""
    if names_it and _names(left, right):
        return ""
    if right.about_to or left.about_to:
        return "" if _near_enough(left, right, pairs, cut_off=cut_off) else "false-step"
    if single is not None and any(rounds(single, a, b) for a, b in pairs):
        return "rounded"
    if left.single is not None and single is not None and left.units and right.units:
        return "conversion"
    return "false-step"


def _adds_times(part: Part) -> bool:
    """Whether 倍 stands in a sum with other things: a letter that a translation made 倍."""
    kinds = {value.unit == "倍" for value in part.values}
    return (
        len(kinds) > 1 and not {"+", "-"}.isdisjoint(part.operators) and "*" not in part.operators
    )


def _near_enough(
    left: Part, right: Part, pairs: list[tuple[Number, Number]], *, cut_off: bool
) -> bool:
    value = right.single or left.single
    if value is None:  # ≒ between two expressions: no rounding of operands takes them far apart
        return any(a * b > 0 and Fraction(2, 3) < a / b < Fraction(3, 2) for a, b in pairs)
    exact = cut_off or right.dots or left.dots or value.form != "decimal"
    return any((in_last_digit if exact else nearest)(value, a, b) for a, b in pairs)


def _of_ratios(left: Part, right: Part) -> str | None:
    """Two ratios of as many terms, each letter of which may stand for anything: x : x/4 ＝ 4 : 1."""
    singles = [term.single for term in left.terms]
    if all(one and one.unit and one.value == n for n, one in enumerate(singles, start=1)):
        return None  # 1階:2階＝70:50
    if any(value.kind == "clock" for value in (*left.values, *right.values)):
        return None
    written = (value.form for part in (left, right) for value in part.values)
    off = 0.02 if "decimal" in written or left.about_to or right.about_to else 1e-9
    sides = []
    for part in (left, right):
        seen = []
        for letters in points(left.names | right.names):
            terms = [numbers[0] for term in part.terms if (numbers := term.at(letters))]
            if len(terms) != max(len(left.terms), len(right.terms)) or not all(terms):
                return None
            seen.append([float(term / terms[0]) for term in terms])
        if not all(map(math.isclose, *seen)):
            return None  # A:B＝3:4 says what A and B are
        sides.append(seen[0])
    same = all(math.isclose(a, b, rel_tol=off) for a, b in zip(*sides, strict=True))
    return "" if same else "false-step"


def points(names: frozenset[str]) -> tuple[Letters, Letters]:
    """Two places to look at expressions with these letters."""
    first = {name: Fraction(7 + 4 * n * n, 3) for n, name in enumerate(sorted(names))}
    return first, {name: 11 - at / 9 for name, at in first.items()}


def _of_pi(left: Part, right: Part) -> str | None:
    """Multiples of π, which is 3.14, 22/7 or 3 where it has become a number."""
    stated, judged = right.single or left.single, None
    for pi in _PIS:
        for a, b in product(left.at({PI: pi}), right.at({PI: pi})):
            if math.isclose(a, b, rel_tol=1e-9) or (stated and in_last_digit(stated, a, b)):
                return ""
            judged = "false-step"
    return judged


def _of_letters(left: Part, right: Part) -> str | None:
    """Two expressions with letters are no claim unless nothing (or only 0) could make them equal.

    2(x + 4) = 2x + 4 is false whatever x is; 6x = 30 says what x is; and 3a + b = 2b is a condition.
    """
    names = left.names | right.names
    if not left.names & right.names or len(names) > _MANY:
        return None
    spots = points(names)
    meant = (left, left.divided_whole) if left.operators[-1:] == ["/"] else (left,)
    for part in meant:
        seen = [_pairs(part, right, spot) for spot in spots]
        if all(any(alike(a, b) for a, b in pairs) for pairs in seen):
            return ""
    if names != {CIRCLE} and not (left.operators and right.operators):
        return None
    ones = dict.fromkeys(names, Fraction(1))
    written = (value.form for part in (left, right) for value in part.values)
    rounded = left.about_to or right.about_to or "decimal" in written
    if rounded and any(math.isclose(a, b, rel_tol=0.02) for a, b in _pairs(left, right, ones)):
        return None  # \\frac{1}{3}x = 0.33x
    return "false-step" if all(_is_one_term(left, right, spot) for spot in spots) else None


def _pairs(left: Part, right: Part, letters: Letters) -> list[tuple[Number, Number]]:
    return list(product(left.at(letters), right.at(letters)))


def _is_one_term(left: Part, right: Part, letters: Letters) -> bool:
    """Whether all that parts two sides is one product of a number and letters, or one number."""
    gaps = [a - b for a, b in _pairs(left, right, letters)]
    if not gaps or not all(gaps):
        return False
    for name in letters:
        doubled = _pairs(left, right, {**letters, name: 2 * letters[name]})
        factors = [(a - b) / gap for (a, b), gap in zip(doubled, gaps, strict=False)]
        if not all(any(alike(factor, 2.0**n) for n in range(-3, 4)) for factor in factors):
            return False
    return True


def _means_less(left: Part, right: Part, pairs: list[tuple[Number, Number]]) -> bool:
    """Whether the sides are equal when the result's scale is counted in, or when units multiply."""
    single = right.single
    if single is not None and not any(_SCALE.search(value.text) for value in left.values):
        scales = [_SCALES[word] for word in _SCALE.findall(single.text)]
        if scales and any(a * math.prod(scales) == b for a, b in pairs):
            return True  # 25 + 15 = 40万円
    if any(a in right.numbers for a in left.of_itself):
        return True  # 1000円 − 20％ = 800円
    if left.operators and {*left.operators} <= {"+", "-"} and len(left.units) == len(left.values):
        ours = {unit.dimension for unit in left.units}  # 5個のりんご + 3個のみかん = 350円
        theirs = {unit.dimension for unit in right.units}
        if theirs and ours.isdisjoint(theirs) and "clock" not in ours:
            return True
        numbers = [value.value for value in left.values]  # 1階 + 2階
        if numbers == list(range(1, len(numbers) + 1)) and len({*left.units}) == 1:
            return bool(right.operators or right.units) and {*left.units}.isdisjoint(right.units)
    if any(value.kind == "clock" for value in right.values):
        return any((a - b) % _HALF_DAY == 0 for a, b in pairs)  # 11時 + 2時間 = 1時
    if "mod" in left.operators and left.values:
        modulus = left.values[-1].value  # 5 mod 7 is −2 as well
        return bool(modulus) and any((a - b) % modulus == 0 for a, b in pairs)
    return False


def _names(left: Part, right: Part) -> bool:
    """Whether the first part only names a quantity, whose value the second gives."""
    ours, theirs = left.single, right.single
    assert ours is not None
    if theirs is None:
        return ours.unit is not None or bool(right.units)
    divides = ours.form == "fraction" and "/" in ours.text  # 96/8＝12本
    if (divides and not (ours.reduced and ours.value < 1)) or ours.form == "counted":  # 4!＝24通り
        return False
    dozens = any(reading.unit == "ダース" for reading in ours.readings)
    if dozens and theirs.measure and theirs.measure.dimension == "count":
        return False  # 3ダース＝36本
    if None in (ours.unit, theirs.unit):
        share = {ours.kind, theirs.kind} == {"percent", "decimal"}  # 3割＝0.3, 0.35＝35％
        either = ours.unit is not None or theirs.unit is not None
        return either and not share and not (ours.kind == "percent" and theirs.unit is None)
    if ours.measure is None or theirs.measure is None:
        return True
    dimension = ours.measure.dimension
    return dimension != theirs.measure.dimension or dimension not in CONVERTIBLE


def _remainder(left: Part, stated: Value) -> str | None:
    (quotient, rest), numbers = stated.value, left.numbers
    if not numbers:
        return None
    if left.division is None:  # only a division leaves one: 127×20＝6あまり7
        product_of = set(left.operators) == {"*"} and re.search("[あ余]", stated.text)
        return "remainder" if product_of and numbers[0] != quotient else ""  # 5×7＝35あまり2
    dividend, divisor = left.division
    a, b, mine, other = dividend.value, divisor.value, dividend.measure, divisor.measure
    scale = Fraction(1)
    if mine and other and mine.dimension == other.dimension:
        scale = mine.factor / other.factor
    holds = 0 <= rest < b and b * quotient + rest in (a, a * scale)
    return "" if holds or b <= 0 else "remainder"


def _converted(left: Part, right: Part) -> bool:
    """Whether the sides are equal in other units, named on both sides or on one."""
    ours, theirs = left.in_base_units, right.in_base_units
    if not right.units:
        factors = {unit.factor for unit in left.units[:_MANY]}
        theirs = tuple(b * factor for b in theirs for factor in factors)
    elif not left.single and all(unit.dimension == "clock" for unit in left.units):
        names = (name for unit in right.units for name in _UNNAMED.get(unit.dimension, ()))
        ours = tuple(a * UNITS[name].factor for name in names for a in left.numbers)
    return any(alike(a, b) for a in ours for b in theirs)
