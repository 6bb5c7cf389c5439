"""Several processes are one run; one process that Slurm started beside others is told."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from train_checks import (
    ROOT,
    SHORT,
    WARNINGS,
    go,
    losses,
    make_tiny_encoder,
)

from jtextkit.core.errors import UsageError
from jtextkit.core.receipts import file_entries, read_receipt
from jtextkit.train import processes
from jtextkit.train.encoder import train_encoder
from jtextkit.train.presets import configuration

pytest.importorskip("torch", reason='needs the extra train: python -m pip install -e ".[train]"')
pytest.importorskip("trl", reason='needs the extra train: python -m pip install -e ".[train]"')
pytestmark = [pytest.mark.slow, *(pytest.mark.filterwarnings(one) for one in WARNINGS)]


def launched(number: int, *words: object, folder: Path) -> list[subprocess.CompletedProcess[str]]:
    """``jtextkit WORDS`` in so many processes that know of each other, as torchrun starts them."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    at_work = [
        subprocess.Popen(
            [sys.executable, "-m", "jtextkit", *map(str, words)],
            env={
                **os.environ,
                "PYTHONPATH": str(ROOT),
                "OMP_NUM_THREADS": "1",
                "RANK": str(rank),
                "LOCAL_RANK": str(rank),
                "WORLD_SIZE": str(number),
                "MASTER_ADDR": "127.0.0.1",
                "MASTER_PORT": str(port),
            },
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            cwd=folder,
        )
        for rank in range(number)
    ]
    ended = []
    for process in at_work:
        out, err = process.communicate(timeout=240)
        ended.append(subprocess.CompletedProcess(process.args, process.returncode, out, err))
    return ended


def test_two_processes_are_one_run(small_set: Path, tiny_model: Path, tmp_path: Path) -> None:
    settings = ("lora_dropout=0", "batch_size=1", "max_steps=0")
    go(small_set, tiny_model, tmp_path / "alone", *settings)
    words = ["train", "difficulty", "--data", small_set, "--model", tiny_model, "-o", "both"]
    for setting in (*SHORT, *settings):
        words += ["--set", setting]
    first, second = launched(2, *words, folder=tmp_path)
    assert (first.returncode, second.returncode) == (0, 0), first.stderr + second.stderr
    assert "both written" in first.stderr
    assert second.stdout == ""
    assert "written" not in second.stderr
    alone, both = tmp_path / "alone", tmp_path / "both"
    assert losses(both) == pytest.approx(losses(alone), rel=1e-4)
    metrics = [json.loads((one / "metrics.json").read_text()) for one in (alone, both)]
    assert metrics[0]["summary"]["steps"] == metrics[1]["summary"]["steps"] == 8
    assert metrics[0]["rows"] == metrics[1]["rows"]
    files = [{path.relative_to(one) for path in one.rglob("*")} for one in (alone, both)]
    assert files[0] == files[1]
    receipt = read_receipt(both)
    assert receipt is not None
    assert receipt["files"] == file_entries(both)
    again = launched(2, *words, "--resume", folder=tmp_path)
    assert [one.returncode for one in again] == [0, 0]
    assert "this run is done already" in again[0].stderr


def test_two_processes_train_one_grid(small_set: Path, tiny_model: Path, tmp_path: Path) -> None:
    encoder = make_tiny_encoder(tmp_path / "encoder", tiny_model)
    settings = ("bf16=false", "learning_rates=1e-2", "epochs=2", "seeds=2", "batch_size=4")
    config = configuration("train/encoder", None, settings, task="difficulty")
    alone = train_encoder(
        "difficulty", small_set, str(encoder), config, tmp_path / "alone", say=lambda _: None
    )
    words = ["train", "encoder", "--task", "difficulty", "--data", small_set, "--model", encoder]
    for setting in settings:
        words += ["--set", setting]
    both = launched(2, *words, "-o", "both", folder=tmp_path)
    assert [one.returncode for one in both] == [0, 0], both[0].stderr + both[1].stderr
    found = json.loads((tmp_path / "both" / "metrics.json").read_text())
    assert found["judged"] == json.loads(json.dumps(alone["judged"]))
    assert (tmp_path / "both" / "model" / "head.safetensors").is_file()


def test_a_step_that_cannot_be_shared_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WORLD_SIZE", "3")
    assert processes.share(6, "batch_size") == 2
    with pytest.raises(UsageError, match="3 processes cannot share batch_size 4"):
        processes.share(4, "batch_size")


def test_slurm_without_a_launcher_is_one_line(
    small_set: Path, tiny_model: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SLURM_NTASKS", "2")
    with pytest.raises(UsageError, match=r"SLURM_NTASKS=2: .*no launcher.*torchrun"):
        go(small_set, tiny_model, tmp_path / "out")
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(("before", "after"), [(None, "0"), ("3", "3"), ("2,3", "2"), ("", "")])
def test_a_run_of_one_process_sees_one_gpu(
    before: str | None, after: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CUDA_VISIBLE_DEVICES", before or "")
    if before is None:
        monkeypatch.delenv("CUDA_VISIBLE_DEVICES")
    processes.join()
    assert os.environ["CUDA_VISIBLE_DEVICES"] == after
