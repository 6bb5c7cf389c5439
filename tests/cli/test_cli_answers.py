"""``evaluate answers``, ``evaluate average`` and ``audit-solutions`` as users call them."""

from __future__ import annotations

import gzip
import hashlib
import json
from pathlib import Path

import pytest

EIGHT = {
    "JCommonsenseQA": 84.27,
    "JNLI": 48.69,
    "MARC-ja": 96.29,
    "JSQuAD": 79.09,
    "JAQKET v2": 80.67,
    "XL-Sum": 14.08,
    "XWinograd": 77.16,
    "MGSM": 22.40,
}  # RakutenAI-7B's, as FACTS of this project give them
SOLVED = {
    "id": "good",
    "problem": "つるとかめが15匹います。足は44本です。かめは何匹ですか。",
    "solution": "1. 2×15＝30（本）\n2. 44－30＝14（本）\n3. 14÷2＝7（匹）\n答え：7匹",
    "answer": "7匹",
}
BROKEN = {**SOLVED, "id": "bad", "solution": SOLVED["solution"].replace("14÷2＝7", "14÷2＝8")}


def write(path: Path, rows: list[object]) -> Path:
    lines = [row if isinstance(row, str) else json.dumps(row, ensure_ascii=False) for row in rows]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def read(path: Path) -> list[dict]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


# average


def test_the_eight_task_average(call, tmp_path: Path) -> None:
    file = tmp_path / "scores.json"
    file.write_text(json.dumps(EIGHT))
    done = call("evaluate", "average", file)
    assert done.code == 0
    assert "62.83" in done.out
    assert "5 × accuracy, 2 × exact match, 1 × ROUGE-2" in done.out
    content = json.loads(call("evaluate", "average", file, "--json").out)
    assert content["average"] == pytest.approx(62.83, abs=0.005)
    assert [task["shots"] for task in content["tasks"]] == [3, 3, 3, 2, 1, 1, 0, 5]
    assert content["by_metric"]["ROUGE-2"] == 14.08


def test_the_harness_names_and_nested_scores(call, tmp_path: Path) -> None:
    names = ("jcommonsenseqa-1.1-0.2", "jnli-1.1-0.2", "marc_ja-1.1-0.2", "jsquad-1.1-0.2",
             "jaqket_v2-0.1-0.2", "xlsum_ja", "xwinograd_ja", "mgsm")  # fmt: skip
    scores = {
        name: {"score": value, "shots": 3}
        for name, value in zip(names, EIGHT.values(), strict=True)
    }
    file = tmp_path / "scores.json"
    file.write_text(json.dumps(scores))
    content = json.loads(call("evaluate", "average", "--json", file).out)
    assert content["average"] == pytest.approx(62.83125)


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        (json.dumps({k: v for k, v in EIGHT.items() if k != "MGSM"}), "no score for MGSM"),
        (json.dumps({**EIGHT, "MGSM": 122.4}), "122.4 is out of range"),
        (json.dumps({**EIGHT, "MGSM": -1}), "out of range"),
        (json.dumps({**EIGHT, "MGSM": "22"}), "'22' is no number"),
        (json.dumps({**EIGHT, "MGSM": True}), "True is no number"),
        (json.dumps({**EIGHT, "MGSM": None}), "None is no number"),
        (json.dumps(EIGHT)[:-1] + ', "MGSM": NaN}', "out of range|comes twice"),
        (json.dumps(EIGHT)[:-1] + ', "MGSM": 22.4}', "MGSM: the task comes twice"),
        (json.dumps({**EIGHT, "mgsm_ja": 22.4}), "the task comes twice"),
        (json.dumps({**EIGHT, "JSQAD": 1}), "did you mean JSQuAD"),
        (json.dumps({k: v / 100 for k, v in EIGHT.items()}), "1 or less"),
        ("[]", "no JSON object"),
        ("{}", "no JSON object"),
        ("{", "not JSON"),
        ("", "not JSON"),
    ],
)
def test_scores_that_are_wrong(call, tmp_path: Path, text: str, complaint: str) -> None:
    import re

    file = tmp_path / "scores.json"
    file.write_text(text)
    done = call("evaluate", "average", file)
    assert done.code in (1, 2)
    assert re.search(complaint, done.only_line, re.IGNORECASE)
    assert "scores.json" in done.only_line


# answers


def predictions(tmp_path: Path) -> Path:
    return write(
        tmp_path / "preds.jsonl",
        [
            {"id": "1", "prediction": "3×4＝12\n答えは12本です。", "answer": "12本"},
            {"id": "2", "prediction": "答え：10本", "answer": "12本"},
            {"id": "3", "prediction": "わかりません", "answer": "12本"},
            "not json",
            {"id": "5", "prediction": 7, "answer": "12本"},
            {"id": "6", "prediction": "12"},
            {"id": "1", "prediction": "12", "answer": "12"},
            {"id": "8", "prediction": "1時間", "answer": ["60分", "70分"]},
        ],
    )


def test_answers_of_sansu(call, tmp_path: Path) -> None:
    done = call("evaluate", "answers", predictions(tmp_path), "--task", "sansu", "--json")
    content = json.loads(done.out)
    assert done.code == 0
    assert (content["n"], content["right"]) == (4, 2)
    assert content["accuracy"] == 0.5
    low, high = content["interval"]
    assert (low, high) == pytest.approx((0.1500, 0.8500), abs=1e-3)
    assert content["unparsed"] == 0.25
    assert content["relations"] == {
        "equal": 1, "equal_converted": 1, "unequal": 1, "unparsed": 1,
    }  # fmt: skip
    assert [row["line"] for row in content["bad_rows"]] == [4, 5, 6, 7]
    assert "preds.jsonl:4: not JSON; left out" in done.err
    assert "preds.jsonl:7: the id '1' comes twice; left out" in done.err


def test_the_table_and_the_instances(call, tmp_path: Path) -> None:
    out = tmp_path / "each.jsonl"
    done = call("evaluate", "answers", predictions(tmp_path), "--task", "sansu", "--instances", out)
    assert "50.00%" in done.out
    assert "2 of 4 right; 4 rows left out" in done.out
    rows = read(out)
    assert [row["id"] for row in rows] == ["1", "2", "3", "8"]
    assert [row["correct"] for row in rows] == [True, False, False, True]
    assert rows[0]["read"] == "12本"


def test_two_systems_side_by_side(call, tmp_path: Path) -> None:
    ours = write(
        tmp_path / "ours.jsonl",
        [{"id": n, "prediction": "答え 5", "answer": "5"} for n in range(10)],
    )
    theirs = write(
        tmp_path / "theirs.jsonl",
        [{"id": n, "prediction": f"答え {5 if n < 4 else 6}", "answer": "5"} for n in range(2, 12)],
    )
    done = call("evaluate", "answers", ours, "--task", "sansu", "--against", theirs, "--json")
    against = json.loads(done.out)["against"]
    assert (against["n"], against["only_this"], against["only_other"]) == (8, 6, 0)
    assert against["difference"] == 0.75
    assert against["p"] == pytest.approx(2 / 2**6)  # the exact binomial test, 6 of 6
    table = call("evaluate", "answers", ours, "--task", "sansu", "--against", theirs)
    assert "difference +75.00 points" in table.out
    other = write(tmp_path / "other.jsonl", [{"id": "x", "prediction": "5", "answer": "5"}])
    done = call("evaluate", "answers", ours, "--task", "sansu", "--against", other)
    assert done.code == 1
    assert "give both systems the same ids" in done.complaint


def test_mgsm_golds_are_by_line(call, tmp_path: Path) -> None:
    gold = tmp_path / "mgsm_ja.tsv"
    gold.write_text("りんごは？\t18\nみかんは？\t1,200\n", encoding="utf-8")
    preds = write(
        tmp_path / "p.jsonl",
        [
            {"id": 1, "prediction": "答えは18ドル"},
            {"id": "2", "prediction": "1200"},
            {"id": 9, "prediction": "1"},
        ],
    )
    done = call("evaluate", "answers", preds, "--task", "mgsm", "--gold", gold, "--json")
    content = json.loads(done.out)
    assert (content["accuracy"], content["n"], content["missing"]) == (1.0, 2, 0)
    assert content["bad_rows"] == [{"line": 3, "problem": "no question with the id '9'"}]


def test_jsquad_by_definition(call, tmp_path: Path) -> None:
    pytest.importorskip("rapidfuzz", reason='needs the extra qa: python -m pip install -e ".[qa]"')
    question = {"id": "q1", "answers": [{"text": "東アジアの広範囲"}, {"text": "東アジア"}]}
    other = {"id": "q2", "answers": [{"text": "雨季"}]}
    gold = tmp_path / "jsquad.json"
    paragraph = {"context": "梅雨は東アジアの雨季。", "qas": [question, other]}
    gold.write_text(json.dumps({"data": [{"title": "梅雨", "paragraphs": [paragraph]}]}))
    preds = write(
        tmp_path / "p.jsonl",
        [{"id": "q1", "prediction": "東アジア。"}, {"id": "q2", "prediction": "乾季"}],
    )
    arguments = ("evaluate", "answers", preds, "--task", "jsquad", "--gold", gold, "--json")
    content = json.loads(call(*arguments).out)
    assert content["accuracy"] == 0.5
    assert content["metrics"]["jglue:f1"]["value"] == pytest.approx(0.75)
    assert len(content["metrics"]["jglue:f1"]["interval"]) == 2
    content = json.loads(call(*arguments, "--metric", "flexeval", "--metric", "jglue").out)
    assert content["accuracy"] == 0.0
    assert content["signature"].startswith("answers-jsquad|metric:flexeval+jglue")
    wrong = call("evaluate", "answers", preds, "--task", "sansu", "--metric", "jglue")
    assert wrong.code == 2


def test_labels_and_choices(call, tmp_path: Path) -> None:
    gold = write(
        tmp_path / "jnli.json",
        [
            {"sentence_pair_id": "0", "label": "neutral"},
            {"sentence_pair_id": "1", "label": "entailment"},
            {"sentence_pair_id": "2", "label": "contradiction"},
        ],
    )
    preds = write(
        tmp_path / "p.jsonl",
        [
            {"id": "0", "prediction": "中立"},
            {"id": "1", "prediction": "含意です"},
            {"id": "2", "prediction": "？"},
        ],
    )
    content = json.loads(
        call("evaluate", "answers", preds, "--task", "jnli", "--gold", gold, "--json").out
    )
    assert content["accuracy"] == pytest.approx(2 / 3)
    assert content["unparsed"] == pytest.approx(1 / 3)
    assert set(content["metrics"]) == {"balanced_accuracy", "macro_f1", "mcc"}
    choices = {f"choice{n}": text for n, text in enumerate(["犬", "猫", "鳥", "魚", "虫"])}
    gold = write(tmp_path / "jcqa.json", [{"q_id": 7, **choices, "label": 1}])
    preds = write(tmp_path / "c.jsonl", [{"id": 7, "prediction": "答えは猫です。"}])
    content = json.loads(
        call("evaluate", "answers", preds, "--task", "jcommonsenseqa", "--gold", gold, "--json").out
    )
    assert content["accuracy"] == 1.0
    rows = write(
        tmp_path / "m.jsonl", [{"id": 1, "prediction": "良い。positive", "answer": "positive"}]
    )
    assert (
        json.loads(call("evaluate", "answers", rows, "--task", "marc_ja", "--json").out)["accuracy"]
        == 1
    )


def test_a_gold_of_another_task(call, tmp_path: Path) -> None:
    gold = write(tmp_path / "g.jsonl", [{"id": 1, "label": "happy"}])
    preds = write(tmp_path / "p.jsonl", [{"id": 1, "prediction": "中立"}])
    done = call("evaluate", "answers", preds, "--task", "jnli", "--gold", gold)
    assert done.code == 1
    assert "'happy' is none of the labels entailment, contradiction, neutral" in done.only_line


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        ("", "no row that can be judged"),
        ("nonsense\n", "line 1, not JSON"),
        ('{"id": 1, "answer": "5"}\n', "no text in 'prediction'"),
        ('{"id": 1, "prediction": "5", "answer": {}}\n', "no 'answer' that is a text"),
    ],
)
def test_a_file_without_a_good_row(call, tmp_path: Path, content: str, complaint: str) -> None:
    file = tmp_path / "p.jsonl"
    file.write_text(content)
    done = call("evaluate", "answers", file, "--task", "sansu")
    assert done.code == 1
    assert complaint in done.complaint


def test_names_that_are_wrong(call, tmp_path: Path) -> None:
    file = predictions(tmp_path)
    assert call("evaluate", "answers", file).code == 2
    assert call("evaluate", "answers", file, "--task", "sanzu").code == 2
    assert call("evaluate", "answers", "nowhere.jsonl", "--task", "sansu").code == 1
    assert call("evaluate", "answers", file, "--task", "mgsm", "--gold", "nowhere").code == 2
    assert "did you mean" in call("evaluate", "answer", file).complaint


# audit-solutions


def test_an_audit(call, tmp_path: Path) -> None:
    file = write(tmp_path / "s.jsonl", [SOLVED, BROKEN, "x", {"id": "none"}])
    done = call("audit-solutions", file, "--style", "strict")
    assert done.code == 0
    assert "false-step" in done.out
    assert "bad: line 3: false-step: '14÷2＝8', recomputed 7" in done.out
    assert "s.jsonl:3: not JSON; left out" in done.err
    content = json.loads(call("audit-solutions", file, "--json", "--style", "grade6").out)
    assert (content["solutions"], content["clean"]) == (2, 1)
    assert content["findings"] == {"false-step": 1}
    assert content["answers"] == {"equal": 2}
    assert [row["line"] for row in content["bad_rows"]] == [3, 4]
    assert "style:grade6" in content["signature"]


def test_instances_and_the_clean_subset(call, tmp_path: Path) -> None:
    file = write(tmp_path / "s.jsonl", [BROKEN, SOLVED])
    clean, each = tmp_path / "clean.jsonl", tmp_path / "each.jsonl"
    done = call("audit-solutions", file, "--drop-failing", clean, "--instances", each)
    assert done.code == 0
    assert read(clean) == [SOLVED]
    assert [(row["id"], row["clean"], row["line"]) for row in read(each)] == [
        ("bad", False, 1),
        ("good", True, 2),
    ]
    (finding,) = read(each)[0]["findings"]
    assert (finding["kind"], finding["line"], finding["computed"]) == ("false-step", 3, "7")
    receipt = json.loads((tmp_path / "clean.jsonl.receipt.json").read_text(encoding="utf-8"))
    assert receipt["output"]["sha256"] == hashlib.sha256(clean.read_bytes()).hexdigest()
    assert receipt["input"]["sha256"] == hashlib.sha256(file.read_bytes()).hexdigest()
    assert (receipt["output"]["rows"], receipt["dropped"]) == (1, 1)
    before = clean.read_bytes(), (tmp_path / "clean.jsonl.receipt.json").read_bytes()
    call("audit-solutions", file, "--drop-failing", clean)
    assert (clean.read_bytes(), (tmp_path / "clean.jsonl.receipt.json").read_bytes()) == before
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "clean.jsonl", "clean.jsonl.receipt.json", "each.jsonl", "s.jsonl",
    ]  # fmt: skip


def test_a_failed_audit_leaves_the_old_subset(call, tmp_path: Path) -> None:
    clean = tmp_path / "clean.jsonl"
    clean.write_text("old\n")
    (tmp_path / "clean.jsonl.receipt.json").write_text("{}")
    empty = write(tmp_path / "s.jsonl", [{"id": 1}])
    done = call("audit-solutions", empty, "--drop-failing", clean)
    assert done.code == 1
    assert clean.read_text() == "old\n"
    assert (tmp_path / "clean.jsonl.receipt.json").exists()
    cut = tmp_path / "cut.jsonl.gz"
    cut.write_bytes(gzip.compress(json.dumps(SOLVED).encode() * 50)[:-20])
    assert call("audit-solutions", cut, "--drop-failing", clean).code == 1
    assert clean.read_text() == "old\n"


def test_outputs_must_differ(call, tmp_path: Path) -> None:
    file = write(tmp_path / "s.jsonl", [SOLVED])
    assert call("audit-solutions", file, "--drop-failing", file).code == 2
    one = tmp_path / "one.jsonl"
    assert call("audit-solutions", file, "--drop-failing", one, "--instances", one).code == 2
    assert call("audit-solutions", file, "--drop-failing", tmp_path / "no" / "x.jsonl").code == 1
    assert read(file) == [SOLVED]


def test_chats_and_odd_rows(call, tmp_path: Path) -> None:
    chat = {
        "messages": [
            {"role": "user", "content": "3本の4倍は何本ですか。"},
            {"role": "assistant", "content": "3×4＝13\n答え 13本"},
        ]
    }
    rows = [chat, {"solution": "3×4＝12\n答え 12\ud800本", "answer": ["12本", "13本"]},
            {"solution": "  "}, {"solution": "a", "answer": {}}]  # fmt: skip
    file = tmp_path / "s.jsonl"
    file.write_text("\n".join(json.dumps(row) for row in rows))
    kept = tmp_path / "kept.jsonl"
    content = json.loads(call("audit-solutions", file, "--json", "--drop-failing", kept).out)
    assert content["findings"]["false-step"] == 1
    assert [row["problem"] for row in content["bad_rows"]] == [
        "an empty solution",
        "'answer' is no text, no number and no list of them",
    ]


def test_help_has_examples(call) -> None:
    for command in (("audit-solutions",), ("evaluate", "answers"), ("evaluate", "average")):
        done = call(*command, "--help")
        assert done.code == 0
        assert "Examples:" in done.out
