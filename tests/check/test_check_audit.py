"""The shortcut audit: what it must find, and what it must not."""

from __future__ import annotations

import math
import random
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.feature_extraction.text import HashingVectorizer, TfidfTransformer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score

from jtextkit.check import audit
from jtextkit.core.errors import UsageError
from jtextkit.metrics.shortcuts import AucEstimate, ShortcutAudit
from jtextkit.metrics.shortcuts.auc import FEW, auc
from jtextkit.metrics.shortcuts.audit import BAND, FOLDS, Feature, assign_folds, audit_rows, outside
from jtextkit.metrics.shortcuts.predictors import (
    SHRINKAGE,
    by_category,
    by_number,
    by_text,
)

SPLITS = ("train",) * 8 + ("validation", "test")

Row = dict[str, Any]


def paired(pairs: int, seed: int = 1) -> list[Row]:
    """A sound set: writers in one split each, pairs of one writer, nothing else tells the label."""
    chance = random.Random(seed)
    rows = []
    for number in range(pairs):
        writer = number // 4
        length = chance.randint(600, 900)
        for label in (0, 1):
            row = {
                "pair": number,
                "label": label,
                "writer": f"w{writer}",
                "source": "jec" if writer % 9 == 0 else "aozora",
                "split": SPLITS[writer % len(SPLITS)],
                "length": length + chance.randint(-5, 5),
                "year": chance.choice([None, 1900 + chance.randint(0, 50)]),
                "text": "漢字" * (2 + 5 * label) + "かな" * chance.randint(5, 9),
            }
            rows.append(row)
    return rows


THINGS = (
    Feature("length", lambda row: row["length"], "number"),
    Feature("source", lambda row: row["source"]),
    Feature("writer", lambda row: row["writer"]),
    Feature("year", lambda row: row["year"], "number"),
    Feature("text", lambda row: row["text"], "text", shortcut=False),
)


def audited(rows: list[Row], group: str = "pair") -> ShortcutAudit:
    return audit_rows(
        rows,
        THINGS,
        labels=[row["label"] for row in rows],
        groups=[row[group] for row in rows],
        splits=[row["split"] for row in rows],
    )


def test_a_sound_set_has_no_shortcut_and_its_text_tells_the_label() -> None:
    found = audited(paired(400))
    assert found.ok
    assert found.classes == ("0", "1")
    assert (found.texts, found.of) == (800, 800)
    for name in ("source", "writer"):
        for reading in found[name].readings.values():
            assert reading.auc == 0.5
    for name in ("length", "year"):
        assert all(BAND[0] <= one.auc <= BAND[1] for one in found[name].readings.values())
    assert found["text"].cross_validated.low > 0.95
    assert found["text"].bad == ()


@pytest.mark.parametrize("seed", range(5))
def test_chance_alone_calls_no_small_sound_set_bad(seed) -> None:
    assert audited(paired(12, seed)).ok


def test_one_source_a_label_is_found_in_both_readings() -> None:
    rows = paired(200)
    for row in rows:
        row["source"] = ("jec", "aozora")[row["label"]]
    row = audited(rows)["source"]
    assert row.bad == ("cross-validated", "train to test")
    assert row.cross_validated.auc == 1.0


def test_one_source_a_label_is_found_in_two_dozen_texts() -> None:
    rows = paired(12)
    for row in rows:
        row["source"] = ("jec", "aozora")[row["label"]]
    assert "cross-validated" in audited(rows)["source"].bad


def test_writers_balanced_over_the_set_but_not_inside_splits_predict_backwards() -> None:
    """Each writer's Simple texts stand in train and the Complex ones in test, or the reverse."""
    rows = paired(400)
    for row in rows:
        easy_in_train = int(row["writer"][1:]) % 2
        row["split"] = "train" if row["label"] == easy_in_train else "test"
    row = audited(rows)["writer"]
    assert row.train_to_test.high < 0.05
    assert row.bad == ("train to test",)
    assert row.cross_validated.auc == 0.5  # whole pairs, over the set: nothing to see


def test_without_whole_pairs_a_balanced_writer_would_seem_to_predict_backwards() -> None:
    """Why groups are kept whole."""
    rows = paired(400)
    for number, row in enumerate(rows):
        row["own"] = number
    assert audited(rows, "own")["writer"].cross_validated.auc < 0.45
    assert audited(rows)["writer"].cross_validated.auc == 0.5


def test_longer_texts_of_one_label_are_found() -> None:
    rows = paired(200)
    for row in rows:
        row["length"] += 60 * row["label"]
    assert audited(rows)["length"].bad


def test_a_label_at_both_ends_is_found() -> None:
    chance = random.Random(3)
    rows = paired(300)
    for row in rows:
        row["length"] = chance.choice([300, 900]) if row["label"] else 600
        row["length"] += chance.randint(-40, 40)
    assert audited(rows)["length"].cross_validated.auc > 0.95


def test_a_date_that_is_missing_for_one_label_is_found() -> None:
    rows = paired(200)
    for row in rows:
        row["year"] = None if row["label"] else 1930
    assert audited(rows)["year"].cross_validated.auc == 1.0


def test_figures_are_the_same_every_time_and_in_any_order() -> None:
    rows = paired(100)
    first = audited(rows).to_dict()
    assert audited(rows).to_dict() == first
    for one, other in zip(audited(rows[::-1]).rows, audited(rows).rows, strict=True):
        assert one.cross_validated.auc == pytest.approx(other.cross_validated.auc, abs=1e-6)


def test_linear_algebra_runs_on_one_thread() -> None:
    """The number of threads decides the order of sums, and so the bytes of the report."""
    import sklearn.linear_model  # noqa: F401 - loads the libraries
    from threadpoolctl import threadpool_info, threadpool_limits

    seen = []

    def look(row) -> float:
        seen.append({pool["num_threads"] for pool in threadpool_info()})
        return float(row["n"])

    rows = [{"n": number} for number in range(20)]
    with threadpool_limits(2):
        audit_rows(
            rows,
            [Feature("n", look, "number")],
            labels=[row["n"] % 2 for row in rows],
            groups=list(range(20)),
            splits=["all"] * 20,
        )
        assert {pool["num_threads"] for pool in threadpool_info()} == {2}
    assert seen[0] == {1}


def test_three_labels_are_told_apart_one_against_the_rest() -> None:
    rows = paired(150)
    for number, row in enumerate(rows):
        row["label"] = number % 3
        row["source"] = "abc"[number % 3]
        row["pair"] = number // 3
    found = audited(rows)
    assert found.classes == ("0", "1", "2")
    assert found["source"].cross_validated.auc == 1.0
    assert found["source"].bad
    assert not found["writer"].bad


PARTS = {
    "aozora": lambda row, _: row["source"] == "aozora",
    "a third": lambda _, number: number % 3 == 0,
    "one label": lambda row, _: row["label"] == 1,
    "no test": lambda row, _: row["split"] != "test",
    "a few": lambda _, number: number in (3, 50, 51, 90),
    "one": lambda _, number: number == 7,
}


@pytest.mark.parametrize("labels", [2, 3])
def test_a_part_is_audited_as_if_it_were_alone(labels) -> None:
    """To the last bit, though its texts are prepared beside the others."""
    rows = paired(60)
    if labels == 3:
        for number, row in enumerate(rows):
            row["label"] = number * 7 % 3
    parts = {
        name: [number for number, row in enumerate(rows) if inside(row, number)]
        for name, inside in PARTS.items()
    }

    def of(some: list[Row], **options: Any) -> ShortcutAudit:
        return audit_rows(
            some,
            THINGS,
            labels=[row["label"] for row in some],
            groups=[row["pair"] for row in some],
            splits=[row["split"] for row in some],
            classes=range(labels),
            **options,
        )

    found = of(rows, parts=parts)
    assert (found.rows, found.texts, found.of) == (of(rows).rows, 120, 120)
    for name, places in parts.items():
        assert found.parts[name] == of([rows[place] for place in places])
    assert found.parts["aozora"] != found


def test_a_thing_is_taken_from_each_text_once_however_many_parts_there_are() -> None:
    rows = paired(5)
    taken = []

    def text(row: Row) -> str:
        taken.append(row["text"])
        return row["text"]

    audit_rows(
        rows,
        [Feature("text", text, "text")],
        labels=[row["label"] for row in rows],
        groups=[row["pair"] for row in rows],
        splits=[row["split"] for row in rows],
        parts={"all": range(10), "some": range(1, 9)},
    )
    assert taken == [row["text"] for row in rows]


def test_a_set_without_splits_has_one_reading() -> None:
    rows = [{**row, "split": "all"} for row in paired(50)]
    for row in audited(rows).rows:
        assert list(row.readings) == ["cross-validated"]
        assert row.to_dict()["train_to_test"] is None


def test_groups_stay_in_one_fold_and_folds_are_alike() -> None:
    rows = paired(53)
    folds = assign_folds([row["pair"] for row in rows], [row["label"] for row in rows])
    of_pair = {row["pair"]: fold for row, fold in zip(rows, folds, strict=True)}
    assert [of_pair[row["pair"]] for row in rows] == folds
    sizes = [folds.count(number) for number in range(FOLDS)]
    assert max(sizes) - min(sizes) == 2


# The rule


@pytest.mark.parametrize(
    ("found", "low", "high", "bad"),
    [
        (0.56, 0.54, 0.58, True),  # narrow: the AUC decides
        (0.54, 0.52, 0.56, False),
        (0.44, 0.42, 0.46, True),
        (0.60, 0.54, 0.66, False),  # wide: the whole interval must lie outside
        (0.70, 0.57, 0.83, True),
        (0.10, 0.00, 0.40, True),
        (0.10, 0.00, 0.46, False),
        (1.00, 0.00, 1.00, False),
    ],
)
def test_the_rule(found, low, high, bad) -> None:
    assert outside(AucEstimate(found, low, high, texts=9, groups=9)) is bad


def test_where_nothing_is_to_be_found_intervals_hold_a_half() -> None:
    """Independent texts, a category and a number that chance made."""
    held = {"source": 0, "year": 0}
    bad = 0
    for seed in range(60):
        chance = random.Random(seed)
        rows = [
            {"label": i % 2, "source": chance.choice("abc"), "year": chance.random(), "pair": i}
            for i in range(200)
        ]
        found = audit_rows(
            rows,
            [thing for thing in THINGS if thing.name in held],
            labels=[row["label"] for row in rows],
            groups=[row["pair"] for row in rows],
            splits=["all"] * len(rows),
        )
        for row in found.rows:
            held[row.predictor] += row.cross_validated.low <= 0.5 <= row.cross_validated.high
            bad += bool(row.bad)
    assert min(held.values()) >= 53  # 57 are to be expected
    assert bad <= 1


# AUC and interval


def some_values() -> st.SearchStrategy[list[tuple[int, bool]]]:
    return st.lists(st.tuples(st.integers(0, 5), st.booleans()), min_size=2, max_size=40).filter(
        lambda rows: len({truth for _, truth in rows}) == 2
    )


@given(some_values())
def test_the_auc_is_that_of_scikit_learn(rows) -> None:
    values, truth = zip(*rows, strict=True)
    found = auc(values, truth, range(len(rows)))
    assert found.auc == pytest.approx(roc_auc_score(truth, values))
    assert 0.0 <= found.low <= found.auc <= found.high <= 1.0


@given(some_values())
def test_the_other_way_round_is_the_mirror_image(rows) -> None:
    values, truth = zip(*rows, strict=True)
    one = auc(values, truth, range(len(rows)))
    other = auc([-value for value in values], truth, range(len(rows)))
    assert other.auc == pytest.approx(1 - one.auc)
    assert other.low == pytest.approx(1 - one.high, abs=1e-6)


def test_one_label_has_no_auc() -> None:
    assert auc([1, 2], [True, True], [1, 2]) is None
    assert auc([], [], []) is None


def test_few_groups_never_make_an_interval_narrower() -> None:
    """Balanced pairs cancel out, so whole groups vary less than texts; a dozen cannot show that."""

    def width(pairs: int, of: int) -> float:
        values = [pair for pair in range(pairs) for _ in range(2)]
        found = auc(values, [False, True] * pairs, [number // of for number in range(2 * pairs)])
        assert found is not None
        return found.high - found.low

    assert width(FEW - 1, 2) >= 0.9 * width(FEW - 1, 1)  # pairs whole, or texts alone
    assert width(FEW + 1, 2) < 0.5 * width(FEW + 1, 1)


def test_only_texts_of_one_stratum_are_compared() -> None:
    """Two folds, each told apart, the second a hundred higher."""
    values, truth = [0, 1, 100, 101], [False, True, False, True]
    assert auc(values, truth, range(4)).auc == 0.75
    assert auc(values, truth, range(4), [0, 0, 1, 1]).auc == 1.0


def test_all_told_apart_still_has_an_interval() -> None:
    few = auc([0, 0, 1, 1], [False, False, True, True], range(4))
    many = auc([0] * 200 + [1] * 200, [False] * 200 + [True] * 200, range(400))
    assert (few.auc, few.high) == (1.0, pytest.approx(1.0))
    assert few.low < 0.5
    assert many.low > 0.98


def test_one_group_says_nothing() -> None:
    found = auc([0, 1], [False, True], ["same", "same"])
    assert (found.low, found.high) == (0.0, 1.0)


def test_the_interval_holds_the_truth_as_often_as_it_says() -> None:
    """Of pairs whose two values hang together; independent texts would give too wide an interval."""
    chance = np.random.default_rng(7)
    shift = 0.5
    # A difference of two normal values of standard deviation 1: AUC = Φ(shift / √2).
    truth = 0.5 * (1 + math.erf(shift / 2))
    held, widths, alone = 0, [], []
    for _ in range(300):
        common = chance.normal(size=60) * math.sqrt(0.8)
        simple = common + chance.normal(size=60) * math.sqrt(0.2)
        complex_ = common + chance.normal(size=60) * math.sqrt(0.2) + shift
        values = np.concatenate([simple, complex_])
        labels = [False] * 60 + [True] * 60
        found = auc(values, labels, [*range(60), *range(60)])
        held += found.low <= truth <= found.high
        widths.append(found.high - found.low)
        apart = auc(values, labels, range(120))
        alone.append(apart.high - apart.low)
    assert 0.91 <= held / 300 <= 0.99
    assert np.mean(widths) < 0.7 * np.mean(alone)


# Predictors


def test_a_category_is_shrunk_towards_all() -> None:
    names = ["a", "a", "b", "b", "b", "b", "new"]
    truth = np.array([True, True, True, False, False, False, False])
    found = by_category(names)(np.arange(6), truth, np.arange(7))
    share = 0.5
    assert found[0] == (2 + SHRINKAGE * share) / (2 + SHRINKAGE)
    assert found[2] == (1 + SHRINKAGE * share) / (4 + SHRINKAGE)
    assert found[6] == share


@pytest.mark.parametrize("values", [[None] * 4, [3.0] * 4, [1.0, None, 1.0, None]])
def test_numbers_that_tell_nothing(values) -> None:
    truth = np.array([True, True, False, False])
    found = by_number(values)(np.arange(4), truth, np.arange(4))
    assert sorted(found[:2]) == sorted(found[2:])


@pytest.mark.parametrize(
    "model",
    [by_number([1.0, 2.0]), by_text(["一", "二"]), by_category(["a", "b"])],
)
def test_nothing_is_learned_from_one_label(model) -> None:
    found = model(np.arange(2), np.array([True, True]), np.arange(2))
    assert found[0] == found[1]


@given(st.lists(st.text("漢字かなカナ。、 \n𠮟a", min_size=1), min_size=4, max_size=12))
def test_texts_are_weighed_as_scikit_learn_weighs_sublinear_counts(texts) -> None:
    truth = np.arange(len(texts)) % 2 == 0
    train, wanted = np.arange(len(texts) - 1), np.arange(1, len(texts))
    counts = HashingVectorizer(
        analyzer="char",
        ngram_range=(1, 3),
        n_features=1 << 18,
        alternate_sign=False,
        norm=None,
        lowercase=False,
    ).transform(texts)
    weights = TfidfTransformer(sublinear_tf=True)
    model = LogisticRegression(
        C=10.0, solver="liblinear", dual=True, random_state=0, max_iter=10_000
    )
    model.fit(weights.fit_transform(counts[train]), truth[train])
    expected = model.decision_function(weights.transform(counts[wanted])).round(9)
    found = by_text(texts)
    for _ in range(2):  # nothing is left behind in what it holds
        assert found(train, truth, wanted).tolist() == expected.tolist()


# The set's own audit


def frame_of(folder: Path) -> pl.DataFrame:
    """A built set as one frame, its splits a column."""
    return pl.concat(
        pl.read_parquet(folder / f"{split}.parquet").with_columns(split=pl.lit(split))
        for split in ("train", "validation", "test")
    )


def test_the_part_of_aozora_is_that_of_its_rows_alone(built) -> None:
    frame = frame_of(built)
    alone = audit(frame.filter(pl.col("source") == "aozora"))
    assert audit(frame).parts == {"aozora": alone}
    assert not alone.parts


def test_a_folder_and_frames_give_the_same_audit(built) -> None:
    frame = frame_of(built)
    found = audit(built)
    assert found.ok
    assert set(found.parts) == {"aozora"}
    assert [row.predictor for row in found.rows if row.shortcut] == [
        "length",
        "source",
        "writer",
        "orthography",
        "year",
        "author-died",
    ]
    assert {row.predictor for row in found.rows if not row.shortcut} >= {
        "kanji-share",
        "words-per-sentence",
        "linear-baseline",
    }
    assert audit(frame).to_dict() == found.to_dict()
    assert audit(frame.to_pandas()).to_dict() == found.to_dict()


def test_a_frame_without_splits_or_rows_is_refused(built) -> None:
    frame = pl.read_parquet(built / "test.parquet")
    with pytest.raises(UsageError, match="split"):
        audit(frame)
    with pytest.raises(UsageError, match="no rows"):
        audit(frame.with_columns(split=pl.lit("test")).clear())
