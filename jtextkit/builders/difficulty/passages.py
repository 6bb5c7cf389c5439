"""Passages: stretches of whole paragraphs of prose, cut from a work's plain text.

A passage starts after a closed line and ends at the first paragraph border from ``min_chars`` on.
Headings and lines of special layout (indented by notes or by spaces, centred, asterisks between
scenes) end a stretch of prose, so no passage holds one. What is tried and dropped is counted by the
name of the rule.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate
from typing import Final

from jtextkit.builders.aozora import PlainText
from jtextkit.builders.difficulty.flags import content_flags
from jtextkit.builders.difficulty.prose import unfit
from jtextkit.builders.difficulty.recipe import RANKINGS, DifficultyRecipe
from jtextkit.metrics.morphology.analysis import analyser
from jtextkit.metrics.readability.cautions import old_forms, old_orthography
from jtextkit.metrics.readability.formula import difficulty_of, level_of, readability_of
from jtextkit.metrics.readability.profiles import (
    MIDDLE,
    ProfileCounts,
    count_profile,
    profile_counts,
)

_PARAGRAPH = "p"
_INDENTED = "　　"  # a paragraph has one such space in front, section numbers and verse have more
_RUNS_ON = "、"  # narration that a line of dialogue interrupts
_LETTER = re.compile(r"[^\W_]")  # a line without one is a rule or a row of asterisks
GAIJI: Final = "geta"
"""Sets take characters by code alone: their texts, and the offsets in their locks, rest on it."""

_GETA = "〓"
_OLD_KINDS = 3  # different old spellings or forms; one or two stand in quotations and names
_CLOSERS = frozenset('。？！．…‥―」』）】〕］》〉”’")')
_END_MARK = re.compile("[。？！．]")

Tally = Counter[str]
"""How many passages each rule dropped, by the rule's name."""


@dataclass(frozen=True, slots=True)
class Measured:
    """What a text's counts give, kept with them because pairing asks for it many times.

    Attributes:
        lexical: the part of the second opinion that the formula does not see.
        percentile: the second opinion, ``harder_than_percent``.
    """

    counts: ProfileCounts
    label: str
    difficulty: float
    lexical: float
    percentile: float

    @classmethod
    def of(cls, counts: ProfileCounts, recipe: DifficultyRecipe) -> Measured:
        """Of the counts of a text with at least one word."""
        one = profile_counts(counts, "")
        label = recipe.labels[label_index(one.score.difficulty, recipe)]
        return cls(counts, label, one.score.difficulty, one.lexical, one.harder_than_percent)


@dataclass(frozen=True, slots=True)
class Passage:
    """A scored stretch of one source, fit for the set.

    ``char_start`` and ``char_end`` are offsets in the work's plain text (Aozora Bunko);
    ``source_items`` the ids of the sentences (Kyoto), in order. ``sha256`` and ``bytes`` are those of
    the file that offsets point into (of Kyoto, of the cells). ``group`` names the writers who must stand
    in one split. What does not apply is None.
    """

    source: str
    text: str
    measured: Measured
    work_id: str | None = None
    writer_id: str | None = None
    group: str | None = None
    path: str | None = None
    sha256: str | None = None
    bytes: int | None = None
    char_start: int | None = None
    char_end: int | None = None
    source_items: tuple[str, ...] | None = None

    @property
    def id(self) -> str:
        if self.source_items:
            return f"{self.source}-{min(self.source_items).lstrip('#')}"
        return f"{self.source}-{self.work_id}-{self.char_start}"

    @property
    def label(self) -> str:
        return self.measured.label

    @property
    def difficulty(self) -> float:
        return self.measured.difficulty

    @property
    def words_per_sentence(self) -> float:
        counts = self.measured.counts.counts
        return counts.words / counts.sentences

    def standing(self, ranking: str) -> float:
        """How hard the text is to a ranking of :data:`~.recipe.RANKINGS`."""
        lexical, length = RANKINGS[ranking]
        return self.difficulty + lexical * self.measured.lexical - length * self.words_per_sentence


def cut(plain: PlainText, recipe: DifficultyRecipe, tally: Tally) -> Iterator[tuple[int, int, str]]:
    """The passages of a work that are prose of the right length, as start, end and text."""
    lines = plain.lines
    offsets = [0, *accumulate(len(line) + 1 for line in lines)]
    closed = [line.rstrip()[-1:] in _CLOSERS for line in lines]
    stops = _stops(plain)

    def border(first: int) -> int | None:
        """The index after the last line of the passage that starts at ``first``."""
        base = offsets[first] + 1  # a passage has no line break at its end
        shortest = bisect_left(offsets, base + recipe.min_chars, first + 1)
        for after in range(shortest, stops[first] + 1):
            if offsets[after] - base > recipe.max_chars:
                return None
            if closed[after - 1]:
                return after
        return None

    first = 0
    while first < len(lines):
        runs_on = first and stops[first - 1] >= first and not closed[first - 1]
        if stops[first] == first or (runs_on and first not in plain.gaps):
            first += 1
            continue
        after = border(first)
        if after is None:
            # A new start one paragraph later may still meet a border in time.
            if offsets[stops[first]] - 1 - offsets[first] >= recipe.min_chars:
                tally["length"] += 1
            first += 1
            continue
        open_lines = sum(
            not closed[line] and not lines[line].endswith(_RUNS_ON) for line in range(first, after)
        )
        text = "\n".join(lines[first:after])
        if open_lines > recipe.max_open_lines * (after - first):
            tally["open-lines"] += 1
        elif text.count(_GETA) > recipe.max_unresolved:
            tally["unresolved"] += 1
        else:
            yield offsets[first], offsets[after] - 1, text
        first = after


def _stops(plain: PlainText) -> list[int]:
    """For each line the one that ends the stretch of prose it stands in; itself if it is no prose."""
    lines = plain.lines
    stops = list(range(len(lines) + 1))
    for line in range(len(lines) - 1, -1, -1):
        text = lines[line]
        if (
            plain.kinds[line] == _PARAGRAPH
            and not text.startswith(_INDENTED)
            and _LETTER.search(text)
        ):
            stops[line] = stops[line + 1]
    return stops


def label_index(difficulty: float, recipe: DifficultyRecipe) -> int:
    """Position in ``recipe.labels`` of the label that a difficulty has."""
    return sum(difficulty >= border for border in recipe.borders)


def judge(text: str, recipe: DifficultyRecipe, *, source: str = "aozora") -> Measured | str:
    """What is measured of a passage, or the name of the rule that drops it."""
    whole = count_profile(text, recipe.dictionary)
    counts = whole.counts
    if counts.sentences < recipe.min_sentences:
        return "few-sentences"
    if level_of(readability_of(counts)) is None:
        return "off-scale"
    difficulty, by_lines = (
        difficulty_of(readability_of(counts, rule)) for rule in ("punct", "newline")
    )
    if label_index(difficulty, recipe) != label_index(by_lines, recipe):
        return "sentence-rules"
    if min(abs(difficulty - border) for border in recipe.borders) < recipe.margin:
        return "margin"
    found = Measured.of(whole, recipe)
    if not opinion_shared(found.label, found.percentile, recipe, source):
        return "second-opinion"
    if _longest(text, recipe) > recipe.max_sentence_words:
        return "long-sentence"
    if not recipe.old_orthography and (
        old_orthography(text) or len(set(old_forms(text))) >= _OLD_KINDS
    ):
        return "old-orthography"
    if source == "aozora" and (
        rule := unfit(text, 100.0 * whole.classical / counts.words, recipe.allow)
    ):
        return rule
    if recipe.exclude_flagged and content_flags(text):
        return "flagged"
    return found


def opinion_shared(label: str, percentile: float, recipe: DifficultyRecipe, source: str) -> bool:
    """Whether the second opinion keeps a label's limit; of six levels it is not asked.

    Kyoto's sentences have the words of news and business: their blocks keep to the middle.
    """
    if recipe.levels != "two":
        return True
    simple, complex_ = recipe.simple_below, recipe.complex_above
    if source == "jec":
        simple, complex_ = max(simple, MIDDLE), min(complex_, MIDDLE)
    if label == recipe.labels[0]:
        return percentile < simple or simple == 100
    return percentile > complex_ or complex_ == 0


def _longest(text: str, recipe: DifficultyRecipe) -> int:
    """The words of the longest sentence: 0 where none has as many characters."""
    if max(map(len, _END_MARK.split(text))) < recipe.max_sentence_words:
        return 0
    return analyser(recipe.dictionary).count_with_longest(text)[1]
