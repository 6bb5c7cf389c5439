"""``jtextkit check`` on other people's sets: their files, pairs of texts, labels that are wrong."""

from __future__ import annotations

import csv
import json
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from jtextkit.builders.sets import twins

COLUMNS = ["--text-column", "text", "--label-column", "label"]
PAIR = ["--text-column", "premise", "--text-column", "hypothesis", "--label-column", "label"]
WORDS = ("雨", "犬", "町", "本", "花", "道", "父", "魚", "店", "朝")
VERBS = ("見る", "待つ", "描く", "探す", "忘れる", "褒める")
TELLING = {"food": "茶碗で飯を食う", "travel": "汽車で旅に出る", "work": "役所で判を押す"}

Row = dict[str, Any]


def rows_of(number: int, seed: int = 1, labels: tuple[str, ...] = ("food", "travel")) -> list[Row]:
    """Texts whose label a clause of theirs tells, and nothing else."""
    chance = random.Random(seed)
    rows = []
    for i in range(number):
        clauses = [
            f"{''.join(chance.choices(WORDS, k=3))}を{chance.choice(VERBS)}" for _ in range(5)
        ]
        label = labels[i % len(labels)]
        clauses.insert(chance.randrange(6), TELLING[label])
        rows.append({"text": "。".join(clauses) + "。", "label": label})
    return rows


def json_lines(file: Path, rows: list[Row]) -> Path:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("".join(f"{json.dumps(row, ensure_ascii=False)}\n" for row in rows), "utf-8")
    return file


def table(file: Path, rows: list[Row], delimiter: str = ",", encoding: str = "utf-8") -> Path:
    with file.open("w", encoding=encoding, newline="") as stream:
        writer = csv.DictWriter(stream, rows[0], delimiter=delimiter)
        writer.writeheader()
        writer.writerows(rows)
    return file


def array(file: Path, rows: list[Row]) -> Path:
    file.write_text(json.dumps(rows, ensure_ascii=False, indent=2), "utf-8")
    return file


def parquet(file: Path, rows: list[Row]) -> Path:
    pq.write_table(pa.Table.from_pylist(rows), file)
    return file


WRITERS: dict[str, Callable[[Path, list[Row]], Path]] = {
    "a.jsonl": json_lines,
    "a.csv": table,
    "a.tsv": lambda file, rows: table(file, rows, "\t"),
    "bom.csv": lambda file, rows: table(file, rows, encoding="utf-8-sig"),
    "a.json": array,
    "lines.json": json_lines,
    "a.parquet": parquet,
}


@pytest.mark.parametrize("name", WRITERS)
def test_every_kind_of_file_says_the_same(name, call, tmp_path) -> None:
    rows = rows_of(60)
    rows[7]["text"] = rows[3]["text"].replace("。", "！")
    WRITERS[name](tmp_path / name, rows)
    done = call("check", name, *COLUMNS, "--json")
    found = json.loads(done.out)
    assert done.code == 4
    assert found["texts"] == 60
    assert found["labels"] == {"food": 30, "travel": 30}
    assert found["near_duplicates"] == {"in a split, equal": 1}
    assert [one["name"] for one in found["checks"] if not one["ok"]] == ["near-duplicate-in-split"]


def test_a_folder_of_tables_and_its_splits(call, tmp_path) -> None:
    (tmp_path / "set").mkdir()
    table(tmp_path / "set" / "train.csv", rows_of(80))
    table(tmp_path / "set" / "dev.csv", rows_of(20, 2))
    (tmp_path / "set" / "dataset_info.json").write_text("{}")
    done = call("check", "set", *COLUMNS, "-v")
    assert done.code == 0
    assert "AUC, train to validation" in done.out
    found = json.loads(call("check", "set", *COLUMNS, "--json").out)
    assert found["splits"] == {"train": 80, "validation": 20}
    rows = {row["predictor"]: row for row in found["audit"]["rows"]}
    assert rows["linear-baseline"]["train_to_test"]["auc"] > 0.95
    assert rows["linear-baseline"]["train_to_test"]["texts"] == 20


def test_a_column_of_splits(call, tmp_path) -> None:
    rows = rows_of(90)
    for number, row in enumerate(rows):
        row["usage"] = ("train", "train", "dev")[number % 3]
    rows[80]["text"] = rows[0]["text"].replace("。", "", 1)
    rows[80]["label"] = rows[0]["label"]
    json_lines(tmp_path / "a.jsonl", rows)
    done = call("check", "a.jsonl", *COLUMNS)
    assert "column usage looks like one: --split-column usage" in done.out
    done = call("check", "a.jsonl", *COLUMNS, "--split-column", "usage")
    assert done.code == 4
    assert "a.jsonl:81 (validation) nearly repeats a.jsonl:1 (train), similarity 1.00" in done.out


def test_twenty_copies_among_thousands_and_no_sample(call, tmp_path, monkeypatch) -> None:
    monkeypatch.setattr("jtextkit.check.columns.AUDITED", 50)
    train, test = rows_of(3000), rows_of(300, 2)
    for number in range(20):
        text = train[number * 149]["text"]
        test[number] = {**train[number * 149], "text": text[:9] + "々" * (number % 2) + text[10:]}
    json_lines(tmp_path / "set" / "train.jsonl", train)
    json_lines(tmp_path / "set" / "test.jsonl", test)
    done = call("check", "set", *COLUMNS, "--json")
    assert done.code == 4
    found = json.loads(done.out)
    across = next(one for one in found["checks"] if one["name"] == "near-duplicate-across-splits")
    assert across["found"] == 20
    assert all(one.startswith("test.jsonl:") for one in across["examples"])
    assert sum(found["near_duplicates"].values()) == 20
    assert found["near_duplicates"]["across splits, but for a character"] > 5


def test_what_was_not_all_looked_at_is_not_sound(call, tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(twins, "PAIRS", 1000)
    chance = random.Random(1)
    clauses = [f"{word}を{verb}。" for word in WORDS[:4] for verb in VERBS[:2]]
    rows = [{"text": "".join(chance.choices(clauses, k=9)), "label": i % 2} for i in range(400)]
    json_lines(tmp_path / "train.jsonl", rows)
    done = call("check", "train.jsonl", *COLUMNS)
    assert done.code == 4
    assert "not shown to be sound; near-duplicate-in-split looked at" in done.err
    assert "sound:" not in done.out
    done = call("check", "train.jsonl", *COLUMNS, "--json")
    found = json.loads(done.out)
    part = next(one for one in found["checks"] if one["name"] == "near-duplicate-in-split")
    assert found["ok"] is part["ok"] is False
    assert part["found"] == 0
    assert part["looked_at"]["texts"] < part["looked_at"]["of"] == 400
    assert (
        "No breach found, but not shown to be sound"
        in call("check", "train.jsonl", *COLUMNS, "--markdown").out
    )


# Pairs


def pairs(number: int, *, telling: bool) -> list[Row]:
    """Three hypotheses to a premise; where ``telling``, a word of theirs tells the label."""
    chance = random.Random(4)
    rows = []
    for i in range(number):
        premise = rows_of(1, 1000 + i)[0]["text"]
        for label in ("yes", "no", "maybe"):
            words = "".join(chance.choices(WORDS, k=8))
            denied = "ない" if telling and label == "no" else ""
            rows.append(
                {"premise": premise, "hypothesis": f"{words}が{denied}ある。", "label": label}
            )
    return rows


def test_the_hypothesis_alone_tells_the_label(call, tmp_path) -> None:
    json_lines(tmp_path / "a.jsonl", pairs(60, telling=True))
    found = json.loads(call("check", "a.jsonl", *PAIR, "--json").out)
    told = {one["source"]: one for one in found["guesses"]}
    assert told["hypothesis-alone"]["better_than_majority"] is True
    assert told["hypothesis-alone"]["accuracy"] > 0.6
    assert told["hypothesis-alone"]["majority"] == pytest.approx(1 / 3, abs=1e-3)
    assert told["premise-alone"]["better_than_majority"] is False
    done = call("check", "a.jsonl", *PAIR, "--shortcut-column", "hypothesis")
    assert done.code == 4
    assert "shortcut-hypothesis-alone" in done.err


def test_a_sound_set_of_pairs_whose_premises_stand_in_several_rows(call, tmp_path) -> None:
    json_lines(tmp_path / "a.jsonl", pairs(60, telling=False))
    done = call("check", "a.jsonl", *PAIR)
    assert done.code == 0, done.out


def test_the_reversed_pair_gives_nothing_away(call, tmp_path) -> None:
    """Each text stands in two rows of one label: a model that saw one would know the other."""
    chance = random.Random(3)
    rows = []
    for i in range(120):
        one, other = (rows_of(1, 7 * i + side)[0]["text"] for side in (1, 2))
        label = chance.choice(["yes", "no"])
        rows += [
            {"premise": one, "hypothesis": other, "label": label},
            {"premise": other, "hypothesis": one, "label": label},
        ]
    json_lines(tmp_path / "a.jsonl", rows)
    found = json.loads(call("check", "a.jsonl", *PAIR, "--json").out)
    assert not any(one["better_than_majority"] for one in found["guesses"])


# Labels


def test_wrong_labels_come_first_among_those_to_read_again(call, tmp_path) -> None:
    labels = ("food", "travel", "work")
    rows = rows_of(300, labels=labels)
    wrong = {f"a.jsonl:{number + 1}": rows[number] for number in range(4, 300, 43)}
    for row in wrong.values():
        row["label"] = labels[(labels.index(row["label"]) + 1) % 3]
    json_lines(tmp_path / "a.jsonl", rows)
    found = json.loads(call("check", "a.jsonl", *COLUMNS, "--json").out)
    doubtful = found["doubtful_labels"]
    assert {one["id"] for one in doubtful[: len(wrong)]} == set(wrong)
    assert doubtful[0]["text"] == wrong[doubtful[0]["id"]]["text"]
    assert TELLING[doubtful[0]["guess"]] in doubtful[0]["text"]
    assert [one["margin"] for one in doubtful] == sorted(
        (one["margin"] for one in doubtful), reverse=True
    )
    done = call("check", "a.jsonl", *COLUMNS, "-v")
    assert f"{doubtful[0]['id']} " in done.out


def test_thirty_labels_are_no_wrong_column(call, tmp_path) -> None:
    rows = rows_of(300)
    for number, row in enumerate(rows):
        row["label"] = number % 30
        row["text"] += (
            f"{'いろはにほへとちりぬるをわかよたれそつねならむうゐのおく'[number % 30 - 2] * 3}。"
        )
    json_lines(tmp_path / "a.jsonl", rows)
    found = json.loads(call("check", "a.jsonl", *COLUMNS, "--json").out)
    assert len(found["labels"]) == len(found["audit"]["classes"]) == 30
    assert found["guesses"][-1]["accuracy"] > 0.5


def test_labels_by_chance_give_no_candidates(call, tmp_path) -> None:
    rows = rows_of(200)
    chance = random.Random(2)
    labels = [row["label"] for row in rows]
    chance.shuffle(labels)
    for row, label in zip(rows, labels, strict=True):
        row["label"] = label
    json_lines(tmp_path / "a.jsonl", rows)
    found = json.loads(call("check", "a.jsonl", *COLUMNS, "--json").out)
    assert found["guesses"][-1]["better_than_majority"] is False
    assert found["doubtful_labels"] == []


def test_texts_without_labels(call, tmp_path) -> None:
    rows = rows_of(50)
    json_lines(tmp_path / "a.jsonl", [*rows, rows[0]])
    done = call("check", "a.jsonl", "--text-column", "text")
    assert done.code == 4
    assert "duplicate-texts (no text stands twice): 1 found" in done.out
    assert "balance was not checked: no --label-column was named" in done.out


# Odd files

TEXTS = [row["text"] for row in rows_of(20)]
LINES = "".join(f"{text},{i % 2}\n" for i, text in enumerate(TEXTS))


def odd(**columns: Any) -> bytes:
    rows = zip(*columns.values(), strict=True)
    lines = [json.dumps(dict(zip(columns, row, strict=True)), ensure_ascii=False) for row in rows]
    return "\n".join(lines).encode()


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("a.csv", b"", "the file is empty; check the file"),
        ("a.csv", b"text,label\n", "there are no rows; name a set with rows"),
        ("a.json", b"[]", "there are no rows"),
        ("a.json", b"[1, 2]", "2 of 2 rows cannot be read (a.json:1: no JSON object)"),
        ("a.json", b'{"text": ["a"]}', "neither an array of rows nor SQuAD's nesting"),
        ("a.json", b'[{"text": "a"', "it may be cut short"),
        ("a.jsonl", b'[\n{"text": "a"}]', "a JSON array over many lines; write one object a line"),
        ("a.csv", f"text,text\n{LINES}".encode(), "2 columns are called text; give each column"),
        ("a.csv", f"body,label\n{LINES}".encode(), "unknown column 'text'; known: body, label"),
        ("a.csv", f"text,label\n{LINES}".replace(",", ";").encode(), "unknown column 'text'; did"),
        ("a.csv", f"text,label\n{LINES}".encode("cp932"), "not utf-8: byte 0x"),
        ("a.tsv", f"text,label\n{LINES}".encode("utf-16"), "it reads as utf-16"),
        ("a.csv", f'text,label\n"{LINES}'.encode(), "not CSV (unexpected end of data)"),
        (
            "a.txt",
            "雨が降る。\n犬が走る。\n".encode(),
            "2 of 2 rows cannot be read (a.txt:1: not JSON)",
        ),
        ("a.parquet", b"PAR1", "it may be cut short, damaged"),
        (
            "a.jsonl",
            odd(text=TEXTS, label=[1] * 20).decode().encode("cp932"),
            "20 of 20 rows cannot be read (a.jsonl:1: not UTF-8); name a file in UTF-8",
        ),
        ("a.jsonl", odd(text=TEXTS, label=[1] * 20), "column label has one value"),
        ("a.jsonl", odd(text=TEXTS, label=range(20, 40)), None),
        ("a.jsonl", odd(text=[*TEXTS, "x"], label=range(21)), "21 different values, over 20; name"),
        ("a.jsonl", odd(text=TEXTS, label=[None] * 20), "no row is usable (a.jsonl:1: label is no"),
        ("a.jsonl", odd(text=TEXTS, label=[[1]] * 20), "label is no label"),
        ("a.jsonl", odd(text=[None] * 20, label=[1] * 20), "text is no text); name another column"),
        ("a.jsonl", odd(text=range(20), label=[1] * 20), "text is no text"),
        ("a.jsonl", odd(text=TEXTS, label=[1, "1"] * 10), "has 1 as word and as number"),
    ],
)
def test_odd_files_are_wrong_usage_with_a_cure(name, data, said, call, tmp_path) -> None:
    (tmp_path / name).write_bytes(data)
    done = call("check", name, *COLUMNS)
    if said is None:
        assert done.code == 0
        return
    assert done.code == 2
    assert done.out == ""
    last = done.err.splitlines()[-1]
    assert last.startswith(f"jtextkit: {name}")
    assert said in last
    assert ";" in last


def test_a_tsv_may_hold_quotes_and_a_cell_may_be_long(call, tmp_path) -> None:
    lines = [f'"{row["text"]}と言う\t{row["label"]}' for row in rows_of(30)]
    (tmp_path / "a.tsv").write_text("\n".join(["text\tlabel", *lines]), encoding="utf-8")
    assert json.loads(call("check", "a.tsv", *COLUMNS, "--json").out)["texts"] == 30
    rows = rows_of(20)
    rows[0]["text"] *= 4000
    table(tmp_path / "a.csv", rows)
    assert json.loads(call("check", "a.csv", *COLUMNS, "--json").out)["texts"] == 20


def test_numbers_that_csv_makes_words_of_are_numbers(call, tmp_path) -> None:
    rows = rows_of(100)
    for number, row in enumerate(rows):
        row["site"] = number + 1000 * (row["label"] == "food")
    table(tmp_path / "a.csv", rows)
    done = call("check", "a.csv", *COLUMNS, "--shortcut-column", "site")
    assert done.code == 4
    assert "shortcut-site" in done.err


# What is made of it


def test_a_page_and_a_summary_for_a_card(call, tmp_path) -> None:
    rows = rows_of(60)
    for row in rows:
        row["label"] = f"<b>|{row['label']}"
    rows[9]["text"] = rows[8]["text"]
    json_lines(tmp_path / "a.jsonl", rows)
    done = call("check", "a.jsonl", *COLUMNS, "--markdown", "--html", "page.html")
    assert done.code == 4
    lines = done.out.splitlines()
    assert lines[0].startswith("## Checked by jtextkit ")
    assert lines[2].startswith("Not sound: 3 of 7 checks failed (duplicate-texts")
    assert "| duplicate-texts | no text stands twice | 1 found |" in lines
    assert r"| label \<b\>\|food | 30 |" in lines
    assert all(line.count("|") > 2 for line in lines if line.startswith("|"))
    page = (tmp_path / "page.html").read_text(encoding="utf-8")
    assert "Not sound: 3 of 7 checks failed" in page
    assert "a.jsonl:10" in page
    assert "&lt;b&gt;|food" in page
    assert "<b>" not in page
    assert "Labels to read again" in page


def test_a_page_of_a_set_that_jtextkit_built(call, tmp_path) -> None:
    done = call("build", "difficulty-2level", "--sample", "--workers", "1", "-o", "set")
    assert done.code == 0
    done = call("check", "set", "--html", "page.html", "--markdown")
    assert done.code == 0
    assert "| label-follows-score | labels follow from the scores | ok |" in done.out
    assert "What tells the label (aozora)" in (tmp_path / "page.html").read_text(encoding="utf-8")
