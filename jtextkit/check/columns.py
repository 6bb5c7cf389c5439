"""Checks of anybody's set, of which a text column and a label column are known.

What is checked: that there are texts and labels, that labels are balanced, that no text stands twice
or nearly stands in two splits, that groups stay in one split, and that length and the columns that
the user names do not tell the label. The readability of the texts stands in the audit beside them.
"""

from __future__ import annotations

import hashlib
import math
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

from jtextkit.builders.sets.findings import Check, DoesNotApply
from jtextkit.builders.sets.near_duplicates import Twins, find_twins
from jtextkit.builders.sets.promises import in_two_splits
from jtextkit.builders.sets.reading import Item, TextSet
from jtextkit.builders.sets.shortcuts import kanji_share, shortcut_check
from jtextkit.core.errors import TextError, UsageError
from jtextkit.core.registry import unknown_name
from jtextkit.metrics.morphology.dictionary import DEFAULT_DICTIONARY
from jtextkit.metrics.readability.formula import Readability, score
from jtextkit.metrics.shortcuts.audit import Feature, ShortcutAudit, audit_rows

AUDITED: Final = 5_000
"""Texts that the audit and the search for near-duplicates look at; of more, so many by hash."""

_MOST_LABELS = 20
_NEAR = 0.8
_SKEW = 1.5


@dataclass(frozen=True)
class ColumnSet:
    """A set, and which of its columns is what.

    Attributes:
        groups: columns whose values belong together (a document, a pair): each stands in one split,
            and is kept whole when the set is cut into folds.
        shortcuts: columns that must not tell the label.

    Raises:
        UsageError: there is no such column.
    """

    data: TextSet
    text: str
    label: str
    groups: tuple[str, ...] = ()
    shortcuts: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        for column in (self.text, self.label, *self.groups, *self.shortcuts):
            if self.data.rows and column not in self.data.columns:
                raise unknown_name("column", column, self.data.columns).within(self.data.place)
        if len(self.labels) > _MOST_LABELS:
            raise UsageError(
                f"column {self.label} has {len(self.labels):,} different values",
                where=self.data.place,
                cure=f"name a column with at most {_MOST_LABELS} labels with --label-column",
            )

    @cached_property
    def labels(self) -> Counter[Hashable]:
        """Texts of each label."""
        return Counter(item.values[self.label] for item in self.rows)

    @cached_property
    def rows(self) -> tuple[Item, ...]:
        """Rows with a text and a label."""
        return tuple(item for item in self.data.rows if not self.problem(item))

    def problem(self, item: Item) -> str:
        """What a row lacks, or ""."""
        text, label = item.values.get(self.text), item.values.get(self.label)
        if not isinstance(text, str) or not text.strip():
            return f"{self.text} is no text"
        try:
            text.encode()
        except UnicodeEncodeError:
            return f"{self.text} holds a lone surrogate"
        if _is_missing(label) or isinstance(label, (list, dict)):
            return f"{self.label} is no label"
        return ""

    @cached_property
    def sample(self) -> tuple[Item, ...]:
        """The rows that costly checks look at, all or :data:`AUDITED` chosen by hash."""
        if len(self.rows) <= AUDITED:
            return self.rows
        order = sorted(
            range(len(self.rows)),
            key=lambda i: hashlib.sha256(self.rows[i].place.encode()).digest(),
        )
        return tuple(self.rows[i] for i in sorted(order[:AUDITED]))

    @cached_property
    def twins(self) -> Sequence[Twins]:
        """Near-duplicates among the sample."""
        return find_twins(self.sample, self.text_of, _NEAR, self.data.report)

    def text_of(self, item: Item) -> str:
        """The text of a row."""
        text = item.values[self.text]
        assert isinstance(text, str)
        return text

    @cached_property
    def scores(self) -> dict[str, Readability]:
        """The readability of the sample's texts, by the row's place."""
        found = {}
        for number, item in enumerate(self.sample):
            if number % 20 == 0:
                self.data.report("scoring", number, len(self.sample))
            try:
                found[item.place] = score(self.text_of(item), dictionary=DEFAULT_DICTIONARY)
            except TextError:
                continue
        self.data.report("scoring", len(self.sample), len(self.sample))
        return found

    @cached_property
    def audit(self) -> ShortcutAudit | None:
        """The shortcut audit, or None where there are not two labels."""
        if len({item.values[self.label] for item in self.sample}) < 2:
            return None
        rows = [{**item.values, _SCORE: self.scores.get(item.place)} for item in self.sample]
        return audit_rows(
            rows,
            things_of(self),
            labels=[item.values[self.label] for item in self.sample],
            groups=[self._group(item) for item in self.sample],
            splits=[item.split for item in self.sample],
            of=len(self.rows),
            report=self.data.report,
        )

    def _group(self, item: Item) -> Hashable:
        """The first of the groups that the row is in, or the row itself."""
        known = [
            (name, str(item.values[name]))
            for name in self.groups
            if not _is_missing(item.values.get(name))
        ]
        return known[0] if known else item.place


def _is_missing(value: Any) -> bool:
    """None and NaN, which pandas writes for it."""
    return value is None or (isinstance(value, float) and math.isnan(value))


_SCORE = "\0score"
"""Where a row of the audit holds its score: no column is called so."""


def things_of(data: ColumnSet) -> tuple[Feature, ...]:
    """What the label is predicted from: length and the named columns, and the text beside them."""

    def of_score(name: str) -> Feature:
        return Feature(
            name.replace("_", "-"),
            lambda row: None if row[_SCORE] is None else getattr(row[_SCORE], name),
            "number",
            shortcut=False,
        )

    return (
        Feature("length", lambda row: len(row[data.text]), "number"),
        *(_named(column, data) for column in dict.fromkeys(data.shortcuts)),
        Feature("kanji-share", lambda row: kanji_share(row[data.text]), "number", shortcut=False),
        of_score("words_per_sentence"),
        of_score("readability"),
        Feature("linear-baseline", lambda row: row[data.text], "text", shortcut=False),
    )


def _named(column: str, data: ColumnSet) -> Feature:
    values = [item.values.get(column) for item in data.rows]
    numbers = all(
        value is None or (isinstance(value, (int, float)) and not isinstance(value, bool))
        for value in values
    )
    if numbers:
        return Feature(_thing(column), lambda row: row.get(column), "number")
    return Feature(_thing(column), lambda row: str(row.get(column)))


def _thing(column: str) -> str:
    """What the audit calls a column, whose name may be that of something it looks at anyway."""
    return f"{column}-column" if column == "length" else column


def _usable(data: ColumnSet) -> Iterator[str]:
    for item in data.data.items:
        if problem := item.problem or data.problem(item):
            yield f"{item.place}: {problem}"


def _balance(data: ColumnSet) -> Iterator[str]:
    if len(data.labels) < 2:
        yield f"{data.label}: {len(data.labels)} label, nothing to tell apart"
        return
    (most, number), *_, (least, few) = data.labels.most_common()
    if number > _SKEW * few:
        yield f"{most}: {number:,} texts, {least}: {few:,}; more than {_SKEW} to 1"


def _label_in_splits(data: ColumnSet) -> Iterator[str]:
    splits: dict[str, set[Hashable]] = defaultdict(set)
    for item in data.rows:
        splits[item.split].add(item.values[data.label])
    for split, labels in splits.items():
        for label in sorted(data.labels.keys() - labels, key=str):
            yield f"{split}: no text of label {label}"


def _repeated(data: ColumnSet) -> Iterator[str]:
    seen: dict[str, Item] = {}
    for item in data.rows:
        text = data.text_of(item)
        if text in seen:
            yield f"{item.id} ({item.split}): the text of {seen[text].id} ({seen[text].split})"
        seen.setdefault(text, item)


def _contradicted(data: ColumnSet) -> Iterator[str]:
    seen: dict[str, Item] = {}
    for item in data.rows:
        other = seen.setdefault(data.text_of(item), item)
        if other.values[data.label] != item.values[data.label]:
            yield (
                f"{item.id}: {item.values[data.label]}, but {other.id} with the same text is "
                f"{other.values[data.label]}"
            )


def _twins_across(data: ColumnSet) -> Iterator[str]:
    if len({item.split for item in data.rows}) < 2:
        raise DoesNotApply("there is one split")
    return (str(twins) for twins in data.twins if twins.one.split != twins.other.split)


def _groups(data: ColumnSet) -> Iterator[str]:
    if not data.groups:
        raise DoesNotApply("no --group-column was named")
    for column in data.groups:

        def keys(item: Item, name: str = column) -> Iterator[Any]:
            if not _is_missing(item.values.get(name)):
                yield str(item.values[name])

        yield from in_two_splits(data.rows, keys, column)


def _audit(data: ColumnSet) -> ShortcutAudit | None:
    return data.audit


def checks_of(data: ColumnSet) -> tuple[Check[ColumnSet], ...]:
    """The checks that apply to a set of which these columns are known."""
    one_label = "there is one label"
    return (
        Check("rows-usable", "every row has a text and a label", _usable),
        Check("balance", f"no label has {_SKEW} times the texts of another", _balance),
        Check("labels-in-splits", "every split has every label", _label_in_splits),
        Check("duplicate-texts", "no text stands twice", _repeated),
        Check("label-contradiction", "no text has two labels", _contradicted),
        Check(
            "near-duplicate-across-splits", "no text nearly repeats one elsewhere", _twins_across
        ),
        Check("group-in-two-splits", "every group stands in one split", _groups),
        *(
            shortcut_check(name, _audit, one_label)
            for name in ("length", *map(_thing, dict.fromkeys(data.shortcuts)))
        ),
    )
