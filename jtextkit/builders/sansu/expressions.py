"""Arithmetic that shows itself: an expression knows its value exactly and how a teacher writes it.

>>> trees = n(270) / 9 + 1
>>> trees.value, str(trees), f"{trees:本}"
(Fraction(31, 1), '270÷9＋1', '270÷9＋1＝31（本）')

So a worked solution cannot state a result that its left side does not have. That the right sum was
done is another question, which a second solver answers.

It also knows what it was made from: numbers that the problem tells (:class:`Told`) by the kind of
quantity they are, and results of earlier sums. From that follows a solution's plan
(:func:`plan_of`): its operations, whatever the numbers and words.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from fractions import Fraction
from typing import Self, TypeAlias

Tree: TypeAlias = "str | tuple[Tree, str, Tree]"
"""What a sum is made from: a kind of quantity, or a left side, a sign and a right side."""

_written: ContextVar[list[Tree] | None] = ContextVar("written", default=None)
_CONSTANTS = frozenset(map(Fraction, ("1", "2", "30", "60", "100", "360", "3.14", "1000")))

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
    tree: Tree = ""

    def __str__(self) -> str:
        return self.text

    def __format__(self, unit: str) -> str:
        return self.equation(unit.removeprefix("=")) if unit else self.text

    def __add__(self, other: Expression | int | Fraction) -> Expression:
        right = _number(other)
        text = f"{self.text}＋{right.text}"
        return self._join("＋", text, self.value + right.value, _SUM, right)

    def __sub__(self, other: Expression | int | Fraction) -> Expression:
        right = _number(other)
        text = f"{self.text}－{right._within(_PRODUCT)}"
        return self._join("－", text, self.value - right.value, _SUM, right)

    def __radd__(self, other: int | Fraction) -> Expression:
        return _number(other) + self

    def __rsub__(self, other: int | Fraction) -> Expression:
        return _number(other) - self

    def __mul__(self, other: Expression | int | Fraction) -> Expression:
        right = _number(other)
        text = f"{self._within(_PRODUCT)}×{right._within(_PRODUCT)}"
        return self._join("×", text, self.value * right.value, _PRODUCT, right)

    def __truediv__(self, other: Expression | int | Fraction) -> Expression:
        right = _number(other)
        divisor = right._within(_LEAF)
        if "/" in divisor:
            divisor = f"（{divisor}）"
        text = f"{self._within(_PRODUCT)}÷{divisor}"
        return self._join("÷", text, self.value / right.value, _QUOTIENT, right)

    def _join(
        self, sign: str, text: str, value: Fraction, rank: int, other: Expression
    ) -> Expression:
        fractional = self.fractional or other.fractional
        return Expression(text, value, rank, fractional, (self.tree, sign, other.tree))

    def _within(self, rank: int) -> str:
        return self.text if self.rank >= rank else f"（{self.text}）"

    def equation(self, unit: str = "") -> str:
        """``270÷9＝30（か所）``: the sum, its result, and what the result counts."""
        if (written := _written.get()) is not None:
            written.append(self.tree)
        return f"{self.text}＝{self.result}{f'（{unit}）' if unit else ''}"

    def remainder(self, divisor: Expression | int) -> str:
        """``31÷7＝4あまり3``, for whole numbers; without あまり where nothing is left."""
        right = _number(divisor)
        if (written := _written.get()) is not None:
            written.append((self.tree, "÷", right.tree))
        times, left = divmod(self.value, right.value)
        return f"{self._within(_PRODUCT)}÷{right.text}＝{times}" + (f"あまり{left}" if left else "")

    @property
    def result(self) -> Expression:
        """The value alone, to go on with.

        Raises:
            ValueError: it is negative: sums of primary school have no such numbers.
        """
        if self.rank == _LEAF and self.text:
            return self
        if self.value < 0:
            raise ValueError(f"a negative number: {self.text}")
        text = number_text(self.value, decimals=not self.fractional)
        return Expression(text, self.value, _LEAF, self.fractional, self.tree)


class Told(int):
    """A whole number of the problem's facts, with what it is made from."""

    tree: Tree

    def __new__(cls, value: int, tree: Tree) -> Self:
        told = super().__new__(cls, value)
        told.tree = tree
        return told


def n(value: int | Fraction | str, tree: Tree = "") -> Expression:
    """A number as it is written: ``Fraction(1, 4)`` as a fraction, ``"0.25"`` as a decimal.

    Args:
        tree: what it is made from, where ``value`` does not know.

    Raises:
        ValueError: it is negative.
    """
    exact = Fraction(value)
    fractional = exact.denominator > 1 and not (isinstance(value, str) and "." in value)
    if isinstance(value, Told):
        tree = value.tree
    elif not tree:
        tree = number_text(exact) if exact in _CONSTANTS else "数"
    return Expression("", exact, fractional=fractional, tree=tree).result


def _number(value: Expression | int | Fraction) -> Expression:
    return value if isinstance(value, Expression) else n(value)


def percent(value: Expression | int | Fraction) -> Expression:
    """A percentage as the decimal number to reckon with: 15 gives 0.15."""
    kind = value.tree if isinstance(value, Expression | Told) else "%"
    return n(number_text(_number(value).value / 100), kind)


@contextmanager
def written() -> Iterator[list[Tree]]:
    """Within it, equations that are written down are noted, in order."""
    trees: list[Tree] = []
    token = _written.set(trees)
    try:
        yield trees
    finally:
        _written.reset(token)


def plan_of(trees: Sequence[Tree]) -> str:
    """The plan of a solution with these equations: an earlier one is called by its place.

    >>> with written() as trees:
    ...     both = n(Told(60, "分速")) + Told(80, "分速")
    ...     steps = f"{both:m} {n(Told(980, 'm')) / both.result:分}"
    >>> plan_of(trees)
    '①分速＋分速 ②m÷①'
    """
    places: dict[Tree, str] = {}
    lines: list[str] = []
    for tree in trees:
        place = f"({len(lines) + 1})" if len(lines) > 19 else chr(0x2460 + len(lines))
        lines.append(place + _shape(tree, places))
        places.setdefault(tree, place)
    return " ".join(lines)


def _shape(tree: Tree, places: dict[Tree, str]) -> str:
    if isinstance(tree, str):
        return tree
    left, sign, right = tree
    sides = [
        places.get(side) or (side if isinstance(side, str) else f"({_shape(side, places)})")
        for side in (left, right)
    ]
    return sign.join(sides)


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
    value = value if type(value) is Fraction else Fraction(value)
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
