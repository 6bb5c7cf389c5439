"""``jtextkit build stx`` as people run it, and what they get told when something is wrong."""

from __future__ import annotations

import json
import signal
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from stx_files import articles, gold_rows, jsonl, pairs, snow_csv

from jtextkit.builders.stx import TASKS, StxRecipe
from jtextkit.core.receipts import read_receipt


@pytest.fixture
def options(tmp_path: Path) -> list[str]:
    return [
        "--simplification",
        str(snow_csv(tmp_path / "T15.csv", pairs(20))),
        "--qa",
        str(jsonl(tmp_path / "qa.jsonl", gold_rows(16))),
        "--summaries",
        str(jsonl(tmp_path / "xl.jsonl", articles(20))),
    ]


def test_the_sample_works_without_anything_else(call, tmp_path) -> None:
    done = call("build", "stx", "--sample")
    assert done.code == 0, done.err
    lines = [line.split() for line in done.out.splitlines()]
    assert lines[0] == ["split", "rows", *(task.name for task in TASKS)]
    assert lines[4] == ["all", "30", "10", "10", "10"]
    assert "answer in its passage: 100.0% of 10" in done.out
    assert "licence: cc-by-nc-sa-4.0" in done.out
    assert {path.name for path in (tmp_path / "stx").iterdir()} == {
        "README.md",
        "receipt.json",
        "test.parquet",
        "train.parquet",
        "validation.parquet",
    }
    assert call("check", "stx").code == 0
    assert call("verify", "stx").code == 0


def test_json_is_the_receipt_and_nothing_else(call, tmp_path) -> None:
    done = call("build", "stx", "--sample", "--json", "-o", "a", "--seed", "5", "--size", "24")
    assert json.loads(done.out) == read_receipt(tmp_path / "a")
    assert json.loads(done.out)["recipe"] == {**StxRecipe().to_dict(), "seed": 5, "size": 24}
    done = call("check", "a", "--json")
    found = json.loads(done.out)
    assert (found["ok"], found["builder"], found["texts"]) == (True, "stx", 24)


def test_sources_by_file(call, options, tmp_path) -> None:
    done = call("build", "stx", *options, "--size", "45", "-o", "set", "--tokenizer", "characters")
    assert done.code == 0, done.err
    rows = pq.read_table(tmp_path / "set/train.parquet").to_pylist()
    assert len(rows) == 36
    assert all(row["tokens"] == row["characters"] for row in rows)
    assert call("check", "set").code == 0
    card = (tmp_path / "set/README.md").read_text(encoding="utf-8")
    command = card.partition("## Rebuilding")[2]
    for part in ("--simplification T15.csv", "--size 45", "--tokenizer characters"):
        assert part in command
    assert str(tmp_path) not in card


def test_a_quota_that_cannot_be_filled(call, options) -> None:
    done = call("build", "stx", *options, "-o", "set")
    assert done.code == 1
    assert done.complaint == (
        "4,389 rows of each task are needed, and there are 20 for simplification (of 20), "
        "22 for qa (of 22), 20 for summarisation (of 20); ask for less (--size 60), add "
        "sources, or widen the bounds of length"
    )
    assert call("build", "stx", *options, "--size", "60", "-o", "set").code == 0


@pytest.mark.parametrize(
    ("words", "code", "message"),
    [
        ([], 2, "no source for simplification (--simplification), qa (--qa), summarisation"),
        (["--sample", "--qa", "x.jsonl"], 2, "--sample brings its own sources"),
        (["--sample", "--size", "10"], 2, "size 10 does not give 3 tasks equal shares"),
        (["--sample", "--max-tokens", "9"], 2, "--max-tokens needs something that counts tokens"),
        (["--sample", "--min-tokens", "9"], 2, "--min-tokens needs something that counts tokens"),
        (["--sample", "--tokenizer", "none.model"], 1, "none.model: no such file"),
        (["--sample", "--size", "300"], 1, "ask for less (--size 36)"),
        (["--sample", "--max-chars", "4"], 2, "min_chars must be no more than max_chars"),
        (["--sample", "--sise", "3"], 2, "No such option"),
        (["--sample", "-o", "file"], 1, "file: this is a file"),
    ],
)
def test_what_is_wrong_is_said_in_one_line(words, code, message, call, tmp_path) -> None:
    (tmp_path / "file").write_text("x")
    done = call("build", "stx", *words)
    assert done.code == code
    assert message in done.complaint
    assert not (tmp_path / "stx").exists()


def test_a_source_that_is_missing_leaves_nothing(call, options, tmp_path) -> None:
    options[1] = "T16.xlsx"
    done = call("build", "stx", *options, "--size", "30", "-o", "set")
    assert done.code == 1
    assert done.complaint == (
        "T16.xlsx: no such file; check the name, or give a Hub id such as "
        "snow_simplified_japanese_corpus@REVISION"
    )
    assert not (tmp_path / "set").exists()


def test_it_is_listed_and_shown(call) -> None:
    assert "stx" in json.loads(call("list", "--json").out)
    assert json.loads(call("show", "stx").out) == StxRecipe().to_dict()
    assert "stx" in call("build", "--help").out
    for name in ("--simplification", "--qa", "--summaries", "--sample", "--tokenizer"):
        assert name in call("build", "stx", "--help").out


@pytest.mark.slow
def test_a_build_that_is_killed_leaves_the_old_set(run, tmp_path) -> None:
    assert run("build", "stx", "--sample").code == 0
    before = {path.name: path.read_bytes() for path in (tmp_path / "stx").iterdir()}
    words = ("build", "stx", "--sample", "--size", "24", "--force")
    done = run(*words, env={"JTEXTKIT_FAILPOINT": "set-file-written:4"})
    assert done.code == -signal.SIGKILL
    assert {path.name: path.read_bytes() for path in (tmp_path / "stx").iterdir()} == before
    assert run(*words).code == 0
    assert [path.name for path in tmp_path.iterdir()] == ["stx"]
