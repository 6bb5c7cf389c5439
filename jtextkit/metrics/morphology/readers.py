"""Ways to have MeCab tell the class of each word, from the slowest to the fastest.

- by *features*: part of speech and origin as the dictionary prints them. Works with any UniDic.
- by *ids*: in UniDic the left context id alone decides both, so where a dictionary comes with
  ``left-id.def`` MeCab need not print features.
- by *letters*: from a compact copy of the dictionary (:mod:`~jtextkit.metrics.morphology.compact.copy`), which
  takes half a second to make and therefore pays where much is read (:mod:`~jtextkit.metrics.morphology.adaptive`).

All three count alike; whoever opens a dictionary holds them against each other with :func:`agree`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple, Protocol

from jtextkit.core.errors import DictionaryError
from jtextkit.metrics.morphology.classes import END, ENDS, MOST, added, packed, unpacked
from jtextkit.metrics.morphology.dictionary import Dictionary

END_MARKS = frozenset("。？！．")
"""The words that end a sentence."""

_PROBES = (
    "吾々は昨日、新しい図書館で三十分ほど本を読んでいました。面白かったですか？",
    "「そうだ！」と彼は叫んだ。ＡＢＣ社のメールは12月3日に届くはずである……",
    "国際的な議論を通じて制度の改善がなされ得るのだろうか。うん、食べちゃった。",
    "ナウなヤングがグヌヌる\U0001f600と、佐藤さんはdeeplyに微笑み給うた　。",
    "第１．２節 (v1.2)!ほんと?! Ｕ．Ｓ．Ａ．の㍿〓は｡もう終わり．",
)


class WordTally(NamedTuple):
    """What MeCab tells of a text: words, how many are of each class
    (:func:`~jtextkit.metrics.morphology.classes.unpacked`), and whether the last one ends a sentence.
    """

    words: int
    classes: tuple[int, ...]
    closed: bool


Ends = Callable[[], list[int]]
"""Tells at which words sentences end, counted from 0."""


class Reader(Protocol):
    """One way to have the words of a text counted."""

    def tally(self, text: str) -> tuple[WordTally, Ends]:
        """Count the words of a text that MeCab takes in one call."""


class _LineReader:
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

    def tally(self, text: str) -> tuple[WordTally, Ends]:
        """See :class:`Reader`."""
        table = self.table
        if not _has_odd_ends(text):
            # Here the class 句点 holds exactly the words 。？！, so surfaces are not needed.
            printed = self._classes.parse(text)
            classes = printed.split("\n") if printed else []
            sums = _sums(table, classes)
            if sums[ENDS] <= sum(map(text.count, "。？！")):
                closed = bool(classes) and table[classes[-1]] >= END
                return WordTally(len(classes), sums, closed), lambda: [
                    place for place, name in enumerate(classes) if table[name] >= END
                ]
        pairs = self.surfaces(text)
        marks = [surface in END_MARKS for surface, _ in pairs]
        sums = (*_sums(table, [name for _, name in pairs])[:ENDS], sum(marks))
        return WordTally(len(pairs), sums, bool(marks) and marks[-1]), lambda: [
            place for place, mark in enumerate(marks) if mark
        ]


def _has_odd_ends(text: str) -> bool:
    """Whether there is a mark that the class 句点 alone cannot tell."""
    return "!" in text or "." in text or "?" in text or "．" in text or "｡" in text


def _sums(table: dict[str, int], classes: list[str]) -> tuple[int, ...]:
    if len(classes) > MOST:
        return added(_sums(table, classes[i : i + MOST]) for i in range(0, len(classes), MOST))
    return unpacked(sum(map(table.__getitem__, classes)))


class FeatureReader(_LineReader):
    """Reads ``pos1,pos2,goshu``; in UniDic these are features 0, 1 and 12, which unknown words lack."""

    def __init__(self, dictionary: Dictionary) -> None:
        super().__init__(dictionary, "%f[0],%f[1],%f[12]", "%f[0],%f[1],", _FeatureClasses())


class _FeatureClasses(dict[str, int]):
    """Printed features to class, filled as they occur."""

    def __missing__(self, printed: str) -> int:
        pos1, pos2, goshu = printed.split(",", 2)
        self[printed] = value = packed(pos1, pos2, goshu)
        return value


class IdReader(_LineReader):
    """Reads left context ids; unknown words, which share ids with known ones, have a mark.

    Args:
        known, unknown: class of each id (:func:`~jtextkit.metrics.morphology.classes.left_id_classes`).
    """

    def __init__(
        self, dictionary: Dictionary, known: Mapping[int, int], unknown: Mapping[int, int]
    ):
        self.known = known
        self.unknown = unknown
        # One object for equal classes, and only the ids that text is made of: they are few, and
        # beside each other they stay in the processor's cache.
        same: dict[int, int] = {}
        whole = {str(number): same.setdefault(value, value) for number, value in known.items()}
        whole |= {f"?{number}": same.setdefault(value, value) for number, value in unknown.items()}
        super().__init__(dictionary, "%phl", "?%phl", _IdClasses(whole))


class _IdClasses(dict[str, int]):
    """Printed ids to class, filled as they occur."""

    def __init__(self, whole: dict[str, int]) -> None:
        super().__init__()
        self._whole = whole

    def __missing__(self, printed: str) -> int:
        self[printed] = value = self._whole[printed]
        return value


class LetterReader:
    """Reads one letter a word from a compact copy of the dictionary.

    Args:
        folder: where the copy lies; once it is open, its files may be unlinked.
        known, unknown: what the letters mean (:class:`~jtextkit.metrics.morphology.compact.copy.Letters`).
        by_id: reads the few texts that letters cannot tell.

    Raises:
        DictionaryError: the copy cannot be opened, or its settings (``dicrc``) add a user dictionary,
            of which the copy holds nothing.
    """

    def __init__(
        self,
        dictionary: Dictionary,
        folder: Path,
        known: Mapping[str, int],
        unknown: Mapping[str, int],
        by_id: IdReader,
    ) -> None:
        # An unknown word's length, in bytes, tells whether it can be an end mark.
        tagger = replace(dictionary, folder=folder).tagger("-F %H -U '%H%pl;'")
        if len(tagger.dictionary_info) > 1:
            raise DictionaryError(
                "a user dictionary has no letters",
                where=str(dictionary.folder),
                cure="nothing need be done: reading goes on by ids",
            )
        self._parse = tagger.parse
        self._letters = [*known.items(), *unknown.items()]
        self._ends = frozenset(name for name, value in self._letters if value >= END)
        self._by_id = by_id

    def tally(self, text: str) -> tuple[WordTally, Ends]:
        """See :class:`Reader`."""
        printed = self._parse(text)
        words, sums = self._count(printed)
        if "3;" in printed and sums[ENDS] < sum(map(text.count, END_MARKS)):
            return self._by_id.tally(text)  # an end mark may be an unknown word
        ends = self._ends
        return WordTally(words, sums, printed[-1:] in ends), lambda: [
            place for place, letter in enumerate(_LENGTHS.sub("", printed)) if letter in ends
        ]

    def _count(self, printed: str) -> tuple[int, tuple[int, ...]]:
        if len(printed) > MOST:
            parts = [self._count(printed[i : i + MOST]) for i in range(0, len(printed), MOST)]
            return sum(words for words, _ in parts), added(sums for _, sums in parts)
        words = total = 0
        for letter, value in self._letters:
            number = printed.count(letter)
            words += number
            total += number * value
        return words, unpacked(total)


_LENGTHS = re.compile("[0-9]+;")


def agree(one: Reader, other: Reader) -> bool:
    """Whether two readers count the probe sentences alike."""
    try:
        return all(
            mine == theirs and my_ends() == their_ends()
            for (mine, my_ends), (theirs, their_ends) in (
                (one.tally(probe), other.tally(probe)) for probe in _PROBES
            )
        )
    except KeyError:  # an id or a letter that its table lacks
        return False
