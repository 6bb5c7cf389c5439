"""Additive counts of how tokenizers cut texts: what is counted, and the sums over any amount of text.

Counts are kept for :data:`GROUPS` groups of documents, dealt in turn, so that intervals can be
had from any amount of text in bounded memory; below that number a group is a document. A word's pieces are
counted where it stands, so one word may be cut in different ways.

Not handled: why two tokenizers cut a word otherwise (merges, scores).
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from jtextkit.core.errors import JtextkitError
from jtextkit.metrics.fertility.adapters import Flags, Floats, Ints
from jtextkit.metrics.fertility.loading import load_tokenizer
from jtextkit.metrics.fertility.scripts import CLASSES, SCRIPTS
from jtextkit.metrics.morphology.dictionary import DEFAULT_DICTIONARY

GROUPS = 2048
"""Groups of documents that counts are kept for."""
SLICE_GROUPS = 256
"""The same for a slice of a corpus, such as a level."""

WORD_SCRIPTS = (*SCRIPTS[:-1], "mixed")
"""The script of a word: that of all its characters, or ``mixed``."""

_WORDS_KEPT = 1_000_000
_LOST_KEPT = 10_000


@dataclass(frozen=True, slots=True)
class Document:
    """One text and the slice of the corpus that it belongs to ("" for none)."""

    text: str
    label: str = ""


@dataclass(frozen=True, slots=True)
class CountingPlan:
    """What to count: tokenizers by name, word units, UniDic's dictionary."""

    tokenizers: tuple[str, ...]
    units: tuple[str, ...] = ("unidic",)
    dictionary: str = DEFAULT_DICTIONARY


def text_columns(units: Sequence[str]) -> tuple[str, ...]:
    """The counts of a text that no tokenizer decides."""
    return (
        "documents",
        "characters",
        "bytes",
        *(f"characters:{name}" for name in CLASSES),
        *(f"{unit}:{name}" for unit in units for name in ("words", "borders")),
        *(f"{unit}:words:{name}" for unit in units for name in WORD_SCRIPTS),
    )


def token_columns(units: Sequence[str]) -> tuple[str, ...]:
    """The counts of a text that one tokenizer decides."""
    return (
        "tokens",  # all that a model would be given
        "inked",  # those with something else than white space
        "fallback",  # single bytes, or parts of a character
        "unknown",
        "exact",  # documents that come back as they were
        "borders",
        *(f"tokens:{name}" for name in CLASSES),  # shares: a token is divided among its characters
        *(f"fallback:{name}" for name in CLASSES),  # characters given as bytes
        *(f"{unit}:{name}" for unit in units for name in ("hits", "kept", "split", "crossing")),
        *(f"{unit}:kept:{name}" for unit in units for name in WORD_SCRIPTS),
    )


class WordTable:
    """Distinct words, and a row of counts for each.

    Attributes:
        index: each word and its row.
        rows: how often the word occurs, and into how many pieces each tokenizer cuts it in all.
    """

    def __init__(self, tokenizers: int) -> None:
        self.index: dict[str, int] = {}
        self.rows = np.zeros((0, 1 + tokenizers), np.int64)

    def add(self, words: Sequence[str], rows: Ints) -> None:
        """Count more words, a row each."""
        index = self.index
        places = np.fromiter(
            (index.setdefault(word, len(index)) for word in words), np.int64, len(words)
        )
        if len(self.rows) < len(index):  # room for twice as many: words keep coming
            room = np.zeros((2 * len(index) - len(self.rows), self.rows.shape[1]), np.int64)
            self.rows = np.concatenate((self.rows, room))
        np.add.at(self.rows, places, rows)

    def without_rarest(self) -> "WordTable":
        """Without the words that occur once."""
        stay = self.rows[: len(self.index), 0] > 1
        left = WordTable(self.rows.shape[1] - 1)
        words = [word for word, keep in zip(self.index, stay.tolist(), strict=True) if keep]
        left.add(words, self.rows[: len(self.index)][stay])
        return left


@dataclass(frozen=True, slots=True)
class BatchCounts:
    """The counts of a batch: a row a document, columns as in :func:`text_columns` and
    :func:`token_columns`; an error in place of a tokenizer that failed.

    ``words`` are its distinct words by the first unit, ``occurrences`` and ``pieces`` run over them.
    """

    first: int
    labels: list[str]
    text: Floats
    tokens: dict[str, Floats]
    words: list[str]
    occurrences: Ints
    pieces: dict[str, Ints]
    lost: dict[str, Counter[str]]
    errors: dict[str, JtextkitError]


class GroupCounts:
    """Counts of documents, dealt in turn to a number of groups.

    Attributes:
        text: groups × :func:`text_columns`.
        tokens: by tokenizer, groups × :func:`token_columns`.
    """

    def __init__(self, plan: CountingPlan, number: int) -> None:
        columns = len(token_columns(plan.units))
        self.text = np.zeros((number, len(text_columns(plan.units))))
        self.tokens = {name: np.zeros((number, columns)) for name in plan.tokenizers}

    def add(self, batch: BatchCounts, chosen: Flags | slice = slice(None)) -> None:
        """Add the counts of a batch, or of the documents ``chosen`` from it."""
        ordinals = batch.first + np.arange(len(batch.labels))
        groups = ordinals[chosen] % len(self.text)
        np.add.at(self.text, groups, batch.text[chosen])
        for name, counts in batch.tokens.items():
            np.add.at(self.tokens[name], groups, counts[chosen])


class Totals:
    """Counts of any amount of text, added batch by batch.

    Attributes:
        plan: what is counted.
        documents: how many there were.
        whole: the counts of all documents.
        slices: those of each label that occurs.
        words: the distinct words by the first word unit; the rarest are forgotten beyond a million.
        lost: by tokenizer, characters that texts held and what came back did not.
        errors: tokenizers that failed; nothing more is counted for them.
    """

    def __init__(self, plan: CountingPlan) -> None:
        self.plan = plan
        self.documents = 0
        self.whole = GroupCounts(plan, GROUPS)
        self.slices: dict[str, GroupCounts] = {}
        self.words = WordTable(len(plan.tokenizers))
        self.lost: dict[str, Counter[str]] = {name: Counter() for name in plan.tokenizers}
        self.errors: dict[str, JtextkitError] = {}

    def add(self, batch: BatchCounts) -> None:
        """Add the counts of a batch."""
        self.documents += len(batch.labels)
        self.errors = batch.errors | self.errors
        self.whole.add(batch)
        for label in {*batch.labels} - {""}:
            if label not in self.slices:
                self.slices[label] = GroupCounts(self.plan, SLICE_GROUPS)
            self.slices[label].add(batch, np.array([one == label for one in batch.labels]))
        nothing = np.zeros(len(batch.words), np.int64)
        pieces = (batch.pieces.get(name, nothing) for name in self.plan.tokenizers)
        self.words.add(batch.words, np.column_stack((batch.occurrences, *pieces)))
        if len(self.words.index) > _WORDS_KEPT:
            self.words = self.words.without_rarest()
        for name, lost in batch.lost.items():
            self.lost[name].update(lost)
            if len(self.lost[name]) > _LOST_KEPT:
                self.lost[name] = Counter(dict(self.lost[name].most_common(_LOST_KEPT // 2)))


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
    found = []
    for place in ranked[:most]:
        word = words[place]
        times, by_a, by_b = (int(some[place]) for some in (columns[0], pieces_a, pieces_b))
        cuts = one.pieces(word), other.pieces(word)
        found.append(WordDifference(word, times, by_a, by_b, *cuts))
    return FertilityDifference(a, b, found)
