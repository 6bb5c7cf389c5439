"""算数 as an environment: an endless source of problems, each with its reward.

>>> from jtextkit import sansu
>>> source = sansu.create(topics=["つるかめ算", "旅人算"], grade="標準", seed=1)
>>> item = source[7]
>>> item.verify(item.solution).total
1.0

An item depends on the source's arguments and its own place alone, so sources can be indexed anywhere,
pickled, and read by any number of processes. Plans are held out: a plan belongs to one split for
ever (:func:`split_of`), and a source gives problems of its split only.
"""

from __future__ import annotations

import hashlib
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from jtextkit.builders.sansu.composing import compose
from jtextkit.builders.sansu.problems import GRADES, Problem
from jtextkit.builders.sansu.stories import Topic
from jtextkit.builders.sansu.topics import TOPICS
from jtextkit.builders.sets.splits import SPLITS
from jtextkit.core.errors import QuotaError, UsageError
from jtextkit.core.registry import unknown_name
from jtextkit.metrics.solutions import audit_solution

_TRIES = 4000
_FACTOR = 10043245969934507615
"""Of those tried, one that leaves every topic and grade plans of every split: their hashes times it
(:func:`split_of`)."""


@dataclass(frozen=True, slots=True)
class RewardParts:
    """What a solution is worth, in parts from 0 to 1.

    Attributes:
        answer: 1 where the answer is right.
        steps: share of the recomputed equations that hold; 0 where there is none.
        style: 1 where it is written as 算数 is (profile ``strict``).
    """

    answer: float
    steps: float
    style: float

    @property
    def total(self) -> float:
        """0.8 for the answer, 0.1 each for steps and style."""
        return round(0.8 * self.answer + 0.1 * self.steps + 0.1 * self.style, 6)


@dataclass(frozen=True, slots=True)
class Exercise:
    """A problem of a source.

    Attributes:
        topic: such as ``つるかめ算``.
        kind: the kind of question.
        grade: 基礎, 標準 or 発展.
        problem: the problem in words.
        solution: a worked solution.
        answer: the answer, with its unit.
        plan: the solution's operations with the kinds of quantities that they join.
        split: the split that the plan belongs to.
        figure: a small drawing of what the problem tells (SVG); "" for most kinds.
    """

    topic: str
    kind: str
    grade: str
    problem: str
    solution: str
    answer: str
    plan: str
    split: str
    figure: str = ""

    def verify(self, text: str) -> RewardParts:
        """The reward for a solution to this problem; in training, that of :mod:`jtextkit.rewards`."""
        found = audit_solution(text, answer=[self.answer], style="strict", problem=self.problem)
        kinds = {finding.kind for finding in found.findings}
        right = found.relation in ("equal", "equal_converted", "unit_missing", "unit_other")
        return RewardParts(
            float(right and not kinds & {"answer", "answer-unit"}),
            found.share_holding or 0.0,
            float(not found.style),
        )


@dataclass(frozen=True, slots=True)
class Source:
    """An endless sequence of items; made by :func:`create`."""

    topics: tuple[str, ...]
    grades: tuple[str, ...]
    seed: int
    split: str

    def __getitem__(self, index: int) -> Exercise:
        if index < 0:
            raise IndexError("a source has no end to count from")
        topics = topics_of(self.topics)
        topic, grade = cell(index, topics, [GRADES.index(name) for name in self.grades])
        problem = problem_at(topic, grade, self.split, self.seed, index)
        return Exercise(
            problem.topic,
            problem.kind,
            GRADES[problem.grade],
            problem.text,
            problem.solution.text,
            problem.solution.answer.text,
            problem.plan,
            self.split,
            problem.figure,
        )

    def __iter__(self) -> Iterator[Exercise]:
        index = 0
        while True:
            yield self[index]
            index += 1


def create(
    topics: Sequence[str] = (), grade: str | None = None, seed: int = 1, split: str = "train"
) -> Source:
    """A source of problems.

    Args:
        topics: names or slugs; all, where there are none. They take turns.
        grade: 基礎, 標準 or 発展; None: they take turns.
        seed: another seed gives other problems.
        split: ``train``, ``validation`` or ``test``: whose plans to use.

    Raises:
        UsageError: a name that does not exist.
    """
    if grade is not None and grade not in GRADES:
        raise unknown_name("grade", grade, GRADES)
    if split not in SPLITS:
        raise unknown_name("split", split, SPLITS)
    names = tuple(topic.name for topic in topics_of(topics))
    return Source(names, (grade,) if grade else GRADES, seed, split)


def topics_of(names: Sequence[str]) -> list[Topic]:
    """The topics of these names or slugs, in the order of the list of all; all, where there are none.

    Raises:
        UsageError: there is no such topic.
    """
    known = {name for topic in TOPICS for name in (topic.name, topic.slug)}
    for name in names:
        if name not in known:
            raise unknown_name("topic", name, known)
    return [topic for topic in TOPICS if not names or {topic.name, topic.slug} & set(names)]


def split_of(plan: str) -> str:
    """The split that a plan belongs to, whatever the problem: three in sixteen for test, as many for
    validation.
    """
    number = int.from_bytes(hashlib.sha256(plan.encode()).digest()[:8])
    place = (number * _FACTOR & 0xFFFF_FFFF_FFFF_FFFF) >> 56
    return "test" if place < 48 else "validation" if place < 96 else "train"


def cell(index: int, topics: Sequence[Topic], grades: Sequence[int]) -> tuple[Topic, int]:
    """Topic and grade of a place: topics take turns, and so does each topic's grade."""
    turn, place = divmod(index, len(topics))
    return topics[place], grades[(turn + place) % len(grades)]


def problem_at(
    topic: Topic, grade: int, split: str, seed: int, index: int, attempt: int = 0
) -> Problem:
    """The problem of a place.

    Args:
        attempt: another number gives another problem for the same place.

    Raises:
        QuotaError: the topic seems to have no such problem.
    """
    key = f"{seed}:{split}:{topic.slug}:{grade}:{index}:{attempt}"
    rng = random.Random(hashlib.sha256(key.encode()).digest())  # noqa: S311 - reproducible, not secret
    for _ in range(_TRIES):
        made = compose(topic, grade, rng, wanted=lambda plan: split_of(plan) == split)
        if isinstance(made, Problem):
            return made
    raise QuotaError(
        f"no problem for {split}",
        where=f"{topic.name} ({GRADES[grade]})",
        cure="report this: every topic has problems of each grade for every split",
    )


class Curriculum:
    """A source whose grade moves with the success of whoever solves its problems.

    Args:
        window: answers that a decision looks at.
        up: from which share of right answers on the next grade comes.
        down: below which share the one before comes back.
    """

    def __init__(
        self,
        topics: Sequence[str] = (),
        *,
        seed: int = 1,
        window: int = 32,
        up: float = 0.8,
        down: float = 0.3,
    ) -> None:
        if not 0 <= down < up <= 1 or window < 1:
            raise UsageError("0 ≤ down < up ≤ 1 and window ≥ 1 are wanted")
        self.grade = GRADES[0]
        self._sources = {grade: create(topics, grade, seed) for grade in GRADES}
        self._limits = (window, up, down)
        self._given = dict.fromkeys(GRADES, 0)
        self._results: list[float] = []

    def next(self) -> Exercise:
        """A new problem of the present grade."""
        index = self._given[self.grade]
        self._given[self.grade] += 1
        return self._sources[self.grade][index]

    def record(self, success: float) -> None:
        """Take note of a result from 0 to 1; the grade may move."""
        window, up, down = self._limits
        self._results.append(success)
        if len(self._results) < window:
            return
        share = sum(self._results) / len(self._results)
        self._results.clear()
        place = GRADES.index(self.grade) + (share >= up) - (share < down)
        self.grade = GRADES[min(max(place, 0), len(GRADES) - 1)]


def row_of(item: Exercise) -> dict[str, Any]:
    """An item as a training row: ``prompt`` (a chat), ``answer``, ``problem`` and what it is."""
    from jtextkit.builders.sansu.rows import messages_of

    return {
        "prompt": messages_of(item.problem, item.solution)[:-1],
        **{name: getattr(item, name) for name in item.__slots__},
    }
