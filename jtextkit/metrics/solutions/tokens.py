"""A worked solution as tokens: values, letters, operators, brackets, equals signs, what parts them.

Every value is one that :func:`jtextkit.metrics.answers.find_values` reads, with its unit; here the
stretches between values are read, LaTeX and Markdown among them (``lexemes.tsv``: each kind with its
pattern, in the order in which they are tried). Text is folded (one character for one), so offsets
stay. Marks of lists, headings and bold are no tokens; ``\\frac{a}{b}`` is ``((a)/(b))``.

Not handled: equations set in two dimensions, sums written as tables.
"""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import NamedTuple

from jtextkit.metrics.quantities.units import UNITS
from jtextkit.metrics.quantities.values import Value
from jtextkit.metrics.solutions.arithmetic import PI
from jtextkit.metrics.solutions.operands import opens_item, operands, unsigned, variables


class Token(NamedTuple):
    """One token; its text is an operator's name for ``evaluate``, a bracket, or what is written.

    Kinds: ``value``, ``circled``, ``name`` (a letter that stands for a number), ``blank`` (□ and the
    like), ``op``, ``prefix`` (√), ``postfix`` (%), ``open``, ``close`` (``|``: of an absolute value),
    ``ratio`` (:), ``equals``, ``about`` (≒), ``dots``, ``word``, ``line`` and ``break``.
    """

    kind: str
    start: int
    end: int
    text: str = ""
    value: Value | None = None


_OPERATORS = {
    "+": "+", "-": "-", "–": "-", "×": "*", "*": "*", "·": "*", "⋅": "*", "∙": "*", "÷": "/", "/": "/",
    "^": "^", "mod": "mod", "times": "*", "cdot": "*", "ast": "*", "div": "/", "bmod": "mod",
}  # fmt: skip
SPOKEN = {"たす": "+", "足す": "+", "ひく": "-", "引く": "-", "かける": "*", "掛ける": "*",
           "わる": "/", "割る": "/"}  # fmt: skip
_OPERATORS_AS_WORDS = {
    **SPOKEN,
    "plus": "+",
    "minus": "-",
    "times": "*",
    "x": "*",
    "X": "*",
    "ー": "-",
    "—": "-",
}
_WORDS = frozenset(("word", "name", "unit", "particle", "rest"))
OPERANDS = frozenset(("value", "circled", "name", "close", "postfix"))
_OPERANDS = OPERANDS | {"blank"}
_SHOWN = {"open": "(", "close": ")", "prefix": "√"}
_INDENT = 40
_SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹"
# What shows nothing: blanks, bold, and the layout of LaTeX.
_LAYOUT = (
    r"[ \u3000$&~#`_]+|\*\*+|\\[()\[\],;:!> ]|\\(?:left|right)\."
    r"|\\(?:left|right|[bB]igg?[lr]?|displaystyle|q?quad|begin|end"
    r"|text(?:bf|rm|it)?|math(?:rm|bf|it)|mbox|boxed|textstyle|operatorname)(?![a-z])"
)
_TABLE = Path(__file__).with_name("lexemes.tsv").read_text(encoding="utf-8")
_LEXEMES = "|".join("(?P<{}>{})".format(*line.split("\t")) for line in _TABLE.splitlines())
_LEXER = re.compile(f"(?:{_LAYOUT})*(?:{_LEXEMES})", re.DOTALL)
_ASKED_FOR = re.compile(r"\?(?= ?[+\-×÷*/=])")
# A number in brackets that belongs to a sum and labels nothing: 3(5), + (93), (5) × 2, (4)(800).
_FACTOR_BEFORE = re.compile(r"(?:[)\]}|0-9A-Za-z]|[+\-*/×÷=] ?|\) ?: ?)\(\Z")
_FACTOR_BEHIND = re.compile(r"\)(?: ?[A-Za-z+\-*/×÷=^²³]|\([0-9.,]+\))")
_ABOUT = re.compile(r"[≒≈≃]|\\(?:approx|simeq|fallingdotseq|doteq)(?![a-z])")
_REMAINDER_OF = re.compile("( ?)%( ?)[0-9]")


class Tokens:
    """The tokens of a folded text whose values were found before, read from left to right.

    Attributes:
        tokens: in the order of the text.
        partner: for each bracket's index that of its partner.
        letters: the letters that stand for numbers in the text.
    """

    def __init__(self, folded: str, values: list[Value]) -> None:
        self.folded = folded
        self.letters = variables(self.folded)
        self.tokens: list[Token] = []
        self.partner: dict[int, int] = {}
        self._brackets: list[tuple[int, str]] = []  # open ones, with what they are of a fraction
        self._wanted = ""  # the part of a fraction whose bracket comes next
        self._operand = False  # whether what stands before can be an operator's left side
        self._barred = False  # whether an absolute value is open
        self._display = -1  # where the square bracket that encloses a line closes
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
        role, self._wanted = self._wanted, ""
        self.tokens.append(Token(kind, start, end, text, value))
        if kind != "dots":
            self._operand = kind in _OPERANDS
        if kind == "open":
            self._brackets.append((len(self.tokens) - 1, role))
        elif kind == "line":
            self._brackets.clear()
        elif kind == "close" and self._brackets:
            opening, role = self._brackets.pop()
            self.partner[opening] = len(self.tokens) - 1
            self.partner[len(self.tokens) - 1] = opening
            if role == "over":
                self._put("op", end, end, "/")
                self._wanted = "under"
            elif role == "under":
                self._put("close", end, end, ")")

    def _value(self, value: Value) -> None:
        folded = self.folded
        start, end = value.span
        about = _ABOUT.match(folded, start)
        if about:  # read as part of the value, as 約 is
            self._put("about", start, about.end(), about[0])
            start = about.end()
        if value.kind == "label":
            before = _FACTOR_BEFORE.search(folded, max(0, start - 5), start)
            factor = folded[start - 1 : start] == "(" and _FACTOR_BEHIND.match(folded, end)
            kind = "break" if folded[start].isdecimal() else "circled"
            if before or factor:
                kind, value = "value", replace(value, kind="integer")
            self._put(kind, start, end, folded[start:end], value)
            return
        signed = folded[start] in "+-" and isinstance(value.value, Fraction)
        if signed and self._operand:
            self._put("op", start, start + 1, folded[start])
            start += 1
            value = unsigned(value, folded)
        match = _REMAINDER_OF.search(folded, end - 2, end + 2) if value.kind == "percent" else None
        divides = match is not None and match[1] == match[2]
        if divides and value.number is not None:
            value = replace(value, kind="integer", value=value.number, unit=None, measure=None)
        self._put("value", start, end, folded[start:end], value)
        if divides:
            self._put("op", end, end, "mod")

    def _gap(self, start: int, end: int) -> None:
        position = start
        while position < end:
            match = _LEXER.match(self.folded, position, end)
            assert match is not None  # the last but one of its branches takes any character
            kind, position = str(match.lastgroup), match.end()
            if kind != "end":
                self._lexeme(kind, match[kind], match.start(kind), position)

    def _lexeme(self, kind: str, word: str, start: int, end: int) -> None:
        if kind in _WORDS:
            self._word(kind, word, start, end)
        elif kind == "op":
            if not (word.lstrip("\\") in "-*+–·" and opens_item(self.folded, start)):
                self._put("op", start, end, _OPERATORS[word.lstrip("\\")])
        elif kind in _SHOWN:
            if not self._encloses_line(word, start):
                self._put(kind, start, end, _SHOWN[kind])
        elif kind == "frac":
            self._put("open", start, end, "(")
            self._wanted = "over"
        elif kind == "power":
            exponent = Value("integer", Fraction(_SUPERSCRIPTS.index(word)), (start, end), word)
            if self._operand:
                self._put("op", start, start, "^")
                self._put("value", start, end, word, exponent)
        elif kind == "digits":
            value = Value("integer", Fraction(word[:300].rstrip(".")), (start, end), word)
            self._put("value", start, end, word, value)
        elif kind == "bar":
            self._bar(start, end)
        elif kind == "percent":
            if self._operand:
                self._put("postfix", start, end, "%")
        elif kind == "asked":
            asked = _ASKED_FOR.match(self.folded, start)
            self._put("name" if asked and not self._operand else "break", start, end, word)
        elif kind != "line" or not (self._wanted or (self._brackets and self._brackets[-1][1])):
            self._barred = self._barred and kind != "line"
            self._put(kind, start, end, word)

    def _encloses_line(self, word: str, start: int) -> bool:
        """Whether a square bracket encloses its whole line: display math without its backslash."""
        if word == "]":
            return start == self._display
        line, stop = self._line(start)
        if word != "[" or start - line > _INDENT or self.folded[line:start].strip(" "):
            return False
        behind = self.folded[start:stop].rstrip(" ")
        closes = behind.count("]") == 1 and behind[-1] == "]"
        self._display = start + len(behind) - 1 if closes else -1
        return closes

    def _line(self, at: int) -> tuple[int, int]:
        stop = self.folded.find("\n", at)
        return self.folded.rfind("\n", 0, at) + 1, stop if stop >= 0 else len(self.folded)

    def _bar(self, start: int, end: int) -> None:
        """An absolute value's bar; in a row of a table, or alone on its line, it only parts."""
        if self._barred:
            self._barred = False
            self._put("close", start, end, ")")
            return
        line, stop = self._line(start)
        behind = self.folded[end:stop].rstrip(" ")
        row = self.folded[line:end].lstrip(" ")[:1] == "|" == behind[-1:]
        self._barred = "|" in behind and not row
        self._put("open" if self._barred else "break", start, end, "|")

    def _word(self, kind: str, word: str, start: int, end: int) -> None:
        """Words; 「かける」 between two values is an operator, as are a lone x and a lone ー."""
        if self._operand and word in _OPERATORS_AS_WORDS:
            behind = self.folded[end : end + 2].lstrip(" \u3000")[:1]
            if word in SPOKEN or behind.isdigit():
                self._put("op", start, end, _OPERATORS_AS_WORDS[word])
                return
        if word == "対" and self._operand:
            kind, word = "ratio", ":"  # 3対2
        if kind in {"rest", "particle"}:
            kind = "word"
        if kind == "unit" or (kind == "name" and word in UNITS):
            called = self.folded[end : end + 1] == "(" and not self._operand  # g(5)
            kind = "name" if word in self.letters or called else "word"
        self._put(kind, start, end, PI if word == "\\pi" else word)
