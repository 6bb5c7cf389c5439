"""A system's answers to one task added up, and two systems compared on the same questions."""

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean
from typing import Any

from jtextkit.metrics.intervals import Interval, mcnemar, mean_interval, wilson
from jtextkit.metrics.qa.judging import Judged


@dataclass(frozen=True, slots=True)
class System:
    """One system's judged answers.

    Attributes:
        judged: by id, in the order of the file.
        labelled: the task's answers are labels.
    """

    judged: Mapping[str, Judged]
    labelled: bool = False

    @property
    def n(self) -> int:
        return len(self.judged)

    @property
    def right(self) -> int:
        return sum(bool(one.correct) for one in self.judged.values())

    @property
    def accuracy(self) -> float | None:
        """Share of right answers (one that could not be read is wrong); None if none can be right."""
        if any(one.correct is None for one in self.judged.values()):
            return None
        return self.right / self.n

    @property
    def interval(self) -> Interval | None:
        """Wilson's 95 % interval of the accuracy."""
        return None if self.accuracy is None else wilson(self.right, self.n)

    @property
    def unparsed(self) -> float:
        """Share of predictions in which no answer was found."""
        return sum(not one.parsed for one in self.judged.values()) / self.n

    def values(self, name: str) -> list[float]:
        """One metric's value for each answer."""
        return [one.values[name] for one in self.judged.values()]

    def metrics(self) -> dict[str, dict[str, Any]]:
        """Each metric's mean with its interval; those of a label task have none."""
        found: dict[str, dict[str, Any]] = {}
        names = dict.fromkeys(name for one in self.judged.values() for name in one.values)
        for name in names:
            values = self.values(name)
            binary = all(value in (0.0, 1.0) for value in values)
            interval = wilson(int(sum(values)), self.n) if binary else mean_interval(values)
            found[name] = {"value": fmean(values), "interval": interval}
        if self.labelled:
            golds = [one.gold for one in self.judged.values()]
            read = [one.read or None for one in self.judged.values()]
            for name, value in classification_scores(golds, read).items():
                found[name] = {"value": value, "interval": None}
        return found

    def relations(self) -> Counter[str]:
        """How many answers stand in each relation to their gold."""
        return Counter(one.relation for one in self.judged.values() if one.relation)

    def flags(self) -> Counter[str]:
        """How many answers carry each flag of form."""
        return Counter(flag for one in self.judged.values() for flag in one.flags)

    def to_dict(self) -> dict[str, Any]:
        """For JSON: shares from 0 to 1."""
        return {
            "n": self.n,
            "right": self.right,
            "accuracy": self.accuracy,
            "interval": self.interval,
            "unparsed": self.unparsed,
            "metrics": self.metrics(),
            "relations": dict(sorted(self.relations().items())),
            "flags": dict(sorted(self.flags().items())),
        }


@dataclass(frozen=True, slots=True)
class SystemComparison:
    """Two systems on the questions that both answered.

    Attributes:
        n: how many these are.
        accuracy, other: the share right of each, on these.
        only_this, only_other: questions that one has right and the other wrong.
        p: of McNemar's exact test that both are equally good.
        differences: for each metric the mean difference with its paired bootstrap interval.
    """

    n: int
    accuracy: float
    other: float
    only_this: int
    only_other: int
    p: float
    differences: Mapping[str, tuple[float, Interval | None]]

    @property
    def difference(self) -> float:
        """Accuracy of this system minus the other's."""
        return self.accuracy - self.other

    def to_dict(self) -> dict[str, Any]:
        """For JSON."""
        return {
            "n": self.n,
            "accuracy": self.accuracy,
            "other_accuracy": self.other,
            "difference": self.difference,
            "only_this": self.only_this,
            "only_other": self.only_other,
            "p": self.p,
            "metrics": {
                name: {"difference": value, "interval": interval}
                for name, (value, interval) in self.differences.items()
            },
        }


def compare_systems(this: System, other: System) -> SystemComparison | None:
    """Compare two systems on the questions that both answered; None if there is none."""
    both = [name for name in this.judged if name in other.judged]
    if not both:
        return None
    pairs = [(this.judged[name], other.judged[name]) for name in both]
    only_this = sum(bool(a.correct) and not b.correct for a, b in pairs)
    only_other = sum(bool(b.correct) and not a.correct for a, b in pairs)
    differences: dict[str, tuple[float, Interval | None]] = {}
    for name in pairs[0][0].values:
        gaps = [a.values[name] - b.values[name] for a, b in pairs]
        differences[name] = fmean(gaps), mean_interval(gaps)
    mine, theirs = (sum(bool(x.correct) for x in of) / len(both) for of in zip(*pairs, strict=True))
    p = mcnemar(only_this, only_other)
    return SystemComparison(len(both), mine, theirs, only_this, only_other, p, differences)


_UNREAD = "\0unread"  # no label is called that


def classification_scores(golds: Sequence[str], read: Sequence[str | None]) -> dict[str, float]:
    """Balanced accuracy, macro F1 and MCC; what could not be read counts as a wrong answer.

    Balanced accuracy and macro F1 are means over the labels that the golds have; MCC takes
    "nothing read" for a label of its own, and is 0 where it has no meaning.
    """
    guesses = [label if label is not None else _UNREAD for label in read]
    given, guessed = Counter(golds), Counter(guesses)
    right = Counter(gold for gold, guess in zip(golds, guesses, strict=True) if gold == guess)
    n = len(golds)
    agreed = sum(given[label] * guessed[label] for label in given)
    spread = math.sqrt(
        (n * n - sum(count**2 for count in given.values()))
        * (n * n - sum(count**2 for count in guessed.values()))
    )
    return {
        "balanced_accuracy": fmean(right[label] / given[label] for label in given),
        "macro_f1": fmean(2 * right[label] / (given[label] + guessed[label]) for label in given),
        # R_k of Gorodkin (2004), which for two labels is Matthews' coefficient.
        "mcc": (n * right.total() - agreed) / spread if spread else 0.0,
    }
