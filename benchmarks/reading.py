"""Characters a second on one core: read_text and spans, the parser aozora-py, bare MeCab.

Whole files, headers and footers included; from bytes to text is measured apart. With --worst, the
time of read_text and spans on notation built to be slow, at one million characters and at ten.
"""

from __future__ import annotations

import argparse
import statistics
import time
from collections.abc import Callable
from pathlib import Path

import aozora_py
import unidic_lite
from fugashi import GenericTagger

from jtextkit.builders.aozora import decode, read_member, read_text, spans

ROUNDS = 7
WORST = {
    "rubies": "山《さん》",
    "unclosed rubies": "山《",
    "one base": "山",
    "bars": "｜",
    "unclosed notes": "［＃",
    "notes in notes": "［＃あ［＃い］］",
    "closing brackets": "］",
    "kunten": "二［＃「二」は返り点］",
    "lost targets": "い［＃「あ」は返り点］",
    "warichu": "村［＃「村」は割り注］",
    "gaiji": "※［＃「身＋応」、42-5］",
    "accents": "〔e'〕",
    "open accents": "〔e'",
    "missing signs": "※［「虚」、1-1］",
    "line ends": "\n",
    "lines of notes": "［＃改行］　\n",
    "repeat marks": "／＼",
    "rules": "----------\n",
}


def seconds(run: Callable[[str], object], texts: list[str]) -> float:
    start = time.process_time()
    for text in texts:
        run(text)
    return time.process_time() - start


def compare(root: Path, number: int) -> None:
    paths = sorted(root.glob("cards/*/files/*.zip"))
    members = [
        read_member(path, where=path.name) for path in paths[:: max(1, len(paths) // number)]
    ]
    start = time.process_time()
    texts = [decode(member.data, where=member.name) for member in members]
    decoding = time.process_time() - start
    characters = sum(map(len, texts))
    bare = GenericTagger(f"-r /dev/null -d {unidic_lite.DICDIR} -O wakati")
    contestants: dict[str, Callable[[str], object]] = {
        "read_text": read_text,
        "spans": spans,
        "aozora-py": lambda text: aozora_py.Document(text).to_html(),
        "bare MeCab": bare.parse,
    }
    times: dict[str, list[float]] = {name: [] for name in contestants}
    for _ in range(ROUNDS):
        for name, run in contestants.items():
            times[name].append(seconds(run, texts))
    print(f"{len(texts):,} files, {characters:,} characters, medians of {ROUNDS} rounds")
    print(f"{'bytes to text':14} {characters / decoding / 1e6:7.2f} million characters/s")
    for name, found in times.items():
        print(f"{name:14} {characters / statistics.median(found) / 1e6:7.2f} million characters/s")
    for name, other in (
        ("read_text", "bare MeCab"),
        ("read_text", "aozora-py"),
        ("spans", "bare MeCab"),
    ):
        ratios = [b / a for a, b in zip(times[name], times[other], strict=True)]
        print(f"{name} is {statistics.median(ratios):.2f} x {other}")


def worst(million: int) -> None:
    print(f"seconds at {million} and {10 * million} million characters, and their ratio")
    for name, piece in WORST.items():
        shown = []
        for run in (read_text, spans):
            small, large = (
                seconds(run, [f"題\n\n{piece * (size // len(piece))}《さん》\n\n底本：「本」\n"])
                for size in (million * 10**6, million * 10**7)
            )
            shown.append(f"{small:6.2f} {large:7.2f} {large / max(small, 0.01):5.1f}")
        print(f"{name:18} read_text {shown[0]}   spans {shown[1]}", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--aozora", type=Path)
    parser.add_argument("--works", type=int, default=600)
    parser.add_argument("--worst", action="store_true")
    options = parser.parse_args()
    if options.aozora:
        compare(options.aozora, options.works)
    if options.worst:
        worst(1)


if __name__ == "__main__":
    main()
