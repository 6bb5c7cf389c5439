"""A tokenizer of the Hub: its commit is in the signature; without a network one line says so."""

from __future__ import annotations

import http.server
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from tiny_tokenizers import byte_level_json

COMMIT = "0123456789abcdef0123456789abcdef01234567"


@pytest.fixture
def hub(tmp_path: Path) -> Iterator[str]:
    byte_level = byte_level_json(tmp_path / "tokenizer.json").read_bytes()
    vocabulary = "[UNK]\n今日\n##は\n".encode()

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_HEAD(self) -> None:
            self.answer()

        def do_GET(self) -> None:
            self.answer()

        def answer(self) -> None:
            known = self.path in {
                f"/owner/{file}"
                for revision in ("main", "v1", COMMIT)
                for file in (
                    f"name/resolve/{revision}/tokenizer.json",
                    f"bert/resolve/{revision}/vocab.txt",
                )
            }
            content = vocabulary if "/bert/" in self.path else byte_level
            self.send_response(200 if known else 404)
            if known:
                self.send_header("ETag", '"abc"')
                self.send_header("X-Repo-Commit", COMMIT)
            else:
                of = "Entry" if "/bert/" in self.path else "Repo"
                self.send_header("X-Error-Code", f"{of}NotFound")
            self.send_header("Content-Length", str(len(content) if known else 0))
            self.end_headers()
            if known and self.command == "GET":
                self.wfile.write(content)

        def log_message(self, *arguments: object) -> None:
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def program(
    root: Path, folder: Path, *words: str, **environment: str
) -> subprocess.CompletedProcess[str]:
    (folder / "t.txt").write_text("今日は晴れ。\n", encoding="utf-8")
    return subprocess.run(
        [sys.executable, "-m", "jtextkit", "fertility", *words, "--words", "unidic", "t.txt"],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        env={
            **os.environ,
            "PYTHONPATH": str(root),
            "HF_HOME": str(folder / "hf"),
            "HF_HUB_DISABLE_XET": "1",
            "HF_HUB_DISABLE_TELEMETRY": "1",
            **environment,
        },
    )


@pytest.mark.parametrize("name", ["owner/name", "owner/name@v1"])
def test_the_commit_is_in_the_signature(root: Path, tmp_path: Path, hub: str, name: str) -> None:
    done = program(root, tmp_path, "-t", name, HF_ENDPOINT=hub)
    assert done.returncode == 0, done.stderr
    assert f"tok:owner/name@{COMMIT}|" in done.stdout


def test_a_model_without_tokenizer_json(root: Path, tmp_path: Path, hub: str) -> None:
    """One that has a vocab.txt only, and nothing beside it; then from the cache, without a network."""
    for environment in ({"HF_ENDPOINT": hub}, {"HF_ENDPOINT": hub, "HF_HUB_OFFLINE": "1"}):
        done = program(root, tmp_path, "-t", "owner/bert", **environment)
        assert done.returncode == 0, done.stderr
        assert f"tok:owner/bert@{COMMIT}|" in done.stdout


def test_no_such_model_and_no_network(root: Path, tmp_path: Path, hub: str) -> None:
    for words, environment in (
        ("owner/none", {"HF_ENDPOINT": hub}),
        ("owner/name", {"HF_HUB_OFFLINE": "1"}),
        ("owner/bert@empty", {"HF_ENDPOINT": hub}),
    ):
        done = program(root, tmp_path, "-t", words, **environment)
        assert done.returncode == 1
        lines = [line for line in done.stderr.splitlines() if line.startswith("jtextkit: ")]
        assert len(lines) == 1, done.stderr
        assert lines[0].startswith(f"jtextkit: {words}: no tokenizer could be had from the Hub")
