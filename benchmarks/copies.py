"""How many planted copies `check` finds, by kind of edit, beside exact match, with time and memory.

    python benchmarks/copies.py --rows 62000
    python benchmarks/copies.py --rows 1000000 --length 40
    python benchmarks/copies.py jsquad.json --column question

Texts are those of a file, each once, or made up: random ones, or sentences of 20 nouns and 10 verbs, in which
every shingle is frequent. Copies of 20 texts of train are planted in test for each kind of edit; what is
found of them is counted by `check`'s own search over all rows, and by equality of the texts. What is
found and was not planted is counted too.
"""

from __future__ import annotations

import argparse
import random
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path

from jtextkit.builders.sets.reading import Item, read_set
from jtextkit.check.copies import find_copies
from jtextkit.core.progress import silent

COPIES = 20
KANJI = [chr(code) for code in range(0x4E00, 0x4E00 + 2000)]
KANA = [chr(code) for code in range(0x3041, 0x3094)]
NOUNS = "犬猫雨町本花道父母山川海空駅店車朝夜春秋"
VERBS = ("走る", "降る", "行く", "読む", "咲いた", "歩いた", "笑った", "見た", "食べた", "書く")


def at(chance: random.Random, text: str) -> int:
    """A place in the middle of a text."""
    return chance.randrange(len(text) // 4, max(len(text) // 4 + 1, 3 * len(text) // 4))


def put_in(chance: random.Random, text: str) -> str:
    place = at(chance, text)
    return text[:place] + chance.choice(KANA) + text[place:]


def left_out(chance: random.Random, text: str) -> str:
    place = at(chance, text)
    return text[:place] + text[place + 1 :]


def replaced(chance: random.Random, text: str) -> str:
    place = at(chance, text)
    return text[:place] + chance.choice(KANA) + text[place + 1 :]


EDITS: dict[str, Callable[[random.Random, str], str]] = {
    "none": lambda _, text: text,
    "another mark at the end": lambda _, text: f"{text.rstrip('。！？!?')}！",
    "full width, spaces": lambda _, text: " ".join(
        chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in text
    ),
    "marks in the middle": lambda chance, text: f"{text[: (p := at(chance, text))]}、「{text[p:]}",
    "a character put in": put_in,
    "a character left out": left_out,
    "a character replaced": replaced,
    "two characters replaced": lambda chance, text: replaced(chance, replaced(chance, text)),
    "です behind": lambda _, text: f"{text}です",
    "a tenth left out at the end": lambda _, text: text[: -max(1, len(text) // 10)],
}


def made_up(chance: random.Random, kind: str, length: int) -> str:
    if kind == "phrases":
        sentences = [
            f"{chance.choice(NOUNS)}{chance.choice('がはをに')}{chance.choice(VERBS)}"
            for _ in range(length // 5)
        ]
        return "。".join(sentences) + "。"
    alphabet = KANJI + KANA * 25
    return "".join(chance.choices(alphabet, k=chance.randint(length // 2, length * 3 // 2))) + "。"


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("file", nargs="?", type=Path)
    options.add_argument("--column", default="text")
    options.add_argument("--rows", type=int, default=62_000)
    options.add_argument("--length", type=int, default=40)
    options.add_argument("--kind", choices=["random", "phrases"], default="random")
    options.add_argument("--seed", type=int, default=1)
    asked = options.parse_args()
    chance = random.Random(asked.seed)
    if asked.file is None:
        texts = [made_up(chance, asked.kind, asked.length) for _ in range(asked.rows)]
    else:
        rows = read_set(asked.file, tables=True).rows
        texts = list(dict.fromkeys(str(row.values[asked.column]) for row in rows))
        chance.shuffle(texts)
    planted = COPIES * len(EDITS)
    train, others = texts[: -len(texts) // 10 or None], texts[-len(texts) // 10 :]
    if len(train) < planted:
        sys.exit(f"{planted} texts are needed for train, not {len(train)}")
    chosen = chance.sample(train, planted)
    names = [name for name in EDITS for _ in range(COPIES)]
    copies = [EDITS[name](chance, text) for name, text in zip(names, chosen, strict=True)]
    items = [Item("train", f"train:{i}", {"text": text}) for i, text in enumerate(train)]
    items += [Item("test", f"copy:{i}", {"text": text}) for i, text in enumerate(copies)]
    items += [Item("test", f"test:{i}", {"text": text}) for i, text in enumerate(others)]

    before, started = peak(), time.process_time()
    twins = find_copies(items, lambda item: str(item.values["text"]), silent)
    taken = time.process_time() - started
    across = [one for one in twins.twins if one.across]
    similar = {one.other.place for one in across if not one.but_for_a_character}
    every = {one.other.place for one in across}
    known = set(train)
    print(f"{'edit':<30}{'exact match':>12}{'by shingles':>12}{'and characters':>15}   of {COPIES}")
    for name in EDITS:
        places = [i for i, one in enumerate(names) if one == name]
        exact = sum(copies[i] in known for i in places)
        found = [sum(f"copy:{i}" in one for i in places) for one in (similar, every)]
        print(f"{name:<30}{exact:>12}{found[0]:>12}{found[1]:>15}")
    unplanted = sum(not place.startswith("copy:") for place in every)
    print(
        f"\n{len(items):,} rows of {sum(map(len, texts)) / len(texts):.0f} characters: "
        f"{taken:.1f} s of processor time; "
        f"{peak():,.0f} MB at most, {before:,.0f} MB before; compared {twins.compared:,} of "
        f"{twins.of:,}; {unplanted} rows of test found that were not planted"
    )


def peak() -> float:
    """Resident memory at most so far, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main()
