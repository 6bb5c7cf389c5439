"""Is each equality of a chain true? Exactly, with the tolerance that its notation asks for.

Two sides are equal if one of their readings is (15％ is 0.15 and, after ×100, 15). Otherwise:

* units of one dimension are converted, on either side (30cm×10＝3m, 2.4km＝2400m);
* ``7あまり2`` and ``7…2`` are checked as quotient and remainder;
* ≒, 約 and … allow less than one unit of the last digit that is written; a decimal behind ≒ must be
  the nearest, unless the solution says that it cuts off;
* a decimal that rounds the exact value, which has more decimals, is a note (``rounded``);
* a quantity that is *named* by a number (``①＝12``, ``1個＝80円``, ``3時間＝3×60``) is no claim, and
  neither are two expressions with letters that some number would make equal.

One equation leaves something to the next, too: a name carried on, a letter that was found. Whatever
is wrong, the chain goes on from what the solution states.
"""

import math
from collections.abc import Iterator, Mapping
from fractions import Fraction
from functools import partial
from itertools import pairwise, product

from jtextkit.metrics.quantities.units import UNITS
from jtextkit.metrics.quantities.values import Value
from jtextkit.metrics.solutions.arithmetic import EqualityChain, Number, Part, alike, off_by, rounds
from jtextkit.metrics.solutions.findings import SolutionFinding, place_of, shown
from jtextkit.metrics.solutions.patterns import PATTERNS
from jtextkit.metrics.solutions.tokens import CIRCLE, PI

CONVERTIBLE = {"length", "area", "volume", "mass", "time", "months", "data", "length/time"}
# What a bare number of a solution can be counted in when the other side names a unit.
_UNNAMED = {
    "time": ("秒", "分", "時間", "日"), "length": ("m", "cm"), "mass": ("g",),
    "volume": ("mL", "cm³", "L"), "area": ("m²", "cm²"),
}  # fmt: skip
_PIS = (math.pi, 3.14, 3.1416, 22 / 7, 3.0)
_HALF_DAY = 720  # minutes
_SCALE = PATTERNS["scale"]
_SCALES = {"千": 10**3, "万": 10**4, "百": 100, "億": 10**8}
_MANY = 8  # more units or letters than this in a part are not all tried
_NEAR = 30  # characters of layout between a line and the one that goes on under the same name
_NEXT = 60  # characters between an equation and what is made of it

_alike_roughly = partial(math.isclose, rel_tol=0.02)

Letters = Mapping[str, Number]
Pairs = list[tuple[Number, Number]]


def check_chain(
    chain: EqualityChain, text: str, *, cut_off: bool = False
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
        if kind and not (kind == "conversion" and PATTERNS["map"].search(text)):
            findings.append(false_equality(kind, left, right, text, _computed(left, right)))
    return findings, recomputed


def false_equality(kind: str, left: Part, right: Part, text: str, computed: str) -> SolutionFinding:
    """The finding that two sides are not equal; what is stated is the right one."""
    single, numbers = right.single, right.numbers
    stated = single.text if single else shown(numbers[0]) if numbers else ""
    stated = stated or text[right.start : right.end]
    start, end = min(left.start, right.start), max(left.end, right.end)
    return SolutionFinding(kind, *place_of(text, start, end, right.start), stated, computed)


def _computed(left: Part, right: Part) -> str:
    number = left.numbers[0] if left.numbers else None
    if right.single is not None and right.single.kind == "remainder" and left.divisor and number:
        return f"{shown(number // 1)}あまり{shown(number % 1 * left.divisor)}"
    return shown(number)


def _verdict(left: Part, right: Part, *, is_first: bool, cut_off: bool) -> str | None:
    """What is wrong between two parts, "" where nothing is, None where nothing is claimed."""
    single, names = right.single, left.names | right.names
    if single is not None and single.kind == "remainder":
        return _remainder(left, single)
    if {"倍"} < {value.unit for value in left.values} and "*" not in left.operators:
        return None  # 320 - 8倍 + 12倍: a letter that a translation made 倍
    if ":" in left.operators or ":" in right.operators:
        return _of_ratios(left, right)
    if names - {PI}:
        return _of_letters(left, right)
    pis = _PIS if names else _PIS[:1]  # π may have become a number
    pairs = [pair for pi in pis for pair in _pairs(left, right, {PI: pi})]
    if not pairs:
        by_zero = "/" in left.operators and any(value.value == 0 for value in left.values[1:])
        return "false-step" if by_zero and single is not None and single.number else None  # 5÷0＝1
    if any(alike(a, b) for a, b in pairs):
        return ""
    named = left.single if is_first and not names else None
    begins = right.tokens[0].value
    if right.operators and named is None and begins and begins.value in left.numbers:
        return "running-on"
    only_names = named is not None and _names(named, right)
    if only_names or _converted(left, right) or _means_less(left, right, pairs):
        return ""
    if right.about_to or left.about_to or names:
        either_way = cut_off or bool(names)
        return "" if _near_enough(left, right, pairs, either_way=either_way) else "false-step"
    if single is not None and any(rounds(single, a, b) for a, b in pairs):
        return "rounded"
    if left.single is not None and single is not None and left.units and right.units:
        return "conversion"
    return "false-step"


def _near_enough(left: Part, right: Part, pairs: Pairs, *, either_way: bool) -> bool:
    value = right.single or left.single
    if value is None:  # ≒ between two expressions: no rounding of operands takes them far apart
        near = any(a * b > 0 and Fraction(2, 3) < a / b < Fraction(3, 2) for a, b in pairs)
        return near and (left.about_to or right.about_to)
    off = min(off_by(value, a, b) for a, b in pairs)
    either_way |= right.dots or left.dots or value.form != "decimal"
    return off < 1 if either_way else 2 * off <= 1


def _is_rough(left: Part, right: Part) -> bool:
    """Whether two sides are said to be about equal, or hold decimals, which may be rounded."""
    written = (value.form for part in (left, right) for value in part.values)
    return left.about_to or right.about_to or "decimal" in written


def _of_ratios(left: Part, right: Part) -> str | None:
    """Two ratios of as many terms, each letter of which may stand for anything: x : x/4 ＝ 4 : 1."""
    if any(value.kind == "clock" for value in (*left.values, *right.values)):
        return None
    spots = points(left.names | right.names)
    ours, theirs = ([part.shares(spot) for spot in spots] for part in (left, right))
    fixed = all(len(a) == len(b) and all(map(alike, a, b)) for a, b in (ours, theirs))
    if not fixed or not ours[0] or len(ours[0]) != len(theirs[0]):
        return None  # A:B＝3:4 says what A and B are
    same = _alike_roughly if _is_rough(left, right) else alike
    return "" if all(map(same, ours[0], theirs[0])) else "false-step"


def points(names: frozenset[str]) -> tuple[Letters, Letters]:
    """Two places to look at expressions with these letters."""
    first = {name: Fraction(7 + 4 * n * n, 3) for n, name in enumerate(sorted(names))}
    return first, {name: 11 - at / 9 for name, at in first.items()}


def _of_letters(left: Part, right: Part) -> str | None:
    """Two expressions with letters are no claim unless nothing (or only 0) could make them equal.

    2(x + 4) = 2x + 4 is false whatever x is; 6x = 30 says what x is; and 3a + b = 2b is a condition.
    """
    names = left.names | right.names
    if not left.names & right.names or len(names) > _MANY:
        return None
    spots = points(names)
    meant = (left, left.of_the_whole) if left.operators[-1:] == ["/"] else (left,)
    for part in meant:
        if all(any(alike(a, b) for a, b in _pairs(part, right, spot)) for spot in spots):
            return ""
    if names != {CIRCLE} and not (left.operators and right.operators):
        return None
    ones = _pairs(left, right, dict.fromkeys(names, Fraction(1)))
    if _is_rough(left, right) and any(_alike_roughly(a, b) for a, b in ones):
        return None  # \\frac{1}{3}x = 0.33x
    return "false-step" if all(_is_one_term(left, right, spot) for spot in spots) else None


def _pairs(left: Part, right: Part, letters: Letters) -> Pairs:
    return list(product(left.all_at(letters), right.all_at(letters)))


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


def _means_less(left: Part, right: Part, pairs: Pairs) -> bool:
    """Whether the sides are equal when the result's scale is counted in, or when units multiply."""
    ours = {unit.dimension for unit in left.units}
    theirs = {unit.dimension for unit in right.units}
    scale = 1
    if right.single is not None and not any(_SCALE.search(value.text) for value in left.values):
        scale = math.prod(_SCALES[word] for word in _SCALE.findall(right.single.text))
    share = left.tokens[-1].value
    off = share and share.kind == "percent" and left.operators[-1:] in (["+"], ["-"])
    adds = {*left.operators} <= {"+", "-"} and 1 < len(left.units) == len(left.values)
    turned = "clock" in theirs and any((a - b) % _HALF_DAY == 0 for a, b in pairs)
    return (
        (scale > 1 and any(a * scale == b for a, b in pairs))  # 25 + 15 = 40万円
        or bool(off and {*left.of_the_whole.numbers} & {*right.numbers})  # 1000円 − 20％ = 800円
        or (adds and bool(theirs) and ours.isdisjoint(theirs | {"clock"}))  # 5個 + 3個 = 350円
        or turned  # 11時 + 2時間 = 1時
    )


def _names(ours: Value, right: Part) -> bool:
    """Whether the first part only names a quantity, whose value the second gives."""
    theirs = right.single
    if theirs is None:
        return ours.unit is not None or bool(right.units)
    divides = ours.form == "fraction" and "/" in ours.text  # 96/8＝12本
    if (divides and not (ours.reduced and ours.value < 1)) or ours.form == "counted":  # 4!＝24通り
        return False
    mine, other = ours.measure, theirs.measure
    if mine is None or other is None:
        share = {ours.kind, theirs.kind} == {"percent", "decimal"}  # 3割＝0.3, 0.35＝35％
        bare = mine is other or (ours.kind == "percent" and other is None)
        dozens = any(reading.unit == "ダース" for reading in ours.readings)  # 3ダース＝36本
        counts = dozens and other is not None and other.dimension == "count"
        return not (share or bare or counts)
    return mine.dimension != other.dimension or mine.dimension not in CONVERTIBLE


def _remainder(left: Part, stated: Value) -> str | None:
    (quotient, rest), numbers, divisor = stated.value, left.numbers, left.divisor
    if not numbers or not all(isinstance(one, Fraction) for one in stated.value):
        return None
    if divisor is None:  # only a division leaves one: 127×20＝6あまり7
        product_of = set(left.operators) == {"*"} and PATTERNS["left-over"].search(stated.text)
        return "remainder" if product_of and numbers[0] != quotient else ""  # 5×7＝35あまり2
    exact = (*numbers, left.at({}, "base"))
    return "" if 0 <= rest < divisor and quotient + rest / divisor in exact else "remainder"


def _converted(left: Part, right: Part) -> bool:
    """Whether the sides are equal in other units, named on both sides or on one."""
    ours, theirs = left.at({}, "base"), right.at({}, "base")
    if ours is None or theirs is None:
        return False
    if not right.units:
        return any(alike(ours, theirs * unit.factor) for unit in left.units[:_MANY])
    if left.single or any(unit.dimension != "clock" for unit in left.units):
        return alike(ours, theirs)
    names = [name for unit in right.units for name in _UNNAMED.get(unit.dimension, ())]
    return any(alike(a * UNITS[name].factor, theirs) for name in names for a in left.numbers)


def carried_on(chains: list[EqualityChain], text: str) -> Iterator[EqualityChain]:
    """What one line leaves to be computed and the next states under the same name.

    「合計 = 12 + 30」, and below it 「合計 = 45」: 12 + 30 = 45.
    """
    for above, below in pairwise(chains):
        left, right = above.parts[-1], below.parts[1]
        near = 0 < below.start - left.end <= _NEAR
        if not near or not above.name or above.name != below.name or not right.tokens:
            continue
        finished = not left.operators and (left.single is None or left.single.form != "fraction")
        condition = left.names and not (":" in left.operators and ":" in right.operators)
        if not (finished or condition or PATTERNS["retracts"].search(text, left.end, below.start)):
            yield EqualityChain((left, right))


def contradictions(chains: list[EqualityChain], text: str) -> Iterator[SolutionFinding]:
    """Each equation that what the one right before it says of its letter makes false.

    ``3200 + 120x = 3800`` and below it ``120x = 68`` cannot both be, nor can ``5a = 10b`` and
    ``a = 3b``. Equations of more letters, of higher degree, or far apart are passed over.
    """
    sides = [pair for chain in chains for pair in pairwise(chain.parts)]
    for (a, b), (left, right) in pairwise(sides):
        says = a.operators or (b.operators and not a.names)  # y = 2x only says what y is
        near = 0 <= left.start - b.end <= _NEXT and not text.startswith("の", b.end)
        names = left.names | right.names
        alone = 0 < len(names) < 3 and names == a.names | b.names and not right.units
        before = _solution(a, b, names) if says and near and alone else None
        if before is None or _solution(left, right, names) is None:
            continue
        wanted, gives, stated = left.at(before), right.at(before), right.single
        if wanted is None or gives is None:
            continue
        about = right.about_to and -1 < wanted - gives < 1
        same = about or alike(wanted, gives) or (stated and rounds(stated, wanted, gives))
        taken_back = PATTERNS["retracts"].search(text, b.end, left.start)
        if not (same or taken_back or PATTERNS["supposes"].match(text, right.end)):
            yield false_equality("false-step", left, right, text, shown(wanted))


def _solution(left: Part, right: Part, names: frozenset[str]) -> Mapping[str, Number] | None:
    """What the letter of a linear equation is; of two letters, what the first is to the other."""
    x, *others = sorted(names)

    def gap(n: int, y: int = 1) -> Number:
        letters = {**dict.fromkeys(others, Fraction(y)), x: Fraction(n)}
        a, b = left.at(letters), right.at(letters)
        return math.nan if a is None or b is None else a - b

    zero, one = gap(0), gap(1)
    linear = alike(gap(2) - one, one - zero) and not alike(one, zero)
    homogeneous = not others or (gap(0, 0) == 0 and alike(gap(2, 2), 2 * one))
    nothing = dict.fromkeys(names, Fraction(0))
    only_zero = not zero and not (left.at(nothing) or right.at(nothing))  # 2x = 3x
    if not (linear and homogeneous) or only_zero:
        return None
    return {**dict.fromkeys(others, Fraction(1)), x: -zero / (one - zero)}
