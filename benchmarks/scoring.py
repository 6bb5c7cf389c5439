"""Characters a second on one core: score(text), the package jreadability, bare MeCab.

``score`` reads by context ids until so much was read that a compact copy of the dictionary pays, and
by letters from then on. Both ways are measured, and what the copy takes to make.
"""

from __future__ import annotations

import argparse
import math
import statistics
import time
from collections.abc import Callable
from pathlib import Path

import unidic_lite
from fugashi import GenericTagger, Tagger
from jreadability import compute_readability

from jtextkit.builders.aozora import read_path
from jtextkit.metrics.morphology import adaptive
from jtextkit.metrics.readability import score

ROUNDS = 7
LENGTH = 800


def passages(root: Path, number: int) -> tuple[list[str], list[str]]:
    """Real passages of about 800 characters, spread over the works of ``root``, and as many of other
    works: what the copy is laid out for.
    """
    works = sorted(root.glob("cards/*/files/*.zip"))
    found: tuple[list[str], list[str]] = ([], [])
    for place, path in enumerate(works[:: max(1, len(works) // 800)]):
        text = read_path(path).plain.text
        found[place % 2].extend(
            text[i : i + LENGTH] for i in range(0, min(len(text) - LENGTH, 5 * LENGTH), LENGTH)
        )
    return found[0][:number], found[1][:number]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--aozora", type=Path, required=True)
    parser.add_argument("--passages", type=int, default=1000)
    options = parser.parse_args()
    texts, others = passages(options.aozora, options.passages)
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

    adaptive.PAYS = math.inf
    for text in others:
        score(text)
    race("score(text) by ids")
    adaptive.PAYS = 0
    start = time.process_time()
    score(others[0])
    print(f"making the copy took {time.process_time() - start:.2f} s")
    race("score(text) by letters")


if __name__ == "__main__":
    main()
