"""分配算: sharing so that one part is a multiple of another, with or without a remainder."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass

from jtextkit.builders.sansu.expressions import n
from jtextkit.builders.sansu.problems import Answer, Family, Kind, Solution, Words


@dataclass(frozen=True, slots=True)
class UnequalShares:
    """``total`` in two parts, the larger ``times`` the smaller and ``more`` besides."""

    total: int
    times: int
    more: int


def _draw_share(dice: random.Random, grade: int) -> UnequalShares | None:
    times = dice.randint(*((2, 4), (2, 6), (3, 9))[grade])
    low = dice.randint(*((5, 120), (20, 400), (80, 1500))[grade])
    more = dice.randint(*((1, 15), (5, 60), (20, 300))[grade])
    return UnequalShares(low * (times + 1) + more, times, more)


def _search_more(facts: UnequalShares) -> Iterator[tuple[int, int]]:
    """Hand out one by one: for each small part, is the rest what was agreed?"""
    for low in range(1, facts.total):
        if facts.total - low == facts.times * low + facts.more:
            yield facts.total - low, low


_PAIRS: tuple[Words, ...] = (
    {"high": "姉", "low": "妹", "thing": "シール", "unit": "枚"},
    {"high": "父", "low": "子", "thing": "くり", "unit": "個"},
    {"high": "Aさん", "low": "Bさん", "thing": "おはじき", "unit": "個"},
    {"high": "兄", "low": "弟", "thing": "お年玉", "unit": "円"},
)


def _solve_more(facts: UnequalShares, words: Words) -> Solution:
    high, low, unit = words["high"], words["low"], words["unit"]
    even = n(facts.total) - n(facts.more)
    parts = n(facts.times) + n(1)
    less = even.result / parts.result
    most = n(facts.total) - less.result
    return Solution(
        (
            f"全体から{facts.more}{unit}を取りのぞくと、{high}の分は{low}の分のちょうど{facts.times}倍に"
            f"なります。{even.equation(unit)}",
            f"{low}の分を1とすると、{high}の分は{facts.times}なので、合わせて{parts.equation()}にあたります。",
            f"{low}の分を求めます。{less.equation(unit)}",
            f"{high}の分を求めます。{most.equation(unit)}",
        ),
        Answer.parts(*[(high, most.value, unit), (low, less.value, unit)]),
        ("分配算", "線分図"),
    )


_MORE = Kind(
    "何倍より多く",
    _draw_share,
    _PAIRS,
    (
        lambda f, w: (
            f"{f.total}{w['unit']}の{w['thing']}を{w['high']}と{w['low']}で分けます。{w['high']}の分が{w['low']}の分の"
            f"{f.times}倍より{f.more}{w['unit']}多くなるようにすると、2人の分はそれぞれ何{w['unit']}ですか。"
        ),
        lambda f, w: (
            f"{w['high']}と{w['low']}が集めた{w['thing']}をくらべたところ、{w['high']}は{w['low']}の{f.times}倍と、さらに"
            f"{f.more}{w['unit']}を持っていました。2人の{w['thing']}を合わせると{f.total}{w['unit']}になります。"
            f"{w['high']}と{w['low']}は何{w['unit']}ずつ持っているでしょうか。"
        ),
        lambda f, w: (
            f"{w['high']}が持っている{w['thing']}を{f.more}{w['unit']}だけ箱にしまうと、残りは{w['low']}の{w['thing']}の"
            f"{f.times}倍です。箱の中の分もふくめた2人の{w['thing']}は全部で{f.total}{w['unit']}でした。"
            "しまう前に2人が持っていた数をそれぞれ求めなさい。"
        ),
    ),
    _solve_more,
    _search_more,
)

# One part is a multiple of the other less something


def _draw_less(dice: random.Random, grade: int) -> UnequalShares | None:
    times = dice.randint(*((2, 4), (2, 6), (3, 9))[grade])
    low = dice.randint(*((12, 120), (40, 400), (150, 1500))[grade])
    less = dice.randint(*((1, 10), (3, 30), (10, 120))[grade])
    return UnequalShares(low * (times + 1) - less, times, less)


def _solve_less(facts: UnequalShares, words: Words) -> Solution:
    high, low, unit = words["high"], words["low"], words["unit"]
    even = n(facts.total) + n(facts.more)
    parts = n(facts.times) + n(1)
    less = even.result / parts.result
    most = n(facts.total) - less.result
    return Solution(
        (
            f"{high}があと{facts.more}{unit}多ければ、{low}のちょうど{facts.times}倍になります。"
            f"そのときの合計を求めます。{even.equation(unit)}",
            f"この合計は{low}の{parts.equation('倍')}にあたります。",
            f"{low}を求めます。{less.equation(unit)}",
            f"{high}を求めます。{most.equation(unit)}",
        ),
        Answer.parts(*[(high, most.value, unit), (low, less.value, unit)]),
        ("分配算", "線分図"),
    )


def _search_less(facts: UnequalShares) -> Iterator[tuple[int, int]]:
    for low in range(1, facts.total):
        if facts.total - low + facts.more == facts.times * low:
            yield facts.total - low, low


_COUNTS: tuple[Words, ...] = (
    {"high": "大人", "low": "子ども", "place": "映画館", "unit": "人"},
    {"high": "男子", "low": "女子", "place": "スイミングスクール", "unit": "人"},
    {"high": "金魚", "low": "めだか", "place": "公園の池", "unit": "ひき"},
    {"high": "大きい魚", "low": "小さい魚", "place": "水族館の水そう", "unit": "ひき"},
)

_LESS = Kind(
    "何倍より少なく",
    _draw_less,
    _COUNTS,
    (
        lambda f, w: (
            f"{w['place']}に{w['high']}と{w['low']}が合わせて{f.total}{w['unit']}います。{w['high']}の数は{w['low']}の数の"
            f"{f.times}倍より{f.more}{w['unit']}少ないそうです。それぞれ何{w['unit']}いますか。"
        ),
        lambda f, w: (
            f"{w['place']}で{w['high']}と{w['low']}の数を調べると、全部で{f.total}{w['unit']}でした。もし{w['high']}だけが"
            f"{f.more}{w['unit']}増えれば、{w['low']}のちょうど{f.times}倍になります。調べたときの{w['high']}と{w['low']}の"
            "数を答えなさい。"
        ),
        lambda f, w: (
            f"{w['low']}の数を{f.times}倍して{f.more}をひくと{w['high']}の数になります。これは{w['place']}で数えたときの"
            f"話で、合計は{f.total}{w['unit']}でした。{w['high']}と{w['low']}はそれぞれ何{w['unit']}だったのでしょうか。"
        ),
    ),
    _solve_less,
    _search_less,
)  # fmt: skip

# Three people


@dataclass(frozen=True, slots=True)
class ThreeShares:
    """``total`` for three: the middle ``times`` the lowest, the highest ``more`` above the middle."""

    total: int
    times: int
    more: int


def _draw_three(dice: random.Random, grade: int) -> ThreeShares | None:
    times = dice.randint(*((2, 3), (2, 4), (2, 6))[grade])
    low = dice.randint(*((6, 100), (20, 300), (100, 1200))[grade])
    more = dice.randint(*((2, 20), (5, 60), (20, 300))[grade])
    return ThreeShares(low * (2 * times + 1) + more, times, more)


def _solve_three(facts: ThreeShares, words: Words) -> Solution:
    a, b, c, unit = words["a"], words["b"], words["c"], words["unit"]
    even = n(facts.total) - n(facts.more)
    parts = n(1) + n(facts.times) + n(facts.times)
    low = even.result / parts.result
    middle = low.result * n(facts.times)
    high = middle.result + n(facts.more)
    return Solution(
        (
            f"{a}から{facts.more}{unit}を取りのぞくと、{a}は{b}と同じになります。"
            f"そのときの合計は、{even.equation(unit)}です。",
            f"{c}を1とすると{b}も{a}も{facts.times}なので、合計は{parts.equation()}にあたります。",
            f"{c}を求めます。{low.equation(unit)}",
            f"{b}を求めます。{middle.equation(unit)}",
            f"{a}を求めます。{high.equation(unit)}",
        ),
        Answer.parts(*[(a, high.value, unit), (b, middle.value, unit), (c, low.value, unit)]),
        ("分配算", "線分図"),
    )


def _search_three(facts: ThreeShares) -> Iterator[tuple[int, int, int]]:
    for low in range(1, facts.total):
        middle = facts.times * low
        high = facts.total - low - middle
        if high < 0:
            return
        if high - facts.more == middle:
            yield high, middle, low


_TRIOS: tuple[Words, ...] = (
    {"a": "Aの箱", "b": "Bの箱", "c": "Cの箱", "thing": "ボール", "unit": "個"},
    {"a": "赤い水そう", "b": "青い水そう", "c": "白い水そう", "thing": "小石", "unit": "個"},
    {"a": "赤組", "b": "白組", "c": "青組", "thing": "どんぐり", "unit": "個"},
)

_THREE = Kind(
    "3つに分ける",
    _draw_three,
    _TRIOS,
    (
        lambda f, w: (
            f"{f.total}個の{w['thing']}を{w['a']}、{w['b']}、{w['c']}に分けました。{w['b']}は{w['c']}の{f.times}倍で、{w['a']}は"
            f"{w['b']}より{f.more}個多いです。{w['a']}、{w['b']}、{w['c']}はそれぞれ何個ですか。"
        ),
        lambda f, w: (
            f"{w['thing']}の数についてのメモがあります。「{w['c']}がいちばん少ない。{w['b']}はその{f.times}倍。{w['a']}は"
            f"{w['b']}よりも{f.more}個多い。合計は{f.total}個。」このメモから、3つの数を{w['a']}、{w['b']}、{w['c']}の順に"
            "求めなさい。"
        ),
        lambda f, w: (
            f"{w['a']}の{w['thing']}から{f.more}個へらすと{w['b']}の{w['thing']}と同じ数になり、それは{w['c']}の{w['thing']}の"
            f"{f.times}倍です。へらす前の3つの合計が{f.total}個であるとき、はじめの数はそれぞれ何個でしたか。"
        ),
        lambda f, w: (
            f"{w['c']}、{w['b']}、{w['a']}の順に{w['thing']}が多くなっています。{w['c']}を{f.times}倍した数が{w['b']}で、{w['b']}に"
            f"{f.more}個をたした数が{w['a']}にあたります。3つを合わせて{f.total}個になるのは、それぞれが何個のときですか。"
        ),
    ),
    _solve_three,
    _search_three,
)  # fmt: skip

# Giving back and forth


@dataclass(frozen=True, slots=True)
class Equal:
    """``total`` handed to two so that one gives the other ``given`` and both have the same."""

    total: int
    given: int


def _draw_equal(dice: random.Random, grade: int) -> Equal | None:
    half = dice.randint(*((20, 150), (60, 500), (300, 3000))[grade])
    given = dice.randint(*((2, 18), (5, 50), (30, 250))[grade])
    return Equal(2 * half, given)


def _solve_equal(facts: Equal, words: Words) -> Solution:
    high, low, unit = words["high"], words["low"], words["unit"]
    half = n(facts.total) / n(2)
    most = half.result + n(facts.given)
    less = half.result - n(facts.given)
    return Solution(
        (
            f"わたしたあとは2人とも同じなので、1人分は合計の半分です。{half.equation(unit)}",
            f"{high}はわたす前、これより{facts.given}{unit}多く持っていました。{most.equation(unit)}",
            f"{low}はもらう前、これより{facts.given}{unit}少なく持っていました。{less.equation(unit)}",
        ),
        Answer.parts(*[(high, most.value, unit), (low, less.value, unit)]),
        ("分配算",),
    )


def _search_equal(facts: Equal) -> Iterator[tuple[int, int]]:
    for high in range(facts.given, facts.total + 1):
        low = facts.total - high
        if high - facts.given == low + facts.given:
            yield high, low


_GIVING = Kind(
    "わたして等しく",
    _draw_equal,
    _PAIRS,
    (
        lambda f, w: (
            f"{w['high']}と{w['low']}は合わせて{f.total}{w['unit']}の{w['thing']}を持っています。{w['high']}が{w['low']}に{f.given}"
            f"{w['unit']}わたすと、2人の数は等しくなりました。はじめ、2人はそれぞれ何{w['unit']}持っていましたか。"
        ),
        lambda f, w: (
            f"{w['low']}は{w['high']}から{w['thing']}を{f.given}{w['unit']}もらいました。すると2人は同じだけ持つことになり、その"
            f"合計は{f.total}{w['unit']}です。もらう前に{w['high']}と{w['low']}が持っていた{w['thing']}は何{w['unit']}ずつですか。"
        ),
    ),
    _solve_equal,
    _search_equal,
)

FAMILY = Family("分配算", "bunpai", (_MORE, _LESS, _THREE, _GIVING))
