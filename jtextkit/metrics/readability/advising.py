"""What would make a text easier: a few remarks, each with its place and how far the scores would move.

Four kinds of things are looked for: long sentences, 漢語 in a row, kanji that no grade of primary
school teaches, and content words outside the list of common ones. Each remark says what the text
would score if that one thing were mended and nothing else: the sentence parted in two, the 漢語 said in
as many 和語, the kanji written in kana, the word replaced by a common one.

Not handled: how to say it better, word order, and what a passage takes for granted. What the numbers
gain, readers need not: a sentence cut in two senselessly scores better too.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, replace
from typing import Any

from jtextkit.metrics.kanji import KANJI_FOUND, kanji_up_to
from jtextkit.metrics.morphology.common_words import common_words
from jtextkit.metrics.morphology.dictionary import DEFAULT_DICTIONARY
from jtextkit.metrics.morphology.readers import END_MARKS
from jtextkit.metrics.readability.profiles import (
    Profile,
    ProfileCounts,
    ProfiledWord,
    profile,
    profile_counts,
    tokens,
)

REMARKS = 5
"""The most remarks."""

LONG = 30
"""Words of a sentence from which on it is called long; a unit of the formula's terms a 10 words is
0.56, about half a level."""

RUN = 3
"""漢語 in a row from which on they are named."""

_OF_A_KIND = 2


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

    def to_dict(self) -> dict[str, Any]:
        """All attributes by name, for JSON."""
        return asdict(self)


Place = tuple[int, ProfiledWord]
"""A word and where it starts."""


def advice(text: str, *, dictionary: str = DEFAULT_DICTIONARY) -> tuple[Remark, ...]:
    """At most :data:`REMARKS` remarks, the one that moves the second opinion most first, and no more
    than two of a kind unless there are no others.

    Raises:
        TextError, DictionaryError: as :func:`~jtextkit.metrics.readability.profiles.profile`.
    """
    whole = profile(text, dictionary=dictionary)
    words = list(_placed(text, dictionary))
    found = [
        *_long_sentences(text, words, whole),
        *_kango_runs(text, words, whole),
        *_repeated(words, whole),
    ]
    found.sort(key=lambda one: (-one[0], one[1].start))
    first: list[Remark] = []
    rest: list[Remark] = []
    for _, remark in found:
        enough = sum(remark.kind == other.kind for other in first) == _OF_A_KIND
        (rest if enough else first).append(remark)
    return tuple((first + rest)[:REMARKS])


Weighed = tuple[float, Remark]
"""A remark with the standard deviations by which it moves the second opinion."""


def _remark(
    whole: Profile, mended: ProfileCounts, place: tuple[int, int, str], said: tuple[str, str, int]
) -> Weighed:
    other = profile_counts(mended, whole.signature)
    start, end, surface = place
    kind, message, times = said
    remark = Remark(
        kind,
        start,
        end,
        surface,
        times,
        message,
        other.readability - whole.readability,
        whole.harder_than_percent - other.harder_than_percent,
    )
    return whole.harder - other.harder, remark


def _placed(text: str, dictionary: str) -> Iterator[Place]:
    at = 0
    for token in tokens(text, dictionary):
        at = text.index(token.surface, at)
        yield at, token
        at += len(token.surface)


def _long_sentences(text: str, words: Iterable[Place], whole: Profile) -> Iterator[Weighed]:
    counts = whole.profile_counts
    mended = replace(counts, counts=replace(counts.counts, sentences=counts.counts.sentences + 1))
    for sentence in _sentences(words):
        if len(sentence) >= LONG:
            first = next(at for at, token in sentence if not token.surface.isspace())
            start, end = first, sentence[-1][0] + len(sentence[-1][1].surface)
            message = f"this sentence has {len(sentence)} words; part it"
            yield _remark(
                whole, mended, (start, end, text[start:end]), ("long-sentence", message, 1)
            )


def _sentences(words: Iterable[Place]) -> Iterator[list[Place]]:
    sentence: list[Place] = []
    for place in words:
        sentence.append(place)
        if place[1].surface in END_MARKS:
            yield sentence
            sentence = []
    if sentence:
        yield sentence


def _kango_runs(text: str, words: Iterable[Place], whole: Profile) -> Iterator[Weighed]:
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
        counts = whole.profile_counts
        kango = replace(
            counts.counts,
            kango=counts.counts.kango - each * times,
            wago=counts.counts.wago + each * times,
        )
        start = places[0][0][0]
        message = f"{each} 漢語 stand in a row: {surface}"
        yield _remark(
            whole,
            replace(counts, counts=kango),
            (start, start + len(surface), text[start : start + len(surface)]),
            ("kango-run", message, times),
        )


def _repeated(words: Iterable[Place], whole: Profile) -> Iterator[Weighed]:
    """Words with advanced kanji and uncommon words, each with all its places."""
    counts = whole.profile_counts
    easy, taught, common = kanji_up_to(4), kanji_up_to(6), common_words()
    advanced: dict[str, list[int]] = defaultdict(list)
    uncommon: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for start, token in words:
        if any(kanji not in taught for kanji in KANJI_FOUND.findall(token.surface)):
            advanced[token.surface].append(start)
        if token.is_content and token.lemma not in common:
            uncommon[token.lemma[0] or token.surface].append(
                (start, token.surface)
            )  # an unknown word has no lemma
    for surface, starts in advanced.items():
        hard = sum(kanji not in easy for kanji in KANJI_FOUND.findall(surface)) * len(starts)
        beyond = "".join(dict.fromkeys(k for k in KANJI_FOUND.findall(surface) if k not in taught))
        named = beyond if beyond == surface else f"{beyond} in {surface}"
        yield _remark(
            whole,
            replace(counts, kanji=counts.kanji - hard),
            (starts[0], starts[0] + len(surface), surface),
            ("advanced-kanji", f"{named} is beyond grade 6", len(starts)),
        )
    for lemma, places in uncommon.items():
        start, surface = places[0]
        shown = surface if surface == lemma else f"{surface} ({lemma})"
        yield _remark(
            whole,
            replace(counts, uncommon=counts.uncommon - len(places)),
            (start, start + len(surface), surface),
            ("uncommon-word", f"{shown} is not among the 3,000 common words", len(places)),
        )
