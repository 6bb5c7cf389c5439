"""What training costs on a GPU: a 7B shape with random weights, ours beside the stock trainer. At most 8 minutes.

    python benchmarks/gpu.py > gpu.json
    python benchmarks/gpu.py --tiny      # the same with a tiny shape on a CPU, to see that it runs

For LoRA in bf16 and QLoRA in nf4: seconds a step and tokens a second (median after two steps of warming up),
the share of the chip's bf16 limit, torch's peak of allocated memory beside the plan's estimate, and the same
for TRL's own ``SFTTrainer``, which has no weights for rows. Nothing is downloaded: the model is made on the
GPU, its tokens are random. The script stops by itself before ``LIMIT`` seconds and reports what it has.
"""

from __future__ import annotations

import gc
import json
import statistics
import sys
import tempfile
import time
from collections.abc import Mapping
from typing import Any

import torch
import transformers
import trl
from datasets import Dataset
from tokenizers import Tokenizer, models
from trl import SFTConfig

from jtextkit.train.models import device_name, lora_config
from jtextkit.train.plan import language_model_sizes, memory
from jtextkit.train.presets import configuration
from jtextkit.train.weighting import weighted_trainer, weighting_collator

LIMIT = 480
TINY = "--tiny" in sys.argv
DEVICE = "cpu" if TINY else "cuda"
STEPS, WARM, TOKENS = (3, 1, 64) if TINY else (8, 2, 1024)
BF16_LIMITS = {"H100": 989e12, "H200": 989e12, "A100": 312e12, "L40S": 362e12, "4090": 165e12}
"""Dense bf16 operations a second by the makers' data sheets."""

SHAPE = transformers.LlamaConfig(
    hidden_size=64 if TINY else 4096,
    intermediate_size=128 if TINY else 11008,
    num_hidden_layers=2 if TINY else 32,
    num_attention_heads=4 if TINY else 32,
    num_key_value_heads=4 if TINY else 32,
    vocab_size=102_400,
    pad_token_id=0,
)
CASES = {
    "lora": (
        "bf16=true",
        "batch_size=1",
        "gradient_accumulation_steps=1",
        "gradient_checkpointing=true",
    ),
    "qlora": (
        "bf16=true",
        "batch_size=4",
        "gradient_accumulation_steps=1",
        "gradient_checkpointing=true",
        "quantization=nf4",
        "double_quantization=true",
    ),
}


def model_of(config: Mapping[str, Any], folder: str) -> Any:
    """The shape with random weights, on the GPU; in 4 bits by way of a file, as bitsandbytes wants it."""
    torch.set_default_dtype(torch.bfloat16)
    with torch.device(DEVICE):
        model = transformers.LlamaForCausalLM(SHAPE)
    torch.set_default_dtype(torch.float32)
    if config["quantization"] == "none":
        return model
    model.save_pretrained(folder)
    del model
    return transformers.AutoModelForCausalLM.from_pretrained(
        folder,
        dtype=torch.bfloat16,
        device_map={"": 0},
        trust_remote_code=False,
        quantization_config=transformers.BitsAndBytesConfig(
            load_in_4bit=True,
            bnb_4bit_quant_type="nf4",
            bnb_4bit_use_double_quant=config["double_quantization"],
            bnb_4bit_compute_dtype=torch.bfloat16,
        ),
    )


def synchronize() -> None:
    """Wait for the GPU, which works behind the program."""
    if not TINY:
        torch.cuda.synchronize()


class Clock(transformers.TrainerCallback):
    """Seconds of each step."""

    def __init__(self) -> None:
        self.seconds: list[float] = []
        self._begun = 0.0

    def on_step_begin(self, *_: Any, **__: Any) -> None:
        synchronize()
        self._begun = time.perf_counter()

    def on_step_end(self, *_: Any, **__: Any) -> None:
        synchronize()
        self.seconds.append(time.perf_counter() - self._begun)


def tokenizer() -> Any:
    """One that is never asked for more than its padding."""
    words = Tokenizer(models.WordLevel({"<pad>": 0}, unk_token="<pad>"))
    return transformers.PreTrainedTokenizerFast(
        tokenizer_object=words, pad_token="<pad>", eos_token="<pad>"
    )


def measured(model: Any, config: Mapping[str, Any], *, ours: bool) -> dict[str, Any]:
    """Some steps of one trainer."""
    batch = config["batch_size"]
    generator = torch.Generator().manual_seed(1)
    rows = []
    for _ in range(batch * STEPS):
        ids = torch.randint(5, 100_000, (TOKENS,), generator=generator).tolist()
        row = {"input_ids": ids, "labels": [-100] * (TOKENS // 4) + ids[TOKENS // 4 :]}
        rows.append({**row, "loss_weight": 1.5} if ours else row)
    clock = Clock()
    if not TINY:
        torch.cuda.reset_peak_memory_stats()
    with tempfile.TemporaryDirectory() as folder:
        arguments = SFTConfig(
            output_dir=folder,
            per_device_train_batch_size=batch,
            max_steps=STEPS,
            bf16=True,
            use_cpu=TINY,
            gradient_checkpointing=config["gradient_checkpointing"],
            optim=config["optimizer"],
            max_length=None,
            report_to="none",
            save_strategy="no",
            logging_strategy="no",
            disable_tqdm=True,
        )
        trainer = (weighted_trainer() if ours else trl.SFTTrainer)(
            model=model,
            args=arguments,
            train_dataset=Dataset.from_list(rows),
            processing_class=tokenizer(),
            peft_config=lora_config(config),
            callbacks=[clock],
            **({"data_collator": weighting_collator(0)} if ours else {}),
        )
        trainer.remove_callback(transformers.PrinterCallback)  # stdout is for the report
        trainer.train()
        # The adapter comes off again, so that the next trainer begins with the same model.
        trainer.model.unload()
    seconds = statistics.median(clock.seconds[WARM:])
    # 2 operations a weight forward, 2 for the gradient that goes through it, and 2 more where a layer
    # is computed again; the frozen weights have no gradients of their own.
    weights = sum(one.numel() for one in parameters())
    operations = (6 if config["gradient_checkpointing"] else 4) * weights * batch * TOKENS
    limit = next((v for k, v in BF16_LIMITS.items() if k in device_name()), None)
    return {
        "seconds_per_step": round(seconds, 4),
        "tokens_per_second": round(batch * TOKENS / seconds),
        "share_of_bf16_limit": limit and round(operations / seconds / limit, 3),
        "peak_bytes": None if TINY else torch.cuda.max_memory_allocated(),
    }


def parameters() -> Any:
    """The shape's parameters, without numbers."""
    with torch.device("meta"):
        return list(transformers.LlamaForCausalLM(SHAPE).parameters())


def main() -> None:
    """Print one JSON object."""
    if not TINY and not torch.cuda.is_available():
        sys.exit("no GPU: nothing to measure (--tiny shows on a CPU that the script runs)")
    begun = time.monotonic()
    report: dict[str, Any] = {
        "device": device_name(),
        "torch": torch.__version__,
        "trl": trl.__version__,
        "tokens_per_row": TOKENS,
        "cases": {},
    }
    for name, settings in CASES.items():
        if TINY and name == "qlora":
            continue  # 4 bits need the GPU
        config = configuration("train/difficulty", None, settings)
        sizes = language_model_sizes(SHAPE, config, name)
        tokens = config["batch_size"] * TOKENS
        case: dict[str, Any] = {"plan_bytes": memory(sizes, SHAPE, config, tokens, tokens * 3 // 4)}
        report["cases"][name] = case
        with tempfile.TemporaryDirectory() as folder:
            model = model_of(config, folder)
            for which, ours in (("ours", True), ("stock", False)):
                if time.monotonic() - begun > LIMIT * 0.8:
                    case[which] = "left out: no time"
                    continue
                case[which] = measured(model, config, ours=ours)
                gc.collect()
                torch.cuda.empty_cache()
            del model
        gc.collect()
        torch.cuda.empty_cache()
        print(json.dumps(report, indent=1), file=sys.stderr)
    report["seconds"] = round(time.monotonic() - begun)
    print(json.dumps(report, indent=1))


if __name__ == "__main__":
    main()
