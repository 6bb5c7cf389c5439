"""The recipe of a difficulty set: every rule by name, with its value."""

from __future__ import annotations

import json
import tomllib
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path
from typing import Any

from jtextkit.builders.aozora import Filters
from jtextkit.core.errors import UsageError
from jtextkit.core.registry import unknown_name
from jtextkit.core.text import decode, read_bytes
from jtextkit.metrics.morphology.dictionary import DEFAULT_DICTIONARY
from jtextkit.metrics.readability.formula import LEVELS, difficulty_of


@dataclass(frozen=True, slots=True)
class DifficultyRecipe:
    """What decides a set, beside its sources. Same recipe and sources: same bytes.

    Lengths are in characters (Unicode code points, line breaks included), sentence lengths in
    words, differences in normalised difficulty.
    """

    seed: int = 1
    """Decides splits, order of rows and ties."""
    size: int = 797
    """Texts of each label."""
    levels: str = "two"
    """``two`` (Simple, Complex) or ``six`` (the formula's levels)."""
    pairs: bool = True
    """Whether texts come in pairs of one writer (or of Kyoto) and of like length."""
    threshold: float = 0.5
    """Difficulty from which on a text is Complex (two levels)."""
    margin: float = 0.02
    """Distance that a text's difficulty keeps from every border between labels."""
    min_chars: int = 600
    """A passage ends at the first paragraph border from here on."""
    max_chars: int = 1000
    """No passage is longer."""
    min_sentences: int = 5
    max_sentence_words: int = 120
    max_open_lines: float = 0.1
    """Share of lines that end neither a sentence nor a quotation: more is verse or a list."""
    old_orthography: bool = False
    """Whether to keep passages that look old, whatever the catalogue says of their work."""
    max_unresolved: int = 0
    """Characters that the source describes but that have no code (〓)."""
    max_per_work: int = 3
    """Texts of one work."""
    max_per_writer: int = 6
    """Pairs of one writer; without pairs, twice as many texts."""
    max_length_gap: int = 100
    """Difference of length within a pair."""
    max_similarity: float = 0.5
    """Jaccard similarity of 5-character shingles from which on two texts are near-duplicates."""
    public_domain: str = "japan"
    """``japan`` or ``life+70``."""
    orthographies: tuple[str, ...] = ("新字新仮名",)
    ndc: tuple[str, ...] = ()
    """Prefixes of Nippon Decimal Classes, such as ``913`` or ``K``; none: all."""
    authors: tuple[str, ...] = ()
    """Names or person ids; none: all."""
    dictionary: str = DEFAULT_DICTIONARY
    aliases: bool = False
    """Whether to add the published set's column names."""

    def __post_init__(self) -> None:
        problem = _problem(self)
        if problem:
            raise UsageError(problem, where="recipe")

    @property
    def labels(self) -> tuple[str, ...]:
        """Labels from easy to hard."""
        if self.levels == "two":
            return ("Simple", "Complex")
        return tuple(name for name, _ in reversed(LEVELS))

    @property
    def borders(self) -> tuple[float, ...]:
        """Difficulties at which one label passes into the next, ascending."""
        if self.levels == "two":
            return (self.threshold,)
        return tuple(difficulty_of(lowest) for _, lowest in reversed(LEVELS))[:-1]

    @property
    def filters(self) -> Filters:
        """The rules on the catalogue's works."""
        return Filters(
            territory=self.public_domain,  # type: ignore[arg-type]  # checked by Filters
            orthographies=self.orthographies,
            ndc=self.ndc,
            authors=self.authors,
        )

    def to_dict(self) -> dict[str, Any]:
        """For JSON; :func:`read_recipe` reads it back."""
        return json.loads(json.dumps(asdict(self)))  # type: ignore[no-any-return]

    def with_options(self, **options: Any) -> DifficultyRecipe:
        """A copy with those options changed that are not None."""
        given = {name: value for name, value in options.items() if value is not None}
        return replace(self, **given)


def _problem(recipe: DifficultyRecipe) -> str:
    if recipe.levels not in ("two", "six"):
        return f"levels is two or six, not {recipe.levels!r}"
    if recipe.public_domain not in ("japan", "life+70"):
        return f"public_domain is japan or life+70, not {recipe.public_domain!r}"
    if recipe.pairs and recipe.levels != "two":
        return "pairs join two levels: use --no-pairs with six"
    if recipe.size < 1:
        return "size must be at least 1"
    if not 0.0 < recipe.threshold < 1.0:
        return "threshold must lie between 0 and 1"
    if not 0.0 <= recipe.margin < 0.5:
        return "margin must be at least 0 and below 0.5"
    if not 0 < recipe.min_chars <= recipe.max_chars:
        return "min_chars must be positive and at most max_chars"
    if min(recipe.max_per_work, recipe.max_per_writer, recipe.min_sentences) < 1:
        return "max_per_work, max_per_writer and min_sentences must be at least 1"
    if recipe.max_length_gap < 0 or recipe.max_unresolved < 0:
        return "max_length_gap and max_unresolved must not be negative"
    if not 0.0 <= recipe.max_open_lines <= 1.0 or not 0.0 < recipe.max_similarity <= 1.0:
        return "max_open_lines and max_similarity are shares between 0 and 1"
    return ""


def read_recipe(path: Path) -> DifficultyRecipe:
    """Read a recipe from JSON or TOML (by its ending); what is not named keeps its default.

    A receipt is accepted too: its recipe is taken.

    Raises:
        UsageError: not JSON or TOML, an unknown name, or a value of another type.
    """
    text = decode(read_bytes(path), where=str(path))
    try:
        content = tomllib.loads(text) if path.suffix == ".toml" else json.loads(text)
    except ValueError as error:
        kind = "TOML" if path.suffix == ".toml" else "JSON"
        raise UsageError(f"not {kind}: {error}", where=str(path)) from None
    if isinstance(content, dict) and isinstance(content.get("recipe"), dict):
        content = content["recipe"]
    if not isinstance(content, dict):
        raise UsageError("a recipe is a table of names and values", where=str(path))
    return recipe_from(content, where=str(path))


def recipe_from(content: dict[str, Any], *, where: str = "recipe") -> DifficultyRecipe:
    """The recipe that a table of names and values describes.

    Raises:
        UsageError: an unknown name, or a value of another type.
    """
    defaults = DifficultyRecipe()
    known = [field.name for field in fields(DifficultyRecipe)]
    values = {}
    for name, value in content.items():
        if name not in known:
            raise unknown_name("recipe option", name, known).within(where)
        default = getattr(defaults, name)
        typed = _typed(value, default)
        if type(typed) is not type(default):
            raise UsageError(
                f"{name} is {value!r}, not a {type(default).__name__}",
                where=where,
                cure=f"its default is {default!r}",
            )
        values[name] = typed
    return DifficultyRecipe(**values)


def _typed(value: Any, default: Any) -> Any:
    """JSON and TOML know no tuples, and write 1 for 1.0."""
    if isinstance(default, tuple) and isinstance(value, list):
        texts = tuple(item for item in value if isinstance(item, str))
        return texts if len(texts) == len(value) else value
    if isinstance(default, float) and type(value) is int:
        return float(value)
    return value
