"""A policy learns answers of 算数 from their reward alone: GRPO of TRL, on a CPU, in a minute or two.

    python examples/rewards/grpo.py [FOLDER]

The environment is jtextkit's own source of problems. The model has two layers and random weights, reads by
the character and knows the answers as words, so the first ones are guesses; in the end it has these few problems by
heart. With a real model nothing changes but the model, the number of problems and of steps.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from jtextkit.builders.sansu import Exercise


def model_and_tokenizer(problems: list[Exercise]) -> tuple[Any, Any]:
    """A tiny Llama, and a tokenizer that takes each character for a token, and each answer for one."""
    import torch
    from tokenizers import Tokenizer, models, pre_tokenizers
    from transformers import LlamaConfig, LlamaForCausalLM, PreTrainedTokenizerFast

    characters = sorted({c for one in problems for c in one.problem})
    words = ["<pad>", "<eos>", *dict.fromkeys(one.answer for one in problems), *characters]
    whole = Tokenizer(models.WordLevel({c: n for n, c in enumerate(words)}, unk_token="<pad>"))
    whole.pre_tokenizer = pre_tokenizers.Split("", "isolated")
    tokenizer = PreTrainedTokenizerFast(
        tokenizer_object=whole, eos_token="<eos>", pad_token="<pad>", padding_side="left"
    )
    torch.manual_seed(1)
    config = LlamaConfig(
        vocab_size=len(words),
        hidden_size=64,
        intermediate_size=128,
        num_hidden_layers=2,
        num_attention_heads=4,
        eos_token_id=1,
        pad_token_id=0,
        bos_token_id=None,
    )
    return LlamaForCausalLM(config), tokenizer


def learn(folder: Path, steps: int = 120) -> list[dict[str, float]]:
    """Train, and give what TRL logged of each step."""
    from datasets import Dataset
    from transformers import PrinterCallback
    from trl import GRPOConfig, GRPOTrainer

    from jtextkit import sansu
    from jtextkit.rewards import answer_reward

    source = sansu.create(topics=["植木算"], grade="基礎", seed=1)
    problems = [source[n] for n in range(6)]
    model, tokenizer = model_and_tokenizer(problems)
    rows = [{"prompt": one.problem, "answer": one.answer} for one in problems]
    trainer = GRPOTrainer(
        model=model,
        processing_class=tokenizer,
        reward_funcs=[answer_reward],
        train_dataset=Dataset.from_list(rows * 40),
        args=GRPOConfig(
            output_dir=str(folder),
            use_cpu=True,
            max_steps=steps,
            per_device_train_batch_size=64,
            num_generations=32,
            max_completion_length=1,
            learning_rate=2e-3,
            lr_scheduler_type="constant",
            logging_steps=1,
            save_strategy="no",
            report_to=[],
            disable_tqdm=True,
            seed=1,
        ),
    )
    trainer.remove_callback(PrinterCallback)
    trainer.train()
    return [step for step in trainer.state.log_history if "reward" in step]


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as temporary:
        logged = learn(Path(sys.argv[1] if len(sys.argv) > 1 else temporary))
    for number in range(0, len(logged), 10):
        part = logged[number : number + 10]
        print(f"step {number:3}: mean reward {sum(s['reward'] for s in part) / len(part):.2f}")
