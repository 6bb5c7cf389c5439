"""Texts of each level from a model: batched, seeded, and resumed without a text twice or lost.

A batch's random numbers depend on the seed and the batch's number alone, so an interrupted run goes on with
exactly the texts that it would have written. Texts are appended to ``NAME.part`` batch by batch and
flushed to the disk; the file takes its name when all are there. A line that a kill cut off is
removed, and a batch of which only some lines were written is drawn again, for the lines that lack.

Not handled: the same texts on another kind of device or version of torch, whose sums differ in the
last bits; several GPUs.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jtextkit import __version__
from jtextkit.builders.sets.recipe import Recipe, rule
from jtextkit.core.errors import FormatError, InputError, UsageError
from jtextkit.core.extras import require
from jtextkit.core.failpoints import failpoint
from jtextkit.core.files import flush, only_run, output_errors
from jtextkit.core.progress import Progress, silent
from jtextkit.train.encoding import open_ended
from jtextkit.train.examples import LEVELS, difficulty_prompt
from jtextkit.train.models import (
    NO_CODE,
    check_memory,
    device_name,
    load_config,
    load_model,
    load_tokenizer,
    memory_errors,
    model_errors,
    quiet,
    revision_of,
)
from jtextkit.train.presets import configuration
from jtextkit.train.processes import join
from jtextkit.train.run import versions

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
        if not self.temperature:
            sampling: dict[str, Any] = {"do_sample": False}
        else:
            sampling = {
                "do_sample": True,
                "temperature": self.temperature,
                "top_p": self.top_p,
                "top_k": self.top_k,
            }
        return sampling | {
            "repetition_penalty": self.repetition_penalty,
            "max_new_tokens": self.max_new_tokens,
        }


@dataclass(frozen=True, slots=True)
class _GenerationRequest:
    id: str
    target: str
    prompt: str


def generate(
    model: str,
    adapter: str | None,
    settings: Settings,
    output: Path,
    *,
    config: Mapping[str, Any] | None = None,
    report: Progress = silent,
) -> dict[str, Any]:
    """Write a row for each text to ``output``: id, prompt, text, target, model, metadata.

    Args:
        adapter: a folder that ``train`` wrote (the run or its adapter), or an adapter of the Hub.
        config: the preset whose prompts are used; train/difficulty by default.

    Returns:
        ``rows`` in the file, how many of them are ``new``, the metadata.

    Raises:
        UsageError: ``output`` was begun with other settings.
        InputError, NotFoundError, DeviceError: a model or adapter that cannot be used.
        OutputError: ``output`` cannot be written.
    """
    join()
    chosen = dict(config or configuration("train/difficulty"))
    requests = [
        _GenerationRequest(f"{level}-{number:05d}", level, difficulty_prompt(chosen, level))
        for level in LEVELS
        for number in range(settings.per_level)
    ]
    with quiet():
        place = _adapter_folder(adapter)
        loaded = load_config(model)
        metadata = {
            "model": model,
            "revision": revision_of(model, loaded),
            "adapter": adapter,
            "adapter_revision": place and revision_of(place),
            "settings": settings.to_dict(),
            "jtextkit": __version__,
            "torch": versions()["torch"],
            "transformers": versions()["transformers"],
            "device": device_name(),
        }
        rows = len(requests)
        if output.exists():
            done = _written(output, requests, metadata)
            if len(done) < rows:
                raise UsageError(
                    f"only {len(done):,} of {rows:,} texts are in it",
                    where=str(output),
                    cure="choose another place with -o, or remove it",
                )
            return {"rows": rows, "new": 0, "metadata": metadata}
        _check_room(model, loaded)
        part = output.with_name(f"{output.name}.part")
        with output_errors(part):
            part.touch()
        with only_run(part):
            done = _written(part, requests, metadata)
            new = rows - len(done)
            if new:
                report("sampling texts", len(done), rows)
                sampler = _Sampler(model, place, settings)
                _sample(sampler, part, requests, done, metadata, settings, report)
            with output_errors(output):
                part.replace(output)
                flush(output.parent)
    return {"rows": rows, "new": new, "metadata": metadata}


def _sample(
    sampler: _Sampler,
    part: Path,
    requests: Sequence[_GenerationRequest],
    done: set[str],
    metadata: Mapping[str, Any],
    settings: Settings,
    report: Progress,
) -> None:
    name = metadata["model"] + (f" + {metadata['adapter']}" if metadata["adapter"] else "")
    with output_errors(part), part.open("a", encoding="utf-8", newline="\n") as file:
        for number, start in enumerate(range(0, len(requests), settings.batch_size)):
            batch = requests[start : start + settings.batch_size]
            if all(one.id in done for one in batch):
                continue
            texts = sampler.texts([one.prompt for one in batch], number)
            for one, text in zip(batch, texts, strict=True):
                if one.id in done:
                    continue
                row: dict[str, Any] = {
                    "id": one.id,
                    "prompt": one.prompt,
                    "text": text,
                    "target": one.target,
                }
                row |= {"model": name, "metadata": metadata}
                file.write(json.dumps(row, ensure_ascii=False) + "\n")
                done.add(one.id)
            file.flush()
            os.fsync(file.fileno())
            failpoint("batch-written")
            report("sampling texts", len(done), len(requests))


def _check_room(model: str, loaded: Any) -> None:
    """Refuse a model whose weights alone, and a fifth for what they compute, are too much."""
    torch = require("torch")
    with model_errors(model), torch.device("meta"):
        shape = require("transformers").AutoModelForCausalLM.from_config(loaded, **NO_CODE)
    width = 2 if torch.cuda.is_available() else 4
    parameters = sum(one.numel() for one in shape.parameters())
    check_memory(int(1.2 * width * parameters), model, "choose a smaller model")


def _written(
    file: Path, requests: Sequence[_GenerationRequest], metadata: Mapping[str, Any]
) -> set[str]:
    """The ids that ``file`` holds whole; a last line that was cut off is removed from it."""
    if not file.exists():
        return set()
    with output_errors(file):
        content = file.read_bytes()
        whole = content[: content.rfind(b"\n") + 1]  # a killed run may have cut the last line
        if len(whole) < len(content):
            with file.open("r+b") as torn:
                torn.truncate(len(whole))
    ids: list[str] = []
    now = _flat(metadata)
    for number, line in enumerate(whole.splitlines(), start=1):
        try:
            row = json.loads(line)
            ids.append(row["id"])
            begun = _flat(row["metadata"])
        except (ValueError, KeyError, TypeError, AttributeError):
            raise FormatError(
                "no row that generate wrote",
                where=f"{file}:{number}",
                cure="choose another place with -o, or remove the file",
            ) from None
        if other := [key for key, value in now.items() if begun.get(key) != value]:
            raise UsageError(
                f"begun with another {' and '.join(other)}",
                where=str(file),
                cure="repeat those settings, choose another place with -o, or remove the file",
            )
    if len(set(ids)) < len(ids) or not set(ids) <= {one.id for one in requests}:
        raise FormatError("ids twice or unknown", where=str(file), cure="remove the file")
    return set(ids)


def _flat(metadata: Mapping[str, Any]) -> dict[str, Any]:
    """What a run depends on, its settings by their own names."""
    settings = metadata.get("settings")
    rest = {name: value for name, value in metadata.items() if name != "settings"}
    return {**rest, **settings} if isinstance(settings, dict) else rest


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

    def __init__(self, model: str, adapter: str | None, settings: Settings) -> None:
        torch = require("torch")
        self._settings = settings
        self._tokenizer = load_tokenizer(model)
        self._tokenizer.padding_side = "left"  # so that every text follows its prompt at once
        on_gpu = torch.cuda.is_available()
        self._model = load_model(model, {"bf16": on_gpu, "quantization": "none"})
        if adapter is not None:
            with model_errors(adapter):
                self._model = require("peft").PeftModel.from_pretrained(self._model, adapter)
        self._model.eval()

    def texts(self, prompts: Sequence[str], number: int) -> list[str]:
        """A text for each prompt; ``number`` is the batch's and seeds its random numbers."""
        torch = require("torch")
        key = f"{self._settings.seed}:{number}".encode()
        torch.manual_seed(int.from_bytes(hashlib.sha256(key).digest()[:7]))
        ids = [
            open_ended(self._tokenizer(prompt)["input_ids"], self._tokenizer) for prompt in prompts
        ]
        batch = self._tokenizer.pad({"input_ids": ids}, return_tensors="pt")
        given = {
            name: batch[name].to(self._model.device) for name in ("input_ids", "attention_mask")
        }
        with torch.inference_mode(), memory_errors(self._model.config.name_or_path):
            whole = self._model.generate(
                **given, **self._settings.for_model(), pad_token_id=self._tokenizer.pad_token_id
            )
        new = whole[:, given["input_ids"].shape[1] :]
        return [str(one) for one in self._tokenizer.batch_decode(new, skip_special_tokens=True)]
