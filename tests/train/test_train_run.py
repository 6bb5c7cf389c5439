"""Run folders: what is in them, and that a run which stops goes on to the same end."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from train_checks import (
    ROOT,
    SHORT,
    WARNINGS,
    difficulty_set,
    go,
    losses,
    make_tiny_model,
    sansu_set,
    stx_set,
)

from jtextkit.core.errors import DeviceError, OutputError, UsageError
from jtextkit.core.files import sha256_of
from jtextkit.core.receipts import read_receipt
from jtextkit.train import models
from jtextkit.train.folder import run_folder
from jtextkit.train.presets import configuration
from jtextkit.train.run import last_checkpoint

pytest.importorskip("torch", reason='needs the extra train: python -m pip install -e ".[train]"')
pytest.importorskip("trl", reason='needs the extra train: python -m pip install -e ".[train]"')
pytestmark = [pytest.mark.slow, *(pytest.mark.filterwarnings(one) for one in WARNINGS)]


@pytest.fixture(scope="module")
def finished(small_set: Path, tiny_model: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("runs") / "whole"
    go(small_set, tiny_model, out)
    return out


def test_a_run_folder_tells_all_of_it(finished: Path, small_set: Path, tiny_model: Path) -> None:
    names = {path.name for path in finished.iterdir()}
    assert names == {
        "run.json",
        "config.yaml",
        "metrics.json",
        "adapter",
        "README.md",
        "receipt.json",
    }
    begun = json.loads((finished / "run.json").read_text())
    assert begun["data"]["receipt_sha256"] == sha256_of(small_set / "receipt.json")
    assert begun["data"]["files"]["train.parquet"]["sha256"] == sha256_of(
        small_set / "train.parquet"
    )
    assert begun["versions"]["trl"]
    assert begun["config"]["lora_r"] == 2
    assert begun["revision"].startswith("sha256:")
    assert begun["plan"]["steps"] == 8
    metrics = json.loads((finished / "metrics.json").read_text())
    assert metrics["summary"]["steps"] == 8
    assert metrics["rows"]["train"]["over_long"] == 0
    assert len(losses(finished)) == 8
    receipt = read_receipt(finished)
    assert receipt is not None
    whole = {"adapter/adapter_model.safetensors", "adapter/config.yaml", "run.json"}
    assert whole <= receipt["files"].keys()
    card = (finished / "README.md").read_text()
    assert begun["data"]["receipt_sha256"] in card
    assert "Simple 1.5, Complex 1" in card
    assert "jtextkit evaluate difficulty" in card.replace("\n", " ")


def test_the_configuration_of_a_run_can_be_used_again(finished: Path) -> None:
    again = configuration("train/difficulty", finished / "config.yaml")
    assert again == configuration("train/difficulty", None, SHORT)


def test_the_model_learnt_something(finished: Path) -> None:
    found = losses(finished)
    assert found[-1] < found[0]


def test_the_adapter_loads(finished: Path, tiny_model: Path) -> None:
    import torch
    from peft import PeftModel
    from transformers import AutoModelForCausalLM

    base = AutoModelForCausalLM.from_pretrained(tiny_model)
    tuned = PeftModel.from_pretrained(base, finished / "adapter")
    changed = [one for name, one in tuned.named_parameters() if "lora_B" in name]
    assert len(changed) == 7
    assert all(torch.any(one != 0) for one in changed)


def test_the_same_run_twice_is_the_same(
    finished: Path, small_set: Path, tiny_model: Path, tmp_path: Path
) -> None:
    go(small_set, tiny_model, tmp_path / "out")
    assert losses(tmp_path / "out") == losses(finished)
    weights = Path("adapter") / "adapter_model.safetensors"
    assert sha256_of(tmp_path / "out" / weights) == sha256_of(finished / weights)


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGKILL")
def test_a_killed_run_goes_on_to_the_same_losses_and_weights(
    finished: Path, small_set: Path, tiny_model: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    words = ["train", "difficulty", "--data", small_set, "--model", tiny_model, "-o", out]
    for setting in SHORT:
        words += ["--set", setting]
    killed = subprocess.run(
        [sys.executable, "-m", "jtextkit", *map(str, words)],
        env={
            **os.environ,
            "PYTHONPATH": str(ROOT),
            "OMP_NUM_THREADS": "1",
            "JTEXTKIT_FAILPOINT": "step-done:5",
        },
        capture_output=True,
        check=False,
    )
    assert killed.returncode == -signal.SIGKILL, killed.stderr.decode()
    assert not (out / "receipt.json").exists()
    checkpoints = out / "checkpoints"
    said: list[str] = []
    assert last_checkpoint(checkpoints, said.append) == checkpoints / "checkpoint-3"
    assert said == []
    torn = checkpoints / "checkpoint-6"  # as a kill while it was written would leave it
    shutil.copytree(checkpoints / "checkpoint-3", torn)
    (torn / "receipt.json").unlink()
    flipped = checkpoints / "checkpoint-5"
    shutil.copytree(checkpoints / "checkpoint-3", flipped)
    weights = flipped / "adapter_model.safetensors"
    data = bytearray(weights.read_bytes())
    data[-1] ^= 1
    weights.write_bytes(data)
    shutil.copytree(checkpoints / "checkpoint-3", checkpoints / "checkpoint-4")
    (checkpoints / "checkpoint-4" / "optimizer.pt").write_bytes(b"")

    with pytest.raises(UsageError, match="--resume"):
        go(small_set, tiny_model, out)
    with pytest.raises(UsageError, match="started with another config"):
        go(small_set, tiny_model, out, "seed=2", resume=True)
    _, said = go(small_set, tiny_model, out, resume=True)
    assert [one.split()[1] for one in said if "not as it was written" in one] == [
        "checkpoint-6",
        "checkpoint-5",
        "checkpoint-4",
    ]
    assert losses(out) == losses(finished)
    weights = Path("adapter") / "adapter_model.safetensors"
    assert sha256_of(out / weights) == sha256_of(finished / weights)
    assert not checkpoints.exists()


@pytest.mark.skipif(sys.platform == "win32", reason="a second run is not noticed there")
def test_a_second_run_in_a_folder_is_one_line(
    small_set: Path, tiny_model: Path, tmp_path: Path
) -> None:
    with run_folder(tmp_path / "run"), pytest.raises(OutputError, match="another run is at work"):
        go(small_set, tiny_model, tmp_path / "run")
    assert list((tmp_path / "run").iterdir()) == []


def test_a_run_that_is_done_stays_as_it_is(
    finished: Path, small_set: Path, tiny_model: Path
) -> None:
    before = sha256_of(finished / "receipt.json")
    metrics, said = go(small_set, tiny_model, finished, resume=True)
    assert metrics["summary"]["steps"] == 8
    assert said[-1].endswith("this run is done already")
    assert sha256_of(finished / "receipt.json") == before


def test_what_is_no_run_is_not_touched(small_set: Path, tiny_model: Path, tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    with pytest.raises(OutputError, match="holds no run of ours"):
        go(small_set, tiny_model, tmp_path, resume=True)
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_weight_0_is_the_run_without_those_rows(tiny_model: Path, tmp_path: Path) -> None:
    """End to end: a class of weight 0 has no part in any step."""
    both = difficulty_set(tmp_path / "both", validation=0)
    metrics, said = go(both, tiny_model, tmp_path / "out", "class_weights.Complex=0")
    assert metrics["rows"]["train"]["used"] == 4
    assert metrics["summary"]["steps"] == 4
    assert any("4 rows weigh 0" in one for one in said)
    assert metrics["summary"]["last validation loss"] is None


def test_the_best_state_is_kept(small_set: Path, tiny_model: Path, tmp_path: Path) -> None:
    """With a rate that ruins the model, the best state is the first one evaluated."""
    settings = (
        "keep_best=true",
        "learning_rate=3.0",
        "save_steps=1",
        "eval_steps=1",
        "max_steps=3",
    )
    metrics, _ = go(small_set, tiny_model, tmp_path / "out", *settings)
    evaluated = [entry["eval_loss"] for entry in metrics["log"] if "eval_loss" in entry]
    assert len(evaluated) == 3
    at = evaluated.index(min(evaluated)) + 1
    assert metrics["best_checkpoint"] == f"checkpoint-{at}"


@pytest.mark.parametrize("task", ["stx", "sansu"])
def test_the_instruction_sets_train_without_4_bits(
    task: str, tiny_model: Path, tmp_path: Path
) -> None:
    data = (stx_set if task == "stx" else sansu_set)(tmp_path / "set")
    settings = ("quantization=none", "max_steps=2", "batch_size=2", "num_epochs=0")
    metrics, _ = go(data, tiny_model, tmp_path / "out", *settings, task=task)
    assert metrics["summary"]["steps"] == 2
    assert "evaluate answers" in (tmp_path / "out" / "README.md").read_text().replace("\n", " ")


def test_4_bits_without_a_gpu_is_one_line(tiny_model: Path, tmp_path: Path) -> None:
    import torch

    if torch.cuda.is_available():
        pytest.skip("there is a GPU: set CUDA_VISIBLE_DEVICES to nothing")
    with pytest.raises(DeviceError, match="no GPU"):
        go(stx_set(tmp_path / "set"), tiny_model, tmp_path / "out", task="stx")


def test_4_bits_train_as_configured(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """On the CPU, where bitsandbytes computes too: nf4 and double quantisation."""
    pytest.importorskip("bitsandbytes", reason="only for Linux")
    import torch
    from safetensors.torch import load_file

    if torch.cuda.is_available():
        pytest.skip("the path without a GPU: set CUDA_VISIBLE_DEVICES to nothing")
    monkeypatch.setattr(models, "_want_gpu", lambda _: None)
    model = make_tiny_model(tmp_path / "model", hidden=64)  # blocks of 4 bits need as many
    loaded = models.load_model(str(model), configuration("train/stx"))
    quantized = loaded.model.layers[0].mlp.up_proj.weight
    assert quantized.quant_type == "nf4"
    assert quantized.quant_state.nested  # double quantisation
    assert loaded.model.layers[0].mlp.up_proj.compute_dtype == torch.bfloat16
    data, out = stx_set(tmp_path / "set"), tmp_path / "out"
    settings = ("bf16=true", "max_steps=2", "batch_size=2", "num_epochs=0")
    metrics, _ = go(data, model, out, *settings, task="stx")
    assert metrics["summary"]["steps"] == 2
    weights = load_file(out / "adapter" / "adapter_model.safetensors")
    assert all(torch.any(one != 0) for name, one in weights.items() if "lora_B" in name)


def test_too_little_memory_is_one_line(
    small_set: Path, tiny_model: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import psutil

    class Full:
        available = 1000

    monkeypatch.setattr(psutil, "virtual_memory", Full)
    with pytest.raises(DeviceError, match=r"GiB of memory needed.*0\.0 GiB free"):
        go(small_set, tiny_model, tmp_path / "out")
    assert not (tmp_path / "out" / "adapter").exists()


def test_a_full_gpu_is_one_line() -> None:
    import torch

    with (
        pytest.raises(DeviceError, match="the GPU's memory is too little"),
        models.memory_errors("model"),
    ):
        raise torch.OutOfMemoryError("CUDA out of memory. Tried to allocate 20.00 GiB")


def test_a_missing_extra_is_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    from jtextkit.core.extras import require

    monkeypatch.setitem(sys.modules, "trl", None)
    with pytest.raises(UsageError, match=r'trl is not installed; .*"jtextkit\[train\]"'):
        require("trl")
