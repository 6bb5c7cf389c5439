"""Building a 算数 set, generated or imported: written whole.

A generated set is the first items of the environment's sources, one a split, but for those that
repeat an earlier one: they are drawn again. Workers make the items; which of them repeat others is
decided in one place and order, so the bytes do not depend on their number.
"""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from jtextkit.builders.sansu.card import card_text
from jtextkit.builders.sansu.environment import cell, problem_at, topics_of
from jtextkit.builders.sansu.importing import read_problems, split_imported
from jtextkit.builders.sansu.problems import GRADES, mask
from jtextkit.builders.sansu.recipe import SansuImportRecipe, SansuRecipe
from jtextkit.builders.sansu.rows import COLUMNS, generated_row
from jtextkit.builders.sets.near_duplicates import shingles
from jtextkit.builders.sets.splits import SPLITS, split_sizes
from jtextkit.builders.sets.writing import check_target, write_set
from jtextkit.core.errors import QuotaError
from jtextkit.core.files import replacing_folder
from jtextkit.core.processes import worker_pool
from jtextkit.core.progress import Progress, silent
from jtextkit.metrics.morphology.analysis import analyser
from jtextkit.metrics.readability.formula import signature_of

NAME = "sansu"
_BATCH = 50
_ATTEMPTS = 400
_LENIENT = 40
"""Redraws of a row after which it may nearly repeat another one of its split."""

_DIFFERENT = 8
"""Redraws for which a problem must differ from all others in more than its numbers."""

_LIKE = 0.8
"""From which similarity on problems without their numbers are the same words."""

Row = dict[str, Any]
Place = tuple[str, int, int]
"""A split, a number among all rows, and an attempt."""


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
        QuotaError: a topic has not so many different problems.
        OutputError: ``out`` holds something else, or cannot be written.
    """
    check_target(out, NAME, recipe.to_dict(), force=force)
    with replacing_folder(out) as folder:
        parts: dict[str, list[Row]] = defaultdict(list)
        seen = _Seen(recipe)
        again: Counter[str] = Counter()
        for done, (split, row) in enumerate(_rows(recipe, workers, seen, again), start=1):
            parts[split].append(row)
            if done % _BATCH == 0 or done == recipe.size:
                report("generating and solving twice", done, recipe.size)
        rows = [row for part in parts.values() for row in part]
        content = {
            "sources": {},
            "drawn_again": dict(sorted(again.items())),
            "near_duplicates_within_splits": seen.near_duplicates,
            "topics": dict(Counter(row["topic"] for row in rows)),
            "grades": {grade: sum(row["grade"] == grade for row in rows) for grade in GRADES},
            "plans": len({row["plan"] for row in rows}),
        }
        return _write(folder, {name: parts[name] for name in split_sizes(0)}, recipe, content)


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


def _rows(
    recipe: SansuRecipe, workers: int, seen: _Seen, again: Counter[str]
) -> Iterator[tuple[str, Row]]:
    """Every row with its split, in an order that tells neither topic nor grade."""
    for (split, number, _), made in _made(list(_places(recipe)), recipe, workers):
        row, attempt = made, 0
        while why := seen.reason(row, split, attempt):
            again[why] += 1
            attempt += 1
            if attempt == _ATTEMPTS:
                raise QuotaError(
                    f"its problems repeat each other ({why})",
                    where=f"{row['topic']} ({row['grade']})",
                    cure="ask for a smaller --size",
                )
            row = _row((split, number, attempt), recipe=recipe)
        seen.add(row, split, lenient=attempt >= _LENIENT)
        yield split, row


def _places(recipe: SansuRecipe) -> Iterator[Place]:
    """The places of all rows; each split's are a run, so its topics and grades have equal shares."""
    end = recipe.size
    for split, size in reversed(split_sizes(recipe.size).items()):  # what is held out comes first
        numbers = list(range(end - size, end))
        random.Random(f"{recipe.seed}:{split}").shuffle(numbers)  # noqa: S311 - reproducible
        yield from ((split, number, 0) for number in numbers)
        end -= size


def _made(places: list[Place], recipe: SansuRecipe, workers: int) -> Iterator[tuple[Place, Row]]:
    batches = [places[i : i + _BATCH] for i in range(0, len(places), _BATCH)]
    make = partial(_batch, recipe=recipe)
    if workers == 1 or len(batches) == 1:
        rows: Iterable[list[Row]] = map(make, batches)
        for batch, made in zip(batches, rows, strict=True):
            yield from zip(batch, made, strict=True)
        return
    with worker_pool(min(workers, len(batches))) as pool:
        for batch, made in zip(batches, pool.map(make, batches), strict=True):
            yield from zip(batch, made, strict=True)


def _batch(places: list[Place], *, recipe: SansuRecipe) -> list[Row]:
    return [_row(place, recipe=recipe) for place in places]


def _row(place: Place, *, recipe: SansuRecipe) -> Row:
    split, number, attempt = place
    topics = topics_of(recipe.topics)
    topic, grade = cell(number, topics, range(len(GRADES)))
    problem = problem_at(topic, grade, split, recipe.seed, number, attempt)
    return generated_row(topic, problem, recipe.dictionary)


class _Seen:
    """The problems so far.

    The numbers of a topic's problem stand in one split. Near-duplicates are looked for among problems of one kind: those
    of different kinds share too little. Problems should differ from each other without their numbers
    as well; so much is asked of the first redraws of a row,
    as long as it has taken neither half as many as there are rows, nor 2,000. Where a kind
    has run out, rows may nearly repeat others of their split, never one of another.
    """

    def __init__(self, recipe: SansuRecipe) -> None:
        self._max_similarity = recipe.max_similarity
        self._patience = min(recipe.size // 2, 2000) + 20
        self._numbers: dict[tuple[str, ...], str] = {}
        self._bits: dict[tuple[str, str], dict[str, int]] = defaultdict(dict)
        self.near_duplicates = 0
        self._texts: dict[tuple[str, str, str], list[int]] = defaultdict(list)
        self._masked: dict[tuple[str, str], list[int]] = defaultdict(list)

    def reason(self, row: Row, split: str, attempt: int) -> str:
        """Why the problem must be drawn again, or ""."""
        kind = (row["topic"], row["kind"])
        if self._numbers.get((row["topic"], *row["numbers"]), split) != split:
            return "numbers of another split"
        for other in SPLITS:
            if other == split and attempt >= _LENIENT:
                continue
            if self._near(kind, row["problem"], self._texts[*kind, other], self._max_similarity):
                return "near-duplicate"
        asked = self._patience and attempt < _DIFFERENT
        if asked and self._near(kind, mask(row["problem"]), self._masked[kind], _LIKE):
            self._patience -= 1
            return "same words"
        return ""

    def add(self, row: Row, split: str, *, lenient: bool) -> None:
        """Remember a problem."""
        self._numbers[row["topic"], *row["numbers"]] = split
        kind = (row["topic"], row["kind"])
        self.near_duplicates += lenient
        self._texts[*kind, split].append(self._as_bits(kind, row["problem"]))
        if self._patience:
            self._masked[kind].append(self._as_bits(kind, mask(row["problem"])))

    def _near(self, kind: tuple[str, str], text: str, others: Sequence[int], limit: float) -> bool:
        bits = self._as_bits(kind, text)
        length = bits.bit_count()
        for other in others:
            shared = (bits & other).bit_count()
            if shared >= limit * (length + other.bit_count() - shared):
                return True
        return False

    def _as_bits(self, kind: tuple[str, str], text: str) -> int:
        """The shingles as bits of one number: thousands of texts are compared in a moment."""
        places = self._bits[kind]
        bits = 0
        for shingle in shingles(text):
            bits |= 1 << places.setdefault(shingle, len(places))
        return bits


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
