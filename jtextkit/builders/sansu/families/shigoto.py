"""仕事算: work that several do together, by what each does in a day."""

from __future__ import annotations

import math
import random
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from jtextkit.builders.sansu.expressions import n
from jtextkit.builders.sansu.problems import Answer, Family, Kind, Solution, Words

_MOST_DAYS = 1000

# Two together


@dataclass(frozen=True, slots=True)
class Together:
    """One alone needs ``a`` days, the other ``b``."""

    a: int
    b: int


def _draw_together(dice: random.Random, grade: int) -> Together | None:
    top = (60, 200, 900)[grade]
    a, b = dice.randint(2, top), dice.randint(2, top)
    return Together(a, b) if a != b and a * b % (a + b) == 0 else None


def _solve_together(facts: Together, words: Words) -> Solution:
    a, b, unit = words["a"], words["b"], words["unit"]
    whole = math.lcm(facts.a, facts.b)
    one, two = n(whole) / n(facts.a), n(whole) / n(facts.b)
    rate = one.result + two.result
    days = n(whole) / rate.result
    return Solution(
        (
            f"全体の量を{facts.a}と{facts.b}の最小公倍数の{whole}とします。",
            f"1{unit}にする量は、{a}が{one.equation()}、{b}が{two.equation()}です。",
            f"いっしょにすると、1{unit}に{rate.equation()}進みます。",
            f"かかる時間を求めます。{days.equation(words['time'])}",
        ),
        Answer.of(days.value, words["time"]),
        ("仕事算",),
    )


def _search_together(facts: Together) -> Iterator[tuple[int]]:
    """Add up each one's share of the work, day after day."""
    done, days = Fraction(0), 0
    while done < 1:
        done += Fraction(1, facts.a) + Fraction(1, facts.b)
        days += 1
    if done == 1:
        yield (days,)


_WORKERS: tuple[Words, ...] = (
    {"a": "Aさん", "b": "Bさん", "work": "畑をたがやす仕事", "do": "する", "unit": "日", "time": "日"},
    {"a": "父", "b": "兄", "work": "へいにペンキをぬる仕事", "do": "する", "unit": "時間", "time": "時間"},
    {"a": "機械A", "b": "機械B", "work": "部品を作る作業", "do": "する", "unit": "時間", "time": "時間"},
    {"a": "A管", "b": "B管", "work": "水そうを満水にする作業", "do": "する", "unit": "分", "time": "分"},
)  # fmt: skip

_TOGETHER = Kind(
    "いっしょにする",
    _draw_together,
    _WORKERS,
    (
        lambda f, w: (
            f"{w['work']}を、{w['a']}だけですると{f.a}{w['time']}、{w['b']}だけですると{f.b}{w['time']}かかります。{w['a']}と{w['b']}が"
            f"いっしょにすると、何{w['time']}で終わりますか。"
        ),
        lambda f, w: (
            f"{w['a']}は{f.a}{w['time']}、{w['b']}は{f.b}{w['time']}あれば、1つの{w['work']}をそれぞれ終えられます。はじめから両方の力を"
            f"合わせたとき、終わるまでの時間は何{w['time']}でしょうか。"
        ),
        lambda f, w: (
            f"同じ{w['work']}にかかる時間をくらべると、{w['b']}の場合は{f.b}{w['time']}、{w['a']}の場合は{f.a}{w['time']}でした。1{w['unit']}"
            f"に進む量はいつも同じとして、両方が同時に取りかかったときにかかる時間を求めなさい。"
        ),
        lambda f, w: (
            f"{w['work']}をたのむ先が2つあります。{w['a']}にたのむと{f.a}{w['time']}後、{w['b']}にたのむと{f.b}{w['time']}後に仕上がります。"
            f"両方にたのんで分担してもらうと、最も早くて何{w['time']}後に仕上がりますか。"
        ),
    ),
    _solve_together,
    _search_together,
)

# One goes on alone


@dataclass(frozen=True, slots=True)
class Alone:
    """One needs ``a`` days, the other ``b``; the first works ``first`` days alone."""

    a: int
    b: int
    first: int


def _draw_alone(dice: random.Random, grade: int) -> Alone | None:
    top = (48, 70, 150)[grade]
    a, b = dice.randint(4, top), dice.randint(4, top)
    first = dice.randint(1, a - 1)
    rest = Fraction(a - first, a) * b
    return Alone(a, b, first) if a != b and rest.denominator == 1 else None


def _solve_alone(facts: Alone, words: Words) -> Solution:
    a, b, time = words["a"], words["b"], words["time"]
    whole = math.lcm(facts.a, facts.b)
    one, two = n(whole) / n(facts.a), n(whole) / n(facts.b)
    done = one.result * n(facts.first)
    rest = n(whole) - done.result
    days = rest.result / two.result
    return Solution(
        (
            f"全体の量を{whole}とすると、1{words['unit']}にする量は、{a}が{one.equation()}、{b}が{two.equation()}です。",
            f"{a}がした量は、{done.equation()}です。",
            f"残りの量は、{rest.equation()}です。",
            f"{b}がかかる時間を求めます。{days.equation(time)}",
        ),
        Answer.of(days.value, time),
        ("仕事算",),
    )


def _search_alone(facts: Alone) -> Iterator[tuple[int]]:
    for days in range(1, _MOST_DAYS):
        if Fraction(facts.first, facts.a) + Fraction(days, facts.b) == 1:
            yield (days,)


_ALONE = Kind(
    "交代する",
    _draw_alone,
    _WORKERS,
    (
        lambda f, w: (
            f"{w['a']}だけですると{f.a}{w['time']}、{w['b']}だけですると{f.b}{w['time']}かかる仕事があります。はじめの{f.first}{w['time']}は"
            f"{w['a']}がして、そのあとを{w['b']}にかわりました。{w['b']}は何{w['time']}で残りを終えますか。"
        ),
        lambda f, w: (
            f"{w['work']}を{w['a']}が始めましたが、{f.first}{w['time']}たったところで{w['b']}と交代し、残りは全部{w['b']}がしました。"
            f"この仕事の全体は、{w['a']}なら{f.a}{w['time']}、{w['b']}なら{f.b}{w['time']}かかる量です。{w['b']}がした時間を求めなさい。"
        ),
        lambda f, w: (
            f"全部を終えるのに{w['b']}は{f.b}{w['time']}、{w['a']}は{f.a}{w['time']}かかります。{w['a']}による作業が{f.first}{w['time']}分だけ"
            f"すんでいるとすると、{w['b']}があと何{w['time']}続ければ{w['work']}は完了するでしょうか。"
        ),
    ),
    _solve_alone,
    _search_alone,
)

# Both, and one stops


@dataclass(frozen=True, slots=True)
class Stops:
    """Both begin; after ``both`` days the first stops."""

    a: int
    b: int
    both: int


def _draw_stops(dice: random.Random, grade: int) -> Stops | None:
    top = (48, 70, 150)[grade]
    a, b = dice.randint(4, top), dice.randint(4, top)
    both = dice.randint(1, max(1, a * b // (a + b) - 1))
    left = 1 - both * (Fraction(1, a) + Fraction(1, b))
    days = left * b
    return Stops(a, b, both) if a != b and days > 0 and days.denominator == 1 else None


def _solve_stops(facts: Stops, words: Words) -> Solution:
    a, b, time = words["a"], words["b"], words["time"]
    whole = math.lcm(facts.a, facts.b)
    one, two = n(whole) / n(facts.a), n(whole) / n(facts.b)
    rate = one.result + two.result
    done = rate.result * n(facts.both)
    rest = n(whole) - done.result
    days = rest.result / two.result
    total = n(facts.both) + days.result
    return Solution(
        (
            f"全体の量を{whole}とすると、1{words['unit']}にする量は、{a}が{one.equation()}、{b}が{two.equation()}です。",
            f"いっしょにした{facts.both}{time}では、1{words['unit']}に{rate.equation()}ずつ進みます。",
            f"その間に進んだ量は、{done.equation()}です。",
            f"残りの量は、{rest.equation()}です。",
            f"残りを{b}だけですると、{days.equation(time)}かかります。",
            f"はじめからの時間は、{total.equation(time)}です。",
        ),
        Answer.of(total.value, time),
        ("仕事算",),
    )


def _search_stops(facts: Stops) -> Iterator[tuple[int]]:
    """Work on until nothing is left."""
    left, days = Fraction(1), 0
    while left > 0 and days < _MOST_DAYS:
        left -= Fraction(1, facts.b) + (Fraction(1, facts.a) if days < facts.both else 0)
        days += 1
    if left == 0:
        yield (days,)


_STOPS = Kind(
    "とちゅうでやめる",
    _draw_stops,
    _WORKERS,
    (
        lambda f, w: (
            f"{w['a']}だけだと{f.a}{w['time']}、{w['b']}だけだと{f.b}{w['time']}かかる{w['work']}があります。いっしょに始めましたが、{f.both}"
            f"{w['time']}で{w['a']}がやめ、あとは{w['b']}だけで最後まで続けました。全部で何{w['time']}かかりましたか。"
        ),
        lambda f, w: (
            f"{w['work']}にかかる時間は、{w['a']}が{f.a}{w['time']}、{w['b']}が{f.b}{w['time']}です。はじめは両方で取り組み、{w['a']}は"
            f"{f.both}{w['time']}たつとぬけてしまいます。開始から完了までの時間を求めなさい。"
        ),
        lambda f, w: (
            f"{w['b']}は{w['work']}を最初から最後まで休まずに続け、{w['a']}は最初の{f.both}{w['time']}だけ手伝いました。一方だけでするときの"
            f"時間が{w['a']}は{f.a}{w['time']}、{w['b']}は{f.b}{w['time']}だとすると、{w['b']}が続けた時間は何{w['time']}でしょうか。"
        ),
    ),
    _solve_stops,
    _search_stops,
)

# The other one alone, from together


@dataclass(frozen=True, slots=True)
class OtherWorker:
    """Together ``both`` days, one alone ``a``."""

    both: int
    a: int


def _draw_other(dice: random.Random, grade: int) -> OtherWorker | None:
    top = (60, 200, 900)[grade]
    a, b = dice.randint(3, top), dice.randint(3, top)
    return OtherWorker(a * b // (a + b), a) if a != b and a * b % (a + b) == 0 else None


def _solve_other(facts: OtherWorker, words: Words) -> Solution:
    a, b, time = words["a"], words["b"], words["time"]
    whole = math.lcm(facts.a, facts.both)
    rate, one = n(whole) / n(facts.both), n(whole) / n(facts.a)
    two = rate.result - one.result
    days = n(whole) / two.result
    return Solution(
        (
            f"全体の量を{facts.both}と{facts.a}の最小公倍数の{whole}とします。",
            f"1{words['unit']}に進む量は、いっしょだと{rate.equation()}、{a}だけだと{one.equation()}です。",
            f"{b}が1{words['unit']}にする量は、{two.equation()}です。",
            f"{b}だけでかかる時間を求めます。{days.equation(time)}",
        ),
        Answer.of(days.value, time),
        ("仕事算",),
    )


def _search_other(facts: OtherWorker) -> Iterator[tuple[int]]:
    top = facts.both * facts.a + 1
    for b in range(facts.both + 1, top):
        if facts.both * (facts.a + b) == facts.a * b:
            yield (b,)


_OTHER = Kind(
    "もう一方だけなら",
    _draw_other,
    _WORKERS,
    (
        lambda f, w: (
            f"{w['a']}と{w['b']}がいっしょにすると{f.both}{w['time']}で終わる{w['work']}があります。これを{w['a']}だけですると{f.a}{w['time']}"
            f"かかります。{w['b']}だけですると何{w['time']}かかりますか。"
        ),
        lambda f, w: (
            f"{w['work']}は、{w['a']}だけでは{f.a}{w['time']}かかりますが、{w['b']}も加わったので{f.both}{w['time']}で仕上がりました。"
            f"もし{w['a']}がいなかったら、{w['b']}は何{w['time']}かかったでしょうか。"
        ),
    ),
    _solve_other,
    _search_other,
)

FAMILY = Family("仕事算", "shigoto", (_TOGETHER, _ALONE, _STOPS, _OTHER))
