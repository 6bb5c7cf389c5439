"""Which words the formula counts, as one small integer a word class.

A count for each class is packed into one integer, so that a text is counted by one sum; not more
words at a time than a field has room for (:data:`MOST`).
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from pathlib import Path

from jtextkit.metrics.kanji import KANJI_FOUND, kanji_up_to

_BITS = 12
_KANGO, _WAGO, _VERB, _PARTICLE, END = (1 << _BITS * i for i in range(5))
MOST = (1 << _BITS) - 1

ENDS = 4
"""Where the ends of sentences stand in what :func:`unpacked` gives."""


@cache  # one object for equal classes: they stay in the processor's cache
def packed(pos1: str, pos2: str, goshu: str) -> int:
    """The class of a word, from its part of speech (品詞) and origin (語種)."""
    value = 0
    if goshu == "漢":
        value += _KANGO
    elif goshu == "和":
        value += _WAGO
    if pos1 == "動詞" and pos2 != "非自立可能":
        value += _VERB
    elif pos1 == "助詞":
        value += _PARTICLE
    if pos1 == "補助記号" and pos2 == "句点":
        value += END
    return value


def unpacked(total: int) -> tuple[int, ...]:
    """How many words of a sum of classes are 漢語, 和語, verbs, particles, ends of sentences."""
    return (
        total & MOST,
        total >> _BITS & MOST,
        total >> 2 * _BITS & MOST,
        total >> 3 * _BITS & MOST,
        total >> 4 * _BITS,
    )


def added(sums: Iterable[tuple[int, ...]]) -> tuple[int, ...]:
    """Several of :func:`unpacked`, added up."""
    return tuple(map(sum, zip(*sums, strict=True)))


_CONTENT = frozenset(
    ("名詞", "動詞", "形容詞", "形状詞", "副詞", "連体詞", "接続詞", "感動詞", "代名詞")
)
CONTENT, LISTED, CLASSICAL = 5, 6, 7
"""Bits of :func:`flags` that the formula does not count: content words other than 数詞 and 固有名詞;
such of them as are in a list of words; words of 文語 conjugation."""


def is_content(pos1: str, pos2: str) -> bool:
    """Whether a word of this part of speech is a content word; numerals and proper names are none."""
    return pos1 in _CONTENT and pos2 not in ("数詞", "固有名詞")


def flags(pos1: str, pos2: str, goshu: str, *, classical: bool, listed: bool) -> int:
    """What a word is counted as, a bit each: 漢語, 和語, verb, particle, then 0 for the end of a
    sentence, which its surface decides, then the three above.
    """
    whole = packed(pos1, pos2, goshu) & ~END
    value = sum((whole >> _BITS * place & 1) << place for place in range(ENDS))
    if is_content(pos1, pos2):
        value |= 1 << CONTENT | listed << LISTED
    return value | classical << CLASSICAL


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
    """Left context id to class, with ``?`` in front for unknown words, which share ids with known ones
    but have no origin; None where the dictionary does not come with ``left-id.def`` (``ID POS1,POS2,…,語種``).
    """
    found: dict[str, int] = {}
    try:
        for line in (folder / "left-id.def").read_text(encoding="utf-8").splitlines():
            number, _, features = line.partition(" ")
            pos1, pos2, *_, goshu = features.split(",")
            found[number] = packed(pos1, pos2, goshu)
            found[f"?{number}"] = packed(pos1, pos2, "")
    except (OSError, ValueError):
        return None
    return found
