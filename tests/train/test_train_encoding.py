"""Prompts are masked, ends are learnt, over-long rows are counted: as TRL itself would encode."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from train_checks import WARNINGS, sansu_set, stx_set

from jtextkit.builders.sets.reading import open_set
from jtextkit.core.errors import InputError
from jtextkit.train.encoding import TrainingExample, encode, examples_of
from jtextkit.train.models import load_tokenizer
from jtextkit.train.presets import configuration

pytest.importorskip("torch", reason='needs the extra train: python -m pip install -e ".[train]"')
trl = pytest.importorskip(
    "trl", reason='needs the extra train: python -m pip install -e ".[train]"'
)
pytestmark = [pytest.mark.filterwarnings(one) for one in WARNINGS]


@pytest.fixture(scope="module")
def tokenizer(tiny_model: Path) -> Any:
    return load_tokenizer(str(tiny_model))


def learnt(row: dict[str, Any], tokenizer: Any) -> str:
    ids = [one for one in row["labels"] if one != -100]
    assert ids == row["input_ids"][len(row["labels"]) - len(ids) :]
    return str(tokenizer.decode(ids))


def test_only_the_completion_and_its_end_are_learnt(tokenizer: Any) -> None:
    found = encode([TrainingExample("問い：\n", "今日は。", 1.5)], tokenizer, max_length=100)
    (row,) = found.rows
    assert learnt(row, tokenizer) == "今日は。</s>"
    assert tokenizer.decode(row["input_ids"]) == "問い：\n今日は。</s>"
    assert row["loss_weight"] == 1.5
    assert found.lengths == [len(row["input_ids"])]


def test_a_chat_is_learnt_from_the_answer_on(tokenizer: Any, tmp_path: Path) -> None:
    built = open_set(sansu_set(tmp_path / "set"))
    rows = built.splits["train"]
    examples = examples_of("sansu", built, "train", configuration("train/sansu"))
    for encoded, row in zip(encode(examples, tokenizer, max_length=2000).rows, rows, strict=True):
        assert learnt(encoded, tokenizer).startswith(f"{row['solution']}</s>")
        whole = tokenizer.decode(encoded["input_ids"])
        assert whole.startswith("<system>あなたは")
        assert row["problem"] in whole


def test_a_chat_needs_a_template(tiny_model: Path) -> None:
    bare = load_tokenizer(str(tiny_model))
    bare.chat_template = None
    with pytest.raises(InputError, match="no chat template"):
        encode(
            [TrainingExample([{"role": "user", "content": "問い"}], "答え")], bare, max_length=100
        )


@pytest.mark.slow
@pytest.mark.parametrize("task", ["stx", "sansu"])
def test_rows_are_encoded_as_trl_encodes_them(
    task: str, tokenizer: Any, tiny_model: Path, tmp_path: Path
) -> None:
    """TRL's own trainer, given prompts and completions, makes the same ids and labels."""
    from datasets import Dataset
    from transformers import AutoModelForCausalLM

    built = open_set((stx_set if task == "stx" else sansu_set)(tmp_path / "set"))
    config = configuration(f"train/{task}")
    examples = examples_of(task, built, "train", config)
    raw = [
        {"prompt": one.prompt, "completion": one.completion}
        if isinstance(one.prompt, str)
        else {
            "prompt": one.prompt,
            "completion": [{"role": "assistant", "content": one.completion}],
        }
        for one in examples
    ]
    trainer = trl.SFTTrainer(
        model=AutoModelForCausalLM.from_pretrained(tiny_model),
        args=trl.SFTConfig(
            output_dir=str(tmp_path), use_cpu=True, bf16=False, max_length=None, report_to="none"
        ),
        train_dataset=Dataset.from_list(raw),
        processing_class=tokenizer,
    )
    theirs = [(row["input_ids"], row["labels"]) for row in trainer.train_dataset]
    ours = encode(examples, tokenizer, max_length=10_000).rows
    assert [(row["input_ids"], row["labels"]) for row in ours] == theirs


def test_over_long_rows_are_left_out_or_cut_and_counted(tokenizer: Any) -> None:
    short, long = (
        TrainingExample("問い：\n", "はい。"),
        TrainingExample("問い：\n", "長い文。" * 50),
    )
    limit = len(encode([short], tokenizer, max_length=1000).rows[0]["input_ids"])
    left = encode([short, long], tokenizer, max_length=limit)
    assert (len(left.rows), left.over_long) == (1, 1)
    assert left.counts()["over_long_were"] == "left out"
    cut = encode([short, long], tokenizer, max_length=limit, cut=True)
    assert [len(row["input_ids"]) for row in cut.rows] == [limit, limit]
    assert cut.over_long == 1
    assert cut.rows[1]["input_ids"][-1] != tokenizer.eos_token_id


def test_a_cut_inside_the_prompt_leaves_nothing_to_learn(tokenizer: Any) -> None:
    found = encode([TrainingExample("長い問い" * 50, "はい。")], tokenizer, max_length=10, cut=True)
    assert found.rows == []
    assert found.over_long == 1


def test_rows_of_weight_0_are_left_out_and_counted(tokenizer: Any) -> None:
    found = encode(
        [TrainingExample("a", "b", 0.0), TrainingExample("a", "b")], tokenizer, max_length=99
    )
    assert len(found.rows) == 1
    assert found.counts()["weight_0_left_out"] == 1
