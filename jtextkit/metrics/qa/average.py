"""The eight-task average of the Japanese LM-Harness, and what it mixes.

Source: the average printed for Japanese models by users of Stability-AI's harness (branch
jp-stable), for example 62.83 for RakutenAI-7B. It is a plain mean of eight numbers from 0 to 100
whose metrics, numbers of examples in the prompt and chance levels differ, so it says little by
itself; :func:`average` says what went into it.
"""

import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from statistics import fmean
from typing import NamedTuple

from jtextkit.core.errors import FormatError
from jtextkit.core.registry import unknown_name


class AveragedTask(NamedTuple):
    """One of the eight: its name as people print it, what its number is, the examples in its prompt, and
    what guessing gives, in points, or None where that has no meaning.
    """

    name: str
    metric: str
    shots: int
    chance: float | None


TASKS = (
    AveragedTask("JCommonsenseQA", "accuracy", 3, 20.0),
    AveragedTask("JNLI", "accuracy", 3, 33.3),
    AveragedTask("MARC-ja", "accuracy", 3, 50.0),
    AveragedTask("JSQuAD", "exact match", 2, None),
    AveragedTask("JAQKET v2", "exact match", 1, None),
    AveragedTask("XL-Sum", "ROUGE-2", 1, None),
    AveragedTask("XWinograd", "accuracy", 0, 50.0),
    AveragedTask("MGSM", "accuracy", 5, None),
)
"""The eight tasks in their usual order."""

_SEPARATORS = re.compile(r"[^a-z0-9]")
_STEMS = {_SEPARATORS.sub("", task.name.lower()).removesuffix("v2"): task for task in TASKS}
# jsquad-1.1-0.2, jaqket_v2-0.1-0.2, xlsum_ja, mgsm_ja_250: versions and languages behind the name.
_BEHIND = re.compile(r"(?:ja|jp|v?[0-9]+)*\Z")


@dataclass(frozen=True, slots=True)
class Average:
    """The mean of the eight.

    Attributes:
        scores: points by task, in the usual order.
    """

    scores: Mapping[str, float]

    @property
    def value(self) -> float:
        """The mean, 0 to 100."""
        return fmean(self.scores.values())

    @property
    def by_metric(self) -> dict[str, float]:
        """The mean of the tasks of each metric."""
        metrics = dict.fromkeys(task.metric for task in TASKS)
        return {
            metric: fmean(self.scores[task.name] for task in TASKS if task.metric == metric)
            for metric in metrics
        }

    @property
    def notes(self) -> list[str]:
        """What the one number mixes."""
        counts = {metric: sum(task.metric == metric for task in TASKS) for metric in self.by_metric}
        shots = sorted({task.shots for task in TASKS})
        lowest = min(TASKS, key=lambda task: self.scores[task.name])
        return [
            "metrics: " + ", ".join(f"{n} × {metric}" for metric, n in counts.items()),
            f"shots: {', '.join(map(str, shots))}",
            "chance: 20 for JCommonsenseQA, 33 for JNLI, 50 for MARC-ja and XWinograd, near 0 elsewhere",
            f"each task weighs the same: one point of {lowest.name} is one of any other",
        ]


def task_named(name: str) -> AveragedTask:
    """The task that ``name`` stands for: ``jsquad-1.1-0.2`` and ``JSQuAD`` are one.

    Raises:
        UsageError: it is none of the eight.
    """
    plain = _SEPARATORS.sub("", name.lower())
    for stem, task in _STEMS.items():
        if plain.startswith(stem) and _BEHIND.match(plain, len(stem)):
            return task
    raise unknown_name("task", name, [task.name.lower() for task in TASKS])


def average(scores: Iterable[tuple[str, object]]) -> Average:
    """The mean of the eight tasks' scores, as pairs of name and points.

    Raises:
        UsageError: a name is none of the eight tasks.
        FormatError: a task is missing or comes twice; a score is no number from 0 to 100, or all
            look like shares of 1.
    """
    found: dict[str, float] = {}
    for name, score in scores:
        task = task_named(name).name
        if task in found:
            raise FormatError("the task comes twice", where=task, cure="give one score a task")
        if isinstance(score, bool) or not isinstance(score, int | float):
            raise FormatError(f"{score!r} is no number", where=task, cure="give points, 0 to 100")
        if math.isnan(score) or not 0 <= score <= 100:
            raise FormatError(
                f"{score:g} is out of range", where=task, cure="give points from 0 to 100"
            )
        found[task] = float(score)
    missing = [task.name for task in TASKS if task.name not in found]
    if missing:
        raise FormatError(
            f"no score for {', '.join(missing)}",
            cure="the average is of all eight tasks; a mean of fewer is another number",
        )
    if max(found.values()) <= 1:
        raise FormatError(
            "all scores are 1 or less", cure="these look like shares: give points from 0 to 100"
        )
    return Average({task.name: found[task.name] for task in TASKS})
