"""Linear equations in one letter, solved: what one line makes x, the next may not contradict.

``3200 + 120x = 3800`` and below it ``120x = 68`` cannot both be: x is 5 by the first. Only a line
that gives a multiple of the letter as one number is held against the line before it; equations of
two letters, of higher degree, or far apart are passed over.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from jtextkit.metrics.solutions.chains import EqualityChain
from jtextkit.metrics.solutions.findings import Lines, SolutionFinding, shown
from jtextkit.metrics.solutions.forms import Number, rounds, size
from jtextkit.metrics.solutions.parts import Part

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
