"""A task's texts from a model of this machine: batched, seeded, and resumed without a text twice or lost.

A batch's random numbers depend on the seed and the batch's number alone, so an interrupted run goes on with
exactly the texts that it would have written; a batch of which only some lines were written is drawn
again, for the lines that lack. The file is :mod:`jtextkit.tasks.replies`'s.

Not handled: the same texts on another kind of device or version of torch, whose sums differ in the
last bits; several GPUs; shortening a prompt that is longer than the model's context.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jtextkit import __version__
from jtextkit.builders.sets.recipe import Recipe, rule
from jtextkit.core.errors import InputError
from jtextkit.core.extras import require
from jtextkit.core.failpoints import failpoint
from jtextkit.core.progress import Progress, silent
from jtextkit.tasks.replies import chosen, cut_at, replies_to
from jtextkit.tasks.requests import Prompt, Selection, TaskRequest, requests_of
from jtextkit.train import models
from jtextkit.train.encoding import chat_text, open_ended
from jtextkit.train.folder import versions
from jtextkit.train.processes import join

_ADAPTER = "adapter"
_ADAPTER_CONFIG = "adapter_config.json"


@dataclass(frozen=True, slots=True)
class Settings(Recipe):
    """How texts are sampled; the defaults are those of sarashina2-7b-difficulty-balanced's card.

    The card's code names no ``top_k``, so transformers' own default was at work.
    """

    per_level: int = rule("Texts of each level.", 100, at_least=1, metavar="N")
    seed: int = rule("Of the random numbers.", 1, at_least=0)
    temperature: float = rule("0: the likeliest token each time.", 0.8, at_least=0)
    top_p: float = rule("Share of probability sampled from.", 0.9, above=0, at_most=1)
    top_k: int = rule("Sample from so many tokens at most; 0: from all.", 50, at_least=0)
    repetition_penalty: float = rule("Above 1 discourages.", 1.1, above=0)
    max_new_tokens: int = rule("Tokens of a text at most.", 200, at_least=1)
    batch_size: int = rule("Texts at a time.", 16, at_least=1)

    def for_model(self) -> dict[str, Any]:
        """Arguments of ``generate``."""
        sampling: dict[str, Any] = {
            "do_sample": bool(self.temperature),
            "repetition_penalty": self.repetition_penalty,
            "max_new_tokens": self.max_new_tokens,
        }
        if self.temperature:
            names = ("temperature", "top_p", "top_k")
            sampling |= {name: getattr(self, name) for name in names}
        return sampling


def generate(
    model: str,
    adapter: str | None,
    settings: Settings,
    output: Path,
    *,
    requests: Sequence[TaskRequest] | None = None,
    likeliest: bool = True,
    about: Mapping[str, Any] | None = None,
    report: Progress = silent,
) -> dict[str, Any]:
    """Write a row for each text to ``output``: id, task, prompt, text, golds, model, metadata.

    Args:
        adapter: a folder that ``train`` wrote (the run or its adapter), or an adapter of the Hub.
        requests: what is asked; by default for ``settings.per_level`` texts of each level.
        likeliest: of choices, take the one that is likeliest behind its prompt; otherwise the reply
            is written freely.
        about: more that the texts depend on, for the metadata.

    Returns:
        ``rows`` in the file, how many of them are ``new``, the metadata.

    Raises:
        UsageError: ``output`` was begun with other settings.
        InputError, NotFoundError, DeviceError: a model or adapter that cannot be used.
        OutputError: ``output`` cannot be written.
    """
    join()
    if requests is None:
        requests, _ = requests_of("difficulty", Selection(per_level=settings.per_level))
    with models.quiet():
        place = _adapter_folder(adapter)
        loaded = models.load_config(model)
        metadata = {
            "model": model,
            "revision": models.revision_of(model, loaded),
            "adapter": adapter,
            "adapter_revision": place and models.revision_of(place),
            **models.quantization_of(place),
            "settings": settings.to_dict(),
            "jtextkit": __version__,
            "torch": versions()["torch"],
            "transformers": versions()["transformers"],
            "device": models.device_name(),
            **(about or {}),
        }
        rows = len(requests)
        if not output.exists():
            _check_room(model, loaded)
        with replies_to(output, requests, metadata) as replies:
            new = rows - len(replies.done)
            if new:
                report("sampling texts", len(replies.done), rows)
                sampler = _Sampler(model, place, settings, likeliest=likeliest)
                name = f"{model} + {adapter}" if adapter else model
                for number, start in enumerate(range(0, rows, settings.batch_size)):
                    batch = requests[start : start + settings.batch_size]
                    if all(one.id in replies.done for one in batch):
                        continue
                    pairs = zip(batch, sampler.written(batch, number), strict=True)
                    replies.add(one.reply(found, name, metadata) for one, found in pairs)
                    failpoint("batch-written")
                    report("sampling texts", len(replies.done), rows)
    return {"rows": rows, "new": new, "metadata": metadata}


def _check_room(model: str, loaded: Any) -> None:
    """Refuse a model whose weights alone, and a fifth for what they compute, are too much."""
    torch = require("torch")
    with models.model_errors(model), torch.device("meta"):
        shape = require("transformers").AutoModelForCausalLM.from_config(loaded, **models.NO_CODE)
    width = 2 if torch.cuda.is_available() else 4
    parameters = sum(one.numel() for one in shape.parameters())
    models.check_memory(int(1.2 * width * parameters), model, "choose a smaller model")


def _adapter_folder(adapter: str | None) -> str | None:
    """The adapter itself, of a run's folder too."""
    if adapter is None or not Path(adapter).exists():
        if adapter is not None and (adapter.count("/") != 1 or adapter.startswith((".", "/", "~"))):
            raise InputError("no such folder", where=adapter, cure="check the path of --adapter")
        return adapter
    for folder in (Path(adapter), Path(adapter) / _ADAPTER):
        if (folder / _ADAPTER_CONFIG).is_file():
            return str(folder)
    raise InputError(
        f"no adapter: there is no {_ADAPTER_CONFIG}",
        where=adapter,
        cure="name a finished run of jtextkit train, or its folder adapter",
    )


class _Sampler:
    """A model that draws texts."""

    def __init__(
        self, model: str, adapter: str | None, settings: Settings, *, likeliest: bool = True
    ) -> None:
        self._settings = settings
        self._likeliest = likeliest
        self._tokenizer = models.load_tokenizer(model)
        self._tokenizer.padding_side = "left"  # so that every text follows its prompt at once
        on_gpu = require("torch").cuda.is_available()
        loaded = models.load_model(model, {"bf16": on_gpu, **models.quantization_of(adapter)})
        if adapter is not None:
            with models.model_errors(adapter):
                loaded = require("peft").PeftModel.from_pretrained(loaded, adapter)
        self._model = loaded.eval()

    def written(self, batch: Sequence[TaskRequest], number: int) -> list[dict[str, Any]]:
        """What is kept of each request's reply: its text, or the choice and all likelihoods."""
        if not (self._likeliest and batch[0].choices):
            texts = self.texts([one.prompt for one in batch], number, batch[0].stop)
            return [{"text": text} for text in texts]
        return [chosen(one.choices, self._log_likelihoods(one)) for one in batch]

    def texts(self, prompts: Sequence[Prompt], number: int, stop: Sequence[str] = ()) -> list[str]:
        """A text for each prompt; ``number`` is the batch's and seeds its random numbers."""
        torch = require("torch")
        key = f"{self._settings.seed}:{number}".encode()
        torch.manual_seed(int.from_bytes(hashlib.sha256(key).digest()[:7]))
        ids = [self._ids(prompt) for prompt in prompts]
        given = self._padded(ids, self._settings.max_new_tokens)
        ending = {"stop_strings": list(stop), "tokenizer": self._tokenizer} if stop else {}
        with torch.inference_mode(), models.memory_errors(self._model.config.name_or_path):
            whole = self._model.generate(
                **given,
                **self._settings.for_model(),
                **ending,
                pad_token_id=self._tokenizer.pad_token_id,
            )
        new = whole[:, given["input_ids"].shape[1] :]
        texts = self._tokenizer.batch_decode(new, skip_special_tokens=True)
        return [cut_at(str(text), stop) for text in texts]

    def _log_likelihoods(self, request: TaskRequest) -> list[float]:
        """The natural logarithm of each choice's probability behind the prompt, summed over tokens.

        As in the harness, prompt and choice are encoded together and parted by the prompt's own length,
        and behind an empty prompt stands the token that ends texts.
        """
        torch = require("torch")
        head = self._ids(request.prompt) or [self._tokenizer.eos_token_id]
        tails = []
        for choice in request.choices:
            whole = self._ids(f"{request.prompt}{choice}")
            start = len(head) if request.prompt or whole[:1] == head else 0
            tails.append(whole[start:] or self._ids(choice))  # a choice may merge with its prompt
        given = self._padded([head + tail for tail in tails])
        # As if there were no padding.
        places = (given["attention_mask"].cumsum(-1) - 1).clamp(min=0)
        # Of the prompt's tokens none is asked for: all logits of a long one would fill the memory.
        kept = {"position_ids": places, "logits_to_keep": max(map(len, tails)) + 1}
        with torch.inference_mode(), models.memory_errors(self._model.config.name_or_path):
            logits = self._model(**given, **kept).logits.float().log_softmax(-1)
        return [
            sum(float(row[at - len(tail) - 1, token]) for at, token in enumerate(tail))
            for row, tail in zip(logits, tails, strict=True)
        ]

    def _ids(self, prompt: Prompt) -> list[int]:
        """The tokens of a prompt, to be gone on with."""
        plain = isinstance(prompt, str)
        text = prompt
        if not isinstance(prompt, str):
            text, _ = chat_text(prompt, self._tokenizer, add_generation_prompt=True)
        ids = self._tokenizer(text, add_special_tokens=plain)["input_ids"]
        return open_ended(ids, self._tokenizer)

    def _padded(self, ids: list[list[int]], more: int = 0) -> dict[str, Any]:
        room = getattr(self._model.config, "max_position_embeddings", None)
        longest = max(map(len, ids)) + more
        if room and longest > room:
            raise InputError(
                f"a prompt with its reply takes {longest:,} tokens, and the model {room:,}",
                where=str(self._model.config.name_or_path),
                cure="give fewer --shots or --max-new-tokens",
            )
        batch = self._tokenizer.pad({"input_ids": ids}, return_tensors="pt")
        names = ("input_ids", "attention_mask")
        return {name: batch[name].to(self._model.device) for name in names}
