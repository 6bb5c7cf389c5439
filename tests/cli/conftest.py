"""Running the program: as users do, or in this process where that is enough and faster."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import pytest

from jtextkit.builders.sample import lay_out
from jtextkit.cli.main import main

EASY = "朝です。ぼくは学校へ行きます。友だちが門で待っています。二人で歌を歌いました。とても楽しい一日でした。\n"
HARD = "経済政策の効果を検証する研究は、統計的手法の発展とともに急速に進展し、制度設計への応用が期待される。\n"


@dataclass(frozen=True)
class Done:
    """A run that ended."""

    code: int
    out: str
    err: str

    @property
    def complaint(self) -> str:
        """The one line that the program complained with."""
        assert "Traceback" not in self.err
        lines = [line for line in self.err.splitlines() if line.startswith("jtextkit: ")]
        assert len(lines) == 1, self.err
        assert not lines[0].startswith("jtextkit: unexpected ")
        return lines[0].removeprefix("jtextkit: ")

    @property
    def only_line(self) -> str:
        """The complaint, when nothing else was said on either stream."""
        assert self.out == ""
        assert len(self.err.splitlines()) == 1, self.err
        return self.complaint


class Run(Protocol):
    def __call__(self, *arguments: str | Path, **options: object) -> Done: ...


@pytest.fixture
def environment(root: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The environment for a program of its own, with a place for temporary files to look at."""
    settings = {
        "PYTHONPATH": str(root),
        "TMPDIR": str(tmp_path_factory.mktemp("tmp")),
        "PYTHONIOENCODING": "utf-8:strict",
    }
    return {**os.environ, **settings}


@pytest.fixture
def run(environment: dict[str, str], tmp_path: Path) -> Run:
    """The program in a process of its own, its folder ``tmp_path``."""

    def go(*arguments: str | Path, **options: object) -> Done:
        stdin = options.pop("stdin", b"")
        extra = options.pop("env", {})
        assert isinstance(stdin, bytes)
        assert isinstance(extra, dict)
        assert not options
        done = subprocess.run(  # noqa: PLW1510 - its exit code is what is looked at
            [sys.executable, "-m", "jtextkit", *map(str, arguments)],
            input=stdin,
            capture_output=True,
            timeout=60,
            cwd=tmp_path,
            env={**environment, **extra},
        )
        return Done(done.returncode, done.stdout.decode(), done.stderr.decode())

    return go


@pytest.fixture
def call(
    capfd: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Run]:
    """The program in this process, its folder ``tmp_path``."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("JTEXTKIT_LANG", "en")  # which --lang changes
    before = signal.getsignal(signal.SIGTERM)

    def go(*arguments: str | Path, **options: object) -> Done:
        assert not options
        capfd.readouterr()
        with pytest.raises(SystemExit) as stop:
            main([str(word) for word in arguments])
        out, err = capfd.readouterr()
        return Done(int(stop.value.code or 0), out, err)

    yield go
    signal.signal(signal.SIGTERM, before)


@pytest.fixture
def easy(tmp_path: Path) -> Path:
    path = tmp_path / "やさしい　文 1.txt"
    path.write_text(EASY, encoding="utf-8")
    return path


@pytest.fixture
def hard(tmp_path: Path) -> Path:
    path = tmp_path / "hard.txt"
    path.write_text(HARD, encoding="utf-8")
    return path


@pytest.fixture
def sources(tmp_path: Path) -> tuple[Path, Path]:
    """The sample's sources, to build from and to break."""
    return lay_out(tmp_path / "sources")
