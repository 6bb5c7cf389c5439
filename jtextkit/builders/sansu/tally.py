"""What card and receipt say of a set, counted while its rows go by: the rows themselves are not kept."""

from __future__ import annotations

import hashlib
from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from jtextkit.builders.sets.splits import SPLITS


@dataclass
class Tally:
    """Counts of rows.

    Attributes:
        topics: rows by topic and split.
        grades: rows by grade.
        problems, solutions: readabilities.
        plans: hashes of the plans.
    """

    topics: Counter[tuple[str | None, str]] = field(default_factory=Counter)
    grades: Counter[str | None] = field(default_factory=Counter)
    problems: array[float] = field(default_factory=lambda: array("d"))
    solutions: array[float] = field(default_factory=lambda: array("d"))
    plans: set[bytes] = field(default_factory=set)

    def counting(
        self, split: str, rows: Iterable[Mapping[str, Any]]
    ) -> Iterator[Mapping[str, Any]]:
        """The rows again, counted."""
        for row in rows:
            self.topics[row["topic"], split] += 1
            self.grades[row["grade"]] += 1
            self.problems.append(row["problem_readability"])
            self.solutions.append(row["solution_readability"])
            if row["plan"]:
                self.plans.add(hashlib.sha256(row["plan"].encode()).digest()[:10])
            yield row

    def __len__(self) -> int:
        return len(self.problems)

    @property
    def sizes(self) -> dict[str, int]:
        """Rows of each split."""
        return {
            split: sum(count for (_, one), count in self.topics.items() if one == split)
            for split in SPLITS
        }

    @property
    def by_topic(self) -> Counter[str | None]:
        """Rows of each topic."""
        counts: Counter[str | None] = Counter()
        for (topic, _), count in self.topics.items():
            counts[topic] += count
        return counts
