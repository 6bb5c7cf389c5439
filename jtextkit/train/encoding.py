"""Rows of a set as what a model sees and what it must write, and both as token ids: the prompt masked, the
completion to be learnt, nothing cut silently.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from jtextkit.builders.sets.reading import TextSet
from jtextkit.core.errors import FormatError, InputError, first_line
from jtextkit.core.extras import require

LEVELS = ("Simple", "Complex")
"""The names of the integers in a built set's ``label``."""

CHARACTERS_PER_TOKEN = 1.6
"""For estimates without a tokenizer: what a Japanese vocabulary of 100,000 pieces needs on JSQuAD."""

_IGNORED = -100


@dataclass(frozen=True, slots=True)
class TrainingExample:
    """One row to learn.

    Attributes:
        prompt: text, or the messages of a chat before the answer.
        completion: what is to be written, the only part that the loss counts.
        weight: how much, 1 as usual.
        group: its class (``Simple``); "" without any.
    """

    prompt: str | list[dict[str, str]]
    completion: str
    weight: float = 1.0
    group: str = ""


def difficulty_prompt(config: Mapping[str, Any], level: str) -> str:
    """The prompt that asks for a text of ``level``, as trained on and as generated from."""
    template: str = config["prompt"]
    return template.replace("{level}", level).replace("{style}", config["styles"][level])


def examples_of(
    task: str, data: TextSet, split: str, config: Mapping[str, Any]
) -> list[TrainingExample]:
    """The examples of ``task`` (difficulty, stx, sansu), one for each row of a split, in order."""
    make, columns = _MAKERS[task]
    found = []
    for row in data.rows:
        if row.split != split:
            continue
        try:
            found.append(make(row.values, config))
        except (KeyError, TypeError, ValueError, IndexError) as error:
            raise FormatError(
                f"no row for {task} ({error.args[0] if error.args else error})",
                where=row.place,
                cure=f"columns wanted: {columns}",
            ) from None
    return found


def groups_of(examples: Iterable[TrainingExample]) -> dict[str, int]:
    """How many examples each class has."""
    return dict(sorted(Counter(one.group for one in examples if one.group).items()))


def _difficulty(row: Mapping[str, Any], config: Mapping[str, Any]) -> TrainingExample:
    label = row["label"]
    if label not in (*range(len(LEVELS)), *LEVELS):
        raise ValueError(f"label {label!r} is not 0 or 1, Simple or Complex")
    level = label if isinstance(label, str) else LEVELS[label]
    prompt = difficulty_prompt(config, level)
    return TrainingExample(prompt, _text(row, "text"), config["class_weights"][level], level)


def _stx(row: Mapping[str, Any], _: Mapping[str, Any]) -> TrainingExample:
    return TrainingExample(_text(row, "prompt"), _text(row, "completion"))


def _sansu(row: Mapping[str, Any], config: Mapping[str, Any]) -> TrainingExample:
    """The row's problem under the configuration's system prompt, which is the set's own by default."""
    asked, answered = ("problem", "solution") if "problem" in row else ("prompt", "completion")
    prompt = [
        {"role": "system", "content": str(config["system_prompt"])},
        {"role": "user", "content": _text(row, asked)},
    ]
    return TrainingExample(prompt, _text(row, answered))


def _text(row: Mapping[str, Any], column: str) -> str:
    text = row[column]
    if not isinstance(text, str) or not text:
        raise ValueError(f"{column} holds no text")
    return text


_Maker = Callable[[Mapping[str, Any], Mapping[str, Any]], TrainingExample]
_MAKERS: dict[str, tuple[_Maker, str]] = {
    "difficulty": (_difficulty, "text, label"),
    "stx": (_stx, "prompt, completion"),
    "sansu": (_sansu, "problem, solution (or prompt, completion)"),
}
"""What makes an example of a row, and the columns that it wants."""


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
        merged: rows whose prompt and completion the tokenizer would merge at the seam.
        moved: chats whose system text stands in the user's turn; see :func:`chat_text`.
    """

    rows: list[dict[str, Any]]
    lengths: list[int]
    over_long: int
    cut: bool
    weightless: int
    estimated: bool = False
    merged: int = 0
    moved: int = 0

    def counts(self) -> dict[str, Any]:
        """The figures for receipts and plans."""
        return {
            "used": len(self.lengths),
            "tokens": sum(self.lengths),
            "over_long": self.over_long,
            "over_long_were": "cut" if self.cut else "left out",
            "weight_0_left_out": self.weightless,
            "encoded_apart": self.merged,
            "system_in_user_turn": self.moved,
        }


def encode(
    examples: Iterable[TrainingExample],
    tokenizer: Any,
    *,
    max_length: int,
    max_prompt_length: int = 0,
    cut: bool = False,
) -> Encoded:
    """Token ids as TRL makes them of prompt and completion, with over-long rows counted.

    One end of sequence follows a completion, unless it is cut. Where the tokenizer would make one
    token of the prompt's end and the completion's beginning, the two are encoded apart: a model is
    asked with the prompt alone, so that is what it must have seen. A row of weight 0 is left out, so
    that it changes nothing.

    Args:
        tokenizer: of transformers; chats need its chat template.
        max_length: in tokens, prompt and end included.
        max_prompt_length: of the prompt alone; the completion then has the rest of ``max_length``.
        cut: cut over-long rows instead of leaving them out.

    Raises:
        InputError: a chat, and the tokenizer has no chat template, or none that takes it.
    """
    rows: list[dict[str, Any]] = []
    over_long, weightless, merged, moved = 0, 0, 0, 0
    for example in examples:
        if not example.weight:
            weightless += 1
            continue
        prompt, completion, was_merged, was_moved = _ids(example, tokenizer)
        merged += was_merged
        moved += was_moved
        longest = max_prompt_length or max_length
        room = max_length - (max_prompt_length or len(prompt))
        if len(prompt) > longest or len(completion) > room:
            over_long += 1
            if not cut or room <= 0:
                continue  # a cut inside the prompt would leave nothing to learn
            prompt, completion = prompt[:longest], completion[:room]
        rows.append(
            {
                "input_ids": prompt + completion,
                "labels": [_IGNORED] * len(prompt) + completion,
                "loss_weight": float(example.weight),
            }
        )
    lengths = [len(row["input_ids"]) for row in rows]
    return Encoded(rows, lengths, over_long, cut, weightless, merged=merged, moved=moved)


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


def _ids(example: TrainingExample, tokenizer: Any) -> tuple[list[int], list[int], bool, bool]:
    """Ids of a prompt, and of the completion and the end of sequence behind it; whether the tokenizer would
    merge the two at their seam, and whether the system text was moved.
    """
    moved = False
    plain = isinstance(example.prompt, str)
    if isinstance(example.prompt, str):
        before = example.prompt
        text = before + example.completion + tokenizer.eos_token
    else:
        answer = {"role": "assistant", "content": example.completion}
        before, moved = chat_text(example.prompt, tokenizer, add_generation_prompt=True)
        text, _ = chat_text([*example.prompt, answer], tokenizer)
    prompt = open_ended(tokenizer(before, add_special_tokens=plain)["input_ids"], tokenizer)
    whole = list(tokenizer(text, add_special_tokens=plain)["input_ids"])
    pairs = enumerate(zip(prompt, whole, strict=False))
    start = next((at for at, (a, b) in pairs if a != b), min(len(prompt), len(whole)))
    merged = start < len(prompt) and text.startswith(before)
    if merged:
        start = len(prompt)
        whole = prompt + tokenizer(text[len(before) :], add_special_tokens=False)["input_ids"]
    if plain:
        whole = [*open_ended(whole, tokenizer), tokenizer.eos_token_id]
    return whole[:start], whole[start:], merged, moved


def chat_text(
    messages: Sequence[dict[str, str]], tokenizer: Any, **options: Any
) -> tuple[str, bool]:
    """A chat as the tokenizer's template writes it, and whether its system text had to be moved.

    Templates without a system role refuse such a message, or drop it: its text then stands at the
    head of the user's turn.

    Raises:
        InputError: there is no template, or it refuses the chat all the same.
    """
    if not getattr(tokenizer, "chat_template", None):
        raise InputError(
            "the tokenizer has no chat template",
            where=str(tokenizer.name_or_path),
            cure="choose an instruction-tuned model",
        )
    refusal = require("jinja2").TemplateError
    system = messages[0]["content"] if messages[0]["role"] == "system" else ""
    chat, moved = list(messages), False
    while True:
        try:
            text = str(tokenizer.apply_chat_template(chat, tokenize=False, **options))
        except refusal as error:
            if moved or not system:
                raise InputError(
                    f"the chat template refuses a chat ({first_line(error)})",
                    where=str(tokenizer.name_or_path),
                    cure="choose another model, or give it a template that takes one",
                ) from None
        else:
            if moved or system.strip() in text:
                return text, moved
        first = {**messages[1], "content": f"{system}\n\n{messages[1]['content']}"}
        chat, moved = [first, *messages[2:]], True


def open_ended(ids: Sequence[int], tokenizer: Any) -> list[int]:
    """``ids`` without the ends of sequence behind them, which some tokenizers add by themselves."""
    end = len(ids)
    while end and ids[end - 1] == tokenizer.eos_token_id:
        end -= 1
    return list(ids[:end])
