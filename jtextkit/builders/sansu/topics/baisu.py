"""倍数算: two amounts whose ratio changes, while their sum, difference or one of them does not."""

import math

from jtextkit.builders.sansu.expressions import n
from jtextkit.builders.sansu.problems import Answer
from jtextkit.builders.sansu.stories import Dice, Found, Steps, Story, Words, root, topic


def _ratio(dice: Dice) -> tuple[int, int]:
    a, b = dice.many(2, (1, 5), (1, 9))
    return (a, b) if a != b and math.gcd(a, b) == 1 else (0, 0)


_TRADES = "ONE TWO thing unit / 兄 弟 どんぐり 個 / ゆか まい ビーズ 個 / 赤い箱 青い箱 カード 枚 / 東のたな 西のたな 本 冊"


class Ratios(Story, name="和が一定", method="倍数算 比"):
    situations = _TRADES
    facts = "change {unit} {ONE}から{TWO}へうつした{thing}"
    wordings = """
    {ONE}と{TWO}の{thing}の比は{a}：{b}でしたが、{ONE}から{TWO}へ{thing}をうつすと、比は{c}：{d}になりました。／はじめの{ONE}の{thing}は何{unit}ですか。
    今、{ONE}と{TWO}の{thing}の比は{c}：{d}です。{ONE}から{TWO}へ{thing}をうつす前は、この比は{a}：{b}でした。うつす前の{ONE}の{thing}は何{unit}ですか。
    {ONE}と{TWO}の{thing}の比は{a}：{b}でしたが、{ONE}から{TWO}へ{change}{unit}うつすと、{c}：{d}になりました。はじめの{ONE}の{thing}は何{unit}ですか。"""

    def draw(self, dice: Dice) -> bool:
        (self.a, self.b), (self.c, self.d) = _ratio(dice), _ratio(dice)
        if not self.a or not self.c or self.a * self.d <= self.c * self.b:
            return False
        whole = math.lcm(self.a + self.b, self.c + self.d)
        step = self.a * whole // (self.a + self.b) - self.c * whole // (self.c + self.d)
        self.change = step * dice((1, 8), (2, 15))
        return whole < 60 and self.change < 200

    def solve(self, w: Words) -> Steps:
        whole = math.lcm(self.a + self.b, self.c + self.d)
        first = n(whole, "和") / (n(self.a) + self.b)
        second = n(whole, "和") / (n(self.c) + self.d)
        yield f"わたしても2つの和は変わりません。和を表す比の数は{(n(self.a) + self.b):=}と{(n(self.c) + self.d):=}なので、和を{whole}にそろえます。"
        yield f"はじめの{w.ONE}は{(many := n(self.a) * first.result):=}、あとの{w.ONE}は{(few := n(self.c) * second.result):=}にあたります。"
        yield f"うつした{self.change}{w.unit}は、比の{(step := many.result - few.result):=}にあたります。"
        yield f"比の1にあたる量は、{(part := n(self.change) / step.result):{w.unit}}です。"
        yield f"はじめの{w.ONE}は、{(had := many.result * part.result):{w.unit}}です。"
        return Answer.of(had, w.unit)

    def search(self) -> Found:
        for part in range(1, 20_000):
            one, two = self.a * part, self.b * part
            if one > self.change and (one - self.change) * self.d == (two + self.change) * self.c:
                yield one


class One(Story, name="一方だけ変わる", method="倍数算 比"):
    situations = "one two place unit join thing / 男子 女子 テニスクラブ 人 入会する 人数 / 子ども 大人 山登りの会 人 加わる 人数 / 白い花 赤い花 学校の花だん 本 植えられる 本数"
    facts = "change {unit} あとから増えた{one}の{thing}"
    wordings = """
    {place}の{one}と{two}の{thing}の比は{a}：{b}でした。そこに{one}だけが{join}と、比は{c}：{d}に変わりました。／{two}の{thing}は何{unit}ですか。
    {place}では、{one}の{thing}だけが増えて、{one}と{two}の比が{a}：{b}から{c}：{d}に変わりました。{two}の{thing}を求めなさい。
    {one}の{thing}が{change}{unit}増える前とあとで、{place}の{one}と{two}の{thing}の比は{a}：{b}から{c}：{d}へ変わりました。{two}の{thing}は変わりません。{two}は何{unit}ですか。"""

    def draw(self, dice: Dice) -> bool:
        (self.a, self.b), (self.c, self.d) = _ratio(dice), _ratio(dice)
        if not self.a or not self.c or self.c * self.b <= self.a * self.d:
            return False
        same = math.lcm(self.b, self.d)
        step = self.c * same // self.d - self.a * same // self.b
        self.change = step * dice((2, 6), (2, 8))
        return same < 40 and self.change < 80

    def solve(self, w: Words) -> Steps:
        same = math.lcm(self.b, self.d)
        yield f"{w.two}は変わらないので、{w.two}を表す比の数を{same}にそろえます。はじめの比は{(first := n(same, '比') / self.b):倍}、あとの比は{(second := n(same, '比') / self.d):倍}します。"
        yield f"はじめの{w.one}は{(few := n(self.a) * first.result):=}、増えたあとは{(many := n(self.c) * second.result):=}にあたります。"
        yield f"増えた{self.change}{w.unit}は、比の{(step := many.result - few.result):=}にあたります。"
        yield f"比の1にあたる量は、{(part := n(self.change) / step.result):{w.unit}}です。"
        yield f"{w.two}は、{(other := n(same, '比') * part.result):{w.unit}}です。"
        return Answer.of(other, w.unit)

    def search(self) -> Found:
        for part in range(1, 20_000):
            one, two = self.a * part, self.b * part
            if (one + self.change) * self.d == two * self.c:
                yield two


class Hand(Story, name="何倍にする", method="倍数算 線分図"):
    situations = _TRADES
    facts = "one~ {unit} はじめの{ONE}の{thing} / two~ {unit} はじめの{TWO}の{thing}"
    wordings = """
    {TWO}から{ONE}へ{thing}をうつして、{ONE}の{thing}が{TWO}の{thing}の{times}倍になるようにします。何{unit}うつせばよいですか。
    {ONE}が{TWO}から{thing}を受け取り、ちょうど{TWO}の残りの{times}倍になりました。受け取った{thing}は何{unit}ですか。
    {ONE}には{one}{unit}、{TWO}には{two}{unit}の{thing}があります。{TWO}から{ONE}へ何{unit}うつすと、{ONE}の{thing}が{TWO}の{thing}の{times}倍になりますか。"""

    def draw(self, dice: Dice) -> bool:
        self.times = dice((2, 4), (2, 5))
        less, moved = dice((8, 40), (12, 60)), dice((4, 30), (6, 50))
        self.one, self.two = self.times * less - moved, less + moved
        return self.one > 5

    def solve(self, w: Words) -> Steps:
        yield f"うつしても合計は変わりません。{(total := n(self.one) + self.two):{w.unit}}"
        yield f"うつしたあと、合計は{w.TWO}の{(parts := n(self.times) + 1):倍}になります。"
        yield f"そのときの{w.TWO}は、{(less := total.result / parts.result):{w.unit}}です。"
        yield f"へった分がうつした量です。{(moved := n(self.two) - less.result):{w.unit}}"
        return Answer.of(moved, w.unit)

    search = root(lambda self, moved: self.one + moved - (self.times * (self.two - moved)))


TOPIC = topic("倍数算", "baisu", Ratios, One, Hand)
