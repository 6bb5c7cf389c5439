"""All passages that Aozora Bunko offers under a recipe, found by several processes.

The result depends on the catalogue and the works alone: workers hand back their parts in the order
of the work ids, whichever finishes first.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field, fields
from functools import partial
from pathlib import Path

from jtextkit.builders.aozora import Library, Work, Writers, read_path
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
class Findings:
    """What a stretch of the catalogue gave.

    Attributes:
        passages: all that keep the recipe's rules, by work id and place.
        works: number of works by outcome: ``read``, or the rule that left them out.
        dropped: number of passages by the rule that dropped them.
        notation: occurrences of Aozora notation by kind.
        unresolved: what the reader met and could not resolve, by kind and text, for each path.
        unreadable: path and reason of each work that could not be read.
        characters: plain text characters read; ``scored`` those that were analysed.
    """

    passages: list[Passage] = field(default_factory=list)
    works: Counter[str] = field(default_factory=Counter)
    dropped: Tally = field(default_factory=Counter)
    notation: Counter[str] = field(default_factory=Counter)
    unresolved: dict[str, dict[str, int]] = field(default_factory=dict)
    unreadable: dict[str, str] = field(default_factory=dict)
    characters: int = 0
    scored: int = 0

    def add(self, other: Findings) -> None:
        """Take over the findings of the stretch that follows."""
        for one in fields(self):
            mine, theirs = getattr(self, one.name), getattr(other, one.name)
            setattr(self, one.name, mine | theirs if type(mine) is dict else mine + theirs)


def eligible(works: Iterable[Work], recipe: DifficultyRecipe) -> tuple[list[Work], Counter[str]]:
    """The works that the recipe's filters let through, by id, and how many each filter drops."""
    reasons = {work.work_id: recipe.filters.reason(work) for work in works}
    dropped = Counter(reason for reason in reasons.values() if reason is not None)
    kept = (work for work in works if reasons[work.work_id] is None)
    return sorted(kept, key=lambda work: work.work_id), dropped


def find_passages(
    library: Library,
    works: Sequence[Work],
    writers: Writers,
    recipe: DifficultyRecipe,
    *,
    workers: int,
    report: Progress,
) -> Findings:
    """Read works and keep the passages that fit.

    Args:
        library: where the works are.
        works: those to read, in the order that the result has.
        writers: who wrote them, found in the whole catalogue.
        workers: processes to read with; one is this one.

    Raises:
        WorkerError: a worker died (killed, or out of memory).
    """
    found = Findings()
    files = library.works([work.path for work in works if work.path], report=report)
    tasks = [
        (
            work.work_id,
            work.path,
            files[work.path],
            writers.writer[work.work_id],
            writers.group[work.work_id],
        )
        for work in works
        if work.path in files
    ]
    if missing := len(works) - len(tasks):
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
    return found


def _read_batch(tasks: Sequence[_Task], *, recipe: DifficultyRecipe) -> Findings:
    found = Findings()
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
        for start, end, passage in cut(text.plain, recipe, found.dropped):
            found.scored += len(passage)
            verdict = judge(passage, recipe)
            if isinstance(verdict, str):
                found.dropped[verdict] += 1
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
                    member_sha256=text.member_sha256,
                    member_bytes=text.member_bytes,
                    start=start,
                    end=end,
                )
            )
    return found
