"""Ways to tell a quantity without naming its value: each a relation that must be worked out first.

A :class:`Clue` holds three things apart: what the problem says, the elementary steps that undo it, and
the relation between the quantities as linear equations. Steps know the relation's solution by their
own arithmetic; the second solver sees the equations alone.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import gcd

from jtextkit.builders.sansu.expressions import Expression, Told, Tree, n, number_text, percent
from jtextkit.builders.sansu.quantities import SPEEDS, Quantity, after, both

Equation = tuple[Mapping[str, int | Fraction], int | Fraction]
"""Quantities by name with their factors, and what they add up to."""

Trees = dict[str, Tree]
"""What each quantity is made from, as far as the solution has come."""

Steps = Callable[[Trees], Iterator[str]]


@dataclass(frozen=True, slots=True)
class Clue:
    """A relation that tells hidden quantities.

    Attributes:
        says: the sentence, without its full stop.
        hides: names of the quantities that it tells.
        needs: names of those that must be known before.
        steps: how the hidden ones are found, given what the known ones are made from; it adds theirs.
        count: how many steps.
        equations: the relation for the second solver.
        among: bounds, both outside, that the one hidden quantity lies between, or None.
        divisors: numbers that divide it, where ``among`` says between which bounds.
    """

    says: str
    hides: tuple[str, ...]
    needs: tuple[str, ...]
    steps: Steps
    count: int
    equations: tuple[Equation, ...] = ()
    among: tuple[int, int] | None = None
    divisors: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Known:
    """A quantity with its value: what a clue hides, or what it starts from."""

    quantity: Quantity
    value: int

    @property
    def key(self) -> str:
        """The quantity's name among the facts."""
        return self.quantity.key

    def number(self, trees: Trees) -> Expression:
        """Its value, to reckon with."""
        return n(Told(self.value, trees.get(self.key, self.quantity.unit)))


def _base(known: Known | None, target: Known, value: Fraction) -> tuple[str, str | None] | None:
    """What a relation starts from: another quantity, or a bare value that people would say."""
    if known is not None:
        return after(target.quantity.name, known.quantity.name), known.key
    quantity = target.quantity
    if not quantity.neat(value) or quantity.unit in _NOT_BARE or value < _LEAST:
        return None
    if quantity.unit == "m" and not any(word in quantity.name for word in ("道のり", "まわり")):
        return None
    told = target.quantity.told(value)
    return _KNOWN_THINGS.get(target.quantity.unit, "{}").format(told), None


_LEAST = 4
_NOT_BARE = frozenset(("才", "分", "時間", "日", "点", "秒", "%", "度"))
_KNOWN_THINGS = {
    "m": "長さ{}のコース", "cm": "長さ{}のぼう", "g": "重さ{}の荷物",
    "mL": "{}入りのびんの中身",
}  # fmt: skip
"""Things with a known measure, where a bare value would not be compared with."""


_RATES = ("fraction", "fraction", "percent", "tenths")


def times(target: Known, other: Known | None, rng: random.Random) -> Clue | None:
    """``AはBの3倍です``, ``Bの3/4です``, ``Bの80%です``, ``Bの8割です``; B may be a bare value."""
    if other is not None:
        rate = Fraction(target.value, other.value)
    else:
        rate = Fraction(rng.choice(("2", "3", "4", "5", "6", "3/2", "2/3", "3/4", "4/5", "5/4", "5/6", "2/5", "3/5", "0.6", "0.8", "0.9", "1.2", "1.4")))  # fmt: skip
    from_value = Fraction(target.value) / rate
    if rate == 1 or rate > 9 or rate < Fraction(1, 9) or from_value.denominator > 1:
        return None
    shared_out = target.quantity.unit in ("円", "人", "個", "本", "枚", "g", "mL")
    style = rng.choice(_RATES) if shared_out else "fraction"
    if rate.denominator == 1:
        shown, factor = f"{rate}倍", n(int(rate), "倍")
    elif (rate * 10).denominator == 1 and rate > 1 and (rate < 2 or rate.denominator == 2):
        shown, factor = f"{number_text(rate)}倍", n(number_text(rate), "倍")
    elif style == "percent" and (rate * 100).denominator == 1 and rate < 1:
        shown, factor = f"{rate * 100}%", percent(int(rate * 100))
    elif style == "tenths" and (rate * 10).denominator == 1:
        shown, factor = f"{rate * 10}割", n(number_text(rate), "割")
    elif rate.denominator <= 9 and rate.numerator <= 9:
        shown = f"{rate}" + ("倍" if rate > 1 else "")
        factor = n(rate, "倍")
    else:
        return None
    base = _base(other, target, from_value)
    if base is None:
        return None
    name, key = base
    like = "と同じ" if other is None and target.quantity.unit in _KNOWN_THINGS else ""

    def steps(trees: Trees) -> Iterator[str]:
        start = other.number(trees) if other else n(Told(int(from_value), target.quantity.unit))
        found = start * factor
        yield target.quantity.found(found)
        trees[target.key] = found.tree

    factors: dict[str, int | Fraction] = {target.key: rate.denominator}
    if key:
        factors[key] = -rate.numerator
    total = 0 if key else rate.numerator * from_value
    says = f"{target.quantity.name}は、{name}の{shown}{like}です"
    return Clue(says, (target.key,), (key,) if key else (), steps, 1, ((factors, total),))


def part(target: Known, _other: Known | None, rng: random.Random) -> Clue | None:
    """``Aの3倍は120円です``, ``Aの3/4は90円です``: the value from a multiple or a part of it."""
    rate = Fraction(
        rng.choice(("2/3", "3/4", "3/5", "4/5", "5/6", "5/8", "1/3", "1/4", "1/5", "1/6"))
    )
    quantity = target.quantity
    there_and_back = quantity.unit in ("m", "km") and "道のり" in quantity.name
    if quantity.unit in ("", "本", "個", "枚") and rng.random() < 0.4:
        rate = Fraction(rng.randint(2, 5))
    elif there_and_back and rng.random() < 0.6:
        rate = Fraction(2)
    whole = target.value * rate
    if whole.denominator > 1 or not quantity.neat(whole) or _unparted(quantity):
        return None

    def steps(trees: Trees) -> Iterator[str]:
        given = n(Told(int(whole), quantity.unit))
        found = given / n(int(rate) if rate.denominator == 1 else rate, "倍")
        yield quantity.found(found)
        trees[target.key] = found.tree

    shown = f"{rate}倍" if rate.denominator == 1 else f"{rate}"
    says = f"{quantity.name}の{shown}は{quantity.told(whole)}です"
    if rate.denominator > 1:
        says = f"{quantity.name}の{shown}にあたる{quantity.sort}は{quantity.told(whole)}です"
    elif there_and_back:
        says = f"{quantity.name.removesuffix('の道のり')}を往復すると、道のりは{quantity.told(whole)}です"
    return Clue(
        says,
        (target.key,),
        (),
        steps,
        1,
        (({target.key: rate.numerator}, rate.denominator * whole),),
    )


_NOT_PARTED = frozenset(("才", "点", "%", "分速", "秒速", "時速", "時間", "日", "秒"))


def _unparted(quantity: Quantity) -> bool:
    return quantity.unit in _NOT_PARTED and not quantity.name.endswith("数")


def difference(target: Known, other: Known | None, _rng: random.Random) -> Clue | None:
    """``AはBより30円高いです``."""
    if other is None or target.value == other.value:
        return None
    gap = target.value - other.value
    quantity = target.quantity

    def steps(trees: Trees) -> Iterator[str]:
        told = n(Told(abs(gap), f"{quantity.unit}の差"))
        start = other.number(trees)
        found = start + told if gap > 0 else start - told
        yield quantity.found(found)
        trees[target.key] = found.tree

    says = f"{quantity.name}は、{after(quantity.name, other.quantity.name)}より{quantity.gap(abs(gap))}{quantity.more(gap > 0)}"
    says += "です"
    return Clue(
        says, (target.key,), (other.key,), steps, 1, (({target.key: 1, other.key: -1}, gap),)
    )


def total(target: Known, other: Known | None, _rng: random.Random) -> Clue | None:
    """``AとBは合わせて500円です``."""
    if other is None or other.quantity.unit in SPEEDS or other.quantity.unit in ("%", "点"):
        return None
    whole = target.value + other.value
    quantity = target.quantity

    def steps(trees: Trees) -> Iterator[str]:
        found = n(Told(whole, f"{quantity.unit}の和")) - other.number(trees)
        yield quantity.found(found)
        trees[target.key] = found.tree

    says = f"{both(quantity.name, other.quantity.name)}の和は{quantity.told(whole)}です"
    return Clue(
        says, (target.key,), (other.key,), steps, 1, (({target.key: 1, other.key: 1}, whole),)
    )


def mean(target: Known, other: Known | None, _rng: random.Random) -> Clue | None:
    """``AとBの平均は250円です``."""
    if other is None or (target.value + other.value) % 2 or target.value == other.value:
        return None
    half = (target.value + other.value) // 2
    quantity = target.quantity

    def steps(trees: Trees) -> Iterator[str]:
        twice = n(Told(half, f"{quantity.unit}の平均")) * 2
        names = both(quantity.name, other.quantity.name)
        yield f"{names}の和は、平均の2倍なので、{twice.equation(quantity.behind)}です。"
        found = twice.result - other.number(trees)
        yield quantity.found(found)
        trees[target.key] = found.tree

    says = f"{both(quantity.name, other.quantity.name)}の平均は{quantity.told(half)}です"
    return Clue(
        says, (target.key,), (other.key,), steps, 2, (({target.key: 1, other.key: 1}, 2 * half),)
    )


def ratio(target: Known, other: Known | None, _rng: random.Random) -> Clue | None:
    """``AとBの比は3：4です``."""
    if other is None:
        return None
    common = gcd(target.value, other.value)
    mine, yours = target.value // common, other.value // common
    if max(mine, yours) > 12 or mine == yours or 1 in (mine, yours) or target.quantity.unit == "%":
        return None
    quantity = target.quantity

    def steps(trees: Trees) -> Iterator[str]:
        one = other.number(trees) / n(yours, "比")
        yield f"{both(quantity.name, other.quantity.name)}の比の1にあたるのは、{one.equation(quantity.behind)}です。"
        found = one.result * n(mine, "比")
        yield quantity.found(found)
        trees[target.key] = found.tree

    says = f"{both(quantity.name, other.quantity.name)}の比は{mine}：{yours}です"
    equation = ({target.key: yours, other.key: -mine}, 0)
    return Clue(says, (target.key,), (other.key,), steps, 2, (equation,))


def conversion(target: Known, _other: Known | None, rng: random.Random) -> Clue | None:
    """``道のりは1.2kmです`` where metres are reckoned with."""
    quantity = target.quantity
    ways = [] if quantity.name.endswith("数") else quantity.in_other_units(target.value)
    if quantity.unit == "分速" and (Fraction(target.value * 60, 1000) * 10).denominator == 1:
        return _speed(target)
    if not ways:
        return None
    shown, factor, unit = rng.choice(ways)

    def steps(trees: Trees) -> Iterator[str]:
        found = n(shown, unit) * factor
        yield f"{quantity.name}を{quantity.unit}になおすと、{found.equation(quantity.unit)}です。"
        trees[target.key] = found.tree

    equation = ({target.key: 1}, Fraction(shown) * factor)
    says = f"{quantity.name}は{shown}{unit}です"
    return Clue(says, (target.key,), (), steps, 1, (equation,))


def _speed(target: Known) -> Clue:
    quantity = target.quantity
    hourly = Fraction(target.value * 60, 1000)

    def steps(trees: Trees) -> Iterator[str]:
        metres = n(number_text(hourly), "時速") * 1000
        yield f"{quantity.name}は、1時間に{metres:m}進む速さです。"
        found = metres.result / 60
        yield f"これを分速になおします。{found:=}より、{quantity.told(target.value)}です。"
        trees[target.key] = found.tree

    equation = ({target.key: 60}, hourly * 1000)
    says = f"{quantity.name}は時速{number_text(hourly)}kmです"
    return Clue(says, (target.key,), (), steps, 2, (equation,))


_GOODS = (
    ("えん筆", "本", 50, 130), ("ノート", "冊", 100, 220), ("あめ", "個", 10, 40),
    ("パン", "個", 90, 240), ("切手", "枚", 50, 140), ("色紙", "枚", 5, 20),
    ("カード", "枚", 20, 60), ("りんご", "個", 120, 260),
)  # fmt: skip
_LENGTHS = {"m": ("ロープ", 5, 60), "cm": ("テープ", 4, 60)}
_WEIGHTS = {"g": ("おもり", 5, 200), "mL": ("コップ", 100, 300)}


def product(target: Known, _other: Known | None, rng: random.Random) -> Clue | None:
    """As many of a thing as come to the value: ``パン4個の代金と同じです``, ``6人ずつ8組の数です``."""
    quantity = target.quantity
    value = target.value
    if quantity.unit in SPEEDS:
        return _pace(target, rng)
    kind, counter = "", "つ"
    low, high = 2, 12
    if quantity.unit == "円":
        kind, counter, low, high = rng.choice(_GOODS)
    elif quantity.unit in _LENGTHS:
        kind, low, high = _LENGTHS[quantity.unit]
        counter = "本"
    elif quantity.unit in _WEIGHTS:
        kind, low, high = _WEIGHTS[quantity.unit]
        counter = "個" if kind == "おもり" else "つ"
    elif quantity.sort == "面積" or quantity.unit in (
        "種類",
        "mm",
        "度",
        "cm³",
        "分",
        "才",
        "点",
        "%",
        "時間",
        "日",
        "秒",
        "km",
        "L",
        "kg",
        "倍",
    ):
        return None
    if value < 2 * _LEAST or (quantity.unit == "円" and value > 2000):
        return None
    sizes = [
        size for size in range(low, high + 1) if value % size == 0 and 2 <= value // size <= 30
    ]
    if not sizes:
        return None
    each = rng.choice(sizes)
    many = value // each

    def steps(trees: Trees) -> Iterator[str]:
        found = n(Told(each, f"{quantity.unit}ずつ")) * n(Told(many, counter))
        yield quantity.found(found)
        trees[target.key] = found.tree

    if quantity.unit == "円":
        says = f"{quantity.name}は、1{counter}{each}円の{kind}{many}{counter}の代金と同じです"
    elif quantity.unit in _LENGTHS:
        says = f"{quantity.name}は、{quantity.told(each)}の{kind}{many}本をつないだ長さと同じです"
    elif quantity.unit == "g":
        says = f"{quantity.name}は、1個{each}gのおもり{many}個分です"
    elif quantity.unit == "mL":
        says = f"{quantity.name}は、{each}mL入るコップで{many}回はかった量です"
    else:
        told = quantity.told(each)
        says = f"{quantity.name}は、{told}ずつに分けるとちょうど{many}組できる数です"
    return Clue(says, (target.key,), (), steps, 1, (({target.key: 1}, each * many),))


def _pace(target: Known, rng: random.Random) -> Clue | None:
    quantity = target.quantity
    time = {"分速": "分", "秒速": "秒", "時速": "時間"}[quantity.unit]
    spans = range(2, 6) if time == "時間" else range(4, 31)
    span = rng.choice(spans)
    way = target.value * span
    if way > 5000:
        return None

    def steps(trees: Trees) -> Iterator[str]:
        found = n(Told(way, quantity.behind)) / n(Told(span, time))
        yield quantity.found(found)
        trees[target.key] = found.tree

    says = f"{quantity.name}は、{way}{quantity.behind}を{span}{time}で進む速さです"
    return Clue(says, (target.key,), (), steps, 1, (({target.key: span}, way),))


def leftover(target: Known, _other: Known | None, rng: random.Random) -> Clue | None:
    """``6人ずつ分けると8組できて2人あまる数です``."""
    quantity = target.quantity
    if quantity.sort not in ("数", "人数") or target.value < 15 or quantity.unit in ("倍", "%"):
        return None
    each = rng.randint(4, 9)
    many, left = divmod(target.value, each)
    if not left or many > 30 or many < 2:
        return None

    def steps(trees: Trees) -> Iterator[str]:
        grouped = n(Told(each, f"{quantity.unit}ずつ")) * n(Told(many, "組"))
        yield f"組になった分は、{grouped.equation(quantity.unit)}です。"
        found = grouped.result + n(Told(left, f"{quantity.unit}のあまり"))
        yield quantity.found(found)
        trees[target.key] = found.tree

    says = (
        f"{quantity.name}は、{quantity.told(each)}ずつに分けると"
        f"{many}組できて{quantity.told(left)}あまる数です"
    )
    return Clue(says, (target.key,), (), steps, 2, (({target.key: 1}, each * many + left),))


def undone(target: Known, _other: Known | None, rng: random.Random) -> Clue | None:
    """``Aの3倍から12をひくと78になります``: a chain to be undone."""
    quantity = target.quantity
    if (
        quantity.is_price
        or _unparted(quantity)
        or quantity.unit in ("m", "km", "cm", "分", "g", "mL", "L", "kg")
    ):
        return None
    factor = rng.randint(2, 5)
    finest = 10 if quantity.unit in ("円", "m", "g", "mL") and target.value % 10 == 0 else 1
    change = finest * rng.randint(2, 15)
    more = rng.random() < 0.5
    end = factor * target.value + (change if more else -change)
    if end <= 0 or change >= target.value:
        return None

    def steps(trees: Trees) -> Iterator[str]:
        told, by = n(Told(end, quantity.unit)), n(Told(change, f"{quantity.unit}の差"))
        multiple = told - by if more else told + by
        yield f"{quantity.name}の{factor}倍は、{multiple.equation(quantity.behind)}です。"
        found = multiple.result / n(factor, "倍")
        yield quantity.found(found)
        trees[target.key] = found.tree

    says = (
        f"{quantity.name}の{factor}倍{'に' if more else 'から'}{quantity.told(change)}を"
        f"{'たす' if more else 'ひく'}と{quantity.told(end)}になります"
    )
    equation = ({target.key: factor}, end - change if more else end + change)
    return Clue(says, (target.key,), (), steps, 2, (equation,))


def change(target: Known, _other: Known | None, rng: random.Random) -> Clue | None:
    """``1000円を出すとおつりが280円になる金額です``; of a price also ``1500円の2割引きです``."""
    quantity = target.quantity
    if quantity.unit != "円":
        return None
    if rng.random() < 0.5:
        paid = next((note for note in (500, 1000, 5000, 10000) if note > target.value), 0)
        if not paid or paid == target.value or 3 * target.value < paid:
            return None

        def handed(trees: Trees) -> Iterator[str]:
            found = n(Told(paid, "円")) - n(Told(paid - target.value, "おつり"))
            yield quantity.found(found)
            trees[target.key] = found.tree

        says = f"{quantity.name}は、{paid}円を出すとおつりが{paid - target.value}円になる金額です"
        return Clue(says, (target.key,), (), handed, 1, (({target.key: 1}, target.value),))
    if not quantity.is_price:
        return None
    off = rng.choice((10, 20, 25, 30, 40))
    before = Fraction(100 * target.value, 100 - off)
    if before.denominator > 1 or before % 10:
        return None

    def cut(trees: Trees) -> Iterator[str]:
        reduced = n(Told(int(before), "円")) * percent(off)
        yield f"{number_text(before)}円の{off}%は、{reduced:円}です。"
        found = n(Told(int(before), "円")) - reduced.result
        yield quantity.found(found)
        trees[target.key] = found.tree

    says = f"{quantity.name}は、{number_text(before)}円の{off}%引きです"
    equation = ({target.key: 100}, (100 - off) * before)
    return Clue(says, (target.key,), (), cut, 2, (equation,))


_MEASURED = ("かかった", "働いた", "見ていた", "休んだ", "おくれて", "使える", "調べた")
"""What times are called that were measured by the clock."""


def clock(target: Known, _other: Known | None, rng: random.Random) -> Clue | None:
    """``午前9時40分から午前10時25分までの時間です``."""
    quantity = target.quantity
    if quantity.unit != "分" or not 15 <= target.value <= 110:
        return None
    if not any(word in quantity.name for word in _MEASURED):
        return None
    hour = rng.randint(8, 9)
    past = rng.randint(1, min(59, target.value - 1))
    before = target.value - past
    if before > 59:
        return None

    def steps(trees: Trees) -> Iterator[str]:
        found = n(Told(before, "分")) + n(Told(past, "分"))
        whole = f"午前{hour + 1}時までに{before}分、そのあと{past}分あります。"
        yield f"{whole}{quantity.found(found)}"
        trees[target.key] = found.tree

    says = (
        f"{quantity.name}は、午前{hour}時{60 - before}分から午前{hour + 1}時{past}分までの時間です"
    )
    return Clue(says, (target.key,), (), steps, 1, (({target.key: 1}, before + past),))


def multiple(target: Known, _other: Known | None, rng: random.Random) -> Clue | None:
    """``40より大きく60より小さい数で、6でも8でもわりきれます``: the one common multiple."""
    quantity = target.quantity
    if quantity.sort not in ("数", "人数") or not 12 <= target.value <= 400:
        return None
    pairs = [
        (a, b)
        for a in range(2, 13)
        for b in range(a + 1, 16)
        if target.value % a == 0 == target.value % b
        and b % a
        and target.value // (a * b // gcd(a, b)) <= 9
    ]
    if not pairs:
        return None
    a, b = rng.choice(pairs)
    least = a * b // gcd(a, b)
    factor = target.value // least
    low = target.value - rng.randint(1, least - 1)
    high = target.value + rng.randint(1, least - 1)

    def steps(trees: Trees) -> Iterator[str]:
        yield f"{a}でも{b}でもわりきれる数は、{a}と{b}の最小公倍数{least}の倍数です。"
        found = n(least, "最小公倍数") * n(factor, "何倍か")
        yield f"{low}より大きく{high}より小さいものは1つだけです。{quantity.found(found)}"
        trees[target.key] = found.tree

    says = f"{quantity.name}は、{low}より大きく{high}より小さい数で、{a}でも{b}でもわりきれます"
    return Clue(says, (target.key,), (), steps, 2, (), (low, high), (a, b))


def sum_and_difference(one: Known, two: Known, _rng: random.Random) -> Clue | None:
    """Two at once, by 和差算."""
    if one.quantity.unit in SPEEDS or one.value <= two.value or one.quantity.unit == "%":
        return None
    whole, gap = one.value + two.value, one.value - two.value
    unit = one.quantity.unit

    def steps(trees: Trees) -> Iterator[str]:
        told = n(Told(gap, f"{unit}の差"))
        twice = n(Told(whole, f"{unit}の和")) + told
        yield f"和に差をたすと、{one.quantity.name}の2つ分になります。{twice.equation(one.quantity.behind)}"
        large = twice.result / 2
        yield one.quantity.found(large)
        small = large.result - told
        yield two.quantity.found(small)
        trees[one.key], trees[two.key] = large.tree, small.tree

    word = one.quantity.more(more=True)
    says = (
        f"{both(one.quantity.name, two.quantity.name)}の和は{one.quantity.told(whole)}で、"
        f"{one.quantity.name}のほうが{one.quantity.gap(gap)}{word}です"
    )
    equations = (({one.key: 1, two.key: 1}, whole), ({one.key: 1, two.key: -1}, gap))
    return Clue(says, (one.key, two.key), (), steps, 3, equations)


def shared(one: Known, two: Known, rng: random.Random) -> Clue | None:
    """Two at once, by their ratio and their sum or difference."""
    common = gcd(one.value, two.value)
    a, b = one.value // common, two.value // common
    if max(a, b) > 12 or a == b or one.quantity.unit == "%":
        return None
    summed = one.quantity.unit not in SPEEDS and rng.random() < 0.5
    if not summed and a < b:
        return None
    told = one.value + two.value if summed else one.value - two.value
    unit, behind = one.quantity.unit, one.quantity.behind

    def steps(trees: Trees) -> Iterator[str]:
        first, second = n(a, "比"), n(b, "比")
        parts = first + second if summed else first - second
        yield f"{'和' if summed else '差'}は、比の{parts:=}にあたります。"
        each = n(Told(told, f"{unit}の{'和' if summed else '差'}")) / parts.result
        yield f"比の1にあたるのは、{each.equation(behind)}です。"
        large, small = each.result * first, each.result * second
        yield one.quantity.found(large)
        yield two.quantity.found(small)
        trees[one.key], trees[two.key] = large.tree, small.tree

    names = both(one.quantity.name, two.quantity.name)
    last = (
        f"和は{one.quantity.told(told)}"
        if summed
        else f"{one.quantity.name}のほうが{one.quantity.gap(told)}{one.quantity.more(more=True)}"
    )
    says = f"{names}の比は{a}：{b}で、{last}です"
    sign = 1 if summed else -1
    equations = (({one.key: b, two.key: -a}, 0), ({one.key: 1, two.key: sign}, told))
    return Clue(says, (one.key, two.key), (), steps, 4, equations)


def two_bills(one: Known, two: Known, rng: random.Random) -> Clue | None:
    """Two prices at once, by 消去算."""
    if one.quantity.unit != "円" or not one.quantity.name.endswith("ねだん"):
        return None
    things = [known.quantity.name.removesuffix("のねだん") for known in (one, two)]
    if not all("1" in thing for thing in things):
        return None
    (x, xc), (y, yc) = (thing.split("1", 1) for thing in things)
    a, b, c = rng.randint(1, 3), rng.randint(1, 4), rng.randint(4, 6)
    first, second = a * one.value + b * two.value, c * one.value + b * two.value

    def steps(trees: Trees) -> Iterator[str]:
        more = n(Told(second, "円")) - n(Told(first, "円"))
        yield f"{y}の数は同じなので、代金の差は{x}の数の差によるものです。{more:円}"
        count = n(c, "数") - n(a, "数")
        yield f"{x}の数の差は、{count:{xc}}です。"
        found = more.result / count.result
        yield one.quantity.found(found)
        other = (n(Told(first, "円")) - found.result * n(a, "数")) / n(b, "数")
        yield two.quantity.found(other)
        trees[one.key], trees[two.key] = found.tree, other.tree

    says = f"{x}{a}{xc}と{y}{b}{yc}の代金は{first}円、{x}{c}{xc}と{y}{b}{yc}の代金は{second}円です"
    equations = (({one.key: a, two.key: b}, first), ({one.key: c, two.key: b}, second))
    return Clue(says, (one.key, two.key), (), steps, 4, equations)


SINGLE: Sequence[Callable[[Known, Known | None, random.Random], Clue | None]] = (
    times, part, difference, total, mean, ratio, conversion, product, leftover, undone, change, clock,
    multiple,
)  # fmt: skip
"""Clues to one quantity; those that need another to start from give None without one."""

DOUBLE: Sequence[Callable[[Known, Known, random.Random], Clue | None]] = (
    sum_and_difference, shared, two_bills,
)  # fmt: skip
"""Clues to two like quantities at once."""
