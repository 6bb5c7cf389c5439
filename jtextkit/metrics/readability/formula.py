"""The jReadability formula: value, level, normalised difficulty and label.

Source: Jae-ho Lee and Yoichiro Hasebe, "Readability measurement of Japanese texts based on levelled
corpora"; Hasebe and Lee, "Introducing a readability evaluation system for Japanese language
education" (CASTEL/J 2015). With UniDic short units::

    readability = 11.724 − 0.056·W − 0.126·K − 0.042·G − 0.145·V − 0.044·P

    W  mean words per sentence         V  verbs, % of words (動詞 but not 非自立可能)
    K  words of Chinese origin, %      P  particles, % of words (助詞)
    G  words of Japanese origin, %

Higher is easier. The value has no bounds; the scale runs from 0.5 to 6.5 in six half-open levels.
Texts of 400 to 1,000 characters are what the authors' site recommends.

Not handled: what the score cannot see (rare kanji, old orthography, hard content in easy words).

>>> result = score("おはようございます！今日は天気がいいですね。")
>>> result.readability
6.438000000000001
>>> result.level, result.label
('lower-elementary', 'Simple')
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Literal

from jtextkit.core.display import Displayed
from jtextkit.core.errors import TextError
from jtextkit.core.registry import unknown_name
from jtextkit.core.signatures import signature
from jtextkit.core.text import check_is_text
from jtextkit.metrics.morphology.analysis import SENTENCE_RULES, Analyser, Counts, analyser
from jtextkit.metrics.morphology.dictionary import DEFAULT_DICTIONARY

if TYPE_CHECKING:
    from jtextkit.metrics.readability.cautions import Caution

COEFFICIENTS: dict[str, float] = {
    "words_per_sentence": -0.056,
    "kango_percent": -0.126,
    "wago_percent": -0.042,
    "verb_percent": -0.145,
    "particle_percent": -0.044,
}
INTERCEPT = 11.724

LEVELS = (
    ("upper-advanced", 0.5),
    ("lower-advanced", 1.5),
    ("upper-intermediate", 2.5),
    ("lower-intermediate", 3.5),
    ("upper-elementary", 4.5),
    ("lower-elementary", 5.5),
)
"""The six levels with their lowest readability, hardest first; each is 1.0 wide and half-open."""

SCALE = (0.5, 6.5)
"""Readability from (included) and to (excluded) which a level exists."""

COLUMNS: tuple[str, ...] = (
    "readability", "level", "difficulty", "label",
    "words_per_sentence", "kango_percent", "wago_percent", "verb_percent", "particle_percent",
    "characters", "words", "sentences", "readability_newline",
)  # fmt: skip
"""The names under which a score appears everywhere: JSON, frames, data sets, attributes."""

SentenceRule = Literal["punct", "newline", "site"]


def level_of(readability: float) -> str | None:
    """The level's name, or None off the scale (below 0.5, or 6.5 and above)."""
    if not SCALE[0] <= readability < SCALE[1]:
        return None
    return LEVELS[int(readability - SCALE[0])][0]  # each is 1.0 wide


def difficulty_of(readability: float) -> float:
    """``(6.5 − readability) / 6.0``: 0.0 easiest to 1.0 hardest on the scale, unbounded off it."""
    return (6.5 - readability) / 6.0


def label_of(difficulty: float, threshold: float = 0.5) -> str:
    """``Simple`` below the threshold, ``Complex`` from it on, off the scale too."""
    return "Simple" if difficulty < threshold else "Complex"


def sentence_count(counts: Counts, rule: SentenceRule) -> int:
    """The number of sentences under a rule."""
    if rule == "punct":
        return counts.sentences
    return counts.sentences_newline if rule == "newline" else counts.sentences_site


def readability_of(counts: Counts, sentences: SentenceRule = "punct") -> float:
    """The formula's value, to the last bit that of the package jreadability under ``punct``."""
    words = counts.words
    number = sentence_count(counts, sentences)
    # The order of the terms is the package's: floating-point sums depend on it.
    return (
        words / number * -0.056
        + 100.0 * counts.kango / words * -0.126
        + 100.0 * counts.wago / words * -0.042
        + 100.0 * counts.verbs / words * -0.145
        + 100.0 * counts.particles / words * -0.044
        + 11.724
    )


@dataclass(frozen=True, repr=False)
class Readability(Displayed):
    """How readable a text is, and how that was found.

    Attributes:
        readability: the formula's value; higher is easier.
        sentence_rule: one of :data:`~jtextkit.metrics.morphology.analysis.SENTENCE_RULES`.
        counts: the counts it follows from.
        signature: the one line that two comparable scores share.
        text: what was scored, for :attr:`warnings`; None where only counts were given.
    """

    readability: float
    sentence_rule: SentenceRule
    counts: Counts
    signature: str
    text: str | None = None

    def _facts(self) -> dict[str, Any]:
        names = ("readability", "level", "label", "characters")
        return {name: getattr(self, name) for name in names}

    def _rows(self) -> Iterable[tuple[str, Any]]:
        yield from ((name, getattr(self, name)) for name in COLUMNS)
        yield from ((caution.code, caution.message) for caution in self.warnings)
        yield "signature", self.signature

    @property
    def level(self) -> str | None:
        """One of the six :data:`LEVELS`, or None off the scale."""
        return level_of(self.readability)

    @property
    def difficulty(self) -> float:
        """Normalised: 0.0 easiest to 1.0 hardest on the scale."""
        return difficulty_of(self.readability)

    @property
    def label(self) -> str:
        """``Simple`` or ``Complex``."""
        return label_of(self.difficulty)

    @property
    def characters(self) -> int:
        return self.counts.characters

    @property
    def words(self) -> int:
        return self.counts.words

    @property
    def sentences(self) -> int:
        """Number of sentences under :attr:`sentence_rule`."""
        return sentence_count(self.counts, self.sentence_rule)

    @property
    def words_per_sentence(self) -> float:
        return self.words / self.sentences

    @property
    def kango_percent(self) -> float:
        return 100.0 * self.counts.kango / self.words

    @property
    def wago_percent(self) -> float:
        return 100.0 * self.counts.wago / self.words

    @property
    def verb_percent(self) -> float:
        return 100.0 * self.counts.verbs / self.words

    @property
    def particle_percent(self) -> float:
        return 100.0 * self.counts.particles / self.words

    @property
    def readability_newline(self) -> float:
        """The value under the rule ``newline``, whichever rule was asked for."""
        return readability_of(self.counts, "newline")

    @property
    def readability_punct(self) -> float:
        """The value under the rule ``punct``, whichever rule was asked for."""
        return readability_of(self.counts, "punct")

    @property
    def warnings(self) -> tuple[Caution, ...]:
        """Reasons to take this score with care, found when first looked at."""
        return self.cautions()

    def cautions(self, classical_percent: float = 0.0) -> tuple[Caution, ...]:
        """The same, where so many words are known to be of 文語 conjugation."""
        from jtextkit.metrics.readability.cautions import cautions  # late: its patterns take 20 ms

        found = cautions(
            text=self.text,
            characters=self.characters,
            on_scale=self.level is not None,
            other_rule=abs(self.readability_newline - self.readability_punct),
            classical=classical_percent,
        )
        return tuple(found)

    def to_dict(self) -> dict[str, Any]:
        """:data:`COLUMNS`, then ``warnings`` (code to message) and ``signature``."""
        row: dict[str, Any] = {name: getattr(self, name) for name in COLUMNS}
        row["warnings"] = {caution.code: caution.message for caution in self.warnings}
        row["signature"] = self.signature
        return row


@lru_cache(maxsize=32)  # scoring text by text asks for the same one again and again
def signature_of(
    analyser: Analyser, sentences: SentenceRule, normalised: str = "none", words: str = ""
) -> str:
    """The signature of scores made with an analyser; ``normalised`` names what was done to the text
    before, ``words`` the list of common words where one was used.
    """
    choices = {"dict": analyser.dictionary.identity, "sent": sentences, "norm": normalised}
    if analyser.reads_features:
        choices["by"] = "features"
    if words:
        choices["words"] = words
    return signature("jreadability", **choices)


def score(
    text: str,
    *,
    sentences: SentenceRule = "punct",
    dictionary: str = DEFAULT_DICTIONARY,
    normalised: str = "none",
    where: str = "",
) -> Readability:
    """Score one text exactly as given: nothing is stripped or normalised.

    Args:
        text: the text; 400 to 1,000 characters are best, any length is scored.
        sentences: where a sentence ends, ``punct`` (as the package jreadability), ``newline`` or ``site``.
        dictionary: ``unidic-lite``, ``unidic`` or a folder with a compiled UniDic.
        normalised: what the caller did to the text beforehand; goes into the signature.
        where: put in front of error messages, for example a file name.

    Raises:
        TextError: the text is empty or blank, or holds NUL or a lone surrogate.
        DictionaryError: the dictionary cannot be opened; the message says what helps.
        UsageError: there is no such sentence rule, or ``text`` is no ``str``.
    """
    check_is_text(text, "score", "for many, [score(text) for text in texts] or score_frame")
    check_rule(sentences)
    words = analyser(dictionary)
    counts = words.count(text, where=where)
    made = signature_of(words, sentences, normalised)
    return Readability(readability_of(counts, sentences), sentences, counts, made, text)


def score_counts(
    counts: Counts, signature: str, *, sentences: SentenceRule = "punct", text: str | None = None
) -> Readability:
    """Score counts alone, such as the sum of many parts' counts.

    Args:
        counts: what was counted; sums of :class:`~jtextkit.metrics.morphology.analysis.Counts` are fine.
        signature: that of the scores whose counts these are; parts that differ in it do not add.
        text: what was counted, for warnings.

    Raises:
        TextError: there are no words.
        UsageError: there is no such sentence rule.
    """
    check_rule(sentences)
    if counts.words < 1 or counts.sentences < 1:
        raise TextError("there are no words to score")
    return Readability(readability_of(counts, sentences), sentences, counts, signature, text)


def check_rule(sentences: str) -> None:
    """Refuse a sentence rule that there is not."""
    if sentences not in SENTENCE_RULES:
        raise unknown_name("sentence rule", sentences, SENTENCE_RULES)
