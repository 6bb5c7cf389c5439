"""What a family of problems is made of, and what comes out of it.

A :class:`Family` (植木算) has several :class:`Kind` (both ends planted, round a pond, …). A kind draws
the numbers, tells them in words in several ways, works the answer out as a teacher would, and finds
it a second time by other means. Nothing in ``search`` may come from ``solve``.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any, Generic, TypeVar

from jtextkit.builders.sansu.expressions import Expression, number_text

GRADES = ("基礎", "標準", "発展")
"""From easy to hard: small numbers and one idea; usual numbers; large numbers or one more step."""

_NUMBER = re.compile(r"\d+(?:\.\d+|/\d+)?")

F = TypeVar("F")
"""The facts of a kind: what a problem tells, hashable."""

Words = Mapping[str, str]
"""The names and things of one situation, by the role that they play in the wordings."""


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer: exact values in a fixed order, and how it is written.

    Attributes:
        values: what the second solver must find, in its order.
        text: ``31本``, ``3時間20分``, ``兄1200円、弟800円``.
    """

    values: tuple[Fraction, ...]
    text: str

    @classmethod
    def of(cls, value: Expression | int | Fraction, unit: str) -> Answer:
        """One number with its unit."""
        return cls.parts(("", value, unit))

    @classmethod
    def parts(cls, *parts: tuple[str, Expression | int | Fraction, str]) -> Answer:
        """Several numbers, each with whose it is: ``("兄", 1200, "円"), ("弟", 800, "円")``."""
        exact = [(label, _exact(value), unit) for label, value, unit in parts]
        text = "、".join(
            f"{label}{number_text(value, mixed=True)}{unit}" for label, value, unit in exact
        )
        return cls(tuple(value for _, value, _ in exact), text)


def _exact(value: Expression | int | Fraction) -> Fraction:
    return value.value if isinstance(value, Expression) else Fraction(value)


@dataclass(frozen=True, slots=True)
class Solution:
    """A worked solution.

    Attributes:
        steps: sentences with their sums, without numbers in front; at least two, in order.
        answer: the answer.
        method: the methods that it names, for example ``("植木算",)``.
    """

    steps: tuple[str, ...]
    answer: Answer
    method: tuple[str, ...]

    @property
    def text(self) -> str:
        """The solution as it is printed: a numbered line a step, and one line with the answer."""
        lines = [f"{i}. {step}" for i, step in enumerate(self.steps, start=1)]
        return "\n".join([*lines, f"答え：{self.answer.text}"])


@dataclass(frozen=True, slots=True)
class Kind(Generic[F]):
    """One kind of question in a family.

    Attributes:
        name: what tells it from the other kinds, for example ``両端に植える``.
        draw: numbers for a grade (an index of :data:`GRADES`), or None where the dice gave bad
            ones: draw again. It may solve nothing: what makes an answer whole is chosen forwards.
        situations: names and things for the wordings; one is chosen.
        wordings: the problem in words, each a different way to put it.
        solve: the worked solution.
        search: every answer that fits the facts, by trying or simulating; must give one.
        grades: the grades that it serves.
    """

    name: str
    draw: Callable[[random.Random, int], F | None]
    situations: tuple[Words, ...]
    wordings: tuple[Callable[[F, Words], str], ...]
    solve: Callable[[F, Words], Solution]
    search: Callable[[F], Iterable[tuple[int | Fraction, ...]]]
    grades: tuple[int, ...] = (0, 1, 2)


@dataclass(frozen=True, slots=True)
class Family:
    """A family of problems, under the name that schools give it.

    Attributes:
        name: ``植木算``.
        slug: the same in ASCII, for ids.
        kinds: the kinds of question; each grade must be served by one at least.
    """

    name: str
    slug: str
    kinds: tuple[Kind[Any], ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Problem:
    """A problem with its solution, as generated."""

    family: str
    kind: str
    wording: int
    grade: int
    text: str
    solution: Solution
    facts: object

    @property
    def numbers(self) -> tuple[str, ...]:
        """The numbers in its words, sorted: what a duplicate shares whatever its words are."""
        return numbers_in(self.text)


def numbers_in(text: str) -> tuple[str, ...]:
    """The numbers that stand in ``text`` in digits, sorted as strings.

    >>> numbers_in("270mの道に9mおきに木を植えます。")
    ('270', '9')
    """
    return tuple(sorted(_NUMBER.findall(text)))
