"""``jtextkit check``: built sets, anybody's sets, and sets on the Hub."""

from __future__ import annotations

import gzip
import hashlib
import json
import random
import shutil
import sys
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from wrong_sets import Edited

from jtextkit.builders import sample
from jtextkit.builders.aozora import FolderLibrary
from jtextkit.builders.difficulty import DifficultyRecipe, DifficultySources, build
from jtextkit.builders.difficulty.promises import CHECKS
from jtextkit.core.receipts import sealed

KNOWN = ["--text-column", "text", "--label-column", "level"]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root, workbook = sample.lay_out(tmp_path_factory.mktemp("sources"))
    out = tmp_path_factory.mktemp("built") / "set"
    build(
        out,
        DifficultyRecipe(size=12),
        DifficultySources(FolderLibrary(root), workbook, None, sample=True),
    )
    return out


def test_a_sound_set(built, call) -> None:
    done = call("check", built)
    assert done.code == 0
    assert done.out == f"sound: {len(CHECKS)} checks, 24 texts\n"
    assert "scoring again (24)\n" in done.err  # progress, on stderr


def test_verbose_tells_of_every_check(built, call) -> None:
    done = call("check", built, "-v")
    assert done.code == 0
    lines = done.out.splitlines()
    assert lines[-1] == f"sound: {len(CHECKS)} checks, 24 texts"
    assert lines[0].split() == ["check", "what", "holds", "result"]
    names = [line.split()[0] for line in lines[1 : lines.index("")]]
    assert {"label-follows-score", "writer-in-two-splits", "pair-lengths", "file-hash"} <= set(
        names
    )
    assert all(line.endswith(" ok") for line in lines[1 : lines.index("")])
    assert "what tells the label?" in done.out
    assert "what tells the label? (aozora)" in done.out
    assert any(line.startswith("linear-baseline ") for line in lines)
    assert "readability tells NDC K913 from 913: AUC " in done.out


def test_json_of_a_sound_set(built, call) -> None:
    done = call("check", built, "--json")
    assert done.code == 0
    found = json.loads(done.out)
    assert found["ok"] is True
    assert found["builder"] == "difficulty-2level"
    assert found["signature"].startswith("jreadability|dict:unidic-lite")
    assert found["texts"] == 24
    for check in found["checks"]:
        assert check["ok"] is True
        assert check["found"] == 0
        assert check["detail"]
        assert check["examples"] == []
    assert len({check["name"] for check in found["checks"]}) == len(found["checks"])
    assert found["audit"]["band"] == [0.45, 0.55]
    for row in found["audit"]["rows"]:
        for reading in ("cross_validated", "train_to_test"):
            assert 0 <= row[reading]["low"] <= row[reading]["auc"] <= row[reading]["high"] <= 1


def test_a_breach_is_code_4_with_its_name_and_rows(built, call, tmp_path) -> None:
    edited = Edited(built)
    row = edited.rows["test"][0]
    row["label"] = 1 - row["label"]
    folder = edited.write(tmp_path / "wrong")
    done = call("check", folder)
    assert done.code == 4
    assert (
        f"label-follows-score (labels follow from the scores): 1 found\n  {row['id']}: " in done.out
    )
    last = done.err.splitlines()[-1]
    failed = done.out.count(" found\n")
    assert last.startswith(
        f"jtextkit: {folder}: not sound: {failed} of {len(CHECKS)} checks failed ("
    )
    assert "label-follows-score" in last
    done = call("check", folder, "--json")
    assert done.code == 4
    found = json.loads(done.out)
    assert found["ok"] is False
    wrong = {check["name"]: check for check in found["checks"] if not check["ok"]}
    assert "label-follows-score" in wrong
    assert wrong["label-follows-score"]["found"] == 1
    assert row["id"] in wrong["label-follows-score"]["examples"][0]


@pytest.mark.parametrize(
    ("change", "name"),
    [
        (lambda folder: (folder / "test.parquet").unlink(), "file-missing"),
        (lambda folder: (folder / "more.txt").write_text("x"), "file-extra"),
        (lambda folder: (folder / "README.md").write_text("x"), "file-hash"),
        (lambda folder: (folder / "lock.jsonl").write_text("{}\n"), "lock-rows"),
        (lambda folder: (folder / "lock.jsonl").write_bytes(b"\xff"), "lock-rows"),
        (
            lambda folder: pq.write_table(
                pq.read_table(folder / "test.parquet").drop_columns(["text"]),
                folder / "test.parquet",
            ),
            "schema",
        ),
        (
            lambda folder: pq.write_table(
                pq.read_table(folder / "test.parquet").append_column("x", pa.array([1] * 3)),
                folder / "test.parquet",
            ),
            "schema",
        ),
    ],
)
def test_files_that_are_not_as_they_were(change, name, built, call, tmp_path) -> None:
    shutil.copytree(built, tmp_path / "set")
    change(tmp_path / "set")
    done = call("check", "set", "--json")
    assert done.code == 4
    assert name in {check["name"] for check in json.loads(done.out)["checks"] if not check["ok"]}
    assert "Traceback" not in done.err


@pytest.mark.parametrize(
    ("change", "name"),
    [
        (lambda file: file.write_bytes(file.read_bytes()[:-100]), "file-hash"),
        (lambda file: [one.unlink() for one in file.parent.glob("*.parquet")], "file-missing"),
    ],
)
def test_rows_that_cannot_be_read_are_a_breach_where_the_receipt_knows_them(
    change, name, built, call, tmp_path
) -> None:
    shutil.copytree(built, tmp_path / "set")
    change(tmp_path / "set" / "train.parquet")
    done = call("check", "set", "--json")
    assert done.code == 4
    found = json.loads(done.out)
    assert [check["name"] for check in found["checks"] if not check["ok"]] == [name]
    assert "train.parquet" in "".join(str(check["examples"]) for check in found["checks"])
    assert found["audit"] is None


def test_rows_that_the_receipt_calls_its_own_and_nobody_can_read(built, call, tmp_path) -> None:
    """The checks of files alone find nothing, and that is not called sound."""
    shutil.copytree(built, tmp_path / "set")
    (tmp_path / "set" / "train.parquet").write_bytes(b"PAR1")
    receipt = json.loads((tmp_path / "set" / "receipt.json").read_text(encoding="utf-8"))
    receipt["files"]["train.parquet"] = {"sha256": hashlib.sha256(b"PAR1").hexdigest(), "bytes": 4}
    (tmp_path / "set" / "receipt.json").write_text(sealed(receipt), encoding="utf-8")
    done = call("check", "set")
    assert done.code == 1
    assert "train.parquet: cannot be read to its end" in done.err.splitlines()[-1]


def test_a_report_may_lie_beside_the_set(built, call, tmp_path) -> None:
    shutil.copytree(built, tmp_path / "set")
    (tmp_path / "set" / "report.html").write_text("<p>")
    assert call("check", "set").code == 0


@pytest.mark.parametrize("content", ["{}", "[", '{"files": 3}', '{"files": {}, "builder": 1}'])
def test_a_receipt_that_is_none(content, built, call, tmp_path) -> None:
    shutil.copytree(built, tmp_path / "set")
    (tmp_path / "set" / "receipt.json").write_text(content)
    done = call("check", "set")
    assert done.code in (2, 4)
    assert done.err.splitlines()[-1].startswith("jtextkit: set")


def test_a_set_without_its_receipt(built, call, tmp_path) -> None:
    shutil.copytree(built, tmp_path / "set")
    (tmp_path / "set" / "receipt.json").unlink()
    done = call("check", "set")
    assert done.code == 4
    assert "a built set without its receipt" in done.err


@pytest.mark.parametrize(
    ("options", "classes"),
    [
        (
            [
                "--levels",
                "six",
                "--no-pairs",
                "--size",
                "1",
                "--margin",
                "0",
                "--aliases",
                "--min-chars",
                "500",
            ],
            6,
        ),
        (["--no-pairs", "--size", "10"], 2),
        (["--size", "7", "--seed", "3"], 2),
    ],
)
def test_sets_of_other_recipes_are_sound_by_their_own(options, classes, call) -> None:
    done = call("build", "difficulty-2level", "--sample", "--workers", "1", *options, "-o", "set")
    assert done.code == 0, done.err
    done = call("check", "set", "--json")
    found = json.loads(done.out)
    assert done.code == 0, [check for check in found["checks"] if not check["ok"]]
    assert len(found["audit"]["classes"]) == classes
    if "--no-pairs" in options:
        assert found["not_applicable"]["pair-lengths"] == "the recipe makes no pairs"
        assert found["not_applicable"]["shortcut-writer"] == "the recipe makes no pairs"
    else:
        assert found["not_applicable"] == {}


# Anybody's sets

SENTENCES = (
    "雨が降る",
    "犬が走る",
    "町へ行く",
    "本を読む",
    "花が咲いた",
    "道を歩いた",
    "父が笑った",
)


def rows_of(number: int, seed: int = 1) -> list[dict]:
    """Texts whose level only their words tell."""
    chance = random.Random(seed)
    rows = []
    for i in range(number):
        body = "。".join(chance.choice(SENTENCES) + str(chance.randint(10, 99)) for _ in range(8))
        level = ("easy", "hard")[i % 2]
        text = body + ("。うれしい" if level == "easy" else "。統治する") + "。"
        rows.append(
            {"text": text, "level": level, "author": f"a{i // 2 % 10}", "year": 1900 + i % 7}
        )
    return rows


def write(folder: Path, **splits: list[dict]) -> Path:
    folder.mkdir(parents=True)
    for split, rows in splits.items():
        lines = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
        (folder / f"{split}.jsonl").write_text(lines, encoding="utf-8")
    return folder


def failing(done) -> dict[str, dict]:
    return {check["name"]: check for check in json.loads(done.out)["checks"] if not check["ok"]}


def test_a_sound_set_of_anybodys(call, tmp_path) -> None:
    write(tmp_path / "set", train=rows_of(80), test=rows_of(20, 2))
    done = call("check", "set", *KNOWN, "--shortcut-column", "year", "--json")
    found = json.loads(done.out)
    assert done.code == 0, failing(done)
    assert found["builder"] is None
    assert found["audit"]["rows"][0]["predictor"] == "length"
    rows = {row["predictor"]: row for row in found["audit"]["rows"]}
    assert set(rows) == {
        "length", "year", "kanji-share", "words-per-sentence", "readability", "linear-baseline",
    }  # fmt: skip
    assert rows["linear-baseline"]["train_to_test"]["auc"] > 0.9
    done = call("check", "set", *KNOWN)
    assert done.code == 0
    assert "group-in-two-splits was not checked: no --group-column was named" in done.out


@pytest.mark.parametrize("kind", ["jsonl", "jsonl.gz", "parquet", "nested parquet"])
def test_files_and_folders_of_every_kind(kind, call, tmp_path) -> None:
    rows = rows_of(60)
    place = tmp_path / f"texts.{kind}"
    if kind == "parquet":
        pq.write_table(pa.Table.from_pylist(rows), place)
    elif kind == "nested parquet":
        place = tmp_path / "hub"
        (place / "data").mkdir(parents=True)
        for name, part in (("train-00000-of-00001", rows[:40]), ("validation-0", rows[40:50])):
            pq.write_table(pa.Table.from_pylist(part), place / "data" / f"{name}.parquet")
        pq.write_table(pa.Table.from_pylist(rows[50:]), place / "data" / "test-00000.parquet")
    else:
        data = "".join(json.dumps(row) + "\n" for row in rows).encode()
        place.write_bytes(gzip.compress(data) if kind.endswith("gz") else data)
    done = call("check", place, *KNOWN, "--json")
    assert done.code == 0, done.out
    found = json.loads(done.out)
    assert found["texts"] == 60
    two = found["audit"]["rows"][0]["train_to_test"] is not None
    assert two == (kind == "nested parquet")


def one_source_a_label(train: list[dict], test: list[dict]) -> None:
    for row in train + test:
        row["author"] = row["level"]


def longer_if_hard(train: list[dict], test: list[dict]) -> None:
    for row in train + test:
        row["text"] *= 1 + (row["level"] == "hard")


def repeated(train: list[dict], test: list[dict]) -> None:
    train.append(dict(train[0]))


def repeated_with_another_label(train: list[dict], test: list[dict]) -> None:
    train.append({**train[0], "level": "hard"})


def nearly_repeated(train: list[dict], test: list[dict]) -> None:
    long = "".join(row["text"] for row in train[:6])
    train.append({**train[0], "text": long})
    test.append({**test[0], "text": long.replace("。", "！", 1)})


def no_text(train: list[dict], test: list[dict]) -> None:
    train[3]["text"] = None


def no_label(train: list[dict], test: list[dict]) -> None:
    del train[3]["level"]


def skewed(train: list[dict], test: list[dict]) -> None:
    del train[:60:2]


def one_label_in_test(train: list[dict], test: list[dict]) -> None:
    del test[::2]


@pytest.mark.parametrize(
    ("flaw", "name"),
    [
        (one_source_a_label, "shortcut-author"),
        (longer_if_hard, "shortcut-length"),
        (repeated, "duplicate-texts"),
        (repeated_with_another_label, "label-contradiction"),
        (nearly_repeated, "near-duplicate-across-splits"),
        (no_text, "rows-usable"),
        (no_label, "rows-usable"),
        (skewed, "balance"),
        (one_label_in_test, "labels-in-splits"),
    ],
)
def test_a_flaw_of_anybodys_set_is_found_by_its_name(flaw, name, call, tmp_path) -> None:
    train, test = rows_of(80), rows_of(20, 2)
    flaw(train, test)
    write(tmp_path / "set", train=train, test=test)
    done = call("check", "set", *KNOWN, "--shortcut-column", "author", "--json")
    assert done.code == 4
    assert name in failing(done)


def test_odd_values_of_other_peoples_columns(call, tmp_path) -> None:
    """NaN is missing, also as a label; infinities are numbers; a lone surrogate is no text."""
    rows = rows_of(80)
    for number, row in enumerate(rows):
        row["level"] = float(row["level"] == "hard") if number % 10 else float("nan")
        row["size"] = float("inf") if number % 9 == 0 else -1e308
        row["same"] = float("nan")
        row["length"] = row["level"]
    pq.write_table(pa.Table.from_pylist(rows), tmp_path / "texts.parquet")
    options = [f"--shortcut-column={name}" for name in ("size", "same", "same", "length")]
    done = call("check", "texts.parquet", *KNOWN, *options, "--group-column", "same", "--json")
    found = json.loads(done.out)
    assert done.code == 4
    assert found["texts"] == 80
    assert failing(done).keys() == {"rows-usable", "shortcut-length-column"}
    assert failing(done)["rows-usable"]["found"] == 8
    rows = {row["predictor"]: row for row in found["audit"]["rows"]}
    assert rows["same"]["cross_validated"]["auc"] == 0.5
    assert "Warning" not in done.err

    lines = [{"text": row["text"], "level": str(row["level"])} for row in rows_of(20)]
    lines.append({"text": "a\ud800", "level": "\ud800"})
    (tmp_path / "texts.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines))
    done = call("check", "texts.jsonl", *KNOWN, "--json")
    assert failing(done)["rows-usable"]["examples"] == [
        "texts.jsonl:21: text holds a lone surrogate"
    ]


@pytest.mark.parametrize("as_json", [True, False])
def test_labels_of_any_characters_are_printed(as_json, call, tmp_path) -> None:
    rows = rows_of(20)
    for row in rows:
        row["level"] += "\ud800\x1b[31m\0"
    lines = "".join(json.dumps(row) + "\n" for row in rows[:-1])
    (tmp_path / "texts.jsonl").write_text(lines + json.dumps({**rows[-1], "text": rows[0]["text"]}))
    done = call("check", "texts.jsonl", *KNOWN, *(["--json"] if as_json else []))
    assert done.code == 4
    assert "\x1b" not in done.out
    assert "unexpected" not in done.err
    if as_json:
        assert any("\ud800" in name for name in json.loads(done.out)["audit"]["classes"])


def test_a_group_in_two_splits(call, tmp_path) -> None:
    write(tmp_path / "set", train=rows_of(80), test=rows_of(20, 2))
    done = call("check", "set", *KNOWN, "--group-column", "author", "--json")
    assert done.code == 4
    assert failing(done)["group-in-two-splits"]["found"] == 10


def test_bad_lines_are_named(call, tmp_path) -> None:
    folder = write(tmp_path / "set", train=rows_of(20))
    with (folder / "train.jsonl").open("ab") as file:
        file.write(b"{broken\n\xff\xfe\n[1]\n")
    done = call("check", "set", *KNOWN, "--json")
    assert done.code == 4
    assert failing(done)["rows-usable"]["examples"] == [
        "train.jsonl:21: not JSON",
        "train.jsonl:22: not UTF-8",
        "train.jsonl:23: no JSON object",
    ]


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["nowhere", *KNOWN], 1, "nowhere: no such file or folder"),
        (["/no/such/place"], 1, "no such file or folder"),
        (["set"], 2, "name --text-column and --label-column"),
        (["set/train.jsonl"], 2, "this is a file"),
        (["set", "--label-column", "level"], 2, "other sets need a text column"),
        (["set", "--group-column", "author"], 2, "other sets need a text column"),
        (["set", *KNOWN, "--json", "--markdown"], 2, "exclude each other"),
        (["set", "--text-column", "txt", "--label-column", "level"], 2, "did you mean text"),
        (["set", *KNOWN, "--group-column", "autor"], 2, "did you mean author"),
        (["set", "--text-column", "text", "--label-column", "text"], 2, "40 different values"),
        (["empty", *KNOWN], 2, "no files of rows"),
        (["blank.jsonl", *KNOWN], 2, "there are no rows"),
        ([], 2, "Missing argument"),
    ],
)
def test_wrong_usage_is_one_line(words, code, said, call, tmp_path) -> None:
    write(tmp_path / "set", train=rows_of(40))
    (tmp_path / "empty").mkdir()
    (tmp_path / "blank.jsonl").write_text("")
    done = call("check", *words)
    assert done.code == code
    assert said in done.err.splitlines()[-1]
    assert done.out == ""


def test_of_a_huge_file_some_texts_are_audited(call, tmp_path, monkeypatch) -> None:
    monkeypatch.setattr("jtextkit.check.columns.AUDITED", 50)
    write(tmp_path / "set", train=rows_of(300))
    done = call("check", "set", *KNOWN)
    assert done.out.splitlines()[-1] == (
        "sound: 7 checks, 300 texts (readability, and what a model tells of labels: 50 of them)"
    )
    done = call("check", "set", *KNOWN, "--verbose")
    assert "what tells the label?, 50 of 300 texts" in done.out
    done = call("check", "set", *KNOWN, "--json")
    rows = {row["predictor"]: row for row in json.loads(done.out)["audit"]["rows"]}
    assert rows["length"]["cross_validated"]["texts"] == 300
    assert rows["linear-baseline"]["cross_validated"]["texts"] == 50


@pytest.mark.skipif(sys.platform != "linux", reason="no other system draws a border: run on Linux")
def test_a_set_of_very_many_rows_is_held_to_its_budget(run, tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text('{"text": "a", "y": 1}\n' * 300_000)
    columns = ("--text-column", "text", "--label-column", "y")
    done = run("check", "a.jsonl", *columns, "--max-memory", "100MB")
    assert done.code == 1
    assert done.complaint.startswith("a.jsonl: it wants more memory than 100 MB; check a part")
