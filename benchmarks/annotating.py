"""Characters a second of a whole ``jtextkit annotate``: one and two workers, and jreadability."""

from __future__ import annotations

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import unidic_lite
from fugashi import Tagger
from jreadability import compute_readability

from jtextkit.builders.aozora import read_path

LENGTH = 800
PEER_PASSAGES = 1000


def passages(root: Path, number: int) -> list[str]:
    """Real passages of 800 characters, spread over the works of ``root``."""
    works = sorted(root.glob("cards/*/files/*.zip"))
    found: list[str] = []
    for path in works[:: max(1, len(works) // 1500)]:
        text = read_path(path).plain.text
        found += [text[i : i + LENGTH] for i in range(0, len(text) - LENGTH, LENGTH)][:30]
        if len(found) >= number:
            break
    return found[:number]


def write_shards(folder: Path, texts: list[str], number: int, kind: str) -> list[str]:
    """The texts in shards of like size; their names."""
    size = -(-len(texts) // number)
    names = []
    for i in range(number):
        rows = [{"id": j, "text": text} for j, text in enumerate(texts[i * size : (i + 1) * size])]
        name = f"{i:03}.{kind}"
        if kind == "parquet":
            pq.write_table(pa.Table.from_pylist(rows), folder / name, compression="zstd")
        else:
            data = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows).encode()
            if kind.endswith(".zst"):
                with pa.CompressedOutputStream(str(folder / name), "zstd") as stream:
                    stream.write(data)
            else:
                (folder / name).write_bytes(data)
        names.append(name)
    return names


def annotate(folder: Path, names: list[str], workers: int) -> tuple[float, int]:
    """Seconds of a run, start of the program included, and its largest process's peak memory (MB)."""
    out = folder / "out"
    shutil.rmtree(out, ignore_errors=True)
    words = ["annotate", *names, "-o", "out", "--workers", str(workers)]
    start = time.monotonic()
    process = subprocess.Popen(
        [sys.executable, "-m", "jtextkit", *words],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).resolve().parent.parent)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode == 0
    return time.monotonic() - start, usage.ru_maxrss // 1024


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--aozora", type=Path, required=True)
    parser.add_argument("--passages", type=int, default=20_000)
    parser.add_argument("--shards", type=int, default=8)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument(
        "--kind", choices=["jsonl", "jsonl.zst", "jsonl.gz", "parquet"], default="jsonl.zst"
    )
    options = parser.parse_args()
    texts = passages(options.aozora, options.passages)
    characters = sum(map(len, texts))
    print(f"{len(texts):,} passages, {characters:,} characters, {options.shards} x {options.kind}")
    peer_texts = texts[:: max(1, len(texts) // PEER_PASSAGES)]
    tagger = Tagger(f"-d {unidic_lite.DICDIR}")
    speeds: dict[str, list[float]] = {"1 worker": [], "2 workers": [], "jreadability": []}
    memory = 0
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        names = write_shards(folder, texts, options.shards, options.kind)
        for _ in range(options.rounds):
            for workers in (1, 2):
                seconds, peak = annotate(folder, names, workers)
                speeds[f"{workers} worker{'s' if workers > 1 else ''}"].append(characters / seconds)
                memory = max(memory, peak)
            start = time.monotonic()
            for text in peer_texts:
                compute_readability(text, tagger)
            speeds["jreadability"].append(sum(map(len, peer_texts)) / (time.monotonic() - start))
    for name, values in speeds.items():
        speed = statistics.median(values)
        cores = 2 if name.startswith("2") else 1
        hours = 1e12 / speed * cores / 3600
        print(f"{name:13} {speed / 1e6:5.2f} million characters/s; 10^12: {hours:,.0f} core-hours")
    pairs = list(zip(speeds["1 worker"], speeds["2 workers"], strict=True))
    print(f"2 workers do {statistics.median(b / a for a, b in pairs):.2f} x the work of 1")
    ratios = [a / b for a, b in zip(speeds["1 worker"], speeds["jreadability"], strict=True)]
    print(f"1 worker does {statistics.median(ratios):.2f} x the work of jreadability")
    print(f"largest process: {memory} MB")


if __name__ == "__main__":
    main()
