"""方陣算: things laid in a filled or hollow square."""

from jtextkit.builders.sansu.expressions import n
from jtextkit.builders.sansu.problems import Answer
from jtextkit.builders.sansu.stories import Dice, Found, Steps, Story, Words, family

_THINGS = """thing counter masu past
    ご石 個 並べます 並べた
    おはじき 個 並べます 並べた
    タイル 枚 しきます しいた
    十円玉 枚 並べます 並べた
    植木ばち 個 置きます 置いた"""


def _ring(side: int, deep: int) -> int:
    """Count the places of a square that lie within ``deep`` of its edge, row by row."""
    rows = range(side)
    return sum(side if min(row, side - 1 - row) < deep else min(side, 2 * deep) for row in rows)


class Around(Story, name="まわりから全体"):
    situations = _THINGS
    wordings = """
    {thing}を正方形の形にすき間なく{past}ところ、いちばん外側のまわりは{around}{counter}で、{thing}が{more}{counter}あまりました。
      {thing}は全部で何{counter}ありますか。
    たてと横が同じ数になるように{thing}を{masu}。中まで全部{past}とき、外がわの1周は{around}{counter}でした。
      まだ{more}{counter}残っているとすると、はじめにあった{thing}の数はいくつですか。
    手もとの{thing}で中のつまった正方形を作りました。いちばん外の列を1周数えると{around}{counter}あり、
      使わなかった{thing}は{more}{counter}です。手もとにあった{thing}の数を求めなさい。"""

    def draw(self, dice: Dice) -> None:
        """A square whose outermost ring has ``around`` things, and ``more`` are left over."""
        side = dice((4, 20), (6, 40), (10, 80))
        self.around, self.more = 4 * (side - 1), dice((1, 20), (2, 60), (5, 150))

    def solve(self, w: Words) -> Steps:
        yield f"いちばん外側のまわりを、角が重ならないように4つに分けます。{(gaps := n(self.around) / 4):{w.counter}}"
        yield f"1辺の数は、これより1多くなります。{(side := gaps.result + 1):{w.counter}}"
        yield f"正方形の中の数を求めます。{(inside := side.result * side.result):{w.counter}}"
        yield f"あまりをたします。{(total := inside.result + self.more):{w.counter}}"
        return Answer.of(total, w.counter)

    def search(self) -> Found:
        """Lay larger and larger squares until the edge has as many as told."""
        for side in range(2, 100):
            if _ring(side, 1) == self.around:
                yield _ring(side, side) + self.more


class Hollow(Story, name="中空き方陣の数"):
    situations = _THINGS
    wordings = """
    {thing}を、いちばん外側の1辺が{side}{counter}の中空きの正方形になるように、{deep}列に{masu}。
      {thing}は全部で何{counter}いりますか。
    真ん中が空いた正方形の形に{thing}を{masu}。はばはどこも{deep}列で、外側の1辺には{side}{counter}ずつになるようにします。
      使う{thing}の数を求めなさい。
    {thing}で正方形のわくを作ります。わくの厚みは{thing}{deep}{counter}分、わくの外まわりの1辺は{side}{counter}分です。
      必要な{thing}は何{counter}でしょうか。"""

    def draw(self, dice: Dice) -> bool:
        """A hollow square of ``deep`` rings with ``side`` things on its outer side."""
        self.deep = dice((2, 3), (2, 6), (3, 10))
        self.side = dice((6, 60), (14, 90), (22, 130))
        return self.side > 2 * self.deep

    def solve(self, w: Words) -> Steps:
        yield f"中空きの正方形を、同じ形の4つの長方形に分けます。長方形の長いほうの辺は{(across := n(self.side) - self.deep):{w.counter}}です。"
        yield f"短いほうの辺は{self.deep}{w.counter}なので、長方形1つ分は{(part := across.result * self.deep):{w.counter}}です。"
        yield f"全部の数を求めます。{(total := part.result * 4):{w.counter}}"
        return Answer.of(total, w.counter)

    def search(self) -> Found:
        yield _ring(self.side, self.deep)


class Total(Story, name="中空き方陣のまわり"):
    situations = _THINGS
    wordings = """
    {total}{counter}の{thing}を全部使って、{deep}列の中空きの正方形を作りました。
      いちばん外側のまわりには{thing}が何{counter}ありますか。
    中に何も置かない正方形のわくを{thing}で作ったら、わくのはばは{deep}列になり、{thing}を{total}{counter}使いました。
      外側を1周する列にある{thing}の数を答えなさい。"""

    def draw(self, dice: Dice) -> bool:
        """``total`` things in a hollow square of ``deep`` rings."""
        hollow = Hollow()
        fits = hollow.draw(dice)
        self.total = 4 * hollow.deep * (hollow.side - hollow.deep)
        self.deep = hollow.deep
        return fits

    def solve(self, w: Words) -> Steps:
        yield f"全体を、同じ形の4つの長方形に分けます。{(part := n(self.total) / 4):{w.counter}}"
        yield f"短いほうの辺が{self.deep}{w.counter}なので、長いほうの辺は{(across := part.result / self.deep):{w.counter}}です。"
        yield f"外側の1辺の数は、{(side := across.result + self.deep):{w.counter}}です。"
        yield f"いちばん外側のまわりの数を求めます。{(around := (side.result - 1) * 4):{w.counter}}"
        return Answer.of(around, w.counter)

    def search(self) -> Found:
        """Build every hollow square ring by ring."""
        for side in range(2 * self.deep + 1, 160):
            rings = [4 * (inner - 1) for inner in range(side, side - 2 * self.deep, -2)]
            if sum(rings) == self.total:
                yield rings[0]


class Grow(Story, name="1列ずつ増やす", method="方陣算 過不足算"):
    situations = _THINGS
    wordings = """
    {thing}を正方形に{past}ら{over}{counter}あまったので、たてと横を1列ずつ増やそうとすると、
      今度は{lack}{counter}足りませんでした。{thing}は何{counter}ありますか。
    ある数の{thing}があります。できるだけ大きく中のつまった正方形を作ると{over}{counter}残り、
      1辺をもう1{counter}長い正方形にするには、あと{lack}{counter}必要です。{thing}の数を求めなさい。
    なつみさんは{thing}で正方形を作り、{over}{counter}を手に残しました。たてにも横にも1列ずつ加えた正方形に作りかえるため、
      手に残した分のほかに{lack}{counter}もらってきました。もらう前に{thing}は全部で何{counter}あったでしょうか。"""

    def draw(self, dice: Dice) -> None:
        """A square leaves ``over``; a square larger by one a side lacks ``lack``."""
        side = dice((4, 45), (8, 90), (15, 160))
        self.over = dice.rng.randint(1, 2 * side)
        self.lack = 2 * side + 1 - self.over

    def solve(self, w: Words) -> Steps:
        yield f"たてと横に1列ずつ増やすのに必要な数は、{(more := n(self.over) + self.lack):{w.counter}}です。"
        yield f"角の1{w.counter}をのぞくと、{(twice := more.result - 1):{w.counter}}です。"
        yield f"これは1辺の2つ分なので、もとの1辺は{(side := twice.result / 2):{w.counter}}です。"
        yield f"もとの正方形の数は、{(square := side.result * side.result):{w.counter}}です。"
        yield f"全部の数を求めます。{(total := square.result + self.over):{w.counter}}"
        return Answer.of(total, w.counter)

    def search(self) -> Found:
        for side in range(1, 400):
            total = side * side + self.over
            if (side + 1) * (side + 1) - total == self.lack:
                yield total


class Ring(Story, name="まわりに加える"):
    situations = _THINGS
    wordings = """
    1辺が{side}{counter}の正方形に{past}{thing}があります。
      その外側に、さらに{rings}周分の{thing}を加えて大きな正方形にするには、{thing}があと何{counter}いりますか。
    {thing}をたて{side}{counter}、横{side}{counter}に{past}あと、まわりを{rings}重に囲みました。
      囲むのに使った{thing}の数を求めなさい。"""

    def draw(self, dice: Dice) -> None:
        """A hollow or filled square of ``side``; how many for ``rings`` rings round it?"""
        self.side = dice((3, 60), (6, 90), (12, 120))
        self.rings = dice((1, 3), (1, 5), (2, 9))

    def solve(self, w: Words) -> Steps:
        yield f"外側に1周加えるごとに、1辺は2{w.counter}ずつ増えます。新しい1辺は{(grown := n(self.side) + n(2) * self.rings):{w.counter}}です。"
        yield f"新しい正方形の数は、{(large := grown.result * grown.result):{w.counter}}です。"
        yield f"もとの正方形の数は、{(small := n(self.side) * self.side):{w.counter}}です。"
        yield f"加える数を求めます。{(more := large.result - small.result):{w.counter}}"
        return Answer.of(more, w.counter)

    def search(self) -> Found:
        yield _ring(self.side + 2 * self.rings, self.rings)


FAMILY = family("方陣算", "hojin", Around, Hollow, Total, Grow, Ring)
