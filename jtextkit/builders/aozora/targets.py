"""Where the text starts that a mark behind it is about: the target of a note, the base of a ruby.

Source: 青空文庫「注記一覧」. Of forward notes (``X［＃「X」は返り点］``): what a note quotes leaves the ruby out,
so the text may have ruby in it and after it; and it may be the end of a ruby. Of ruby that no ｜ marks:
the base reaches back as far as the characters are of one class. Kanji, with 々 仝 〆 〇 ヶ and the
stand-ins ※ and 〓 of gaiji, hiragana, katakana, and the letters and digits of one width are such classes;
any other character is a base alone.

Not handled: a target that does not stand right before its note; words, as the base of 青い空《あおいそら》
without ｜ is 空, as the format says.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Final

_RUBY: Final = 200  # characters of ruby that may stand between a target and its note
_IN_TARGET: Final = "(?:《[^《》]*》)?"


def reach_of(target: str) -> int:
    """How many characters before a note may matter to find its target."""
    return 2 * len(target) + _RUBY


def find_target(tail: str, target: str) -> tuple[int, int] | None:
    """Where ``target`` stands in ``tail``, the text before its note; None if it does not end there.

    >>> find_target("山川《かわ》", "川")
    (1, 6)
    """
    if tail.endswith(target):
        return len(tail) - len(target), len(tail)
    start = max(tail.rfind("\n") + 1, len(tail) - reach_of(target))
    ruby = _IN_TARGET.join(map(re.escape, target))
    match = re.compile(f"｜?{ruby}{_IN_TARGET}$").search(tail, start)
    if match:
        return match.span()
    end = len(tail) - 1
    if tail.endswith(f"{target}》") and end - len(target) >= start:
        return end - len(target), end
    return None


_CLASSES: Final = tuple(
    re.compile(f"[{characters}]")
    for characters in (
        "々仝〆〇ヶ※〓〻\u2e80-\u2fdf\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
        "\U000f0000-\U0010ffff",
        "ぁ-ゖゝゞ",
        "ァ-ヺーヽヾㇰ-ㇿ",
        "０-９Ａ-Ｚａ-ｚΑ-ωА-я−＆’，．",
        "0-9A-Za-z#&',À-ɏ-",
    )
)
_ALONE: Final = -1


@cache
def _class_of(char: str) -> int:
    return next((n for n, pattern in enumerate(_CLASSES) if pattern.match(char)), _ALONE)


def base_start(text: str, end: int, first: int) -> int:
    """Where the base starts that ends at ``end``, not before ``first``.

    >>> base_start("それは山川《やまかわ》", 5, 0)
    3
    """
    start = end - 1
    if start < first:
        return end
    wanted = _class_of(text[start])
    if wanted == _ALONE:
        return start
    while start > first and _class_of(text[start - 1]) == wanted:
        start -= 1
    return start
