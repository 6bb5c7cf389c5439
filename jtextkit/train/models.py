"""Configurations, tokenizers, models and encoders' heads, and one line for each way they fail."""

import hashlib
import json
import logging
import os
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from inspect import signature
from pathlib import Path
from typing import Any

from jtextkit.core.errors import DeviceError, InputError, JtextkitError, first_line
from jtextkit.core.extras import require
from jtextkit.core.files import sha256_of
from jtextkit.core.hub import causes, hub_error
from jtextkit.train.processes import sharded

_SMALLER = "lower batch_size or max_length, set gradient_checkpointing=true or quantization=nf4"
_WEIGHTS = ("*.safetensors", "*.bin")
HEAD = "head.safetensors"

NO_CODE = {"trust_remote_code": False}
"""For everything that transformers loads: without it, it asks whether to run a model's own code."""


@contextmanager
def model_errors(model: str) -> Iterator[None]:
    """Turn errors of transformers and the Hub about ``model`` into ours, of one line."""
    try:
        with memory_errors(model):
            yield
    except JtextkitError:
        raise
    except (OSError, ValueError, KeyError, ImportError) as error:
        chain = list(causes(error))
        if said := hub_error(error, model, "model"):
            raise said from error
        if any(str(one).startswith("Unrecognized configuration class") for one in chain):
            raise wrong_architecture(model) from error
        if any("trust_remote_code" in str(one) for one in chain):
            raise InputError(
                "this model needs code of its own, which is not run",
                where=model,
                cure="choose one whose architecture transformers has",
            ) from error
        if Path(model).is_dir():
            raise InputError(
                f"the folder holds no model that can be read ({first_line(error)})",
                where=model,
                cure="it needs config.json, the weights and the tokenizer of a model",
            ) from error
        raise InputError(
            f"this model cannot be had ({first_line(error)})",
            where=model,
            cure="check the name (OWNER/NAME, or a folder) and the network",
        ) from error


def wrong_architecture(model: str) -> InputError:
    """The error for a decoder where an encoder is needed, or the other way round."""
    return InputError(
        "a model of another kind than this needs",
        where=model,
        cure="a causal language model to train and generate texts, an encoder for train encoder",
    )


@contextmanager
def memory_errors(model: str) -> Iterator[None]:
    """Turn exhausted GPU memory into our error, of one line."""
    try:
        yield
    except require("torch").OutOfMemoryError:
        raise DeviceError("the GPU's memory is too little", where=model, cure=_SMALLER) from None


@contextmanager
def quiet() -> Iterator[None]:
    """Keep notes of the libraries off the screen; their errors come through."""
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
    require("transformers").utils.logging.set_verbosity_error()
    require("transformers").utils.logging.disable_progress_bar()
    require("datasets").disable_progress_bars()
    logging.getLogger("bitsandbytes").setLevel(logging.ERROR)
    with warnings.catch_warnings():
        # transformers warns of its own use of names that it gave up, torch of what has no GPU.
        warnings.simplefilter("ignore")
        yield


def load_config(model: str) -> Any:
    """The configuration of a model: for a folder, config.json is all that is needed.

    Raises:
        InputError, NotFoundError: it is missing, gated, or none.
    """
    transformers = require("transformers")
    with model_errors(model):
        _refuse_missing(model)
        return transformers.AutoConfig.from_pretrained(model, **NO_CODE)


def load_tokenizer(model: str, *, optional: bool = False, generating: bool = True) -> Any:
    """The tokenizer of a model; None if it has none and that is ``optional``.

    Args:
        generating: texts shall end, so it needs an end of sequence; an encoder has none.

    Raises:
        InputError, NotFoundError: it is missing or cannot be read.
    """
    transformers = require("transformers")
    folder = Path(model)
    if optional and folder.is_dir() and not any(folder.glob("*token*")):
        return None
    with model_errors(model):
        _refuse_missing(model)
        tokenizer = transformers.AutoTokenizer.from_pretrained(model, **NO_CODE)
    if generating and tokenizer.eos_token is None:
        raise InputError("the tokenizer has no end of sequence", where=model, cure="set eos_token")
    if tokenizer.pad_token is None:
        tokenizer.pad_token = tokenizer.eos_token
    if tokenizer.pad_token is None:
        raise InputError("the tokenizer has no padding", where=model, cure="set pad_token")
    return tokenizer


def load_model(model: str, config: Mapping[str, Any]) -> Any:
    """A causal language model with its weights, on the GPU if there is one, 4 bits if so configured.

    Raises:
        DeviceError: 4 bits without a GPU, or memory that does not suffice.
        InputError, NotFoundError: it is missing, gated, or cannot be read.
    """
    torch, transformers = require("torch"), require("transformers")
    options: dict[str, Any] = {"dtype": torch.bfloat16 if config["bf16"] else torch.float32}
    if config.get("quantization") == "nf4":
        require("bitsandbytes")
        _want_gpu(model)
        options["quantization_config"] = transformers.BitsAndBytesConfig(
            load_in_4bit=True,
            bnb_4bit_quant_type="nf4",
            bnb_4bit_use_double_quant=config["double_quantization"],
            bnb_4bit_compute_dtype=torch.bfloat16,  # float32 otherwise, many times slower
        )
    if torch.cuda.is_available() and not sharded():
        options["device_map"] = {"": torch.cuda.current_device()}
    with model_errors(model):
        _refuse_missing(model)
        return transformers.AutoModelForCausalLM.from_pretrained(model, **NO_CODE, **options)


def _want_gpu(model: str) -> None:
    """Refuse 4 bits on a CPU, where bitsandbytes can do them, far too slowly to train with."""
    if not require("torch").cuda.is_available():
        raise DeviceError(
            "no GPU, and training in 4 bits (QLoRA) needs one",
            where=model,
            cure="run it on a machine with an NVIDIA GPU, or --set quantization=none for a small model",
        )


def quantization_of(adapter: str | None) -> dict[str, Any]:
    """How the base model of an adapter of ours was loaded while it was trained: 4 bits, or as it is.

    Without a GPU, and of an adapter that does not say (one of the Hub, or another program's): as it is.
    """
    file = Path(adapter or "") / "config.yaml"
    if adapter is None or not file.is_file() or not require("torch").cuda.is_available():
        return {"quantization": "none"}
    config = require("yaml").safe_load(file.read_text(encoding="utf-8"))
    return {key: config[key] for key in ("quantization", "double_quantization")}


def lora_config(config: Mapping[str, Any]) -> Any:
    """PEFT's settings of the adapter."""
    return require("peft").LoraConfig(
        r=config["lora_r"],
        lora_alpha=config["lora_alpha"],
        lora_dropout=config["lora_dropout"],
        target_modules=config["lora_modules"],
        task_type="CAUSAL_LM",
    )


def _refuse_missing(model: str) -> None:
    """A path that is not there would be asked for on the Hub, with a strange answer."""
    looks_local = model.startswith((".", "/", "~")) or model.count("/") != 1
    if not Path(model).exists() and looks_local and "/" in model:
        raise InputError("no such folder", where=model, cure="check the path of --model")


def device_name() -> str:
    """``cpu``, or the GPU's name."""
    torch = require("torch")
    return str(torch.cuda.get_device_name()) if torch.cuda.is_available() else "cpu"


def check_memory(needed: int, model: str, cure: str = _SMALLER) -> None:
    """Refuse work that the machine's memory (the GPU's, where there is one) cannot hold.

    Args:
        needed: bytes, as the plan estimates them.
        cure: what would take less.
    """
    torch, psutil = require("torch"), require("psutil")
    gpu = torch.cuda.is_available()
    free = int(torch.cuda.mem_get_info()[0] if gpu else psutil.virtual_memory().available)
    if needed <= free:
        return
    machine = "the GPU has" if gpu else "there is no GPU, and this machine has"
    raise DeviceError(
        f"about {gibibytes(needed)} of memory needed; {machine} {gibibytes(free)} free",
        where=model,
        cure=f"{cure}, or take a larger machine",
    )


def gibibytes(number: int) -> str:
    """Bytes for people.

    >>> gibibytes(3 * 2**30)
    '3.0 GiB'
    """
    return f"{number / 2**30:.1f} GiB"


def revision_of(model: str, config: Any = None, weights: tuple[str, ...] = _WEIGHTS) -> str:
    """Which bytes ``model`` stands for: the Hub's commit, or a hash of the folder's weights."""
    folder = Path(model)
    if folder.is_dir():
        files = sorted({file for pattern in weights for file in folder.glob(pattern)})
        entries = {file.name: sha256_of(file) for file in files}
        whole = hashlib.sha256(json.dumps(entries, sort_keys=True).encode()).hexdigest()
        return f"sha256:{whole}"
    return str(getattr(config, "_commit_hash", None) or "unknown")


def head(hidden: int, outputs: int, dropout: float = 0.0) -> Any:
    """Linear (hidden to hidden), GELU, linear (hidden to ``outputs``), with dropout between."""
    nn = require("torch").nn
    return nn.Sequential(
        nn.Linear(hidden, hidden), nn.GELU(), nn.Dropout(dropout), nn.Linear(hidden, outputs)
    )


def with_head(encoder: Any, outputs: int, dropout: float = 0.0, *, choices: bool = False) -> Any:
    """A module that takes (rows, choices, tokens) of an encoder's inputs, and ``labels``.

    The head sees the last hidden state of the first token, which is ``<s>`` for encoders without
    next-sentence prediction, and ``[CLS]`` for BERT. Several outputs: cross-entropy of the classes; one:
    mean squared error of a number, or with ``choices`` cross-entropy of the one output of each.

    Returns:
        A ``torch.nn.Module`` whose call gives ``loss`` (where there are labels) and ``logits``,
        (rows, outputs), or (rows, choices).
    """
    torch = require("torch")
    module: Any = torch.nn.Module
    functional = torch.nn.functional
    # Of a pair, as BERT does.
    tells_parts = "token_type_ids" in signature(encoder.forward).parameters

    class WithHead(module):  # type: ignore[misc]  # torch is not there to check
        def __init__(self) -> None:
            super().__init__()
            self.encoder = encoder
            self.head = head(encoder.config.hidden_size, outputs, dropout)

        def forward(
            self,
            input_ids: Any,
            attention_mask: Any,
            token_type_ids: Any = None,
            labels: Any = None,
        ) -> dict[str, Any]:
            rows = len(input_ids)
            given = {"input_ids": input_ids, "attention_mask": attention_mask}
            if tells_parts and token_type_ids is not None:
                given["token_type_ids"] = token_type_ids
            flat = {name: one.flatten(0, 1) for name, one in given.items()}
            states = self.encoder(**flat).last_hidden_state
            logits = self.head(states[:, 0]).float().reshape(rows, -1)
            if labels is None:
                return {"logits": logits}
            if outputs == 1 and not choices:
                loss = functional.mse_loss(logits[:, 0], labels.float())
            else:
                loss = functional.cross_entropy(logits, labels)
            return {"loss": loss, "logits": logits}

    return WithHead()
