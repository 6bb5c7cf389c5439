"""相当算: what number stands for a fraction of the whole."""

from __future__ import annotations

import math
import random
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from jtextkit.builders.sansu.expressions import n
from jtextkit.builders.sansu.problems import Answer, Family, Kind, Solution, Words


def _part(dice: random.Random, grade: int) -> Fraction:
    bottom = dice.randint(*((2, 6), (3, 9), (4, 15))[grade])
    return Fraction(dice.randint(1, bottom - 1), bottom)


# A part is used; the rest is known


@dataclass(frozen=True, slots=True)
class Rest:
    """``part`` of the whole is used, ``rest`` is left."""

    part: Fraction
    rest: int


def _draw_rest(dice: random.Random, grade: int) -> Rest | None:
    part = _part(dice, grade)
    whole = part.denominator * dice.randint(*((3, 60), (5, 120), (20, 400))[grade])
    return Rest(part, int(whole * (1 - part)))


def _solve_rest(facts: Rest, words: Words) -> Solution:
    left = n(1) - n(facts.part)
    whole = n(facts.rest) / left.result
    return Solution(
        (
            f"全体を1とすると、残りは{left.equation()}にあたります。",
            f"{facts.rest}{words['unit']}が全体の{left.result}にあたるので、全体は{whole.equation(words['unit'])}です。",
        ),
        Answer.of(whole.value, words["unit"]),
        ("相当算", "線分図"),
    )


def _search_rest(facts: Rest) -> Iterator[tuple[int]]:
    """Try every whole that can be divided so."""
    for whole in range(facts.rest, facts.rest * facts.part.denominator + 1):
        used = whole * facts.part.numerator
        if (
            used % facts.part.denominator == 0
            and whole - used // facts.part.denominator == facts.rest
        ):
            yield (whole,)


_USED: tuple[Words, ...] = (
    {"who": "けいこ", "thing": "リボン", "did": "使い", "past": "使った", "unit": "cm", "what": "長さ"},
    {"who": "ひろと", "thing": "本", "did": "読み", "past": "読んだ", "unit": "ページ", "what": "ページ数"},
    {"who": "お父さん", "thing": "ペンキ", "did": "ぬり", "past": "ぬった", "unit": "mL", "what": "量"},
    {"who": "ななみ", "thing": "貯金", "did": "使い", "past": "使った", "unit": "円", "what": "金額"},
)  # fmt: skip

_REST = Kind(
    "残りから全体",
    _draw_rest,
    _USED,
    (
        lambda f, w: (
            f"{w['who']}は{w['thing']}の{f.part}を{w['did']}ました。まだ{f.rest}{w['unit']}残っています。はじめの{w['thing']}の{w['what']}は"
            f"何{w['unit']}ですか。"
        ),
        lambda f, w: (
            f"残りの{w['thing']}をはかると{f.rest}{w['unit']}でした。これは{w['who']}が全体の{f.part}にあたる分を{w['past']}あとの{w['what']}"
            f"です。{w['past']}分もふくめた全体は何{w['unit']}だったでしょうか。"
        ),
        lambda f, w: (
            f"{w['who']}が{w['past']}のは{w['thing']}全体の{f.part}なので、全部{w['past']}ことにするには{f.rest}{w['unit']}足りません。"
            f"{w['thing']}全体の{w['what']}を求めなさい。"
        ),
    ),
    _solve_rest,
    _search_rest,
)

# A part of the whole, then a part of the rest


@dataclass(frozen=True, slots=True)
class TakenTwice:
    """``first`` of the whole, then ``second`` of the rest; ``rest`` is left."""

    first: Fraction
    second: Fraction
    rest: int


def _draw_twice(dice: random.Random, grade: int) -> TakenTwice | None:
    first, second = _part(dice, grade), _part(dice, grade)
    left = (1 - first) * (1 - second)
    unit = math.lcm(first.denominator, left.denominator, (1 - first).denominator)
    whole = unit * dice.randint(*((1, 40), (2, 60), (3, 90))[grade])
    return TakenTwice(first, second, int(whole * left)) if whole <= 6000 else None


def _solve_twice(facts: TakenTwice, words: Words) -> Solution:
    unit = words["unit"]
    left = n(1) - n(facts.second)
    between = n(facts.rest) / left.result
    first = n(1) - n(facts.first)
    whole = between.result / first.result
    return Solution(
        (
            f"1回目の残りを1とすると、最後に残ったのは{left.equation()}にあたります。",
            f"1回目の残りを求めます。{between.equation(unit)}",
            f"全体を1とすると、1回目の残りは{first.equation()}にあたります。",
            f"全体を求めます。{whole.equation(unit)}",
        ),
        Answer.of(whole.value, unit),
        ("相当算", "線分図"),
    )


def _search_twice(facts: TakenTwice) -> Iterator[tuple[int]]:
    """Try every whole, taking the parts away one after the other."""
    for whole in range(facts.rest, 6001):
        taken, over = divmod(whole * facts.first.numerator, facts.first.denominator)
        if over:
            continue
        again, over = divmod((whole - taken) * facts.second.numerator, facts.second.denominator)
        if not over and whole - taken - again == facts.rest:
            yield (whole,)


_TAKEN: tuple[Words, ...] = (
    {"who": "さとし", "thing": "ひも", "plain": "切り取る", "past": "切り取った", "unit": "cm"},
    {"who": "えり", "thing": "おこづかい", "plain": "使う", "past": "使った", "unit": "円"},
    {"who": "りょう", "thing": "小麦粉", "plain": "使う", "past": "使った", "unit": "g"},
)

_TWICE = Kind(
    "残りの何分の何",
    _draw_twice,
    _TAKEN,
    (
        lambda f, w: (
            f"{w['who']}さんは、まず{w['thing']}全体の{f.first}を{w['past']}あと、残りの{f.second}を{w['past']}ので、{w['thing']}は"
            f"{f.rest}{w['unit']}になりました。はじめに{w['thing']}は何{w['unit']}ありましたか。"
        ),
        lambda f, w: (
            f"{w['thing']}を2回に分けて{w['past']}ところ、{f.rest}{w['unit']}残りました。1回目は全体の{f.first}、2回目は1回目の残りの"
            f"{f.second}です。はじめの全体は何{w['unit']}だったか求めなさい。"
        ),
        lambda f, w: (
            f"{w['who']}さんの{w['thing']}は今{f.rest}{w['unit']}です。きのう全体の{f.first}がなくなり、今日は、そのときあった分の{f.second}が"
            f"なくなりました。きのうへる前の{w['thing']}は何{w['unit']}でしょうか。"
        ),
    ),
    _solve_twice,
    _search_twice,
)

# Two parts of the whole and something besides


@dataclass(frozen=True, slots=True)
class Besides:
    """``first`` of the whole and ``more`` besides, then ``rest`` is left."""

    first: Fraction
    more: int
    rest: int


def _draw_besides(dice: random.Random, grade: int) -> Besides | None:
    first = _part(dice, grade)
    whole = first.denominator * dice.randint(*((4, 60), (8, 150), (20, 400))[grade])
    left = int(whole * (1 - first))
    more = dice.randint(1, max(1, left - 1))
    return Besides(first, more, left - more) if left - more > 0 else None


def _solve_besides(facts: Besides, words: Words) -> Solution:
    unit = words["unit"]
    together = n(facts.rest) + n(facts.more)
    left = n(1) - n(facts.first)
    whole = together.result / left.result
    return Solution(
        (
            f"残った{facts.rest}{unit}と、あとの{facts.more}{unit}を合わせます。{together.equation(unit)}",
            f"これは、全体を1とすると{left.equation()}にあたります。",
            f"全体を求めます。{whole.equation(unit)}",
        ),
        Answer.of(whole.value, unit),
        ("相当算", "線分図"),
    )


def _search_besides(facts: Besides) -> Iterator[tuple[int]]:
    for whole in range(facts.rest + facts.more, (facts.rest + facts.more) * 15 + 1):
        taken, over = divmod(whole * facts.first.numerator, facts.first.denominator)
        if not over and whole - taken - facts.more == facts.rest:
            yield (whole,)


_BESIDES = Kind(
    "何分の何とあといくつ",
    _draw_besides,
    (
        {"who": "農家の人", "thing": "じゃがいも", "past": "出荷した", "unit": "個"},
        {"who": "店の人", "thing": "絵はがき", "past": "売った", "unit": "枚"},
        {"who": "先生", "thing": "プリント", "past": "配った", "unit": "枚"},
    ),
    (
        lambda f, w: (
            f"{w['who']}が{w['thing']}の{f.first}より{f.more}{w['unit']}多く{w['past']}ところ、{f.rest}{w['unit']}残りました。"
            f"はじめに{w['thing']}は何{w['unit']}ありましたか。"
        ),
        lambda f, w: (
            f"朝、{w['who']}は全体の{f.first}にあたる{w['thing']}を{w['past']}そうです。昼にも{f.more}{w['unit']}を{w['past']}ので、夕方に"
            f"数えると{f.rest}{w['unit']}でした。朝のはじめにあった{w['thing']}の数を求めなさい。"
        ),
        lambda f, w: (
            f"{w['thing']}を数えた{w['who']}の記録によると、全体から、その{f.first}と、あと{f.more}{w['unit']}をのぞいた数が{f.rest}"
            f"{w['unit']}です。全体は何{w['unit']}でしょうか。"
        ),
    ),
    _solve_besides,
    _search_besides,
)

# Two parts are told apart by a number


@dataclass(frozen=True, slots=True)
class ShareGap:
    """``large`` of the whole is ``gap`` more than ``small`` of it."""

    large: Fraction
    small: Fraction
    gap: int


def _draw_apart(dice: random.Random, grade: int) -> ShareGap | None:
    one, two = _part(dice, grade), _part(dice, grade)
    if one == two:
        return None
    large, small = max(one, two), min(one, two)
    unit = math.lcm(large.denominator, small.denominator)
    whole = unit * dice.randint(*((2, 60), (3, 80), (5, 120))[grade])
    return ShareGap(large, small, int(whole * (large - small)))


def _solve_apart(facts: ShareGap, words: Words) -> Solution:
    gap = n(facts.large) - n(facts.small)
    whole = n(facts.gap) / gap.result
    return Solution(
        (
            f"全体を1とすると、2つの差は{gap.equation()}にあたります。",
            f"これが{facts.gap}{words['unit']}なので、全体は{whole.equation(words['unit'])}です。",
        ),
        Answer.of(whole.value, words["unit"]),
        ("相当算", "線分図"),
    )


def _search_apart(facts: ShareGap) -> Iterator[tuple[int]]:
    bottom = facts.large.denominator * facts.small.denominator
    for whole in range(1, facts.gap * bottom + 1):
        more, over = divmod(whole * facts.large.numerator, facts.large.denominator)
        less, rest = divmod(whole * facts.small.numerator, facts.small.denominator)
        if not over and not rest and more - less == facts.gap:
            yield (whole,)


_APART = Kind(
    "2つの割合の差",
    _draw_apart,
    (
        {"one": "国語が好きな人", "two": "音楽が好きな人", "whole": "学年の人数", "unit": "人"},
        {"one": "畑の面積", "two": "花だんの面積", "whole": "土地の面積", "unit": "m²"},
        {"one": "1日目に走った道のり", "two": "2日目に走った道のり", "whole": "道のり", "unit": "km"},
    ),
    (
        lambda f, w: (
            f"{w['one']}は{w['whole']}全体の{f.large}、{w['two']}は全体の{f.small}にあたり、その差は{f.gap}{w['unit']}です。{w['whole']}は"
            f"全部で何{w['unit']}ですか。"
        ),
        lambda f, w: (
            f"{w['whole']}を調べています。全体の{f.small}が{w['two']}、全体の{f.large}が{w['one']}で、{w['one']}のほうが{f.gap}{w['unit']}"
            f"だけ多くなっていました。全体の{w['whole']}を求めなさい。"
        ),
        lambda f, w: (
            f"{w['two']}に{f.gap}{w['unit']}をたすと{w['one']}と等しくなります。{w['whole']}を1とみると、{w['one']}は{f.large}、{w['two']}は"
            f"{f.small}です。{w['whole']}は何{w['unit']}でしょうか。"
        ),
    ),
    _solve_apart,
    _search_apart,
)  # fmt: skip

FAMILY = Family("相当算", "soto", (_REST, _TWICE, _BESIDES, _APART))
