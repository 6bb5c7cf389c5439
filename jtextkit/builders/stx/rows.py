"""Rows of an STX set: the columns, a chosen example as one of them, and figures about them all.

Simplification is judged by the readability formula: is the simple side easier? One sentence is far
below the 400 characters that the formula is made for, so a single gain says little; the share and
the mean over thousands do. Answers are looked for in their passages.
"""

from __future__ import annotations

import statistics
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from jtextkit.builders.sets.described import read_columns
from jtextkit.builders.stx.recipe import StxRecipe
from jtextkit.builders.stx.selection import ChosenExample
from jtextkit.builders.stx.tasks import parse_prompt, task_named
from jtextkit.metrics.intervals import wilson
from jtextkit.metrics.readability.formula import score

COLUMNS = read_columns(__package__)
"""What a row holds, in order."""


def make_row(chosen: ChosenExample, recipe: StxRecipe) -> dict[str, Any]:
    """The row of an example.

    Raises:
        TextError: a simplification pair that cannot be scored.
    """
    example = chosen.example
    task = task_named(example.task)
    prompt, completion = example.prompt, example.completion
    gain = None
    if task.name == "simplification":
        gain = gain_of(example.text, completion, recipe.dictionary)
    return {
        "id": f"{task.name}-{chosen.key[:16]}",
        "task": task.name,
        "prompt": prompt,
        "completion": completion,
        "messages": messages_of(prompt, completion),
        "source": task.source,
        "source_id": example.source_id or None,
        "title": example.title,
        "url": example.url,
        "group": chosen.group,
        "answer_start": example.answer_start,
        "characters": len(prompt) + len(completion),
        "tokens": chosen.tokens,
        "readability_gain": gain,
        "license": task.license,
    }


def messages_of(prompt: str, completion: str) -> list[dict[str, str]]:
    """The row as a chat."""
    return [
        {"role": "user", "content": prompt},
        {"role": "assistant", "content": completion},
    ]


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
