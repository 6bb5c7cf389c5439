"""Characters a second of a whole ``jtextkit annotate``: one and two workers, jreadability, bare MeCab."""

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
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import unidic_lite
from fugashi import GenericTagger, Tagger
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


def annotate(folder: Path, names: list[str], workers: int) -> tuple[float, float, int]:
    """Seconds of a run by the clock, start of the program included; processor seconds of all its
    processes; peak memory of the largest (MB).
    """
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
    seconds = time.monotonic() - start
    return seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss // 1024


def growth(texts: list[str], options: argparse.Namespace) -> None:
    """Processor time and memory of one worker on the passages, and on them again and again."""
    first = 0.0
    for times in (1, 2, 4, 8):
        with tempfile.TemporaryDirectory() as scratch:
            names = write_shards(Path(scratch), texts * times, options.shards, options.kind)
            runs = [annotate(Path(scratch), names, 1) for _ in range(options.rounds)]
        used = statistics.median(run[1] for run in runs)
        first = first or used
        print(
            f"{times} x {len(texts):,} passages: {used:6.2f} s of processor, {used / first:5.2f} x; "
            f"largest process {max(run[2] for run in runs)} MB",
            flush=True,
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--aozora", type=Path, required=True)
    parser.add_argument("--passages", type=int, default=20_000)
    parser.add_argument("--shards", type=int, default=8)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument(
        "--kind", choices=["jsonl", "jsonl.zst", "jsonl.gz", "parquet"], default="jsonl.zst"
    )
    parser.add_argument(
        "--growth", action="store_true", help="measure 1, 2, 4 and 8 times the passages instead"
    )
    options = parser.parse_args()
    texts = passages(options.aozora, options.passages)
    if options.growth:
        growth(texts, options)
        return
    characters = sum(map(len, texts))
    print(f"{len(texts):,} passages, {characters:,} characters, {options.shards} x {options.kind}")
    peer_texts = texts[:: max(1, len(texts) // PEER_PASSAGES)]
    tagger = Tagger(f"-d {unidic_lite.DICDIR}")
    peers: dict[str, Callable[[str], object]] = {
        "jreadability": lambda text: compute_readability(text, tagger),
        "bare MeCab": GenericTagger(f"-r /dev/null -d {unidic_lite.DICDIR} -O wakati").parse,
    }
    clock: dict[str, list[float]] = {name: [] for name in ("1", "2", *peers)}
    processor: dict[str, list[float]] = {name: [] for name in clock}
    memory = 0
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        names = write_shards(folder, texts, options.shards, options.kind)
        for _ in range(options.rounds):
            for workers in (1, 2):
                seconds, used, peak = annotate(folder, names, workers)
                clock[str(workers)].append(characters / seconds)
                processor[str(workers)].append(characters / used)
                memory = max(memory, peak)
            for name, run in peers.items():
                start = time.monotonic(), time.process_time()
                for text in peer_texts:
                    run(text)
                scored = sum(map(len, peer_texts))
                clock[name].append(scored / (time.monotonic() - start[0]))
                processor[name].append(scored / (time.process_time() - start[1]))
    for name in clock:
        speed, per_core = (statistics.median(one[name]) for one in (clock, processor))
        label = name if name in peers else f"{name} worker{'s' if name == '2' else ''}"
        print(
            f"{label:13} {speed / 1e6:5.2f} million characters/s, {per_core / 1e6:5.2f} a second of "
            f"processor; 10^12 characters: {1e12 / per_core / 3600:,.0f} core-hours"
        )
    for name, times in (("clock", clock), ("processor", processor)):
        factor = 1 if name == "clock" else 2
        two = statistics.median(factor * b / a for a, b in zip(times["1"], times["2"], strict=True))
        print(f"by the {name}: 2 workers do {two:.2f} x the work of 1")
        for peer in peers:
            ratios = [a / b for a, b in zip(times["1"], times[peer], strict=True)]
            print(f"by the {name}: 1 worker does {statistics.median(ratios):.2f} x that of {peer}")
    print(f"largest process: {memory} MB")


if __name__ == "__main__":
    main()
