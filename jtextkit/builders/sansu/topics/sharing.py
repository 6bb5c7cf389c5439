"""Amounts of two or three by their sum, difference or multiple."""

from __future__ import annotations

from jtextkit.builders.sansu.expressions import n
from jtextkit.builders.sansu.problems import Answer
from jtextkit.builders.sansu.stories import Dice, Steps, Story, Words, root, topic


# 和差算: two or three amounts from their sum and their differences.
class TwoAmounts(Story, name="2人の持ち物"):
    search = root(
        lambda self, low: self.total - low - low - self.gap,
        lambda self, low: (self.total - low, low),
    )

    def draw(self, dice: Dice) -> None:
        low = dice((8, 60), (12, 150))
        self.gap = dice((2, 30), (6, 60))
        self.total = 2 * low + self.gap

    def solve(self, w: Words) -> Steps:
        twice = n(self.total) + self.gap
        yield f"{w.low}に{self.gap}{w.unit}をたすと{w.high}と同じになるので、和に差をたすと{w.high}の2つ分です。{twice:{w.unit}}"
        yield f"{w.high}を求めます。{(more := twice.result / 2):{w.unit}}"
        yield f"{w.low}を求めます。{(less := more.result - self.gap):{w.unit}}"
        return Answer.parts((w.high, more, w.unit), (w.low, less, w.unit))


class ThreeAmounts(Story, name="3つの数"):
    search = root(
        lambda self, low: 3 * low + 2 * self.second + self.first - self.total,
        lambda self, low: (low + self.second + self.first, low + self.second, low),
    )

    def draw(self, dice: Dice) -> None:
        low = dice((20, 80), (20, 150))
        self.first, self.second = dice.many(2, (2, 20), (5, 40))
        self.total = 3 * low + 2 * self.second + self.first

    def solve(self, w: Words) -> Steps:
        yield f"いちばん少ない{w.c}をもとにします。{w.a}は{w.c}より{(more := n(self.first) + self.second):{w.unit}}多いです。"
        yield f"合計から{w.b}の多い分と{w.a}の多い分をひくと、{w.c}の3つ分になります。{(thrice := n(self.total) - self.second - more.result):{w.unit}}"
        yield f"{w.c}は、{(low := thrice.result / 3):{w.unit}}です。"
        yield f"{w.b}は、{(middle := low.result + self.second):{w.unit}}です。"
        yield f"{w.a}は、{(high := middle.result + self.first):{w.unit}}です。"
        return Answer.parts((w.a, high, w.unit), (w.b, middle, w.unit), (w.c, low, w.unit))


# 分配算: sharing so that one part is a multiple of another, with or without a remainder.


class UnequalShares(Story, name="何倍より多く", method="分配算 線分図"):
    sign = 1
    search = root(
        lambda self, low: self.total - low - low * self.times - self.sign * self.more,
        lambda self, low: (self.total - low, low),
    )

    def draw(self, dice: Dice) -> None:
        self.times = dice((2, 4), (2, 5))
        low = dice((6, 40), (12, 80))
        self.more = dice((1, 9), (3, 20))
        self.total = low * (self.times + 1) + self.sign * self.more

    def solve(self, w: Words) -> Steps:
        even = n(self.total) - self.more
        yield f"全体から{self.more}{w.unit}を取りのぞくと、{w.high}の分は{w.low}の分のちょうど{self.times}倍になります。{even:{w.unit}}"
        yield f"{w.low}の分を1とすると、合わせて{(parts := n(self.times) + 1):=}にあたります。"
        yield f"{w.low}の分を求めます。{(less := even.result / parts.result):{w.unit}}"
        yield f"{w.high}の分を求めます。{(most := n(self.total) - less.result):{w.unit}}"
        return Answer.parts((w.high, most, w.unit), (w.low, less, w.unit))


class Less(UnequalShares, name="何倍より少なく", method="分配算 線分図"):
    sign = -1

    def solve(self, w: Words) -> Steps:
        even = n(self.total) + self.more
        yield f"{w.high}があと{self.more}{w.unit}多ければ、{w.low}のちょうど{self.times}倍になります。そのときの合計を求めます。{even:{w.unit}}"
        yield f"この合計は{w.low}の{(parts := n(self.times) + 1):倍}にあたります。"
        yield f"{w.low}を求めます。{(less := even.result / parts.result):{w.unit}}"
        yield f"{w.high}を求めます。{(most := n(self.total) - less.result):{w.unit}}"
        return Answer.parts((w.high, most, w.unit), (w.low, less, w.unit))


# 年齢算: the difference of ages never changes.
_OLDEST = 90


class Ages(Story, name="何年後", method="年齢算 線分図"):
    search = root(lambda self, years: self.old + years - (self.times * (self.young + years)))

    def draw(self, dice: Dice) -> bool:
        self.times = dice((2, 3), (2, 4))
        self.young = dice((2, 12), (2, 16))
        years = dice((2, 15), (2, 20))
        self.old = self.times * (self.young + years) - years
        return self.young + 20 <= self.old <= self.young + 45 and self.old + years <= _OLDEST

    def solve(self, w: Words) -> Steps:
        yield f"2人の年れいの差は何年たっても変わりません。{(gap := n(self.old) - self.young):才}"
        yield f"{w.OLD}が{w.YOUNG}の{self.times}倍になるとき、{w.YOUNG}の年れいを1とすると、差は{(parts := n(self.times) - 1):=}にあたります。"
        yield f"そのときの{w.YOUNG}の年れいは、{(then := gap.result / parts.result):才}です。"
        yield f"今からの年数を求めます。{(years := then.result - self.young):年後}"
        return Answer.of(years, "年後")


class SumNow(Story, name="今の年れい", method="年齢算 分配算"):
    search = root(lambda self, old: old + self.years - self.times * (self.total - old + self.years))

    def draw(self, dice: Dice) -> bool:
        self.times = dice((2, 3), (2, 4))
        then = dice((9, 26), (9, 28))
        self.years = dice((2, 8), (2, 15))
        old, young = self.times * then - self.years, then - self.years
        self.total = old + young
        return young >= 2 and young + 20 <= old <= young + 45

    def solve(self, w: Words) -> Steps:
        yield f"{self.years}年後には2人とも{self.years}才ずつ年をとるので、和は{(grown := n(self.total) + n(self.years) * 2):才}になります。"
        yield f"そのとき、和は{w.YOUNG}の年れいの{(parts := n(self.times) + 1):倍}です。"
        yield f"{self.years}年後の{w.YOUNG}は、{(then := grown.result / parts.result):才}です。"
        yield f"今の{w.OLD}は、{(high := n(self.total) - (then.result - self.years)):才}です。"
        return Answer.of(high, "才")


TOPICS = (
    topic("和差算", "wasa", TwoAmounts, ThreeAmounts),
    topic("分配算", "bunpai", UnequalShares, Less),
    topic("年齢算", "nenrei", Ages, SumNow),
)
