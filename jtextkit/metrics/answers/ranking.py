"""Candidates weighed: evidence times its weights, as probabilities over the whole text.

The weights are a table of a few hundred numbers, fitted by ``benchmarks/fit_answers.py`` and shipped
as ``weights.json``. The probability of an answer is that of all candidates which say the same, so
that an answer given twice is more likely than one given once; "no answer" is a candidate as well.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path


@dataclass(frozen=True)
class Table:
    """Fitted weights and how far they are to be trusted.

    Attributes:
        weights: by evidence; ``name@choice`` adds to ``name`` where a choice is wanted.
        calibration: slope and offset that turn the log odds of the model into measured ones.
        thresholds: the least confidence for each mode.
    """

    weights: Mapping[str, float]
    calibration: tuple[float, float] = (1.0, 0.0)
    thresholds: Mapping[str, float] = field(default_factory=dict)
    _by_wanted: dict[str, dict[str, float]] = field(default_factory=dict, repr=False)

    def weights_for(self, wanted: str) -> Mapping[str, float]:
        """The weights for one kind of answer."""
        if wanted not in self._by_wanted:
            own: dict[str, float] = {}
            for name, weight in self.weights.items():
                head, _, kind = name.partition("@")
                if kind in ("", wanted):
                    own[head] = own.get(head, 0.0) + weight
            self._by_wanted[wanted] = own
        return self._by_wanted[wanted]

    def probabilities(
        self,
        evidence: Sequence[Sequence[str]],
        nothing: Sequence[str],
        weights: Mapping[str, float],
    ) -> tuple[list[float], float]:
        """The probability of each candidate, and that of there being no answer; together 1."""
        # An exact sum: one that depends on the order of a set would decide ties by chance.
        scores = [
            math.fsum(weights.get(name, 0.0) for name in set(each)) for each in (*evidence, nothing)
        ]
        top = max(scores)
        powers = [math.exp(score - top) for score in scores]
        total = sum(powers)
        return [power / total for power in powers[:-1]], powers[-1] / total

    def calibrated(self, share: float) -> float:
        """A probability as it was measured on questions outside the fit."""
        share = min(max(share, 1e-9), 1 - 1e-9)
        slope, offset = self.calibration
        return 1 / (1 + math.exp(-(slope * math.log(share / (1 - share)) + offset)))

    def threshold(self, mode: str) -> float:
        """The least confidence with which an answer is given in this mode."""
        return self.thresholds.get(mode, 0.0)


@lru_cache(maxsize=1)
def shipped_table() -> Table:
    """The table that comes with the package."""
    read = json.loads(Path(__file__).with_name("weights.json").read_text(encoding="utf-8"))
    slope, offset = read["calibration"]
    return Table(read["weights"], (slope, offset), read["thresholds"])
