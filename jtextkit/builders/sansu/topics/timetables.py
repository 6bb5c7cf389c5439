"""Trains, diagrams and maps."""

from __future__ import annotations

from fractions import Fraction

from jtextkit.builders.sansu.expressions import n
from jtextkit.builders.sansu.problems import Answer
from jtextkit.builders.sansu.stories import Dice, Steps, Story, Words, found, root, topic


# 通過算: trains that have a length, on bridges, in tunnels and beside each other.
def _train(dice: Dice) -> tuple[int, int]:
    """A train's length in metres and its speed in metres a second."""
    return 10 * dice((6, 20), (8, 28)), dice((10, 25), (12, 30))


class Bridge(Story, name="橋をわたる時間"):
    search = root(lambda self, seconds: seconds * self.speed - self.train - self.bridge)

    def draw(self, dice: Dice) -> bool:
        self.train, self.speed = _train(dice)
        self.bridge = self.speed * dice((10, 40), (15, 60)) - self.train
        return self.bridge >= 60

    def solve(self, w: Words) -> Steps:
        yield f"{w.TRAIN}がわたり終わるまでに進む道のりは、{w.BRIDGE}と{w.TRAIN}の長さの和です。{(way := n(self.bridge) + self.train):m}"
        yield f"かかる時間を求めます。{(seconds := way.result / self.speed):秒}"
        return Answer.of(seconds, "秒")


class TwoTrains(Story, name="すれちがい", method="通過算 旅人算"):
    sign = 1
    search = root(
        lambda self, seconds: (
            self.fast * seconds - self.one - (self.two - self.sign * self.slow * seconds)
        )
    )

    def draw(self, dice: Dice) -> bool:
        (self.one, self.fast), (self.two, self.slow) = _train(dice), _train(dice)
        speed = self.fast + self.sign * self.slow
        return self.slow < self.fast and (self.one + self.two) % speed == 0 and speed > 2

    def solve(self, _w: Words) -> Steps:
        yield f"出会ってからはなれるまでに、2つの列車の長さの和だけ進みます。{(way := n(self.one) + self.two):m}"
        yield f"向かい合って走るので、1秒間に合わせて{(speed := n(self.fast) + self.slow):m}進みます。"
        yield f"すれちがう時間を求めます。{(seconds := way.result / speed.result):秒}"
        return Answer.of(seconds, "秒")


class Overtake(TwoTrains, name="追いこし", method="通過算 旅人算"):
    sign = -1

    def solve(self, _w: Words) -> Steps:
        yield f"追いついてから追いこすまでに、2つの列車の長さの和だけ多く進みます。{(way := n(self.one) + self.two):m}"
        yield f"1秒間に{(speed := n(self.fast) - self.slow):m}ずつ多く進みます。"
        yield f"追いこすのにかかる時間を求めます。{(seconds := way.result / speed.result):秒}"
        return Answer.of(seconds, "秒")


# ダイヤグラム: timetables told in words, and where their lines cross.


class Returning(Story, name="折り返すグラフ", method="ダイヤグラム 旅人算"):
    search = root(
        lambda self, minute: 2 * self.way - self.fast * (minute - self.rest) - self.slow * minute
    )

    def draw(self, dice: Dice) -> bool:
        self.fast, self.slow = 10 * dice((16, 22), (16, 25)), 5 * dice((8, 14), (9, 15))
        self.rest = dice((3, 10), (4, 15))
        self.way = self.fast * dice((4, 12), (5, 15))
        meet = Fraction(2 * self.way + self.fast * self.rest, self.fast + self.slow)
        at_rest_end = self.way // self.fast + self.rest
        return meet.denominator == 1 and self.slow * at_rest_end < self.way and meet > at_rest_end

    def solve(self, w: Words) -> Steps:
        yield f"{w.a}が{w.q}に着くのは{(arrived := n(self.way) / self.fast):分}後、休み終わるのは{(left := arrived.result + self.rest):分}後です。"
        yield f"そのとき{w.b}は、{w.p}から{(gone := n(self.slow) * left.result):m}のところにいます。"
        yield f"2人の間は、{(gap := n(self.way) - gone.result):m}です。"
        yield f"ここからは向かい合って進むので、1分間に{(speed := n(self.fast) + self.slow):m}ずつ近づきます。"
        yield f"出会うまでにあと{(more := gap.result / speed.result):分}かかるので、出発から{(total := left.result + more.result):分}後です。"
        return Answer.of(total, "分後")


class Opposite(Story, name="時間差のある出会い", method="ダイヤグラム 旅人算"):
    search = root(
        lambda self, minute: self.fast * minute - (self.way - self.slow * (minute - self.wait))
    )

    def draw(self, dice: Dice) -> None:
        self.slow = 5 * dice((10, 16), (10, 20))
        self.fast = self.slow + 5 * dice((1, 10), (1, 20))
        self.wait = dice((2, 8), (3, 12))
        self.way = self.fast * self.wait + (self.fast + self.slow) * dice((4, 15), (5, 20))

    def solve(self, w: Words) -> Steps:
        yield f"{w.b}が出るまでに、{w.a}は{(ahead := n(self.fast) * self.wait):m}進んでいます。"
        yield f"そのときの間の道のりは、{(gap := n(self.way) - ahead.result):m}です。"
        yield f"1分間に{(speed := n(self.fast) + self.slow):m}ずつ近づくので、あと{(more := gap.result / speed.result):分}で出会います。"
        yield f"{w.a}が出発してからの時間は、{(total := n(self.wait) + more.result):分}です。"
        return Answer.of(total, "分後")


# 縮尺: maps, and what they stand for.
_SCALES = (1000, 2000, 2500, 5000, 10000, 20000, 25000, 50000)


def _scale(dice: Dice) -> int:
    return dice.rng.choice(_SCALES)


class Walk(Story, name="歩く時間", method="縮尺 速さ"):
    search = root(lambda self, minutes: minutes * self.pace * 100 - self.shown * self.scale)

    def draw(self, dice: Dice) -> bool:
        self.scale, self.shown, self.pace = (
            _scale(dice),
            dice((3, 15), (4, 24)),
            5 * dice((10, 16), (10, 18)),
        )
        way = self.scale * self.shown // 100
        return way % self.pace == 0 and 4 <= way // self.pace <= 60

    def solve(self, _w: Words) -> Steps:
        yield f"実際の道のりは、地図の上の長さの{self.scale}倍です。{(real := n(self.shown) * n(self.scale, '縮尺')):cm}"
        yield f"1mは100cmなので、{(way := real.result / 100):m}です。"
        yield f"かかる時間を求めます。{(minutes := way.result / self.pace):分}"
        return Answer.of(minutes, "分")


class Plot(Story, name="実際の面積", method="縮尺 面積"):
    search = found(lambda self: self.a * self.b * self.scale * self.scale // 10_000)

    def draw(self, dice: Dice) -> bool:
        self.scale = dice.rng.choice((500, 1000, 1500, 2000))
        self.a, self.b = dice.many(2, (2, 9), (2, 12))
        return self.a < self.b

    def solve(self, w: Words) -> Steps:
        yield f"地図の1cmは、実際には{(one := n(self.scale, '縮尺') / 100):m}です。"
        yield f"{w.thing}のたては、実際には{(down := one.result * self.a):m}です。"
        yield f"横は、実際には{(across := one.result * self.b):m}です。"
        yield f"面積を求めます。{(area := down.result * across.result):m²}"
        return Answer.of(area, "m²")


class Points(Story, name="グラフの点から速さ", method="ダイヤグラム 速さ"):
    search = root(lambda self, speed: self.near + speed * (self.late - self.early) - self.far)

    def draw(self, dice: Dice) -> None:
        speed = 10 * dice((14, 22), (14, 26))
        self.early = dice((2, 12), (3, 15))
        self.late = self.early + dice((4, 15), (5, 25))
        self.near = 50 * dice((4, 20), (6, 40))
        self.far = self.near + speed * (self.late - self.early)

    def solve(self, _w: Words) -> Steps:
        yield f"点Pから点Qまでの時間は、{(time := n(self.late) - self.early):分}です。"
        yield f"その間に進んだ道のりは、{(way := n(self.far) - self.near):m}です。"
        yield f"1分間に進む道のりは、{(speed := way.result / time.result):m}です。"
        return Answer.speed("分速", speed, "m")


TOPICS = (
    topic("通過算", "tsuka", Bridge, TwoTrains, Overtake),
    topic("ダイヤグラム", "diagram", Points, Returning, Opposite),
    topic("縮尺", "shukushaku", Walk, Plot),
)
