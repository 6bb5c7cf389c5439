"""Ways to tell a quantity by itself: in other units, of several, as a part, by what it is made of."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction

from jtextkit.builders.sansu.clues import Clue, Known, Sums, Trees, clue_to
from jtextkit.builders.sansu.expressions import Expression, Told, n, number_text, percent

_ONE = re.compile(r"(?<!\d)1(分間に|時間に|秒間に|[つ台](?=が1)|[本個枚冊台着](?=の))")
_NOTES = (500, 1000, 2000, 5000, 10000)
_PARTED = ("道のり", "まわりの長さ", "面積", "重さ", "量")


def own(target: Known, rng: random.Random) -> Clue | None:
    """In words of its own, from the story's facts: a product, one with a rest, a quotient, a triangle."""
    if not target.quantity.own or target.quantity.unit == "%":
        return None
    words, _, bounds = rng.choice(target.quantity.own).rpartition(" ")
    low, high = map(int, bounds.split("-"))
    value, unit = target.value, target.quantity.unit
    round_ones = 5 if low >= 20 and low % 5 == 0 else 1  # of speeds and lengths
    each = rng.randrange(low, high + 1, round_ones)
    if "＜whole＞" in words:
        whole = value * each
        says = words.replace("＜whole＞", str(whole)).replace("＜each＞", str(each))
        return clue_to(
            target,
            says,
            lambda _: [("", n(Told(whole, "全体")) / n(Told(each, "1つ分")))],
            whole,
            factor=each,
        )
    if "＜high＞" in words:
        high, rest = divmod(2 * value, each)
        told = words.replace("＜each＞", str(each)).replace("＜high＞", str(high))
        area = n(Told(each, "底辺")) * n(Told(high, "高さ")) / 2
        return None if rest or high < 4 else clue_to(target, told, lambda _: [("", area)], value)
    sizes = [
        size
        for size in range(low, high + 1, round_ones)
        if value % size == 0 and 2 <= value // size <= 60
    ]
    if "＜left＞" not in words and not sizes:
        return None
    each = each if "＜left＞" in words else rng.choice(sizes)
    many, left = divmod(value, each)
    if many < 2 or ("＜left＞" in words and (not left or many > 30)):
        return None

    def sums(_: Expression) -> Sums:
        product = n(Told(each, f"{unit}ずつ")) * n(Told(many, "いくつ"))
        if not left:
            return [("", product)]
        rest = n(Told(left, f"{unit}のあまり"))
        return [("あまりをのぞいた分は", product), ("", product.result + rest)]

    for mark, number in (("＜each＞", each), ("＜many＞", many), ("＜left＞", left)):
        words = words.replace(mark, str(number))
    return clue_to(target, words, sums, value)


def several(target: Known, rng: random.Random) -> Clue | None:
    """``みかん4個の代金は360円です``, ``5分間に入る水は60Lです``."""
    quantity = target.quantity
    found = list(_ONE.finditer(quantity.name))
    if not found:
        return None
    one = rng.choice(found)
    many = rng.choice((10, 12, 20, 24) if quantity.is_trade else range(3, 7))
    whole = many * target.value
    if not quantity.neat(Fraction(whole)):
        return None
    name = f"{quantity.name[: one.start()]}{many}{one[1]}{quantity.name[one.end() :]}"
    if quantity.is_price:
        name = re.sub("ねだん$", "代金", name)
    return clue_to(
        target,
        f"{name}は{quantity.told(whole)}です",
        lambda _: [("", n(Told(whole, f"{quantity.unit}の合計")) / n(many, "個数"))],
        whole,
        factor=many,
    )


def handed(target: Known, rng: random.Random) -> Clue | None:
    """``みかんを4個買って500円を出すと、おつりは140円です``, and of a bill."""
    quantity, good = target.quantity, target.quantity.good
    many = rng.randint(2, 4) if good else 1
    bill = many * target.value
    note = next((note for note in _NOTES if note > bill), 0)
    if (
        not note
        or bill % 10
        or not bill % 1000
        or 3 * bill < note
        or not (good or quantity.name.endswith(_BILLS))
    ):
        return None
    paid = n(Told(note, "円")) - n(Told(note - bill, "おつり"))
    if good is None:
        says = f"{quantity.name.removesuffix('の合計')}として{note}円を出すと、おつりは{note - bill}円です"
        return clue_to(target, says, lambda _: [("", paid)], bill)
    goods = f"{good.thing}{many}{good.counter}"
    return clue_to(
        target,
        f"{good.thing}を{many}{good.counter}買って{note}円を出すと、おつりは{note - bill}円です",
        lambda _: [(f"{goods}の代金は", paid), ("", paid.result / n(many, "個数"))],
        bill,
        factor=many,
    )


_BILLS = ("代金", "代金の合計")


def reduced(target: Known, rng: random.Random) -> Clue | None:
    """``みかんは、1個150円のところを2割引きで売っています``."""
    good, off = target.quantity.good, rng.choice((10, 20, 25, 30, 40))
    before = Fraction(100 * target.value, 100 - off)
    if good is None or before.denominator > 1 or before % 10 or before < 100:
        return None
    told = n(Told(int(before), "円"))
    cut = told * percent(off)
    shown = f"{off // 10}割" if off % 10 == 0 and rng.random() < 0.5 else f"{off}%"
    return clue_to(
        target,
        f"{good.thing}は、1{good.counter}{before}円のところを{shown}引きで売っています",
        lambda _: [(f"{before}円の{shown}は", cut), ("", told - cut.result)],
        (100 - off) * before,
        factor=100,
    )


def pace(target: Known, rng: random.Random) -> Clue | None:
    """``兄の速さは、480mを6分で進む速さです``."""
    quantity = target.quantity
    time = {"分速": "分", "秒速": "秒", "時速": "時間"}.get(quantity.unit)
    if time is None or "流れ" in quantity.name:
        return None
    span = rng.choice(range(2, 6) if time == "時間" else range(4, 21))
    way = target.value * span
    if way > 3000:
        return None
    return clue_to(
        target,
        f"{quantity.name}は、{way}{quantity.behind}を{span}{time}で進む速さです",
        lambda _: [("", n(Told(way, quantity.behind)) / n(Told(span, time)))],
        way,
        factor=span,
    )


def other_unit(target: Known, rng: random.Random) -> Clue | None:
    """``道のりは1.2kmです`` where metres are reckoned with, ``1時間20分です`` where minutes are."""
    quantity = target.quantity
    hourly = Fraction(target.value * 60, 1000)
    if quantity.unit == "分速" and (hourly * 10).denominator == 1:
        metres = n(number_text(hourly), "時速") * 1000

        def steps(trees: Trees) -> Iterator[str]:
            yield f"{quantity.name}は、1時間に{metres:m}進む速さです。"
            found = metres.result / 60
            yield f"これを分速になおします。{found:=}より、{quantity.told(target.value)}です。"
            trees[target.key] = found.tree

        says = f"{quantity.name}は時速{number_text(hourly)}kmです"
        return Clue(says, (target.key,), (), steps, 2, (({target.key: 60}, hourly * 1000),))
    ways = list(quantity.in_other_units(target.value))
    if not ways:
        return None
    big, (unit, factor), small = rng.choice(ways)
    shown = f"{big}{unit}"
    sum_ = n(big, unit) * factor
    if small:
        shown += f"{'と' if unit in ('日', '週間') else ''}{small}{quantity.unit}"
        sum_ = sum_ + n(Told(small, quantity.unit))
    return clue_to(target, f"{quantity.name}は{shown}です", lambda _: [("", sum_)], target.value)


def part(target: Known, rng: random.Random) -> Clue | None:
    """``道のりの2/3は800mです``; of a way also there and back, of a bare number also a multiple."""
    quantity = target.quantity
    if quantity.unit and not quantity.name.endswith(_PARTED):
        return None
    rate = Fraction(rng.choice(("2/3", "3/4", "3/5", "4/5", "2/5", "1/3", "1/4")))
    by, says = n(rate, "倍"), f"{quantity.name}の{rate}は"
    if quantity.name.endswith("の道のり") and rng.random() < 0.5:
        rate, by = Fraction(2), n(2, "往復")
        says = f"{quantity.name.removesuffix('の道のり')}を往復した道のりは"
    elif not quantity.unit and rng.random() < 0.6:
        rate = Fraction(rng.randint(2, 6))
        by, says = n(int(rate), "倍"), f"{quantity.name}の{rate}倍は"
    whole = target.value * rate
    if not quantity.neat(whole):
        return None
    return clue_to(
        target,
        f"{says}{quantity.told(whole)}です",
        lambda _: [("", n(Told(int(whole), quantity.unit)) / by)],
        whole * rate.denominator,
        factor=rate.numerator,
    )


def averaged(target: Known, _rng: random.Random) -> Clue | None:
    """``3人の点数の平均は68点です`` of a sum."""
    name, unit = target.quantity.name, target.quantity.unit
    stem = name.removesuffix("の合計").removesuffix("の和")
    many = stem.count("と") + stem.count("、") + 1
    if stem == name or many == 1 or target.value % many:
        return None
    sum_ = n(Told(target.value // many, f"{unit}の平均")) * n(many, "個数")
    says = f"{stem}の平均は{target.quantity.told(target.value // many)}です"
    return clue_to(target, says, lambda _: [("", sum_)], target.value)


def dissolved(target: Known, solution: Known) -> Clue | None:
    """``はじめの食塩水には、食塩が16gとけています`` of a strength, from the solution's weight.

    The relation is linear only while the weight is told: who takes it may not hide that one.
    """
    salt, strength = Fraction(solution.value * target.value, 100), target.quantity
    if salt.denominator > 1:
        return None
    told = n(Told(int(salt), "gとけている"))
    return clue_to(
        target,
        f"{strength.name.removesuffix('のこさ')}には、{strength.own[0]}が{salt}gとけています",
        lambda weight: [("", told / weight * 100)],
        100 * salt,
        factor=solution.value,
        other=solution,
    )


# Bare numbers


def chain(target: Known, rng: random.Random) -> Clue | None:
    """``アの数の3倍から12をひくと78になります``: undone step by step."""
    quantity, factor, by = target.quantity, rng.randint(2, 6), rng.randint(2, 30)
    more = rng.random() < 0.5
    end = factor * target.value + (by if more else -by)
    if quantity.unit or by >= target.value:
        return None

    def sums(_: Expression) -> Sums:
        told, change = n(Told(end, "")), n(Told(by, "差"))
        multiple = told - change if more else told + change
        return [
            (f"{quantity.name}の{factor}倍は", multiple),
            ("", multiple.result / n(factor, "倍")),
        ]

    says = f"{quantity.name}の{factor}倍{'に' if more else 'から'}{by}を{'たす' if more else 'ひく'}と{end}になります"
    return clue_to(target, says, sums, end - by if more else end + by, factor=factor)


def divided(target: Known, rng: random.Random) -> Clue | None:
    """``アの数を7でわると、商は12で、あまりは3です``."""
    divisor = rng.randint(4, 12)
    quotient, rest = divmod(target.value, divisor)
    if target.quantity.unit or not rest or quotient < 2:
        return None
    product = n(divisor, "わる数") * n(quotient, "商")
    return clue_to(
        target,
        f"{target.quantity.name}を{divisor}でわると、商は{quotient}で、あまりは{rest}です",
        lambda _: [
            (f"{divisor}でわりきれる部分は", product),
            ("", product.result + n(rest, "あまり")),
        ],
        target.value,
    )


SINGLE: Sequence[Callable[[Known, random.Random], Clue | None]] = (
    own, own, several, handed, reduced, pace, other_unit, part, averaged, chain, divided,
)  # fmt: skip
"""Clues to one quantity that need no other."""
