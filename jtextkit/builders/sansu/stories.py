"""A kind of question is a story: its words, its numbers, its solution, in ``topics/*.txt``.

A story's text is read from top to bottom::

    [両はしに植える]
    situations: way tree / 大通り いちょう / 川ぞい さくら
    facts: length m {way}の長さ / gap m {tree}と{tree}の間の長さ
    tell gap = dice(2-9, 3-20)
    draw gaps = dice(3-20, 8-40)
    tell length = gap * gaps
    if length <= 600
    find len(range(0, length + 1, gap))
    - {way}に、はしからはしまで同じ間かくで{tree}を植えます。{tree}は何本いりますか。
    - 長さ{length}mの{way}に{tree}を植えます。両はしにも植えるとき、{tree}の数を求めなさい。
    > {tree}の間の数を求めます。{gaps = length / gap:か所}
    > 両はしにも植えるので、1をたします。{trees = gaps + 1:本}
    = {trees}本

**Words.** A row of ``facts`` is a name, a unit (``-`` for a bare number) and what the quantity is called.
``gap~`` may be compared with other facts of its unit that have as many of the mark, but ``gap~+`` never
by their sum, ``-`` by their difference, ``*`` by their ratio: what the solution goes on to reckon.
``-gap`` is told by every wording, and is called nothing. Behind ``@`` stand sentences that tell it
indirectly: ``＜each＞`` times ``＜many＞``, perhaps with ``＜left＞`` over, or ``＜whole＞`` by ``＜each＞``;
then the bounds of ``＜each＞``. A fact that a wording does not hold is told in a sentence of its own, or
by a clue (:mod:`~jtextkit.builders.sansu.clues`, :mod:`~jtextkit.builders.sansu.tellings`); so each
story needs a wording without any that a clue may hide. A wording's last sentence asks; where two do,
``／`` stands before the first. Names in wordings are numbers or words of the situation; where a number
and its owner share a name, the owner's is in capitals: ``{OLD}は{old}才``.

**Numbers.** ``dice`` takes a range for each grade. ``tell`` draws what the problem tells, ``draw`` what only
the next lines need; all are drawn again unless ``if`` holds. What is to be found is never told, so a
search knows no more than a reader of the problem.

**Search.** ``find`` confirms the answer by other means than the solution's: it counts or tries, or
``find x: LEFT = RIGHT`` is the number that makes both sides equal (``find ANSWER by x: …``, where the
answer is another).

**Solution.** A line a step; ``{name = formula:unit}`` shows a sum and names its result, ``=`` instead of a
unit shows it without. ``let`` names what is not shown, ``>if CONDITION:`` begins a step that not all
need, and the numbers of the answer are in the order of the search's (``= {seconds} by {m}分{s}秒`` where
it is written with others). ``n(number, 'kind')`` says what
kind of number something is, for the plan.

``like: STORY`` takes from another story what is not said. What formulas cannot say, a class of that
name says in a module of ``topics``, by ``draw``, ``search`` or ``solve``.
"""

from __future__ import annotations

import math
import random
import re
import string
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cache
from importlib.resources import files
from types import new_class
from typing import Any, ClassVar, TypeVar

from jtextkit.builders.sansu.expressions import Told, Tree
from jtextkit.builders.sansu.quantities import Quantity
from jtextkit.builders.sansu.scripts import Found, Script, Steps, linear_root

T = TypeVar("T")

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
        method: the methods that the solution uses, where they are not the topic's name alone.
        script: its formulas.
    """

    name: ClassVar[str]
    tables: ClassVar[Tables]
    situations: ClassVar[str]
    facts: ClassVar[str] = ""
    wordings: ClassVar[str]
    asides: ClassVar[str] = ""
    sequel: ClassVar[str] = ""
    method: ClassVar[str] = ""
    script: ClassVar[Script] = Script()

    def __init_subclass__(cls, name: str) -> None:
        """A class for the story of this name; its text is looked up."""
        cls.name = name
        text = _texts().get(name, Text())
        for key, said in text.words.items():
            setattr(cls, key, said)
        cls.script = text.script_over(cls.script)
        _STORIES[name] = cls
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
        told = self.script.drawn(dice)
        vars(self).update(told or {})
        return told is not None

    def tell(self, _w: Words) -> dict[str, object]:
        """What wordings hold beside attributes and the situation's words."""
        return {}

    def solve(self, w: Words) -> Steps:
        """The worked solution."""
        return self.script.solved({**w, **vars(self)})

    def search(self) -> Found:
        """Every answer that fits the facts, by trying or simulating."""
        return self.script.found(vars(self))

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


@dataclass
class Text:
    """What is written of a story: words by their key, and lines of formulas."""

    words: dict[str, str] = field(default_factory=dict)
    lines: list[str] = field(default_factory=list)

    def script_over(self, other: Script) -> Script:
        """The formulas; of what is not said here, those of another story."""
        numbers = self._starting(_NUMBERS) or other.numbers
        (find,) = self._starting(_FIND) or (f"find {other.find}",)
        solution = self._starting(_SOLUTION) or other.solution
        return Script(numbers, find.removeprefix("find "), solution)

    def _starting(self, kinds: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(line for line in self.lines if line.partition(" ")[0] in kinds)


_NUMBERS, _FIND, _SOLUTION = ("tell", "draw", "if"), ("find",), (">", ">if", "let", "=")
_STORIES: dict[str, type[Story]] = {}


def read_topics(file: str) -> list[Topic]:
    """The topics of a file of ``topics``."""
    return [
        Topic(name, slug, tuple(_story(one, text) for one, text in stories.items()))
        for (name, slug), stories in _read(file).items()
    ]


def _story(name: str, text: Text) -> type[Story]:
    """The story's class: one that a module has, or one that is its text alone."""
    if name not in _STORIES:
        base = _STORIES[text.words["like"]] if "like" in text.words else Story
        new_class(name, (base,), {"name": name})
    return _STORIES[name]


@cache
def _texts() -> dict[str, Text]:
    """All stories' texts, by name."""
    here = (files(__package__) / "topics").iterdir()
    names = [file.name.removesuffix(".txt") for file in here if file.name.endswith(".txt")]
    return {
        name: text for file in names for one in _read(file).values() for name, text in one.items()
    }


@cache
def _read(file: str) -> dict[tuple[str, str], dict[str, Text]]:
    """A file's topics, each with the texts of its stories."""
    topics: dict[tuple[str, str], dict[str, Text]] = {}
    for line in (files(__package__) / "topics" / f"{file}.txt").read_text("utf-8").splitlines():
        key, colon, said = line.partition(":")
        if line.startswith("# "):
            name, slug = key[2:].split()
            stories = topics.setdefault((name, slug), {})
        elif line.startswith("["):
            story = stories.setdefault(line[1:-1], Text())
        elif line.startswith("- "):
            story.words["wordings"] = f"{story.words.get('wordings', '')}{line[2:]}\n"
        elif colon and key.isalpha():
            story.words[key] = said.strip()
        elif line.partition(" ")[0] in (*_NUMBERS, *_FIND, *_SOLUTION):
            story.lines.append(line)
        elif line:
            raise ValueError(f"{file}.txt: no line of a story: {line!r}")
    return topics


def _table(text: str) -> list[str]:
    """The rows of a table in one string, between slashes."""
    return [line for row in text.split(" / ") if (line := row.strip())]


def root(
    lack: Callable[[Any, Fraction], int | Fraction],
    answer: Callable[[Any, Any], Any] = lambda _facts, number: number,
) -> Callable[[Any], Found]:
    """A search for the one number at which ``lack(facts, number)``, of the first degree, is 0.

    Args:
        answer: gives the answer from that number.

    Raises:
        AssertionError: it is not of the first degree: its values do not lie on a line.
    """

    def search(facts: Story) -> Found:
        number = linear_root(lambda number: lack(facts, number), facts.name)
        if number is not None:
            yield answer(facts, number)

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
