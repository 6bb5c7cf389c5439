"""平均算: averages, and what moves them."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from jtextkit.builders.sansu.expressions import n
from jtextkit.builders.sansu.problems import Answer, Family, Kind, Solution, Words

_MOST = 2000

# What the next must be


@dataclass(frozen=True, slots=True)
class Next:
    """The mean of ``times`` is ``mean``; with one more it shall be ``wanted``."""

    times: int
    mean: int
    wanted: int


def _draw_next(dice: random.Random, grade: int) -> Next | None:
    times = dice.randint(*((3, 6), (3, 12), (5, 30))[grade])
    mean = dice.randint(*((50, 88), (40, 90), (35, 92))[grade])
    wanted = mean + dice.randint(1, 6)
    last = wanted * (times + 1) - mean * times
    return Next(times, mean, wanted) if last <= 100 else None


def _solve_next(facts: Next, words: Words) -> Solution:
    unit = words["unit"]
    before = n(facts.mean) * n(facts.times)
    number = n(facts.times) + n(1)
    after = n(facts.wanted) * number.result
    last = after.result - before.result
    return Solution(
        (
            f"これまでの{facts.times}回の合計は、{before.equation(unit)}です。",
            f"次もふくめると{number.equation('回')}になります。",
            f"平均を{facts.wanted}{unit}にするための合計は、{after.equation(unit)}です。",
            f"次に必要な分を求めます。{last.equation(unit)}",
        ),
        Answer.of(last.value, unit),
        ("平均算",),
    )


def _search_next(facts: Next) -> Iterator[tuple[int]]:
    """Try every next result, and take the mean of all of them."""
    for last in range(_MOST):
        results = [facts.mean] * facts.times + [last]
        if Fraction(sum(results), len(results)) == facts.wanted:
            yield (last,)


_TESTS: tuple[Words, ...] = (
    {"who": "あすか", "thing": "算数のテスト", "unit": "点", "plain": "取る"},
    {"who": "れん", "thing": "漢字テスト", "unit": "点", "plain": "取る"},
    {"who": "みなみ", "thing": "体力テスト", "unit": "点", "plain": "取る"},
)

_NEXT = Kind(
    "次に何点取るか",
    _draw_next,
    _TESTS,
    (
        lambda f, w: (
            f"{w['who']}さんの{f.times}回の{w['thing']}の平均点は{f.mean}点です。次のテストで何点{w['plain']}と、平均点が{f.wanted}点になりますか。"
        ),
        lambda f, w: (
            f"{w['thing']}を{f.times}回受けたところで、{w['who']}さんの平均は{f.mean}点でした。もう1回受けて平均を{f.wanted}点まで上げることが目標です。"
            "その回に必要な点数を求めなさい。"
        ),
        lambda f, w: (
            f"最後の{w['thing']}が返ってくると、{w['who']}さんの平均点は{f.mean}点から{f.wanted}点に変わりました。最後の回をのぞくと、それまでに{f.times}回"
            "受けています。最後の点数は何点でしょうか。"
        ),
    ),
    _solve_next,
    _search_next,
)

# Two groups


@dataclass(frozen=True, slots=True)
class Groups:
    """Two groups with their numbers and means."""

    one: int
    mean_one: int
    two: int
    mean_two: int


def _draw_groups(dice: random.Random, grade: int) -> Groups | None:
    one, two = (dice.randint(*((4, 20), (8, 40), (15, 90))[grade]) for _ in range(2))
    first, second = (dice.randint(*((40, 95), (30, 98), (120, 170))[grade]) for _ in range(2))
    fits = first != second and (one * first + two * second) % (one + two) == 0
    return Groups(one, first, two, second) if fits else None


def _solve_groups(facts: Groups, words: Words) -> Solution:
    unit = words["unit"]
    one, two = n(facts.mean_one) * n(facts.one), n(facts.mean_two) * n(facts.two)
    total, number = one.result + two.result, n(facts.one) + n(facts.two)
    mean = total.result / number.result
    return Solution(
        (
            f"{words['a']}の合計は、{one.equation(unit)}です。",
            f"{words['b']}の合計は、{two.equation(unit)}です。",
            f"全体の合計は{total.equation(unit)}、人数は{number.equation('人')}です。",
            f"全体の平均を求めます。{mean.equation(unit)}",
        ),
        Answer.of(mean.value, unit),
        ("平均算", "面積図"),
    )


def _search_groups(facts: Groups) -> Iterator[tuple[Fraction]]:
    """Write down everybody's value, and take the mean."""
    everybody = [facts.mean_one] * facts.one + [facts.mean_two] * facts.two
    yield (Fraction(sum(everybody), len(everybody)),)


_CLASSES: tuple[Words, ...] = (
    {"a": "男子", "b": "女子", "what": "得点", "unit": "点", "where": "算数の検定"},
    {
        "a": "東小学校",
        "b": "西小学校",
        "what": "走りはばとびの記録",
        "unit": "cm",
        "where": "陸上大会",
    },
    {"a": "午前の参加者", "b": "午後の参加者", "what": "得点", "unit": "点", "where": "クイズ大会"},
)

_GROUPS = Kind(
    "2つの組の平均",
    _draw_groups,
    _CLASSES,
    (
        lambda f, w: (
            f"{w['where']}で、{w['a']}{f.one}人の{w['what']}の平均は{f.mean_one}{w['unit']}、{w['b']}{f.two}人の平均は{f.mean_two}{w['unit']}でした。"
            f"全体の平均は何{w['unit']}ですか。"
        ),
        lambda f, w: (
            f"{w['what']}を調べたところ、{w['b']}の平均が{f.mean_two}{w['unit']}、{w['a']}の平均が{f.mean_one}{w['unit']}になりました。人数は{w['a']}が{f.one}"
            f"人で、{w['b']}が{f.two}人です。{w['a']}と{w['b']}を合わせた全員の平均を求めなさい。"
        ),
        lambda f, w: (
            f"{w['a']}は{f.one}人いて{w['what']}は1人平均{f.mean_one}{w['unit']}、{w['b']}は{f.two}人いて1人平均{f.mean_two}{w['unit']}です。両方を1つに"
            f"まとめると、平均は何{w['unit']}になるでしょうか。"
        ),
    ),
    _solve_groups,
    _search_groups,
)

# How many are in a group


@dataclass(frozen=True, slots=True)
class UnknownGroup:
    """``people`` with mean ``mean``: those of one group have ``high``, the others ``low``."""

    people: int
    mean: int
    high: int
    low: int


def _draw_number(dice: random.Random, grade: int) -> UnknownGroup | None:
    people = dice.randint(*((10, 40), (20, 80), (40, 300))[grade])
    low = dice.randint(*((30, 70), (25, 75), (20, 80))[grade])
    high = low + dice.randint(*((3, 25), (3, 22), (2, 20))[grade])
    group = dice.randint(1, people - 1)
    total = high * group + low * (people - group)
    return UnknownGroup(people, total // people, high, low) if total % people == 0 else None


def _solve_number(facts: UnknownGroup, words: Words) -> Solution:
    unit = words["unit"]
    total, least = n(facts.mean) * n(facts.people), n(facts.low) * n(facts.people)
    more = total.result - least.result
    each = n(facts.high) - n(facts.low)
    number = more.result / each.result
    return Solution(
        (
            f"全体の合計は、{total.equation(unit)}です。",
            f"全員が{facts.low}{unit}だとすると、合計は{least.equation(unit)}です。",
            f"実際との差は、{more.equation(unit)}です。",
            f"{words['a']}は1人につき{each.equation(unit)}多いです。",
            f"{words['a']}の人数を求めます。{number.equation('人')}",
        ),
        Answer.of(number.value, "人"),
        ("平均算", "つるかめ算"),
    )


def _search_number(facts: UnknownGroup) -> Iterator[tuple[int]]:
    for group in range(facts.people + 1):
        total = facts.high * group + facts.low * (facts.people - group)
        if Fraction(total, facts.people) == facts.mean:
            yield (group,)


_NUMBER = Kind(
    "人数を求める",
    _draw_number,
    (
        {"a": "合格者", "b": "不合格者", "what": "試験の点", "unit": "点"},
        {"a": "経験者", "b": "初心者", "what": "ゲームの得点", "unit": "点"},
        {"a": "6年生", "b": "5年生", "what": "ボール投げの得点", "unit": "点"},
    ),
    (
        lambda f, w: (
            f"{f.people}人の{w['what']}の平均は{f.mean}点でした。{w['a']}だけの平均は{f.high}点、{w['b']}だけの平均は{f.low}点です。{w['a']}は何人ですか。"
        ),
        lambda f, w: (
            f"{w['what']}について、{w['a']}の平均点{f.high}点と{w['b']}の平均点{f.low}点をまぜた全体の平均点は{f.mean}点になりました。全体の人数が{f.people}"
            f"人のとき、{w['a']}の人数を求めなさい。"
        ),
        lambda f, w: (
            f"{w['a']}と{w['b']}を合わせて{f.people}人います。{w['b']}の{w['what']}は平均{f.low}点ですが、平均{f.high}点の{w['a']}もいるので、全員では平均"
            f"{f.mean}点です。{w['a']}は全部で何人でしょうか。"
        ),
    ),
    _solve_number,
    _search_number,
)

# One value changes


@dataclass(frozen=True, slots=True)
class Without:
    """``people`` with mean ``mean``; without one of them the mean of the others is ``rest``."""

    people: int
    mean: int
    rest: int


def _draw_without(dice: random.Random, grade: int) -> Without | None:
    people = dice.randint(*((4, 9), (5, 20), (8, 45))[grade])
    mean = dice.randint(*((40, 120), (30, 160), (30, 400))[grade])
    rest = mean + dice.choice((-1, 1)) * dice.randint(1, 6)
    gone = mean * people - rest * (people - 1)
    return Without(people, mean, rest) if gone > 5 else None


def _solve_without(facts: Without, words: Words) -> Solution:
    unit = words["unit"]
    whole = n(facts.mean) * n(facts.people)
    number = n(facts.people) - n(1)
    others = n(facts.rest) * number.result
    gone = whole.result - others.result
    return Solution(
        (
            f"全体の合計は、{whole.equation(unit)}です。",
            f"1つのぞくと、{number.equation(words['counter'])}になります。",
            f"残りの合計は、{others.equation(unit)}です。",
            f"のぞいた分を求めます。{gone.equation(unit)}",
        ),
        Answer.of(gone.value, unit),
        ("平均算",),
    )


def _search_without(facts: Without) -> Iterator[tuple[int]]:
    for gone in range(1, facts.mean * facts.people):
        others = [facts.rest] * (facts.people - 1)
        if Fraction(gone + sum(others), facts.people) == facts.mean:
            yield (gone,)


_WITHOUT = Kind(
    "1つのぞく",
    _draw_without,
    (
        {"thing": "荷物", "counter": "個", "unit": "kg", "what": "重さ"},
        {"thing": "ひも", "counter": "本", "unit": "cm", "what": "長さ"},
        {"thing": "魚", "counter": "ひき", "unit": "g", "what": "重さ"},
    ),
    (
        lambda f, w: (
            f"{w['thing']}が{f.people}{w['counter']}あり、{w['what']}の平均は{f.mean}{w['unit']}です。そのうち1{w['counter']}を取りのぞくと、残りの平均は"
            f"{f.rest}{w['unit']}になります。取りのぞいた{w['thing']}の{w['what']}は何{w['unit']}ですか。"
        ),
        lambda f, w: (
            f"{f.people}{w['counter']}の{w['thing']}の{w['what']}を平均すると{f.mean}{w['unit']}でした。1{w['counter']}だけ人にあげたあとでもう一度平均すると"
            f"{f.rest}{w['unit']}でした。あげた{w['thing']}の{w['what']}を求めなさい。"
        ),
        lambda f, w: (
            f"赤い札のついた{w['thing']}をのぞいた残りの{w['what']}の平均は{f.rest}{w['unit']}、のぞかないときの平均は{f.mean}{w['unit']}です。{w['thing']}は"
            f"全部で{f.people}{w['counter']}あります。赤い札のついた{w['thing']}の{w['what']}は何{w['unit']}でしょうか。"
        ),
    ),
    _solve_without,
    _search_without,
)

FAMILY = Family("平均算", "heikin", (_NEXT, _GROUPS, _NUMBER, _WITHOUT))
