"""What a caution is worth: real passages are changed in one way each, and scored again.

    python benchmarks/cautions.py --aozora DIR

For each change: how far the score moves on average, how many labels change, and in how many passages
the caution of its name is raised (beside how many of the passages as they are raise it).
"""

from __future__ import annotations

import argparse
import re
import statistics
from collections.abc import Callable
from pathlib import Path

from profile_data import of_classes, passage, texts

from jtextkit.metrics.readability import profile

PASSAGES = 200
KANJI = "[\u4e00-\u9fff]"


def in_katakana(text: str) -> str:
    """Hiragana as katakana."""
    return "".join(chr(ord(c) + 0x60) if "ぁ" <= c <= "ゖ" else c for c in text)


CHANGES: dict[str, tuple[str, Callable[[str], str]]] = {
    "katakana for hiragana": ("katakana-script", in_katakana),
    "　 behind particles before kanji and katakana": (
        "parted-words",
        lambda text: re.sub(rf"([はがをにで])(?={KANJI}|[ァ-ヶ])", "\\1\u3000", text),
    ),
    "a tag around each line": (
        "markup",
        lambda text: "".join(f"<p>{line}</p>\n" for line in text.split("\n")),
    ),
    "ruby behind each pair of kanji": (
        "markup",
        lambda text: re.sub(f"({KANJI}{{2}})", r"\1《よみ》", text),
    ),
    "half-width full stops": (
        "half-width-ends",
        lambda text: text.translate(str.maketrans("。？！", ".?!")),
    ),
    "a foreign word behind each pair of kanji": (
        "foreign-words",
        lambda text: re.sub(f"({KANJI}{{2}})", r"\1（word）", text),
    ),
}


def main() -> None:
    """See the module."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--aozora", type=Path, required=True, metavar="DIR")
    options = parser.parse_args()
    found = of_classes(texts(options.aozora), "913", "K913")
    spread = found[:: max(1, len(found) // (2 * PASSAGES))]
    passages = [text for text in (passage(*one) for one in spread) if text][:PASSAGES]
    plain = [profile(text) for text in passages]
    print(f"{len(passages)} passages")
    for name, (code, change) in CHANGES.items():
        changed = [profile(change(text)) for text in passages]
        pairs = list(zip(changed, plain, strict=True))
        shift = statistics.fmean(a.readability - b.readability for a, b in pairs)
        labels = sum(a.score.label != b.score.label for a, b in pairs)
        raised, before = (
            sum(code in [one.code for one in each.warnings] for each in some)
            for some in (changed, plain)
        )
        print(f"{name:46} {shift:+7.2f} {labels:4} labels  {code}: {raised} ({before} before)")


if __name__ == "__main__":
    main()
