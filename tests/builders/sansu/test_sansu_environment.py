"""The environment: endless, indexable, picklable; rewards in parts; plans held out; thin adapters."""

from __future__ import annotations

import itertools
import pickle

import pytest

import jtextkit
from jtextkit import sansu
from jtextkit.builders.sansu.adapters import rows
from jtextkit.builders.sansu.environment import problem_at, split_of
from jtextkit.builders.sansu.problems import GRADES
from jtextkit.builders.sansu.stories import Topic
from jtextkit.builders.sansu.topics import TOPICS
from jtextkit.builders.sets.splits import SPLITS
from jtextkit.core.errors import UsageError
from jtextkit.rewards import answer_reward, combine, steps_reward, style_reward


def test_a_source_is_indexable_and_picklable() -> None:
    source = sansu.create(topics=["つるかめ算", "tabibito"], grade="標準", seed=3)
    again = pickle.loads(pickle.dumps(source))
    assert [again[i] for i in (5, 0, 2)] == [source[i] for i in (5, 0, 2)]
    assert list(itertools.islice(source, 4)) == [source[i] for i in range(4)]
    assert {item.topic for item in itertools.islice(source, 4)} == {"つるかめ算", "旅人算"}
    assert source[0].grade == "標準"
    assert source[0] != sansu.create(topics=["つるかめ算", "tabibito"], grade="標準", seed=4)[0]
    with pytest.raises(IndexError):
        source[-1]


def test_everything_takes_its_turn() -> None:
    source = sansu.create()
    first = [source[i] for i in range(len(source.topics))]
    assert [item.topic for item in first] == list(source.topics)
    assert {item.grade for item in first} == set(GRADES)


@pytest.mark.parametrize("split", ["train", "validation", "test"])
def test_plans_of_other_splits_are_not_given(split: str) -> None:
    source = sansu.create(topics=["旅人算"], seed=2, split=split)
    for item in itertools.islice(source, 6):
        assert split_of(item.plan) == item.split == split


@pytest.mark.parametrize("topic", TOPICS, ids=lambda topic: topic.slug)
def test_every_topic_has_problems_of_each_grade_for_every_split(topic: Topic) -> None:
    """A set of any size and seed asks for them; the rarest is one of some hundred that are drawn."""
    for grade, split, seed in itertools.product(range(len(GRADES)), SPLITS, (1, 4711)):
        problem = problem_at(topic, grade, split, seed, index=seed)
        assert (problem.grade, split_of(problem.plan)) == (grade, split)


@pytest.mark.parametrize(
    "wrong", [{"topics": ["鶴亀算"]}, {"grade": "難問"}, {"split": "dev"}], ids=str
)
def test_names_that_do_not_exist(wrong: dict) -> None:
    with pytest.raises(UsageError, match=next(iter(wrong)).removesuffix("s")):
        sansu.create(**wrong)


def test_a_reward_has_parts() -> None:
    item = sansu.create(topics=["植木算"], grade="基礎")[1]
    assert item.verify(item.solution) == sansu.RewardParts(1.0, 1.0, 1.0)
    wrong = item.verify("1. 3×4＝13なので、13です。\n答え：123456本")
    assert (wrong.answer, wrong.steps, wrong.total) == (0.0, 0.0, pytest.approx(0.1))
    bare = item.verify(item.answer)
    assert (bare.answer, bare.steps, bare.style) == (1.0, 0.0, 0.0)
    assert item.verify("").total == 0.0


def test_a_curriculum_moves_with_success() -> None:
    course = sansu.Curriculum(["植木算"], window=2)
    assert course.next().grade == "基礎"
    for expected, results in (
        ("標準", (1, 1)), ("標準", (1, 0)), ("発展", (1, 1)), ("発展", (1, 1)), ("標準", (0, 0)),
        ("基礎", (0, 0)), ("基礎", (0, 0)),
    ):  # fmt: skip
        for result in results:
            course.record(result)
        assert course.grade == expected == course.next().grade
    one, two = course.next(), course.next()
    assert one.problem != two.problem
    with pytest.raises(UsageError):
        sansu.Curriculum(up=0.2, down=0.5)


def test_the_rewards_take_the_rows_as_they_are() -> None:
    batch = list(rows(sansu.create(topics=["通過算"]), 3))
    assert [turn["role"] for turn in batch[0]["prompt"]] == ["system", "user"]
    columns = {name: [row[name] for row in batch] for name in batch[0]}
    chats = [[{"role": "assistant", "content": row["solution"]}] for row in batch]
    chats[2] = [{"role": "assistant", "content": "わかりません。"}]
    prompts = columns.pop("prompt")
    reward = combine({answer_reward: 8, steps_reward: 1, style_reward: 1})
    *right, lost = reward(prompts=prompts, completions=chats, **columns)
    assert min(right) >= 0.9  # several amounts are no one equation's result
    assert lost == 0.0


def test_it_is_at_the_front_door() -> None:
    assert jtextkit.sansu is sansu
