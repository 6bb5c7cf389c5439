"""What belongs to a number before it: a minus, a currency, 約, 第, 毎分.

A minus behind a value is an operator, and ー behind kana is a long vowel: neither is a sign.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from jtextkit.metrics.quantities.units import UNITS, Unit

_LOSS = re.compile(r"[0-9][0-9.,]{0,20}[百千万億兆]{0,2}(?:円|%|ドル|ポイント|ユーロ)")
_APPROXIMATE = re.compile(
    r"(?:約|およそ|おおよそ|ほぼ|だいたい|大体|おおむね|≒|≈|\\approx|\\fallingdotseq) ?$"
)
_ABOUT_ENDS = ("約", "そ", "ぼ", "い", "体", "ね", "≒", "≈", "t", "q", " ")
_SPEED = re.compile(r"(?:([時分秒日])速|毎([時分秒日週年月])) ?(?:約|[はがを:] ?)?$")
_DAY_OF_YEAR = re.compile(r"[0-9]{1,2}月")
"""Behind 毎年 a date and no rate: 毎年7月20日."""
_SPEED_UNITS = {
    "時": "時間", "分": "分", "秒": "秒", "日": "日", "週": "週間", "年": "年", "月": "か月",
}  # fmt: skip
_CURRENCY = re.compile(r"(?:\\?(¥)|(\\?\$)|(€)|(£))$")
_CURRENCIES = {1: "円", 2: "ドル", 3: "ユーロ", 4: "ポンド"}
_NEGATIVE = re.compile(r"(?:(?:マイナス|負の|氷点下|零下) ?|([-ー▲]) ?)$")
_PLUS = re.compile(r"(?:プラス ?|(\+) ?)$")
_MATH_CLOSE = re.compile(r"[^$\n]{0,40}\$(?![0-9])")
# What the words above end in; 毎 also stands before one more character.
_LAST = frozenset("$¥€£△-ー▲+ス下の約そぼい体ね≒≈xqt第速はがを:")
_BEFORE_PARTICLES = frozenset("負速毎")
"""What must stand before the particles among them: 負の, 時速は, 毎分は."""


class Front(NamedTuple):
    """What belongs to a number before it."""

    start: int  # where the first of it begins
    negative: bool = False  # a minus
    unit: Unit | None = None  # a currency, or of a speed what it is per (毎分, 時速)
    approximate: bool = False  # 約 and the like
    ordinal: bool = False  # 第


def front(s: str, i: int, last_end: int) -> Front:
    """What belongs to the number at ``i`` before it, in text that no value before has taken."""
    at = i - 1
    while at >= last_end and s[at] == " ":
        at -= 1
    if at < last_end or (s[at] not in _LAST and s[at - 1 : at] != "毎"):
        return Front(i)
    if s[at] in "のはがを:" and _BEFORE_PARTICLES.isdisjoint(s[max(0, at - 3) : at]):
        return Front(i)
    if s[at] in "+-" and last_end and not s[last_end:at].strip(" "):
        return Front(i)  # behind a value: an operator
    base = max(last_end, i - 12)
    head = s[base:i]  # shortened by what is read from its end
    negative = approximate = ordinal = False
    unit: Unit | None = None
    if head[-1] in "$¥€£" and (match := _CURRENCY.search(head)):
        which = match.lastindex or 1
        math = which == 2 and _MATH_CLOSE.match(s, i) and not match[2].startswith("\\")
        if not math:
            unit = Unit("ポンド", "money:ポンド") if which == 4 else UNITS.get(_CURRENCIES[which])
            head = head[: match.start()]
    if head[-1:] == "△" and _LOSS.match(s, i):  # △120億円 in accounts; elsewhere a blank
        return Front(base + len(head) - 1, negative=True)
    if head[-1:] in "-ー▲ス下の " and (match := _NEGATIVE.search(head)):
        if _is_sign(s, base + match.start(), match[1] or "", last_end):
            negative, head = True, head[: match.start()]
    elif (match := _PLUS.search(head)) and _is_sign(
        s, base + match.start(), match[1] or "", last_end
    ):
        head = head[: match.start()]
    if unit is None and negative and (match := _CURRENCY.search(head)):
        unit = UNITS.get(_CURRENCIES[match.lastindex or 1])
        head = head[: match.start()]
    if head.endswith(_ABOUT_ENDS) and (match := _APPROXIMATE.search(head)):
        approximate, head = True, head[: match.start()]
    if head.endswith(("第", "第 ")):
        ordinal, head = True, head[: head.rindex("第")]
    elif head.endswith("毎年") and _DAY_OF_YEAR.match(s, i):
        pass
    elif ("速" in head or "毎" in head) and (match := _SPEED.search(head)):
        unit = Unit(f"/{_SPEED_UNITS[match[1] or match[2]]}", "per")
        approximate = approximate or "約" in match[0]
        head = head[: match.start()]
    return Front(base + len(head), negative, unit, approximate, ordinal)


def _is_sign(s: str, at: int, sign: str, last_end: int) -> bool:
    """Whether a minus or plus before a number is its sign and no operator or long vowel."""
    if not sign:  # マイナス, 負の
        return not (at > 0 and "ァ" <= s[at - 1] <= "ヺ") and not (at == last_end and at > 0)
    j = at
    while j > 0 and s[j - 1] in " \u3000":
        j -= 1
    if j == 0:
        return True
    if j == last_end:  # behind a value it is an operator
        return False
    before = s[j - 1]
    if sign == "ー":
        return not (
            "ァ" <= before <= "ヿ" or "一" <= before <= "鿿" or (before.isalpha() and before < "ぁ")
        )
    if j == at and before in "-+":
        return False
    return not (before.isascii() and before.isalnum()) and before not in ")）]}」】□△○〇◯ァ"
