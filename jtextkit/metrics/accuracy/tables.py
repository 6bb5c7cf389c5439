"""The tables of an evaluation, on screen and in reports alike: heads, and rows of cells."""

from __future__ import annotations

from collections.abc import Mapping

from jtextkit.metrics.accuracy.comparison import AccuracyDifference
from jtextkit.metrics.accuracy.counts import Proportion
from jtextkit.metrics.accuracy.flags import FLAGS
from jtextkit.metrics.accuracy.result import DifficultyAccuracy
from jtextkit.metrics.accuracy.wording import p_value, percent, points, row_names, test_name

Rows = list[list[str | int | None]]
Figures = tuple[tuple[str, ...], Rows]
Differences = Mapping[str, AccuracyDifference]


def accuracies(this: DifficultyAccuracy, differences: Differences | None) -> Figures:
    """Overall and by target, beside the baseline's where there is one."""
    names = row_names(this)
    if differences is None:
        return ("Metric", "Accuracy"), [[name, percent(share.accuracy)] for name, share in names]
    rows: Rows = []
    for (name, _), key in zip(names, ("", *this.ranges.names), strict=True):
        one = differences[key]
        rows.append([name, percent(one.base), percent(one.accuracy), points(one.difference)])
    return ("Metric", "Baseline", "Fine-tuned", "Improvement"), rows


def sureness(this: DifficultyAccuracy) -> Figures:
    """Every share of hits with its interval, and where those off the scale on the right side count."""
    shares = {"overall": this.accuracy.overall, **this.accuracy.targets}
    if this.second_opinion is not None and this.both_opinions is not None:
        shares |= {
            "by the second opinion": this.second_opinion.overall,
            "by both opinions": this.both_opinions.overall,
        }
    if len(this.models) > 1:
        shares |= {f"model {name}": share for name, share in this.models.items()}
    rows: Rows = []
    for name, one in shares.items():
        clipped = (percent(one.clipped_accuracy), interval_of(one, clipped=True))
        rows.append([name, one.n, one.hits, percent(one.accuracy), interval_of(one), *clipped])
    rows.append(["macro mean", None, None, percent(this.accuracy.macro_accuracy)])
    heads = ("", "texts", "hits", "accuracy", "95 % interval", "clipped", "95 % interval")
    return heads, rows


def difficulties(this: DifficultyAccuracy) -> Figures:
    """How difficulty spreads, by target."""
    cuts = {"5": "5 %", "25": "25 %", "50": "median", "75": "75 %", "95": "95 %"}
    rows: Rows = []
    for name, one in this.difficulty.items():
        ends = one.interval and f"{one.interval.low:.2f} to {one.interval.high:.2f}"
        found = one.quantiles or {}
        numbers = [one.deviation, *(found.get(cut) for cut in cuts)]
        rows.append([name, one.n, _decimal(one.mean), ends or "-", *map(_decimal, numbers)])
    return ("difficulty", "scored", "mean", "95 % interval", "SD", *cuts.values()), rows


def _decimal(value: float | None) -> str:
    return "-" if value is None else f"{value:.2f}"


def tests(this: DifficultyAccuracy, differences: Differences) -> Figures:
    """The test of each difference, and the smallest one that so many texts show."""
    rows: Rows = []
    for name in ("", *this.ranges.names):
        one = differences[name]
        rows.append(
            [
                name or "overall",
                points(one.difference),
                "-" if one.p is None else p_value(one.p),
                test_name(one),
                one.only_this,
                one.only_base,
                points(one.detectable_difference).lstrip("+"),
            ]
        )
    heads = ("difference", "points", "p", "test", "only here", "only baseline", "shown from")
    return heads, rows


def places(this: DifficultyAccuracy) -> Figures:
    """Texts by the level in which they lie and by target."""
    levels = next(iter(this.levels.values()))
    rows: Rows = [[one, *(this.levels[name][one] for name in this.ranges.names)] for one in levels]
    return ("where the texts lie", *this.ranges.names), rows


def by_length(this: DifficultyAccuracy) -> Figures:
    """Accuracy by characters of a text."""
    rows: Rows = []
    for band in this.by_length:
        end = "and more" if band.high is None else f"to {band.high:,}"
        share = band.share
        rows.append([f"{band.low:,} {end}", share.n, percent(share.accuracy), interval_of(share)])
    return ("characters", "texts", "accuracy", "95 % interval"), rows


def flags(this: DifficultyAccuracy) -> Figures:
    """Texts with each flag."""
    rows: Rows = [
        [flag, one["n"], one["hits"], percent(one["accuracy_without"]), FLAGS[flag]]
        for flag, one in this.flags.items()
    ]
    return ("flag", "texts", "of them hits", "accuracy without", "what it says"), rows


def interval_of(share: Proportion, *, clipped: bool = False) -> str:
    """The interval in percent, or ``-`` for none."""
    found = share.clipped_interval if clipped else share.interval
    return "-" if found is None else f"{100 * found.low:.1f}–{100 * found.high:.1f}"
