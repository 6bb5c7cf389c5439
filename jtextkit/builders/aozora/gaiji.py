"""Characters outside Shift_JIS (外字), which Aozora Bunko describes in a note after ※.

Source: 青空文庫「外字注記辞書」 and 注記一覧「外字」. A description ends in a men-ku-ten code of
JIS X 0213 (``第3水準1-84-77``, ``1-13-21``), in a code point (``U+6F75``), or in nothing but the
page and line of the edition; only the first two name a character.

Not handled: a character that is only described in words. It becomes 〓 and is counted.
"""

from __future__ import annotations

import re
import sys
from functools import lru_cache
from typing import Final, NamedTuple

GETA: Final = "〓"
"""What stands where no character can."""

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


class Gaiji(NamedTuple):
    """A gaiji note that was read."""

    kind: str
    """``gaiji_code``, ``gaiji_unicode`` or ``gaiji_unresolved``."""
    char: str | None
    """The character, which may be two code points; None where the description names none."""


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


def code_in(description: str) -> tuple[str, str] | None:
    """The kind of the code that ends a description, and its character."""
    for place in _MEN_KU_TEN.finditer(description):
        char = men_ku_ten(int(place[1]), int(place[2]), int(place[3]))
        if char is not None:
            return "gaiji_code", char
    if match := _CODE_POINT.search(description):
        point = int(match[1], 16)
        if point <= sys.maxunicode and not _NO_CHARACTER.match(chr(point)):
            return "gaiji_unicode", chr(point)
    return None


@lru_cache(maxsize=1 << 14)
def resolve(description: str) -> Gaiji:
    """What the description after ``※［＃`` stands for."""
    code = code_in(description)
    if code is None:
        return Gaiji("gaiji_unresolved", None)
    return Gaiji(*code)
