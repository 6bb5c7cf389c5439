"""相似と面積比: shadows, and figures of one form and several sizes."""

import math
from fractions import Fraction

from jtextkit.builders.sansu.expressions import n
from jtextkit.builders.sansu.problems import Answer
from jtextkit.builders.sansu.stories import Dice, Found, Steps, Story, Words, root, topic


class Shadow(Story, name="かげの長さ", method="相似"):
    situations = "thing who / 木 れいなさん / 電柱 たくやさん / 校舎 りほさん / 鉄とう だいきさん"
    facts = "stick~ cm ぼうの長さ / shade~ cm ぼうのかげの長さ / long cm {thing}のかげの長さ"
    wordings = """
    晴れた日に、{who}はまっすぐなぼうを地面に垂直に立て、同じ時こくに、ぼうのかげと{thing}のかげの長さをはかりました。地面は平らです。{thing}の高さは何cmですか。
    {who}が、平らな地面に垂直に立てたぼうのかげと、{thing}のかげを同時にはかりました。{thing}の高さを求めなさい。"""

    def draw(self, dice: Dice) -> bool:
        self.stick, self.shade = 10 * dice((6, 15), (6, 20)), 5 * dice((8, 30), (8, 40))
        self.long = 10 * dice((30, 90), (40, 160))
        high = Fraction(self.stick * self.long, self.shade)
        return high.denominator == 1 and 250 <= high <= 2000 and self.stick != self.shade

    def solve(self, w: Words) -> Steps:
        yield f"同じ時こくには、高さとかげの長さの割合は等しくなります。ぼうの長さはかげの{(times := n(self.stick) / n(Fraction(self.shade), 'cm')):倍}です。"
        yield f"{w.thing}の高さは、{(high := n(self.long) * times.result):cm}です。"
        return Answer.of(high, "cm")

    search = root(lambda self, high: high * self.shade - self.stick * self.long)


_TRIANGLES = "who / ちひろさん / かいとさん / あんなさん"


class AreaRatio(Story, name="面積の比", method="相似 面積比"):
    situations = _TRIANGLES
    facts = "area cm² 三角形ABCの面積"
    wordings = """
    三角形ABCの辺AB上に点D、辺AC上に点Eがあり、DEとBCは平行です。AD：DB＝{x}：{y}です。／四角形DBCEの面積は何cm²ですか。
    {who}は三角形ABCを、BCに平行な直線DEで2つに切り分けました。点Dは辺AB、点Eは辺ACの上にあり、AD：DB＝{x}：{y}です。／四角形DBCEの面積を求めなさい。"""

    def draw(self, dice: Dice) -> bool:
        self.x, self.y = dice.many(2, (1, 3), (1, 4))
        self.area = (self.x + self.y) ** 2 * dice((2, 8), (3, 12))
        return math.gcd(self.x, self.y) == 1 and self.area <= 400

    def solve(self, _w: Words) -> Steps:
        yield f"DBをたすと、ABは比の{(whole := n(self.x, '比') + n(self.y, '比')):=}にあたります。"
        yield f"同じ形の三角形の面積の比は、辺の比を2回かけた比です。三角形ADEは{(small := n(self.x, '比') * n(self.x, '比')):=}、三角形ABCは{(large := whole.result * whole.result):=}にあたります。"
        yield f"四角形DBCEは、{(left := large.result - small.result):=}にあたります。"
        yield f"面積は、{(area := n(self.area) / large.result * left.result):cm²}です。"
        return Answer.of(area, "cm²")

    def search(self) -> Found:
        """Cut the triangle into rows of small ones: one more pair in each row."""
        rows = self.x + self.y
        small = [2 * row + 1 for row in range(rows)]
        yield Fraction(self.area * sum(small[self.x :]), sum(small))


class Base(Story, name="底辺の比と面積", method="面積比"):
    situations = _TRIANGLES
    facts = "area cm² 三角形ABCの面積"
    wordings = """
    三角形ABCの辺BC上に点Dがあり、BD：DC＝{x}：{y}です。また、線分AD上に点Eがあり、AE：ED＝{s}：{t}です。／三角形ABEの面積は何cm²ですか。
    {who}がかいた三角形ABCで、点Dは辺BCを{x}：{y}に分ける点（BD：DC＝{x}：{y}）、点Eは線分ADを{s}：{t}に分ける点（AE：ED＝{s}：{t}）です。／三角形ABEの面積を求めなさい。"""

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

    def search(self) -> Found:
        """Twice the area by coordinates: B at 0, C on the axis, A one high."""
        d = Fraction(self.x, self.x + self.y)
        down = Fraction(self.s, self.s + self.t)
        ax, ay = Fraction(1, 3), Fraction(1)
        ex, ey = ax + (d - ax) * down, ay * (1 - down)
        yield self.area * abs(ax * ey - ay * ex)


TOPIC = topic("相似と面積比", "soji", Shadow, AreaRatio, Base)
