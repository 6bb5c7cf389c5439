"""Answers as chat models give them: first, corrected, ruled out, refused; and how sure we are."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jtextkit.metrics.answers import RULES, candidates, check_answer, extract_answer
from jtextkit.metrics.answers.extraction import Table, shipped_table

KINDS = json.loads((Path(__file__).parent / "real_kinds.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", KINDS, ids=lambda case: f"{case['kind']} {case['answer']}")
def test_kinds_of_real_outputs(case: dict[str, Any]) -> None:
    known = {key: case[key] for key in ("choices", "question") if key in case}
    verdict = check_answer(case["prediction"], case["answer"], **known)
    assert verdict.correct is case["correct"], verdict.extracted


def test_the_shared_cases_are_judged_as_they_should_be(shared: Path) -> None:
    cases = json.loads((shared / "cases" / "answers.json").read_text(encoding="utf-8"))
    wrong = [
        case["why"]
        for case in cases
        if check_answer(case["prediction"], case["answer"], choices=case.get("choices")).correct
        is not case["correct"]
    ]
    assert not wrong


def test_real_outputs_are_judged_as_by_hand(shared: Path) -> None:
    rows = [
        json.loads(line)
        for line in (shared / "eval" / "answers" / "judged.jsonl").read_text("utf-8").splitlines()
    ]
    errors = [
        row["id"]
        for row in rows
        if check_answer(row["prediction"], row["answer"], choices=row["choices"]).correct
        is not row["correct"]
    ]
    assert len(errors) <= 0.03 * len(rows), errors  # these the weights have seen


def test_a_reward_is_given_only_where_the_answer_is_all_but_certain() -> None:
    plain = "7＋5＝12\n答え：12本"
    hedged = "赤は7本、青は5本なので、12本かもしれませんし、35本の可能性もあります。"
    assert check_answer(plain, "12本", mode="reward").correct
    assert not check_answer(hedged, "12本", mode="reward").correct
    assert extract_answer(plain).confidence > extract_answer(hedged).confidence


def test_a_question_tells_which_values_were_only_given() -> None:
    text = "40円の切手が9枚あります。40×9＝360。360円分です。"
    found = extract_answer(text, question="40円の切手が9枚あります。全部で何円分ですか。")
    assert found.text == "360円"
    assert "asked_about" in [name for name, _ in found.evidence]


def test_what_spoke_is_the_weights_of_its_evidence() -> None:
    found = extract_answer("答えは12本です。")
    weights = shipped_table().weights_for("any")
    assert all(weight == round(weights.get(name, 0.0), 2) for name, weight in found.evidence)


def test_other_weights_can_be_tried() -> None:
    text = "8本です。\n\n次の日は9本です。"
    first = Table({"first_sentence": 9.0, "no_answer": -9.0})
    last = Table({"last_sentence": 9.0, "no_answer": -9.0})
    assert check_answer(text, "8本", table=first).correct
    assert check_answer(text, "9本", table=last).correct


def test_no_tie_is_decided_by_the_order_of_evidence() -> None:
    for n in range(50):
        names = [f"{letter}{n}" for letter in "abc"]
        weights = dict(zip(names, (0.1, 0.2, 0.3), strict=True)) | {"nothing": 0.6}
        shares, none = Table({}).probabilities([names], ["nothing"], weights)
        assert shares == [none]


def test_the_shipped_weights_name_known_evidence() -> None:
    table = shipped_table()
    assert 0 <= table.thresholds["score"] < table.thresholds["reward"] < 1
    named = {name.partition("@")[0] for name in table.weights}
    assert len(named & set(RULES)) > 80
    assert len(named - set(RULES)) < 20  # those of there being no answer


@given(st.text(max_size=60), st.sampled_from(["12本", "はい", "青浜町", "10月3日", "解なし"]))
def test_a_reward_is_never_given_where_a_score_is_not(text: str, gold: str) -> None:
    if check_answer(text, gold, mode="reward").correct:
        assert check_answer(text, gold).correct


@given(st.text(max_size=80))
def test_confidence_is_a_probability(text: str) -> None:
    found = extract_answer(text)
    assert 0.0 <= found.confidence <= 1.0
    assert bool(found) == (found.confidence > 0.0)


@given(st.text("答えこコタ正解結論nswerANSWE#求めるは :。*", max_size=20))
def test_markers_are_looked_for_wherever_one_could_be(line: str) -> None:
    quick = list(candidates._places(line))
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(candidates, "_MARKER_HINT", re.compile(""))
        assert list(candidates._places(line)) == quick
