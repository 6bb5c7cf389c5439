"""A worked solution as tokens: values, letters, operators, brackets, equals signs, what parts them.

Every value is one that :func:`jtextkit.metrics.answers.find_values` reads, with its unit; here the
stretches between values are read, LaTeX and Markdown among them (``lexemes.tsv``: each kind with its
pattern, in the order in which they are tried). Text is folded (one character for one), so offsets
stay. Marks of lists, headings and bold are no tokens; ``\\frac{a}{b}`` is ``(a) over (b)``.

Not handled: equations set in two dimensions, sums written as tables.
"""

import math
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import replace
from fractions import Fraction
from functools import partial
from typing import NamedTuple

from jtextkit.metrics.patterns import table
from jtextkit.metrics.quantities.units import UNITS
from jtextkit.metrics.quantities.values import SCALAR_KINDS, Value
from jtextkit.metrics.solutions.patterns import PATTERNS


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


CIRCLE, PI = "①", "π"
OPERANDS = frozenset(("value", "circled", "name", "close", "postfix"))
_OPERATORS = {"add": "+", "sub": "-", "mul": "*", "div": "/", "pow": "^", "mod": "mod"}
_SHOWN = {
    "prefix": "√", "postfix": "%", "ratio": ":", "open": "(", "close": ")", "vert": "|", "pi": PI,
}  # fmt: skip
_KINDS = dict.fromkeys((*_OPERATORS, "rest", "particle", "that"), "word")  # かける数
_KINDS |= {"vert": "open", "pi": "name"}
_LEXEMES = "|".join("(?P<{}>{})".format(*row) for row in table(__file__, "lexemes.tsv"))
_LEXER = re.compile(f"(?:{PATTERNS['layout'].pattern})*(?:{_LEXEMES})", re.DOTALL)
_BARS = re.compile(r"^ *\|.*\| *$|(\||\\[lr]?vert)([^|\n]+?)(\||\\[lr]?vert)", re.MULTILINE)
_SCALES = {"K": 10**3, "k": 10**3, "M": 10**6, "G": 10**9, "B": 10**9, "T": 10**12}
_PLACE = "階"  # ＋ 2階50m² adds 50m²
_FOR_EACH = ("あたり", "当たり", "につき")  # 3箱 × 1箱あたり5個 multiplies by 5個
_HIGHEST = 170  # what has more digits is no arithmetic of a solution
_MEANT_SIGNS = [(re.compile(sign), meant) for _, meant, sign in table(__file__, "meant.tsv")]


def as_meant(folded: str) -> str:
    """The text, at the same length, with signs that models write otherwise (``meant.tsv``)."""
    for sign, meant in _MEANT_SIGNS:
        folded = sign.sub(partial(_padded, meant), folded)
    return folded


def _padded(meant: str, match: re.Match[str]) -> str:
    return match.expand(meant).ljust(len(match[0]))


class Tokens:
    """The tokens of a folded text whose values were found before, read from left to right.

    Attributes:
        tokens: in the order of the text.
        letters: the letters that stand for numbers in the text.
    """

    def __init__(self, folded: str, values: list[Value]) -> None:
        self.letters = frozenset(PATTERNS["letter"].findall(folded))
        self.tokens: list[Token] = []
        self._folded = _BARS.sub(_bars, folded)
        self._operand = False  # whether what stands before can be an operator's left side
        position = 0
        for value in _operands(values, folded, self.letters):
            start, end = value.span
            if start >= position:
                self._gap(position, start)
                if value.unit != _PLACE and not folded.startswith(_FOR_EACH, end):
                    self._value(value)
                position = end
        self._gap(position, len(folded))

    def _put(self, kind: str, at: int, end: int, text: str, value: Value | None = None) -> None:
        self.tokens.append(Token(kind, at, end, text, value))
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
            text, number = value.text[1:].lstrip(" \u3000"), abs(value.value)
            start = end - len(text)
            written = value.number and abs(value.number)
            value = replace(value, value=number, number=written, span=(start, end), text=text)
        percent = value.number is not None and value.kind == "percent"
        divides = percent and PATTERNS["remainder-of"].search(folded, end - 2, end + 2)
        if divides:
            value = replace(value, kind="integer", value=value.number, unit=None, measure=None)
        self._put("value", start, end, folded[start:end], value)
        if divides:
            self._put("op", end, end, "mod")

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
            self._put("op", start, end, _OPERATORS[kind])
        elif kind == "over":
            for each, text in (("close", ")"), ("op", "over"), ("open", "(")):
                self._put(each, start, end, text)
        elif kind == "power" and before:
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
        elif kind != "postfix" or before:
            self._put(_KINDS.get(kind, kind), start, end, _SHOWN.get(kind, word))

    def _number(self, number: str | int, start: int, end: int, word: str) -> None:
        value = Value("integer", Fraction(number), (start, end), word)
        self._put("value", start, end, word, value)


def _bars(match: re.Match[str]) -> str:
    """⟨…⟩ for an absolute value; the bars of a row of a table only part."""
    if match[1] is None:
        return match[0].replace("|", ";")
    return f"{'⟨'.ljust(len(match[1]))}{match[2]}{'⟩'.ljust(len(match[3]))}"


def _counted(folded: str) -> Iterator[Value]:
    """₅C₂, 5P2, C(5, 2) and 4! as the numbers that they are."""
    for match in PATTERNS["counted"].finditer(folded):
        digits = "".join(str(unicodedata.digit(c, " ")) for c in match[0])
        n, *some = map(int, digits.split())
        if n <= _HIGHEST:
            combined = "C" in match[0] or "binom" in match[0]
            ways = Fraction(math.comb(n, *some) if combined else math.perm(n, *some))
            yield Value("integer", ways, match.span(), match[0], number=ways, form="counted")


def _operands(values: Iterable[Value], folded: str, letters: frozenset[str]) -> list[Value]:
    """The values of sums, in order; of two that overlap the first counts."""
    scalars = (part for value in values for part in _scalars(value, folded))
    found: list[Value] = []
    for value in sorted((*_counted(folded), *scalars), key=lambda one: (one.span[0], -one.span[1])):
        at = value.span[0]
        before = folded[at - 1 : at] in ("_", "{", "[") and value.form != "counted"
        if before and PATTERNS["index"].search(folded, max(0, at - 12), at):
            continue
        plain = _without_letter(value, folded, letters)
        joined = _time_joined(found[-1], plain) if found else None
        found[-1:] = [joined] if joined else [*found[-1:], plain]
    return found


def _scalars(value: Value, folded: str) -> list[Value]:
    """A value that an expression can hold, or the parts of one that it cannot."""
    if value.kind in SCALAR_KINDS or (value.kind == "remainder" and _divides(value, folded)):
        return [value]
    return [one for part in value.parts for one in _scalars(part, folded)]


def _divides(value: Value, folded: str) -> bool:
    """Whether a remainder is one: 7…2 is; 0.63…, a remark behind … , and 残りは100－54 are not."""
    whole = all(part.form == "integer" for part in value.parts)
    dotted = PATTERNS["dotted"].search(value.text)
    fine = not dotted or (whole and not PATTERNS["apart"].search(value.text))
    return fine and not PATTERNS["sign"].match(folded, value.span[1])


def _without_letter(value: Value, folded: str, letters: frozenset[str]) -> Value:
    """30a without its a where a is a letter of the text, and 30k without its k."""
    start, end = value.span
    plain, last = folded[start : end - 1].rstrip(" ~"), folded[end - 1]
    scale = _SCALES.get(last, 1) if value.unit is None else 1
    if value.number is None or not plain[-1:].isdigit() or not (last in letters or scale > 1):
        return value
    number = value.number / scale
    return replace(
        value, kind=value.form, value=number, number=number,
        span=(start, start + len(plain)), text=value.text[: len(plain)], unit=None, measure=None,
    )  # fmt: skip


def _time_joined(a: Value, b: Value) -> Value | None:
    """3時間80分, which answers do not know: a step of a sum before it is carried over."""
    first, second = a.measure, b.measure
    if a.span[1] != b.span[0] or not first or not second or second.dimension != "time":
        return None
    joined = replace(b, kind="compound", form="compound", span=(a.span[0], b.span[1]))
    if a.kind == "clock" and second.factor == 60 and a.text.endswith("時"):  # 11時90分
        total, joined = a.value + b.value, replace(a, span=joined.span)
    elif first.dimension == "time" and first.factor > second.factor and a.kind != "remainder":
        total = a.value * first.factor / second.factor + b.value
    else:
        return None
    return replace(joined, value=total, number=total, text=a.text + b.text)


def with_rest(quotient: Value, rest: Value) -> Value:
    """「商は3、余りは2」 as one value."""
    return replace(
        quotient, kind="remainder", value=(quotient.value, rest.value),
        span=(quotient.span[0], rest.span[1]), text=f"{quotient.text}あまり{rest.text}",
    )  # fmt: skip
