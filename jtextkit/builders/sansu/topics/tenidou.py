"""点の移動: a point runs along the sides of a figure."""

from fractions import Fraction

from jtextkit.builders.sansu.expressions import n
from jtextkit.builders.sansu.problems import Answer
from jtextkit.builders.sansu.stories import Dice, Found, Steps, Story, Words, root, topic

_SHAPES = "shape / 長方形 / 長方形の紙 / 長方形の板"
_SIDES = "ab~ cm 辺ABの長さ / bc~ cm 辺BCの長さ / pace cm 点Pが1秒間に進む長さ"


class Area(Story, name="三角形の面積", method="点の移動 面積"):
    situations = _SHAPES
    facts = f"{_SIDES} / time 秒 点Pが出発してからの時間"
    wordings = """
    {shape}ABCDの辺の上を、点PがBから出発してCに向かって一定の速さで動き、まだCに着いていません。このときの三角形ABPの面積は何cm²ですか。
    {shape}ABCDがあります。点PはBを出て、辺BCの上をCのほうへ一定の速さで進んでいます。三角形ABPの面積を求めなさい。"""

    def draw(self, dice: Dice) -> bool:
        self.ab, self.bc = dice((6, 20), (8, 30)), dice((10, 30), (16, 48))
        self.pace, self.time = dice((1, 3), (1, 4)), dice((2, 9), (3, 12))
        return self.pace * self.time < self.bc and self.ab != self.bc

    def solve(self, _w: Words) -> Steps:
        yield f"点Pが進んだ長さBPは、{(bp := n(self.pace) * self.time):cm}です。"
        yield f"三角形ABPは、底辺がBP、高さがABなので、面積は{(area := bp.result * self.ab / 2):cm²}です。"
        return Answer.of(area, "cm²")

    def search(self) -> Found:
        place = 0
        for _ in range(self.time):
            place += self.pace
        yield Fraction(place * self.ab, 2)


class When(Story, name="面積になる時間", method="点の移動 面積"):
    situations = _SHAPES
    facts = f"{_SIDES} / area cm² 三角形ABPの面積"
    wordings = """
    {shape}ABCDの辺BCの上を、点PがBから出発してCまで一定の速さで動きます。三角形ABPがちょうどこの面積になるのは、点PがBを出てから何秒後ですか。
    {shape}ABCDがあり、点PはBを出て、一定の速さで辺BCの上をCまで進みます。／三角形ABPがちょうどこの面積になるのは、出発してから何秒後でしょうか。"""

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

    search = root(lambda self, time: self.pace * time * self.ab - 2 * self.area)


class Two(Story, name="2つの点", method="点の移動 旅人算"):
    situations = "shape / 正方形 / 正方形の紙 / 正方形の板"
    facts = "side cm {shape}ABCDの1辺の長さ / pace~ cm 点Pが1秒間に進む長さ / other~ cm 点Qが1秒間に進む長さ"
    wordings = """
    {shape}ABCDの辺の上を、点PはAからB、C、Dの順に、点QはAからD、C、Bの順に、同時にAを出発して進みます。2つの点がはじめて出会うのは、出発してから何秒後ですか。
    点Pと点Qが、{shape}ABCDの頂点Aを同時に出て、まわりを反対の向きに回ります。2つの点がはじめて重なるのは何秒後でしょうか。"""

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

    def search(self) -> Found:
        time, one, two = 0, 0, 4 * self.side
        while one < two:
            time, one, two = time + 1, one + self.pace, two - self.other
        if one == two:
            yield time


TOPIC = topic("点の移動", "tenidou", Area, When, Two)
