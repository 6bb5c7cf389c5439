"""Sets on the Hub, over a real socket: what is fetched, and every way in which it is not there."""

from __future__ import annotations

import hashlib
import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

from jtextkit.builders import sample
from jtextkit.builders.aozora import FolderLibrary
from jtextkit.builders.difficulty import DifficultyRecipe, DifficultySources, build

NAME = "someone/difficulty"
TOKEN = "hf_NobodysTokenForTestsOnly"
COMMIT = "1" * 40


@dataclass
class ReadOnlyHub:
    """One set at one commit, called ``main`` and ``v1.0``."""

    files: dict[str, bytes] = field(default_factory=dict)
    status: int = 0
    port: int = 0
    asked: list[str] = field(default_factory=list)

    @property
    def settings(self) -> dict[str, str]:
        return {
            "HF_ENDPOINT": f"http://127.0.0.1:{self.port}",
            "HF_TOKEN": TOKEN,
            "HF_HUB_DISABLE_XET": "1",
            "HF_HUB_OFFLINE": "0",
            "NO_PROXY": "127.0.0.1",
        }


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    hub: ReadOnlyHub

    def log_message(self, *_: object) -> None:
        pass

    def answer(self, status: int, body: bytes = b"", **headers: str) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def do_GET(self) -> None:
        path = unquote(urlsplit(self.path).path)
        self.hub.asked.append(path)
        if self.hub.status:
            self.answer(self.hub.status)
            return
        if NAME not in path:
            self.answer(404, X_Error_Code="RepoNotFound")
            return
        _, _, rest = path.partition(NAME)
        parts = rest.strip("/").split("/")
        revision = parts[1] if len(parts) > 1 else "main"
        if revision not in ("main", "v1.0", COMMIT):
            self.answer(404, X_Error_Code="RevisionNotFound")
        elif path.startswith("/api/"):
            files = [{"rfilename": name} for name in self.hub.files]
            found: object = {"id": NAME, "sha": COMMIT, "siblings": files, "private": False}
            if parts[:1] == ["tree"]:
                found = [
                    {"type": "file", "path": name, "size": len(data), "oid": "0" * 40}
                    for name, data in self.hub.files.items()
                ]
            self.answer(200, json.dumps(found).encode(), Content_Type="application/json")
        else:
            data = self.hub.files["/".join(parts[2:])]
            tag = hashlib.sha256(data).hexdigest()
            self.answer(200, data, ETag=f'"{tag}"', X_Repo_Commit=COMMIT)

    do_HEAD = do_GET  # noqa: N815 - named by http.server


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root, workbook = sample.lay_out(tmp_path_factory.mktemp("sources"))
    out = tmp_path_factory.mktemp("built") / "set"
    build(
        out,
        DifficultyRecipe(size=12),
        DifficultySources(FolderLibrary(root), workbook, None, sample=True),
    )
    return out


@pytest.fixture
def hub(built: Path, environment: dict[str, str], tmp_path: Path) -> Iterator[ReadOnlyHub]:
    hub = ReadOnlyHub({path.name: path.read_bytes() for path in built.iterdir()})
    hub.files[".gitattributes"] = b"*.parquet filter=lfs\n"
    handler = type("Bound", (Handler,), {"hub": hub})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    hub.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    environment["HF_HOME"] = str(tmp_path / "hf")
    yield hub
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.mark.slow
def test_a_set_on_the_hub_is_checked_and_verified(hub, built, run) -> None:
    done = run("check", NAME, "--json", env=hub.settings)
    assert done.code == 0, done.err
    found = json.loads(done.out)
    assert found["ok"] is True
    assert found["place"] == NAME
    assert TOKEN not in done.out + done.err
    assert "it/s" not in done.err  # no bars of the Hub's
    assert "Fetching" not in done.err
    done = run("verify", f"{NAME}@v1.0", "--rebuild", env=hub.settings)
    assert done.code == 0, done.err
    assert any(path.endswith("/revision/v1.0") for path in hub.asked)
    done = run("diff", f"{NAME}@{COMMIT}", built, env=hub.settings)
    assert done.out.split()[:4] == ["rows", "number", "same", "24"]


def test_another_file_on_the_hub_is_a_breach(hub, run) -> None:
    hub.files["lock.jsonl"] += b"\n"
    done = run("verify", NAME, env=hub.settings)
    assert done.code == 4
    assert "lock.jsonl: its SHA-256 is not the receipt's" in done.out


@pytest.mark.slow
def test_a_set_of_anybodys_on_the_hub(hub, run) -> None:
    rows = [{"body": f"犬が{i}回ほえた。", "y": i % 2} for i in range(40)]
    lines = "".join(json.dumps(row) + "\n" for row in rows).encode()
    hub.files = {"data/train-00000-of-00001.jsonl": lines, "README.md": b"---\n---\n"}
    words = ("check", NAME, "--text-column", "body", "--label-column", "y", "--json")
    done = run(*words, env=hub.settings)
    assert json.loads(done.out)["texts"] == 40
    assert "Traceback" not in done.err


@pytest.mark.parametrize(
    ("name", "status", "said"),
    [
        ("nobody/nothing", 0, "no such file or folder, and no such set on the Hub"),
        (f"{NAME}@v9", 0, "no such revision"),
        (NAME, 401, "the Hub"),
        (NAME, 403, "the Hub"),
        (NAME, 500, "the Hub"),
    ],
)
def test_what_the_hub_does_not_give_is_one_line(name, status, said, hub, run) -> None:
    hub.status = status
    done = run("check", name, env=hub.settings)
    assert done.code == 1
    assert done.out == ""
    last = done.err.splitlines()[-1]
    assert last.startswith(f"jtextkit: {name}: ")
    assert said in last
    assert "Traceback" not in done.err
    assert TOKEN not in done.err


def test_a_hub_that_is_not_there(hub, run) -> None:
    settings = hub.settings | {"HF_ENDPOINT": "http://127.0.0.1:9"}
    done = run("check", NAME, env=settings)
    assert done.code == 1
    assert "it could not be had from the Hub" in done.err.splitlines()[-1]


@pytest.mark.slow
def test_offline_takes_from_the_hubs_cache_alone(hub, run) -> None:
    settings = hub.settings | {"HF_HUB_OFFLINE": "1"}
    done = run("verify", NAME, env=settings)
    assert done.code == 1
    assert "HF_HUB_OFFLINE is set" in done.err.splitlines()[-1]
    assert run("verify", NAME, env=hub.settings).code == 0
    assert run("verify", NAME, env=settings).code == 0


def test_a_folder_wins_over_a_set_on_the_hub(hub, built, run, tmp_path) -> None:
    (tmp_path / "someone").mkdir()
    (tmp_path / NAME).symlink_to(built)
    assert run("verify", NAME, env=hub.settings).code == 0
    assert hub.asked == []
