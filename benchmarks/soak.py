"""Memory and open files of ``annotate`` over a large shard set: flat, or something is kept.

Writes JSONL shards of so many megabytes in all, annotates them with two workers, and samples every few seconds
the memory (PSS) and the descriptors of all its processes. Prints quarters of the run, and exits with 1 if the last
has a fifth more of either than the second.
"""

from __future__ import annotations

import argparse
import json
import random
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

SENTENCES = (
    "朝の市場には、海からとどいたばかりの魚が並んでいた。", "妹は赤いかさをさして、雨の中を走って行きました。",
    "地方自治体における財政運営の健全化は、喫緊の政策課題である。", "夜になると、屋根の上でねこが二ひき鳴いた。",
    "当該規定の適用範囲については、審議会の答申を踏まえて検討する。", "窓を開けると、となりの家からピアノの音が聞こえる。",
)  # fmt: skip
KANJI = [chr(code) for code in range(0x4E00, 0x9FA0)]


def write_shards(folder: Path, megabytes: int, each: int) -> int:
    chance = random.Random(1)
    written = 0
    for number in range(-(-megabytes // each)):
        with (folder / f"{number:04}.jsonl").open("w", encoding="utf-8") as file:
            size = 0
            while size < each << 20:
                name = "".join(chance.choices(KANJI, k=3))  # words that no dictionary has
                text = name + "".join(chance.choices(SENTENCES, k=12))
                size += file.write(json.dumps({"id": written, "text": text}, ensure_ascii=False) + "\n") * 3  # fmt: skip
                written += 1
    return sum(path.stat().st_size for path in folder.iterdir())


def family(parent: int) -> list[Path]:
    """The process and all that it started, in /proc."""
    whole, found = {str(parent)}, [Path(f"/proc/{parent}")]
    for place in sorted(Path("/proc").glob("[0-9]*"), key=lambda path: int(path.name)):
        try:
            if (place / "stat").read_text().rpartition(")")[2].split()[1] in whole:
                whole.add(place.name)
                found.append(place)
        except OSError:
            continue
    return found


def sample(parent: int) -> tuple[float, int]:
    """Megabytes (PSS) and descriptors of all processes."""
    memory, files = 0, 0
    for place in family(parent):
        try:
            memory += int((place / "smaps_rollup").read_text().partition("Pss:")[2].split()[0])
            files += len(list((place / "fd").iterdir()))
        except (OSError, IndexError):
            continue
    return memory / 1000, files


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--megabytes", type=int, default=500)
    parser.add_argument("--workers", type=int, default=2)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        source, output = Path(name) / "in", Path(name) / "out"
        source.mkdir()
        size = write_shards(source, options.megabytes, 25)
        command = [sys.executable, "-m", "jtextkit", "annotate", str(source), "-o", str(output), "--workers", str(options.workers)]  # fmt: skip
        started, samples = time.monotonic(), []
        with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as run:
            while run.poll() is None:
                time.sleep(1)
                samples.append(sample(run.pid))
        seconds = time.monotonic() - started
    whole = samples[3:-2]  # without its beginning and its end
    quarters = [whole[i * len(whole) // 4 : (i + 1) * len(whole) // 4] for i in range(4)]
    means = [[statistics.mean(one[i] for one in quarter) for i in (0, 1)] for quarter in quarters]
    print(
        f"{size / 1e6:,.0f} MB of JSONL, {options.workers} workers, {seconds:.0f} s, exit code {run.returncode}\n"
    )
    print("| quarter of the run | memory of all processes, MB | open files |\n|---|---:|---:|")
    for number, (memory, files) in enumerate(means, 1):
        print(f"| {number} | {memory:,.0f} | {files:.0f} |")
    print(f"\nhighest: {max(one[0] for one in whole):,.0f} MB")
    grown = any(means[3][i] > 1.2 * means[1][i] for i in (0, 1))
    return int(bool(run.returncode) or grown)


if __name__ == "__main__":
    sys.exit(main())
