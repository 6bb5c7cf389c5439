"""The example runs from a set to figures, and goes on where it was interrupted."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from train_checks import ROOT

pytest.importorskip("torch", reason='needs the extra train: python -m pip install -e ".[train]"')
pytest.importorskip("trl", reason='needs the extra train: python -m pip install -e ".[train]"')


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="a shell script")
def test_the_difficulty_loop(tmp_path: Path) -> None:
    program = tmp_path / "bin" / "jtextkit"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m jtextkit "$@"\n')
    program.chmod(0o755)
    script = ROOT / "examples" / "difficulty_loop" / "run.sh"
    work = tmp_path / "loop"
    done = subprocess.run(
        ["bash", str(script), str(work)],
        env={
            **os.environ,
            "PATH": f"{program.parent}{os.pathsep}{os.environ['PATH']}",
            "PYTHON": sys.executable,
            "PYTHONPATH": str(ROOT),
            "HF_HUB_OFFLINE": "1",
            "TRAIN_OPTIONS": "--set max_steps=2",
            "PER_LEVEL": "2",
        },
        capture_output=True,
        check=False,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr.decode()
    assert b"Overall Accuracy" in done.stdout
    assert json.loads((work / "run" / "metrics.json").read_text())["summary"]["steps"] == 2
    for name in ("base", "tuned"):
        assert len((work / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()) == 4
