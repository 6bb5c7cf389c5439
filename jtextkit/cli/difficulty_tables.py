"""The tables that ``jtextkit evaluate difficulty`` prints."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from jtextkit.cli.output import plain_table, stdout, tell
from jtextkit.core.errors import printable
from jtextkit.metrics.accuracy import AccuracyDifference, DifficultyAccuracy
from jtextkit.metrics.accuracy.tables import (
    Figures,
    accuracies,
    by_length,
    flags,
    interval_of,
    places,
    tests,
)
from jtextkit.metrics.accuracy.wording import percent, reservations

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
    out.print(_table(accuracies(this, differences)))
    out.print()
    out.print(_sureness(this))
    for line in reservations(this, differences, bad=bad, precision=precision):
        tell(printable(line))
    if differences is not None:
        out.print()
        out.print(_table(tests(this, differences)))
    counted = (places(this), _found(by_length(this)), _found(flags(this)))
    for table in (_difficulty(this), *map(_table, counted)):
        out.print()
        out.print(table)
    tell(printable(this.signature), "dim")


def _found(figures: Figures) -> Figures:
    """Only the rows that some text is in."""
    heads, rows = figures
    return heads, [row for row in rows if row[1]]


def _table(figures: Figures) -> Table:
    heads, rows = figures
    explained = heads[-1] == "what it says"
    table = plain_table(*(heads[:-1] if explained else heads))
    if explained:
        table.add_column(heads[-1], overflow="fold")
    for row in rows:
        table.add_row(*(f"{one:,}" if isinstance(one, int) else one or "" for one in row))
    return table


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
            interval_of(share),
            percent(share.clipped_accuracy),
            interval_of(share, clipped=True),
        )
    table.add_row("macro mean", "", "", percent(this.accuracy.macro_accuracy))
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
