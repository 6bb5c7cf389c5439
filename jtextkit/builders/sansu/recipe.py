"""The recipes of a 算数 set: one that is generated, and one that is imported."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from jtextkit.builders.sets.recipe import Recipe, rule
from jtextkit.metrics.morphology.dictionary import DEFAULT_DICTIONARY

GENERATED, IMPORTED = "generated", "import"
"""Where rows come from, as column and recipe say."""

_SIMILARITY = "From which on a problem nearly repeats another (Jaccard, 5-character shingles)."


@dataclass(frozen=True, slots=True)
class SansuRecipe(Recipe):
    """What decides a generated set. Same recipe and version: same bytes."""

    source: str = field(default=GENERATED, init=False)
    seed: int = rule("Decides numbers, splits and order.", 1)
    size: int = rule("Rows.", 3189, at_least=1)
    """In all; topics and grades get equal shares, of every split too."""
    topics: tuple[str, ...] = rule(
        "A topic such as 植木算 (or ueki); repeatable.",
        (),
        option="topic",
        metavar="NAME",
        empty="all",
    )
    max_similarity: float = rule(_SIMILARITY, 0.8, above=0, at_most=1)
    """Of problems of one topic; 1 allows all but the same text."""
    dictionary: str = rule("UniDic to score with.", DEFAULT_DICTIONARY, option="")
    """Of the readability that is stored; it decides nothing else."""

    def problem(self) -> str:
        if self.topics:
            from jtextkit.builders.sansu.environment import topics_of

            topics_of(self.topics)
        return ""


@dataclass(frozen=True, slots=True)
class SansuImportRecipe(Recipe):
    """What decides an imported set, beside the file. Same recipe, file and version: same bytes."""

    source: str = field(default=IMPORTED, init=False)
    teacher: str = rule("Import: who or what wrote the solutions.", metavar="NAME")
    terms: str = rule("Import: terms under which they may be used.", metavar="TEXT|URL")
    license: str = rule("Import: for card and rows.", "other", metavar="ID")
    """An identifier of the Hub's."""
    seed: int = rule("Decides splits and order.", 1)
    min_problem_chars: int = rule("Import: drop shorter problems.", 10, at_least=1)
    min_solution_chars: int = rule("Import: drop shorter solutions.", 20, at_least=1)
    style: str = rule("Import: the style to audit by.", "strict", choices=("strict", "grade6", ""))
    """A name of :data:`jtextkit.metrics.solutions.STYLES`; "" judges none."""
    keep_flagged: bool = rule("Import: keep faulty rows, with their flags.", default=False)
    trust: str = rule(
        "Import: what decides the right answer.", "reference", choices=("reference", "vote")
    )
    """``vote``: what more than half of a problem's solutions say, whatever its reference."""
    keep_per_problem: int = rule("Import: solutions kept of one problem.", 1, at_least=1)
    """Different ones that give the same answer; they stand in one split."""
    max_similarity: float = rule(_SIMILARITY, 0.8, above=0, at_most=1)
    """What nearly repeats an earlier problem is dropped; 1 drops only the same text."""
    problem_field: str = rule("In FILE.", "problem", metavar="NAME")
    solution_field: str = rule("In FILE.", "solution", metavar="NAME")
    answer_field: str = rule("In FILE.", "answer", metavar="NAME")
    dictionary: str = rule("UniDic to score with.", DEFAULT_DICTIONARY, option="")
    """Of the readability that is stored; it decides nothing else."""

    def problem(self) -> str:
        for name in ("teacher", "terms", "license"):
            if not getattr(self, name).strip():
                return f"{name} is empty; say it in words"
        return ""


def recipe_of(content: Mapping[str, Any]) -> SansuRecipe | SansuImportRecipe:
    """The recipe that a receipt holds.

    Raises:
        UsageError: a name or value that its recipe does not have.
    """
    imported = content.get("source") == IMPORTED
    return (SansuImportRecipe if imported else SansuRecipe).from_dict(content)
