"""Ratios and parts of a whole."""

from __future__ import annotations

import math
from fractions import Fraction

from jtextkit.builders.sansu.expressions import n
from jtextkit.builders.sansu.problems import Answer
from jtextkit.builders.sansu.stories import Dice, Steps, Story, Words, root, topic


# 倍数算: two amounts whose ratio changes, while their sum, difference or one of them does not.
def _ratio(dice: Dice) -> tuple[int, int]:
    a, b = dice.many(2, (1, 5), (1, 9))
    return (a, b) if a != b and math.gcd(a, b) == 1 else (0, 0)


class Ratios(Story, name="和が一定", method="倍数算 比"):
    search = root(
        lambda self, part: (
            (self.a * part - self.change) * self.d - (self.b * part + self.change) * self.c
        ),
        lambda self, part: (self.a * part, self.b * part),
    )

    def draw(self, dice: Dice) -> bool:
        (self.a, self.b), (self.c, self.d) = _ratio(dice), _ratio(dice)
        if not self.a or not self.c or self.a * self.d <= self.c * self.b:
            return False
        whole = math.lcm(self.a + self.b, self.c + self.d)
        step = self.a * whole // (self.a + self.b) - self.c * whole // (self.c + self.d)
        self.change = step * dice((1, 8), (2, 15))
        return whole < 60 and self.change < 200

    def solve(self, w: Words) -> Steps:
        whole = math.lcm(self.a + self.b, self.c + self.d)
        first = n(whole, "和") / (n(self.a) + self.b)
        second = n(whole, "和") / (n(self.c) + self.d)
        yield f"わたしても2つの和は変わりません。和を表す比の数は{(n(self.a) + self.b):=}と{(n(self.c) + self.d):=}なので、和を{whole}にそろえます。"
        yield f"はじめの{w.ONE}は{(many := n(self.a) * first.result):=}、あとの{w.ONE}は{(few := n(self.c) * second.result):=}にあたります。"
        yield f"うつした{self.change}{w.unit}は、比の{(step := many.result - few.result):=}にあたります。"
        yield f"比の1にあたる量は、{(part := n(self.change) / step.result):{w.unit}}です。"
        yield f"はじめの{w.ONE}は、{(had := many.result * part.result):{w.unit}}です。"
        others = n(self.b) * first.result * part.result
        yield f"はじめの{w.TWO}は、{others:{w.unit}}です。"
        return Answer.parts((w.ONE, had, w.unit), (w.TWO, others, w.unit))


class Hand(Story, name="何倍にする", method="倍数算 線分図"):
    search = root(lambda self, moved: self.one + moved - (self.times * (self.two - moved)))

    def draw(self, dice: Dice) -> bool:
        self.times = dice((2, 4), (2, 5))
        less, moved = dice((8, 40), (12, 60)), dice((4, 30), (6, 50))
        self.one, self.two = self.times * less - moved, less + moved
        return self.one > 5

    def solve(self, w: Words) -> Steps:
        yield f"うつしても合計は変わりません。{(total := n(self.one) + self.two):{w.unit}}"
        yield f"うつしたあと、合計は{w.TWO}の{(parts := n(self.times) + 1):倍}になります。"
        yield f"そのときの{w.TWO}は、{(less := total.result / parts.result):{w.unit}}です。"
        yield f"へった分がうつした量です。{(moved := n(self.two) - less.result):{w.unit}}"
        return Answer.of(moved, w.unit)


# 相当算: what number stands for a fraction of the whole.
def _part(dice: Dice) -> Fraction:
    bottom = dice((2, 6), (3, 9))
    return Fraction(dice.rng.randint(1, bottom - 1), bottom)


class TakenTwice(Story, name="残りの何分の何", method="相当算 線分図"):
    search = root(lambda self, whole: whole * (1 - self.first) * (1 - self.second) - self.rest)

    def draw(self, dice: Dice) -> bool:
        self.first, self.second = _part(dice), _part(dice)
        left = (1 - self.first) * (1 - self.second)
        unit = math.lcm(self.first.denominator, left.denominator)
        whole = unit * dice((2, 20), (3, 30))
        self.rest = int(whole * left)
        return 100 <= whole <= 3000

    def solve(self, w: Words) -> Steps:
        yield f"1回目の残りを1とすると、最後に残ったのは{(left := n(1) - n(self.second, '割合')):=}にあたります。"
        yield f"1回目の残りを求めます。{(between := n(self.rest) / left.result):{w.unit}}"
        yield f"全体を1とすると、1回目の残りは{(first := n(1) - n(self.first, '割合')):=}にあたります。"
        yield f"全体を求めます。{(whole := between.result / first.result):{w.unit}}"
        return Answer.of(whole, w.unit)


class Besides(Story, name="何分の何とあといくつ", method="相当算 線分図"):
    search = root(lambda self, whole: whole * (1 - self.first) - self.more - self.rest)

    def draw(self, dice: Dice) -> bool:
        self.first = _part(dice)
        whole = self.first.denominator * dice((8, 40), (10, 50))
        left = int(whole * (1 - self.first))
        self.more = dice.rng.randint(2, max(2, left - 2))
        self.rest = left - self.more
        return self.rest > 2

    def solve(self, w: Words) -> Steps:
        yield f"残った{self.rest}{w.unit}と、あとの{self.more}{w.unit}を合わせます。{(together := n(self.rest) + self.more):{w.unit}}"
        yield f"これは、全体を1とすると{(left := n(1) - n(self.first, '割合')):=}にあたります。"
        yield f"全体を求めます。{(whole := together.result / left.result):{w.unit}}"
        return Answer.of(whole, w.unit)


# 比と割合: ratios, their parts, chains of them, and percentages.
def _pair(dice: Dice) -> tuple[int, int]:
    """Two different numbers without a common divisor."""
    while True:
        a, b = dice.many(2, (1, 7), (2, 11))
        if a != b and math.gcd(a, b) == 1:
            return a, b


class Parts(Story, name="比で分ける", method="比 線分図"):
    search = root(lambda self, one: one * self.b - ((self.total - one) * self.a))

    def draw(self, dice: Dice) -> None:
        self.a, self.b = _pair(dice)
        self.total = (self.a + self.b) * 5 * dice((4, 12), (5, 16))

    def solve(self, w: Words) -> Steps:
        yield f"全体は、比の{(whole := n(self.a, '比') + n(self.b, '比')):=}にあたります。"
        yield f"比の1にあたる量は、{(part := n(self.total) / whole.result):{w.unit}}です。"
        yield f"{w.x}は、{(one := part.result * n(self.a, '比')):{w.unit}}です。"
        return Answer.of(one, w.unit)


class RatioChain(Story, name="連比", method="比 連比"):
    search = root(
        lambda self, x: (
            x + x * Fraction(self.b, self.a) * (1 + Fraction(self.d, self.c)) - self.total
        )
    )

    def draw(self, dice: Dice) -> bool:
        (self.a, self.b), (self.c, self.d) = _pair(Dice(dice.rng, 0)), _pair(Dice(dice.rng, 0))
        middle = math.lcm(self.b, self.c)
        whole = self.a * middle // self.b + middle + self.d * middle // self.c
        self.total = whole * dice((2, 8), (2, 12))
        return self.total <= 600

    def solve(self, w: Words) -> Steps:
        middle = math.lcm(self.b, self.c)
        first = n(self.a, "比") * (n(middle, "公倍数") / n(self.b, "比")).result
        last = n(self.d, "比") * (n(middle, "公倍数") / n(self.c, "比")).result
        yield f"{w.y}を表す数を{self.b}と{self.c}の最小公倍数の{middle}にそろえます。{w.x}は{first:=}、{w.z}は{last:=}にあたります。"
        yield f"3つの合計は、比の{(whole := first.result + n(middle, '公倍数') + last.result):=}にあたります。"
        yield f"比の1にあたる量は、{(part := n(self.total) / whole.result):{w.unit}}です。"
        yield f"{w.x}は、{(x := part.result * first.result):{w.unit}}です。"
        return Answer.of(x, w.unit)


class RatioGap(RatioChain, name="連比と差", method="比 連比"):
    search = root(
        lambda self, x: (
            x + x * Fraction(self.b, self.a) * (1 + Fraction(self.d, self.c)) - self.total
        ),
        lambda self, x: abs(x - x * Fraction(self.b * self.d, self.a * self.c)),
    )

    def draw(self, dice: Dice) -> bool:
        return super().draw(dice) and self.a * self.c != self.b * self.d

    def solve(self, w: Words) -> Steps:
        first = yield from super().solve(w)
        middle = math.lcm(self.b, self.c)
        x = n(first.values[0], w.unit)
        last = n(self.d, "比") * n(middle // self.c, "比")
        part = x / n(self.a * middle // self.b, "比")
        yield f"{w.z}は、{(z := part.result * last.result):{w.unit}}です。"
        gap = x - z.result if x.value > z.value else z.result - x
        yield f"差は、{gap:{w.unit}}です。"
        return Answer.of(gap, w.unit)


TOPICS = (
    topic("倍数算", "baisu", Ratios, Hand),
    topic("相当算", "soto", TakenTwice, Besides),
    topic("比と割合", "hi", Parts, RatioChain, RatioGap),
)
