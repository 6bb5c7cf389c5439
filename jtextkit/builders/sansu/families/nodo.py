"""濃度算: salt water of several strengths, mixed, thinned and boiled down."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from jtextkit.builders.sansu.expressions import n, number_text
from jtextkit.builders.sansu.problems import Answer, Family, Kind, Solution, Words

_STRONGEST = 25
"""Per cent: a little more salt, and water dissolves it no longer."""

_SALTS: tuple[Words, ...] = (
    {"water": "食塩水", "salt": "食塩", "vessel": "ビーカー"},
    {"water": "砂糖水", "salt": "砂糖", "vessel": "ボウル"},
    {"water": "塩水", "salt": "塩", "vessel": "なべ"},
)


def _percent(value: Fraction) -> str:
    return f"{number_text(value)}%"


def _decimal(percent: int | Fraction) -> str:
    """A percentage as a decimal number: 8 gives 0.08."""
    return number_text(Fraction(percent) / 100)


# Mixing two


@dataclass(frozen=True, slots=True)
class Mix:
    """``a`` grams of ``p`` per cent and ``b`` grams of ``q`` per cent."""

    a: int
    p: int
    b: int
    q: int


def _draw_mix(dice: random.Random, grade: int) -> Mix | None:
    step = (50, 20, 10)[grade]
    a, b = (step * dice.randint(*((1, 12), (3, 40), (6, 120))[grade]) for _ in range(2))
    p, q = (dice.randint(*((2, 15), (1, 20), (1, 25))[grade]) for _ in range(2))
    mean = Fraction(a * p + b * q, a + b)
    fits = p != q and (mean * 10).denominator == 1 and a != b
    return Mix(a, p, b, q) if fits else None


def _solve_mix(facts: Mix, words: Words) -> Solution:
    salt = words["salt"]
    one = n(facts.a) * n(_decimal(facts.p))
    two = n(facts.b) * n(_decimal(facts.q))
    salts, waters = one.result + two.result, n(facts.a) + n(facts.b)
    strength = salts.result / waters.result * n(100)
    return Solution(
        (
            f"{facts.p}%のほうにとけている{salt}は、{one.equation('g')}です。",
            f"{facts.q}%のほうにとけている{salt}は、{two.equation('g')}です。",
            f"{salt}の合計は、{salts.equation('g')}です。",
            f"{words['water']}の合計は、{waters.equation('g')}です。",
            f"混ぜたあとの濃さを求めます。{strength.equation('%')}",
        ),
        Answer((strength.value,), _percent(strength.value)),
        ("濃度算", "面積図"),
    )


def _search_mix(facts: Mix) -> Iterator[tuple[Fraction]]:
    """Pour together gram by gram, each with its salt in hundredths of a gram."""
    salt = sum([facts.p] * facts.a) + sum([facts.q] * facts.b)
    yield (Fraction(salt, facts.a + facts.b),)


_MIX = Kind(
    "混ぜる",
    _draw_mix,
    _SALTS,
    (
        lambda f, w: (
            f"{f.p}%の{w['water']}{f.a}gと{f.q}%の{w['water']}{f.b}gを混ぜると、何%の{w['water']}ができますか。"
        ),
        lambda f, w: (
            f"{w['vessel']}に濃さ{f.p}%の{w['water']}が{f.a}g入っています。ここへ濃さ{f.q}%の{w['water']}を{f.b}g加えてよくかき混ぜました。できた{w['water']}の"
            "濃さは何%ですか。"
        ),
        lambda f, w: (
            f"2つの{w['vessel']}があり、一方は{f.q}%の{w['water']}{f.b}g、もう一方は{f.p}%の{w['water']}{f.a}gです。両方を大きな入れ物に全部うつしたときの"
            "濃度を求めなさい。"
        ),
    ),
    _solve_mix,
    _search_mix,
)

# Dissolving salt


@dataclass(frozen=True, slots=True)
class Dissolve:
    """``salt`` grams in ``water`` grams of water."""

    salt: int
    water: int


def _draw_dissolve(dice: random.Random, grade: int) -> Dissolve | None:
    salt = dice.randint(*((4, 80), (6, 150), (10, 400))[grade])
    water = dice.randint(*((40, 500), (60, 900), (100, 2500))[grade])
    strength = Fraction(100 * salt, salt + water)
    return (
        Dissolve(salt, water)
        if (strength * 10).denominator == 1 and strength <= _STRONGEST
        else None
    )


def _solve_dissolve(facts: Dissolve, words: Words) -> Solution:
    whole = n(facts.salt) + n(facts.water)
    strength = n(facts.salt) / whole.result * n(100)
    return Solution(
        (
            f"{words['water']}全体の重さは、{words['salt']}と水の和です。{whole.equation('g')}",
            f"濃さは、{words['salt']}の重さを全体の重さでわって求めます。{strength.equation('%')}",
        ),
        Answer((strength.value,), _percent(strength.value)),
        ("濃度算",),
    )


def _search_dissolve(facts: Dissolve) -> Iterator[tuple[Fraction]]:
    """Try strengths in tenths of a per cent."""
    for tenths in range(1, 1000):
        if tenths * (facts.salt + facts.water) == 1000 * facts.salt:
            yield (Fraction(tenths, 10),)


_DISSOLVE = Kind(
    "とかす",
    _draw_dissolve,
    _SALTS,
    (
        lambda f, w: (
            f"水{f.water}gに{w['salt']}{f.salt}gをとかすと、何%の{w['water']}になりますか。"
        ),
        lambda f, w: (
            f"{w['salt']}を{f.salt}gはかり取り、{w['vessel']}の中の水{f.water}gに入れて、残らずとかしました。この{w['water']}の濃さを百分率で答えなさい。"
        ),
    ),
    _solve_dissolve,
    _search_dissolve,
)

# Thinning or boiling down


@dataclass(frozen=True, slots=True)
class Water:
    """``a`` grams of ``p`` per cent become ``q`` per cent by water added, or boiled away."""

    a: int
    p: int
    q: int


def _draw_water(dice: random.Random, grade: int) -> Water | None:
    step = (50, 20, 10)[grade]
    a = step * dice.randint(*((2, 14), (4, 45), (10, 150))[grade])
    p, q = (dice.randint(*((2, 20), (1, 24), (1, 25))[grade]) for _ in range(2))
    return Water(a, p, q) if p != q and a * p % q == 0 else None


def _solve_water(facts: Water, words: Words) -> Solution:
    salt = n(facts.a) * n(_decimal(facts.p))
    whole = salt.result / n(_decimal(facts.q))
    thin = facts.q < facts.p
    change = whole.result - n(facts.a) if thin else n(facts.a) - whole.result
    does = "加える" if thin else "蒸発させる"
    return Solution(
        (
            f"とけている{words['salt']}は、{salt.equation('g')}です。",
            f"{words['salt']}の重さは変わりません。{facts.q}%のときの全体の重さは、{whole.equation('g')}です。",
            f"{does}水の重さを求めます。{change.equation('g')}",
        ),
        Answer.of(change.value, "g"),
        ("濃度算",),
    )


def _search_water(facts: Water) -> Iterator[tuple[int]]:
    """Add (or take) water gram by gram until the strength is right."""
    step = 1 if facts.q < facts.p else -1
    for grams in range(1, 100 * facts.a):
        whole = facts.a + step * grams
        if whole <= 0:
            return
        if facts.a * facts.p == whole * facts.q:
            yield (grams,)
            return


def _change(facts: Water) -> str:
    return "水を加えて" if facts.q < facts.p else "水を蒸発させて"


_WATER = Kind(
    "水を加える・蒸発させる",
    _draw_water,
    _SALTS,
    (
        lambda f, w: (
            f"{f.p}%の{w['water']}が{f.a}gあります。{_change(f)}{f.q}%の{w['water']}にするには、水を何g{_verb(f)}ばよいですか。"
        ),
        lambda f, w: (
            f"{w['vessel']}に入った{f.a}gの{w['water']}の濃さは{f.p}%です。{w['salt']}の量はそのままで、{_change(f)}濃さを{f.q}%に変えたいと思います。"
            "増やしたりへらしたりする水の重さを求めなさい。"
        ),
        lambda f, w: (
            f"濃さ{f.p}%の{w['water']}{f.a}gから、{_change(f)}濃さ{f.q}%の{w['water']}を作りました。作る前と作ったあとの重さのちがいは何gでしょうか。"
        ),
    ),
    _solve_water,
    _search_water,
)


def _verb(facts: Water) -> str:
    return "加えれ" if facts.q < facts.p else "蒸発させれ"


# How much of the other


@dataclass(frozen=True, slots=True)
class UnknownSolution:
    """``a`` grams of ``p`` per cent with some of ``q`` per cent gives ``r`` per cent."""

    a: int
    p: int
    q: int
    r: int


def _draw_other(dice: random.Random, grade: int) -> UnknownSolution | None:
    step = (50, 20, 10)[grade]
    a = step * dice.randint(*((2, 12), (4, 45), (8, 120))[grade])
    low, middle, high = sorted(dice.sample(range(2, (16, 22, 26)[grade]), 3))
    p, q = (low, high) if dice.random() < 0.5 else (high, low)
    return UnknownSolution(a, p, q, middle) if a * (middle - p) % (q - middle) == 0 else None


def _solve_other(facts: UnknownSolution, words: Words) -> Solution:
    low, high = sorted((facts.p, facts.q))
    mine = n(facts.r) - n(low) if facts.p == low else n(high) - n(facts.r)
    yours = n(high) - n(facts.r) if facts.p == low else n(facts.r) - n(low)
    area = n(facts.a) * mine.result
    grams = area.result / yours.result
    return Solution(
        (
            "面積図をかいて、濃さをたて、重さを横とすると、でこぼこの部分の面積は等しくなります。",
            f"{facts.p}%と{facts.r}%の差は、{mine.equation('%')}です。",
            f"{facts.q}%と{facts.r}%の差は、{yours.equation('%')}です。",
            f"{facts.p}%のほうの長方形の面積は、{area.equation()}です。",
            f"{facts.q}%の{words['water']}の重さを求めます。{grams.equation('g')}",
        ),
        Answer.of(grams.value, "g"),
        ("濃度算", "面積図"),
    )


def _search_other(facts: UnknownSolution) -> Iterator[tuple[int]]:
    for grams in range(1, facts.a * 30 + 1):
        salt = facts.a * facts.p + grams * facts.q
        if salt == facts.r * (facts.a + grams):
            yield (grams,)


_OTHER = Kind(
    "加える量",
    _draw_other,
    _SALTS,
    (
        lambda f, w: (
            f"{f.p}%の{w['water']}{f.a}gに、{f.q}%の{w['water']}を何gか混ぜて{f.r}%の{w['water']}を作ります。{f.q}%の{w['water']}は何g必要ですか。"
        ),
        lambda f, w: (
            f"できあがりの濃さを{f.r}%にしたくて、{w['vessel']}に{f.p}%の{w['water']}を{f.a}g入れました。これに混ぜるのは{f.q}%の{w['water']}です。混ぜる重さを"
            "求めなさい。"
        ),
        lambda f, w: (
            f"{w['water']}が2種類あります。濃さは{f.p}%と{f.q}%です。{f.p}%のほうは{f.a}g全部を使い、{f.q}%のほうは一部を使って、{f.r}%の{w['water']}を作りました。"
            f"使った{f.q}%の{w['water']}は何gでしょうか。"
        ),
        lambda f, w: (
            f"{f.a}gの{w['water']}（濃さ{f.p}%）があり、このままでは予定の{f.r}%とちがいます。そこで{f.q}%の{w['water']}を足すことにします。予定どおりの濃さになるのは"
            "何g足したときですか。"
        ),
    ),
    _solve_other,
    _search_other,
)

FAMILY = Family("濃度算", "nodo", (_MIX, _DISSOLVE, _WATER, _OTHER))
