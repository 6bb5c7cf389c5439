"""Arithmetic said in words: 「80に3をかけると240」「500gの4％は20g」「42から12をひくと30才」.

Each value becomes one placeholder, so that short expressions find the sentences that say an
operation and its result. What they find is checked like an equation.

Not handled: operations on something that only words name (「それを2倍すると60」), results that a
later sentence gives, and sentences that name the result first.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from jtextkit.metrics.quantities.folding import fold
from jtextkit.metrics.quantities.values import SCALAR_KINDS, Value
from jtextkit.metrics.solutions.chains import EqualityChain, Part
from jtextkit.metrics.solutions.tokens import Token

_V = "\ue000"
_VERBS = {
    "+": "た[すしせ]|足[すしせ]|加え|くわえ|合わせ|あわせ|合計",
    "-": "ひ[くいけき]|引[くいけき]|減ら|へら|取り?除|のぞ[くいけき]|除[くいけき]",
    "*": "かけ|掛け|乗じ",
    "/": "わ[るっれり]|割[るっれり]|除[すしせ]",
}
_SPOKEN = {"たす": "+", "足す": "+", "ひく": "-", "引く": "-", "かける": "*", "掛ける": "*",
           "わる": "/", "割る": "/"}  # fmt: skip
_NOUNS = {"和": "+", "合計": "+", "差": "-", "ちがい": "-", "違い": "-", "積": "*", "商": "/"}

_HEAD = re.compile(
    rf"(?P<list>{_V}(?:(?:[と、]{_V}){{1,9}}|に[^{_V}。、\n]{{0,6}}{_V}))を(?:全部|全て|すべて)?(?:(?P<add>{_VERBS['+']})|(?P<mul>{_VERBS['*']}))"
    rf"|{_V}から{_V}(?P<sub>を?(?:{_VERBS['-']}))"
    rf"|{_V}を{_V}で(?P<div>{_VERBS['/']})"
    rf"|{_V}を{_V}(?P<parted>等分[すし]?)"
    rf"|{_V}を(?P<times>{_V})(?:す[るれ]|し)"
    rf"|{_V}(?P<spoken>{'|'.join(_SPOKEN)}){_V}(?=[はで=と])"
    rf"|(?P<noun>{_V}(?:と{_V}){{1,9}})の(?P<what>{'|'.join(_NOUNS)})(?=は|が)"
    rf"|{_V}の(?P<of>{_V})(?:き|にあた(?=る))?(?=は|が|で{_V}|る(?:のは|のが)?{_V})"
    rf"|(?P<both>{_V}と{_V})(?=で{_V})"
    rf"|{_V}に(?P<each>{_V})ずつ[^{_V}。\n]{{0,12}}(?=(?:全部|合計|合わせて|あわせて)で?{_V})"
    rf"|{_V}ずつ(?P<lots>{_V})分?(?:配|分け|あ)?[^{_V}。、\n]{{0,8}}(?=(?:全部|合計|合わせて|あわせて)?で{_V})"
    rf"|{_V}(?P<priced>{_V})の[^{_V}。、\n]{{0,10}}を{_V}買(?=う|え|っ)"
    rf"|(?P<same>{_V})(?=は{_V})"
    rf"|(?P<turned>{_V})を[^{_V}。、\n]{{0,8}}(?:なお|直|表|する?)(?=[すしと])"
)
_MORE = re.compile(
    rf"(?:て|って)?、?(?:さらに|また|そこから|それを)?{_V}"
    rf"(?:を(?:(?P<add>{_VERBS['+']})|(?P<sub>{_VERBS['-']})|(?P<mul>{_VERBS['*']}))|で(?P<div>{_VERBS['/']}))"
)
# 「…と、答えは20です」 may name the result; behind て only the result itself can stand.
_RESULT = re.compile(
    rf"(?:[ぁ-ん]{{0,4}}?(?:と|ば|たら)、?(?:[ぁ-ん一-龠]{{1,6}}[はが])?"
    rf"|(?:る(?:のは|のが)?|[はがで=]|(?:全部|合計|合わせて|あわせて)で?)、?|[ぁ-ん]{{0,2}}?て、?"
    rf"|[ぁ-ん]{{0,2}}?た(?:(?:残り|値|数|商|積|和|答え|結果)[はの]?)?)"
    rf"(?:約|およそ)?{_V}(?!を|から|で[わ割]|に{_V}|と{_V}|の{_V}|等分)"
    rf"(?=です|で(?:[、。\n]|\Z)|でし|に[なはす]|と[なでい、]|[。、,.\n()（）\s]|な[のりる]|だ|が|より、|本?$|\Z|も|枚|ず?つ?と)"
)
_LEFT_OVER = re.compile(r"おつり|残り|のこり|あまり|余り")
_MEASURES = frozenset({"length", "area", "volume", "mass", "time", "length/time"})


def read_phrases(text: str, values: list[Value]) -> Iterator[EqualityChain]:
    """Each operation said in words, as a chain of two parts: what is computed, and the result."""
    skeleton, inside = _skeleton(text, values)
    position = index = 0
    while (head := _HEAD.search(skeleton, position)) is not None:
        index += skeleton.count(_V, position, head.start())
        number = skeleton.count(_V, head.start(), head.end())
        operands = inside[index : index + number]
        tokens = _operation(head, operands)
        end, used = head.end(), number
        while tokens and (more := _MORE.match(skeleton, end)) is not None:
            value = inside[index + used]
            tokens = [*_bracketed(tokens), _operator(more, value), _token(value)]
            end, used = more.end(), used + 1
        result = _RESULT.match(skeleton, end) if tokens else None
        if result is not None and _claims(head, result, operands, inside[index + used]):
            stated = inside[index + used]
            yield EqualityChain((Part(tokens), Part([_token(stated)], about=stated.approximate)))
        # What only looked like the beginning of an operation may be inside another.
        step = number if result is not None else 1
        position = head.end() if result is not None else head.start() + 1
        index += step


def _claims(
    head: re.Match[str], result: re.Match[str], operands: list[Value], stated: Value
) -> bool:
    """Whether what reads like an operation is one: by its words, or by the units it joins."""
    if not head["sub"] and _LEFT_OVER.search(result.group()):
        return False  # 3個買うと、おつりは…: something else was taken from it
    if head["of"] and head.string[max(0, head.start() - 1) : head.start()] == "と":
        return False  # 100gの8％と200gの5％で18g: of both
    if head["both"]:
        return stated.unit is not None and all(value.unit == stated.unit for value in operands)
    if head["same"] or head["turned"]:
        ours, theirs = operands[0].measure, stated.measure
        if head["turned"] and (operands[0].kind == "percent") != (stated.kind == "percent"):
            return True  # 0.35を百分率で表すと35％
        return (
            ours is not None
            and theirs is not None
            and ours.dimension == theirs.dimension
            and ours.dimension in _MEASURES
            and ours.symbol != theirs.symbol
        )
    return True


def _skeleton(text: str, values: list[Value]) -> tuple[str, list[Value]]:
    folded = fold(text).replace(_V, " ")
    pieces, inside = [], []
    position = 0
    for value in values:
        start, end = value.span
        if start < position or (value.kind not in SCALAR_KINDS and value.kind != "remainder"):
            continue
        pieces.append(folded[position:start].replace(" ", "").replace("\u3000", ""))
        pieces.append(_V)
        inside.append(value)
        position = end
    pieces.append(folded[position:])
    return "".join(pieces), inside


def _token(value: Value) -> Token:
    return Token("value", *value.span, value.text, value)


def _operator(match: re.Match[str], value: Value) -> Token:
    names = {"add": "+", "sub": "-", "mul": "*", "div": "/"}
    symbol = next(sign for name, sign in names.items() if match[name])
    return Token("op", value.span[0], value.span[0], symbol)


def _bracketed(tokens: list[Token]) -> list[Token]:
    start, end = tokens[0].start, tokens[-1].end
    return [Token("open", start, start, "("), *tokens, Token("close", end, end, ")")]


def _operation(head: re.Match[str], operands: list[Value]) -> list[Token]:
    """The operands with their operator; empty where the sentence says no operation on numbers."""
    if head["list"]:
        symbol = "+" if head["add"] else "*"
    elif head["both"]:
        symbol = "+"
    elif head["noun"]:
        symbol = _NOUNS[head["what"]]
    elif head["spoken"]:
        symbol = _SPOKEN[head["spoken"]]
    elif head["sub"]:
        symbol = "-"
        if operands[1].kind == "percent":  # 300円から3割引くと
            operands = [operands[0], replace(operands[1], direction="引")]
            symbol = "*"
    elif head["div"] or head["parted"]:
        symbol = "/"
    elif head["same"] or head["turned"]:
        return [_token(operands[0])]
    elif head["each"] or head["lots"]:
        symbol = "*"
    elif head["priced"]:
        one, price, number = operands
        if one.value != 1 or one.unit is None or one.unit != number.unit:
            return []
        operands, symbol = [price, number], "*"
    else:
        share = operands[1]
        if not (share.kind in {"percent", "fraction", "mixed"} or share.unit == "倍"):
            return []
        symbol = "*"
    if symbol in "-/" and len(operands) != 2:
        return []
    if head["noun"] and symbol in "-/" and _smaller(operands):
        operands.reverse()  # the difference of 16 and 40 is 24
    tokens = [_token(operands[0])]
    for value in operands[1:]:
        tokens += [Token("op", value.span[0], value.span[0], symbol), _token(value)]
    return tokens


def _smaller(operands: list[Value]) -> bool:
    try:
        return float(operands[0]) < float(operands[1])
    except (TypeError, OverflowError):
        return False
