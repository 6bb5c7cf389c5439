"""Arithmetic said in words: 「80に3をかけると240」「500gの4％は20g」「42から12をひくと30才」.

Each value becomes one placeholder, and each way to say an operation is one short expression over
placeholders with what it computes (:data:`_WAYS`). Where a result follows, the two are checked like
the sides of an equation.

Not handled: operations on something that only words name (「それを2倍すると60」), results that a
later sentence gives, and sentences that name the result first.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from fractions import Fraction
from typing import NamedTuple

from jtextkit.metrics.quantities.folding import fold
from jtextkit.metrics.quantities.values import SCALAR_KINDS, Value
from jtextkit.metrics.solutions.chains import EqualityChain
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
_ALL = "(?:全部|合計|合わせて|あわせて)"
_MEASURES = frozenset({"length", "area", "volume", "mass", "time", "length/time"})

Operands = list[Value]
Computed = list[Token]


def _token(value: Value) -> Token:
    return Token("value", *value.span, value.text, value)


def _operator(symbol: str, value: Value) -> Token:
    return Token("op", value.span[0], value.span[0], symbol)


def _joined(symbol: str, operands: Operands) -> Computed:
    """The operands with one operator between them; nothing where it does not take so many."""
    if symbol in "-/" and len(operands) != 2:
        return []
    tokens = [_token(operands[0])]
    for value in operands[1:]:
        tokens += [_operator(symbol, value), _token(value)]
    return tokens


def _bracketed(tokens: Computed) -> Computed:
    start, end = tokens[0].start, tokens[-1].end
    return [Token("open", start, start, "("), *tokens, Token("close", end, end, ")")]


def _less(operands: Operands, _match: re.Match[str]) -> Computed:
    if operands[1].kind == "percent":  # 300円から3割引くと
        return _joined("*", [operands[0], replace(operands[1], direction="引")])
    return _joined("-", operands)


def _named(operands: Operands, match: re.Match[str]) -> Computed:
    symbol = _NOUNS[match["what"]]
    a, b = operands[0].value, operands[1].value
    if symbol in "-/" and isinstance(a, Fraction) and isinstance(b, Fraction) and a < b:
        operands = operands[::-1]  # the difference of 16 and 40 is 24
    return _joined(symbol, operands)


def _share(operands: Operands, match: re.Match[str]) -> Computed:
    share = operands[1]
    if match.string[max(0, match.start() - 1) : match.start()] == "と":
        return []  # 100gの8％と200gの5％で18g: of both
    if not (share.kind in {"percent", "fraction", "mixed"} or share.unit == "倍"):
        return []
    return _joined("*", operands)


def _priced(operands: Operands, _match: re.Match[str]) -> Computed:
    one, price, number = operands
    if one.value != 1 or one.unit is None or one.unit != number.unit:
        return []
    return _joined("*", [price, number])


def _left_over(operands: Operands, _match: re.Match[str]) -> Computed:
    *factors, divisor = operands
    if factors[0].unit == "倍" or (len(factors) == 2 and factors[1].unit != "倍"):
        return []
    whole = _bracketed(_joined("*", factors))
    return [*whole, _operator("mod", divisor), _token(divisor)]


class _Way(NamedTuple):
    """A way to say an operation.

    Attributes:
        pattern: over the skeleton; it begins with a placeholder.
        computes: what its operands make.
        claims: whether the result, by its unit, can be that of the operation.
    """

    pattern: re.Pattern[str]
    computes: Callable[[Operands, re.Match[str]], Computed]
    claims: Callable[[Operands, Value], bool]


def _way(
    pattern: str,
    computes: str | Callable[[Operands, re.Match[str]], Computed],
    claims: Callable[[Operands, Value], bool] = lambda _operands, _stated: True,
) -> _Way:
    made = re.compile(pattern.replace("V", _V))
    if isinstance(computes, str):
        symbol = computes
        return _Way(made, lambda operands, _match: _joined(symbol, operands), claims)
    return _Way(made, computes, claims)


def _counted_alike(operands: Operands, stated: Value) -> bool:
    return stated.unit is not None and all(value.unit == stated.unit for value in operands)


def _other_unit(operands: Operands, stated: Value) -> bool:
    ours, theirs = operands[0].measure, stated.measure
    if ours is None or theirs is None or ours.dimension != theirs.dimension:
        return False
    return ours.dimension in _MEASURES and ours.symbol != theirs.symbol


def _other_form(operands: Operands, stated: Value) -> bool:
    percent = (operands[0].kind == "percent") != (stated.kind == "percent")
    return percent or _other_unit(operands, stated)  # 0.35を百分率で表すと35％


_LIST = r"V(?:(?:[と、]V){1,9}|に[^V。、\n]{0,6}V)を(?:全部|全て|すべて)?"
_WAYS = (
    _way(rf"{_LIST}(?:{_VERBS['+']})", "+"),
    _way(rf"{_LIST}(?:{_VERBS['*']})", "*"),
    _way(rf"VからVを?(?:{_VERBS['-']})", _less),
    _way(r"V(?:のV)?をVで(?:わ|割)った(?:とき|時)?の?(?:余り|あまり)(?=は)", _left_over),
    _way(rf"VをVで(?:{_VERBS['/']})", "/"),
    _way("VをV等分[すし]?", "/"),
    _way("VをV(?:す[るれ]|し)", _share),
    _way(
        f"V(?P<sign>{'|'.join(SPOKEN)})V(?=[はで=と])",
        lambda operands, match: _joined(SPOKEN[match["sign"]], operands),
    ),
    _way(f"V(?:とV){{1,9}}の(?P<what>{'|'.join(_NOUNS)})(?=は|が)", _named),
    _way("VのV(?:き|にあた(?=る))?(?=は|が|でV|る(?:のは|のが)?V)", _share),
    _way("VとV(?=でV)", "+", _counted_alike),
    _way(rf"VにVずつ[^V。\n]{{0,12}}(?={_ALL}で?V)", "*"),
    _way(rf"VずつV分?(?:配|分け|あ)?[^V。、\n]{{0,8}}(?={_ALL}?でV)", "*"),
    _way(r"VVの[^V。、\n]{0,10}をV買(?=う|え|っ)", _priced),
    _way("V(?=はV)", "+", _other_unit),
    _way(r"Vを[^V。、\n]{0,8}(?:なお|直|表|する?)(?=[すしと])", "+", _other_form),
)
_MORE = {
    symbol: re.compile(
        rf"(?:て|って)?、?(?:さらに|また|そこから|それを)?{_V}{'で' if symbol == '/' else 'を'}(?:{verbs})"
    )
    for symbol, verbs in _VERBS.items()
}
# How a sentence goes on to the result. 「…と、答えは20です」 may name it; behind て only it can stand.
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


def read_phrases(text: str, values: list[Value]) -> Iterator[EqualityChain]:
    """Each operation said in words, as a chain of two parts: what is computed, and the result."""
    skeleton, inside = _skeleton(text, values)
    free, at = 0, -1  # what stands before ``free`` belongs to a sentence that was read
    for index in range(len(inside)):
        at = skeleton.index(_V, at + 1)
        if at < free:
            continue
        for way in _WAYS:
            if head := way.pattern.match(skeleton, at):
                break
        else:
            continue
        number = head.group().count(_V)
        operands = inside[index : index + number]
        tokens, end, used = way.computes(operands, head), head.end(), number
        while tokens and (more := _continued(skeleton, end)) is not None:
            symbol, end = more
            value = inside[index + used]
            tokens = [*_bracketed(tokens), _operator(symbol, value), _token(value)]
            used += 1
        result = _result(skeleton, end) if tokens else None
        if result is None:
            continue
        free = head.end()
        stated = inside[index + used]
        # 3個買うと、おつりは…; 10から4をひいた数の2倍
        change = way.computes is not _less and _LEFT_OVER.search(result) is not None
        factor = result[-2] == "の" and stated.unit == "倍"
        if way.claims(operands, stated) and not change and not factor:
            yield EqualityChain((Part(tokens), Part([_token(stated)], about=stated.approximate)))


def _continued(skeleton: str, end: int) -> tuple[str, int] | None:
    for symbol, pattern in _MORE.items():
        if match := pattern.match(skeleton, end):
            return symbol, match.end()
    return None


def _result(skeleton: str, end: int) -> str | None:
    """What leads to the result that stands behind ``end``, or None where none does."""
    match = _TO_RESULT.match(skeleton, end)
    if match is None or _GOES_ON.match(skeleton, match.end()):
        return None
    return match.group() if _ENDS.match(skeleton, match.end()) else None


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
