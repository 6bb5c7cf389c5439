"""Where commands write: data to stdout, messages and progress to stderr, for any name, content and reader."""

from __future__ import annotations

import codecs
import io
import json
import os
import sys
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

import click

from jtextkit.core.errors import JtextkitError, UsageError, printable
from jtextkit.core.files import replacing_file
from jtextkit.core.language import translated
from jtextkit.core.progress import Progress
from jtextkit.core.secrets import redact

if TYPE_CHECKING:  # rich takes as long as all the rest of a --help
    from rich.console import Console
    from rich.table import Table

_PIPED_WIDTH = 160


def prepare() -> None:
    """Escape what a stream's encoding lacks; open to nowhere a stream that the caller closed."""
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: PTH123, SIM115
        elif isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def say(message: str) -> None:
    """Write a message to stderr, translated, without secrets; a closed stderr is no error."""
    try:
        print(redact(translated(message)), file=sys.stderr)
    except BrokenPipeError:
        discard_stdout(sys.stderr)


def error_text(error: JtextkitError) -> str:
    """``str(error)`` in the reader's language."""
    where, problem, cure = map(translated, (error.where, error.problem, error.cure))
    return printable("; ".join(filter(None, (f"{where}: {problem}" if where else problem, cure))))


def fail_softly(error: JtextkitError) -> None:
    """Report an error that does not end the run."""
    say(f"jtextkit: {error_text(error)}")


def discard_stdout(stream: TextIO) -> None:
    """Send what is left to nowhere: the interpreter flushes once more when it ends."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def stdout() -> Console:
    """A console on stdout: colour on a terminal only, a fixed width elsewhere."""
    from rich.console import Console

    width = None if sys.stdout.isatty() else _PIPED_WIDTH
    return Console(file=sys.stdout, width=width, highlight=False, markup=False, emoji=False)


def table_of(
    heads: Sequence[str],
    rows: Iterable[Sequence[object]] = (),
    *,
    words: Collection[int] = (0,),
    told: Collection[int] = (),
    total: Sequence[object] = (),
) -> Table:
    """A table without lines: columns of words at the left, columns of figures at the right.

    Args:
        rows: cells; whole numbers are written as 1,275, None as nothing, and what no terminal shows
            is escaped.
        words: which columns hold words.
        told: which columns hold messages of ours, for the reader's language.
        total: a last row, in bold.
    """
    from jtextkit.cli.sheets import Sheet

    made = Sheet(box=None, pad_edge=False, header_style="bold")
    for at, head in enumerate(heads):
        made.add_column(head, justify="left" if at in words else "right")
    for row in (*rows, *([total] if total else [])):
        cells = (translated(str(v)) if at in told and v else v for at, v in enumerate(row))
        made.add_row(*map(_cell, cells), style="bold" if row is total else None)
    return made


def _cell(value: object) -> str:
    return f"{value:,}" if isinstance(value, int) else printable(str(value or ""))


def print_table(heads: Sequence[str], rows: Iterable[Sequence[object]], **how: Any) -> None:
    """Print what :func:`table_of` makes."""
    stdout().print(table_of(heads, rows, **how))


def splits_table(
    rows: Mapping[str, int | Mapping[str, int]], what: str = "rows", parts: Sequence[str] = ()
) -> Table:
    """Rows by split, and how many of each are of ``parts`` (labels, tasks), with the sums."""
    cells: list[list[Any]] = []
    for split, found in rows.items():
        of_parts = [] if isinstance(found, int) else [found.get(part, 0) for part in parts]
        cells.append([split, found if isinstance(found, int) else sum(found.values()), *of_parts])
    sums = map(sum, [*zip(*cells, strict=True)][1:])
    return table_of(["split", what, *parts], cells, total=[translated("all"), *sums])


def grid(rows: Iterable[Sequence[Any]], *, figures: bool = False) -> Table:
    """Columns side by side, without a head: words, or in each row a name and a figure."""
    from jtextkit.cli.sheets import Sheet

    made = Sheet.grid(padding=(0, 2))
    if figures:
        made.add_column()
        made.add_column(justify="right")
    for row in rows:
        made.add_row(*row)
    return made


def tell(message: str, style: str = "") -> None:
    """Print a message in the reader's language, on one line however long."""
    stdout().print(translated(message), style=style, soft_wrap=True)


def json_text(value: object, **style: Any) -> str:
    """JSON for stdout: Japanese as it is where stdout is UTF-8, escaped elsewhere."""
    utf8 = codecs.lookup(sys.stdout.encoding or "utf-8").name == "utf-8"
    return json.dumps(value, ensure_ascii=not utf8, **style)


def answer(as_json: bool, content: object, otherwise: Callable[[], object], **style: Any) -> None:
    """Print ``content`` as JSON where that is wanted; else what ``otherwise`` prints."""
    if as_json:
        click.echo(json_text(content, **{"indent": 2, **style}))
    else:
        otherwise()


def refuse_shared(outputs: Mapping[str, Path | None], *inputs: Path | str | None) -> None:
    """Refuse an option's file that is read, too, or that another option writes."""
    taken = {Path(one).resolve() for one in inputs if one not in (None, "-")}
    for option, path in outputs.items():
        if path is not None:
            if path.resolve() in taken:
                raise UsageError(f"{option} needs a file of its own")
            taken.add(path.resolve())


def write_page(file: Path, page: str) -> None:
    """Write what ``--html`` asks for, whole or not at all."""
    with replacing_file(file, option="--html") as temporary:
        temporary.write_text(page, encoding="utf-8", newline="\n")


@contextmanager
def progress_bar() -> Iterator[Progress]:
    """A progress bar with counts and time left on a terminal; a line a stage elsewhere."""
    import rich.progress as bars
    from rich.console import Console

    console = Console(file=sys.stderr, highlight=False, markup=False)
    if not console.is_terminal:
        seen: set[str] = set()

        def tell(stage: str, done: int, total: int) -> None:  # noqa: ARG001 - a Progress
            if stage not in seen:
                seen.add(stage)
                say(translated(stage) + (f" ({total:,})" if total else ""))

        yield tell
        return
    figures = (bars.BarColumn(), bars.MofNCompleteColumn(), bars.TimeRemainingColumn())
    columns = (bars.TextColumn("{task.description}"), *figures)
    with bars.Progress(*columns, console=console, transient=True) as progress:
        tasks = {}

        def update(stage: str, done: int, total: int) -> None:
            if stage not in tasks:
                tasks[stage] = progress.add_task(translated(stage), total=total or None)
            progress.update(tasks[stage], completed=done, total=total or None)

        yield update
