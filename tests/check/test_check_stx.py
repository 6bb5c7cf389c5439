"""STX sets made wrong and signed again: each flaw is found by the name of its check."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from stx_files import articles, gold_rows, jsonl, pairs, snow_csv

from jtextkit.builders.sets.columns import write_rows
from jtextkit.builders.sets.described import kinds_of
from jtextkit.builders.sets.splits import SPLITS
from jtextkit.builders.stx import StxRecipe, StxSources, build
from jtextkit.builders.stx.promises import CHECKS
from jtextkit.builders.stx.rows import COLUMNS, gain_of, measures_of, messages_of
from jtextkit.builders.stx.tasks import group_of, parse_prompt, prompt_of, task_named
from jtextkit.check import CheckReport, check_set
from jtextkit.core.errors import IntegrityError
from jtextkit.core.receipts import digest, write_receipt

SIGNED = {"file-hash", "file-missing", "file-extra", "recipe-hash", "rows-hash"}
"""Checks of hashes: none of these may be what finds a flaw here."""

Row = dict[str, Any]


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("stx")
    sources = StxSources(
        (str(snow_csv(folder / "T15.csv", pairs(30))),),
        (str(jsonl(folder / "qa.jsonl", gold_rows(24))),),
        (str(jsonl(folder / "xl.jsonl", articles(30))),),
    )
    build(folder / "set", StxRecipe(size=60), sources)
    return folder / "set"


class Edited:
    """A copy of a set whose rows, receipt and card can be changed, and that is then signed again."""

    def __init__(self, folder: Path) -> None:
        self.source = folder
        self.receipt: dict[str, Any] = json.loads((folder / "receipt.json").read_bytes())
        self.rows: dict[str, list[Row]] = {
            split: pq.read_table(folder / f"{split}.parquet").to_pylist() for split in SPLITS
        }
        self.card = (folder / "README.md").read_text(encoding="utf-8")
        self.kinds = kinds_of(COLUMNS)
        self.measure = True

    def first(self, task: str, split: str = "train", skip: int = 0) -> Row:
        return [row for row in self.rows[split] if row["task"] == task][skip]

    def write(self, out: Path) -> Path:
        shutil.copytree(self.source, out)
        (out / "receipt.json").unlink()
        for split, rows in self.rows.items():
            metadata = {"jtextkit.signature": self.receipt["signature"]}
            write_rows(out / f"{split}.parquet", rows, self.kinds, metadata=metadata)
        (out / "README.md").write_text(self.card, encoding="utf-8")
        self.receipt["rows_sha256"] = {name: digest(rows) for name, rows in self.rows.items()}
        self.receipt["recipe_sha256"] = digest(self.receipt["recipe"])
        if self.measure:
            every = [row for rows in self.rows.values() for row in rows]
            self.receipt["measures"] = measures_of(every)
        content = {name: value for name, value in self.receipt.items() if name != "files"}
        write_receipt(out, content)
        return out


def say(row: Row, *, text: str = "", question: str = "", completion: str = "") -> None:
    """Let a row say something else, and everything that follows from it follow."""
    task = task_named(row["task"])
    parts = parse_prompt(task, row["prompt"])
    assert parts
    text, asked = text or parts[0], question or parts[1]
    row["completion"] = completion or row["completion"]
    row["prompt"] = prompt_of(task, text, asked)
    resign(row)
    row["group"] = group_of(text)
    if task.name == "simplification":
        row["readability_gain"] = gain_of(text, row["completion"], "unidic-lite")
    if task.name == "qa":
        row["answer_start"] = max(0, text.find(row["completion"]))


def resign(row: Row) -> None:
    row["id"] = f"{row['task']}-{digest([row['task'], row['prompt'], row['completion']])[:16]}"
    row["messages"] = messages_of(row["prompt"], row["completion"])
    row["characters"] = len(row["prompt"]) + len(row["completion"])


def text_of(row: Row) -> str:
    parts = parse_prompt(task_named(row["task"]), row["prompt"])
    assert parts
    return parts[0]


def checked(edited: Edited, tmp_path: Path) -> CheckReport:
    report = check_set(edited.write(tmp_path / "wrong"))
    assert not report.ok
    assert not SIGNED & set(report.failed)
    return report


def test_the_set_itself_is_sound_also_when_signed_again(sound, tmp_path) -> None:
    for folder in (sound, Edited(sound).write(tmp_path / "again")):
        report = check_set(folder)
        assert report.failed == ()
        assert (report.builder, report.texts) == ("stx", 60)
        assert [finding.name for finding in report.findings] == [check.name for check in CHECKS]
        assert all(finding.found == 0 for finding in report.findings)


def another_answer(edited: Edited) -> None:
    say(edited.first("qa"), completion="どこにもない答え")


def another_place_of_the_answer(edited: Edited) -> None:
    edited.first("qa")["answer_start"] += 1


def no_place_of_the_answer(edited: Edited) -> None:
    edited.first("qa")["answer_start"] = None


def a_shared_passage(edited: Edited) -> None:
    row = edited.first("qa", "test")
    say(row, text=text_of(edited.first("qa")), question="いつですか？")
    row["completion"] = text_of(row)[:3]
    row["answer_start"] = 0
    resign(row)


def a_shared_article_spaced_otherwise(edited: Edited) -> None:
    text = text_of(edited.first("summarisation")).replace("。", "。\n")
    say(edited.first("summarisation", "validation"), text=text.strip())


def near_duplicate_elsewhere(edited: Edited) -> None:
    text = text_of(edited.first("summarisation"))
    say(edited.first("summarisation", "test"), text=text.replace("行われた", "おこなわれた", 1))


def near_duplicate_beside(edited: Edited) -> None:
    text = text_of(edited.first("summarisation"))
    say(edited.first("summarisation", skip=1), text=text.replace("行われた", "おこなわれた", 1))


def same_prompt_twice(edited: Edited) -> None:
    one, other = edited.first("simplification"), edited.first("simplification", skip=1)
    say(other, text=text_of(one), completion="べつの短い文です。")


def same_row_twice(edited: Edited) -> None:
    rows = edited.rows["train"]
    rows[rows.index(edited.first("simplification", skip=1))] = dict(edited.first("simplification"))


def unchanged_sentence(edited: Edited) -> None:
    row = edited.first("simplification")
    say(row, completion=text_of(row))


def another_gain(edited: Edited) -> None:
    edited.first("simplification")["readability_gain"] += 0.01


def a_gain_of_a_question(edited: Edited) -> None:
    edited.first("qa")["readability_gain"] = 1.0


def long_summary(edited: Edited) -> None:
    row = edited.first("summarisation")
    say(row, completion=text_of(row) + "という。")


def line_break_after_the_prompt(edited: Edited) -> None:
    row = edited.first("summarisation")
    row["prompt"] += "\n"
    resign(row)


def another_template(edited: Edited) -> None:
    row = edited.first("simplification")
    row["prompt"] = row["prompt"].replace("シンプルな", "やさしい")
    resign(row)


def another_group(edited: Edited) -> None:
    edited.first("qa")["group"] = "0" * 16


def another_chat(edited: Edited) -> None:
    edited.first("qa")["messages"][1]["content"] += "です"


def chat_with_another_role(edited: Edited) -> None:
    edited.first("qa")["messages"][0]["role"] = "system"


def another_id(edited: Edited) -> None:
    edited.first("qa")["id"] = "qa-0123456789abcdef"


def another_count(edited: Edited) -> None:
    edited.first("qa")["characters"] += 1


def too_long_for_the_recipe(edited: Edited) -> None:
    edited.receipt["recipe"]["max_chars"] = 60


def too_short_for_the_recipe(edited: Edited) -> None:
    edited.receipt["recipe"]["min_chars"] = 120


def tokens_without_a_tokenizer(edited: Edited) -> None:
    edited.first("qa")["tokens"] = 12


def too_many_tokens(edited: Edited) -> None:
    edited.receipt["recipe"] |= {"tokenizer": "bytes", "max_tokens": 100}
    for rows in edited.rows.values():
        for row in rows:
            row["tokens"] = 99
    edited.first("qa")["tokens"] = 101


def looser_row(edited: Edited) -> None:
    edited.first("summarisation")["license"] = "cc-by-4.0"


def another_source(edited: Edited) -> None:
    edited.first("summarisation")["source"] = "snow"


def looser_card(edited: Edited) -> None:
    edited.card = edited.card.replace("license: cc-by-nc-sa-4.0", "license: cc-by-4.0", 1)


def card_that_says_it_further_down(edited: Edited) -> None:
    edited.card = edited.card.replace("license: cc-by-nc-sa-4.0\n", "", 1)
    edited.card += "\nlicense: cc-by-nc-sa-4.0\n"


def looser_receipt(edited: Edited) -> None:
    edited.receipt["licenses"]["summarisation"] = "mit"


def unequal_shares(edited: Edited) -> None:
    rows = edited.rows["train"]
    rows.remove(edited.first("qa"))
    edited.receipt["rows"]["train"]["qa"] -= 1


def other_counts_in_the_receipt(edited: Edited) -> None:
    edited.receipt["rows"]["test"]["qa"] += 1


def another_figure(edited: Edited) -> None:
    edited.measure = False
    edited.receipt["measures"]["simplification"]["easier"] = 0.99


def no_figures(edited: Edited) -> None:
    edited.measure = False
    del edited.receipt["measures"]


def unknown_task(edited: Edited) -> None:
    edited.measure = False
    edited.first("qa")["task"] = "translation"


def missing_completion(edited: Edited) -> None:
    edited.measure = False
    edited.first("qa")["completion"] = ""


def other_type(edited: Edited) -> None:
    edited.kinds["characters"] = "float64"
    for rows in edited.rows.values():
        for row in rows:
            row["characters"] = float(row["characters"])


def unreadable_recipe(edited: Edited) -> None:
    edited.receipt["recipe"]["colour"] = "red"


@pytest.mark.parametrize(
    ("flaw", "check"),
    [
        (another_answer, "answer-in-passage"),
        (another_place_of_the_answer, "answer-in-passage"),
        (no_place_of_the_answer, "answer-in-passage"),
        (a_shared_passage, "text-in-two-splits"),
        (a_shared_article_spaced_otherwise, "text-in-two-splits"),
        (near_duplicate_elsewhere, "near-duplicate-across-splits"),
        (near_duplicate_beside, "near-duplicate-in-split"),
        (same_prompt_twice, "prompt-twice"),
        (same_row_twice, "unique-ids"),
        (unchanged_sentence, "simplified"),
        (another_gain, "gain-recomputes"),
        (a_gain_of_a_question, "gain-recomputes"),
        (long_summary, "summary-shorter"),
        (line_break_after_the_prompt, "templates"),
        (another_template, "templates"),
        (another_group, "templates"),
        (another_chat, "messages"),
        (chat_with_another_role, "messages"),
        (another_id, "ids-follow"),
        (another_count, "lengths"),
        (too_long_for_the_recipe, "lengths"),
        (too_short_for_the_recipe, "lengths"),
        (tokens_without_a_tokenizer, "lengths"),
        (too_many_tokens, "lengths"),
        (looser_row, "licences"),
        (another_source, "licences"),
        (looser_card, "licences"),
        (card_that_says_it_further_down, "licences"),
        (looser_receipt, "licences"),
        (unequal_shares, "sizes"),
        (other_counts_in_the_receipt, "sizes"),
        (another_figure, "figures"),
        (no_figures, "figures"),
        (unknown_task, "schema"),
        (missing_completion, "schema"),
        (other_type, "schema"),
        (unreadable_recipe, "rows-readable"),
    ],
)
def test_each_flaw_is_found_by_name(
    flaw: Callable[[Edited], None], check: str, sound: Path, tmp_path: Path
) -> None:
    edited = Edited(sound)
    flaw(edited)
    report = checked(edited, tmp_path)
    assert check in report.failed
    (finding,) = [finding for finding in report.findings if finding.name == check]
    assert finding.examples


def test_a_changed_file_that_nobody_signed(sound, tmp_path) -> None:
    shutil.copytree(sound, tmp_path / "set")
    edited = Edited(sound)
    edited.first("qa")["title"] = "ほかの題"
    metadata = {"jtextkit.signature": edited.receipt["signature"]}
    write_rows(
        tmp_path / "set/train.parquet", edited.rows["train"], edited.kinds, metadata=metadata
    )
    (tmp_path / "set/test.parquet").unlink()
    (tmp_path / "set/mine.txt").write_text("x")
    failed = set(check_set(tmp_path / "set").failed)
    assert {"file-hash", "file-missing", "file-extra", "rows-hash", "sizes"} <= failed


def test_columns_that_are_gone(sound, tmp_path) -> None:
    shutil.copytree(sound, tmp_path / "set")
    table = pq.read_table(sound / "train.parquet").drop_columns(["license"])
    pq.write_table(table, tmp_path / "set/train.parquet")
    report = check_set(tmp_path / "set")
    (finding,) = [one for one in report.findings if one.name == "schema"]
    assert finding.examples[0].startswith("train.parquet: its columns are not those of the set (")
    assert finding.found == 1 + 48


def test_strange_values_do_not_stop_the_checks(sound, tmp_path) -> None:
    shutil.copytree(sound, tmp_path / "set")
    rows = pq.read_table(sound / "train.parquet").to_pylist()
    for row in rows:
        row["completion"], row["readability_gain"], row["characters"] = 3, "x", None
    pq.write_table(pa.Table.from_pylist(rows), tmp_path / "set/train.parquet")
    assert "schema" in check_set(tmp_path / "set").failed
    for column in ("readability_gain", "answer_start", "characters", "tokens", "messages"):
        shutil.rmtree(tmp_path / "set")
        shutil.copytree(sound, tmp_path / "set")
        rows = pq.read_table(sound / "train.parquet").to_pylist()
        for row in rows:
            row[column] = "x"
        pq.write_table(pa.Table.from_pylist(rows), tmp_path / "set/train.parquet")
        assert "schema" in check_set(tmp_path / "set").failed


def test_scores_of_another_version_are_not_compared(sound, tmp_path) -> None:
    edited = Edited(sound)
    edited.receipt["signature"] = "jreadability|dict:other|sent:punct|norm:none|v:9"
    report = check_set(edited.write(tmp_path / "set"))
    found = {finding.name: finding.found for finding in report.findings}
    assert found["gain-recomputes"] is None
    assert report.failed == ()


def test_a_set_without_its_receipt(sound, tmp_path) -> None:
    shutil.copytree(sound, tmp_path / "set")
    (tmp_path / "set/receipt.json").write_text("[]")
    with pytest.raises(IntegrityError):
        check_set(tmp_path / "set")
