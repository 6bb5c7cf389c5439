"""Sources of problems in the forms that training libraries take; none of them is needed here.

TRL takes :func:`stream` as its data and the rewards of :mod:`jtextkit.rewards` as ``reward_funcs``, and
``verifiers`` the same rows and rewards in a rubric. :class:`ReasoningGym` has the methods of
reasoning-gym's data sets. docs/sansu.md has each as a program.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from jtextkit.builders.sansu.environment import Exercise, Source, row_of

if TYPE_CHECKING:
    from datasets import IterableDataset

_FIELDS = tuple(Exercise.__slots__)


def rows(source: Source, size: int | None = None) -> Iterator[dict[str, Any]]:
    """Training rows: ``prompt`` as a chat, and what an item holds; all, or ``size`` of them."""
    index = 0
    while size is None or index < size:
        yield row_of(source[index])
        index += 1


def stream(source: Source, size: int | None = None) -> IterableDataset:
    """The rows as a streaming data set of the library ``datasets``."""
    from datasets import IterableDataset

    return IterableDataset.from_generator(rows, gen_kwargs={"source": source, "size": size})


class ReasoningGym:
    """A source as reasoning-gym's data sets are: entries by index, and a score for an answer."""

    def __init__(self, source: Source, size: int = 500) -> None:
        self.source = source
        self.size = size

    def __len__(self) -> int:
        return self.size

    def __getitem__(self, index: int) -> dict[str, Any]:
        if index >= self.size:
            raise IndexError(f"{index} of {self.size}")
        item = self.source[index]
        metadata = {name: getattr(item, name) for name in _FIELDS if name != "problem"}
        metadata |= {"source_dataset": "sansu", "source_index": index}
        return {"question": item.problem, "answer": item.answer, "metadata": metadata}

    def __iter__(self) -> Iterator[dict[str, Any]]:
        return (self[index] for index in range(self.size))

    def score_answer(self, answer: str | None, entry: Mapping[str, Any]) -> float:
        """1 where ``answer`` is the entry's, else 0."""
        from jtextkit.metrics.answers import check_answer

        return float(bool(answer) and check_answer(str(answer), entry["answer"]).correct)
