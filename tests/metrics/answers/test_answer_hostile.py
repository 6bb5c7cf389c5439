"""Outputs written to mislead: the right value as a step, a hypothesis, ruled out, or of something else.

``hostile.json`` holds questions of our own with several outputs each, in the manner of chat models,
about half of them right. They were written before the evidence that reads them; the batch ``first``
showed the kinds to mend in one half of its questions and was measured on the other.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from jtextkit.metrics.answers import check_answer

QUESTIONS = json.loads((Path(__file__).parent / "hostile.json").read_text(encoding="utf-8"))
OUTPUTS = [(one, said) for one in QUESTIONS for said in one["outputs"]]


def _judge(one: dict[str, Any], text: str, mode: Any = "score") -> bool:
    return check_answer(text, one["answer"], choices=one.get("choices"), mode=mode).correct


@pytest.mark.parametrize(
    ("one", "said"),
    [
        pytest.param(*each, marks=pytest.mark.xfail(reason="known miss", strict=False))
        if each[1].get("missed")
        else each
        for each in OUTPUTS
    ],
    ids=lambda part: part.get("text", part.get("answer", ""))[-40:],
)
def test_judged_as_a_reader_would(one: dict[str, Any], said: dict[str, Any]) -> None:
    assert _judge(one, said["text"]) is said["correct"]


def test_the_known_misses_stay_few_and_mostly_deny_what_is_right() -> None:
    missed = [said["correct"] for _, said in OUTPUTS if said.get("missed")]
    assert len(missed) <= 0.1 * len(OUTPUTS)
    assert missed.count(False) <= 0.03 * len(OUTPUTS)


def test_a_reward_is_hardly_ever_given_to_a_wrong_one() -> None:
    wrong = [(one, said["text"]) for one, said in OUTPUTS if not said["correct"]]
    fooled = [text for one, text in wrong if _judge(one, text, "reward")]
    assert len(fooled) <= 0.02 * len(wrong), fooled


@pytest.mark.parametrize("told", [False, True])
def test_outputs_that_took_part_in_no_fit_are_judged_rightly(told: bool) -> None:
    """By two who did not know the code; the floors lie below what was measured at first."""
    lines = (Path(__file__).parent / "kept_back.jsonl").read_text("utf-8").splitlines()
    accepted = rejected = 0
    for one in map(json.loads, lines):
        verdict = check_answer(
            one["prediction"],
            one["answer"],
            choices=one["choices"],
            question=one["question"] if told else None,
        )
        accepted += verdict.correct and not one["correct"]
        rejected += one["correct"] and not verdict.correct
    assert accepted <= 3
    assert rejected <= 15


def test_a_length_answers_how_fast_where_the_question_names_the_time() -> None:
    question = "100mを12.5秒で走る人の速さは、時速何kmですか。"
    for said, right in (("28.8 km/h", True), ("28.8km", True), ("秒速28.8km", False)):
        assert check_answer(f"答え：{said}", "28.8km", question=question).correct is right
    assert not check_answer("答え：28.8 km/h", "28.8km").correct
