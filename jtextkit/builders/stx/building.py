"""Building an STX set: read, choose, measure, write whole."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from jtextkit.builders.sets.described import kinds_of
from jtextkit.builders.sets.writing import check_target, write_set
from jtextkit.builders.stx.card import card_text
from jtextkit.builders.stx.recipe import StxRecipe
from jtextkit.builders.stx.rows import COLUMNS, make_row, measures_of
from jtextkit.builders.stx.selection import select
from jtextkit.builders.stx.sources import StxSources, TaskRows, read_sources
from jtextkit.builders.stx.tasks import TASKS, StxTask
from jtextkit.core.errors import UsageError
from jtextkit.core.files import replacing_folder
from jtextkit.core.progress import Progress, silent
from jtextkit.metrics.morphology.analysis import analyser
from jtextkit.metrics.readability.formula import signature_of

NAME = "stx"

LICENSE = "cc-by-nc-sa-4.0"
"""Of the whole set: XL-Sum's, which what is made of it inherits."""


def build(
    out: Path,
    recipe: StxRecipe,
    sources: StxSources,
    *,
    tokenizer: str | None = None,
    force: bool = False,
    report: Progress = silent,
) -> dict[str, Any]:
    """Choose the set from its sources and write it to the folder ``out``, whole or not at all.

    Args:
        out: replaced if it holds an earlier build by the same recipe.
        tokenizer: what counts tokens, as :func:`~jtextkit.metrics.fertility.load_tokenizer` takes
            it; its identity becomes the recipe's.
        force: replace a build by another recipe too.

    Returns:
        The receipt.

    Raises:
        UsageError: a task without a source, or a tokenizer in the recipe alone.
        TokenizerError: a tokenizer that cannot be read.
        InputError, DownloadError: a source that is not what it should be, or does not come.
        QuotaError: the sources do not suffice.
        OutputError: ``out`` holds something else, or cannot be written.
    """
    counter: Callable[[Sequence[str]], int] | None = None
    if tokenizer is not None:
        from jtextkit.metrics.fertility import load_tokenizer

        adapter = load_tokenizer(tokenizer)
        recipe = replace(recipe, tokenizer=adapter.identity)

        def count(texts: Sequence[str]) -> int:
            return int(adapter.cut(texts).counts.sum())

        counter = count
    elif recipe.tokenizer is not None:
        raise UsageError(
            f"the recipe counts tokens with {recipe.tokenizer}", cure="name it with --tokenizer"
        )

    check_target(out, NAME, recipe.to_dict(), force=force)
    with replacing_folder(out) as folder:
        readings = read_sources(sources, report)
        examples = {name: reading.examples for name, reading in readings.items()}
        selection = select(examples, recipe, counter, report)
        parts = {
            split: [make_row(one, recipe) for one in chosen]
            for split, chosen in selection.splits.items()
        }
        content = {
            "sources": {task.name: _source(task, readings[task.name]) for task in TASKS},
            "license": LICENSE,
            "licenses": {task.name: task.license for task in TASKS},
            "sample": sources.sample,
            "selection": {
                task.name: {
                    "dropped": dict(sorted(selection.dropped[task.name].items())),
                    "unused": selection.unused[task.name],
                }
                for task in TASKS
            },
            "rows": {
                split: {task.name: sum(row["task"] == task.name for row in rows) for task in TASKS}
                for split, rows in parts.items()
            },
            "measures": measures_of(row for rows in parts.values() for row in rows),
        }
        return write_set(
            folder,
            parts,
            kinds_of(COLUMNS),
            recipe.to_dict(),
            content,
            card_text,
            builder=NAME,
            signature=signature_of(analyser(recipe.dictionary), "punct"),
        )


def _source(task: StxTask, reading: TaskRows) -> dict[str, Any]:
    return {
        "name": task.title,
        "license": task.license,
        "license_from": task.license_from,
        "rows": reading.rows,
        "examples": len(reading.examples),
        "dropped": dict(sorted(reading.dropped.items())),
        "notes": dict(sorted(reading.notes.items())),
        "files": reading.files,
        "hub": reading.hub,
    }
