"""比と割合: ratios, their parts, chains of them, and percentages."""

import math
from fractions import Fraction

from jtextkit.builders.sansu.expressions import n, percent
from jtextkit.builders.sansu.problems import Answer
from jtextkit.builders.sansu.stories import Dice, Found, Steps, Story, Words, root, topic


def _pair(dice: Dice) -> tuple[int, int]:
    """Two different numbers without a common divisor."""
    while True:
        a, b = dice.many(2, (1, 7), (2, 11))
        if a != b and math.gcd(a, b) == 1:
            return a, b


class Parts(Story, name="比で分ける", method="比 線分図"):
    situations = "x y thing unit made / 酢 油 ドレッシング mL 混ぜて / 赤土 腐葉土 花の土 g 混ぜて / 牛にゅう コーヒー カフェオレ mL 合わせて / 青い絵の具 黄色い絵の具 緑の絵の具 g 混ぜて"
    facts = "total {unit} 作る{thing}の量"
    wordings = """
    {x}と{y}を{a}：{b}の割合で{made}、{thing}を作ります。{x}は何{unit}必要ですか。
    {thing}を作りました。材料は{x}と{y}だけで、量の比は{a}：{b}です。使った{x}の量を求めなさい。
    {x}と{y}を{a}：{b}の割合で{made}、{thing}を{total}{unit}作ります。{x}は何{unit}必要ですか。"""

    def draw(self, dice: Dice) -> None:
        self.a, self.b = _pair(dice)
        self.total = (self.a + self.b) * 5 * dice((4, 20), (5, 30))

    def solve(self, w: Words) -> Steps:
        yield f"全体は、比の{(whole := n(self.a, '比') + n(self.b, '比')):=}にあたります。"
        yield f"比の1にあたる量は、{(part := n(self.total) / whole.result):{w.unit}}です。"
        yield f"{w.x}は、{(one := part.result * n(self.a, '比')):{w.unit}}です。"
        return Answer.of(one, w.unit)

    search = root(lambda self, one: one * self.b - ((self.total - one) * self.a))


class RatioChain(Story, name="連比", method="比 連比"):
    situations = "x y z thing what unit / 大きい水そう 丸い水そう 細い水そう 3つの水そう 水の量 L / りんご みかん かき くだもの 個数 個 / 赤組 白組 青組 3つの組 得点 点"
    facts = "total {unit} {x}と{y}と{z}の{what}の合計"
    wordings = """
    {thing}の{what}をくらべると、{x}と{y}の比は{a}：{b}、{y}と{z}の比は{c}：{d}です。／{x}の{what}は何{unit}ですか。
    {what}について、{x}：{y}＝{a}：{b}、{y}：{z}＝{c}：{d}という関係があります。{x}の{what}を求めなさい。
    {thing}の{what}は合わせて{total}{unit}です。{x}と{y}の比は{a}：{b}、{y}と{z}の比は{c}：{d}です。{x}の{what}は何{unit}ですか。"""

    def draw(self, dice: Dice) -> bool:
        (self.a, self.b), (self.c, self.d) = _pair(Dice(dice.rng, 0)), _pair(Dice(dice.rng, 0))
        middle = math.lcm(self.b, self.c)
        whole = self.a * middle // self.b + middle + self.d * middle // self.c
        self.total = whole * dice((2, 8), (2, 12))
        return self.total <= 600

    def solve(self, w: Words) -> Steps:
        middle = math.lcm(self.b, self.c)
        first = n(self.a, "比") * (n(middle, "公倍数") / n(self.b, "比")).result
        last = n(self.d, "比") * (n(middle, "公倍数") / n(self.c, "比")).result
        yield f"{w.y}を表す数を{self.b}と{self.c}の最小公倍数の{middle}にそろえます。{w.x}は{first:=}、{w.z}は{last:=}にあたります。"
        yield f"3つの合計は、比の{(whole := first.result + n(middle, '公倍数') + last.result):=}にあたります。"
        yield f"比の1にあたる量は、{(part := n(self.total) / whole.result):{w.unit}}です。"
        yield f"{w.x}は、{(x := part.result * first.result):{w.unit}}です。"
        return Answer.of(x, w.unit)

    def search(self) -> Found:
        """Try every amount in the middle."""
        for middle in range(1, self.total):
            if middle * self.a % self.b == 0 == middle * self.d % self.c:
                first, last = middle * self.a // self.b, middle * self.d // self.c
                if first + middle + last == self.total:
                    yield first


class PercentChange(Story, name="増減の割合", method="割合 相当算"):
    situations = "before NOW what unit place / 去年 今年 児童数 人 ある小学校 / 先月 今月 来館者数 人 市の図書館 / きのう 今日 売れたパンの数 個 駅前のパン屋"
    facts = "now {unit} {place}の{NOW}の{what}"
    wordings = """
    {place}では、{NOW}の{what}が{before}より{percent}%{word}そうです。{before}の{what}は何{unit}ですか。
    {place}の{what}は、{before}をもとにすると、{NOW}は{percent}%{word}数です。{before}の{what}を求めなさい。
    {place}の{NOW}の{what}は{now}{unit}で、{before}より{percent}%{word}です。{before}の{what}は何{unit}ですか。"""

    def draw(self, dice: Dice) -> bool:
        before = dice((60, 400), (80, 600))
        self.percent = 5 * dice((1, 6), (1, 8))
        self.more = dice.rng.random() < 0.5
        now = Fraction(before * (100 + (self.percent if self.more else -self.percent)), 100)
        self.now = int(now)
        self.word = "多い" if self.more else "少ない"
        return now.denominator == 1

    def solve(self, w: Words) -> Steps:
        rate = percent(self.percent)
        yield f"{w.before}を1とすると、{w.NOW}は{(times := n(1) + rate if self.more else n(1) - rate):=}にあたります。"
        yield f"{w.before}の{w.what}を求めます。{(before := n(self.now) / times.result):{w.unit}}"
        return Answer.of(before, w.unit)

    def search(self) -> Found:
        for before in range(1, 20 * self.now):
            change = before * self.percent * (1 if self.more else -1)
            if 100 * before + change == 100 * self.now:
                yield before


TOPIC = topic("比と割合", "hi", Parts, RatioChain, PercentChange)
