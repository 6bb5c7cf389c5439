"""Arithmetic said in words: 「80に3をかけると240」「500gの4％は20g」「42から12をひくと30才」.

Each value becomes one placeholder V, and each way to say an operation is one short expression over
placeholders. ``phrases.tsv`` lists first the verbs, then the ways: their names, what they compute
(``1`` and ``2`` are operands, ``@+`` all of them with + between, ``n`` how many there are, ``=2`` a
number) and how they are said. Where a result follows, the two are checked like an equation's sides.

Not handled: operations on something that only words name (「それを2倍すると60」), results that a
later sentence gives, sentences that name the result first.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import TypeAlias

from jtextkit.metrics.quantities.values import SCALAR_KINDS, Value
from jtextkit.metrics.solutions.equations import CONVERTIBLE
from jtextkit.metrics.solutions.operands import with_rest
from jtextkit.metrics.solutions.parts import EqualityChain, Part
from jtextkit.metrics.solutions.totals import may_total

_V = "\ue000"
_TABLE = Path(__file__).with_name("phrases.tsv").read_text(encoding="utf-8")
_ROWS = [line.split("\t") for line in _TABLE.splitlines()]
_SPELT = {name: words for name, _, words in _ROWS if name.isupper()}
_WAYS = [(name, formula) for name, formula, _ in _ROWS if not name.isupper()]


def _compiled(patterns: Iterable[str]) -> re.Pattern[str]:
    """One expression of all; its ``lastindex`` tells which matched."""
    either = "|".join(f"({one})" for one in patterns)
    spelt = re.sub("|".join(_SPELT), lambda match: _SPELT[match[0]], either)
    return re.compile(spelt.replace("V", _V))


_WAY = _compiled(words for name, _, words in _ROWS if not name.isupper())
_VERBS = {"ADD": "+", "TAKE": "-", "MULTIPLY": "*", "DIVIDE": "/"}
_MORE = _compiled(
    f"(?:て|って)?、?(?:さらに|また|そこから|それを)?V[をで](?:{verb})" for verb in _VERBS
)
# How a sentence goes on to the result. 「…と、答えは20です」 may name it; behind て only it can stand.
_ALL = "(?:全部|合計|合わせて|あわせて)"
_TO_RESULT = re.compile(
    rf"(?:[ぁ-ん]{{0,4}}?(?:と|ば|たら)、?(?:[ぁ-ん一-龠]{{1,6}}[はが])?"
    rf"|(?:る(?:のは|のが)?|[はがで=]|{_ALL}で?)、?|[ぁ-ん]{{0,2}}?て、?"
    rf"|[ぁ-ん]{{0,2}}?た(?:(?:残り|値|数|商|積|和|答え|結果)[はの]?)?"
    rf"|)"
    rf"(?:約|およそ)?(?:{_V}={_V}|{_V})"
)
# What shows that a value behind is no result but the beginning of something else.
_GOES_ON = re.compile(rf" ?[+\-×*÷/%^=]|[A-Za-z{_V}]|を|から|で[わ割]|[にと]{_V}|の(?!食塩)|等分")
_LEFT_OVER = re.compile(r"おつり|残り|のこり|あまり|余り")
_RESTS = re.compile("[^。\n]{0,16}(?:余|あま|残)")

Written: TypeAlias = list[Value | str]
Condition: TypeAlias = Callable[[list[Value], Value], bool]


def _same_units(values: list[Value]) -> bool:
    return len({value.unit for value in values}) == 1 and values[0].unit is not None


def _is_share(value: Value) -> bool:
    return value.kind in {"percent", "fraction", "mixed"} or value.unit == "倍"


def _measures(*dimensions: str) -> Condition:
    """Whether the first operands and the result, as many as there are names, measure these."""
    return lambda operands, stated: all(
        one.measure is not None and one.measure.dimension == dimension
        for one, dimension in zip([*operands, stated], dimensions, strict=False)
        if dimension
    )


def _says_the_same(operands: list[Value], stated: Value) -> bool:
    """Whether 「2時間は120分」 converts, one dimension, two units; or 「5の2乗は25」 computes."""
    value = operands[0]
    if {value.kind, stated.kind} in ({"decimal", "percent"}, {"fraction", "percent"}):  # 0.28は28％
        return value.unit is None
    ours, theirs = value.measure, stated.measure
    if value.bound or stated.bound:
        return False
    if value.kind == "clock":
        return theirs is not None and theirs.dimension == "time"
    if any(reading.unit == "ダース" for reading in value.readings):
        return theirs is None or theirs.dimension == "count"
    if value.kind == "power" or ours is None or theirs is None:
        return value.kind == "power" and stated.unit is None
    compound = "compound" in (value.kind, stated.kind) and value.kind != stated.kind
    convertible = ours.dimension == theirs.dimension and ours.dimension in CONVERTIBLE
    return convertible and (ours.symbol != theirs.symbol or compound)


# What the operands and the result must be for a way of saying to mean its operation.
_MEANT: dict[str, Condition] = {
    "mod": lambda operands, _: (
        [one.unit == "倍" for one in operands[:-1]] in ([False], [False, True])
    ),
    "each": lambda operands, _: operands[2].value == 1,  # 24個を4人で分けると1人6個
    "buy": lambda operands, _: operands[0].value == 1 and _same_units(operands[::2]),
    "ration": lambda operands, stated: _same_units([operands[1], stated]),
    "total": lambda operands, stated: (
        _same_units([*operands, stated]) and may_total(operands, stated)
    ),
    "mean": lambda operands, _: len({one.unit for one in operands}) == 1,
    "share": lambda operands, _: _is_share(operands[1]),
    "is": lambda operands, _: operands[2].kind == "percent" or operands[2].unit == "倍",
    "part": lambda operands, stated: _same_units(operands) and stated.kind == "percent",
    "way": _measures("length/time", "time", "length"),
    "speed": _measures("length", "time", "length/time"),
    "saline": _measures("", "mass", "mass"),
    "span": _measures("clock", "clock", "time"),
    "square": _measures("length", "area"),
    "area": _measures("length", "length", "area"),
    "same": _says_the_same,
    "into": _says_the_same,
}


def _written(formula: str, operands: list[Value]) -> Written:
    """The expression of values and signs that a formula makes of its operands."""
    if formula[0] == ">":  # the difference of 16 and 40 is 24
        formula, operands = formula[1:], sorted(operands, key=lambda one: -one.value)
    first, last = operands[0], operands[-1]
    change = {"1 - 2": "引", "1 + 2": "増"}.get(formula)
    if change and last.kind == "percent":  # 300円から3割引くと
        return [first, "*", replace(last, direction=change)]
    written: Written = []
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
        name, formula = _WAYS[head.lastindex - 1]
        end, used = head.end(), head[0].count(_V)
        operands = inside[index : index + used]
        written = _written(formula, operands)
        while (more := _MORE.match(skeleton, end)) is not None:
            sign = list(_VERBS.values())[(more.lastindex or 1) - 1]
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
        if name not in _MEANT or _MEANT[name](operands, stated):
            yield EqualityChain((Part.of(*written), Part.of(stated)), name)


def _result(skeleton: str, end: int, formula: str) -> str:
    """What leads to the result that stands behind ``end``, and that; "" where none does."""
    match = _TO_RESULT.match(skeleton, end)
    if match is None or _GOES_ON.match(skeleton, match.end()):
        return ""
    change = formula != "1 - 2" and _LEFT_OVER.search(match[0])  # 3個ずつ配ると、残りは…
    rests = formula == "1 / 2" and _RESTS.match(skeleton, match.end())
    equation = match[0].count(_V) > 1 and "mod" not in formula  # 余りは、4/4=1
    return "" if change or rests or equation else match[0]


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
