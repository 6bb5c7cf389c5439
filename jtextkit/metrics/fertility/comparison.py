"""The words that two tokenizers cut most differently.

Words come from counts (:class:`~.counts.WordTable`): a word's pieces are counted where it stands,
so one word may be cut in different ways. Beyond a million distinct words those that occurred once
are forgotten.

Not handled: why a word is cut so (merges, scores).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from jtextkit.metrics.fertility.counts import Totals
from jtextkit.metrics.fertility.loading import load_tokenizer


@dataclass(frozen=True, slots=True)
class WordDifference:
    """A word that two tokenizers cut into different numbers of pieces.

    Attributes:
        word: its surface.
        occurrences: how often it stands in the text.
        pieces_a: pieces of all occurrences by the first tokenizer.
        pieces_b: and by the second.
        cut_a: the word by itself as the first tokenizer cuts it, for illustration.
        cut_b: and as the second does.
    """

    word: str
    occurrences: int
    pieces_a: int
    pieces_b: int
    cut_a: list[str]
    cut_b: list[str]

    @property
    def saved(self) -> int:
        """The pieces that the second tokenizer saves in the whole text; negative where it pays."""
        return self.pieces_a - self.pieces_b


@dataclass(frozen=True, slots=True)
class FertilityDifference:
    """Two tokenizers on the same text, the greatest differences first.

    Attributes:
        a, b: their names.
        words: by the absolute number of pieces saved in the whole text.
    """

    a: str
    b: str
    words: list[WordDifference]


def difference(totals: Totals, a: str, b: str, *, most: int = 20) -> FertilityDifference:
    """The greatest differences between tokenizers ``a`` and ``b`` of counts.

    Args:
        totals: counts with both tokenizers in their plan.
        a: the name of one.
        b: the name of the other.
        most: how many to give.
    """
    words = list(totals.words.index)
    columns = totals.words.rows[: len(words)].T
    place_of = totals.plan.tokenizers.index
    pieces_a, pieces_b = columns[1 + place_of(a)], columns[1 + place_of(b)]
    gaps = np.abs(pieces_a - pieces_b)
    ranked = np.flatnonzero(gaps).tolist()
    ranked.sort(key=lambda place: (-gaps[place], words[place]))
    one, other = load_tokenizer(a), load_tokenizer(b)
    found = [
        WordDifference(
            word := words[place],
            int(columns[0, place]),
            int(pieces_a[place]),
            int(pieces_b[place]),
            one.pieces(word),
            other.pieces(word),
        )
        for place in ranked[:most]
    ]
    return FertilityDifference(a, b, found)
