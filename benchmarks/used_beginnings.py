"""Write jtextkit/metrics/morphology/used.txt: the beginnings of words that texts make MeCab look up most.

Of each work of Aozora Bunko the first 8,000 characters, in unidic-lite. The native core's images are laid
out by it, so that what is often needed lies together; nothing but speed depends on it.
"""

from __future__ import annotations

import argparse
from collections import Counter
from pathlib import Path

import numpy as np
import unidic_lite

from jtextkit.builders.aozora import read_path

NUMBER = 4000
HEADER = 72


def beginnings(path: Path) -> set[str]:
    """All beginnings of surfaces in a compiled dictionary."""
    data = path.read_bytes()
    size = int(np.frombuffer(data, "<u4", 1, 24)[0])
    units = np.frombuffer(data, [("base", "<i4"), ("check", "<u4")], size // 8, HEADER)
    base, check = units["base"], units["check"].astype(np.int64)
    parents = np.full(len(units), -1)
    inner = np.flatnonzero(base > 0)
    parents[base[inner]] = inner
    found = {0: b""}
    front = np.array([0])
    children = np.flatnonzero((check > 0) & (np.arange(len(units)) != check))
    by_parent = parents[check[children]]
    order = np.argsort(by_parent, kind="stable")
    children, by_parent = children[order], by_parent[order]
    while len(front):
        starts, ends = (np.searchsorted(by_parent, front, side) for side in ("left", "right"))
        following = []
        for unit, start, end in zip(front.tolist(), starts.tolist(), ends.tolist(), strict=True):
            for child in children[start:end].tolist():
                byte = child - int(base[unit]) - 1
                if 0 <= byte < 256:
                    found[child] = found[unit] + bytes([byte])
                    following.append(child)
        front = np.array(sorted(following), np.int64)
    whole = set()
    for key in found.values():
        try:
            whole.add(key.decode())
        except UnicodeDecodeError:  # it ends within a character
            continue
    return whole


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--aozora", type=Path, required=True)
    parser.add_argument("--output", type=Path, default=Path("used.txt"))
    options = parser.parse_args()
    known = beginnings(Path(unidic_lite.DICDIR) / "sys.dic")
    uses: Counter[str] = Counter()
    for path in sorted(options.aozora.glob("cards/*/files/*.zip")):
        text = read_path(path, gaiji="geta").plain.text[:8000]
        for start in range(len(text)):
            for end in range(start + 1, len(text) + 1):
                if text[start:end] not in known:
                    break
                uses[text[start:end]] += 1
    most = sorted(uses, key=lambda name: (-uses[name], name))
    lines = [name for name in most if not set(name) & set(" \n\t\r")][:NUMBER]
    options.output.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
