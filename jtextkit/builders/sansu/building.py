"""Building a 算数 set, generated or imported: split by numbers, written whole."""

from __future__ import annotations

import hashlib
import itertools
import random
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from jtextkit.builders.sansu.card import card_text
from jtextkit.builders.sansu.families import FAMILIES
from jtextkit.builders.sansu.generation import generate, reserve
from jtextkit.builders.sansu.importing import read_problems, split_imported
from jtextkit.builders.sansu.problems import GRADES, Family
from jtextkit.builders.sansu.recipe import SansuImportRecipe, SansuRecipe
from jtextkit.builders.sansu.rows import COLUMNS, generated_row
from jtextkit.builders.sets.splits import SPLITS, split_sizes
from jtextkit.builders.sets.writing import check_target, write_set
from jtextkit.core.files import replacing_folder
from jtextkit.core.processes import worker_pool
from jtextkit.core.progress import Progress, silent
from jtextkit.metrics.morphology.analysis import analyser
from jtextkit.metrics.readability.formula import signature_of

NAME = "sansu"

Row = dict[str, Any]


def build(
    out: Path,
    recipe: SansuRecipe,
    *,
    workers: int = 1,
    force: bool = False,
    report: Progress = silent,
) -> dict[str, Any]:
    """Generate the set and write it to the folder ``out``, whole or not at all.

    Args:
        out: replaced if it holds an earlier build by the same recipe.
        workers: processes that generate; the result does not depend on it.
        force: replace a build by another recipe too.

    Returns:
        The receipt.

    Raises:
        QuotaError: a family has not so many problems with different numbers.
        OutputError: ``out`` holds something else, or cannot be written.
    """
    check_target(out, NAME, recipe.to_dict(), force=force)
    families = [
        family
        for family in FAMILIES
        if not recipe.families or {family.slug, family.name} & set(recipe.families)
    ]
    with replacing_folder(out) as folder:
        rows: list[Row] = []
        dropped: Counter[str] = Counter()
        repeating = 0
        for done, (made, lost, near) in enumerate(_all(families, recipe, workers), start=1):
            rows += made
            dropped += lost
            repeating += near
            report("generating and solving twice", done, len(families))
        content = {
            "sources": {},
            "dropped": dict(sorted(dropped.items())),
            "near_duplicates_in_train": repeating,
            "families": dict(Counter(row["family"] for row in rows)),
            "grades": {grade: sum(row["grade"] == grade for row in rows) for grade in GRADES},
        }
        return _write(folder, split(rows, recipe.seed), recipe, content)


def build_import(
    out: Path,
    source: Path,
    recipe: SansuImportRecipe,
    *,
    force: bool = False,
    report: Progress = silent,
) -> dict[str, Any]:
    """Write the problems of a file to the folder ``out``, sieved and audited, whole or not at all.

    Args:
        source: JSONL (also .gz, .zst) or Parquet.
        force: replace a build by another recipe too.

    Returns:
        The receipt.

    Raises:
        InputError: the file cannot be read, or no row is left.
        OutputError: ``out`` holds something else, or cannot be written.
    """
    check_target(out, NAME, recipe.to_dict(), force=force)
    imported = read_problems(source, recipe, report)
    parts = split_imported(imported.rows, recipe.seed)
    content = {
        "sources": {"file": {"name": source.name, "sha256": imported.sha256}},
        **imported.to_dict(),
        "flagged": sum(bool(row["flags"]) for row in imported.rows),
    }
    with replacing_folder(out) as folder:
        return _write(folder, parts, recipe, content)


def shares(total: int, cells: int) -> list[int]:
    """``total`` in ``cells`` parts as equal as can be, larger ones first.

    >>> shares(10, 4)
    [3, 3, 2, 2]
    """
    even, left = divmod(total, cells)
    return [even + (cell < left) for cell in range(cells)]


def split(rows: Sequence[Row], seed: int) -> dict[str, list[Row]]:
    """The rows of each split, in an order that tells neither family nor grade.

    Families and grades have equal shares of every split. Numbers do not occur twice in a family, so
    those of a test problem are in no training problem of its family; and only problems without
    near-duplicates, which come first in their grade, are held out.
    """
    cells: dict[tuple[str, str], list[Row]] = {}
    for row in rows:
        cells.setdefault((row["family"], row["grade"]), []).append(row)
    rng = random.Random(seed)  # noqa: S311 - reproducible, not secret
    parts: dict[str, list[Row]] = {name: [] for name in SPLITS}
    names = _evenly(split_sizes(len(rows)))
    for cell in cells.values():
        places = list(itertools.islice(names, len(cell)))
        free = cell[: reserve(len(cell))]
        rng.shuffle(free)
        held_out = [name for name in places if name != "train"]
        for row, name in zip(free, held_out, strict=False):
            parts[name].append(row)
        parts["train"] += [*free[len(held_out) :], *cell[reserve(len(cell)) :]]
    for part in parts.values():
        part.sort(key=lambda row: hashlib.sha256(f"{seed}:{row['id']}".encode()).digest())
    return parts


def _evenly(sizes: Mapping[str, int]) -> Iterator[str]:
    """The names, each as often as its size says, spread evenly."""
    total = sum(sizes.values())
    given = dict.fromkeys(sizes, 0)
    for place in range(1, total + 1):
        # Whoever lags behind its share most; the smaller split where two do alike.
        name = max(sizes, key=lambda n: (sizes[n] * place - given[n] * total, -sizes[n]))
        given[name] += 1
        yield name


def _all(
    families: Sequence[Family], recipe: SansuRecipe, workers: int
) -> Iterator[tuple[list[Row], Counter[str], int]]:
    """Each family's rows, in order."""
    per_cell = shares(recipe.size, len(families) * len(GRADES))
    tasks = []
    for i, family in enumerate(families):
        # What is left over goes to each family in turn, and with it from grade to grade.
        quotas = tuple(
            per_cell[(grade - i) % len(GRADES) * len(families) + i] for grade in range(len(GRADES))
        )
        tasks.append((family.slug, quotas))
    make = partial(_rows_of, recipe=recipe)
    if workers == 1 or len(tasks) == 1:
        yield from map(make, tasks)
        return
    with worker_pool(min(workers, len(tasks))) as pool:
        yield from pool.map(make, tasks)


def _rows_of(
    task: tuple[str, tuple[int, ...]], *, recipe: SansuRecipe
) -> tuple[list[Row], Counter[str], int]:
    slug, quotas = task
    family = next(family for family in FAMILIES if family.slug == slug)
    generated = generate(family, quotas, recipe.seed, recipe.max_similarity)
    rows = [generated_row(family, problem, recipe.dictionary) for problem in generated.problems]
    dropped = Counter({f"{family.name}: {why}": n for why, n in generated.dropped.items()})
    return rows, dropped, generated.near_duplicates


def _write(
    folder: Path,
    parts: Mapping[str, list[Row]],
    recipe: SansuRecipe | SansuImportRecipe,
    content: Mapping[str, Any],
) -> dict[str, Any]:
    """Write the files of a set; ``content`` is what the receipt has to say of how it was made."""
    return write_set(
        folder,
        parts,
        {name: kind for name, (kind, _) in COLUMNS.items()},
        recipe.to_dict(),
        {"sample": False, "rows": {name: len(part) for name, part in parts.items()}, **content},
        partial(card_text, parts),
        builder=NAME,
        signature=signature_of(analyser(recipe.dictionary), "punct"),
    )
