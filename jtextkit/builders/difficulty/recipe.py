"""The recipe of a difficulty set: every rule by name, with its value."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from jtextkit.builders.sets.recipe import Recipe, rule
from jtextkit.core.receipts import RECEIPT
from jtextkit.metrics.morphology.dictionary import DEFAULT_DICTIONARY

if TYPE_CHECKING:
    from jtextkit.builders.aozora import Filters

PROSE_RULES: Final = (
    "play", "cast-list", "dialogue", "dialect", "censored",
    "classical-grammar", "katakana-script", "parted-words", "half-width-ends", "foreign-words",
)  # fmt: skip
"""What a passage must not be (:mod:`.prose`), in the order in which it is asked: five rules on what
stands in it, then the cautions that a score of it would raise."""

RANKINGS: Final[Mapping[str, tuple[float, float]]] = {
    "formula": (0.0, 0.0),
    "lexical": (1 / 4, 0.0),
    "balanced": (1 / 16, 1 / 120),
    "even": (1 / 4, 1 / 60),
    "length-free": (1 / 4, 1 / 40),
}
"""What pairs may be ranked by: the difference in difficulty, plus so much of that in the lexical part
of the second opinion, less so much of that in words per sentence."""


@dataclass(frozen=True, slots=True)
class DifficultyRecipe(Recipe):
    """What decides a set, beside its sources. Same recipe and sources: same bytes.

    Lengths are in characters (Unicode code points, line breaks included), sentence lengths in
    words, differences in normalised difficulty.
    """

    edition: int = rule("Which columns and rules.", 2, at_least=1, at_most=2, option="")
    """1 is only rebuilt from its lock: the second opinion and all that rests on it came with 2."""
    seed: int = rule("Decides splits, order and ties.", 1)
    size: int = rule("Texts of each label.", 797, at_least=1)
    levels: str = rule("Labels.", "two", choices=("two", "six"))
    """``two`` (Simple, Complex) or ``six`` (the formula's levels)."""
    pairs: bool = rule("Pairs of one writer.", default=True)
    """Whether texts come in pairs of one writer (or of Kyoto) and of like length."""
    threshold: float = rule("Difficulty from which a text is Complex.", 0.5, above=0, below=1)
    """Of two levels; six have the formula's borders."""
    simple_below: float = rule(
        "Percentile that Simple texts lie under.", 17.0, above=0, at_most=100
    )
    """Of the second opinion (``harder_than_percent``), as the next one. Kyoto's blocks keep to 50."""
    complex_above: float = rule(
        "Percentile that Complex texts lie above.", 50.0, at_least=0, below=100
    )
    ranking: str = rule("What pairs are ranked by.", "balanced", choices=tuple(RANKINGS))
    margin: float = rule("Distance kept from each border.", 0.02, at_least=0, below=0.5)
    min_chars: int = rule("A passage ends after so many characters.", 600, at_least=1)
    """At the first paragraph border from here on."""
    max_chars: int = rule("No passage is longer.", 1000, at_least=1)
    min_sentences: int = rule("Sentences of a text, at least.", 5, at_least=1)
    max_sentence_words: int = rule("Words of a sentence, at most.", 120)
    max_open_lines: float = rule("Share of lines without an end.", 0.1, at_least=0, at_most=1)
    """Lines that end neither a sentence nor a quotation: more is verse or a list."""
    allow: tuple[str, ...] = rule("Rule on prose to leave out, by its name; repeatable.", ())
    """One of :data:`PROSE_RULES`."""
    exclude_flagged: bool = rule("Leave out texts with a content flag.", default=False)
    old_orthography: bool = rule("Keep passages that look old.", default=False)
    """Whatever the catalogue says of their work."""
    max_unresolved: int = rule("Characters without a code (〓) a text.", 0, at_least=0)
    max_per_work: int = rule("Texts of one work.", 3, at_least=1)
    max_per_writer: int = rule("Pairs of one writer.", 12, at_least=1)
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
        if unknown := sorted(set(self.allow) - set(PROSE_RULES)):
            return f"allow has no rule {unknown[0]}: {', '.join(PROSE_RULES)}"
        return ""

    @classmethod
    def of_receipt(cls, receipt: Mapping[str, Any]) -> DifficultyRecipe:
        """The recipe in a receipt; those of the first edition do not name it.

        Raises:
            KeyError, UsageError: it holds none that can be read.
        """
        return cls.from_dict({"edition": 1, **receipt["recipe"]}, where=RECEIPT)

    @property
    def second(self) -> bool:
        """Whether rows have a second opinion."""
        return self.edition > 1

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
