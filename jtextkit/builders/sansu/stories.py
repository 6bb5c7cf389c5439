"""How a topic writes down its kinds of question: a :class:`Story` for each.

A story is its arithmetic, read from top to bottom: the search that confirms the answer, the numbers
that are drawn, the worked solution::

    class Row(Story, name="両はしに植える"):
        search = found(lambda self: len(range(0, self.length + 1, self.gap)))

        def draw(self, dice: Dice) -> None:
            self.gap = dice((2, 9), (3, 20))
            self.length = self.gap * dice((3, 20), (8, 40))

        def solve(self, w: Words) -> Steps:
            yield f"{w.tree}の間の数を求めます。{(gaps := n(self.length) / self.gap):か所}"
            yield f"両はしにも植えるので、1をたします。{(trees := gaps.result + 1):本}"
            return Answer.of(trees, "本")

and its words, under its name in ``topics/words.txt`` (or as attributes of the class)::

    [両はしに植える]
    situations: way tree / 大通り いちょう / 川ぞい さくら
    facts: length m {way}の長さ / gap m {tree}と{tree}の間の長さ
    - {way}に、はしからはしまで同じ間かくで{tree}を植えます。{tree}は何本いりますか。
    - 長さ{length}mの{way}に{tree}を植えます。両はしにも植えるとき、{tree}の数を求めなさい。

A row of ``facts`` is a name, a unit (``-`` for a bare number) and what the quantity is called.
``gap~`` may be compared with other facts of its unit that have as many of the mark, but ``gap~+`` never
by their sum, ``-`` by their difference, ``*`` by their ratio: what the solution goes on to reckon.
``-gap`` is told by every wording, and is called nothing. Behind ``@`` stand sentences that tell it
indirectly: ``＜each＞`` times ``＜many＞``, perhaps with ``＜left＞`` over, or ``＜whole＞`` by ``＜each＞``;
then the bounds of ``＜each＞``. A fact that a wording does not hold is told in a sentence of its own, or
by a clue (:mod:`~jtextkit.builders.sansu.clues`, :mod:`~jtextkit.builders.sansu.tellings`); so each
story needs a wording without any that a clue may hide. A wording's last sentence asks; where two do,
``／`` stands before the first.

What is told is kept in attributes; what is to be found never is, so a search knows no more than a
reader of the problem. Names in wordings are attributes, or words of the situation; where a number
and its owner share a name, the owner's is in capitals: ``{OLD}は{old}才``.
"""

from __future__ import annotations

import random
import re
import string
from collections.abc import Callable, Generator, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from importlib.resources import files
from typing import Any, ClassVar, TypeVar

from jtextkit.builders.sansu.expressions import Told, Tree
from jtextkit.builders.sansu.problems import Answer
from jtextkit.builders.sansu.quantities import Quantity

T = TypeVar("T")

Steps = Generator[str, None, Answer]
"""The sentences of a worked solution with their sums, in order; it returns the answer."""

Found = Iterator[int | Fraction | tuple[int | Fraction, ...]]
"""Every answer that fits: a number, or several in the order of the answer."""

_FACT = re.compile(r"(-?)(\w+)(~*)([-+*]*) (\S+)(?: (.+))?")


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
        """A number within the grade's range, both ends included; the last serves higher grades."""
        return self.rng.randint(*self.pick(*ranges))

    def many(self, count: int, *ranges: tuple[int, int]) -> list[int]:
        """So many numbers within the grade's range."""
        return [self(*ranges) for _ in range(count)]

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
class Tables:
    """What a story's class body says in tables, taken apart."""

    situations: tuple[Words, ...]
    facts: tuple[Fact, ...]
    wordings: tuple[Wording, ...]
    asides: tuple[str, ...]
    sequels: tuple[str, ...]


class Story:
    """One kind of question, and an instance of it: the facts of a problem.

    Attributes:
        situations: a table: the roles in the first row, then a row for each situation.
        facts: a row for each quantity that may be told.
        wordings: a line each.
        asides: facts beside the question, a line each; ``{4-9}`` is a number between.
        sequel: what a 大問 may ask next (:func:`~jtextkit.builders.sansu.sequels.sequels_to`).
    """

    name: ClassVar[str]
    method: ClassVar[str]
    tables: ClassVar[Tables]
    situations: ClassVar[str]
    facts: ClassVar[str] = ""
    wordings: ClassVar[str]
    asides: ClassVar[str] = ""
    sequel: ClassVar[str] = ""

    def __init_subclass__(cls, name: str, method: str = "") -> None:
        """``method`` where the methods that the solution uses are not the topic's name alone."""
        cls.name, cls.method = name, method
        for key, text in _words().get(name, {}).items():
            setattr(cls, key, text)
        facts = _facts(name, cls.facts)
        keys = {fact.key for fact in facts}
        cls.tables = Tables(
            _situations(name, cls.situations),
            facts,
            tuple(_wording(line.strip(), keys) for line in cls.wordings.strip().splitlines()),
            tuple(_table(cls.asides)),
            tuple(_table(cls.sequel)),
        )

    def draw(self, dice: Dice) -> bool | None:
        """Set the facts; false where the dice gave bad ones."""
        raise NotImplementedError

    def tell(self, _w: Words) -> dict[str, object]:
        """What wordings hold beside attributes and the situation's words."""
        return {}

    def solve(self, w: Words) -> Steps:
        """The worked solution."""
        raise NotImplementedError

    def search(self) -> Found:
        """Every answer that fits the facts, by trying or simulating."""
        raise NotImplementedError

    def with_facts(self, values: Mapping[str, object]) -> Story:
        """The same kind with these attributes."""
        other = type(self)()
        for name, value in values.items():
            setattr(other, name, value)
        return other

    def tracked(self, units: Mapping[str, Tree]) -> Story:
        """The same facts, whose whole numbers know what they are made from."""
        return self.with_facts(
            {
                name: Told(value, units.get(name, "数")) if type(value) is int else value
                for name, value in vars(self).items()
            }
        )


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
    stories: tuple[type[Story], ...]


def topic(name: str, slug: str, *stories: type[Story]) -> Topic:
    """The topic that these stories make up."""
    return Topic(name, slug, stories)


@cache
def _words() -> dict[str, dict[str, str]]:
    """What ``words.txt`` says of each story, by its name."""
    stories: dict[str, dict[str, str]] = {}
    for line in (files(__package__) / "topics" / "words.txt").read_text("utf-8").splitlines():
        if line.startswith("["):
            story = stories.setdefault(line[1:-1], {})
        elif line.startswith("- "):
            story["wordings"] = f"{story.get('wordings', '')}{line[2:]}\n"
        elif line and not line.startswith("#"):
            key, _, text = line.partition(":")
            story[key] = text.strip()
    return stories


def _table(text: str) -> list[str]:
    """The rows of a table in one string, between slashes."""
    return [line for row in text.split(" / ") if (line := row.strip())]


def root(
    lack: Callable[[Any, int], int | Fraction],
    answer: Callable[[Any, Any], Any] = lambda _facts, number: number,
) -> Callable[[Any], Found]:
    """A search for the one number at which ``lack(facts, number)``, of the first degree, is 0.

    Args:
        answer: gives the answer from that number.

    Raises:
        AssertionError: it is not of the first degree: its values do not lie on a line.
    """

    def search(facts: Story) -> Found:
        at_0, at_1, at_2 = (Fraction(lack(facts, number)) for number in (0, 1, 2))
        slope = at_1 - at_0
        if at_2 - at_1 != slope:
            raise AssertionError(f"{facts.name}: the relation is not linear")
        if slope:
            yield answer(facts, -at_0 / slope)

    return search


def found(answer: Callable[[Any], int | Fraction]) -> Callable[[Any], Found]:
    """A search that counts or simulates in one expression."""

    def search(facts: Story) -> Found:
        yield answer(facts)

    return search


def _situations(story: str, text: str) -> tuple[Words, ...]:
    roles, *rows = (line.split() for line in _table(text))
    if taken := set(roles) & set(dir(Words)):
        raise ValueError(f"{story}: a role may not be called {' or '.join(sorted(taken))}")
    return tuple(Words(zip(roles, row, strict=True)) for row in rows)


def _facts(story: str, text: str) -> tuple[Fact, ...]:
    facts = []
    for line in _table(text):
        told, *own = line.split(" @")
        parts = _FACT.fullmatch(told)
        if parts is None:
            raise ValueError(f"{story}: no fact: {line!r}")
        fixed, key, like, never, unit, name = parts.groups()
        facts.append(Fact(key, unit, name or "", len(like), never, not fixed, tuple(own)))
    return tuple(facts)


def _wording(line: str, keys: set[str]) -> Wording:
    scene, mark, ask = line.partition("／")
    if not mark:
        scene, dot, ask = line.rstrip("。").rpartition("。")
        scene, ask = scene + dot, f"{ask}。"
    held = {name for _, name, _, _ in string.Formatter().parse(line) if name} & keys
    return Wording(scene, ask, frozenset(held))


def quantities_of(story: Story, words: Words) -> dict[str, Quantity]:
    """What a story's facts are called in a situation."""
    values = {**words, **vars(story)}
    return {
        fact.key: Quantity(
            fact.key,
            fact.unit.removeprefix("-").format(**values),
            fact.name.format(**values),
            fact.like,
            fact.never,
            tuple(one.format(**values) for one in fact.own),
        )
        for fact in story.tables.facts
    }
