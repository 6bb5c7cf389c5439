"""A worked solution as tokens: values, letters, operators, brackets, equals signs, what parts them.

Every value is one that :func:`jtextkit.metrics.answers.find_values` reads, with its unit; here the
stretches between values are read, LaTeX and Markdown among them. Text is folded (one character for
one), so offsets stay. Marks of lists, headings and bold are no tokens.

Not handled: equations set in two dimensions, sums written as tables.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import NamedTuple

from jtextkit.metrics.quantities.folding import fold
from jtextkit.metrics.quantities.units import UNITS, read_unit
from jtextkit.metrics.quantities.values import Value
from jtextkit.metrics.solutions.forms import PI
from jtextkit.metrics.solutions.operands import operands, variables


class Token(NamedTuple):
    """One token; its text is an operator's name for ``evaluate``, a bracket, or what is written.

    Kinds: ``value``, ``circled``, ``name`` (a letter that stands for a number), ``blank`` (□ and the
    like), ``op``, ``prefix`` (√), ``postfix`` (%), ``open``, ``close`` (``|``: of an absolute value),
    ``equals``, ``about`` (≒), ``dots``, ``word``, ``line``, ``break`` and ``frac``.
    """

    kind: str
    start: int
    end: int
    text: str = ""
    value: Value | None = None


@dataclass(frozen=True, slots=True)
class Tokens:
    """All tokens of a text, for each bracket the index of its partner, and the text's letters."""

    tokens: tuple[Token, ...]
    partner: dict[int, int]
    letters: frozenset[str] = frozenset()


_OPERATORS = {
    "+": "+", "-": "-", "–": "-", "×": "*", "*": "*", "·": "*", "⋅": "*",
    "∙": "*", "÷": "/", "/": "/", "^": "^", "mod": "mod",
    "times": "*", "cdot": "*", "ast": "*", "div": "/", "bmod": "mod",
}  # fmt: skip
SPOKEN = {"たす": "+", "足す": "+", "ひく": "-", "引く": "-", "かける": "*", "掛ける": "*",
           "わる": "/", "割る": "/"}  # fmt: skip
_OPERATORS_AS_WORDS = {**SPOKEN, "x": "*", "X": "*", "ー": "-", "—": "-"}
_WORDS = frozenset(("word", "name", "unit", "particle", "rest"))
_WRITTEN = {"open": "(", "close": ")", "prefix": "√"}
_OPERANDS = frozenset(("value", "circled", "name", "close", "blank", "postfix"))
_SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_LETTERS = "A-Za-zΑ-ω"

# What shows nothing: blanks, bold, and the layout of LaTeX.
_LAYOUT = (
    r"[ \u3000$&~#`_]+|\*\*+|\\[()\[\],;:!> ]|\\(?:left|right)\."
    r"|\\(?:left|right|[bB]igg?[lr]?|displaystyle|q?quad|begin|end"
    r"|text(?:bf|rm|it)?|math(?:rm|bf|it)|mbox|boxed|textstyle|operatorname)(?![a-z])"
)
# What a stretch between values consists of, in the order in which it is tried.
_LEXEMES = {
    "word": rf"[^ \u3000$&~#`_*\\+\-–×·⋅∙÷/^<>≦≧≤≥≒≈≃=(){{}}\[\]〔〕|\n…,、。.:;→⇒⇔≡≠∴∵「」『』"
    rf"{_SUPERSCRIPTS}%!?□△○◯▢☐0-9√{_LETTERS}]+",
    "about": r"[≒≈≃]|\\(?:approx|fallingdotseq|simeq|doteq)(?![a-z])",
    "dots": r"…+|\.{2,}|・{2,}|\\[lc]?dots(?![a-z])",
    "break": r"[<>≦≧≤≥]=?|=>|[,、。.:;!→⇒⇔≡≠∴∵「」『』]"
    r"|\\(?:Rightarrow|rightarrow|to|implies|iff|therefore|because|equiv|n?eq?|[lg]eq?q?|pm|mid"
    r"|Longrightarrow|longrightarrow|Leftrightarrow)(?![a-z])",
    "frac": r"\\{1,2}[dtc]?frac(?![a-z])",
    "prefix": r"√|\\sqrt(?![a-z\[])",
    "op": r"\\?[+\-*]|[–×*·⋅∙÷/^]|\\{1,2}(?:times|div|cdot|ast|b?mod)(?![a-z])|mod(?![a-z])",
    "equals": "=",
    "open": r"\\?[({\[〔]",
    "close": r"\\?[)}\]〕]",
    "bar": r"\||\\[lr]?vert(?![a-z])",
    "line": r"\n|\\\\(?!times|div|cdot|[dt]?frac)",
    "power": f"[{_SUPERSCRIPTS}]",
    "percent": r"\\?%",
    "asked": r"\?",
    "blank": r"[□△○◯▢☐]|\\pmod",
    "digits": r"[0-9]+(?:\.[0-9]+)?",
    "particle": r"(?:is|be|to|of|we|so|in|at|as|or|it|by|an|on|if)(?![A-Za-z_])",
    "unit": r"(?:[kcm]?m|[km]?g|[dm]?[lL]|ha|min|sec)[²³]?(?![A-Za-z_])",
    "name": rf"(?:\\[A-Za-z]+|[A-Za-z]{{3,}}(?:_\w+)*|[{_LETTERS}][0-9]?)"
    r"(?:_\{[^{}\n]{1,12}\}|_[A-Za-z0-9]|(?:\[\w{1,3}\])+)?'?",
    "rest": ".",
    "end": r"\Z",
}  # fmt: skip
_LEXER = re.compile(
    f"(?:{_LAYOUT})*(?:"
    + "|".join(f"(?P<{kind}>{pattern})" for kind, pattern in _LEXEMES.items())
    + ")",
    re.DOTALL,
)
_ASKED_FOR = re.compile(r"\?(?= ?[+\-×÷*/=])")
# A number in brackets that belongs to a sum and labels nothing: 3(5), + (93), (5) × 2.
_FACTOR_BEFORE = re.compile(r"(?:[)\]}|0-9A-Za-z]|[+\-*/×÷=] ?)\(\Z")
_FACTOR_BEHIND = re.compile(r"\) ?[A-Za-z+\-*/×÷=^²³]")
_REMAINDER_OF = re.compile("( ?)%( ?)[0-9]")


def read_tokens(text: str, values: list[Value]) -> Tokens:
    """The tokens of ``text``, whose values were found before."""
    folded = fold(text)
    lexer = _Lexer(folded, variables(folded))
    lexer.read(values)
    tokens, partner = _fractions_opened(lexer.tokens)
    return Tokens(tuple(tokens), partner, lexer.letters)


class _Lexer:
    """Goes over values and the stretches between them, and knows what stands before."""

    def __init__(self, folded: str, letters: frozenset[str]) -> None:
        self.folded = folded
        self.letters = letters
        self.tokens: list[Token] = []
        self.operand = False  # whether what stands before can be an operator's left side
        self.bar = False  # whether an absolute value is open

    def read(self, values: Iterable[Value]) -> None:
        position = 0
        for value in operands(values, self.folded, self.letters):
            start, end = value.span
            if start >= position:
                self._gap(position, start)
                self._value(value)
                position = end
        self._gap(position, len(self.folded))

    def _put(
        self, kind: str, start: int, end: int, text: str = "", value: Value | None = None
    ) -> None:
        self.tokens.append(Token(kind, start, end, text, value))
        if kind != "dots":
            self.operand = kind in _OPERANDS

    def _value(self, value: Value) -> None:
        folded = self.folded
        start, end = value.span
        if folded[start] in "≒≈≃":  # read as part of the value, as 約 is
            self._put("about", start, start + 1, folded[start])
            start += 1
        if value.kind == "label":
            before = _FACTOR_BEFORE.search(folded, max(0, start - 3), start)
            if before or (folded[start - 1 : start] == "(" and _FACTOR_BEHIND.match(folded, end)):
                self._put("value", start, end, value.text, replace(value, kind="integer"))
                return
            circled = not folded[start].isdecimal()
            self._put("circled" if circled else "break", start, end, folded[start:end], value)
            return
        signed = folded[start] in "+-" and isinstance(value.value, Fraction)
        if signed and (_opens_item(folded, start) or self.operand):
            if self.operand:
                self._put("op", start, start + 1, folded[start])
            start += 1
            number = value.number if value.number is None else abs(value.number)
            value = replace(value, value=abs(value.value), number=number)
        match = _REMAINDER_OF.search(folded, end - 2, end + 2) if value.kind == "percent" else None
        if match and match[1] == match[2] and value.number is not None:
            plain = replace(value, kind="integer", value=value.number, unit=None, measure=None)
            self._put("value", start, end, folded[start:end], plain)
            self._put("op", end, end, "mod")
            return
        self._put("value", start, end, folded[start:end], value)

    def _gap(self, start: int, end: int) -> None:
        folded, position = self.folded, start
        if self.operand and position and folded[position - 1] in ")}]" and position < end:
            unit = read_unit(folded, position, gap=False)
            if unit is not None and unit[0].dimension != "rate" and unit[1] <= end:
                position = unit[1]  # (3+5)cm
        while position < end:
            match = _LEXER.match(folded, position, end)
            assert match is not None  # the last but one of its branches takes any character
            kind, position = str(match.lastgroup), match.end()
            if kind != "end":
                self._lexeme(kind, match[kind], match.start(kind), position)

    def _lexeme(self, kind: str, word: str, start: int, end: int) -> None:
        if kind in _WORDS:
            self._word(kind, word, start, end)
        elif kind == "op":
            if not (word.lstrip("\\") in "-*+–·" and _opens_item(self.folded, start)):
                self._put("op", start, end, _OPERATORS[word.lstrip("\\")])
        elif kind in _WRITTEN:
            self._put(kind, start, end, _WRITTEN[kind])
        elif kind == "power":
            exponent = Value("integer", Fraction(_SUPERSCRIPTS.index(word)), (start, end), word)
            if self.operand:
                self._put("op", start, start, "^")
                self._put("value", start, end, word, exponent)
        elif kind == "digits":
            value = Value("integer", Fraction(word[:300].rstrip(".")), (start, end), word)
            self._put("value", start, end, word, value)
        elif kind == "bar":
            self._bar(start, end)
        elif kind == "percent":
            if self.operand:
                self._put("postfix", start, end, "%")
        elif kind == "asked":
            asked = _ASKED_FOR.match(self.folded, start)
            self._put("blank" if asked and not self.operand else "break", start, end, word)
        else:
            self.bar = self.bar and kind != "line"
            self._put(kind, start, end, word)

    def _bar(self, start: int, end: int) -> None:
        """An absolute value's bar; in a row of a table, or alone on its line, it only parts."""
        if self.bar:
            self.bar = False
            self._put("close", start, end, ")")
            return
        line = self.folded.rfind("\n", 0, start) + 1
        stop = self.folded.find("\n", end)
        behind = self.folded[end : stop if stop >= 0 else None].rstrip(" ")
        row = self.folded[line:end].lstrip(" ")[:1] == "|" == behind[-1:]
        self.bar = not row and not self.operand and "|" in behind
        self._put("open" if self.bar else "break", start, end, "|")

    def _word(self, kind: str, word: str, start: int, end: int) -> None:
        """Words; 「かける」 between two values is an operator, as are a lone x and a lone ー."""
        if self.operand and word in _OPERATORS_AS_WORDS:
            behind = self.folded[end : end + 2].lstrip(" \u3000")[:1]
            if word in SPOKEN or behind.isdigit():
                self._put("op", start, end, _OPERATORS_AS_WORDS[word])
                return
        if kind in {"rest", "particle"}:
            kind = "word"
        if kind == "unit" or (kind == "name" and word in UNITS):
            called = self.folded[end : end + 1] == "(" and not self.operand  # g(5)
            kind = "name" if word in self.letters or called else "word"
        self._put(kind, start, end, PI if word == "\\pi" else word)


def _opens_item(folded: str, at: int) -> bool:
    """Whether the sign at ``at`` is the mark of an item in a list: first on its line, then a blank."""
    if folded[at + 1 : at + 2] not in (" ", "\u3000"):
        return False
    line = folded.rfind("\n", 0, at) + 1
    return not folded[line:at].strip(" \u3000>")


def _fractions_opened(tokens: list[Token]) -> tuple[list[Token], dict[int, int]]:
    r"""Brackets paired, and ``\frac{a}{b}`` rewritten as ``((a)/(b))``."""
    partner = _partners(tokens)
    after: dict[int, list[Token]] = {}
    for index, token in enumerate(tokens):
        first = partner.get(index + 1) if token.kind == "frac" else None
        second = partner.get(first + 1) if first is not None and first > index else None
        if first is None or second is None or second < first:
            continue
        for place, kind, at, text in (
            (index, "open", token.start, "("),
            (first, "op", tokens[first].end, "/"),
            (second, "close", tokens[second].end, ")"),
        ):
            after.setdefault(place, []).append(Token(kind, at, at, text))
    if not after:
        return tokens, partner
    pairs = ((token, *after.get(index, ())) for index, token in enumerate(tokens))
    made = [token for pair in pairs for token in pair if token.kind != "frac"]
    return made, _partners(made)


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
