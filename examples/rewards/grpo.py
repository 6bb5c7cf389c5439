"""A policy learns sums from the reward of its answers alone: GRPO of TRL, on a CPU, in a minute or two.

    python examples/rewards/grpo.py [FOLDER]

The model has two layers, random weights and a vocabulary of a few characters, so the first answers are
guesses. With a real model nothing changes but the model, the problems and the number of steps.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import Any

CHARACTERS = [*"0123456789＋は何ですか。個", "<eos>", "<pad>"]


def model_and_tokenizer() -> tuple[Any, Any]:
    """A tiny Llama, and a tokenizer that takes each character for a token."""
    import torch
    from tokenizers import Tokenizer, models, pre_tokenizers
    from transformers import LlamaConfig, LlamaForCausalLM, PreTrainedTokenizerFast

    whole = Tokenizer(models.WordLevel({c: n for n, c in enumerate(CHARACTERS)}, unk_token="<pad>"))
    whole.pre_tokenizer = pre_tokenizers.Split("", "isolated")
    tokenizer = PreTrainedTokenizerFast(
        tokenizer_object=whole, eos_token="<eos>", pad_token="<pad>", padding_side="left"
    )
    torch.manual_seed(1)
    config = LlamaConfig(
        vocab_size=len(CHARACTERS),
        hidden_size=64,
        intermediate_size=128,
        num_hidden_layers=2,
        num_attention_heads=4,
        eos_token_id=CHARACTERS.index("<eos>"),
        pad_token_id=CHARACTERS.index("<pad>"),
        bos_token_id=None,
    )
    return LlamaForCausalLM(config), tokenizer


def learn(folder: Path, steps: int = 120) -> list[dict[str, float]]:
    """Train, and give what TRL logged of each step."""
    from datasets import Dataset
    from trl import GRPOConfig, GRPOTrainer

    from jtextkit.rewards import answer_reward

    problems = [
        {"prompt": f"{a}＋{b}は何個ですか。", "answer": str(a + b)}
        for a in range(1, 4)
        for b in range(1, 4)
    ]
    model, tokenizer = model_and_tokenizer()
    trainer = GRPOTrainer(
        model=model,
        processing_class=tokenizer,
        reward_funcs=[answer_reward],
        train_dataset=Dataset.from_list(problems * 40),
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
    trainer.train()
    return [step for step in trainer.state.log_history if "reward" in step]


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as temporary:
        logged = learn(Path(sys.argv[1] if len(sys.argv) > 1 else temporary))
    for number in range(0, len(logged), 10):
        part = logged[number : number + 10]
        print(f"step {number:3}: mean reward {sum(s['reward'] for s in part) / len(part):.2f}")
