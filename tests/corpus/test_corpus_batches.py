"""Batches: the scores of metrics, reasons instead of failures, and the frames people have."""

from __future__ import annotations

import functools
import math

import datasets
import polars as pl
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from jtextkit.core.errors import UsageError
from jtextkit.corpus import Options, annotate_batch
from jtextkit.corpus.batches import RowTally, score_texts
from jtextkit.metrics.morphology.analysis import Counts, count
from jtextkit.metrics.readability.formula import score
from jtextkit.metrics.readability.profiles import (
    PROFILE_COLUMNS,
    ProfileCounts,
    count_profile,
    profile,
)

from .conftest import SENTENCES, rows_of, text_of

BAD = {
    "missing": (None, "the text is missing"),
    "nan": (math.nan, "the text is missing"),
    "empty": ("", "the text is empty"),
    "blank": (" 　\n", "the text is blank"),
    "number": (12, "this is not text"),
    "truth": (True, "this is not text"),
    "list": (["魚"], "this is not text"),
    "object": ({"text": "魚"}, "this is not text"),
    "nul": ("魚\0を焼く。", "NUL character in line 1"),
    "surrogate": ("魚\n\ud800", "lone surrogate U+D800 in line 2"),
    "bytes": (b"", "not UTF-8"),
}


def test_scores_are_those_of_the_metric() -> None:
    texts = [text_of(i) for i in range(20)]
    columns, tally = score_texts(texts, Options())
    assert list(columns) == [*PROFILE_COLUMNS, "problem"]
    for position, text in enumerate(texts):
        result = profile(text)
        for name in PROFILE_COLUMNS:
            assert columns[name][position] == result[name]
    assert columns["problem"] == [None] * 20
    assert tally.rows == 20
    assert tally.counts == sum(map(count, texts), Counts())
    assert tally.profile == ProfileCounts.total([count_profile(text) for text in texts])
    formula, counted = score_texts(texts, Options(columns=("label", "readability")))
    assert formula["readability"] == columns["readability"]
    assert counted.counts == tally.counts
    assert not counted.profile.visible
    assert tally.labels.total() == tally.levels.total() == 20


def test_the_other_sentence_rule() -> None:
    text = "一行目\n二行目です。"
    columns, _ = score_texts([text], Options(sentences="newline"))
    assert columns["readability"] == [score(text, sentences="newline").readability]
    assert columns["sentences"] == [2]


@pytest.mark.parametrize("case", BAD)
def test_a_bad_text_gets_nulls_and_a_reason(case: str) -> None:
    bad, reason = BAD[case]
    columns, tally = score_texts([SENTENCES[0], bad, SENTENCES[1]], Options())
    assert columns["problem"] == [None, reason, None]
    assert [columns[name][1] for name in PROFILE_COLUMNS] == [None] * len(PROFILE_COLUMNS)
    assert columns["readability"][2] == score(SENTENCES[1]).readability
    assert (tally.rows, tally.problems.total()) == (3, 1)
    assert tally.counts == count(SENTENCES[0]) + count(SENTENCES[1])


def test_reasons_are_counted_without_their_places() -> None:
    texts = ["a\0", "a\nb\0", "\ud800", "\n\udfff"]
    _, tally = score_texts(texts, Options())
    assert tally.problems == {"NUL character": 2, "lone surrogate": 2}


def test_columns_come_in_the_order_of_the_schema() -> None:
    options = Options(columns=("label", "readability"))
    assert options.added == ("readability", "label", "problem")
    assert list(score_texts([SENTENCES[0]], options)[0]) == ["readability", "label", "problem"]


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"columns": ("readabilty",)}, "readability"),
        ({"columns": ()}, "no column"),
        ({"sentences": "line"}, "newline"),
    ],
)
def test_options_that_name_nothing(options, message) -> None:
    with pytest.raises(UsageError, match=message):
        Options(**options)


@given(st.lists(st.one_of(st.text(max_size=40), st.none(), st.integers()), max_size=8))
def test_any_list_gives_one_value_a_row(texts) -> None:
    columns, tally = score_texts(texts, Options())
    assert {len(column) for column in columns.values()} == {len(texts)}
    scored = [value is not None for value in columns["readability"]]
    assert scored == [problem is None for problem in columns["problem"]]
    assert tally.rows == len(texts) == sum(scored) + tally.problems.total()


@given(st.lists(st.sampled_from([*SENTENCES, "", None]), max_size=9), st.integers(0, 9))
def test_tallies_of_parts_add_up(texts, cut) -> None:
    whole = score_texts(texts, Options())[1]
    parts = score_texts(texts[:cut], Options())[1]
    parts.add(score_texts(texts[cut:], Options())[1])
    assert parts == whole
    assert RowTally.from_dict(whole.to_dict()) == whole


# Frames of other libraries


def test_a_mapping_of_lists() -> None:
    batch = {"text": [SENTENCES[0], None], "id": [1, 2]}
    out = annotate_batch(batch, columns=("label",))
    assert out == {
        "label": [score(SENTENCES[0]).label, None],
        "problem": [None, "the text is missing"],
    }
    assert list(batch) == ["text", "id"]


def test_datasets_map_gives_the_same_scores() -> None:
    rows = rows_of(30)
    mapped = datasets.Dataset.from_list(rows).map(annotate_batch, batched=True, batch_size=7)
    assert mapped["readability"][:] == [score(row["text"]).readability for row in rows]
    assert mapped["id"][:] == [row["id"] for row in rows]
    assert mapped.features["words"].dtype == "int64"


@pytest.mark.parametrize("kind", [None, "arrow", "polars"])
def test_datasets_map_where_problems_come_late(kind: str | None) -> None:
    """The first batch holds no problem, so its type cannot be seen there."""
    texts = [*SENTENCES[:4], None, "", "\n", None]
    dataset = datasets.Dataset.from_dict({"text": texts}).with_format(kind)
    mapped = dataset.map(annotate_batch, batched=True, batch_size=4).with_format(None)
    assert mapped["problem"][:] == [
        *[None] * 4,
        "the text is missing",
        "the text is empty",
        "the text is blank",
        "the text is missing",
    ]
    assert mapped["level"][4:] == [None] * 4


def test_datasets_map_keeps_features() -> None:
    features = datasets.Features(
        {"text": datasets.Value("string"), "c": datasets.ClassLabel(names=["甲", "乙"])}
    )
    dataset = datasets.Dataset.from_dict({"text": [*SENTENCES], "c": [0, 1] * 4}, features=features)
    function = functools.partial(annotate_batch, columns=("label",))
    kept = dataset.map(function, batched=True, batch_size=3)
    assert kept.features["c"].names == ["甲", "乙"]
    assert kept.column_names == ["text", "c", "label", "problem"]


def test_polars_map_batches() -> None:
    rows = rows_of(12)
    frame = pl.DataFrame(rows)
    function = functools.partial(annotate_batch, columns=("readability", "words"))
    out = frame.lazy().map_batches(function, validate_output_schema=False).collect()
    assert out.columns == ["id", "text", "n", "tags", "readability", "words", "problem"]
    assert out["readability"].to_list() == [score(row["text"]).readability for row in rows]
    assert out.schema["words"] == pl.Int64
    assert out.schema["problem"] == pl.String
    assert out.select(frame.columns).equals(frame)


@pytest.mark.parametrize("kind", [pa.Table, pa.RecordBatch])
def test_arrow(kind: type) -> None:
    whole = kind.from_pylist(rows_of(5)).replace_schema_metadata({"kept": "yes"})
    out = annotate_batch(whole)
    assert isinstance(out, kind)
    assert out.schema.metadata == {
        b"kept": b"yes",
        b"jtextkit.signature": profile(SENTENCES[0]).signature.encode(),
    }
    assert out.schema.names == [*whole.schema.names, *PROFILE_COLUMNS, "problem"]


def test_what_cannot_be_annotated() -> None:
    with pytest.raises(UsageError, match="cannot annotate a list"):
        annotate_batch(["魚"])
    with pytest.raises(UsageError, match="text"):
        annotate_batch({"texts": ["魚"]})
    with pytest.raises(UsageError, match="level already"):
        annotate_batch({"text": ["魚"], "level": [1]})
    with pytest.raises(UsageError, match="cannot annotate a LazyFrame"):
        annotate_batch(pl.LazyFrame({"text": ["魚"]}))
