"""What an encoder learns of a set's rows (classes, the right one of several choices, or a number), and which
rows learn, which choose, which judge: the protocols of modernbert-ja-130m's evaluation.

With the splits train, validation and test: as they are, once for each seed. With train and
validation: validation judges, train is put in folds. With train alone: a share is put aside first to
judge; so are all splits together with ``protocol: folds``. Whoever wrote two texts has both in one part, and a pair is never parted.
"""

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


@dataclass(frozen=True, slots=True)
class Protocol:
    """Runs over one list of rows.

    Attributes:
        name: ``seeds`` or ``folds``.
        rows: all rows.
        parts: for each run its seed, and the places of the rows that learn and that choose.
        test: the places of the rows that judge.
    """

    name: str
    rows: Sequence[Row]
    parts: Sequence[tuple[int, list[int], list[int]]]
    test: list[int]


def protocol_of(splits: Mapping[str, Sequence[Row]], config: Mapping[str, Any]) -> Protocol:
    """The runs that the splits call for.

    Raises:
        InputError: too few groups for so many folds.
    """
    seed = config["seed"]
    names = ("train", "validation", "test")
    if config["protocol"] == "folds":
        splits = {"train": [row for name in names for row in splits.get(name, ())]}
    rows: list[Row] = []
    places: dict[str, list[int]] = {}
    for name in names:
        start = len(rows)
        rows += splits.get(name, ())
        places[name] = list(range(start, len(rows)))
    train, validation, test = (places[name] for name in names)
    if validation and test:
        parts = [(seed + number, train, validation) for number in range(config["seeds"])]
        return Protocol("seeds", rows, parts, test)
    # Without both held-out splits, one seed and many folds stand in for one split and many seeds.
    judged = validation or test
    if not judged:
        parted = _parted(rows, train, config, round(1 / config["test_share"]))
        judged = parted[0]
        train = sorted(set(train) - set(judged))
    folds = _parted(rows, train, config, config["folds"])
    parts = [(seed, sorted(set(train) - set(fold)), fold) for fold in folds]
    return Protocol("folds", rows, parts, judged)


def groups_of_rows(rows: Sequence[Row]) -> list[int]:
    """A number for each row; rows of one writer, or of one pair, have the same, and so on through both.

    Rows without a writer (Kyoto's sentences) are held together by their pair alone.
    """
    parent = list(range(len(rows)))

    def root(place: int) -> int:
        while parent[place] != place:
            parent[place] = parent[parent[place]]  # union-find, halving the path
            place = parent[place]
        return place

    for key in ("writer_id", "pair_id"):
        first: dict[Any, int] = {}
        for place, row in enumerate(rows):
            if (value := row.get(key)) is not None:
                parent[root(place)] = root(first.setdefault(value, place))
    return [root(place) for place in range(len(rows))]


def _parted(
    rows: Sequence[Row], places: list[int], config: Mapping[str, Any], folds: int
) -> list[list[int]]:
    """``places`` in ``folds`` parts of whole groups, with classes as even as groups allow."""
    from sklearn.model_selection import StratifiedGroupKFold

    all_groups = groups_of_rows(rows)
    groups = [all_groups[place] for place in places]
    if len(set(groups)) < folds:
        raise InputError(
            f"{len(set(groups))} writers and pairs cannot be put in {folds} folds",
            cure="take a larger set, lower folds, or raise test_share (of which a tenth is 10 folds)",
        )
    numbers = config["target"] == "score"
    classes = [0 if numbers else rows[place][config["label"]] for place in places]
    parter = StratifiedGroupKFold(n_splits=folds, shuffle=True, random_state=config["seed"])
    parts = parter.split(places, classes, groups)
    return [sorted(places[i] for i in chosen) for _, chosen in parts]
