"""What stands between two equals signs, and what it can be worth."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from itertools import pairwise

from jtextkit.metrics.quantities.folding import fold
from jtextkit.metrics.quantities.units import Unit
from jtextkit.metrics.quantities.values import Value
from jtextkit.metrics.solutions.arithmetic import CIRCLE, PI, READINGS, Number, evaluate, number_of
from jtextkit.metrics.solutions.tokens import Token

_DENOMINATOR = re.compile("/ ?([0-9]+)")
_OPERATORS = frozenset(("op", "prefix", "postfix", "ratio"))


@dataclass
class Part:
    """What stands between two equals signs."""

    tokens: list[Token] = field(default_factory=list)  # operands, operators and brackets
    about: bool = False  # the sign before it is ≒
    known: bool = True  # whether all of it was read; False where words or □ stand for a number
    dots: bool = False  # it ends with … (its decimals go on)

    @classmethod
    def of(cls, *items: Value | str) -> Part:
        """An expression of values and signs."""
        at = next(item.span[0] for item in items if isinstance(item, Value))
        return cls([
            Token("value", *item.span, item.text, item) if isinstance(item, Value)
            else Token({"(": "open", ")": "close"}.get(item, "op"), at, at, item)
            for item in items
        ])  # fmt: skip

    @property
    def start(self) -> int:
        return min((token.start for token in self.tokens), default=0)

    @property
    def end(self) -> int:
        return max((token.end for token in self.tokens), default=0)

    @property
    def operators(self) -> list[str]:
        return [token.text for token in self.tokens if token.kind in _OPERATORS]

    @property
    def values(self) -> list[Value]:
        return [token.value for token in self.tokens if token.value is not None]

    @property
    def units(self) -> list[Unit]:
        return [value.measure for value in self.values if value.measure is not None]

    @cached_property
    def names(self) -> frozenset[str]:
        """The letters in it; ① and π are two."""
        names = {token.text for token in self.tokens if token.kind == "name"}
        names |= {CIRCLE for value in self.values if value.kind == "label"}
        names |= {PI for value in self.values if value.unit and value.unit.startswith(PI)}
        return frozenset(names)

    @property
    def single(self) -> Value | None:
        """Its value where it is one value and nothing else, brackets apart."""
        operands = [token for token in self.tokens if token.kind not in {"open", "close"}]
        return operands[0].value if len(operands) == 1 else None

    @property
    def about_to(self) -> bool:
        """Whether it is written as approximate."""
        return self.about or self.dots or any(value.approximate for value in self.values)

    @property
    def terms(self) -> list[Part]:
        """What stands between the colons of a ratio; the part itself where it is none."""
        colons = [at for at, token in enumerate(self.tokens) if token.text == ":"]
        if not colons:
            return [self]
        bounds = pairwise([-1, *colons, len(self.tokens)])
        return [Part(self.tokens[a + 1 : b], known=self.known) for a, b in bounds]

    def shares(self, letters: Mapping[str, Number]) -> list[Number]:
        """What each term of a ratio is of the first; nothing if one of them cannot be computed."""
        first, *others = [term.at(letters) for term in self.terms]
        return [one / first for one in others if one] if first else []

    @cached_property
    def numbers(self) -> list[Number]:
        """All that it can be; nothing if it cannot be computed, or not without its letters."""
        return [] if self.names else self.all_at({})

    def all_at(self, letters: Mapping[str, Number]) -> list[Number]:
        """All that it can be where the letters are these numbers."""
        twice = any(value.kind == "percent" or value.readings for value in self.values)
        readings = READINGS if twice or "%" in self.operators else READINGS[:1]
        found = (self.at(letters, reading) for reading in readings)
        return [number for number in found if number is not None]

    def at(self, letters: Mapping[str, Number], reading: str = READINGS[0]) -> Number | None:
        """What it is in one reading where the letters are these numbers."""
        signs = "".join(self.operators)
        if not self.known or ":" in signs or "///" in signs:  # 0/10/20/30 counts nothing
            return None
        if any(value.kind == "clock" for value in self.values):
            reading = "minutes"
        return evaluate(
            letters[token.text] if token.kind == "name"
            else token.text if token.value is None
            else number_of(token.value, letters, reading)
            for token in self.tokens if token.kind != "postfix" or reading != "written"
        )  # fmt: skip

    @property
    def of_itself(self) -> list[Number]:
        """What it is if the percentage at its end is one of what stands before: 1000円 − 20％."""
        share = self.tokens[-1].value if len(self.tokens) > 2 else None
        if share is None or share.kind != "percent" or self.tokens[-2].text not in ("+", "-"):
            return []
        change = 1 + (share.value if self.tokens[-2].text == "+" else -share.value)
        return [number * change for number in Part(self.tokens[:-2]).numbers]

    @property
    def divided_whole(self) -> Part:
        """What some mean who write 20x + 8 ÷ 4: all that stands before the ÷ is divided."""
        *before, sign, last = self.tokens
        opening, closing = Token("open", 0, 0, "("), Token("close", 0, 0, ")")
        return Part([opening, *before, closing, sign, last])

    @property
    def divisor(self) -> Fraction | None:
        """What it divides by, where it is one division of two values."""
        if self.single is not None and self.single.form == "fraction":
            written = _DENOMINATOR.search(fold(self.single.text))
            return Fraction(written[1]) if written else None
        divides = self.operators in (["/"], ["over"]) and len(self.values) == 2
        return self.values[-1].value if divides else None


@dataclass(frozen=True, slots=True)
class EqualityChain:
    """Parts that are said to be equal, in order."""

    parts: tuple[Part, ...]  # two or more
    name: str = ""  # before the first equals sign, if it is no number: 合計
    start: int = 0  # where that name begins

    @property
    def end(self) -> int:
        return max(part.end for part in self.parts)
