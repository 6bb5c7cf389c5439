"""平面図形の面積: areas of plane figures, told in words."""

from fractions import Fraction

from jtextkit.builders.sansu.expressions import n
from jtextkit.builders.sansu.problems import Answer
from jtextkit.builders.sansu.stories import Dice, Found, Steps, Story, Words, found, root, topic

_SHEETS = "thing who / 紙 まことさん / 板 あかねさん / 布 ゆりさん"
_ASIDES = "{who}は、同じ{thing}をほかに{2-5}枚持っています"


class Paths(Story, name="道のある土地", method="面積 等積移動"):
    situations = "thing rest / 長方形の畑 道をのぞいた畑 / 長方形の公園 しばふ / 長方形の花だん 花を植える部分"
    facts = "height~ m {thing}のたての長さ / width~ m {thing}の横の長さ / path m 道のはば"
    wordings = """
    {thing}に、たてと横に1本ずつ、同じはばのまっすぐな道を作りました。{rest}の面積は何m²ですか。
    {thing}の中を、同じはばの道が2本、たてと横に十字に通っています。{rest}の面積は何m²になるでしょうか。
    たて{height}m、横{width}mの{thing}に、たてと横に1本ずつ、はば{path}mのまっすぐな道を作りました。{rest}の面積は何m²ですか。"""

    def draw(self, dice: Dice) -> bool:
        self.height, self.width = dice.many(2, (8, 30), (12, 50))
        self.path = dice((1, 3), (2, 4))
        return self.height != self.width

    def solve(self, w: Words) -> Steps:
        yield f"道をはしによせると、残りは1つの長方形になります。たては{(down := n(self.height) - self.path):m}です。"
        yield f"横は{(across := n(self.width) - self.path):m}です。"
        yield f"{w.rest}の面積を求めます。{(area := down.result * across.result):m²}"
        return Answer.of(area, "m²")

    def search(self) -> Found:
        """Count the square metres that are no path, with the paths along two sides."""
        places = range(self.height)
        yield sum(self.width - self.path for place in places if place >= self.path)


class Side(Story, name="高さを求める", method="面積 還元算"):
    situations = _SHEETS
    facts = "area cm² 三角形の面積 / base cm 三角形の底辺の長さ"
    wordings = """
    {who}は{thing}を三角形に切りました。この三角形の高さは何cmですか。
    {thing}に三角形がかいてあります。この三角形の高さを求めなさい。
    面積が{area}cm²の三角形の{thing}があります。底辺が{base}cmのとき、高さは何cmですか。"""
    asides = _ASIDES

    def draw(self, dice: Dice) -> bool:
        self.base, height = dice.many(2, (4, 24), (6, 36))
        self.area = self.base * height // 2
        return self.base * height % 2 == 0

    def solve(self, _w: Words) -> Steps:
        yield f"三角形の面積は底辺×高さ÷2なので、底辺×高さは面積の2倍です。{(twice := n(self.area) * 2):cm²}"
        yield f"高さを求めます。{(height := twice.result / self.base):cm}"
        return Answer.of(height, "cm")

    search = root(lambda self, height: self.base * height - 2 * self.area)


class Circle(Story, name="正方形と円", method="面積 円"):
    situations = _SHEETS
    facts = "radius cm 円の半径"
    wordings = """
    正方形の{thing}から、その中にぴったり入る円を切り取りました。円周率は3.14とします。残った部分の面積は何cm²ですか。
    {who}が円をかき、その円がちょうど入る正方形を外側にかきました。円周率は3.14とします。正方形のうち円の外にある部分の面積は何cm²ですか。
    正方形の{thing}から、その中にぴったり入る半径{radius}cmの円を切り取りました。円周率は3.14とします。残った部分の面積は何cm²ですか。"""
    asides = _ASIDES

    def draw(self, dice: Dice) -> None:
        self.radius = dice((2, 20), (4, 40))

    def solve(self, _w: Words) -> Steps:
        yield f"正方形の1辺は円の直径と同じです。{(side := n(self.radius) * 2):cm}"
        yield f"正方形の面積は、{(square := side.result * side.result):cm²}です。"
        yield f"円の面積は、半径×半径×3.14で求めます。{(circle := n(self.radius) * self.radius * n('3.14')):cm²}"
        yield f"残りの面積を求めます。{(rest := square.result - circle.result):cm²}"
        return Answer.of(rest, "cm²")

    search = found(lambda self: Fraction(86, 100) * sum(self.radius for _ in range(self.radius)))


TOPIC = topic("平面図形の面積", "menseki", Paths, Side, Circle)
