"""A compact copy of a UniDic, on which MeCab finds the same words in less time.

What MeCab spends its time on is waiting for memory. The copy holds what cutting a text into words
needs, and of each word nothing but its class:

- a feature is one letter for the class (a capital for unknown words), so 150 of unidic-lite's 190 MB
  go, and MeCab prints one byte a word;
- of entries with one surface and the same context ids the cheapest stays (the first of equals): the
  others cost more in every sentence, and had they been chosen, the class, which the left id decides,
  would be the same;
- the entries 。？！． are the ends of sentences, by letter;
- what a sample of text needs often lies together (:mod:`~jtextkit.metrics.morphology.compact.layout`).

Keys, costs, connections and character classes stay as they are, so the words are the same ones.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from string import ascii_lowercase, ascii_uppercase

import numpy as np

from jtextkit.metrics.morphology.classes import END
from jtextkit.metrics.morphology.compact.layout import (
    Use,
    hot_units_together,
    most_used_first,
    use_of,
)
from jtextkit.metrics.morphology.compact.lexicon import (
    Array,
    CompactFormatError,
    Lexicon,
    find,
    leaves_of,
    read,
    write,
)

_END_MARKS = "。？！．"
_SHARED = ("char.bin", "dicrc")
_ROWS = 256
"""Rows of connection costs that are in memory at a time."""


@dataclass(frozen=True, slots=True)
class Letters:
    """What the printed letters mean: classes of known and of unknown words."""

    known: Mapping[str, int]
    unknown: Mapping[str, int]


def write_compact(
    source: Path,
    target: Path,
    known: Mapping[int, int],
    unknown: Mapping[int, int],
    sample: str = "",
) -> Letters:
    """Write a compact copy of the dictionary ``source`` to the empty folder ``target``.

    Args:
        known, unknown: class of each left context id
            (:func:`~jtextkit.metrics.morphology.classes.left_id_classes`).
        sample: text like that which is to be analysed; some 100,000 characters are enough.

    Returns:
        The letters that ``%H`` prints.

    Raises:
        CompactFormatError: the files are of another format.
        OSError: they cannot be read, or the copy cannot be written.
    """
    system, unknowns = read(source / "sys.dic"), read(source / "unk.dic")
    classes = _by_entry(system.entries, known) & ~END
    ends = _end_marks(system)
    classes[ends] += END
    possible = {value & ~END for value in known.values()} | set(classes[ends].tolist())
    letters = _name(system, classes, possible, ascii_lowercase)
    classes = _by_entry(unknowns.entries, unknown) & ~END
    capitals = _name(unknowns, classes, set(classes.tolist()), ascii_uppercase)

    use = use_of(system.units, sample.encode())
    looked_up = _arrange(system, use)
    _renumber(system, unknowns, looked_up, source / "matrix.bin", target / "matrix.bin")
    system.units = hot_units_together(system.units, use.units)
    write(target / "sys.dic", system)
    write(target / "unk.dic", unknowns)
    for name in _SHARED:
        (target / name).symlink_to((source / name).absolute())
    return Letters(letters, capitals)


def _by_entry(entries: Array, classes: Mapping[int, int]) -> Array:
    table = np.full(1 << 16, -1, np.int64)
    table[list(classes)] = list(classes.values())
    found: Array = table[entries["left"]]
    if (found < 0).any():
        raise CompactFormatError("an entry has a left context id that left-id.def lacks")
    return found


def _name(
    lexicon: Lexicon, classes: Array, possible: Collection[int], alphabet: str
) -> dict[str, int]:
    """Give each class a letter, and make it the feature of its entries."""
    values = np.array(sorted(possible))
    if len(values) > len(alphabet):
        raise CompactFormatError("there are more classes of words than letters")
    letters = alphabet[: len(values)]
    lexicon.features = b"".join(letter.encode() + b"\0" for letter in letters)
    lexicon.entries["feature"] = 2 * np.searchsorted(values, classes)
    return dict(zip(letters, values.tolist(), strict=True))


def _end_marks(lexicon: Lexicon) -> Array:
    """The places of the entries whose surface is exactly an end mark."""
    found = [find(lexicon.units, mark.encode()) for mark in _END_MARKS]
    return np.concatenate([np.arange(first, first + number) for first, number in found])


def _arrange(lexicon: Lexicon, use: Use) -> Array:
    """Leave out dominated entries, and put those of the keys that are most looked up first.

    Returns:
        How often each entry that is left is looked up.
    """
    entries = lexicon.entries
    leaves, _firsts, numbers = leaves_of(lexicon)
    key = np.repeat(np.arange(len(leaves)), numbers)

    several = np.flatnonzero(np.repeat(numbers > 1, numbers))
    some = entries[several]
    ids = (key[several] << 32) + (some["left"].astype(np.int64) << 16) + some["right"]
    ranked = np.lexsort((some["cost"], ids))  # stable: the first of equals stays in front
    kept = np.ones(len(entries), bool)
    kept[several[ranked[1:][ids[ranked][1:] == ids[ranked][:-1]]]] = False

    order = np.argsort(-use.values[leaves], kind="stable")
    rank = np.empty(len(order), np.int64)
    rank[order] = np.arange(len(order))
    rows = np.flatnonzero(kept)
    rows = rows[np.argsort(rank[key[rows]], kind="stable")]
    left = np.bincount(key[rows], minlength=len(leaves))
    starts = np.empty(len(leaves), np.int64)
    starts[order] = np.cumsum(left[order]) - left[order]

    lexicon.entries = entries[rows]
    lexicon.units["base"][leaves] = -1 - ((starts << 8) + left)
    looked_up: Array = use.values[leaves][key[rows]]
    return looked_up


def _renumber(
    system: Lexicon, unknowns: Lexicon, looked_up: Array, source: Path, target: Path
) -> None:
    """Number the context ids by use, in both lexicons and in the connection costs."""
    # A word of a dictionary is looked up thousands of times, an unknown one tried at most places.
    tried = np.full(len(unknowns.entries), max(1.0, looked_up.sum() / 10))
    weights = np.concatenate([looked_up, tried])
    costs = np.memmap(source, "<i2", "r")
    # The first number is that of the right ids of left neighbours, by which a row is read.
    columns, rows = (int(number) for number in costs[:2].view("<u2"))
    if len(costs) != 2 + columns * rows:
        raise CompactFormatError(f"{source.name} is of another format")
    orders = {}
    for side, size in (("left", rows), ("right", columns)):
        used = np.concatenate([system.entries[side], unknowns.entries[side]])
        if used.max(initial=0) >= size:
            raise CompactFormatError(f"{source.name} lacks a context id")
        orders[side], places = most_used_first(np.bincount(used, weights, minlength=size))
        for lexicon in (system, unknowns):
            lexicon.entries[side] = places[lexicon.entries[side]]
    matrix = costs[2:].reshape(rows, columns)
    with target.open("wb") as file:
        costs[:2].tofile(file)
        for first in range(0, rows, _ROWS):
            chosen = matrix[orders["left"][first : first + _ROWS]]
            np.take(chosen, orders["right"], axis=1).tofile(file)
