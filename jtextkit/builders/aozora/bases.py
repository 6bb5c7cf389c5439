"""Where the base of a ruby starts that no ｜ marks.

Source: 青空文庫「注記一覧」, ruby: the base reaches back as far as the characters are of one class.
Kanji, with 々 仝 〆 〇 ヶ and the stand-ins ※ and 〓 of gaiji, hiragana, katakana, and the letters and
digits of one width are such classes; any other character is a base alone.

Not handled: words. The base of 青い空《あおいそら》 without ｜ is 空, as the format says.
"""

from __future__ import annotations

import re
from typing import Final

_CLASSES: Final = (
    re.compile(
        "[々仝〆〇ヶ※〓〻\u2e80-\u2fdf\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
        "\U000f0000-\U0010ffff]"
    ),
    re.compile("[ぁ-ゖゝゞ]"),
    re.compile("[ァ-ヺーヽヾㇰ-ㇿ]"),
    re.compile("[０-９Ａ-Ｚａ-ｚΑ-ωА-я−＆’，．]"),
    re.compile("[0-9A-Za-z#&',À-ɏ-]"),
)
_ALONE: Final = -1


class _ClassOf(dict[str, int]):
    """The class of a character, found once."""

    def __missing__(self, char: str) -> int:
        found = _ALONE
        for number, pattern in enumerate(_CLASSES):
            if pattern.match(char):
                found = number
                break
        self[char] = found
        return found


_class_of: Final = _ClassOf()


def base_start(text: str, end: int, first: int) -> int:
    """Where the base starts that ends at ``end``, not before ``first``.

    >>> base_start("それは山川《やまかわ》", 5, 0)
    3
    """
    start = end - 1
    if start < first:
        return end
    wanted = _class_of[text[start]]
    if wanted == _ALONE:
        return start
    while start > first and _class_of[text[start - 1]] == wanted:
        start -= 1
    return start
