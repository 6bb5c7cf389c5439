"""The scripts of the seeds, from data to the card's table: tiny models on a CPU, or a server of ours."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from chat_server import chat_server

ROOT = Path(__file__).resolve().parents[2]
FIGURE = r"\d+\.\d\d \(\d+\.\d\d–\d+\.\d\d\)"

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform == "win32", reason="shell scripts"),
]


@pytest.fixture
def program(tmp_path: Path) -> dict[str, str]:
    """An environment whose ``jtextkit`` is this checkout's, and whose Hub is out of reach."""
    script = tmp_path / "bin" / "jtextkit"
    script.parent.mkdir()
    script.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m jtextkit "$@"\n')
    script.chmod(0o755)
    return {
        **os.environ,
        "PATH": f"{script.parent}{os.pathsep}{os.environ['PATH']}",
        "PYTHON": sys.executable,
        "PYTHONPATH": str(ROOT),
        "HF_HUB_OFFLINE": "1",
    }


def run(name: str, environment: dict[str, str], folder: Path, **more: str) -> str:
    done = subprocess.run(
        ["bash", str(ROOT / "examples" / "seeds" / f"{name}.sh"), str(folder / "work")],
        env={**environment, **more},
        capture_output=True,
        check=False,
        timeout=600,
    )
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout.decode()


def test_eight_tasks_of_a_server(program: dict[str, str], tmp_path: Path) -> None:
    pytest.importorskip("neologdn", reason='needs the extra qa: python -m pip install -e ".[qa]"')

    def reply(prompt: str) -> str:
        asks = prompt.rpartition("### 指示:")[2]
        return "7" if "問題に対して" in asks else "positive" if "レビュー" in asks else "A"

    with chat_server() as server:
        server.reply = reply
        there = {"ENDPOINT": server.url, "MODEL_NAME": "m", "LIMIT": "4"}
        out = run("rakutenai", program, tmp_path, **there)
    assert len(re.findall(rf"^\| .* \| {FIGURE} \|$", out, re.MULTILINE)) == 9
    assert len(server.asked) == 31  # four of each task, XL-Sum has three rows
    assert re.search(r"^\| average \| mixed \|", out, re.MULTILINE)


@pytest.fixture
def torch() -> None:
    pytest.importorskip(
        "torch", reason='needs the extra train: python -m pip install -e ".[train]"'
    )
    pytest.importorskip("trl", reason='needs the extra train: python -m pip install -e ".[train]"')


@pytest.mark.usefixtures("torch")
def test_two_levels_before_and_after(program: dict[str, str], tmp_path: Path) -> None:
    tiny = ROOT / "examples" / "difficulty_loop" / "tiny.yaml"
    options = {"TRAIN_OPTIONS": f"--config {tiny} --set max_steps=2", "PER_LEVEL": "1"}
    out = run("sarashina_difficulty", program, tmp_path, **options)
    for row in ("Overall Accuracy", "Simple Text", "Complex Text"):
        assert re.search(rf"^{row} +[\d.]+% +[\d.]+% ", out, re.MULTILINE)


@pytest.mark.usefixtures("torch")
def test_answers_and_style_before_and_after(program: dict[str, str], tmp_path: Path) -> None:
    options = {"SIZE": "30", "LIMIT": "2", "ASK_OPTIONS": "--max-new-tokens 20"}
    out = run("llm_jp_sansu", program, tmp_path, **options)
    assert "on 2 questions of both" in out
    assert out.count("style: ") >= 2


@pytest.mark.usefixtures("torch")
def test_tasks_of_jglue_before_and_after(program: dict[str, str], tmp_path: Path) -> None:
    pytest.importorskip("neologdn", reason='needs the extra qa: python -m pip install -e ".[qa]"')
    options = {"TASKS": "jsquad jnli", "LIMIT": "2"}
    out = run("openorca_stx", program, tmp_path, **options)
    for row in (r"JSQuAD \| exact match", r"JNLI \| accuracy"):
        assert re.search(rf"^\| {row} \| {FIGURE} \| {FIGURE} \|$", out, re.MULTILINE)


@pytest.mark.usefixtures("torch")
def test_an_encoder(program: dict[str, str], tmp_path: Path) -> None:
    out = run("modernbert_ja", program, tmp_path, TASKS="jnli")
    assert re.search(rf"^\| JNLI \| accuracy \| {FIGURE} \|$", out, re.MULTILINE)
