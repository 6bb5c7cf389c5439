"""消去算: two sums of the same two things; one thing is made to vanish."""

import math

from jtextkit.builders.sansu.expressions import n
from jtextkit.builders.sansu.problems import Answer
from jtextkit.builders.sansu.stories import Dice, Found, Steps, Story, Words, family


def _bills(dice: Dice) -> tuple[int, int, int, int, int, int]:
    step = dice.pick(10, 10, 5)
    x, y = (step * dice((3, 20), (4, 30), (8, 80)) for _ in range(2))
    a, b, c, d = dice.many(4, (1, 5), (2, 7), (2, 12))
    return a, b, c, d, x, y


_GOODS = """x y xc yc unit verb sum
    えん筆 ノート 本 冊 円 買う 代金
    りんご みかん 個 個 円 買う 代金
    ケーキ プリン 個 個 円 買う 代金
    コロッケ メンチカツ 個 個 円 買う 代金"""


class Bills(Story, name="片方の数が同じ"):
    situations = _GOODS
    wordings = """
    {x}{a}{xc}と{y}{b}{yc}の代金は{first}円、{x}{c}{xc}と{y}{d}{yc}の代金は{second}円です。
      {x}1{xc}と{y}1{yc}のねだんは、それぞれ何円ですか。
    {y}を{b}{yc}選び、{x}を{a}{xc}つけると合計{first}円になります。
      {y}はそのままで{x}を{c}{xc}に増やすと、合計は{second}円に上がります。{x}と{y}の1つ分のねだんを求めなさい。
    2まいのレシートを見ると、1まい目は{x}{a}{xc}・{y}{b}{yc}で{first}円、2まい目は{x}{c}{xc}・{y}{d}{yc}で{second}円でした。
      {x}は1{xc}何円で、{y}は1{yc}何円でしょうか。"""

    def draw(self, dice: Dice) -> bool:
        """``a`` of one thing and ``b`` of another cost ``first``; ``c`` and ``d`` cost ``second``."""
        self.a, b, self.c, _, x, y = _bills(dice)
        if self.c == self.a or x == y:
            return False
        self.a, self.c = min(self.a, self.c), max(self.a, self.c)
        self.b = self.d = b
        self.first, self.second = self.a * x + b * y, self.c * x + b * y
        return True

    def solve(self, w: Words) -> Steps:
        yield f"{w.y}の数は同じなので、代金の差は{w.x}の数の差によるものです。{(more := n(self.second) - self.first):円}"
        yield f"{w.x}の数の差は、{(number := n(self.c) - self.a):{w.xc}}です。"
        yield f"{w.x}1{w.xc}のねだんは、{(x := more.result / number.result):円}です。"
        yield f"{w.y}1{w.yc}のねだんは、{(y := (n(self.first) - x.result * self.a) / self.b):円}です。"
        return Answer.parts((w.x, x, "円"), (w.y, y, "円"))

    def search(self) -> Found:
        """Try every price of the first thing."""
        for x in range(1, self.first // self.a + 1):
            y, over = divmod(self.first - self.a * x, self.b)
            if not over and y > 0 and self.c * x + self.d * y == self.second:
                yield x, y


class Multiple(Bills, name="数をそろえる", grades=(1, 2)):
    situations = _GOODS
    wordings = """
    ある店で{x}を{a}{xc}と{y}を{b}{yc}買うと{first}円です。また、{x}を{c}{xc}と{y}を{d}{yc}買うと{second}円です。
      {x}と{y}のねだんをそれぞれ求めなさい。
    姉は{x}{a}{xc}、{y}{b}{yc}を買って{first}円はらいました。妹は同じ店で{x}{c}{xc}、{y}{d}{yc}を買い、
      はらったのは{second}円でした。1つ分のねだんは、{x}と{y}でそれぞれ何円になりますか。
    {x}と{y}のつめ合わせが2種類あります。{first}円のほうには{x}が{a}{xc}と{y}が{b}{yc}、{second}円のほうには{x}が{c}{xc}と{y}が
      {d}{yc}入っています。箱代やわり引きはないものとして、{x}1{xc}と{y}1{yc}のねだんを答えなさい。"""

    def draw(self, dice: Dice) -> bool:
        self.a, self.b, self.c, self.d, x, y = _bills(dice)
        if (
            self.a * self.d == self.b * self.c
            or x == y
            or self.b == self.d
            or self.a == self.c
            or self.b == 1
            or self.d == 1
        ):
            return False
        self.first, self.second = self.a * x + self.b * y, self.c * x + self.d * y
        return True

    def solve(self, w: Words) -> Steps:
        number = math.lcm(self.b, self.d)
        up = n(number) / self.b
        down = n(number) / self.d
        one = n(self.first) * up.result
        two = n(self.second) * down.result
        many = n(self.a) * up.result
        few = n(self.c) * down.result
        if many.value > few.value:
            money = one.result - two.result
            count = many.result - few.result
        else:
            money = two.result - one.result
            count = few.result - many.result
        yield f"{w.y}の数を{number}{w.yc}にそろえます。はじめの買い方は{up:倍}、あとの買い方は{down:倍}します。"
        yield f"はじめの買い方では、{w.x}が{many:{w.xc}}、代金が{one:円}になります。"
        yield f"あとの買い方では、{w.x}が{few:{w.xc}}、代金が{two:円}になります。"
        yield f"代金の差は{money:円}、{w.x}の数の差は{count:{w.xc}}です。"
        yield f"{w.x}1{w.xc}のねだんは、{(x := money.result / count.result):円}です。"
        yield f"{w.y}1{w.yc}のねだんは、{(y := (n(self.first) - x.result * self.a) / self.b):円}です。"
        return Answer.parts((w.x, x, "円"), (w.y, y, "円"))


class Told(Story, name="おきかえる"):
    situations = _GOODS
    wordings = """
    {x}1{xc}は{y}1{yc}より{gap}円高いです。{x}{a}{xc}と{y}{b}{yc}で{total}円になるとき、
      {x}と{y}の1つ分のねだんをそれぞれ求めなさい。
    全部で{total}円の買い物をしました。内わけは{y}が{b}{yc}と{x}が{a}{xc}です。
      {y}1{yc}のねだんに{gap}円をたすと{x}1{xc}のねだんと同じです。それぞれ1つ何円ですか。
    {x}を買うはずの{total}円で、{x}{a}{xc}のほかに{y}も{b}{yc}買えました。
      おつりはなく、{x}は{y}とくらべて1つにつき{gap}円高いねだんでした。{x}は1{xc}何円、{y}は1{yc}何円でしょうか。"""

    def draw(self, dice: Dice) -> None:
        """One of the first costs ``gap`` more than one of the second; ``a`` and ``b`` cost ``total``."""
        step = dice.pick(10, 10, 5)
        y = step * dice((3, 20), (4, 25), (8, 50))
        self.gap = step * dice((1, 12), (2, 20), (3, 40))
        self.a, self.b = dice.many(2, (2, 6), (2, 9), (3, 15))
        self.total = self.a * (y + self.gap) + self.b * y

    def solve(self, w: Words) -> Steps:
        yield f"{w.x}{self.a}{w.xc}を{w.y}におきかえると、代金は{(extra := n(self.gap) * self.a):円}下がります。"
        yield f"{w.y}だけの代金にすると、{(rest := n(self.total) - extra.result):円}です。"
        yield f"その数は全部で{(number := n(self.a) + self.b):{w.yc}}です。"
        yield f"{w.y}のねだんは、{(y := rest.result / number.result):円}です。"
        yield f"{w.x}のねだんは、{(x := y.result + self.gap):円}です。"
        return Answer.parts((w.x, x, "円"), (w.y, y, "円"))

    def search(self) -> Found:
        for y in range(1, self.total):
            x = y + self.gap
            if self.a * x + self.b * y == self.total:
                yield x, y


class Pairs(Story, name="2つずつの和"):
    situations = """a b c thing unit
        赤い箱 青い箱 白い箱 重さ g
        赤いロープ 青いロープ 白いロープ 長さ cm
        東町 西町 南町 集めた古紙の重さ kg"""
    wordings = """
    {a}、{b}、{c}の{thing}について、{a}と{b}の和は{ab}{unit}、{b}と{c}の和は{bc}{unit}、{c}と{a}の和は{ca}{unit}です。
      それぞれ何{unit}ですか。
    {thing}を2つずつ合わせてはかったところ、{a}と{b}では{ab}{unit}、{a}と{c}では{ca}{unit}、{b}と{c}では{bc}{unit}でした。
      1つずつの{thing}を、{a}、{b}、{c}の順に求めなさい。
    {a}をのぞいた2つの{thing}の合計は{bc}{unit}、{b}をのぞいた2つの合計は{ca}{unit}、
      {c}をのぞいた2つの合計は{ab}{unit}になります。{a}、{b}、{c}の{thing}はそれぞれ何{unit}でしょうか。"""

    def draw(self, dice: Dice) -> bool:
        """Three amounts, known two by two."""
        a, b, c = dice.many(3, (5, 60), (20, 250), (100, 1500))
        self.ab, self.bc, self.ca = a + b, b + c, c + a
        return len({a, b, c}) == 3

    def solve(self, w: Words) -> Steps:
        twice = n(self.ab) + self.bc + self.ca
        once = twice.result / 2
        first, second, third = (once.result - other for other in (self.bc, self.ca, self.ab))
        yield f"3つの和をすべてたすと、{w.a}、{w.b}、{w.c}が2回ずつ入ります。{twice:{w.unit}}"
        yield f"{w.a}、{w.b}、{w.c}の合計は、{once:{w.unit}}です。"
        yield f"合計から{w.b}と{w.c}の和をひくと、{w.a}は{first:{w.unit}}です。"
        yield f"同じように、{w.b}は{second:{w.unit}}です。"
        yield f"{w.c}は{third:{w.unit}}です。"
        return Answer.parts((w.a, first, w.unit), (w.b, second, w.unit), (w.c, third, w.unit))

    def search(self) -> Found:
        for a in range(1, self.ab):
            b, c = self.ab - a, self.ca - a
            if c > 0 and b + c == self.bc:
                yield a, b, c


FAMILY = family("消去算", "shokyo", Bills, Multiple, Told, Pairs)
