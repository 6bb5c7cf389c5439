"""算数 sets, sound and deliberately wrong (and signed again): each flaw is found by its name."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from jtextkit.builders.sansu import SansuImportRecipe, SansuRecipe, build, build_import
from jtextkit.builders.sansu.promises import CHECKS
from jtextkit.builders.sansu.rows import COLUMNS, messages_of, readabilities, steps_of
from jtextkit.builders.sets.columns import write_rows
from jtextkit.builders.sets.described import kinds_of
from jtextkit.builders.sets.splits import SPLITS
from jtextkit.check import CheckReport, check_set
from jtextkit.core.receipts import digest, read_receipt, write_receipt

SIGNED = {"file-hash", "file-missing", "file-extra", "recipe-hash", "rows-hash"}
"""Checks of hashes: none of these may be what finds a flaw here."""

SIZE = 168

Row = dict[str, Any]


class Edited:
    """A set in memory; ``write`` signs all of it anew."""

    def __init__(self, folder: Path) -> None:
        self.card = (folder / "README.md").read_text(encoding="utf-8")
        self.rows = {
            split: pq.read_table(folder / f"{split}.parquet").to_pylist() for split in SPLITS
        }
        receipt = read_receipt(folder)
        assert receipt is not None
        self.receipt = copy.deepcopy(receipt)

    def first(self, split: str = "train", **wanted: object) -> Row:
        return next(
            row
            for row in self.rows[split]
            if all(row[name] == value for name, value in wanted.items())
        )

    def write(self, folder: Path) -> Path:
        folder.mkdir(parents=True)
        kinds = kinds_of(COLUMNS)
        for split, rows in self.rows.items():
            metadata = {"jtextkit.signature": self.receipt["signature"]}
            write_rows(folder / f"{split}.parquet", rows, kinds, metadata=metadata)
        (folder / "README.md").write_text(self.card, encoding="utf-8")
        receipt = {name: value for name, value in self.receipt.items() if name != "files"}
        receipt["recipe_sha256"] = digest(receipt["recipe"])
        receipt["rows_sha256"] = {split: digest(rows) for split, rows in self.rows.items()}
        receipt["rows"] = {split: len(rows) for split, rows in self.rows.items()}
        write_receipt(folder, receipt)
        return folder


def follow(row: Row) -> None:
    """Make columns agree with the row's texts."""
    from jtextkit.builders.sansu.problems import numbers_in

    row["numbers"] = list(numbers_in(row["problem"]))
    row["messages"] = messages_of(row["problem"], row["solution"])
    row |= readabilities(row["problem"], steps_of(row["solution"]), "unidic-lite")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sansu") / "set"
    build(folder, SansuRecipe(size=SIZE, seed=4))
    return folder


@pytest.fixture(scope="module")
def brought(made: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The generated problems as if a teacher had sent them, two of them with faults."""
    place = tmp_path_factory.mktemp("import")
    rows = [
        {name: row[name] for name in ("id", "problem", "solution", "answer")}
        for split in SPLITS
        for row in pq.read_table(made / f"{split}.parquet").to_pylist()
    ][:60]
    rows[3]["answer"] = "987654321個"
    rows[4]["solution"] = rows[4]["solution"].replace("1. ", "1. ある数をxとします。", 1)
    file = place / "rows.jsonl"
    file.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    recipe = SansuImportRecipe("Model X", "only for tests\nand nothing else", keep_flagged=True)
    build_import(place / "set", file, recipe)
    return place / "set"


def checked(edited: Edited, folder: Path) -> CheckReport:
    report = check_set(edited.write(folder / "wrong"))
    assert not SIGNED & set(report.failed)
    return report


def test_sound_sets_are_sound_also_when_signed_again(made, brought, tmp_path) -> None:
    for number, folder in enumerate((made, brought)):
        for one in (folder, Edited(folder).write(tmp_path / str(number))):
            report = check_set(one)
            assert report.failed == ()
            assert {finding.name for finding in report.findings} == {c.name for c in CHECKS}
            assert report.builder == "sansu"


def test_what_does_not_apply_says_so(made, brought) -> None:
    skipped = {one.name for one in check_set(made).findings if one.found is None}
    assert skipped == {"counted", "lengths"}
    skipped = {one.name for one in check_set(brought).findings if one.found is None}
    assert skipped == {
        "balance", "kinds", "plans-in-two-splits", "readability-suits", "steps",
    }  # fmt: skip


def id_twice(edited: Edited) -> None:
    edited.rows["train"][1]["id"] = edited.rows["train"][0]["id"]


def row_lost(edited: Edited) -> None:
    edited.rows["train"].pop()


def another_recipe(edited: Edited) -> None:
    edited.receipt["recipe"]["size"] = SIZE + 1


def a_recipe_that_is_none(edited: Edited) -> None:
    edited.receipt["recipe"] = {"source": "generated", "colour": "red"}


def one_topic_for_another(edited: Edited) -> None:
    for row in edited.rows["train"]:
        if row["topic"] == "植木算":
            row["topic"] = "年齢算"


def grades_gone(edited: Edited) -> None:
    for row in edited.rows["train"]:
        row["grade"] = "基礎"


def a_kind_of_no_topic(edited: Edited) -> None:
    edited.rows["test"][0]["kind"] = "新しい算"


def same_problem_twice(edited: Edited) -> None:
    one, other = edited.rows["train"][:2]
    name = other["id"]
    other |= {**copy.deepcopy(one), "id": name}


def leak(edited: Edited) -> None:
    one, other = edited.rows["train"][0], edited.rows["test"][0]
    name = other["id"]
    other |= {**copy.deepcopy(one), "id": name}
    other["problem"] = "ある日、" + other["problem"]
    follow(other)


def numbers_that_are_not_there(edited: Edited) -> None:
    edited.rows["train"][0]["numbers"] = ["1", "2"]


def another_prompt(edited: Edited) -> None:
    edited.rows["train"][0]["messages"][0]["content"] = "あなたは先生です。"


def a_plan_of_another_split(edited: Edited) -> None:
    one, other = edited.rows["train"][0], edited.rows["test"][0]
    one["plan"], other["plan"] = other["plan"], one["plan"]


def too_easy_for_its_grade(edited: Edited) -> None:
    edited.first(grade="基礎")["grade"] = "発展"


def steps_off(edited: Edited) -> None:
    edited.rows["train"][0]["steps"] += 1


def written_by_somebody(edited: Edited) -> None:
    edited.rows["train"][0]["teacher"] = "somebody"


def another_license(edited: Edited) -> None:
    edited.rows["train"][0]["license"] = "cc0-1.0"


def wrong_answer(edited: Edited) -> None:
    edited.first(topic="植木算")["answer"] = "123456本"


def wrong_sum(edited: Edited) -> None:
    row = edited.first(topic="つるかめ算")
    row["solution"] = row["solution"].replace("＝", "＝1", 1)
    follow(row)


def algebra(edited: Edited) -> None:
    row = edited.rows["validation"][0]
    row["solution"] = row["solution"].replace("1. ", "1. ある数をxとします。", 1)
    follow(row)


def flagged(edited: Edited) -> None:
    edited.rows["train"][0]["flags"] = ["false-step"]


def score_off(edited: Edited) -> None:
    edited.rows["train"][0]["problem_readability"] += 0.01


def all_hard(edited: Edited) -> None:
    for rows in edited.rows.values():
        for row in rows:
            row["problem_readability"] -= 3.0


def another_signature(edited: Edited) -> None:
    edited.receipt["signature"] = edited.receipt["signature"].replace("v:", "v:9.")


def nothing_to_say(edited: Edited) -> None:
    edited.rows["train"][0]["answer"] = None


FLAWS: list[tuple[Callable[[Edited], None], set[str]]] = [
    (id_twice, {"unique-ids"}),
    (row_lost, {"sizes"}),
    (another_recipe, {"sizes"}),
    (a_recipe_that_is_none, {"rows-readable"}),
    (one_topic_for_another, {"balance", "kinds"}),
    (grades_gone, {"balance"}),
    (a_kind_of_no_topic, {"kinds"}),
    (same_problem_twice, {"duplicate", "near-duplicate-in-split"}),
    (leak, {"numbers-in-two-splits", "near-duplicate-across-splits"}),
    (numbers_that_are_not_there, {"derived-columns"}),
    (another_prompt, {"derived-columns"}),
    (a_plan_of_another_split, {"plans-in-two-splits"}),
    (too_easy_for_its_grade, {"steps"}),
    (steps_off, {"derived-columns"}),
    (written_by_somebody, {"provenance"}),
    (another_license, {"provenance"}),
    (wrong_answer, {"answer-extracted", "arithmetic"}),
    (wrong_sum, {"arithmetic"}),
    (algebra, {"style"}),
    (flagged, {"flags"}),
    (score_off, {"readability-recomputes"}),
    (all_hard, {"readability-suits", "readability-recomputes"}),
    (another_signature, {"signature"}),
    (nothing_to_say, {"schema"}),
]


@pytest.mark.parametrize(("flaw", "names"), FLAWS, ids=lambda value: getattr(value, "__name__", ""))
def test_a_flaw_is_found_by_its_name(flaw, names, made, tmp_path) -> None:
    edited = Edited(made)
    flaw(edited)
    report = checked(edited, tmp_path)
    assert names <= set(report.failed)
    for one in report.findings:
        if one.name in names:
            assert one.found
            assert one.examples


def flags_taken_off(edited: Edited) -> None:
    for rows in edited.rows.values():
        for row in rows:
            row["flags"] = []


def too_short(edited: Edited) -> None:
    edited.receipt["recipe"]["min_problem_chars"] = 500


def badly_counted(edited: Edited) -> None:
    edited.receipt["dropped"] = {"near-duplicate": 7}


def terms_gone(edited: Edited) -> None:
    edited.card = edited.card.replace("only for tests", "")


def kept_against_the_recipe(edited: Edited) -> None:
    edited.receipt["recipe"]["keep_flagged"] = False


def a_row_more_than_kept(edited: Edited) -> None:
    edited.receipt["kept"] += 1


IMPORT_FLAWS: list[tuple[Callable[[Edited], None], set[str]]] = [
    (flags_taken_off, {"flags", "style", "arithmetic", "answer-extracted"}),
    (too_short, {"lengths"}),
    (badly_counted, {"counted"}),
    (terms_gone, {"provenance"}),
    (kept_against_the_recipe, {"flags"}),
    (a_row_more_than_kept, {"sizes", "counted"}),
]


@pytest.mark.parametrize(
    ("flaw", "names"), IMPORT_FLAWS, ids=lambda value: getattr(value, "__name__", "")
)
def test_a_flaw_of_an_import_is_found_by_its_name(flaw, names, brought, tmp_path) -> None:
    edited = Edited(brought)
    flaw(edited)
    assert names <= set(checked(edited, tmp_path).failed)


def test_near_duplicates_that_the_receipt_counts_are_let_be(made, tmp_path) -> None:
    edited = Edited(made)
    edited.receipt["near_duplicates_within_splits"] = 3
    report = checked(edited, tmp_path)
    assert report.ok
    assert "near-duplicate-in-split" in {one.name for one in report.findings if one.found is None}
