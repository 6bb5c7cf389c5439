"""Throw random texts, damaged dictionaries and damaged images at the native core, for so many seconds.

    JTEXTKIT_NATIVE_BUILD=folder python tests/fuzz_native.py SECONDS [SEED]

Meant for a build with sanitizers (``.ci/native`` makes one): these say what is wrong with memory. Beside
that, every text is counted by MeCab too, by a damaged dictionary in a process of its own, for MeCab
follows whatever is written there. Prints how many of each were tried.
"""

from __future__ import annotations

import contextlib
import os
import random
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from tiny_dictionary import IDS, Entry, compile_dictionary

from jtextkit.metrics.morphology import image
from jtextkit.metrics.morphology.analysis import END_MARKS, FeatureReader
from jtextkit.metrics.morphology.classes import counted
from jtextkit.metrics.morphology.dictionary import Dictionary, find_dictionary
from jtextkit.metrics.morphology.image import NoCoreError

NAME = bytes(32)
DIFFER = 3  # a process's end; a sanitizer's is 1, where MeCab reads what is not its own
FILES = ("sys.dic", "unk.dic", "matrix.bin", "char.bin")
POOLS = (
    "あいう。．か ab\t\n",
    "。？！．!?.,｡「」 　\t\nAaあ1１学校行見る事物のはが†\U0001f600\uffff",
    "ｦｧｨｱｲｳﾞﾟｰ",
    "".join(map(chr, range(0x3041, 0x3100))),
    "".join(map(chr, range(0x4E00, 0x5200))),
)


def text_of(chance: random.Random) -> str:
    pieces = []
    for _ in range(chance.choice((1, 1, 2, 4, 9))):
        kind = chance.random()
        if kind < 0.6:
            pool = chance.choice(POOLS)
            pieces.append("".join(chance.choices(pool, k=chance.randint(1, 30))))
        elif kind < 0.8:
            pieces.append(chance.choice(chance.choice(POOLS)) * chance.randint(1, 70))
        else:
            codes = (chance.randrange(1, 0x110000) for _ in range(5))
            pieces.append("".join(chr(code) for code in codes if not 0xD800 <= code < 0xE000))
    return "".join(pieces) or "あ"


def by_mecab(reader: FeatureReader, text: str) -> tuple[int, ...]:
    pairs = reader.surfaces(text)
    if any("\t" in printed or printed.count(",") != 2 for _, printed in pairs):
        raise ValueError("damage in the text of features, or tabs in words: lines cannot be read")
    classes = counted(reader.table[printed] for _, printed in pairs)
    ends = sum(surface in END_MARKS for surface, _ in pairs)
    return (len(pairs), *classes, ends)


def dictionary_of(chance: random.Random, folder: Path) -> Dictionary:
    entries = [
        Entry(
            "".join(chance.choices("あいう。aab", k=chance.randint(1, 4))),
            chance.randrange(IDS),
            chance.randrange(IDS),
            chance.randint(-3, 3),
        )
        for _ in range(chance.randint(1, 60))
    ]
    costs = [chance.randint(-3, 3) for _ in range(IDS * IDS)]
    return compile_dictionary(
        folder,
        entries,
        costs,
        unknown=[chance.randrange(IDS) for _ in range(chance.randint(1, 3))],
        letters=(chance.randrange(2), chance.randrange(2), chance.randrange(5)),
    )


def damage(chance: random.Random, data: bytearray) -> None:
    for _ in range(chance.choice((1, 1, 1, 3, 10))):
        if chance.random() < 0.05:
            del data[chance.randrange(len(data)) :]
            data += bytes(chance.randrange(5))
        if not data:
            return
        place = chance.randrange(min(len(data), chance.choice((400, 20_000, 1 << 30))))
        data[place] = chance.choice((0, 1, 255, data[place] ^ 1 << chance.randrange(8)))


def agrees(core: object, dictionary: Dictionary, texts: list[str]) -> bool:
    """Whether MeCab counts alike; True where it cannot read this dictionary, or dies of it, or where
    what it prints cannot be read.
    """
    child = os.fork()
    if not child:
        status = 0
        with contextlib.suppress(BaseException):
            reader = FeatureReader(dictionary)
            for text in texts:
                found = core.counts(text)
                status |= found is not None and by_mecab(reader, text) != (*found[:5], found[9])
        os._exit(DIFFER if status else 0)
    _, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status) or os.WEXITSTATUS(status) != DIFFER


def main() -> None:
    seconds = float(sys.argv[1])
    chance = random.Random(int(sys.argv[2]) if len(sys.argv) > 2 else 1)
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # MeCab tells of its progress
    tried: Counter[str] = Counter()
    whole = find_dictionary()
    reader = FeatureReader(whole)
    core = image.open_core(whole.folder)
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        for _ in range(300):
            text = text_of(chance)
            found = core.counts(text)
            counted = found and (*found[:5], found[9])
            assert counted == (None if text.isspace() else by_mecab(reader, text)), repr(text)
            core.words(text)
            tried["texts"] += 1
        with tempfile.TemporaryDirectory() as name:
            dictionary = dictionary_of(chance, Path(name))
            good = image._made(dictionary.folder, frozenset(), NAME)
            files = {file: (dictionary.folder / file).read_bytes() for file in FILES}
            for _ in range(20):
                texts = [text_of(chance) for _ in range(5)]
                file = chance.choice(FILES)
                data = bytearray(files[file])
                damage(chance, data)
                (dictionary.folder / file).write_bytes(data)
                tried["dictionaries"] += 1
                try:
                    made = image._made(dictionary.folder, frozenset(), NAME)
                except (NoCoreError, OSError):
                    tried["dictionaries refused"] += 1
                else:
                    counts = image._core(made, NAME)
                    assert agrees(counts, dictionary, texts), (file, texts)
                (dictionary.folder / file).write_bytes(files[file])
            for _ in range(40):
                data = bytearray(good)
                damage(chance, data)
                tried["images"] += 1
                try:
                    counts = image._core(bytes(data), NAME)
                except ValueError:
                    tried["images refused"] += 1
                else:
                    for text in (text_of(chance) for _ in range(5)):
                        counts.sums(text)
                        counts.words(text)
    print(dict(tried), file=sys.stderr)


if __name__ == "__main__":
    main()
