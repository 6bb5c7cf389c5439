"""Small dictionaries in UniDic's form, compiled by MeCab, for tests of the native core."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import NamedTuple

import fugashi

from jtextkit.metrics.morphology.dictionary import Dictionary

IDS = 4

CLASSES = (
    ("名詞", "普通名詞", "*", "漢"),
    ("動詞", "一般", "文語四段", "和"),
    ("助詞", "格助詞", "*", "和"),
    ("補助記号", "句点", "*", "記号"),
)
"""pos1, pos2, cType and goshu, by left context id."""

CHARACTERS = """
DEFAULT 0 1 0
SPACE 0 1 0
KANA 1 1 2
LETTER {invoke} {group} {length}
MARK 0 0 1
0x0020 SPACE
0x0009 SPACE
0x000A SPACE
0x3042..0x304B KANA
0x0061..0x007A LETTER
0x0061 LETTER KANA
0xFF0E MARK
"""

CATEGORIES = ("DEFAULT", "SPACE", "KANA", "LETTER", "MARK")


class Entry(NamedTuple):
    surface: str
    left: int
    right: int
    cost: int
    lemma: str = "語"


def feature(left: int, lemma: str) -> str:
    pos1, pos2, conjugation, origin = CLASSES[left]
    return f'{pos1},{pos2},*,*,{conjugation},*,カナ,"{lemma}",*,*,*,*,{origin}'


def compile_dictionary(
    folder: Path,
    entries: list[Entry],
    costs: list[int],
    *,
    unknown: list[int] | None = None,
    letters: tuple[int, int, int] = (0, 1, 0),
    settings: str = "",
    characters: str = CHARACTERS,
) -> Dictionary:
    """Have MeCab compile a dictionary of our own.

    Args:
        costs: of joining each context id with each.
        unknown: left ids of the unknown words of every category.
        letters: invoke, group and length of the category LETTER.
        characters: ``char.def``.
    """
    source, target = folder / "source", folder / "compiled"
    source.mkdir()
    target.mkdir()
    lines = [f"{i // IDS} {i % IDS} {cost}\n" for i, cost in enumerate(costs)]
    ids = "".join(f"{i} name\n" for i in range(IDS))
    invoke, group, length = letters
    files = {
        "lex.csv": "".join(
            f"{e.surface},{e.left},{e.right},{e.cost},{feature(e.left, e.lemma)}\n" for e in entries
        ),
        "matrix.def": f"{IDS} {IDS}\n{''.join(lines)}",
        "unk.def": "".join(
            f"{name},{left},{left},{3 + number},{','.join(CLASSES[left][:2])},*,*\n"
            for name in CATEGORIES
            for number, left in enumerate(unknown or [0])
        ),
        "char.def": characters.format(invoke=invoke, group=group, length=length),
        "dicrc": f"cost-factor = 700\nbos-feature = BOS\n{settings}",
        "left-id.def": ids,
        "right-id.def": ids,
        "pos-id.def": "",
        "rewrite.def": "".join(f"[{kind} rewrite]\n* *\n" for kind in ("unigram", "left", "right")),
    }
    for name, text in files.items():
        (source / name).write_text(text, encoding="utf-8")
    fugashi.build_dictionary(f"x -d {source} -o {target} -f utf-8 -t utf-8")
    shutil.copy(source / "dicrc", target)
    return Dictionary("own", "1", len(entries), target)
