"""Ways to tell a quantity by another of its kind: each a relation that must be worked out first.

A :class:`Clue` holds three things apart: what the problem says, the elementary steps that undo it, and
the relation between the quantities as linear equations. Steps know the relation's solution by their
own arithmetic; the second solver sees the equations alone. What tells a quantity by itself, in other
units or by what it is made of, is in :mod:`jtextkit.builders.sansu.tellings`.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import gcd

from jtextkit.builders.sansu.expressions import Expression, Told, Tree, n, number_text, percent
from jtextkit.builders.sansu.quantities import Quantity, after, both

Equation = tuple[Mapping[str, int | Fraction], int | Fraction]
"""Quantities by name with their factors, and what they add up to."""

Trees = dict[str, Tree]
"""What each quantity is made from, as far as the solution has come."""

Steps = Callable[[Trees], Iterator[str]]

Sums = Sequence[tuple[str, Expression]]
"""Sums in order, each with the words before it; the last, without words, is the quantity's."""


@dataclass(frozen=True, slots=True)
class Clue:
    """A relation that tells hidden quantities.

    Attributes:
        says: the sentence, without its full stop.
        hides: names of the quantities that it tells.
        needs: names of those that must be known before.
        steps: how the hidden ones are found, given what the known ones are made from; it adds theirs.
        count: how many steps.
        equations: the relation for the second solver.
    """

    says: str
    hides: tuple[str, ...]
    needs: tuple[str, ...]
    steps: Steps
    count: int
    equations: tuple[Equation, ...]


@dataclass(frozen=True, slots=True)
class Known:
    """A quantity with its value: what a clue hides, or what it starts from."""

    quantity: Quantity
    value: int

    @property
    def key(self) -> str:
        """The quantity's name among the facts."""
        return self.quantity.key

    def number(self, trees: Trees) -> Expression:
        """Its value, to reckon with."""
        return n(Told(self.value, trees.get(self.key, self.quantity.unit)))


def clue_to(
    target: Known,
    says: str,
    sums: Callable[[Expression], Sums],
    total: int | Fraction,
    *,
    factor: int = 1,
    other: Known | None = None,
    others_factor: int = 0,
) -> Clue:
    """A clue to one quantity: ``factor`` times it and ``others_factor`` times ``other`` make ``total``.

    Args:
        sums: how it is reckoned, from ``other``'s value (from 1, where there is none).
    """

    def steps(trees: Trees) -> Iterator[str]:
        *before, (_, found) = sums(other.number(trees) if other else n(1))
        for words, sum_ in before:
            yield f"{words}、{sum_.equation(target.quantity.behind)}です。"
        yield target.quantity.found(found)
        trees[target.key] = found.tree

    factors: dict[str, int | Fraction] = {target.key: factor}
    if other:
        factors[other.key] = others_factor
    count = len(sums(n(other.value if other else 1)))
    needs = (other.key,) if other else ()
    return Clue(says, (target.key,), needs, steps, count, ((factors, total),))


# One by another

_NO_RATES = frozenset(("%", "点", "種類"))


def _rate(rate: Fraction, *, goods: bool, rng: random.Random) -> tuple[str, Expression] | None:
    """How people say a rate, and the number to reckon with."""
    if rate == 1 or rate > 9 or rate < Fraction(1, 6):
        return None
    if rate.denominator == 1:
        return f"{rate}倍", n(int(rate), "倍")
    if 1 < rate < 3 and rate.denominator in (2, 5) and (rate < 2 or rate.denominator == 2):
        return f"{number_text(rate)}倍", n(number_text(rate), "倍")
    if goods and rate < 1 and (rate * 10).denominator == 1 and rng.random() < 0.5:
        return f"{rate * 100}%", percent(int(rate * 100))
    if rate.denominator <= 6 and rate < Fraction(7, 4):
        return f"{rate}" + ("倍" if rate > 1 else ""), n(rate, "倍")
    return None


def times(target: Known, other: Known, rng: random.Random) -> Clue | None:
    """``AはBの3倍です``, ``Bの3/4です``, ``Bの80%です``."""
    rate = Fraction(target.value, other.value)
    quantity = target.quantity
    told = _rate(rate, goods=quantity.unit in ("円", "人", "g", "mL"), rng=rng)
    if told is None or quantity.unit in _NO_RATES or "*" in quantity.never:
        return None
    shown, factor = told
    says = f"{quantity.name}は、{after(quantity.name, other.quantity.name)}の{shown}です"
    return clue_to(
        target,
        says,
        lambda start: [("", start * factor)],
        0,
        factor=rate.denominator,
        other=other,
        others_factor=-rate.numerator,
    )


def difference(target: Known, other: Known, _rng: random.Random) -> Clue | None:
    """``AはBより30円高いです``."""
    gap, quantity = target.value - other.value, target.quantity
    if not gap or ("-" in quantity.never and other.quantity.like == quantity.like):
        return None
    told = n(Told(abs(gap), f"{quantity.unit}の差"))
    says = f"{quantity.name}は、{after(quantity.name, other.quantity.name)}より{quantity.gap(abs(gap))}{quantity.more(gap > 0)}です"
    return clue_to(
        target,
        says,
        lambda start: [("", start + told if gap > 0 else start - told)],
        gap,
        other=other,
        others_factor=-1,
    )


def total(target: Known, other: Known, _rng: random.Random) -> Clue | None:
    """``AとBの和は500円です``."""
    quantity = target.quantity
    if not quantity.adds_up:
        return None
    whole = target.value + other.value
    told = n(Told(whole, f"{quantity.unit}の和"))
    says = f"{both(quantity.name, other.quantity.name)}の和は{quantity.told(whole)}です"
    return clue_to(
        target, says, lambda start: [("", told - start)], whole, other=other, others_factor=1
    )


def ratio(target: Known, other: Known, _rng: random.Random) -> Clue | None:
    """``AとBの比は3：4です``."""
    quantity = target.quantity
    mine, yours = _in_ratio(target, other)
    if not mine or 1 in (mine, yours):
        return None
    names = both(quantity.name, other.quantity.name)

    def sums(start: Expression) -> Sums:
        one = start / n(yours, "比")
        return [
            (f"{names}の比の1にあたるのは", one),
            ("", one.result * n(mine, "比")),
        ]

    says = f"{names}の比は{mine}：{yours}です"
    return clue_to(target, says, sums, 0, factor=yours, other=other, others_factor=-mine)


def _in_ratio(one: Known, two: Known) -> tuple[int, int]:
    """Their ratio in small numbers; zeros, where nobody would say it."""
    common = gcd(one.value, two.value)
    a, b = one.value // common, two.value // common
    odd = max(a, b) > 12 or a == b or one.quantity.unit in _NO_RATES or "*" in one.quantity.never
    return (0, 0) if odd else (a, b)


# Two at once


def sum_and_difference(one: Known, two: Known, _rng: random.Random) -> Clue | None:
    """By 和差算."""
    quantity = one.quantity
    if not quantity.adds_up or "-" in quantity.never or one.value <= two.value:
        return None
    whole, gap = one.value + two.value, one.value - two.value

    def steps(trees: Trees) -> Iterator[str]:
        told = n(Told(gap, f"{quantity.unit}の差"))
        twice = n(Told(whole, f"{quantity.unit}の和")) + told
        yield f"和に差をたすと、{quantity.name}の2つ分になります。{twice.equation(quantity.behind)}"
        large = twice.result / 2
        yield quantity.found(large)
        small = large.result - told
        yield two.quantity.found(small)
        trees[one.key], trees[two.key] = large.tree, small.tree

    says = (
        f"{both(quantity.name, two.quantity.name)}の和は{quantity.told(whole)}で、"
        f"{quantity.name}のほうが{quantity.gap(gap)}{quantity.more(more=True)}です"
    )
    equations = (({one.key: 1, two.key: 1}, whole), ({one.key: 1, two.key: -1}, gap))
    return Clue(says, (one.key, two.key), (), steps, 3, equations)


def shared(one: Known, two: Known, rng: random.Random) -> Clue | None:
    """By their ratio and their sum or difference."""
    quantity = one.quantity
    a, b = _in_ratio(one, two)
    summed = quantity.adds_up and rng.random() < 0.5
    if not a or (not summed and (a < b or "-" in quantity.never)):
        return None
    told = one.value + two.value if summed else one.value - two.value

    def steps(trees: Trees) -> Iterator[str]:
        first, second = n(a, "比"), n(b, "比")
        parts = first + second if summed else first - second
        yield f"{'和' if summed else '差'}は、比の{parts:=}にあたります。"
        each = n(Told(told, f"{quantity.unit}の{'和' if summed else '差'}")) / parts.result
        yield f"比の1にあたるのは、{each.equation(quantity.behind)}です。"
        large, small = each.result * first, each.result * second
        yield quantity.found(large)
        yield two.quantity.found(small)
        trees[one.key], trees[two.key] = large.tree, small.tree

    more = f"{quantity.name}のほうが{quantity.gap(told)}{quantity.more(more=True)}"
    last = f"和は{quantity.told(told)}" if summed else more
    says = f"{both(quantity.name, two.quantity.name)}の比は{a}：{b}で、{last}です"
    equations = (
        ({one.key: b, two.key: -a}, 0),
        ({one.key: 1, two.key: 1 if summed else -1}, told),
    )
    return Clue(says, (one.key, two.key), (), steps, 4, equations)


def two_bills(one: Known, two: Known, rng: random.Random) -> Clue | None:
    """Two prices, by 消去算."""
    x, y = one.quantity.good, two.quantity.good
    if x is None or y is None or one.value > 1000 or two.value > 1000:
        return None
    a, b, c = rng.randint(1, 3), rng.randint(1, 4), rng.randint(4, 6)
    first, second = a * one.value + b * two.value, c * one.value + b * two.value

    def steps(trees: Trees) -> Iterator[str]:
        more = n(Told(second, "円")) - n(Told(first, "円"))
        yield f"{y.thing}の数は同じなので、代金の差は{x.thing}の数の差によるものです。{more:円}"
        count = n(c, "数") - n(a, "数")
        yield f"{x.thing}の数の差は、{count.equation(x.counter)}です。"
        found = more.result / count.result
        yield one.quantity.found(found)
        other = (n(Told(first, "円")) - found.result * n(a, "数")) / n(b, "数")
        yield two.quantity.found(other)
        trees[one.key], trees[two.key] = found.tree, other.tree

    says = (
        f"{x.thing}{a}{x.counter}と{y.thing}{b}{y.counter}の代金は{first}円、"
        f"{x.thing}{c}{x.counter}と{y.thing}{b}{y.counter}の代金は{second}円です"
    )
    equations = (({one.key: a, two.key: b}, first), ({one.key: c, two.key: b}, second))
    return Clue(says, (one.key, two.key), (), steps, 4, equations)


COMPARED: Sequence[Callable[[Known, Known, random.Random], Clue | None]] = (
    times, times, difference, difference, total, ratio,
)  # fmt: skip
"""Clues to one quantity from a like one that is known."""

DOUBLE: Sequence[Callable[[Known, Known, random.Random], Clue | None]] = (
    sum_and_difference, shared, two_bills,
)  # fmt: skip
"""Clues to two like quantities at once; two speeds have no sum, other things no bill."""
