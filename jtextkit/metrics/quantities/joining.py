"""Neighbouring values that form one: 3割5分, 3m20cm, 午後3時20分, 2:3:5, 3〜5個, 5あまり3.

A rule is what may stand between two of them and a function that joins them, or gives None; each
rule is one pass over the values in order.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from typing import Any, TypeAlias

from jtextkit.metrics.quantities.numerals import DIGITS
from jtextkit.metrics.quantities.units import UNITS
from jtextkit.metrics.quantities.values import Value

_GLUE = frozenset(" \u3000:~対たい、,でかつと")
"""All that may stand between two neighbours that form one value, a remainder apart."""
_LEFT = re.compile(r"余|あま|残|…|\.\.\.|dots|(?<=[0-9]) ?[Rr] ?(?=[0-9])")
"""Words for what is left over: without one there is no remainder."""
_RANGES = re.compile("~|以上|より|超")
_DISCOUNT = re.compile(r" ?り?(引き|引|びき|オフ|OFF|off|増し|増|まし|アップ|UP)(?![算く])")
_SENSES = {
    "money": re.compile(r"の?(?:(?P<利益>利益|もうけ|儲け|得|黒字)|(?P<損失>損|赤字))"),
    "time": re.compile(r"(?P<後>(?:後|あと)(?!ろ))|(?P<前>(?:前|まえ)(?!後))"),
}
_SENSES["months"] = _SENSES["time"]
SENSE_STARTS = frozenset("の利もう儲得黒損赤後あ前ま")


def direction_of(s: str, end: int) -> tuple[str, int]:
    """Whether 引き or 増し follows a percentage, and the position behind: ("引", …), ("増", …), ("", end)."""
    match = _DISCOUNT.match(s, end)
    if match is None:
        return "", end
    return "引" if match[1][0] in "引びオOo" else "増", match.end()


def sense_of(s: str, end: int, dimension: str) -> str:
    """Which of two opposites a word behind an amount makes it: 利益 or 損失 of money, 後 or 前 of time."""
    senses = _SENSES.get(dimension.partition(":")[0])
    match = senses.match(s, end) if senses is not None else None
    return match.lastgroup or "" if match is not None else ""


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
    if len(out) > 1 and _LEFT.search(s):
        out = _merge(s, text, out, _REMAINDER)
    return _merge(s, text, out, _RANGE) if len(out) > 1 and _RANGES.search(s) else out


def _close(s: str, end: int, start: int) -> bool:
    return start - end <= 3 and _GLUE.issuperset(s[end:start])


def _joined(s: str, text: str, run: list[Value]) -> list[Value]:
    """Neighbours that only what stands between them can keep apart."""
    if len(run) > 1:
        run = _or_next(s, _merge(s, text, run, _RATE))
        run = _merge(s, text, run, _CLOCK)
    run = [_clocked(s, text, value) if value.kind == "clock" else value for value in run]
    if len(run) > 1:
        run = _merge(s, text, _merge(s, text, run, _COMPOUND), _RATIO)
    return run


_Rule: TypeAlias = tuple["re.Pattern[str]", Callable[[str, str, Value, Value], "Value | None"]]


def _merge(s: str, text: str, values: list[Value], rule: _Rule) -> list[Value]:
    """One pass in which neighbours that the rule joins become one value."""
    glue, joined = rule
    out = values[:1]
    for value in values[1:]:
        a = out[-1]
        one = joined(s, text, a, value) if glue.fullmatch(s, a.span[1], value.span[0]) else None
        if one is None:
            out.append(value)
        else:
            out[-1] = one
    return out


def _one(text: str, a: Value, b: Value, *, end: int | None = None, **changes: Any) -> Value:
    """``a`` and ``b`` as one value, from where ``a`` begins to where ``b`` ends, or ``end``."""
    span = (a.span[0], b.span[1] if end is None else end)
    about, bound = a.approximate or b.approximate, changes.pop("bound", b.bound)
    return replace(a, span=span, text=text[slice(*span)], approximate=about, bound=bound, **changes)


_BEFORE_FIRST = {"明治": 1867, "大正": 1911, "昭和": 1925, "平成": 1988, "令和": 2018}
_ERA = re.compile(f"({'|'.join(_BEFORE_FIRST)}) ?\\Z")


def _dated_by_era(s: str, text: str, value: Value) -> Value:
    """昭和39年 with 1964年 as its other reading; any other value as it is."""
    start, end = value.span
    match = _ERA.search(s, max(0, start - 3), start) if value.unit == "年" else None
    if match is None or value.direction or value.form != "integer":
        return value
    year, span = value.value + _BEFORE_FIRST[match[1]], (match.start(), end)
    common = replace(value, value=year, number=year, span=span, text=text[slice(*span)])
    return replace(value, readings=(*value.readings, common))


_STEPS = {
    "割分": Fraction(1, 100), "割厘": Fraction(1, 1000), "割毛": Fraction(1, 10000),
    "分厘": Fraction(1, 1000), "分毛": Fraction(1, 10000), "厘毛": Fraction(1, 10000),
}  # fmt: skip


def _rate(s: str, text: str, a: Value, b: Value) -> Value | None:
    """3割 5分 2厘: 分 is a hundredth here, not a minute."""
    step = _STEPS.get(f"{a.text[-1]}{b.unit}")
    if step is None or a.unit is None or b.number is None or not 0 <= b.number < 10 or a.direction:
        return None
    value = (a.value if a.kind == "percent" else a.value / 100) + b.number * step
    direction, end = direction_of(s, b.span[1])
    return _one(text, a, b, end=end, kind="percent", value=value, unit="割", measure=UNITS["割"],
                number=value * 10, direction=direction, form="decimal")  # fmt: skip


_RATE: _Rule = re.compile(""), _rate
_SCALED = re.compile("[二三四五六七八九][十百千万](?![一二三四五六七八九十百千万])")


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
        elif _SCALED.match(s, b.span[0]) and DIGITS.get(s[a.span[0]]) == DIGITS[s[b.span[0]]] - 1:
            number = a.value * b.number / (a.value + 1)
            atoms[i] = replace(a, value=number, number=number)
    return atoms


_MERIDIEM = re.compile(r"(?:(?P<late>午後|夜の?|夕方の?|[Pp][Mm])|午前|朝の?|深夜の?|[Aa][Mm]) ?\Z")
_MERIDIEM_BEHIND = re.compile(r" ?(?:(?P<late>[Pp])|[Aa])\.?[Mm]\.?(?![A-Za-z])")
_SETTLED_HOUR = 13
_HOURS = re.compile(r"(2[0-4]|[01]?[0-9]):[0-5][0-9](?!\.?[0-9])")
_RATIO_TIME = re.compile(
    r"(?:ごろ|頃|に(?:出|着|到|な|始|終|集|家)|発|着|から|まで|の(?:電車|バス|便))"
)


def _half_of_day(s: str, start: int, end: int) -> re.Match[str] | None:
    """午前 or 午後 before a clock, or p.m. behind it."""
    return _MERIDIEM.search(s, max(0, start - 5), start) or _MERIDIEM_BEHIND.match(s, end)


def _clocked(s: str, text: str, value: Value) -> Value:
    """A clock with 午前 or 午後 taken in."""
    minutes, match = value.value, _half_of_day(s, *value.span)
    span = value.span
    if match is not None:
        span = min(match.start(), span[0]), max(match.end(), span[1])
        if match["late"] and minutes < 720:
            minutes += 720
        elif not match["late"] and 720 <= minutes < 780:
            minutes -= 720
    settled = match is not None or minutes >= _SETTLED_HOUR * 60
    return replace(value, value=minutes, span=span, text=text[slice(*span)], half_of_day=settled)


def _clock(s: str, text: str, a: Value, b: Value) -> Value | None:
    if b.number is None:
        return None
    if a.kind == "clock" and s[b.span[0] - 1] != ":":
        if b.unit not in ("分", "秒") or b.number >= 60 or "間" in b.text or b.kind == "percent":
            return None
        more, end = b.number if b.unit == "分" else b.number / 60, b.span[1]
        if b.direction == "前":  # 8時15分前 is a quarter to eight
            more, end = -more, end + s.startswith("前", end)
        return _one(text, a, b, end=end, value=a.value + more, number=a.value + more)
    match = _HOURS.match(s, a.span[0])
    if match is None or match.end(1) != a.span[1] or a.kind != "integer" or a.unit is not None:
        return None
    end = match.end()
    if b.unit in ("発", "着"):  # 15:20発
        b = replace(b, unit=None, measure=None, span=(end - 2, end), text=text[end - 2 : end])
    if b.unit is not None:
        return None
    value, span = a.value * 60 + b.number, (a.span[0], b.span[1])
    clock = Value("clock", value, span, text[slice(*span)], "時", UNITS["時"], value,
                  approximate=a.approximate, form="integer", half_of_day=value >= 780)  # fmt: skip
    if _half_of_day(s, *span) or "時刻" in s[max(0, a.span[0] - 5) : a.span[0]]:
        return clock
    ratio = Value("ratio", (a.value, b.value), span, clock.text, form="ratio", parts=(a, b))
    # 10:05 is no ratio: nobody writes 5 as 05
    likely_time = s[end - 2] == "0" or _RATIO_TIME.match(s, end)
    first, other = (clock, ratio) if likely_time else (ratio, clock)
    return replace(first, readings=(other,))


_CLOCK: _Rule = re.compile("[ :]?"), _clock
_ENDS = re.compile(
    r"(?:です|だ|である|かか[るり](?:ます)?|後|になる|となる|[。.」*)$ \u3000])*(?:\n|$)"
)
_NOT_COMPOUND = ("rate", "count", "clock", "month", "degree", "area")


def _compound(s: str, text: str, a: Value, b: Value) -> Value | None:
    """3 m 20 cm: one dimension, units going down, each part less than one of the unit before."""
    first, second = a.measure, b.measure
    if first is None or second is None or a.kind in ("clock", "percent") or a.bound:
        return None
    if first.dimension != second.dimension or first.factor <= second.factor:
        return None
    if first.dimension in _NOT_COMPOUND or "/" in first.dimension:
        return None
    ratio = first.factor / second.factor
    if not (0 <= b.value < ratio and a.value.denominator == 1):
        return None
    if a.unit == "日" and a.value == 1 and a.span[1] == b.span[0] and not _ENDS.match(s, b.span[1]):
        return None  # 1日8時間働く: every day
    total = a.value * ratio + (-b.value if a.value < 0 else b.value)
    return _one(text, a, b, kind="compound", value=total, number=total, unit=second.symbol,
                measure=second, form="compound", direction=b.direction)  # fmt: skip


_COMPOUND: _Rule = re.compile(r"[ \u3000]?(?:と ?)?"), _compound
_MAX_TERMS = 8
_RATIO_KINDS = ("integer", "decimal", "fraction", "mixed", "power")


def _ratio(s: str, text: str, a: Value, b: Value) -> Value | None:
    if a.kind == "clock" and a.readings and a.readings[0].kind == "ratio":
        a = replace(a.readings[0], span=a.span, text=a.text)
    if b.kind not in _RATIO_KINDS or a.kind not in (*_RATIO_KINDS, "ratio"):
        return None
    terms, parts = (a.value, a.parts) if a.kind == "ratio" else ((a.value,), (a,))
    before = parts[-1].unit  # 2m:3m, 2対3個; not 2m:3
    if before != b.unit and (before is not None or s[a.span[1]] != "対"):
        return None
    if len(parts) > _MAX_TERMS:
        return None
    span = (a.span[0], b.span[1])
    return Value("ratio", (*terms, b.value), span, text[slice(*span)], b.unit, None,
                 form="ratio", parts=(*parts, b))  # fmt: skip


_RATIO: _Rule = re.compile(" ?: ?|対|たい"), _ratio
_BETWEEN = re.compile(
    r"[、,。 ]{0,2}(?:で|と|に|なので|になり|となり|で、|、)?[、, ]{0,2}"
    r"(?:[Rr] ?|(?:あまり|余り|余|残り|残|…{1,2}|\.{3}|\\cdots|\\ldots|\\dots)(?:は|が|:|の)?[: ]{0,2})"
)
_LEFT_OVER = re.compile(r"(?:が|は|だけ|ずつ)?[、 ]?(?:あま|余)[るりっ]")


def _remainder(s: str, text: str, a: Value, b: Value) -> Value | None:
    """5あまり3; 5個ずつ分けて3個あまる."""
    glue = s[a.span[1] : b.span[0]]
    if not (isinstance(a.value, Fraction) and isinstance(b.value, Fraction)):
        return None
    if not _BETWEEN.fullmatch(glue):
        if not _LEFT_OVER.match(s, b.span[1]):
            return None
    elif "残" in glue and a.unit != b.unit:
        return None  # 1200円、残りは5本
    elif a.unit is b.unit is None and glue.startswith((",", "、")) and "…" in glue:
        return None  # 1, 2, …, 10
    if "label" in (a.kind, b.kind) or a.bound:
        return None
    span = (a.span[0], b.span[1])
    return Value("remainder", (a.value, b.value), span, text[slice(*span)], a.unit, a.measure,
                 form="remainder", parts=(a, b))  # fmt: skip


_REMAINDER: _Rule = re.compile(rf"{_BETWEEN.pattern}|[^。\n=＝0-9]{{1,24}}"), _remainder


def _range(s: str, text: str, a: Value, b: Value) -> Value | None:
    if not (isinstance(a.value, Fraction) and isinstance(b.value, Fraction)) or b.kind == "label":
        return None
    bound = ">=,<="
    if a.bound in (">", ">=") and b.bound in ("<", "<=") and "~" not in s[a.span[1] : b.span[0]]:
        bound = f"{a.bound},{b.bound}"
    elif a.bound or "~" not in s[a.span[1] : b.span[0]]:
        return None
    low = a
    if a.measure is None and b.measure is not None:
        factor = {"rate": b.measure.factor, "clock": Fraction(60)}.get(b.measure.dimension, 1)
        low = replace(a, kind=b.kind, value=a.value * factor, unit=b.unit, measure=b.measure)
    made = Value("range", (low.value, b.value), a.span, "", b.unit, b.measure, approximate=a.approximate,
                 form="range", parts=(low, b))  # fmt: skip
    return _one(text, made, b, bound=bound)


_RANGE: _Rule = re.compile(" ?~ ?|[、,でかつ ]{0,3}"), _range
