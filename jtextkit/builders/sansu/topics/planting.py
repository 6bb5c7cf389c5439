"""Counting along lines, rings and squares."""

from __future__ import annotations

from jtextkit.builders.sansu.expressions import Expression, n
from jtextkit.builders.sansu.problems import Answer
from jtextkit.builders.sansu.stories import Dice, Steps, Story, Words, found, topic


# 植木算: things at equal distances; the trap is one more, one fewer, or as many as the gaps.
def _walk(length: int, gap: int) -> list[int]:
    """The places that somebody who walks the whole length comes by at every ``gap`` metres."""
    return [place for place in range(length + 1) if place % gap == 0]


class PlantedRow(Story, name="両はしにある"):
    search = found(lambda self: self.sides * len(_walk(self.length, self.gap)))

    def draw(self, dice: Dice) -> None:
        self.gap = dice((3, 12), (4, 20))
        self.length = self.gap * dice((6, 40), (12, 60))
        self.sides = 2 if dice.rng.random() < dice.pick(0.0, 0.3, 0.8) else 1
        self.side = "両側" if self.sides == 2 else "片側"

    def both_sides(self, w: Words, one: Expression) -> Steps:
        """Twice as many, where they stand on both sides."""
        if self.sides == 2:
            yield f"道の両側にあるので、全部では{(one := one.result * 2):{w.counter}}です。"
        return Answer.of(one, w.counter)

    def solve(self, w: Words) -> Steps:
        yield f"{w.thing}と{w.thing}の間がいくつあるかを求めます。{(gaps := n(self.length) / self.gap):か所}"
        yield f"両はしにもあるので、{w.thing}の数は間の数より1だけ多くなります。{(things := gaps.result + 1):{w.counter}}"
        return (yield from self.both_sides(w, things))


class BetweenEnds(PlantedRow, name="両はしにない"):
    search = found(
        lambda self: sum(
            self.sides for place in _walk(self.length, self.gap) if 0 < place < self.length
        )
    )

    def solve(self, w: Words) -> Steps:
        yield f"{w.left}と{w.right}の間を{self.gap}mずつに区切ると、区切りの間は{(gaps := n(self.length) / self.gap):か所}できます。"
        yield f"両はしには{w.thing}がないので、{w.thing}の数は間の数より1だけ少なくなります。{(things := gaps.result - 1):{w.counter}}"
        return (yield from self.both_sides(w, things))


class PlantedRound(PlantedRow, name="まわりにある"):
    search = found(
        lambda self: (
            self.price * len({p % self.length for p in range(0, 2 * self.length, self.gap)})
        )
    )

    def draw(self, dice: Dice) -> None:
        super().draw(dice)
        self.price = 50 * dice((6, 24), (6, 60))

    def solve(self, w: Words) -> Steps:
        yield f"まわりを{self.gap}mずつに区切ります。{(gaps := n(self.length) / self.gap):か所}"
        yield f"ひとまわりして元にもどるので、{w.thing}の数は間の数と同じ{gaps.result}{w.counter}です。"
        yield f"代金を求めます。{(money := n(self.price) * gaps.result):円}"
        return Answer.of(money, "円")


# 方陣算: things laid in a filled or hollow square.


def _ring(side: int, deep: int) -> int:
    """Count the places of a square that lie within ``deep`` of its edge, row by row."""
    rows = range(side)
    return sum(side if min(row, side - 1 - row) < deep else min(side, 2 * deep) for row in rows)


class Around(Story, name="まわりから全体"):
    search = found(
        lambda self: (
            next(side**2 for side in range(2, 200) if _ring(side, 1) == self.around) + self.more
        )
    )

    def draw(self, dice: Dice) -> None:
        self.around, self.more = 4 * (dice((4, 15), (6, 25)) - 1), dice((2, 15), (3, 30))

    def solve(self, w: Words) -> Steps:
        yield f"いちばん外側のまわりを、角が重ならないように4つに分けます。{(gaps := n(self.around) / 4):{w.counter}}"
        yield f"1辺の数は、これより1多くなります。{(side := gaps.result + 1):{w.counter}}"
        yield f"正方形の中の数を求めます。{(inside := side.result * side.result):{w.counter}}"
        yield f"残りをたします。{(total := inside.result + self.more):{w.counter}}"
        return Answer.of(total, w.counter)


class Hollow(Story, name="中空き方陣の数"):
    search = found(lambda self: _ring(self.side, self.deep))

    def draw(self, dice: Dice) -> None:
        self.deep = dice((2, 3), (2, 4))
        self.side = 2 * self.deep + dice((2, 12), (3, 20))

    def solve(self, w: Words) -> Steps:
        yield f"中空きの正方形を、同じ形の4つの長方形に分けます。長方形の長いほうの辺は{(across := n(self.side) - self.deep):{w.counter}}です。"
        yield f"短いほうの辺は{self.deep}{w.counter}なので、長方形1つ分は{(part := across.result * self.deep):{w.counter}}です。"
        yield f"全部の数を求めます。{(total := part.result * 4):{w.counter}}"
        return Answer.of(total, w.counter)


class Grow(Story, name="1列ずつ増やす", method="方陣算 過不足算"):
    search = found(
        lambda self: (
            next(s**2 for s in range(200) if s**2 + self.over == (s + 1) ** 2 - self.lack)
            + self.over
        )
    )

    def draw(self, dice: Dice) -> None:
        side = dice((5, 15), (8, 25))
        self.over = dice.rng.randint(2, 2 * side - 1)
        self.lack = 2 * side + 1 - self.over

    def solve(self, w: Words) -> Steps:
        yield f"たてと横に1列ずつ増やすのに必要な数は、{(more := n(self.over) + self.lack):{w.counter}}です。"
        yield f"角の1{w.counter}をのぞいて2でわると、もとの1辺は{(side := (more.result - 1) / 2):{w.counter}}です。"
        yield f"もとの正方形の数は、{(square := side.result * side.result):{w.counter}}です。"
        yield f"全部の数を求めます。{(total := square.result + self.over):{w.counter}}"
        return Answer.of(total, w.counter)


TOPICS = (
    topic("植木算", "ueki", PlantedRow, BetweenEnds, PlantedRound),
    topic("方陣算", "hojin", Around, Hollow, Grow),
)
