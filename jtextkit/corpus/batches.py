"""Scores for a batch of texts: what every way to annotate a corpus runs through.

Not handled: what needs more than one row (duplicates, near-duplicates, whole documents that were
cut into rows).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from math import isnan
from operator import attrgetter
from typing import Any, TypedDict

from jtextkit.core.errors import TextError, UsageError
from jtextkit.core.registry import unknown_name
from jtextkit.metrics.morphology.analysis import SENTENCE_RULES, Counts, analyser
from jtextkit.metrics.morphology.classes import words_identity
from jtextkit.metrics.morphology.dictionary import DEFAULT_DICTIONARY
from jtextkit.metrics.readability.formula import (
    COLUMNS,
    Readability,
    SentenceRule,
    readability_of,
    signature_of,
)
from jtextkit.metrics.readability.opinion import PAIRS
from jtextkit.metrics.readability.profiles import (
    PROFILE_COLUMNS,
    Profile,
    ProfileCounts,
    count_profile,
)

PROBLEM = "problem"
"""The column that says why a row has no score; null where it has one."""

NOT_UTF8 = "not UTF-8"

_KINDS = {
    **dict.fromkeys(("characters", "words", "sentences"), "integer"),
    **dict.fromkeys(("level", "label", PROBLEM), "string"),
    "opinions_agree": "boolean",
}
"""Of the columns that hold no real number."""


@dataclass(frozen=True, slots=True)
class Options:
    """What decides the columns that a shard gets.

    Args:
        text_column: the column that holds the text.
        columns: which score columns to add; ``problem`` comes with them.
        sentences: where a sentence ends.
        dictionary: name or folder of the UniDic to use.

    Raises:
        UsageError: a column or a sentence rule has no such name.
    """

    text_column: str = "text"
    columns: tuple[str, ...] = PROFILE_COLUMNS
    sentences: SentenceRule = "punct"
    dictionary: str = DEFAULT_DICTIONARY

    def __post_init__(self) -> None:
        for name in self.columns:
            if name not in PROFILE_COLUMNS:
                raise unknown_name("score column", name, PROFILE_COLUMNS)
        if not self.columns:
            raise UsageError("no column to add", cure=f"name some of {', '.join(PROFILE_COLUMNS)}")
        if self.sentences not in SENTENCE_RULES:
            raise unknown_name("sentence rule", self.sentences, SENTENCE_RULES)
        in_order = tuple(name for name in PROFILE_COLUMNS if name in self.columns)
        object.__setattr__(self, "columns", in_order)

    @property
    def profiled(self) -> bool:
        """Whether a column needs more than the formula's counts."""
        return not set(self.columns) <= set(COLUMNS)

    @property
    def added(self) -> tuple[str, ...]:
        """The names of the columns that are added, in their order."""
        return (*self.columns, PROBLEM)

    def signature(self) -> str:
        """The signature of the scores; opens the dictionary.

        Raises:
            DictionaryError: it cannot be opened.
        """
        return signature_of(analyser(self.dictionary), self.sentences, words=words_identity())


class TallyContent(TypedDict):
    """A tally as JSON has it."""

    rows: int
    problems: dict[str, int]
    counts: dict[str, int]
    profile: dict[str, int]
    products: list[int]
    labels: dict[str, int]
    levels: dict[str, int]


@dataclass(slots=True)
class RowTally:
    """Additive counts of scored rows; see :class:`~jtextkit.metrics.morphology.analysis.Counts`.

    Attributes:
        rows: all rows, those without a score too.
        problems: rows without a score, by reason.
        profile: what the scored rows hold; its counts alone where no column needs more.
        labels: scored rows by label; ``levels`` by level (``off-scale`` where there is none).
    """

    rows: int = 0
    problems: Counter[str] = field(default_factory=Counter)
    profile: ProfileCounts = field(default_factory=ProfileCounts)
    labels: Counter[str] = field(default_factory=Counter)
    levels: Counter[str] = field(default_factory=Counter)

    @property
    def counts(self) -> Counts:
        """What the formula needs."""
        return self.profile.counts

    def add(self, other: RowTally) -> None:
        """Take over what another stretch of rows counted."""
        self.rows += other.rows
        self.problems += other.problems
        self.profile += other.profile
        self.labels += other.labels
        self.levels += other.levels

    def to_dict(self) -> TallyContent:
        """As JSON has it; :meth:`from_dict` reads it back."""
        return {
            "rows": self.rows,
            "problems": dict(sorted(self.problems.items())),
            "counts": {name: getattr(self.counts, name) for name in _COUNTED},
            "profile": {name: getattr(self.profile, name) for name in _PROFILED},
            "products": list(self.profile.products),
            "labels": dict(sorted(self.labels.items())),
            "levels": dict(sorted(self.levels.items())),
        }

    @classmethod
    def from_dict(cls, content: TallyContent) -> RowTally:
        """The tally that :meth:`to_dict` wrote.

        Raises:
            KeyError, ValueError: this is none.
        """
        if len(content["products"]) != len(PAIRS):
            raise ValueError(f"{len(content['products'])} products")
        return cls(
            content["rows"],
            Counter(content["problems"]),
            ProfileCounts(
                Counts(**{name: content["counts"][name] for name in _COUNTED}),
                **{name: content["profile"][name] for name in _PROFILED},
                products=tuple(content["products"]),
            ),
            Counter(content["labels"]),
            Counter(content["levels"]),
        )


_COUNTED = tuple(one.name for one in fields(Counts))
_PROFILED = ("visible", "kanji", "content", "uncommon", "classical")


def score_texts(texts: Iterable[object], options: Options) -> tuple[dict[str, list[Any]], RowTally]:
    """Score texts one by one: :attr:`Options.added` as lists, and their tally.

    What is not text, or cannot be scored, gets None in every column and a reason in ``problem``.
    Bytes stand for text that is not UTF-8.
    """
    measure = _measure(options)
    wanted = (*options.columns, "label", "level")
    values_of = attrgetter(*(f"score.{name}" if name in COLUMNS else name for name in wanted))
    nothing = (None,) * (len(options.columns) + 2)
    rows: list[tuple[Any, ...]] = []
    problems: list[str | None] = []
    scored: list[ProfileCounts] = []
    tally = RowTally()
    for text in texts:
        problem = None
        if isinstance(text, str):
            try:
                result = measure(text)
            except TextError as error:
                problem = error.problem
        elif text is None or (isinstance(text, float) and isnan(text)):  # pandas' missing text
            problem = "the text is missing"
        else:
            problem = NOT_UTF8 if isinstance(text, bytes) else "this is not text"
        problems.append(problem)
        if problem is not None:
            tally.problems[_kind(problem)] += 1
            rows.append(nothing)
            continue
        rows.append(values := values_of(result))
        scored.append(result.profile_counts)
        tally.labels[values[-2]] += 1
        tally.levels[values[-1] or "off-scale"] += 1
    tally.rows = len(problems)
    tally.profile = ProfileCounts.total(scored)
    columns = {name: [row[place] for row in rows] for place, name in enumerate(options.columns)}
    return {**columns, PROBLEM: problems}, tally


def _measure(options: Options) -> Callable[[str], Profile]:
    """What profiles a text; without what the second opinion needs, where no column asks for it."""
    signature = options.signature()
    words = analyser(options.dictionary)
    profiled = options.profiled

    def measure(text: str) -> Profile:
        if profiled:
            counts = count_profile(text, options.dictionary)
        else:
            counts = ProfileCounts(words.count(text))
        value = readability_of(counts.counts, options.sentences)
        score = Readability(value, options.sentences, counts.counts, signature)
        return Profile(score, counts, signature)

    return measure


def _kind(problem: str) -> str:
    """A reason without its place, so that counts by reason stay few."""
    return re.sub(r"( U\+[0-9A-F]{4,6})?( in line \d+)?$", "", problem)


def refuse_clash(names: Iterable[str], options: Options, *, where: str = "") -> None:
    """Refuse to add a column that is there already.

    Raises:
        UsageError: one of ``names`` is among :attr:`Options.added`.
    """
    if clash := sorted(set(options.added) & set(names)):
        cure = "drop or rename it, or add others with --columns"
        raise UsageError(f"there is a column {', '.join(clash)} already", where=where, cure=cure)


def arrow_columns(texts: Any, options: Options) -> tuple[list[Any], list[Any], RowTally]:
    """Fields and arrays of :attr:`Options.added` for an Arrow array of texts, and their tally."""
    import pyarrow as pa

    columns, tally = score_texts(_python_values(texts), options)
    types = {"integer": pa.int64(), "string": pa.string(), "boolean": pa.bool_()}
    kinds = {name: types.get(_KINDS.get(name, ""), pa.float64()) for name in columns}
    arrays = [pa.array(values, kinds[name]) for name, values in columns.items()]
    return [pa.field(name, kind) for name, kind in kinds.items()], arrays, tally


def _python_values(texts: Any) -> Sequence[object]:
    try:
        values: Sequence[object] = texts.to_pylist()
    except UnicodeDecodeError:  # Arrow takes any bytes for text
        return [_python_value(text) for text in texts]
    # Binary columns are another type than text, whatever bytes stand for in score_texts.
    return [object() if isinstance(value, bytes) else value for value in values]


def _python_value(scalar: Any) -> object:
    try:
        return scalar.as_py()
    except UnicodeDecodeError:
        return b""


def annotate_batch(batch: Any, **options: Any) -> Any:
    """Add score columns to a batch of rows, whatever holds them.

    Made for ``datasets.Dataset.map(annotate_batch, batched=True)``, polars'
    ``LazyFrame.map_batches(annotate_batch)`` and pyarrow; :func:`functools.partial` sets options.

    Args:
        batch: what ``Dataset.map`` hands over, a polars DataFrame, or a pyarrow Table or
            RecordBatch (give all columns); a mapping from column names to lists (gives a dict of
            the new columns alone).
        **options: those of :class:`Options`.

    Raises:
        UsageError: the batch is something else, has no text column, or has one of the new columns.
    """
    chosen = Options(**options)
    # What Dataset.map hands over is a table underneath. Lists would lose the types of columns that
    # are null throughout the first batch, as ``problem`` mostly is, and the second would not fit.
    batch = getattr(batch, "pa_table", batch)
    family = type(batch).__module__.partition(".")[0]
    if isinstance(batch, Mapping):
        names = list(batch)
    elif (family, type(batch).__name__) in _FRAMES:
        names = list(batch.columns if family == "polars" else batch.schema.names)
    else:
        cure = "pass a mapping of lists, a polars DataFrame, or a pyarrow Table or RecordBatch"
        raise UsageError(f"cannot annotate a {type(batch).__name__}", cure=cure)
    if chosen.text_column not in names:
        raise unknown_name("column", chosen.text_column, names)
    refuse_clash(names, chosen)
    texts = batch[chosen.text_column]
    if family == "polars":
        import polars as pl

        types = {"integer": pl.Int64, "string": pl.String, "boolean": pl.Boolean}
        frame_columns, _ = score_texts(texts.to_list(), chosen)
        return batch.with_columns(
            pl.Series(name, values, dtype=types.get(_KINDS.get(name, ""), pl.Float64))
            for name, values in frame_columns.items()
        )
    if family == "pyarrow":
        import pyarrow as pa

        new_fields, arrays, _ = arrow_columns(texts, chosen)
        metadata = {**(batch.schema.metadata or {}), SIGNATURE_KEY: chosen.signature().encode()}
        schema = pa.schema([*batch.schema, *new_fields], metadata=metadata)
        return type(batch).from_arrays([*batch.columns, *arrays], schema=schema)
    return score_texts(texts, chosen)[0]


_FRAMES = (("polars", "DataFrame"), ("pyarrow", "Table"), ("pyarrow", "RecordBatch"))

SIGNATURE_KEY = b"jtextkit.signature"
"""Where an Arrow schema's metadata says how its scores were made."""
