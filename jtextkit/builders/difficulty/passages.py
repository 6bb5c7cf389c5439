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
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from itertools import accumulate
from typing import Final

from jtextkit.builders.aozora import PlainText
from jtextkit.builders.difficulty.recipe import DifficultyRecipe
from jtextkit.metrics.morphology.analysis import Analyser, Counts
from jtextkit.metrics.readability.cautions import old_orthography
from jtextkit.metrics.readability.formula import difficulty_of, level_of, readability_of

_PARAGRAPH = "p"
_INDENTED = "　　"  # a paragraph has one such space in front, section numbers and verse have more
_RUNS_ON = "、"  # narration that a line of dialogue interrupts
_LETTER = re.compile(r"[^\W_]")  # a line without one is a rule or a row of asterisks
GAIJI: Final = "geta"
"""Sets take characters by code alone: their texts, and the offsets in their locks, rest on it."""

_GETA = "〓"
_CLOSERS = frozenset('。？！．…‥―」』）】〕］》〉”’")')
_END_MARK = re.compile("[。？！．]")

Tally = Counter[str]
"""How many passages each rule dropped, by the rule's name."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A scored stretch of one source, fit for the set.

    ``start`` and ``end`` are offsets in the work's plain text (Aozora Bunko); ``items`` the ids of
    the sentences (Kyoto). ``group`` names the writers who must stand in one split. What does not
    apply is None or empty.
    """

    source: str
    text: str
    counts: Counts
    label: str
    work_id: str | None = None
    writer_id: str | None = None
    group: str | None = None
    path: str | None = None
    member_sha256: str | None = None
    member_bytes: int | None = None
    start: int | None = None
    end: int | None = None
    items: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        if self.items:
            return f"{self.source}-{min(self.items).lstrip('#')}"
        return f"{self.source}-{self.work_id}-{self.start}"

    @property
    def difficulty(self) -> float:
        return difficulty_of(readability_of(self.counts))


def cut(plain: PlainText, recipe: DifficultyRecipe, tally: Tally) -> Iterator[tuple[int, int, str]]:
    """The passages of a work that are prose of the right length, as start, end and text."""
    lines = plain.lines
    layout = _LineKinds.of(plain)
    offsets, closed = layout.offsets, layout.closed
    first = 0
    while first < len(lines):
        if not layout.starts_sentence(first, plain.gaps):
            first += 1
            continue
        after = layout.border(first, recipe)
        if after is None:
            # A new start one paragraph later may still meet a border in time.
            if offsets[layout.stops[first]] - 1 - offsets[first] >= recipe.min_chars:
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


@dataclass(frozen=True, slots=True)
class _LineKinds:
    """What each line of a work is, found once for all the passages that are tried.

    Attributes:
        offsets: where each line starts in the text; one more for the end.
        closed: whether it ends with the end of a sentence or of speech.
        stops: the line that ends the stretch of prose it stands in; of a line that is no prose,
            itself.
    """

    offsets: list[int]
    closed: list[bool]
    stops: list[int]

    @classmethod
    def of(cls, plain: PlainText) -> _LineKinds:
        lines = plain.lines
        stops = list(range(len(lines) + 1))
        for line in range(len(lines) - 1, -1, -1):
            text = lines[line]
            if (
                plain.kinds[line] == _PARAGRAPH
                and not text.startswith(_INDENTED)
                and _LETTER.search(text) is not None
            ):
                stops[line] = stops[line + 1]
        return cls(
            [0, *accumulate(len(line) + 1 for line in lines)],
            [line.rstrip()[-1:] in _CLOSERS for line in lines],
            stops,
        )

    def starts_sentence(self, first: int, gaps: Collection[int]) -> bool:
        """Whether a line is prose and no sentence runs on into it."""
        return self.stops[first] > first and (
            first == 0
            or self.stops[first - 1] < first  # no prose
            or first in gaps
            or self.closed[first - 1]
        )

    def border(self, first: int, recipe: DifficultyRecipe) -> int | None:
        """The index after the last line of the passage that starts at ``first``."""
        offsets = self.offsets
        base = offsets[first] + 1  # a passage has no line break at its end
        shortest = bisect_left(offsets, base + recipe.min_chars, first + 1)
        for after in range(shortest, self.stops[first] + 1):
            if offsets[after] - base > recipe.max_chars:
                return None
            if self.closed[after - 1]:
                return after
        return None


def label_index(difficulty: float, recipe: DifficultyRecipe) -> int:
    """Position in ``recipe.labels`` of the label that a difficulty has."""
    return sum(difficulty >= border for border in recipe.borders)


def judge(text: str, analyser: Analyser, recipe: DifficultyRecipe) -> tuple[Counts, str] | str:
    """The counts and label of a passage, or the name of the rule that drops it."""
    counts, longest = _measured(text, analyser, recipe.max_sentence_words)
    if counts.sentences < recipe.min_sentences:
        return "few-sentences"
    readability = readability_of(counts)
    if level_of(readability) is None:
        return "off-scale"
    difficulty = difficulty_of(readability)
    label = label_index(difficulty, recipe)
    if label != label_index(difficulty_of(readability_of(counts, "newline")), recipe):
        return "sentence-rules"
    if min(abs(difficulty - border) for border in recipe.borders) < recipe.margin:
        return "margin"
    if longest > recipe.max_sentence_words:
        return "long-sentence"
    if not recipe.old_orthography and old_orthography(text):
        return "old-orthography"
    return counts, recipe.labels[label]


def _measured(text: str, analyser: Analyser, limit: int) -> tuple[Counts, int]:
    """The counts, and the words of the longest sentence: 0 where none has as many characters."""
    if max(map(len, _END_MARK.split(text))) < limit:
        return analyser.count(text), 0
    return analyser.count_with_longest(text)
