"""Where things lie in a dictionary, for the text at hand: what is often needed, side by side.

MeCab spends most of its time waiting for memory: for units of the trie, for entries, and for
connection costs, each strewn over tens of megabytes, while a text needs few of them. A sample tells
which. Nothing but places changes: the trie holds the same keys, context ids are other numbers for
the same rows and columns of costs, and the entries of a key stay in their order, on which it depends
which of two equally good ways is taken.
"""

from __future__ import annotations

import itertools
from typing import NamedTuple

import numpy as np

from jtextkit.metrics.morphology.compact.lexicon import UNIT, Array, CompactFormatError

_MOST_MOVED = 30_000
"""Units whose children are laid together; what is rarer than these does not matter."""

_WINDOW = 4096
_SLIDE = 512
_CODES = 257
"""Children that a unit can have: one for its value, one for each byte."""


class Use(NamedTuple):
    """How often a text makes MeCab come to each unit of a trie (``units``), and read the value
    there (``values``).
    """

    units: Array
    values: Array


def use_of(units: Array, sample: bytes) -> Use:
    """Look up what begins at each character of a UTF-8 text."""
    base, check = units["base"], units["check"]
    data = np.frombuffer(sample + b"\0", np.uint8)
    at = np.flatnonzero((data[:-1] & 0xC0) != 0x80)
    here = np.full(len(at), base[0], np.int64)
    passed = [np.zeros(len(at), np.int64)]
    read = [passed[0][:0]]
    while len(at):
        read.append(here[(check[here] == here) & (base[here] < 0)])
        there = np.minimum(here + data[at] + 1, len(units) - 1)
        goes_on = (check[there] == here) & (base[there] >= 0)
        at, there = at[goes_on] + 1, there[goes_on]
        passed.append(there)
        here = base[there].astype(np.int64)

    def count(places: list[Array]) -> Array:
        return np.bincount(np.concatenate(places), minlength=len(units))

    return Use(count(passed), count(read))


def most_used_first(uses: Array) -> tuple[Array, Array]:
    """An order of things by their use, and the new place of each. The first, which is the border of
    a sentence, stays where it is.
    """
    weights = np.array(uses, dtype=np.float64)
    weights[0] = np.inf
    order = np.argsort(-weights, kind="stable")
    places = np.empty(len(order), np.int64)
    places[order] = np.arange(len(order))
    return order, places


def hot_units_together(units: Array, use: Array) -> Array:
    """The same trie, with the children of its most used units in a stretch of their own behind the
    others.

    Raises:
        CompactFormatError: two units have their children at one base, or a unit says that its parent is one
            which cannot reach it.
    """
    base, check = units["base"], units["check"]
    # Few large arrays: memory that is touched for the first time is what this takes its time for.
    parents = np.flatnonzero((base > 0) & (use > 0))
    hot = parents[np.argsort(-use[parents], kind="stable")][:_MOST_MOVED]
    rank = np.full(len(units), -1, np.int32)  # of hot units, by base
    rank[base[hot]] = np.arange(len(hot))
    if np.count_nonzero(rank[base[base > 0]] >= 0) != np.count_nonzero(rank >= 0):
        raise CompactFormatError("two units have their children at one base")
    children = np.flatnonzero((rank[check] >= 0) & (check > 0))
    ranks = rank[check[children]]
    order = np.argsort(ranks, kind="stable")
    children, ranks = children[order], ranks[order]
    codes = children - base[hot][ranks]
    if len(codes) and (codes.min() < 0 or codes.max() >= _CODES):
        raise CompactFormatError("a unit lies where its parent cannot reach it")
    bases, size = _pack(codes, np.searchsorted(ranks, np.arange(len(hot) + 1)))
    bases += len(units)

    moved = np.zeros(len(units) + size, UNIT)
    moved[: len(units)] = units
    moved[children] = 0
    places = bases[ranks] + codes
    moved[places] = units[children]
    moved["check"][places] = bases[ranks]
    now = np.arange(len(units), dtype=np.int32)
    now[children] = places
    moved["base"][now[hot]] = bases
    return moved


def _pack(codes: Array, borders: Array) -> tuple[Array, int]:
    """Bases for units whose children have these codes, so that no two children share a place: first
    fit, in a window that moves on when it is full. And the size of what they take.
    """
    window = (1 << _WINDOW) - 1
    free, start = window, 0
    taken: set[int] = set()
    bases = []
    whole, ends = codes.tolist(), borders.tolist()
    for first, after in itertools.pairwise(ends):
        own = whole[first:after]
        lowest = own[0]
        while True:
            fits = free
            for code in own:
                fits &= free >> (code - lowest)
            base = -1
            while fits:
                place = (fits & -fits).bit_length() - 1
                base = start + place - lowest
                if base > 0 and base not in taken:
                    break
                fits &= fits - 1
            if fits:
                break
            free = (free >> _SLIDE) | ((1 << _SLIDE) - 1) << (_WINDOW - _SLIDE)
            start += _SLIDE
        taken.add(base)
        bases.append(base)
        for code in own:
            free &= ~(1 << (base + code - start))
    return np.array(bases, np.int64), start + _WINDOW + _CODES
