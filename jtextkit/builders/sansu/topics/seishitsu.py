"""数の性質: divisors, multiples and what a division leaves."""

import math

from jtextkit.builders.sansu.expressions import n
from jtextkit.builders.sansu.problems import Answer
from jtextkit.builders.sansu.stories import Dice, Found, Steps, Story, Words, topic


class Dealt(Story, name="公約数で分ける", method="約数"):
    situations = "x y xc yc who one / あめ クッキー 個 個 子ども 子ども1人分 / えん筆 消しゴム 本 個 生徒 生徒1人分 / 赤い花 白い花 本 本 花びん 花びん1つ分 / みかん かき 個 個 箱 箱1つ分"
    facts = "a {xc} {x}の数 / b {yc} {y}の数"
    wordings = """
    {x}と{y}があります。それぞれを、あまりが出ないように、できるだけ多くの{who}に同じ数ずつ分けます。／{one}の{x}と{y}の数の和はいくつになりますか。
    {x}も{y}も、あまりが出ないように同じ数ずつ分けて、{who}の数をできるだけ多くします。／{one}の{x}と{y}の数の和を求めなさい。
    {x}が{a}{xc}と{y}が{b}{yc}あります。それぞれを、あまりが出ないように、できるだけ多くの{who}に同じ数ずつ分けます。／{one}の{x}と{y}の数の和はいくつになりますか。"""

    def draw(self, dice: Dice) -> bool:
        common = dice((4, 12), (6, 18))
        a, b = dice.many(2, (2, 7), (2, 9))
        self.a, self.b = common * a, common * b
        return a != b and math.gcd(a, b) == 1 and max(self.a, self.b) <= 150

    def solve(self, w: Words) -> Steps:
        common = math.gcd(self.a, self.b)
        yield f"できるだけ多くの{w.who}に分けるので、{self.a}と{self.b}の最大公約数を考えます。最大公約数は{common}です。"
        yield f"{w.one}の{w.x}は{(one := n(self.a) / n(common, '公約数')):{w.xc}}、{w.y}は{(two := n(self.b) / n(common, '公約数')):{w.yc}}です。"
        yield f"合わせると、{(both := one.result + two.result):=}です。"
        return Answer.of(both, "")

    def search(self) -> Found:
        for groups in range(min(self.a, self.b), 0, -1):
            if not self.a % groups and not self.b % groups:
                yield self.a // groups + self.b // groups
                return


class Paved(Story, name="公倍数で正方形", method="倍数"):
    situations = (
        "thing who / 長方形の紙 まなみさん / 長方形のタイル 工事の人 / 長方形のカード かずまさん"
    )
    goods = "{thing} 20-90"
    facts = "a~ cm {thing}のたての長さ / b~ cm {thing}の横の長さ"
    wordings = """
    同じ大きさの{thing}を、同じ向きにすき間なく並べて、できるだけ小さい正方形を作ります。{thing}は何枚いりますか。
    {who}が、同じ{thing}を向きをそろえてすき間なく並べ、いちばん小さい正方形にします。使う{thing}は何枚ですか。
    たて{a}cm、横{b}cmの{thing}を、同じ向きにすき間なく並べて、できるだけ小さい正方形を作ります。{thing}は何枚いりますか。"""

    def draw(self, dice: Dice) -> bool:
        common = dice((2, 6), (3, 8))
        a, b = dice.many(2, (2, 6), (2, 7))
        self.a, self.b = common * a, common * b
        return a < b and math.gcd(a, b) == 1

    def solve(self, _w: Words) -> Steps:
        side = math.lcm(self.a, self.b)
        yield f"正方形の1辺は、{self.a}と{self.b}の最小公倍数の{side}cmです。"
        yield f"たてに並ぶのは{(down := n(side, '公倍数') / self.a):枚}、横に並ぶのは{(across := n(side, '公倍数') / self.b):枚}です。"
        yield f"全部の枚数は、{(total := down.result * across.result):枚}です。"
        return Answer.of(total, "枚")

    def search(self) -> Found:
        side = self.a
        while side % self.b:
            side += self.a
        yield (side // self.a) * (side // self.b)


class Divisor(Story, name="わった数", method="約数"):
    situations = "thing counter one / 折り紙 枚 色画用紙 / えん筆 本 ノート / あめ 個 ガム"
    facts = "a~ {counter} 用意した{thing}の数 / b~ {counter} 用意した{one}の数 / r~~ {counter} あまった{thing}の数 / s~~ {counter} あまった{one}の数"
    wordings = """
    {thing}と{one}を、何人かの子どもにそれぞれ同じ数ずつ、できるだけ多く配ると、どちらも少しあまりました。考えられる子どもの人数のうち、いちばん多いのは何人ですか。
    {thing}と{one}を子どもたちに等しく配りましたが、どちらもいくつかあまりました。子どもの人数は最も多くて何人ですか。"""

    def draw(self, dice: Dice) -> bool:
        people = dice((6, 12), (8, 18))
        x, y = dice.rng.sample(range(2, 8), 2)
        self.r, self.s = dice.rng.randint(1, 4), dice.rng.randint(1, 4)
        self.a, self.b = people * x + self.r, people * y + self.s
        return math.gcd(x, y) == 1 and people > 5

    def solve(self, w: Words) -> Steps:
        yield f"配った{w.thing}は{(one := n(self.a) - self.r):{w.counter}}です。"
        yield f"配った{w.one}は{(two := n(self.b) - self.s):{w.counter}}です。"
        common = math.gcd(int(one.value), int(two.value))
        yield f"人数は{one.result}と{two.result}の公約数です。最大公約数を{common}とすると、{(n(common, '公約数') * n(int(one.value) // common, '1人分')):{w.counter}}、{(n(common, '公約数') * n(int(two.value) // common, '1人分')):{w.counter}}となり、最も多い人数は{common}人です。"
        return Answer.of(common, "人")

    def search(self) -> Found:
        for people in range(min(self.a, self.b), max(self.r, self.s), -1):
            if self.a % people == self.r and self.b % people == self.s:
                yield people
                return


TOPIC = topic("数の性質", "seishitsu", Dealt, Paved, Divisor)
