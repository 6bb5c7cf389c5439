"""Style profiles: what they forbid, and what only looks like it."""

from __future__ import annotations

import pytest

from jtextkit.metrics.solutions import METHODS, RULES, STYLES, audit_solution, methods_of
from jtextkit.metrics.solutions.style import asks_for_quantity

GOOD = (
    "1. 全部つるだとすると、2×15＝30（本）です。\n2. 44－30＝14（本）\n3. 14÷2＝7（匹）\n答え：7匹"
)


def rules(solution: str, style: str = "strict", **more: str) -> list[str]:
    return [one.rule for one in audit_solution(solution, style=style, **more).style]


def with_step(step: str) -> str:
    return f"1. {step}\n答え：7匹"


@pytest.mark.parametrize("style", STYLES)
def test_a_good_solution_breaks_nothing(style: str) -> None:
    assert rules(GOOD, style) == []
    assert audit_solution(GOOD, style=style, answer="7匹").clean


def test_no_profile_judges_no_style() -> None:
    assert audit_solution("方程式を使う。x＝7").style == ()


@pytest.mark.parametrize(
    "step",
    [
        "Aさんは毎分80mで歩くので、80×5＝400（m）",
        "点Pが辺AB上を毎秒2cmで動くと、2×6＝12cm",
        "三角形ABCの面積は6×4÷2＝12cm²",
        "三角形 ABC と四角形 PQRS",
        "A地点からB地点までは3km",
        "容器Aの水は5L、容器Bの水は3L",
        "畑は2a、牧場は3haです",
        "A、B、Cの3人で分ける",
        "Aは12個、Bは8個で、A＋B＝20",
        "ア＝12、イ＝8なので、ア＋イ＝20",
        "①＝12とすると③＝36",
        "□＝5、△＝3、○＝2",
        "時速60km（分速1km）で、1/3時間＝20分",
        "5 x 4 = 20",
        "1m20cm＝120cm、300g、5dL、2t",
        "CDを3枚、TVを1台",
        "気温は5℃、食塩水はＡとＢ",
        "A4の紙を4枚",
        "- 3×4＝12",
        "PM2.5ではなく午後2時、Q1の答え",
        "面積（m²）は12",
        "12－5－3＝4",
    ],
)
def test_units_names_points_and_figures_are_no_unknowns(step: str) -> None:
    assert rules(with_step(step)) == []


@pytest.mark.parametrize(
    ("step", "rule"),
    [
        ("りんごをx個とすると、x＋5＝12", "unknown"),
        ("2x＝14", "unknown"),
        ("y＝3×4", "unknown"),
        ("つるをｘ羽、かめをｙ匹とする", "unknown"),
        ("n番目の数は3×n＋1", "unknown"),
        ("方程式をたてる", "algebra"),
        ("連立して解く", "algebra"),
        ("5を移項する", "algebra"),
        ("√2は約1.41", "root"),
        (r"\sqrt{4}", "root"),
        ("5－8＝－3", "negative"),
        ("マイナス3になる", "negative"),
        (r"\frac{1}{2}です", "latex"),
        ("$3+4=7$です", "latex"),
        (r"\(3\times4=12\)", "latex"),
    ],
)
def test_algebra_is_found(step: str, rule: str) -> None:
    assert rule in rules(with_step(step))


def test_grade_6_may_write_a_and_x() -> None:
    step = with_step("1本x円とすると、x×6＝480。a＝3")
    assert "unknown" in rules(step, "strict")
    assert rules(step, "grade6") == []
    assert "unknown" in rules(with_step("y＝3×x"), "grade6")
    assert "algebra" in rules(with_step("方程式 x＋5＝12"), "grade6")


@pytest.mark.parametrize(
    ("solution", "rule"),
    [
        ("3×4＝12\n答え：12匹", "no-steps"),
        ("1. 3×4＝12\n3. 12－5＝7\n答え：7匹", "steps-order"),
        ("2. 3×4＝12\n3. 12－5＝7\n答え：7匹", "steps-order"),
        ("1. 3×4＝12\n1. 12－5＝7\n答え：7匹", "steps-order"),
        ("1. 3×4＝12\n2. 12－5＝7", "no-answer-line"),
        ("答え：7匹\n1. 12－5＝7\n答え：7匹", "answer-lines"),
        ("1. 12－5＝7\n答え：7匹\nこれで終わりです。", "answer-not-at-end"),
        ("1. 12－5＝7\n答え：7", "no-unit"),
    ],
)
def test_form(solution: str, rule: str) -> None:
    assert rule in rules(solution)
    assert rule in RULES


@pytest.mark.parametrize(
    "steps",
    ["① 3×4＝12\n② 12－5＝7", "(1) 3×4＝12\n(2) 12－5＝7", "手順1：3×4＝12\n手順2：12－5＝7",
     "ステップ1 3×4＝12\nステップ2 12－5＝7", "１．　3×4＝12\n２．　12－5＝7", "1) 3×4＝12\n2) 12－5＝7"],
)  # fmt: skip
def test_ways_to_number_steps(steps: str) -> None:
    assert rules(f"{steps}\n答え：7匹") == []


def test_a_unit_is_wanted_where_a_quantity_is_asked_for() -> None:
    bare = "1. 12－5＝7\n答え：7"
    assert rules(bare, problem="りんごは何個ですか。") == ["no-unit"]
    assert rules(bare, problem="ある数はいくつですか。") == []
    assert rules(bare, answer="7") == []
    assert rules(bare, answer="7個") == ["no-unit"]
    assert asks_for_quantity("何cmですか。")


def test_places_of_style() -> None:
    solution = with_step("りんごをx個とする")
    (found,) = audit_solution(solution, style="strict").style
    assert (found.line, found.text) == (1, "x")
    assert solution[found.start : found.end] == "x"


@pytest.mark.parametrize("name", METHODS)
def test_a_method_that_is_named_is_told(name: str) -> None:
    assert name in methods_of("", f"これは{name}です。")
