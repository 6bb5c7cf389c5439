"""和差算: two or three amounts from their sum and their differences."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass

from jtextkit.builders.sansu.expressions import n
from jtextkit.builders.sansu.problems import Answer, Family, Kind, Solution, Words


@dataclass(frozen=True, slots=True)
class TwoAmounts:
    """Two amounts: ``total`` together, one ``gap`` more than the other."""

    total: int
    gap: int


def _draw_two(dice: random.Random, grade: int) -> TwoAmounts | None:
    low = dice.randint(*((4, 90), (30, 600), (200, 4000))[grade])
    gap = dice.randint(*((2, 40), (6, 200), (25, 1500))[grade])
    return TwoAmounts(2 * low + gap, gap)


def _search_two(facts: TwoAmounts) -> Iterator[tuple[int, int]]:
    for low in range(facts.total + 1):
        high = facts.total - low
        if high - low == facts.gap:
            yield high, low


def _solve_two(facts: TwoAmounts, words: Words) -> Solution:
    high, low, unit = words["high"], words["low"], words["unit"]
    twice = n(facts.total) + n(facts.gap)
    more = twice.result / n(2)
    less = more.result - n(facts.gap)
    return Solution(
        (
            f"{low}に{facts.gap}{unit}をたすと{high}と同じになるので、和に差をたすと{high}の2つ分です。"
            f"{twice.equation(unit)}",
            f"{high}を求めます。{more.equation(unit)}",
            f"{low}を求めます。{less.equation(unit)}",
        ),
        Answer.parts(*[(high, more.value, unit), (low, less.value, unit)]),
        ("和差算",),
    )


_PEOPLE: tuple[Words, ...] = (
    {"high": "兄", "low": "弟", "unit": "円", "thing": "おこづかい"},
    {"high": "姉", "low": "妹", "unit": "枚", "thing": "折り紙"},
    {"high": "まさき", "low": "ゆうと", "unit": "個", "thing": "ビー玉"},
    {"high": "母", "low": "娘", "unit": "枚", "thing": "写真"},
)

_SHARING = Kind(
    "2人の持ち物",
    _draw_two,
    _PEOPLE,
    (
        lambda f, w: (
            f"{w['high']}と{w['low']}が持っている{w['thing']}は合わせて{f.total}{w['unit']}で、{w['high']}のほうが"
            f"{f.gap}{w['unit']}多いそうです。2人はそれぞれ何{w['unit']}持っていますか。"
        ),
        lambda f, w: (
            f"{f.total}{w['unit']}の{w['thing']}を{w['high']}と{w['low']}の2人で分けます。{w['low']}の分が{w['high']}の分より"
            f"{f.gap}{w['unit']}少なくなるようにするには、それぞれ何{w['unit']}にすればよいですか。"
        ),
        lambda f, w: (
            f"{w['high']}の{w['thing']}から{f.gap}{w['unit']}を取りのぞくと、{w['low']}の{w['thing']}と同じ数になります。"
            f"取りのぞく前の2人の合計は{f.total}{w['unit']}です。はじめにそれぞれが持っていた数を求めなさい。"
        ),
    ),
    _solve_two,
    _search_two,
)

_SIZES: tuple[Words, ...] = (
    {"high": "長いほう", "low": "短いほう", "unit": "cm", "thing": "テープ", "one": "1本"},
    {"high": "長いほう", "low": "短いほう", "unit": "cm", "thing": "ひも", "one": "1本"},
    {"high": "長いほう", "low": "短いほう", "unit": "cm", "thing": "針金", "one": "1本"},
)

_CUTTING = Kind(
    "2つに切る",
    _draw_two,
    _SIZES,
    (
        lambda f, w: (
            f"長さ{f.total}cmの{w['thing']}を2本に切ったら、長さのちがいが{f.gap}cmになりました。長いほうと短いほうは"
            "それぞれ何cmですか。"
        ),
        lambda f, w: (
            f"{w['one']}の{w['thing']}があり、全体の長さは{f.total}cmです。これを2つに切り分け、一方がもう一方より"
            f"{f.gap}cmだけ長くなるようにしたいと思います。2本の長さを長い順に答えなさい。"
        ),
        lambda f, w: (
            f"2本の{w['thing']}をつなぐと{f.total}cm、並べてくらべると差は{f.gap}cmです。つなぎ目の長さは考えません。"
            f"それぞれの{w['thing']}の長さは何cmでしょうか。"
        ),
    ),
    _solve_two,
    _search_two,
)

# The sides of a rectangle: half the way round is their sum


@dataclass(frozen=True, slots=True)
class Rectangle:
    """A rectangle ``around`` long, its width ``gap`` more than its height."""

    around: int
    gap: int


def _draw_rectangle(dice: random.Random, grade: int) -> Rectangle | None:
    low = dice.randint(*((3, 50), (10, 160), (40, 900))[grade])
    gap = dice.randint(*((1, 30), (3, 80), (10, 400))[grade])
    return Rectangle(2 * (2 * low + gap), gap)


def _solve_rectangle(facts: Rectangle, words: Words) -> Solution:
    unit = words["unit"]
    half = n(facts.around) / n(2)
    twice = half.result - n(facts.gap)
    low = twice.result / n(2)
    high = low.result + n(facts.gap)
    return Solution(
        (
            f"たてと横の長さの和は、まわりの長さの半分です。{half.equation(unit)}",
            f"和から差をひくと、たての2つ分になります。{twice.equation(unit)}",
            f"たての長さは、{low.equation(unit)}です。",
            f"横の長さは、{high.equation(unit)}です。",
        ),
        Answer.parts(*[("たて", low.value, unit), ("横", high.value, unit)]),
        ("和差算",),
    )


def _search_rectangle(facts: Rectangle) -> Iterator[tuple[int, int]]:
    for low in range(1, facts.around):
        high = low + facts.gap
        if low + high + low + high == facts.around:
            yield low, high


_FIELDS: tuple[Words, ...] = (
    {"thing": "長方形の畑", "unit": "m"},
    {"thing": "長方形の花だん", "unit": "m"},
    {"thing": "長方形の厚紙", "unit": "cm"},
    {"thing": "長方形の絵", "unit": "cm"},
)

_SIDES = Kind(
    "長方形の辺",
    _draw_rectangle,
    _FIELDS,
    (
        lambda f, w: (
            f"まわりの長さが{f.around}{w['unit']}の{w['thing']}があります。横はたてより{f.gap}{w['unit']}長いです。"
            f"たてと横の長さはそれぞれ何{w['unit']}ですか。"
        ),
        lambda f, w: (
            f"{w['thing']}のまわりをロープで1周囲むと、ちょうど{f.around}{w['unit']}いりました。たての長さが横の長さより"
            f"{f.gap}{w['unit']}短いとき、たてと横の長さを求めなさい。"
        ),
        lambda f, w: (
            f"{w['thing']}をかくために、4つの辺の長さの合計を{f.around}{w['unit']}、たてと横の差を{f.gap}{w['unit']}と"
            f"決めました。横のほうを長くするなら、それぞれ何{w['unit']}にすればよいでしょうか。"
        ),
    ),
    _solve_rectangle,
    _search_rectangle,
)

# Three amounts


@dataclass(frozen=True, slots=True)
class ThreeAmounts:
    """Three amounts, ``total`` together: the first ``first`` more than the second, that ``second``
    more than the third.
    """

    total: int
    first: int
    second: int


def _draw_three(dice: random.Random, grade: int) -> ThreeAmounts | None:
    low = dice.randint(*((5, 80), (20, 300), (100, 1500))[grade])
    first = dice.randint(*((2, 20), (5, 60), (20, 300))[grade])
    second = dice.randint(*((2, 20), (5, 60), (20, 300))[grade])
    return ThreeAmounts(3 * low + 2 * second + first, first, second)


def _solve_three(facts: ThreeAmounts, words: Words) -> Solution:
    a, b, c, unit = words["a"], words["b"], words["c"], words["unit"]
    more = n(facts.first) + n(facts.second)
    thrice = n(facts.total) - n(facts.second) - more.result
    low = thrice.result / n(3)
    middle = low.result + n(facts.second)
    high = middle.result + n(facts.first)
    return Solution(
        (
            f"いちばん少ない{c}をもとにします。{a}は{c}より{more.equation(unit)}多いです。",
            f"合計から{b}の多い分と{a}の多い分をひくと、{c}の3つ分になります。{thrice.equation(unit)}",
            f"{c}は、{low.equation(unit)}です。",
            f"{b}は、{middle.equation(unit)}です。",
            f"{a}は、{high.equation(unit)}です。",
        ),
        Answer.parts(*[(a, high.value, unit), (b, middle.value, unit), (c, low.value, unit)]),
        ("和差算",),
    )


def _search_three(facts: ThreeAmounts) -> Iterator[tuple[int, int, int]]:
    for low in range(facts.total // 3 + 1):
        middle = low + facts.second
        high = facts.total - low - middle
        if high - middle == facts.first:
            yield high, middle, low


_TRIOS: tuple[Words, ...] = (
    {"a": "赤組", "b": "白組", "c": "青組", "thing": "運動会の得点", "unit": "点"},
    {"a": "長男", "b": "次男", "c": "三男", "thing": "ためたお金", "unit": "円"},
    {"a": "東町", "b": "西町", "c": "南町", "thing": "集めた空きかん", "unit": "個"},
)

_THREE = Kind(
    "3つの数",
    _draw_three,
    _TRIOS,
    (
        lambda f, w: (
            f"{w['a']}、{w['b']}、{w['c']}の{w['thing']}は、合計で{f.total}{w['unit']}です。{w['a']}は{w['b']}より{f.first}"
            f"{w['unit']}多く、{w['b']}は{w['c']}より{f.second}{w['unit']}多いです。それぞれ何{w['unit']}ですか。"
        ),
        lambda f, w: (
            f"{w['thing']}をくらべました。いちばん多いのは{w['a']}で、2番目の{w['b']}との差は{f.first}{w['unit']}です。"
            f"また、{w['c']}は{w['b']}に{f.second}{w['unit']}およびませんでした。3つを合わせた数が{f.total}{w['unit']}の"
            f"とき、{w['a']}、{w['b']}、{w['c']}の数をそれぞれ求めなさい。"
        ),
        lambda f, w: (
            f"{w['c']}の{w['thing']}は、あと{f.second}{w['unit']}あれば{w['b']}と並びます。その{w['b']}も{w['a']}より{f.first}"
            f"{w['unit']}少なくなっています。全体では{f.total}{w['unit']}でした。{w['a']}、{w['b']}、{w['c']}はそれぞれ何"
            f"{w['unit']}でしょうか。"
        ),
    ),
    _solve_three,
    _search_three,
    grades=(1, 2),
)

FAMILY = Family("和差算", "wasa", (_SHARING, _CUTTING, _SIDES, _THREE))
