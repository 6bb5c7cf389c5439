"""倍数算: two amounts whose ratio changes, while their sum, difference or one of them does not."""

import math

from jtextkit.builders.sansu.expressions import n
from jtextkit.builders.sansu.problems import Answer
from jtextkit.builders.sansu.stories import Dice, Found, Steps, Story, Words, family


def _ratio(dice: Dice) -> tuple[int, int]:
    top = dice.pick(5, 9, 13)
    a, b = dice.rng.randint(1, top), dice.rng.randint(1, top)
    return (a, b) if a != b and math.gcd(a, b) == 1 else (0, 0)


_TRADES = """ONE TWO thing unit
    兄 弟 お金 円
    ゆか まい ビーズ 個
    赤い箱 青い箱 カード 枚
    東のたな 西のたな 本 冊"""


class Ratios(Story, name="和が一定", method="倍数算 比", grades=(1, 2)):
    situations = _TRADES
    wordings = """
    {ONE}と{TWO}の{thing}の比は{a}：{b}でしたが、{ONE}から{TWO}へ{change}{unit}うつすと、{c}：{d}になりました。
      はじめの{ONE}と{TWO}の{thing}は、それぞれ何{unit}ですか。
    {TWO}に{thing}を{change}{unit}うつしたので、{ONE}の{thing}は{TWO}の{thing}と{c}対{d}の割合になりました。
      うつす前は{a}対{b}の割合でした。うつす前の2つの{thing}の数を、{ONE}、{TWO}の順に答えなさい。
    今、{ONE}：{TWO}の{thing}の比が{c}：{d}です。さっきまでこの比は{a}：{b}で、
      ちがいは{ONE}の{change}{unit}を{TWO}に動かしたことだけです。動かす前は、{ONE}に何{unit}、{TWO}に何{unit}ありましたか。"""

    def draw(self, dice: Dice) -> bool:
        """Amounts in the ratio ``a : b`` are, after ``change`` has moved, as ``c : d``."""
        (self.a, self.b), (self.c, self.d) = _ratio(dice), _ratio(dice)
        if not self.a or not self.c or self.a * self.d <= self.c * self.b:
            return False
        whole = math.lcm(self.a + self.b, self.c + self.d)
        step = self.a * whole // (self.a + self.b) - self.c * whole // (self.c + self.d)
        self.change = step * dice((1, 12), (2, 40), (5, 120))
        return True

    def solve(self, w: Words) -> Steps:
        whole = math.lcm(self.a + self.b, self.c + self.d)
        before = n(self.a) + self.b
        after = n(self.c) + self.d
        yield f"わたしても2つの和は変わりません。和を表す比の数は{before:=}と{after:=}なので、和を{whole}にそろえます。"
        first = n(whole) / before.result
        second = n(whole) / after.result
        many = n(self.a) * first.result
        few = n(self.c) * second.result
        yield f"はじめの{w.ONE}は{self.a}×{first.result}＝{many.result}、あとの{w.ONE}は{self.c}×{second.result}＝{few.result}にあたります。"
        yield f"わたした{self.change}{w.unit}は、比の{(step := many.result - few.result):=}にあたります。"
        yield f"比の1にあたる量は、{(part := n(self.change) / step.result):{w.unit}}です。"
        yield f"はじめの{w.ONE}は、{(had := many.result * part.result):{w.unit}}です。"
        yield f"はじめの{w.TWO}は、{(other := (n(whole) - many.result) * part.result):{w.unit}}です。"
        return Answer.parts((w.ONE, had, w.unit), (w.TWO, other, w.unit))

    def search(self) -> Found:
        """Try amounts in the first ratio, and hand over."""
        for part in range(1, 40 * self.change + 1):
            one, two = self.a * part, self.b * part
            if one < self.change:
                continue
            if (one - self.change) * self.d == (two + self.change) * self.c:
                yield one, two


class Same(Story, name="差が一定", method="倍数算 比"):
    situations = """one two thing unit used
        姉 妹 おこづかい 円 買い物に使う
        A班 B班 画用紙 枚 工作に使う
        太いびん 細いびん 油 mL 料理に使う"""
    wordings = """
    {one}と{two}の{thing}の比は{a}：{b}です。どちらも{change}{unit}ずつ{used}と、残りの比は{c}：{d}になります。
      {used}前は、それぞれ何{unit}ありましたか。
    {one}にも{two}にも{thing}があり、量の割合は{a}対{b}です。両方から等しく{change}{unit}を{used}ことにすると、
      あとに残る量の割合は{c}対{d}です。はじめの{one}と{two}の{thing}の量を求めなさい。
    {change}{unit}ずつ{used}前とあとで、{one}と{two}の{thing}の比をくらべました。前は{a}：{b}、あとは{c}：{d}でした。
      前の{thing}は{one}が何{unit}、{two}が何{unit}だったでしょうか。"""

    def draw(self, dice: Dice) -> bool:
        (self.a, self.b), (self.c, self.d) = _ratio(dice), _ratio(dice)
        if not self.a or not self.c or self.a <= self.b or self.c <= self.d:
            return False
        gap = math.lcm(self.a - self.b, self.c - self.d)
        spent = self.a * gap // (self.a - self.b) - self.c * gap // (self.c - self.d)
        if spent <= 0:
            return False
        self.change = spent * dice((5, 60), (5, 90), (10, 200))
        return True

    def solve(self, w: Words) -> Steps:
        gap = math.lcm(self.a - self.b, self.c - self.d)
        before = n(self.a) - self.b
        after = n(self.c) - self.d
        yield f"同じだけへるので、2つの差は変わりません。差を表す比の数は{before:=}と{after:=}なので、差を{gap}にそろえます。"
        first = n(gap) / before.result
        second = n(gap) / after.result
        many = n(self.a) * first.result
        few = n(self.c) * second.result
        yield f"はじめの{w.one}は{self.a}×{first.result}＝{many.result}、あとの{w.one}は{self.c}×{second.result}＝{few.result}にあたります。"
        yield f"へった{self.change}{w.unit}は、比の{(step := many.result - few.result):=}にあたります。"
        yield f"比の1にあたる量は、{(part := n(self.change) / step.result):{w.unit}}です。"
        yield f"はじめの{w.one}は、{(had := many.result * part.result):{w.unit}}です。"
        yield f"はじめの{w.two}は、{(other := (n(self.b) * first.result).result * part.result):{w.unit}}です。"
        return Answer.parts((w.one, had, w.unit), (w.two, other, w.unit))

    def search(self) -> Found:
        for part in range(1, 40 * self.change + 1):
            one, two = self.a * part, self.b * part
            if two < self.change:
                continue
            if (one - self.change) * self.d == (two - self.change) * self.c:
                yield one, two


class One(Story, name="一方だけ変わる", method="倍数算 比"):
    situations = """one two place unit join thing
        男子 女子 テニスクラブ 人 入会し 人数
        子ども 大人 山登りの会 人 加わり 人数
        白い花 赤い花 学校の花だん 本 植えられ 本数"""
    wordings = """
    {place}の{one}と{two}の{thing}の比は{a}：{b}でした。そこに{one}だけが{change}{unit}{join}、比が{c}：{d}に変わりました。
      はじめの{one}と{two}はそれぞれ何{unit}ですか。
    {place}で、{two}{d}に対して{one}が{c}の割合になるように{one}を{change}{unit}増やしました。
      もともとは{two}{b}に対して{one}が{a}の割合です。もともとの{one}と{two}の{thing}を求めなさい。
    {one}の{thing}が{change}{unit}増える前と増えたあとで、{place}の{one}と{two}の割合は{a}対{b}から{c}対{d}へ変わりました。
      {two}の{thing}は同じです。増える前の{one}と{two}は何{unit}ずつでしょうか。"""

    def draw(self, dice: Dice) -> bool:
        (self.a, self.b), (self.c, self.d) = _ratio(dice), _ratio(dice)
        if not self.a or not self.c or self.c * self.b <= self.a * self.d:
            return False
        same = math.lcm(self.b, self.d)
        step = self.c * same // self.d - self.a * same // self.b
        self.change = step * dice((2, 50), (3, 60), (5, 150))
        return True

    def solve(self, w: Words) -> Steps:
        same = math.lcm(self.b, self.d)
        yield f"{w.two}は変わらないので、{w.two}を表す比の数を{same}にそろえます。{(first := n(same) / self.b):倍}と{(second := n(same) / self.d):倍}です。"
        yield f"はじめの{w.one}は{(few := n(self.a) * first.result):=}、増えたあとは{(many := n(self.c) * second.result):=}にあたります。"
        yield f"増えた{self.change}{w.unit}は、比の{(step := many.result - few.result):=}にあたります。"
        yield f"比の1にあたる量は、{(part := n(self.change) / step.result):{w.unit}}です。"
        yield f"はじめの{w.one}は、{(had := few.result * part.result):{w.unit}}です。"
        yield f"{w.two}は、{(other := n(same) * part.result):{w.unit}}です。"
        return Answer.parts((w.one, had, w.unit), (w.two, other, w.unit))

    def search(self) -> Found:
        for part in range(1, 40 * self.change + 1):
            one, two = self.a * part, self.b * part
            if (one + self.change) * self.d == two * self.c:
                yield one, two


class Hand(Story, name="何倍にする", method="倍数算 線分図"):
    situations = _TRADES
    wordings = """
    {ONE}には{one}{unit}、{TWO}には{two}{unit}の{thing}があります。
      {TWO}から{ONE}へ何{unit}うつすと、{ONE}の{thing}が{TWO}の{thing}の{times}倍になりますか。
    {one}{unit}の{thing}を持つ{ONE}が、{two}{unit}を持つ{TWO}から何{unit}か受け取り、
      ちょうど{TWO}の{times}倍の{thing}を持つようになりました。受け取った{thing}の数を求めなさい。
    {TWO}の{thing}{two}{unit}の一部を{ONE}の{one}{unit}に合わせて、{ONE}の分が{TWO}の残りの{times}倍になるようにします。
      {TWO}の{thing}を何{unit}動かせばよいでしょうか。"""

    def draw(self, dice: Dice) -> bool:
        """``one`` and ``two``; after handing over, the first is ``times`` the second."""
        self.times = dice((2, 4), (2, 6), (3, 9))
        less = dice((6, 60), (20, 200), (80, 900))
        moved = dice((2, 30), (5, 90), (20, 400))
        self.one, self.two = self.times * less - moved, less + moved
        return self.one > 0

    def solve(self, w: Words) -> Steps:
        yield f"うつしても合計は変わりません。{(total := n(self.one) + self.two):{w.unit}}"
        yield f"うつしたあと、合計は{w.TWO}の{(parts := n(self.times) + 1):倍}になります。"
        yield f"そのときの{w.TWO}は、{(less := total.result / parts.result):{w.unit}}です。"
        yield f"へった分がうつした量です。{(moved := n(self.two) - less.result):{w.unit}}"
        return Answer.of(moved, w.unit)

    def search(self) -> Found:
        for moved in range(self.two):
            if self.one + moved == self.times * (self.two - moved):
                yield moved


FAMILY = family("倍数算", "baisu", Ratios, Same, One, Hand)
