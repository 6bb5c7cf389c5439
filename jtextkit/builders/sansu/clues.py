"""Ways to tell a quantity by a relation that must be worked out first; their texts are in ``clues.txt``.

A :class:`Clue` holds three things apart: what the problem says, the elementary steps that undo it, and
the relation between the quantities as linear equations. Steps know the relation's solution by their
own arithmetic; the second solver sees the equations alone.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import gcd

from jtextkit.builders.sansu.expressions import Expression, Told, Tree, n, number_text, percent
from jtextkit.builders.sansu.functions import names_with
from jtextkit.builders.sansu.quantities import Quantity, after, both
from jtextkit.builders.sansu.scripts import Numbers, draw, holds, sentence, sentences, value
from jtextkit.builders.sansu.texts import sections, starting

Equation = tuple[Mapping[str, int | Fraction], int | Fraction]
"""Quantities by name with their factors, and what they add up to."""

Trees = dict[str, Tree]
"""What each quantity is made from, as far as the solution has come."""


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
    steps: Callable[[Trees], Iterator[str]]
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


@dataclass(frozen=True, slots=True)
class ClueText:
    """A kind of clue: lines of its text, and of each equation the factors and the total."""

    name: str
    numbers: tuple[str, ...]
    says: str
    solution: tuple[str, ...]
    equations: tuple[tuple[str, str], ...]

    def __call__(self, rng: random.Random, one: Known, two: Known | None = None) -> Clue | None:
        """A clue to ``one``, from ``two`` or together with it; None where what was drawn gives none."""
        names = {**_FUNCTIONS, "rng": rng, "one": one.quantity, "x": one.value}
        if two:
            names |= {"two": two.quantity, "y": two.value}
        if draw(self.numbers, names) is None:
            return None
        names["unit"] = one.quantity.behind or "="
        solution = [line for line in self.solution if holds(line, names)]
        together = two is not None and "{two.found(" in solution[-1]
        keys = (one.key, two.key) if two else (one.key,)
        hides, needs = (keys, ()) if together else (keys[:1], keys[1:])

        def steps(trees: Trees) -> Iterator[str]:
            numbers = Numbers()
            if two and not together:
                numbers["start"] = _told(two.value, trees.get(two.key, two.quantity.unit))
            yield from sentences(solution, names, numbers)
            for key, found in zip(hides, ("first", "second"), strict=False):
                trees[key] = numbers[found].tree

        equations = tuple(
            (dict(zip(keys, value(factors, names), strict=True)), value(total, names))
            for factors, total in self.equations
        )
        says = eval(sentence(self.says), names)  # noqa: S307 - the package's own text
        count = sum(line.startswith(">") for line in solution)
        return Clue(says, hides, needs, steps, count, equations)


def _told(value: int | Fraction, kind: Tree) -> Expression:
    """A number that the problem tells."""
    return n(Told(int(value), kind))


def _rate_in_words(
    rate: Fraction, goods: bool, rng: random.Random
) -> tuple[str, Expression] | None:
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


def _ratio(quantity: Quantity, one: int, two: int) -> tuple[int, int]:
    """The ratio of two such quantities in small numbers; zeros, where nobody would say it."""
    common = gcd(one, two)
    a, b = one // common, two // common
    odd = max(a, b) > 12 or a == b or quantity.unit in _NO_RATES or "*" in quantity.never
    return (0, 0) if odd else (a, b)


def _filled(words: str, **numbers: int) -> str:
    """Words in which ``＜each＞`` and others stand for numbers."""
    return re.sub("＜([a-z]+)＞", lambda found: str(numbers[found[1]]), words)


_NO_RATES = frozenset(("%", "点", "種類"))
_ONE = re.compile(r"(?<!\d)1(分間に|時間に|秒間に|[つ台](?=が1)|[本個枚冊台着](?=の))")
_FUNCTIONS = names_with(
    {
        "NO_RATES": _NO_RATES,
        "after": after,
        "both": both,
        "filled": _filled,
        "number_text": number_text,
        "ones_in": lambda name: list(_ONE.finditer(name)),
        "rate_in_words": _rate_in_words,
        "ratio": _ratio,
        "told": _told,
    }
)


def _read() -> Iterator[ClueText]:
    for name, lines in sections("clues.txt"):
        (says,) = starting(lines, "say")
        equations = (line[9:].partition(": ") for line in starting(lines, "equation"))
        yield ClueText(
            name,
            starting(lines, "draw", "if"),
            says.removeprefix("say "),
            starting(lines, ">", ">if", "let"),
            tuple((f"{factors},", total) for factors, _, total in equations),
        )


CLUES: Mapping[str, ClueText] = {one.name: one for one in _read()}
"""All kinds, by name."""


def _named(names: str) -> tuple[ClueText, ...]:
    return tuple(CLUES[name] for name in names.split())


COMPARED = _named("times times difference difference total ratio")
"""Clues to one quantity from a like one that is known."""

DOUBLE = _named("sum_and_difference shared two_bills")
"""Clues to two like quantities at once; two speeds have no sum, other things no bill."""

SINGLE = _named("own own several handed reduced pace other_unit part averaged chain divided")
"""Clues to one quantity that need no other."""
