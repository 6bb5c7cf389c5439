"""Why a text scores as it does: what each term adds, and the sentences that weigh most."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any, TypeVar

from jtextkit.metrics.morphology.analysis import Counts, Word, analyser
from jtextkit.metrics.morphology.classes import counted, formula_flags
from jtextkit.metrics.morphology.dictionary import DEFAULT_DICTIONARY
from jtextkit.metrics.readability.formula import (
    COEFFICIENTS,
    Readability,
    SentenceRule,
    readability_of,
    score,
    sentence_count,
)
from jtextkit.metrics.readability.profiles import ProfiledWord

T = TypeVar("T")

FEATURES = {
    "words_per_sentence": "words per sentence",
    "kango_percent": "漢語 (Chinese origin), %",
    "wago_percent": "和語 (Japanese origin), %",
    "verb_percent": "verbs, %",
    "particle_percent": "particles, %",
}
"""What each term of the formula is called."""


@dataclass(frozen=True, slots=True)
class Term:
    """One term of the formula: ``contribution = coefficient × value``."""

    feature: str
    value: float
    coefficient: float
    contribution: float


@dataclass(frozen=True, slots=True)
class SentenceWeight:
    """A sentence and what the score would gain without it.

    Attributes:
        number: position in the text, from 1.
        words: its length in words.
        weight: score of the text without the sentence minus the score of the whole text; positive
            means that the sentence makes the text harder.
        text: its words joined, without the white space that the analyser skips.
    """

    number: int
    words: int
    weight: float
    text: str


@dataclass(frozen=True, slots=True)
class Explanation:
    """The score, its terms in the formula's order, and sentences by descending ``|weight|``."""

    score: Readability
    terms: tuple[Term, ...]
    sentences: tuple[SentenceWeight, ...]

    def to_dict(self) -> dict[str, Any]:
        """``terms`` and ``sentence_weights`` for JSON, beside the score's own columns."""
        return {
            "terms": [asdict(term) for term in self.terms],
            "sentence_weights": [asdict(sentence) for sentence in self.sentences],
        }


def explain(
    text: str,
    *,
    sentences: SentenceRule = "punct",
    dictionary: str = DEFAULT_DICTIONARY,
    normalised: str = "none",
) -> Explanation:
    """Score ``text`` and take the score apart.

    Sentences are those of the rule ``punct``; a text of a single sentence has no weights.

    Raises:
        TextError, DictionaryError, UsageError: as :func:`~jtextkit.metrics.readability.formula.score`.
    """
    result = score(text, sentences=sentences, dictionary=dictionary, normalised=normalised)
    terms = tuple(
        Term(feature, value, coefficient, coefficient * value)
        for feature, coefficient in COEFFICIENTS.items()
        for value in [getattr(result, feature)]
    )
    weights = []
    cut = cut_behind(analyser(dictionary).words(text), lambda word: word.ends_sentence)
    for number, words in enumerate(cut, 1):
        weight = weight_of(words, result.counts)
        if weight is not None:
            joined = "".join(word.surface for word in words)
            weights.append(SentenceWeight(number, len(words), weight, joined))
    weights.sort(key=lambda sentence: (-abs(sentence.weight), sentence.number))
    return Explanation(result, terms, tuple(weights))


def weight_of(
    words: Sequence[Word | ProfiledWord], whole: Counts, rule: SentenceRule = "punct"
) -> float | None:
    """The weight of a sentence (:class:`SentenceWeight`) in a text with these counts; None for the
    only sentence of a text.
    """
    rest = whole - _counts(words)
    if rest.words < 1 or sentence_count(rest, rule) < 1:
        return None
    return readability_of(rest, rule) - readability_of(whole, rule)


def cut_behind(words: Iterable[T], ends: Callable[[T], bool]) -> Iterator[list[T]]:
    """Words in stretches, each up to one that ``ends`` it."""
    stretch: list[T] = []
    for word in words:
        stretch.append(word)
        if ends(word):
            yield stretch
            stretch = []
    if stretch:
        yield stretch


def _counts(words: Sequence[Word | ProfiledWord]) -> Counts:
    kango, wago, verbs, particles = counted(
        formula_flags(word.pos1, word.pos2, word.goshu) for word in words
    )
    return Counts(
        characters=sum(len(word.surface) for word in words),
        words=len(words),
        sentences=1,
        sentences_newline=1,
        sentences_site=1,
        kango=kango,
        wago=wago,
        verbs=verbs,
        particles=particles,
    )
