"""Arithmetic that shows itself: an expression knows its value exactly and how a teacher writes it.

>>> trees = n(270) / 9 + 1
>>> trees.value, str(trees), f"{trees:本}"
(Fraction(31, 1), '270÷9＋1', '270÷9＋1＝31（本）')

So a worked solution cannot state a result that its left side does not have. That the right sum was
done is another question, which a second solver answers.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

_SUM, _PRODUCT, _QUOTIENT, _LEAF = range(4)
_DECIMALS = 3


@dataclass(frozen=True, slots=True)
class Expression:
    """A sum as it is written, and its exact value; made by :func:`n` and the operators ``+ - * /``.

    In an f-string ``{sum:本}`` is its equation with that unit, ``{sum:=}`` without one.

    Brackets are put where they are needed; a fraction that something is divided by gets them too,
    because ``6÷1/3`` is read in two ways. Sums with fractions give fractions (``1－3/5＝2/5``),
    others decimals where they end (``7÷2＝3.5``).
    """

    text: str
    value: Fraction
    rank: int = _LEAF
    fractional: bool = False

    def __str__(self) -> str:
        return self.text

    def __format__(self, unit: str) -> str:
        return self.equation(unit.removeprefix("=")) if unit else self.text

    def __add__(self, other: Expression | int | Fraction) -> Expression:
        right = _number(other)
        return self._join(f"{self.text}＋{right.text}", self.value + right.value, _SUM, right)

    def __sub__(self, other: Expression | int | Fraction) -> Expression:
        right = _number(other)
        text = f"{self.text}－{right._within(_PRODUCT)}"
        return self._join(text, self.value - right.value, _SUM, right)

    def __mul__(self, other: Expression | int | Fraction) -> Expression:
        right = _number(other)
        text = f"{self._within(_PRODUCT)}×{right._within(_PRODUCT)}"
        return self._join(text, self.value * right.value, _PRODUCT, right)

    def __truediv__(self, other: Expression | int | Fraction) -> Expression:
        right = _number(other)
        divisor = right._within(_LEAF)
        if "/" in divisor:
            divisor = f"（{divisor}）"
        text = f"{self._within(_PRODUCT)}÷{divisor}"
        return self._join(text, self.value / right.value, _QUOTIENT, right)

    def _join(self, text: str, value: Fraction, rank: int, other: Expression) -> Expression:
        return Expression(text, value, rank, self.fractional or other.fractional)

    def _within(self, rank: int) -> str:
        return self.text if self.rank >= rank else f"（{self.text}）"

    def equation(self, unit: str = "") -> str:
        """``270÷9＝30（か所）``: the sum, its result, and what the result counts."""
        return f"{self.text}＝{self.result}{f'（{unit}）' if unit else ''}"

    @property
    def result(self) -> Expression:
        """The value alone, to go on with.

        Raises:
            ValueError: it is negative: sums of primary school have no such numbers.
        """
        if self.value < 0:
            raise ValueError(f"a negative number: {self.text}")
        text = number_text(self.value, decimals=not self.fractional)
        return Expression(text, self.value, _LEAF, self.fractional)


def n(value: int | Fraction | str) -> Expression:
    """A number as it is written: ``Fraction(1, 4)`` as a fraction, ``"0.25"`` as a decimal.

    Raises:
        ValueError: it is negative.
    """
    exact = Fraction(value)
    fractional = exact.denominator > 1 and not (isinstance(value, str) and "." in value)
    return Expression("", exact, fractional=fractional).result


def _number(value: Expression | int | Fraction) -> Expression:
    return value if isinstance(value, Expression) else n(value)


def number_text(value: int | Fraction, *, mixed: bool = False, decimals: bool = True) -> str:
    """Whole numbers and decimals of up to three places in digits, others as reduced fractions.

    Args:
        mixed: ``2と1/3`` instead of ``7/3``.
        decimals: whether to write decimals at all.

    >>> [number_text(Fraction(x)) for x in ("12", "2.5", "7/3")]
    ['12', '2.5', '7/3']
    >>> number_text(Fraction(7, 3), mixed=True)
    '2と1/3'
    """
    value = Fraction(value)
    if value.denominator == 1:
        return str(value.numerator)
    scaled = value * 10**_DECIMALS
    if decimals and scaled.denominator == 1:
        digits = f"{scaled.numerator:0{_DECIMALS + 1}d}"
        return f"{digits[:-_DECIMALS]}.{digits[-_DECIMALS:]}".rstrip("0")
    whole, rest = divmod(value.numerator, value.denominator)
    if mixed and whole:
        return f"{whole}と{rest}/{value.denominator}"
    return f"{value.numerator}/{value.denominator}"
