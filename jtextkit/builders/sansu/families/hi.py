"""比と割合: ratios, their parts, chains of them, and percentages of percentages."""

import math
from fractions import Fraction

from jtextkit.builders.sansu.expressions import n, number_text
from jtextkit.builders.sansu.problems import Answer
from jtextkit.builders.sansu.stories import Dice, Found, Steps, Story, Words, family


def _pair(dice: Dice) -> tuple[int, int]:
    top = dice.pick(7, 12, 25)
    return dice.rng.randint(1, top), dice.rng.randint(1, top)


class Parts(Story, name="比で分ける", method="比 線分図"):
    situations = """x y thing unit made
        酢 油 ドレッシング mL 混ぜて
        赤土 腐葉土 花の土 g 混ぜて
        牛にゅう コーヒー カフェオレ mL 合わせて
        青い絵の具 黄色い絵の具 緑の絵の具 g 混ぜて"""
    wordings = """
    {x}と{y}を{a}：{b}の割合で{made}、{thing}を{total}{unit}作ります。{x}と{y}はそれぞれ何{unit}必要ですか。
    できあがった{thing}は全部で{total}{unit}です。材料は2つだけで、{x}の量と{y}の量の比を{a}：{b}にしました。
      使った{x}と{y}の量を求めなさい。
    レシピには「{x}{a}に対して{y}{b}」と書かれています。このとおりに{total}{unit}の{thing}を作ろうとすると、{x}は何{unit}、
      {y}は何{unit}になるでしょうか。"""

    def draw(self, dice: Dice) -> bool:
        """``total`` in the ratio ``a : b``."""
        self.a, self.b = _pair(dice)
        part = dice((3, 60), (5, 150), (12, 500))
        self.total = (self.a + self.b) * part
        return self.a != self.b and math.gcd(self.a, self.b) == 1

    def solve(self, w: Words) -> Steps:
        yield f"全体は、比の{(whole := n(self.a) + self.b):=}にあたります。"
        yield f"比の1にあたる量は、{(part := n(self.total) / whole.result):{w.unit}}です。"
        yield f"{w.x}は、{(one := part.result * self.a):{w.unit}}です。"
        yield f"{w.y}は、{(two := part.result * self.b):{w.unit}}です。"
        return Answer.parts((w.x, one, w.unit), (w.y, two, w.unit))

    def search(self) -> Found:
        """Try every division of the whole."""
        for one in range(1, self.total):
            if one * self.b == (self.total - one) * self.a:
                yield one, self.total - one


class Gap(Story, name="差から求める", method="比 線分図"):
    situations = """x y thing what unit
        たて 横 長方形の紙 長さ cm
        大びん 小びん 2本のびん 中身の量 mL
        兄 弟 2人 貯金 円
        北公園 南公園 2つの公園 面積 m²"""
    wordings = """
    {thing}について、{x}と{y}の{what}の比は{a}：{b}で、差は{gap}{unit}です。{x}と{y}の{what}は、それぞれ何{unit}ですか。
    {x}の{what}は{y}の{what}よりも{gap}{unit}だけ大きく、2つの{what}を最も簡単な整数の比で表すと{a}：{b}になります。
      {x}と{y}の{what}を求めなさい。"""

    def draw(self, dice: Dice) -> bool:
        """``a : b``, the first ``gap`` more."""
        self.a, self.b = _pair(dice)
        part = dice((2, 60), (4, 150), (12, 500))
        self.gap = (self.a - self.b) * part
        return self.a > self.b and math.gcd(self.a, self.b) == 1

    def solve(self, w: Words) -> Steps:
        yield f"2つの差は、比の{(apart := n(self.a) - self.b):=}にあたります。"
        yield f"比の1にあたる量は、{(part := n(self.gap) / apart.result):{w.unit}}です。"
        yield f"{w.x}は、{(one := part.result * self.a):{w.unit}}です。"
        yield f"{w.y}は、{(two := part.result * self.b):{w.unit}}です。"
        return Answer.parts((w.x, one, w.unit), (w.y, two, w.unit))

    def search(self) -> Found:
        for two in range(1, self.gap * self.b + 1):
            one = two + self.gap
            if one * self.b == two * self.a:
                yield one, two


class RatioChain(Story, name="連比", method="比 連比"):
    situations = """x y z thing what unit
        大きい水そう 丸い水そう 細い水そう 3つの水そう 水の量 L
        りんご みかん かき くだもの 個数 個
        赤組 白組 青組 3つの組 集めた落ち葉の重さ g"""
    wordings = """
    {thing}の{what}は合わせて{total}{unit}です。{x}と{y}の比は{a}：{b}、{y}と{z}の比は{c}：{d}です。それぞれ何{unit}ですか。
    {what}をくらべると、{x}：{y}＝{a}：{b}、{y}：{z}＝{c}：{d}という関係になっています。
      {x}、{y}、{z}の合計が{total}{unit}のとき、3つの{what}を順に求めなさい。"""

    def draw(self, dice: Dice) -> bool:
        """``a : b`` for the first two, ``c : d`` for the last two; ``total`` in all."""
        (self.a, self.b), (self.c, self.d) = _pair(Dice(dice.rng, 0)), _pair(Dice(dice.rng, 0))
        if (
            math.gcd(self.a, self.b) > 1
            or math.gcd(self.c, self.d) > 1
            or self.a == self.b
            or self.c == self.d
        ):
            return False
        middle = math.lcm(self.b, self.c)
        whole = self.a * middle // self.b + middle + self.d * middle // self.c
        self.total = whole * dice((1, 20), (2, 50), (4, 150))
        return True

    def solve(self, w: Words) -> Steps:
        middle = math.lcm(self.b, self.c)
        up = n(middle) / self.b
        down = n(middle) / self.c
        first = n(self.a) * up.result
        last = n(self.d) * down.result
        yield f"{w.y}を表す数を{self.b}と{self.c}の最小公倍数の{middle}にそろえます。{w.x}は{first:=}、{w.z}は{last:=}にあたります。"
        yield f"3つの合計は、比の{(whole := first.result + middle + last.result):=}にあたります。"
        yield f"比の1にあたる量は、{(part := n(self.total) / whole.result):{w.unit}}です。"
        x, y, z = (part.result * int(size) for size in (first.value, middle, last.value))
        yield f"{w.x}は{x:{w.unit}}、{w.y}は{y:{w.unit}}、{w.z}は{z:{w.unit}}です。"
        return Answer.parts((w.x, x, w.unit), (w.y, y, w.unit), (w.z, z, w.unit))

    def search(self) -> Found:
        """Try every amount in the middle."""
        for middle in range(1, self.total):
            if middle * self.a % self.b or middle * self.d % self.c:
                continue
            first, last = middle * self.a // self.b, middle * self.d // self.c
            if first + middle + last == self.total:
                yield first, middle, last


class Percent(Story, name="百分率", method="割合"):
    situations = """WHOLE PART unit who did
        シュート 入ったシュート 本 バスケットボールの試合 打った
        くじ 当たりくじ 本 商店街の福引き 用意した
        種 芽が出た種 つぶ 花だんの観察 まいた"""
    wordings = """
    {did}{WHOLE}は{whole}{unit}で、そのうち{PART}は{part}{unit}でした。{PART}は全体の何%ですか。
    {who}の記録です。{PART}が{part}{unit}、{did}{WHOLE}が全部で{whole}{unit}とあります。
      全体をもとにしたときの{PART}の割合を、百分率で求めなさい。"""

    def draw(self, dice: Dice) -> bool:
        """``part`` of ``whole``."""
        self.whole = dice((20, 200), (40, 600), (120, 3000))
        self.part = dice.rng.randint(1, self.whole - 1)
        tenths = Fraction(1000 * self.part, self.whole)
        return tenths.denominator == 1 and (dice.grade > 0 or tenths % 10 == 0)

    def solve(self, w: Words) -> Steps:
        yield f"割合は、{w.PART}の数を全体の数でわって求めます。{(rate := n(number_text(Fraction(self.part))) / self.whole):=}"
        yield f"百分率になおすには100をかけます。{(percent := rate.result * 100):%}"
        return Answer((percent.value,), f"{percent.result}%")

    def search(self) -> Found:
        for tenths in range(1, 1000):
            if tenths * self.whole == 1000 * self.part:
                yield Fraction(tenths, 10)


class PercentChange(Story, name="増減の割合", method="割合 相当算"):
    situations = """before NOW what unit place
        去年 今年 児童数 人 ある小学校
        先月 今月 来館者数 人 市の図書館
        きのう 今日 売れた数 個 駅前のパン屋"""
    wordings = """
    {place}の{NOW}の{what}は{now}{unit}で、{before}より{percent}%{word}です。{before}の{what}は何{unit}ですか。
    {NOW}{place}で{what}を調べたら{now}{unit}でした。{before}の{what}をもとにすると{percent}%{word}数だそうです。
      もとになる{before}の数を求めなさい。
    「{before}とくらべて{percent}%{word}、{now}{unit}」という見出しが、{place}の{NOW}の{what}についてのっていました。
      {before}は何{unit}だったでしょうか。"""

    def draw(self, dice: Dice) -> bool:
        """``now`` is ``percent`` per cent more (or less) than before."""
        before = dice((20, 400), (50, 1200), (200, 9000))
        self.percent = dice.rng.choice(dice.pick(range(10, 60, 10), range(5, 75, 5), range(2, 80)))
        self.more = dice.rng.random() < 0.5
        now = Fraction(before * (100 + (self.percent if self.more else -self.percent)), 100)
        self.now = int(now)
        self.word = "多い" if self.more else "少ない"
        return now.denominator == 1

    def solve(self, w: Words) -> Steps:
        rate = number_text(Fraction(self.percent, 100))
        yield f"{w.before}を1とすると、{w.NOW}は{(times := n(1) + n(rate) if self.more else n(1) - n(rate)):=}にあたります。"
        yield f"{w.before}の{w.what}を求めます。{(before := n(self.now) / times.result):{w.unit}}"
        return Answer.of(before, w.unit)

    def search(self) -> Found:
        """Try every number before, in hundredths."""
        factor = 100 + (self.percent if self.more else -self.percent)
        for before in range(1, 6 * self.now + 1):
            if before * factor == 100 * self.now:
                yield before


FAMILY = family("比と割合", "hi", Parts, Gap, RatioChain, Percent, PercentChange)
