"""What a linear model on characters guesses of labels: how often it is right, and whose label it doubts.

Every text is guessed by a model that learned from the other folds (:mod:`jtextkit.metrics.shortcuts.audit`).
A text whose guess is far from its label may be mislabelled. The candidates are ranked by how much more the
model gives its guess than the label (as Northcutt, Jiang, Chuang, JAIR 2021, with margins for
probabilities): a list to read, no finding.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Hashable, Sequence
from dataclasses import dataclass

import numpy as np

from jtextkit.metrics.intervals import wilson
from jtextkit.metrics.shortcuts.audit import ShortcutResult


@dataclass(frozen=True, slots=True)
class Guessed:
    """How often labels are guessed from some columns, beside the share of the most frequent label.

    Attributes:
        low: of the 95 % Wilson interval of ``accuracy``, as is ``high``; rows that belong together
            count as fewer where they are right or wrong together.
    """

    source: str
    accuracy: float
    low: float
    high: float
    majority: float
    texts: int

    @property
    def knows(self) -> bool:
        """Whether it is better than the most frequent label."""
        return self.low > self.majority


@dataclass(frozen=True, slots=True)
class Doubtful:
    """A label that may be wrong: what a model says instead, and by how much."""

    id: str
    label: str
    guess: str
    margin: float
    text: str


def guessed(
    result: ShortcutResult, labels: Sequence[Hashable], groups: Sequence[Hashable]
) -> tuple[Guessed, list[tuple[int, Hashable, float]]]:
    """How often a model of a feature that is a text is right; and where it is not the texts, its
    guesses and their margins, the widest first.
    """
    names = sorted(set(labels), key=str)
    values = np.column_stack(result.held_out)
    if len(names) == 2:
        values = np.column_stack([-values[:, 0], values[:, 0]])
    truth = np.array([names.index(label) for label in labels])
    guess = values.argmax(axis=1)
    margin = values.max(axis=1) - values[np.arange(len(truth)), truth]
    hits = (guess == truth).tolist()
    n, share = len(hits), sum(hits) / len(hits)
    together: defaultdict[Hashable, float] = defaultdict(float)
    for group, hit in zip(groups, hits, strict=True):
        together[group] += hit - share
    spread = n * share * (1 - share)
    effect = max(1.0, math.fsum(x * x for x in together.values()) / spread) if spread else 1.0
    fewer = max(1, round(n / effect))
    interval = wilson(round(share * fewer), fewer)
    assert interval is not None
    most = max(Counter(labels).values()) / n
    wrong = sorted((-float(margin[i]), i) for i in range(n) if not hits[i])
    return (
        Guessed(result.predictor, share, interval.low, interval.high, most, n),
        [(i, names[guess[i]], -below) for below, i in wrong],
    )
