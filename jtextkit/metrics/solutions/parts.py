"""What stands between two equals signs, and what it can be worth."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from itertools import pairwise

from jtextkit.metrics.quantities.units import Unit
from jtextkit.metrics.quantities.values import Value
from jtextkit.metrics.solutions.forms import Forms, evaluate, forms_of, letter, number
from jtextkit.metrics.solutions.tokens import Token


@dataclass
class Part:
    """What stands between two equals signs."""

    tokens: list[Token] = field(default_factory=list)  # operands, operators and brackets
    about: bool = False  # the sign before it is ≒
    known: bool = True  # whether all of it was read; False where words or □ stand for a number
    dots: bool = False  # it ends with … (its decimals go on)
    _forms: Forms | None = None

    @property
    def start(self) -> int:
        return self.tokens[0].start if self.tokens else 0

    @property
    def end(self) -> int:
        return self.tokens[-1].end if self.tokens else 0

    @property
    def operators(self) -> list[str]:
        return [token.text for token in self.tokens if token.kind in {"op", "prefix", "postfix"}]

    @property
    def values(self) -> list[Value]:
        return [token.value for token in self.tokens if token.value is not None]

    @property
    def names(self) -> list[str]:
        """The letters in it."""
        return [token.text for token in self.tokens if token.kind == "name"]

    @property
    def single(self) -> Value | None:
        """Its value where it is one value and nothing else, brackets apart."""
        found = None
        for token in self.tokens:
            if token.value is not None and found is None:
                found = token.value
            elif token.kind not in {"open", "close"}:
                return None
        return found

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
            alternatives = "///" in "".join(self.operators)  # 0/10/20/30 counts nothing
            self._forms = self._evaluated() if self.known and not alternatives else ()
        return self._forms

    @property
    def forms_in_order(self) -> Forms:
        """What it would be on a simple calculator: 20x + 8 ÷ 4 is (20x + 8) ÷ 4."""
        return self._evaluated(in_order=True)

    @property
    def forms_of_itself(self) -> Forms:
        """What it is if the percentage at its end is one of what stands before: 1000円 − 20％."""
        share = self.tokens[-1].value if len(self.tokens) > 2 else None
        if share is None or share.kind != "percent" or self.tokens[-2].text not in ("+", "-"):
            return ()
        change = 1 + (share.value if self.tokens[-2].text == "+" else -share.value)
        return evaluate([Part(self.tokens[:-2]).forms, "*", number(change)])

    @property
    def leading(self) -> Forms:
        """Its first operand, where it goes on with an operator."""
        if len(self.tokens) > 1 and self.tokens[1].kind == "op" and self.tokens[0].value:
            return forms_of(self.tokens[0].value)
        return ()

    @property
    def division(self) -> tuple[Value, Value] | None:
        """Dividend and divisor, where it is one division of two values."""
        values = [value for value in self.values if isinstance(value.value, Fraction)]
        two = self.operators == ["/"] and len(values) == len(self.values) == 2
        return (values[0], values[1]) if two else None

    @property
    def divides_by_zero(self) -> bool:
        """Whether it has no value because a number is divided by 0."""
        signs = pairwise(self.tokens)
        return any(
            (a.kind, a.text) == ("op", "/") and b.value and b.value.value == 0 for a, b in signs
        )

    def _evaluated(self, *, in_order: bool = False) -> Forms:
        clock = any(value.kind == "clock" for value in self.values)
        return evaluate(
            (
                letter(token.text)
                if token.kind == "name"
                else forms_of(token.value, minutes=clock)
                if token.value is not None
                else token.text
                for token in self.tokens
            ),
            in_order=in_order,
        )
