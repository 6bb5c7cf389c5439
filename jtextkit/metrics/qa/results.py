"""A definition over many answers: means with intervals, and each answer's values."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean
from typing import Any

from jtextkit.core.display import Displayed
from jtextkit.core.errors import UsageError
from jtextkit.core.signatures import Signature
from jtextkit.metrics.intervals import Interval, mean_interval, wilson
from jtextkit.metrics.qa.definition import Definition


@dataclass(frozen=True, repr=False)
class QAResult(Displayed):
    """The values of one definition.

    Attributes:
        definition: its name.
        signature: how the numbers were made.
        details: the values of each answer, in the order given.
    """

    definition: str
    signature: str
    details: tuple[dict[str, float], ...]

    def _facts(self) -> dict[str, Any]:
        return {"definition": self.definition, **self.means, "answers": len(self.details)}

    @property
    def means(self) -> dict[str, float]:
        """Each value's mean, 0 to 1."""
        return {name: fmean(row[name] for row in self.details) for name in self.details[0]}

    def interval(self, name: str) -> Interval | None:
        """The 95 % interval of a mean: Wilson's for exact match, by resampling for the others."""
        values = [row[name] for row in self.details]
        if all(value in (0.0, 1.0) for value in values):
            return wilson(int(sum(values)), len(values))
        return mean_interval(values)

    def to_dict(self) -> dict[str, Any]:
        """For JSON: value to its mean and interval."""
        return {
            name: {"mean": mean, "interval": self.interval(name)}
            for name, mean in self.means.items()
        }


def evaluate(
    definition: Definition, predictions: Sequence[str], golds: Sequence[Sequence[str]]
) -> QAResult:
    """Measure ``predictions`` against their ``golds`` (a list each) by ``definition``.

    Raises:
        UsageError: the lengths differ, there is nothing to measure, an answer has no gold, or a
            library is missing.
    """
    if len(predictions) != len(golds):
        raise UsageError(f"{len(predictions)} predictions for {len(golds)} lists of golds")
    if not predictions:
        raise UsageError("no predictions to measure")
    details = tuple(definition.best(*row) for row in zip(predictions, golds, strict=True))
    signature = Signature(definition.name, definition.making())
    return QAResult(definition.name, str(signature), details)
