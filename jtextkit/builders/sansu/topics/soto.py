"""相当算: what number stands for a fraction of the whole."""

import math
from fractions import Fraction

from jtextkit.builders.sansu.expressions import n
from jtextkit.builders.sansu.problems import Answer
from jtextkit.builders.sansu.stories import Dice, Found, Steps, Story, Words, topic

_MOST = 6000


def _part(dice: Dice) -> Fraction:
    bottom = dice((2, 6), (3, 9))
    return Fraction(dice.rng.randint(1, bottom - 1), bottom)


def _wholes(part: Fraction) -> range:
    """All amounts of which such a part is whole."""
    return range(part.denominator, _MOST, part.denominator)


def _of(whole: int, part: Fraction) -> int:
    return whole * part.numerator // part.denominator


_LEFT = "rest~ {unit} 残った{thing}"


class Rest(Story, name="残りから全体", method="相当算 線分図"):
    situations = "who thing did past unit what / けいこさん リボン 使い 使った cm 長さ / ひろとさん 本のページ 読み 読んだ ページ ページ数 / お父さん ペンキ ぬり ぬった mL 量 / ななみさん 貯金 使い 使った 円 金額"
    facts = _LEFT
    wordings = """
    {who}は{thing}全体の{part}を{did}ました。はじめの{thing}は何{unit}ありましたか。
    {who}が{thing}の{part}を{past}ので、残りがへりました。{past}分もふくめた全体は何{unit}だったでしょうか。
    {who}は{thing}の{part}を{did}ました。まだ{rest}{unit}残っています。はじめの{thing}は何{unit}ありましたか。"""

    def draw(self, dice: Dice) -> None:
        self.part = _part(dice)
        whole = self.part.denominator * dice((8, 40), (15, 60))
        self.rest = int(whole * (1 - self.part))

    def solve(self, w: Words) -> Steps:
        yield f"全体を1とすると、残りは{(left := n(1) - n(self.part, '割合')):=}にあたります。"
        yield f"{self.rest}{w.unit}が全体の{left.result}にあたるので、全体は{(whole := n(self.rest) / left.result):{w.unit}}です。"
        return Answer.of(whole, w.unit)

    def search(self) -> Found:
        for whole in _wholes(self.part):
            if whole - _of(whole, self.part) == self.rest:
                yield whole


class TakenTwice(Story, name="残りの何分の何", method="相当算 線分図"):
    situations = "who thing plain past unit / さとしさん ひも 切り取る 切り取った cm / えりさん おこづかい 使う 使った 円 / りょうさん 小麦粉 使う 使った g"
    facts = _LEFT
    wordings = """
    {who}は、まず{thing}全体の{first}を{past}あと、残りの{second}を{past}そうです。はじめに{thing}は何{unit}ありましたか。
    {thing}を2回に分けて{past}ところ、いくらか残りました。1回目は全体の{first}、2回目は1回目の残りの{second}です。はじめの全体は何{unit}だったか求めなさい。
    {who}は、まず{thing}全体の{first}を{past}あと、残りの{second}を{past}ので、{thing}は{rest}{unit}になりました。はじめに{thing}は何{unit}ありましたか。"""

    def draw(self, dice: Dice) -> bool:
        self.first, self.second = _part(dice), _part(dice)
        left = (1 - self.first) * (1 - self.second)
        unit = math.lcm(self.first.denominator, left.denominator)
        whole = unit * dice((2, 20), (3, 30))
        self.rest = int(whole * left)
        return 100 <= whole <= 3000

    def solve(self, w: Words) -> Steps:
        yield f"1回目の残りを1とすると、最後に残ったのは{(left := n(1) - n(self.second, '割合')):=}にあたります。"
        yield f"1回目の残りを求めます。{(between := n(self.rest) / left.result):{w.unit}}"
        yield f"全体を1とすると、1回目の残りは{(first := n(1) - n(self.first, '割合')):=}にあたります。"
        yield f"全体を求めます。{(whole := between.result / first.result):{w.unit}}"
        return Answer.of(whole, w.unit)

    def search(self) -> Found:
        for whole in _wholes(self.first):
            rest = whole - _of(whole, self.first)
            if rest % self.second.denominator == 0 and rest - _of(rest, self.second) == self.rest:
                yield whole


class Besides(Story, name="何分の何とあといくつ", method="相当算 線分図"):
    situations = "who thing past unit / 農家の人 じゃがいも 出荷した 個 / 店の人 絵はがき 売った 枚 / 先生 プリント 配った 枚"
    facts = f"{_LEFT} / more~ {{unit}} 午後に{{past}}{{thing}}"
    wordings = """
    {who}は、午前に{thing}全体の{first}を{past}あと、午後にも何{unit}か{past}そうです。はじめに{thing}は何{unit}ありましたか。
    {who}が{past}{thing}は、午前が全体の{first}で、午後が残りの一部でした。はじめの{thing}の数を求めなさい。
    {who}が{thing}の{first}より{more}{unit}多く{past}ところ、{rest}{unit}残りました。はじめに{thing}は何{unit}ありましたか。"""

    def draw(self, dice: Dice) -> bool:
        self.first = _part(dice)
        whole = self.first.denominator * dice((8, 40), (10, 50))
        left = int(whole * (1 - self.first))
        self.more = dice.rng.randint(2, max(2, left - 2))
        self.rest = left - self.more
        return self.rest > 2

    def solve(self, w: Words) -> Steps:
        yield f"残った{self.rest}{w.unit}と、あとの{self.more}{w.unit}を合わせます。{(together := n(self.rest) + self.more):{w.unit}}"
        yield f"これは、全体を1とすると{(left := n(1) - n(self.first, '割合')):=}にあたります。"
        yield f"全体を求めます。{(whole := together.result / left.result):{w.unit}}"
        return Answer.of(whole, w.unit)

    def search(self) -> Found:
        for whole in _wholes(self.first):
            if whole - _of(whole, self.first) - self.more == self.rest:
                yield whole


TOPIC = topic("相当算", "soto", Rest, TakenTwice, Besides)
