"""Hits counted, and the shares that follow: from counts alone, such as a paper's.

>>> base = accuracy_of({"Simple": Hits(15, 14), "Complex": Hits(15, 1)})
>>> round(100 * base.accuracy, 1), [round(100 * one.accuracy, 1) for one in base.targets.values()]
(50.0, [93.3, 6.7])
>>> base.targets["Simple"].interval
Interval(low=0.7018..., high=0.9881...)
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from jtextkit.core.errors import UsageError
from jtextkit.metrics.intervals import Interval, wilson


@dataclass(frozen=True, slots=True)
class Hits:
    """Texts of one target, how many hit it, and how many did with the scale clipped.

    ``clipped`` is None where it was not counted. ``a + b`` counts both.

    Raises:
        UsageError: more hits than texts, or fewer clipped hits than hits.
    """

    n: int = 0
    hits: int = 0
    clipped: int | None = None

    def __post_init__(self) -> None:
        if not self.n and self.clipped is None:
            object.__setattr__(self, "clipped", 0)  # of no texts one knows everything
        clipped = self.hits if self.clipped is None else self.clipped
        if not 0 <= self.hits <= clipped <= self.n:
            raise UsageError(f"{self.hits} hits ({clipped} clipped) among {self.n} texts")

    def __add__(self, other: Hits) -> Hits:
        known = self.clipped is not None and other.clipped is not None
        clipped = (self.clipped or 0) + (other.clipped or 0) if known else None
        return Hits(self.n + other.n, self.hits + other.hits, clipped)


@dataclass(frozen=True, slots=True)
class Proportion:
    """A share of texts with its Wilson interval; None for no texts."""

    n: int
    hits: int
    accuracy: float | None
    interval: Interval | None
    clipped_accuracy: float | None
    clipped_interval: Interval | None

    def to_dict(self) -> dict[str, Any]:
        return asdict(self)


@dataclass(frozen=True)
class Accuracy:
    """Accuracy overall and by target.

    Attributes:
        overall: all texts alike, so targets with more texts weigh more.
        macro_accuracy: the mean of the targets' accuracies; None for no texts.
        targets: target to share, in the order given.
        signature: how it was made; two accuracies with different ones are not compared.
    """

    overall: Proportion
    macro_accuracy: float | None
    targets: Mapping[str, Proportion]
    signature: str = ""

    @property
    def n(self) -> int:
        return self.overall.n

    @property
    def accuracy(self) -> float | None:
        return self.overall.accuracy


def accuracy_of(counts: Mapping[str, Hits], signature: str = "") -> Accuracy:
    """Shares and intervals of counts; a target without texts has None and is not in the mean."""
    targets = {name: share_of(hits) for name, hits in counts.items()}
    known = [one.accuracy for one in targets.values() if one.accuracy is not None]
    macro = math.fsum(known) / len(known) if known else None
    return Accuracy(share_of(sum(counts.values(), Hits())), macro, targets, signature)


def added(*parts: Mapping[str, Hits]) -> dict[str, Hits]:
    """The counts of parts as those of the whole."""
    names = dict.fromkeys(name for part in parts for name in part)
    return {name: sum((part.get(name, Hits()) for part in parts), Hits()) for name in names}


def share_of(hits: Hits) -> Proportion:
    """The shares of one target's texts."""

    def of(number: int | None) -> tuple[float | None, Interval | None]:
        if number is None or not hits.n:
            return None, None
        return number / hits.n, wilson(number, hits.n)

    return Proportion(hits.n, hits.hits, *of(hits.hits), *of(hits.clipped))
