"""All passages that Aozora Bunko offers under a recipe, found by several processes.

The result depends on the catalogue and the works alone: workers hand back their parts in the order
of the work ids, whichever finishes first.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field, fields
from functools import partial
from pathlib import Path
from typing import Any

from jtextkit.builders.aozora import Library, Work, find_writers, read_path
from jtextkit.builders.difficulty.passages import GAIJI, Passage, Tally, cut, judge
from jtextkit.builders.difficulty.recipe import DifficultyRecipe
from jtextkit.core.errors import InputError
from jtextkit.core.processes import worker_pool
from jtextkit.core.progress import Progress

_BATCH = 16
_AHEAD = 16  # batches for each process to go on with
_Task = tuple[str, str, Path, str, str]
"""A work to read: its id, official path and file, writer and group."""
_STAGE = "reading and scoring works"


@dataclass(slots=True)
class _Findings:
    """What a stretch of the catalogue gave, as the receipt names it.

    Attributes:
        works: number of works by outcome: ``read``, or the rule that left them out.
        unreadable: path and reason of each work that could not be read.
        characters: of plain text that were read; ``characters_scored`` those that were analysed.
        passages: all that keep the recipe's rules, by work id and place.
        passages_dropped: number of passages by the rule that dropped them.
        notation: occurrences of Aozora notation by kind.
        unresolved: what the reader met and could not resolve, by kind and text, for each path.
    """

    works: Tally = field(default_factory=Tally)
    unreadable: dict[str, str] = field(default_factory=dict)
    characters: int = 0
    characters_scored: int = 0
    passages: list[Passage] = field(default_factory=list)
    passages_dropped: Tally = field(default_factory=Tally)
    notation: Tally = field(default_factory=Tally)
    unresolved: dict[str, dict[str, int]] = field(default_factory=dict)

    def add(self, other: _Findings) -> None:
        """Take over the findings of the stretch that follows."""
        for one in fields(self):
            mine, theirs = getattr(self, one.name), getattr(other, one.name)
            setattr(self, one.name, mine | theirs if type(mine) is dict else mine + theirs)


def find_passages(
    library: Library,
    works: Collection[Work],
    recipe: DifficultyRecipe,
    *,
    workers: int,
    report: Progress,
) -> tuple[list[Passage], dict[str, Any]]:
    """Read the works that the recipe takes and keep the passages that fit.

    Args:
        library: where the works are.
        works: all of the catalogue, of which who wrote what is known too.
        workers: processes to read with; one is this one.

    Returns:
        The passages by work id and place, and what became of all works and passages.

    Raises:
        WorkerError: a worker died (killed, or out of memory).
    """
    found = _Findings()
    filters, writers = recipe.filters, find_writers(works)
    taken = []
    for work in sorted(works, key=lambda work: work.work_id):
        if reason := filters.reason(work):
            found.works[reason] += 1
        elif work.path:
            taken.append((work.work_id, work.path))
    files = library.works([path for _, path in taken], report=report)
    tasks = [
        (name, path, files[path], writers.writer[name], writers.group[name])
        for name, path in taken
        if path in files
    ]
    if missing := len(taken) - len(tasks):
        found.works["not-in-library"] = missing
    report(_STAGE, 0, len(tasks))
    done = 0
    batches = [tasks[i : i + _BATCH] for i in range(0, len(tasks), _BATCH)]
    read = partial(_read_batch, recipe=recipe)
    with nullcontext() if workers == 1 else worker_pool(workers) as pool:
        parts = pool.map(read, batches, ahead=_AHEAD) if pool else map(read, batches)
        for batch, part in zip(batches, parts, strict=True):
            found.add(part)
            done += len(batch)
            report(_STAGE, done, len(tasks))
    told = {one.name: getattr(found, one.name) for one in fields(found)}
    return found.passages, {**told, "passages": len(found.passages)}


def _read_batch(tasks: Sequence[_Task], *, recipe: DifficultyRecipe) -> _Findings:
    found = _Findings()
    for work_id, path, file, writer_id, group in tasks:
        try:
            text = read_path(file, where=path, gaiji=GAIJI)
        except InputError as error:
            found.works["unreadable"] += 1
            found.unreadable[path] = f"{error.problem} ({error.where})"
            continue
        found.works["read"] += 1
        found.notation.update(text.plain.notation)
        if text.plain.unresolved:
            found.unresolved[path] = dict(text.plain.unresolved)
        found.characters += len(text.plain.text)
        for start, end, passage in cut(text.plain, recipe, found.passages_dropped):
            found.characters_scored += len(passage)
            verdict = judge(passage, recipe)
            if isinstance(verdict, str):
                found.passages_dropped[verdict] += 1
                continue
            found.passages.append(
                Passage(
                    source="aozora",
                    text=passage,
                    measured=verdict,
                    work_id=work_id,
                    writer_id=writer_id,
                    group=group,
                    path=path,
                    sha256=text.member_sha256,
                    bytes=text.member_bytes,
                    char_start=start,
                    char_end=end,
                )
            )
    return found
