"""Characters a second on one core: score(text), the package jreadability, bare MeCab."""

from __future__ import annotations

import argparse
import statistics
import time
from collections.abc import Callable
from pathlib import Path

import unidic_lite
from fugashi import GenericTagger, Tagger
from jreadability import compute_readability

from jtextkit.builders.aozora import read_path
from jtextkit.metrics.readability import score

ROUNDS = 7
LENGTH = 800


def passages(root: Path, number: int) -> list[str]:
    """Real passages of about 800 characters, spread over the works of ``root``."""
    works = sorted(root.glob("cards/*/files/*.zip"))
    found: list[str] = []
    for path in works[:: max(1, len(works) // 400)]:
        text = read_path(path).plain.text
        found += [
            text[i : i + LENGTH] for i in range(0, min(len(text) - LENGTH, 5 * LENGTH), LENGTH)
        ]
    return found[:number]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--aozora", type=Path, required=True)
    parser.add_argument("--passages", type=int, default=1000)
    options = parser.parse_args()
    texts = passages(options.aozora, options.passages)
    characters = sum(map(len, texts))
    shared = Tagger(f"-d {unidic_lite.DICDIR}")
    bare = GenericTagger(f"-r /dev/null -d {unidic_lite.DICDIR} -O wakati")
    contestants: dict[str, Callable[[str], object]] = {
        "score(text)": score,
        "jreadability": lambda text: compute_readability(text, shared),
        "bare MeCab": bare.parse,
    }
    seconds: dict[str, list[float]] = {name: [] for name in contestants}
    for _ in range(ROUNDS):
        for name, run in contestants.items():
            start = time.process_time()
            for text in texts:
                run(text)
            seconds[name].append(time.process_time() - start)
    medians = {name: statistics.median(times) for name, times in seconds.items()}
    print(f"{len(texts):,} passages, {characters:,} characters, medians of {ROUNDS} rounds")
    for name, median in medians.items():
        print(f"{name:14} {characters / median / 1e6:6.2f} million characters/s")
    for name in ("jreadability", "bare MeCab"):
        ratios = [b / a for a, b in zip(seconds["score(text)"], seconds[name], strict=True)]
        print(f"score(text) is {statistics.median(ratios):.2f} x {name}")


if __name__ == "__main__":
    main()
