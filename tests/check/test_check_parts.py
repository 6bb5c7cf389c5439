"""The parts that checks are made of."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jtextkit.builders.difficulty.shortcuts import year_of
from jtextkit.builders.sets.findings import EXAMPLES, Check, DoesNotApply, run_checks
from jtextkit.builders.sets.promises import in_two_splits
from jtextkit.builders.sets.reading import Item, read_set, split_named
from jtextkit.builders.sets.shortcuts import kanji_share
from jtextkit.builders.sets.twins import find_twins
from jtextkit.core.errors import InputError
from jtextkit.core.progress import silent
from jtextkit.metrics.shortcuts import children_auc
from jtextkit.metrics.shortcuts.validity import fiction_class

TEXT = "朝の市場には、海からとどいたばかりの魚が並んでいた。妹は赤いかさをさして、雨の中を走って行きました。"


@pytest.mark.parametrize(
    ("name", "split"),
    [
        ("train.parquet", "train"),
        ("data/train-00000-of-00002.parquet", "train"),
        ("VALID.jsonl", "validation"),
        ("my_dev_set.jsonl.gz", "validation"),
        ("val/0001.parquet", "validation"),
        ("test/train-of-thought.jsonl", "train"),  # the file's own name comes first
        ("default/test/0.parquet", "test"),
        ("texts.jsonl", "all"),
        ("latest.jsonl", "all"),
        ("trainer.jsonl", "all"),
        ("文章.jsonl", "all"),
    ],
)
def test_the_split_that_a_name_speaks_of(name, split) -> None:
    assert split_named(name) == split


def test_rows_know_their_place(tmp_path: Path) -> None:
    (tmp_path / "test").mkdir()
    (tmp_path / "test" / "a.jsonl").write_text('{"id": "x"}\n\n{"n": 1}\n[]\n')
    (tmp_path / "train.jsonl").write_text('{"id": 5}\n')
    (tmp_path / "lock.jsonl").write_text("{}\n")
    (tmp_path / ".hidden.jsonl").write_text("{}\n")
    (tmp_path / ".cache").mkdir()
    (tmp_path / ".cache" / "b.jsonl").write_text("{}\n")
    found = read_set(tmp_path)
    assert dict(found.files) == {"train.jsonl": "train", "test/a.jsonl": "test"}
    assert [(item.id, item.split) for item in found.items] == [
        ("train.jsonl:1", "train"),
        ("x", "test"),
        ("test/a.jsonl:3", "test"),
        ("test/a.jsonl:4", "test"),
    ]
    assert [item.problem for item in found.items] == ["", "", "", "no JSON object"]
    assert len(found.rows) == 3
    assert found.columns == ("id", "n")
    assert found.receipt is None


def test_a_folder_without_rows(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("x")
    with pytest.raises(InputError, match="no files of rows"):
        read_set(tmp_path)


def test_a_finding_counts_all_and_shows_some() -> None:
    def many(subject: int) -> object:
        return (f"row {i}" for i in range(subject))

    def none(_: int) -> object:
        raise DoesNotApply("there is nothing")

    checks = [Check("many", "few", many), Check("none", "some", none)]
    found, skipped = run_checks(checks, 30)
    assert (found.ok, found.found, len(found.examples)) == (False, 30, EXAMPLES)
    assert (skipped.ok, skipped.found, skipped.examples) == (True, None, ("there is nothing",))
    assert json.loads(json.dumps(found.to_dict()))["found"] == 30


def item(number: int, split: str, **values: object) -> Item:
    return Item(split, f"{split}:{number}", values)


def test_a_leak_is_not_hidden_by_a_repetition_beside_it() -> None:
    items = [
        item(1, "test", text=TEXT),
        item(1, "train", text=f"{TEXT}あ"),
        item(2, "train", text=f"{TEXT}い"),
        item(3, "train", text="まったく別の文章です。" * 5),
    ]
    twins = find_twins(items, lambda one: str(one.values["text"]), 0.7, silent)
    assert [(twin.one.split, twin.other.place) for twin in twins.twins] == [
        ("test", "train:1"),
        ("test", "train:2"),
    ]
    assert str(twins.twins[0]).startswith(
        "train:1 (train) nearly repeats test:1 (test), similarity 0.9"
    )


def test_what_stands_in_two_splits() -> None:
    items = [item(1, "train", g="a"), item(2, "train", g="a"), item(1, "test", g="b")]
    assert list(in_two_splits(items, lambda one: [one.values["g"]], "group")) == []
    items.append(item(2, "test", g="a"))
    assert list(in_two_splits(items, lambda one: [one.values["g"]], "group")) == [
        "group a: train:1 in train, test:2 in test"
    ]


@given(st.text())
def test_the_share_of_kanji_is_a_share(text) -> None:
    assert 0.0 <= kanji_share(text) <= 1.0


def test_kanji() -> None:
    assert kanji_share("漢字かな") == 0.5
    assert kanji_share("人々𠮟る") == 0.75
    assert kanji_share("カナabc") == 0.0


@pytest.mark.parametrize(
    ("said", "year"),
    [
        ("「見本」第1号、1931（昭和6）年4月", 1931),
        ("「改造」1928（昭和3）年～1930（昭和5）年", 1928),
        ("第12345号", None),
        ("", None),
        (None, None),
    ],
)
def test_the_year_of_first_publication(said, year) -> None:
    assert year_of({"first_published": said}) == year


@pytest.mark.parametrize(
    ("ndc", "kind"),
    [
        ("NDC K913", "K913"),
        ("NDC K913 K914", "K913"),
        ("NDC 913", "913"),
        ("NDC 913 K913", "K913"),
        ("NDC 914", None),
        ("NDC 9130", None),
        ("", None),
        (None, None),
    ],
)
def test_classes_of_fiction(ndc, kind) -> None:
    assert fiction_class(ndc) == kind


def test_the_look_from_outside_takes_fiction_of_aozora_alone() -> None:
    def row(ndc: str, readability: float, writer: str, source: str = "aozora") -> dict:
        return {"ndc": ndc, "readability": readability, "writer_id": writer, "source": source}

    rows = [row("NDC K913", 5.0 + i / 10, f"k{i}") for i in range(5)]
    rows += [row("NDC 913", 3.0 + i / 10, f"a{i // 2}") for i in range(6)]
    rows += [row("NDC 210", 9.0, "h"), row("NDC 913", 9.0, "j", "jec")]
    found = children_auc(rows)
    assert found is not None
    assert (found.reading.auc, found.children, found.adults, found.writers) == (1.0, 5, 6, 8)
    assert found.to_dict()["auc"] == 1.0
    assert children_auc(rows[:5]) is None
    assert children_auc([]) is None
