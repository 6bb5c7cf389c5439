"""損益算: cost, marked price, discount, gain and loss."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from jtextkit.builders.sansu.expressions import n, number_text
from jtextkit.builders.sansu.problems import Answer, Family, Kind, Solution, Words


def _tenths(value: int) -> str:
    """Tenths in words of trade: 25 (per cent) is 2割5分."""
    tens, ones = divmod(value, 10)
    return f"{f'{tens}割' if tens else ''}{f'{ones}分' if ones else ''}"


def _rate(percent: int) -> str:
    return number_text(Fraction(percent, 100))


_SHOPS: tuple[Words, ...] = (
    {"shop": "かばん屋", "thing": "かばん", "counter": "個"},
    {"shop": "家具店", "thing": "いす", "counter": "きゃく"},
    {"shop": "時計店", "thing": "うで時計", "counter": "個"},
    {"shop": "洋服店", "thing": "シャツ", "counter": "枚"},
)

# Gain after a discount


@dataclass(frozen=True, slots=True)
class Sale:
    """Bought for ``cost``, marked up ``up`` per cent, sold ``off`` per cent below that."""

    cost: int
    up: int
    off: int


def _draw_sale(dice: random.Random, grade: int) -> Sale | None:
    cost = (100, 50, 20)[grade] * dice.randint(*((4, 60), (8, 200), (20, 900))[grade])
    up = (10, 5, 5)[grade] * dice.randint(2, (6, 14, 16)[grade])
    off = (10, 5, 5)[grade] * dice.randint(1, (3, 7, 8)[grade])
    sold = Fraction(cost) * (100 + up) * (100 - off) / 10000
    marked = Fraction(cost * (100 + up), 100)
    fits = sold.denominator == 1 and marked.denominator == 1 and sold != cost
    return Sale(cost, up, off) if fits else None


def _solve_sale(facts: Sale, _words: Words) -> Solution:
    marked = n(facts.cost) * (n(1) + n(_rate(facts.up)))
    sold = marked.result * (n(1) - n(_rate(facts.off)))
    gain = sold.value > facts.cost
    change = sold.result - n(facts.cost) if gain else n(facts.cost) - sold.result
    word = "利益" if gain else "損失"
    return Solution(
        (
            f"定価は仕入れねの{100 + facts.up}%です。{marked.equation('円')}",
            f"売りねは定価の{100 - facts.off}%です。{sold.equation('円')}",
            f"{word}は、売りねと仕入れねの差です。{change.equation('円')}",
        ),
        Answer((change.value,), f"{change.result}円の{word}"),
        ("損益算",),
    )


def _search_sale(facts: Sale) -> Iterator[tuple[Fraction]]:
    """In hundredths of a yen: mark the price up by per cent after per cent, then take them off."""
    price = facts.cost * 10000
    marked = price + sum(price // 100 for _ in range(facts.up))
    sold = marked - sum(marked // 100 for _ in range(facts.off))
    yield (Fraction(abs(sold - price), 10000),)


_SALE = Kind(
    "利益と損失",
    _draw_sale,
    _SHOPS,
    (
        lambda f, w: (
            f"{f.cost}円で仕入れた{w['thing']}に{_tenths(f.up)}の利益を見こんで定価をつけましたが、売れないので定価の{_tenths(f.off)}引きで売りました。"
            "利益または損失は何円ですか。"
        ),
        lambda f, w: (
            f"{w['shop']}が、仕入れね{f.cost}円の{w['thing']}に、仕入れねの{f.up}%増しの定価をつけました。大売り出しの日に定価から{f.off}%わり引いて売ったときの、"
            "もうけ、または損の金額を求めなさい。"
        ),
        lambda f, w: (
            f"{w['thing']}1{w['counter']}の原価は{f.cost}円です。原価の{_tenths(f.up)}増しで定価を決め、お客さんには定価の{_tenths(f.off)}を引いた金額で売りました。"
            f"{w['shop']}は、この{w['thing']}1{w['counter']}でいくらの得、または損をしたでしょうか。"
        ),
    ),
    _solve_sale,
    _search_sale,
)

# The cost from the marked price or the gain


@dataclass(frozen=True, slots=True)
class Cost:
    """Marked up ``up`` per cent, then ``off`` yen less: the gain is ``gain``."""

    up: int
    off: int
    gain: int


def _draw_cost(dice: random.Random, grade: int) -> Cost | None:
    cost = (100, 50, 20)[grade] * dice.randint(*((4, 60), (8, 200), (20, 900))[grade])
    up = (10, 5, 5)[grade] * dice.randint(2, (6, 14, 16)[grade])
    off = 10 * dice.randint(*((1, 40), (1, 150), (2, 500))[grade])
    gain = Fraction(cost * up, 100) - off
    return Cost(up, off, int(gain)) if gain > 0 and gain.denominator == 1 else None


def _solve_cost(facts: Cost, _words: Words) -> Solution:
    hoped = n(facts.gain) + n(facts.off)
    cost = hoped.result / n(_rate(facts.up))
    return Solution(
        (
            f"わり引かなければ、利益は{hoped.equation('円')}になるはずでした。",
            f"これは仕入れねの{facts.up}%にあたります。",
            f"仕入れねを求めます。{cost.equation('円')}",
        ),
        Answer.of(cost.value, "円"),
        ("損益算", "相当算"),
    )


def _search_cost(facts: Cost) -> Iterator[tuple[int]]:
    """Try every cost, in yen."""
    for cost in range(1, 20 * (facts.gain + facts.off) + 1):
        marked = cost * (100 + facts.up)
        if marked - 100 * facts.off - 100 * cost == 100 * facts.gain:
            yield (cost,)


_COST = Kind(
    "仕入れねを求める",
    _draw_cost,
    _SHOPS,
    (
        lambda f, w: (
            f"ある{w['thing']}に仕入れねの{_tenths(f.up)}の利益を見こんで定価をつけ、定価より{f.off}円安く売ったところ、{f.gain}円の利益がありました。仕入れねは何円"
            "ですか。"
        ),
        lambda f, w: (
            f"{w['shop']}では{w['thing']}の定価を原価の{f.up}%増しにしています。今日はこの定価から{f.off}円まけて売り、それでも1{w['counter']}につき{f.gain}円もうかり"
            "ました。原価を求めなさい。"
        ),
        lambda f, w: (
            f"{w['thing']}を1{w['counter']}売って{f.gain}円の利益を得ました。売りねは、原価に{_tenths(f.up)}を加えたねだんから{f.off}円を引いたものです。この"
            f"{w['thing']}の原価は何円だったでしょうか。"
        ),
    ),
    _solve_cost,
    _search_cost,
)

# Many things, some of them cheaper


@dataclass(frozen=True, slots=True)
class Lot:
    """``number`` at ``cost``; ``sold`` at ``price``, the rest at ``cheap``."""

    number: int
    cost: int
    sold: int
    price: int
    cheap: int


def _draw_lot(dice: random.Random, grade: int) -> Lot | None:
    number = (10, 5, 1)[grade] * dice.randint(*((2, 12), (6, 40), (40, 400))[grade])
    cost = 10 * dice.randint(*((3, 30), (5, 50), (8, 80))[grade])
    price = cost + 10 * dice.randint(1, max(2, cost // 8))
    cheap = 10 * dice.randint(max(1, cost // 20), price // 10 - 1)
    sold = dice.randint(number // 2, number - 1)
    gain = sold * price + (number - sold) * cheap - number * cost
    return Lot(number, cost, sold, price, cheap) if gain > 0 else None


def _solve_lot(facts: Lot, words: Words) -> Solution:
    paid = n(facts.cost) * n(facts.number)
    full = n(facts.price) * n(facts.sold)
    left = n(facts.number) - n(facts.sold)
    rest = n(facts.cheap) * left.result
    got = full.result + rest.result
    gain = got.result - paid.result
    return Solution(
        (
            f"仕入れにかかったお金は、{paid.equation('円')}です。",
            f"はじめのねだんでの売り上げは、{full.equation('円')}です。",
            f"残りは{left.equation(words['counter'])}で、その売り上げは{rest.equation('円')}です。",
            f"売り上げの合計は、{got.equation('円')}です。",
            f"利益を求めます。{gain.equation('円')}",
        ),
        Answer.of(gain.value, "円"),
        ("損益算",),
    )


def _search_lot(facts: Lot) -> Iterator[tuple[int]]:
    """Sell one after the other, and look at the till."""
    till = 0
    for number in range(facts.number):
        till += (facts.price if number < facts.sold else facts.cheap) - facts.cost
    yield (till,)


_LOTS: tuple[Words, ...] = (
    {"shop": "くだもの屋", "thing": "メロン", "counter": "個", "why": "いたみそうな"},
    {"shop": "パン屋", "thing": "パン", "counter": "個", "why": "閉店まぎわの"},
    {"shop": "花屋", "thing": "花束", "counter": "束", "why": "夕方の"},
)

_LOT = Kind(
    "たくさん仕入れる",
    _draw_lot,
    _LOTS,
    (
        lambda f, w: (
            f"1{w['counter']}{f.cost}円で{f.number}{w['counter']}仕入れた{w['thing']}を、1{w['counter']}{f.price}円で{f.sold}{w['counter']}売り、残りは1{w['counter']}"
            f"{f.cheap}円にして全部売りました。利益は全部で何円ですか。"
        ),
        lambda f, w: (
            f"{w['shop']}は{w['thing']}を{f.number}{w['counter']}用意しました。原価は1{w['counter']}あたり{f.cost}円です。{f.price}円で売れたのは{f.sold}"
            f"{w['counter']}で、{w['why']}ものは{f.cheap}円に下げて売り切りました。1日のもうけを求めなさい。"
        ),
        lambda f, w: (
            f"{w['thing']}の売り上げの記録を見ると、{f.price}円のものが{f.sold}{w['counter']}、ね下げした{f.cheap}円のものがその残り全部となっています。仕入れた数は"
            f"{f.number}{w['counter']}、仕入れねはどれも{f.cost}円でした。{w['shop']}の利益はいくらでしょうか。"
        ),
    ),
    _solve_lot,
    _search_lot,
)

# What discount


@dataclass(frozen=True, slots=True)
class Discount:
    """Cost ``cost``, marked ``marked``, sold with ``gain`` per cent gain on the cost."""

    cost: int
    marked: int
    gain: int


def _draw_discount(dice: random.Random, grade: int) -> Discount | None:
    cost = (100, 50, 20)[grade] * dice.randint(*((4, 80), (8, 250), (20, 900))[grade])
    up = 5 * dice.randint(4, (16, 20, 30)[grade])
    gain = 5 * dice.randint(1, (8, 12, 20)[grade])
    marked, sold = Fraction(cost * (100 + up), 100), Fraction(cost * (100 + gain), 100)
    off = (1 - sold / marked) * 100
    whole = marked.denominator == sold.denominator == 1
    fits = whole and off > 0 and off.denominator == 1
    return Discount(cost, int(marked), gain) if fits else None


def _solve_discount(facts: Discount, _words: Words) -> Solution:
    sold = n(facts.cost) * (n(1) + n(_rate(facts.gain)))
    less = n(facts.marked) - sold.result
    percent = less.result / n(facts.marked) * n(100)
    return Solution(
        (
            f"{facts.gain}%の利益を得る売りねは、{sold.equation('円')}です。",
            f"定価から引く金額は、{less.equation('円')}です。",
            f"これが定価の何%かを求めます。{percent.equation('%')}",
        ),
        Answer((percent.value,), f"{percent.result}%"),
        ("損益算",),
    )


def _search_discount(facts: Discount) -> Iterator[tuple[int]]:
    for percent in range(1, 100):
        if facts.marked * (100 - percent) == facts.cost * (100 + facts.gain):
            yield (percent,)


_DISCOUNT = Kind(
    "何%引き",
    _draw_discount,
    _SHOPS,
    (
        lambda f, w: (
            f"仕入れねが{f.cost}円で定価が{f.marked}円の{w['thing']}を、定価の何%引きで売ると、仕入れねの{f.gain}%の利益になりますか。"
        ),
        lambda f, w: (
            f"{w['shop']}の{w['thing']}には{f.marked}円の定価がついています。原価は{f.cost}円です。原価に対して{f.gain}%のもうけが残るようにわり引くとすると、わり引きは"
            "定価の何%にできるでしょうか。"
        ),
        lambda f, w: (
            f"定価{f.marked}円の{w['thing']}をセールで安く売りました。あとで計算すると、利益は原価{f.cost}円のちょうど{f.gain}%でした。セールのわり引きの割合を百分率で"
            "求めなさい。"
        ),
    ),
    _solve_discount,
    _search_discount,
)

FAMILY = Family("損益算", "soneki", (_SALE, _COST, _LOT, _DISCOUNT))
