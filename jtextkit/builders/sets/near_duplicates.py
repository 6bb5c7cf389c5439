"""Near-duplicates: texts that share most of their 5-character shingles.

Candidates come from MinHash with locality-sensitive hashing (datasketch); each is confirmed by the
exact Jaccard similarity, so no text is called a duplicate by accident.

Sketching takes nearly all the time. Where the texts are known beforehand, :func:`apart` names those
that share too little with all others together, mostly nearly all of them: they need no sketch.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from functools import cache, lru_cache
from typing import TYPE_CHECKING
from zlib import crc32

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt
    from datasketch import MinHash  # late where it runs: it loads scipy, and workers need neither

SHINGLE = 5
"""Characters of a shingle."""

_PERMUTATIONS = 128
_FACTOR = 0x9E3779B97F4A7C15  # odd and its bits mixed: 2**64 over the golden ratio
_HASH_BITS = 24  # many times the runs of a set, in 32 MiB


class NearDuplicates:
    """Texts added so far, searchable for a twin.

    Args:
        threshold: Jaccard similarity from which on two texts are near-duplicates. Pairs within
            about 0.1 of it may be missed, as LSH is a sieve.
        apart: texts known to be no near-duplicate of any other that comes (:func:`apart`).
    """

    def __init__(self, threshold: float, apart: Collection[str] = frozenset()) -> None:
        from datasketch import MinHashLSH

        self._threshold = threshold
        self._apart = apart
        # Favouring recall: false candidates cost a comparison, missed ones a duplicate.
        self._index = MinHashLSH(threshold=threshold, num_perm=_PERMUTATIONS, weights=(0.1, 0.9))
        self._texts: dict[str, str] = {}

    def twin(self, text: str) -> str | None:
        """The name of an added text that ``text`` nearly repeats, or None."""
        if text in self._apart:
            return None
        names = sorted(self._index.query(_sketch(text)))
        return next(
            (name for name in names if similarity(self._texts[name], text) >= self._threshold), None
        )

    def add(self, name: str, text: str) -> None:
        """Remember ``text`` under a name of its own."""
        if text in self._apart:
            return
        self._index.insert(name, _sketch(text))
        self._texts[name] = text


def apart(texts: Iterable[str], threshold: float) -> frozenset[str]:
    """Those of ``texts`` that no other can have a similarity of ``threshold`` or more with.

    What two texts share stands at least twice in all. Of a text with n runs of 5 characters of which
    s stand anywhere else, or again in the text, no similarity is above s / n. Runs are told apart by
    a hash, whose collisions can only make a text seem less apart. Takes 4 bytes a character.

    Args:
        texts: all that there will be, each as often as it comes.
    """
    import numpy as np  # late as well

    once, again = np.zeros((2, 1 << _HASH_BITS), dtype=bool)
    hashed = [(text, _hashes(text)) for text in texts]
    for _, hashes in hashed:
        again[hashes[once[hashes]]] = True
        once[hashes] = True
        ordered = np.sort(hashes)
        again[ordered[1:][ordered[1:] == ordered[:-1]]] = True
    # A text too short to have a run is its own shingle, and is left to the comparison.
    return frozenset(
        text
        for text, hashes in hashed
        if len(hashes) and np.count_nonzero(again[hashes]) / len(hashes) < threshold
    )


def _hashes(text: str) -> npt.NDArray[np.uint32]:
    """A hash of :data:`_HASH_BITS` bits for each place at which a run of 5 characters starts."""
    import numpy as np

    return (run_hashes("".join(text.split())) >> np.uint64(64 - _HASH_BITS)).astype(np.uint32)


def run_hashes(text: str) -> npt.NDArray[np.uint64]:
    """A hash of 64 bits for each place at which a run of 5 characters starts; high bits are best."""
    import numpy as np

    data = text.encode("utf-32-le", "surrogatepass")
    characters = np.frombuffer(data, dtype="<u4").astype(np.uint64)
    places = max(0, len(characters) - SHINGLE + 1)
    mixed = np.zeros(places, dtype=np.uint64)
    for place in range(SHINGLE):
        mixed = (mixed + characters[place : place + places]) * np.uint64(_FACTOR)
    return mixed


def similarity(one: str, other: str) -> float:
    """Jaccard similarity of the two texts' 5-character shingles, white space aside."""
    a, b = shingles(one), shingles(other)
    return len(a & b) / len(a | b)


def shingles(text: str) -> set[str]:
    """The runs of 5 characters in a text, white space aside; of a shorter text, the text."""
    bare = "".join(text.split())
    return {bare[i : i + SHINGLE] for i in range(max(1, len(bare) - SHINGLE + 1))}


@cache
def _empty_sketch() -> MinHash:
    from datasketch import MinHash

    return MinHash(num_perm=_PERMUTATIONS, hashfunc=crc32)


@lru_cache(maxsize=4)  # a text is looked up first and added right after, its pair between
def _sketch(text: str) -> MinHash:
    sketch = _empty_sketch().copy()  # with its permutations, which take as long as a text
    sketch.update_batch([shingle.encode() for shingle in shingles(text)])
    return sketch
