"""A whole build against bare MeCab on the same characters, and the memory of all processes."""

from __future__ import annotations

import argparse
import json
import os
import re
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from pathlib import Path

import unidic_lite
from fugashi import GenericTagger

from jtextkit.builders.aozora import Filters, locate, read_catalogue, read_path
from jtextkit.builders.aozora.library import CATALOGUE
from jtextkit.builders.difficulty import DifficultyRecipe
from jtextkit.builders.difficulty.passages import cut


def pss_of(group: int) -> int:
    """Proportional set size, in kB, of all processes of a group."""
    total = 0
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
            if int(fields[2]) == group:
                rollup = (stat.parent / "smaps_rollup").read_text()
                total += sum(map(int, re.findall(r"^Pss:\s+(\d+)", rollup, re.MULTILINE)))
        except (OSError, ValueError):
            continue
    return total


def build(options: argparse.Namespace, out: Path) -> tuple[float, float, int, dict[str, object]]:
    """Seconds by the clock, processor seconds of all processes, highest PSS in kB, and the receipt
    of one build in processes of its own.
    """
    command = [sys.executable, "-m", "jtextkit", "build", "difficulty-2level", "--json"]
    command += ["--aozora", str(options.aozora), "--jec", str(options.jec)]
    command += ["--workers", str(options.workers), "-o", str(out)]
    start = time.perf_counter()
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, start_new_session=True
    )
    peak = 0
    done = threading.Event()

    def watch() -> None:
        nonlocal peak
        while not done.wait(0.5):
            peak = max(peak, pss_of(process.pid))

    watcher = threading.Thread(target=watch)
    watcher.start()
    assert process.stdout is not None
    output = process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode == 0
    seconds = time.perf_counter() - start
    done.set()
    watcher.join()
    return seconds, usage.ru_utime + usage.ru_stime, peak, json.loads(output)


def scored_passages(root: Path) -> list[str]:
    """The very passages that the build scores."""
    texts = []
    filters = Filters()
    for work in read_catalogue(root / CATALOGUE):
        if filters.reason(work) is None and work.path and (file := locate(root, work.path)):
            plain = read_path(file).plain
            texts += [text for _, _, text in cut(plain, DifficultyRecipe(), Counter())]
    return texts


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--aozora", type=Path, required=True)
    parser.add_argument("--jec", type=Path, required=True)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    texts = scored_passages(options.aozora)
    characters = sum(map(len, texts))
    tagger = GenericTagger(f"-r /dev/null -d {unidic_lite.DICDIR} -O wakati")
    ratios, shares, builds, limits, peaks = [], [], [], [], []
    with tempfile.TemporaryDirectory() as scratch:
        for _ in range(options.rounds):
            seconds, used, peak, receipt = build(options, Path(scratch) / "set")
            start, started = time.perf_counter(), time.process_time()
            for text in texts:
                tagger.parse(text)
            limit = time.perf_counter() - start
            shares.append(used / options.workers / (time.process_time() - started))
            builds.append(seconds)
            limits.append(limit)
            ratios.append(seconds / limit)
            peaks.append(peak)
    print(
        f"{characters:,} characters scored, medians of {options.rounds} rounds, rows {receipt['rows']}"
    )
    print(f"build, {options.workers} workers   {statistics.median(builds):6.1f} s")
    print(f"bare MeCab, 1 core {statistics.median(limits):6.1f} s")
    print(f"build takes {statistics.median(ratios):.2f} x the time of bare MeCab")
    print(
        f"by processor time, shared out evenly by the workers: {statistics.median(shares):.2f} x "
        "(what a busy machine can tell)"
    )
    print(
        f"memory of all processes: {max(peaks) / 1e6:.2f} GB (PSS, highest of {options.rounds} builds)"
    )


if __name__ == "__main__":
    main()
