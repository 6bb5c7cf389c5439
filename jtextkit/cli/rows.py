"""Rows that commands judge: the bad ones reported at the end, instances written as JSONL."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

from jtextkit.cli.output import say
from jtextkit.core.errors import InputError, printable
from jtextkit.core.files import replacing_file
from jtextkit.core.language import translated
from jtextkit.core.rows import Row, attempt

T = TypeVar("T")

SHOWN_BAD = 20
"""So many bad rows are named; the others are counted."""


def judged(row: Row, judge: Callable[[Mapping[str, Any]], T | str], bad: list[Row]) -> T | None:
    """What ``judge`` makes of a row's values; None for a bad row, which joins ``bad``.

    Bad are rows that are none, those of which ``judge`` says in words what is wrong, and those that
    meet a fault of ours.
    """
    found: T | str | Row = row if row.problem else attempt(row, judge, row.values)
    if isinstance(found, str):
        bad.append(Row(row.number, problem=found, source=row.source))
    elif isinstance(found, Row):
        bad.append(found)
    else:
        return found
    return None


def places_of(bad: Sequence[Row]) -> list[dict[str, Any]]:
    """Bad rows as JSON has them."""
    return [{"line": row.number, "problem": row.problem} for row in bad]


def report_bad_rows(rows: Sequence[Row]) -> None:
    """Say which rows were left out, and why."""
    for row in rows[:SHOWN_BAD]:
        say(left_out(row.place, row.problem))
    if len(rows) > SHOWN_BAD:
        say(f"and {len(rows) - SHOWN_BAD:,} more rows left out")


def left_out(place: str, problem: str) -> str:
    """Why the row at a place was left out, in the reader's language."""
    return printable(f"{place}: {translated(problem)}; {translated('left out')}")


def report_missing(names: Sequence[str]) -> None:
    """Say which ids have no reply."""
    if names:
        more = " …" if len(names) > SHOWN_BAD else ""
        say(printable(f"{len(names):,} without a reply: {', '.join(names[:SHOWN_BAD])}{more}"))


def nothing_to_judge(file: str, what: str, bad: Sequence[Row], example: str) -> InputError:
    """The error for a file without one ``what`` (a row that can be judged)."""
    first = f" (the first: line {bad[0].number}, {bad[0].problem})" if bad else ""
    where = "standard input" if file == "-" else file
    return InputError(f"no {what}{first}", where=where, cure=f"rows look like {example}")


@contextmanager
def line_writer(path: Path | None, option: str) -> Iterator[Callable[[Mapping[str, Any]], None]]:
    """What writes lines of JSON to ``path``, whole or not at all; without a path, to nowhere."""
    if path is None:
        yield lambda _: None
        return
    with (
        replacing_file(path, option=option) as temporary,
        temporary.open("w", encoding="utf-8", newline="\n") as file,
    ):
        yield lambda values: print(_line(values), file=file)


def _line(values: Mapping[str, Any]) -> str:
    # A lone surrogate, which JSON can hold and UTF-8 cannot, is escaped.
    text = json.dumps(dict(values), ensure_ascii=False, default=str)
    try:
        text.encode()
    except UnicodeEncodeError:
        return json.dumps(dict(values), default=str)
    return text
