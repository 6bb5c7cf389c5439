"""A git repository over a real socket of this machine, as its files too, with what goes wrong there.

``git http-backend`` answers git; ``/raw/`` serves the files one by one, as raw.githubusercontent.com does.
"""

from __future__ import annotations

import os
import subprocess
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from jtextkit.core import git

needs_git = pytest.mark.skipif(not git.installed(), reason="git is not installed: install it")


def git_commit(folder: Path, files: Mapping[str, bytes]) -> str:
    """Make a repository at ``folder`` that holds ``files``; gives the commit."""
    folder.mkdir()
    for name, data in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    for command in (("init", "--quiet"), ("add", "--all"), ("commit", "--quiet", "-m", "all")):
        _run(folder, *command)
    _run(folder, "config", "uploadpack.allowFilter", "true")
    _run(folder, "config", "uploadpack.allowAnySHA1InWant", "true")
    return _run(folder, "rev-parse", "HEAD").strip()


def git_commit_without(folder: Path, name: str) -> str:
    """A later commit of the repository, without one file."""
    _run(folder, "rm", "--quiet", name)
    _run(folder, "commit", "--quiet", "-m", "without")
    return _run(folder, "rev-parse", "HEAD").strip()


def _run(folder: Path, *command: str) -> str:
    settings = ("-c", "user.name=a", "-c", "user.email=a@example.org", "-c", "core.autocrlf=false")
    environment = {**os.environ, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
    done = subprocess.run(
        ["git", *settings, *command],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout


class GitServer(ThreadingHTTPServer):
    """Serves the repository ``folder``; ``cut`` bytes of an answer to git, then it hangs up."""

    daemon_threads = True

    def __init__(self, folder: Path) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.folder = folder
        self.asked: list[str] = []
        self.cut: int | None = None

    @property
    def git(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/git"

    @property
    def raw(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/raw/"

    def asked_of(self, part: str) -> int:
        return sum(path.startswith(f"/{part}/") for path in self.asked)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: GitServer

    def do_GET(self) -> None:
        self.server.asked.append(self.path)
        if self.path.startswith("/git/"):
            self._git()
            return
        self.close_connection = True
        path = self.server.folder / self.path.removeprefix("/raw/")
        self._answer(200 if path.is_file() else 404, path.read_bytes() if path.is_file() else b"")

    do_POST = do_GET  # noqa: N815

    def _git(self) -> None:
        path, _, query = self.path.removeprefix("/git").partition("?")
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        variables = {
            "GIT_PROJECT_ROOT": str(self.server.folder / ".git"),
            "GIT_HTTP_EXPORT_ALL": "1",
            "GIT_PROTOCOL": self.headers.get("Git-Protocol", ""),
            "HTTP_CONTENT_ENCODING": self.headers.get("Content-Encoding", ""),
            "REQUEST_METHOD": self.command,
            "PATH_INFO": path,
            "QUERY_STRING": query,
            "CONTENT_TYPE": self.headers.get("Content-Type", ""),
            "CONTENT_LENGTH": str(len(body)),
            "REMOTE_ADDR": "127.0.0.1",
        }
        done = subprocess.run(
            ["git", "http-backend"],
            input=body,
            env={**os.environ, **variables},
            capture_output=True,
            check=True,
        )
        head, _, data = done.stdout.partition(b"\r\n\r\n")
        headers = dict(line.split(": ", 1) for line in head.decode().split("\r\n"))
        status = int(headers.pop("Status", "200").split()[0])
        self._answer(status, data, self.server.cut, **headers)

    def _answer(self, status: int, data: bytes, cut: int | None = None, **headers: str) -> None:
        self.send_response(status)
        for name, value in {**headers, "Content-Length": str(len(data))}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(data[:cut])
        self.close_connection |= cut is not None

    def log_message(self, *_: object) -> None: ...


@contextmanager
def serving_git(folder: Path) -> Iterator[GitServer]:
    server = GitServer(folder)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
