"""A kind of question is a story: its words, its numbers, its solution, in ``topics/*.txt``.

What its text looks like, ``topics/README.md`` says.
"""

from __future__ import annotations

import math
import random
import re
import string
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeAlias, TypeVar

from jtextkit.builders.sansu.quantities import Quantity
from jtextkit.builders.sansu.scripts import Script
from jtextkit.builders.sansu.texts import starting

T = TypeVar("T")

Words: TypeAlias = Mapping[str, str]
"""The words of a situation, by their role."""

_FACT = re.compile(r"(-?)(\w+)(~*)([-+*]*) (\S+)(?: (.+))?")
_NUMBERS, _SAYS, _FIND = ("tell", "draw", "if"), ("say",), ("find",)
_SOLUTION = (">", ">if", ">for", ">next", "let", "=")


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
        """A number within the grade's range, both ends included; the last serves higher grades."""
        return self.rng.randint(*self.pick(*ranges))

    def many(self, count: int, *ranges: tuple[int, int]) -> list[int]:
        """So many numbers within the grade's range."""
        return [self(*ranges) for _ in range(count)]

    def coprime(self, *ranges: tuple[int, int]) -> tuple[int, int]:
        """Two different numbers without a common divisor."""
        while True:
            a, b = self.many(2, *ranges)
            if a != b and math.gcd(a, b) == 1:
                return a, b

    def pick(self, *values: T) -> T:
        """The grade's value, or the last one; no dice are thrown."""
        return values[min(self.grade, len(values) - 1)]


@dataclass(frozen=True, slots=True)
class Fact:
    """A line of a story's facts."""

    key: str
    unit: str
    name: str
    like: int
    never: str
    open: bool
    own: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Wording:
    """A scene, and the question; which facts they tell by themselves."""

    scene: str
    ask: str
    holds: frozenset[str]


@dataclass(frozen=True, slots=True)
class Story:
    """One kind of question.

    Attributes:
        situations: words by their role, for each situation.
        facts: the quantities that may be told.
        asides: facts beside the question; ``{4-9}`` is a number between.
        sequels: what a 大問 may ask next (:func:`~jtextkit.builders.sansu.sequels.sequels_to`).
        method: the methods that the solution uses, where they are not the topic's name alone.
        script: its formulas.
    """

    name: str
    situations: tuple[Words, ...]
    facts: tuple[Fact, ...]
    wordings: tuple[Wording, ...]
    asides: tuple[str, ...]
    sequels: tuple[str, ...]
    method: str
    script: Script

    def quantities(self, values: Mapping[str, object]) -> dict[str, Quantity]:
        """What the facts are called, by the values that a problem has and the situation's words."""
        return {
            fact.key: Quantity(
                fact.key,
                fact.unit.removeprefix("-").format(**values),
                fact.name.format(**values),
                fact.like,
                fact.never,
                tuple(one.format(**values) for one in fact.own),
            )
            for fact in self.facts
        }


@dataclass(frozen=True)
class Topic:
    """A topic of entrance exams, with its kinds of question.

    Attributes:
        name: ``植木算``.
        slug: the same in ASCII, for ids.
        stories: the kinds of question.
    """

    name: str
    slug: str
    stories: tuple[Story, ...]


def read_topics(lines: Iterable[str]) -> tuple[Topic, ...]:
    """The topics that texts hold.

    Raises:
        ValueError: a line that is none of a story, or a table that is none.
    """
    topics: dict[tuple[str, str], list[str]] = {}
    told: dict[str, tuple[dict[str, str], list[str]]] = {}  # of each story its words, its formulas
    for line in lines:
        key, colon, said = line.partition(":")
        if line.startswith("# "):
            name, slug = key[2:].split()
            names = topics.setdefault((name, slug), [])
        elif line.startswith("["):
            name = line[1:-1]
            names.append(name)
            words, formulas = told.setdefault(name, ({}, []))
        elif line.startswith("- "):
            words["wordings"] = f"{words.get('wordings', '')}{line[2:]}\n"
        elif colon and key.isalpha():
            words[key] = said.strip()
        elif line.partition(" ")[0] in (*_NUMBERS, *_SAYS, *_FIND, *_SOLUTION):
            formulas.append(line)
        elif line:
            raise ValueError(f"no line of a story: {line!r}")
    stories: dict[str, Story] = {}
    for name, (words, formulas) in told.items():
        if like := words.get("like"):
            words = {**told[like][0], **words}  # noqa: PLW2901
        stories[name] = _story(name, words, formulas, stories[like].script if like else Script())
        told[name] = words, formulas
    return tuple(
        Topic(name, slug, tuple(stories[one] for one in names))
        for (name, slug), names in topics.items()
    )


def _story(name: str, words: Mapping[str, str], formulas: list[str], like: Script) -> Story:
    """A story; of the formulas that it does not say, those of another one."""
    try:
        facts = tuple(_facts(words.get("facts", "")))
        keys = {fact.key for fact in facts}
        (find,) = starting(formulas, *_FIND) or (f"find {like.find}",)
        return Story(
            name,
            tuple(_situations(words["situations"])),
            facts,
            tuple(_wording(line, keys) for line in words["wordings"].splitlines()),
            tuple(_table(words.get("asides", ""))),
            tuple(_table(words.get("sequel", ""))),
            words.get("method", ""),
            Script(
                starting(formulas, *_NUMBERS) or like.numbers,
                starting(formulas, *_SAYS) or like.says,
                find.removeprefix("find "),
                starting(formulas, *_SOLUTION) or like.solution,
            ),
        )
    except ValueError as error:
        raise ValueError(f"{name}: {error}") from None


def _table(text: str) -> list[str]:
    """The rows of a table in one string, between slashes."""
    return [line for row in text.split(" / ") if (line := row.strip())]


def _situations(text: str) -> Iterator[Words]:
    roles, *rows = (line.split() for line in _table(text))
    return (dict(zip(roles, row, strict=True)) for row in rows)


def _facts(text: str) -> Iterator[Fact]:
    for line in _table(text):
        told, *own = line.split(" @")
        parts = _FACT.fullmatch(told)
        if parts is None:
            raise ValueError(f"no fact: {line!r}")
        fixed, key, like, never, unit, name = parts.groups()
        yield Fact(key, unit, name or "", len(like), never, not fixed, tuple(own))


def _wording(line: str, keys: set[str]) -> Wording:
    scene, mark, ask = line.partition("／")
    if not mark:
        scene, dot, ask = line.rstrip("。").rpartition("。")
        scene, ask = scene + dot, f"{ask}。"
    held = {name for _, name, _, _ in string.Formatter().parse(line) if name} & keys
    return Wording(scene, ask, frozenset(held))
