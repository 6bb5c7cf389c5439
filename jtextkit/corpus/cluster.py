"""Annotating as a step of a datatrove pipeline, for more machines than one wants to start by hand.

The step does what ``jtextkit annotate`` does, shard by shard: same bytes, same receipts. datatrove
only says which task takes which shards. Its own completion marks know nothing of the input, the
dictionary or the options, so run with ``skip_completed=False``: a shard is left alone if its
receipt matches, and only then.

Not handled: shards that an earlier step of the same pipeline writes (their names must be known when
the step is made).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from jtextkit.core.errors import InputError
from jtextkit.core.extras import require
from jtextkit.corpus.batches import Options
from jtextkit.corpus.run import annotate_shards, find_shards, size_of

_PipelineStep: Any = require("datatrove.pipeline.base").PipelineStep


class AnnotateShards(_PipelineStep):  # type: ignore[misc]  # datatrove is typed as Any
    """A pipeline step that annotates a task's part of the shards.

    It takes no documents and gives none; those of an earlier step pass through it.

    Args:
        shards: files, and folders of them, that every task can read; addresses too.
        output: a folder that every task can write to, or its address.
        **options: those of :class:`~jtextkit.corpus.Options`.

    Raises:
        UsageError: as :func:`~jtextkit.corpus.find_shards` and ``Options``.

    A task raises, once it has done all that it could: InputError if shards failed; what
    :func:`~jtextkit.corpus.annotate_shards` raises if there is nothing that it could do.
    """

    name = "readability"
    type = "jtextkit"

    def __init__(self, shards: Iterable[Path | str], output: Path | str, **options: Any) -> None:
        super().__init__()
        paths = [shards] if isinstance(shards, (str, Path)) else shards
        found = find_shards(paths)
        # All tasks get this one list, whatever becomes of the folder; the largest shards first, so
        # that tasks end at about the same time.
        self.shards = sorted(found, key=lambda shard: -size_of(shard))
        self.output = output
        self.options = Options(**options)

    def run(
        self, data: Iterable[Any] | None = None, rank: int = 0, world_size: int = 1
    ) -> Iterator[Any]:
        """Annotate shards ``rank``, ``rank + world_size``, …; rows are counted in ``stats``."""
        if data is not None:
            yield from data
        failures = []
        mine = self.shards[rank::world_size]
        for outcome in annotate_shards(mine, self.output, self.options):
            self.stat_update(outcome.status)
            if outcome.error is not None:
                failures.append(outcome.error)
            if outcome.receipt is not None:
                tally = outcome.receipt["tally"]
                counted = Counter(rows=tally["rows"], characters=tally["counts"]["characters"])
                counted["problems"] = sum(tally["problems"].values())
                for label, value in counted.items():
                    self.stat_update(label, value=value, unit="shard")
        if failures:
            problem = f"{len(failures)} of {len(mine)} shards failed, the first so: {failures[0]}"
            raise InputError(problem)
