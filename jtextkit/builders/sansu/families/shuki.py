"""周期算: what repeats."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass

from jtextkit.builders.sansu.expressions import n
from jtextkit.builders.sansu.problems import Answer, Family, Kind, Solution, Words

# Colours in a row


@dataclass(frozen=True, slots=True)
class Beads:
    """A period of ``a`` of the first colour, ``b`` of the second, ``c`` of the third, laid out to
    ``total``; how many of the first are there?
    """

    a: int
    b: int
    c: int
    total: int


def _draw_beads(dice: random.Random, grade: int) -> Beads | None:
    a, b, c = (dice.randint(*((1, 3), (1, 4), (2, 7))[grade]) for _ in range(3))
    total = dice.randint(*((20, 150), (60, 500), (300, 3000))[grade])
    return Beads(a, b, c, total) if total % (a + b + c) else None


def _solve_beads(facts: Beads, words: Words) -> Solution:
    counter = words["counter"]
    period = n(facts.a) + n(facts.b) + n(facts.c)
    length = int(period.value)
    times, rest = divmod(facts.total, length)
    more = min(rest, facts.a)
    total = n(facts.a) * n(times) + n(more)
    return Solution(
        (
            f"くり返しの1組は、{period.equation(counter)}です。",
            f"全体には何組あるかを求めます。{facts.total}÷{length}＝{times}あまり{rest}",
            f"あまりの{rest}{counter}のうち、{words['x']}は{more}{counter}です。",
            f"{words['x']}の数を求めます。{total.equation(counter)}",
        ),
        Answer.of(total.value, counter),
        ("周期算",),
    )


def _row(facts: Beads) -> str:
    """The whole row, letter by letter."""
    return (("a" * facts.a + "b" * facts.b + "c" * facts.c) * (facts.total + 1))[: facts.total]


_ROWS: tuple[Words, ...] = (
    {"thing": "ビーズ", "x": "赤", "y": "白", "z": "青", "counter": "個", "past": "ひもに通し"},
    {"thing": "旗", "x": "黄色", "y": "緑", "z": "白", "counter": "本", "past": "1列に立て"},
    {"thing": "タイル", "x": "黒", "y": "白", "z": "灰色", "counter": "枚", "past": "1列にしき"},
    {"thing": "電球", "x": "赤", "y": "緑", "z": "黄色", "counter": "個", "past": "コードにつけ"},
)

_BEADS = Kind(
    "色の数",
    _draw_beads,
    _ROWS,
    (
        lambda f, w: (
            f"{w['x']}{f.a}{w['counter']}、{w['y']}{f.b}{w['counter']}、{w['z']}{f.c}{w['counter']}の順に、{w['thing']}を同じくり返しで{w['past']}ます。全部で"
            f"{f.total}{w['counter']}を使うとき、{w['x']}の{w['thing']}は何{w['counter']}ですか。"
        ),
        lambda f, w: (
            f"はじめに{w['x']}の{w['thing']}が{f.a}{w['counter']}続き、次に{w['y']}が{f.b}{w['counter']}、そのあと{w['z']}が{f.c}{w['counter']}続きます。これを何度も"
            f"くり返したかざりの先頭から{f.total}{w['counter']}目までにふくまれる{w['x']}の数を求めなさい。"
        ),
        lambda f, w: (
            f"{f.total}{w['counter']}の{w['thing']}が、ある決まった順にならんでいます。決まりは「{w['x']}を{f.a}{w['counter']}、{w['y']}を{f.b}{w['counter']}、{w['z']}を"
            f"{f.c}{w['counter']}、また{w['x']}から」です。{w['x']}の{w['thing']}の数はいくつになるでしょうか。"
        ),
    ),
    _solve_beads,
    lambda f: [(_row(f).count("a"),)],
)

# The digits of a fraction


@dataclass(frozen=True, slots=True)
class Digits:
    """Digit number ``place`` after the point of ``top``/``bottom``."""

    top: int
    bottom: int
    place: int


_REPEATING = {7: 6, 11: 2, 13: 6, 27: 3, 37: 3, 41: 5, 33: 2, 101: 4}
"""Bottoms whose fractions repeat from the first digit on, and the length of their period."""


def _draw_digits(dice: random.Random, grade: int) -> Digits | None:
    bottom = dice.choice(((7, 11, 13), (7, 13, 27, 37), (7, 13, 41, 37, 101))[grade])
    top = dice.randint(1, bottom - 1)
    place = dice.randint(*((10, 100), (20, 300), (100, 2000))[grade])
    fits = bottom != 27 or top % 3 != 0
    return Digits(top, bottom, place) if fits else None


def _solve_digits(facts: Digits, _words: Words) -> Solution:
    period = _REPEATING[facts.bottom]
    block = facts.top * (10**period - 1) // facts.bottom
    digits = f"{block:0{period}d}"
    times, rest = divmod(facts.place, period)
    which = rest or period
    end = (
        f"あまりが{rest}なので、くり返しの{rest}番目" if rest else "わり切れるので、くり返しの最後"
    )
    return Solution(
        (
            f"{facts.top}÷{facts.bottom}を計算すると、小数点以下は「{digits}」の{period}つの数字が"
            "くり返されます。",
            f"{facts.place}番目までに何回くり返すかを求めます。{facts.place}÷{period}＝{times}"
            + (f"あまり{rest}" if rest else ""),
            f"{end}の数字は{digits[which - 1]}です。",
        ),
        Answer.of(int(digits[which - 1]), ""),
        ("周期算",),
    )


def _search_digits(facts: Digits) -> Iterator[tuple[int]]:
    """Divide by hand, digit after digit."""
    rest, digit = facts.top, 0
    for _ in range(facts.place):
        digit, rest = divmod(rest * 10, facts.bottom)
    yield (digit,)


_NAMES: tuple[Words, ...] = (
    {"who": "ともき"},
    {"who": "かおり"},
    {"who": "しおん"},
)

_DIGITS = Kind(
    "小数の数字",
    _draw_digits,
    _NAMES,
    (
        lambda f, _w: (
            f"分数{f.top}/{f.bottom}を小数で表したとき、小数第{f.place}位の数字は何ですか。"
        ),
        lambda f, w: (
            f"{w['who']}さんが{f.top}÷{f.bottom}をわり進めると、商の小数点以下に同じ数字の列がくり返し現れました。小数点のすぐ右から数えて{f.place}番目の数字を"
            "求めなさい。"
        ),
    ),
    _solve_digits,
    _search_digits,
)

# The last digit of a power


@dataclass(frozen=True, slots=True)
class Power:
    """The last digit of ``base`` multiplied ``times`` times."""

    base: int
    times: int


def _draw_power(dice: random.Random, grade: int) -> Power | None:
    base = dice.choice(((2, 3, 7, 8), (2, 3, 7, 8, 12, 13), (2, 3, 7, 8, 17, 18, 23, 32))[grade])
    return Power(base, dice.randint(*((8, 200), (20, 500), (100, 3000))[grade]))


def _solve_power(facts: Power, _words: Words) -> Solution:
    last = [facts.base % 10]
    while (following := last[-1] * facts.base % 10) != last[0]:
        last.append(following)
    period = len(last)
    times, rest = divmod(facts.times, period)
    which = last[(rest or period) - 1]
    end = (
        f"あまりが{rest}なので、くり返しの{rest}番目" if rest else "わり切れるので、くり返しの最後"
    )
    return Solution(
        (
            f"一の位だけを計算していくと、{'、'.join(map(str, last))}の{period}つがくり返されます。",
            f"{facts.times}回かけるまでのくり返しを求めます。{facts.times}÷{period}＝{times}"
            + (f"あまり{rest}" if rest else ""),
            f"{end}の数字は{which}です。",
        ),
        Answer.of(which, ""),
        ("周期算",),
    )


def _search_power(facts: Power) -> Iterator[tuple[int]]:
    """Multiply again and again, keeping three digits."""
    number = 1
    for _ in range(facts.times):
        number = number * facts.base % 1000
    yield (number % 10,)


_POWER = Kind(
    "一の位",
    _draw_power,
    _NAMES,
    (
        lambda f, _w: (
            f"{f.base}を{f.times}個かけ合わせた積を考えます。この積の一の位の数字を求めなさい。"
        ),
        lambda f, w: (
            f"{w['who']}さんは電たくで{f.base}に{f.base}をかけ、その答えにまた{f.base}をかけることをくり返します。かける{f.base}の数が全部で{f.times}個になったとき、"
            "答えの一の位は何でしょうか。"
        ),
    ),
    _solve_power,
    _search_power,
)

# A light that goes on and off


@dataclass(frozen=True, slots=True)
class Light:
    """Shines ``on`` seconds, is dark ``off`` seconds; how long does it shine in ``total``?"""

    on: int
    off: int
    total: int


def _draw_light(dice: random.Random, grade: int) -> Light | None:
    on, off = (dice.randint(*((2, 9), (2, 15), (3, 40))[grade]) for _ in range(2))
    total = dice.randint(*((30, 300), (60, 900), (300, 5000))[grade])
    return Light(on, off, total) if total % (on + off) and on != off else None


def _solve_light(facts: Light, words: Words) -> Solution:
    period = n(facts.on) + n(facts.off)
    length = int(period.value)
    times, rest = divmod(facts.total, length)
    more = min(rest, facts.on)
    total = n(facts.on) * n(times) + n(more)
    return Solution(
        (
            f"1回のくり返しは、{period.equation('秒')}です。",
            f"{facts.total}秒間のくり返しを求めます。{facts.total}÷{length}＝{times}あまり{rest}",
            f"あまりの{rest}秒のうち、{words['does']}のは{more}秒です。",
            f"{words['does']}時間の合計を求めます。{total.equation('秒')}",
        ),
        Answer.of(total.value, "秒"),
        ("周期算",),
    )


def _search_light(facts: Light) -> Iterator[tuple[int]]:
    """Look at it every second."""
    shining = 0
    left, bright = facts.on, True
    for _ in range(facts.total):
        shining += bright
        left -= 1
        if left == 0:
            bright = not bright
            left = facts.on if bright else facts.off
    yield (shining,)


_LIGHTS: tuple[Words, ...] = (
    {"thing": "灯台", "does": "光る", "te": "光って", "stops": "消える"},
    {"thing": "信号灯", "does": "点灯する", "te": "点灯して", "stops": "消える"},
    {"thing": "ふん水", "does": "水が出る", "te": "水が出て", "stops": "止まる"},
)

_LIGHT = Kind(
    "ついたり消えたり",
    _draw_light,
    _LIGHTS,
    (
        lambda f, w: (
            f"{f.on}秒間{w['te']}は{f.off}秒間{w['stops']}ことをくり返す{w['thing']}があります。{w['te']}いる状態になった瞬間から{f.total}秒間に、{w['does']}時間は合計"
            "何秒ですか。"
        ),
        lambda f, w: (
            f"ある{w['thing']}を{f.total}秒間見ていました。見始めたのはちょうど{w['does']}状態に変わったときで、{w['does']}時間が{f.on}秒、そうでない時間が{f.off}秒の"
            f"順に、くり返していました。{w['does']}のを見ていた時間は全部で何秒でしょうか。"
        ),
    ),
    _solve_light,
    _search_light,
)

# Meeting again: the least common multiple


@dataclass(frozen=True, slots=True)
class Again:
    """Two things happen together now, and every ``a`` and ``b`` minutes; how often in ``total``?"""

    a: int
    b: int
    total: int


def _draw_again(dice: random.Random, grade: int) -> Again | None:
    a, b = (dice.randint(*((4, 20), (6, 40), (12, 90))[grade]) for _ in range(2))
    total = dice.randint(*((60, 300), (120, 720), (400, 3000))[grade])
    return Again(a, b, total) if a != b and b % a and a % b and total > a * b // 2 else None


def _solve_again(facts: Again, _words: Words) -> Solution:
    both = facts.a
    while both % facts.b:
        both += facts.a
    times, rest = divmod(facts.total, both)
    total = n(times) + n(1)
    shown = f"{facts.total}÷{both}＝{times}" + (f"あまり{rest}" if rest else "")
    return Solution(
        (
            f"同時になるのは、{facts.a}と{facts.b}の最小公倍数の{both}分ごとです。",
            f"{facts.total}分の間に何回あるかを求めます。{shown}",
            f"はじめの1回もふくめて数えます。{total.equation('回')}",
        ),
        Answer.of(total.value, "回"),
        ("周期算", "倍数と約数"),
    )


def _search_again(facts: Again) -> Iterator[tuple[int]]:
    """Look at the clock every minute."""
    yield (sum(not t % facts.a and not t % facts.b for t in range(facts.total + 1)),)


_BUSES: tuple[Words, ...] = (
    {"a": "駅行きのバス", "b": "病院行きのバス", "does": "発車し", "te": "発車して", "plain": "発車する", "place": "バスターミナル"},
    {"a": "大きなかね", "b": "小さなかね", "does": "鳴り", "te": "鳴って", "plain": "鳴る", "place": "広場の時計台"},
    {"a": "赤いロープウェイ", "b": "青いロープウェイ", "does": "出発し", "te": "出発して", "plain": "出発する", "place": "ふもとの駅"},
)  # fmt: skip

_AGAIN = Kind(
    "同時になる回数",
    _draw_again,
    _BUSES,
    (
        lambda f, w: (
            f"{w['place']}では、{w['a']}が{f.a}分ごと、{w['b']}が{f.b}分ごとに{w['does']}ます。今、両方が同時に{w['does']}ました。今から{f.total}分後までの間に、両方が"
            f"同時に{w['plain']}のは、今の1回もふくめて何回ですか。"
        ),
        lambda f, w: (
            f"{w['a']}と{w['b']}が{w['place']}で同時に{w['te']}から、{f.total}分がたちました。{w['a']}は{f.a}分おき、{w['b']}は{f.b}分おきに{w['plain']}ことになって"
            "います。最初の同時をふくめて、同時だった回数を求めなさい。"
        ),
        lambda f, w: (
            f"{w['plain']}間かくは、{w['a']}が{f.a}分、{w['b']}が{f.b}分です。{w['place']}で最初に両方いっしょに{w['does']}、そのあとの{f.total}分間ずっと続くと、いっしょに"
            f"{w['plain']}回数は最初もふくめて何回になるでしょうか。"
        ),
    ),
    _solve_again,
    _search_again,
)

FAMILY = Family("周期算", "shuki", (_BEADS, _DIGITS, _POWER, _LIGHT, _AGAIN))
