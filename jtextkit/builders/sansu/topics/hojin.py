"""方陣算: things laid in a filled or hollow square."""

from jtextkit.builders.sansu.expressions import n
from jtextkit.builders.sansu.problems import Answer
from jtextkit.builders.sansu.stories import Dice, Found, Steps, Story, Words, found, topic

_THINGS = "thing counter masu past / ご石 個 並べます 並べた / おはじき 個 並べます 並べた / タイル 枚 しきます しいた / メダル 枚 並べます 並べた / 植木ばち 個 置きます 置いた"


def _ring(side: int, deep: int) -> int:
    """Count the places of a square that lie within ``deep`` of its edge, row by row."""
    rows = range(side)
    return sum(side if min(row, side - 1 - row) < deep else min(side, 2 * deep) for row in rows)


class Around(Story, name="まわりから全体"):
    situations = _THINGS
    goods = "{thing} 20-200"
    facts = "around~ {counter} いちばん外側のまわりの{thing}の数 / more~ {counter} 使わずに残った{thing}の数"
    wordings = """
    {thing}を中まですき間なく正方形の形に{past}ところ、いくつか残りました。{thing}は全部で何{counter}ありますか。
    たてと横が同じ数になるように、{thing}を中のつまった正方形に{masu}。いくつかは使わずに残しました。はじめにあった{thing}の数を求めなさい。
    {thing}を正方形の形にすき間なく{past}ところ、いちばん外側のまわりは{around}{counter}で、{thing}が{more}{counter}あまりました。{thing}は全部で何{counter}ありますか。"""

    def draw(self, dice: Dice) -> None:
        self.around, self.more = 4 * (dice((4, 15), (6, 25)) - 1), dice((2, 15), (3, 30))

    def solve(self, w: Words) -> Steps:
        yield f"いちばん外側のまわりを、角が重ならないように4つに分けます。{(gaps := n(self.around) / 4):{w.counter}}"
        yield f"1辺の数は、これより1多くなります。{(side := gaps.result + 1):{w.counter}}"
        yield f"正方形の中の数を求めます。{(inside := side.result * side.result):{w.counter}}"
        yield f"残りをたします。{(total := inside.result + self.more):{w.counter}}"
        return Answer.of(total, w.counter)

    def search(self) -> Found:
        for side in range(2, 200):
            if _ring(side, 1) == self.around:
                yield side * side + self.more


class Hollow(Story, name="中空き方陣の数"):
    situations = _THINGS
    goods = "{thing} 20-200"
    facts = "side {counter} いちばん外側の1辺の{thing}の数"
    wordings = """
    真ん中が空いた正方形の形に、{thing}を{deep}列に{masu}。／{thing}は全部で何{counter}いりますか。
    {thing}で正方形のわくを作ります。わくのはばはどこも{deep}列です。必要な{thing}は何{counter}でしょうか。
    {thing}を、いちばん外側の1辺が{side}{counter}の中空きの正方形になるように、{deep}列に{masu}。／{thing}は全部で何{counter}いりますか。"""

    def draw(self, dice: Dice) -> None:
        self.deep = dice((2, 3), (2, 4))
        self.side = 2 * self.deep + dice((2, 12), (3, 20))

    def solve(self, w: Words) -> Steps:
        yield f"中空きの正方形を、同じ形の4つの長方形に分けます。長方形の長いほうの辺は{(across := n(self.side) - self.deep):{w.counter}}です。"
        yield f"短いほうの辺は{self.deep}{w.counter}なので、長方形1つ分は{(part := across.result * self.deep):{w.counter}}です。"
        yield f"全部の数を求めます。{(total := part.result * 4):{w.counter}}"
        return Answer.of(total, w.counter)

    search = found(lambda self: _ring(self.side, self.deep))


class Grow(Story, name="1列ずつ増やす", method="方陣算 過不足算"):
    situations = _THINGS
    facts = "over~ {counter} はじめの正方形を作ってあまった{thing}の数 / lack~ {counter} 1列ずつ増やすときに足りない{thing}の数"
    wordings = """
    {thing}を中のつまった正方形に{past}らあまったので、たてと横を1列ずつ増やそうとすると、今度は足りませんでした。{thing}は何{counter}ありますか。
    {thing}を正方形に{past}ら{over}{counter}あまったので、たてと横を1列ずつ増やそうとすると、今度は{lack}{counter}足りませんでした。{thing}は何{counter}ありますか。"""

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

    def search(self) -> Found:
        for side in range(1, 200):
            if side * side + self.over == (side + 1) ** 2 - self.lack:
                yield side * side + self.over


TOPIC = topic("方陣算", "hojin", Around, Hollow, Grow)
