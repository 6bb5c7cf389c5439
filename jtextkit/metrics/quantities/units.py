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


def _read() -> dict[str, Unit]:
    """Every spelling with its unit, from ``units.tsv``; lengths with their squares and cubes."""
    units: dict[str, Unit] = {}
    text = Path(__file__).with_name("units.tsv").read_text(encoding="utf-8")
    for line in text.splitlines()[1:]:
        dimension, symbol, factor, *spellings = line.split("\t")
        if symbol == "*":
            for spelling in spellings:
                units.setdefault(spelling, Unit(spelling, dimension))
            continue
        unit = Unit(symbol, dimension, Fraction(factor))
        units |= dict.fromkeys((symbol, *spellings), unit)
        if dimension == "length":
            units |= _powers(unit, spellings)
    return units


def _powers(length: Unit, spellings: list[str]) -> dict[str, Unit]:
    units: dict[str, Unit] = {}
    symbol = length.symbol
    for power, word, sign, n in (("area", "平方", "²", 2), ("volume", "立方", "³", 3)):
        unit = Unit(symbol + sign, power, length.factor**n)
        written = [symbol + sign, *(word + name for name in (symbol, *spellings))]
        written += [name + sign for name in spellings]
        if symbol.isascii() or symbol == "μm":
            written += [f"{symbol}^{n}", f"{symbol}^{{{n}}}", f"{symbol}{n}"]
        units |= dict.fromkeys((*written, *_SQUARED.get(unit.symbol, ())), unit)
    return units


_SQUARED = {
    "km²": ("㎢",), "m²": ("㎡", "平米"), "cm²": ("㎠",), "mm²": ("㎟",), "km³": ("㎦",), "m³": ("㎥", "立米"),
    "cm³": ("㎤", "cc", "cc."), "mm³": ("㎣",),
}  # fmt: skip
UNITS = _read()
"""Every spelling, folded, with its unit. Unknown katakana words after a number count things, too."""
_WEAK = frozenset("毛限代連国市町村県山川島派党団門品夜晩種角面")
"""Counters that make ordinary words with a kanji digit (三角, 四国, 一面): not after a lone one."""


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
_NOT_COUNTERS = ("プラス", "マイナス", "カケル", "タス", "ヒク", "ワル", "イコール", "メモ")
_DENIED = {
    # Where one of these follows, the character is not the unit that it looks like.
    "分": ("の一", "の二", "の三", "し", "さ", "離", "類", "解", "析", "割", "布", "担", "数", "子", "母"),
    "日": ("本",), "円": ("形", "周", "柱", "すい", "盤", "グラフ", "錐"), "角": ("形", "度"),
    "度": ("数",), "回": ("答", "収", "復"), "体": ("積", "重", "育", "験", "温"), "人": ("間", "口", "物"),
    "本": ("当", "日", "書", "人"), "個": ("人", "性"), "面": ("積", "白"), "時": ("速", "代"),
    "掛け": ("る", "算", "て", "た", "合", "ま"), "点": ("数", "検", "P", "Q", "A", "B"), "割": ("り算", "る", "れ", "り切", "りき", "り当", "っ", "合"),
    "倍": ("数",), "歩": ("合",), "色": ("紙",), "品": ("物",), "位": ("置",), "等": ("分", "辺", "し", "号", "式", "価", "間", "速", "差"), "号": ("令",),
    "枚": ("方",), "年": ("齢",), "組": ("み", "合"), "通": ("学", "過", "う", "っ", "じ"),
    "束": ("ね",), "着": ("い", "く", "き", "け"), "足": ("す", "し", "さ", "せ", "り"), "打": ("っ", "つ", "ち"),
    "切れ": ("る", "な", "ま"), "勝": ("っ", "ち", "つ"), "敗": ("れ",),
    "口": ("座",), "こ": ("と", "の", "れ", "こ", "ち", "え"), "行": ("く", "き", "っ", "う", "わ", "い"),
    "画": ("面", "用"), "合": ("う", "わ", "計", "っ", "い", "同"), "つ": ("ま", "い", "な", "か", "く"),
    "部": ("分", "屋"), "食": ("べ",), "連": ("続",), "投": ("げ",), "張": ("り", "っ"),
    "文": ("章", "化"), "元": ("の", "に", "が", "気", "々"), "段": ("落",), "秒": ("速",), "銭": ("湯",), "条": ("件",), "語": ("る", "っ"), "片": ("方", "道"),
    "国": ("語",), "席": ("順",), "問": ("題", "い", "う", *"0123456789"), "代": ("金", "わ", "表"),
    "周": ("り", "囲"), "種": ("目",), "両": ("方", "親", "側"), "発": ("見", "車", "表"),
    "基": ("本", "準"), "機": ("械", "会"), "番": ("号",), "玉": ("ねぎ",), "客": ("席",),
    "限": ("ら", "る", "定", "界"), "区": ("別", "間"), "列": ("車",),
    "首": ("都", "相"), "泊": ("ま",), "夜": ("中",), "里": ("芋",),
    "とおり": ("に",), "ど": ("こ", "う", "の", "れ", "ん", "ち"), "かい": ("て", "た"), "さい": ("ご",),
    "えん": ("ぴ",),
}  # fmt: skip


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
