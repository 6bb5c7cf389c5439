"""Labels and choices read from free text, and the scores of a classification."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jtextkit.metrics.qa.judging import Gold, LabelSet, by_choice
from jtextkit.metrics.qa.systems import classification_scores
from jtextkit.tasks import task_named

LABELS = {name: LabelSet(task_named(name)[0].labels) for name in ("jnli", "marc_ja")}
CHOICES = dict(enumerate(["掲示板", "パソコン", "マザーボード", "ハードディスク", "まな板"]))
CHOICES = {str(label): text for label, text in CHOICES.items()}


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("entailment", "entailment"),
        ("答え：含意", "entailment"),
        ("関係は「中立」です。", "neutral"),
        ("矛盾ではなく、中立です。", "neutral"),
        ("neutral\n理由：前提と仮説は矛盾しないため。", "neutral"),
        ("この2文は矛盾していないので、含意の関係です", "entailment"),
        ("The answer is contradiction.", "contradiction"),
        ("This is not entailment but neutral.", "neutral"),
        ("関係は中立です。含意とは言えない。", "neutral"),
        ("ＮＥＵＴＲＡＬ", "neutral"),
        ("まず含意かどうかを考える。結論：矛盾", "contradiction"),
        ("わかりません", None),
        ("", None),
        ("entailments of neutrality", None),
    ],
)
def test_jnli(text: str, label: str | None) -> None:
    assert LABELS["jnli"].read(text) == label


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("positive", "positive"),
        ("ネガティブ", "negative"),
        ("このレビューは肯定的です。", "positive"),
        ("ポジティブではない。ネガティブ", "negative"),
        ("評価：否定的", "negative"),
        ("普通です", None),
    ],
)
def test_marc_ja(text: str, label: str | None) -> None:
    assert LABELS["marc_ja"].read(text) == label


@given(st.text(max_size=60))
def test_any_text_reads_as_a_label_or_none(text: str) -> None:
    for labels in LABELS.values():
        assert labels.read(text) in (*labels.labels, None)


@pytest.mark.parametrize(
    "text",
    [
        "2",
        "マザーボード",
        "答えはマザーボードです。",
        "2: マザーボード",
        "C",
        "答え：(2)",
        "パソコンではなくマザーボード",
        "選択肢2のマザーボードが正しい",
    ],
)
def test_a_choice_by_label_or_text(text: str) -> None:
    judged = by_choice(text, Gold(("2",), CHOICES), ())
    assert judged.correct
    assert judged.parsed


@pytest.mark.parametrize("text", ["3", "まな板", "B", "答え：(1)"])
def test_another_choice_is_wrong(text: str) -> None:
    assert not by_choice(text, Gold(("2",), CHOICES), ()).correct


def test_no_choice_is_unparsed() -> None:
    judged = by_choice("わかりません", Gold(("2",), CHOICES), ())
    assert (judged.correct, judged.parsed) == (False, False)


def test_a_choice_that_begins_with_a_label() -> None:
    choices = {"0": "信号機", "1": "大人", "2": "3Dプリンター", "3": "天津飯", "4": "教室"}
    assert by_choice("3Dプリンター", Gold(("2",), choices), ()).correct


def test_scores_equal_their_definitions() -> None:
    golds = ["a", "a", "a", "b"]
    scores = classification_scores(golds, ["a", "a", "b", "b"])
    assert scores["balanced_accuracy"] == pytest.approx((2 / 3 + 1) / 2)
    assert scores["macro_f1"] == pytest.approx((0.8 + 2 / 3) / 2)
    assert scores["mcc"] == pytest.approx((2 * 1 - 0 * 1) / ((2 * 3 * 1 * 2) ** 0.5))


@given(st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from(["a", "b", "c", "d", None]))))
def test_scores_equal_those_of_scikit_learn(pairs) -> None:
    metrics = pytest.importorskip(
        "sklearn.metrics", reason='needs the extra build: python -m pip install -e ".[build]"'
    )
    pairs = [("a", "a"), ("b", "a"), *pairs]
    golds, read = [gold for gold, _ in pairs], [label for _, label in pairs]
    guesses = [label or "unread" for label in read]
    means = {"labels": sorted(set(golds)), "average": "macro", "zero_division": 0.0}
    assert classification_scores(golds, read) == pytest.approx(
        {
            "balanced_accuracy": metrics.recall_score(golds, guesses, **means),
            "macro_f1": metrics.f1_score(golds, guesses, **means),
            "mcc": metrics.matthews_corrcoef(golds, guesses),
        }
    )


def test_what_could_not_be_read_is_wrong() -> None:
    read = classification_scores(["a", "b"], ["a", None])
    assert read["balanced_accuracy"] == 0.5
    assert classification_scores(["a", "b"], [None, None])["macro_f1"] == 0.0
    assert classification_scores(["a"], ["a"])["mcc"] == 0.0
