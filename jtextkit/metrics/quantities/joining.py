"""Neighbouring values that form one: 3割5分, 3m20cm, 午後3時20分, 2:3:5, 3〜5個, 5あまり3.

A rule is one pass over the values in order: what may stand between two of them, and a function that
makes one of both, or gives None.
"""

import itertools
import re
from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from typing import Any

from jtextkit.metrics.quantities.units import UNITS, Unit
from jtextkit.metrics.quantities.values import Value, composite

_DIRECTIONS = {
    "rate": re.compile(
        r" ?り?(?:(?P<引>引き|引|びき|オフ|OFF|off)|(?P<増>増し|増|まし|アップ|UP))(?![算く])"
    ),
    "money": re.compile(r"の?(?:(?P<利益>利益|もうけ|儲け|得|黒字)|(?P<損失>損|赤字))"),
    "time": re.compile(r"(?P<後>(?:後|あと)(?!ろ))|(?P<前>(?:前|まえ)(?!後))"),
}
_DIRECTIONS["months"] = _DIRECTIONS["time"]


def direction_of(s: str, end: int, unit: Unit) -> tuple[str, int]:
    """Which of two opposites a word behind an amount makes it, or "", and the position behind the word.

    引 or 増 of a percentage, 利益 or 損失 of money, 後 or 前 of time.
    """
    of_unit = _DIRECTIONS.get(unit.dimension.partition(":")[0]) if unit.symbol != "倍" else None
    match = of_unit.match(s, end) if of_unit is not None else None
    return (match.lastgroup or "", match.end()) if match is not None else ("", end)


_Rule = tuple[re.Pattern[str], Callable[[str, str, Value, Value, str], Value | None]]
"""What stands between two values, and what makes one of both, or gives None."""


def join(s: str, text: str, values: list[Value]) -> list[Value]:
    """The values with those neighbours made one that belong together."""
    out: list[Value] = []
    for run in _runs(s, values):
        if len(run) > 1:
            _scale_lists(s, run)
            for rule in _NEAR:
                _merge(s, text, run, rule)
        out += run
    _merge(s, text, out, _FAR, _LEFT)
    return out


def _runs(s: str, values: list[Value]) -> list[list[Value]]:
    """The values, parted wherever too much stands between two for all rules but ``_FAR``."""
    runs = [values[:1]]
    for a, b in itertools.pairwise(values):
        end, start = a.span[1], b.span[0]
        if start - end > 3 or not _GLUE.issuperset(s[end:start]):
            runs.append([])
        runs[-1].append(b)
    return runs


def _merge(
    s: str, text: str, values: list[Value], rule: _Rule, hint: re.Pattern[str] | None = None
) -> None:
    """One pass in which neighbours that the rule joins become one value; the hint is near them."""
    (glue, join_two), rest, hinted = rule, values[1:], -1
    del values[1:]
    for b in rest:
        a = values[-1]
        end, start = a.span[1], b.span[0]
        if hint is not None and hinted < a.span[0]:
            match = hint.search(s, a.span[0])
            hinted = match.start() if match else len(s)
        near = hinted <= b.span[1] + 3 and glue.fullmatch(s, end, start)
        one = join_two(s, text, a, b, s[end:start]) if near else None
        if one is None:
            values.append(b)
        else:
            values[-1] = one


def _one(text: str, a: Value, b: Value, *, end: int | None = None, **changes: Any) -> Value:
    """``a`` and ``b`` as one value, from where ``a`` begins to where ``b`` ends, or ``end``."""
    span = (a.span[0], b.span[1] if end is None else end)
    changes |= {"approximate": a.approximate or b.approximate, "bound": b.bound}
    return replace(a, span=span, text=text[slice(*span)], **changes)


_BEFORE_FIRST = {"明治": 1867, "大正": 1911, "昭和": 1925, "平成": 1988, "令和": 2018}
_ERA = re.compile(f"({'|'.join(_BEFORE_FIRST)}) ?\\Z")


def dated(s: str, text: str, value: Value) -> Value:
    """昭和39年 with 1964年 as its other reading; any other year as it is."""
    start, end = value.span
    match = _ERA.search(s, max(0, start - 3), start)
    if match is None or value.direction or value.form != "integer":
        return value
    year, span = value.value + _BEFORE_FIRST[match[1]], (match.start(), end)
    common = replace(value, value=year, number=year, span=span, text=text[slice(*span)])
    return replace(value, readings=(*value.readings, common))


_STEPS = {
    "割分": Fraction(1, 100), "割厘": Fraction(1, 1000), "割毛": Fraction(1, 10000),
    "分厘": Fraction(1, 1000), "分毛": Fraction(1, 10000), "厘毛": Fraction(1, 10000),
}  # fmt: skip


def _rate(s: str, text: str, a: Value, b: Value, _glue: str) -> Value | None:
    """3割 5分 2厘: 分 is a hundredth here, not a minute."""
    step = _STEPS.get(f"{a.text[-1]}{b.unit}")
    if step is None or a.unit is None or b.number is None or not 0 <= b.number < 10 or a.direction:
        return None
    value = (a.value if a.kind == "percent" else a.value / 100) + b.number * step
    direction, end = direction_of(s, b.span[1], UNITS["割"])
    return _one(text, a, b, end=end, kind="percent", value=value, unit="割", measure=UNITS["割"],
                number=value * 10, direction=direction, form="decimal")  # fmt: skip


_SCALED = re.compile("[二三四五六七八九][十百千万](?![一二三四五六七八九十百千万])")


def _scale_lists(s: str, values: list[Value]) -> None:
    """2、3割 and 二、三十人: what makes the second number larger or smaller is the first's as well."""
    for i, (a, b) in enumerate(itertools.pairwise(values)):
        listed = (
            s[a.span[1] : b.span[0]] in ("、", ",") and a.kind == "integer" and a.measure is None
        )
        if not listed or b.number is None or not 0 < a.value < 9:
            continue
        scale = b.number / (a.value + 1)
        if b.kind == "percent" and b.measure is not None and scale == 1:
            value = a.value * b.measure.factor
            values[i] = replace(a, kind=b.kind, value=value, unit=b.unit, measure=b.measure)
        elif scale in (10, 100, 1000, 10000) and _SCALED.match(s, b.span[0]):
            values[i] = replace(a, value=a.value * scale, number=a.value * scale)


_HALF_BEFORE = re.compile("(?:(?P<late>午後|夜の?|夕方の?|PM|pm)|午前|朝の?|深夜の?|AM|am) ?\\Z")
_HALF_BEHIND = re.compile(r" ?(?:(?P<late>[Pp])|[Aa])\.?[Mm]\.?(?![A-Za-z])")
_HOURS = re.compile(r"(2[0-4]|[01]?[0-9]):[0-5][0-9](?!\.?[0-9])")
_RATIO_TIME = re.compile("ごろ|頃|に[出着到な始終集家]|[発着]|から|まで|の(?:電車|バス|便)")


def _clock(s: str, text: str, a: Value, b: Value, glue: str) -> Value | None:
    if a.kind == "clock" and glue != ":":
        if b.unit not in ("分", "秒") or b.value >= 60 or "間" in b.text or b.kind == "percent":
            return None
        more, end = b.value if b.unit == "分" else b.value / 60, b.span[1]
        if b.direction == "前":  # 8時15分前 is a quarter to eight
            more, end = -more, end + s.startswith("前", end)
        return _one(text, a, b, end=end, value=a.value + more, number=a.value + more)
    match = _HOURS.match(s, a.span[0])
    if match is None or match.end(1) != a.span[1] or a.kind != "integer" or a.unit is not None:
        return None
    end = match.end()
    if b.unit in ("発", "着"):  # 15:20発
        b = replace(b, unit=None, measure=None, span=(end - 2, end), text=text[end - 2 : end])
    if b.unit is not None or b.number is None:
        return None
    ratio = composite("ratio", text, a, b)
    minutes = a.value * 60 + b.number
    clock = clocked(s, text, Value("clock", minutes, ratio.span, ratio.text, "時", UNITS["時"], minutes,
                                   approximate=a.approximate, form="integer"))  # fmt: skip
    if clock.span != ratio.span or "時刻" in s[max(0, a.span[0] - 5) : a.span[0]]:
        return clock
    # 10:05 is no ratio: nobody writes 5 as 05
    likely_time = s[end - 2] == "0" or _RATIO_TIME.match(s, end)
    first, other = (clock, ratio) if likely_time else (ratio, clock)
    return replace(first, readings=(other,))


def clocked(s: str, text: str, value: Value) -> Value:
    """A clock with 午前 or 午後 before it, or p.m. behind it, taken in."""
    minutes, (start, end) = value.value, value.span
    match = _HALF_BEFORE.search(s, max(0, start - 5), start) or _HALF_BEHIND.match(s, end)
    if match is not None:
        start, end, late = min(match.start(), start), max(match.end(), end), match["late"]
        minutes += 720 * ((bool(late) and minutes < 720) - (not late and 720 <= minutes < 780))
    settled, span = match is not None or minutes >= 780, (start, end)
    return replace(value, value=minutes, span=span, text=text[start:end], half_of_day=settled)


_ENDS = re.compile(
    r"(?:です|だ|である|かか[るり](?:ます)?|後|になる|となる|[。.」*)$ \u3000])*(?:\n|$)"
)


def _compound(s: str, text: str, a: Value, b: Value, glue: str) -> Value | None:
    """3 m 20 cm: one dimension, units going down, each part less than one of the unit before."""
    first, second = a.measure, b.measure
    if first is None or second is None or "percent" in (a.kind, b.kind) or a.bound:
        return None
    if first.dimension != second.dimension or first.factor <= second.factor:
        return None
    ratio = first.factor / second.factor
    if not (0 <= b.value < ratio and a.value.denominator == 1):
        return None
    if a.unit == "日" and a.value == 1 and not glue and not _ENDS.match(s, b.span[1]):
        return None  # 1日8時間働く: every day
    total = a.value * ratio + (-b.value if a.value < 0 else b.value)
    return _one(text, a, b, kind="compound", value=total, number=total, unit=second.symbol,
                measure=second, form="compound", direction=b.direction)  # fmt: skip


_MAX_TERMS = 8
_TERMS = ("integer", "decimal", "fraction", "mixed", "power")


def _ratio(_s: str, text: str, a: Value, b: Value, glue: str) -> Value | None:
    ratio = next((one for one in (a, *a.readings) if one.kind == "ratio"), None)
    parts = (a,) if ratio is None else ratio.parts
    if b.kind not in _TERMS or parts[0].kind not in _TERMS or len(parts) > _MAX_TERMS:
        return None
    before = parts[-1].unit  # 2m:3m, 2対3個; not 2m:3
    if before != b.unit and (before is not None or glue != "対"):
        return None
    return composite("ratio", text, *parts, b, unit=b.unit)


_LEFT_BETWEEN = re.compile(
    r"[、,。 ]{0,2}(?:で|と|に|なので|になり|となり|で、|、)?[、, ]{0,2}"
    r"(?:[Rr] ?|(?:あまり|余り|余|残り|残|…{1,2}|\.{3}|\\cdots|\\ldots|\\dots)(?:は|が|:|の)?[: ]{0,2})"
)
_LEFT_BEHIND = re.compile(r"(?:が|は|だけ|ずつ)?[、 ]?(?:あま|余)[るりっ]")


def _remainder(s: str, text: str, a: Value, b: Value, glue: str) -> Value | None:
    """5あまり3; 5個ずつ分けて3個あまる."""
    if not _LEFT_BETWEEN.fullmatch(glue):
        if "。" in glue or not _LEFT_BEHIND.match(s, b.span[1]):
            return None
    elif "残" in glue and a.unit != b.unit:
        return None  # 1200円、残りは5本
    elif a.unit is b.unit is None and glue.startswith((",", "、")) and "…" in glue:
        return None  # 1, 2, …, 10
    if not (_is_scalar(a) and _is_scalar(b)) or a.kind == "label" or a.bound:
        return None
    return composite("remainder", text, a, b, unit=a.unit, measure=a.measure)


def _is_scalar(value: Value) -> bool:
    return isinstance(value.value, Fraction) and value.kind != "label"


def _range(_s: str, text: str, a: Value, b: Value, glue: str) -> Value | None:
    if not (_is_scalar(a) and _is_scalar(b)):
        return None
    bound = ">=,<="
    if a.bound[:1] == ">" and b.bound[:1] == "<" and "~" not in glue:
        bound = f"{a.bound},{b.bound}"
    elif a.bound or "~" not in glue:
        return None
    if a.measure is None and b.measure is not None:
        factor = {"rate": b.measure.factor, "clock": Fraction(60)}.get(b.measure.dimension, 1)
        a = replace(a, kind=b.kind, value=a.value * factor, unit=b.unit, measure=b.measure)
    return composite("range", text, a, b, unit=b.unit, measure=b.measure, bound=bound,
                     approximate=a.approximate or b.approximate)  # fmt: skip


_NEAR = (
    (re.compile(""), _rate),
    (re.compile("[ :]?"), _clock),
    (re.compile(r"[ \u3000]?(?:と ?)?"), _compound),
    (re.compile(" ?: ?|対|たい"), _ratio),
    (re.compile(" ?~ ?|[、,でかつ ]{0,3}"), _range),
)
_GLUE = frozenset(" \u3000:~対たい、,でかつと")
"""All that may stand between two values for one of these."""
_FAR = (re.compile(r"[^\n=＝0-9]{1,24}+"), _remainder)
_LEFT = re.compile(r"[余残…Rr]|あま|\.{3}|dots")
"""What is not far from a remainder."""
