"""Totals: of the items above 「合計：860円」, line by line, in a list or in the rows of a table.

Only what stands in one block counts, item for item with a value of one unit at its end, and only
where the total could be theirs: a list above a total often holds what was given, and the total
something else. Ranges are added from their lower ends and from their upper ends.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from itertools import accumulate

from jtextkit.metrics.quantities.values import SCALAR_KINDS, Value
from jtextkit.metrics.solutions.parts import EqualityChain, Part
from jtextkit.metrics.solutions.patterns import PATTERNS


def totals(folded: str, values: list[Value]) -> Iterator[EqualityChain]:
    """What the items of each list add up to, and the total that is stated below them."""
    if not PATTERNS["total"].search(folded):
        return
    items: list[Value] = []
    starts = [value.span[0] for value in values]
    at = 0
    for line in folded.split("\n"):
        inside = values[bisect_left(starts, at) : bisect_left(starts, at + len(line))]
        last = _last(folded, at, line, inside)
        said = PATTERNS["total"].search(line)
        if said is not None and last is not None:
            if not PATTERNS["operates"].search(line, said.end(), max(0, last.span[0] - at)):
                yield from _sums(items, last)
            items = []
        elif last is not None and (PATTERNS["item"].match(line) or "=" in line):
            items.append(last)
        elif line.strip(" \u3000|-:"):
            items = []
        at += len(line) + 1


def _last(folded: str, at: int, line: str, inside: list[Value]) -> Value | None:
    """The value at the end of a line, what is in brackets apart, if it is the only one or a result."""
    asides = [match.span() for match in PATTERNS["aside"].finditer(line)]
    own = [one for one in inside if not any(a <= one.span[0] - at < b for a, b in asides)]
    if not own:
        return None
    last = own[-1]
    behind = PATTERNS["aside"].sub("", folded[last.span[1] : at + len(line)])
    results = len(own) == 1 or PATTERNS["total-result"].search(line, 0, last.span[0] - at)
    return last if results and PATTERNS["total-ends"].match(behind) else None


def _sums(items: list[Value], total: Value) -> Iterator[EqualityChain]:
    for which in (0, -1) if total.kind == "range" else (0,):
        stated, *numbers = (_end(value, which) for value in (total, *items))
        scalars = [one for one in numbers if one.kind in SCALAR_KINDS]
        alike = {(one.unit, one.kind) for one in numbers} == {(stated.unit, stated.kind)}
        if len(scalars) == len(items) > 1 and alike and may_total(scalars, stated):
            added = [item for one in scalars for item in ("+", one)][1:]
            yield EqualityChain((Part.of(*added), Part.of(stated)), "total")


def _end(value: Value, which: int) -> Value:
    """One end of a range, or the value itself."""
    return value.parts[which] if value.kind == "range" else value


def may_total(items: list[Value], stated: Value) -> bool:
    """Whether a value is meant as the sum of others, and neither of some of them nor of other things."""
    *some, all_of_them = accumulate(one.value for one in reversed(items))
    whole = stated.kind == "percent" and stated.value == 1  # what is listed is a part of it
    return (
        not whole
        and stated.value not in some[1:]
        and stated.value / 2 < all_of_them < stated.value * 2
    )
