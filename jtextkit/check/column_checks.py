"""The checks of anybody's set, by the columns that are known of it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterator
from dataclasses import replace
from typing import Any

from jtextkit.builders.sets.findings import Check, DoesNotApply, LookedAt
from jtextkit.builders.sets.promises import in_two_splits
from jtextkit.builders.sets.reading import Item, split_named
from jtextkit.builders.sets.shortcuts import shortcut_check
from jtextkit.builders.sets.splits import SPLITS
from jtextkit.check.columns import ColumnSet, feature_name, is_missing

_SKEW = 1.5


def _usable(data: ColumnSet) -> Iterator[str]:
    for item in data.data.items:
        if problem := data.problem(item):
            yield f"{item.place}: {problem}"


def _balance(data: ColumnSet) -> Iterator[str]:
    (most, number), *_, (least, few) = _labels(data).most_common()
    if number > _SKEW * few:
        yield f"{most}: {number:,} texts, {least}: {few:,}; more than {_SKEW} to 1"


def _labels(data: ColumnSet) -> Counter[Hashable]:
    if data.label is None:
        raise DoesNotApply("no --label-column was named")
    return data.labels


def _label_in_splits(data: ColumnSet) -> Iterator[str]:
    known = _labels(data).keys()
    splits: dict[str, set[Hashable]] = defaultdict(set)
    for item in data.rows:
        splits[item.split].add(data.label_of(item))
    for split, labels in splits.items():
        for label in sorted(known - labels, key=str):
            yield f"{split}: no text of label {label}"


def _repeated(data: ColumnSet) -> Iterator[str]:
    seen: dict[str, Item] = {}
    for item in data.rows:
        text = data.text_of(item)
        if text in seen:
            yield f"{item.id} ({item.split}): the text of {seen[text].id} ({seen[text].split})"
        seen.setdefault(text, item)


def _contradicted(data: ColumnSet) -> Iterator[str]:
    _labels(data)
    seen: dict[str, Item] = {}
    for item in data.rows:
        other = seen.setdefault(data.text_of(item), item)
        if data.label_of(other) != data.label_of(item):
            yield (
                f"{item.id}: {data.label_of(item)}, but {other.id} with the same text is "
                f"{data.label_of(other)}"
            )


def _twins_across(data: ColumnSet) -> Iterator[str | LookedAt]:
    if len({item.split for item in data.rows}) > 1:
        return data.twins.told(across=True)
    for column in data.data.columns:
        names = {str(item.values.get(column)) for item in data.rows}
        if 2 <= len(names) <= len(SPLITS) + 1 and "train" in map(split_named, names):
            raise DoesNotApply(
                f"there is one split, and column {column} looks like one: --split-column {column}"
            )
    raise DoesNotApply("there is one split")


def _groups(data: ColumnSet) -> Iterator[str]:
    if not data.groups:
        raise DoesNotApply("no --group-column was named")
    for column in data.groups:

        def keys(item: Item, name: str = column) -> Iterator[Any]:
            if not is_missing(item.values.get(name)):
                yield str(item.values[name])

        yield from in_two_splits(data.rows, keys, column)


def _shortcut(name: str, column: str | None) -> Check[ColumnSet]:
    check: Check[ColumnSet] = shortcut_check(
        name, lambda data: data.audit, "no --label-column was named"
    )

    def run(data: ColumnSet) -> Iterator[str | LookedAt]:
        yield from check.run(data)
        if column in data.texts and len(data.sample) < len(data.rows):
            yield LookedAt(len(data.sample), len(data.rows))

    return replace(check, run=run)


def checks_of(data: ColumnSet) -> tuple[Check[ColumnSet], ...]:
    """The checks that apply to a set of which these columns are known."""
    return (
        Check("rows-usable", "every row has a text and a label", _usable),
        Check("balance", f"no label has {_SKEW} times the texts of another", _balance),
        Check("labels-in-splits", "every split has every label", _label_in_splits),
        Check("duplicate-texts", "no text stands twice", _repeated),
        Check("label-contradiction", "no text has two labels", _contradicted),
        Check(
            "near-duplicate-across-splits", "no text nearly repeats one elsewhere", _twins_across
        ),
        Check(
            "near-duplicate-in-split",
            "no text nearly repeats one beside it",
            lambda data: data.twins.told(across=False),
        ),
        Check("group-in-two-splits", "every group stands in one split", _groups),
        _shortcut("length", None),
        *(
            _shortcut(feature_name(column, data.texts), column)
            for column in dict.fromkeys(data.shortcuts)
        ),
    )
