"""和差算: two or three amounts from their sum and their differences."""

from jtextkit.builders.sansu.expressions import n
from jtextkit.builders.sansu.problems import Answer
from jtextkit.builders.sansu.stories import Dice, Found, Steps, Story, Words, family


class TwoAmounts(Story, name="2人の持ち物"):
    situations = """high low unit thing
        兄 弟 円 おこづかい
        姉 妹 枚 折り紙
        まさき ゆうと 個 ビー玉
        母 娘 枚 写真"""
    wordings = """
    {high}と{low}が持っている{thing}は合わせて{total}{unit}で、{high}のほうが{gap}{unit}多いそうです。
      2人はそれぞれ何{unit}持っていますか。
    {total}{unit}の{thing}を{high}と{low}の2人で分けます。
      {low}の分が{high}の分より{gap}{unit}少なくなるようにするには、それぞれ何{unit}にすればよいですか。
    {high}の{thing}から{gap}{unit}を取りのぞくと、{low}の{thing}と同じ数になります。取りのぞく前の2人の合計は{total}{unit}です。
      はじめにそれぞれが持っていた数を求めなさい。"""

    def draw(self, dice: Dice) -> None:
        """Two amounts: ``total`` together, one ``gap`` more than the other."""
        low = dice((4, 90), (30, 600), (200, 4000))
        self.gap = dice((2, 40), (6, 200), (25, 1500))
        self.total = 2 * low + self.gap

    def solve(self, w: Words) -> Steps:
        twice = n(self.total) + self.gap
        yield f"{w.low}に{self.gap}{w.unit}をたすと{w.high}と同じになるので、和に差をたすと{w.high}の2つ分です。{twice:{w.unit}}"
        yield f"{w.high}を求めます。{(more := twice.result / 2):{w.unit}}"
        yield f"{w.low}を求めます。{(less := more.result - self.gap):{w.unit}}"
        return Answer.parts((w.high, more, w.unit), (w.low, less, w.unit))

    def search(self) -> Found:
        for low in range(self.total + 1):
            high = self.total - low
            if high - low == self.gap:
                yield high, low


class Cutting(TwoAmounts, name="2つに切る"):
    situations = """high low unit thing one
        長いほう 短いほう cm テープ 1本
        長いほう 短いほう cm ひも 1本
        長いほう 短いほう cm 針金 1本"""
    wordings = """
    長さ{total}cmの{thing}を2本に切ったら、長さのちがいが{gap}cmになりました。長いほうと短いほうはそれぞれ何cmですか。
    {one}の{thing}があり、全体の長さは{total}cmです。
      これを2つに切り分け、一方がもう一方より{gap}cmだけ長くなるようにしたいと思います。2本の長さを長い順に答えなさい。
    2本の{thing}をつなぐと{total}cm、並べてくらべると差は{gap}cmです。つなぎ目の長さは考えません。
      それぞれの{thing}の長さは何cmでしょうか。"""


class Rectangle(Story, name="長方形の辺"):
    situations = """thing unit
        長方形の畑 m
        長方形の花だん m
        長方形の厚紙 cm
        長方形の絵 cm"""
    wordings = """
    まわりの長さが{around}{unit}の{thing}があります。横はたてより{gap}{unit}長いです。たてと横の長さはそれぞれ何{unit}ですか。
    {thing}のまわりをロープで1周囲むと、ちょうど{around}{unit}いりました。
      たての長さが横の長さより{gap}{unit}短いとき、たてと横の長さを求めなさい。
    {thing}をかくために、4つの辺の長さの合計を{around}{unit}、たてと横の差を{gap}{unit}と決めました。
      横のほうを長くするなら、それぞれ何{unit}にすればよいでしょうか。"""

    def draw(self, dice: Dice) -> None:
        """A rectangle ``around`` long, its width ``gap`` more than its height."""
        low = dice((3, 50), (10, 160), (40, 900))
        self.gap = dice((1, 30), (3, 80), (10, 400))
        self.around = 2 * (2 * low + self.gap)

    def solve(self, w: Words) -> Steps:
        yield f"たてと横の長さの和は、まわりの長さの半分です。{(half := n(self.around) / 2):{w.unit}}"
        yield f"和から差をひくと、たての2つ分になります。{(twice := half.result - self.gap):{w.unit}}"
        yield f"たての長さは、{(low := twice.result / 2):{w.unit}}です。"
        yield f"横の長さは、{(high := low.result + self.gap):{w.unit}}です。"
        return Answer.parts(("たて", low, w.unit), ("横", high, w.unit))

    def search(self) -> Found:
        for low in range(1, self.around):
            high = low + self.gap
            if low + high + low + high == self.around:
                yield low, high


class ThreeAmounts(Story, name="3つの数", grades=(1, 2)):
    situations = """a b c thing unit
        赤組 白組 青組 運動会の得点 点
        長男 次男 三男 ためたお金 円
        東町 西町 南町 集めた空きかん 個"""
    wordings = """
    {a}、{b}、{c}の{thing}は、合計で{total}{unit}です。{a}は{b}より{first}{unit}多く、{b}は{c}より{second}{unit}多いです。
      それぞれ何{unit}ですか。
    {thing}をくらべました。いちばん多いのは{a}で、2番目の{b}との差は{first}{unit}です。また、
      {c}は{b}に{second}{unit}およびませんでした。3つを合わせた数が{total}{unit}のとき、{a}、{b}、{c}の数をそれぞれ求めなさい。
    {c}の{thing}は、あと{second}{unit}あれば{b}と並びます。その{b}も{a}より{first}{unit}少なくなっています。
      全体では{total}{unit}でした。{a}、{b}、{c}はそれぞれ何{unit}でしょうか。"""

    def draw(self, dice: Dice) -> None:
        """``total`` in three: ``first`` more than the next, and that ``second`` more than the last."""
        low = dice((5, 80), (20, 300), (100, 1500))
        self.first = dice((2, 20), (5, 60), (20, 300))
        self.second = dice((2, 20), (5, 60), (20, 300))
        self.total = 3 * low + 2 * self.second + self.first

    def solve(self, w: Words) -> Steps:
        yield f"いちばん少ない{w.c}をもとにします。{w.a}は{w.c}より{(more := n(self.first) + self.second):{w.unit}}多いです。"
        yield f"合計から{w.b}の多い分と{w.a}の多い分をひくと、{w.c}の3つ分になります。{(thrice := n(self.total) - self.second - more.result):{w.unit}}"
        yield f"{w.c}は、{(low := thrice.result / 3):{w.unit}}です。"
        yield f"{w.b}は、{(middle := low.result + self.second):{w.unit}}です。"
        yield f"{w.a}は、{(high := middle.result + self.first):{w.unit}}です。"
        return Answer.parts((w.a, high, w.unit), (w.b, middle, w.unit), (w.c, low, w.unit))

    def search(self) -> Found:
        for low in range(self.total // 3 + 1):
            middle = low + self.second
            high = self.total - low - middle
            if high - middle == self.first:
                yield high, middle, low


FAMILY = family("和差算", "wasa", TwoAmounts, Cutting, Rectangle, ThreeAmounts)
