"""Checks of anybody's set, of which the columns of texts, and of labels, are known.

What is checked: that there are texts and labels, that labels are balanced, that no text stands twice,
nearly stands twice or is one character from one of another split, that groups stay in one split, and
that length and the columns that the user names do not tell the label. All of it looks at every row.
What reads the texts looks at a sample: readability, and what a linear model tells of labels.
"""

from __future__ import annotations

import hashlib
import math
from collections import Counter
from collections.abc import Hashable
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, Final

from jtextkit.builders.sets.reading import Item, TextSet, split_named
from jtextkit.builders.sets.shortcuts import kanji_share
from jtextkit.builders.sets.splits import SPLITS
from jtextkit.builders.sets.twins import TwinsFound
from jtextkit.check.copies import SHORT, find_copies
from jtextkit.check.guesses import Doubtful, Guessed, guessed
from jtextkit.core.errors import TextError, UsageError
from jtextkit.core.registry import unknown_name
from jtextkit.metrics.morphology.dictionary import DEFAULT_DICTIONARY
from jtextkit.metrics.readability.formula import Readability, score
from jtextkit.metrics.shortcuts.audit import Feature, ShortcutAudit, audit_rows

AUDITED: Final = 5_000
"""Texts that are scored and that labels are guessed of; of more, so many by hash."""

_MOST_LABELS = 20
_DOUBTFUL = 100
_BASELINE = "linear-baseline"


@dataclass(frozen=True)
class ColumnSet:
    """A set, and which of its columns is what.

    Attributes:
        texts: columns whose texts together are the text of a row.
        label: None where there are no labels.
        groups: columns whose values belong together (a document, a pair): each stands in one split,
            and is kept whole when the set is cut into folds.
        shortcuts: columns that must not tell the label.
        split: a column that says which split a row is in; None takes the files' names.

    Raises:
        UsageError: there is no such column, or it does not hold what it should.
    """

    data: TextSet
    texts: tuple[str, ...]
    label: str | None = None
    groups: tuple[str, ...] = ()
    shortcuts: tuple[str, ...] = ()
    split: str | None = None

    def __post_init__(self) -> None:
        unread = [item for item in self.data.items if item.problem]
        if 2 * len(unread) > len(self.data.items):
            raise UsageError(
                f"{len(unread):,} of {len(self.data.items):,} rows cannot be read "
                f"({unread[0].place}: {unread[0].problem})",
                where=self.data.place,
                cure="name a file in UTF-8 that is what its name says: .jsonl, .csv, .tsv, .json, .parquet",
            )
        for name in (*self.texts, self.label, *self.groups, *self.shortcuts, self.split):
            if name is not None and name not in self.data.columns:
                raise unknown_name("column", name, self.data.columns).within(self.data.place)
        if not self.rows:
            first = next(item for item in self.data.items if self.problem(item))
            raise self._unfit(
                f"no row is usable ({first.place}: {self.problem(first)})", "--text-column"
            )
        for option, column, values in (
            ("--label-column", self.label, self.labels),
            ("--split-column", self.split, Counter(item.split for item in self.rows)),
        ):
            if column is None:
                continue
            if len(values) > _MOST_LABELS:
                raise self._unfit(
                    f"column {column} has {len(values):,} different values", option, _MOST_LABELS
                )
            written = Counter(map(str, values))
            if len(written) < len(values):
                twice = next(name for name in written if written[name] > 1)
                raise self._unfit(f"column {column} has {twice} as word and as number", option)
        if self.label is not None and len(self.labels) == 1:
            raise self._unfit(
                f"column {self.label} has one value, so there is nothing to tell apart",
                "--label-column",
            )

    def _unfit(self, problem: str, option: str, most: int = 0) -> UsageError:
        cure = f"name another column with {option}" + (
            f", of at most {most} values" if most else ""
        )
        return UsageError(problem, where=self.data.place, cure=cure)

    @cached_property
    def labels(self) -> Counter[Hashable]:
        """Texts of each label."""
        return Counter(self.label_of(item) for item in self.rows if self.label is not None)

    @cached_property
    def rows(self) -> tuple[Item, ...]:
        """Rows with a text and a label, each with its split; training rows first."""
        rows = [item for item in self.data.rows if not self.problem(item)]
        if self.split is not None:
            rows = [replace(item, split=_split(item.values[self.split])) for item in rows]
        order = {name: place for place, name in enumerate(SPLITS)}
        return tuple(sorted(rows, key=lambda item: order.get(item.split, len(order))))

    def problem(self, item: Item) -> str:
        """What a row lacks, or ""."""
        if item.problem:
            return item.problem
        for column in self.texts:
            text = item.values.get(column)
            if not isinstance(text, str) or not text.strip():
                return f"{column} is no text"
            try:
                text.encode()
            except UnicodeEncodeError:
                return f"{column} holds a lone surrogate"
        for name, kind in ((self.label, "label"), (self.split, "split")):
            value = item.values.get(name) if name is not None else kind
            if is_missing(value) or isinstance(value, (list, dict)):
                return f"{name} is no {kind}"
        return ""

    @cached_property
    def sample(self) -> tuple[Item, ...]:
        """The rows that costly measures look at, all or :data:`AUDITED` chosen by hash."""
        if len(self.rows) <= AUDITED:
            return self.rows
        order = sorted(
            range(len(self.rows)),
            key=lambda i: hashlib.sha256(self.rows[i].place.encode()).digest(),
        )
        return tuple(self.rows[i] for i in sorted(order[:AUDITED]))

    @cached_property
    def twins(self) -> TwinsFound:
        """Near-duplicates among all rows."""
        return find_copies(self.rows, self.compared, self.data.report)

    def text_of(self, item: Item) -> str:
        """The text of a row, that of each column on a line of its own."""
        return "\n".join(item.values[column] for column in self.texts)

    def compared(self, item: Item) -> str:
        """What is compared of a row: its parts, each with its like."""
        return "\0".join(item.values[column].replace("\0", " ") for column in self.texts)

    def label_of(self, item: Item) -> Hashable:
        """The label of a row."""
        label: Hashable = item.values[self.label] if self.label is not None else None
        return label

    @cached_property
    def scores(self) -> dict[str, Readability]:
        """The readability of the sample's texts, by the row's place; none without labels."""
        found: dict[str, Readability] = {}
        if self.label is None:
            return found
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
        """The shortcut audit, or None where there are no labels: shortcuts of all rows, the rest of
        the sample.
        """
        if self.label is None:
            return None
        whole = self._audited(self.rows, self._columns())
        read = self._audited(self.sample, self._readings())
        rows = sorted((*whole.rows, *read.rows), key=lambda row: not row.shortcut)
        return replace(read, rows=tuple(rows), of=len(self.rows))

    def _audited(self, items: tuple[Item, ...], features: list[Feature]) -> ShortcutAudit:
        return audit_rows(
            [{**item.values, _ITEM: item} for item in items],
            features,
            labels=[self.label_of(item) for item in items],
            groups=list(map(self._group, items)),
            splits=[item.split for item in items],
            report=self.data.report,
        )

    @cached_property
    def _together(self) -> dict[str, str]:
        """Of each row, by its place, the place of the first row that it belongs together with.

        That are rows of one group (the first of the groups that a row is in), rows that share a part
        of a pair, and near-duplicates: what learned from one of them would know the other.
        """
        parent = {item.place: item.place for item in self.rows}

        def root(place: str) -> str:
            while parent[place] != place:
                parent[place] = place = parent[parent[place]]
            return place

        firsts: dict[Hashable, str] = {}
        for item in self.rows:
            values = ((name, item.values.get(name)) for name in self.groups)
            keys: list[Hashable] = []
            keys += [(name, str(value)) for name, value in values if not is_missing(value)][:1]
            if len(self.texts) > 1:
                parts = (item.values[column] for column in self.texts)
                keys += [part for part in parts if len(part) >= SHORT.start]
            for key in keys:
                parent[root(item.place)] = root(firsts.setdefault(key, item.place))
        for twins in self.twins.twins:
            parent[root(twins.other.place)] = root(twins.one.place)
        return {place: root(place) for place in parent}

    def _group(self, item: Item) -> Hashable:
        return self._together[item.place]

    def _columns(self) -> list[Feature]:
        """What needs no reading: length, and the named columns that are no texts."""
        named = [column for column in dict.fromkeys(self.shortcuts) if column not in self.texts]
        return [
            Feature("length", lambda row: len(self.text_of(row[_ITEM])), "number"),
            *(_named(column, [item.values.get(column) for item in self.rows]) for column in named),
        ]

    def _readings(self) -> list[Feature]:
        """What reads the text: each part of a pair alone, kanji, readability, a linear model."""

        def of_score(name: str) -> Feature:
            def take(row: Any) -> Any:
                return getattr(self.scores.get(row[_ITEM].place), name, None)

            return Feature(name.replace("_", "-"), take, "number", shortcut=False)

        def alone(column: str) -> Feature:
            name = thing(column, self)
            return Feature(name, lambda row: row[column], "text", column in self.shortcuts)

        def kanji(row: Any) -> float:
            return kanji_share(self.text_of(row[_ITEM]))

        return [
            *(alone(column) for column in self.texts if self._is_read_alone(column)),
            Feature("kanji-share", kanji, "number", shortcut=False),
            of_score("words_per_sentence"),
            of_score("readability"),
            Feature(_BASELINE, lambda row: self.text_of(row[_ITEM]), "text", shortcut=False),
        ]

    def _is_read_alone(self, column: str) -> bool:
        return len(self.texts) > 1 or column in self.shortcuts

    @cached_property
    def guesses(self) -> tuple[tuple[Guessed, ...], tuple[Doubtful, ...]]:
        """How often a model guesses the label from each part of the text and from all of it; and the
        labels of the sample that it doubts, if it knows any.
        """
        if self.audit is None:
            return (), ()
        labels = [self.label_of(item) for item in self.sample]
        groups = list(map(self._group, self.sample))
        read = [guessed(row, labels, groups) for row in self.audit.rows if row.held_out]
        last, wrong = next(pair for pair in read if pair[0].source == _BASELINE)
        doubtful = [
            Doubtful(item.id, str(self.label_of(item)), str(name), margin, self.text_of(item))
            for i, name, margin in wrong[: _DOUBTFUL if last.knows else 0]
            for item in (self.sample[i],)
        ]
        return tuple(one for one, _ in read), tuple(doubtful)


def is_missing(value: Any) -> bool:
    """None, NaN, which pandas writes for it, and what CSV has for it."""
    return value is None or value == "" or (isinstance(value, float) and math.isnan(value))


def _split(value: Any) -> str:
    name = split_named(str(value))
    return str(value) if name == "all" else name


_ITEM = "\0item"
"""Where a row of the audit holds its item: no column is called so."""


def _named(column: str, values: list[Any]) -> Feature:
    """A column as numbers where all are, or where CSV may have made words of them."""
    numbers = all(
        value is None or (isinstance(value, (int, float)) and not isinstance(value, bool))
        for value in values
    )
    if numbers:
        return Feature(thing(column), lambda row: row.get(column), "number")
    words = {value for value in values if isinstance(value, str)}
    if len(words) > _MOST_LABELS and all(_number(value) is not None for value in words - {""}):
        return Feature(thing(column), lambda row: _number(row.get(column)), "number")
    return Feature(thing(column), lambda row: str(row.get(column)))


def _number(value: Any) -> float | None:
    try:
        return float(value)
    except (TypeError, ValueError):
        return None


def thing(column: str, data: ColumnSet | None = None) -> str:
    """What the audit calls a column, whose name may be that of something it looks at anyway."""
    if data is not None and column in data.texts:
        return f"{column}-alone"
    return f"{column}-column" if column == "length" else column
