"""倍数算: two amounts whose ratio changes, while their sum, difference or one of them does not."""

from __future__ import annotations

import math
import random
from collections.abc import Iterator
from dataclasses import dataclass

from jtextkit.builders.sansu.expressions import n
from jtextkit.builders.sansu.problems import Answer, Family, Kind, Solution, Words


@dataclass(frozen=True, slots=True)
class Ratios:
    """Amounts in the ratio ``a : b`` are, after ``change`` has moved, as ``c : d``."""

    a: int
    b: int
    c: int
    d: int
    change: int


def _ratio(dice: random.Random, grade: int) -> tuple[int, int]:
    top = (5, 9, 13)[grade]
    a, b = dice.randint(1, top), dice.randint(1, top)
    return (a, b) if a != b and math.gcd(a, b) == 1 else (0, 0)


_TRADES: tuple[Words, ...] = (
    {"one": "兄", "two": "弟", "thing": "お金", "unit": "円"},
    {"one": "ゆか", "two": "まい", "thing": "ビーズ", "unit": "個"},
    {"one": "赤い箱", "two": "青い箱", "thing": "カード", "unit": "枚"},
    {"one": "東のたな", "two": "西のたな", "thing": "本", "unit": "冊"},
)

# One gives to the other: the sum stays


def _draw_given(dice: random.Random, grade: int) -> Ratios | None:
    (a, b), (c, d) = _ratio(dice, grade), _ratio(dice, grade)
    if not a or not c or a * d <= c * b:
        return None
    whole = math.lcm(a + b, c + d)
    step = a * whole // (a + b) - c * whole // (c + d)
    return Ratios(a, b, c, d, step * dice.randint(*((1, 12), (2, 40), (5, 120))[grade]))


def _search_given(facts: Ratios) -> Iterator[tuple[int, int]]:
    """Try amounts in the first ratio, and hand over."""
    for part in range(1, 40 * facts.change + 1):
        one, two = facts.a * part, facts.b * part
        if one < facts.change:
            continue
        if (one - facts.change) * facts.d == (two + facts.change) * facts.c:
            yield one, two


def _solve_given(facts: Ratios, words: Words) -> Solution:
    one, two, unit = words["one"], words["two"], words["unit"]
    before, after = n(facts.a) + n(facts.b), n(facts.c) + n(facts.d)
    whole = math.lcm(facts.a + facts.b, facts.c + facts.d)
    first, second = n(whole) / before.result, n(whole) / after.result
    many, few = n(facts.a) * first.result, n(facts.c) * second.result
    step = many.result - few.result
    part = n(facts.change) / step.result
    had = many.result * part.result
    other = (n(whole) - many.result) * part.result
    return Solution(
        (
            f"わたしても2つの和は変わりません。和を表す比の数は{before.equation()}と{after.equation()}なので、"
            f"和を{whole}にそろえます。",
            f"はじめの{one}は{facts.a}×{first.result}＝{many.result}、あとの{one}は"
            f"{facts.c}×{second.result}＝{few.result}にあたります。",
            f"わたした{facts.change}{unit}は、比の{step.equation()}にあたります。",
            f"比の1にあたる量は、{part.equation(unit)}です。",
            f"はじめの{one}は、{had.equation(unit)}です。",
            f"はじめの{two}は、{other.equation(unit)}です。",
        ),
        Answer.parts(*[(one, had.value, unit), (two, other.value, unit)]),
        ("倍数算", "比"),
    )


_GIVEN = Kind(
    "和が一定",
    _draw_given,
    _TRADES,
    (
        lambda f, w: (
            f"{w['one']}と{w['two']}の{w['thing']}の比は{f.a}：{f.b}でしたが、{w['one']}から{w['two']}へ{f.change}{w['unit']}うつすと、"
            f"{f.c}：{f.d}になりました。はじめの{w['one']}と{w['two']}の{w['thing']}は、それぞれ何{w['unit']}ですか。"
        ),
        lambda f, w: (
            f"{w['two']}に{w['thing']}を{f.change}{w['unit']}うつしたので、{w['one']}の{w['thing']}は{w['two']}の{w['thing']}と{f.c}対{f.d}の"
            f"割合になりました。うつす前は{f.a}対{f.b}の割合でした。うつす前の2つの{w['thing']}の数を、{w['one']}、{w['two']}の順に"
            "答えなさい。"
        ),
        lambda f, w: (
            f"今、{w['one']}：{w['two']}の{w['thing']}の比が{f.c}：{f.d}です。さっきまでこの比は{f.a}：{f.b}で、ちがいは{w['one']}の"
            f"{f.change}{w['unit']}を{w['two']}に動かしたことだけです。動かす前は、{w['one']}に何{w['unit']}、{w['two']}に何{w['unit']}"
            "ありましたか。"
        ),
    ),
    _solve_given,
    _search_given,
    grades=(1, 2),
)

# Both get or spend the same: the difference stays


def _draw_same(dice: random.Random, grade: int) -> Ratios | None:
    (a, b), (c, d) = _ratio(dice, grade), _ratio(dice, grade)
    if not a or not c or a <= b or c <= d:
        return None
    gap = math.lcm(a - b, c - d)
    spent = a * gap // (a - b) - c * gap // (c - d)
    if spent <= 0:
        return None
    return Ratios(a, b, c, d, spent * dice.randint(*((5, 60), (5, 90), (10, 200))[grade]))


def _search_same(facts: Ratios) -> Iterator[tuple[int, int]]:
    for part in range(1, 40 * facts.change + 1):
        one, two = facts.a * part, facts.b * part
        if two < facts.change:
            continue
        if (one - facts.change) * facts.d == (two - facts.change) * facts.c:
            yield one, two


def _solve_same(facts: Ratios, words: Words) -> Solution:
    one, two, unit = words["one"], words["two"], words["unit"]
    before, after = n(facts.a) - n(facts.b), n(facts.c) - n(facts.d)
    gap = math.lcm(facts.a - facts.b, facts.c - facts.d)
    first, second = n(gap) / before.result, n(gap) / after.result
    many, few = n(facts.a) * first.result, n(facts.c) * second.result
    step = many.result - few.result
    part = n(facts.change) / step.result
    had = many.result * part.result
    other = (n(facts.b) * first.result).result * part.result
    return Solution(
        (
            f"同じだけへるので、2つの差は変わりません。差を表す比の数は{before.equation()}と{after.equation()}なので、"
            f"差を{gap}にそろえます。",
            f"はじめの{one}は{facts.a}×{first.result}＝{many.result}、あとの{one}は"
            f"{facts.c}×{second.result}＝{few.result}にあたります。",
            f"へった{facts.change}{unit}は、比の{step.equation()}にあたります。",
            f"比の1にあたる量は、{part.equation(unit)}です。",
            f"はじめの{one}は、{had.equation(unit)}です。",
            f"はじめの{two}は、{other.equation(unit)}です。",
        ),
        Answer.parts(*[(one, had.value, unit), (two, other.value, unit)]),
        ("倍数算", "比"),
    )


_SPENT: tuple[Words, ...] = (
    {"one": "姉", "two": "妹", "thing": "おこづかい", "unit": "円", "used": "買い物に使う"},
    {"one": "A班", "two": "B班", "thing": "画用紙", "unit": "枚", "used": "工作に使う"},
    {"one": "太いびん", "two": "細いびん", "thing": "油", "unit": "mL", "used": "料理に使う"},
)

_SAME = Kind(
    "差が一定",
    _draw_same,
    _SPENT,
    (
        lambda f, w: (
            f"{w['one']}と{w['two']}の{w['thing']}の比は{f.a}：{f.b}です。どちらも{f.change}{w['unit']}ずつ{w['used']}と、残りの比は"
            f"{f.c}：{f.d}になります。{w['used']}前は、それぞれ何{w['unit']}ありましたか。"
        ),
        lambda f, w: (
            f"{w['one']}にも{w['two']}にも{w['thing']}があり、量の割合は{f.a}対{f.b}です。両方から等しく{f.change}{w['unit']}を{w['used']}"
            f"ことにすると、あとに残る量の割合は{f.c}対{f.d}です。はじめの{w['one']}と{w['two']}の{w['thing']}の量を求めなさい。"
        ),
        lambda f, w: (
            f"{f.change}{w['unit']}ずつ{w['used']}前とあとで、{w['one']}と{w['two']}の{w['thing']}の比をくらべました。前は{f.a}：{f.b}、"
            f"あとは{f.c}：{f.d}でした。前の{w['thing']}は{w['one']}が何{w['unit']}、{w['two']}が何{w['unit']}だったでしょうか。"
        ),
    ),
    _solve_same,
    _search_same,
)

# Only one changes


def _draw_one(dice: random.Random, grade: int) -> Ratios | None:
    (a, b), (c, d) = _ratio(dice, grade), _ratio(dice, grade)
    if not a or not c or c * b <= a * d:
        return None
    same = math.lcm(b, d)
    step = c * same // d - a * same // b
    return Ratios(a, b, c, d, step * dice.randint(*((2, 50), (3, 60), (5, 150))[grade]))


def _search_one(facts: Ratios) -> Iterator[tuple[int, int]]:
    for part in range(1, 40 * facts.change + 1):
        one, two = facts.a * part, facts.b * part
        if (one + facts.change) * facts.d == two * facts.c:
            yield one, two


def _solve_one(facts: Ratios, words: Words) -> Solution:
    one, two, unit = words["one"], words["two"], words["unit"]
    same = math.lcm(facts.b, facts.d)
    first, second = n(same) / n(facts.b), n(same) / n(facts.d)
    few, many = n(facts.a) * first.result, n(facts.c) * second.result
    step = many.result - few.result
    part = n(facts.change) / step.result
    had, other = few.result * part.result, n(same) * part.result
    return Solution(
        (
            f"{two}は変わらないので、{two}を表す比の数を{same}にそろえます。"
            f"{first.equation('倍')}と{second.equation('倍')}です。",
            f"はじめの{one}は{few.equation()}、増えたあとは{many.equation()}にあたります。",
            f"増えた{facts.change}{unit}は、比の{step.equation()}にあたります。",
            f"比の1にあたる量は、{part.equation(unit)}です。",
            f"はじめの{one}は、{had.equation(unit)}です。",
            f"{two}は、{other.equation(unit)}です。",
        ),
        Answer.parts(*[(one, had.value, unit), (two, other.value, unit)]),
        ("倍数算", "比"),
    )


_JOINING: tuple[Words, ...] = (
    {"one": "男子", "two": "女子", "place": "テニスクラブ", "unit": "人", "join": "入会し", "thing": "人数"},
    {"one": "子ども", "two": "大人", "place": "山登りの会", "unit": "人", "join": "加わり", "thing": "人数"},
    {"one": "白い花", "two": "赤い花", "place": "学校の花だん", "unit": "本", "join": "植えられ", "thing": "本数"},
)  # fmt: skip

_ONE = Kind(
    "一方だけ変わる",
    _draw_one,
    _JOINING,
    (
        lambda f, w: (
            f"{w['place']}の{w['one']}と{w['two']}の{w['thing']}の比は{f.a}：{f.b}でした。そこに{w['one']}だけが{f.change}{w['unit']}{w['join']}"
            f"、比が{f.c}：{f.d}に変わりました。はじめの{w['one']}と{w['two']}はそれぞれ何{w['unit']}ですか。"
        ),
        lambda f, w: (
            f"{w['place']}で、{w['two']}{f.d}に対して{w['one']}が{f.c}の割合になるように{w['one']}を{f.change}{w['unit']}増やしました。"
            f"もともとは{w['two']}{f.b}に対して{w['one']}が{f.a}の割合です。もともとの{w['one']}と{w['two']}の{w['thing']}を求めなさい。"
        ),
        lambda f, w: (
            f"{w['one']}の{w['thing']}が{f.change}{w['unit']}増える前と増えたあとで、{w['place']}の{w['one']}と{w['two']}の割合は{f.a}対{f.b}から"
            f"{f.c}対{f.d}へ変わりました。{w['two']}の{w['thing']}は同じです。増える前の{w['one']}と{w['two']}は何{w['unit']}ずつでしょうか。"
        ),
    ),
    _solve_one,
    _search_one,
)

# Given: how much must be handed over for a multiple


@dataclass(frozen=True, slots=True)
class Hand:
    """``one`` and ``two``; after handing over, the first is ``times`` the second."""

    one: int
    two: int
    times: int


def _draw_hand(dice: random.Random, grade: int) -> Hand | None:
    times = dice.randint(*((2, 4), (2, 6), (3, 9))[grade])
    less = dice.randint(*((6, 60), (20, 200), (80, 900))[grade])
    moved = dice.randint(*((2, 30), (5, 90), (20, 400))[grade])
    one, two = times * less - moved, less + moved
    return Hand(one, two, times) if one > 0 else None


def _solve_hand(facts: Hand, words: Words) -> Solution:
    unit = words["unit"]
    total = n(facts.one) + n(facts.two)
    parts = n(facts.times) + n(1)
    less = total.result / parts.result
    moved = n(facts.two) - less.result
    return Solution(
        (
            f"うつしても合計は変わりません。{total.equation(unit)}",
            f"うつしたあと、合計は{words['two']}の{parts.equation('倍')}になります。",
            f"そのときの{words['two']}は、{less.equation(unit)}です。",
            f"へった分がうつした量です。{moved.equation(unit)}",
        ),
        Answer.of(moved.value, unit),
        ("倍数算", "線分図"),
    )


def _search_hand(facts: Hand) -> Iterator[tuple[int]]:
    for moved in range(facts.two):
        if facts.one + moved == facts.times * (facts.two - moved):
            yield (moved,)


_TIMES = Kind(
    "何倍にする",
    _draw_hand,
    _TRADES,
    (
        lambda f, w: (
            f"{w['one']}には{f.one}{w['unit']}、{w['two']}には{f.two}{w['unit']}の{w['thing']}があります。{w['two']}から{w['one']}へ何{w['unit']}"
            f"うつすと、{w['one']}の{w['thing']}が{w['two']}の{w['thing']}の{f.times}倍になりますか。"
        ),
        lambda f, w: (
            f"{f.one}{w['unit']}の{w['thing']}を持つ{w['one']}が、{f.two}{w['unit']}を持つ{w['two']}から何{w['unit']}か受け取り、ちょうど"
            f"{w['two']}の{f.times}倍の{w['thing']}を持つようになりました。受け取った{w['thing']}の数を求めなさい。"
        ),
        lambda f, w: (
            f"{w['two']}の{w['thing']}{f.two}{w['unit']}の一部を{w['one']}の{f.one}{w['unit']}に合わせて、{w['one']}の分が{w['two']}の残りの"
            f"{f.times}倍になるようにします。{w['two']}の{w['thing']}を何{w['unit']}動かせばよいでしょうか。"
        ),
    ),
    _solve_hand,
    _search_hand,
)

FAMILY = Family("倍数算", "baisu", (_GIVEN, _SAME, _ONE, _TIMES))
