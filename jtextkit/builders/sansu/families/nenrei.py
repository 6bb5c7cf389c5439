"""年齢算: the difference of ages never changes."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass

from jtextkit.builders.sansu.expressions import n
from jtextkit.builders.sansu.problems import Answer, Family, Kind, Solution, Words

_OLDEST = 105


@dataclass(frozen=True, slots=True)
class Ages:
    """Two ages now, and how many times the lower the higher is to be."""

    old: int
    young: int
    times: int


def _draw_after(dice: random.Random, grade: int) -> Ages | None:
    times = dice.randint(*((2, 3), (2, 4), (2, 6))[grade])
    young = dice.randint(1, (12, 20, 30)[grade])
    years = dice.randint(1, (15, 25, 40)[grade])
    old = times * (young + years) - years
    return Ages(old, young, times) if young + 18 <= old and old + years <= _OLDEST else None


_FAMILIES: tuple[Words, ...] = (
    {"old": "父", "young": "子ども"},
    {"old": "母", "young": "むすめ"},
    {"old": "おばさん", "young": "めい"},
    {"old": "先生", "young": "ゆうたさん"},
    {"old": "おじ", "young": "おい"},
)


def _solve_after(facts: Ages, words: Words) -> Solution:
    old, young = words["old"], words["young"]
    gap = n(facts.old) - n(facts.young)
    parts = n(facts.times) - n(1)
    then = gap.result / parts.result
    years = then.result - n(facts.young)
    return Solution(
        (
            f"2人の年れいの差は何年たっても変わりません。{gap.equation('才')}",
            f"{old}が{young}の{facts.times}倍になるとき、{young}の年れいを1とすると、差は{parts.equation()}にあたります。",
            f"そのときの{young}の年れいは、{then.equation('才')}です。",
            f"今からの年数を求めます。{years.equation('年後')}",
        ),
        Answer.of(years.value, "年後"),
        ("年齢算", "線分図"),
    )


def _search_after(facts: Ages) -> Iterator[tuple[int]]:
    """Let year after year go by."""
    for years in range(_OLDEST):
        if facts.old + years == facts.times * (facts.young + years):
            yield (years,)


_AFTER = Kind(
    "何年後",
    _draw_after,
    _FAMILIES,
    (
        lambda f, w: (
            f"今、{w['old']}は{f.old}才、{w['young']}は{f.young}才です。{w['old']}の年れいが{w['young']}の年れいの{f.times}倍に"
            "なるのは、今から何年後ですか。"
        ),
        lambda f, w: (
            f"{w['young']}は今年{f.young}才になり、{w['old']}は{f.old}才になりました。このまま年をとっていくと、何年後かに"
            f"{w['old']}の年れいがちょうど{w['young']}の{f.times}倍になります。それは何年後でしょうか。"
        ),
        lambda f, w: (
            f"{f.old}才の{w['old']}と{f.young}才の{w['young']}がいます。「あと何年かすると、わたしの年れいはあなたの"
            f"{f.times}倍になるね」と{w['old']}が言いました。あと何年か求めなさい。"
        ),
    ),
    _solve_after,
    _search_after,
)


def _draw_before(dice: random.Random, grade: int) -> Ages | None:
    times = dice.randint(*((3, 5), (3, 7), (3, 11))[grade])
    then = dice.randint(1, (8, 12, 16)[grade])
    years = dice.randint(1, (12, 20, 35)[grade])
    old, young = times * then + years, then + years
    return Ages(old, young, times) if young + 16 <= old <= _OLDEST else None


def _solve_before(facts: Ages, words: Words) -> Solution:
    old, young = words["old"], words["young"]
    gap = n(facts.old) - n(facts.young)
    parts = n(facts.times) - n(1)
    then = gap.result / parts.result
    years = n(facts.young) - then.result
    return Solution(
        (
            f"年れいの差はいつも同じで、{gap.equation('才')}です。",
            f"{old}が{young}の{facts.times}倍だったとき、差は{young}の年れいの{parts.equation('倍')}でした。",
            f"そのときの{young}の年れいを求めます。{then.equation('才')}",
            f"今との差が、さかのぼる年数です。{years.equation('年前')}",
        ),
        Answer.of(years.value, "年前"),
        ("年齢算", "線分図"),
    )


def _search_before(facts: Ages) -> Iterator[tuple[int]]:
    for years in range(facts.young):
        if facts.old - years == facts.times * (facts.young - years):
            yield (years,)


_BEFORE = Kind(
    "何年前",
    _draw_before,
    _FAMILIES,
    (
        lambda f, w: (
            f"{w['old']}が今の{w['young']}くらいの年だったころの話を聞きました。そのころではありませんが、{w['old']}の年れいが"
            f"{w['young']}の年れいの{f.times}倍だった年もあるそうです。今は{w['old']}が{f.old}才、{w['young']}が{f.young}才です。"
            f"{f.times}倍だったのは何年前のことですか。"
        ),
        lambda f, w: (
            f"昔の写真をさがしています。{w['old']}が{w['young']}のちょうど{f.times}倍の年れいだった年にとった写真です。今の年れいは"
            f"{w['old']}が{f.old}才、{w['young']}が{f.young}才です。写真をとったのは何年前でしょうか。"
        ),
        lambda f, w: (
            f"今年{f.young}才になる{w['young']}と、今年{f.old}才になる{w['old']}の年れいをくらべます。過去にさかのぼって、{w['old']}が"
            f"{w['young']}の{f.times}倍だった年は何年前になるか答えなさい。"
        ),
    ),
    _solve_before,
    _search_before,
)

# The ages themselves, from a sum and a multiple


@dataclass(frozen=True, slots=True)
class SumNow:
    """``total`` of two ages now; in ``years`` the higher is ``times`` the lower."""

    total: int
    years: int
    times: int


def _draw_sum(dice: random.Random, grade: int) -> SumNow | None:
    times = dice.randint(*((2, 3), (2, 4), (2, 5))[grade])
    then = dice.randint(*((9, 28), (9, 32), (12, 40))[grade])
    years = dice.randint(*((1, 8), (2, 20), (3, 30))[grade])
    old, young = times * then - years, then - years
    fits = young >= 2 and young + 17 <= old and times * then <= _OLDEST
    return SumNow(old + young, years, times) if fits else None


def _solve_sum(facts: SumNow, words: Words) -> Solution:
    old, young = words["old"], words["young"]
    grown = n(facts.total) + n(facts.years) * n(2)
    parts = n(facts.times) + n(1)
    then = grown.result / parts.result
    low = then.result - n(facts.years)
    high = n(facts.total) - low.result
    return Solution(
        (
            f"{facts.years}年後には2人とも{facts.years}才ずつ年をとるので、和は{grown.equation('才')}になります。",
            f"そのとき、和は{young}の年れいの{parts.equation('倍')}です。",
            f"{facts.years}年後の{young}は、{then.equation('才')}です。",
            f"今の{young}は、{low.equation('才')}です。",
            f"今の{old}は、{high.equation('才')}です。",
        ),
        Answer.parts(*[(old, high.value, "才"), (young, low.value, "才")]),
        ("年齢算", "分配算"),
    )


def _search_sum(facts: SumNow) -> Iterator[tuple[int, int]]:
    for young in range(1, facts.total):
        old = facts.total - young
        if old + facts.years == facts.times * (young + facts.years):
            yield old, young


_SUM = Kind(
    "今の年れい",
    _draw_sum,
    _FAMILIES,
    (
        lambda f, w: (
            f"現在、{w['old']}と{w['young']}の年れいの和は{f.total}才です。{f.years}年後には、{w['old']}の年れいが{w['young']}の年れい"
            f"の{f.times}倍になります。現在の{w['old']}と{w['young']}はそれぞれ何才ですか。"
        ),
        lambda f, w: (
            f"{w['old']}に年れいを聞くと、「わたしと{w['young']}の年れいを合わせると{f.total}才で、{f.years}年たつと、わたしは{w['young']}"
            f"のちょうど{f.times}倍になります」と答えました。今の2人の年れいを求めなさい。"
        ),
        lambda f, w: (
            f"{f.years}年後の{w['young']}の年れいを{f.times}倍すると、そのときの{w['old']}の年れいになります。2人の今の年れいを"
            f"たすと{f.total}才です。{w['old']}は今何才で、{w['young']}は今何才でしょうか。"
        ),
    ),
    _solve_sum,
    _search_sum,
)

# Parents and children: when the children together are as old


@dataclass(frozen=True, slots=True)
class Children:
    """The age of a parent, and those of the children, older first."""

    parent: int
    children: tuple[int, ...]


def _draw_children(dice: random.Random, grade: int) -> Children | None:
    number = 2 if grade < 2 else 3
    ages = sorted((dice.randint(1, 16) for _ in range(number)), reverse=True)
    years = dice.randint(*((3, 20), (3, 28), (3, 22))[grade])
    parent = sum(ages) + (number - 1) * years
    if len(set(ages)) < number or not ages[0] + 20 <= parent <= ages[-1] + 48:
        return None
    return Children(parent, tuple(ages))


def _solve_children(facts: Children, words: Words) -> Solution:
    together = n(facts.children[0])
    for age in facts.children[1:]:
        together = together + n(age)
    gap = n(facts.parent) - together.result
    step = n(len(facts.children)) - n(1)
    years = gap.result / step.result
    return Solution(
        (
            f"今の子どもたちの年れいの和は、{together.equation('才')}です。",
            f"{words['parent']}との差は、{gap.equation('才')}です。",
            f"1年たつごとに子どもたちの和は{len(facts.children)}才、{words['parent']}は1才増えるので、差は"
            f"{step.equation('才')}ずつちぢまります。",
            f"差がなくなるまでの年数を求めます。{years.equation('年後')}",
        ),
        Answer.of(years.value, "年後"),
        ("年齢算",),
    )


def _search_children(facts: Children) -> Iterator[tuple[int]]:
    parent, ages = facts.parent, list(facts.children)
    for years in range(60):
        if parent == sum(ages):
            yield (years,)
        parent += 1
        ages = [age + 1 for age in ages]


def _ages(facts: Children) -> str:
    return "、".join(f"{age}才" for age in facts.children)


_PARENTS: tuple[Words, ...] = (
    {"parent": "母", "child": "子ども"},
    {"parent": "父", "child": "子ども"},
    {"parent": "お母さん", "child": "きょうだい"},
)

_CHILDREN = Kind(
    "子どもの年れいの和",
    _draw_children,
    _PARENTS,
    (
        lambda f, w: (
            f"今、{w['parent']}は{f.parent}才で、{len(f.children)}人の{w['child']}は{_ages(f)}です。{w['child']}の年れいの和が"
            f"{w['parent']}の年れいと等しくなるのは何年後ですか。"
        ),
        lambda f, w: (
            f"{_ages(f)}の{len(f.children)}人の{w['child']}がいる家で、{w['parent']}の年れいは{f.parent}才です。{len(f.children)}人の"
            f"年れいをたした数が{w['parent']}の年れいに追いつくまでに、あと何年かかりますか。"
        ),
        lambda f, w: (
            f"{w['parent']}のたん生日に、家族の年れいを紙に書きました。{w['parent']}は{f.parent}才、{w['child']}{len(f.children)}人は"
            f"年上から順に{_ages(f)}でした。この紙の年から何年たつと、{w['child']}全員の年れいを合わせた数が{w['parent']}の年れいと"
            "同じになるでしょうか。"
        ),
    ),
    _solve_children,
    _search_children,
)

FAMILY = Family("年齢算", "nenrei", (_AFTER, _BEFORE, _SUM, _CHILDREN))
