"""Which rows learn, which choose, which judge: the protocols of modernbert-ja-130m's evaluation.

With the splits train, validation and test: as they are, once for each seed. With train and
validation: validation judges, train is put in folds. With train alone: a share is put aside first to
judge; so are all splits together with ``protocol: folds``. Whoever wrote two texts has both in one part, and a pair is never parted.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from jtextkit.core.errors import InputError

Row = Mapping[str, Any]


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
