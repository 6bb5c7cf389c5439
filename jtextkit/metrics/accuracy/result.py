"""All figures of a set of judged texts, in any order: summary and instances."""

import math
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cached_property
from typing import Any

from jtextkit.core.display import Displayed
from jtextkit.metrics.accuracy.counts import (
    Accuracy,
    AccuracyDifference,
    Hits,
    Proportion,
    accuracy_of,
    check_comparable,
    compare_instances,
    share_of,
)
from jtextkit.metrics.accuracy.flags import FLAGS
from jtextkit.metrics.accuracy.instances import Instance
from jtextkit.metrics.accuracy.ranges import TWO_LEVELS, Ranges
from jtextkit.metrics.intervals import Interval, detectable, mean_interval, needed
from jtextkit.metrics.readability.formula import LEVELS

LENGTHS = (0, 100, 200, 400, 1001)
"""Where the bands of length begin, in characters; 400 to 1,000 are what the score is made for."""

_EASIER, _HARDER, _UNSCORED = "easier than the scale", "harder than the scale", "no score"
CONFUSION = (_EASIER, *(name for name, _ in reversed(LEVELS)), _HARDER, _UNSCORED)
"""Where a text can lie: the six levels, easiest first, off the scale, or nowhere."""


@dataclass(frozen=True, slots=True)
class Distribution:
    """Numbers summed up; None where there are too few.

    ``deviation`` is that of a sample; quantiles are interpolated; ``interval`` that of the mean.
    """

    n: int
    mean: float | None
    interval: Interval | None
    deviation: float | None
    quantiles: Mapping[str, float] | None

    to_dict = asdict


@dataclass(frozen=True, slots=True)
class LengthBand:
    """Texts of ``low`` to ``high`` characters (None: no end), both included."""

    low: int
    high: int | None
    share: Proportion

    def to_dict(self) -> dict[str, Any]:
        return {"from": self.low, "to": self.high, **self.share.to_dict()}


@dataclass(frozen=True, repr=False)
class DifficultyAccuracy(Displayed):
    """What :func:`~jtextkit.metrics.accuracy.judge_texts` finds: figures, from the instances.

    ``a + b`` is what judging the texts of both gives.

    Attributes:
        instances: one for each text, in their order.
        ranges: what the targets mean.
        signature: how it was made.
    """

    instances: tuple[Instance, ...]
    signature: str
    ranges: Ranges = TWO_LEVELS

    def _facts(self) -> dict[str, Any]:
        targets = {name: share.accuracy for name, share in self.accuracy.targets.items()}
        return {"accuracy": self.accuracy.accuracy, "texts": len(self.instances), **targets}

    def __add__(self, other: "DifficultyAccuracy") -> "DifficultyAccuracy":
        check_comparable(self.signature, other.signature)
        return DifficultyAccuracy(self.instances + other.instances, self.signature, self.ranges)

    @cached_property
    def _by_target(self) -> dict[str, list[Instance]]:
        found: dict[str, list[Instance]] = {name: [] for name in self.ranges.names}
        for one in self.instances:
            found[one.target].append(one)
        return found

    @cached_property
    def counts(self) -> dict[str, Hits]:
        """Hits by target; targets without texts too."""
        return {name: _hits(of) for name, of in self._by_target.items()}

    @cached_property
    def accuracy(self) -> Accuracy:
        return accuracy_of(self.counts, self.signature)

    @cached_property
    def models(self) -> dict[str, Proportion]:
        """Accuracy by ``model``, where texts name one."""
        names = sorted({one.model for one in self.instances if one.model is not None})
        of = {name: [one for one in self.instances if one.model == name] for name in names}
        return {name: share_of(_hits(instances)) for name, instances in of.items()}

    @cached_property
    def difficulty(self) -> dict[str, Distribution]:
        """The normalised difficulty of each target's texts that have a score."""
        return {name: _distribution(self.difficulties(name)) for name in self.ranges.names}

    def difficulties(self, target: str) -> list[float]:
        """Those of a target's texts that have a score, ascending."""
        found = (one.difficulty for one in self._by_target[target])
        return sorted(value for value in found if value is not None)

    @cached_property
    def levels(self) -> dict[str, dict[str, int]]:
        """Target to :data:`CONFUSION` to the number of texts."""
        table = {name: dict.fromkeys(CONFUSION, 0) for name in self.ranges.names}
        for one in self.instances:
            table[one.target][_column(one)] += 1
        return table

    @cached_property
    def correlation(self) -> dict[str, float | None]:
        """How difficulty goes with the target's place on the scale.

        ``pearson`` (with two targets the point-biserial correlation) with the middle of the
        target's range, ``spearman`` of the ranks; None for fewer than three scored texts or where
        all targets or all scores are one.
        """
        middles = {one.name: (one.low + one.high) / 2 for one in self.ranges.all}
        pairs = sorted(
            (middles[one.target], one.difficulty)
            for one in self.instances
            if one.difficulty is not None
        )
        wanted, found = [a for a, _ in pairs], [b for _, b in pairs]
        if len(pairs) < 3 or wanted[0] == wanted[-1] or min(found) == max(found):
            return {"pearson": None, "spearman": None}
        from scipy.stats import pearsonr, spearmanr

        return {
            "pearson": float(pearsonr(wanted, found)[0]),
            "spearman": float(spearmanr(wanted, found)[0]),
        }

    @cached_property
    def by_length(self) -> tuple[LengthBand, ...]:
        """Accuracy by the text's length in characters; bands without texts too."""
        bands = []
        for low, end in zip(LENGTHS, (*LENGTHS[1:], None), strict=True):
            of = [one for one in self.instances if low <= one.characters < (end or math.inf)]
            bands.append(LengthBand(low, None if end is None else end - 1, share_of(_hits(of))))
        return tuple(bands)

    @cached_property
    def label_changes(self) -> Proportion:
        """Scored texts that lie in another range under the other sentence rule, as ``hits``."""
        scored = [one for one in self.instances if one.readability is not None]
        changed = sum(one.found != one.found_by_other_rule for one in scored)
        return share_of(Hits(len(scored), changed))

    @cached_property
    def second_opinion(self) -> Accuracy | None:
        """Accuracy by the second opinion instead of the formula; None for other targets than two."""
        return self._by(lambda one: one.hit_by_second_opinion)

    @cached_property
    def both_opinions(self) -> Accuracy | None:
        """Texts that hit their target by formula and by second opinion."""
        return self._by(lambda one: one.hit_by_second_opinion and one.hit)

    def _by(self, hit: Callable[[Instance], bool | None]) -> Accuracy | None:
        if self.ranges is not TWO_LEVELS:
            return None
        hits = {name: sum(map(bool, map(hit, of))) for name, of in self._by_target.items()}
        counts = {name: Hits(self.counts[name].n, number) for name, number in hits.items()}
        return accuracy_of(counts, self.signature)

    @cached_property
    def flags(self) -> dict[str, dict[str, Any]]:
        """Flag to the number of texts (``n``), of hits among them (``hits``), and by ``targets``;
        ``accuracy_without`` is accuracy where these hits count as wrong.
        """
        table = {}
        for flag in FLAGS:
            flagged = [one for one in self.instances if flag in one.flags]
            targets = Counter(one.target for one in flagged)
            hits = sum(one.hit for one in flagged)
            kept = Hits(len(self.instances), self.accuracy.overall.hits - hits)
            table[flag] = {
                "n": len(flagged),
                "hits": hits,
                "accuracy_without": share_of(kept).accuracy,
                "targets": {name: targets[name] for name in self.ranges.names},
            }
        return table

    @cached_property
    def clean_hits(self) -> Proportion:
        """Accuracy where a text with any flag other than ``truncated`` counts as wrong."""
        hits = sum(one.hit and not set(one.flags) - {"truncated"} for one in self.instances)
        return share_of(Hits(len(self.instances), hits))

    @cached_property
    def repetition(self) -> dict[str, float | int | None]:
        """Means of distinct-2 and distinct-4 over texts that have them, the longest repeat of all."""
        return {
            "distinct_2": _mean(one.distinct_2 for one in self.instances),
            "distinct_4": _mean(one.distinct_4 for one in self.instances),
            "longest_repeat": max((one.longest_repeat for one in self.instances), default=0),
        }

    @cached_property
    def detectable_difference(self) -> dict[str, float | None]:
        """What a second system with as many other texts would have to differ by, to be told apart
        in 80 % of cases: ``overall`` and by target. None where not even the largest could be.
        """
        shares = {"overall": self.accuracy.overall, **self.accuracy.targets}
        return {
            name: None if one.accuracy is None else detectable(one.accuracy, one.n, one.n)
            for name, one in shares.items()
        }

    def compare(self, base: "DifficultyAccuracy") -> dict[str, AccuracyDifference]:
        """How this differs from ``base``, by target, and under ``""`` overall.

        Raises:
            UsageError: the signatures differ.
        """
        check_comparable(self.signature, base.signature)
        return compare_instances(self.instances, base.instances, self.ranges.names)

    def to_dict(self, precision: float = 0.05) -> dict[str, Any]:
        """All figures, without the instances: what ``--json`` prints.

        Args:
            precision: for ``needed``, as for :func:`~jtextkit.metrics.intervals.needed`.
        """
        found = self.accuracy
        return {
            **found.overall.to_dict(),
            "macro_accuracy": found.macro_accuracy,
            "targets": {
                name: {**share.to_dict(), "difficulty": self.difficulty[name].to_dict()}
                for name, share in found.targets.items()
            },
            "models": {name: share.to_dict() for name, share in self.models.items()},
            "levels": self.levels,
            "correlation": self.correlation,
            "by_length": [band.to_dict() for band in self.by_length],
            "label_changes": {
                "n": self.label_changes.n,
                "changed": self.label_changes.hits,
                "share": self.label_changes.accuracy,
            },
            "second_opinion": _with_targets(self.second_opinion),
            "both_opinions": _with_targets(self.both_opinions),
            "flags": self.flags,
            "accuracy_without_flagged_hits": self.clean_hits.accuracy,
            "repetition": self.repetition,
            "detectable_difference": self.detectable_difference,
            "needed": {"precision": precision, "texts": needed(precision)},
            "signature": self.signature,
        }


def _with_targets(found: Accuracy | None) -> dict[str, Any] | None:
    if found is None:
        return None
    targets = {name: share.to_dict() for name, share in found.targets.items()}
    return {**found.overall.to_dict(), "targets": targets}


def _hits(of: Sequence[Instance]) -> Hits:
    return Hits(len(of), sum(one.hit for one in of), sum(one.clipped_hit for one in of))


def _column(one: Instance) -> str:
    if one.difficulty is None:
        return _UNSCORED
    if one.level is not None:
        return one.level
    return _EASIER if one.difficulty <= 0.5 else _HARDER


def _mean(values: Iterable[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return math.fsum(known) / len(known) if known else None


def _distribution(values: Sequence[float]) -> Distribution:
    n = len(values)
    mean = _mean(values)
    if mean is None:
        return Distribution(0, None, None, None, None)
    import numpy as np

    deviation = math.sqrt(math.fsum((v - mean) ** 2 for v in values) / (n - 1)) if n > 1 else None
    cuts = (0, 5, 25, 50, 75, 95, 100)
    found = np.quantile(np.asarray(values, dtype=float), [cut / 100 for cut in cuts]).tolist()
    quantiles = {str(cut): value for cut, value in zip(cuts, found, strict=True)}
    return Distribution(n, mean, mean_interval(values), deviation, quantiles)
