"""Characters a second on one core: score(text), the package jreadability, bare MeCab.

``score`` is raced as it is, by the core without vector instructions, and by MeCab's ids without the core;
then by two threads at once.
"""

from __future__ import annotations

import argparse
import os
import statistics
import time
from collections.abc import Callable
from pathlib import Path
from threading import Thread

import unidic_lite
from fugashi import GenericTagger, Tagger
from jreadability import compute_readability

from jtextkit.builders.aozora import read_path
from jtextkit.metrics.morphology import analysis, image
from jtextkit.metrics.morphology.analysis import Analyser, analyser
from jtextkit.metrics.readability import score

ROUNDS = 7
LENGTH = 800


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


def portable(opened: Analyser) -> Analyser:
    """The same with the core as it is on processors without AVX2."""
    from jtextkit.metrics.morphology._native import Core

    core = image._core
    image._core = lambda content, identity: Core(content, identity, portable=True)
    try:
        return Analyser(opened.dictionary)
    finally:
        image._core = core


def by_threads(texts: list[str], number: int) -> float:
    """Seconds by the clock in which each of a number of threads scores all texts."""

    def work() -> None:
        for text in texts:
            analyser().core.tally(text)

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
    options = parser.parse_args()
    texts = passages(options.aozora, options.passages)
    characters = sum(map(len, texts))
    shared = Tagger(f"-d {unidic_lite.DICDIR}")
    bare = GenericTagger(f"-r /dev/null -d {unidic_lite.DICDIR} -O wakati")
    print(f"{len(texts):,} passages, {characters:,} characters, medians of {ROUNDS} rounds")

    def race(name: str) -> None:
        contestants: dict[str, Callable[[str], object]] = {
            name: score,
            "jreadability": lambda text: compute_readability(text, shared),
            "bare MeCab": bare.parse,
        }
        seconds: dict[str, list[float]] = {one: [] for one in contestants}
        for _ in range(ROUNDS):
            for one, run in contestants.items():
                start = time.process_time()
                for text in texts:
                    run(text)
                seconds[one].append(time.process_time() - start)
        for one, times in seconds.items():
            speed = characters / statistics.median(times) / 1e6
            print(f"{one:24} {speed:6.2f} million characters/s")
        for peer in ("jreadability", "bare MeCab"):
            ratios = [b / a for a, b in zip(seconds[name], seconds[peer], strict=True)]
            print(f"{name} is {statistics.median(ratios):.2f} x {peer}")

    vectors = analyser()
    assert vectors.core is not None, vectors.without_core
    race(f"score(text), {'AVX2' if vectors.core.vectorised else 'portable'}")
    without = portable(vectors)
    analysis._analyser = lambda _name: without
    race("score(text), portable")
    os.environ[image.VARIABLE] = "0"
    by_ids = Analyser(vectors.dictionary)
    analysis._analyser = lambda _name: by_ids
    race("score(text), by ids")
    analysis._analyser = lambda _name: vectors
    gains = [2 * by_threads(texts, 1) / by_threads(texts, 2) for _ in range(ROUNDS)]
    print(f"two threads do {statistics.median(gains):.2f} x the work of one")


if __name__ == "__main__":
    main()
