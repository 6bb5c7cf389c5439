"""The kanji that a description puts together out of parts: 「口＋斗」 is 呌.

Source: ``composition.tsv``, made by ``benchmarks/gaiji_table.py``. Most of it is what the library itself
says: the same words stand elsewhere in it with a code, and always with the same one. The rest is a
short list of our own. Parts have one name here (さんずい is 氵, ごんべん is 言), so that old and new
forms of a description meet.

Not handled: descriptions that fit no line, and those that fit two characters. They name nothing.
"""

from __future__ import annotations

import re
from collections import defaultdict
from functools import lru_cache
from typing import Final

from jtextkit.builders.aozora.tables import rows, words

_TABLES: Final = ("composition.tsv", "composition_own.tsv")


_NAMES: Final = words("part")
_NAME: Final = re.compile("|".join(sorted(map(re.escape, _NAMES), key=len, reverse=True)))
_LEFT: Final = re.compile("([㐀-鿿])(?:へん|偏)(?=[＋−]|$)")
_SIGNS: Final = str.maketrans(
    {"+": "＋", "/": "／", "<": "＜", "〈": "＜", "-": "−", "－": "−", "(": "（", ")": "）"}
)
_INSTEAD: Final = re.compile(
    "「{1,2}(?P<whole>[^「」]+)」[のでは、]{1,2}「(?P<part>[^「」]+)」"
    "(?:に[代変か]えて|の[代か]わりに|の部分が)「(?P<other>[^「」]+)」(?:をあてる|をあてたもの)?」?"
)
_SIDE: Final = re.compile("「([㐀-鿿])」の(つくり|へん|あし)")
_QUOTED: Final = re.compile("「{1,2}([^「」]+)」{1,2}")
_HEAD: Final = re.compile("[^＋／＜−：]*[＋／＜−：]")


def key(words: str) -> str:
    """The one form of a description; empty where it is none of parts.

    >>> key("「ごんべん＋虚」") == key("「言+虚」") == "言＋虚"
    True
    """
    words = words.translate(_SIGNS)
    if instead := _INSTEAD.fullmatch(words):
        whole, part, other = map(_plain, instead.group("whole", "part", "other"))
        return f"{whole}：{part}＞{other}"
    words = _SIDE.sub(r"\1の\2", words)
    quoted = _QUOTED.fullmatch(words)
    return _plain(quoted[1]) if quoted else ""


def _plain(words: str) -> str:
    """What was quoted, its parts under one name each."""
    words = _NAME.sub(lambda name: _NAMES[name[0]], words)
    words = _LEFT.sub(r"\1", words)
    for whole, part in _lines()[""].items():  # 纔のつくり is 毚
        words = words.replace(whole, part)
    if words.startswith("（") and words.find("）") == len(words) - 1:
        words = words[1:-1]
    return words


@lru_cache(maxsize=1)
def _lines() -> dict[str, dict[str, str]]:
    """The table: for each beginning of a description, what may follow and what the whole is."""
    lines: defaultdict[str, dict[str, str]] = defaultdict(dict)
    for table in _TABLES:
        for head, *cells in rows(table):
            lines[head] |= dict(cell.rsplit(" ", 1) for cell in cells)
    return dict(lines)


def composed(words: str) -> str | None:
    """The character that ``words`` describe by its parts, None where no line has them.

    >>> composed("「口＋斗」")
    '呌'
    """
    head, rest = split(key(words))
    return _lines().get(head, {}).get(rest) or None


def split(found: str) -> tuple[str, str]:
    """A key as the line of the table that it is in, and the rest."""
    head = _HEAD.match(found)
    return (head[0], found[head.end() :]) if head else ("=", found)
