"""What one equation leaves to the next: a name carried on, a letter that was found."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from fractions import Fraction
from itertools import pairwise

from jtextkit.metrics.solutions.arithmetic import Number, alike, rounds, size
from jtextkit.metrics.solutions.equations import false_equality
from jtextkit.metrics.solutions.findings import SolutionFinding, shown
from jtextkit.metrics.solutions.parts import EqualityChain, Part
from jtextkit.metrics.solutions.patterns import PATTERNS

_NEAR = 30  # characters of layout between a line and the one that goes on under the same name
_NEXT = 60  # characters between an equation and what is made of it


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
        if not (says and near):
            continue
        names = left.names | right.names
        if not 0 < len(names) < 3 or names != a.names | b.names or right.units:
            continue
        before, after = _solution(a, b, names), _solution(left, right, names)
        if before is None or after is None:
            continue
        taken_back = PATTERNS["retracts"].search(text, b.end, left.start)
        wanted, gives, stated = left.at(before), right.at(before), right.single
        if wanted is None or gives is None:
            continue
        about = right.about_to and size(wanted - gives) < 1
        same = about or alike(wanted, gives) or (stated and rounds(stated, wanted, gives))
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
    if not alike(gap(2) - one, one - zero) or alike(one, zero):
        return None  # of no degree 1
    nothing = dict.fromkeys(names, Fraction(0))
    if others and (gap(0, 0) != 0 or not alike(gap(2, 2), 2 * one)):
        return None
    if not zero and not (left.at(nothing) or right.at(nothing)):
        return None  # 2x = 3x
    return {**dict.fromkeys(others, Fraction(1)), x: -zero / (one - zero)}
