"""Rows of a set as what a model sees and what it must write."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from jtextkit.builders.sets.reading import TextSet
from jtextkit.core.errors import FormatError

LEVELS = ("Simple", "Complex")
"""The names of the integers in a built set's ``label``."""


@dataclass(frozen=True, slots=True)
class TrainingExample:
    """One row to learn.

    Attributes:
        prompt: text, or the messages of a chat before the answer.
        completion: what is to be written, the only part that the loss counts.
        weight: how much, 1 as usual.
        group: its class (``Simple``); "" without any.
    """

    prompt: str | list[dict[str, str]]
    completion: str
    weight: float = 1.0
    group: str = ""


def difficulty_prompt(config: Mapping[str, Any], level: str) -> str:
    """The prompt that asks for a text of ``level``, as trained on and as generated from."""
    template: str = config["prompt"]
    return template.replace("{level}", level).replace("{style}", config["styles"][level])


def examples_of(
    task: str, data: TextSet, split: str, config: Mapping[str, Any]
) -> list[TrainingExample]:
    """The examples of ``task`` (difficulty, stx, sansu), one for each row of a split, in order."""
    make = _MAKERS[task]
    found = []
    for row in data.rows:
        if row.split != split:
            continue
        try:
            found.append(make(row.values, config))
        except (KeyError, TypeError, ValueError, IndexError) as error:
            raise FormatError(
                f"no row for {task} ({error.args[0] if error.args else error})",
                where=row.place,
                cure=f"columns wanted: {_COLUMNS[task]}",
            ) from None
    return found


def groups_of(examples: Iterable[TrainingExample]) -> dict[str, int]:
    """How many examples each class has."""
    return dict(sorted(Counter(one.group for one in examples if one.group).items()))


def _difficulty(row: Mapping[str, Any], config: Mapping[str, Any]) -> TrainingExample:
    label = row["label"]
    if label not in (*range(len(LEVELS)), *LEVELS):
        raise ValueError(f"label {label!r} is not 0 or 1, Simple or Complex")
    level = label if isinstance(label, str) else LEVELS[label]
    prompt = difficulty_prompt(config, level)
    return TrainingExample(prompt, _text(row, "text"), config["class_weights"][level], level)


def _stx(row: Mapping[str, Any], _: Mapping[str, Any]) -> TrainingExample:
    return TrainingExample(_text(row, "prompt"), _text(row, "completion"))


def _sansu(row: Mapping[str, Any], config: Mapping[str, Any]) -> TrainingExample:
    """The row's problem under the configuration's system prompt, which is the set's own by default."""
    asked, answered = ("problem", "solution") if "problem" in row else ("prompt", "completion")
    prompt = [
        {"role": "system", "content": str(config["system_prompt"])},
        {"role": "user", "content": _text(row, asked)},
    ]
    return TrainingExample(prompt, _text(row, answered))


def _text(row: Mapping[str, Any], column: str) -> str:
    text = row[column]
    if not isinstance(text, str) or not text:
        raise ValueError(f"{column} holds no text")
    return text


_Maker = Callable[[Mapping[str, Any], Mapping[str, Any]], TrainingExample]
_MAKERS: dict[str, _Maker] = {"difficulty": _difficulty, "stx": _stx, "sansu": _sansu}
_COLUMNS = {
    "difficulty": "text, label",
    "stx": "prompt, completion",
    "sansu": "problem, solution (or prompt, completion)",
}
