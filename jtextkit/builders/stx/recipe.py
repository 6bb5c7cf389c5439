"""The recipe of an STX set."""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields
from typing import Any

from jtextkit.builders.stx.tasks import TASKS
from jtextkit.core.errors import UsageError
from jtextkit.metrics.morphology.dictionary import DEFAULT_DICTIONARY

_KINDS: dict[str, tuple[type, ...]] = {
    "int": (int,),
    "float": (int, float),
    "str": (str,),
    "str | None": (str, type(None)),
}


@dataclass(frozen=True, slots=True)
class StxRecipe:
    """What decides a set, beside its sources. Same recipe and sources: same bytes.

    Characters are Unicode code points; tokens are counted without special tokens.
    """

    seed: int = 1
    """Decides which rows are taken, splits and order."""
    size: int = 13_167
    """Rows in all, a third for each task."""
    min_chars: int = 5
    """Of the text: sentence, passage or article."""
    max_chars: int = 6000
    """Of prompt and completion together."""
    min_tokens: int = 0
    """Of prompt and completion together, where there is a tokenizer."""
    max_tokens: int = 2048
    """Of prompt and completion together, where there is a tokenizer."""
    tokenizer: str | None = None
    """What counts tokens: name and hash; None: nothing does."""
    max_similarity: float = 0.5
    """Jaccard similarity of 5-character shingles from which on two texts are near-duplicates."""
    dictionary: str = DEFAULT_DICTIONARY
    """Of the readability of simplification pairs; it decides nothing else."""

    def __post_init__(self) -> None:
        problem = self._problem()
        if problem:
            raise UsageError(problem, where="recipe")

    def _problem(self) -> str:
        tasks = len(TASKS)
        if self.size < tasks or self.size % tasks:
            near = max(tasks, self.size - self.size % tasks)
            return (
                f"size {self.size:,} does not give {tasks} tasks equal shares "
                f"(try {near:,} or {near + tasks:,})"
            )
        if not 1 <= self.min_chars <= self.max_chars:
            return "min_chars must be at least 1 and no more than max_chars"
        if not 0 <= self.min_tokens <= self.max_tokens:
            return "min_tokens must be no more than max_tokens"
        if not 0.1 <= self.max_similarity <= 1.0:
            return "max_similarity must lie between 0.1 and 1.0"
        return ""

    @property
    def per_task(self) -> int:
        """Rows of each task."""
        return self.size // len(TASKS)

    def to_dict(self) -> dict[str, Any]:
        """For JSON."""
        return asdict(self)

    @classmethod
    def from_dict(cls, values: dict[str, Any]) -> StxRecipe:
        """A recipe as a receipt holds it.

        Raises:
            UsageError: a rule that is not known, or a value that is none of its rule.
        """
        kinds = {one.name: str(one.type) for one in fields(cls)}
        for name, value in values.items():
            kind = _KINDS.get(kinds.get(name, ""), ())
            if isinstance(value, bool) or not isinstance(value, kind):
                raise UsageError(f"{name} = {value!r} is no rule of this recipe", where="recipe")
        return cls(**values)
