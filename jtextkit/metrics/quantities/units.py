"""Units and counters: their spellings, what they measure and how they convert.

A :class:`Unit` has a symbol (one for all spellings), a dimension and a factor to that dimension's
base. Two units of one dimension convert exactly; counters (本, 個, 人, …) all have the dimension
``count`` and do not convert: 5本 and 5個 are the same number with another counter.

Dimensions: ``length`` (m), ``area`` (m²), ``volume`` (m³), ``mass`` (g), ``time`` (秒), ``months``,
``money:X`` for each currency X, ``angle``, ``temperature``, ``degree`` (度: any of the two),
``rate`` (%, 割, 倍: of one), ``data`` (バイト), ``energy``, ``count``, and ``A/B`` for speeds and
other rates (``length/time``). Not handled: old Japanese measures (尺, 貫), derived SI units, the
conversion of money, of months to days, and of temperatures.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit of measure or a counter.

    Attributes:
        symbol: the one spelling it is known by, such as ``cm²``, ``m/分``, ``本``.
        dimension: what it measures.
        factor: how many of the dimension's base units one of it is; 1 for counters.
    """

    symbol: str
    dimension: str
    factor: Fraction = Fraction(1)


def _table(name: str) -> list[list[str]]:
    text = Path(__file__).with_name(name).read_text(encoding="utf-8")
    return [line.split("\t") for line in text.splitlines() if line[0] != "#"]


def _read() -> dict[str, Unit]:
    """Every spelling with its unit, from ``units.tsv``; lengths with their squares and cubes."""
    units: dict[str, Unit] = {}
    for dimension, symbol, factor, *spellings in _table("units.tsv"):
        if symbol == "*":
            units = {s: Unit(s, dimension) for s in spellings} | units
            continue
        unit = Unit(symbol, dimension, Fraction(factor))
        units |= dict.fromkeys((symbol, *spellings), unit)
        for power, word, sign, n in _POWERS if dimension == "length" else ():
            written = [symbol + sign, *(word + name for name in (symbol, *spellings))]
            written += [name + sign for name in spellings]
            if symbol.isascii() or symbol == "μm":
                written += [f"{symbol}^{n}", f"{symbol}^{{{n}}}", f"{symbol}{n}"]
            units |= dict.fromkeys(written, Unit(symbol + sign, power, unit.factor**n))
    return units


_POWERS = (("area", "平方", "²", 2), ("volume", "立方", "³", 3))
UNITS = _read()
"""Every spelling, folded, with its unit. Unknown katakana words after a number count things, too."""
_WEAK = frozenset("毛限代連国市町村県山川島派党団門品夜晩種角面")
"""Counters that make ordinary words with a kanji digit (三角, 四国, 一面): not after a lone one."""
_DENIED = {word: tuple(after.split(" ")) for word, after in _table("no_units.tsv")}
"""What follows a character that is then no unit: 円 in 円周, 日 in 日本."""
_NOT_COUNTERS = ("プラス", "マイナス", "カケル", "タス", "ヒク", "ワル", "イコール", "メモ")


_LENGTHS: dict[str, list[int]] = {}
for _size, _first in sorted({(len(spelling), spelling[0]) for spelling in UNITS}, reverse=True):
    _LENGTHS.setdefault(_first, []).append(_size)
UNIT_STARTS = (
    frozenset(_LENGTHS) | frozenset(" \u3000\\~") | frozenset(map(chr, range(0x30A1, 0x30FB)))
)
"""What a unit can begin with, katakana and what parts it from its number included."""
_LATIN = re.compile(r"[A-Za-zμµ]")
_WRAPPED = re.compile(
    r"(?:\\[,;: !]|~|\{\}| )*\\(?:text|mathrm|textrm|rm|mbox|operatorname)\s?\{ ?(?:\\[,;: ])?"
    r"([^{}\\$]{1,20}?) ?\}(?:\^(?:\{([23])\}|([23])))?"
)
_GAP = re.compile(r"(?: |\u3000|\\[,;: !]|~)?")
_KATAKANA = re.compile(r"[ァ-ヺー]{2,12}")


def read_unit(s: str, i: int, *, lone: bool = False, gap: bool = True) -> tuple[Unit, int] | None:
    """The unit that begins at ``i`` of folded text, and the position behind it.

    Args:
        s: folded text.
        i: where the number ended.
        lone: the number is one kanji digit, which makes many words: 三角, 四国, 一面.
        gap: whether a blank may stand between.
    """
    if s[i : i + 1] not in UNIT_STARTS:
        return None
    if gap and s[i] in " \u3000\\~":
        if match := _WRAPPED.match(s, i):
            power = match[2] or match[3]
            found = _spelled(match[1] + (f"^{power}" if power else ""), 0, lone=False)
            return None if found is None else (found[0], match.end())
        behind = _GAP.match(s, i)
        start = behind.end() if behind else i
        found = _spelled(s, start, lone=lone)
        # A blank divides: behind it only what can be nothing else counts.
        unsure = found is not None and s[start] in "とかこつ" and found[1] - start == 1
        return None if unsure and start > i else found
    return _spelled(s, i, lone=lone)


def _spelled(s: str, i: int, *, lone: bool) -> tuple[Unit, int] | None:
    c = s[i : i + 1]
    for size in _LENGTHS.get(c, ()):
        word = s[i : i + size]
        unit = UNITS.get(word)
        if unit is None:
            continue
        end = i + len(word)
        follow = s[end : end + 1]
        last = word[-1]
        if _LATIN.match(last) and follow and follow.isascii() and follow.isalpha():
            continue
        if last in "23" and word[0].isascii() and "^" not in word and follow.isalnum():
            continue
        if size <= 2 and (denied := _DENIED.get(word)) and s.startswith(denied, end):
            continue
        if lone and word in _WEAK:
            return None
        if "ァ" <= c <= "ヺ" and ("ァ" <= follow <= "ヺ" or follow == "ー"):
            # A longer katakana word that only begins like this unit.
            whole = _KATAKANA.match(s, i)
            if whole is not None and whole.group() not in UNITS:
                return Unit(whole.group(), "count"), whole.end()
            continue
        return _with_denominator(s, unit, end)
    match = _KATAKANA.match(s, i) if "ァ" <= c <= "ヺ" else None
    if match is None or match.group() in _NOT_COUNTERS:
        return None
    return Unit(match.group(), "count"), match.end()


_TIMES = {"分": "分", "秒": "秒", "時間": "時間", "時": "時間", "h": "時間", "s": "秒", "min": "分",
          "日": "日", "sec": "秒", "hour": "時間", "週": "週間", "年": "年", "月": "か月"}  # fmt: skip
_PER = re.compile(r"(?: ?/ ?|毎)(時間|時|分|秒|日|週|年|月|hour|h|min|sec|s)(?![A-Za-z間0-9])")
_SHARED_OUT = frozenset(("kg", "g", "m", "L", "cm³", "km"))
"""Measures, besides time and counters, that a rate may be of."""


def _with_denominator(s: str, unit: Unit, end: int) -> tuple[Unit, int]:
    if s[end : end + 1] not in ("/", " ", "毎"):
        return unit, end
    if match := _PER.match(s, end):
        return per(unit, UNITS[_TIMES[match[1]]]), match.end()
    if s[end] == "/" and (other := _spelled(s, end + 1, lone=False)):
        base, behind = other
        whole = base.dimension == "count" or base.symbol in _SHARED_OUT
        if whole and s[behind : behind + 1] not in ("²", "³", "^"):
            return per(unit, base), behind
    return unit, end


def per(unit: Unit, base: Unit) -> Unit:
    """The unit of a rate: m per 分 is m/分, with a factor, so that 80m/分 equals 4.8km/時間."""
    if unit.symbol == "キロ":  # 時速60キロ
        unit = UNITS["km"]
    return Unit(
        f"{unit.symbol}/{base.symbol}",
        f"{unit.dimension}/{base.dimension}",
        unit.factor / base.factor,
    )
