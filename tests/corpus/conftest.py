"""Shards with texts of our own, and what they should become."""

from __future__ import annotations

import gzip
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from jtextkit.core.failpoints import VARIABLE
from jtextkit.corpus import Options, Outcome, annotate_shards

SENTENCES = (
    "朝の市場には、海からとどいたばかりの魚が並んでいた。",
    "妹は赤いかさをさして、雨の中を走って行きました。",
    "地方自治体における財政運営の健全化は、喫緊の政策課題である。",
    "きょうのおやつは、りんごとみかんです！",
    "当該規定の適用範囲については、審議会の答申を踏まえて検討する。",
    "夜になると、屋根の上でねこが二ひき鳴いた？",
    "山の上の小屋まで、三時間歩いた。\n",
    "窓を開けると、となりの家からピアノの音が聞こえてくる。",
)


def text_of(number: int) -> str:
    """A text of a few sentences, another one for each number."""
    chosen = [SENTENCES[(number * 7 + step * (1 + number % 3)) % 8] for step in range(4)]
    return f"{number}番目の話です。" + "".join(chosen)


def rows_of(number: int, start: int = 0) -> list[dict[str, Any]]:
    return [
        {"id": f"r{start + i}", "text": text_of(start + i), "n": i * 1.5, "tags": ["物語", str(i)]}
        for i in range(number)
    ]


def json_lines(rows: list[Any]) -> bytes:
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows).encode()


def write_shard(path: Path, rows: list[Any]) -> Path:
    data = json_lines(rows)
    if path.name.endswith(".parquet"):
        pq.write_table(pa.Table.from_pylist(rows), path)
    elif path.name.endswith(".gz"):
        path.write_bytes(gzip.compress(data))
    elif path.name.endswith(".zst"):
        with pa.CompressedOutputStream(str(path), "zstd") as stream:
            stream.write(data)
    else:
        path.write_bytes(data)
    return path


def read_shard(path: Path) -> list[dict[str, Any]]:
    if path.name.endswith(".parquet"):
        rows: list[dict[str, Any]] = pq.read_table(path).to_pylist()
        return rows
    if path.name.endswith(".gz"):
        data = gzip.decompress(path.read_bytes())
    elif path.name.endswith(".zst"):
        with pa.CompressedInputStream(str(path), "zstd") as stream:
            data = stream.read()
    else:
        data = path.read_bytes()
    return [json.loads(line) for line in data.decode().split("\n") if line]


def annotate(output: Path, *shards: Path, workers: int = 1, **options: Any) -> list[Outcome]:
    """Annotate, with the outcomes in the order of the names."""
    run = {name: options.pop(name) for name in ("force", "among") if name in options}
    outcomes = annotate_shards(shards, output, Options(**options), workers=workers, **run)
    return sorted(outcomes, key=lambda outcome: outcome.name)


def contents(folder: Path) -> dict[str, bytes]:
    """Every file in a folder, hidden ones too."""
    return {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


@pytest.fixture
def small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    """Batches and row groups of a few rows, so that small shards have many."""
    monkeypatch.setattr("jtextkit.corpus.shards._BLOCK", 2000)
    monkeypatch.setattr("jtextkit.corpus.shards._BATCH_ROWS", 7)
    monkeypatch.setattr("jtextkit.corpus.shards._GROUP_BYTES", 8000)


MACHINE = """
import sys
from jtextkit.corpus import Options, annotate_shards, find_shards, remote
if __name__ == "__main__":
    place, output, lease = sys.argv[1:]
    remote.LEASE = float(lease)
    print("started", flush=True)
    for one in annotate_shards(find_shards([place]), output, Options()):
        print(one.name, one.status, one.error or "", flush=True)
"""


@pytest.fixture
def machine(root: Path, tmp_path: Path) -> Iterator[Callable[..., subprocess.Popen[str]]]:
    """Start one of several machines that annotate from an address to another; it may be killed."""
    program = tmp_path / "program.py"
    program.write_text(MACHINE)
    running = []

    def go(place: str, output: str, lease: float, failpoint: str = "") -> subprocess.Popen[str]:
        more = {"PYTHONPATH": str(root), **({VARIABLE: failpoint} if failpoint else {})}
        process = subprocess.Popen(
            [sys.executable, str(program), place, output, str(lease)],
            env={**os.environ, **more},
            stdout=subprocess.PIPE,
            text=True,
        )
        running.append(process)
        return process

    yield go
    for process in running:
        process.kill()
        process.communicate()
