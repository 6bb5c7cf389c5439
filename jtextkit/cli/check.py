"""``jtextkit check``: is a set what it promises to be?"""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from jtextkit.cli.output import json_text, plain_table, progress_bar, stdout, tell
from jtextkit.cli.paths import LocalPath
from jtextkit.core.errors import IntegrityError, UsageError, printable
from jtextkit.core.language import translated

if TYPE_CHECKING:
    from rich.table import Table

    from jtextkit.check import CheckReport, CheckResult
    from jtextkit.metrics.shortcuts import AucEstimate, ShortcutAudit


@click.command("check")
@click.argument("place", metavar="DIR|REPO", type=LocalPath())
@click.option("--text-column", metavar="NAME", help="For other sets: the column with texts.")
@click.option("--label-column", metavar="NAME", help="For other sets: the column with labels.")
@click.option(
    "--group-column",
    "groups",
    multiple=True,
    metavar="NAME",
    help="A column whose values belong together, such as a document; repeatable.",
)
@click.option(
    "--shortcut-column",
    "shortcuts",
    multiple=True,
    metavar="NAME",
    help="A column that must not tell the label, such as a source; repeatable.",
)
@click.option("-v", "--verbose", is_flag=True, help="Print every check, and the audit's tables.")
@click.option("--json", "as_json", is_flag=True, help="Print findings and audit as JSON.")
def check_command(
    place: str,
    text_column: str | None,
    label_column: str | None,
    groups: tuple[str, ...],
    shortcuts: tuple[str, ...],
    verbose: bool,
    as_json: bool,
) -> None:
    """Check that a set is sound; exit code 4 where it is not.

    The last line is the verdict; before it stand the breaches, and what was not checked.

    A set that jtextkit built is held to all that its kind promises: sizes, schema, scores that
    recompute, labels that follow, pairs, writers and near-duplicates against the splits, hashes. The
    audit (-v) says how well the label can be told without reading the text.

    On anybody's set (a file, a folder, or a set on the Hub) name the columns of text and label, and
    what applies is checked.

    \b
    Examples:
      jtextkit check difficulty-2level
      jtextkit check USER/NAME@v1.0
      jtextkit check texts.jsonl --text-column text --label-column level
      jtextkit check DIR --text-column body --label-column y --group-column author
    """
    from jtextkit.check import check_columns, check_set

    with progress_bar() as report:
        if text_column is not None and label_column is not None:
            found = check_columns(
                place, text_column, label_column, groups=groups, shortcuts=shortcuts, report=report
            )
        elif text_column or label_column or groups or shortcuts:
            raise UsageError(
                "other sets need both a text and a label column",
                cure="name --text-column and --label-column, or neither",
            )
        else:
            found = check_set(place, report=report)
    if as_json:
        click.echo(json_text(found.to_dict(), indent=1))
    else:
        if verbose:
            _print(found)
        print_breaches(found.findings)
    end_with_verdict(
        found.findings, _looked_at(found), place, "mend the set, or build it anew", as_json=as_json
    )


def _looked_at(found: CheckReport) -> str:
    audit = found.audit
    part = (
        translated(f" (shortcuts and near-duplicates: {audit.texts:,} of them)")
        if audit and audit.texts < audit.of
        else ""
    )
    return translated(f"{found.texts:,} texts") + part


def _print(found: CheckReport) -> None:
    stdout().print(findings_table(found.findings))
    if found.audit is not None:
        stdout().print()
        stdout().print(_audit_table(found.audit))
        for name, part in found.audit.parts.items():
            stdout().print()
            stdout().print(_audit_table(part, f" ({name})"))
    for one in found.validity:
        tell(
            f"\n{one.name}: AUC {_cell(one.reading)} over {one.children:,} and {one.adults:,} texts "
            f"of {one.writers:,} writers"
        )
    if found.signature:
        tell(f"\nscores: {found.signature}")
    stdout().print()


def findings_table(findings: tuple[CheckResult, ...]) -> Table:
    """What was checked, and what came out."""
    table = plain_table("check")
    table.add_column("what holds")
    table.add_column("result", justify="right")
    for one in findings:
        if one.found is None:
            table.add_row(one.name, translated(one.promise), "–", style="dim")
        else:
            result = "ok" if one.ok else translated(f"{one.found:,} found")
            table.add_row(one.name, translated(one.promise), result, style="" if one.ok else "red")
    return table


def print_breaches(findings: tuple[CheckResult, ...]) -> None:
    """The first breaches of each check, and why a check was left out."""
    for one in findings:
        if one.found is None:
            tell(f"{one.name} was not checked: {printable(one.examples[0])}")
        elif not one.ok:
            tell(f"{one.name} ({one.promise}): {one.found:,} found", "bold red")
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
    as_json: bool,
    good: str = "sound",
) -> None:
    """End a command with its verdict in one line."""
    failed = [one.name for one in findings if not one.ok]
    run = sum(one.found is not None for one in findings)
    if failed:
        raise IntegrityError(
            f"not sound: {len(failed)} of {run} checks failed ({', '.join(failed)})",
            where=place,
            cure=cure,
        )
    if not as_json:
        tell(f"{good}: {run} checks, {looked_at}")


def _audit_table(audit: ShortcutAudit, part: str = "") -> Table:
    from jtextkit.metrics.shortcuts.audit import BAND

    some = "" if audit.texts == audit.of else f", {audit.texts:,} of {audit.of:,} texts"
    readings = ("AUC, cross-validated", "AUC, train to test", f"{BAND[0]:.2f}-{BAND[1]:.2f}")
    table = plain_table(f"what tells the label?{part}{some}", *readings)
    for row in audit.rows:
        verdict = ("breach" if row.bad else "ok") if row.shortcut else "no shortcut"
        table.add_row(
            row.predictor,
            _cell(row.cross_validated),
            _cell(row.train_to_test),
            verdict,
            style="red" if row.bad else "" if row.shortcut else "dim",
        )
    return table


def _cell(reading: AucEstimate | None) -> str:
    if reading is None:
        return "–"
    return f"{reading.auc:.3f} ({reading.low:.3f}-{reading.high:.3f})"
