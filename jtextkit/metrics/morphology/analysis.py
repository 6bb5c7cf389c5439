"""UniDic words and their classes, as additive counts.

A *word* is a UniDic short-unit token (短単位), punctuation and 　(U+3000) included. What the
jReadability formula needs of a word is its part of speech (品詞) and its origin (語種). The native core
(:mod:`~jtextkit.metrics.morphology.image`) finds both; where there is none, MeCab prints them, or, where
the dictionary comes with ``left-id.def``, the left context ids that decide both. Whenever a dictionary is
opened, probe sentences are counted both ways; on any difference, MeCab does it.

Not handled: analysis of spoken or historical language (other UniDics), and words across texts.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import astuple, dataclass
from functools import cache
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING, NamedTuple

from jtextkit.core.text import check_text
from jtextkit.metrics.morphology.classes import CLOSING, COMMAS, left_id_classes
from jtextkit.metrics.morphology.common_words import common_words
from jtextkit.metrics.morphology.dictionary import DEFAULT_DICTIONARY, Dictionary, find_dictionary
from jtextkit.metrics.morphology.image import NoCoreError, open_core
from jtextkit.metrics.morphology.readers import (
    END_MARKS,
    PROBES,
    FeatureReader,
    IdReader,
    LineReader,
    agree,
)

if TYPE_CHECKING:
    from jtextkit.metrics.morphology._native import Core

SENTENCE_RULES = ("punct", "newline", "site")
"""Where a sentence ends. ``punct``: after a word that is exactly 。？！ or ．, as in the package
jreadability. ``newline``: there and at line breaks, where a closing bracket after an end mark
belongs to that sentence. ``site``: as ``newline``, but a line that ends in 、 or ， goes on in the
next; this gives the values of jreadability.net where the dictionary is its own."""

# MeCab needs about 0.8 kB a character for one call; longer texts are cut at line breaks.
_CALL_LIMIT = 500_000

# On a run of letters or digits MeCab takes quadratic time, and crashes at about 175,000 of them.
_RUN_LIMIT = 10_000
_RUN = re.compile(r"[^\s\u3040-\u30ff\u3400-\u9fff]+")


@dataclass(frozen=True, slots=True)
class Counts:
    """Additive counts of one or more texts.

    ``a + b`` counts two texts that are analysed apart, so parts and shards merge by ``sum(parts,
    Counts())``.

    Attributes:
        characters: Unicode code points, line breaks included.
        words: UniDic short-unit tokens, punctuation included.
        sentences: sentences under the rule ``punct``; an unfinished last one counts.
        sentences_newline, sentences_site: sentences under the rules of these names.
        kango: words of Chinese origin (語種 漢).
        wago: words of Japanese origin (語種 和).
        verbs: 動詞 other than 非自立可能.
        particles: 助詞.
    """

    characters: int = 0
    words: int = 0
    sentences: int = 0
    sentences_newline: int = 0
    kango: int = 0
    wago: int = 0
    verbs: int = 0
    particles: int = 0
    sentences_site: int = 0

    def __add__(self, other: Counts) -> Counts:
        return Counts(*(a + b for a, b in zip(astuple(self), astuple(other), strict=True)))

    def __sub__(self, other: Counts) -> Counts:
        return Counts(*(a - b for a, b in zip(astuple(self), astuple(other), strict=True)))


class Word(NamedTuple):
    """One word: its surface, part of speech (``pos1``, ``pos2``) and origin (``goshu``)."""

    surface: str
    pos1: str
    pos2: str
    goshu: str

    @property
    def ends_sentence(self) -> bool:
        """Whether it is exactly one of 。？！．"""
        return self.surface in END_MARKS


class Analyser:
    """Counts words with one dictionary. Not picklable: make one in each process with
    :func:`analyser`, which keeps it. Threads may share it only while :attr:`core` is there.
    """

    def __init__(self, dictionary: Dictionary) -> None:
        self.dictionary = dictionary
        self._features = FeatureReader(dictionary)
        self._mecab: LineReader = self._features
        classes = left_id_classes(dictionary.folder)
        if classes is not None:
            by_id = IdReader(dictionary, classes)
            if agree(by_id, self._features):
                self._mecab = by_id
        self.core: Core | None = None
        self.without_core = ""
        try:
            core = open_core(dictionary.folder, common_words())
        except NoCoreError as error:
            self.without_core = str(error)
        else:
            if all(_by_core(one, core.counts(one)) == self._by_mecab(one) for one in PROBES):
                self.core = core
                self._kinds: list[list[str]] = json.loads(core.meta)
            else:
                self.without_core = "it counts otherwise than MeCab"

    @property
    def reads_features(self) -> bool:
        """Whether ids tell nothing: no ``left-id.def``, or it does not fit."""
        return self._mecab is self._features

    def count(self, text: str, *, where: str = "") -> Counts:
        """Count the words of ``text``.

        Without the core, a text of more than 500,000 characters is analysed in parts cut at line
        breaks, which can move a word border there (MeCab's memory would otherwise be 0.8 kB a
        character).

        Raises:
            TextError: empty, blank, with NUL or a lone surrogate.
        """
        return self._counted(text, where)[0]

    def count_with_longest(self, text: str) -> tuple[Counts, int]:
        """What :meth:`count` gives, and the words of the longest sentence, its end mark included.

        Raises:
            TextError: as :meth:`count`.
        """
        return self._counted(text)

    def _counted(self, text: str, where: str = "") -> tuple[Counts, int]:
        found = None if self.core is None else _by_core(text, self.core.counts(text))
        if found is None:  # there is no core, or the text has to be refused
            check_text(text, where=where)
            found = self._by_mecab(text)
        return found

    def _by_mecab(self, text: str) -> tuple[Counts, int]:
        tallies = [self._mecab.tally(part) for part in stretches(text)]
        starts = list(accumulate((tally.words for tally in tallies), initial=0))
        ends = [
            start + end for start, tally in zip(starts, tallies, strict=False) for end in tally.ends
        ]
        words, lines = starts[-1], _open_lines(text)
        longest = max(b - a for a, b in pairwise([-1, *ends, words - 1]))
        counted = map(sum, zip(*(tally.classes for tally in tallies), strict=True))
        rest = words - 1 - ends[-1] if ends else words
        return _counts(text, (words, *counted), len(ends), rest, *lines), longest

    def words(self, text: str) -> Iterator[Word]:
        """The words of ``text`` one by one, with their features.

        Raises:
            TextError: as :meth:`count`.
        """
        check_text(text)
        borders = self.borders(text)
        if borders is not None:
            kinds = self._kinds
            number = len(kinds)
            for start, end, kind in borders:
                yield Word(text[start:end], *kinds[kind % number])
            return
        for part in stretches(text):
            for surface, printed in self._features.surfaces(part):
                pos1, pos2, goshu = printed.split(",", 2)
                yield Word(surface, pos1, pos2, goshu)

    def count_with_sums(self, text: str) -> tuple[Counts, tuple[int, ...] | None]:
        """What :meth:`count` gives, and the core's ``sums`` (``_native.c``); None without the core.

        Raises:
            TextError: as :meth:`count`.
        """
        sums = None if self.core is None else self.core.sums(text)
        found = _by_core(text, sums) or self._counted(text)
        return found[0], sums

    def borders(self, text: str) -> Iterator[tuple[int, int, int]] | None:
        """Where each word starts and ends, and the number of its kind; None without the core."""
        listed = None if self.core is None else self.core.words(text)
        if listed is None:
            return None
        numbers = memoryview(listed).cast("I")
        return zip(numbers[::3], numbers[1::3], numbers[2::3], strict=True)


def _by_core(text: str, found: tuple[int, ...] | None) -> tuple[Counts, int] | None:
    """Counts, and the longest sentence, of what the core found; None where it leaves a text to MeCab."""
    if found is None:
        return None
    return _counts(text, found[:5], found[9], *found[11:14]), found[14]


def _counts(
    text: str, counted: tuple[int, ...], ends: int, rest: int, lines: int, joined: int
) -> Counts:
    words, kango, wago, verbs, particles = counted
    return Counts(
        len(text),
        words,
        ends + (rest > 0 or not ends),
        max(1, ends + lines),
        kango,
        wago,
        verbs,
        particles,
        max(1, ends + lines - joined),
    )


def _open_lines(text: str) -> tuple[int, int]:
    """Lines whose last word is no end mark, closing brackets and white space aside; and how many of
    them end in a comma while a line that is not blank follows.
    """
    open_lines = joined = 0
    comma = False
    for line in text.split("\n"):
        bare = line.rstrip()
        if not bare:
            continue
        goes_on, comma = comma, bare[-1] in COMMAS
        while bare and bare[-1] in CLOSING:
            bare = bare.rstrip(CLOSING).rstrip()
        joined += goes_on and bool(bare)
        if bare and bare[-1] not in END_MARKS:
            open_lines += 1
    return open_lines, joined


def _call_limit(text: str) -> int:
    if len(text) > _RUN_LIMIT and any(len(run) > _RUN_LIMIT for run in _RUN.findall(text)):
        return _RUN_LIMIT
    return _CALL_LIMIT


def stretches(text: str) -> Iterator[str]:
    """``text`` in stretches that MeCab takes in one call, cut at line breaks where there are any."""
    borders = [0]
    most = _call_limit(text)
    while len(text) - borders[-1] > most:
        limit = borders[-1] + most
        line_end = text.rfind("\n", borders[-1], limit) + 1
        mark = max(text.rfind(mark, borders[-1], limit) for mark in END_MARKS) + 1
        borders.append(line_end or mark or limit)
    borders.append(len(text))
    return (text[a:b] for a, b in pairwise(borders))


def analyser(dictionary: str = DEFAULT_DICTIONARY) -> Analyser:
    """This process's analyser for a dictionary's name or folder (see
    :func:`~jtextkit.metrics.morphology.dictionary.find_dictionary`, also for the errors).
    """
    return _analyser(dictionary)  # which would take a default for another argument


@cache
def _analyser(dictionary: str) -> Analyser:
    return Analyser(find_dictionary(dictionary))


def count(text: str, *, dictionary: str = DEFAULT_DICTIONARY) -> Counts:
    """Count the words of one text; see :class:`Counts`."""
    return analyser(dictionary).count(text)
