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

import itertools
import re
from dataclasses import dataclass
from fractions import Fraction
from operator import itemgetter
from pathlib import Path
from string import ascii_letters


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


def table(name: str) -> list[list[str]]:
    """The rows of a file beside this module."""
    text = Path(__file__).with_name(name).read_text(encoding="utf-8")
    return [line.split("\t") for line in text.splitlines() if line[0] != "#"]


def _read() -> dict[str, Unit]:
    """Every spelling with its unit, from ``units.tsv``; lengths with their squares and cubes."""
    units: dict[str, Unit] = {}
    for dimension, symbol, factor, *spellings in table("units.tsv"):
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
_DENIED = {word: tuple(after.split(" ")) for word, after in table("no_units.tsv")}
"""What follows a character that is then no unit: 円 in 円周, 日 in 日本."""
_NOT_COUNTERS = ("プラス", "マイナス", "カケル", "タス", "ヒク", "ワル", "イコール", "メモ")


def _spelling(word: str) -> str:
    """A pattern of the word, only where it is a unit: not m in mod, 円 in 円周, ケース in ケースバイケース."""
    behind = "|".join(map(re.escape, _DENIED.get(word, ())))
    if word[-1] in ascii_letters + "µμ":
        behind = "[A-Za-z]"
    elif word[-1] in "23" and word[0].isascii() and "^" not in word:
        behind = r"[^\W_]"
    elif "ァ" <= word[0] <= "ヺ":
        behind = "[ァ-ヺー]"
    return re.escape(word) + (f"(?!{behind})" if behind else "")


def by_first(patterns: dict[str, str]) -> dict[str, re.Pattern[str]]:
    """For each character one expression of the words that begin with it, the longest first."""
    words = sorted(patterns, key=lambda word: (word[0], -len(word)))
    return {
        first: re.compile("|".join(map(patterns.__getitem__, group)))
        for first, group in itertools.groupby(words, key=itemgetter(0))
    }


_BY_FIRST = by_first({word: _spelling(word) for word in UNITS})
_PARTED = frozenset(" \u3000\\~")
"""What may part a unit from its number."""
_WRAPPED = re.compile(
    r"(?:\\[,;: !]|~|\{\}| )*\\(?:text|mathrm|textrm|rm|mbox|operatorname)\s?\{ ?(?:\\[,;: ])?"
    r"([^{}\\$]{1,20}?) ?\}(?:\^(?:\{([23])\}|([23])))?"
)
_GAP = re.compile(r" |\u3000|\\[,;: !]|~")
_KATAKANA = re.compile(r"[ァ-ヺー]{2,12}")


def read_unit(s: str, i: int, *, lone: bool = False, gap: bool = True) -> tuple[Unit, int] | None:
    """The unit that begins at ``i`` of folded text, and the position behind it.

    Args:
        s: folded text.
        i: where the number ended.
        lone: the number is one kanji digit, which makes many words: 三角, 四国, 一面.
        gap: whether a blank may stand between.
    """
    if not gap or s[i : i + 1] not in _PARTED:
        return _spelled(s, i, lone=lone)
    if match := _WRAPPED.match(s, i):
        power = match[2] or match[3]
        found = _spelled(match[1] + (f"^{power}" if power else ""), 0, lone=False)
        return None if found is None else (found[0], match.end())
    start = parted.end() if (parted := _GAP.match(s, i)) else i
    found = _spelled(s, start, lone=lone)
    # A blank divides: behind it only what can be nothing else counts.
    return None if found and s[start] in "とかこつ" and found[1] == start + 1 else found


def _spelled(s: str, i: int, *, lone: bool) -> tuple[Unit, int] | None:
    c = s[i : i + 1]
    spelled = _BY_FIRST[c].match(s, i) if c in _BY_FIRST else None
    if spelled is not None:
        word = spelled.group()
        return None if lone and word in _WEAK else _with_denominator(s, UNITS[word], spelled.end())
    counter = _KATAKANA.match(s, i) if "ァ" <= c <= "ヺ" else None
    if counter is None or counter.group() in _NOT_COUNTERS:
        return None
    return Unit(counter.group(), "count"), counter.end()


_PER = re.compile(" ?/ ?|毎")
_SHARED_OUT = frozenset(("kg", "g", "m", "L", "cm³", "km"))
"""Measures, besides time and counters, that a rate may be of."""


def _with_denominator(s: str, unit: Unit, end: int) -> tuple[Unit, int]:
    match = _PER.match(s, end)
    other = _spelled(s, match.end(), lone=False) if match else None
    if other is None:
        return unit, end
    base, behind = time_unit(other[0].symbol) if other[0].symbol in "時月" else other[0], other[1]
    whole = base.dimension in ("count", "time", "months") or base.symbol in _SHARED_OUT
    known = whole and s[behind : behind + 1] not in ("²", "³", "^")
    return (per(unit, base), behind) if known else (unit, end)


def time_unit(word: str) -> Unit:
    """What a rate is per, in whose name 時 is an hour and 月 a month: 時速, 毎月, /分."""
    return UNITS[{"時": "時間", "月": "か月"}.get(word, word)]


def per(unit: Unit, base: Unit) -> Unit:
    """The unit of a rate: m per 分 is m/分, with a factor, so that 80m/分 equals 4.8km/時間."""
    if unit.symbol == "キロ":  # 時速60キロ
        unit = UNITS["km"]
    symbol, dimension = f"{unit.symbol}/{base.symbol}", f"{unit.dimension}/{base.dimension}"
    return Unit(symbol, dimension, unit.factor / base.factor)
