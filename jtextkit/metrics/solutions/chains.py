"""Chains of equality in a solution: ``a = b = c``, cut out of its sentences.

A chain goes on over a line break where the next line begins with an equals sign. Words before the
first value, between an operator and its value (``底辺14cm×高さ9cm``) and in brackets behind a value
(``40（のべ人数）``) belong to nothing; words between a value and an operator (``80円のペン×3``) make
that part one that cannot be computed. Two values with nothing between begin a new chain.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction

from jtextkit.metrics.quantities.units import Unit
from jtextkit.metrics.quantities.values import Value
from jtextkit.metrics.solutions.forms import Forms, evaluate, forms_of
from jtextkit.metrics.solutions.tokens import Token, Tokens

_LONGEST_WORDS = 12
_SAYS = re.compile(r"は|で|が|では|だと|を計算すると|を計算して|の答えは|の計算で")
_RESULT_ENDS = re.compile(
    r"です|でし|で\Z|に(?:な|は|\Z)|とな|な[のりる]|だ(?!け)|が(?:\Z|[出残求])|よ\Z"
)
# What may follow a value without changing what it counts.
_SUFFIXES = frozenset(
    (
        "分",
        "ずつ",
        "つ",
        "目",
        "分の",
        "人分",
        "こ分",
        "個分",
        "ずつの",
        "も",
        "ほど",
        "ちょうど",
        "倍",
    )
)


@dataclass
class Part:
    """What stands between two equals signs.

    Attributes:
        tokens: operands, operators and brackets.
        about: the sign before it is ≒.
        known: whether all of it was read; False where words or □ stand for a number.
        dots: it ends with … (its decimals go on).
    """

    tokens: list[Token] = field(default_factory=list)
    about: bool = False
    known: bool = True
    dots: bool = False
    _forms: Forms | None = None

    @property
    def start(self) -> int:
        return self.tokens[0].start if self.tokens else 0

    @property
    def end(self) -> int:
        return self.tokens[-1].end if self.tokens else 0

    @property
    def operators(self) -> list[str]:
        return [token.text for token in self.tokens if token.kind == "op"]

    @property
    def values(self) -> list[Value]:
        return [token.value for token in self.tokens if token.value is not None]

    @property
    def single(self) -> Value | None:
        """Its value where it is one value and nothing else, brackets apart."""
        values = self.values
        return values[0] if len(values) == 1 and not self.operators else None

    @property
    def about_to(self) -> bool:
        """Whether it is written as approximate."""
        return self.about or self.dots or any(value.approximate for value in self.values)

    @property
    def units(self) -> list[Unit]:
        return [value.measure for value in self.values if value.measure is not None]

    @property
    def forms(self) -> Forms:
        """All that it can be; none if it cannot be computed."""
        if self._forms is None:
            self._forms = self._evaluated(self.tokens) if self.known else ()
        return self._forms

    @property
    def leading(self) -> Forms:
        """Its first operand, where it goes on with an operator."""
        if len(self.tokens) > 1 and self.tokens[1].kind == "op" and self.tokens[0].value:
            return forms_of(self.tokens[0].value)
        return ()

    @property
    def division(self) -> tuple[Value, Value] | None:
        """Dividend and divisor, where it is one division of two values."""
        values = self.values
        return (values[0], values[1]) if self.operators == ["/"] and len(values) == 2 else None

    @staticmethod
    def _evaluated(tokens: list[Token]) -> Forms:
        return evaluate(
            token.text
            if token.kind == "op"
            else {"open": "(", "close": ")"}.get(token.kind) or forms_of(_value(token))
            for token in tokens
        )


def _value(token: Token) -> Value:
    assert token.value is not None
    return token.value


@dataclass(frozen=True, slots=True)
class EqualityChain:
    """Parts that are said to be equal, in order; at least two."""

    parts: tuple[Part, ...]


def read_chains(read: Tokens) -> Iterator[EqualityChain]:
    """Every chain of the text, in order of where it ends."""
    return _Reader(read).chains()


class _Reader:
    """A state machine over the tokens: what the current chain holds, and what may come next."""

    def __init__(self, read: Tokens) -> None:
        self.tokens = read.tokens
        self.partner = read.partner
        self.parts: list[Part] = []
        self.part = Part()
        self.inner: list[int] = []  # where the brackets of the current part that are open end
        self.equals = self._equals_up_to()
        self.content = self._content_up_to()

    def chains(self) -> Iterator[EqualityChain]:
        index = 0
        while index < len(self.tokens):
            token = self.tokens[index]
            if token.kind == "line" and self._goes_on(index):
                index += 1
                continue
            handler = getattr(self, f"_{token.kind}", self._break)
            jump, flush = handler(index, token)
            if flush:
                yield from self._flushed()
            if jump is not None:
                index = jump
                continue
            if flush and token.kind in {"value", "circled", "open"}:
                continue  # again, as the first of a new chain
            index += 1
        yield from self._flushed()

    # Each handler answers where to go on (None: the next token) and whether the chain ends before.

    def _value(self, _index: int, token: Token) -> tuple[int | None, bool]:
        if self._after_operand():
            return None, True
        self.part.tokens.append(token)
        return None, False

    _circled = _value

    def _blank(self, _index: int, _token: Token) -> tuple[int | None, bool]:
        self.part.known = False
        return None, False

    def _op(self, _index: int, token: Token) -> tuple[int | None, bool]:
        if not self.part.tokens and token.text in "*/":
            self.part.known = False  # words stand before it
        self.part.tokens.append(token)
        return None, False

    def _open(self, index: int, token: Token) -> tuple[int | None, bool]:
        end = self.partner.get(index)
        if end is None or end < index:
            return None, bool(self.part.tokens or self.parts)
        if self.equals[end] != self.equals[index]:  # an equation of its own in brackets
            return (index + 1, True) if self._started() else (index + 1, False)
        if self._after_operand():
            if self.content[end] - self.content[index] < 2:  # 30（円）, 7(匹): an annotation
                return end + 1, False
            if self._takes_factor(index, token):
                self.part.tokens.append(Token("op", token.start, token.start, "*"))
            else:
                return None, True
        elif self.content[end] == self.content[index]:  # nothing to compute in it: (ア), (個)
            return end + 1, False
        self.part.tokens.append(token)
        self.inner.append(end)
        return None, False

    def _close(self, index: int, token: Token) -> tuple[int | None, bool]:
        if self.inner and self.inner[-1] == index:
            self.inner.pop()
            self.part.tokens.append(token)
            return None, False
        return None, self._started()

    def _equals(self, _index: int, token: Token) -> tuple[int | None, bool]:
        if self.inner:
            self.part.known = False
            self.inner.clear()
        self.parts.append(self.part)
        self.part = Part(about=token.kind == "about")
        return None, False

    _about = _equals

    def _dots(self, _index: int, _token: Token) -> tuple[int | None, bool]:
        if self._after_operand() and self.part.tokens[-1].value is not None:
            self.part.dots = True
            return None, False
        if self.part.tokens and self.part.tokens[-1].kind == "op":  # 1+2+…+10
            self.part.known = False
            return None, False
        return None, self._started()

    def _word(self, index: int, token: Token) -> tuple[int | None, bool]:
        following = self._kind(index + 1)
        if self._after_operand():
            if token.text in _SUFFIXES and following in {"op", "equals", "about", "open"}:
                return None, False
            if following in {"op", "equals", "about"}:
                self.part.known = False
                return None, False
            if self._says_result(index, token):
                return self._equals(index, token)
            return None, True
        if following in {"op", "equals", "about", "word"}:
            self.part.known = False
            return None, False
        short = len(token.text) <= _LONGEST_WORDS and following in {"value", "circled", "open"}
        if short and (self.part.tokens or self.parts):
            return None, False
        return None, self._started()

    def _says_result(self, index: int, token: Token) -> bool:
        """Whether 「60÷5で12です」 goes on with the result of what was computed."""
        if self.parts or not self.part.operators or not _SAYS.fullmatch(token.text):
            return False
        at = index + 1
        if at < len(self.tokens) and self.tokens[at].text in (",", "、"):
            at += 1
        if self._kind(at) != "value" or self.inner:
            return False
        behind = self.tokens[at + 1] if at + 1 < len(self.tokens) else None
        if behind is None or behind.kind in {"break", "line", "close"}:
            return behind is None or behind.text not in (":", "|")
        if behind.kind == "open":
            return True
        return behind.kind == "word" and _RESULT_ENDS.match(behind.text) is not None

    def _break(self, _index: int, _token: Token) -> tuple[int | None, bool]:
        return None, True

    def _goes_on(self, index: int) -> bool:
        """Whether a line break lies inside a chain: an equals sign follows it, or stands before."""
        following = index + 1
        while self._kind(following) == "line" and following - index < 3:
            following += 1
        return self._started() and self._kind(following) in {"equals", "about"}

    def _flushed(self) -> Iterator[EqualityChain]:
        if self.part.tokens and self.part.tokens[-1].kind == "op":
            self.part.known = False
        if self.inner:
            self.part.known = False
        parts = (*self.parts, self.part)
        self.parts, self.part = [], Part()
        self.inner.clear()
        if len(parts) > 1 or parts[0].tokens:
            yield EqualityChain(parts)

    def _started(self) -> bool:
        return bool(self.part.tokens or self.parts or not self.part.known)

    def _after_operand(self) -> bool:
        return bool(self.part.tokens) and self.part.tokens[-1].kind in {"value", "circled", "close"}

    def _takes_factor(self, index: int, token: Token) -> bool:
        """Whether a bracket right behind an operand multiplies it: 2(3+4)."""
        last = self.part.tokens[-1]
        bare = last.kind == "close" or (last.value is not None and last.value.unit is None)
        return bare and last.end == token.start and index > 0

    def _kind(self, index: int) -> str:
        return self.tokens[index].kind if index < len(self.tokens) else "break"

    def _equals_up_to(self) -> list[int]:
        counts, count = [], 0
        for token in self.tokens:
            count += token.kind in {"equals", "about"}
            counts.append(count)
        return counts

    def _content_up_to(self) -> list[int]:
        """How many values and operators have come: two or more in brackets are an expression."""
        counts, count = [], 0
        for token in self.tokens:
            count += token.kind in {"value", "circled", "op", "blank"}
            counts.append(count)
        return counts


def as_fraction(forms: Forms) -> Fraction | None:
    """The first plain reading, for messages; None where there is none."""
    return next((form.plain for form in forms if not form.circled), None)
