"""Is each equality of a chain true? Exactly, with the tolerance that its notation asks for.

Two sides are equal if one of their readings is (15％ is 0.15 and, after ×100, 15). Otherwise:

* units of one dimension are converted, on either side (30cm×10＝3m, 2.4km＝2400m);
* ``7あまり2`` and ``7…2`` are checked as quotient and remainder;
* ≒, 約 and … allow less than one unit of the last digit that is written; a decimal behind ≒ must be
  the nearest, unless the solution says that it cuts off;
* a decimal that rounds the exact value, which has more decimals, is a note (``rounded``);
* a quantity that is *named* by a number (``①＝12``, ``1個＝80円``, ``3時間＝3×60``) is no claim.

Whatever is wrong, the chain goes on from what the solution states. What one line makes a letter, the
next may not contradict: ``3200 + 120x = 3800`` and below it ``120x = 68`` cannot both be. Equations of
two letters, of higher degree, or far apart are passed over.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise, product

from jtextkit.metrics.quantities.units import UNITS, Unit
from jtextkit.metrics.quantities.values import Value
from jtextkit.metrics.solutions.chains import EqualityChain
from jtextkit.metrics.solutions.findings import Lines, SolutionFinding, shown
from jtextkit.metrics.solutions.forms import (
    PI,
    Form,
    Forms,
    Number,
    as_fraction,
    far_apart,
    in_last_digit,
    nearest,
    rounds,
    size,
)
from jtextkit.metrics.solutions.parts import Part

CONVERTIBLE = frozenset(
    {"length", "area", "volume", "mass", "time", "months", "data", "length/time"}
)
# What a bare number of a solution can be counted in when the other side names a unit.
_UNNAMED = {
    "time": ("秒", "分", "時間", "日"), "length": ("m", "cm"), "mass": ("g",),
    "volume": ("mL", "cm³", "L"), "area": ("m²", "cm²"),
}  # fmt: skip


def check_chain(
    chain: EqualityChain, lines: Lines, *, cut_off: bool = False
) -> tuple[list[SolutionFinding], int]:
    """What is wrong in one chain, and how many of its equalities were recomputed.

    One was if both its sides can be computed and it says something; an equation with letters does
    where it holds for whatever they stand for, or for nothing.
    """
    known = [part for part in chain.parts if part.known and part.tokens]
    findings, recomputed = [], 0
    for index, (left, right) in enumerate(pairwise(known)):
        rest, is_first = known[index + 2 : index + _FURTHER], left is chain.parts[0]
        kind = _verdict(left, right, rest, is_first=is_first, cut_off=cut_off)
        recomputed += kind is not None or _claims(left, right)
        if kind is not None:
            single = right.single
            stated = single.text if single else shown(as_fraction(right.forms))
            findings.append(lines.finding(
                kind, left.start, right.end, at=right.start,
                stated=stated or lines.text[right.start : right.end], computed=_computed(left, right),
            ))  # fmt: skip
    return findings, recomputed


def _claims(left: Part, right: Part) -> bool:
    ours, theirs = left.forms, right.forms
    divided = right.single is not None and right.single.kind == "remainder"
    if not ours or not (theirs or divided):
        return False
    return not (left.names or right.names) or _meet(ours, theirs)


def _computed(left: Part, right: Part) -> str:
    single, division = right.single, left.division
    if single is not None and single.kind == "remainder" and division is not None:
        a, b = division[0].value, division[1].value
        return f"{shown(Fraction(a // b))}あまり{shown(a % b)}" if b > 0 else ""
    return shown(as_fraction(left.forms))


def _verdict(
    left: Part, right: Part, rest: list[Part], *, is_first: bool, cut_off: bool
) -> str | None:
    """What is wrong between two parts, or None."""
    single = right.single
    if single is not None and single.kind == "remainder":
        return _remainder(left, single)
    if single is not None and single.kind == "ratio":
        ratio = left.single
        return None if ratio is None or _proportional(ratio, single) else "false-step"
    ours, theirs = left.forms, right.forms
    if not ours and left.divides_by_zero and single is not None and single.number:
        return "false-step"  # 5÷0＝1
    if not ours or not theirs or _meet(ours, theirs):
        return None
    if any(names == (PI,) for form in (*ours, *theirs) for names, _ in form.letters):
        return _of_pi(left, right)
    if left.names or right.names:
        return _of_letters(left, right)
    names = is_first and left.single is not None
    if right.operators and not names and any(form in right.leading for form in ours):
        return "running-on"
    pairs = [(a.plain, b.plain) for a in ours for b in theirs if not a.letters and not b.letters]
    if not pairs:
        # ①＝12 and ⑤－③＝200円 say what ① is; only what is circled on both sides can be false.
        circled = [(a, b) for a in ours for b in theirs if not a.plain and not b.plain]
        return "false-step" if any(a.circled and b.circled for a, b in circled) else None
    if any(form.letters for form in (*ours, *theirs)):
        return None
    if _converted(left, right, rest, pairs) or _means_less(left, right, pairs):
        return None
    if names and _names(left, right):
        return None
    if right.about_to or left.about_to:
        value = single or left.single
        if value is None:  # ≒ between two expressions: how near is near?
            return "false-step" if all(far_apart(a, b) for a, b in pairs) else None
        exact = cut_off or right.dots or left.dots or value.form != "decimal"
        near = in_last_digit if exact else nearest
        return None if any(near(value, a, b) for a, b in pairs) else "false-step"
    if single is not None and any(rounds(single, a, b) for a, b in pairs):
        return "rounded"
    if left.single is not None and single is not None and left.units and right.units:
        return "conversion"
    return "false-step"


def _meet(ours: Forms, theirs: Forms) -> bool:
    return any(form in theirs for form in ours) or any(_near(a, b) for a in ours for b in theirs)


def _near(a: Form, b: Form) -> bool:
    """Whether two forms are one, of which roots or π have made floats."""
    ours, theirs = dict(a.letters), dict(b.letters)
    pairs = [(a.plain, b.plain), *((n, theirs.get(names, 0)) for names, n in ours.items())]
    return ours.keys() == theirs.keys() and all(
        n == m or (float in (type(n), type(m)) and math.isclose(n, m, rel_tol=1e-9))
        for n, m in pairs
    )


def _of_pi(left: Part, right: Part) -> str | None:
    """Multiples of π, which is 3.14, 22/7 or 3 where it has become a number."""
    if {*left.names, *right.names} - {PI}:
        return None
    stated = right.single or left.single
    for a, b, pi in product(left.forms, right.forms, _PIS):
        x, y = (form.plain + sum(float(n) * pi for _, n in form.letters) for form in (a, b))
        if math.isclose(x, y, rel_tol=1e-9) or (stated and in_last_digit(stated, x, y)):
            return None
    return "false-step"


def _of_letters(left: Part, right: Part) -> str | None:
    """Two expressions with letters are no claim unless nothing (or only 0) could make them equal.

    2(x + 4) = 2x + 4 is false whatever x is; 6x = 30 says what x is; and 3a + b = 2b is a condition.
    """
    if not set(left.names) & set(right.names) or not (left.operators and right.operators):
        return None
    if right.about_to or left.about_to or _meet(left.forms_in_order, right.forms):
        return None
    for a, b in product(left.forms, right.forms):
        ours, theirs = dict(a.letters), dict(b.letters)
        terms = [(ours.get(names, 0), theirs.get(names, 0)) for names in {**ours, **theirs}]
        apart = [(x, y) for x, y in ((a.plain, b.plain), *terms) if x != y]
        rounded = (
            len(apart) == 1
            and any(map(_broken, apart[0]))
            and math.isclose(*apart[0], rel_tol=0.02)
        )
        if len(apart) != 1 or rounded:  # \\frac{1}{3}x = 0.33x
            return None
    return "false-step"


def _broken(number: Number) -> bool:
    return number != int(number)


def _means_less(left: Part, right: Part, pairs: list[tuple[Number, Number]]) -> bool:
    """Whether the sides are equal when the result's scale is counted in, or when units multiply."""
    single = right.single
    if single is not None and not any(_SCALE.search(value.text) for value in left.values):
        scales = [_SCALES[word] for word in _SCALE.findall(single.text)]
        if scales and any(a * math.prod(scales) == b for a, b in pairs):
            return True  # 25 + 15 = 40万円
    if _meet(left.forms_of_itself, right.forms):
        return True  # 1000円 − 20％ = 800円
    if set(left.operators) == {"+"} and len(left.units) == len(left.values):
        numbers = [value.value for value in left.values]
        if numbers == list(range(1, len(numbers) + 1)) and len({*left.units}) == 1:
            return bool(right.operators or right.units) and not {*left.units} & {
                *right.units
            }  # 1階 + 2階
        ours = {unit.dimension for unit in left.units}  # 5個のりんご + 3個のみかん = 350円
        if right.units and not any(unit.dimension in ours for unit in right.units):
            return True
    if any(value.kind == "clock" for value in right.values):
        return any((a - b) % _HALF_DAY == 0 for a, b in pairs)  # 11時 + 2時間 = 1時
    if "mod" in left.operators and left.values:
        modulus = left.values[-1].value  # 5 mod 7 is −2 as well
        return bool(modulus) and any((a - b) % modulus == 0 for a, b in pairs)
    base = _in_base_units(left)
    return base is not None and base == _in_base_units(right)


def _in_base_units(part: Part) -> Fraction | None:
    """A product or quotient with every unit in its base: 60km/時 × 30分 in metres."""
    result, sign = Fraction(1), "*"
    for token in part.tokens:
        value = token.value
        if value is None:
            if token.text not in "*/":
                return None
            sign = token.text
            continue
        if not isinstance(value.value, Fraction) or (sign == "/" and not value.value):
            return None
        scaled = value.value
        if value.measure is not None and value.measure.dimension not in ("rate", "clock"):
            scaled *= value.measure.factor
        result = result * scaled if sign == "*" else result / scaled
    return result


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
    divides = ours.form == "fraction" and "/" in ours.text  # 96/8＝12本
    if (divides and not (ours.reduced and ours.value < 1)) or ours.form == "counted":  # 4!＝24通り
        return False
    if None in (ours.unit, theirs.unit):
        share = {ours.kind, theirs.kind} == {"percent", "decimal"}  # 3割＝0.3, 0.35＝35％
        either = ours.unit is not None or theirs.unit is not None
        return either and not share and not (ours.kind == "percent" and theirs.unit is None)
    if ours.measure is None or theirs.measure is None:
        return True
    dimension = ours.measure.dimension
    return dimension != theirs.measure.dimension or dimension not in CONVERTIBLE


def _remainder(left: Part, stated: Value) -> str | None:
    (quotient, rest), value = stated.value, as_fraction(left.forms)
    if (
        left.division is None
    ):  # only a division leaves one: 127×20＝6あまり7; but 5×7＝35あまり2 may go on
        product_of = set(left.operators) == {"*"} and re.search("[あ余]", stated.text)
        return "remainder" if product_of and value not in (None, quotient) else None
    dividend, divisor = left.division
    a, b = dividend.value, divisor.value
    if b <= 0:
        return None
    scales = {Fraction(1)}
    mine, other = dividend.measure, divisor.measure
    if mine is not None and other is not None and mine.dimension == other.dimension:
        scales.add(mine.factor / other.factor)
    holds = 0 <= rest < b and any(a * scale == b * quotient + rest for scale in scales)
    return None if holds else "remainder"


def _converted(
    left: Part, right: Part, rest: list[Part], pairs: list[tuple[Number, Number]]
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
        if not ours and not single:
            for name in _UNNAMED.get(other.dimension, ()):
                yield UNITS[name], other


_PIS = (math.pi, 3.14, 3.1416, 22 / 7, 3.0)
_HALF_DAY = 720  # minutes
_SCALES = {"千": 10**3, "万": 10**4, "百": 100, "億": 10**8}
_SCALE = re.compile("[百千万億]")
_MANY = 8
_FURTHER = 6  # how far on in a chain its unit may stand
_POWERS = {"area": 2, "volume": 3}


_NEAR = 60  # characters between an equation and what is made of it


def contradictions(chains: list[EqualityChain], lines: Lines) -> Iterator[SolutionFinding]:
    """Each line that gives a multiple of a letter other than the equation before it does."""
    sides = [pair for chain in chains for pair in pairwise(chain.parts)]
    for (a, b), (left, right) in pairwise(sides):
        stated = right.single
        if stated is None or stated.unit is not None or not 0 <= left.start - b.end <= _NEAR:
            continue
        before, after = _linear(a, b), _linear(left, right)
        if before is None or after is None or before[0] != after[0] or not a.operators:
            continue
        gives = after[2]
        if left.forms[0].plain or right.forms[0].plain != gives:
            continue  # not yet brought to one number
        wanted = before[2] / before[1] * after[1]
        near = wanted == gives or rounds(stated, wanted, gives)
        if not near and not (right.about_to and size(wanted - gives) < 1):
            yield lines.finding(
                "false-step", left.start, right.end, at=right.start,
                stated=stated.text, computed=shown(wanted),
            )  # fmt: skip


def _linear(left: Part, right: Part) -> tuple[str, Number, Number] | None:
    """An equation as letter, times and number: what times the letter gives the number."""
    if len(left.forms) != 1 or len(right.forms) != 1:
        return None
    ours, theirs = left.forms[0], right.forms[0]
    terms = dict(ours.letters)
    for names, n in theirs.letters:
        terms[names] = terms.get(names, 0) - n
    if len(terms) != 1:
        return None
    (names, times), *_ = terms.items()
    if len(names) != 1 or not times:
        return None
    return names[0], times, theirs.plain - ours.plain
