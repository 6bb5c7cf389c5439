"""What belongs to a number before it: a minus, a currency, 約, 第, 毎分.

A minus behind a value is an operator, and ー behind kana is a long vowel: neither is a sign.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from jtextkit.metrics.quantities.units import UNITS, Unit, time_unit

_FRONT = re.compile(
    r"""(?:第\ ?|(?:(?P<speed>[時分秒日])速|毎(?P<each>[時分秒日週年月]))\ ?(?:[はがを:]\ ?)?)?
    (?P<about>(?:約|おおよそ|およそ|ほぼ|だいたい|大体|おおむね|≒|≈|\\approx|\\fallingdotseq)\ ?)?
    (?:(?P<outer>\\?[¥$]|[€£])?(?P<sign>(?:マイナス|負の|氷点下|零下|プラス)\ ?|[-+ー▲△]\ ?))?
    (?P<money>\\?[¥$]|[€£])?\Z""",
    re.VERBOSE,
)
_MONEY = {
    "¥": UNITS["円"],
    "$": UNITS["ドル"],
    "€": UNITS["ユーロ"],
    "£": Unit("ポンド", "money:ポンド"),
}
_LOSS = re.compile(r"[0-9][0-9.,]{0,20}[百千万億兆]{0,2}(?:円|%|ドル|ポイント|ユーロ)")
"""What △ is a minus before, as in accounts; elsewhere it is a blank."""
_DAY_OF_YEAR = re.compile(r"[0-9]{1,2}月")
"""Behind 毎年 a date and no rate: 毎年7月20日."""
_MATH_CLOSE = re.compile(r"[^$\n]{0,40}\$(?![0-9])")
_LAST = re.compile(r"(?:[-$¥€£△ー▲+ス下約そぼい体ね≒≈xqt第速]|毎.|負の|[速毎].{0,2}[はがを:]) *\Z")
"""What the words of ``_FRONT`` end in."""


class Front(NamedTuple):
    """What belongs to a number before it."""

    start: int  # where the first of it begins
    negative: bool = False  # a minus
    unit: Unit | None = None  # a currency
    per: Unit | None = None  # of a speed, what it is per (毎分, 時速)
    approximate: bool = False  # 約 and the like
    ordinal: bool = False  # 第


def front(s: str, i: int, last_end: int) -> Front:
    """What belongs to the number at ``i`` before it, in text that no value before has taken."""
    if i == last_end or not _LAST.search(s, max(last_end, i - 6), i):
        return Front(i)
    match = _FRONT.search(s, max(last_end, i - 12), i)
    if match is None or (match["money"] == "$" and _MATH_CLOSE.match(s, i)):  # $5 + 3$
        return Front(i)
    sign, money = (match["sign"] or "")[:1], match["money"] or match["outer"]
    unit = _MONEY[money[-1]] if money else None
    if sign == "△":
        return Front(match.start("sign"), negative=True) if _LOSS.match(s, i) else Front(i)
    if sign and not _is_sign(s, match.start("sign"), sign, last_end):
        return Front(match.end("sign"), unit=unit if match["money"] else None)
    if match["each"] == "年" and _DAY_OF_YEAR.match(s, i):
        return Front(match.end("each"))
    per = match["speed"] or match["each"]
    return Front(
        match.start(), sign not in ("", "+", "プ"), unit, time_unit(per) if per else None,
        match["about"] is not None, s[match.start()] == "第",
    )  # fmt: skip


def _is_sign(s: str, at: int, sign: str, last_end: int) -> bool:
    """Whether a minus or plus before a number is its sign and no operator or long vowel."""
    if sign not in "-+ー▲":  # マイナス, 負の
        return at == 0 or not (at == last_end or "ァ" <= s[at - 1] <= "ヺ")
    j = at
    while j > 0 and s[j - 1] in " \u3000":
        j -= 1
    if j in (0, last_end):  # behind a value it is an operator
        return j == 0
    before = s[j - 1]
    if sign == "ー":
        return not before.isalpha() or "ぁ" <= before < "ァ"
    if before in "-+":
        return j < at
    return not (before.isascii() and before.isalnum()) and before not in ")）]}」】□△○〇◯ァ"
