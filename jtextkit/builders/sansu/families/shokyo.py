"""消去算: two sums of the same two things; one thing is made to vanish."""

from __future__ import annotations

import math
import random
from collections.abc import Iterator
from dataclasses import dataclass

from jtextkit.builders.sansu.expressions import n
from jtextkit.builders.sansu.problems import Answer, Family, Kind, Solution, Words


@dataclass(frozen=True, slots=True)
class Bills:
    """``a`` of one thing and ``b`` of another cost ``first``; ``c`` and ``d`` cost ``second``."""

    a: int
    b: int
    first: int
    c: int
    d: int
    second: int


def _bills(dice: random.Random, grade: int) -> tuple[int, int, int, int, int, int]:
    step = (10, 10, 5)[grade]
    x, y = (step * dice.randint(*((3, 20), (4, 30), (8, 80))[grade]) for _ in range(2))
    a, b, c, d = (dice.randint(*((1, 5), (2, 7), (2, 12))[grade]) for _ in range(4))
    return a, b, c, d, x, y


def _draw_same(dice: random.Random, grade: int) -> Bills | None:
    a, b, c, _, x, y = _bills(dice, grade)
    if c == a or x == y:
        return None
    a, c = min(a, c), max(a, c)
    return Bills(a, b, a * x + b * y, c, b, c * x + b * y)


def _draw_multiple(dice: random.Random, grade: int) -> Bills | None:
    a, b, c, d, x, y = _bills(dice, grade)
    if a * d == b * c or x == y or b == d or a == c or b == 1 or d == 1:
        return None
    return Bills(a, b, a * x + b * y, c, d, c * x + d * y)


def _search(facts: Bills) -> Iterator[tuple[int, int]]:
    """Try every price of the first thing."""
    for x in range(1, facts.first // facts.a + 1):
        y, over = divmod(facts.first - facts.a * x, facts.b)
        if not over and y > 0 and facts.c * x + facts.d * y == facts.second:
            yield x, y


_GOODS: tuple[Words, ...] = (
    {"x": "えん筆", "y": "ノート", "xc": "本", "yc": "冊", "unit": "円", "verb": "買う", "sum": "代金"},
    {"x": "りんご", "y": "みかん", "xc": "個", "yc": "個", "unit": "円", "verb": "買う", "sum": "代金"},
    {"x": "ケーキ", "y": "プリン", "xc": "個", "yc": "個", "unit": "円", "verb": "買う", "sum": "代金"},
    {"x": "コロッケ", "y": "メンチカツ", "xc": "個", "yc": "個", "unit": "円", "verb": "買う", "sum": "代金"},
)  # fmt: skip


def _solve_same(facts: Bills, words: Words) -> Solution:
    more = n(facts.second) - n(facts.first)
    number = n(facts.c) - n(facts.a)
    x = more.result / number.result
    y = (n(facts.first) - x.result * n(facts.a)) / n(facts.b)
    return Solution(
        (
            f"{words['y']}の数は同じなので、代金の差は{words['x']}の数の差によるものです。"
            f"{more.equation('円')}",
            f"{words['x']}の数の差は、{number.equation(words['xc'])}です。",
            f"{words['x']}1{words['xc']}のねだんは、{x.equation('円')}です。",
            f"{words['y']}1{words['yc']}のねだんは、{y.equation('円')}です。",
        ),
        Answer.parts(*[(words["x"], x.value, "円"), (words["y"], y.value, "円")]),
        ("消去算",),
    )


_SAME = Kind(
    "片方の数が同じ",
    _draw_same,
    _GOODS,
    (
        lambda f, w: (
            f"{w['x']}{f.a}{w['xc']}と{w['y']}{f.b}{w['yc']}の代金は{f.first}円、{w['x']}{f.c}{w['xc']}と{w['y']}{f.d}{w['yc']}の代金は"
            f"{f.second}円です。{w['x']}1{w['xc']}と{w['y']}1{w['yc']}のねだんは、それぞれ何円ですか。"
        ),
        lambda f, w: (
            f"{w['y']}を{f.b}{w['yc']}選び、{w['x']}を{f.a}{w['xc']}つけると合計{f.first}円になります。{w['y']}はそのままで{w['x']}を{f.c}"
            f"{w['xc']}に増やすと、合計は{f.second}円に上がります。{w['x']}と{w['y']}の1つ分のねだんを求めなさい。"
        ),
        lambda f, w: (
            f"2まいのレシートを見ると、1まい目は{w['x']}{f.a}{w['xc']}・{w['y']}{f.b}{w['yc']}で{f.first}円、2まい目は{w['x']}{f.c}"
            f"{w['xc']}・{w['y']}{f.d}{w['yc']}で{f.second}円でした。{w['x']}は1{w['xc']}何円で、{w['y']}は1{w['yc']}何円でしょうか。"
        ),
    ),
    _solve_same,
    _search,
)


def _solve_multiple(facts: Bills, words: Words) -> Solution:
    number = math.lcm(facts.b, facts.d)
    up, down = n(number) / n(facts.b), n(number) / n(facts.d)
    one, two = n(facts.first) * up.result, n(facts.second) * down.result
    many, few = n(facts.a) * up.result, n(facts.c) * down.result
    if many.value > few.value:
        money, count = one.result - two.result, many.result - few.result
    else:
        money, count = two.result - one.result, few.result - many.result
    x = money.result / count.result
    y = (n(facts.first) - x.result * n(facts.a)) / n(facts.b)
    xc, yc = words["xc"], words["yc"]
    return Solution(
        (
            f"{words['y']}の数を{number}{yc}にそろえます。はじめの買い方は{up.equation('倍')}、"
            f"あとの買い方は{down.equation('倍')}します。",
            f"はじめの買い方では、{words['x']}が{many.equation(xc)}、代金が{one.equation('円')}になります。",
            f"あとの買い方では、{words['x']}が{few.equation(xc)}、代金が{two.equation('円')}になります。",
            f"代金の差は{money.equation('円')}、{words['x']}の数の差は{count.equation(xc)}です。",
            f"{words['x']}1{xc}のねだんは、{x.equation('円')}です。",
            f"{words['y']}1{yc}のねだんは、{y.equation('円')}です。",
        ),
        Answer.parts(*[(words["x"], x.value, "円"), (words["y"], y.value, "円")]),
        ("消去算",),
    )


_MULTIPLE = Kind(
    "数をそろえる",
    _draw_multiple,
    _GOODS,
    (
        lambda f, w: (
            f"ある店で{w['x']}を{f.a}{w['xc']}と{w['y']}を{f.b}{w['yc']}買うと{f.first}円です。また、{w['x']}を{f.c}{w['xc']}と{w['y']}を"
            f"{f.d}{w['yc']}買うと{f.second}円です。{w['x']}と{w['y']}のねだんをそれぞれ求めなさい。"
        ),
        lambda f, w: (
            f"姉は{w['x']}{f.a}{w['xc']}、{w['y']}{f.b}{w['yc']}を買って{f.first}円はらいました。妹は同じ店で{w['x']}{f.c}{w['xc']}、{w['y']}"
            f"{f.d}{w['yc']}を買い、はらったのは{f.second}円でした。1つ分のねだんは、{w['x']}と{w['y']}でそれぞれ何円になりますか。"
        ),
        lambda f, w: (
            f"{w['x']}と{w['y']}のつめ合わせが2種類あります。{f.first}円のほうには{w['x']}が{f.a}{w['xc']}と{w['y']}が{f.b}{w['yc']}、"
            f"{f.second}円のほうには{w['x']}が{f.c}{w['xc']}と{w['y']}が{f.d}{w['yc']}入っています。箱代やわり引きはないものとして、"
            f"{w['x']}1{w['xc']}と{w['y']}1{w['yc']}のねだんを答えなさい。"
        ),
    ),
    _solve_multiple,
    _search,
    grades=(1, 2),
)

# One thing told by the other


@dataclass(frozen=True, slots=True)
class Told:
    """One of the first costs ``gap`` more than one of the second; ``a`` and ``b`` cost ``total``."""

    gap: int
    a: int
    b: int
    total: int


def _draw_told(dice: random.Random, grade: int) -> Told | None:
    step = (10, 10, 5)[grade]
    y = step * dice.randint(*((3, 20), (4, 25), (8, 50))[grade])
    gap = step * dice.randint(*((1, 12), (2, 20), (3, 40))[grade])
    a, b = (dice.randint(*((2, 6), (2, 9), (3, 15))[grade]) for _ in range(2))
    return Told(gap, a, b, a * (y + gap) + b * y)


def _solve_told(facts: Told, words: Words) -> Solution:
    extra = n(facts.gap) * n(facts.a)
    rest = n(facts.total) - extra.result
    number = n(facts.a) + n(facts.b)
    y = rest.result / number.result
    x = y.result + n(facts.gap)
    return Solution(
        (
            f"{words['x']}{facts.a}{words['xc']}を{words['y']}におきかえると、代金は{extra.equation('円')}下がります。",
            f"{words['y']}だけの代金にすると、{rest.equation('円')}です。",
            f"その数は全部で{number.equation(words['yc'])}です。",
            f"{words['y']}のねだんは、{y.equation('円')}です。",
            f"{words['x']}のねだんは、{x.equation('円')}です。",
        ),
        Answer.parts(*[(words["x"], x.value, "円"), (words["y"], y.value, "円")]),
        ("消去算",),
    )


def _search_told(facts: Told) -> Iterator[tuple[int, int]]:
    for y in range(1, facts.total):
        x = y + facts.gap
        if facts.a * x + facts.b * y == facts.total:
            yield x, y


_TOLD = Kind(
    "おきかえる",
    _draw_told,
    _GOODS,
    (
        lambda f, w: (
            f"{w['x']}1{w['xc']}は{w['y']}1{w['yc']}より{f.gap}円高いです。{w['x']}{f.a}{w['xc']}と{w['y']}{f.b}{w['yc']}で{f.total}円になる"
            f"とき、{w['x']}と{w['y']}の1つ分のねだんをそれぞれ求めなさい。"
        ),
        lambda f, w: (
            f"全部で{f.total}円の買い物をしました。内わけは{w['y']}が{f.b}{w['yc']}と{w['x']}が{f.a}{w['xc']}です。{w['y']}1{w['yc']}の"
            f"ねだんに{f.gap}円をたすと{w['x']}1{w['xc']}のねだんと同じです。それぞれ1つ何円ですか。"
        ),
        lambda f, w: (
            f"{w['x']}を買うはずの{f.total}円で、{w['x']}{f.a}{w['xc']}のほかに{w['y']}も{f.b}{w['yc']}買えました。おつりはなく、{w['x']}は"
            f"{w['y']}とくらべて1つにつき{f.gap}円高いねだんでした。{w['x']}は1{w['xc']}何円、{w['y']}は1{w['yc']}何円でしょうか。"
        ),
    ),
    _solve_told,
    _search_told,
)

# Sums by twos of three things


@dataclass(frozen=True, slots=True)
class Pairs:
    """Three amounts, known two by two."""

    ab: int
    bc: int
    ca: int


def _draw_pairs(dice: random.Random, grade: int) -> Pairs | None:
    a, b, c = (dice.randint(*((5, 60), (20, 250), (100, 1500))[grade]) for _ in range(3))
    return Pairs(a + b, b + c, c + a) if len({a, b, c}) == 3 else None


def _solve_pairs(facts: Pairs, words: Words) -> Solution:
    a, b, c, unit = words["a"], words["b"], words["c"], words["unit"]
    twice = n(facts.ab) + n(facts.bc) + n(facts.ca)
    once = twice.result / n(2)
    first, second, third = (once.result - n(other) for other in (facts.bc, facts.ca, facts.ab))
    return Solution(
        (
            f"3つの和をすべてたすと、{a}、{b}、{c}が2回ずつ入ります。{twice.equation(unit)}",
            f"{a}、{b}、{c}の合計は、{once.equation(unit)}です。",
            f"合計から{b}と{c}の和をひくと、{a}は{first.equation(unit)}です。",
            f"同じように、{b}は{second.equation(unit)}です。",
            f"{c}は{third.equation(unit)}です。",
        ),
        Answer.parts(*[(a, first.value, unit), (b, second.value, unit), (c, third.value, unit)]),
        ("消去算",),
    )


def _search_pairs(facts: Pairs) -> Iterator[tuple[int, int, int]]:
    for a in range(1, facts.ab):
        b, c = facts.ab - a, facts.ca - a
        if c > 0 and b + c == facts.bc:
            yield a, b, c


_PAIRS = Kind(
    "2つずつの和",
    _draw_pairs,
    (
        {"a": "赤い箱", "b": "青い箱", "c": "白い箱", "thing": "重さ", "unit": "g"},
        {"a": "赤いロープ", "b": "青いロープ", "c": "白いロープ", "thing": "長さ", "unit": "cm"},
        {"a": "東町", "b": "西町", "c": "南町", "thing": "集めた古紙の重さ", "unit": "kg"},
    ),
    (
        lambda f, w: (
            f"{w['a']}、{w['b']}、{w['c']}の{w['thing']}について、{w['a']}と{w['b']}の和は{f.ab}{w['unit']}、{w['b']}と{w['c']}の和は{f.bc}"
            f"{w['unit']}、{w['c']}と{w['a']}の和は{f.ca}{w['unit']}です。それぞれ何{w['unit']}ですか。"
        ),
        lambda f, w: (
            f"{w['thing']}を2つずつ合わせてはかったところ、{w['a']}と{w['b']}では{f.ab}{w['unit']}、{w['a']}と{w['c']}では{f.ca}{w['unit']}、"
            f"{w['b']}と{w['c']}では{f.bc}{w['unit']}でした。1つずつの{w['thing']}を、{w['a']}、{w['b']}、{w['c']}の順に求めなさい。"
        ),
        lambda f, w: (
            f"{w['a']}をのぞいた2つの{w['thing']}の合計は{f.bc}{w['unit']}、{w['b']}をのぞいた2つの合計は{f.ca}{w['unit']}、{w['c']}をのぞいた"
            f"2つの合計は{f.ab}{w['unit']}になります。{w['a']}、{w['b']}、{w['c']}の{w['thing']}はそれぞれ何{w['unit']}でしょうか。"
        ),
    ),
    _solve_pairs,
    _search_pairs,
)

FAMILY = Family("消去算", "shokyo", (_SAME, _MULTIPLE, _TOLD, _PAIRS))
