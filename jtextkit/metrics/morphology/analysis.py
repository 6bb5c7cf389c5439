"""UniDic words and their classes, as additive counts.

A *word* is a UniDic short-unit token (短単位), punctuation and 　(U+3000) included. What the
jReadability formula needs of a word is its part of speech (品詞) and its origin (語種). Both are told in ways
that count alike, which is tried with probe sentences whenever a dictionary is opened:

- by the native *core* (:mod:`~jtextkit.metrics.morphology.image`), which makes MeCab's search itself;
- by *ids*: in UniDic the left context id alone decides both, so where a dictionary comes with
  ``left-id.def`` MeCab need not print features;
- by *features*: part of speech and origin as MeCab prints them. Works with any UniDic.

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
from jtextkit.metrics.morphology import classes
from jtextkit.metrics.morphology.dictionary import DEFAULT_DICTIONARY, Dictionary, find_dictionary
from jtextkit.metrics.morphology.image import NoCoreError, open_core

if TYPE_CHECKING:
    from jtextkit.metrics.morphology._native import Core

SENTENCE_RULES = ("punct", "newline", "site")
"""Where a sentence ends. ``punct``: after a word that is exactly 。？！ or ．, as in the package
jreadability. ``newline``: there and at line breaks, where a closing bracket after an end mark
belongs to that sentence. ``site``: as ``newline``, but a line that ends in 、 or ， goes on in the
next; this gives the values of jreadability.net where the dictionary is its own."""

END_MARKS = frozenset("。？！．")
"""The words that end a sentence."""

PROBES = (
    "吾々は昨日、新しい図書館で三十分ほど本を読んでいました。面白かったですか？",
    "「そうだ！」と彼は叫んだ。ＡＢＣ社のメールは12月3日に届くはずである……",
    "国際的な議論を通じて制度の改善がなされ得るのだろうか。うん、食べちゃった。",
    "ナウなヤングがグヌヌる\U0001f600と、佐藤さんはdeeplyに微笑み給うた　。",
    "第１．２節 (v1.2)!ほんと?! Ｕ．Ｓ．Ａ．の㍿〓は｡もう終わり．",
)

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


class WordTally(NamedTuple):
    """What MeCab tells of a text: words, how many are of each class
    (:func:`~jtextkit.metrics.morphology.classes.counted`), and which of them, counted from 0, end
    sentences.
    """

    words: int
    classes: tuple[int, ...]
    ends: list[int]


class LineReader:
    """Has MeCab print one line a word, and reads it with a table."""

    def __init__(self, dictionary: Dictionary, known: str, unknown: str, table: dict[str, int]):
        self.table = table
        # Kept for good. fugashi interns the surfaces of nodes, which are never asked for here, and
        # never lets go of a tagger: each new one would map the dictionary once more.
        self._classes = dictionary.tagger(rf'-F "{known}\n" -U "{unknown}\n"')
        self._surfaces = dictionary.tagger(rf'-F "%m\t{known}\n" -U "%m\t{unknown}\n"')

    def surfaces(self, text: str) -> list[tuple[str, str]]:
        """The words, each with its class as printed."""
        printed = self._surfaces.parse(text)
        pairs = (line.partition("\t") for line in printed.split("\n")) if printed else ()
        return [(surface, printed_class) for surface, _, printed_class in pairs]

    def tally(self, text: str) -> WordTally:
        """Count the words of a text that MeCab takes in one call."""
        table = self.table
        if not any(mark in text for mark in "!.?．｡"):
            # Here the class 句点 holds exactly the words 。？！, so surfaces are not needed.
            printed = self._classes.parse(text)
            words = [table[name] for name in printed.split("\n")] if printed else []
            ends = [place for place, value in enumerate(words) if value >> classes.END]
            if len(ends) <= sum(map(text.count, "。？！")):
                return WordTally(len(words), classes.counted(words), ends)
        pairs = self.surfaces(text)
        ends = [place for place, (surface, _) in enumerate(pairs) if surface in END_MARKS]
        return WordTally(len(pairs), classes.counted(table[name] for _, name in pairs), ends)


class FeatureReader(LineReader):
    """Reads ``pos1,pos2,goshu``; in UniDic these are features 0, 1 and 12, which unknown words lack."""

    def __init__(self, dictionary: Dictionary) -> None:
        super().__init__(dictionary, "%f[0],%f[1],%f[12]", "%f[0],%f[1],", _FeatureClasses())


class _FeatureClasses(dict[str, int]):
    """Printed features to class, filled as they occur."""

    def __missing__(self, printed: str) -> int:
        pos1, pos2, goshu = printed.split(",", 2)
        self[printed] = value = classes.formula_flags(pos1, pos2, goshu)
        return value


class IdReader(LineReader):
    """Reads left context ids (:func:`~jtextkit.metrics.morphology.classes.left_id_classes`)."""

    def __init__(self, dictionary: Dictionary, table: dict[str, int]) -> None:
        super().__init__(dictionary, "%phl", "?%phl", table)


def agree(one: LineReader, other: LineReader) -> bool:
    """Whether two readers count the probe sentences alike."""
    try:
        return all(one.tally(probe) == other.tally(probe) for probe in PROBES)
    except KeyError:  # an id that its table lacks
        return False


class Analyser:
    """Counts words with one dictionary. Not picklable: make one in each process with
    :func:`analyser`, which keeps it. Threads may share it only while :attr:`core` is there.
    """

    def __init__(self, dictionary: Dictionary) -> None:
        self.dictionary = dictionary
        self._features = FeatureReader(dictionary)
        self._mecab: LineReader = self._features
        table = classes.left_id_classes(dictionary.folder)
        if table is not None:
            by_id = IdReader(dictionary, table)
            if agree(by_id, self._features):
                self._mecab = by_id
        self.core: Core | None = None
        self.without_core = ""
        try:
            core = open_core(dictionary.folder, classes.common_words())
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
        return self.count_with_longest(text, where=where)[0]

    def count_with_longest(self, text: str, *, where: str = "") -> tuple[Counts, int]:
        """What :meth:`count` gives, and the words of the longest sentence, its end mark included.

        Raises:
            TextError: as :meth:`count`.
        """
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
        found = _by_core(text, sums) or self.count_with_longest(text)
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
    whole, by_line = ends + (rest > 0 or not ends), max(1, ends + lines)
    site = max(1, ends + lines - joined)
    return Counts(len(text), words, whole, by_line, kango, wago, verbs, particles, site)


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
        goes_on, comma = comma, bare[-1] in classes.COMMAS
        while bare and bare[-1] in classes.CLOSING:
            bare = bare.rstrip(classes.CLOSING).rstrip()
        joined += goes_on and bool(bare)
        if bare and bare[-1] not in END_MARKS:
            open_lines += 1
    return open_lines, joined


def stretches(text: str) -> Iterator[str]:
    """``text`` in stretches that MeCab takes in one call, cut at line breaks where there are any."""
    borders, most = [0], _CALL_LIMIT
    if len(text) > _RUN_LIMIT and any(len(run) > _RUN_LIMIT for run in _RUN.findall(text)):
        most = _RUN_LIMIT
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
