"""What a problem is: its words, its worked solution, its answer."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction

GRADES = ("基礎", "標準", "発展")
"""From easy to hard, by the steps that a solution takes (:data:`STEPS`)."""

STEPS = ((2, 5), (4, 7), (6, 9))
"""The fewest and most steps of a solution, for each grade."""

_NUMBER = re.compile(r"\d+(?:\.\d+|/\d+)?")


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer: exact values in a fixed order, and how it is written.

    Attributes:
        values: what the second solver must find, in its order.
        text: ``31本``, ``3時間20分``, ``兄1200円、弟800円``.
    """

    values: tuple[Fraction, ...]
    text: str


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
class Problem:
    """A problem with its solution, as composed.

    Attributes:
        topic: its name, such as ``つるかめ算``.
        kind: the kind of question.
        grade: an index of :data:`GRADES`.
        text: the problem in words.
        solution: the worked solution.
        plan: the solution's operations with the kinds of quantities that they join.
        figure: a small drawing (SVG), or "".
    """

    topic: str
    kind: str
    grade: int
    text: str
    solution: Solution
    plan: str
    figure: str = ""


def mask(text: str) -> str:
    """A text without its numbers.

    >>> mask("12mの道を3分で進みます。")
    '#mの道を#分で進みます。'
    """
    return _NUMBER.sub("#", text)


def numbers_in(text: str) -> tuple[str, ...]:
    """The numbers that stand in ``text`` in digits, sorted as strings.

    >>> numbers_in("270mの道に9mおきに木を植えます。")
    ('270', '9')
    """
    return tuple(sorted(_NUMBER.findall(text)))
