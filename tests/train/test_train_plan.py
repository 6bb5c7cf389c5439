"""Plans: parameters of published shapes, steps, warm-up, memory, and what they warn of."""

from __future__ import annotations

import gc
import itertools
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from train_checks import WARNINGS, difficulty_set, stx_set

from jtextkit.core.errors import InputError, UsageError
from jtextkit.train import plan
from jtextkit.train.encoder import plan_encoder
from jtextkit.train.encoding import Encoded
from jtextkit.train.models import load_config
from jtextkit.train.plan import (
    Sizes,
    encoder_sizes,
    language_model_sizes,
    make_plan,
    memory,
    schedule,
)
from jtextkit.train.presets import configuration
from jtextkit.train.run import prepare

pytest.importorskip("torch", reason='needs the extra train: python -m pip install -e ".[train]"')
pytest.importorskip("trl", reason='needs the extra train: python -m pip install -e ".[train]"')
pytestmark = [pytest.mark.slow, *(pytest.mark.filterwarnings(one) for one in WARNINGS)]

LLAMA_7B = {
    "model_type": "llama",
    "hidden_size": 4096,
    "intermediate_size": 11008,
    "num_hidden_layers": 32,
    "num_attention_heads": 32,
    "num_key_value_heads": 32,
    "vocab_size": 102400,
}
MODERNBERT_130M = {
    "model_type": "modernbert",
    "hidden_size": 512,
    "intermediate_size": 2048,
    "num_hidden_layers": 19,
    "num_attention_heads": 8,
    "vocab_size": 102400,
}


def shape(folder: Path, config: dict[str, Any]) -> Path:
    folder.mkdir()
    (folder / "config.json").write_text(json.dumps(config))
    return folder


@pytest.fixture(scope="module")
def seven(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return shape(tmp_path_factory.mktemp("shapes") / "7b", LLAMA_7B)


def rows(number: int, tokens: int = 500) -> Encoded:
    return Encoded([], [tokens] * number, over_long=0, cut=False, weightless=0)


def test_a_7b_model_with_lora_has_the_cards_parameters(seven: Path) -> None:
    sizes = language_model_sizes(load_config(str(seven)), configuration("train/difficulty"), "7b")
    assert sizes.trainable == 39_976_960
    assert round(100 * sizes.trainable / sizes.total, 2) == 0.54
    assert sizes.embedding == 102_400 * 4096


def test_an_encoder_has_the_cards_parameters(tmp_path: Path, small_set: Path) -> None:
    folder = shape(tmp_path / "130m", MODERNBERT_130M)
    plan = plan_encoder(
        small_set, str(folder), configuration("train/encoder", task="difficulty")
    ).to_dict()
    assert round((plan["total_parameters"] - plan["head_parameters"]) / 1e6) == 132
    assert round(plan["embedding_parameters"] / 1e6) == 52
    assert round(plan["other_parameters"] / 1e6) == 80
    assert plan["head_parameters"] == 512 * 512 + 512 + 2 * 512 + 2
    assert plan["runs"] == 6 * 3 * 5
    assert plan["tokens_estimated"] is True


def test_the_seeds_schedule_is_mostly_warm_up(seven: Path) -> None:
    config = configuration("train/difficulty")
    plan = make_plan(Sizes(7, 1, 1), load_config(str(seven)), config, rows(1275), rows(159))
    assert (plan.steps, plan.steps_per_epoch, plan.warmup_steps) == (240, 80, 200)
    assert plan.tokens_per_epoch == 1275 * 500
    assert any("240 steps, of which 200 (83%) are warm-up" in one for one in plan.warnings)
    more = make_plan(Sizes(7, 1, 1), load_config(str(seven)), config, rows(12_750), None)
    assert more.warnings == ()


@pytest.mark.parametrize(
    ("settings", "number", "expected"),
    [
        ([], 16, (1, 3, 200)),
        ([], 17, (2, 6, 200)),
        (["max_steps=7"], 160, (10, 7, 200)),
        (["warmup_steps=0", "warmup_ratio=0.03"], 1600, (100, 300, 9)),
        (["warmup_steps=0", "warmup_ratio=0.01"], 160, (10, 30, 1)),
        (["lr_scheduler=constant"], 160, (10, 30, 0)),
        (["batch_size=4", "gradient_accumulation_steps=2"], 9, (2, 6, 200)),
    ],
)
def test_steps_are_those_that_transformers_counts(
    settings: list[str], number: int, expected: tuple[int, int, int]
) -> None:
    assert schedule(configuration("train/difficulty", None, settings), number) == expected


def test_the_constant_schedule_has_no_warm_up_and_says_so(tmp_path: Path, seven: Path) -> None:
    data = stx_set(tmp_path / "stx")
    plan = prepare("stx", data, str(seven), configuration("train/stx"), for_plan=True).plan
    assert (plan.steps, plan.warmup_steps) == (1000, 0)
    told = " ".join(plan.warnings)
    assert "constant has no warm-up" in told
    assert "takes every row 1000 times" in told
    heeds = configuration("train/stx", None, ["lr_scheduler=constant_with_warmup"])
    assert prepare("stx", data, str(seven), heeds, for_plan=True).plan.warmup_steps == 30


def test_a_plan_needs_no_weights_and_no_tokenizer(small_set: Path, seven: Path) -> None:
    plan = prepare(
        "difficulty", small_set, str(seven), configuration("train/difficulty"), for_plan=True
    ).plan.to_dict()
    keys = ("trainable_parameters", "total_parameters", "steps", "warmup_steps")
    assert {*keys, "tokens_per_epoch", "memory_bytes", "warnings"} <= plan.keys()
    assert plan["rows"]["train"]["groups"] == {"Complex": 4, "Simple": 4}
    assert plan["tokens_estimated"] is True
    assert "no tokenizer: tokens are estimated from characters" in plan["warnings"]


def test_with_a_tokenizer_tokens_are_counted(small_set: Path, tiny_model: Path) -> None:
    plan = prepare(
        "difficulty", small_set, str(tiny_model), configuration("train/difficulty"), for_plan=True
    )
    assert plan.plan.tokens_estimated is False
    assert plan.plan.tokens_per_epoch == sum(len(row["input_ids"]) for row in plan.train.rows)


def test_no_row_left_is_told(small_set: Path, tiny_model: Path) -> None:
    config = configuration("train/difficulty", None, ["max_length=5"])
    with pytest.raises(InputError, match="8 over-long, 0 of weight 0: no row is left"):
        prepare("difficulty", small_set, str(tiny_model), config)


def test_weight_0_takes_the_rows_out_of_the_plan(small_set: Path, tiny_model: Path) -> None:
    config = configuration("train/difficulty", None, ["class_weights.Simple=0"])
    plan = prepare("difficulty", small_set, str(tiny_model), config).plan
    assert plan.rows["train"]["used"] == 4
    assert "4 rows weigh 0 and are left out" in plan.warnings


def test_best_without_validation_is_told(tmp_path: Path, tiny_model: Path) -> None:
    data = difficulty_set(tmp_path / "set", validation=0)
    config = configuration("train/difficulty", None, ["keep_best=true"])
    plan = prepare("difficulty", data, str(tiny_model), config).plan
    assert any("no validation rows" in one for one in plan.warnings)


def test_memory_is_in_the_range_that_practice_knows(seven: Path) -> None:
    """Weights of 7.3 billion parameters are 13.6 GiB in bf16 and about 4.6 in nf4 with double
    quantisation (embeddings and head stay in bf16); a step needs more, and not many times more."""
    shape = load_config(str(seven))
    config = configuration("train/difficulty")
    sizes = language_model_sizes(shape, config, "7b")
    gib = memory(sizes, shape, config, 1500) / 2**30
    assert 14 < gib < 48
    nf4 = configuration("train/difficulty", None, ["quantization=nf4", "double_quantization=true"])
    small = memory(language_model_sizes(shape, nf4, "7b"), shape, nf4, 1500) / 2**30
    assert gib - small == pytest.approx(6.476e9 * (2 - 4.127 / 8) / 2**30, rel=0.01)
    checkpointed = configuration("train/difficulty", None, ["gradient_checkpointing=true"])
    assert memory(sizes, shape, checkpointed, 1500) < memory(sizes, shape, config, 1500)
    assert memory(sizes, shape, config, 3000) > memory(sizes, shape, config, 1500)


def allocated(step: Callable[[], object]) -> int:
    """Bytes that torch's allocator on the CPU gave out at most, while ``step`` ran."""
    import torch

    gc.collect()  # what others left would be counted as given back
    with torch.profiler.profile(
        activities=[torch.profiler.ProfilerActivity.CPU], profile_memory=True
    ) as profile:
        step()
    events = [one for one in profile.profiler.kineto_results.events() if one.name() == "[memory]"]
    events.sort(key=lambda one: one.start_ns())
    return max(itertools.accumulate(one.nbytes() for one in events))


def parameter_bytes(model: Any) -> int:
    return sum(one.numel() * one.element_size() for one in model.parameters())


@pytest.mark.parametrize(
    ("settings", "vocabulary"),
    [
        ([], 9000),
        (["bf16=true"], 9000),
        (["gradient_checkpointing=true"], 40_000),
        (["lora_modules=[q_proj, v_proj]", "lora_dropout=0"], 9000),
    ],
)
def test_the_memory_of_a_language_model_is_what_is_allocated(
    settings: list[str], vocabulary: int, tiny_model: Path, tmp_path: Path
) -> None:
    import torch
    from datasets import Dataset
    from transformers import AutoTokenizer, LlamaConfig, LlamaForCausalLM
    from trl import SFTConfig

    from jtextkit.train.models import lora_config
    from jtextkit.train.weighting import weighted_trainer, weighting_collator

    config = configuration(
        "train/difficulty", None, ["bf16=false", "batch_size=2", "lora_r=8", *settings]
    )
    shape = LlamaConfig(
        hidden_size=192, intermediate_size=640, num_hidden_layers=4, num_attention_heads=6,
        vocab_size=vocabulary, pad_token_id=0,
    )  # fmt: skip
    width = torch.bfloat16 if config["bf16"] else torch.float32
    trainer = weighted_trainer()(
        model=LlamaForCausalLM(shape).to(width),
        args=SFTConfig(
            output_dir=str(tmp_path), use_cpu=True, bf16=config["bf16"], max_length=None, report_to="none",
            per_device_train_batch_size=2, save_strategy="no", disable_tqdm=True, num_train_epochs=1,
            gradient_checkpointing=config["gradient_checkpointing"], logging_strategy="no",
        ),
        data_collator=weighting_collator(0),
        train_dataset=Dataset.from_list(
            [{"input_ids": [5] * 200, "labels": [-100] * 50 + [5] * 150, "loss_weight": 1.0}] * 4
        ),
        processing_class=AutoTokenizer.from_pretrained(tiny_model),
        peft_config=lora_config(config),
    )  # fmt: skip
    measured = parameter_bytes(trainer.model) + allocated(trainer.train)
    sizes = language_model_sizes(shape, config, "m")
    assert memory(sizes, shape, config, 400, 300, on_cpu=True) == pytest.approx(measured, rel=0.15)


@pytest.mark.parametrize("bf16", [False, True])
@pytest.mark.parametrize("kind", ["BertConfig", "ModernBertConfig"])
def test_the_memory_of_an_encoder_is_what_is_allocated(kind: str, bf16: bool) -> None:
    import torch
    import transformers

    from jtextkit.train.models import with_head

    shape = getattr(transformers, kind)(
        hidden_size=192, intermediate_size=640, num_hidden_layers=4, num_attention_heads=6,
        vocab_size=3000, pad_token_id=0, bos_token_id=1, eos_token_id=2, cls_token_id=1, sep_token_id=2,
    )  # fmt: skip
    model = with_head(transformers.AutoModel.from_config(shape), 2)
    optimizer = torch.optim.AdamW(model.parameters())
    ids = torch.full((12, 1, 100), 7)

    def steps() -> None:
        for _ in range(2):
            with torch.autocast("cpu", torch.bfloat16, enabled=bf16):
                given = {"input_ids": ids, "attention_mask": torch.ones_like(ids)}
                loss = model(**given, labels=torch.zeros(12, dtype=torch.long))["loss"]
            loss.backward()
            optimizer.step()
            optimizer.zero_grad()

    measured = parameter_bytes(model) + allocated(steps)
    sizes = encoder_sizes(shape, 2, "m")
    assert memory(sizes, shape, {"bf16": bf16}, 1200, on_cpu=True) == pytest.approx(
        measured, rel=0.15
    )


def test_logits_are_those_of_the_installed_trl(monkeypatch: pytest.MonkeyPatch) -> None:
    """A tile of 4,096 learnt tokens by 32,768 pieces; twice the tile, twice the bytes."""
    import trl.trainer.utils

    pieces = getattr(trl.trainer.utils, "_CHUNKED_LOGPROB_CHUNK_SIZE", None)
    if pieces is None:
        pytest.skip("the installed TRL has no tiles: pip install trl==1.16")
    one = plan._logits(1000, 102_400, 2, on_cpu=False)
    assert one == 1000 * pieces * 2
    assert plan._logits(50_000, 102_400, 2, on_cpu=False) == 4096 * pieces * 2
    monkeypatch.setattr(trl.trainer.utils, "_CHUNKED_LOGPROB_CHUNK_SIZE", 2 * pieces)
    assert plan._logits(1000, 102_400, 2, on_cpu=False) == 2 * one
    monkeypatch.delattr(trl.trainer.utils, "_CHUNKED_LOGPROB_CHUNK_SIZE")
    assert plan._logits(1000, 102_400, 2, on_cpu=False) == 1000 * 102_400 * 10  # all logits


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ('{"model_type": "llama"', "holds no model that can be read"),
        ('{"model_type": "nonesuch"}', "holds no model that can be read"),
        (None, "holds no model that can be read"),
    ],
)
def test_a_folder_without_a_model_is_told(content: str | None, says: str, tmp_path: Path) -> None:
    folder = tmp_path / "model"
    folder.mkdir()
    if content is not None:
        (folder / "config.json").write_text(content)
    with pytest.raises(InputError, match=says):
        load_config(str(folder))


def test_a_path_that_is_not_there_is_no_name_of_the_hub(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no such folder"):
        load_config(str(tmp_path / "none"))


def test_a_model_of_another_kind_is_told(tmp_path: Path, small_set: Path, seven: Path) -> None:
    """The first token of a decoder sees no other, so a head on it would learn nothing."""
    encoder = str(shape(tmp_path / "130m", MODERNBERT_130M))
    with pytest.raises(InputError, match="a model of another kind"):
        prepare("difficulty", small_set, encoder, configuration("train/difficulty"), for_plan=True)
    with pytest.raises(InputError, match="a model of another kind"):
        plan_encoder(small_set, str(seven), configuration("train/encoder", task="difficulty"))


def test_layers_that_are_not_there_are_told(seven: Path, small_set: Path) -> None:
    config = configuration("train/difficulty", None, ["lora_modules=[q_proj, w_proj]"])
    assert prepare(
        "difficulty", small_set, str(seven), config, for_plan=True
    )  # one of them is there
    config = configuration("train/difficulty", None, ["lora_modules=w_proj"])
    with pytest.raises(UsageError, match=r"lora_modules fits no layer.*q_proj, up_proj"):
        prepare("difficulty", small_set, str(seven), config, for_plan=True)
