"""What a run will be, said before any weight is loaded.

The model is built from its configuration on torch's meta device, which has shapes and no numbers, so
a plan needs no weights and no GPU. Parameters are exact. Steps are those that transformers counts.
Memory is an estimate, in bytes at the peak of a training step:

- weights: 2 bytes a parameter in bf16, 4 in float32; in nf4 the linear layers' take 4 bits and their
  scales (a float32 for 64 weights; an 8-bit one and a float32 for 256 of those with double
  quantisation), the rest 2 bytes;
- what is trained: its weights in float32 where they are an adapter's, gradients in the weights'
  precision and two moments in float32 (AdamW);
- activations: for each token and layer about 34 values of the hidden size, and 3 of the
  intermediate size for gated layers, half of them more with an adapter on every linear layer; with
  gradient checkpointing one hidden state for each layer, and one layer's activations;
- logits of 256 tokens at a time in float32, and a tenth on top for fragmentation.

It was not compared with a GPU's counters: see docs/gpu.md.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from jtextkit.core.errors import InputError, UsageError, first_line
from jtextkit.core.extras import require
from jtextkit.train.encoding import Encoded
from jtextkit.train.models import NO_CODE, lora_config, model_errors, wrong_architecture

_LOGITS_AT_A_TIME = 256
_MOST_WARMUP = 0.5


@dataclass(frozen=True, slots=True)
class Sizes:
    """Parameters of a model, by what they cost.

    Attributes:
        total: all of them, the adapter or head included.
        trainable: those that are trained.
        embedding: of the input embeddings.
        head: of a classification head; 0 for language models.
        quantized: weights that 4 bits would hold; 0 where that is not asked for.
    """

    total: int
    trainable: int
    embedding: int
    head: int = 0
    quantized: int = 0


@dataclass(frozen=True, slots=True)
class TrainingPlan:
    """A run before it runs; ``to_dict`` is what ``--dry-run --json`` prints."""

    trainable_parameters: int
    total_parameters: int
    embedding_parameters: int
    other_parameters: int
    trainable_percent: float
    rows: dict[str, Any]
    rows_per_step: int
    steps: int
    steps_per_epoch: int
    warmup_steps: int
    tokens_per_epoch: int
    tokens_estimated: bool
    memory_bytes: int
    warnings: tuple[str, ...]
    runs: int = 1
    more: dict[str, Any] = field(default_factory=dict)

    def to_dict(self) -> dict[str, Any]:
        """As JSON."""
        content: dict[str, Any] = asdict(self)
        more = content.pop("more")
        return {**content, "warnings": list(self.warnings), **more}


def language_model_sizes(model_config: Any, config: Mapping[str, Any], model: str) -> Sizes:
    """A causal language model with the configured adapter, on the meta device.

    Raises:
        InputError: it is no causal language model, or the adapter does not fit it.
    """
    torch, transformers, peft = require("torch"), require("transformers"), require("peft")
    with model_errors(model), torch.device("meta"):
        base = transformers.AutoModelForCausalLM.from_config(model_config, **NO_CODE)
        linear = sum(
            module.weight.numel()
            for module in base.modules()
            if isinstance(module, torch.nn.Linear) and module is not base.get_output_embeddings()
        )
        embedding = base.get_input_embeddings().weight.numel()
        names = {
            name.rpartition(".")[2]
            for name, module in base.named_modules()
            if isinstance(module, torch.nn.Linear)
        }
        try:
            tuned = peft.get_peft_model(base, lora_config(config))
        except ValueError as error:
            raise UsageError(
                f"lora_modules fits no layer of this model ({first_line(error)})",
                where=model,
                cure=f"all-linear, or a list of: {', '.join(sorted(names))}",
            ) from None
    trainable, total = tuned.get_nb_trainable_parameters()
    quantized = linear if config["quantization"] == "nf4" else 0
    return Sizes(total, trainable, embedding, quantized=quantized)


def encoder_sizes(model_config: Any, head: Any, model: str) -> Sizes:
    """An encoder with ``head`` (a function of the hidden size) on top, all of it trained.

    Raises:
        InputError: it is no encoder.
    """
    torch, transformers = require("torch"), require("transformers")
    if type(model_config) not in transformers.MODEL_FOR_MASKED_LM_MAPPING:
        raise wrong_architecture(model)  # the first token of a decoder sees no other
    with model_errors(model), torch.device("meta"):
        encoder = transformers.AutoModel.from_config(model_config, **NO_CODE)
        parameters = sum(one.numel() for one in encoder.parameters())
        extra = sum(one.numel() for one in head(model_config.hidden_size).parameters())
    embedding = encoder.get_input_embeddings().weight.numel()
    return Sizes(parameters + extra, parameters + extra, embedding, extra)


def schedule(config: Mapping[str, Any], rows: int, processes: int = 1) -> tuple[int, int, int]:
    """Steps of an epoch, of the run, and those of warm-up, as transformers counts them."""
    batches = math.ceil(rows / (config["batch_size"] * processes))
    per_epoch = max(math.ceil(batches / config.get("gradient_accumulation_steps", 1)), 1)
    steps = config.get("max_steps") or per_epoch * config["num_epochs"]
    if config["lr_scheduler"] == "constant":  # has no warm-up in transformers, whatever is set
        return per_epoch, steps, 0
    ratio = math.ceil(steps * config["warmup_ratio"])
    return per_epoch, steps, config.get("warmup_steps") or ratio


def make_plan(
    sizes: Sizes,
    model_config: Any,
    config: Mapping[str, Any],
    train: Encoded,
    validation: Encoded | None,
    notes: Sequence[str] = (),
) -> TrainingPlan:
    """The plan of one run of a language model.

    Args:
        train: the training split, encoded or estimated.
        validation: the validation split, if there is one.
        notes: more warnings.
    """
    if not train.lengths:
        raise InputError(
            "no row is left to learn",
            where=f"{train.over_long:,} over-long, {train.weightless:,} of weight 0",
            cure="raise max_length, or set over_long=cut",
        )
    per_epoch, steps, warmup = schedule(config, len(train.lengths))
    return TrainingPlan(
        trainable_parameters=sizes.trainable,
        total_parameters=sizes.total,
        embedding_parameters=sizes.embedding,
        other_parameters=sizes.total - sizes.embedding,
        trainable_percent=100 * sizes.trainable / sizes.total,
        rows={
            "train": train.counts(),
            "validation": validation.counts() if validation else {"used": 0},
        },
        rows_per_step=config["batch_size"] * config["gradient_accumulation_steps"],
        steps=steps,
        steps_per_epoch=per_epoch,
        warmup_steps=warmup,
        tokens_per_epoch=sum(train.lengths),
        tokens_estimated=train.estimated,
        memory_bytes=memory(sizes, model_config, config, _longest(train, config)),
        warnings=(*_warnings(config, train, per_epoch, steps, warmup), *notes),
    )


def _longest(train: Encoded, config: Mapping[str, Any]) -> int:
    """Tokens of the largest batch there can be."""
    longest: Sequence[int] = sorted(train.lengths)[-config["batch_size"] :]
    return max(longest) * len(longest)


def memory(sizes: Sizes, model_config: Any, config: Mapping[str, Any], tokens: int) -> int:
    """Bytes at the peak of a training step; see the module for what is counted.

    Args:
        tokens: of the largest micro-batch, padding included.
    """
    adapter = sizes.trainable < sizes.total
    base = sizes.total - sizes.trainable if adapter else sizes.total
    width = 2 if config["bf16"] and adapter else 4  # full training keeps float32 weights
    activation = 2 if config["bf16"] else 4
    double = config.get("double_quantization")
    scale = (8 + 32 / 256) / 64 if double else 32 / 64
    weights = (base - sizes.quantized) * width + sizes.quantized * (4 + scale) / 8
    trained = sizes.trainable * (4 + 4 + 8 if adapter else 4 + 8)

    text = getattr(model_config, "text_config", None) or model_config
    hidden, layers = text.hidden_size, text.num_hidden_layers
    inner = getattr(text, "intermediate_size", None) or 4 * hidden
    layer = tokens * (34 * hidden + 6 * inner) * activation / 2
    if adapter:
        layer *= 1.5
    kept = (
        tokens * hidden * layers * activation + layer
        if config.get("gradient_checkpointing")
        else layer * layers
    )
    logits = min(tokens, _LOGITS_AT_A_TIME) * text.vocab_size * 4 * 2
    return int(1.1 * (weights + trained + kept + logits))


def _warnings(
    config: Mapping[str, Any], train: Encoded, per_epoch: int, steps: int, warmup: int
) -> list[str]:
    found = []
    if warmup >= steps:
        found.append(
            f"the run is {steps:,} steps and its warm-up {warmup:,}: the learning rate never reaches"
            " its height; lower warmup_steps, or train on more"
        )
    elif warmup >= _MOST_WARMUP * steps:
        found.append(
            f"the run is {steps:,} steps, of which {warmup:,} ({warmup / steps:.0%}) are warm-up;"
            " lower warmup_steps, or train on more"
        )
    if config["lr_scheduler"] == "constant" and (config["warmup_ratio"] or config["warmup_steps"]):
        found.append(
            "the schedule constant has no warm-up, so the one that is set does nothing;"
            " lr_scheduler=constant_with_warmup heeds it"
        )
    if train.over_long:
        seem = "seem to have" if train.estimated else "have"
        fate = "cut" if train.cut else "left out"
        found.append(
            f"{train.over_long:,} rows {seem} more than {_limits(config)} tokens and are {fate}"
        )
    if train.merged:
        found.append(
            f"{train.merged:,} prompts would merge with their completion in a token: encoded apart"
        )
    if train.moved:
        found.append("the chat template has no system role: its text heads the user's turn")
    if train.weightless:
        found.append(f"{train.weightless:,} rows weigh 0 and are left out")
    if train.estimated:
        found.append("no tokenizer: tokens are estimated from characters")
    epochs = steps / per_epoch
    if config["max_steps"] and abs(epochs - round(epochs)) > 0.05:
        found.append(f"{steps:,} steps are {epochs:.1f} epochs of these rows")
    if config["max_steps"] and epochs > 10:
        found.append(f"max_steps takes every row {epochs:.0f} times")
    return found


def _limits(config: Mapping[str, Any]) -> str:
    longest, prompt = config["max_length"], config.get("max_prompt_length")
    return f"{prompt:,} + {longest - prompt:,}" if prompt else f"{longest:,}"
