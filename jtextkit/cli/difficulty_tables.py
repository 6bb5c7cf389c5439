"""The tables that ``jtextkit evaluate difficulty`` prints."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from jtextkit.cli.output import plain_table, stdout
from jtextkit.core.errors import printable
from jtextkit.metrics.accuracy import FLAGS, AccuracyDifference, DifficultyAccuracy, Proportion
from jtextkit.metrics.accuracy.wording import (
    p_value,
    percent,
    points,
    reservations,
    row_names,
    test_name,
)

if TYPE_CHECKING:
    from rich.table import Table


def print_tables(
    this: DifficultyAccuracy,
    differences: Mapping[str, AccuracyDifference] | None,
    *,
    bad: int,
    precision: float,
) -> None:
    """Print all figures to stdout.

    Args:
        differences: of a comparison, or None.
        bad: rows that were left out.
        precision: for how many texts are needed, 0 to 0.5.
    """
    out = stdout()
    out.print(_seed_table(this, differences))
    out.print()
    out.print(_sureness(this))
    for line in reservations(this, differences, bad=bad, precision=precision):
        out.print(printable(line), soft_wrap=True)
    if differences is not None:
        out.print()
        out.print(_tests(this, differences))
    for table in (_difficulty(this), _confusion(this), _lengths(this), _flags(this)):
        out.print()
        out.print(table)
    out.print(printable(this.signature), style="dim", soft_wrap=True)


def _seed_table(
    this: DifficultyAccuracy, differences: Mapping[str, AccuracyDifference] | None
) -> Table:
    names = row_names(this)
    if differences is None:
        table = plain_table("Metric", "Accuracy")
        for label, share in names:
            table.add_row(label, percent(share.accuracy))
        return table
    table = plain_table("Metric", "Baseline", "Fine-tuned", "Improvement")
    for (label, _), key in zip(names, ("", *this.ranges.names), strict=True):
        one = differences[key]
        table.add_row(label, percent(one.base), percent(one.accuracy), points(one.difference))
    return table


def _range(share: Proportion, *, clipped: bool = False) -> str:
    interval = share.clipped_interval if clipped else share.interval
    return "-" if interval is None else f"{100 * interval.low:.1f}–{100 * interval.high:.1f}"


def _sureness(this: DifficultyAccuracy) -> Table:
    table = plain_table(
        "", "texts", "hits", "accuracy", "95 % interval", "clipped", "95 % interval"
    )
    shares = {"overall": this.accuracy.overall, **this.accuracy.targets}
    if this.second_opinion is not None and this.both_opinions is not None:
        shares |= {
            "by the second opinion": this.second_opinion.overall,
            "by both opinions": this.both_opinions.overall,
        }
    if len(this.models) > 1:
        shares |= {f"model {name}": share for name, share in this.models.items()}
    for name, share in shares.items():
        table.add_row(
            printable(name),
            f"{share.n:,}",
            f"{share.hits:,}",
            percent(share.accuracy),
            _range(share),
            percent(share.clipped_accuracy),
            _range(share, clipped=True),
        )
    table.add_row("macro mean", "", "", percent(this.accuracy.macro_accuracy))
    return table


def _tests(this: DifficultyAccuracy, differences: Mapping[str, AccuracyDifference]) -> Table:
    table = plain_table(
        "difference", "points", "p", "test", "only here", "only baseline", "shown from"
    )
    for name, key in zip(("overall", *this.ranges.names), ("", *this.ranges.names), strict=True):
        one = differences[key]
        table.add_row(
            name,
            points(one.difference),
            "-" if one.p is None else p_value(one.p),
            test_name(one),
            "" if one.only_this is None else f"{one.only_this:,}",
            "" if one.only_base is None else f"{one.only_base:,}",
            points(one.detectable_difference).lstrip("+"),
        )
    return table


def _difficulty(this: DifficultyAccuracy) -> Table:
    table = plain_table(
        "difficulty",
        "scored",
        "mean",
        "95 % interval",
        "SD",
        "5 %",
        "25 %",
        "median",
        "75 %",
        "95 %",
    )
    for name, one in this.difficulty.items():
        quantiles = one.quantiles or {}
        interval = "-"
        if one.interval is not None:
            interval = f"{one.interval.low:.2f} to {one.interval.high:.2f}"
        table.add_row(
            name,
            f"{one.n:,}",
            _decimal(one.mean),
            interval,
            _decimal(one.deviation),
            *(_decimal(quantiles.get(cut)) for cut in ("5", "25", "50", "75", "95")),
        )
    return table


def _decimal(value: float | None) -> str:
    return "-" if value is None else f"{value:.2f}"


def _confusion(this: DifficultyAccuracy) -> Table:
    table = plain_table("where the texts lie", *this.ranges.names)
    columns = next(iter(this.levels.values()))
    for place in columns:
        table.add_row(place, *(f"{this.levels[name][place]:,}" for name in this.ranges.names))
    return table


def _lengths(this: DifficultyAccuracy) -> Table:
    table = plain_table("characters", "texts", "accuracy", "95 % interval")
    for band in this.by_length:
        if band.share.n:
            end = "and more" if band.high is None else f"to {band.high:,}"
            table.add_row(
                f"{band.low:,} {end}",
                f"{band.share.n:,}",
                percent(band.share.accuracy),
                _range(band.share),
            )
    return table


def _flags(this: DifficultyAccuracy) -> Table:
    table = plain_table("flag", "texts", "of them hits", "accuracy without")
    table.add_column("what it says", overflow="fold")
    for flag, found in this.flags.items():
        if found["n"]:
            table.add_row(
                flag,
                f"{found['n']:,}",
                f"{found['hits']:,}",
                percent(found["accuracy_without"]),
                FLAGS[flag],
            )
    return table
