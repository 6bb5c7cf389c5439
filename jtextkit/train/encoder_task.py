"""What an encoder learns of a set's rows: classes, the right one of several choices, or a number."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from jtextkit.builders.sets.reading import TextSet
from jtextkit.core.errors import FormatError, InputError

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class EncoderTask:
    """Which columns are read, and what of them is learnt; made by :func:`task_of`.

    Attributes:
        texts: one column, or a pair.
        choices: columns of choices; the right one's number is the label.
        label: the column of the class.
        score: a column of numbers; "" without one.
        numbers: whether ``score`` is learnt, and not the class.
        classes: the classes, in the order of the outputs; () for choices and numbers.
    """

    texts: tuple[str, ...]
    choices: tuple[str, ...]
    label: str
    score: str
    numbers: bool
    classes: tuple[Any, ...] = ()

    @property
    def outputs(self) -> int:
        """Of the head, for each text or choice."""
        return len(self.classes) or 1

    @property
    def by(self) -> str:
        """The figure that settings are chosen by."""
        return "spearman" if self.numbers else "accuracy"

    def inputs(self, row: Row) -> list[tuple[str, ...]]:
        """What the encoder reads of a row: a text or pair, or one of either for each choice."""
        texts = tuple(row[name] for name in self.texts)
        return [(*texts, row[name]) for name in self.choices] or [texts]

    def gold(self, row: Row) -> float | int:
        """What is learnt of a row: a number, a class's or a choice's place."""
        if self.numbers:
            return float(row[self.score])
        label = row[self.label]
        return int(label) if self.choices else self.classes.index(label)

    def scores(self, logits: Any, rows: Sequence[Row]) -> dict[str, float]:
        """Accuracy of classes and choices, and Spearman's ρ with the scores where rows have them.

        Args:
            logits: (rows, classes), (rows, choices) or, for numbers, (rows, 1). Of two classes the
                difference is ranked.
        """
        import numpy as np
        from scipy.stats import spearmanr

        logits = np.asarray(logits, dtype=float)
        found = {}
        rank = logits[:, 0]
        if not self.numbers:
            gold = np.array([self.gold(row) for row in rows])
            found["accuracy"] = float(np.mean(logits.argmax(axis=1) == gold))
            rank = logits[:, -1] - logits[:, 0]
        if self.numbers or (self.score and logits.shape[1] == 2):
            wanted = [row[self.score] for row in rows]
            constant = len(set(wanted)) < 2 or np.ptp(rank) == 0
            found["spearman"] = 0.0 if constant else float(spearmanr(rank, wanted).statistic)
        return found


def task_of(data: TextSet, config: Mapping[str, Any]) -> EncoderTask:
    """The task that a configuration describes, with the classes that the rows have.

    A score that no row has is not looked at, unless it is what is learnt.

    Raises:
        FormatError: a row lacks a column, or holds something else in it.
        InputError: there are fewer than two classes.
    """
    numbers = config["target"] == "score"
    score = config["score"]
    if not numbers and score not in data.columns:
        score = ""
    texts, choices = tuple(config["texts"]), tuple(config["choices"])
    label = config["label"]
    for item in data.rows:
        row = item.values
        found = [name for name in (*texts, *choices) if not isinstance(row.get(name), str)]
        if score and not _number(row.get(score)):
            found.append(score)
        if not numbers and not _is_label(row.get(label), len(choices)):
            found.append(label)
        if found:
            raise FormatError(
                f"no row for this task: {', '.join(found)}",
                where=item.place,
                cure=f"its columns are {', '.join(row)}; name others with --set texts=[…], choices,"
                " label, score",
            )
    classes: tuple[Any, ...] = ()
    if not numbers and not choices:
        classes = tuple(
            sorted({row.values[label] for row in data.rows}, key=lambda one: (str(type(one)), one))
        )
        if len(classes) < 2:
            raise InputError("one class alone", where=label, cure="there is nothing to tell apart")
    if len(texts) + bool(choices) > 2:
        raise InputError(
            "an encoder reads a text or a pair",
            where=f"texts {', '.join(texts)}",
            cure="name fewer",
        )
    return EncoderTask(texts, choices, label, score, numbers, classes)


def _number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)


def _is_label(value: Any, choices: int) -> bool:
    if choices:
        return isinstance(value, int) and value in range(choices)
    return isinstance(value, str | int)
