"""Ways to have the class of each word told, MeCab's by features and by ids, and the native core's.

- by *features*: part of speech and origin as the dictionary prints them. Works with any UniDic.
- by *ids*: in UniDic the left context id alone decides both, so where a dictionary comes with
  ``left-id.def`` MeCab need not print features.
- by the *core* (:mod:`~jtextkit.metrics.morphology.image`), which makes MeCab's search itself.

All three count alike; whoever opens a dictionary holds them against each other.
"""

from __future__ import annotations

from typing import NamedTuple

from jtextkit.metrics.morphology.classes import END, counted, formula_flags
from jtextkit.metrics.morphology.dictionary import Dictionary

END_MARKS = frozenset("。？！．")
"""The words that end a sentence."""

PROBES = (
    "吾々は昨日、新しい図書館で三十分ほど本を読んでいました。面白かったですか？",
    "「そうだ！」と彼は叫んだ。ＡＢＣ社のメールは12月3日に届くはずである……",
    "国際的な議論を通じて制度の改善がなされ得るのだろうか。うん、食べちゃった。",
    "ナウなヤングがグヌヌる\U0001f600と、佐藤さんはdeeplyに微笑み給うた　。",
    "第１．２節 (v1.2)!ほんと?! Ｕ．Ｓ．Ａ．の㍿〓は｡もう終わり．",
)


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
        if not _has_odd_ends(text):
            # Here the class 句点 holds exactly the words 。？！, so surfaces are not needed.
            printed = self._classes.parse(text)
            words = [table[name] for name in printed.split("\n")] if printed else []
            ends = [place for place, value in enumerate(words) if value >> END]
            if len(ends) <= sum(map(text.count, "。？！")):
                return WordTally(len(words), counted(words), ends)
        pairs = self.surfaces(text)
        ends = [place for place, (surface, _) in enumerate(pairs) if surface in END_MARKS]
        return WordTally(len(pairs), counted(table[name] for _, name in pairs), ends)


def _has_odd_ends(text: str) -> bool:
    """Whether there is a mark that the class 句点 alone cannot tell."""
    return "!" in text or "." in text or "?" in text or "．" in text or "｡" in text


class FeatureReader(LineReader):
    """Reads ``pos1,pos2,goshu``; in UniDic these are features 0, 1 and 12, which unknown words lack."""

    def __init__(self, dictionary: Dictionary) -> None:
        super().__init__(dictionary, "%f[0],%f[1],%f[12]", "%f[0],%f[1],", _FeatureClasses())


class _FeatureClasses(dict[str, int]):
    """Printed features to class, filled as they occur."""

    def __missing__(self, printed: str) -> int:
        pos1, pos2, goshu = printed.split(",", 2)
        self[printed] = value = formula_flags(pos1, pos2, goshu)
        return value


class IdReader(LineReader):
    """Reads left context ids (:func:`~jtextkit.metrics.morphology.classes.left_id_classes`)."""

    def __init__(self, dictionary: Dictionary, classes: dict[str, int]) -> None:
        super().__init__(dictionary, "%phl", "?%phl", classes)


def agree(one: LineReader, other: LineReader) -> bool:
    """Whether two readers count the probe sentences alike."""
    try:
        return all(one.tally(probe) == other.tally(probe) for probe in PROBES)
    except KeyError:  # an id that its table lacks
        return False
