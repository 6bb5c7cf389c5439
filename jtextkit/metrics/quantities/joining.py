"""Neighbouring values that form one: 3割5分, 3m20cm, 午後3時20分, 2:3:5, 3〜5個, 5あまり3.

Each rule is one pass over the values in order, and looks at a few characters between two of them.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from typing import Any

from jtextkit.metrics.quantities.numerals import DIGITS
from jtextkit.metrics.quantities.units import UNITS
from jtextkit.metrics.quantities.values import Value

_MERIDIEM = re.compile(r"(午前|午後|朝の?|夜の?|夕方の?|深夜の?|AM|PM|am|pm) ?$")
_TIME_LEFT = re.compile(r"^[ \u3000]?(?:と ?)?$")
_RATIO = re.compile(r" ?: ?$|対$|たい$")
_RANGE = re.compile(r" ?~ ?$")
_REMAINDER = re.compile(
    r"[、,。 ]{0,2}(?:で|と|に|なので|になり|となり|で、|、)?[、, ]{0,2}"
    r"(?:[Rr](?= ?[0-9]*$)|あまり|余り|余|残り|残|…{1,2}|\.{3}|\\cdots|\\ldots|\\dots)(?:は|が|:|の)?[: ]{0,2}$"
)
_SPEAKS_OF_REMAINDERS = re.compile(r"余|あま|残|…|\.\.\.|dots|[0-9] ?[Rr] ?[0-9]")
_LEFT = re.compile(r"余|あま|残|…|\.\.\.|dots|R|r")
_GLUE = frozenset(" \u3000:~対たい、,でかつと")
"""All that may stand between two neighbours that form one value, a remainder apart."""
_RANGES = re.compile("~|以上|より|超")
_LEFT_OVER = re.compile(r"(?:が|は|だけ|ずつ)?[、 ]?(?:あま|余)[るりっ]")
_BETWEEN = re.compile(r"[^。\n=＝0-9]{0,24}$")
_DISCOUNT = re.compile(r" ?り?(引き|引|びき|オフ|OFF|off|増し|増|まし|アップ|UP)(?![算く])")
_SENSES = (
    ("money", re.compile(r"の?(?:利益|もうけ|儲け|得|黒字)"), "利益"),
    ("money", re.compile(r"の?(?:損|赤字)"), "損失"),
    ("time", re.compile(r"(?:後|あと)(?!ろ)"), "後"),
    ("time", re.compile(r"(?:前|まえ)(?!後)"), "前"),
)
SENSE_STARTS = frozenset("の利もう儲得黒損赤後あ前ま")
_AND_BOUND = re.compile(r"[、,でかつ ]{0,3}$")
_PM = re.compile(r" ?([AaPp])\.?[Mm]\.?(?![A-Za-z])")
_SETTLED_HOUR = 13


def direction_of(s: str, end: int) -> tuple[str, int]:
    """Whether 引き or 増し follows a percentage, and the position behind: ("引", …), ("増", …), ("", end)."""
    match = _DISCOUNT.match(s, end)
    if match is None:
        return "", end
    return "引" if match[1][0] in "引びオOo" else "増", match.end()


def _one(text: str, a: Value, b: Value, *, end: int | None = None, **changes: Any) -> Value:
    """``a`` and ``b`` as one value, from where ``a`` begins to where ``b`` ends, or ``end``."""
    span = (a.span[0], b.span[1] if end is None else end)
    about, bound = a.approximate or b.approximate, changes.pop("bound", b.bound)
    return replace(a, span=span, text=text[slice(*span)], approximate=about, bound=bound, **changes)


def sense_of(s: str, end: int, dimension: str) -> str:
    """Which of two opposites a word behind an amount makes it: 利益 or 損失 of money, 後 or 前 of time."""
    of = "money" if dimension.startswith("money") else "time"
    if of == "time" and dimension not in ("time", "months"):
        return ""
    return next((sense for kind, word, sense in _SENSES if kind == of and word.match(s, end)), "")


def join(s: str, text: str, atoms: list[Value]) -> list[Value]:
    """The values with those neighbours made one that belong together."""
    out: list[Value] = []
    run: list[Value] = []
    for value in atoms:
        if run and not _close(s, run[-1].span[1], value.span[0]):
            out += _joined(s, text, run)
            run = []
        run.append(value)
    if run:
        out += _joined(s, text, run)
    if any(era in s for era in _BEFORE_FIRST):
        out = [_dated_by_era(s, text, value) for value in out]
    if len(out) > 1 and _SPEAKS_OF_REMAINDERS.search(s):
        out = _remainders(s, text, out)
    return _merge(s, text, out, _range) if len(out) > 1 and _RANGES.search(s) else out


def _close(s: str, end: int, start: int) -> bool:
    return start - end <= 3 and _GLUE.issuperset(s[end:start])


_ERA = re.compile("(明治|大正|昭和|平成|令和) ?$")
_BEFORE_FIRST = {"明治": 1867, "大正": 1911, "昭和": 1925, "平成": 1988, "令和": 2018}


def _dated_by_era(s: str, text: str, value: Value) -> Value:
    """昭和39年 with 1964年 as its other reading; any other value as it is."""
    if value.unit != "年" or not isinstance(value.value, Fraction):
        return value
    start, end = value.span
    match = _ERA.search(s, max(0, start - 3), start)
    if match is None or value.direction or value.value.denominator != 1:
        return value
    year, span = value.value + _BEFORE_FIRST[match[1]], (match.start(), end)
    common = replace(value, value=year, number=year, span=span, text=text[slice(*span)])
    return replace(value, readings=(*value.readings, common))


def _joined(s: str, text: str, run: list[Value]) -> list[Value]:
    """Neighbours that only what stands between them can keep apart."""
    if len(run) == 1:
        return run if run[0].kind != "clock" else [_clocked(s, text, run[0])]
    run = _or_next(s, _merge(s, text, run, _rate))
    run = [_clocked(s, text, value) for value in _merge(s, text, run, _clock)]
    return _merge(s, text, _merge(s, text, run, _compound), _ratio)


def _merge(
    s: str, text: str, atoms: list[Value], join: Callable[[str, str, Value, Value], Value | None]
) -> list[Value]:
    """One pass in which neighbours that ``join`` accepts become one value."""
    out = [atoms[0]]
    for value in atoms[1:]:
        joined = join(s, text, out[-1], value)
        if joined is None:
            out.append(value)
        else:
            out[-1] = joined
    return out


_RATE_STEPS = {"割": ("分", "厘", "毛"), "分": ("厘",), "厘": ("毛",)}
_RATE_FACTORS = {"分": Fraction(1, 100), "厘": Fraction(1, 1000), "毛": Fraction(1, 10000)}


def _rate(s: str, text: str, a: Value, b: Value) -> Value | None:
    """3割 5分 2厘: 分 is a hundredth here, not a minute."""
    if a.span[1] != b.span[0] or b.number is None or not 0 <= b.number < 10 or a.direction:
        return None
    last = a.text[-1:]
    step = s[b.span[0] : b.span[1]]
    which = next((u for u in _RATE_STEPS.get(last, ()) if u in step), None)
    if which is None or (last == "分" and a.unit not in ("分", "割")):
        return None
    base = a.value if a.kind == "percent" else a.value * _RATE_FACTORS["分"]
    value = base + b.number * _RATE_FACTORS[which]
    direction, end = direction_of(s, b.span[1])
    return _one(text, a, b, end=end, kind="percent", value=value, unit="割", measure=UNITS["割"],
                number=value * 10, direction=direction, form="decimal")  # fmt: skip


def _or_next(s: str, atoms: list[Value]) -> list[Value]:
    """2、3割 and 二、三十人: what makes the second number larger or smaller is the first's as well."""
    for i, (a, b) in enumerate(itertools.pairwise(atoms)):
        if a.kind != "integer" or a.measure is not None or not 0 < a.value < 9:
            continue
        if b.number is None or s[a.span[1] : b.span[0]] not in ("、", ","):
            continue
        if b.kind == "percent" and b.measure is not None and b.number == a.value + 1:
            atoms[i] = replace(a, kind="percent", value=a.value * b.measure.factor,
                               unit=b.unit, measure=b.measure)  # fmt: skip
        elif _SCALED.match(s, b.span[0]) and s[a.span[0]] in DIGITS:
            scale = b.number / (a.value + 1)
            fits = DIGITS[s[b.span[0]]] == a.value + 1
            if fits and scale in (10, 100, 1000, 10_000):
                atoms[i] = replace(a, value=a.value * scale, number=a.value * scale)
    return atoms


_SCALED = re.compile("[二三四五六七八九][十百千万](?![一二三四五六七八九十百千万])")


def _clocked(s: str, text: str, value: Value) -> Value:
    """A clock with 午前 or 午後 taken in; any other value as it is."""
    if value.kind != "clock":
        return value
    hours = value.value
    start, end = value.span
    head = s[max(0, start - 5) : start]
    settled = hours >= _SETTLED_HOUR * 60
    match = _MERIDIEM.search(head)
    late = None
    if match is not None:
        start -= len(head) - match.start()
        word = match[1].removesuffix("の")
        late = word in ("午後", "夜", "夕方", "PM", "pm")
    elif match := _PM.match(s, end):
        end, late = match.end(), match[1] in "Pp"
    if late is not None:
        settled = True
        if late and hours < 720:
            hours += 720
        elif not late and hours >= 720 and hours < 780:
            hours -= 720
    return replace(value, value=hours, span=(start, end), text=text[start:end], half_of_day=settled)


def _clock(s: str, text: str, a: Value, b: Value) -> Value | None:
    if a.span[1] > b.span[0] or b.number is None or a.kind == "percent":
        return None
    glue = s[a.span[1] : b.span[0]]
    span = (a.span[0], b.span[1])
    if a.kind == "clock":
        if glue not in ("", " ") or b.unit not in ("分", "秒") or b.number >= 60:
            return None
        if b.measure is None or b.measure.dimension != "time" or "間" in b.text:
            return None
        more, end = b.number if b.unit == "分" else b.number / 60, b.span[1]
        if b.direction == "前":  # 8時15分前 is a quarter to eight
            more, end = -more, end + s.startswith("前", end)
        return _one(text, a, b, end=end, value=a.value + more, number=a.value + more)
    if glue == ":" and a.unit is None and a.form == "integer" and a.kind == "integer":
        end = b.span[0] + 2
        digits, minutes = s[slice(*a.span)], s[b.span[0] : end]
        if not (_TWO_DIGITS.fullmatch(digits) and minutes.isdecimal() and len(minutes) == 2):
            return None
        if int(digits) > 24 or int(minutes) > 59 or b.unit not in (None, "発", "着"):
            return None
        if b.unit is not None:  # 15:20発
            b = replace(b, unit=None, measure=None, span=(end - 2, end), text=text[end - 2 : end])
            span = (a.span[0], end)
        value = a.value * 60 + b.number
        head = s[max(0, a.span[0] - 5) : a.span[0]]
        named = _MERIDIEM.search(head) or _PM.match(s, b.span[1]) or "時刻" in head
        clock = Value("clock", value, span, text[span[0] : span[1]], "時", UNITS["時"], value,
                      approximate=a.approximate, form="integer", half_of_day=value >= 780)  # fmt: skip
        if named:
            return clock
        ratio = Value("ratio", (a.value, b.value), span, clock.text, form="ratio", parts=(a, b))
        # 10:05 is no ratio: nobody writes 5 as 05
        likely_time = minutes[0] == "0" or _RATIO_TIME.match(s, b.span[1])
        first, other = (clock, ratio) if likely_time else (ratio, clock)
        return replace(first, readings=(other,))
    return None


_TWO_DIGITS = re.compile(r"\d{1,2}")
_RATIO_TIME = re.compile(
    r"(?:ごろ|頃|に(?:出|着|到|な|始|終|集|家)|発|着|から|まで|の(?:電車|バス|便))"
)
_ENDS = re.compile(
    r"(?:です|だ|である|かか[るり](?:ます)?|後|になる|となる|[。.」*)$ \u3000])*(?:\n|$)"
)
_NOT_COMPOUND = ("rate", "count", "clock", "month", "degree", "area")


def _compound(s: str, text: str, a: Value, b: Value) -> Value | None:
    """3 m 20 cm: one dimension, units going down, each part less than one of the unit before."""
    first, second = a.measure, b.measure
    if first is None or second is None or a.kind in ("clock", "percent") or a.bound:
        return None
    if first.dimension in _NOT_COMPOUND or "/" in first.dimension:
        return None
    if first.dimension != second.dimension or first.factor <= second.factor:
        return None
    ratio = first.factor / second.factor
    if not isinstance(b.value, Fraction) or not isinstance(a.value, Fraction):
        return None
    if not (0 <= b.value < ratio and a.value.denominator == 1):
        return None
    if not _TIME_LEFT.match(s[a.span[1] : b.span[0]]):
        return None
    if a.unit == "日" and a.value == 1 and a.span[1] == b.span[0] and not _ENDS.match(s, b.span[1]):
        return None  # 1日8時間働く: every day
    total = a.value * ratio + (-b.value if a.value < 0 else b.value)
    return _one(text, a, b, kind="compound", value=total, number=total, unit=second.symbol,
                measure=second, form="compound", direction=b.direction)  # fmt: skip


_MAX_TERMS = 8
_RATIO_KINDS = ("integer", "decimal", "fraction", "mixed", "power")


def _ratio(s: str, text: str, a: Value, b: Value) -> Value | None:
    glue = s[a.span[1] : b.span[0]]
    if len(glue) > 3 or not _RATIO.match(glue) or b.kind not in _RATIO_KINDS:
        return None
    if len(a.parts) >= _MAX_TERMS:
        return None
    if a.kind == "clock" and a.readings and a.readings[0].kind == "ratio":
        a = replace(a.readings[0], span=a.span, text=a.text)
    if a.kind == "ratio":
        terms, parts = a.value, a.parts
    elif a.kind in _RATIO_KINDS:
        terms, parts = (a.value,), (a,)
    else:
        return None
    before = parts[-1].unit  # 2m:3m, 2対3個; not 2m:3
    if before != b.unit and (before is not None or glue != "対"):
        return None
    span = (a.span[0], b.span[1])
    return Value("ratio", (*terms, b.value), span, text[span[0] : span[1]], b.unit, None,
                 form="ratio", parts=(*parts, b))  # fmt: skip


def _remainders(s: str, text: str, values: list[Value]) -> list[Value]:
    """As :func:`_merge` does, but only where a word for what is left stands between or behind two."""
    left = [match.start() for match in _LEFT.finditer(s)]
    out, at = [values[0]], 0
    for value in values[1:]:
        while at < len(left) and left[at] < out[-1].span[1]:
            at += 1
        near = at < len(left) and left[at] <= value.span[1] + 3
        if near and (joined := _remainder(s, text, out[-1], value)) is not None:
            out[-1] = joined
        else:
            out.append(value)
    return out


def _remainder(s: str, text: str, a: Value, b: Value) -> Value | None:
    glue, end = s[a.span[1] : b.span[0]], b.span[1]
    if not _REMAINDER.match(glue):
        tail = _LEFT_OVER.match(s, end)
        if tail is None or not _BETWEEN.match(glue) or not glue:
            return None
    elif "残" in glue and a.unit != b.unit:
        return None  # 1200円、残りは5本
    elif a.unit is None and glue.startswith((",", "、")) and "…" in glue and b.unit is None:
        return None  # 1, 2, …, 10
    if "label" in (a.kind, b.kind) or a.bound:
        return None
    if not (isinstance(a.value, Fraction) and isinstance(b.value, Fraction)):
        return None
    span = (a.span[0], end)
    return Value("remainder", (a.value, b.value), span, text[span[0] : span[1]], a.unit, a.measure,
                 form="remainder", parts=(a, b))  # fmt: skip


def _range(s: str, text: str, a: Value, b: Value) -> Value | None:
    if not (isinstance(a.value, Fraction) and isinstance(b.value, Fraction)) or b.kind == "label":
        return None
    glue = s[a.span[1] : b.span[0]]
    if len(glue) > 3:
        return None
    bound = ">=,<="
    if a.bound in (">", ">=") and b.bound in ("<", "<=") and _AND_BOUND.match(glue):
        bound = f"{a.bound},{b.bound}"
    elif not (_RANGE.match(glue) and not a.bound):
        return None
    low, high = a, b
    if a.measure is None and b.measure is not None:
        unit = b.measure
        value = a.value * unit.factor if unit.dimension == "rate" else a.value
        value = value * 60 if b.kind == "clock" else value
        low = replace(a, kind=b.kind, value=value, unit=b.unit, measure=unit)
    made = Value("range", (low.value, high.value), a.span, "", b.unit, b.measure, approximate=a.approximate,
                 form="range", parts=(low, high))  # fmt: skip
    return _one(text, made, b, bound=bound)
