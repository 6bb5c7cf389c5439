"""What checks of all kinds of sets share: groups and near-duplicates against the splits."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from jtextkit.builders.sets.near_duplicates import NearDuplicates, apart, similarity
from jtextkit.builders.sets.reading import Item
from jtextkit.core.progress import Progress


@dataclass(frozen=True, slots=True)
class Twins:
    """Two rows with nearly the same text."""

    one: Item
    other: Item
    similarity: float

    def __str__(self) -> str:
        return (
            f"{self.other.id} ({self.other.split}) nearly repeats {self.one.id} "
            f"({self.one.split}), similarity {self.similarity:.2f}"
        )


def find_twins(
    items: Sequence[Item], text: Callable[[Item], str], threshold: float, report: Progress
) -> list[Twins]:
    """Each row whose text nearly repeats that of an earlier one, with the first such one.

    Rows of the same split are looked for first in other splits, so that no leak hides behind a
    repetition within the split.

    Args:
        threshold: Jaccard similarity of 5-character shingles; a little above it some are missed.
    """
    alone = apart(map(text, items), threshold)
    known: dict[str, NearDuplicates] = defaultdict(lambda: NearDuplicates(threshold, alone))
    by_key: dict[str, Item] = {}
    twins = []
    for number, item in enumerate(items):
        if number % 50 == 0:
            report("looking for near-duplicates", number, len(items))
        body = text(item)
        for split in [*sorted(known.keys() - {item.split}), item.split]:
            if twin := known[split].twin(body):
                one = by_key[twin]
                twins.append(Twins(one, item, similarity(text(one), body)))
                break
        key = str(number)
        by_key[key] = item
        known[item.split].add(key, body)
    report("looking for near-duplicates", len(items), len(items))
    return twins


def in_two_splits(
    items: Iterable[Item], keys: Callable[[Item], Iterable[Hashable]], kind: str
) -> Iterator[str]:
    """Everything that ``keys`` gives for rows of more than one split."""
    places: dict[Hashable, dict[str, str]] = defaultdict(dict)
    for item in items:
        for key in keys(item):
            places[key].setdefault(item.split, item.id)
    for key, rows in sorted(places.items(), key=lambda entry: str(entry[0])):
        if len(rows) > 1:
            where = ", ".join(f"{row} in {split}" for split, row in rows.items())
            yield f"{kind} {key}: {where}"


@cache
def _kanji(character: str) -> bool:
    return (
        "\u4e00" <= character <= "\u9fff"
        or "\u3400" <= character <= "\u4dbf"
        or "\uf900" <= character <= "\ufaff"
        or "\U00020000" <= character <= "\U000323af"
        or character in "々〆〇ヶ"
    )


def kanji_share(text: str) -> float:
    """Kanji (々〆〇ヶ included) as a share of all characters; 0.0 of an empty text."""
    return sum(map(_kanji, text)) / len(text) if text else 0.0
