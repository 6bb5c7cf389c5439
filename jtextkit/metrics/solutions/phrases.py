"""Arithmetic said in words: 「80に3をかけると240」「500gの4％は20g」「42から12をひくと30才」.

Each value becomes one placeholder, and each way to say an operation is one short expression over
placeholders (:data:`_WAYS`). Where a result follows, the two are checked like an equation's sides.

Not handled: operations on something that only words name (「それを2倍すると60」), results that a
later sentence gives, sentences that name the result first, and what 1,000 solutions of chat models
never said so: 等分, ずつ配ると, 「1個80円のりんごを3個買うと」, 「45分を時間になおすと」.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from jtextkit.metrics.quantities.folding import fold
from jtextkit.metrics.quantities.values import SCALAR_KINDS, Value
from jtextkit.metrics.solutions.chains import EqualityChain
from jtextkit.metrics.solutions.equations import CONVERTIBLE
from jtextkit.metrics.solutions.parts import Part
from jtextkit.metrics.solutions.tokens import SPOKEN, Token

_V = "\ue000"
_VERBS = {
    "+": "た[すしせ]|足[すしせ]|加え|くわえ|合わせ|あわせ|合計",
    "-": "ひ[くいけき]|引[くいけき]|減ら|へら|取り?除|のぞ[くいけき]|除[くいけき]",
    "*": "かけ|掛け|乗じ",
    "/": "わ[るっれり]|割[るっれり]|除[すしせ]",
}
_NOUNS = {"和": "+", "合計": "+", "差": "-", "ちがい": "-", "違い": "-", "積": "*", "商": "/"}
_LIST = r"V(?:(?:[と、]V){1,9}|に[^V。、\n]{0,6}V)を(?:全部|全て|すべて)?"
_WAYS = {
    "sum": rf"{_LIST}(?:{_VERBS['+']})",
    "product": rf"{_LIST}(?:{_VERBS['*']})",
    "difference": rf"VからVを?(?:{_VERBS['-']})",
    "remainder": r"V(?:のV)?をVで(?:わ|割)った(?:とき|時)?の?(?:余り|あまり)(?=は)",
    "quotient": rf"VをVで(?:{_VERBS['/']})",
    "spoken": f"V(?P<sign>{'|'.join(SPOKEN)})V(?=[はで=と])",
    "named": f"V(?:とV){{1,9}}の(?P<noun>{'|'.join(_NOUNS)})(?=は|が)",
    "same": "V(?=はV)",
    "share": "VのV(?:き|にあた(?=る))?(?=は|が|でV|る(?:のは|のが)?V)",
}
_WAY = re.compile("|".join(f"(?P<{way}>{words})" for way, words in _WAYS.items()).replace("V", _V))
_OPERATORS = {
    "sum": "+",
    "product": "*",
    "difference": "-",
    "quotient": "/",
    "share": "*",
    "same": "+",
}
_MORE = re.compile(
    "|".join(
        rf"(?:て|って)?、?(?:さらに|また|そこから|それを)?{_V}{'で' if sign == '/' else 'を'}(?P<{name}>{_VERBS[sign]})"
        for name, sign in _OPERATORS.items()
        if name not in ("share", "same")
    )
)
# How a sentence goes on to the result. 「…と、答えは20です」 may name it; behind て only it can stand.
_ALL = "(?:全部|合計|合わせて|あわせて)"
_TO_RESULT = re.compile(
    rf"(?:[ぁ-ん]{{0,4}}?(?:と|ば|たら)、?(?:[ぁ-ん一-龠]{{1,6}}[はが])?"
    rf"|(?:る(?:のは|のが)?|[はがで=]|{_ALL}で?)、?|[ぁ-ん]{{0,2}}?て、?"
    rf"|[ぁ-ん]{{0,2}}?た(?:(?:残り|値|数|商|積|和|答え|結果)[はの]?)?)"
    rf"(?:約|およそ)?{_V}"
)
# What may stand behind a result, and what shows that the value is the beginning of something else.
_ENDS = re.compile(
    r"です|で(?:[、。\n]|\Z)|でし|に[なはす]|と[なでい、]|[。、,.\n()（）\s]|な[のりる]|だ|が|より、|本?$"
    r"|\Z|も|枚|ず?つ?と"
)
_GOES_ON = re.compile(rf"を|から|で[わ割]|に{_V}|と{_V}|の{_V}|等分")
_LEFT_OVER = re.compile(r"おつり|残り|のこり|あまり|余り")


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


def _computed(match: re.Match[str], operands: list[Value]) -> list[Token]:
    """What a way of saying makes of its operands; nothing where it does not mean an operation."""
    way, last = match.lastgroup, operands[-1]
    if match["remainder"]:
        *factors, divisor = operands
        if factors[0].unit == "倍" or (len(factors) == 2 and factors[1].unit != "倍"):
            return []
        whole = _bracketed(_joined("*", factors))
        return [*whole, _operator("mod", divisor), _token(divisor)]
    if match["difference"] and last.kind == "percent":  # 300円から3割引くと
        return _joined("*", [operands[0], replace(last, direction="引")])
    if match["share"]:
        both = (
            match.string[max(0, match.start() - 1) : match.start()] == "と"
        )  # 100gの8％と200gの5％
        shares = last.kind in {"percent", "fraction", "mixed"} or last.unit == "倍"
        return _joined("*", operands) if shares and not both else []
    if match["named"]:
        sign = _NOUNS[match["noun"]]
        if sign in "-/" and operands[0].value < last.value:  # the difference of 16 and 40 is 24
            operands.reverse()
        return _joined(sign, operands)
    return _joined(SPOKEN[match["sign"]] if match["spoken"] else _OPERATORS[str(way)], operands)


def read_phrases(text: str, values: list[Value]) -> Iterator[EqualityChain]:
    """Each operation said in words, as a chain of two parts: what is computed, and the result."""
    skeleton, inside = _skeleton(text, values)
    free, at = 0, -1  # what stands before ``free`` belongs to a sentence that was read
    for index in range(len(inside)):
        at = skeleton.index(_V, at + 1)
        head = _WAY.match(skeleton, at) if at >= free else None
        if head is None:
            continue
        end, used = head.end(), head[0].count(_V)
        tokens = _computed(head, inside[index : index + used])
        while tokens and (more := _MORE.match(skeleton, end)) is not None:
            value, end = inside[index + used], more.end()
            sign = _OPERATORS[str(more.lastgroup)]
            tokens = [*_bracketed(tokens), _operator(sign, value), _token(value)]
            used += 1
        result = _result(skeleton, end) if tokens else None
        if result is None:
            continue
        free, stated = head.end(), inside[index + used]
        # 3個引くと、おつりは…; 10から4をひいた数の2倍
        change = not head["difference"] and _LEFT_OVER.search(result) is not None
        factor = result[-2] == "の" and stated.unit == "倍"
        other = head["same"] is None or _in_other_unit(inside[index], stated)
        if other and not change and not factor:
            yield EqualityChain((Part(tokens), Part([_token(stated)], about=stated.approximate)))


def _in_other_unit(value: Value, stated: Value) -> bool:
    """Whether 「2時間は120分」 converts: one dimension, two units."""
    ours, theirs = value.measure, stated.measure
    if ours is None or theirs is None or ours.symbol == theirs.symbol:
        return False
    return ours.dimension == theirs.dimension and ours.dimension in CONVERTIBLE


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
        start, end = value.span
        if start >= position and value.kind in (*SCALAR_KINDS, "remainder"):
            pieces += (folded[position:start].replace(" ", "").replace("\u3000", ""), _V)
            inside.append(value)
            position = end
    return "".join((*pieces, folded[position:])), inside
