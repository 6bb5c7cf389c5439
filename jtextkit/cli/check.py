"""``jtextkit check``: is a set what it promises to be?"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from jtextkit.cli.options import memory_option
from jtextkit.cli.output import (
    json_text,
    progress_bar,
    refuse_shared,
    stdout,
    table_of,
    tell,
    write_page,
)
from jtextkit.cli.parameters import Local, argument, command, option
from jtextkit.core.errors import InputError, IntegrityError, UsageError, printable
from jtextkit.core.language import translated
from jtextkit.core.memory import at_most, half_of_the_free

if TYPE_CHECKING:
    from jtextkit.check import CheckReport, CheckResult
    from jtextkit.check.summary import Figures

_DOUBTFUL = 10


@command("check")
def check_command(
    *,
    place: Local = argument("DIR|REPO"),
    texts: tuple[str, ...] = option(
        "For other sets: the column with texts; repeatable, for pairs of texts.",
        flag="--text-column",
        metavar="NAME",
    ),
    label_column: str | None = option("For other sets: the column with labels.", metavar="NAME"),
    split_column: str | None = option(
        "The column that says which split a row is in.", metavar="NAME"
    ),
    groups: tuple[str, ...] = option(
        "A column whose values belong together, such as a document; repeatable.",
        flag="--group-column",
        metavar="NAME",
    ),
    shortcuts: tuple[str, ...] = option(
        "A column that must not tell the label, such as a source; repeatable.",
        flag="--shortcut-column",
        metavar="NAME",
    ),
    max_memory: int | None = memory_option(
        "Memory for the set, such as 4GB.  [default: half of what is free]"
    ),
    verbose: bool = option("Print every check, and the audit's tables.", short="-v"),
    as_json: bool = option("Print findings and audit as JSON."),
    as_markdown: bool = option("Print a summary to paste into a card."),
    html: Path | None = option("Write a page with the findings."),
) -> None:
    """Check that a set is sound; exit code 4 where it is not."""
    from jtextkit.check import check_columns, check_set

    if as_json and as_markdown:
        raise click.UsageError("--json and --markdown exclude each other")
    refuse_shared({"--html": html}, place)
    columns: dict[str, Any] = {"groups": groups, "shortcuts": shortcuts, "split": split_column}
    if not texts and (label_column or any(columns.values())):
        raise UsageError(
            "other sets need a text column", cure="name --text-column, or no column at all"
        )
    found: CheckReport
    with progress_bar() as report, _held(place, max_memory or half_of_the_free()):
        if texts:
            found = check_columns(place, texts, label_column, **columns, report=report)
        else:
            found = check_set(place, report=report)
    if html is not None:
        from jtextkit.report.check import check_page

        write_page(html, check_page(found))
    if as_json:
        click.echo(json_text(found.to_dict(), indent=1))
    elif as_markdown:
        from jtextkit.check.summary import markdown

        click.echo(markdown(found), nl=False)
    else:
        if verbose:
            _print(found)
        print_breaches(found.findings)
    looked_at, cure = translated(f"{found.texts:,} texts"), "mend the set, or build it anew"
    if (audit := found.audit) and audit.texts < audit.of:
        part = f" (readability, and what a model tells of labels: {audit.texts:,} of them)"
        looked_at += translated(part)
    end_with_verdict(found.findings, looked_at, place, cure, quiet=as_json or as_markdown)


@contextmanager
def _held(place: str, most: int | None) -> Iterator[None]:
    """Keep what a set takes in memory, where all of it is held, to so many bytes."""
    try:
        with at_most(most):
            yield
    except MemoryError:
        share = "there is" if most is None else f"{most >> 20:,} MB"
        raise InputError(
            f"it wants more memory than {share}",
            where=place,
            cure="check a part of it, or see --max-memory",
        ) from None


def _print(found: CheckReport) -> None:
    from jtextkit.check.summary import figures

    for one in figures(found, _DOUBTFUL):
        print_figures(one)
    for looked in found.validity:
        reading = looked.reading
        tell(
            f"{looked.name}: AUC {reading.auc:.3f} ({reading.low:.3f}-{reading.high:.3f}) over "
            f"{looked.children:,} and {looked.adults:,} texts of {looked.writers:,} writers"
        )
        tell("")
    if found.signature:
        tell(f"scores: {found.signature}")
        tell("")


def print_figures(one: Figures) -> None:
    """A table, with breaches in red and what is none in grey, and an empty line."""
    heads = [printable(translated(head)) for head in one.heads]
    table = table_of(heads, words=range(one.words))
    for row in one.rows:
        bad = "found" in row[-1] or row[-1] == "breach"
        style = "dim" if row[-1] in ("–", "no shortcut") else "red" if bad else ""
        table.add_row(*(printable(translated(cell)) for cell in row), style=style)
    stdout().print(table)
    stdout().print()


def print_breaches(findings: tuple[CheckResult, ...]) -> None:
    """The first breaches of each check, and why a check was left out."""
    for one in findings:
        if one.found is None:
            tell(f"{one.name} was not checked: {printable(one.examples[0])}")
        elif not one.ok:
            tell(f"{one.name} ({one.promise}): {one.result}", "bold red")
            for example in one.examples:
                stdout().print(f"  {printable(example)}", soft_wrap=True)
            if one.found > len(one.examples):
                tell(f"  and {one.found - len(one.examples):,} more")


def end_with_verdict(
    findings: tuple[CheckResult, ...],
    looked_at: str,
    place: str,
    cure: str,
    *,
    quiet: bool,
    good: str = "sound",
) -> None:
    """End a command with its verdict in one line."""
    from jtextkit.builders.sets.findings import verdict

    if not all(one.ok for one in findings):
        raise IntegrityError(verdict(findings), where=place, cure=cure)
    if not quiet:
        tell(f"{good}: {verdict(findings)}, {looked_at}")
