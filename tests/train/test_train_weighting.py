"""Class weights really weigh: against the stock trainer, and against gradients worked out apart."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from train_checks import EASY, HARD, WARNINGS

from jtextkit.train.encoding import TrainingExample, encode
from jtextkit.train.models import load_tokenizer
from jtextkit.train.weighting import WEIGHT, weighted_trainer, weighting_collator

torch = pytest.importorskip(
    "torch", reason='needs the extra train: python -m pip install -e ".[train]"'
)
trl = pytest.importorskip(
    "trl", reason='needs the extra train: python -m pip install -e ".[train]"'
)
pytestmark = [pytest.mark.slow, *(pytest.mark.filterwarnings(one) for one in WARNINGS)]

Delta = dict[str, Any]


@pytest.fixture(scope="module")
def rows(tiny_model: Path) -> list[dict[str, Any]]:
    """Easy and hard texts in turn, of different lengths."""
    tokenizer = load_tokenizer(str(tiny_model))
    examples = [
        TrainingExample(
            "問い：\n",
            (HARD if number % 2 else EASY * (1 + number // 4)).replace("{}", str(number)),
        )
        for number in range(8)
    ]
    return encode(examples, tokenizer, max_length=1000).rows


def weighed(rows: Sequence[dict[str, Any]], easy: float, hard: float) -> list[dict[str, Any]]:
    return [{**row, WEIGHT: (easy, hard)[number % 2]} for number, row in enumerate(rows)]


def trainer_of(
    kind: Any,
    model: Path,
    rows: Sequence[dict[str, Any]],
    out: Path,
    peft: Any = None,
    **options: Any,
) -> Any:
    from datasets import Dataset
    from transformers import AutoModelForCausalLM

    tokenizer = load_tokenizer(str(model))
    collator = (
        weighting_collator(tokenizer.pad_token_id)
        if kind is weighted_trainer()
        else trl.trainer.sft_trainer.DataCollatorForLanguageModeling(
            pad_token_id=tokenizer.pad_token_id
        )
    )
    settings = {
        "output_dir": str(out),
        "use_cpu": True,
        "bf16": False,
        "max_length": None,
        "gradient_checkpointing": False,
        "report_to": "none",
        "disable_tqdm": True,
        "save_strategy": "no",
        "dataloader_pin_memory": False,
        "logging_steps": 1,
        **options,
    }
    return kind(
        model=AutoModelForCausalLM.from_pretrained(model),
        args=trl.SFTConfig(**settings),
        data_collator=collator,
        train_dataset=Dataset.from_list(list(rows)),
        processing_class=tokenizer,
        peft_config=peft,
    )


def one_step(model: Path, rows: Sequence[dict[str, Any]], out: Path, **options: Any) -> Delta:
    """The gradient of one step over all ``rows``, read off plain gradient descent with rate 1."""
    plain = {"optim": "sgd", "learning_rate": 1.0, "lr_scheduler_type": "constant"}
    plain |= {"max_grad_norm": 0.0, "weight_decay": 0.0, "max_steps": 1}
    plain |= {"per_device_train_batch_size": len(rows)} | options
    trainer = trainer_of(weighted_trainer(), model, rows, out, **plain)
    before = {name: one.detach().clone() for name, one in trainer.model.named_parameters()}
    trainer.train()
    return {name: before[name] - one.detach() for name, one in trainer.model.named_parameters()}


def same(one: Delta, other: Delta, tolerance: float = 2e-6) -> bool:
    return all(torch.allclose(one[name], other[name], rtol=1e-4, atol=tolerance) for name in one)


def combined(*parts: tuple[float, Delta]) -> Delta:
    return {name: sum(factor * part[name] for factor, part in parts) for name in parts[0][1]}


def by_hand(model: Path, rows: Sequence[dict[str, Any]]) -> Delta:
    """The gradient of the weighted mean loss, from the model's logits alone."""
    from transformers import AutoModelForCausalLM

    plain = AutoModelForCausalLM.from_pretrained(model)
    plain.train()
    tokens = sum(label != -100 for row in rows for label in row["labels"][1:])
    for row in rows:
        logits = plain(torch.tensor([row["input_ids"]])).logits[0, :-1]
        labels = torch.tensor(row["labels"][1:])
        loss = torch.nn.functional.cross_entropy(logits, labels, reduction="sum")
        (row[WEIGHT] * loss / tokens).backward()
    return {name: one.grad for name, one in plain.named_parameters()}


def test_weights_of_1_are_the_stock_trainer_to_the_last_bit(
    rows: list[dict[str, Any]], tiny_model: Path, tmp_path: Path
) -> None:
    from peft import LoraConfig

    ends = []
    for kind in (trl.SFTTrainer, weighted_trainer()):
        trainer = trainer_of(
            kind,
            tiny_model,
            rows,
            tmp_path,
            per_device_train_batch_size=2,
            gradient_accumulation_steps=2,
            num_train_epochs=3,
            learning_rate=1e-2,
            peft=LoraConfig(r=4, lora_dropout=0.1, target_modules="all-linear"),
        )
        trainer.train()
        losses = [entry["loss"] for entry in trainer.state.log_history if "loss" in entry]
        ends.append((losses, {k: v.clone() for k, v in trainer.model.state_dict().items()}))
    (stock_losses, stock), (our_losses, ours) = ends
    assert len(our_losses) == 6
    assert our_losses == stock_losses
    assert len(set(our_losses)) == 6
    assert all(torch.equal(stock[name], ours[name]) for name in stock)


def test_the_gradient_is_that_of_the_weighted_mean(
    rows: list[dict[str, Any]], tiny_model: Path, tmp_path: Path
) -> None:
    heavy = weighed(rows, 1.5, 1.0)
    found = one_step(tiny_model, heavy, tmp_path)
    assert same(found, by_hand(tiny_model, heavy))
    assert not same(found, by_hand(tiny_model, weighed(rows, 1.0, 1.0)))


def test_twice_the_weight_is_twice_the_gradient(
    rows: list[dict[str, Any]], tiny_model: Path, tmp_path: Path
) -> None:
    even = one_step(tiny_model, weighed(rows, 1, 1), tmp_path)
    double = one_step(tiny_model, weighed(rows, 2, 1), tmp_path)
    easy = by_hand(tiny_model, [{**row, WEIGHT: 1 - number % 2} for number, row in enumerate(rows)])
    assert same(combined((1, double), (-1, even)), easy)
    assert same(one_step(tiny_model, weighed(rows, 2, 2), tmp_path), combined((2, even)))


def test_weight_0_equals_leaving_the_rows_out(
    rows: list[dict[str, Any]], tiny_model: Path, tmp_path: Path
) -> None:
    without = one_step(tiny_model, weighed(rows, 1, 1)[::2], tmp_path)
    assert same(one_step(tiny_model, weighed(rows, 1, 0), tmp_path), without)


def test_the_weights_reach_the_loss(
    rows: list[dict[str, Any]], tiny_model: Path, tmp_path: Path
) -> None:
    """The stock trainer drops a column that it does not know; ours must not."""
    some = weighed(rows, 1.5, 1.0)
    stock = trainer_of(trl.SFTTrainer, tiny_model, some, tmp_path)
    assert WEIGHT not in next(iter(stock.get_train_dataloader()))
    ours = trainer_of(weighted_trainer(), tiny_model, some, tmp_path)
    assert ours.args.remove_unused_columns
    batch = next(iter(ours.get_train_dataloader()))
    assert set(batch[WEIGHT].tolist()) == {1.5, 1.0}


@pytest.mark.parametrize(("batch", "steps"), [(1, 8), (2, 4), (3, 3)])
def test_accumulation_changes_nothing(
    batch: int, steps: int, rows: list[dict[str, Any]], tiny_model: Path, tmp_path: Path
) -> None:
    some = weighed(rows, 1.5, 1.0)
    whole = one_step(tiny_model, some, tmp_path)
    parts = one_step(
        tiny_model,
        some,
        tmp_path,
        per_device_train_batch_size=batch,
        gradient_accumulation_steps=steps,
    )
    assert same(parts, whole)


def test_evaluation_is_not_weighed(
    rows: list[dict[str, Any]], tiny_model: Path, tmp_path: Path
) -> None:
    plain = [{key: row[key] for key in ("input_ids", "labels")} for row in rows]
    from datasets import Dataset

    losses = [
        trainer_of(
            kind, tiny_model, weighed(rows, 9, 1), tmp_path, prediction_loss_only=True
        ).evaluate(Dataset.from_list(plain))["eval_loss"]
        for kind in (trl.SFTTrainer, weighted_trainer())
    ]
    assert losses[0] == losses[1]


def test_two_processes_are_one(
    rows: list[dict[str, Any]], tiny_model: Path, tmp_path: Path
) -> None:
    """Each of two processes has half of the rows; together they take the step of one with all."""
    some = weighed(rows, 1.5, 1.0)
    torch.save({"rows": some, "model": str(tiny_model)}, tmp_path / "given.pt")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    root = Path(__file__).resolve().parents[2]
    children = [
        subprocess.Popen(
            [sys.executable, str(Path(__file__).with_name("two_processes.py")), str(tmp_path)],
            env={
                **os.environ,
                "PYTHONPATH": os.pathsep.join((str(root), str(root / "tests"))),
                "RANK": str(rank),
                "LOCAL_RANK": str(rank),
                "WORLD_SIZE": "2",
                "MASTER_ADDR": "127.0.0.1",
                "MASTER_PORT": str(port),
                "OMP_NUM_THREADS": "1",
            },
            stderr=subprocess.PIPE,
        )
        for rank in range(2)
    ]
    for child in children:
        _, complaint = child.communicate(timeout=120)
        assert child.returncode == 0, complaint.decode()
    whole = one_step(tiny_model, some, tmp_path)
    for rank in range(2):
        assert same(torch.load(tmp_path / f"step-{rank}.pt"), whole)
