"""The sources of a build: by file or Hub id, read into examples, everything else counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from jtextkit.builders.stx.formats import Dropped, Format, format_of
from jtextkit.builders.stx.hub import fetch, hub_name
from jtextkit.builders.stx.tasks import TASKS, SourceExample, StxTask
from jtextkit.builders.tables import read_table, table_files
from jtextkit.core.errors import FormatError, InputError, UsageError
from jtextkit.core.files import sha256_of
from jtextkit.core.progress import Progress, silent

_EVERY = 5000


@dataclass(frozen=True, slots=True)
class StxSources:
    """Where the sources lie: files, folders or Hub ids, one or more for each task.

    Attributes:
        sample: whether these are the texts written for jtextkit's own sample.
    """

    simplification: tuple[str, ...] = ()
    qa: tuple[str, ...] = ()
    summarisation: tuple[str, ...] = ()
    sample: bool = False

    def of(self, task: StxTask) -> tuple[str, ...]:
        """The names for a task."""
        names: tuple[str, ...] = getattr(self, task.name)
        return names


@dataclass(slots=True)
class TaskRows:
    """What the sources of one task gave.

    Attributes:
        rows: how many rows there were.
        dropped: how many gave no example, by reason.
        notes: how many gave one that is worth a note.
        files: name, size, SHA-256, rows and format of each file; no path of this machine.
        hub: id and commit of each set from the Hub.
    """

    examples: list[SourceExample] = field(default_factory=list)
    rows: int = 0
    dropped: Counter[str] = field(default_factory=Counter)
    notes: Counter[str] = field(default_factory=Counter)
    files: list[dict[str, Any]] = field(default_factory=list)
    hub: list[dict[str, str]] = field(default_factory=list)


def read_sources(sources: StxSources, report: Progress = silent) -> dict[str, TaskRows]:
    """Read everything, task by task.

    Raises:
        UsageError: a task has no source.
        InputError, FormatError: a source that is missing, broken, of another format, or without a
            row that can be used.
        DownloadError: a source on the Hub that does not come.
    """
    missing = [task for task in TASKS if not sources.of(task)]
    if missing:
        first = missing[0]
        raise UsageError(
            f"no source for {', '.join(f'{task.name} ({task.option})' for task in missing)}",
            cure=f"name a file or Hub id, such as {first.option} {first.hub}@REVISION, or use --sample",
        )
    return {task.name: _read_task(task, sources.of(task), report) for task in TASKS}


def _read_task(task: StxTask, names: tuple[str, ...], report: Progress) -> TaskRows:
    reading = TaskRows()
    seen: dict[str, str] = {}

    def progress(done: int) -> None:
        report(f"reading {task.title}", done, 0)

    for name in names:
        for shown, path in _files(task, name, reading):
            entry = {"name": shown, "bytes": path.stat().st_size, "sha256": sha256_of(path)}
            if twin := seen.get(str(entry["sha256"])):
                raise UsageError(
                    f"the same file as {twin}", where=f"{task.option} {name}", cure="name it once"
                )
            seen[str(entry["sha256"])] = shown
            before = reading.rows
            found = _read_file(task, path, reading, progress)
            reading.files.append({**entry, "rows": reading.rows - before, "format": found.name})
    if not reading.examples:
        reasons = ", ".join(f"{reason}: {n:,}" for reason, n in reading.dropped.most_common(3))
        raise InputError(
            f"none of {reading.rows:,} rows can be used for {task.name} ({reasons})",
            where=" ".join(names),
            cure=f"name a source such as {task.hub}, in Japanese",
        )
    reading.files.sort(key=lambda entry: (entry["name"], entry["sha256"]))
    reading.hub.sort(key=lambda entry: (entry["repo"], entry["commit"]))
    return reading


def _files(task: StxTask, name: str, reading: TaskRows) -> Iterator[tuple[str, Path]]:
    """The files that a name stands for, each with how the receipt calls it."""
    path = Path(name)
    if path.exists():
        for file in table_files(path):
            if not file.is_file():
                raise InputError("this is no file", where=str(file), cure="name a file")
            yield file.name, file
        return
    remote = hub_name(name)
    if remote is None:
        raise InputError(
            "no such file",
            where=name,
            cure=f"check the name, or give a Hub id such as {task.hub}@REVISION",
        )
    found = fetch(remote)
    reading.hub.append({"repo": found.repo, "commit": found.commit})
    yield from found.files.items()


def _read_file(
    task: StxTask, path: Path, reading: TaskRows, progress: Callable[[int], None]
) -> Format:
    """Add what a file holds to ``reading``; give its format, which its first row decides."""
    known: Format | None = None
    for row in read_table(path):
        reading.rows += 1
        if reading.rows % _EVERY == 0:
            progress(reading.rows)
        if row.problem:
            reading.dropped[f"unreadable: {row.problem}"] += 1
            continue
        known = known or format_of(task.name, row.values, where=row.place)
        fields = known.fields(row.values)
        if fields is None:
            reading.dropped["a column is missing"] += 1
            continue
        try:
            example, note = known.make(fields)
        except Dropped as reason:
            reading.dropped[str(reason)] += 1
            continue
        reading.examples.append(example)
        if note:
            reading.notes[note] += 1
    if known is None:
        raise FormatError(
            "there is no row in it that can be read", where=str(path), cure="check the file"
        )
    return known
