"""The characters that numerals are written with, beside the Arabic digits."""

from __future__ import annotations

DIGITS = {c: i for i, c in enumerate("〇一二三四五六七八九")} | {
    "零": 0,
    "壱": 1, "壹": 1, "弌": 1, "弐": 2, "貳": 2, "弍": 2, "参": 3, "參": 3, "弎": 3, "肆": 4,
    "伍": 5, "陸": 6, "漆": 7, "捌": 8, "玖": 9,
}  # fmt: skip
SMALL = {
    "十": 10, "拾": 10, "廿": 20, "卅": 30, "百": 100, "佰": 100, "陌": 100,
    "千": 1000, "仟": 1000, "阡": 1000,
}  # fmt: skip
BIG = {
    "万": 10**4, "萬": 10**4, "億": 10**8, "兆": 10**12, "京": 10**16, "垓": 10**20,
    "秭": 10**24, "穣": 10**28,
}  # fmt: skip
KANJI_NUMERALS = frozenset(DIGITS) | frozenset(SMALL)
"""Characters with which a numeral written in kanji begins (it may go on with 万, 億, …)."""

VULGAR = {
    "½": (1, 2), "⅓": (1, 3), "⅔": (2, 3), "¼": (1, 4), "¾": (3, 4), "⅕": (1, 5), "⅖": (2, 5),
    "⅗": (3, 5), "⅘": (4, 5), "⅙": (1, 6), "⅚": (5, 6), "⅐": (1, 7), "⅛": (1, 8), "⅜": (3, 8),
    "⅝": (5, 8), "⅞": (7, 8), "⅑": (1, 9), "⅒": (1, 10), "↉": (0, 3),
}  # fmt: skip
