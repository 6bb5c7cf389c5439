"""An explanation takes a score apart without remainder."""

from __future__ import annotations

import pytest

from jtextkit.metrics.readability.explanation import explain
from jtextkit.metrics.readability.formula import INTERCEPT, score

TEXT = "犬がいた。当該規定に基づく行政処分の取消訴訟が提起された。猫もいた。"


def test_terms_sum_to_the_score() -> None:
    explanation = explain(TEXT)
    assert INTERCEPT + sum(term.contribution for term in explanation.terms) == pytest.approx(
        explanation.score.readability, abs=1e-9
    )


def test_the_sentence_that_weighs_most_comes_first() -> None:
    heaviest = explain(TEXT).sentences[0]
    assert heaviest.number == 2
    assert heaviest.text.startswith("当該規定")
    assert heaviest.weight > 0  # without it the text is easier


def test_a_weight_is_the_score_without_the_sentence() -> None:
    heaviest = explain(TEXT).sentences[0]
    without = score("犬がいた。猫もいた。").readability
    assert heaviest.weight == pytest.approx(without - score(TEXT).readability, abs=1e-9)


def test_a_single_sentence_has_no_weights() -> None:
    assert explain("犬がいた。").sentences == ()


def test_the_dictionary_form_is_plain() -> None:
    explanation = explain(TEXT)
    assert set(explanation.to_dict()) == {"terms", "sentence_weights"}
    assert explanation.to_dict()["terms"][0]["feature"] == "words_per_sentence"
