"""Anybody's set, of which the columns of texts, and of labels, are known.

Whatever a check rests on looks at every row. What reads the texts looks at a sample: readability, and what
a linear model tells of labels.
"""

from __future__ import annotations

import math
import random
from collections import Counter
from collections.abc import Hashable, Iterator, Sequence
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
"""Texts that are scored and that labels are guessed of; of more, so many at random, always the same."""

_MOST_LABELS = 100
_FEW_LABELS = 20
_TEXTS_OF_LABEL = 10  # that more labels than few must have on average
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
                cure="name a file in UTF-8 that is what its name says, such as .jsonl or .csv",
            )
        for name in (*self.texts, self.label, *self.groups, *self.shortcuts, self.split):
            if name is not None and name not in self.data.columns:
                raise unknown_name("column", name, self.data.columns).within(self.data.place)
        problem, option = self._unfit()
        if problem:
            cure = f"name another column with {option}"
            raise UsageError(problem, where=self.data.place, cure=cure)

    def _unfit(self) -> tuple[str, str]:
        """Why the columns cannot be what they were named as, and the option; "" where they can."""
        if not self.rows:
            first = next(item for item in self.data.items if self.problem(item))
            return f"no row is usable ({first.place}: {self.problem(first)})", "--text-column"
        for option, column, values in (
            ("--label-column", self.label, self.labels),
            ("--split-column", self.split, Counter(item.split for item in self.rows)),
        ):
            written = Counter(map(str, values))
            most = min(_MOST_LABELS, max(_FEW_LABELS, len(self.rows) // _TEXTS_OF_LABEL))
            if len(values) > most:
                return f"column {column} has {len(values):,} different values, over {most}", option
            if len(written) < len(values):
                twice = written.most_common(1)[0][0]
                return f"column {column} has {twice} as word and as number", option
        if len(self.labels) == 1:
            return f"column {self.label} has one value: nothing to tell apart", "--label-column"
        return "", ""

    @cached_property
    def labels(self) -> Counter[Hashable]:
        """Texts of each label."""
        return Counter(self.label_of(item) for item in self.rows if self.label is not None)

    @cached_property
    def rows(self) -> tuple[Item, ...]:
        """Rows with a text and a label, each with its split; training rows first."""
        rows = [item for item in self.data.rows if not self.problem(item)]
        if self.split is not None:
            rows = [replace(item, split=_split(str(item.values[self.split]))) for item in rows]
        order = {name: place for place, name in enumerate(SPLITS)}
        return tuple(sorted(rows, key=lambda item: (order.get(item.split, len(order)), item.split)))

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
        """The rows that costly measures look at."""
        if len(self.rows) <= AUDITED:
            return self.rows
        chosen = random.Random(0).sample(range(len(self.rows)), AUDITED)  # noqa: S311 - no secret
        return tuple(self.rows[number] for number in sorted(chosen))

    @cached_property
    def twins(self) -> TwinsFound:
        """Near-duplicates among all rows; a pair is compared part by part."""

        def parts(item: Item) -> str:
            return "\0".join(item.values[column].replace("\0", " ") for column in self.texts)

        return find_copies(self.rows, parts, self.data.report)

    def text_of(self, item: Item) -> str:
        """The text of a row, that of each column on a line of its own."""
        return "\n".join(item.values[column] for column in self.texts)

    def label_of(self, item: Item) -> Hashable:
        """The label of a row."""
        label: Hashable = item.values[self.label] if self.label is not None else None
        return label

    @cached_property
    def scores(self) -> dict[str, Readability]:
        """The readability of the sample's texts, by the row's place; none without labels."""
        found: dict[str, Readability] = {}
        sample = self.sample if self.label is not None else ()
        for number, item in enumerate(sample):
            if number % 20 == 0:
                self.data.report("scoring", number, len(sample))
            try:
                found[item.place] = score(self.text_of(item), dictionary=DEFAULT_DICTIONARY)
            except TextError:
                continue
        self.data.report("scoring", len(sample), len(sample))
        return found

    @cached_property
    def audit(self) -> ShortcutAudit | None:
        """The shortcut audit, or None where there are no labels: of all rows what needs no reading,
        of the sample the rest.
        """
        if self.label is None:
            return None
        features = list(self._features())
        quick = [one for one in features if one.shortcut and one.kind != "text"]
        whole = self._audited(self.rows, quick)
        read = self._audited(self.sample, [one for one in features if one not in quick])
        rows = sorted((*whole.rows, *read.rows), key=lambda row: not row.shortcut)
        return replace(read, rows=tuple(rows), of=len(self.rows))

    def _audited(self, items: Sequence[Item], features: Sequence[Feature]) -> ShortcutAudit:
        return audit_rows(
            items,
            features,
            labels=[self.label_of(item) for item in items],
            groups=self._groups(items),
            splits=[item.split for item in items],
            report=self.data.report,
        )

    def _groups(self, items: Sequence[Item]) -> list[int]:
        return [self._together[item.place] for item in items]

    @cached_property
    def _together(self) -> dict[str, int]:
        """Of each row, by its place, the number of those that it belongs together with.

        That are rows of one group (the first of the groups that a row is in), rows that share a part
        of a pair, and near-duplicates: what learned from one of them would know the other.
        """
        from scipy.sparse import coo_array
        from scipy.sparse.csgraph import connected_components

        number = {item.place: number for number, item in enumerate(self.rows)}
        firsts: dict[Hashable, str] = {}
        pairs = [(twins.one.place, twins.other.place) for twins in self.twins.twins]
        for item in self.rows:
            values = ((name, item.values.get(name)) for name in self.groups)
            keys: list[Hashable] = []
            keys += [(name, str(value)) for name, value in values if not is_missing(value)][:1]
            if len(self.texts) > 1:
                parts = (item.values[column] for column in self.texts)
                keys += [part for part in parts if len(part) >= SHORT.start]
            pairs += [(firsts.setdefault(key, item.place), item.place) for key in keys]
        ends = [[number[pair[end]] for pair in pairs] for end in (0, 1)]
        graph = coo_array(([True] * len(pairs), ends), shape=(len(number), len(number)))
        return dict(zip(number, connected_components(graph)[1].tolist(), strict=True))

    def _features(self) -> Iterator[Feature]:
        """What the label may be guessed from."""
        yield Feature("length", lambda item: len(self.text_of(item)), "number")
        for column in dict.fromkeys((*self.shortcuts, *self.texts)):
            if column not in self.texts:
                yield _column(column, self.rows)
            elif len(self.texts) > 1 or column in self.shortcuts:

                def of_part(item: Item, column: str = column) -> str:
                    return str(item.values[column])

                name = feature_name(column, self.texts)
                yield Feature(name, of_part, "text", column in self.shortcuts)
        kanji = Feature("kanji-share", lambda item: kanji_share(self.text_of(item)), "number")
        yield replace(kanji, shortcut=False)
        for name in ("words_per_sentence", "readability"):

            def of_score(item: Item, name: str = name) -> float | None:
                return getattr(self.scores.get(item.place), name, None)

            yield Feature(name.replace("_", "-"), of_score, "number", shortcut=False)
        yield Feature(_BASELINE, self.text_of, "text", shortcut=False)

    @cached_property
    def guesses(self) -> tuple[tuple[Guessed, ...], tuple[Doubtful, ...]]:
        """How often a model guesses the label from each part of the text and from all of it; and the
        labels of the sample that it doubts, if it knows any.
        """
        if self.audit is None:
            return (), ()
        labels = [self.label_of(item) for item in self.sample]
        groups = self._groups(self.sample)
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


def feature_name(column: str, texts: Sequence[str]) -> str:
    """What the audit calls a column, whose name may be that of something it looks at anyway."""
    if column in texts:
        return f"{column}-alone"
    return f"{column}-column" if column == "length" else column


def _split(value: str) -> str:
    name = split_named(value)
    return value if name == "all" else name


def _column(column: str, rows: Sequence[Item]) -> Feature:
    """A column as numbers where all are, or where CSV may have made words of them."""
    values = [value for item in rows if not is_missing(value := item.values.get(column))]
    words = any(isinstance(value, (str, bool)) for value in values)
    numbers = all(_number(value) is not None for value in values)
    name = feature_name(column, ())
    if numbers and (not words or len(set(map(str, values))) > _FEW_LABELS):
        return Feature(name, lambda item: _number(item.values.get(column)), "number")
    return Feature(name, lambda item: str(item.values.get(column)))


def _number(value: Any) -> float | None:
    try:
        return float(value)
    except (TypeError, ValueError, OverflowError):
        return None
