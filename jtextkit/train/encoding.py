"""Examples as token ids: the prompt masked, the completion to be learnt, nothing cut silently."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from jtextkit.core.errors import InputError
from jtextkit.train.examples import TrainingExample

CHARACTERS_PER_TOKEN = 1.6
"""For estimates without a tokenizer: what a Japanese vocabulary of 100,000 pieces needs on JSQuAD."""

_IGNORED = -100


@dataclass(frozen=True, slots=True)
class Encoded:
    """A split ready for a trainer, and what became of its rows.

    Attributes:
        rows: ``input_ids``, ``labels`` (-100 where the prompt is) and ``loss_weight``; empty rows
            never. Without a tokenizer there are none.
        lengths: tokens of each row that is used.
        over_long: rows with more than the allowed tokens: left out, or cut (``cut``).
        cut: whether those were cut.
        weightless: rows left out because their class weighs 0.
        estimated: whether the lengths are guessed from characters.
    """

    rows: list[dict[str, Any]]
    lengths: list[int]
    over_long: int
    cut: bool
    weightless: int
    estimated: bool = False

    def counts(self) -> dict[str, Any]:
        """The figures for receipts and plans."""
        return {
            "used": len(self.lengths),
            "tokens": sum(self.lengths),
            "over_long": self.over_long,
            "over_long_were": "cut" if self.cut else "left out",
            "weight_0_left_out": self.weightless,
        }


def encode(
    examples: Iterable[TrainingExample], tokenizer: Any, *, max_length: int, cut: bool = False
) -> Encoded:
    """Token ids as TRL makes them of prompt and completion, with rows over ``max_length`` counted.

    The completion begins where the ids of the prompt alone and of the whole part ways; one end of
    sequence follows it, unless it is cut. A row of weight 0 is left out, so that it changes nothing.

    Args:
        tokenizer: of transformers; chats need its chat template.
        max_length: in tokens, prompt and end included.
        cut: cut over-long rows at ``max_length`` instead of leaving them out.

    Raises:
        InputError: a chat, and the tokenizer has no chat template.
    """
    rows: list[dict[str, Any]] = []
    over_long, weightless = 0, 0
    for example in examples:
        if not example.weight:
            weightless += 1
            continue
        prompt, whole = _ids(example, tokenizer)
        start = _common_prefix(prompt, whole)
        if len(whole) > max_length:
            over_long += 1
            if not cut or start >= max_length:
                continue  # a cut inside the prompt would leave nothing to learn
            whole = whole[:max_length]
        rows.append(
            {
                "input_ids": whole,
                "labels": [_IGNORED] * start + whole[start:],
                "loss_weight": float(example.weight),
            }
        )
    lengths = [len(row["input_ids"]) for row in rows]
    return Encoded(rows, lengths, over_long, cut, weightless)


def estimate(examples: Iterable[TrainingExample], *, max_length: int, cut: bool = False) -> Encoded:
    """Lengths without a tokenizer, by :data:`CHARACTERS_PER_TOKEN`; every row counts as used.

    A guess cannot tell which rows are over-long, so those that seem so are counted, and their length
    taken as ``max_length``.
    """
    lengths, over_long, weightless = [], 0, 0
    for example in examples:
        if not example.weight:
            weightless += 1
            continue
        prompt = example.prompt
        text = prompt if isinstance(prompt, str) else "".join([one["content"] for one in prompt])
        length = round((len(text) + len(example.completion)) / CHARACTERS_PER_TOKEN) + 1
        over_long += length > max_length
        lengths.append(min(length, max_length))
    return Encoded([], lengths, over_long, cut, weightless, estimated=True)


def _ids(example: TrainingExample, tokenizer: Any) -> tuple[list[int], list[int]]:
    """Ids of the prompt, and of prompt, completion and end of sequence."""
    if isinstance(example.prompt, str):
        prompt = open_ended(tokenizer(example.prompt)["input_ids"], tokenizer)
        text = example.prompt + example.completion + tokenizer.eos_token
        whole = open_ended(tokenizer(text)["input_ids"], tokenizer)
        return prompt, [*whole, tokenizer.eos_token_id]
    if not getattr(tokenizer, "chat_template", None):
        raise InputError(
            "the tokenizer has no chat template",
            where=str(tokenizer.name_or_path),
            cure="choose an instruction-tuned model",
        )
    answer = [{"role": "assistant", "content": example.completion}]
    chat = {"tokenize": True, "return_dict": True}
    prompt = tokenizer.apply_chat_template(example.prompt, add_generation_prompt=True, **chat)
    whole = tokenizer.apply_chat_template(example.prompt + answer, **chat)
    return list(prompt["input_ids"]), list(whole["input_ids"])


def open_ended(ids: Sequence[int], tokenizer: Any) -> list[int]:
    """``ids`` without the ends of sequence behind them, which some tokenizers add by themselves."""
    end = len(ids)
    while end and ids[end - 1] == tokenizer.eos_token_id:
        end -= 1
    return list(ids[:end])


def _common_prefix(one: Sequence[int], other: Sequence[int]) -> int:
    pairs = enumerate(zip(one, other, strict=False))
    return next((at for at, (a, b) in pairs if a != b), min(len(one), len(other)))
