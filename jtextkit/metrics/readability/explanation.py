"""Why a text scores as it does (what each term adds, and the sentences that weigh most), and what would make
it easier: a few remarks, each with its place and how far the scores would move.

Four kinds of things are looked for: long sentences, 漢語 in a row, kanji that no grade of primary
school teaches, and content words outside the list of common ones. Each remark says what the text
would score if that one thing were mended and nothing else: the sentence parted in two, the 漢語 said in
as many 和語, the kanji written in kana, the word replaced by a common one.

Not handled: how to say it better, word order, and what a passage takes for granted. What the numbers
gain, readers need not: a sentence cut in two senselessly scores better too.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any, TypeVar

from jtextkit.metrics.kanji import KANJI_FOUND, kanji_up_to
from jtextkit.metrics.morphology.analysis import END_MARKS, Counts, Word, analyser
from jtextkit.metrics.morphology.classes import common_words, counted, formula_flags
from jtextkit.metrics.morphology.dictionary import DEFAULT_DICTIONARY
from jtextkit.metrics.readability import formula, profiles

T = TypeVar("T")

FEATURES = {
    "words_per_sentence": "words per sentence",
    "kango_percent": "漢語 (Chinese origin), %",
    "wago_percent": "和語 (Japanese origin), %",
    "verb_percent": "verbs, %",
    "particle_percent": "particles, %",
}
"""What each term of the formula is called."""

REMARKS = 5
"""The most remarks."""

LONG = 30
"""Words of a sentence from which on it is called long; a unit of the formula's terms a 10 words is
0.56, about half a level."""

RUN = 3
"""漢語 in a row from which on they are named."""

_OF_A_KIND = 2


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

    score: formula.Readability
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
    sentences: formula.SentenceRule = "punct",
    dictionary: str = DEFAULT_DICTIONARY,
    normalised: str = "none",
) -> Explanation:
    """Score ``text`` and take the score apart.

    Sentences are those of the rule ``punct``; a text of a single sentence has no weights.

    Raises:
        TextError, DictionaryError, UsageError: as :func:`~jtextkit.metrics.readability.score`.
    """
    result = formula.score(text, sentences=sentences, dictionary=dictionary, normalised=normalised)
    terms = tuple(
        Term(feature, value, coefficient, coefficient * value)
        for feature, coefficient in formula.COEFFICIENTS.items()
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
    words: Sequence[Word | profiles.ProfiledWord],
    whole: Counts,
    rule: formula.SentenceRule = "punct",
) -> float | None:
    """The weight of a sentence (:class:`SentenceWeight`) in a text with these counts; None for the
    only sentence of a text.
    """
    rest = whole - _counts(words)
    if rest.words < 1 or formula.sentence_count(rest, rule) < 1:
        return None
    return formula.readability_of(rest, rule) - formula.readability_of(whole, rule)


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


def _counts(words: Sequence[Word | profiles.ProfiledWord]) -> Counts:
    kango, wago, verbs, particles = counted(
        formula_flags(word.pos1, word.pos2, word.goshu) for word in words
    )
    characters = sum(len(word.surface) for word in words)
    return Counts(characters, len(words), 1, 1, kango, wago, verbs, particles, sentences_site=1)


@dataclass(frozen=True, slots=True)
class Remark:
    """One thing that makes the text harder.

    Attributes:
        kind: ``long-sentence``, ``kango-run``, ``advanced-kanji`` or ``uncommon-word``.
        start, end: where it stands first, in characters of the text.
        text: the characters there.
        times: how often it stands in the text.
        message: the reason, in a sentence.
        readability: by how much the formula's value would rise without it.
        harder_than_percent: by how many percentage points the second opinion would fall.
    """

    kind: str
    start: int
    end: int
    text: str
    times: int
    message: str
    readability: float
    harder_than_percent: float

    def line(self, text: str) -> int:
        """The line of ``text``, which the remark is about, on which it starts, from 1."""
        return text.count("\n", 0, self.start) + 1

    to_dict = asdict


Place = tuple[int, profiles.ProfiledWord]
"""A word and where it starts."""


_Fault = tuple[str, int, int, int, str, profiles.ProfileCounts]
"""Kind, start, end, times and message of a remark, and the text's counts without it."""


def advice(text: str, *, dictionary: str = DEFAULT_DICTIONARY) -> tuple[Remark, ...]:
    """At most :data:`REMARKS` remarks, the one that moves the second opinion most first, and no more
    than two of a kind unless there are no others.

    Raises:
        TextError, DictionaryError: as :func:`~jtextkit.metrics.readability.profiles.profile`.
    """
    whole = profiles.profile(text, dictionary=dictionary)
    words = list(_placed(text, dictionary))
    found: list[tuple[float, Remark]] = []
    for look in (_long_sentences, _kango_runs, _advanced_kanji, _uncommon_words):
        for kind, start, end, times, message, mended in look(words, whole.profile_counts):
            other = profiles.profile_counts(mended, whole.signature)
            easier = other.readability - whole.readability
            fall = whole.harder_than_percent - other.harder_than_percent
            remark = Remark(kind, start, end, text[start:end], times, message, easier, fall)
            found.append((whole.harder - other.harder, remark))
    found.sort(key=lambda one: (-one[0], one[1].start))
    first: list[Remark] = []
    rest: list[Remark] = []
    for _, remark in found:
        enough = sum(remark.kind == other.kind for other in first) == _OF_A_KIND
        (rest if enough else first).append(remark)
    return tuple((first + rest)[:REMARKS])


def _placed(text: str, dictionary: str) -> Iterator[Place]:
    at = 0
    for token in profiles.tokens(text, dictionary):
        at = text.index(token.surface, at)
        yield at, token
        at += len(token.surface)


def _long_sentences(words: Iterable[Place], whole: profiles.ProfileCounts) -> Iterator[_Fault]:
    parted = replace(whole.counts, sentences=whole.counts.sentences + 1)
    for sentence in cut_behind(words, lambda place: place[1].surface in END_MARKS):
        if len(sentence) >= LONG:
            start = next(at for at, token in sentence if not token.surface.isspace())
            end = sentence[-1][0] + len(sentence[-1][1].surface)
            message = f"this sentence has {len(sentence)} words; part it"
            yield ("long-sentence", start, end, 1, message, replace(whole, counts=parted))


def _kango_runs(words: Iterable[Place], whole: profiles.ProfileCounts) -> Iterator[_Fault]:
    runs: dict[str, list[list[Place]]] = defaultdict(list)
    run: list[Place] = []
    for place in words:
        if place[1].goshu == "漢" and place[1].pos2 != "数詞":
            run.append(place)
            continue
        if len(run) >= RUN:
            runs["".join(token.surface for _, token in run)].append(run)
        run = []
    for surface, places in runs.items():
        each, times = len(places[0]), len(places)
        kango, wago = whole.counts.kango - each * times, whole.counts.wago + each * times
        mended = replace(whole, counts=replace(whole.counts, kango=kango, wago=wago))
        start = places[0][0][0]
        message = f"{each} 漢語 stand in a row: {surface}"
        yield ("kango-run", start, start + len(surface), times, message, mended)


def _advanced_kanji(words: Iterable[Place], whole: profiles.ProfileCounts) -> Iterator[_Fault]:
    easy, taught = kanji_up_to(4), kanji_up_to(6)
    places: dict[str, list[int]] = defaultdict(list)
    for start, token in words:
        if any(kanji not in taught for kanji in KANJI_FOUND.findall(token.surface)):
            places[token.surface].append(start)
    for surface, (start, *others) in places.items():
        kanji, times = KANJI_FOUND.findall(surface), 1 + len(others)
        hard = sum(one not in easy for one in kanji) * times
        beyond = "".join(dict.fromkeys(one for one in kanji if one not in taught))
        named = beyond if beyond == surface else f"{beyond} in {surface}"
        message = f"{named} is beyond grade 6"
        mended = replace(whole, kanji=whole.kanji - hard)
        yield ("advanced-kanji", start, start + len(surface), times, message, mended)


def _uncommon_words(words: Iterable[Place], whole: profiles.ProfileCounts) -> Iterator[_Fault]:
    common = common_words()
    places: dict[str, list[Place]] = defaultdict(list)
    for start, token in words:
        if token.is_content and token.lemma not in common:  # an unknown word has no lemma
            places[token.lemma[0] or token.surface].append((start, token))
    for lemma, found in places.items():
        start, surface = found[0][0], found[0][1].surface
        shown = surface if surface == lemma else f"{surface} ({lemma})"
        message = f"{shown} is not among the 3,000 common words"
        mended = replace(whole, uncommon=whole.uncommon - len(found))
        yield ("uncommon-word", start, start + len(surface), len(found), message, mended)
