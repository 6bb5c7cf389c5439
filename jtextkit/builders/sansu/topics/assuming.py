"""Differences that add up: all are taken for one kind, or handed out in two ways."""

from __future__ import annotations

from fractions import Fraction

from jtextkit.builders.sansu.expressions import Expression, n
from jtextkit.builders.sansu.problems import Answer
from jtextkit.builders.sansu.stories import Dice, Steps, Story, Words, root, topic


# つるかめ算: two kinds of things, how many there are and what they come to.
class Mixed(Story, name="足の数"):
    search = root(
        lambda self, low: 2 * low + 4 * (self.count - low) - self.total,
        lambda self, low: (low, self.count - low),
    )

    def draw(self, dice: Dice) -> None:
        low, high = dice.many(2, (3, 20), (6, 40))
        self.low, self.high, self.count, self.total = 2, 4, low + high, 2 * low + 4 * high

    def solve(self, w: Words) -> Steps:
        """All are taken for the lesser kind; each exchange adds the difference."""
        yield f"{self.count}{w.counter}が全部{w.LOW}だと考えます。{(assumed := n(self.low) * self.count):{w.unit}}"
        yield f"実際との差を求めます。{(short := n(self.total) - assumed.result):{w.unit}}"
        yield f"{w.LOW}を{w.HIGH}に1{w.counter}とりかえるごとに、{(step := n(self.high) - self.low):{w.unit}}ずつ増えます。"
        yield f"とりかえる数が{w.HIGH}の数です。{(highs := short.result / step.result):{w.counter}}"
        yield f"残りが{w.LOW}です。{(lows := n(self.count) - highs.result):{w.counter}}"
        return Answer.parts((w.LOW, lows, w.counter), (w.HIGH, highs, w.counter))


class Prices(Story, name="代金"):
    search = root(lambda self, high: (self.count - high) * self.low + high * self.high - self.total)

    def draw(self, dice: Dice) -> None:
        self.low = 10 * dice((3, 9), (4, 12))
        self.high = self.low + 10 * dice((1, 8), (2, 12))
        lows, highs = dice.many(2, (2, 9), (3, 14))
        self.count, self.total = lows + highs, lows * self.low + highs * self.high

    def solve(self, w: Words) -> Steps:
        yield f"{self.count}{w.counter}が全部{w.LOW}だと考えます。{(assumed := n(self.low) * self.count):円}"
        yield f"実際との差を求めます。{(short := n(self.total) - assumed.result):円}"
        yield f"{w.LOW}を{w.HIGH}に1{w.counter}かえるごとに、代金は{(step := n(self.high) - self.low):円}ずつ増えます。"
        yield f"{w.HIGH}の数は、{(highs := short.result / step.result):{w.counter}}です。"
        return Answer.of(highs, w.counter)


class Way(Story, name="速さ", method="つるかめ算 速さ"):
    search = root(
        lambda self, run: run * self.fast + (self.minutes - run) * self.slow - self.metres
    )

    def draw(self, dice: Dice) -> None:
        self.slow = 5 * dice((10, 14), (10, 16))
        self.fast = self.slow + 10 * dice((4, 9), (5, 12))
        walking, running = dice.many(2, (2, 10), (3, 15))
        self.minutes = walking + running
        self.metres = self.slow * walking + self.fast * running

    def solve(self, w: Words) -> Steps:
        yield f"{self.minutes}分間ずっと歩いたと考えます。{(walked := n(self.slow) * self.minutes):m}"
        yield f"実際の道のりに足りない分は、{(short := n(self.metres) - walked.result):m}です。"
        yield f"歩くのを1分間{w.plain}のに変えると、進む道のりは{(step := n(self.fast) - self.slow):m}のびます。"
        yield f"{w.past}時間は、{(running := short.result / step.result):分}です。"
        return Answer.of(running, "分")


# 差集め算: small differences, each the same, that add up to a large one.


class SameMoney(Story, name="同じ金額で買う"):
    search = root(
        lambda self, money: Fraction(money, self.low) - Fraction(money, self.high) - self.more
    )

    def draw(self, dice: Dice) -> bool:
        self.low = 10 * dice((3, 12), (4, 18))
        self.high = self.low + 10 * dice((1, 8), (1, 10))
        self.more = dice((1, 8), (2, 10))
        number, over = divmod(self.low * self.more, self.high - self.low)
        return over == 0 and 2 <= number <= 40

    def solve(self, w: Words) -> Steps:
        yield f"{w.LOW}を{w.HIGH}と同じ数にすると、{self.more}{w.counter}分の代金があまります。{(extra := n(self.low) * self.more):円}"
        yield f"1{w.counter}あたりのねだんの差は、{(each := n(self.high) - self.low):円}です。"
        yield f"{w.HIGH}の数は、{(number := extra.result / each.result):{w.counter}}です。"
        yield f"持っているお金は、{(money := n(self.high) * number.result):円}です。"
        return Answer.of(money, "円")


class Late(Story, name="早く着く・おくれる", method="差集め算 速さ"):
    search = root(
        lambda self, way: (
            way / Fraction(self.slow) - way / Fraction(self.fast) - self.late - self.early
        )
    )

    def draw(self, dice: Dice) -> bool:
        self.slow = 5 * dice((8, 12), (8, 13))
        self.fast = self.slow + 5 * dice((2, 6), (1, 7))
        self.late, self.early = dice.many(2, (1, 6), (1, 9))
        apart = self.late * self.slow + self.early * self.fast
        minutes, over = divmod(apart, self.fast - self.slow)
        return over == 0 and self.early + 1 < minutes <= 60

    def solve(self, w: Words) -> Steps:
        yield f"約束の時こくに、分速{self.slow}mならあと{(behind := n(self.slow) * self.late):m}残っています。"
        yield f"分速{self.fast}mなら、{(ahead := n(self.fast) * self.early):m}先まで行ける計算です。"
        yield f"同じ時間に進む道のりの差は、{(gap := behind.result + ahead.result):m}です。"
        yield f"1分ごとに{(each := n(self.fast) - self.slow):m}ずつ差がつくので、約束の時こくまでの時間は{(minutes := gap.result / each.result):分}です。"
        yield f"{w.goal}までの道のりを求めます。{(way := n(self.slow) * (minutes.result + self.late)):m}"
        return Answer.of(way, "m")


# 過不足算: what is left over or lacking when things are handed out.
def _handing(dice: Dice) -> tuple[int, int, int]:
    few = dice((2, 6), (3, 8))
    return dice((5, 20), (8, 36)), few, few + dice((1, 3), (1, 4))


class OverUnder(Story, name="あまりと不足"):
    signs = 1, -1
    search = root(
        lambda self, people: self._things(people, 0) - self._things(people, 1),
        lambda self, people: (people, self._things(people, 0)),
    )

    def draw(self, dice: Dice) -> bool:
        people, self.few, self.many = _handing(dice)
        need = people * (self.many - self.few)
        self.first = dice.rng.randint(1, need - 1)
        self.second = need - self.first
        return True

    def _things(self, people: int, way: int) -> int:
        """How many there are, by one of the two ways."""
        each, over = ((self.few, self.first), (self.many, self.second))[way]
        return each * people + self.signs[way] * over

    def differ(self, w: Words) -> tuple[str, Expression]:
        """Why the two ways of handing out differ, and by how much in all."""
        given = f"{self.first}{w.counter}あまるのと{self.second}{w.counter}足りないのでは"
        return f"{given}、必要な数の差はその和になります。", n(self.first) + self.second

    def solve(self, w: Words) -> Steps:
        why, total = self.differ(w)
        yield f"{why}{total:{w.counter}}"
        yield f"1人分の差は、{(each := n(self.many) - self.few):{w.counter}}です。"
        yield f"{w.to}の数を求めます。{(people := total.result / each.result):人}"
        handed = n(self.few) * people.result
        things = handed + self.first if self.signs[0] > 0 else handed - self.first
        yield f"{w.thing}の数を求めます。{things:{w.counter}}"
        return Answer.parts((w.to, people, "人"), (w.thing, things, w.counter))


class OverOver(OverUnder, name="どちらもあまる"):
    signs = 1, 1

    def draw(self, dice: Dice) -> bool:
        people, self.few, self.many = _handing(dice)
        self.second = dice((1, 9), (2, 20))
        self.first = self.second + people * (self.many - self.few)
        return True

    def differ(self, _w: Words) -> tuple[str, Expression]:
        return "どちらもあまるので、配る数の差はあまりの差です。", n(self.first) - self.second


TOPICS = (
    topic("つるかめ算", "tsurukame", Mixed, Prices, Way),
    topic("差集め算", "sashu", SameMoney, Late),
    topic("過不足算", "kafusoku", OverUnder, OverOver),
)
