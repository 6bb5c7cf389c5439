"""Work, and what grows while it is done."""

from __future__ import annotations

import math
from fractions import Fraction

from jtextkit.builders.sansu.expressions import n
from jtextkit.builders.sansu.problems import Answer
from jtextkit.builders.sansu.stories import Dice, Steps, Story, Words, root, topic

# 仕事算: work that several do together, by what each does in a day.


def _pair(dice: Dice, top: int) -> tuple[int, int]:
    return dice.rng.randint(4, top), dice.rng.randint(4, top)


class Together(Story, name="いっしょにする"):
    search = root(lambda self, days: Fraction(days, self.a) + Fraction(days, self.b) - 1)

    def draw(self, dice: Dice) -> bool:
        self.a, self.b = _pair(dice, 45)
        return self.a != self.b and self.a * self.b % (self.a + self.b) == 0

    def solve(self, w: Words) -> Steps:
        whole = math.lcm(self.a, self.b)
        yield f"全体の量を{self.a}と{self.b}の最小公倍数の{whole}とします。1{w.time}にする量は、{w.A}が{(one := n(whole, '全体') / self.a):=}、{w.B}が{(two := n(whole, '全体') / self.b):=}です。"
        yield f"いっしょにすると、1{w.time}に{(rate := one.result + two.result):=}進みます。"
        yield f"かかる時間を求めます。{(days := n(whole, '全体') / rate.result):{w.time}}"
        return Answer.of(days, w.time)


class Stops(Story, name="とちゅうでやめる"):
    search = root(lambda self, total: Fraction(self.both, self.a) + Fraction(total, self.b) - 1)

    def draw(self, dice: Dice) -> bool:
        self.a, self.b = _pair(dice, 40)
        self.both = dice.rng.randint(1, max(1, self.a * self.b // (self.a + self.b) - 1))
        days = (1 - self.both * (Fraction(1, self.a) + Fraction(1, self.b))) * self.b
        return self.a != self.b and days > 0 and days.denominator == 1

    def solve(self, w: Words) -> Steps:
        whole = math.lcm(self.a, self.b)
        yield f"全体の量を{whole}とすると、1{w.time}にする量は、{w.A}が{(one := n(whole, '全体') / self.a):=}、{w.B}が{(two := n(whole, '全体') / self.b):=}です。"
        yield f"いっしょにすると、1{w.time}に{(rate := one.result + two.result):=}ずつ進みます。"
        yield f"いっしょにした{self.both}{w.time}で進んだ量は、{(done := rate.result * self.both):=}です。"
        yield f"残りの量{(rest := n(whole, '全体') - done.result):=}を{w.B}だけですると、{(days := rest.result / two.result):{w.time}}かかります。"
        yield f"はじめからの時間は、{(total := n(self.both) + days.result):{w.time}}です。"
        return Answer.of(total, w.time)


# のべ算: work counted in person-days, which stay the same however many people there are.


class Joined(Story, name="とちゅうで増える"):
    search = root(
        lambda self, time: (
            time * self.people + (time - self.first) * self.more - self.people * self.days
        )
    )

    def draw(self, dice: Dice) -> bool:
        self.people, self.days = dice((3, 10), (4, 15)), dice((6, 18), (8, 24))
        self.first = dice.rng.randint(2, self.days - 2)
        self.more = dice((1, 6), (2, 10))
        left = self.people * (self.days - self.first)
        return left % (self.people + self.more) == 0

    def solve(self, w: Words) -> Steps:
        yield f"はじめの人数のままなら、あと{(rest := n(self.days) - self.first):{w.unit}}かかります。"
        yield f"1人が1{w.unit}にする量を1とすると、残りの量は{(left := n(self.people) * rest.result):=}です。"
        yield f"増えたあとの人数は、{(people := n(self.people) + self.more):人}です。"
        yield f"残りにかかるのは{(days := left.result / people.result):{w.unit}}なので、全部で{(total := n(self.first) + days.result):{w.unit}}です。"
        return Answer.of(total, w.unit)


class Made(Story, name="機械の台数と時間"):
    search = root(
        lambda self, things: (
            things * self.machines * self.hours - self.things * self.others * self.time
        )
    )

    def draw(self, dice: Dice) -> bool:
        self.machines, self.others = dice.many(2, (2, 8), (2, 12))
        self.hours, self.time = dice.many(2, (2, 6), (2, 8))
        self.things = self.machines * self.hours * dice((5, 30), (8, 40))
        return self.machines != self.others and self.hours != self.time

    def solve(self, w: Words) -> Steps:
        yield f"はじめに動かしたのは、のべ{(whole := n(self.machines) * self.hours):時間}です。"
        yield f"1{w.counter}が1時間に作るのは、{(each := n(self.things) / whole.result):{w.unit}}です。"
        yield f"あとで動かすのは、のべ{(again := n(self.others) * self.time):時間}です。"
        yield f"作れる数を求めます。{(things := each.result * again.result):{w.unit}}"
        return Answer.of(things, w.unit)


# ニュートン算: what is there grows while it is being used up.


class Queue(Story, name="行列"):
    search = root(lambda self, minutes: self.start + minutes * (self.come - self.gates * self.each))

    def draw(self, dice: Dice) -> bool:
        self.come = dice((2, 12), (3, 20))
        self.gates = dice((2, 3), (2, 4))
        self.each = dice((3, 12), (4, 15))
        less = self.gates * self.each - self.come
        self.start = less * dice((5, 25), (8, 30))
        return less > 2 and self.start <= 400

    def solve(self, _w: Words) -> Steps:
        yield f"1分間に通る人数は、{(out := n(self.each) * self.gates):人}です。"
        yield f"1分間に{self.come}人ずつ増えるので、差し引き{(less := out.result - self.come):人}ずつへっていきます。"
        yield f"なくなるまでの時間を求めます。{(minutes := n(self.start) / less.result):分}"
        return Answer.of(minutes, "分")


class Pasture(Story, name="牧草"):
    search = root(
        lambda self, grow: (self.a - grow) * self.days - (self.b - grow) * self.more,
        lambda self, grow: (self.a - grow) * self.days / (self.c - grow),
    )

    def draw(self, dice: Dice) -> bool:
        grow = dice((2, 8), (3, 12))
        grass = dice((24, 180), (40, 300))
        rates = [rate for rate in range(1, 30) if grass % rate == 0 and grass // rate <= 60]
        if len(rates) < 3:
            return False
        fast, middle, slow = sorted(dice.rng.sample(rates, 3), reverse=True)
        self.a, self.days = grow + middle, grass // middle
        self.b, self.more = grow + slow, grass // slow
        self.c = grow + fast
        return grass // fast > 1

    def solve(self, w: Words) -> Steps:
        one, two = n(self.a) * self.days, n(self.b) * self.more
        yield f"{w.who}1頭が1日に食べる量を1とします。{self.days}日で食べた量は{one:=}、{self.more}日で食べた量は{two:=}です。"
        yield f"この差{(grown := two.result - one.result):=}は、{(span := n(self.more) - self.days):日}の間に生えた草の量です。"
        yield f"1日に生える草の量は、{(grow := grown.result / span.result):=}です。"
        yield f"はじめの草の量は、{(start := one.result - grow.result * self.days):=}です。"
        yield f"{self.c}頭だと、草は1日に{(less := n(self.c) - grow.result):=}ずつへります。"
        yield f"食べつくすまでの日数を求めます。{(days := start.result / less.result):日}"
        return Answer.of(days, "日")


TOPICS = (
    topic("仕事算", "shigoto", Together, Stops),
    topic("のべ算", "nobe", Joined, Made),
    topic("ニュートン算", "newton", Queue, Pasture),
)
