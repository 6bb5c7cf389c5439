"""Numerals in hiragana: さんじゅう, にせんごひゃく, いちまん.

Hiragana numerals look like words (せんせい, じゅうぶん, さんぽ), so one is read only where it has a
multiplier, begins behind something that is no hiragana (or behind は), and ends at a counter, at
punctuation or at the end. ひとつ … ここのつ are read elsewhere.
"""

from __future__ import annotations

import re

_DIGITS = {
    "いち": 1, "いっ": 1, "に": 2, "さん": 3, "よん": 4, "し": 4, "ご": 5, "ろく": 6, "ろっ": 6,
    "なな": 7, "しち": 7, "はち": 8, "はっ": 8, "きゅう": 9, "く": 9,
}  # fmt: skip
_MULTIPLIERS = {
    "じゅう": 10, "じゅっ": 10, "じっ": 10, "ひゃく": 100, "びゃく": 100, "ぴゃく": 100, "ひゃっ": 100,
    "せん": 1000, "ぜん": 1000, "まん": 10000, "おく": 10**8,
}  # fmt: skip
_WORDS = _DIGITS | _MULTIPLIERS
_WORD = "|".join(sorted(_WORDS, key=len, reverse=True))
_COUNTERS = "こ|ほん|ぽん|ぼん|にん|えん|まい|さい|ど|ふん|ぷん|びょう|じかん|にち|さつ|ひき|ぴき|びき|とう|だい|かい|ばん|ページ|てん|ばい"
HIRAGANA_NUMERAL = re.compile(
    rf"(?:(?<![ぁ-んー])|(?<=は))(?:(?:じゅう|ひゃく|せん)(?=えん|まい)|(?:{_WORD}){{2,16}}(?={_COUNTERS}|[^ぁ-んー]|(?:です|だ|になる|となる|と|で|に|は|が|を)(?:[。、 \n]|$)|$))"
)
"""Finds a numeral; group 0 is all of it."""
HINT = re.compile("じゅう|ひゃく|びゃく|ぴゃく|(?<!ま)せん|ぜん|まん")
"""What every such numeral has in it; most texts have none of it."""
_TOKEN = re.compile(_WORD)


def read_hiragana(numeral: str) -> int | None:
    """The number that a run of numeral words makes, or None where it makes none.

    >>> read_hiragana("さんじゅう"), read_hiragana("にせんごひゃくいち"), read_hiragana("いちに")
    (30, 2501, None)
    """
    total = section = 0
    digit: int | None = None
    limit, big_limit, multiplied = 10_000, 10**12, False
    for word in _TOKEN.findall(numeral):
        if word in _DIGITS:
            if digit is not None:
                return None
            digit = _DIGITS[word]
            continue
        unit = _MULTIPLIERS[word]
        multiplied = True
        if unit >= 10_000:
            if unit >= big_limit or not (section or digit):
                return None
            total += (section + (digit or 0)) * unit
            section, limit, big_limit = 0, 10_000, unit
        else:
            if unit >= limit:
                return None
            section += (1 if digit is None else digit) * unit
            limit = unit
        digit = None
    return total + section + (digit or 0) if multiplied else None
