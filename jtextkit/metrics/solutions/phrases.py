"""Arithmetic said in words: 「80に3をかけると240」「500gの4％は20g」「42から12をひくと30才」.

Each value becomes one placeholder V, and each way to say an operation is one short expression over
placeholders; ``phrases.tsv`` lists first the verbs, then the ways, each with what it makes. Where a
result follows, the two are checked like an equation's sides.

Not handled: operations on something that only words name (「それを2倍すると60」), results that a
later sentence gives, sentences that name the result first, totals of lists, and what 1,000 solutions
of chat models never said so: 「1個80円のりんごを3個買うと」, 「45分を時間になおすと」.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import TypeAlias

from jtextkit.metrics.quantities.folding import fold
from jtextkit.metrics.quantities.values import SCALAR_KINDS, Value
from jtextkit.metrics.solutions.chains import EqualityChain
from jtextkit.metrics.solutions.equations import CONVERTIBLE
from jtextkit.metrics.solutions.operands import with_rest
from jtextkit.metrics.solutions.parts import Part
from jtextkit.metrics.solutions.tokens import Token

_V = "\ue000"
_TABLE = Path(__file__).with_name("phrases.tsv").read_text(encoding="utf-8")
_ROWS = [tuple(line.split("\t")) for line in _TABLE.splitlines()]
_VERBS = {"ADD": "+", "TAKE": "-", "MULTIPLY": "*", "DIVIDE": "/", "LIST": ""}
_SPELT = {name: words for name, words in _ROWS if name in _VERBS}


_WAYS = [row for row in _ROWS if row[0] not in _VERBS]
_PATTERN = "|".join(f"({words})" for _, words in _WAYS)
_WAY = re.compile(
    re.sub("|".join(_SPELT), lambda match: _SPELT[match[0]], _PATTERN).replace("V", _V)
)
_AGAIN = f"(?:て|って)?、?(?:さらに|また|そこから|それを)?{_V}"
_MORE = re.compile(
    "|".join(
        f"({_AGAIN}{'で' if sign == '/' else 'を'}(?:{_SPELT[verb]}))"
        for verb, sign in _VERBS.items()
        if sign
    )
)
_PLAIN = {"half": Fraction(2), "inverse": Fraction(1)}
# How a sentence goes on to the result. 「…と、答えは20です」 may name it; behind て only it can stand.
_ALL = "(?:全部|合計|合わせて|あわせて)"
_TO_RESULT = re.compile(
    rf"(?:[ぁ-ん]{{0,4}}?(?:と|ば|たら)、?(?:[ぁ-ん一-龠]{{1,6}}[はが])?"
    rf"|(?:る(?:のは|のが)?|[はがで=]|{_ALL}で?)、?|[ぁ-ん]{{0,2}}?て、?"
    rf"|[ぁ-ん]{{0,2}}?た(?:(?:残り|値|数|商|積|和|答え|結果)[はの]?)?"
    rf"|(?<={_V})|(?<=たり|つき)|(?<=分))"
    rf"(?:約|およそ)?(?:{_V}={_V}|{_V})"
)
# What may stand behind a result, and what shows that the value is the beginning of something else.
_ENDS = re.compile(
    r"です|で(?:[、。\n]|\Z)|でし|に[なはす]|と[なでい、]|[。、,.\n()（）\s]|な[のりる]|だ|が|より、|本?$"
    r"|\Z|も|枚|ず?つ?と|進|走|歩"
)
_GOES_ON = re.compile(rf"を|から|で[わ割]|に{_V}|と{_V}|の{_V}|等分")
_LEFT_OVER = re.compile(r"おつり|残り|のこり|あまり|余り")
_RESTS = re.compile("[^。\n]{0,16}(?:余|あま|残)")


Written: TypeAlias = list[Value | str]


def _tokens(items: Written) -> list[Token]:
    """An expression of values and signs; a sign stands where the value before it ends."""
    at = next(item.span[0] for item in items if isinstance(item, Value))
    tokens = []
    for item in items:
        if isinstance(item, Value):
            tokens.append(Token("value", *item.span, item.text, item))
            at = item.span[1]
        else:
            kind = {"(": "open", ")": "close"}.get(item, "op")
            tokens.append(Token(kind, at, at, item))
    return tokens


def _computed(makes: str, head: re.Match[str], operands: list[Value]) -> Written:
    """What a way of saying makes of its operands; nothing where it does not mean an operation."""
    first, last = operands[0], operands[-1]
    if makes == "mod":
        factors = operands[:-1]
        if first.unit == "倍" or any(one.unit != "倍" for one in factors[1:]):
            return []
        return ["(", *_between("*", factors), ")", "mod", last]
    if makes == "each":  # 24個を4人で分けると1人6個
        return [first, "/", operands[1]] if last.value == 1 else []
    if makes == "-" and last.kind == "percent":  # 300円から3割引くと
        return [first, "*", replace(last, direction="引")]
    if makes == "share":
        both = head.string[max(0, head.start() - 1) : head.start()] == "と"  # 100gの8％と200gの5％
        shares = last.kind in {"percent", "fraction", "mixed"} or last.unit == "倍"
        return [first, "*", last] if shares and not both else []
    if makes in _PLAIN:
        plain = replace(first, kind="integer", value=_PLAIN[makes], unit=None, measure=None)
        return [first, "/", plain] if makes == "half" else [plain, "/", first]
    if makes == "way":  # 時速60kmで2時間走ると
        speed = first.measure is not None and first.measure.dimension == "length/time"
        return [first, "*", last] if speed else []
    if makes == "span":  # 9時から11時まで
        clocks = first.kind == last.kind == "clock" and first.value < last.value
        return [last, "-", first] if clocks else []
    if makes == "same":
        return [first]
    if makes == "rest":
        return [first, "/", operands[1]]
    if makes.startswith("gap"):  # the difference of 16 and 40 is 24
        makes, operands = makes[3:] or "-", sorted(operands, key=lambda one: -one.value)
    if makes in "-/" and len(operands) != 2:
        return []
    return _between(makes, operands)


def _between(sign: str, operands: list[Value]) -> Written:
    return [item for value in operands for item in (sign, value)][1:]


def read_phrases(text: str, values: list[Value]) -> Iterator[EqualityChain]:
    """Each operation said in words, as a chain of two parts: what is computed, and the result."""
    skeleton, inside = _skeleton(text, values)
    free, at = 0, -1  # what stands before ``free`` belongs to a sentence that was read
    for index in range(len(inside)):
        at = skeleton.index(_V, at + 1)
        head = _WAY.match(skeleton, at) if at >= free else None
        if head is None or head.lastindex is None:
            continue
        makes, end, used = _WAYS[head.lastindex - 1][0], head.end(), head[0].count(_V)
        written = _computed(makes, head, inside[index : index + used])
        while written and (more := _MORE.match(skeleton, end)) is not None:
            written = ["(", *written, ")", "+-*/"[(more.lastindex or 1) - 1], inside[index + used]]
            end, used = more.end(), used + 1
        if makes == "rest":
            free, result, stated = head.end(), "", with_rest(*inside[index + 2 : index + 4])
        else:
            result = _result(skeleton, end) if written else ""
            rests = makes in ("/", "each") and _RESTS.match(skeleton, end + len(result))
            if not result or rests or (result.count(_V) > 1 and makes != "mod"):
                continue
            free, stated = head.end(), inside[index + used + result.count(_V) - 1]
        # 3個引くと、おつりは…; 10から4をひいた数の2倍
        change = makes != "-" and _LEFT_OVER.search(result) is not None
        factor = result[-2:-1] == "の" and stated.unit == "倍"
        other = makes not in ("same", "way", "span") or _says_the_same(inside[index], stated)
        if other and not change and not factor:
            right = Part(_tokens([stated]), about=stated.approximate)
            yield EqualityChain((Part(_tokens(written)), right))


def _says_the_same(value: Value, stated: Value) -> bool:
    """Whether 「2時間は120分」 converts, one dimension, two units; or 「5の2乗は25」 computes."""
    ours, theirs = value.measure, stated.measure
    if value.bound or stated.bound:
        return False
    if value.kind == "clock":
        return theirs is not None and theirs.dimension == "time"
    if any(reading.unit == "ダース" for reading in value.readings):
        return theirs is None or theirs.dimension == "count"
    if value.kind == "power" or ours is None or theirs is None:
        return value.kind == "power" and stated.unit is None
    if ours.dimension == "length/time" and theirs.dimension == "length":
        return True  # a way gone at that speed
    compound = "compound" in (value.kind, stated.kind) and value.kind != stated.kind
    convertible = ours.dimension == theirs.dimension and ours.dimension in CONVERTIBLE
    return convertible and (ours.symbol != theirs.symbol or compound)


def _result(skeleton: str, end: int) -> str:
    """What leads to the result that stands behind ``end``, and that; "" where none does."""
    match = _TO_RESULT.match(skeleton, end)
    if match is None or _GOES_ON.match(skeleton, match.end()):
        return ""
    return match.group() if _ENDS.match(skeleton, match.end()) else ""


def _skeleton(text: str, values: list[Value]) -> tuple[str, list[Value]]:
    folded = fold(text).replace(_V, " ")
    pieces: list[str] = []
    inside: list[Value] = []
    position = 0
    for value in values:
        divided = value.kind == "remainder" and re.search("割|わ|商", value.text)  # 5で割ると3
        for one in value.parts if divided else (value,):
            start, end = one.span
            if start >= position and one.kind in (*SCALAR_KINDS, "remainder"):
                pieces += (folded[position:start].replace(" ", "").replace("\u3000", ""), _V)
                inside.append(one)
                position = end
    return "".join((*pieces, folded[position:])), inside
