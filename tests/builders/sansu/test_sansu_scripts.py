"""Stories in text: numbers are drawn, found and told by their formulas."""

from __future__ import annotations

import random
from fractions import Fraction

import pytest

from jtextkit.builders.sansu.problems import Answer
from jtextkit.builders.sansu.scripts import Script
from jtextkit.builders.sansu.stories import Dice, read_topics
from jtextkit.builders.sansu.topics import TOPICS

ROW = Script(
    (
        "draw gaps = dice(3-20, 30-40)",
        "tell gap, sides = dice(2-9), 2",
        "if gap != 5",
        "tell length = gap * gaps",
    ),
    ("say told = f'{length}mの{tree}'",),
    "len(range(0, length + 1, gap)) * sides",
    (
        "let metres = n(length, 'm')",
        "> {tree}の間の数は、{gaps = metres / gap:か所}です。",
        "> 1をたします。{trees = gaps + 1:{counter}}",
        ">if sides == 2: 両側では、{trees = trees * 2:=}です。",
        ">if sides == 3: 三方では、{trees = trees * 3:=}です。",
        "= {tree}{trees}{counter}",
    ),
)


def test_what_is_drawn_is_told_only_if_the_story_says_so() -> None:
    drawn = [ROW.drawn(Dice(random.Random(seed), 1)) for seed in range(40)]
    good = [facts for facts in drawn if facts is not None]
    assert 0 < len(good) < len(drawn)
    assert all(set(facts) == {"gap", "sides", "length"} for facts in good)
    assert all(facts["gap"] != 5 and 30 <= facts["length"] / facts["gap"] <= 40 for facts in good)


def test_a_solution_shows_its_sums_and_goes_on_from_their_results() -> None:
    steps, answer = ROW.solved({"length": 12, "gap": 4, "sides": 2, "tree": "木", "counter": "本"})
    assert steps == [
        "木の間の数は、12÷4＝3（か所）です。",
        "1をたします。3＋1＝4（本）",
        "両側では、4×2＝8です。",
    ]
    assert answer == Answer((Fraction(8),), "木8本")
    assert list(ROW.found({"length": 12, "gap": 4, "sides": 2})) == [8]


@pytest.mark.parametrize(
    ("find", "found"),
    [
        ("days: days / a + days / b = 1", [2]),
        ("(a + b, days) by days: days / a + days / b = 1", [(9, 2)]),
        ("days: a + days = b + days", []),
        ("sum(1 for _ in combinations(range(a), 2))", [3]),
        ("every (days for days in range(9) if days % a == 2)", [2, 5, 8]),
    ],
)
def test_an_answer_is_found_by_an_equation_or_by_counting(find: str, found: list[object]) -> None:
    assert list(Script(find=find).found({"a": 3, "b": 6})) == found


def test_an_equation_that_is_not_of_the_first_degree_stops_everything() -> None:
    with pytest.raises(AssertionError, match=r"side: side \* side = area: .* not linear"):
        list(Script(find="side: side * side = area").found({"area": 9}))


def test_a_wording_holds_what_numbers_and_words_say_together() -> None:
    assert ROW.said({"length": 12, "tree": "木"}) == {"told": "12mの木"}


def test_what_is_done_again_and_again_is_told_step_by_step() -> None:
    script = Script(
        solution=(
            "let left = start",
            ">for place, part in enumerate(parts, 1)",
            ">if part < 5: {place}番目は{left = left - n(part):個}です。",
            ">if part >= 5: {place}番目は{part}個で、{left = left - n(part):個}です。",
            "let last = left - 1",
            ">next",
            "> 最後に1をひきます。{left - 1:個}",
            "= {last}個",
        )
    )
    steps, answer = script.solved({"start": 20, "parts": (3, 6)})
    assert steps == [
        "1番目は20－3＝17（個）です。",
        "2番目は6個で、17－6＝11（個）です。",
        "最後に1をひきます。11－1＝10（個）",
    ]
    assert answer == Answer((Fraction(10),), "10個")


def test_a_story_like_another_has_what_it_does_not_say_from_there() -> None:
    text = ["# 算 san", "[一]", "situations: a / b", "- {length}です。何mですか。", *ROW.numbers]
    text += [*ROW.says, f"find {ROW.find}", *ROW.solution]
    text += ["[二]", "like: 一", "find length", "= {length}m"]
    (topic,) = read_topics(text)
    one, two = (story.script for story in topic.stories)
    assert one == ROW
    assert two == Script(ROW.numbers, ROW.says, "length", ("= {length}m",))


def test_no_story_draws_a_number_by_the_name_of_one_that_it_tells() -> None:
    """Lines between would reckon with the wrong one."""
    for topic in TOPICS:
        for story in topic.stories:
            lines = [line.partition(" = ")[0].split(" ", 1) for line in story.script.numbers]
            names = {
                kind: {one for key, *rest in lines if key == kind for one in rest[0].split(", ")}
                for kind in ("draw", "tell")
            }
            assert not names["draw"] & names["tell"], story.name


def test_every_story_draws_finds_and_tells() -> None:
    for topic in TOPICS:
        for story in topic.stories:
            dice, script = Dice(random.Random(story.name), 2), story.script
            facts = next(drawn for _ in range(500) if (drawn := script.drawn(dice)) is not None)
            for words in story.situations:
                _, answer = script.solved({**words, **facts})
                given = [one if isinstance(one, tuple) else (one,) for one in script.found(facts)]
                assert given == [answer.values], story.name
