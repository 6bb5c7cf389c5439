"""和差算: two or three amounts from their sum and their differences."""

from jtextkit.builders.sansu.expressions import n
from jtextkit.builders.sansu.problems import Answer
from jtextkit.builders.sansu.stories import Dice, Found, Steps, Story, Words, topic


class TwoAmounts(Story, name="2人の持ち物"):
    situations = "high low unit thing / 兄 弟 枚 カード / 姉 妹 枚 折り紙 / まさきさん ゆうとさん 個 ビー玉 / 母 娘 枚 写真"
    facts = "total {unit} {high}と{low}の{thing}の合計 / gap {unit} {high}と{low}の{thing}の差"
    wordings = """
    {high}と{low}が{thing}を持っています。{high}のほうが多く持っています。2人はそれぞれ何{unit}持っていますか。
    {thing}を{high}と{low}の2人で分けました。{low}の分は{high}の分より少なくなりました。{high}と{low}の分をそれぞれ求めなさい。
    {high}と{low}が持っている{thing}は合わせて{total}{unit}で、{high}のほうが{gap}{unit}多いそうです。2人はそれぞれ何{unit}持っていますか。"""

    def draw(self, dice: Dice) -> None:
        low = dice((8, 60), (12, 150))
        self.gap = dice((2, 30), (6, 60))
        self.total = 2 * low + self.gap

    def solve(self, w: Words) -> Steps:
        twice = n(self.total) + self.gap
        yield f"{w.low}に{self.gap}{w.unit}をたすと{w.high}と同じになるので、和に差をたすと{w.high}の2つ分です。{twice:{w.unit}}"
        yield f"{w.high}を求めます。{(more := twice.result / 2):{w.unit}}"
        yield f"{w.low}を求めます。{(less := more.result - self.gap):{w.unit}}"
        return Answer.parts((w.high, more, w.unit), (w.low, less, w.unit))

    def search(self) -> Found:
        for low in range(self.total + 1):
            if self.total - low - low == self.gap:
                yield self.total - low, low


class Rectangle(Story, name="長方形の辺"):
    situations = "thing unit / 長方形の畑 m / 長方形の花だん m / 長方形の厚紙 cm / 長方形の絵 cm"
    facts = "around {unit} {thing}のまわりの長さ / gap {unit} たてと横の長さの差"
    wordings = """
    横がたてより長い{thing}があります。たてと横の長さはそれぞれ何{unit}ですか。
    {thing}があり、たてのほうが横より短くなっています。たてと横の長さを求めなさい。
    まわりの長さが{around}{unit}の{thing}があります。横はたてより{gap}{unit}長いです。たてと横の長さはそれぞれ何{unit}ですか。"""
    asides = "{thing}の色は{2-4}色です"

    def draw(self, dice: Dice) -> None:
        low = dice((4, 30), (8, 60))
        self.gap = dice((2, 15), (3, 30))
        self.around = 2 * (2 * low + self.gap)

    def solve(self, w: Words) -> Steps:
        yield f"たてと横の長さの和は、まわりの長さの半分です。{(half := n(self.around) / 2):{w.unit}}"
        yield f"和から差をひくと、たての2つ分になります。{(twice := half.result - self.gap):{w.unit}}"
        yield f"たての長さは、{(low := twice.result / 2):{w.unit}}です。"
        yield f"横の長さは、{(high := low.result + self.gap):{w.unit}}です。"
        return Answer.parts(("たて", low, w.unit), ("横", high, w.unit))

    def search(self) -> Found:
        for low in range(1, self.around):
            if low + (low + self.gap) + low + (low + self.gap) == self.around:
                yield low, low + self.gap


class ThreeAmounts(Story, name="3つの数"):
    situations = "a b c thing unit / 赤組 白組 青組 運動会の得点 点 / 長男 次男 三男 集めた切手 枚 / 東町 西町 南町 集めた空きかん 個"
    facts = "total {unit} {a}、{b}、{c}の{thing}の合計 / first~ {unit} {a}と{b}の{thing}の差 / second~ {unit} {b}と{c}の{thing}の差"
    wordings = """
    {thing}をくらべると、{a}、{b}、{c}の順に多くなっています。／{a}、{b}、{c}はそれぞれ何{unit}ですか。
    {a}、{b}、{c}の{thing}を調べました。いちばん多いのは{a}、いちばん少ないのは{c}です。それぞれ何{unit}ですか。
    {a}、{b}、{c}の{thing}は、合計で{total}{unit}です。{a}は{b}より{first}{unit}多く、{b}は{c}より{second}{unit}多いです。それぞれ何{unit}ですか。"""

    def draw(self, dice: Dice) -> None:
        low = dice((20, 80), (20, 150))
        self.first, self.second = dice.many(2, (2, 20), (5, 40))
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


TOPIC = topic("和差算", "wasa", TwoAmounts, Rectangle, ThreeAmounts)
