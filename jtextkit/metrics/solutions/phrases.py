"""Arithmetic said in words and lists: 「80に3をかけると240」「500gの4％は20g」「42から12をひくと30才」.

Each value becomes one placeholder V, and each way to say an operation is one short expression over
placeholders. ``phrases.tsv`` lists the ways: their names, what they compute (``1`` and ``2`` are
operands, ``@+`` all of them with + between, ``n`` how many there are, ``=2`` a number), what operands
and result must be (R is the result, * all operands), and how they are said. Where a result follows,
the two are checked like an equation's sides.

A total below a list (「合計：860円」) is that of the items above it, in lines or in rows of a table. Only
what stands in one block counts, item for item with a value of one unit at its end, and only where
the total could be theirs: a list above a total often holds what was given, and the total something
else. Ranges are added from their lower ends and from their upper ends.

Not handled: operations on something that only words name (「それを2倍すると60」), results that a
later sentence gives, sentences that name the result first.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from itertools import accumulate

from jtextkit.metrics.patterns import compiled, table
from jtextkit.metrics.quantities.values import SCALAR_KINDS, Value
from jtextkit.metrics.solutions.arithmetic import EqualityChain, Part
from jtextkit.metrics.solutions.equations import CONVERTIBLE
from jtextkit.metrics.solutions.patterns import PATTERNS
from jtextkit.metrics.solutions.tokens import with_rest

_V = "\ue000"
_ROWS = [[*cells, way.replace("V", _V)] for *cells, way in table(__file__, "phrases.tsv")]
_THEN = [row for row in _ROWS if row[0] == "more"]
_WAYS = [row for row in _ROWS if row[1] and row not in _THEN]
# How a sentence goes on to the result: 「…と、答えは20です」 may name it; behind て only it can stand. A
# value behind which it ``goes-on`` only begins something else.
_PATTERNS = compiled(row for row in _ROWS if not row[1])
_WAY, _MORE = (re.compile("|".join(f"({row[-1]})" for row in rows)) for rows in (_WAYS, _THEN))


def _is_meant(must: str, operands: list[Value], stated: Value) -> bool:
    """Whether the operands and the result are what a way of saying wants: ``1,2:clock R:time``."""
    places = {str(n): [value] for n, value in enumerate(operands, start=1)}
    places |= {"*": operands, "R": [stated]}
    for wish in must.split():
        where, _, what = wish.partition(":")
        values = [value for place in where.split(",") for value in places[place]]
        alike = what == "alike" and len({value.unit for value in values}) == 1
        if not alike and not all(what in _traits(value) for value in values):
            return False
    return True


def _traits(value: Value) -> set[str]:
    """What a value can be wanted to be: its kind, what it measures, one, of a unit, a share, …."""
    return {
        value.kind,
        value.measure.dimension if value.measure is not None else "",
        "times" if value.unit == "倍" else "amount",
        "unit" if value.unit is not None else "",
        "one" if value.value == 1 else "",
        "share" if value.kind in {"percent", "fraction", "mixed"} or value.unit == "倍" else "",
    }


def _converts(value: Value, stated: Value) -> bool:
    """Whether 「2時間は120分」 converts, one dimension, two units; or 「5の2乗は25」 computes."""
    ours, theirs = (one.measure.dimension if one.measure else "" for one in (value, stated))
    kinds = {value.kind, stated.kind}
    if value.bound or stated.bound:
        return False
    if stated.kind == "percent":  # 0.28は28％
        return value.unit is None and value.kind in {"decimal", "fraction"}
    dozens = any(reading.unit == "ダース" for reading in value.readings)
    if dozens or value.kind == "power":
        return not theirs or (dozens and theirs == "count")
    differ = value.unit != stated.unit or ("compound" in kinds and len(kinds) > 1)
    return ours == theirs and ours in CONVERTIBLE and differ


def _written(formula: str, operands: list[Value]) -> list[Value | str]:
    """The expression of values and signs that a formula makes of its operands."""
    first, last = operands[0], operands[-1]
    change = {"1 - 2": "引", "1 + 2": "増"}.get(formula)
    if change and last.kind == "percent":  # 300円から3割引くと
        return [first, "*", replace(last, direction=change)]
    written: list[Value | str] = []
    for word in formula.split(" "):
        if word[0] == "@":
            written += [item for value in operands for item in (word[1:], value)][1:]
        elif word[0] == "=":
            number = Fraction(len(operands) if word == "=n" else int(word[1:]))
            written.append(replace(first, kind="integer", value=number, unit=None, measure=None))
        else:
            written.append(operands[int(word) - 1] if word.isdigit() else word)
    return written


def read_phrases(folded: str, values: list[Value]) -> Iterator[EqualityChain]:
    """Each operation said in words, as a chain of two parts: what is computed, and the result."""
    skeleton, inside = _skeleton(folded, values)
    free, at = 0, -1  # what stands before ``free`` belongs to a sentence that was read
    for index in range(len(inside)):
        at = skeleton.index(_V, at + 1)
        head = _WAY.match(skeleton, at) if at >= free else None
        if head is None or head.lastindex is None:
            continue
        name, formula, must, _ = _WAYS[head.lastindex - 1]
        end, used = head.end(), head[0].count(_V)
        operands = inside[index : index + used]
        written = _written(formula, operands)
        while (more := _MORE.match(skeleton, end)) is not None:
            sign = _THEN[(more.lastindex or 1) - 1][1]
            written = ["(", *written, ")", sign, inside[index + used]]
            end, used = more.end(), used + 1
        if name == "rest":  # 59を8で割ると7余り3
            stated = with_rest(*inside[index + 2 : index + 4])
        elif name == "is":  # 60は12の5倍です
            stated = operands[0]
        else:
            result = _result(skeleton, end, formula)
            if not result:
                continue
            stated = inside[index + used + result.count(_V) - 1]
            if result[-2:-1] == "の" and stated.unit == "倍":  # 10から4をひいた数の2倍
                continue
        free = head.end()
        converts = name not in {"same", "into"} or _converts(operands[0], stated)
        meant = converts and _is_meant(must, operands, stated)
        if meant and (name != "total" or may_total(operands, stated)):
            yield EqualityChain((Part.of(*written), Part.of(stated)), name)
    yield from _totals(folded, values)


def _result(skeleton: str, end: int, formula: str) -> str:
    """What leads to the result that stands behind ``end``, and that; "" where none does."""
    match = _PATTERNS["to"].match(skeleton, end)
    if match is None or _PATTERNS["goes-on"].match(skeleton, match.end()):
        return ""
    lead = match[0]
    changes = formula != "1 - 2" and _PATTERNS["left-over"].search(lead)  # 3個ずつ配ると、残りは…
    equation = lead.count(_V) > 1 and "mod" not in formula  # 余りは、4/4=1
    return "" if changes or equation else lead


def _skeleton(folded: str, values: list[Value]) -> tuple[str, list[Value]]:
    folded = folded.replace(_V, " ")
    pieces: list[str] = []
    inside: list[Value] = []
    position = 0
    for value in values:
        divided = value.kind == "remainder" and re.search("割|わ|商|残", value.text)  # 5で割ると3
        for one in value.parts if divided else (value,):
            start, end = one.span
            if start >= position and one.kind in (*SCALAR_KINDS, "remainder"):
                pieces += (folded[position:start].replace(" ", "").replace("\u3000", ""), _V)
                inside.append(one)
                position = end
    return "".join((*pieces, folded[position:])), inside


def _totals(folded: str, values: list[Value]) -> Iterator[EqualityChain]:
    """What the items of each list add up to, and the total that is stated below them."""
    if not PATTERNS["total"].search(folded):
        return
    items: list[Value] = []
    starts = [value.span[0] for value in values]
    for match in re.finditer("[^\n]+", folded):
        line, at = match[0], match.start()
        inside = values[bisect_left(starts, at) : bisect_left(starts, at + len(line))]
        last = _last(line, at, inside)
        said = PATTERNS["total"].search(line)
        if said is not None and last is not None:
            if not PATTERNS["operates"].search(line, said.end(), max(0, last.span[0] - at)):
                yield from _sums(items, last)
            items = []
        elif last is not None and (PATTERNS["item"].match(line) or "=" in line):
            items.append(last)
        elif line.strip(" \u3000|-:"):
            items = []


def _last(line: str, at: int, inside: list[Value]) -> Value | None:
    """The value at the end of a line, what is in brackets apart, if it is the only one or a result."""
    line = PATTERNS["aside"].sub(lambda match: " " * len(match[0]), line)
    own = [one for one in inside if line[one.span[0] - at] != " "]
    start, end = own[-1].span if own else (at, at)
    result = len(own) == 1 or PATTERNS["total-result"].search(line, 0, start - at)
    return own[-1] if own and result and PATTERNS["total-ends"].match(line, end - at) else None


def _sums(items: list[Value], total: Value) -> Iterator[EqualityChain]:
    for end in (0, -1) if total.kind == "range" else (0,):
        ends = [one.parts[end] if one.kind == "range" else one for one in (total, *items)]
        stated, *numbers = ends
        alike = {(one.unit, one.kind) for one in numbers} == {(stated.unit, stated.kind)}
        several = alike and len(items) > 1 and stated.kind in SCALAR_KINDS
        if several and may_total(numbers, stated):
            yield EqualityChain((Part.of(*_written("@+", numbers)), Part.of(stated)), "total")


def may_total(items: list[Value], stated: Value) -> bool:
    """Whether a value is meant as the sum of others, and neither of some of them nor of other things."""
    *some, all_of_them = accumulate(one.value for one in reversed(items))
    total = stated.value
    whole = stated.kind == "percent" and total == 1  # what is listed is a part of it
    return not whole and total not in some[1:] and total / 2 < all_of_them < total * 2
