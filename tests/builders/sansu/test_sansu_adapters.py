"""Adapters, held to the real libraries where they are installed; all on the CPU, nothing is fetched."""

from __future__ import annotations

import inspect

import pytest

from jtextkit import sansu
from jtextkit.builders.sansu.adapters import rows
from jtextkit.rewards import answer_reward, combine, steps_reward

SOURCE = sansu.create(topics=["つるかめ算", "通過算"], grade="基礎")


def test_the_library_datasets_streams_it() -> None:
    pytest.importorskip("datasets", reason="needs: pip install jtextkit[hub]")
    stream = sansu.stream(SOURCE, 3)
    assert [row["problem"] for row in stream] == [SOURCE[i].problem for i in range(3)]
    shuffled = stream.shuffle(seed=1, buffer_size=3).take(2)
    assert len(list(shuffled)) == 2
    again = stream.map(lambda row: {"long": len(row["problem"])}).filter(lambda row: row["long"])
    assert sum(1 for _ in again) == 3


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")
def test_trl_trains_on_it(tmp_path, monkeypatch) -> None:
    """One step of GRPO of a tiny model that is made here: TRL calls the rewards with our columns."""
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    trl = pytest.importorskip("trl", reason="needs: pip install jtextkit[train]")
    transformers = pytest.importorskip("transformers", reason="needs: pip install jtextkit[train]")
    tokenizers = pytest.importorskip("tokenizers", reason="needs: pip install jtextkit[train]")
    datasets = pytest.importorskip("datasets", reason="needs: pip install jtextkit[train]")
    data = datasets.Dataset.from_list(list(rows(SOURCE, 4)))
    letters = sorted(
        {letter for row in data for letter in row["problem"] + row["prompt"][0]["content"]}
    )
    words = {word: i for i, word in enumerate(["<pad>", "<end>", "<unk>", *letters])}
    plain = tokenizers.Tokenizer(tokenizers.models.WordLevel(words, unk_token="<unk>"))
    plain.pre_tokenizer = tokenizers.pre_tokenizers.Split("", "isolated")
    tokenizer = transformers.PreTrainedTokenizerFast(
        tokenizer_object=plain, pad_token="<pad>", eos_token="<end>", unk_token="<unk>"
    )
    tokenizer.chat_template = "{% for turn in messages %}{{ turn['content'] }}{% endfor %}"
    config = transformers.LlamaConfig(
        vocab_size=len(words), hidden_size=16, intermediate_size=16, num_hidden_layers=1,
        num_attention_heads=2, pad_token_id=0, eos_token_id=1,
    )  # fmt: skip
    seen: list[list[str]] = []

    def checked(completions, **columns):
        scores = combine({answer_reward: 8, steps_reward: 1})(completions, **columns)
        seen.append(columns["answer"])
        assert all(0.0 <= score <= 1.0 for score in scores)
        return scores

    trainer = trl.GRPOTrainer(
        model=transformers.LlamaForCausalLM(config),
        processing_class=tokenizer,
        reward_funcs=[checked, answer_reward],
        train_dataset=data,
        args=trl.GRPOConfig(
            output_dir=str(tmp_path), max_steps=1, num_generations=2, max_completion_length=8,
            per_device_train_batch_size=2, use_cpu=True, bf16=False, report_to=[], save_strategy="no",
        ),
    )  # fmt: skip
    trainer.train()
    assert set(seen[0]) <= {row["answer"] for row in data}


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


def test_it_is_a_data_set_of_reasoning_gyms() -> None:
    """Whatever its own data sets have: the same methods and entries, and a place in a mixture."""
    gym = pytest.importorskip("reasoning_gym", reason="needs: pip install reasoning-gym")
    theirs = gym.create_dataset("chain_sum", seed=1, size=2)
    ours = sansu.ReasoningGym(SOURCE, size=2)
    assert ours[0].keys() == theirs[0].keys()
    assert {"source_dataset", "source_index"} <= ours[0]["metadata"].keys()
    for name in ("score_answer", "__getitem__", "__len__", "__iter__"):
        mine, other = (getattr(type(data), name) for data in (ours, theirs))
        assert len(inspect.signature(mine).parameters) == len(inspect.signature(other).parameters)
    for data in (ours, theirs):
        assert [data.score_answer(entry["answer"], entry) for entry in data] == [1.0, 1.0]


def test_verifiers_scores_it() -> None:
    vf = pytest.importorskip("verifiers", reason="needs: pip install 'verifiers<0.4' datasets")
    if not hasattr(vf, "Rubric"):
        pytest.skip("verifiers 0.4 has task sets in place of rubrics; needs: verifiers<0.4")
    from datasets import Dataset

    def sansu_answer(completion, answer, **_: object) -> float:
        return answer_reward.one(completion, answer=answer)

    env = vf.SingleTurnEnv(
        dataset=Dataset.from_list(list(rows(SOURCE, 2))), rubric=vf.Rubric(funcs=[sansu_answer])
    )
    assert env.get_dataset()[0]["answer"] == SOURCE[0].answer
