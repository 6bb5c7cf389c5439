"""Quantities as a problem speaks of them: units, comparisons, other units, things that have them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from types import MappingProxyType
from typing import NamedTuple

from jtextkit.builders.sansu.expressions import Expression, number_text

SPEEDS: Mapping[str, str] = MappingProxyType({"分速": "m", "秒速": "m", "時速": "km"})
"""Units that stand before the number, with the one behind it."""

_CONVERSIONS: Mapping[str, tuple[tuple[str, int], ...]] = MappingProxyType(
    {
        "m": (("km", 1000),),
        "cm": (("m", 100),),
        "g": (("kg", 1000),),
        "mL": (("L", 1000),),
    }
)
_MIXED = {
    "分": ("時間", 60),
    "秒": ("分", 60),
    "時間": ("日", 24),
    "日": ("週間", 7),
    "cm": ("m", 100),
}
"""Units in which a value is said with the rest in its own: 1時間20分."""

_WORDS = {
    "長い 短い": "m cm km 分 秒 日 時間", "重い 軽い": "g kg", "高い 低い": "点", "年上 年下": "才",
    "こい うすい": "%", "速い おそい": "分速 秒速 時速",
}  # fmt: skip
_ENDS = {
    "ねだん": ("高い", "安い"), "高さ": ("高い", "低い"), "深さ": ("深い", "浅い"), "数": ("多い", "少ない"),
}  # fmt: skip
_MORE = {unit: tuple(words.split()) for words, units in _WORDS.items() for unit in units.split()}
_PRICES = ("ねだん", "代金", "料金", "仕入れね", "原価", "定価")
_NO_SUMS = frozenset((*SPEEDS, "分", "秒", "時間", "日", "%", "点", "度", "mm"))
_GOOD = re.compile(r"(.+?)1(本|個|枚|冊|着)のねだん")
_FINEST = {"円": 10, "m": 10, "分速": 5, "g": 5, "mL": 10}


def after(first: str, second: str) -> str:
    """A second name, without what it repeats: ``箱のたての長さ``, then ``横の長さ``."""
    start = _shared(first, second)
    return second[start:] or second


def both(first: str, second: str) -> str:
    """Two names together: ``兄と妹の速さ``, ``箱のたての長さと横の長さ``."""
    if (rest := after(first, second)) != second:
        return f"{first}と{rest}"
    if "と" in first + second:
        return f"{first}と、{second}"
    ends = range(2, min(len(first), len(second)))
    shared = (i for i in ends if first[-i:] == second[-i:] and first[-i] == "の")
    end = max((i for i in shared if first[-i - 1] not in "るたす"), default=0)
    if first[:-end] in ("はじめ", "あと") or second[:-end] in ("はじめ", "あと"):
        end = 0
    return f"{first[:-end] if end else first}と{second}"


def _shared(one: str, other: str) -> int:
    """How much both begin with, up to a の; 0 where nothing would be left of one."""
    count = next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), 0)
    place = one.rfind("の", 0, count) + 1
    said = place > 2 or any(not "ぁ" <= letter <= "ん" for letter in one[:place])  # no きのう
    return place if said else 0


class Good(NamedTuple):
    """What has a price: ``みかん``, ``個``."""

    thing: str
    counter: str


@dataclass(frozen=True, slots=True)
class Quantity:
    """A fact of a problem: what it is, what it is called, and its value.

    Attributes:
        key: its name among the facts.
        unit: 円, m, 本, …; 分速, 秒速 and 時速 stand before the number.
        name: a noun phrase, such as ``兄の速さ``.
        like: it may be compared with others of its unit that have the same, if it is not 0.
        never: ``+``, ``-`` and ``*``: not to be told by a sum, a difference, a ratio with another.
        own: sentences of its own that tell it indirectly, each with the bounds of its first number.
    """

    key: str
    unit: str
    name: str
    like: int = 0
    never: str = ""
    own: tuple[str, ...] = ()

    @property
    def good(self) -> Good | None:
        """What it is the price of, one by one; None where it is no such price."""
        found = _GOOD.fullmatch(self.name)
        return Good(found[1], found[2]) if found else None

    @property
    def is_trade(self) -> bool:
        """Whether traders speak of it: they buy by the dozen."""
        return self.unit == "円" and not self.name.endswith("ねだん")

    @property
    def adds_up(self) -> bool:
        """Whether people add it to others of its kind."""
        return "+" not in self.never and self.unit not in _NO_SUMS and not self.is_trade

    @property
    def is_price(self) -> bool:
        """Whether it is what something costs, not an amount that somebody has."""
        return self.unit == "円" and self.name.endswith(_PRICES)

    @property
    def behind(self) -> str:
        """The unit behind the number: of a speed, that of its way."""
        return SPEEDS.get(self.unit, self.unit)

    @property
    def question(self) -> str:
        """What asks for it: ``何円``, ``分速何m``, ``いくつ``."""
        if not self.unit:
            return "いくつ"
        return f"{self.unit}何{self.behind}" if self.unit in SPEEDS else f"何{self.unit}"

    def told(self, value: int | Fraction | str) -> str:
        """A value with its unit."""
        number = value if isinstance(value, str) else number_text(Fraction(value))
        return f"{self.unit if self.unit in SPEEDS else ''}{number}{self.behind}"

    def gap(self, value: int) -> str:
        """A difference with its unit."""
        word = {"分速": "毎分", "秒速": "毎秒", "時速": "毎時"}.get(self.unit, "")
        return f"{word}{value}{self.behind}"

    def more(self, more: bool) -> str:
        """The word for having more, or less, of it."""
        ends = "ねだん" if self.is_price else self.name
        words = next(
            (pair for end, pair in _ENDS.items() if ends.endswith(end) and self.unit != "点"),
            _MORE.get(self.unit, ("多い", "少ない")),
        )
        return words[not more]

    def found(self, equation: Expression) -> str:
        """The step that finds it."""
        if self.unit in SPEEDS:
            return f"{self.name}は、{equation:=}より、{self.told(equation.value)}です。"
        return f"{self.name}は、{equation.equation(self.unit)}です。"

    def neat(self, value: Fraction) -> bool:
        """Whether people would say such a value: whole, positive, not finer than is usual."""
        finest = _FINEST.get(self.unit, 1)
        if value <= 0 or value.denominator > 1 or value > 100_000:
            return False
        return value < 10 * finest or value % finest == 0

    def in_other_units(self, value: int) -> Iterator[tuple[str | int, str, int, int | None]]:
        """Ways to say a value in another unit: the number, that unit, its factor, and what is
        said behind it in the quantity's own (None: the number is a decimal).
        """
        if self.name.endswith("数") and self.unit != "日":
            return
        for unit, factor in _CONVERSIONS.get(self.unit, ()):
            other = Fraction(value, factor)
            if other >= Fraction(1, 2) and (other * 100).denominator == 1:
                yield number_text(other), unit, factor, None
        if self.unit in _MIXED:
            unit, factor = _MIXED[self.unit]
            big, small = divmod(value, factor)
            if 1 <= big <= 12 and (small or big > 1) and (self.unit != "日" or big > 2):
                yield big, unit, factor, small
