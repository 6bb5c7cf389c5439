"""Stories: tables and wordings are read as written, and a search knows only what is told."""

from __future__ import annotations

import random
from fractions import Fraction

import pytest

from jtextkit.builders.sansu.expressions import n
from jtextkit.builders.sansu.generation import generate, solve_twice
from jtextkit.builders.sansu.problems import Answer, Kind
from jtextkit.builders.sansu.stories import Dice, Found, Steps, Story, Words, family


class Row(Story, name="両はしに植える", method="植木算 線分図"):
    situations = """way tree
        大通り いちょう
        川ぞい さくら"""
    wordings = """
    {length}mの{way}に、{gap}mおきに{tree}を植えます。{tree}は何本ですか。
    {tree}を{gap}mおきに植えます。
      {way}の{length}mの間に、{tree}は
      何本いりますか。"""

    def draw(self, dice: Dice) -> bool:
        self.gap = dice((2, 9), (20, 29), (200, 299))
        gaps = dice((2, 20), (2, 40), (2, 90))
        self.length = self.gap * gaps
        return gaps != 3

    def solve(self, w: Words) -> Steps:
        yield f"{w.tree}の間を数えます。{(gaps := n(self.length) / self.gap):か所}"
        yield f"両はしにも植えます。{(trees := gaps.result + 1):本}"
        return Answer.of(trees, "本")

    def search(self) -> Found:
        yield len(range(0, self.length + 1, self.gap))


class Wide(Row, name="広い間", grades=(2,)):
    pass


def kind(story: type[Story]) -> Kind:
    return family("植木算", "trial", story).kinds[0]


def drawn(story: type[Story], seed: int = 1, grade: int = 0) -> Story:
    dice = random.Random(seed)
    return next(filter(None, (kind(story).draw(dice, grade) for _ in range(9))))


def test_a_story_becomes_a_kind() -> None:
    row = kind(Row)
    assert (row.name, row.grades, kind(Wide).grades) == ("両はしに植える", (0, 1, 2), (2,))
    assert row.situations == (
        {"way": "大通り", "tree": "いちょう"},
        {"way": "川ぞい", "tree": "さくら"},
    )
    facts, words = drawn(Row), row.situations[0]
    gap, length = facts.gap, facts.length
    assert [tell(facts, words) for tell in row.wordings] == [
        f"{length}mの大通りに、{gap}mおきにいちょうを植えます。いちょうは何本ですか。",
        f"いちょうを{gap}mおきに植えます。大通りの{length}mの間に、いちょうは何本いりますか。",
    ]
    solution = row.solve(facts, words)
    gaps = length // gap
    assert solution.steps == (
        f"いちょうの間を数えます。{length}÷{gap}＝{gaps}（か所）",
        f"両はしにも植えます。{gaps}＋1＝{gaps + 1}（本）",
    )
    assert solution.answer == Answer((Fraction(gaps + 1),), f"{gaps + 1}本")
    assert solution.method == ("植木算", "線分図")
    assert list(row.search(facts)) == [(gaps + 1,)]
    assert kind(Wide).solve(facts, words).method == ("植木算",), "the family's own by default"


def test_grades_have_their_ranges_and_bad_dice_are_thrown_again() -> None:
    dice = random.Random(5)
    for grade, (low, high) in enumerate([(2, 9), (20, 29), (200, 299)]):
        rows = [kind(Row).draw(dice, grade) for _ in range(300)]
        assert None in rows
        gaps = {row.gap for row in rows if row}
        assert low <= min(gaps) <= max(gaps) <= high
        assert all(row.length != 3 * row.gap for row in rows if row)
    assert Dice(dice, 1).pick("a", "b", "c") == "b"


def test_the_same_facts_are_one_problem() -> None:
    one, two, other = drawn(Row), drawn(Row), drawn(Row, seed=4)
    assert one == two
    assert len({one, two, other}) == 2
    assert one != drawn(Wide), "the same numbers in another story"
    assert repr(one) == f"Row(gap={one.gap}, length={one.length})"


class Leaking(Row, name="もれる"):
    def solve(self, w: Words) -> Steps:
        answer = yield from super().solve(w)
        self.trees = int(answer.values[0])
        return answer

    def search(self) -> Found:
        yield self.trees


def test_a_solution_leaves_nothing_for_the_search() -> None:
    with pytest.raises(AttributeError, match="trees"):
        generate(family("もれる", "leaking", Leaking), [1, 0, 0], 1)


def test_a_generated_problem_is_solved_twice() -> None:
    [problem] = generate(family("植木算", "trial", Row), [1, 0, 0], 1).problems
    assert solve_twice(kind(Row), problem) == ""


def test_a_situation_that_lacks_a_word_is_refused() -> None:
    class Short(Row, name="短い"):
        situations = "way tree\n大通り"

    with pytest.raises(ValueError, match="shorter"):
        kind(Short)


def test_a_number_and_a_word_of_one_name_are_refused() -> None:
    class Twice(Row, name="同じ名"):
        situations = "way tree gap\n大通り いちょう 間"

    row = kind(Twice)
    with pytest.raises(TypeError, match="gap"):
        row.wordings[0](drawn(Twice), row.situations[0])


def test_words_know_only_their_roles() -> None:
    words = kind(Row).situations[0]
    assert words.tree == "いちょう"
    with pytest.raises(AttributeError, match="no role 'unit'"):
        _ = words.unit


def test_a_role_that_a_dictionary_has_already_is_refused() -> None:
    class Taken(Row, name="使えない名"):
        situations = "way tree items\n大通り いちょう 本"

    with pytest.raises(ValueError, match="may not be called items"):
        kind(Taken)
