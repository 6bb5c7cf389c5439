"""Near-duplicates among all texts of a set at once: none is missed, and none is called so by accident.

Of two texts whose shingles have a Jaccard similarity of t or more, each with its n shingles ordered
from rare to frequent, the first n - ⌈tn⌉ + 1 have one in common (prefix filter: Chaudhuri, Ganti,
Kaushik, ICDE 2006; Bayardo, Ma, Srikant, WWW 2007). Shingles that one text alone has are dropped; in
natural text few others are so rare. Pairs that share one are sifted by size and by bitmaps of their
shingles (Sandes, Teodoro, Melo, Information Systems 2020), which lose no pair; what is left is compared
exactly.

A set made of few phrases has no rare shingles. Beyond :data:`PAIRS` pairs the search ends, and the
result says how many texts were compared with all others. Takes 50 bytes a text, and 8 for each of its
rare shingles. Not handled: more than 16 million texts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import zip_longest
from typing import Final

import numpy as np
import numpy.typing as npt

from jtextkit.builders.sets.findings import LookedAt
from jtextkit.builders.sets.near_duplicates import SHINGLE, run_hashes, shingles
from jtextkit.builders.sets.reading import Item
from jtextkit.core.progress import Progress

PAIRS: Final = 300_000_000
"""Pairs that are sifted at most: about half a minute."""

_STAGE = "looking for near-duplicates"
_ROW_BITS = 24
_HASH_BITS = 64 - _ROW_BITS
_HASH = (1 << _HASH_BITS) - 1
_COUNTER_BITS = 24
_RARITY_BITS = 10
_CHUNK_ROWS = 1 << 14  # with hash and rarity, a row fits into 64 bits
_CHUNK_CHARACTERS = 1 << 20
_BLOCK = 1 << 20
_MAP_BITS = 256
_ROUNDING = 1e-9
_NOTHING: set[str] = set()

Keys = npt.NDArray[np.uint64]
Rows = npt.NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class Twins:
    """Two rows with nearly the same text: similar by shingles, or one but for a character."""

    one: Item
    other: Item
    similarity: float
    but_for_a_character: bool = False

    @property
    def across(self) -> bool:
        """Whether they stand in two splits."""
        return self.one.split != self.other.split

    @property
    def kind(self) -> str:
        """Where they stand, and how alike they are."""
        how = "equal" if self.similarity == 1.0 else "similar"
        if self.but_for_a_character:
            how = "but for a character"
        return f"{'across splits' if self.across else 'in a split'}, {how}"

    def __str__(self) -> str:
        how = f"similarity {self.similarity:.2f}"
        if self.but_for_a_character:
            how = "but for a character"
        one, other = (f"{row.id} ({row.split})" for row in (self.one, self.other))
        return f"{other} nearly repeats {one}, {how}"


@dataclass(frozen=True, slots=True)
class TwinsFound:
    """Each row that nearly repeats an earlier one, with one such: of another split if there is any.

    Attributes:
        compared: rows that were compared with all others, of ``of``.
    """

    twins: tuple[Twins, ...]
    compared: int
    of: int

    def told(self, *, across: bool) -> Iterator[str | LookedAt]:
        """For a check: those across splits or those within one, and whether that is all."""
        for twins in self.twins:
            if twins.across == across:
                yield str(twins)
        if self.compared < self.of:
            yield LookedAt(self.compared, self.of)


def find_twins(
    items: Sequence[Item],
    text: Callable[[Item], str],
    threshold: float,
    report: Progress,
    *,
    same: Callable[[str], str] = lambda text: "".join(text.split()),
) -> TwinsFound:
    """Look for near-duplicates.

    Args:
        text: gives what is compared of a row; parts with NUL between them must each be similar.
        threshold: Jaccard similarity of 5-character shingles, white space aside; above 0.
        same: gives what equal texts have in common, by default all but white space.
    """
    firsts: dict[tuple[str, str], int] = {}  # of texts that are equal in a split, the first
    keys = [(same(text(item)), item.split) for item in items]
    first_of = [firsts.setdefault(key, number) for number, key in enumerate(keys)]
    elsewhere: dict[str, int] = {}
    found = {
        number: (elsewhere[name], 1.0)
        for (name, _), number in firsts.items()
        if elsewhere.setdefault(name, number) != number
    }
    places = list(firsts.values())
    del firsts, keys, elsewhere
    bodies = ["".join(text(items[place]).split()) for place in places]
    search = _Search(bodies, [items[place].split for place in places], threshold, report)
    search.run([number for number, place in enumerate(places) if place in found])
    report(_STAGE, len(places), len(places))
    found |= {places[other]: (places[one], near) for other, (one, near) in search.found.items()}
    twins = []
    for number, first in enumerate(first_of):
        twin = found.get(first)
        if number != first and (twin is None or items[twin[0]].split == items[first].split):
            twin = first, 1.0
        if twin is not None:
            twins.append(Twins(items[twin[0]], items[number], twin[1]))
    return TwinsFound(tuple(twins), len(items) - search.left_out, len(items))


class _Search:
    """The search for each text's twin; the texts hold no white space.

    Attributes:
        found: text to an earlier text and their similarity.
        left_out: texts that were not compared with all that share a rare shingle.
    """

    def __init__(
        self, bodies: list[str], splits: list[str], threshold: float, report: Progress
    ) -> None:
        self.found: dict[int, tuple[int, float]] = {}
        self.left_out = 0
        self._bodies, self._threshold, self._report = bodies, threshold, report
        _, self._split = np.unique(splits, return_inverse=True)
        self._second_split = int(np.argmax(self._split != self._split[0])) if splits else 0
        # What is still wanted of a text: a twin of any split (2), of another one (1), none (0).
        self._wanted = np.full(len(bodies), 2, dtype=np.uint8)
        self._sizes = np.zeros(len(bodies))
        self._maps = np.zeros((len(bodies), _MAP_BITS // 16), dtype=np.uint16)
        self._failed: set[tuple[int, int]] = set()
        self._of = lru_cache(1 << 12)(
            lambda number: [shingles(part) for part in bodies[number].split("\0")]
        )

    def run(self, known: list[int]) -> None:
        """Compare texts that share a rare shingle, nearest ones in order first.

        Args:
            known: texts of which no twin is wanted.
        """
        self._wanted[np.array(known, dtype=np.intp)] = 0
        keys = self._rare()
        hashes, texts = keys >> np.uint64(_ROW_BITS), _rows(keys & np.uint64((1 << _ROW_BITS) - 1))
        at, step, spent = np.arange(len(keys)), 1, 0
        while len(at := at[: np.searchsorted(at, len(keys) - step)]):
            at = at[hashes[at] == hashes[at + step]]
            if step & (step - 1) == 0:  # now and then, drop what no text wants any more
                at = at[at + step <= self._last_wanted(hashes, texts)[at]]
            spent += len(at)
            if spent > PAIRS:
                late = np.unique(texts[at + step])
                self.left_out = int(np.count_nonzero(self._wanted[late]))
                return
            for first in range(0, len(at), _BLOCK):
                block = at[first : first + _BLOCK]
                self._compare(texts[block], texts[block + step])
            step += 1

    def _last_wanted(self, hashes: Keys, texts: Rows) -> Rows:
        """For each place the last one of the same hash whose text still wants a twin, or -1."""
        wanted = np.where(self._wanted[texts] > 0, np.arange(len(texts)), -1)
        starts = np.flatnonzero(np.r_[True, hashes[1:] != hashes[:-1]])
        lengths = np.diff(np.r_[starts, len(hashes)])
        return np.repeat(np.maximum.reduceat(wanted, starts), lengths)

    def _compare(self, one: Rows, other: Rows) -> None:
        wanted = self._wanted[other] > (self._split[one] == self._split[other])
        one, other = one[wanted], other[wanted]
        may_be = self._sift(one, other)
        pairs = {*zip(one[may_be].tolist(), other[may_be].tolist(), strict=True)}
        for a, b in sorted(pairs - self._failed):
            same = bool(self._split[a] == self._split[b])
            if self._wanted[b] <= same:
                continue
            parts = zip_longest(self._of(a), self._of(b), fillvalue=_NOTHING)
            near = min(len(x & y) / len(x | y) for x, y in parts)
            if near < self._threshold:
                self._failed.add((a, b))
                continue
            self.found[b] = a, near
            # Before the first text of a second split there is none of another one to be found.
            self._wanted[b] = same and 0 < self._second_split < b

    def _sift(self, one: Rows, other: Rows) -> npt.NDArray[np.bool_]:
        """Which pairs may be similar, by their sizes and bitmaps."""
        a, b = self._sizes[one], self._sizes[other]
        may_be = np.minimum(a, b) >= self._threshold * np.maximum(a, b) - _ROUNDING
        places = np.flatnonzero(may_be)
        unlike = _ONES[self._maps[one[places]] ^ self._maps[other[places]]].sum(axis=1)
        most = (1 - self._threshold) / (1 + self._threshold) * (a + b)[places] + _ROUNDING
        may_be[places[unlike > most]] = False
        return may_be

    def _rare(self) -> Keys:
        """The rare shingles of each text that another text has too: hash, and in the last bits text."""
        counts = np.zeros(1 << _COUNTER_BITS, dtype=np.uint32)
        for _, keys in self._chunks():
            np.add.at(counts, _counter(keys), 1)
        found = [np.zeros(0, dtype=np.uint64)]
        for first, keys in self._chunks():
            row = (keys >> np.uint64(_HASH_BITS)) << np.uint64(_RARITY_BITS)
            rarity = np.log2(counts[_counter(keys)]) * (1 << _RARITY_BITS) / 32
            ordered = (row | rarity.astype(np.uint64)) << np.uint64(_HASH_BITS)
            ordered = np.sort(ordered | (keys & np.uint64(_HASH)))
            hashes = ordered & np.uint64(_HASH)
            rows = _rows(ordered >> np.uint64(_HASH_BITS + _RARITY_BITS))
            sizes = np.bincount(rows)
            rank = np.arange(len(rows)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
            last = sizes - np.ceil(self._threshold * sizes - _ROUNDING)
            rare = (rank <= last[rows]) & (counts[_counter(hashes)] > 1)
            texts = (rows[rare] + first).astype(np.uint64)
            found.append(hashes[rare] << np.uint64(_ROW_BITS) | texts)
            here = slice(first, first + len(sizes))
            self._sizes[here] = sizes
            bits = np.bincount(
                rows * _MAP_BITS + _rows(hashes % _MAP_BITS), minlength=len(sizes) * _MAP_BITS
            )
            maps = np.packbits((bits & 1).astype(bool)).view(np.uint16)
            self._maps[here] = maps.reshape(len(sizes), -1)
        return np.sort(np.concatenate(found))

    def _chunks(self) -> Iterator[tuple[int, Keys]]:
        """The number of a first text, and of it and those after it each row and hash once."""
        first = 0
        while first < len(self._bodies):
            self._report(_STAGE, first, len(self._bodies))
            few = self._bodies[first : first + _CHUNK_ROWS]
            lengths = np.array([max(len(body), SHINGLE) for body in few])
            number = max(1, int(np.searchsorted(np.cumsum(lengths), _CHUNK_CHARACTERS)))
            lengths = lengths[:number]
            # A text that is shorter than a shingle is its own.
            text = "".join(body.ljust(SHINGLE, "\0") for body in few[:number])
            hashes = run_hashes(text) >> np.uint64(64 - _HASH_BITS)
            rows = np.repeat(np.arange(len(lengths), dtype=np.uint64), lengths)[: len(hashes)]
            left = (np.repeat(np.cumsum(lengths), lengths) - np.arange(len(text)))[: len(hashes)]
            keys = np.sort((rows << np.uint64(_HASH_BITS) | hashes)[left >= SHINGLE])
            new = np.r_[True, keys[1:] != keys[:-1]]  # np.unique takes four times as long
            yield first, keys[new]
            first += len(lengths)


_ONES = np.array([number.bit_count() for number in range(1 << 16)], dtype=np.uint8)


def _rows(values: Keys) -> Rows:
    return values.astype(np.intp)


def _counter(keys: Keys) -> Rows:
    shift = np.uint64(_HASH_BITS - _COUNTER_BITS)
    return _rows(keys >> shift & np.uint64((1 << _COUNTER_BITS) - 1))
