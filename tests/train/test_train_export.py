"""A run exported is the same run in another trainer: its rows, its weights, its numbers."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from train_checks import WARNINGS, difficulty_set, sansu_set, stx_set

from jtextkit.builders.sets.reading import open_set
from jtextkit.core.errors import OutputError, UsageError
from jtextkit.core.receipts import file_entries, read_receipt
from jtextkit.train.exporting import _copies, export_sft, task_of_set
from jtextkit.train.presets import configuration

yaml = pytest.importorskip(
    "yaml", reason='needs the extra train: python -m pip install -e ".[train]"'
)
pytestmark = [pytest.mark.filterwarnings(one) for one in WARNINGS]

SETS = {"difficulty": difficulty_set, "stx": stx_set, "sansu": sansu_set}
ENGINES = ("trl", "axolotl", "llama-factory")


def exported(engine: str, task: str, folder: Path, *settings: str) -> dict[str, Any]:
    data = SETS[task](folder / "set")
    config = configuration(f"train/{task}", None, settings)
    export_sft(data, engine, folder / "out", config, task=task, model="M")
    content = yaml.safe_load((folder / "out" / f"{engine}.yaml").read_text(encoding="utf-8"))
    assert isinstance(content, dict)
    return content


def rows(folder: Path, split: str = "train") -> list[dict[str, Any]]:
    lines = (folder / "out" / "data" / f"{split}.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("task", SETS)
def test_rows_are_those_that_are_learnt(engine: str, task: str, tmp_path: Path) -> None:
    exported(engine, task, tmp_path, "class_weights.Simple=1" if task == "difficulty" else "seed=1")
    (first, *_) = rows(tmp_path)
    original = open_set(tmp_path / "set").splits["train"][0]
    if task == "difficulty":
        assert first["completion"] == original["text"]
        assert "「Simple」" in first["prompt"]
    elif task == "stx":
        assert first == {"prompt": original["prompt"], "completion": original["completion"]}
    elif engine == "trl":
        assert [*first["prompt"], *first["completion"]] == original["messages"]
    else:
        assert first["messages"] == original["messages"]
    assert len(rows(tmp_path)) == len(open_set(tmp_path / "set").splits["train"])
    receipt = read_receipt(tmp_path / "out")
    assert receipt is not None
    assert receipt["files"] == file_entries(tmp_path / "out")
    assert receipt["data"]["receipt_sha256"]


@pytest.mark.parametrize("engine", ENGINES)
def test_what_weighs_more_stands_there_more_often_in_as_many_steps(
    engine: str, tmp_path: Path
) -> None:
    content = exported(engine, "difficulty", tmp_path)
    levels = ["Simple" if "「Simple」" in row["prompt"] else "Complex" for row in rows(tmp_path)]
    assert (levels.count("Simple"), levels.count("Complex")) == (4 * 3, 4 * 2)
    assert len(rows(tmp_path, "validation")) == 4
    assert content["max_steps"] == 3  # 8 rows, 16 a step, 3 epochs


@pytest.mark.parametrize(
    ("weights", "copies"),
    [
        ({"": 1.0}, {"": 1}),
        ({"a": 2.0, "b": 1.0}, {"a": 2, "b": 1}),
        ({"a": 0.5, "b": 0.75}, {"a": 2, "b": 3}),
        ({"a": 1 / 3, "b": 1.0}, {"a": 1, "b": 3}),
    ],
)
def test_copies_are_in_lowest_terms(weights: dict[str, float], copies: dict[str, int]) -> None:
    assert _copies(weights) == copies


@pytest.mark.parametrize("engine", ENGINES)
def test_four_bits_and_chosen_layers_are_in_the_engines_words(engine: str, tmp_path: Path) -> None:
    content = exported(engine, "stx", tmp_path, "lora_modules=[q_proj, v_proj]")
    bits = {"trl": "load_in_4bit", "axolotl": "load_in_4bit", "llama-factory": "quantization_bit"}
    assert content[bits[engine]] == (4 if engine == "llama-factory" else True)
    assert {"lora_r": 64, "lora_rank": 64}.items() & content.items()
    assert ["q_proj", "v_proj"] in content.values() or "q_proj,v_proj" in content.values()
    assert content["learning_rate"] == 2e-4


def test_small_numbers_stay_numbers(tmp_path: Path) -> None:
    assert exported("trl", "stx", tmp_path, "learning_rate=5e-6")["learning_rate"] == 5e-6


def test_a_folder_in_use_is_not_replaced(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "mine.txt").write_text("mine")
    with pytest.raises(OutputError, match="not empty"):
        exported("trl", "stx", tmp_path)


def test_rows_of_ones_own_need_their_task(tmp_path: Path) -> None:
    file = tmp_path / "mine.jsonl"
    file.write_text('{"prompt": "問い", "completion": "答え"}\n', encoding="utf-8")
    with pytest.raises(UsageError, match="--task"):
        task_of_set(open_set(file))


# The engines themselves read their files.


@pytest.mark.parametrize("task", SETS)
def test_trl_reads_its_file_and_learns_the_rows(
    task: str, tiny_model: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("trl", reason='needs the extra train: python -m pip install -e ".[train]"')
    from datasets import load_dataset
    from trl import ModelConfig, ScriptArguments, SFTConfig, TrlParser, get_peft_config

    exported("trl", task, tmp_path)
    monkeypatch.chdir(tmp_path / "out")
    parser = TrlParser((ScriptArguments, SFTConfig, ModelConfig))
    script, training, model = parser.parse_args_and_config(["--config", "trl.yaml", "--use_cpu"])
    config = configuration(f"train/{task}")
    assert training.learning_rate == config["learning_rate"]
    assert training.per_device_train_batch_size == config["batch_size"]
    lora = get_peft_config(model)
    assert (lora.r, lora.lora_alpha, lora.target_modules) == (
        config["lora_r"], config["lora_alpha"], "all-linear"
    )  # fmt: skip
    assert model.load_in_4bit == (config["quantization"] == "nf4")
    data = load_dataset(script.dataset_name, name=script.dataset_config)
    assert {script.dataset_train_split, script.dataset_test_split} <= data.keys()
    assert data["train"].to_list() == rows(tmp_path)


@pytest.mark.parametrize("task", SETS)
def test_axolotl_reads_its_file(task: str, tmp_path: Path) -> None:
    config = pytest.importorskip(
        "axolotl.utils.schemas.config", reason="axolotl is not installed: pip install axolotl"
    )
    content = exported("axolotl", task, tmp_path)
    read = config.AxolotlInputConfig(**content).model_dump(exclude_none=True)
    assert {key: read[key] for key in content if key not in ("datasets", "test_datasets")} == {
        key: content[key] for key in content if key not in ("datasets", "test_datasets")
    }
    assert read["datasets"][0]["path"] == "data/train.jsonl"


@pytest.mark.parametrize("task", SETS)
def test_llama_factory_reads_its_file(task: str, tmp_path: Path) -> None:
    arguments = pytest.importorskip(
        "llamafactory.hparams",
        reason="LLaMA-Factory is not installed: pip install llamafactory",
        exc_type=ImportError,
    )
    content = exported("llama-factory", task, tmp_path, "bf16=false", "quantization=none")
    model, data, training, finetuning, _ = arguments.get_train_args(content)
    assert data.dataset == ["train"]
    assert training.max_steps == content["max_steps"]
    assert finetuning.lora_rank == content["lora_rank"]
    assert model.model_name_or_path == "M"
