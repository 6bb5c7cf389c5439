"""Composition: a wrong solver never passes, clues say what their equations say, plans are operations."""

from __future__ import annotations

import random
from dataclasses import replace
from fractions import Fraction

import pytest

from jtextkit.builders.sansu.checking import eliminate, second_answers
from jtextkit.builders.sansu.clues import CLUES, COMPARED, DOUBLE, SINGLE, Clue, Known
from jtextkit.builders.sansu.composing import compose
from jtextkit.builders.sansu.expressions import Told, n, plan_of, written
from jtextkit.builders.sansu.problems import Answer, Problem, mask, numbers_in
from jtextkit.builders.sansu.quantities import Quantity, after, both
from jtextkit.builders.sansu.sequels import sequels_to
from jtextkit.builders.sansu.stories import Topic, read_topics

ROW = """\
# 試し算 trial
[両はしに植える]
situations: way tree / 大通り いちょう / 川ぞい さくら / 通り もみじ
facts: length m {way}の長さ @{way}を分速＜each＞mで歩くと＜many＞分かかります 50-80 / gap m {tree}の間かく
sequel: price {tree} 300-900
tell gap = dice(2-9, 3-20)
tell length = gap * dice(3-20, 8-40)
find len(range(0, length + 1, gap))
- {way}に、はしからはしまで同じ間かくで{tree}を植えます。{tree}は何本ですか。
- {tree}を{way}の両はしにも植えます。{tree}は全部で何本いりますか。
> {tree}の間の数は、{gaps = length / gap:か所}です。
> 両はしにも植えるので、{trees = gaps + 1:本}です。
= {trees}本"""


def story_like_row(*lines: str) -> Topic:
    """A topic of one story: the row of trees, but for what ``lines`` say."""
    text = [*ROW.splitlines(), "[もう1つ]", "like: 両はしに植える", *lines]
    return replace(topic := read_topics(text)[0], stories=topic.stories[1:])


def made(topic: Topic, grade: int = 1, seed: int = 1) -> Problem:
    rng = random.Random(seed)
    return next(
        p for p in (compose(topic, grade, rng) for _ in range(500)) if isinstance(p, Problem)
    )


def test_two_solvers_that_differ_stop_everything() -> None:
    with pytest.raises(AssertionError, match="the two solvers differ"):
        made(story_like_row("find length"))


@pytest.mark.parametrize("answers", [[], [1, 2]])
def test_numbers_without_one_answer_are_never_used(answers: list[int]) -> None:
    several, rng = story_like_row(f"find every {answers}"), random.Random(1)
    reasons = {compose(several, 0, rng) for _ in range(50)}
    assert reasons <= {"no answer", "several answers", "too few steps"}


def test_a_solution_leaves_nothing_for_the_search() -> None:
    with pytest.raises(NameError, match="trees"):
        made(story_like_row("find trees"))


def test_the_second_solver_gets_no_hidden_fact_from_the_story() -> None:
    (story,) = story_like_row().stories
    drawn = {"gap": 5, "length": 999_999}  # a hidden fact that is wrong in the story
    clue = Clue("", ("length",), (), lambda _trees: iter(()), 1, (({"length": 2}, 100),))
    assert list(second_answers(story, drawn, {"gap": 5}, [clue], [])) == [(11,)]


NAMES = {
    "円": ("みかん1個のねだん", "なし1個のねだん"), "m": ("家から駅までの道のり", "家から海までの道のり"),
    "分速": ("兄の速さ", "弟の速さ"), "g": ("はじめの食塩水の重さ", "あとの食塩水の重さ"),
    "人": ("1分間に並ぶ人数", "1分間に入る人数"), "分": ("行きの時間", "帰りの時間"),
}  # fmt: skip
OWN = {
    "本": (
        "花は＜each＞本ずつのたばで＜many＞たばあります 3-12",
        "花を＜each＞本ずつ配ると＜many＞人に配れて＜left＞本あまります 4-12",
        "1週間に使う花は＜whole＞本です 7-7",
    ),
    "cm²": ("三角形は、底辺が＜each＞cm、高さが＜high＞cmです 6-30",),
}


@pytest.mark.parametrize(
    "unit", ["円", "m", "分速", "本", "人", "分", "g", "才", "cm²", "秒", "日", ""]
)
def test_clues_say_what_their_steps_and_equations_say(unit: str) -> None:
    """Steps lead to the hidden values by their own arithmetic, and so do the equations."""
    rng = random.Random(unit)
    one, two = (
        Quantity(key, unit, name, 1, own=OWN.get(unit, ()))
        for key, name in zip("ab", NAMES.get(unit, ("兄の数", "弟の数")), strict=True)
    )
    seen = set()
    for _ in range(4000):
        target = Known(one, rng.choice((12, 20, 45, 60, 84, 90, 120, 240, 350, 1200)))
        other = Known(two, rng.choice((15, 30, 36, 50, 80, 100, 150, 300)))
        make = rng.choice((*DOUBLE, *COMPARED, *SINGLE))
        clue = make(rng, target, None if make in SINGLE else other)
        if clue is None:
            continue
        values = {"a": target.value} | ({"b": other.value} if make in DOUBLE else {})
        seen.add(make.name)
        assert clue.says.endswith(("です", "ます", "ました")), clue.says
        assert "＜" not in clue.says
        steps = list(clue.steps({}))
        assert len(steps) == clue.count
        for key in clue.hides:
            shown = (one if key == "a" else two).told(values[key])
            assert any(shown.strip("分速m円本人才gc²秒日") in step for step in steps)
        known = {"b": Fraction(other.value)} if "b" in clue.needs else {}
        assert eliminate(clue.hides, known, clue.equations) == values
    assert len(seen) >= 3, seen


def test_a_strength_is_told_by_what_is_dissolved() -> None:
    water = Known(Quantity("a", "g", "はじめの食塩水の重さ"), 200)
    strength = Known(Quantity("p", "%", "はじめの食塩水のこさ", own=("食塩",)), 8)
    dissolved, rng = CLUES["dissolved"], random.Random(1)
    clue = dissolved(rng, strength, water)
    assert clue is not None
    assert clue.says == "はじめの食塩水には、食塩が16gとけています"
    assert list(clue.steps({})) == ["はじめの食塩水のこさは、16÷200×100＝8（%）です。"]
    assert eliminate(["p"], {"a": Fraction(200)}, clue.equations) == {"p": 8}
    assert dissolved(rng, strength, Known(water.quantity, 210)) is None


@pytest.mark.parametrize(
    ("answer", "ask", "after"),
    [
        (Answer((Fraction(24),), "24本"), "何本ですか。", ["price 花 120-300"]),
        (
            Answer((Fraction(40),), "40問"),
            "何問ですか。",
            ["times 1問に＜each＞分だと、何分ですか。 分 2-5"],
        ),
        (Answer((Fraction(35),), "35分"), "何分かかりますか。", []),
        (Answer((Fraction(35),), "35分後"), "出会うのは何分後ですか。", []),
        (Answer((Fraction(2100),), "2100m"), "道のりは何mですか。", []),
        (
            Answer((Fraction(50), Fraction(30)), "兄50枚、弟30枚"),
            "それぞれ何枚ですか。",
            ["even 兄 弟"],
        ),
    ],
)
def test_what_comes_next_is_found_again_by_other_means(answer, ask, after) -> None:
    for seed in range(40):
        rng = random.Random(seed)
        values = list(answer.values)
        for sequel in sequels_to(answer, ask, after, 4, rng):
            again = sequel.again(values)
            assert (again,) == sequel.answer.values
            values.append(again)
        assert len(values) > len(answer.values)


def test_what_two_did_at_different_times_has_no_one_time_of_day() -> None:
    ask = "母は出発してから何分で子どもに追いつきますか。"
    assert sequels_to(Answer((Fraction(26),), "26分後"), ask, [], 4, random.Random(1)) == []


def test_nothing_comes_after_what_cannot_be_reckoned_with() -> None:
    assert (
        sequels_to(
            Answer((Fraction(5, 2),), "2.5分"), "何分かかりますか。", [], 4, random.Random(1)
        )
        == []
    )
    assert sequels_to(Answer((Fraction(7),), "7才"), "何才ですか。", [], 4, random.Random(1)) == []


def test_equations_without_one_solution_are_refused() -> None:
    assert eliminate(["a"], {}, []) is None
    assert eliminate(["a"], {}, [({"a": 1}, 3), ({"a": 1}, 4)]) is None
    assert eliminate(["a", "b"], {}, [({"a": 1, "b": 1}, 3), ({"a": 2, "b": 2}, 6)]) is None


def test_a_plan_names_operations_and_kinds_of_quantities_only() -> None:
    def plan(length: int, gap: int) -> str:
        with written() as trees:
            gaps = n(Told(length, "m")) / n(Told(gap, "m"))
            text = f"{gaps:か所}{gaps.result + 1:本}"
        assert text
        return plan_of(trees)

    assert plan(120, 5) == plan(91, 7) == "①m÷m ②①＋1"
    plans = {made(story_like_row(), grade, seed).plan for grade in range(2) for seed in range(20)}
    assert len(plans) > 5


def test_a_relation_that_is_not_linear_is_no_root() -> None:
    with pytest.raises(AssertionError, match="not linear"):
        made(story_like_row("find side: side * side = length"))


@pytest.mark.parametrize(
    ("one", "two", "together", "later"),
    [
        ("兄の速さ", "妹の速さ", "兄と妹の速さ", "妹の速さ"),
        ("箱のたての長さ", "箱の横の長さ", "箱のたての長さと横の長さ", "横の長さ"),
        ("重さ", "時間", "重さと時間", "時間"),
        (
            "きのう動かした数",
            "きのうできた数",
            "きのう動かした数ときのうできた数",
            "きのうできた数",
        ),
        ("兄と弟の差", "弟と妹の差", "兄と弟の差と、弟と妹の差", "弟と妹の差"),
    ],
)
def test_names_do_not_repeat_what_they_share(one, two, together, later) -> None:
    assert both(one, two) == together
    assert after(one, two) == later


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("situations: way tree / 大通り", "もう1つ: .*shorter"),
        ("facts: length", "もう1つ: no fact: 'length'"),
        ("find length\nfind gap", "もう1つ: too many values"),
        ("planted length", "no line of a story: 'planted length'"),
    ],
)
def test_a_text_that_is_no_story_is_refused(line: str, problem: str) -> None:
    with pytest.raises(ValueError, match=problem):
        story_like_row(*line.splitlines())


def test_numbers_in_words() -> None:
    assert numbers_in("1/3と0.5と20こ") == ("0.5", "1/3", "20")
    assert mask("1/3と0.5と20こ") == "#と#と#こ"
