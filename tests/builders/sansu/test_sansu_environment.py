"""The environment: endless, indexable, picklable; rewards in parts; plans held out; thin adapters."""

from __future__ import annotations

import itertools
import pickle
from types import SimpleNamespace

import pytest

import jtextkit
from jtextkit import sansu
from jtextkit.builders.sansu.adapters import rows
from jtextkit.builders.sansu.environment import split_of
from jtextkit.builders.sansu.problems import GRADES
from jtextkit.core.errors import UsageError


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


def test_trl_calls_the_reward_with_the_columns_of_a_batch() -> None:
    batch = list(rows(sansu.create(topics=["和差算"]), 3))
    assert [turn["role"] for turn in batch[0]["prompt"]] == ["system", "user"]
    columns = {name: [row[name] for row in batch] for name in batch[0]}
    chats = [[{"role": "assistant", "content": row["solution"]}] for row in batch]
    chats[2] = [{"role": "assistant", "content": "わかりません。"}]
    reward = sansu.reward_function()
    prompts = columns.pop("prompt")
    scores = reward(prompts=prompts, completions=chats, trainer_state=SimpleNamespace(), **columns)
    assert scores == [1.0, 1.0, 0.0]
    assert sansu.reward_function("answer").__name__ == "sansu_answer"


def test_reasoning_gym_reads_it() -> None:
    data = sansu.ReasoningGym(sansu.create(topics=["仕事算"]), size=2)
    first, second = data
    assert len(data) == 2
    assert data.score_answer(first["answer"], first) == 1.0
    assert data.score_answer(second["answer"] + "0", first) == 0.0
    assert data.score_answer(None, first) == 0.0
    assert first["metadata"]["source_index"] == 0
    with pytest.raises(IndexError):
        data[2]


def test_the_library_datasets_streams_it() -> None:
    pytest.importorskip("datasets", reason="needs: pip install jtextkit[hub]")
    source = sansu.create(topics=["比と割合"])
    stream = sansu.stream(source, 3)
    assert [row["problem"] for row in stream] == [source[i].problem for i in range(3)]


def test_it_is_at_the_front_door() -> None:
    assert jtextkit.sansu is sansu
