"""``jtextkit build sansu`` from a shell: generate, check, import, judge answers."""

from __future__ import annotations

import json
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from jtextkit.builders.sets.splits import SPLITS

SMALL = ("build", "sansu", "--size", "84", "--seed", "2", "-o", "small")


def rows(folder: Path, split: str) -> list[dict]:
    return pq.read_table(folder / f"{split}.parquet").to_pylist()


def test_build_and_check(call, tmp_path) -> None:
    done = call(*SMALL)
    assert done.code == 0
    assert [line.split() for line in done.out.splitlines()][1:] == [
        ["train", "67"],
        ["validation", "8"],
        ["test", "9"],
        ["all", "84"],
    ]
    checked = call("check", "small", "--json")
    assert checked.code == 0
    found = json.loads(checked.out)
    assert found["ok"] is True
    assert found["builder"] == "sansu"
    assert found["texts"] == 84


def test_a_set_that_was_changed_is_refused(call, tmp_path) -> None:
    assert call(*SMALL).code == 0
    (tmp_path / "small" / "README.md").write_text("changed", encoding="utf-8")
    done = call("check", "small")
    assert done.code == 4
    assert "file-hash" in done.complaint


def test_the_test_split_is_judged_by_evaluate_answers(call, tmp_path) -> None:
    """The solutions themselves are all right; with each other's answer they are not."""
    assert call(*SMALL).code == 0
    parts = [row for split in SPLITS for row in rows(tmp_path / "small", split)]
    lines = [
        {"id": row["id"], "prediction": row["solution"], "answer": row["answer"]} for row in parts
    ]
    file = tmp_path / "preds.jsonl"
    file.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    done = call("evaluate", "answers", "preds.jsonl", "--task", "sansu", "--json")
    assert done.code == 0
    found = json.loads(done.out)
    assert found["accuracy"] == 1.0
    assert found["n"] == 84
    gold = "small/test.parquet"
    test = [
        {"id": row["id"], "prediction": row["solution"]} for row in rows(tmp_path / "small", "test")
    ]
    file.write_text("".join(json.dumps(line) + "\n" for line in test), encoding="utf-8")
    done = call("evaluate", "answers", "preds.jsonl", "--task", "sansu", "--gold", gold, "--json")
    assert json.loads(done.out)["accuracy"] == 1.0
    for line, other in zip(test, [*test[1:], test[0]], strict=True):
        line["wrong"] = other["prediction"]
    wrong = [{"id": line["id"], "prediction": line["wrong"]} for line in test]
    file.write_text("".join(json.dumps(line) + "\n" for line in wrong), encoding="utf-8")
    done = call("evaluate", "answers", "preds.jsonl", "--task", "sansu", "--gold", gold, "--json")
    assert json.loads(done.out)["accuracy"] < 0.2


GOOD = {
    "problem": "つるとかめが15匹います。足は44本です。かめは何匹ですか。",
    "solution": "1. 全部つるだとすると、2×15＝30（本）です。\n2. 44－30＝14（本）たりません。\n"
    "3. 14÷2＝7（匹）\n答え：7匹",
    "answer": "7匹",
}
IMPORT = ("build", "sansu", "--from", "rows.jsonl", "-o", "set")


def test_import_and_check(call, tmp_path) -> None:
    wrong = {**GOOD, "problem": "80円のパンを3個買いました。代金は何円ですか。", "answer": "250円"}
    (tmp_path / "rows.jsonl").write_text(
        f"{json.dumps(GOOD)}\n{json.dumps(wrong)}\nnot json\n", encoding="utf-8"
    )
    done = call(*IMPORT, "--teacher", "Model X", "--terms", "https://example.org/terms")
    assert done.code == 0
    assert "rows.jsonl:3: not JSON; left out" in done.err
    assert "audit: answer" in done.out
    assert "Model X" in (tmp_path / "set" / "README.md").read_text(encoding="utf-8")
    assert call("check", "set").code == 0
    receipt = json.loads((tmp_path / "set" / "receipt.json").read_text(encoding="utf-8"))
    assert receipt["recipe"]["teacher"] == "Model X"
    assert receipt["recipe"]["terms"] == "https://example.org/terms"


def test_a_preview_says_what_each_rule_costs(call, tmp_path) -> None:
    (tmp_path / "rows.jsonl").write_text(
        json.dumps({**GOOD, "answer": "8匹"}) + "\n" + json.dumps(GOOD), encoding="utf-8"
    )
    done = call(*IMPORT, "--teacher", "x", "--terms", "y", "--preview")
    assert done.code == 0
    assert "nothing was written" in done.err
    assert "audit: answer" in done.out
    assert not (tmp_path / "set").exists()


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (("--terms", "x"), "--from needs --teacher"),
        (("--teacher", "x"), "--from needs --terms"),
        (("--teacher", "x", "--terms", "y", "--size", "5"), "--size has no meaning with --from"),
        (("--teacher", " ", "--terms", "y"), "teacher is empty"),
        (("--teacher", "x", "--terms", "y", "--style", "loose"), "--style"),
    ],
)
def test_an_import_that_is_asked_for_wrongly(options, message, call, tmp_path) -> None:
    (tmp_path / "rows.jsonl").write_text(json.dumps(GOOD), encoding="utf-8")
    done = call(*IMPORT, *options)
    assert done.code == 2
    assert message in done.complaint
    assert not (tmp_path / "set").exists()


@pytest.mark.parametrize(
    ("options", "code", "message"),
    [
        (("--teacher", "x"), 2, "--teacher is for an import"),
        (("--preview",), 2, "--preview is for an import"),
        (("--topic", "鶴亀算"), 2, "topic"),
        (("--max-similarity", "2"), 2, "0<x<=1"),
        (("--from", "nothing.jsonl", "--teacher", "x", "--terms", "y"), 1, "nothing.jsonl"),
    ],
)
def test_a_build_that_is_asked_for_wrongly(options, code, message, call, tmp_path) -> None:
    done = call("build", "sansu", "-o", "set", *options)
    assert done.code == code
    assert message in done.complaint
    assert not (tmp_path / "set").exists()
