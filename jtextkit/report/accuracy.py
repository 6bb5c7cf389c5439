"""The page of ``jtextkit evaluate difficulty --html``."""

from __future__ import annotations

from collections.abc import Mapping

from jtextkit.metrics.accuracy import DifficultyAccuracy
from jtextkit.metrics.accuracy.tables import (
    Figures,
    accuracies,
    by_length,
    flags,
    left_out,
    places,
    reservations,
    tests,
)
from jtextkit.report.page import Section, page
from jtextkit.report.plots import Estimate, histogram, intervals
from jtextkit.report.tables import in_language, table

_ACCURACY = "Texts whose difficulty lies in the target's range"
_FLAGS = "Texts with a flag; a text can have several"
_TESTS = "Shown from: the smallest difference that so many texts show in 80 % of cases"


def accuracy_page(
    this: DifficultyAccuracy,
    base: DifficultyAccuracy | None = None,
    *,
    bad: int = 0,
    base_bad: int = 0,
    precision: float = 0.05,
) -> str:
    """The table, its intervals, histograms of difficulty by target, and the flags.

    Args:
        base: the other system, to compare with.
        bad: rows that were left out; ``base_bad`` of the other system's.
        precision: for how many texts are needed, 0 to 0.5.

    Raises:
        UsageError: the two have different signatures.
    """
    differences = None if base is None else this.compare(base)
    systems = {"": this} if base is None else {"fine-tuned": this, "baseline": base}
    doubts = list(reservations(this, differences, bad=bad, precision=precision))
    if base_bad:
        doubts.insert(0, left_out(base_bad, " of the baseline"))
    accuracy = _table(accuracies(this, differences), _ACCURACY)
    sections = [Section("Accuracy", [accuracy, _intervals(systems)]), Section("How sure", doubts)]
    if differences is not None:
        sections.append(Section("Against the baseline", [_table(tests(this, differences), _TESTS)]))
    sections += [
        Section("Difficulty by target", [_histograms(systems)]),
        Section("Levels", [_table(places(this), "Texts by level and target")]),
        Section("Length", [_table(by_length(this), "Accuracy by length")]),
        Section("What accuracy does not see", [_table(flags(this), _FLAGS)]),
        Section("How this was made", [this.signature]),
    ]
    return page("Difficulty control", sections)


def _table(figures: Figures, caption: str) -> object:
    heads, rows = figures
    return table(heads, [[*map(in_language, row)] for row in rows], caption=caption)


def _intervals(systems: Mapping[str, DifficultyAccuracy]) -> object:
    shares = {
        system: {"overall": one.accuracy.overall, **one.accuracy.targets}
        for system, one in systems.items()
    }
    rows = []
    for name in next(iter(shares.values())):
        for system, of in shares.items():
            value, ends = of[name].accuracy, of[name].interval
            if value is None or ends is None:
                rows.append(Estimate(name, None, series=system))
            else:
                rows.append(Estimate(name, 100 * value, 100 * ends.low, 100 * ends.high, system))
    title, note = "Accuracy with its interval", "Wilson intervals, 95 %."
    return intervals(title, rows, x="% of texts", domain=(0, 100), digits=1, note=note)


def _histograms(systems: Mapping[str, DifficultyAccuracy]) -> object:
    """Of each target and system, the systems of one target next to each other."""
    rows = {
        f"{name}, {system}" if system else name: {"": one.difficulties(name)}
        for name in next(iter(systems.values())).ranges.names
        for system, one in systems.items()
    }
    return histogram("How difficulty spreads", rows, x="normalised difficulty")
