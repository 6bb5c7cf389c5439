"""``jtextkit evaluate``: what a model wrote, judged; ``average``, the eight-task mean, and what it mixes."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, ClassVar

from jtextkit.cli.group import LazyGroup, group
from jtextkit.cli.output import answer, print_table, tell
from jtextkit.cli.parameters import Local, argument, command, option
from jtextkit.core.errors import FormatError, JtextkitError
from jtextkit.core.language import translated
from jtextkit.core.text import decode, read_bytes
from jtextkit.metrics.qa.average import TASKS, Average, average


class _EvaluateCommands(LazyGroup):
    lazy: ClassVar = {
        "answers": (
            ".evaluate_answers:answers_command",
            "Find the answers in a model's texts and compare them.",
        ),
        "average": (
            ".evaluate:average_command",
            "Average eight tasks, and say what the mean mixes.",
        ),
        "difficulty": (
            ".evaluate_difficulty:difficulty_command",
            "Did texts hit the difficulty that was asked for?",
        ),
    }


@group("evaluate", _EvaluateCommands)
def evaluate_group() -> None:
    """Judge texts and answers that a model wrote."""


@command("evaluate average")
def average_command(
    *, file: Local = argument("FILE"), as_json: bool = option("One JSON object.")
) -> None:
    """Average the eight tasks of the Japanese LM-Harness, and say what the mean mixes."""
    where = "standard input" if file == "-" else file
    text = decode(read_bytes(file), where=where)
    try:
        result = average(_pairs(text))
    except JtextkitError as error:
        raise error.within(where) from None
    answer(as_json, _content(result), lambda: _print(result))


def _pairs(text: str) -> Iterator[tuple[str, object]]:
    try:
        # Pairs, not a dict: a task that comes twice must not vanish.
        content = json.loads(text, object_pairs_hook=lambda pairs: pairs)
    except (ValueError, RecursionError):
        raise FormatError("not JSON", cure='write {"JSQuAD": 79.09, ...}') from None
    if not isinstance(content, list) or not content or not isinstance(content[0], tuple):
        raise FormatError("no JSON object", cure='write {"JSQuAD": 79.09, ...}')
    for name, score in content:
        if isinstance(score, list) and score and isinstance(score[0], tuple):
            score = dict(score).get("score")  # noqa: PLW2901 - {"score": 79.09, "shots": 2}
        yield name, score


def _content(result: Average) -> dict[str, Any]:
    return {
        "average": result.value,
        "tasks": [
            {"task": one.name, "score": result.scores[one.name], "metric": one.metric}
            | {"shots": one.shots, "chance": one.chance}
            for one in TASKS
        ],
        "by_metric": result.by_metric,
        "mixes": result.notes,
    }


def _print(result: Average) -> None:
    print_table(
        ["task", "metric", "shots", "score"],
        [(one.name, one.metric, one.shots, f"{result.scores[one.name]:.2f}") for one in TASKS],
        words=(0, 1),
        told=(0, 1),
        total=("average", "mixed", "", f"{result.value:.2f}"),
    )
    tell("")
    tell("A plain mean of unlike numbers:", "dim")
    for note in result.notes:
        tell(f"  {translated(note)}", "dim")
