"""What the figures are called and how they are said, on screen and in reports alike."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from jtextkit.metrics.accuracy.comparison import AccuracyDifference
from jtextkit.metrics.accuracy.counts import Proportion
from jtextkit.metrics.accuracy.ranges import TWO_LEVELS
from jtextkit.metrics.accuracy.result import DifficultyAccuracy
from jtextkit.metrics.intervals import needed
from jtextkit.metrics.readability.cautions import SHORT


def p_value(p: float) -> str:
    """A test's p with four digits; never 0, which no test can show."""
    return "< 0.0001" if p < 0.0001 else f"{p:.4f}"


def left_out(bad: int, whose: str = "") -> str:
    """How many rows were left out as bad; ``whose`` follows the number."""
    rows = "bad row (no text, no target)" if bad == 1 else "bad rows (no text, no target)"
    return f"{bad:,} {rows}{whose} {'is' if bad == 1 else 'are'} left out."


def percent(share: float | None) -> str:
    """``93.3%``, or ``-`` for none."""
    return "-" if share is None else f"{100 * share:.1f}%"


def points(difference: float | None) -> str:
    """``+26.7%`` in points, or ``-`` for none."""
    return "-" if difference is None else f"{100 * difference:+.1f}%"


def test_name(one: AccuracyDifference) -> str:
    """The test that was done and on what."""
    if one.test == "mcnemar":
        return f"McNemar, {one.pairs:,} pairs"
    return "Fisher" if one.test else "none"


def row_names(this: DifficultyAccuracy) -> list[tuple[str, Proportion]]:
    """The rows of the accuracy table: overall, then the targets."""
    suffix = " Text" if this.ranges is TWO_LEVELS else ""
    rows = [("Overall Accuracy", this.accuracy.overall)]
    return rows + [(f"{name}{suffix}", share) for name, share in this.accuracy.targets.items()]


def reservations(
    this: DifficultyAccuracy,
    differences: Mapping[str, AccuracyDifference] | None,
    *,
    bad: int = 0,
    precision: float,
) -> Iterator[str]:
    """What to know before the figures are believed, a sentence each."""
    if bad:
        yield left_out(bad)
    if unscored := sum(this.flags[flag]["n"] for flag in ("empty", "unscorable")):
        yield f"{unscored:,} texts cannot be scored; they count as wrong."
    if short := this.flags["too-short"]["n"]:
        yield f"{short:,} texts are shorter than --min-chars; they count as wrong."
    if noisy := sum(one.characters < SHORT for one in this.instances):
        yield (
            f"{noisy:,} of {len(this.instances):,} texts have fewer than {SHORT} characters, "
            "where scores are noisy; they count."
        )
    texts = min(share.n for share in this.accuracy.targets.values())
    yield (
        f"± {100 * precision:g} points (95 %) needs {needed(precision):,} texts a target; "
        f"the smallest target here has {texts:,}."
    )
    if differences is None:
        found = this.detectable_difference["overall"]
        yield (
            "So few texts cannot tell two systems apart."
            if found is None
            else f"A second system with as many texts would have to differ by "
            f"{points(found).lstrip('+')} overall to be told apart in 80 % of cases."
        )
    changed = this.label_changes
    if changed.n:
        yield (
            f"{percent(changed.accuracy)} of texts ({changed.hits:,} of {changed.n:,}) lie in another "
            "range under the other sentence rule."
        )
    pearson, spearman = this.correlation["pearson"], this.correlation["spearman"]
    if pearson is not None and spearman is not None:
        yield f"Target and difficulty correlate with r = {pearson:.2f} (Spearman {spearman:.2f})."
    clean = this.clean_hits.accuracy
    if clean != this.accuracy.accuracy:
        yield (
            f"Where a flagged hit (other than truncated) counts as wrong, accuracy is {percent(clean)}."
        )
