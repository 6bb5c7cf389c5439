"""The recipe of a difficulty set: every rule by name, with its value."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from jtextkit.builders.sets.recipe import Recipe, rule
from jtextkit.metrics.morphology.dictionary import DEFAULT_DICTIONARY

if TYPE_CHECKING:
    from jtextkit.builders.aozora import Filters


@dataclass(frozen=True, slots=True)
class DifficultyRecipe(Recipe):
    """What decides a set, beside its sources. Same recipe and sources: same bytes.

    Lengths are in characters (Unicode code points, line breaks included), sentence lengths in
    words, differences in normalised difficulty.
    """

    seed: int = rule("Decides splits, order and ties.", 1)
    size: int = rule("Texts of each label.", 797, at_least=1)
    levels: str = rule("Labels.", "two", choices=("two", "six"))
    """``two`` (Simple, Complex) or ``six`` (the formula's levels)."""
    pairs: bool = rule("Pairs of one writer.", default=True)
    """Whether texts come in pairs of one writer (or of Kyoto) and of like length."""
    threshold: float = rule("Difficulty from which a text is Complex.", 0.5, above=0, below=1)
    """Of two levels; six have the formula's borders."""
    margin: float = rule("Distance kept from each border.", 0.02, at_least=0, below=0.5)
    min_chars: int = rule("A passage ends after so many characters.", 600, at_least=1)
    """At the first paragraph border from here on."""
    max_chars: int = rule("No passage is longer.", 1000, at_least=1)
    min_sentences: int = rule("Sentences of a text, at least.", 5, at_least=1)
    max_sentence_words: int = rule("Words of a sentence, at most.", 120)
    max_open_lines: float = rule("Share of lines without an end.", 0.1, at_least=0, at_most=1)
    """Lines that end neither a sentence nor a quotation: more is verse or a list."""
    old_orthography: bool = rule("Keep passages that look old.", default=False)
    """Whatever the catalogue says of their work."""
    max_unresolved: int = rule("Characters without a code (〓) a text.", 0, at_least=0)
    max_per_work: int = rule("Texts of one work.", 3, at_least=1)
    max_per_writer: int = rule("Pairs of one writer.", 6, at_least=1)
    """Without pairs, twice as many texts."""
    max_length_gap: int = rule("Characters between a pair's lengths.", 100, at_least=0)
    max_similarity: float = rule("Jaccard limit of near-duplicates.", 0.5, above=0, at_most=1)
    """Of 5-character shingles; from here on two texts are near-duplicates."""
    public_domain: str = rule("Where works must be free.", "japan", choices=("japan", "life+70"))
    orthographies: tuple[str, ...] = rule(
        "文字遣い種別 to take; repeatable.", ("新字新仮名",), option="orthography"
    )
    ndc: tuple[str, ...] = rule("Class prefix such as 913 or K; repeatable.", (), empty="all")
    authors: tuple[str, ...] = rule(
        "Name or person id; repeatable.", (), option="author", empty="all"
    )
    dictionary: str = rule("UniDic to score with.", DEFAULT_DICTIONARY, metavar="NAME|DIR")
    aliases: bool = rule(
        "Add the published set's columns difficulty_level and overall_difficulty.", default=False
    )

    def problem(self) -> str:
        if self.pairs and self.levels != "two":
            return "pairs join two levels: use --no-pairs with six"
        if self.min_chars > self.max_chars:
            return "min_chars must be at most max_chars"
        return ""

    @property
    def labels(self) -> tuple[str, ...]:
        """Labels from easy to hard."""
        if self.levels == "two":
            return ("Simple", "Complex")
        from jtextkit.metrics.readability.formula import LEVELS

        return tuple(name for name, _ in reversed(LEVELS))

    @property
    def borders(self) -> tuple[float, ...]:
        """Difficulties at which one label passes into the next, ascending."""
        if self.levels == "two":
            return (self.threshold,)
        from jtextkit.metrics.readability.formula import LEVELS, difficulty_of

        return tuple(difficulty_of(lowest) for _, lowest in reversed(LEVELS))[:-1]

    @property
    def filters(self) -> Filters:
        """The rules on the catalogue's works."""
        from jtextkit.builders.aozora import Filters

        return Filters(
            territory=self.public_domain,  # type: ignore[arg-type]  # one of the rule's choices
            orthographies=self.orthographies,
            ndc=self.ndc,
            authors=self.authors,
        )
