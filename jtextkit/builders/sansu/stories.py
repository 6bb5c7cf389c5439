"""How a family writes down its kinds of question: a :class:`Story` for each.

A story is read from top to bottom: the situations that it may play in, the wordings that ask, the
numbers that are drawn, the worked solution, and the search that confirms it::

    class Row(Story, name="両はしに植える"):
        situations = '''way tree
            大通り いちょう
            川ぞい さくら'''
        wordings = '''
        長さ{length}mの{way}に、はしからはしまで{gap}mおきに{tree}を植えます。{tree}は何本いりますか。
        {tree}を{way}の{length}mの間に植えます。間はどこも{gap}mで、両はしにも植えるとき、
          {tree}の数を求めなさい。'''

        def draw(self, dice: Dice) -> None:
            self.gap = dice((2, 9), (3, 20), (5, 60))
            self.length = self.gap * dice((3, 20), (8, 40), (20, 90))

        def solve(self, w: Words) -> Steps:
            yield f"{w.tree}の間の数を求めます。{(gaps := n(self.length) / self.gap):か所}"
            yield f"両はしにも植えるので、1をたします。{(trees := gaps.result + 1):本}"
            return Answer.of(trees, "本")

        def search(self) -> Found:
            yield len(range(0, self.length + 1, self.gap))

What is told is kept in attributes; what is to be found never is, so a search knows no more than a
reader of the problem. Names in wordings are attributes, or words of the situation; where a number
and its owner share a name, the owner's is in capitals: ``{OLD}は{old}才``.
"""

from __future__ import annotations

import random
import re
import textwrap
from collections.abc import Generator, Iterator
from fractions import Fraction
from functools import partial
from typing import ClassVar, TypeVar

from jtextkit.builders.sansu.problems import Answer, Family, Kind, Solution

T = TypeVar("T")

Steps = Generator[str, None, Answer]
"""The sentences of a worked solution with their sums, in order; it returns the answer."""

Found = Iterator[int | Fraction | tuple[int | Fraction, ...]]
"""Every answer that fits: a number, or several in the order of the answer."""


class Words(dict[str, str]):
    """The words of a situation, also as attributes: ``w.unit``."""

    def __getattr__(self, role: str) -> str:
        try:
            return self[role]
        except KeyError:
            raise AttributeError(f"no role {role!r} in {self}") from None


class Dice:
    """Random numbers of the size that a grade asks for.

    Attributes:
        rng: where they come from.
        grade: an index of :data:`~jtextkit.builders.sansu.problems.GRADES`.
    """

    def __init__(self, rng: random.Random, grade: int) -> None:
        self.rng = rng
        self.grade = grade

    def __call__(self, *ranges: tuple[int, int]) -> int:
        """A number within the grade's range, both ends included."""
        return self.rng.randint(*ranges[self.grade])

    def many(self, count: int, *ranges: tuple[int, int]) -> list[int]:
        """So many numbers within the grade's range."""
        return [self(*ranges) for _ in range(count)]

    def pick(self, *values: T) -> T:
        """The grade's value; no dice are thrown."""
        return values[self.grade]


class Story:
    """One kind of question, and an instance of it: the facts of a problem.

    Attributes:
        situations: a table: the roles in the first line, then a line for each situation.
        wordings: a line each; lines that are indented further continue the one before.
    """

    name: ClassVar[str]
    method: ClassVar[str]
    grades: ClassVar[tuple[int, ...]]
    situations: ClassVar[str]
    wordings: ClassVar[str]

    def __init_subclass__(
        cls, name: str, method: str = "", grades: tuple[int, ...] = (0, 1, 2)
    ) -> None:
        """Say what :class:`Kind` says; ``method`` where it is not the family's name alone."""
        cls.name, cls.method, cls.grades = name, method, grades

    def draw(self, dice: Dice) -> bool | None:
        """Set the facts; false where the dice gave bad ones."""
        raise NotImplementedError

    def tell(self, wording: str, w: Words) -> str:
        """The problem in words."""
        return wording.format(**w, **vars(self))

    def solve(self, w: Words) -> Steps:
        """The worked solution."""
        raise NotImplementedError

    def search(self) -> Found:
        """Every answer that fits the facts, by trying or simulating."""
        raise NotImplementedError

    def __eq__(self, other: object) -> bool:
        return type(self) is type(other) and vars(self) == vars(other)

    def __hash__(self) -> int:
        return hash(tuple(vars(self).values()))

    def __repr__(self) -> str:
        facts = ", ".join(f"{name}={value!r}" for name, value in vars(self).items())
        return f"{type(self).__name__}({facts})"


def family(name: str, slug: str, *stories: type[Story]) -> Family:
    """The family that these stories make up."""
    return Family(name, slug, tuple(_kind(story, name) for story in stories))


def _kind(story: type[Story], family_name: str) -> Kind[Story]:
    roles, *situations = (line.split() for line in story.situations.splitlines())
    if taken := set(roles) & set(dir(Words)):
        raise ValueError(f"{story.name}: a role may not be called {' or '.join(sorted(taken))}")
    wordings = re.sub(r"\n +", "", textwrap.dedent(story.wordings).strip()).splitlines()
    return Kind(
        story.name,
        partial(_draw, story),
        tuple(Words(zip(roles, words, strict=True)) for words in situations),
        tuple(partial(_tell, wording) for wording in wordings),
        partial(_solve, tuple((story.method or family_name).split())),
        _search,
        story.grades,
    )


def _draw(story: type[Story], rng: random.Random, grade: int) -> Story | None:
    facts = story()
    return None if facts.draw(Dice(rng, grade)) is False else facts


def _tell(wording: str, facts: Story, words: Words) -> str:
    return facts.tell(wording, words)


def _solve(method: tuple[str, ...], facts: Story, words: Words) -> Solution:
    steps = []
    solving = _copy(facts).solve(words)
    while True:
        try:
            steps.append(next(solving))
        except StopIteration as end:
            return Solution(tuple(steps), end.value, method)


def _search(facts: Story) -> Iterator[tuple[int | Fraction, ...]]:
    for found in _copy(facts).search():
        yield found if isinstance(found, tuple) else (found,)


def _copy(facts: Story) -> Story:
    """What was told and nothing else: a solution can leave nothing behind for the search.

    CPython also reads its attributes twice as fast, as nobody has asked it for its ``vars``.
    """
    copy = type(facts)()
    for name, value in vars(facts).items():
        setattr(copy, name, value)
    return copy
