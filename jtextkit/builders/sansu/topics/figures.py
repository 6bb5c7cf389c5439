"""Areas, solids, similar figures, moving points."""

from __future__ import annotations

import math
from fractions import Fraction

from jtextkit.builders.sansu.expressions import n
from jtextkit.builders.sansu.problems import Answer
from jtextkit.builders.sansu.stories import Dice, Steps, Story, Words, found, root, topic

# 平面図形の面積: areas of plane figures, told in words.


class Paths(Story, name="道のある土地", method="面積 等積移動"):
    search = found(lambda self: sum(self.width - self.path for _ in range(self.path, self.height)))

    def draw(self, dice: Dice) -> bool:
        self.height, self.width = dice.many(2, (8, 30), (12, 50))
        self.path = dice((1, 3), (2, 4))
        return self.height != self.width

    def solve(self, w: Words) -> Steps:
        yield f"道をはしによせると、残りは1つの長方形になります。たては{(down := n(self.height) - self.path):m}です。"
        yield f"横は{(across := n(self.width) - self.path):m}です。"
        yield f"{w.rest}の面積を求めます。{(area := down.result * across.result):m²}"
        return Answer.of(area, "m²")


class Circle(Story, name="正方形と円", method="面積 円"):
    search = found(lambda self: Fraction(86, 100) * sum(self.radius for _ in range(self.radius)))

    def draw(self, dice: Dice) -> None:
        self.radius = dice((2, 20), (4, 40))

    def solve(self, _w: Words) -> Steps:
        yield f"正方形の1辺は円の直径と同じです。{(side := n(self.radius) * 2):cm}"
        yield f"正方形の面積は、{(square := side.result * side.result):cm²}です。"
        yield f"円の面積は、半径×半径×3.14で求めます。{(circle := n(self.radius) * self.radius * n('3.14')):cm²}"
        yield f"残りの面積を求めます。{(rest := square.result - circle.result):cm²}"
        return Answer.of(rest, "cm²")


# 立体: volumes, and how high water stands.


def _sides(dice: Dice) -> tuple[int, int]:
    return dice.rng.randint(8, 30), dice.rng.randint(10, 40)


class Filled(Story, name="管で入れる時間", method="体積"):
    search = root(lambda self, minutes: minutes * self.rate - self.a * self.b * self.depth)

    def draw(self, dice: Dice) -> bool:
        self.a, self.b = _sides(dice)
        self.depth = 2 * dice((5, 15), (6, 20))
        whole = self.a * self.b * self.depth
        minutes = dice((4, 20), (6, 30))
        self.rate = whole // minutes
        return whole % minutes == 0 and self.rate % 10 == 0 and self.rate >= 200

    def solve(self, w: Words) -> Steps:
        yield f"{w.tank}の底面の面積は、{(base := n(self.a) * self.b):cm²}です。"
        yield f"入る水の体積は、{(whole := base.result * self.depth):cm³}です。"
        yield f"1mLは1cm³なので、かかる時間は{(minutes := whole.result / self.rate):分}です。"
        return Answer.of(minutes, "分")


class Bored(Story, name="くりぬいた立体", method="体積"):
    search = found(lambda self: sum(self.a * self.b - self.hole**2 for _ in range(self.height)))

    def draw(self, dice: Dice) -> None:
        self.a, self.b, self.height = dice.many(3, (6, 12), (8, 20))
        self.hole = dice.rng.randint(2, min(self.a, self.b) - 3)

    def solve(self, _w: Words) -> Steps:
        yield f"もとの底面の面積は、{(base := n(self.a) * self.b):cm²}です。"
        yield f"あなの底面の面積は、{(hole := n(self.hole) * self.hole):cm²}です。"
        yield f"残った部分の底面の面積は、{(left := base.result - hole.result):cm²}です。"
        yield f"体積を求めます。{(volume := left.result * self.height):cm³}"
        return Answer.of(volume, "cm³")


# 相似と面積比: shadows, and figures of one form and several sizes.
class Shadow(Story, name="かげの長さ", method="相似"):
    search = root(lambda self, high: high * self.shade - self.stick * self.long)

    def draw(self, dice: Dice) -> bool:
        self.stick, self.shade = 10 * dice((6, 15), (6, 20)), 5 * dice((8, 30), (8, 40))
        self.long = 10 * dice((30, 90), (40, 160))
        high = Fraction(self.stick * self.long, self.shade)
        return high.denominator == 1 and 250 <= high <= 1000 and self.stick != self.shade

    def solve(self, w: Words) -> Steps:
        yield f"同じ時こくには、高さとかげの長さの割合は等しくなります。ぼうの長さはかげの{(times := n(self.stick) / n(Fraction(self.shade), 'cm')):倍}です。"
        yield f"{w.thing}の高さは、{(high := n(self.long) * times.result):cm}です。"
        return Answer.of(high, "cm")


class Base(Story, name="底辺の比と面積", method="面積比"):
    search = found(
        lambda self: (
            self.area
            * (1 - Fraction(self.y, self.x + self.y))
            * (1 - Fraction(self.t, self.s + self.t))
        )
    )

    def draw(self, dice: Dice) -> bool:
        self.x, self.y, self.s, self.t = dice.many(4, (1, 4), (1, 5))
        self.area = (self.x + self.y) * (self.s + self.t) * dice((2, 6), (2, 8))
        return math.gcd(self.x, self.y) == 1 == math.gcd(self.s, self.t) and self.area <= 400

    def solve(self, _w: Words) -> Steps:
        yield f"高さが等しい三角形の面積の比は、底辺の比と同じです。BCは比の{(base := n(self.x, '比') + n(self.y, '比')):=}にあたります。"
        yield f"三角形ABDの面積は、{(half := n(self.area) * n(self.x, '比') / base.result):cm²}です。"
        yield f"同じように、ADは比の{(line := n(self.s, '比') + n(self.t, '比')):=}にあたります。"
        yield f"三角形ABEの面積は、{(area := half.result * n(self.s, '比') / line.result):cm²}です。"
        return Answer.of(area, "cm²")


class CutOff(Base, name="切り取った残りの面積"):
    search = found(
        lambda self: (
            self.area * (1 - Fraction(self.x * self.s, (self.x + self.y) * (self.s + self.t)))
        )
    )

    def solve(self, _w: Words) -> Steps:
        yield f"点Bと点Eを結びます。ACは比の{(line := n(self.s, '比') + n(self.t, '比')):=}にあたります。"
        yield f"高さが等しいので、三角形ABEの面積は{(half := n(self.area) * n(self.s, '比') / line.result):cm²}です。"
        yield f"同じように、ABは比の{(side := n(self.x, '比') + n(self.y, '比')):=}にあたります。"
        yield f"三角形ADEの面積は、{(small := half.result * n(self.x, '比') / side.result):cm²}です。"
        yield f"四角形DBCEの面積は、{(rest := n(self.area) - small.result):cm²}です。"
        return Answer.of(rest, "cm²")


# 点の移動: a point runs along the sides of a figure.


class When(Story, name="面積になる時間", method="点の移動 面積"):
    search = root(lambda self, time: self.pace * time * self.ab - 2 * self.area)

    def draw(self, dice: Dice) -> bool:
        self.ab, self.pace = 2 * dice((3, 10), (4, 15)), dice((1, 3), (1, 4))
        time = dice((3, 9), (4, 12))
        self.area = self.ab * self.pace * time // 2
        self.bc = self.pace * time + dice((2, 8), (3, 12))
        return self.ab != self.bc

    def solve(self, _w: Words) -> Steps:
        yield f"三角形ABPの面積はBP×AB÷2なので、BP×ABは{(twice := n(self.area) * 2):=}です。"
        yield f"BPの長さは、{(bp := twice.result / self.ab):cm}です。"
        yield f"点PがBを出てからの時間は、{(time := bp.result / self.pace):秒}です。"
        return Answer.of(time, "秒後")


class Two(Story, name="2つの点", method="点の移動 旅人算"):
    search = root(lambda self, time: time * self.pace - (4 * self.side - time * self.other))

    def draw(self, dice: Dice) -> bool:
        self.pace, self.other = dice.rng.sample(range(1, 8), 2)
        around = (self.pace + self.other) * dice((4, 15), (5, 24))
        self.side = around // 4
        return around % 4 == 0 and self.side <= 60

    def solve(self, w: Words) -> Steps:
        yield f"{w.shape}のまわりの長さは、{(around := n(self.side) * n(4, '辺の数')):cm}です。"
        yield f"2つの点は、1秒間に合わせて{(speed := n(self.pace) + self.other):cm}進みます。"
        yield f"合わせてちょうど1周したときに出会うので、{(time := around.result / speed.result):秒}後です。"
        return Answer.of(time, "秒後")


TOPICS = (
    topic("平面図形の面積", "menseki", Paths, Circle),
    topic("立体", "rittai", Filled, Bored),
    topic("相似と面積比", "soji", Shadow, Base, CutOff),
    topic("点の移動", "tenidou", When, Two),
)
