"""``jtextkit diff``: what came, went and changed between two builds, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jtextkit.cli.output import answer, print_table, stdout, tell
from jtextkit.cli.parameters import Local, argument, command, option
from jtextkit.core.errors import printable
from jtextkit.core.language import translated

if TYPE_CHECKING:
    from jtextkit.check.differences import Differences, RowChange

_SHOWN = 5


@command("diff")
def diff_command(
    *,
    old: Local = argument("A"),
    new: Local = argument("B"),
    as_json: bool = option("Print every row that differs as JSON."),
) -> None:
    """Show what changed from build A to build B: rows that came, went, or changed, and why."""
    from jtextkit.check.differences import compare

    found = compare(old, new)
    answer(as_json, found.to_dict(), lambda: _print(found), indent=1)


def _print(found: Differences) -> None:
    out = stdout()
    counts = (
        (name, number) for name, number in found.counts().items() if number or " " not in name
    )
    print_table(["rows", "number"], [(translated(name), number) for name, number in counts])
    if found.causes:
        tell("\nwhat the receipts say differently", "bold")
    for cause in found.causes:
        out.print(f"  {printable(str(cause))}", soft_wrap=True)
    for what, names in found.columns.items():
        if names:
            tell(f"\ncolumns only in {'B' if what == 'came' else 'A'}", "bold")
            out.print(f"  {', '.join(map(printable, names))}", soft_wrap=True)
    for what in ("came", "went", "changed"):
        by_reason: dict[str, list[RowChange]] = {}
        for change in found.changes:
            if change.what == what:
                by_reason.setdefault(change.why, []).append(change)
        for why, changes in by_reason.items():
            out.print(f"\n{translated(what)}: {len(changes):,}", style="bold", end="")
            out.print(f", for: {printable(why)}", soft_wrap=True)
            for change in changes[:_SHOWN]:
                out.print(f"  {printable(_line(change))}", soft_wrap=True)
            if len(changes) > _SHOWN:
                tell(f"  and {len(changes) - _SHOWN:,} more; --json has them all")


def _line(change: RowChange) -> str:
    from jtextkit.check.differences import MOVED

    told = [
        f"{name} {_value(old)} -> {_value(new)}{' characters' if name == 'text' else ''}"
        for name, (old, new) in change.columns.items()
        if name in MOVED or len(change.columns) <= len(MOVED)
    ]
    if others := len(change.columns) - len(told):
        told.append(f"{others} other columns")
    return " ".join(filter(None, (f"{change.id} ({change.split})", ", ".join(told))))


def _value(value: object) -> str:
    if isinstance(value, list):
        return f"{len(value)} items"
    return f"{value:.3f}" if isinstance(value, float) else str(value)
