"""Text that repeats itself or others: distinct n-grams, the longest repeat, runs copied.

All in n log n steps at worst and memory in proportion to the text, whatever it holds: characters
become numbers, stretches of them one number, and equal numbers are found by sorting.
"""

from collections.abc import Iterable
from typing import Any

import numpy as np

RUN = 20
"""Characters (white space aside) that must follow each other alike to count as copied."""

MEASURED = 100_000
"""Characters of a text that :func:`longest_repeat` and :func:`distinct` look at, from its start."""

# An odd multiplier modulo 2**64; different windows of 20 characters meet in about one of 10**19.
_BASE = 0x9E3779B97F4A7C15


def _codes(text: str) -> Any:
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)


def distinct(text: str, n: int) -> float | None:
    """Different n-grams of characters as a share of all (distinct-n); None for none.

    1.0 where none comes twice. It falls with length: compare texts of like length only.
    """
    codes = _codes(text[:MEASURED]).astype(np.uint64)
    if len(codes) < n:
        return None
    grams = _windows(codes, n)
    return len(np.unique(grams)) / len(grams)


def longest_repeat(text: str) -> int:
    """Length in characters of the longest stretch that stands in ``text`` twice, overlaps included.

    By doubling (Karp, Miller, Rosenberg 1972): stretches of 1, 2, 4, … characters are numbered, the
    longest that comes twice is put together from them.
    """
    _, ranks = np.unique(_codes(text[:MEASURED]), return_inverse=True)
    if len(ranks) < 2 or ranks.max() + 1 == len(ranks):
        return 0
    doubled = [ranks]  # of stretches of 2**k characters
    while (longer := _joined(doubled[-1], doubled[-1], 1 << (len(doubled) - 1))) is not None:
        doubled.append(longer)
    best, length = doubled[-1], 1 << (len(doubled) - 1)
    for k in range(len(doubled) - 2, -1, -1):
        longer = _joined(best, doubled[k], length)
        if longer is not None:
            best, length = longer, length + (1 << k)
    return length


def _joined(first: Any, second: Any, gap: int) -> Any:
    """Numbers of the stretches ``first[i] second[i + gap]``; None if none comes twice."""
    number = len(second) - gap
    if number < 2:
        return None
    pairs = first[:number].astype(np.int64) * (int(second.max()) + 1) + second[gap:]
    different, ranks = np.unique(pairs, return_inverse=True)
    return None if len(different) == number else ranks


def _windows(codes: Any, n: int) -> Any:
    """One number for each stretch of ``n`` characters."""
    number = len(codes) - n + 1
    hashes = np.zeros(max(number, 0), dtype=np.uint64)
    if number < 1:
        return hashes
    for at in range(n):
        hashes = hashes * np.uint64(_BASE) + codes[at : at + number]
    return hashes


class Copies:
    """Runs of :data:`RUN` characters of some texts, to find them in others. 8 bytes a character."""

    def __init__(self, texts: Iterable[str], run: int = RUN) -> None:
        self._run = run
        parts = [self._hashes(text) for text in texts]
        self._known = np.unique(np.concatenate(parts)) if parts else np.zeros(0, dtype=np.uint64)

    def _hashes(self, text: str) -> Any:
        return _windows(_codes("".join(text.split())).astype(np.uint64), self._run)

    def __len__(self) -> int:
        """The number of different runs."""
        return len(self._known)

    def share(self, text: str) -> float:
        """The share of the text's runs that stand in the known texts: 0.0 none, 1.0 all.

        A text shorter than a run has none, and so 0.0.
        """
        hashes = self._hashes(text)
        if not len(hashes) or not len(self._known):
            return 0.0
        places = np.minimum(np.searchsorted(self._known, hashes), len(self._known) - 1)
        return float(np.mean(self._known[places] == hashes))
