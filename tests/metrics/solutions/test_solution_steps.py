"""What a step is, what is wrong with it, and what is no claim at all."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jtextkit.core.errors import UsageError
from jtextkit.metrics.solutions import audit_solution, methods_of
from jtextkit.metrics.solutions.arithmetic import evaluate
from jtextkit.metrics.solutions.findings import shown

SENTENCES = json.loads(Path(__file__).with_name("sentences.json").read_text(encoding="utf-8"))
ANSWERS = {"no-answer", "answer-not-last"}
PIECES = st.sampled_from(
    [
        *list("0123456789+-×÷=＝－／/().,、。（）{}[]①②③□％割分倍…≒\n \u3000xａ\\$*|：:"),
        "あまり",
        "\\frac{",
        "}{",
        "答え",
        "1/3",
        "3割5分",
        "をたすと",
        "からひくと",
        "2と1/3",
        "km",
        "\ue000",
    ]
)


def steps(text: str) -> list:
    return [
        one for one in audit_solution(text).findings if not one.is_note and one.kind not in ANSWERS
    ]


@pytest.mark.parametrize("sentence", SENTENCES["true"])
def test_true_sentences_raise_nothing(sentence: str) -> None:
    assert steps(sentence) == []


@pytest.mark.parametrize("sentence", SENTENCES["false"])
def test_false_sentences_raise_an_alarm(sentence: str) -> None:
    assert steps(sentence)


@pytest.mark.parametrize(
    ("text", "kind", "stated", "computed"),
    [
        ("12×5＝65", "false-step", "65", "60"),
        ("60×3＝170m", "false-step", "170m", "180"),
        ("10+5=15×2=30", "running-on", "30", "15"),
        ("65÷9＝7あまり3", "remainder", "7あまり3", "7あまり2"),
        ("65÷9＝7…3", "remainder", "7…3", "7あまり2"),
        ("2.5ha＝2500m²", "conversion", "2500m²", "2.5"),
        ("⑦－④＝②", "false-step", "②", ""),
        (r"\frac{1}{2}+\frac{1}{3}=\frac{2}{5}", "false-step", r"\frac{2}{5}", "5/6"),
        ("80に3をかけると250です。", "false-step", "250", "240"),
        ("500gの4％は25gです。", "false-step", "25g", "20"),
        ("100÷7≒14.5", "false-step", "≒14.5", "100/7"),
    ],
)
def test_what_is_found(text: str, kind: str, stated: str, computed: str) -> None:
    (finding,) = steps(text)
    assert (finding.kind, finding.stated, finding.computed) == (kind, stated, computed)


@pytest.mark.parametrize("sign", ["×", "*", "·", "x", "X", "✕", r"\times ", r"\cdot "])
def test_signs_of_multiplication(sign: str) -> None:
    assert steps(f"12{sign}5=60") == []
    assert steps(f"12{sign}5=61")


@pytest.mark.parametrize("sign", ["-", "－", "−", "ー", "–", "‐"])
def test_signs_of_subtraction(sign: str) -> None:
    assert steps(f"12{sign}5=7") == []
    assert steps(f"12{sign}5=8")


@pytest.mark.parametrize("sign", ["÷", "/", " / ", r"\div "])
def test_signs_of_division(sign: str) -> None:
    assert steps(f"60{sign}5=12") == []
    assert steps(f"60{sign}5=13")


@pytest.mark.parametrize("brackets", ["()", "（）", "{}", "｛｝", "[]", "〔〕"])
def test_brackets(brackets: str) -> None:
    assert steps(f"3×{brackets[0]}2+5{brackets[1]}=21") == []
    assert steps(f"3×{brackets[0]}2+5{brackets[1]}=11")


@pytest.mark.parametrize(
    "third", ["1/3", "１／３", "3分の1", "三分の一", "⅓", r"\frac{1}{3}", r"\dfrac13"]
)
def test_thirds(third: str) -> None:
    assert steps(f"12×{third}=4") == []
    assert steps(f"12×{third}=5")


def test_the_place_is_the_line_where_the_false_value_stands() -> None:
    (finding,) = steps("式を書く。\n3.6×2.5－2\n＝9－2\n＝8")
    assert (finding.line, finding.text) == (4, "9－2\n＝8")


def test_a_chain_goes_on_from_what_is_stated() -> None:
    assert [one.line for one in steps("12×5＝65\n65＋3＝68")] == [1]


def test_a_rounded_decimal_is_a_note() -> None:
    found = audit_solution("25÷300＝0.083\n答え　0.083", answer="0.083")
    assert [one.kind for one in found.findings] == ["rounded"]
    assert found.clean
    assert steps("6.3×0.5＝3.1")  # 3.15 needs no rounding


@pytest.mark.parametrize("answer", ["約670人", "670人"])
def test_about_is_less_than_one_of_the_last_digit(answer: str) -> None:
    assert steps("31480÷47≒670") == []
    assert steps("31480÷47≒669") == []
    assert steps("31480÷47≒690")


@pytest.mark.parametrize(
    "text", ["①＝12", "1個＝80円", "3時間＝3×60", "①＝400÷2＝200円", "全体を1とする"]
)
def test_names_are_no_claims(text: str) -> None:
    assert steps(text) == []


@pytest.mark.parametrize(
    ("solution", "answer", "kinds"),
    [
        ("3×4＝12\n答え　12本", "12本", []),
        ("3×4＝12\n答え　13本", "12本", ["answer"]),
        ("3×4＝12\n答え　12", "12本", ["answer-unit"]),
        ("3×4＝12\n答え　12g", "12cm", ["answer-unit"]),
        ("3×4＝12\n答え　12m", "12cm", ["answer"]),  # another length, so another value
        ("3×4＝12\n答え　12本", "12", []),
        ("3×20＝60\n答え　1時間", "60分", []),
        ("わかりません", "12本", ["no-answer"]),
        ("180÷11＝180/11\n答え　3時16と4/11分", "16と4/11分", []),
        ("180÷11＝180/11\n答え　3時16と5/11分", "16と4/11分", ["answer"]),
        ("答え　Aは3個、Bは5個", "Aが3個、Bが5個", []),
        ("答え　Aは3個、Bは6個", "Aが3個、Bが5個", ["answer"]),
        ("$\\boxed{7.2}$ 秒です。", "7.2秒", []),
        ("3×4＝12\n答え　12本", ["12本", "13本"], []),
        ("3×4＝12\n答え　15本", None, ["answer-not-last"]),
        ("3×4＝12\n答え　12本", None, []),
        ("3×4＝12、2＋3＝5\n答え　Aは12個、Bは5個", None, []),
    ],
)
def test_answers(solution: str, answer: str | list[str] | None, kinds: list[str]) -> None:
    assert [one.kind for one in audit_solution(solution, answer=answer).findings] == kinds


def test_the_result_as_a_dictionary() -> None:
    found = audit_solution("3×4＝12\n答え　12本", answer="12本").to_dict()
    json.dumps(found)
    assert found["clean"]
    assert found["answer"] == "12本"
    assert found["relation"] == "equal"
    assert found["last_result"] == "12"
    assert found["equalities"] == 1


@pytest.mark.parametrize(
    ("tokens", "value"),
    [
        ("1 + 2 * 3", 7),
        ("( 1 + 2 ) * 3", 9),
        ("8 / 2 / 2", 2),
        ("10 - 3 - 2", 5),
        ("- 3 + 5", 2),
        ("2 * - 3", -6),
        ("1 / 0", None),
        ("1 +", None),
        ("( 1", None),
        ("1 )", None),
        ("", None),
        ("1 2", None),
        ("+", None),
    ],
)
def test_expressions(tokens: str, value: int | None) -> None:
    items = [Fraction(int(word)) if word.isdigit() else word for word in tokens.split()]
    assert evaluate(items) == value


@given(
    st.recursive(
        st.integers(1, 99).map(str),
        lambda inner: st.tuples(inner, st.sampled_from("+-×"), inner).map(
            lambda t: f"({''.join(t)})"
        ),
        max_leaves=8,
    )
)
def test_any_expression_is_computed_as_python_does(expression: str) -> None:
    value = eval(expression.replace("×", "*"))
    if value < 0 or not expression.startswith("("):
        return
    assert steps(f"{expression}＝{value}") == []
    (finding,) = steps(f"{expression}＝{value + 1}")
    assert finding.computed == shown(Fraction(value))


@pytest.mark.parametrize("said", ["は", "で", "が", "では", "だと", "を計算すると", "の答えは"])
def test_a_solution_may_break_off_anywhere(said: str) -> None:
    whole = f"まず配る数を考えます。8÷4{said}、2です。次に2+5{said}7個。"
    for end in range(len(whole) + 1):
        assert steps(whole[:end]) == []
        assert steps(f"{whole[:end]} \n") == []


@given(st.lists(PIECES, max_size=40).map("".join) | st.text(max_size=80))
def test_no_text_is_an_error(text: str) -> None:
    found = audit_solution(text, answer="5本", style="strict", problem=text)
    for finding in found.findings:
        assert text[finding.start : finding.end] == finding.text
    json.dumps(found.to_dict())


@pytest.mark.slow
@pytest.mark.parametrize(
    "hostile",
    [
        lambda n: "(" * n,
        lambda n: "(" * n + "1" + ")" * n + "=1",
        lambda n: "1+" * n + "1=2",
        lambda n: "1=" * n,
        lambda n: "\\frac{" * n,
        lambda n: "3と" * n + "を",
        lambda n: "に3" * n + "て",
        lambda n: "5%×" * n + "5%=1",
        lambda n: "9999999999×" * n + "1=1",
        lambda n: "3に4をかけ" * n,
        lambda n: "1\n=\n" * n,
        lambda n: "x " * n,
        lambda n: "①" * n,
        lambda n: "答え" * n,
        lambda n: "1…" * n,
        lambda n: "3:4=" * n,
        lambda n: "|1" * n,
        lambda n: "[1" * n,
        lambda n: "- 3\n" * n,
        lambda n: "- 3個\n" * n + f"合計：{3 * n + 1}個",
        lambda n: "x+5=" * n,
        lambda n: "+".join(f"x_{i % 9}y_{i}" for i in range(n)) + "=x_1",
        lambda n: "C(5,2)=" * n,
        lambda n: "3は4です。そこから2を引くと" * (n // 4),
    ],
    ids=lambda hostile: hostile(3)[:12],
)
def test_hostile_texts_cost_linear_time(hostile: Callable[[int], str]) -> None:
    def seconds(n: int) -> float:
        best = float("inf")
        for _ in range(3):  # a collection of everything that other tests left may fall into one
            start = time.process_time()
            audit_solution(hostile(n), answer="5本", style="strict")
            best = min(best, time.process_time() - start)
        return best

    seconds(100)
    assert seconds(4800) < 12 * max(seconds(1200), 0.02)  # 4 times the text; quadratic were 16


def test_names_of_methods() -> None:
    assert methods_of("", "これは旅人算です。平均も求めます。") == ("旅人算",)
    assert methods_of("", "鶴亀算を使う") == ("つるかめ算",)
    assert "通過算" in methods_of("列車が鉄橋をわたります。", "600÷20＝30")
    assert methods_of("", "") == ()


def test_a_style_that_does_not_exist() -> None:
    with pytest.raises(UsageError, match="did you mean strict"):
        audit_solution("3×4＝12", style="strikt")


@pytest.mark.parametrize(
    ("step", "kinds"),
    [
        ("127×20＝6あまり7", ["remainder"]),
        ("150×16＝9余り6", ["remainder"]),
        ("127÷20＝6あまり7", []),
        ("5×7＝35あまり2", []),  # a product, and then what is left over
    ],
)
def test_only_a_division_leaves_a_remainder(step: str, kinds: list[str]) -> None:
    found = audit_solution(f"1. {step}\n答え：7回", answer="7回").findings
    assert [one.kind for one in found] == kinds


@pytest.mark.parametrize(
    ("stated", "clean"),
    [("3時16と4/11分", True), ("16と4/11分", True), ("13時16と4/11分", False)],
)
def test_the_hour_of_an_answer_is_one_that_the_problem_names(stated: str, clean: bool) -> None:
    problem = "3時を過ぎてから、長針と短針がはじめて重なるのは3時何分ですか。"
    solution = f"1. 90÷5.5＝16と4/11（分）\n答え：{stated}"
    assert audit_solution(solution, answer="16と4/11分", problem=problem).clean is clean


@pytest.mark.parametrize(("stated", "clean"), [(81, True), (82, False)])
def test_each_value_of_a_reference_is_wanted(stated: int, clean: bool) -> None:
    solution = f"1. 9×9＝81（個）\n2. （9－1）×4＝32（個）\n答え：全部で{stated}個、まわりは32個"
    assert audit_solution(solution, answer="全部で81個、まわりは32個").clean is clean


@pytest.mark.parametrize(("stated", "clean"), [(8, True), (5, False)])
def test_without_a_reference_the_last_value_said_is_arrived_at_too(
    stated: int, clean: bool
) -> None:
    solution = f"1. 1721÷4＝430あまり1\n2. あまりが1なので、1番目の数字は8です。\n答え：{stated}"
    assert audit_solution(solution).clean is clean
