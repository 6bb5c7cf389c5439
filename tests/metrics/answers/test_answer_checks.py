"""Answers judged: the golden cases, extraction with its rules and spans, choices, tolerance."""

from __future__ import annotations

import json
import time
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jtextkit.core.errors import UsageError
from jtextkit.metrics.answers import (
    FLAGS,
    RELATIONS,
    RULES,
    check_answer,
    compare,
    extract_answer,
    read_answer,
)

GOLDEN = json.loads((Path(__file__).parent / "golden_checks.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", GOLDEN, ids=lambda case: f"{case['prediction']!r} {case['gold']}")
def test_golden(case: dict[str, object]) -> None:
    verdict = check_answer(str(case["prediction"]), str(case["gold"]))
    assert verdict.correct == case["correct"], verdict
    if "relation" in case:
        assert verdict.relation == case["relation"]
    if "flags" in case:
        assert list(verdict.flags) == case["flags"]


TRAPS = [
    ("1:4", "1:7"), ("3時間20分", "3時間40分"), ("2と1/3", "2と2/3"), ("12cm", "12m"),
    ("5あまり3", "5あまり1"), ("2½", "21/2"), ("10²", "102"), ("3〜5個", "35個"), ("ア3、イ5", "ア3、イ6"),
    ("−5", "5"), ("30％", "30割"), ("3割5分", "3割"), ("1万2000", "12"), ("三十一", "三"), ("3分の1", "3"),
    ("1/3", "1"), ("2:3:5", "2:3:7"), ("A>B>C", "A>B>D"), ("5以上", "5以下"), ("午後3時", "午前3時"),
    ("分速80m", "時速80m"), ("2kg300g", "2kg400g"), ("3m20cm", "3m"), ("5円", "5ドル"),
]  # fmt: skip


@pytest.mark.parametrize(("a", "b"), TRAPS)
def test_traps_are_not_equal(a: str, b: str) -> None:
    for left, right in ((a, b), (b, a)):
        assert not compare(left, right).correct
        assert not check_answer(f"よく考えると、\n答え：{left}", right).correct
        assert check_answer(f"よく考えると、\n答え：{left}", left).correct


@pytest.mark.parametrize(
    ("text", "answer", "spoke"),
    [
        ("よって \\boxed{31} 本", "31", "boxed"),
        ("答えは5本。いや、\\boxed{31}", "31", "boxed"),
        ("\\boxed{5} ではない。答え：31本", "31本", "marked"),
        ("30＋1＝31\n答え　31本\n検算：31－1＝30", "31本", "marked"),
        ("合わせて31本が答えです。", "31本", "reversed"),
        ("まず30を1で割る。\n**31本**\n間の数より1多い。", "31本", "bold"),
        (
            "30÷1＝30です。\nしたがって31本必要です。\nこれは間の数30より多い。",
            "31本",
            "in_conclusion",
        ),
        ("まず30を1で割ります。次に1を足して31本になります。", "31本", "copula"),
        ("31本です。\n\n30を1で割り、1を足しました。", "31本", "first_sentence"),
        ("30＋1\n31本", "31本", "last_line"),
        ("検算：31－1＝30", "30", "in_check"),
    ],
)
def test_an_extraction_tells_what_spoke_for_and_against_it(
    text: str, answer: str, spoke: str
) -> None:
    found = extract_answer(text)
    assert (found.verdict, found.text) == ("found", answer)
    assert found.span is not None
    assert text[slice(*found.span)] == answer
    assert 0.0 < found.confidence <= 1.0
    names = [name for name, _ in found.evidence]
    assert spoke in names
    assert set(names) <= set(RULES)
    heaviest = max(found.evidence, key=lambda pair: pair[1])
    assert found.rule == heaviest[0]
    assert [abs(weight) for _, weight in found.evidence] == sorted(
        (abs(weight) for _, weight in found.evidence), reverse=True
    )


@pytest.mark.parametrize(
    "text",
    ["", " \n", "わかりません。", "がんばって考えましょう！", "<think>答えは5本", "答えは何本？"],
)
def test_nothing_found_is_a_verdict(text: str) -> None:
    found = extract_answer(text)
    assert found.verdict == "nothing found"
    assert not found
    assert (found.span, found.rule, found.value, found.confidence) == (None, None, None, 0.0)
    verdict = check_answer(text, "5本")
    assert (verdict.correct, verdict.relation) == (False, "unparsed")


def test_free_text_answers_are_texts() -> None:
    assert check_answer("答え：東京", "東京").relation == "equal"
    assert not check_answer("答え：京都", "東京").correct


CHOICES = {"0": "信号", "1": "青信号", "2": "電車", "3": "駅", "4": "車"}


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("答え：1", "1"), ("正解は「青信号」です。", "1"), ("答えは③の駅です", "3"), ("電車", "2"), ("信号です", "0"),
        ("駅だと思います。", "3"), ("(2)", "2"), ("したがって、答えは4です。", "4"),
    ],
)  # fmt: skip
def test_choices_by_label_and_by_text(text: str, label: str) -> None:
    verdict = check_answer(text, label, choices=CHOICES)
    assert verdict.correct, verdict
    assert check_answer(text, CHOICES[label], choices=CHOICES).correct
    other = "0" if label != "0" else "1"
    assert not check_answer(text, other, choices=CHOICES).correct


def test_two_choices_named_are_none_chosen() -> None:
    assert not check_answer("電車か駅です", "2", choices=CHOICES).correct


def test_choices_as_a_list_are_numbered_from_one() -> None:
    assert check_answer("答えはみかんです", "2", choices=["りんご", "みかん"]).correct


def test_golds_of_any_type_and_the_closest_of_several() -> None:
    assert check_answer("答え：18", 18).correct
    assert check_answer("答え：0.5", Fraction(1, 2)).correct
    assert check_answer("答え：2.5", 2.5).correct
    assert check_answer("答え：1/3", read_answer("3分の1")).correct
    verdict = check_answer("答え：18ドル", ["17", "18円", "18ドル"])
    assert (verdict.correct, verdict.relation, verdict.gold) == (True, "equal", "18ドル")
    assert not check_answer("答え：18", []).correct


def test_a_tolerance_is_explicit() -> None:
    assert not compare("3.14", "3.1416").correct
    close = compare("3.14", "3.1416", tolerance="0.01")
    assert (close.correct, close.flags) == (True, ("rounding",))
    assert not compare("3.14", "3.2", tolerance="0.01").correct


@pytest.mark.parametrize("tolerance", [-1, "-0.1", "about", "1/0", float("nan")])
def test_a_senseless_tolerance_is_refused(tolerance: object) -> None:
    with pytest.raises(UsageError, match="tolerance"):
        compare("1", "2", tolerance=tolerance)  # type: ignore[arg-type]


COMPARABLE = st.one_of(
    st.sampled_from(
        [text for case in GOLDEN for text in (case["gold"],)] + [text for pair in TRAPS for text in pair]
    ),
    st.builds(
        lambda n, u: f"{n}{u}",
        st.integers(-200, 200),
        st.sampled_from(["", "本", "個", "cm", "m", "分", "時間", "%", "割", "倍", "円", "度", "℃", "番目", "ダース", "以上"]),
    ),
    st.builds(lambda a, b: f"{a}/{b}", st.integers(0, 20), st.integers(1, 20)),
    st.builds(lambda a, b: f"{a}:{b}", st.integers(0, 24), st.integers(0, 59)),
    st.text(max_size=12),
)  # fmt: skip


@given(COMPARABLE, COMPARABLE)
def test_comparison_is_symmetric(a: str, b: str) -> None:
    forth, back = compare(a, b), compare(b, a)
    assert forth == back
    assert forth.relation in RELATIONS
    assert set(forth.flags) <= set(FLAGS)


@given(COMPARABLE, COMPARABLE)
def test_a_tolerance_is_symmetric_and_only_adds(a: str, b: str) -> None:
    assert compare(a, b, tolerance=1) == compare(b, a, tolerance=1)
    if compare(a, b).correct:
        assert compare(a, b, tolerance=1).correct


@given(COMPARABLE)
def test_comparison_is_reflexive(a: str) -> None:
    value = read_answer(a)
    if value.kind == "text" and not value.value:
        return
    result = compare(a, a)
    assert (result.relation, result.correct, result.flags) == ("equal", True, ())


@given(COMPARABLE)
def test_reading_is_idempotent(a: str) -> None:
    value = read_answer(a)
    again = read_answer(value.text) if value.text else value
    if value.kind in ("parts", "text", "choice", "truth", "none", "order", "label"):
        return  # their text may lack the label that was outside the span
    if value.bound and not again.bound:
        assert "より" in a  # より大きい stands behind the span
        return
    assert compare(value, again).relation == "equal"


ANYTHING = st.one_of(
    st.text(),
    st.lists(
        st.sampled_from(
            ["答え", "は", "：", "\n", "。", "です", "31", "本", "**", "\\boxed{", "}", "<think>", "</think>", "検算", "(1)",
             "ア", "①", "＝", "よって", "？", "|", "解なし", "A", ">", "B", "、", "あまり", "が答え", "####", "$", "順", " "]
        ),
        max_size=40,
    ).map("".join),
)  # fmt: skip


@given(
    ANYTHING,
    st.sampled_from(
        ["31", "31本", "ウ", "ア3、イ5", "A>B", "はい", "解なし", "5あまり3", "", "(1) 3 (2) 5"]
    ),
)
def test_any_text_is_judged(text: str, gold: str) -> None:
    found = extract_answer(text)
    if found:
        assert found.rule in RULES
        assert found.span is not None
        assert 0 <= found.span[0] <= found.span[1] <= len(text)
        assert text[slice(*found.span)] == found.text
    verdict = check_answer(text, gold)
    assert verdict.relation in RELATIONS
    assert check_answer(text, gold, choices={"ア": "31", "イ": text[:3]}).relation in RELATIONS


ADVERSARIAL = ["答え", "答え：", "\\boxed{", "**", "(", "よって", "31本。", "検算\n", "<think>", "</think>", "A:", "\n", "ア3",
               "(1)", "= ", "、", "答えは何", "解 ", "|", "  ", "- ", "1です", "順", "A>", "？", "3 "]  # fmt: skip


@pytest.mark.parametrize("piece", ADVERSARIAL)
def test_a_hundred_thousand_characters_of_anything_take_no_time(piece: str) -> None:
    text = piece * (100_000 // len(piece))
    start = time.process_time()
    check_answer(text, "31本")
    check_answer("31本", text)
    assert time.process_time() - start < 2.0


@pytest.mark.parametrize(
    ("stated", "correct"),
    [
        ("反対の向き16分後、同じ向き52分後", True),
        ("反対の向き26分後、同じ向き52分後", False),
        ("反対の向き16分後、同じ向き53分後", False),
    ],
)
def test_parts_that_come_after_a_time(stated: str, correct: bool) -> None:
    assert check_answer(f"答え：{stated}", "反対の向き16分後、同じ向き52分後").correct is correct


def test_labelled_parts_are_extracted_with_their_labels() -> None:
    assert extract_answer("1. 2＋3＝5\n答え：兄1200円、弟800円").text == "兄1200円、弟800円"


@pytest.mark.parametrize(
    ("one", "opposite"),
    [
        ("748円の利益", "748円の損失"),
        ("748円のもうけ", "748円の赤字"),
        ("35年後", "35年前"),
        ("10分後", "10分前"),
        ("3時間20分後", "3時間20分前"),
        ("2か月後", "2か月前"),
    ],
)
def test_the_opposite_is_wrong_and_the_bare_amount_is_not(one: str, opposite: str) -> None:
    assert check_answer(f"答え：{one}", one).correct
    assert not check_answer(f"答え：{opposite}", one).correct
    assert not check_answer(f"答え：{one}", opposite).correct
    amount = one.removesuffix("の利益").removesuffix("のもうけ").removesuffix("後")
    assert check_answer(f"答え：{amount}", one).correct
    assert check_answer(f"答え：{one}", amount).flags == ()
