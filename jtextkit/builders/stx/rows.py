"""Rows of an STX set: the columns, and a chosen example as one of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from jtextkit.builders.stx.measures import gain_of
from jtextkit.builders.stx.recipe import StxRecipe
from jtextkit.builders.stx.selection import ChosenExample
from jtextkit.builders.stx.tasks import TASKS, task_named

COLUMNS: Mapping[str, tuple[str, str]] = {
    "id": ("string", "task and a hash of prompt and completion; unique"),
    "task": ("string", ", ".join(task.name for task in TASKS)),
    "prompt": ("string", "by the task's template"),
    "completion": ("string", "simple sentence, answer, or summary"),
    "messages": ("messages", "the same as a chat: user and assistant"),
    "source": ("string", ", ".join(task.source for task in TASKS)),
    "source_id": ("string", "the source's own id of the row; null where it has none"),
    "title": ("string", "of the page or article; null where there is none"),
    "url": ("string", "of the page or article; null where there is none"),
    "group": ("string", "hash of the sentence, passage or article; stands in one split"),
    "answer_start": ("int64", "qa: offset of the answer in the passage, in characters"),
    "characters": ("int64", "of prompt and completion, Unicode code points"),
    "tokens": ("int64", "of prompt and completion; null without a tokenizer"),
    "readability_gain": (
        "float64",
        "simplification: jReadability of the completion minus that of the original sentence",
    ),
    "license": ("string", "of this row's source"),
}
"""Kind and meaning of every column, in order."""


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
