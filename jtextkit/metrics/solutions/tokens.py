"""A worked solution as tokens: values, letters, operators, brackets, equals signs, what parts them.

Every value is one that :func:`jtextkit.metrics.answers.find_values` reads, with its unit; here the
stretches between values are read, LaTeX and Markdown among them (``lexemes.tsv``: each kind with its
pattern, in the order in which they are tried). Text is folded (one character for one), so offsets
stay. Marks of lists, headings and bold are no tokens; ``\\frac{a}{b}`` is ``(a) over (b)``.

Not handled: equations set in two dimensions, sums written as tables.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from fractions import Fraction
from typing import NamedTuple

from jtextkit.metrics.quantities.units import UNITS
from jtextkit.metrics.quantities.values import Value
from jtextkit.metrics.solutions.arithmetic import PI
from jtextkit.metrics.solutions.operands import opens_item, operands, unsigned
from jtextkit.metrics.solutions.patterns import PATTERNS, table


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


OPERANDS = frozenset(("value", "circled", "name", "close", "postfix"))
_OPERATORS = {"add": "+", "sub": "-", "mul": "*", "div": "/", "pow": "^", "mod": "mod"}
_SHOWN = {"prefix": "√", "postfix": "%", "ratio": ":", "open": "(", "close": ")"}
_MEANT = {"⟨": "|", "\\pi": PI}
_LEXEMES = "|".join("(?P<{}>{})".format(*row) for row in table("lexemes.tsv"))
_LEXER = re.compile(f"(?:{PATTERNS['layout'].pattern})*(?:{_LEXEMES})", re.DOTALL)
_BARS = re.compile(r"^ *\|.*\| *$|(\||\\[lr]?vert)([^|\n]+?)(\||\\[lr]?vert)", re.MULTILINE)
_DISPLAYED = re.compile(r"^( {0,40})\[([^\]\n]*)\](?= *$)", re.MULTILINE)


class Tokens:
    """The tokens of a folded text whose values were found before, read from left to right.

    Attributes:
        tokens: in the order of the text.
        letters: the letters that stand for numbers in the text.
    """

    def __init__(self, folded: str, values: list[Value]) -> None:
        self.letters = frozenset(PATTERNS["letter"].findall(folded))
        self.tokens: list[Token] = []
        self._folded = _DISPLAYED.sub(r"\1 \2 ", _BARS.sub(_bars, folded))
        self._operand = False  # whether what stands before can be an operator's left side
        position = 0
        for value in operands(values, folded, self.letters):
            start, end = value.span
            if start >= position:
                self._gap(position, start)
                self._value(value)
                position = end
        self._gap(position, len(folded))

    def _put(
        self, kind: str, start: int, end: int, text: str = "", value: Value | None = None
    ) -> None:
        self.tokens.append(Token(kind, start, end, text, value))
        if kind != "dots":
            self._operand = kind in OPERANDS or kind == "blank"

    def _value(self, value: Value) -> None:
        folded = self._folded
        start, end = value.span
        about = PATTERNS["about"].match(folded, start)
        if about:  # read as part of the value, as 約 is
            self._put("about", start, about.end(), about[0])
            start = about.end()
        if value.kind == "label":
            before = PATTERNS["factor-before"].search(folded, max(0, start - 5), start)
            bracketed = folded[start - 1 : start] == "("
            kind = "break" if folded[start].isdecimal() else "circled"
            if before or (bracketed and PATTERNS["factor-behind"].match(folded, end)):
                kind, value = "value", replace(value, kind="integer")
            self._put(kind, start, end, folded[start:end], value)
            return
        if self._operand and folded[start] in "+-" and isinstance(value.value, Fraction):
            self._put("op", start, start + 1, folded[start])
            start += 1
            value = unsigned(value, folded)
        divides = PATTERNS["remainder-of"].search(folded, end - 2, end + 2)
        if divides and value.kind == "percent" and value.number is not None:
            value = replace(value, kind="integer", value=value.number, unit=None, measure=None)
            self._put("value", start, end, folded[start:end], value)
            self._put("op", end, end, "mod")
        else:
            self._put("value", start, end, folded[start:end], value)

    def _gap(self, start: int, end: int) -> None:
        position = start
        while position < end:
            match = _LEXER.match(self._folded, position, end)
            assert match is not None  # the last but one of its branches takes any character
            kind, position = str(match.lastgroup), match.end()
            if kind != "end":
                self._lexeme(kind, match[kind], match.start(kind), position)

    def _lexeme(self, kind: str, word: str, start: int, end: int) -> None:
        before = self._operand
        if kind in _OPERATORS and (before or not word.isalpha()):
            if not (word.lstrip("\\") in "-*+–" and opens_item(self._folded, start)):
                self._put("op", start, end, _OPERATORS[kind])
        elif kind == "over":
            for each, text in (("close", ")"), ("op", "over"), ("open", "(")):
                self._put(each, start, end, text)
        elif kind == "power":
            if before:
                self._put("op", start, start, "^")
                self._number(unicodedata.digit(word), start, end, word)
        elif kind == "digits":
            self._number(word[:300].rstrip("."), start, end, word)
        elif kind == "asked":
            asked = PATTERNS["asked-for"].match(self._folded, start) and not before
            self._put("name" if asked else "break", start, end, word)
        elif kind == "unit" or (kind == "name" and word in UNITS):
            called = self._folded[end : end + 1] == "(" and not before  # g(5)
            self._put("name" if word in self.letters or called else "word", start, end, word)
        elif kind in {"rest", "particle"} or kind in _OPERATORS:  # かける, with nothing before
            self._put("word" if len(word) > 1 else "name", start, end, word)
        elif kind != "postfix" or before:
            self._put(kind, start, end, _MEANT.get(word, _SHOWN.get(kind, word)))

    def _number(self, number: str | int, start: int, end: int, word: str) -> None:
        value = Value("integer", Fraction(number), (start, end), word)
        self._put("value", start, end, word, value)


def _bars(match: re.Match[str]) -> str:
    """⟨…⟩ for an absolute value; the bars of a row of a table only part."""
    if match[1] is None:
        return match[0].replace("|", ";")
    return f"{'⟨'.ljust(len(match[1]))}{match[2]}{'⟩'.ljust(len(match[3]))}"
