"""What every topic must hold; a new topic is under test once it is listed."""

from __future__ import annotations

import random
import re
from fractions import Fraction

import pytest

from jtextkit.builders.sansu.composing import compose
from jtextkit.builders.sansu.environment import split_of
from jtextkit.builders.sansu.problems import GRADES, STEPS, Problem
from jtextkit.builders.sansu.stories import Dice, Topic
from jtextkit.builders.sansu.topics import TOPICS
from jtextkit.metrics.answers import check_answer
from jtextkit.metrics.solutions import audit_solution

EACH = 12
"""Problems of each grade that are looked at; builds make thousands of the same kinds."""

SPOILT = re.compile(r"None|Fraction|\{|\}|[０-９]|、、|。。|はは|をを|がが|にに|(?<!も)のの|（）|~")


@pytest.fixture(scope="module", params=TOPICS, ids=lambda topic: topic.slug)
def topic(request: pytest.FixtureRequest) -> Topic:
    return request.param


@pytest.fixture(scope="module")
def problems(topic: Topic) -> list[Problem]:
    rng = random.Random(f"{topic.slug}:7")
    made: list[Problem] = []
    while len(made) < EACH * len(GRADES):
        problem = compose(topic, len(made) % len(GRADES), rng)
        if isinstance(problem, Problem):
            made.append(problem)
    return made


def test_names_are_unique() -> None:
    assert len(TOPICS) >= 40
    assert len({topic.slug for topic in TOPICS}) == len({topic.name for topic in TOPICS})
    for topic in TOPICS:
        assert len({story.name for story in topic.stories}) == len(topic.stories) >= 2


def test_every_story_has_situations_and_a_wording_that_lets_its_facts_be_hidden(
    topic: Topic,
) -> None:
    for story in topic.stories:
        assert len(story.situations) >= 3, story.name
        assert len(story.wordings) >= 2, story.name
        openly = {fact.key for fact in story.facts if fact.open}
        assert any(not wording.holds & openly for wording in story.wordings), story.name
        for fact in story.facts:
            told = all(fact.key in wording.holds for wording in story.wordings)
            assert fact.open == bool(fact.name) == (not told), (story.name, fact.key)


def test_every_situation_and_wording_reads_as_japanese(topic: Topic) -> None:
    for story in topic.stories:
        dice = Dice(random.Random(3), 2)
        facts = next(one for _ in range(500) if (one := story.script.drawn(dice)) is not None)
        for words in story.situations:
            values = {**words, **facts}
            values |= story.script.said(values)
            for wording in story.wordings:
                text = (wording.scene + wording.ask).format(**values)
                assert not SPOILT.search(text), text
                assert re.search(r"(か|なさい)。$", text), text


def test_problems_are_sound_and_of_their_grade(problems: list[Problem]) -> None:
    for problem in problems:
        low, high = STEPS[problem.grade]
        steps = problem.solution.steps
        assert low <= len(steps) <= high
        assert not SPOILT.search(problem.text), problem.text
        lines = problem.solution.text.splitlines()
        assert [line.split(". ")[0] for line in lines[:-1]] == [
            str(i) for i in range(1, len(lines))
        ]
        assert lines[-1] == f"答え：{problem.solution.answer.text}"
        assert all(isinstance(value, Fraction) for value in problem.solution.answer.values)
        assert "＝" in problem.plan or re.search(r"[＋－×÷]", problem.plan)


def test_the_audit_and_the_reader_of_answers_agree(problems: list[Problem]) -> None:
    for problem in problems:
        solution, answer = problem.solution.text, problem.solution.answer.text
        found = audit_solution(solution, answer=[answer], style="strict", problem=problem.text)
        assert [one for one in found.findings if not one.is_note] == [], solution
        assert found.style == (), solution
        assert check_answer(solution, answer).correct, solution


def test_plans_and_words_are_many(problems: list[Problem]) -> None:
    assert len({problem.plan for problem in problems}) >= 10
    assert len({problem.text for problem in problems}) >= 0.9 * len(problems)


def test_harder_grades_have_plans_of_every_split(topic: Topic) -> None:
    """The easiest have too, but rarely: the environment looks for them."""
    rng = random.Random(f"{topic.slug}:splits")
    splits = set()
    for _ in range(4000):
        problem = compose(topic, 1, rng)
        if isinstance(problem, Problem):
            splits.add(split_of(problem.plan))
        if len(splits) == 3:
            return
    pytest.fail(f"only {splits}")
