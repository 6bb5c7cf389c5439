"""What a run will be, said before any weight is loaded.

The model is built from its configuration on torch's meta device, which has shapes and no numbers, so
a plan needs no weights and no GPU. Parameters are exact. Steps are those that transformers counts.
Memory is an estimate of what torch has allocated at the peak of a step, in bytes:

- weights: 2 bytes a parameter in bf16, 4 in float32; in nf4 the linear layers' take 4 bits and their
  scales (a float32 for 64 weights; an 8-bit one and a float32 for 256 of those with double
  quantisation), the rest 2 bytes;
- what is trained: its weights in float32 where they are an adapter's, gradients in the weights'
  precision and two moments in float32 (AdamW); of an encoder the gradients, and what AdamW computes
  with, come when the layers' values have gone;
- what a layer keeps of a token for its gradient: of a gated language model with an adapter the inputs
  of two norms in float32, four values of the attention's width and three of the intermediate size,
  and of each adapted layer its input after dropout and the dropout's mask (a byte; on a CPU a float32);
  of an encoder as many bytes for each value of both sizes as were measured; with gradient
  checkpointing one hidden state for each layer, and one layer's;
- logits: TRL's own tile, as the installed version has it: the learnt tokens, 4,096 at most, by 32,768
  pieces of the vocabulary, once. Without Triton, as on a CPU, all tokens count, and seven more copies
  of the tile in float32.

Tests hold it within 15 % of torch's allocator on a CPU; see docs/gpu.md for GPUs.
"""

import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from importlib import import_module
from typing import Any

from jtextkit.core.errors import InputError, UsageError, first_line
from jtextkit.core.extras import require
from jtextkit.train.encoding import Encoded
from jtextkit.train.models import NO_CODE, head, lora_config, model_errors, wrong_architecture

_COPIES_WITHOUT_TRITON = 7.25
"""Tiles of the logits that TRL 1.16's backward pass holds where torch does what Triton would."""

_OF_ENCODERS = {
    ("gated", "float32"): (41, 18),
    ("gated", "bf16"): (23, 11.5),
    ("plain", "float32"): (65, 9),
    ("plain", "bf16"): (57, 6),
}
"""Bytes that a layer keeps of a token for each value of the hidden and of the intermediate size: measured
on ModernBERT (gated) and BERT on a CPU."""

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
        adapted: values of a token that adapters take in, all layers together, and their ranks.
        gated: an encoder's layers have a gate beside their intermediate values.
    """

    total: int
    trainable: int
    embedding: int
    head: int = 0
    quantized: int = 0
    adapted: tuple[int, int] = (0, 0)
    gated: bool = False


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
    head_parameters: int = 0

    def to_dict(self) -> dict[str, Any]:
        """As JSON."""
        return {**asdict(self), "warnings": list(self.warnings)}


def language_model_sizes(model_config: Any, config: Mapping[str, Any], model: str) -> Sizes:
    """A causal language model with the configured adapter, on the meta device.

    Raises:
        InputError: it is no causal language model, or the adapter does not fit it.
    """
    torch, transformers, peft = require("torch"), require("transformers"), require("peft")
    with model_errors(model), torch.device("meta"):
        base = transformers.AutoModelForCausalLM.from_config(model_config, **NO_CODE)
        linear = {
            name: module
            for name, module in base.named_modules()
            if isinstance(module, torch.nn.Linear)
        }
        head = base.get_output_embeddings()
        weights = sum(one.weight.numel() for one in linear.values() if one is not head)
        embedding = base.get_input_embeddings().weight.numel()
        try:
            tuned = peft.get_peft_model(base, lora_config(config))
        except ValueError as error:
            names = sorted({name.rpartition(".")[2] for name in linear})
            raise UsageError(
                f"lora_modules fits no layer of this model ({first_line(error)})",
                where=model,
                cure=f"all-linear, or a list of: {', '.join(names)}",
            ) from None
    trainable, total = tuned.get_nb_trainable_parameters()
    quantized = weights if config["quantization"] == "nf4" else 0
    shapes = [one.shape for name, one in tuned.named_parameters() if ".lora_A." in name]
    adapted = sum(inputs for _, inputs in shapes), sum(rank for rank, _ in shapes)
    return Sizes(total, trainable, embedding, quantized=quantized, adapted=adapted)


def encoder_sizes(model_config: Any, outputs: int, model: str) -> Sizes:
    """An encoder with a head of so many outputs on top, all of it trained.

    Raises:
        InputError: it is no encoder.
    """
    torch, transformers = require("torch"), require("transformers")
    if type(model_config) not in transformers.MODEL_FOR_MASKED_LM_MAPPING:
        raise wrong_architecture(model)  # the first token of a decoder sees no other
    with model_errors(model), torch.device("meta"):
        encoder = transformers.AutoModel.from_config(model_config, **NO_CODE)
        parameters = sum(one.numel() for one in encoder.parameters())
        top = head(model_config.hidden_size, outputs)
        extra = sum(one.numel() for one in top.parameters())
    embedding = encoder.get_input_embeddings().weight.numel()
    inner = getattr(model_config, "intermediate_size", 0)
    gated = any(getattr(one, "out_features", 0) == 2 * inner for one in encoder.modules())
    return Sizes(parameters + extra, parameters + extra, embedding, extra, gated=gated)


def schedule(config: Mapping[str, Any], rows: int) -> tuple[int, int, int]:
    """Steps of an epoch, of the run, and those of warm-up, as transformers counts them."""
    batches = math.ceil(rows / config["batch_size"])
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
    notes: Iterable[str] = (),
    *,
    on_cpu: bool = False,
) -> TrainingPlan:
    """The plan of one run of a language model.

    Args:
        train: the training split, encoded or estimated.
        validation: the validation split, if there is one.
        notes: more warnings.
        on_cpu: it will run on a CPU; otherwise its memory is a GPU's, wherever it is planned.
    """
    if not train.lengths:
        raise InputError(
            "no row is left to learn",
            where=f"{train.over_long:,} over-long, {train.weightless:,} of weight 0",
            cure="raise max_length, or set over_long=cut",
        )
    per_epoch, steps, warmup = schedule(config, len(train.lengths))
    # Of the largest batch there can be: tokens, padding included, and those of it that are learnt.
    longest = sorted(train.lengths)[-config["batch_size"] :]
    learnt = sorted(sum(one >= 0 for one in row["labels"]) for row in train.rows)
    most = sum(learnt[-config["batch_size"] :]) or sum(longest)
    tokens = max(longest) * len(longest)
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
        memory_bytes=memory(sizes, model_config, config, tokens, most, on_cpu=on_cpu),
        warnings=(*_warnings(config, train, per_epoch, steps, warmup), *notes),
    )


def memory(
    sizes: Sizes,
    model_config: Any,
    config: Mapping[str, Any],
    tokens: int,
    learnt: int = 0,
    *,
    on_cpu: bool = False,
) -> int:
    """Bytes at the peak of a training step; see the module for what is counted.

    Args:
        tokens: of the largest micro-batch, padding included.
        learnt: of them, those that the loss counts; 0 for an encoder, which has no logits to speak of.
    """
    adapter = sizes.trainable < sizes.total
    base = sizes.total - sizes.trainable if adapter else sizes.total
    width = 2 if config["bf16"] and adapter else 4  # full training keeps float32 weights
    value = 2 if config["bf16"] else 4
    double = config.get("double_quantization")
    scale = (8 + 32 / 256) / 64 if double else 32 / 64
    weights = (base - sizes.quantized) * width + sizes.quantized * (4 + scale) / 8
    trained = sizes.trainable * (4 + 4 + 8 if adapter else 8)

    text = getattr(model_config, "text_config", None) or model_config
    hidden, layers = text.hidden_size, text.num_hidden_layers
    inner = getattr(text, "intermediate_size", None) or 4 * hidden
    if adapter:
        head = getattr(text, "head_dim", None) or hidden // text.num_attention_heads
        inputs, ranks = sizes.adapted
        mask = (4 if on_cpu else 1) if config["lora_dropout"] else 0
        layer = 2 * hidden * 4 + (4 * head * text.num_attention_heads + 3 * inner) * value
        layer += (inputs * (value + mask) + ranks * value) / layers
    else:
        kind = "gated" if sizes.gated else "plain", "bf16" if config["bf16"] else "float32"
        of_hidden, of_inner = _OF_ENCODERS[kind]
        layer = of_hidden * hidden + of_inner * inner
    logits = _logits(tokens if on_cpu else learnt, text.vocab_size, value, on_cpu) if learnt else 0
    if config.get("gradient_checkpointing"):
        kept = tokens * hidden * layers * value + max(tokens * layer, logits)
    else:
        kept = tokens * layer * layers + logits
    if not adapter:
        kept = max(kept, sizes.trainable * (4 if on_cpu else 8))
    return int(weights + trained + kept)


def _logits(tokens: int, vocabulary: int, value: int, on_cpu: bool) -> float:
    """Bytes that the loss takes, by the tile of the installed TRL; of one without tiles, all logits."""
    require("trl")
    try:
        tile = int(import_module("trl.kernels.chunked_logprob").TOKEN_CHUNK_SIZE)
        pieces = int(vars(import_module("trl.trainer.utils"))["_CHUNKED_LOGPROB_CHUNK_SIZE"])
    except (ImportError, AttributeError, KeyError):
        return float(tokens * vocabulary * (value + 2 * 4))
    at_once = min(tokens, tile)
    copies = _COPIES_WITHOUT_TRITON if on_cpu else 0
    return float(at_once * (pieces * value + copies * 4 * min(pieces, vocabulary)))


def _warnings(
    config: Mapping[str, Any], train: Encoded, per_epoch: int, steps: int, warmup: int
) -> Iterator[str]:
    if warmup >= steps:
        yield (
            f"the run is {steps:,} steps and its warm-up {warmup:,}: the learning rate never reaches"
            " its height; lower warmup_steps, or train on more"
        )
    elif warmup >= _MOST_WARMUP * steps:
        yield (
            f"the run is {steps:,} steps, of which {warmup:,} ({warmup / steps:.0%}) are warm-up;"
            " lower warmup_steps, or train on more"
        )
    if config["lr_scheduler"] == "constant" and (config["warmup_ratio"] or config["warmup_steps"]):
        yield (
            "the schedule constant has no warm-up, so the one that is set does nothing;"
            " lr_scheduler=constant_with_warmup heeds it"
        )
    if train.over_long:
        seem = "seem to have" if train.estimated else "have"
        fate = "cut" if train.cut else "left out"
        longest, prompt = config["max_length"], config.get("max_prompt_length")
        limits = f"{prompt:,} + {longest - prompt:,}" if prompt else f"{longest:,}"
        yield f"{train.over_long:,} rows {seem} more than {limits} tokens and are {fate}"
    if train.merged:
        yield f"{train.merged:,} prompts would merge with their completion in a token: encoded apart"
    if train.moved:
        yield "the chat template has no system role: its text heads the user's turn"
    if train.weightless:
        yield f"{train.weightless:,} rows weigh 0 and are left out"
    if train.estimated:
        yield "no tokenizer: tokens are estimated from characters"
    epochs = steps / per_epoch
    if config["max_steps"] and abs(epochs - round(epochs)) > 0.05:
        yield f"{steps:,} steps are {epochs:.1f} epochs of these rows"
    if config["max_steps"] and epochs > 10:
        yield f"max_steps takes every row {epochs:.0f} times"
