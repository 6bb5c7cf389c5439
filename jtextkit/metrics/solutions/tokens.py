"""A worked solution as tokens: values, operators, brackets, equals signs, and what parts them.

Every value is one that :func:`jtextkit.metrics.answers.find_values` reads, with its unit; here the
stretches between values are read. Text is folded (one character for one), so offsets stay.

Not handled: roots, powers of brackets, equations set in two dimensions, sums written as tables.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from jtextkit.metrics.quantities.folding import fold
from jtextkit.metrics.quantities.values import SCALAR_KINDS, Value


@dataclass(frozen=True, slots=True)
class Token:
    """One token.

    Attributes:
        kind: ``value``, ``circled``, ``blank`` (□ and the like), ``op``, ``open``, ``close``,
            ``equals``, ``about`` (≒), ``dots``, ``word``, ``line``, ``break`` or ``frac``.
        start, end: offsets in the text.
        text: the operator as one of ``+-*/``, or the folded text.
        value: of a value or circled number.
    """

    kind: str
    start: int
    end: int
    text: str = ""
    value: Value | None = None


@dataclass(frozen=True, slots=True)
class Tokens:
    """All tokens of a text, and for each bracket the index of its partner."""

    tokens: tuple[Token, ...]
    partner: dict[int, int]


_OPERATORS = {
    "+": "+", "-": "-", "–": "-", "×": "*", "*": "*", "·": "*", "⋅": "*", "÷": "/", "/": "/",
    "\\times": "*", "\\cdot": "*", "\\div": "/", "ー": "-", "—": "-",
    "たす": "+", "足す": "+", "ひく": "-", "引く": "-", "かける": "*", "掛ける": "*",
    "わる": "/", "割る": "/",
}  # fmt: skip
_GAP = re.compile(
    r"(?P<skip>[ \u3000$&]|\*\*+|\\[()\[\],;:!> ]"
    r"|\\(?:left|right|displaystyle|q?quad|text|mathrm|mathbf|textbf|mbox|boxed|begin|end)(?![a-z]))"
    r"|(?P<frac>\\[dtc]?frac(?![a-z]))"
    r"|(?P<op>[+\-–×*·⋅÷/]|\\(?:times|div|cdot)(?![a-z]))"
    r"|(?P<about>[≒≈≃]|\\(?:approx|fallingdotseq|simeq|doteq)(?![a-z]))"
    r"|(?P<equals>=)"
    r"|(?P<open>[({\[〔])|(?P<close>[)}\]〕])"
    r"|(?P<line>\n|\\\\)"
    r"|(?P<dots>…+|\.{2,}|・{2,})"
    r"|(?P<blank>[□△○◯▢☐?])"
    r"|(?P<break>[,、。.:;|→⇒>!「」『』<·])"
    r"|(?P<word>[^ \u3000$&*\\+\-–×⋅÷/≒≈≃=(){}\[\]〔〕\n…,、。.:;|→⇒>!「」『』<·□△○◯▢☐?]+|.)",
    re.DOTALL,
)
_SPOKEN = re.compile(r"(?:たす|足す|ひく|引く|かける|掛ける|わる|割る)\Z")
_COMPOSITE = ("ratio", "range", "parts", "order", "remainder")
_EQUATED = re.compile(r" ?=")
_DOTTED = re.compile(r"…|\.\.|・・")
_APART = re.compile(r"\n|[ \u3000]{2}|…[ \u3000]|[ \u3000]…")


def read_tokens(text: str, values: list[Value]) -> Tokens:
    """The tokens of ``text``, whose values were found before."""
    folded = fold(text)
    tokens = list(_tokens(folded, [part for value in values for part in _scalars(value, folded)]))
    return _fractions_opened(tokens)


def _scalars(value: Value, folded: str) -> Iterator[Value]:
    """A value that an expression can hold, or the parts of one that it cannot."""
    if value.kind in SCALAR_KINDS or (value.kind == "remainder" and _divides(value)):
        yield value
    elif value.kind == "ratio" and _EQUATED.match(folded, value.span[1]):
        yield value  # 3:4＝15:20
    elif (
        value.kind == "ratio"
        and folded[max(0, value.span[0] - 2) : value.span[0]].strip()[-1:] == "="
    ):
        yield value
    elif value.kind in _COMPOSITE:
        # 「手順1: 5 - 3」 reads as a ratio, and only its parts are right there.
        for part in value.parts:
            yield from _scalars(part, folded)


def _divides(value: Value) -> bool:
    """Whether a remainder is one: 7…2 is; 0.63…, and a remark behind … , are not."""
    if not _DOTTED.search(value.text):
        return True
    whole = all(part.value == int(part.value) for part in value.parts if part.kind in SCALAR_KINDS)
    return whole and not _APART.search(value.text)


def _tokens(folded: str, values: list[Value]) -> Iterator[Token]:
    position = 0
    operand = False  # whether what stands before can be an operator's left side
    for value in values:
        start, end = value.span
        if start < position:
            continue
        end = min(end, len(folded))
        for token in _gap(folded, position, start, operand=operand):
            yield token
            operand = token.kind in {"close", "blank"} or (operand and token.kind == "dots")
        if position == start:
            operand = bool(position) and operand
        for token in _value(folded, value, operand=operand):
            yield token
            operand = token.kind in {"value", "circled"}
        position = end
    yield from _gap(folded, position, len(folded), operand=operand)


def _value(folded: str, value: Value, *, operand: bool) -> Iterator[Token]:
    start, end = value.span
    if folded[start] in "≒≈≃":  # read as part of the value, as 約 is
        yield Token("about", start, start + 1, folded[start])
        start += 1
    if value.kind == "label":
        circled = not folded[start].isdecimal()
        yield Token("circled" if circled else "break", start, end, folded[start:end], value)
        return
    if folded[start] in "+-" and isinstance(value.value, Fraction):
        head = (
            folded[max(0, start - 1) : start] in ("", "\n") and folded[start + 1 : start + 2] == " "
        )
        if head:  # a bullet
            yield Token("value", start + 1, end, folded[start + 1 : end], _unsigned(value))
            return
        if operand:
            yield Token("op", start, start + 1, folded[start])
            yield Token("value", start + 1, end, folded[start + 1 : end], _unsigned(value))
            return
    yield Token("value", start, end, folded[start:end], value)


def _unsigned(value: Value) -> Value:
    from dataclasses import replace

    number = value.number if value.number is None else abs(value.number)
    return replace(value, value=abs(value.value), number=number)


def _gap(folded: str, start: int, end: int, *, operand: bool) -> Iterator[Token]:
    position = start
    head = folded[max(0, start - 1) : start] in ("", "\n")
    while position < end:
        match = _GAP.match(folded, position, end)
        assert match is not None  # its last branch takes any character
        kind, word = str(match.lastgroup), match.group()
        here, position = position, match.end()
        if kind == "skip":
            continue
        if kind == "op":
            bullet = head and word in "-*+–" and folded[position : position + 1] in (" ", "\u3000")
            if not bullet:
                yield Token("op", here, position, _OPERATORS[word])
        elif kind == "word":
            yield from _word(folded, here, position, operand=operand)
        else:
            yield Token(kind, here, position, word)
        head = kind == "line"
        operand = kind in {"close", "blank"}


def _word(folded: str, start: int, end: int, *, operand: bool) -> Iterator[Token]:
    """Words; 「かける」 between two values is an operator, as are a lone x and a lone ー."""
    word = folded[start:end]
    follows = folded[end : end + 1].isdigit() or folded[end : end + 2].strip()[:1].isdigit()
    if operand and word in ("x", "X", "ー", "—") and follows:
        yield Token("op", start, end, "*" if word in "xX" else "-")
    elif operand and _SPOKEN.fullmatch(word):
        yield Token("op", start, end, _OPERATORS[word])
    else:
        yield Token("word", start, end, word)


def _fractions_opened(tokens: list[Token]) -> Tokens:
    r"""Brackets paired, and ``\frac{a}{b}`` rewritten as ``((a)/(b))``."""
    partner = _partners(tokens)
    before: dict[int, list[Token]] = {}
    after: dict[int, list[Token]] = {}
    for index, token in enumerate(tokens):
        if token.kind != "frac":
            continue
        first = partner.get(index + 1)
        second = partner.get(first + 1) if first is not None and first > index else None
        if first is None or second is None or second < first:
            continue
        bar = tokens[first].end
        before.setdefault(index + 1, []).append(Token("open", token.start, token.start, "("))
        after.setdefault(first, []).append(Token("op", bar, bar, "/"))
        after.setdefault(second, []).append(Token("close", tokens[second].end, tokens[second].end))
    if before:
        tokens = [
            made
            for index, token in enumerate(tokens)
            for made in (*before.get(index, ()), token, *after.get(index, ()))
            if made.kind != "frac"
        ]
        partner = _partners(tokens)
    return Tokens(tuple(tokens), partner)


def _partners(tokens: list[Token]) -> dict[int, int]:
    partner: dict[int, int] = {}
    stack: list[int] = []
    for index, token in enumerate(tokens):
        if token.kind == "open":
            stack.append(index)
        elif token.kind == "close" and stack:
            opening = stack.pop()
            partner[opening], partner[index] = index, opening
        elif token.kind == "line":
            stack.clear()
    return partner
