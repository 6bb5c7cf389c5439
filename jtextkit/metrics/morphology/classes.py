"""What words and characters are counted as, a bit each, and the words that are called common.

``common_words.tsv`` is made by ``benchmarks/profile_data.py``, which says how. It lies with the words
because the native core keeps of every dictionary's entry whether it is listed.
"""

import hashlib
from collections import Counter
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from jtextkit.metrics.kanji import KANJI_FOUND, kanji_up_to

KANGO, WAGO, VERB, PARTICLE, END, CONTENT, LISTED, CLASSICAL = range(8)
"""Bits of what the formula counts; of words that end a sentence; and of what it does not count: content
words other than 数詞 and 固有名詞; such of them as are in a list of words; words of 文語 conjugation."""

_CONTENT = frozenset(
    ("名詞", "動詞", "形容詞", "形状詞", "副詞", "連体詞", "接続詞", "感動詞", "代名詞")
)


def is_content(pos1: str, pos2: str) -> bool:
    """Whether a word of this part of speech is a content word; numerals and proper names are none."""
    return pos1 in _CONTENT and pos2 not in ("数詞", "固有名詞")


def formula_flags(pos1: str, pos2: str, goshu: str) -> int:
    """What the formula counts a word as, by its part of speech (品詞) and origin (語種), and whether it
    is of the class 句点.
    """
    return (
        (goshu == "漢") << KANGO
        | (goshu == "和") << WAGO
        | (pos1 == "動詞" and pos2 != "非自立可能") << VERB
        | (pos1 == "助詞") << PARTICLE
        | (pos1 == "補助記号" and pos2 == "句点") << END
    )


def flags(pos1: str, pos2: str, goshu: str, *, classical: bool, listed: bool) -> int:
    """All that a word is counted as; not that it ends a sentence, which its surface decides."""
    value = formula_flags(pos1, pos2, goshu) & ~(1 << END)
    if is_content(pos1, pos2):
        value |= 1 << CONTENT | listed << LISTED
    return value | classical << CLASSICAL


def counted(words: Iterable[int]) -> tuple[int, ...]:
    """How many of some words, each as its flags, the formula counts as each of its four classes."""
    found = Counter(words)
    return tuple(
        sum(number for value, number in found.items() if value >> bit & 1)
        for bit in (KANGO, WAGO, VERB, PARTICLE)
    )


CLOSING = "」』）】〕］｝〉》)]}\"'”’"
"""Brackets that belong to the sentence whose end mark stands before them."""

COMMAS = "、，"
"""Behind which a line goes on in the next, under the rule ``site``."""


def mark(character: str) -> int:
    """What a character is counted as: bit 0, it is no white space; bit 1, it is a kanji that grades 1
    to 4 do not teach; bits 2 and 3, at the end of a line it is white space (0), one of :data:`CLOSING`
    (2), of :data:`COMMAS` (3) or anything else (1).
    """
    hard = KANJI_FOUND.fullmatch(character) is not None and character not in kanji_up_to(4)
    seen = not character.isspace()
    at_end = 2 if character in CLOSING else 3 if character in COMMAS else 1
    return seen | hard << 1 | seen * at_end << 2


@cache
def marks() -> bytes:
    """:func:`mark` of each code point of the BMP; of those beyond all are seen, and ideographs count."""
    return bytes(map(mark, map(chr, range(0x10000))))


def left_id_classes(folder: Path) -> dict[str, int] | None:
    """Left context id to flags of the formula, with ``?`` in front for unknown words, which share ids with known ones
    but have no origin; None where the dictionary does not come with ``left-id.def`` (``ID POS1,POS2,…,語種``).
    """
    found: dict[str, int] = {}
    try:
        for line in (folder / "left-id.def").read_text(encoding="utf-8").splitlines():
            number, _, features = line.partition(" ")
            pos1, pos2, *_, goshu = features.split(",")
            found[number] = formula_flags(pos1, pos2, goshu)
            found[f"?{number}"] = formula_flags(pos1, pos2, "")
    except (OSError, ValueError):
        return None
    return found


Lemma = tuple[str, str]
"""A word's lemma (語彙素, without the gloss after ``-``) and part of speech."""

PLACE = Path(__file__).parent / "common_words.tsv"


@cache
def common_words() -> frozenset[Lemma]:
    """The 3,000 words that most children's stories of Aozora Bunko have."""
    lines = PLACE.read_text(encoding="utf-8").splitlines()
    return frozenset((lemma, pos) for lemma, _, pos in (line.partition("\t") for line in lines))


@cache
def words_identity() -> str:
    """The list's short form for signatures: how many words, and the start of its SHA-256."""
    digest = hashlib.sha256(PLACE.read_bytes()).hexdigest()
    return f"{len(common_words())}-{digest[:8]}"
