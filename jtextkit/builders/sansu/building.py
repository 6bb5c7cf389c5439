"""Building a 算数 set, generated or imported: written whole.

A generated set is the first items of the environment's sources, one a split, but for those that
repeat an earlier one: they are drawn again. Workers make the items; which of them repeat others is
decided in one place and order, so the bytes do not depend on their number.
"""

from __future__ import annotations

import hashlib
import random
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from itertools import chain
from pathlib import Path
from typing import Any
from zlib import crc32

from jtextkit.builders.sansu.card import card_text
from jtextkit.builders.sansu.environment import cell, problem_at, topics_of
from jtextkit.builders.sansu.importing import read_problems, split_imported
from jtextkit.builders.sansu.problems import GRADES, mask
from jtextkit.builders.sansu.recipe import SansuImportRecipe, SansuRecipe
from jtextkit.builders.sansu.rows import COLUMNS, generated_row
from jtextkit.builders.sansu.tally import Tally
from jtextkit.builders.sets.described import kinds_of
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
"""Redraws of a row after which it may nearly repeat another one of its split; half as many from then on
for rows of its topic, grade and split, whose words have run out."""

_DIFFERENT = 12
"""Redraws for which a problem must differ from all others in more than its numbers."""

_LIKE = 0.8
"""From which similarity on problems without their numbers are the same words."""

_BITS = 8192
_MARGIN = 0.01
"""By how much two fingerprints may look less alike than their texts are: a text has some 200 shingles."""

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
        QuotaError: a topic has not so many different problems.
        OutputError: ``out`` holds something else, or cannot be written.
    """
    check_target(out, NAME, recipe.to_dict(), force=force)
    tally, seen = Tally(), _Seen(recipe)
    again: Counter[str] = Counter()

    def content() -> dict[str, Any]:
        return {
            "sources": {},
            "drawn_again": dict(sorted(again.items())),
            "near_duplicates_within_splits": seen.near_duplicates,
            "topics": dict(tally.by_topic),
            "grades": {grade: tally.grades[grade] for grade in GRADES},
            "plans": len(tally.plans),
        }

    with replacing_folder(out) as folder, _mapping(workers) as mapped:
        parts = {
            split: tally.counting(split, _rows(split, numbers, recipe, mapped, seen, again, report))
            for split, numbers in _places(recipe)
        }
        return _write(folder, parts, recipe, content, tally)


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
    parts, content = _imported(source, recipe, report)
    tally = Tally()
    counted = {split: tally.counting(split, rows) for split, rows in parts.items()}
    with replacing_folder(out) as folder:
        return _write(folder, counted, recipe, lambda: content, tally)


def preview_import(
    source: Path, recipe: SansuImportRecipe, *, report: Progress = silent
) -> dict[str, Any]:
    """What an import would keep and leave out, and which rule costs how many rows; nothing is written.

    Raises:
        InputError: the file cannot be read, or no row is left.
    """
    parts, content = _imported(source, recipe, report)
    sizes = {name: len(rows) for name, rows in parts.items()}
    return {"preview": True, "rows": sizes, "recipe": recipe.to_dict(), **content}


def _imported(
    source: Path, recipe: SansuImportRecipe, report: Progress
) -> tuple[dict[str, list[Row]], dict[str, Any]]:
    """The rows of each split, and what the receipt says of them."""
    imported = read_problems(source, recipe, report)
    content = {
        "sources": {"file": {"name": source.name, "sha256": imported.sha256}},
        **imported.to_dict(),
        "flagged": sum(bool(row["flags"]) for row in imported.rows),
    }
    return split_imported(imported.rows, recipe.seed), content


@contextmanager
def _mapping(workers: int) -> Iterator[Callable[..., Iterator[Any]]]:
    """``map``, over so many processes."""
    if workers == 1:
        yield map
        return
    with worker_pool(workers) as pool:
        yield pool.map


def _places(recipe: SansuRecipe) -> Iterator[tuple[str, list[int]]]:
    """Each split with the numbers of its rows among all, which are a run, in an order that tells
    neither topic nor grade: so its topics and grades have equal shares.
    """
    end = recipe.size
    for split, size in reversed(split_sizes(recipe.size).items()):  # what is held out comes first
        numbers = list(range(end - size, end))
        random.Random(f"{recipe.seed}:{split}").shuffle(numbers)  # noqa: S311 - reproducible
        yield split, numbers
        end -= size


def _rows(
    split: str,
    numbers: list[int],
    recipe: SansuRecipe,
    mapped: Callable[..., Iterator[list[Row]]],
    seen: _Seen,
    again: Counter[str],
    report: Progress,
) -> Iterator[Row]:
    """The rows of a split; what repeats an earlier row is drawn again."""
    row_at = partial(_row, split, recipe=recipe)
    batches = [numbers[i : i + _BATCH] for i in range(0, len(numbers), _BATCH)]
    made = chain.from_iterable(mapped(partial(_batch, split, recipe=recipe), batches))
    for number, first in zip(numbers, made, strict=True):
        row, attempt = first, 0
        while why := seen.reason(row, split, attempt):
            again[why] += 1
            attempt += 1
            if attempt == _ATTEMPTS:
                raise QuotaError(
                    f"its problems repeat each other ({why})",
                    where=f"{row['topic']} ({row['grade']})",
                    cure="ask for a smaller --size",
                )
            row = row_at(number, attempt)
        seen.add(row, split, attempt)
        if seen.count % _BATCH == 0 or seen.count == recipe.size:
            report("generating and solving twice", seen.count, recipe.size)
        yield row


def _batch(split: str, numbers: list[int], *, recipe: SansuRecipe) -> list[Row]:
    return [_row(split, number, 0, recipe=recipe) for number in numbers]


def _row(split: str, number: int, attempt: int, *, recipe: SansuRecipe) -> Row:
    topic, grade = cell(number, topics_of(recipe.topics), range(len(GRADES)))
    problem = problem_at(topic, grade, split, recipe.seed, number, attempt)
    return generated_row(topic, problem, recipe.dictionary)


class _Seen:
    """The problems so far, as fingerprints: bits that stand for their shingles.

    The numbers of a topic's problem stand in one split. Near-duplicates are looked for among problems of
    one kind: those of different kinds share too little. Problems should differ from each other without
    their numbers as well; so much is asked of the first redraws of a row, as long as it has taken
    neither as many as there are rows, nor 4,000. Where a kind has run out, rows may nearly repeat
    others of their split, never one of another.
    """

    def __init__(self, recipe: SansuRecipe) -> None:
        limit = recipe.max_similarity
        self._limit = limit - _MARGIN if limit < 1 else 1.0
        self._patience = min(recipe.size, 4000) + 20
        self._numbers: dict[int, str] = {}
        self._texts: dict[tuple[str, str, str], list[int]] = defaultdict(list)
        self._masked: dict[tuple[str, str], list[int]] = defaultdict(list)
        self._lenient: dict[tuple[str, str, str], int] = {}
        self._prints = 0, 0
        self.near_duplicates = self.count = 0

    def reason(self, row: Row, split: str, attempt: int) -> str:
        """Why the problem must be drawn again, or ""."""
        kind = (row["topic"], row["kind"])
        if self._numbers.get(_numbers_of(row), split) != split:
            return "numbers of another split"
        self._prints = _fingerprint(row["problem"]), _fingerprint(mask(row["problem"]))
        for other in SPLITS:
            if other == split and attempt >= self._patience_of(row, split):
                continue
            if _near(self._prints[0], self._texts[*kind, other], self._limit):
                return "near-duplicate"
        asked = self._patience and attempt < _DIFFERENT
        if asked and _near(self._prints[1], self._masked[kind], _LIKE):
            self._patience -= 1
            return "same words"
        return ""

    def _patience_of(self, row: Row, split: str) -> int:
        return self._lenient.get((row["topic"], row["grade"], split), _LENIENT)

    def add(self, row: Row, split: str, attempt: int) -> None:
        """Remember the problem that was asked about last."""
        if attempt >= (patience := self._patience_of(row, split)):
            self._lenient[row["topic"], row["grade"], split] = max(patience // 2, 1)
            self.near_duplicates += 1
        kind = (row["topic"], row["kind"])
        self._numbers[_numbers_of(row)] = split
        self.count += 1
        self._texts[*kind, split].append(self._prints[0])
        if self._patience:
            self._masked[kind].append(self._prints[1])


def _numbers_of(row: Row) -> int:
    text = " ".join((row["topic"], *row["numbers"]))
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:8])


def _fingerprint(text: str) -> int:
    """A bit for each shingle; a few fall on the same bit, which :data:`_MARGIN` allows for."""
    bits = 0
    for shingle in shingles(text):
        bits |= 1 << crc32(shingle.encode()) % _BITS
    return bits


def _near(bits: int, others: Iterable[int], limit: float) -> bool:
    length = bits.bit_count()
    for other in others:
        shared = (bits & other).bit_count()
        if shared >= limit * (length + other.bit_count() - shared):
            return True
    return False


def _write(
    folder: Path,
    parts: Mapping[str, Iterable[Mapping[str, Any]]],
    recipe: SansuRecipe | SansuImportRecipe,
    content: Callable[[], Mapping[str, Any]],
    tally: Tally,
) -> dict[str, Any]:
    """Write the files of a set; ``content`` is what the receipt has to say of how it was made."""
    return write_set(
        folder,
        parts,
        kinds_of(COLUMNS),
        recipe.to_dict(),
        lambda: {"sample": False, "rows": tally.sizes, **content()},
        partial(card_text, tally),
        builder=NAME,
        signature=signature_of(analyser(recipe.dictionary), "punct"),
    )
