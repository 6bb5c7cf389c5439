"""The answer as a task's scoring in lm-evaluation-harness; sums.yaml beside it is such a task."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from jtextkit import check_answer


def process_results(doc: Mapping[str, Any], results: Sequence[str]) -> dict[str, float]:
    """``acc`` of a document with the columns ``question`` and ``answer``."""
    found = check_answer(results[0], str(doc["answer"]), question=doc.get("question"))
    return {"acc": float(found.correct)}
