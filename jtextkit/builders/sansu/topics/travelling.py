"""Speeds: who meets whom, streams, ratios."""

from __future__ import annotations

import math
from fractions import Fraction

from jtextkit.builders.sansu.expressions import n
from jtextkit.builders.sansu.problems import Answer
from jtextkit.builders.sansu.stories import Dice, Steps, Story, Words, found, root, topic

# 旅人算: two who walk towards each other, or one after the other, or round a pond.


def _speeds(dice: Dice) -> tuple[int, int]:
    """Two on foot, the second perhaps at a run."""
    slow = 5 * dice((9, 15), (9, 16))
    return slow, slow + 5 * dice((1, 8), (1, 14))


class Apart(Story, name="出会い"):
    search = root(lambda self, minutes: minutes * self.fast - (self.metres - minutes * self.slow))

    def draw(self, dice: Dice) -> None:
        self.slow, self.fast = _speeds(dice)
        self.metres = (self.slow + self.fast) * dice((4, 20), (5, 30))

    def solve(self, _w: Words) -> Steps:
        yield f"向かい合って進むので、2人の間は1分間に{(speed := n(self.slow) + self.fast):m}ずつちぢまります。"
        yield f"出会うまでの時間を求めます。{(minutes := n(self.metres) / speed.result):分}"
        return Answer.of(minutes, "分後")


class Chase(Story, name="追いつき"):
    search = root(lambda self, minutes: (minutes + self.before) * self.slow - minutes * self.fast)

    def draw(self, dice: Dice) -> bool:
        self.slow, self.fast = _speeds(dice)
        self.before = dice((2, 12), (3, 16))
        minutes, over = divmod(self.slow * self.before, self.fast - self.slow)
        return over == 0 and minutes <= 60

    def solve(self, w: Words) -> Steps:
        yield f"{w.b}が出るとき、{w.a}は{(ahead := n(self.slow) * self.before):m}先にいます。"
        yield f"その差は1分間に{(speed := n(self.fast) - self.slow):m}ずつちぢまります。"
        yield f"追いつくまでの時間は、{(minutes := ahead.result / speed.result):分}です。"
        return Answer.of(minutes, "分後")


class Back(Story, name="折り返して出会う"):
    search = root(
        lambda self, place: (self.metres - place) * self.fast - (self.metres + place) * self.slow
    )

    def draw(self, dice: Dice) -> bool:
        self.slow, self.fast = _speeds(dice)
        minutes = dice((6, 24), (8, 36))
        self.metres = (self.slow + self.fast) * minutes // 2
        return (self.slow + self.fast) * minutes % 20 == 0

    def solve(self, w: Words) -> Steps:
        yield f"2人が出会うまでに進む道のりの和は、片道の2倍です。{(way := n(self.metres) * 2):m}"
        yield f"2人は1分間に合わせて{(speed := n(self.fast) + self.slow):m}進みます。"
        yield f"出会うまでの時間は、{(minutes := way.result / speed.result):分}です。"
        yield f"{w.b}が進んだ道のりは、{(walked := n(self.slow) * minutes.result):m}です。"
        yield f"{w.q}からの道のりは、{(place := n(self.metres) - walked.result):m}です。"
        return Answer.of(place, "m")


# 流水算: boats that go up and down a river, and the speed of its water.


def _river(dice: Dice) -> tuple[int, int, int, int, int] | None:
    """A boat's own speed, the stream's, a way, and the hours up and down."""
    rise = dice((2, 6), (2, 8))
    fall = dice.rng.randint(1, rise - 1)
    # up * rise == down * fall: take up and down in the ratio of the times.
    scale = 2 * dice((1, 4), (1, 6))
    up, down = fall * scale, rise * scale
    boat, stream = (up + down) // 2, (down - up) // 2
    return (boat, stream, up * rise, rise, fall) if stream <= 6 and 6 <= boat <= 30 else None


class Trip(Story, name="往復の時間"):
    search = found(
        lambda self: (
            Fraction(self.way, self.boat - self.stream)
            + Fraction(self.way, self.boat + self.stream)
        )
    )

    def draw(self, dice: Dice) -> bool:
        river = _river(dice)
        if river:
            self.boat, self.stream, self.way, _, _ = river
        return river is not None

    def solve(self, _w: Words) -> Steps:
        yield f"上りの速さは、静水での速さから流れの速さをひいて、時速{(up := n(self.boat) - self.stream):km}です。"
        yield f"下りの速さは、流れの速さをたして、時速{(down := n(self.boat) + self.stream):km}です。"
        yield f"上りにかかる時間は{(rise := n(self.way) / up.result):時間}、下りにかかる時間は{(fall := n(self.way) / down.result):時間}です。"
        yield f"往復では、{(total := rise.result + fall.result):時間}です。"
        return Answer.of(total, "時間")


class Boats(Story, name="2せきの船", method="流水算 旅人算"):
    search = root(
        lambda self, place: (
            place * (self.two + self.stream) - (self.way - place) * (self.one - self.stream)
        )
    )

    def draw(self, dice: Dice) -> bool:
        self.stream = dice((1, 4), (1, 5))
        self.one, self.two = (self.stream + more for more in dice.many(2, (6, 16), (6, 20)))
        self.way = (self.one + self.two) * dice((1, 3), (1, 4))
        return self.one != self.two

    def solve(self, w: Words) -> Steps:
        yield f"上る{w.ONE}の速さは時速{(up := n(self.one) - self.stream):km}、下る{w.TWO}の速さは時速{(down := n(self.two) + self.stream):km}です。"
        yield f"2せきは1時間に{(speed := up.result + down.result):km}ずつ近づきます。"
        yield f"出会うまでの時間は、{(hours := n(self.way) / speed.result):時間}です。"
        yield f"上る船が進んだ道のりは、{(place := up.result * hours.result):km}です。"
        return Answer.of(place, "km")


# 速さと比: equal times, equal ways, and the speeds' ratio.


def _ratio(dice: Dice) -> tuple[int, int]:
    """The larger first."""
    while True:
        small, large = sorted(dice.many(2, (2, 7), (2, 9)))
        if small != large and math.gcd(small, large) == 1 and large < 2 * small:
            return large, small


class SameTime(Story, name="道のりの比", method="速さと比"):
    search = root(lambda self, way: way * self.y - ((self.metres - way) * self.x))

    def draw(self, dice: Dice) -> None:
        self.x, self.y = _ratio(dice)
        self.metres = (self.x + self.y) * 10 * dice((8, 20), (8, 30))

    def solve(self, w: Words) -> Steps:
        yield "同じ時間に進む道のりの比は、速さの比と同じです。"
        yield f"全体の道のりは、比の{(whole := n(self.x, '比') + n(self.y, '比')):=}にあたります。"
        yield f"比の1にあたる道のりは、{(one := n(self.metres) / whole.result):m}です。"
        yield f"{w.a}が進んだ道のりは、{(way := one.result * n(self.x, '比')):m}です。"
        return Answer.of(way, "m")


class Mean(Story, name="往復の平均の速さ", method="速さ 平均"):
    search = root(
        lambda self, speed: (
            speed * (Fraction(self.way, self.go) + Fraction(self.way, self.back)) - 2 * self.way
        )
    )

    def draw(self, dice: Dice) -> bool:
        self.go, self.back = (5 * speed for speed in dice.rng.sample(range(8, 25), 2))
        self.way = math.lcm(self.go, self.back) * dice((1, 2), (1, 3))
        total = Fraction(self.way, self.go) + Fraction(self.way, self.back)
        return 400 <= self.way <= 3000 and (2 * self.way / total).denominator == 1

    def solve(self, _w: Words) -> Steps:
        yield f"行きにかかった時間は{(one := n(self.way) / self.go):分}、帰りにかかった時間は{(two := n(self.way) / self.back):分}です。"
        yield f"往復の時間は、{(time := one.result + two.result):分}です。"
        yield f"往復の道のりは、{(way := n(self.way) * 2):m}です。"
        yield f"1分間に進んだ道のりは、{(mean := way.result / time.result):m}です。"
        return Answer.speed("分速", mean, "m")


TOPICS = (
    topic("旅人算", "tabibito", Apart, Chase, Back),
    topic("流水算", "ryusui", Trip, Boats),
    topic("速さと比", "hayahi", SameTime, Mean),
)
