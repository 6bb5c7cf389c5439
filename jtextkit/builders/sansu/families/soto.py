"""相当算: what number stands for a fraction of the whole."""

import math
from fractions import Fraction

from jtextkit.builders.sansu.expressions import n
from jtextkit.builders.sansu.problems import Answer
from jtextkit.builders.sansu.stories import Dice, Found, Steps, Story, Words, family


def _part(dice: Dice) -> Fraction:
    bottom = dice((2, 6), (3, 9), (4, 15))
    return Fraction(dice.rng.randint(1, bottom - 1), bottom)


class Rest(Story, name="残りから全体", method="相当算 線分図"):
    situations = """who thing did past unit what
        けいこ リボン 使い 使った cm 長さ
        ひろと 本 読み 読んだ ページ ページ数
        お父さん ペンキ ぬり ぬった mL 量
        ななみ 貯金 使い 使った 円 金額"""
    wordings = """
    {who}は{thing}の{part}を{did}ました。まだ{rest}{unit}残っています。はじめの{thing}の{what}は何{unit}ですか。
    残りの{thing}をはかると{rest}{unit}でした。これは{who}が全体の{part}にあたる分を{past}あとの{what}です。
      {past}分もふくめた全体は何{unit}だったでしょうか。
    {who}が{past}のは{thing}全体の{part}なので、全部{past}ことにするには{rest}{unit}足りません。{thing}全体の{what}を求めなさい。"""

    def draw(self, dice: Dice) -> None:
        """``part`` of the whole is used, ``rest`` is left."""
        self.part = _part(dice)
        whole = self.part.denominator * dice((3, 60), (5, 120), (20, 400))
        self.rest = int(whole * (1 - self.part))

    def solve(self, w: Words) -> Steps:
        yield f"全体を1とすると、残りは{(left := n(1) - self.part):=}にあたります。"
        yield f"{self.rest}{w.unit}が全体の{left.result}にあたるので、全体は{(whole := n(self.rest) / left.result):{w.unit}}です。"
        return Answer.of(whole, w.unit)

    def search(self) -> Found:
        """Try every whole that can be divided so."""
        for whole in range(self.rest, self.rest * self.part.denominator + 1):
            used, over = divmod(whole * self.part.numerator, self.part.denominator)
            if not over and whole - used == self.rest:
                yield whole


class TakenTwice(Story, name="残りの何分の何", method="相当算 線分図"):
    situations = """who thing plain past unit
        さとし ひも 切り取る 切り取った cm
        えり おこづかい 使う 使った 円
        りょう 小麦粉 使う 使った g"""
    wordings = """
    {who}さんは、まず{thing}全体の{first}を{past}あと、残りの{second}を{past}ので、{thing}は{rest}{unit}になりました。
      はじめに{thing}は何{unit}ありましたか。
    {thing}を2回に分けて{past}ところ、{rest}{unit}残りました。1回目は全体の{first}、2回目は1回目の残りの{second}です。
      はじめの全体は何{unit}だったか求めなさい。
    {who}さんの{thing}は今{rest}{unit}です。きのう全体の{first}がなくなり、今日は、そのときあった分の{second}がなくなりました。
      きのうへる前の{thing}は何{unit}でしょうか。"""

    def draw(self, dice: Dice) -> bool:
        """``first`` of the whole, then ``second`` of the rest; ``rest`` is left."""
        self.first, self.second = _part(dice), _part(dice)
        left = (1 - self.first) * (1 - self.second)
        unit = math.lcm(self.first.denominator, left.denominator, (1 - self.first).denominator)
        whole = unit * dice((1, 40), (2, 60), (3, 90))
        self.rest = int(whole * left)
        return whole <= 6000

    def solve(self, w: Words) -> Steps:
        yield f"1回目の残りを1とすると、最後に残ったのは{(left := n(1) - self.second):=}にあたります。"
        yield f"1回目の残りを求めます。{(between := n(self.rest) / left.result):{w.unit}}"
        yield f"全体を1とすると、1回目の残りは{(first := n(1) - self.first):=}にあたります。"
        yield f"全体を求めます。{(whole := between.result / first.result):{w.unit}}"
        return Answer.of(whole, w.unit)

    def search(self) -> Found:
        """Try every whole, taking the parts away one after the other."""
        for whole in range(self.rest, 6001):
            taken, over = divmod(whole * self.first.numerator, self.first.denominator)
            if over:
                continue
            again, over = divmod((whole - taken) * self.second.numerator, self.second.denominator)
            if not over and whole - taken - again == self.rest:
                yield whole


class Besides(Story, name="何分の何とあといくつ", method="相当算 線分図"):
    situations = """who thing past unit
        農家の人 じゃがいも 出荷した 個
        店の人 絵はがき 売った 枚
        先生 プリント 配った 枚"""
    wordings = """
    {who}が{thing}の{first}より{more}{unit}多く{past}ところ、{rest}{unit}残りました。はじめに{thing}は何{unit}ありましたか。
    朝、{who}は全体の{first}にあたる{thing}を{past}そうです。昼にも{more}{unit}を{past}ので、夕方に数えると{rest}{unit}でした。
      朝のはじめにあった{thing}の数を求めなさい。
    {thing}を数えた{who}の記録によると、全体から、その{first}と、あと{more}{unit}をのぞいた数が{rest}{unit}です。
      全体は何{unit}でしょうか。"""

    def draw(self, dice: Dice) -> bool:
        """``first`` of the whole and ``more`` besides, then ``rest`` is left."""
        self.first = _part(dice)
        whole = self.first.denominator * dice((4, 60), (8, 150), (20, 400))
        left = int(whole * (1 - self.first))
        self.more = dice.rng.randint(1, max(1, left - 1))
        self.rest = left - self.more
        return left - self.more > 0

    def solve(self, w: Words) -> Steps:
        yield f"残った{self.rest}{w.unit}と、あとの{self.more}{w.unit}を合わせます。{(together := n(self.rest) + self.more):{w.unit}}"
        yield f"これは、全体を1とすると{(left := n(1) - self.first):=}にあたります。"
        yield f"全体を求めます。{(whole := together.result / left.result):{w.unit}}"
        return Answer.of(whole, w.unit)

    def search(self) -> Found:
        for whole in range(self.rest + self.more, (self.rest + self.more) * 15 + 1):
            taken, over = divmod(whole * self.first.numerator, self.first.denominator)
            if not over and whole - taken - self.more == self.rest:
                yield whole


class ShareGap(Story, name="2つの割合の差", method="相当算 線分図"):
    situations = """one two whole unit
        国語が好きな人 音楽が好きな人 学年の人数 人
        畑の面積 花だんの面積 土地の面積 m²
        1日目に走った道のり 2日目に走った道のり 道のり km"""
    wordings = """
    {one}は{whole}全体の{large}、{two}は全体の{small}にあたり、その差は{gap}{unit}です。{whole}は全部で何{unit}ですか。
    {whole}を調べています。全体の{small}が{two}、全体の{large}が{one}で、{one}のほうが{gap}{unit}だけ多くなっていました。
      全体の{whole}を求めなさい。
    {two}に{gap}{unit}をたすと{one}と等しくなります。{whole}を1とみると、{one}は{large}、{two}は{small}です。
      {whole}は何{unit}でしょうか。"""

    def draw(self, dice: Dice) -> bool:
        """``large`` of the whole is ``gap`` more than ``small`` of it."""
        one, two = _part(dice), _part(dice)
        if one == two:
            return False
        self.large, self.small = max(one, two), min(one, two)
        unit = math.lcm(self.large.denominator, self.small.denominator)
        whole = unit * dice((2, 60), (3, 80), (5, 120))
        self.gap = int(whole * (self.large - self.small))
        return True

    def solve(self, w: Words) -> Steps:
        yield f"全体を1とすると、2つの差は{(gap := n(self.large) - self.small):=}にあたります。"
        yield f"これが{self.gap}{w.unit}なので、全体は{(whole := n(self.gap) / gap.result):{w.unit}}です。"
        return Answer.of(whole, w.unit)

    def search(self) -> Found:
        bottom = self.large.denominator * self.small.denominator
        for whole in range(1, self.gap * bottom + 1):
            more, over = divmod(whole * self.large.numerator, self.large.denominator)
            less, rest = divmod(whole * self.small.numerator, self.small.denominator)
            if not over and not rest and more - less == self.gap:
                yield whole


FAMILY = family("相当算", "soto", Rest, TakenTwice, Besides, ShareGap)
