"""The recipes of a 算数 set: one that is generated, and one that is imported."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from jtextkit.builders.sansu.families import FAMILIES
from jtextkit.core.errors import UsageError
from jtextkit.core.registry import unknown_name
from jtextkit.metrics.morphology.dictionary import DEFAULT_DICTIONARY
from jtextkit.metrics.solutions import STYLES

GENERATED, IMPORTED = "generated", "import"
"""Where rows come from, as column and recipe say."""


@dataclass(frozen=True, slots=True)
class SansuRecipe:
    """What decides a generated set. Same recipe and version: same bytes.

    Attributes:
        seed: decides numbers, situations, splits and order.
        size: rows in all; families and grades get equal shares, the first ones what is left over.
        families: slugs (``ueki``) or names (植木算); none: all.
        max_similarity: Jaccard similarity of 5-character shingles from which on two problems of a
            family are near-duplicates; 1 allows all but the same text.
        dictionary: of the readability that is stored; it decides nothing else.
    """

    seed: int = 1
    size: int = 3189
    families: tuple[str, ...] = ()
    max_similarity: float = 0.8
    dictionary: str = DEFAULT_DICTIONARY

    def __post_init__(self) -> None:
        if self.size < 1:
            raise UsageError("size must be at least 1", where="recipe")
        if not 0.0 < self.max_similarity <= 1.0:
            raise UsageError(
                "max_similarity must lie between 0 and 1",
                where="recipe",
                cure="0.8 is the default",
            )
        known = {family.slug for family in FAMILIES} | {family.name for family in FAMILIES}
        for name in self.families:
            if name not in known:
                raise unknown_name("family", name, known)

    def to_dict(self) -> dict[str, Any]:
        """For JSON."""
        return {"source": GENERATED, **asdict(self), "families": list(self.families)}


@dataclass(frozen=True, slots=True)
class SansuImportRecipe:
    """What decides an imported set, beside the file. Same recipe, file and version: same bytes.

    Attributes:
        teacher: who or what wrote the solutions, for card and rows.
        terms: the terms under which they may be used: text, or an address.
        license: the license that the card names, an identifier of the Hub's; of every row too.
        seed: decides splits and order.
        min_problem_chars, min_solution_chars: shorter records are dropped.
        style: profile of the audit, ``strict`` or ``grade6``; "" judges no style.
        keep_flagged: keep what the audit finds fault with, with its flags, instead of dropping it.
        max_similarity: Jaccard similarity of 5-character shingles from which on a problem nearly
            repeats an earlier one, and is dropped; 1 drops only the same text.
        problem_field, solution_field, answer_field: names in the file.
        dictionary: of the readability that is stored; it decides nothing else.
    """

    teacher: str
    terms: str
    license: str = "other"
    seed: int = 1
    min_problem_chars: int = 10
    min_solution_chars: int = 20
    style: str = "strict"
    keep_flagged: bool = False
    max_similarity: float = 0.8
    problem_field: str = "problem"
    solution_field: str = "solution"
    answer_field: str = "answer"
    dictionary: str = DEFAULT_DICTIONARY

    def __post_init__(self) -> None:
        for name in ("teacher", "terms", "license"):
            if not getattr(self, name).strip():
                raise UsageError(f"{name} is empty", where="recipe", cure="say it in words")
        if not 0.0 < self.max_similarity <= 1.0:
            raise UsageError(
                "max_similarity must lie between 0 and 1",
                where="recipe",
                cure="0.8 is the default",
            )
        if min(self.min_problem_chars, self.min_solution_chars) < 1:
            raise UsageError("lengths are at least 1", where="recipe")
        if self.style:
            STYLES[self.style]

    def to_dict(self) -> dict[str, Any]:
        """For JSON."""
        return {"source": IMPORTED, **asdict(self)}


def recipe_of(content: Mapping[str, Any]) -> SansuRecipe | SansuImportRecipe:
    """The recipe that a receipt holds.

    Raises:
        UsageError: a value that no recipe has.
        KeyError, TypeError: a name is missing, unknown, or its value of another type.
    """
    values = {name: value for name, value in content.items() if name != "source"}
    if content["source"] == IMPORTED:
        return SansuImportRecipe(**values)
    return SansuRecipe(**{**values, "families": tuple(values["families"])})
