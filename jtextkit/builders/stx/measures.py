"""Figures about a set that say what its rows are worth, for receipt and card.

Simplification is judged by the readability formula: is the simple side easier? One sentence is far
below the 400 characters that the formula is made for, so a single gain says little; the share and
the mean over thousands do. Answers are looked for in their passages.
"""

from __future__ import annotations

import statistics
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from jtextkit.builders.stx.tasks import parse_prompt, task_named
from jtextkit.metrics.intervals import wilson
from jtextkit.metrics.readability.formula import score

Row = Mapping[str, Any]


def gain_of(original: str, simple: str, dictionary: str) -> float:
    """Readability of the simple side minus that of the original; positive where it is easier.

    Raises:
        TextError: a side that cannot be scored.
    """
    easier, harder = (score(text, dictionary=dictionary) for text in (simple, original))
    return easier.readability - harder.readability


def answer_stands(row: Row) -> bool:
    """Whether the answer of a ``qa`` row stands in its passage, where the row says."""
    parts = parse_prompt(task_named("qa"), row["prompt"])
    start = row["answer_start"]
    return parts is not None and start is not None and parts[0].startswith(row["completion"], start)


def measures_of(rows: Iterable[Row]) -> dict[str, Any]:
    """The figures, from nothing but the rows.

    Returns:
        For each task its figures: ``simplification`` with the shares of pairs whose simple side
        scores easier, the same and harder, and the gain; ``qa`` with the share of answers that
        stand in their passages; ``summarisation`` with how much shorter summaries are.
    """
    by_task: dict[str, list[Row]] = {"simplification": [], "qa": [], "summarisation": []}
    for row in rows:
        by_task[row["task"]].append(row)
    return {
        "simplification": _simplification(
            [row["readability_gain"] for row in by_task["simplification"]]
        ),
        "qa": _qa(by_task["qa"]),
        "summarisation": _summarisation(by_task["summarisation"]),
    }


def _simplification(gains: Sequence[float]) -> dict[str, Any]:
    n = len(gains)
    signs = Counter((gain > 0) - (gain < 0) for gain in gains)
    interval = wilson(signs[1], n)
    return {
        "pairs": n,
        "easier": _share(signs[1], n),
        "easier_interval": list(interval) if interval else None,
        "same": _share(signs[0], n),
        "harder": _share(signs[-1], n),
        "mean_gain": statistics.fmean(gains) if gains else None,
        "median_gain": statistics.median(gains) if gains else None,
    }


def _qa(rows: Sequence[Row]) -> dict[str, Any]:
    stand = sum(map(answer_stands, rows))
    return {
        "questions": len(rows),
        "passages": len({row["group"] for row in rows}),
        "answer_in_passage": _share(stand, len(rows)),
    }


def _summarisation(rows: Sequence[Row]) -> dict[str, Any]:
    ratios = []
    for row in rows:
        parts = parse_prompt(task_named("summarisation"), row["prompt"])
        if parts is not None:
            ratios.append(len(row["completion"]) / len(parts[0]))
    return {
        "articles": len(rows),
        "median_length_ratio": statistics.median(ratios) if ratios else None,
    }


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None
