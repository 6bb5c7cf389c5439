"""分配算: sharing so that one part is a multiple of another, with or without a remainder."""

from jtextkit.builders.sansu.expressions import n
from jtextkit.builders.sansu.problems import Answer
from jtextkit.builders.sansu.stories import Dice, Found, Steps, Story, Words, root, topic

_PAIRS = "high low thing unit / 姉 妹 シール 枚 / 父 子 くり 個 / あおいさん かいさん おはじき 個 / 兄 弟 ビー玉 個"
_TOTAL = "total {unit} {high}と{low}の{thing}の合計"


class UnequalShares(Story, name="何倍より多く", method="分配算 線分図"):
    situations = _PAIRS
    facts = _TOTAL
    wordings = """
    {high}と{low}が{thing}を持っています。{high}の{thing}は{low}の{times}倍より{more}{unit}多いそうです。／{high}と{low}は、それぞれ何{unit}持っていますか。
    {high}と{low}が{thing}を集めました。{high}は{low}の{times}倍と、さらに{more}{unit}を集めました。2人の{thing}の数をそれぞれ求めなさい。
    {total}{unit}の{thing}を{high}と{low}で分けます。{high}の分が{low}の分の{times}倍より{more}{unit}多くなるようにすると、2人の分はそれぞれ何{unit}ですか。"""
    sign = 1

    def draw(self, dice: Dice) -> None:
        self.times = dice((2, 4), (2, 5))
        low = dice((6, 40), (12, 80))
        self.more = dice((1, 9), (3, 20))
        self.total = low * (self.times + 1) + self.sign * self.more

    def solve(self, w: Words) -> Steps:
        even = n(self.total) - self.more
        yield f"全体から{self.more}{w.unit}を取りのぞくと、{w.high}の分は{w.low}の分のちょうど{self.times}倍になります。{even:{w.unit}}"
        yield f"{w.low}の分を1とすると、合わせて{(parts := n(self.times) + 1):=}にあたります。"
        yield f"{w.low}の分を求めます。{(less := even.result / parts.result):{w.unit}}"
        yield f"{w.high}の分を求めます。{(most := n(self.total) - less.result):{w.unit}}"
        return Answer.parts((w.high, most, w.unit), (w.low, less, w.unit))

    def search(self) -> Found:
        for low in range(self.total):
            if self.total - low == low * self.times + self.sign * self.more:
                yield self.total - low, low


class Less(UnequalShares, name="何倍より少なく", method="分配算 線分図"):
    situations = "high low place unit / 大人 子ども 映画館 人 / 男子 女子 スイミングスクール 人 / 金魚 めだか 公園の池 ひき / ひつじ やぎ 牧場 頭"
    facts = "total {unit} {place}にいる{high}と{low}の合計"
    wordings = """
    {place}に{high}と{low}がいます。{high}の数は{low}の数の{times}倍より{more}{unit}少ないそうです。／{high}と{low}はそれぞれ何{unit}いますか。
    {place}で{high}と{low}の数を調べました。もし{high}だけがあと{more}{unit}増えれば、{low}のちょうど{times}倍になります。調べたときの{high}と{low}の数を答えなさい。
    {place}に{high}と{low}が合わせて{total}{unit}います。{high}の数は{low}の数の{times}倍より{more}{unit}少ないそうです。それぞれ何{unit}いますか。"""
    sign = -1

    def solve(self, w: Words) -> Steps:
        even = n(self.total) + self.more
        yield f"{w.high}があと{self.more}{w.unit}多ければ、{w.low}のちょうど{self.times}倍になります。そのときの合計を求めます。{even:{w.unit}}"
        yield f"この合計は{w.low}の{(parts := n(self.times) + 1):倍}にあたります。"
        yield f"{w.low}を求めます。{(less := even.result / parts.result):{w.unit}}"
        yield f"{w.high}を求めます。{(most := n(self.total) - less.result):{w.unit}}"
        return Answer.parts((w.high, most, w.unit), (w.low, less, w.unit))


class Equal(Story, name="わたして等しく"):
    situations = _PAIRS
    facts = f"{_TOTAL} / given {{unit}} {{high}}が{{low}}にわたした{{thing}}"
    wordings = """
    {high}が{low}に{thing}をわたすと、2人の持っている数は等しくなりました。はじめに{high}が持っていた{thing}は何{unit}ですか。
    {low}は{high}から{thing}をもらい、2人は同じ数だけ持つことになりました。もらう前に{high}が持っていた{thing}の数を求めなさい。
    {high}と{low}は合わせて{total}{unit}の{thing}を持っています。{high}が{low}に{given}{unit}わたすと、2人の数は等しくなりました。はじめ、{high}は何{unit}持っていましたか。"""

    def draw(self, dice: Dice) -> None:
        half = dice((20, 60), (30, 120))
        self.given = dice((2, 15), (4, 25))
        self.total = 2 * half

    def solve(self, w: Words) -> Steps:
        yield f"わたしたあとは2人とも同じなので、1人分は合計の半分です。{(half := n(self.total) / 2):{w.unit}}"
        yield f"{w.high}はわたす前、これより{self.given}{w.unit}多く持っていました。{(most := half.result + self.given):{w.unit}}"
        return Answer.of(most, w.unit)

    search = root(lambda self, high: high - self.given - (self.total - high + self.given))


TOPIC = topic("分配算", "bunpai", UnequalShares, Less, Equal)
