"""A ``jtextkit serve`` in a process of its own, as people start it."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

for module in ("starlette", "uvicorn"):
    pytest.importorskip(module, reason='no extra serve here (pip install "jtextkit[serve]")')


@dataclass
class Server:
    process: subprocess.Popen[str]
    port: int
    said: str = ""

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}/"

    def end(self, number: int = signal.SIGINT) -> int:
        """Interrupt it; its exit code, with what it said in ``said``."""
        self.process.send_signal(number)
        self.said += self.process.communicate(timeout=30)[1]
        return self.process.returncode


@contextmanager
def serving(*words: str, folder: Path | None = None) -> Iterator[Server]:
    command = [sys.executable, "-m", "jtextkit", "serve", "--port", "0", *words]
    names = {"JTEXTKIT_LANG", "LANG", "LC_ALL", "LC_MESSAGES"}
    environment = {key: value for key, value in os.environ.items() if key not in names}
    process = subprocess.Popen(
        command, stderr=subprocess.PIPE, text=True, cwd=folder, env=environment
    )
    said = ""
    assert process.stderr is not None
    for line in process.stderr:
        said += line
        if port := re.search(r"http://\S+:(\d+)/", line):
            break
    else:
        raise AssertionError(said)
    try:
        yield Server(process, int(port[1]), said)
    finally:
        if process.poll() is None:
            process.kill()
            process.wait()
        process.stderr.close()
