"""What repeats or grows by a rule, and other bases."""

from __future__ import annotations

import itertools
import math

from jtextkit.builders.sansu.expressions import n
from jtextkit.builders.sansu.problems import Answer
from jtextkit.builders.sansu.stories import Dice, Steps, Story, Words, found, root, topic


# 周期算: what repeats.
class Beads(Story, name="色の数"):
    search = found(
        lambda self: sum(place % (self.a + self.b + self.c) < self.a for place in range(self.total))
    )

    def draw(self, dice: Dice) -> bool:
        self.a, self.b, self.c = dice.many(3, (1, 3), (1, 4))
        self.total = dice((20, 80), (40, 150))
        return self.total % (self.a + self.b + self.c) != 0

    def solve(self, w: Words) -> Steps:
        yield f"くり返しの1組は、{(period := n(self.a) + self.b + self.c):{w.counter}}です。"
        times, rest = divmod(self.total, int(period.value))
        yield f"全体には何組あるかを求めます。{n(self.total).remainder(int(period.value))}"
        more = min(rest, self.a)
        yield f"あまりの{rest}{w.counter}のうち、{w.x}は{more}{w.counter}です。{w.x}の数を求めます。{(total := n(self.a) * n(times, '組') + n(more, '個')):{w.counter}}"
        return Answer.of(total, w.counter)


class Again(Story, name="同時になる回数", method="周期算 倍数と約数"):
    search = found(
        lambda self: sum(
            1 for one in range(self.total + 1) if not one % self.a and not one % self.b
        )
    )

    def draw(self, dice: Dice) -> bool:
        self.a, self.b = dice.many(2, (4, 18), (6, 24))
        self.total = dice((90, 240), (120, 360))
        large, small = max(self.a, self.b), min(self.a, self.b)
        return large % small != 0 and self.total > 1.5 * math.lcm(self.a, self.b)

    def solve(self, _w: Words) -> Steps:
        both = math.lcm(self.a, self.b)
        yield f"同時になるのは、{self.a}と{self.b}の最小公倍数の{both}分ごとです。"
        yield f"{self.total}分の間に何回あるかを求めます。{n(self.total).remainder(both)}"
        yield f"はじめの1回もふくめて数えます。{(total := n(self.total // both, '商') + 1):回}"
        return Answer.of(total, "回")


# 規則性と数列: numbers and figures that grow by a rule.


class Place(Story, name="等差数列の何番目", method="等差数列"):
    search = found(lambda self: len(range(self.start, self.last + 1, self.step)))

    def draw(self, dice: Dice) -> None:
        self.start, self.step = dice((1, 20), (2, 40)), dice((3, 9), (4, 15))
        self.last = self.start + self.step * dice((9, 30), (14, 60))
        self.shown = "、".join(str(self.start + self.step * i) for i in range(4))

    def solve(self, w: Words) -> Steps:
        yield f"となり合う{w.what}の差は、{(step := n(self.start + self.step, '数列') - n(self.start, '数列')):=}です。"
        yield f"はじめの{w.what}からは、{(more := n(self.last) - n(self.start, '数列')):=}増えています。"
        yield f"増えた回数は、{(times := more.result / step.result):回}です。"
        yield f"はじめの{w.what}もふくめて、{(place := times.result + 1):番目}です。"
        return Answer.of(place, "番目")


class Summed(Place, name="等差数列のある数までの和", method="等差数列"):
    search = found(lambda self: sum(range(self.start, self.last + 1, self.step)))

    def solve(self, w: Words) -> Steps:
        place = yield from super().solve(w)
        yield f"はじめと終わりの{w.what}の和は、{(ends := n(self.start, '数列') + self.last):=}です。"
        count = n(place.values[0], "番目")
        yield f"全部の和は、はじめと終わりの和×個数÷2で求めます。{(whole := ends.result * count / 2):=}"
        return Answer.of(whole, "")


class Matches(Story, name="図形の列", method="規則性"):
    search = root(lambda self, figures: 1 + (self.sides - 1) * figures - self.total)

    def draw(self, dice: Dice) -> None:
        self.sides = dice((3, 5), (3, 6))
        self.shape = {3: "正三角形", 4: "正方形", 5: "正五角形", 6: "正六角形"}[self.sides]
        self.total = 1 + (self.sides - 1) * dice((6, 25), (9, 40))

    def solve(self, _w: Words) -> Steps:
        yield f"1個目の{self.shape}には{self.sides}本、2個目からは{self.sides - 1}本ずつ使います。"
        yield f"1個目の{self.sides}本をのぞくと、{(rest := n(self.total) - n(self.sides, '辺の数')):本}です。"
        yield f"2個目からの{self.shape}は、{(others := rest.result / n(self.sides - 1, '増える本数')):個}です。"
        yield f"1個目と合わせて、{(total := others.result + 1):個}です。"
        return Answer.of(total, "個")


# N進法: numbers written with fewer digits.
def _display(number: int, base: int) -> int:
    """Counted up one by one: the first number of such digits has the value of its place."""
    left = (int("".join(digits)) for digits in itertools.product(map(str, range(base)), repeat=7))
    return next(itertools.islice(left, number, None))


def _digits(number: int, base: int) -> tuple[int, ...]:
    found: list[int] = []
    while number:
        number, digit = divmod(number, base)
        found.insert(0, digit)
    return tuple(found)


class Read(Story, name="10進法になおす", method="N進法"):
    search = found(lambda self: int(self.shown, self.base) + self.more)

    def draw(self, dice: Dice) -> None:
        self.base = dice((3, 6), (3, 5), (2, 4))
        self.more = dice((8, 40), (12, 90))
        size = dice((2, 3), (3, 4), (3, 5))
        self.number = dice.rng.randint(self.base ** (size - 1) + 1, self.base**size - 1)
        self.digits = _digits(self.number, self.base)
        self.shown = "".join(map(str, self.digits))
        self.used = "、".join(map(str, range(self.base)))

    def solve(self, _w: Words) -> Steps:
        weight, total = n(1), None
        for place, digit in enumerate(reversed(self.digits), start=1):
            part = weight * n(digit, "位の数字")
            yield f"右から{place}けた目は{weight.result}の位なので、{part:=}です。"
            total = part.result if total is None else total + part.result
            weight = weight.result * n(self.base, "進法")
        assert total is not None
        yield f"合わせると、{total:=}です。"
        yield f"たす数を加えて、{(whole := total.result + self.more):=}です。"
        return Answer.of(whole, "")


class Write(Story, name="N進法で表す", method="N進法"):
    search = found(lambda self: _display(self.number, self.base))

    def draw(self, dice: Dice) -> None:
        self.base = dice((3, 6), (3, 5), (2, 4))
        size = dice((2, 4), (3, 5), (4, 6))
        self.number = dice.rng.randint(self.base ** (size - 1) + 1, self.base**size - 1)
        self.used = "、".join(map(str, range(self.base)))

    def solve(self, _w: Words) -> Steps:
        number = n(self.number)
        left = []
        while number.value >= self.base:
            times, rest = divmod(int(number.value), self.base)
            yield f"{self.base}でわって、あまりを書きます。{number.remainder(self.base)}{'' if rest else '（あまり0）'}"
            left.append(rest)
            number = n(times, "商")
        found = "".join(map(str, _digits(self.number, self.base)))
        yield f"最後の商の{number}と、あまりを下から順に並べると、{found}です。"
        return Answer.of(int(found), "")


class DailyMore(Story, name="等差数列の和", method="等差数列"):
    search = found(
        lambda self: sum(range(self.start, self.start + self.step * self.days, self.step))
    )

    def draw(self, dice: Dice) -> None:
        self.start, self.step, self.days = (
            dice((3, 20), (5, 30)),
            dice((2, 6), (2, 9)),
            dice((5, 12), (7, 20)),
        )

    def solve(self, w: Words) -> Steps:
        yield f"最後の日までに増えるのは、{(times := n(self.days) - 1):回}です。"
        yield f"最後の日は、{(last := n(self.start) + n(self.step) * times.result):{w.unit}}です。"
        yield f"はじめの日と最後の日の和は、{(ends := n(self.start) + last.result):{w.unit}}です。"
        yield f"合計は、はじめと最後の和×日数÷2で求めます。{(total := ends.result * self.days / 2):{w.unit}}"
        return Answer.of(total, w.unit)


TOPICS = (
    topic("周期算", "shuki", Beads, Again),
    topic("規則性と数列", "kisoku", DailyMore, Place, Summed, Matches),
    topic("N進法", "nshin", Read, Write),
)
