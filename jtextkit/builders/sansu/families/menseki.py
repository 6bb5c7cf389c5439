"""平面図形の面積: areas of plane figures, told in words."""

from fractions import Fraction

from jtextkit.builders.sansu.expressions import n
from jtextkit.builders.sansu.problems import Answer
from jtextkit.builders.sansu.stories import Dice, Found, Steps, Story, Words, family

_PI = Fraction(314, 100)


class Paths(Story, name="道のある土地", method="面積 等積移動"):
    situations = """thing rest
        長方形の畑 道をのぞいた畑
        長方形の公園 しばふ
        長方形の花だん 花を植える部分"""
    wordings = """
    たて{height}m、横{width}mの{thing}に、たてと横に1本ずつ、はば{path}mのまっすぐな道を作りました。{rest}の面積は何m²ですか。
    {thing}の中を、はば{path}mの道が2本、たてと横に十字に通っています。道もふくめた土地のたては{height}m、横は{width}mです。
      {rest}の面積を求めなさい。"""

    def draw(self, dice: Dice) -> bool:
        """A field of ``height`` by ``width`` metres, crossed by two paths ``path`` metres wide."""
        self.height, self.width = dice.many(2, (8, 40), (12, 90), (30, 250))
        self.path = dice((1, 4), (1, 6), (2, 15))
        return self.height != self.width and self.path < min(self.height, self.width) - 2

    def solve(self, w: Words) -> Steps:
        yield f"道をはしによせると、残りは1つの長方形になります。たては{(down := n(self.height) - self.path):m}です。"
        yield f"横は{(across := n(self.width) - self.path):m}です。"
        yield f"{w.rest}の面積を求めます。{(area := down.result * across.result):m²}"
        return Answer.of(area, "m²")

    def search(self) -> Found:
        """Count the square metres that lie on no path, strip by strip."""
        middle = self.width // 2
        free = 0
        for row in range(self.height):
            if row < self.path:
                continue  # the path along the width
            free += sum(not middle - self.path < column <= middle for column in range(self.width))
        yield free


_SHEETS = """thing who
    紙 まこと
    板 あかね
    布 ゆり"""


class Trapezoid(Story, name="台形", method="面積"):
    situations = _SHEETS
    wordings = """
    上底が{top}cm、下底が{bottom}cm、高さが{height}cmの台形の形をした{thing}の面積は何cm²ですか。
    {who}さんは台形の{thing}を切りぬきました。平行な2つの辺の長さは{top}cmと{bottom}cmで、その間のはばは{height}cmです。
      切りぬいた{thing}の面積を求めなさい。"""

    def draw(self, dice: Dice) -> bool:
        """Parallel sides ``top`` and ``bottom``, ``height`` between; the area is asked, or a height."""
        self.top, self.bottom, self.height = dice.many(3, (2, 20), (4, 50), (12, 150))
        return self.top < self.bottom

    def solve(self, _w: Words) -> Steps:
        yield f"上底と下底の和は、{(sides := n(self.top) + self.bottom):cm}です。"
        yield f"台形の面積は、（上底＋下底）×高さ÷2で求めます。{(area := sides.result * self.height / 2):cm²}"
        return Answer.of(area, "cm²")

    def search(self) -> Found:
        """Cut it into a rectangle and the triangles beside it, strip after strip of one centimetre."""
        strips = Fraction(0)
        for row in range(self.height):
            # The length in the middle of each strip; between parallel sides it grows evenly.
            place = Fraction(2 * row + 1, 2 * self.height)
            strips += self.top + (self.bottom - self.top) * place
        yield strips


class Side(Story, name="高さを求める", method="面積 還元算"):
    situations = _SHEETS
    wordings = """
    面積が{area}cm²の三角形の{thing}があります。底辺が{base}cmのとき、高さは何cmですか。
    {who}さんは、底辺の長さが{base}cmの三角形をかき、面積をちょうど{area}cm²にしたいと考えています。
      {thing}にかくときの高さは何cmにすればよいでしょうか。"""

    def draw(self, dice: Dice) -> bool:
        """A triangle of ``area`` square centimetres on a base of ``base``."""
        self.base, height = dice.many(2, (3, 40), (5, 80), (12, 250))
        self.area = self.base * height // 2
        return self.base * height % 2 == 0

    def solve(self, _w: Words) -> Steps:
        yield f"三角形の面積は底辺×高さ÷2なので、底辺×高さは面積の2倍です。{(twice := n(self.area) * 2):cm²}"
        yield f"高さを求めます。{(height := twice.result / self.base):cm}"
        return Answer.of(height, "cm")

    def search(self) -> Found:
        for height in range(1, 2 * self.area + 1):
            if Fraction(self.base * height, 2) == self.area:
                yield height


class BorderedField(Story, name="まわりのわく", method="面積"):
    situations = """inner frame unit put
        長方形の絵 がくぶち cm つけ
        長方形の池 歩道 m 作り
        長方形のしばふ れんがの道 m 作り"""
    wordings = """
    たて{height}{unit}、横{width}{unit}の{inner}のまわりに、はば{wide}{unit}の{frame}を{put}ました。
      {frame}の面積は何{unit}²ですか。
    {inner}（たて{height}{unit}、横{width}{unit}）を、どこも{wide}{unit}のはばの{frame}がぐるりと囲んでいます。
      囲んでいる部分だけの面積を求めなさい。"""

    def draw(self, dice: Dice) -> None:
        """A rectangle ``height`` by ``width`` inside a frame ``wide`` all round."""
        self.height, self.width = dice.many(2, (6, 40), (10, 90), (20, 220))
        self.wide = dice((1, 5), (1, 9), (2, 25))

    def solve(self, w: Words) -> Steps:
        yield f"外側の長方形のたては{(down := n(self.height) + n(self.wide) * 2):{w.unit}}、横は{(across := n(self.width) + n(self.wide) * 2):{w.unit}}です。"
        unit = f"{w.unit}²"
        yield f"外側の長方形の面積は、{(whole := down.result * across.result):{unit}}です。"
        yield f"内側の長方形の面積は、{(inside := n(self.height) * self.width):{unit}}です。"
        yield f"{w.frame}の面積を求めます。{(frame := whole.result - inside.result):{unit}}"
        return Answer.of(frame, unit)

    def search(self) -> Found:
        """Two strips of the whole width, and two between them."""
        outer = sum(1 for _ in range(self.width + 2 * self.wide))
        yield 2 * self.wide * outer + 2 * self.wide * self.height


class Circle(Story, name="正方形と円", method="面積 円"):
    situations = _SHEETS
    wordings = """
    正方形の{thing}から、その中にぴったり入る半径{radius}cmの円を切り取りました。残った部分の面積は何cm²ですか。
      円周率は3.14とします。
    {who}さんが半径{radius}cmの円をかき、その円がちょうど入る正方形を外側にかきました。
      正方形のうち円の外にある部分の面積を、円周率を3.14として求めなさい。"""

    def draw(self, dice: Dice) -> None:
        """A circle of ``radius`` cm cut out of a square round it."""
        self.radius = dice((1, 60), (1, 150), (2, 400))

    def solve(self, _w: Words) -> Steps:
        yield f"正方形の1辺は円の直径と同じです。{(side := n(self.radius) * 2):cm}"
        yield f"正方形の面積は、{(square := side.result * side.result):cm²}です。"
        yield f"円の面積は、半径×半径×3.14で求めます。{(circle := n(self.radius) * self.radius * n('3.14')):cm²}"
        yield f"残りの面積を求めます。{(rest := square.result - circle.result):cm²}"
        return Answer.of(rest, "cm²")

    def search(self) -> Found:
        """A corner of a square on the radius is 1 - 3.14/4 of it, and there are four."""
        quarter = self.radius * self.radius
        corner = quarter * (1 - _PI / 4)
        yield corner + corner + corner + corner


class Sector(Story, name="おうぎ形", method="面積 おうぎ形"):
    situations = _SHEETS
    wordings = """
    半径{radius}cm、中心角{angle}度のおうぎ形の{thing}の面積は何cm²ですか。円周率は3.14として計算しなさい。
    {who}さんは円い{thing}を、中心から広がる形に切り分けました。1つ分の角の大きさは{angle}度で、円の半径は{radius}cmです。
      切り分けた1つ分の面積を求めなさい。ただし、円周率は3.14とします。"""

    def draw(self, dice: Dice) -> bool:
        """A sector of ``radius`` cm and ``angle`` degrees."""
        self.radius = dice((2, 30), (2, 60), (4, 120))
        self.angle = dice.rng.choice(
            dice.pick((90, 180, 270), (30, 45, 60, 90, 120, 135), (20, 36, 40, 72, 80, 150))
        )
        return self.radius * self.radius * self.angle % 360 == 0

    def solve(self, _w: Words) -> Steps:
        yield f"半径×半径は、{(square := n(self.radius) * self.radius):=}です。"
        yield f"中心角が{self.angle}度なので、円の360分の{self.angle}にあたります。{(part := square.result * self.angle / 360):=}"
        yield f"円周率をかけて面積を求めます。{(area := part.result * n('3.14')):cm²}"
        return Answer.of(area, "cm²")

    def search(self) -> Found:
        """Add up slices of one degree."""
        slice_ = _PI * self.radius * self.radius / 360
        yield sum((slice_ for _ in range(self.angle)), Fraction(0))


FAMILY = family("平面図形の面積", "menseki", Paths, Trapezoid, Side, BorderedField, Circle, Sector)
