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

from jtextkit.metrics.quantities.folding import fold
from jtextkit.metrics.quantities.values import SCALAR_KINDS, Value
from jtextkit.metrics.solutions.chains import EqualityChain
from jtextkit.metrics.solutions.equations import CONVERTIBLE
from jtextkit.metrics.solutions.parts import Part
from jtextkit.metrics.solutions.tokens import Token

_V = "\ue000"
_TABLE = Path(__file__).with_name("phrases.tsv").read_text(encoding="utf-8")
_ROWS = [tuple(line.split("\t")) for line in _TABLE.splitlines()]
_VERBS = {"ADD": "+", "TAKE": "-", "MULTIPLY": "*", "DIVIDE": "/", "LIST": ""}
_SPELT = {name: words for name, words in _ROWS if name in _VERBS}


def _over_values(pattern: str) -> str:
    pattern = re.sub("|".join(_SPELT), lambda match: _SPELT[match[0]], pattern)
    return pattern.replace("V", _V)


_MAKES = [makes for makes, _ in _ROWS if makes not in _VERBS]
_WAY = re.compile(
    "|".join(f"({_over_values(words)})" for makes, words in _ROWS if makes not in _VERBS)
)
_MORE = re.compile(
    "|".join(
        rf"((?:て|って)?、?(?:さらに|また|そこから|それを)?{_V}{'で' if sign == '/' else 'を'}(?:{_SPELT[verb]}))"
        for verb, sign in _VERBS.items()
        if sign
    )
)
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


def _joined(sign: str, operands: list[Value]) -> list[Token]:
    """The operands with one operator between them; nothing where it does not take so many."""
    if sign in "-/" and len(operands) != 2:
        return []
    tokens = [_token(operands[0])]
    for value in operands[1:]:
        tokens += [_operator(sign, value), _token(value)]
    return tokens


def _token(value: Value) -> Token:
    return Token("value", *value.span, value.text, value)


def _operator(sign: str, value: Value) -> Token:
    return Token("op", value.span[0], value.span[0], sign)


def _bracketed(tokens: list[Token]) -> list[Token]:
    start, end = tokens[0].start, tokens[-1].end
    return [Token("open", start, start, "("), *tokens, Token("close", end, end, ")")]


def _computed(makes: str, head: re.Match[str], operands: list[Value]) -> list[Token]:
    """What a way of saying makes of its operands; nothing where it does not mean an operation."""
    first, last = operands[0], operands[-1]
    if makes == "mod":
        *factors, divisor = operands
        if first.unit == "倍" or (len(factors) == 2 and factors[1].unit != "倍"):
            return []
        return [*_bracketed(_joined("*", factors)), _operator("mod", divisor), _token(divisor)]
    if makes == "each":  # 24個を4人で分けると1人6個
        return _joined("/", operands[:2]) if last.value == 1 else []
    if makes == "-" and last.kind == "percent":  # 300円から3割引くと
        return _joined("*", [first, replace(last, direction="引")])
    if makes == "share":
        both = head.string[max(0, head.start() - 1) : head.start()] == "と"  # 100gの8％と200gの5％
        shares = last.kind in {"percent", "fraction", "mixed"} or last.unit == "倍"
        return _joined("*", operands) if shares and not both else []
    if makes in ("half", "inverse"):
        plain = replace(
            first,
            kind="integer",
            value=Fraction(2 if makes == "half" else 1),
            unit=None,
            measure=None,
        )
        return _joined("/", [first, plain] if makes == "half" else [plain, first])
    if makes == "way":  # 時速60kmで2時間走ると
        speed = first.measure is not None and first.measure.dimension == "length/time"
        return _joined("*", operands) if speed else []
    if makes == "same":
        return [_token(first)]
    if makes.startswith("gap"):  # the difference of 16 and 40 is 24
        return _joined(makes[3:] or "-", sorted(operands, key=lambda one: -one.value))
    return _joined("/" if makes == "rest" else makes, operands[:2] if makes == "rest" else operands)


def read_phrases(text: str, values: list[Value]) -> Iterator[EqualityChain]:
    """Each operation said in words, as a chain of two parts: what is computed, and the result."""
    skeleton, inside = _skeleton(text, values)
    free, at = 0, -1  # what stands before ``free`` belongs to a sentence that was read
    for index in range(len(inside)):
        at = skeleton.index(_V, at + 1)
        head = _WAY.match(skeleton, at) if at >= free else None
        if head is None or head.lastindex is None:
            continue
        makes, end, used = _MAKES[head.lastindex - 1], head.end(), head[0].count(_V)
        tokens = _computed(makes, head, inside[index : index + used])
        while tokens and (more := _MORE.match(skeleton, end)) is not None:
            value, end = inside[index + used], more.end()
            sign = "+-*/"[(more.lastindex or 1) - 1]
            tokens = [*_bracketed(tokens), _operator(sign, value), _token(value)]
            used += 1
        if makes == "rest":
            quotient, rest = inside[index + 2], inside[index + 3]
            free = head.end()
            yield EqualityChain((Part(tokens), Part([_token(_with_rest(quotient, rest))])))
            continue
        result = _result(skeleton, end) if tokens else None
        if result is None or (makes in ("/", "each") and _RESTS.match(skeleton, end + len(result))):
            continue
        free, stated = head.end(), inside[index + used + result.count(_V) - 1]
        # 3個引くと、おつりは…; 10から4をひいた数の2倍
        change = makes != "-" and _LEFT_OVER.search(result) is not None
        if result.count(_V) > 1 and makes != "mod":
            continue
        factor = result[-2:-1] == "の" and stated.unit == "倍"
        other = makes not in ("same", "way") or _says_the_same(inside[index], stated)
        if other and not change and not factor:
            yield EqualityChain((Part(tokens), Part([_token(stated)], about=stated.approximate)))


def _with_rest(quotient: Value, rest: Value) -> Value:
    """「商は3、余りは2」 as one value."""
    return replace(
        quotient, kind="remainder", value=(quotient.value, rest.value),
        span=(quotient.span[0], rest.span[1]), text=f"{quotient.text}あまり{rest.text}",
    )  # fmt: skip


def _says_the_same(value: Value, stated: Value) -> bool:
    """Whether 「2時間は120分」 converts, one dimension, two units; or 「5の2乗は25」 computes."""
    ours, theirs = value.measure, stated.measure
    if value.bound or stated.bound:
        return False
    dozens = any(reading.unit == "ダース" for reading in value.readings)
    if value.kind == "power" or dozens:
        return stated.unit is None or (
            dozens and theirs is not None and theirs.dimension == "count"
        )
    if ours is None or theirs is None:
        return False
    if ours.dimension == "length/time" and theirs.dimension == "length":
        return True  # a way gone at that speed
    if ours.dimension != theirs.dimension:
        return False
    compound = "compound" in (value.kind, stated.kind) and value.kind != stated.kind
    return ours.dimension in CONVERTIBLE and (ours.symbol != theirs.symbol or compound)


def _result(skeleton: str, end: int) -> str | None:
    """What leads to the result that stands behind ``end``, or None where none does."""
    match = _TO_RESULT.match(skeleton, end)
    if match is None or _GOES_ON.match(skeleton, match.end()):
        return None
    return match.group() if _ENDS.match(skeleton, match.end()) else None


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
