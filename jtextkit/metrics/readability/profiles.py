"""The profile of a text: the formula's value with its error, and a second opinion that sees words.

The jReadability formula hardly looks at which words and kanji a text uses. The second opinion adds
two shares to it, and learns nothing from labels::

    harder = z(−readability) + z(kanji above grade 4) + z(uncommon words)

    kanji above grade 4   of the characters that are no white space
    uncommon words        of content words, outside the 3,000 lemmas that most children's stories have
    z(x)                  (x − mean) / SD over passages of Aozora Bunko's fiction, cut at ±4

``harder_than_percent`` is the share of those passages whose sum is lower. Both data files are made by
``benchmarks/profile_data.py``.

The standard error is that of the ratio estimator over the text's own sentences (Cochran, *Sampling
Techniques*, ch. 6), in closed form: with u_i = ∇g(totals)·counts of sentence i and m sentences,
SE² = m/(m−1) Σu_i². Its sums of products are additive, so merged counts have it too. It says how much
the value would move with other sentences of the same kind; another page of the same work varies
1.25 times as much (``harder``: 1.35).

Not handled: a level or a probability of being understood, single sentences, and readers whose first
language has kanji.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields
from functools import cache, cached_property
from operator import add, attrgetter
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from jtextkit.core.display import Displayed
from jtextkit.core.text import check_is_text
from jtextkit.metrics.morphology import classes
from jtextkit.metrics.morphology.analysis import END_MARKS, Counts, analyser, stretches
from jtextkit.metrics.morphology.classes import Lemma, common_words, words_identity
from jtextkit.metrics.morphology.dictionary import DEFAULT_DICTIONARY
from jtextkit.metrics.readability import formula
from jtextkit.metrics.readability.opinion import (
    PAIRS,
    VARIABLES,
    Opinion,
    lexical_part,
    opinion,
    reference,
)

if TYPE_CHECKING:
    from jtextkit.metrics.readability.cautions import Caution

DATA: Final = Path(__file__).parent
"""Where the data files lie."""

MIDDLE: Final = 50.0
"""Percentile from which on the second opinion calls a text hard."""

PAGE_ERROR: Final = 1.25
"""Standard deviation of :attr:`Profile.readability` from page to page of a work, in standard errors."""

_FORMULA: Final = attrgetter(*(one.name for one in fields(Counts)))  # astuple takes tenfold
_OWN: Final = attrgetter("visible", "kanji", "content", "uncommon", "classical")

_OWN_COLUMNS: Final = (
    "readability_se", "kanji_above_grade4_percent", "uncommon_words_percent",
    "harder_than_percent", "harder_se", "opinions_agree", "classical_percent",
)  # fmt: skip

PROFILE_COLUMNS: Final = (*formula.COLUMNS[:4], *_OWN_COLUMNS, *formula.COLUMNS[4:])
"""The names under which a profile appears everywhere: JSON, frames, data sets, attributes."""


@dataclass(frozen=True, slots=True)
class ProfileCounts:
    """Additive counts of one or more texts, with the sums that give a standard error.

    Attributes:
        counts: what the formula needs.
        visible: characters that are no white space.
        kanji: of these, kanji that are not taught in grades 1 to 4.
        content: content words; numerals (数詞) and proper names (固有名詞) are none.
        uncommon: of these, words outside the list of common words.
        classical: words of 文語 conjugation.
        products: sums over sentences of the products of two :data:`VARIABLES`, each pair once.
    """

    counts: Counts = field(default_factory=Counts)
    visible: int = 0
    kanji: int = 0
    content: int = 0
    uncommon: int = 0
    classical: int = 0
    products: tuple[int, ...] = (0,) * len(PAIRS)

    def __add__(self, other: ProfileCounts) -> ProfileCounts:
        return ProfileCounts.total((self, other))

    @classmethod
    def total(cls, parts: Sequence[ProfileCounts]) -> ProfileCounts:
        """The counts of all parts; those of nothing where there are none."""
        if not parts:
            return cls()
        counts = map(sum, zip(*(_FORMULA(one.counts) for one in parts), strict=True))
        own = zip(*map(_OWN, parts), strict=True)
        visible, kanji, content, uncommon, classical = map(sum, own)
        products = map(sum, zip(*(one.products for one in parts), strict=True))
        return cls(Counts(*counts), visible, kanji, content, uncommon, classical, tuple(products))

    @property
    def totals(self) -> tuple[int, ...]:
        """The sum of each of :data:`VARIABLES`."""
        c = self.counts
        of_formula = (c.words, c.kango, c.wago, c.verbs, c.particles)
        return (*of_formula, self.visible, self.kanji, self.content, self.uncommon)


@dataclass(frozen=True, slots=True)
class ProfiledWord:
    """A word with what the profile needs of it."""

    surface: str
    pos1: str
    pos2: str
    goshu: str
    conjugation: str
    lemma: Lemma
    base: str
    """Dictionary form as it is written here (書字形基本形)."""

    @property
    def is_content(self) -> bool:
        return classes.is_content(self.pos1, self.pos2)


@cache
def _tagger(dictionary: str) -> Any:
    found = analyser(dictionary).dictionary
    # Part of speech stands last: fugashi strips white space, such as the lemma 　, from the end.
    return found.tagger(
        r'-F "%m\t%f[7]\t%f[10]\t%f[12]\t%f[4]\t%f[1]\t%f[0]\n"'
        r' -U "%m\t\t\t\t\t%f[1]\t%f[0]\n"'
    )


def tokens(text: str, dictionary: str) -> Iterator[ProfiledWord]:
    """The words of a text with what the profile needs of them."""
    printed = (_tagger(dictionary).parse(part) for part in stretches(text))
    for line in (line for part in printed if part for line in part.split("\n")):
        surface, lemma, base, goshu, conjugation, pos2, pos1 = line.split("\t")
        yield ProfiledWord(
            surface, pos1, pos2, goshu, conjugation, (lemma.partition("-")[0] or lemma, pos1), base
        )


def count_profile(
    text: str, dictionary: str = DEFAULT_DICTIONARY, common: frozenset[Lemma] | None = None
) -> ProfileCounts:
    """Count what the profile needs.

    Raises:
        TextError: empty, blank, with NUL or a lone surrogate.
        DictionaryError: the dictionary cannot be opened.
    """
    if common is not None:
        return _by_features(text, analyser(dictionary).count(text), dictionary, common)
    counts, sums = analyser(dictionary).count_with_sums(text)
    if sums is None:
        return _by_features(text, counts, dictionary, common_words())
    visible, kanji, content, uncommon = sums[5:9]
    return ProfileCounts(counts, visible, kanji, content, uncommon, sums[10], sums[15:])


def _by_features(
    text: str, counts: Counts, dictionary: str, common: frozenset[Lemma]
) -> ProfileCounts:
    """What the core sums, from the features that MeCab prints; slower."""
    sentences = [[0] * len(VARIABLES)]
    classical = 0
    for word in tokens(text, dictionary):
        old, listed = word.conjugation.startswith("文語"), word.lemma in common
        bits = classes.flags(word.pos1, word.pos2, word.goshu, classical=old, listed=listed)
        content = bits >> classes.CONTENT & 1
        seen = [classes.mark(c) for c in word.surface]
        row = (
            1,
            *(bits >> place & 1 for place in range(4)),
            sum(mark & 1 for mark in seen),
            sum(mark >> 1 & 1 for mark in seen),
            content,
            content and not bits >> classes.LISTED & 1,
        )
        sentences[-1] = list(map(add, sentences[-1], row))
        classical += bits >> classes.CLASSICAL & 1
        if word.surface in END_MARKS:
            sentences.append([0] * len(VARIABLES))
    visible, kanji, content, uncommon = map(sum, list(zip(*sentences, strict=True))[5:])
    products = tuple(sum(row[i] * row[j] for row in sentences) for i, j in PAIRS)
    return ProfileCounts(counts, visible, kanji, content, uncommon, classical, products)


@dataclass(frozen=True, repr=False)
class Profile(Displayed):
    """How hard a text is by two opinions, with the error of each.

    Attributes:
        score: the formula's value; its sentence rule is the caller's.
        profile_counts: what the second opinion follows from, under the rule ``punct``.
        signature: the one line that two comparable profiles share.
    """

    score: formula.Readability
    profile_counts: ProfileCounts
    signature: str

    @property
    def readability(self) -> float:
        """The formula's value; higher is easier."""
        return self.score.readability

    @property
    def readability_se(self) -> float | None:
        """Its standard error; None for a text of one sentence, and under the rule ``newline``."""
        if self.score.sentence_rule != "punct":
            return None
        return self._opinion[2]

    @property
    def kanji_above_grade4_percent(self) -> float:
        """Of the characters that are no white space."""
        counts = self.profile_counts
        return 100.0 * (counts.kanji / counts.visible) if counts.visible else 0.0

    @property
    def uncommon_words_percent(self) -> float | None:
        """Of content words; None where there are none."""
        counts = self.profile_counts
        return 100.0 * counts.uncommon / counts.content if counts.content else None

    @property
    def classical_percent(self) -> float:
        """Words of 文語 conjugation, of all words; 3 % and more mark classical grammar."""
        return 100.0 * self.profile_counts.classical / self.profile_counts.counts.words

    @property
    def is_classical(self) -> bool:
        """Whether the grammar is classical: by its share of words, and not just for a word or two."""
        from jtextkit.metrics.readability.cautions import CLASSICAL

        return self.profile_counts.classical > 2 and self.classical_percent >= CLASSICAL

    @cached_property
    def _opinion(self) -> Opinion:
        counts = self.profile_counts
        return opinion()((counts.counts.sentences, *counts.totals, *counts.products), reference())

    @property
    def harder(self) -> float:
        """The second opinion as a sum of three z-scores; the percentile follows from it."""
        return self._opinion[0]

    @property
    def lexical(self) -> float:
        """The part of :attr:`harder` that the formula does not see: kanji and words."""
        return lexical_part((self.profile_counts.counts.sentences, *self.profile_counts.totals))

    @property
    def harder_than_percent(self) -> float:
        """Share of passages of Aozora Bunko's fiction that are easier, 0 to 100."""
        return self._opinion[1]

    @property
    def harder_se(self) -> float | None:
        """Standard error of :attr:`harder_than_percent`, in percentage points; None for a text of one
        sentence. Half the distance between the percentiles one standard error below and above.
        """
        return self._opinion[3]

    @property
    def opinions_agree(self) -> bool:
        """Whether both see the text on the same side: difficulty 0.5, and the 50th percentile."""
        return (self.score.label == "Complex") == (self.harder_than_percent >= MIDDLE)

    @property
    def disagreement(self) -> str:
        """In words what the opinions disagree on; "" where they agree."""
        if self.opinions_agree:
            return ""
        if self.harder_than_percent >= MIDDLE:
            return "the sentences are simple, the kanji or words are not"
        return "the kanji and words are simple, the sentences are not"

    @property
    def warnings(self) -> tuple[Caution, ...]:
        """Reasons to take these numbers with care, found when first looked at."""
        return self.score.cautions(self.classical_percent if self.is_classical else 0.0)

    def _facts(self) -> Mapping[str, Any]:
        names = ("readability", "level", "harder_than_percent", "opinions_agree")
        return {name: self[name] for name in names}

    def _rows(self) -> Iterable[tuple[str, Any]]:
        return self.to_dict().items()

    def to_dict(self) -> dict[str, Any]:
        """:data:`PROFILE_COLUMNS`, then ``warnings`` (code to message) and ``signature``."""
        row = {name: self[name] for name in PROFILE_COLUMNS}
        row["warnings"] = {caution.code: caution.message for caution in self.warnings}
        row["signature"] = self.signature
        return row

    def __getitem__(self, column: str) -> Any:
        """The value of one of :data:`PROFILE_COLUMNS`."""
        return getattr(self if column in _OWN_COLUMNS else self.score, column)


def profile(
    text: str,
    *,
    sentences: formula.SentenceRule = "punct",
    dictionary: str = DEFAULT_DICTIONARY,
    normalised: str = "none",
) -> Profile:
    """The profile of one text, exactly as given.

    Args:
        text: the text; 400 to 1,000 characters are best, any length is measured.
        sentences: where a sentence ends for the formula's value; the second opinion always takes
            ``punct``.
        dictionary: ``unidic-lite``, ``unidic`` or a folder with a compiled UniDic.
        normalised: what the caller did to the text beforehand; goes into the signature.

    Raises:
        TextError: the text is empty or blank, or holds NUL or a lone surrogate.
        DictionaryError: the dictionary cannot be opened; the message says what helps.
        UsageError: there is no such sentence rule, or ``text`` is no ``str``.
    """
    check_is_text(text, "profile", "for many, [profile(text) for text in texts] or score_frame")
    counts = count_profile(text, dictionary)
    signature = formula.signature_of(analyser(dictionary), sentences, normalised, words_identity())
    score = formula.score_counts(counts.counts, signature, sentences=sentences, text=text)
    return Profile(score, counts, signature)


def profile_counts(counts: ProfileCounts, signature: str) -> Profile:
    """The profile that counts alone give, such as the sum of many parts' counts.

    Raises:
        TextError: there are no words.
    """
    return Profile(formula.score_counts(counts.counts, signature), counts, signature)
