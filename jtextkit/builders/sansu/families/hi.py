"""比と割合: ratios, their parts, chains of them, and percentages of percentages."""

from __future__ import annotations

import math
import random
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from jtextkit.builders.sansu.expressions import n, number_text
from jtextkit.builders.sansu.problems import Answer, Family, Kind, Solution, Words

# Parts in a ratio


@dataclass(frozen=True, slots=True)
class Parts:
    """``total`` in the ratio ``a : b``."""

    a: int
    b: int
    total: int


def _pair(dice: random.Random, grade: int) -> tuple[int, int]:
    top = (7, 12, 25)[grade]
    return dice.randint(1, top), dice.randint(1, top)


def _draw_parts(dice: random.Random, grade: int) -> Parts | None:
    a, b = _pair(dice, grade)
    part = dice.randint(*((3, 60), (5, 150), (12, 500))[grade])
    return Parts(a, b, (a + b) * part) if a != b and math.gcd(a, b) == 1 else None


def _solve_parts(facts: Parts, words: Words) -> Solution:
    x, y, unit = words["x"], words["y"], words["unit"]
    whole = n(facts.a) + n(facts.b)
    part = n(facts.total) / whole.result
    one, two = part.result * n(facts.a), part.result * n(facts.b)
    return Solution(
        (
            f"全体は、比の{whole.equation()}にあたります。",
            f"比の1にあたる量は、{part.equation(unit)}です。",
            f"{x}は、{one.equation(unit)}です。",
            f"{y}は、{two.equation(unit)}です。",
        ),
        Answer.parts(*[(x, one.value, unit), (y, two.value, unit)]),
        ("比", "線分図"),
    )


def _search_parts(facts: Parts) -> Iterator[tuple[int, int]]:
    """Try every division of the whole."""
    for one in range(1, facts.total):
        if one * facts.b == (facts.total - one) * facts.a:
            yield one, facts.total - one


_MIXES: tuple[Words, ...] = (
    {"x": "酢", "y": "油", "thing": "ドレッシング", "unit": "mL", "made": "混ぜて"},
    {"x": "赤土", "y": "腐葉土", "thing": "花の土", "unit": "g", "made": "混ぜて"},
    {"x": "牛にゅう", "y": "コーヒー", "thing": "カフェオレ", "unit": "mL", "made": "合わせて"},
    {"x": "青い絵の具", "y": "黄色い絵の具", "thing": "緑の絵の具", "unit": "g", "made": "混ぜて"},
)

_PARTS = Kind(
    "比で分ける",
    _draw_parts,
    _MIXES,
    (
        lambda f, w: (
            f"{w['x']}と{w['y']}を{f.a}：{f.b}の割合で{w['made']}、{w['thing']}を{f.total}{w['unit']}作ります。{w['x']}と{w['y']}はそれぞれ何{w['unit']}必要ですか。"
        ),
        lambda f, w: (
            f"できあがった{w['thing']}は全部で{f.total}{w['unit']}です。材料は2つだけで、{w['x']}の量と{w['y']}の量の比を{f.a}：{f.b}にしました。使った{w['x']}と{w['y']}"
            "の量を求めなさい。"
        ),
        lambda f, w: (
            f"レシピには「{w['x']}{f.a}に対して{w['y']}{f.b}」と書かれています。このとおりに{f.total}{w['unit']}の{w['thing']}を作ろうとすると、{w['x']}は何{w['unit']}、"
            f"{w['y']}は何{w['unit']}になるでしょうか。"
        ),
    ),
    _solve_parts,
    _search_parts,
)

# The difference of two parts


@dataclass(frozen=True, slots=True)
class Gap:
    """``a : b``, the first ``gap`` more."""

    a: int
    b: int
    gap: int


def _draw_gap(dice: random.Random, grade: int) -> Gap | None:
    a, b = _pair(dice, grade)
    part = dice.randint(*((2, 60), (4, 150), (12, 500))[grade])
    return Gap(a, b, (a - b) * part) if a > b and math.gcd(a, b) == 1 else None


def _solve_gap(facts: Gap, words: Words) -> Solution:
    x, y, unit = words["x"], words["y"], words["unit"]
    apart = n(facts.a) - n(facts.b)
    part = n(facts.gap) / apart.result
    one, two = part.result * n(facts.a), part.result * n(facts.b)
    return Solution(
        (
            f"2つの差は、比の{apart.equation()}にあたります。",
            f"比の1にあたる量は、{part.equation(unit)}です。",
            f"{x}は、{one.equation(unit)}です。",
            f"{y}は、{two.equation(unit)}です。",
        ),
        Answer.parts(*[(x, one.value, unit), (y, two.value, unit)]),
        ("比", "線分図"),
    )


def _search_gap(facts: Gap) -> Iterator[tuple[int, int]]:
    for two in range(1, facts.gap * facts.b + 1):
        one = two + facts.gap
        if one * facts.b == two * facts.a:
            yield one, two


_SIZES: tuple[Words, ...] = (
    {"x": "たて", "y": "横", "thing": "長方形の紙", "what": "長さ", "unit": "cm"},
    {"x": "大びん", "y": "小びん", "thing": "2本のびん", "what": "中身の量", "unit": "mL"},
    {"x": "兄", "y": "弟", "thing": "2人", "what": "貯金", "unit": "円"},
    {"x": "北公園", "y": "南公園", "thing": "2つの公園", "what": "面積", "unit": "m²"},
)

_GAP = Kind(
    "差から求める",
    _draw_gap,
    _SIZES,
    (
        lambda f, w: (
            f"{w['thing']}について、{w['x']}と{w['y']}の{w['what']}の比は{f.a}：{f.b}で、差は{f.gap}{w['unit']}です。{w['x']}と{w['y']}の{w['what']}は、それぞれ何"
            f"{w['unit']}ですか。"
        ),
        lambda f, w: (
            f"{w['x']}の{w['what']}は{w['y']}の{w['what']}よりも{f.gap}{w['unit']}だけ大きく、2つの{w['what']}を最も簡単な整数の比で表すと{f.a}：{f.b}になります。"
            f"{w['x']}と{w['y']}の{w['what']}を求めなさい。"
        ),
    ),
    _solve_gap,
    _search_gap,
)

# A chain of ratios


@dataclass(frozen=True, slots=True)
class RatioChain:
    """``a : b`` for the first two, ``c : d`` for the last two; ``total`` in all."""

    a: int
    b: int
    c: int
    d: int
    total: int


def _draw_chain(dice: random.Random, grade: int) -> RatioChain | None:
    (a, b), (c, d) = _pair(dice, 0), _pair(dice, 0)
    if math.gcd(a, b) > 1 or math.gcd(c, d) > 1 or a == b or c == d:
        return None
    middle = math.lcm(b, c)
    whole = a * middle // b + middle + d * middle // c
    return RatioChain(a, b, c, d, whole * dice.randint(*((1, 20), (2, 50), (4, 150))[grade]))


def _solve_chain(facts: RatioChain, words: Words) -> Solution:
    x, y, z, unit = words["x"], words["y"], words["z"], words["unit"]
    middle = math.lcm(facts.b, facts.c)
    up, down = n(middle) / n(facts.b), n(middle) / n(facts.c)
    first, last = n(facts.a) * up.result, n(facts.d) * down.result
    whole = first.result + n(middle) + last.result
    part = n(facts.total) / whole.result
    sizes = [part.result * n(int(size)) for size in (first.value, middle, last.value)]
    return Solution(
        (
            f"{y}を表す数を{facts.b}と{facts.c}の最小公倍数の{middle}にそろえます。{x}は{first.equation()}、"
            f"{z}は{last.equation()}にあたります。",
            f"3つの合計は、比の{whole.equation()}にあたります。",
            f"比の1にあたる量は、{part.equation(unit)}です。",
            f"{x}は{sizes[0].equation(unit)}、{y}は{sizes[1].equation(unit)}、{z}は{sizes[2].equation(unit)}です。",
        ),
        Answer.parts(
            *[(name, size.value, unit) for name, size in zip((x, y, z), sizes, strict=True)]
        ),
        ("比", "連比"),
    )


def _search_chain(facts: RatioChain) -> Iterator[tuple[int, int, int]]:
    """Try every amount in the middle."""
    for middle in range(1, facts.total):
        if middle * facts.a % facts.b or middle * facts.d % facts.c:
            continue
        first, last = middle * facts.a // facts.b, middle * facts.d // facts.c
        if first + middle + last == facts.total:
            yield first, middle, last


_CHAINS: tuple[Words, ...] = (
    {"x": "大きい水そう", "y": "丸い水そう", "z": "細い水そう", "thing": "3つの水そう", "what": "水の量", "unit": "L"},
    {"x": "りんご", "y": "みかん", "z": "かき", "thing": "くだもの", "what": "個数", "unit": "個"},
    {"x": "赤組", "y": "白組", "z": "青組", "thing": "3つの組", "what": "集めた落ち葉の重さ", "unit": "g"},
)  # fmt: skip

_CHAIN = Kind(
    "連比",
    _draw_chain,
    _CHAINS,
    (
        lambda f, w: (
            f"{w['thing']}の{w['what']}は合わせて{f.total}{w['unit']}です。{w['x']}と{w['y']}の比は{f.a}：{f.b}、{w['y']}と{w['z']}の比は{f.c}：{f.d}です。それぞれ何"
            f"{w['unit']}ですか。"
        ),
        lambda f, w: (
            f"{w['what']}をくらべると、{w['x']}：{w['y']}＝{f.a}：{f.b}、{w['y']}：{w['z']}＝{f.c}：{f.d}という関係になっています。{w['x']}、{w['y']}、{w['z']}の合計が"
            f"{f.total}{w['unit']}のとき、3つの{w['what']}を順に求めなさい。"
        ),
    ),
    _solve_chain,
    _search_chain,
)

# A percentage


@dataclass(frozen=True, slots=True)
class Percent:
    """``part`` of ``whole``."""

    part: int
    whole: int


def _draw_percent(dice: random.Random, grade: int) -> Percent | None:
    whole = dice.randint(*((20, 200), (40, 600), (120, 3000))[grade])
    part = dice.randint(1, whole - 1)
    tenths = Fraction(1000 * part, whole)
    fits = tenths.denominator == 1 and (grade > 0 or tenths % 10 == 0)
    return Percent(part, whole) if fits else None


def _solve_percent(facts: Percent, words: Words) -> Solution:
    rate = n(number_text(Fraction(facts.part))) / n(facts.whole)
    percent = rate.result * n(100)
    return Solution(
        (
            f"割合は、{words['part']}の数を全体の数でわって求めます。{rate.equation()}",
            f"百分率になおすには100をかけます。{percent.equation('%')}",
        ),
        Answer((percent.value,), f"{percent.result}%"),
        ("割合",),
    )


def _search_percent(facts: Percent) -> Iterator[tuple[Fraction]]:
    for tenths in range(1, 1000):
        if tenths * facts.whole == 1000 * facts.part:
            yield (Fraction(tenths, 10),)


_SHARES: tuple[Words, ...] = (
    {"whole": "シュート", "part": "入ったシュート", "unit": "本", "who": "バスケットボールの試合", "did": "打った"},
    {"whole": "くじ", "part": "当たりくじ", "unit": "本", "who": "商店街の福引き", "did": "用意した"},
    {"whole": "種", "part": "芽が出た種", "unit": "つぶ", "who": "花だんの観察", "did": "まいた"},
)  # fmt: skip

_PERCENT = Kind(
    "百分率",
    _draw_percent,
    _SHARES,
    (
        lambda f, w: (
            f"{w['did']}{w['whole']}は{f.whole}{w['unit']}で、そのうち{w['part']}は{f.part}{w['unit']}でした。{w['part']}は全体の何%ですか。"
        ),
        lambda f, w: (
            f"{w['who']}の記録です。{w['part']}が{f.part}{w['unit']}、{w['did']}{w['whole']}が全部で{f.whole}{w['unit']}とあります。全体をもとにしたときの{w['part']}の"
            "割合を、百分率で求めなさい。"
        ),
    ),
    _solve_percent,
    _search_percent,
)

# More and less by per cent


@dataclass(frozen=True, slots=True)
class PercentChange:
    """``now`` is ``percent`` per cent more (or less) than before."""

    now: int
    percent: int
    more: bool


def _draw_change(dice: random.Random, grade: int) -> PercentChange | None:
    before = dice.randint(*((20, 400), (50, 1200), (200, 9000))[grade])
    percent = dice.choice((range(10, 60, 10), range(5, 75, 5), range(2, 80))[grade])
    more = dice.random() < 0.5
    now = Fraction(before * (100 + (percent if more else -percent)), 100)
    return PercentChange(int(now), percent, more) if now.denominator == 1 else None


def _solve_change(facts: PercentChange, words: Words) -> Solution:
    rate = number_text(Fraction(facts.percent, 100))
    times = n(1) + n(rate) if facts.more else n(1) - n(rate)
    before = n(facts.now) / times.result
    unit = words["unit"]
    return Solution(
        (
            f"{words['before']}を1とすると、{words['now']}は{times.equation()}にあたります。",
            f"{words['before']}の{words['what']}を求めます。{before.equation(unit)}",
        ),
        Answer.of(before.value, unit),
        ("割合", "相当算"),
    )


def _search_change(facts: PercentChange) -> Iterator[tuple[int]]:
    """Try every number before, in hundredths."""
    factor = 100 + (facts.percent if facts.more else -facts.percent)
    for before in range(1, 6 * facts.now + 1):
        if before * factor == 100 * facts.now:
            yield (before,)


def _word(facts: PercentChange) -> str:
    return "多い" if facts.more else "少ない"


_YEARS: tuple[Words, ...] = (
    {"before": "去年", "now": "今年", "what": "児童数", "unit": "人", "place": "ある小学校"},
    {"before": "先月", "now": "今月", "what": "来館者数", "unit": "人", "place": "市の図書館"},
    {"before": "きのう", "now": "今日", "what": "売れた数", "unit": "個", "place": "駅前のパン屋"},
)

_CHANGE = Kind(
    "増減の割合",
    _draw_change,
    _YEARS,
    (
        lambda f, w: (
            f"{w['place']}の{w['now']}の{w['what']}は{f.now}{w['unit']}で、{w['before']}より{f.percent}%{_word(f)}です。{w['before']}の{w['what']}は何{w['unit']}ですか。"
        ),
        lambda f, w: (
            f"{w['now']}{w['place']}で{w['what']}を調べたら{f.now}{w['unit']}でした。{w['before']}の{w['what']}をもとにすると{f.percent}%{_word(f)}数だそうです。もとになる"
            f"{w['before']}の数を求めなさい。"
        ),
        lambda f, w: (
            f"「{w['before']}とくらべて{f.percent}%{_word(f)}、{f.now}{w['unit']}」という見出しが、{w['place']}の{w['now']}の{w['what']}についてのっていました。"
            f"{w['before']}は何{w['unit']}だったでしょうか。"
        ),
    ),
    _solve_change,
    _search_change,
)

FAMILY = Family("比と割合", "hi", (_PARTS, _GAP, _CHAIN, _PERCENT, _CHANGE))
