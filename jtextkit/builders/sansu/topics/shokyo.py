"""消去算: two sums of the same two things; one thing is made to vanish."""

from jtextkit.builders.sansu.expressions import n
from jtextkit.builders.sansu.problems import Answer
from jtextkit.builders.sansu.stories import Dice, Steps, Story, Words, root, topic

_GOODS = "x y xc yc shop / えん筆 ノート 本 冊 文ぼう具店 / りんご みかん 個 個 くだもの屋 / ケーキ プリン 個 個 ケーキ屋 / コロッケ メンチカツ 個 個 肉屋"


class Bills(Story, name="片方の数が同じ"):
    situations = _GOODS
    facts = "first~ 円 {x}{a}{xc}と{y}{b}{yc}の代金 / second~ 円 {x}{c}{xc}と{y}{b}{yc}の代金"
    wordings = """
    {shop}で{x}と{y}を売っています。{y}1{yc}のねだんは何円ですか。
    {shop}で、{x}と{y}をいくつかずつ買うときの代金を調べました。{y}1{yc}のねだんを求めなさい。"""

    def draw(self, dice: Dice) -> bool:
        x, y = (10 * number for number in dice.many(2, (5, 15), (6, 25)))
        self.a, self.b = dice.many(2, (1, 3), (2, 5))
        self.c = self.a + dice((1, 3), (2, 5))
        self.first, self.second = self.a * x + self.b * y, self.c * x + self.b * y
        return x != y

    def solve(self, w: Words) -> Steps:
        yield f"{w.y}の数は同じなので、代金の差は{w.x}の数の差によるものです。{(more := n(self.second) - self.first):円}"
        yield f"{w.x}の数の差は{(number := n(self.c) - self.a):{w.xc}}なので、{w.x}1{w.xc}のねだんは{(x := more.result / number.result):円}です。"
        yield f"{w.y}{self.b}{w.yc}の代金は、{(rest := n(self.first) - x.result * self.a):円}です。"
        yield f"{w.y}1{w.yc}のねだんは、{(y := rest.result / self.b):円}です。"
        return Answer.of(y, "円")

    search = root(
        lambda self, y: (self.first - self.b * y) * self.c - ((self.second - self.b * y) * self.a)
    )


class Exchanged(Story, name="おきかえる"):
    situations = _GOODS
    facts = "gap 円 {x}1{xc}と{y}1{yc}のねだんの差 / total 円 {x}{a}{xc}と{y}{b}{yc}の代金"
    wordings = """
    {shop}では、{x}1{xc}のほうが{y}1{yc}よりも高く売られています。{y}1{yc}のねだんは何円ですか。
    {shop}で買い物をしました。{x}1{xc}は{y}1{yc}より高いねだんです。{y}1{yc}のねだんを求めなさい。
    {x}1{xc}は{y}1{yc}より{gap}円高いです。{x}{a}{xc}と{y}{b}{yc}で{total}円になるとき、{y}1{yc}のねだんは何円ですか。"""

    def draw(self, dice: Dice) -> None:
        y = 10 * dice((4, 15), (6, 20))
        self.gap = 10 * dice((1, 8), (2, 12))
        self.a, self.b = dice.many(2, (2, 5), (2, 7))
        self.total = self.a * (y + self.gap) + self.b * y

    def solve(self, w: Words) -> Steps:
        yield f"{w.x}{self.a}{w.xc}を{w.y}におきかえると、代金は{(extra := n(self.gap) * self.a):円}下がります。"
        yield f"{w.y}だけの代金にすると、{(rest := n(self.total) - extra.result):円}です。"
        yield f"その数は全部で、{(number := n(self.a) + self.b):{w.yc}}です。"
        yield f"{w.y}のねだんは、{(y := rest.result / number.result):円}です。"
        return Answer.of(y, "円")

    search = root(lambda self, y: self.a * (y + self.gap) + self.b * y - self.total)


class Pairs(Story, name="2つずつの和"):
    situations = "a b c thing unit / 赤い箱 青い箱 白い箱 重さ g / 赤いロープ 青いロープ 白いロープ 長さ cm / 東町 西町 南町 集めた古紙の重さ kg"
    facts = "ab~ {unit} {a}と{b}の{thing}の和 / bc~ {unit} {b}と{c}の{thing}の和 / ca~ {unit} {c}と{a}の{thing}の和"
    wordings = """
    {a}、{b}、{c}の{thing}を2つずつ合わせて調べました。{a}の{thing}は何{unit}ですか。
    {a}と{b}と{c}があります。{a}の{thing}を求めなさい。"""

    def draw(self, dice: Dice) -> bool:
        a, b, c = dice.many(3, (15, 60), (20, 150))
        self.ab, self.bc, self.ca = a + b, b + c, c + a
        return len({a, b, c}) == 3

    def solve(self, w: Words) -> Steps:
        twice = n(self.ab) + self.bc + self.ca
        yield f"3つの和をすべてたすと、{w.a}、{w.b}、{w.c}が2回ずつ入ります。{twice:{w.unit}}"
        yield f"{w.a}、{w.b}、{w.c}の合計は、{(once := twice.result / 2):{w.unit}}です。"
        yield f"合計から{w.b}と{w.c}の和をひくと、{w.a}は{(first := once.result - self.bc):{w.unit}}です。"
        return Answer.of(first, w.unit)

    search = root(lambda self, a: (self.ab - a) + (self.ca - a) - self.bc)


TOPIC = topic("消去算", "shokyo", Bills, Exchanged, Pairs)
