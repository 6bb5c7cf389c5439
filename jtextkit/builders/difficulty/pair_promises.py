"""Checks of difficulty-2level that look at several texts: pairs, writers, works, and their balance."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final

from jtextkit.builders.difficulty.row_promises import Run, of_second_edition
from jtextkit.builders.sets.findings import Check, DoesNotApply
from jtextkit.builders.sets.promises import in_two_splits
from jtextkit.builders.sets.reading import Item

if TYPE_CHECKING:
    from jtextkit.builders.difficulty.promises import DifficultySet


def _complete(data: DifficultySet) -> Iterator[str]:
    for item in data.rows:
        if data.recipe.pairs and item.values["pair_id"] is None:
            yield f"{item.id}: it has no pair"
    for name, items in data.pairs:
        if sorted(item.values["label"] for item in items) != [0, 1]:
            yield f"{name}: not one Simple and one Complex text ({_ids(items)})"


def _pair_splits(data: DifficultySet) -> Iterator[str]:
    for name, items in data.pairs:
        parted = name == data.parted_pair and all(item.values["source"] == "jec" for item in items)
        if len({item.split for item in items}) > 1 and not parted:
            yield f"{name}: it stands in two splits ({_ids(items)})"


def _pair_writers(data: DifficultySet) -> Iterator[str]:
    for name, items in data.pairs:
        if len({(item.values["source"], item.values["writer_id"]) for item in items}) > 1:
            yield f"{name}: two writers or two sources ({_ids(items)})"


def _pair_lengths(data: DifficultySet) -> Iterator[str]:
    limit = data.recipe.max_length_gap
    for name, items in data.pairs:
        lengths = [len(item.values["text"]) for item in items]
        if max(lengths) - min(lengths) > limit:
            yield f"{name}: lengths {' and '.join(map(str, lengths))}, more than {limit} apart"


@of_second_edition
def _order(data: DifficultySet) -> Iterator[str]:
    for name, items in data.pairs:
        found = [item.values for item in sorted(items, key=lambda item: item.values["label"])]
        if found[0]["harder_than_percent"] >= found[-1]["harder_than_percent"]:
            yield f"{name}: the second opinion orders its texts the other way"


def _ids(items: Sequence[Item]) -> str:
    return ", ".join(f"{item.id} in {item.split}" for item in items)


def _one_split(kind: str) -> Run:
    def keys(item: Item) -> Iterator[Hashable]:
        if item.values[f"{kind}_id"] is not None:
            yield item.values[f"{kind}_id"]

    return lambda data: in_two_splits(data.rows, keys, kind)


def _sentences(data: DifficultySet) -> Iterator[str]:
    seen: dict[str, Item] = {}
    for item in data.rows:
        for sentence in item.values["source_items"] or ():
            if sentence in seen:
                other = seen[sentence]
                yield f"{item.id}: sentence {sentence} stands in {other.id} ({other.split}) too"
            seen.setdefault(sentence, item)


def _overlaps(data: DifficultySet) -> Iterator[str]:
    works: dict[str, list[Item]] = defaultdict(list)
    for item in data.rows:
        row = item.values
        if row["work_id"] is not None and None not in (row["char_start"], row["char_end"]):
            works[row["work_id"]].append(item)
    for items in works.values():
        items.sort(key=lambda item: item.values["char_start"])
        for one, other in pairwise(items):
            if other.values["char_start"] < one.values["char_end"]:
                yield f"{other.id}: it overlaps with {one.id}"


def _at_most(kind: str) -> Run:
    def run(data: DifficultySet) -> Iterator[str]:
        recipe = data.recipe
        most = recipe.max_per_work if kind == "work" else 2 * recipe.max_per_writer
        for name, number in Counter(item.values[f"{kind}_id"] for item in data.rows).items():
            if name is not None and number > most:
                yield f"{kind} {name}: {number} texts, more than {most}"

    return run


def _balance_of(column: str, kind: str) -> Run:
    """In every split, each source or writer has as many Simple as Complex texts."""

    def run(data: DifficultySet) -> Iterator[str]:
        if not data.recipe.pairs:
            raise DoesNotApply("the recipe makes no pairs")
        parted = data.parted_pair
        counts: dict[tuple[str, str], Counter[int]] = defaultdict(Counter)
        for item in data.rows:
            row = item.values
            if row[column] is not None and (parted is None or row["pair_id"] != parted):
                counts[item.split, row[column]][row["label"]] += 1
        for (split, name), labels in sorted(counts.items()):
            if labels[0] != labels[1]:
                yield f"{kind} {name} in {split}: {labels[0]} Simple, {labels[1]} Complex"

    return run


ORDER_CHECK: Final[Check[Any]] = Check(
    "pair-order", "the second opinion orders every pair as the labels do", _order
)

PAIR_CHECKS: Final[tuple[Check[Any], ...]] = (
    Check("pair-complete", "every pair is one Simple and one Complex text", _complete),
    Check("pair-in-two-splits", "no pair is parted but the one that must be", _pair_splits),
    Check("pair-writer", "the texts of a pair have one writer or source", _pair_writers),
    Check("pair-lengths", "the texts of a pair have nearly one length", _pair_lengths),
    Check("writer-in-two-splits", "every writer stands in one split", _one_split("writer")),
    Check("work-in-two-splits", "every work stands in one split", _one_split("work")),
    Check("kyoto-sentence-twice", "every sentence of Kyoto's is used once", _sentences),
    Check("passage-overlap", "no two texts of a work overlap", _overlaps),
    Check("texts-per-work", "no work has more texts than the recipe allows", _at_most("work")),
    Check(
        "texts-per-writer", "no writer has more texts than the recipe allows", _at_most("writer")
    ),
)

BALANCE_CHECKS: Final[tuple[Check[Any], ...]] = (
    Check(
        "source-by-label", "a source gives as many of each label", _balance_of("source", "source")
    ),
    Check(
        "writer-by-label",
        "a writer gives as many of each label",
        _balance_of("writer_id", "writer"),
    ),
)
