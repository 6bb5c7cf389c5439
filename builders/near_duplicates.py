"""Near-duplicates: texts that share most of their 5-character shingles.

Candidates come from MinHash with locality-sensitive hashing (datasketch); each is confirmed by the
exact Jaccard similarity, so no text is called a duplicate by accident.

Sketching takes nearly all the time. Where the texts are known beforehand, :func:`apart` names those
that share too little with all others together, mostly nearly all of them: they need no sketch.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import cache, lru_cache
from typing import TYPE_CHECKING
from zlib import crc32

if TYPE_CHECKING:
    from datasketch import MinHash  # late where it runs: it loads scipy, and workers need neither

__all__ = ["NearDuplicates", "apart", "shingles", "similarity"]

_SHINGLE = 5
_PERMUTATIONS = 128
_FACTOR = 0x9E3779B97F4A7C15  # odd and its bits mixed: 2**64 over the golden ratio


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


def apart(texts: Sequence[str], threshold: float) -> frozenset[str]:
    """Those of ``texts`` that no other can have a similarity of ``threshold`` or more with.

    What two texts share stands at least twice in all. Of a text with n runs of 5 characters of which
    s occur anywhere else (or again in the text), no similarity is above s / n. Runs are compared by
    a hash of 64 bits, whose collisions can only make a text seem less apart.

    Args:
        texts: all that there will be, each as often as it comes.
    """
    import numpy as np  # late as well

    bare = ["".join(text.split()) for text in texts]
    runs = np.array([max(0, len(one) - _SHINGLE + 1) for one in bare])
    if not runs.sum():
        return frozenset()
    joined = "".join(one for one, number in zip(bare, runs, strict=True) if number)
    characters = np.frombuffer(joined.encode("utf-32-le", "surrogatepass"), dtype="<u4")
    text_of = np.repeat(np.flatnonzero(runs), runs[runs > 0] + _SHINGLE - 1)
    starts = np.flatnonzero(text_of[: 1 - _SHINGLE] == text_of[_SHINGLE - 1 :])
    hashes = np.zeros(len(starts), dtype=np.uint64)
    for place in range(_SHINGLE):
        hashes = hashes * np.uint64(_FACTOR) + characters[starts + place]
    _, which, times = np.unique(hashes, return_inverse=True, return_counts=True)
    shared = np.bincount(text_of[starts[times[which] > 1]], minlength=len(texts))
    # A text too short to have a run is its own shingle, and is left to the comparison.
    return frozenset(
        text
        for text, some, number in zip(texts, shared, runs, strict=True)
        if number and some / number < threshold
    )


def similarity(one: str, other: str) -> float:
    """Jaccard similarity of the two texts' 5-character shingles, white space aside."""
    a, b = shingles(one), shingles(other)
    return len(a & b) / len(a | b)


def shingles(text: str) -> set[str]:
    """The runs of 5 characters in a text, white space aside; of a shorter text, the text."""
    bare = "".join(text.split())
    return {bare[i : i + _SHINGLE] for i in range(max(1, len(bare) - _SHINGLE + 1))}


@cache
def _empty_sketch() -> MinHash:
    from datasketch import MinHash

    return MinHash(num_perm=_PERMUTATIONS, hashfunc=crc32)


@lru_cache(maxsize=4)  # a text is looked up first and added right after, its pair between
def _sketch(text: str) -> MinHash:
    sketch = _empty_sketch().copy()  # with its permutations, which take as long as a text
    sketch.update_batch([shingle.encode() for shingle in shingles(text)])
    return sketch
