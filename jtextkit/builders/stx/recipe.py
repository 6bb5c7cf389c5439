"""The recipe of an STX set."""

from __future__ import annotations

from dataclasses import dataclass

from jtextkit.builders.sets.recipe import Recipe, rule
from jtextkit.builders.stx.tasks import TASKS
from jtextkit.metrics.morphology.dictionary import DEFAULT_DICTIONARY


@dataclass(frozen=True, slots=True)
class StxRecipe(Recipe):
    """What decides a set, beside its sources. Same recipe and sources: same bytes.

    Characters are Unicode code points; tokens are counted without special tokens.
    """

    seed: int = rule("Decides choice and splits.", 1)
    size: int = rule("Rows in all, a third for each task.", 13_167)
    min_chars: int = rule("Characters of a sentence, passage or article, at least.", 5, at_least=1)
    max_chars: int = rule("Characters of prompt and completion together, at most.", 6000)
    min_tokens: int = rule("Of prompt and completion, at least.", 0, at_least=0)
    """Where there is a tokenizer, like ``max_tokens``."""
    max_tokens: int = rule("Of prompt and completion, at most.", 2048)
    tokenizer: str | None = rule("What counts tokens: name and hash.", None, option="")
    """None: nothing does."""
    max_similarity: float = rule("Jaccard limit of near-duplicates.", 0.5, at_least=0.1, at_most=1)
    """Of 5-character shingles; from here on two texts are near-duplicates."""
    dictionary: str = rule("UniDic to score with.", DEFAULT_DICTIONARY, option="")
    """Of the readability of simplification pairs; it decides nothing else."""

    def problem(self) -> str:
        tasks = len(TASKS)
        if self.size < tasks or self.size % tasks:
            near = max(tasks, self.size - self.size % tasks)
            return (
                f"size {self.size:,} does not give {tasks} tasks equal shares "
                f"(try {near:,} or {near + tasks:,})"
            )
        if self.min_chars > self.max_chars:
            return "min_chars must be no more than max_chars"
        if self.min_tokens > self.max_tokens:
            return "min_tokens must be no more than max_tokens"
        return ""

    @property
    def per_task(self) -> int:
        """Rows of each task."""
        return self.size // len(TASKS)
