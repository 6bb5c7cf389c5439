"""Characters outside Shift_JIS (外字), which Aozora Bunko describes in a note after ※.

Source: 青空文庫「外字注記辞書」 and 注記一覧「外字」. A description ends in a men-ku-ten code of
JIS X 0213 (``第3水準1-84-77``, ``1-13-21``), in a code point (``U+6F75``), or in nothing but the
page and line of the edition; then what it says in words may still name a character
(:mod:`~jtextkit.builders.aozora.described`).

Not handled: a character whose description names none for certain. It becomes 〓 and is counted.
"""

from __future__ import annotations

import re
import sys
from functools import lru_cache
from typing import Final

from jtextkit.builders.aozora.described import Gaiji, described

GETA: Final = "〓"
"""What stands where no character can."""
CODED: Final = ("gaiji_code", "gaiji_unicode")
"""The kinds of gaiji that the typist named by a code."""

# Characters that would be read as notation if they came back before the notation is gone. The
# noncharacters of Unicode cannot be in any decoded text.
RESERVED: Final[dict[str, str]] = {
    char: chr(0xFDD0 + place) for place, char in enumerate("《》［］〔〕｜＃※／＼")
}

# Digits on either side would make it a part of a page number such as 121-1-12.
_MEN_KU_TEN: Final = re.compile(r"(?<![\d-])([12])-(\d{1,2})-(\d{1,2})(?![\d-])")
_CODE_POINT: Final = re.compile(r"[UＵ][+＋]([0-9A-Fa-f]{4,6})(?![0-9A-Fa-f])")
# Controls, surrogates, private characters and noncharacters name nothing that others could read.
_NO_CHARACTER: Final = re.compile(
    "[\0-\x1f\x7f-\x9f\ud800-\uf8ff\ufdd0-\ufdef\ufffe\uffff\U000f0000-\U0010ffff]"
)
_LONGEST: Final = 200  # characters of a note that describes two gaiji
_EACH: Final = re.compile("「※」は([2-9２-９])字とも")
_BOTH: Final = re.compile("前の「※」は(「.+」)、後の「※」は(「.+」)")


def men_ku_ten(men: int, ku: int, ten: int) -> str | None:
    """The character at a place of JIS X 0213, which may be two code points; None if unassigned.

    >>> men_ku_ten(1, 84, 77)
    '挘'
    """
    if not (1 <= ku <= 94 and 1 <= ten <= 94):
        return None
    code = bytes((0xA0 + ku, 0xA0 + ten))
    try:
        return (code if men == 1 else b"\x8f" + code).decode("euc_jis_2004")
    except UnicodeDecodeError:
        return None


def code_in(description: str) -> Gaiji | None:
    """What the code that ends a description names."""
    point = _CODE_POINT.search(description)
    # What follows a code point is the page, which may look like a place in JIS X 0213.
    for place in _MEN_KU_TEN.finditer(description, 0, point.start() if point else sys.maxsize):
        char = men_ku_ten(int(place[1]), int(place[2]), int(place[3]))
        if char is not None:
            return Gaiji("gaiji_code", char)
    number = int(point[1], 16) if point else sys.maxunicode + 1
    if number > sys.maxunicode or _NO_CHARACTER.match(chr(number)):
        return None
    return Gaiji("gaiji_unicode", chr(number))


@lru_cache(maxsize=1 << 14)
def resolve(description: str, *, words: bool = True) -> Gaiji:
    """What the description after ``※［＃`` stands for; by its code alone without ``words``."""
    found = code_in(description) or (described(description) if words else None)
    return found or Gaiji("gaiji_unresolved", None)


def signs_of(description: str) -> list[str]:
    """The descriptions that a note holds, one for each ※ before it.

    >>> signs_of("前の「※」は「ころもへん＋上」、後の「※」は「ころもへん＋下」、272-4")
    ['「ころもへん＋上」', '「ころもへん＋下」']
    """
    if len(description) < _LONGEST and (both := _BOTH.match(description)):
        return list(both.groups())
    each = _EACH.match(description)
    return [description] * (int(each[1]) if each else 1)
