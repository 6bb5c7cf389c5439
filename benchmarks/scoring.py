"""Characters a second on one core: score(text), the package jreadability, bare MeCab.

``score`` is raced as it is, then by the core without vector instructions, then by MeCab's ids without the
core; and it is told how much two threads get done.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from threading import Thread

import unidic_lite
from fugashi import GenericTagger, Tagger
from jreadability import compute_readability

from jtextkit.builders.aozora import read_path
from jtextkit.metrics.morphology.analysis import analyser
from jtextkit.metrics.morphology.image import VARIABLE
from jtextkit.metrics.readability import score

ROUNDS = 7
LENGTH = 800
WAYS = {"1": "score(text)", "portable": "score(text), portable", "0": "score(text), by ids"}


def passages(root: Path, number: int) -> list[str]:
    """Real passages of about 800 characters, spread over the works of ``root``."""
    works = sorted(root.glob("cards/*/files/*.zip"))
    found: list[str] = []
    for path in works[:: max(1, len(works) // 400)]:
        text = read_path(path).plain.text
        found += (
            text[i : i + LENGTH] for i in range(0, min(len(text) - LENGTH, 5 * LENGTH), LENGTH)
        )
    return found[:number]


def race(name: str, texts: list[str]) -> None:
    """Rounds in which the three take turns."""
    tagger = Tagger(f"-d {unidic_lite.DICDIR}")
    contestants: dict[str, Callable[[str], object]] = {
        name: score,
        "jreadability": lambda text: compute_readability(text, tagger),
        "bare MeCab": GenericTagger(f"-r /dev/null -d {unidic_lite.DICDIR} -O wakati").parse,
    }
    score(texts[0])
    seconds: dict[str, list[float]] = {one: [] for one in contestants}
    for _ in range(ROUNDS):
        for one, run in contestants.items():
            start = time.process_time()
            for text in texts:
                run(text)
            seconds[one].append(time.process_time() - start)
    for one, times in seconds.items():
        speed = sum(map(len, texts)) / statistics.median(times) / 1e6
        print(f"{one:24} {speed:6.2f} million characters/s")
    for peer in ("jreadability", "bare MeCab"):
        ratios = [b / a for a, b in zip(seconds[name], seconds[peer], strict=True)]
        print(f"{name} is {statistics.median(ratios):.2f} x {peer}", flush=True)


def by_threads(texts: list[str], number: int) -> float:
    """Seconds by the clock in which each of a number of threads counts all texts."""
    opened = analyser()

    def work() -> None:
        for text in texts:
            opened.count(text)

    threads = [Thread(target=work) for _ in range(number)]
    start = time.monotonic()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return time.monotonic() - start


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--aozora", type=Path, required=True)
    parser.add_argument("--passages", type=int, default=1000)
    parser.add_argument("--way", choices=WAYS, help="one of the races alone")
    options = parser.parse_args()
    if options.way is None:
        for way in WAYS:  # each in a process of its own
            command = [sys.executable, *sys.argv, "--way", way]
            subprocess.run(command, env={**os.environ, VARIABLE: way}, check=True)
        return
    texts = passages(options.aozora, options.passages)
    print(f"{len(texts):,} passages, {sum(map(len, texts)):,} characters, {ROUNDS} rounds")
    race(WAYS[options.way], texts)
    if options.way == "1":
        # Long texts: on short ones the threads wait for each other's Python.
        long = ["\n".join(texts[i : i + 50]) for i in range(0, len(texts), 50)] * 5
        gains = [2 * by_threads(long, 1) / by_threads(long, 2) for _ in range(ROUNDS)]
        print(f"two threads do {statistics.median(gains):.2f} x the work of one", flush=True)


if __name__ == "__main__":
    main()
