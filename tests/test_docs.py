"""Every command and snippet in README.md, README.ja.md and docs/ runs and prints what the page says.

``console`` blocks are sessions: lines after ``$`` are run, what follows must be their output.
``bash`` and ``python`` blocks must succeed, in the order of the page, in one folder and one
namespace. Blocks that begin with ``# needs …`` and set-up commands (pip) are left out;
CI runs the latter.
"""

from __future__ import annotations

import os
import re
import shutil
import stat
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parent.parent
README = ROOT / "README.md"
REPOSITORY = "https://github.com/jtextkit/jtextkit/(?:blob|tree)/main/"
PAGES = sorted([README, ROOT / "README.ja.md", *(ROOT / "docs").rglob("*.md")])
FENCE = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
SKIPPED = ("# needs the sources", "# needs the network", "# needs the extra", "python -m pip")


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """An environment in which ``jtextkit`` is this checkout's, and nothing reaches a network."""
    folder = tmp_path_factory.mktemp("bin")
    script = folder / "jtextkit"
    script.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m jtextkit "$@"\n')
    script.chmod(script.stat().st_mode | stat.S_IXUSR)
    return {
        **os.environ,
        "PATH": f"{folder}{os.pathsep}{os.environ['PATH']}",
        "PYTHONPATH": str(ROOT),
        "HF_HUB_OFFLINE": "1",
        "HF_HOME": str(tmp_path_factory.mktemp("hf")),
        "LC_ALL": "C.UTF-8",
    }


@pytest.fixture(scope="module")
def sample(environment: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The set that most pages look at."""
    folder = tmp_path_factory.mktemp("sample")
    run("jtextkit build difficulty-2level --sample", environment, folder)
    return folder / "difficulty-2level"


def blocks(page: Path) -> list[tuple[str, str]]:
    found = FENCE.findall(page.read_text(encoding="utf-8"))
    return [(kind, body) for kind, body in found if not body.startswith(SKIPPED)]


def test_there_is_something_to_run() -> None:
    assert {kind for kind, _ in blocks(ROOT / "README.md")} == {"console", "python"}


@pytest.mark.slow
@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_page(
    page: Path,
    environment: dict[str, str],
    sample: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HF_HOME", environment["HF_HOME"])
    if page.name == "README.ja.md" or page.parent.name == "ja":
        environment = {**environment, "JTEXTKIT_LANG": "ja"}
    if page.name != "start.md":  # which builds it
        shutil.copytree(sample, "difficulty-2level")
    namespace: dict[str, Any] = {"__name__": "page"}
    for kind, body in blocks(page):
        if kind == "python":
            exec(compile(body, f"{page.name}, a python block", "exec"), namespace)
        elif kind == "bash":
            run(body, environment, tmp_path)
        elif kind == "console":
            for command, expected in session(body):
                assert run(command, environment, tmp_path) == expected, command


def session(body: str) -> list[tuple[str, str]]:
    """The commands of a console block, here-documents included, with their expected output."""
    steps: list[tuple[str, str]] = []
    lines = iter(body.splitlines())
    for line in lines:
        if line.startswith("$ "):
            command = [line[2:]]
            if "<< END" in line:
                for more in lines:
                    command.append(more)
                    if more == "END":
                        break
            steps.append(("\n".join(command), ""))
        else:
            command_so_far, output = steps[-1]
            steps[-1] = (command_so_far, f"{output}{line.rstrip()}\n")
    return steps


def run(command: str, environment: dict[str, str], folder: Path) -> str:
    done = subprocess.run(
        ["bash", "-c", command], env=environment, cwd=folder, capture_output=True, check=False
    )
    assert done.returncode == 0, f"{command}\n{done.stderr.decode()}"
    return "".join(f"{line.rstrip()}\n" for line in done.stdout.decode().splitlines())


def test_links_lead_somewhere() -> None:
    for page in PAGES:
        text = page.read_text(encoding="utf-8")
        if page == README:  # its links must hold where PyPI shows it, too
            assert not re.findall(r"\]\((?!https?://)", text)
            text = re.sub(REPOSITORY, "", text)
        for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", text):
            assert (page.parent / target).exists(), f"{page.name}: {target}"
