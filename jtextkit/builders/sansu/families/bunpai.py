"""分配算: sharing so that one part is a multiple of another, with or without a remainder."""

from jtextkit.builders.sansu.expressions import n
from jtextkit.builders.sansu.problems import Answer
from jtextkit.builders.sansu.stories import Dice, Found, Steps, Story, Words, family

_PAIRS = """high low thing unit
    姉 妹 シール 枚
    父 子 くり 個
    Aさん Bさん おはじき 個
    兄 弟 お年玉 円"""


class UnequalShares(Story, name="何倍より多く", method="分配算 線分図"):
    situations = _PAIRS
    wordings = """
    {total}{unit}の{thing}を{high}と{low}で分けます。{high}の分が{low}の分の{times}倍より{more}{unit}多くなるようにすると、
      2人の分はそれぞれ何{unit}ですか。
    {high}と{low}が集めた{thing}をくらべたところ、{high}は{low}の{times}倍と、さらに{more}{unit}を持っていました。
      2人の{thing}を合わせると{total}{unit}になります。{high}と{low}は何{unit}ずつ持っているでしょうか。
    {high}が持っている{thing}を{more}{unit}だけ箱にしまうと、残りは{low}の{thing}の{times}倍です。
      箱の中の分もふくめた2人の{thing}は全部で{total}{unit}でした。しまう前に2人が持っていた数をそれぞれ求めなさい。"""

    def draw(self, dice: Dice) -> None:
        """``total`` in two parts, the larger ``times`` the smaller and ``more`` besides."""
        self.times = dice((2, 4), (2, 6), (3, 9))
        low = dice((5, 120), (20, 400), (80, 1500))
        self.more = dice((1, 15), (5, 60), (20, 300))
        self.total = low * (self.times + 1) + self.more

    def solve(self, w: Words) -> Steps:
        even = n(self.total) - self.more
        yield f"全体から{self.more}{w.unit}を取りのぞくと、{w.high}の分は{w.low}の分のちょうど{self.times}倍になります。{even:{w.unit}}"
        yield f"{w.low}の分を1とすると、{w.high}の分は{self.times}なので、合わせて{(parts := n(self.times) + 1):=}にあたります。"
        yield f"{w.low}の分を求めます。{(less := even.result / parts.result):{w.unit}}"
        yield f"{w.high}の分を求めます。{(most := n(self.total) - less.result):{w.unit}}"
        return Answer.parts((w.high, most, w.unit), (w.low, less, w.unit))

    def search(self) -> Found:
        """Hand out one by one: for each small part, is the rest what was agreed?"""
        for low in range(1, self.total):
            if self.total - low == self.times * low + self.more:
                yield self.total - low, low


class Less(Story, name="何倍より少なく", method="分配算 線分図"):
    situations = """high low place unit
        大人 子ども 映画館 人
        男子 女子 スイミングスクール 人
        金魚 めだか 公園の池 ひき
        大きい魚 小さい魚 水族館の水そう ひき"""
    wordings = """
    {place}に{high}と{low}が合わせて{total}{unit}います。{high}の数は{low}の数の{times}倍より{more}{unit}少ないそうです。
      それぞれ何{unit}いますか。
    {place}で{high}と{low}の数を調べると、全部で{total}{unit}でした。
      もし{high}だけが{more}{unit}増えれば、{low}のちょうど{times}倍になります。調べたときの{high}と{low}の数を答えなさい。
    {low}の数を{times}倍して{more}をひくと{high}の数になります。これは{place}で数えたときの話で、合計は{total}{unit}でした。
      {high}と{low}はそれぞれ何{unit}だったのでしょうか。"""

    def draw(self, dice: Dice) -> None:
        self.times = dice((2, 4), (2, 6), (3, 9))
        low = dice((12, 120), (40, 400), (150, 1500))
        self.more = dice((1, 10), (3, 30), (10, 120))
        self.total = low * (self.times + 1) - self.more

    def solve(self, w: Words) -> Steps:
        even = n(self.total) + self.more
        yield f"{w.high}があと{self.more}{w.unit}多ければ、{w.low}のちょうど{self.times}倍になります。そのときの合計を求めます。{even:{w.unit}}"
        yield f"この合計は{w.low}の{(parts := n(self.times) + 1):倍}にあたります。"
        yield f"{w.low}を求めます。{(less := even.result / parts.result):{w.unit}}"
        yield f"{w.high}を求めます。{(most := n(self.total) - less.result):{w.unit}}"
        return Answer.parts((w.high, most, w.unit), (w.low, less, w.unit))

    def search(self) -> Found:
        for low in range(1, self.total):
            if self.total - low + self.more == self.times * low:
                yield self.total - low, low


class ThreeShares(Story, name="3つに分ける", method="分配算 線分図"):
    situations = """a b c thing unit
        Aの箱 Bの箱 Cの箱 ボール 個
        赤い水そう 青い水そう 白い水そう 小石 個
        赤組 白組 青組 どんぐり 個"""
    wordings = """
    {total}個の{thing}を{a}、{b}、{c}に分けました。{b}は{c}の{times}倍で、{a}は{b}より{more}個多いです。
      {a}、{b}、{c}はそれぞれ何個ですか。
    {thing}の数についてのメモがあります。「{c}がいちばん少ない。{b}はその{times}倍。{a}は{b}よりも{more}個多い。
      合計は{total}個。」このメモから、3つの数を{a}、{b}、{c}の順に求めなさい。
    {a}の{thing}から{more}個へらすと{b}の{thing}と同じ数になり、それは{c}の{thing}の{times}倍です。
      へらす前の3つの合計が{total}個であるとき、はじめの数はそれぞれ何個でしたか。
    {c}、{b}、{a}の順に{thing}が多くなっています。{c}を{times}倍した数が{b}で、{b}に{more}個をたした数が{a}にあたります。
      3つを合わせて{total}個になるのは、それぞれが何個のときですか。"""

    def draw(self, dice: Dice) -> None:
        """``total`` for three: the middle ``times`` the lowest, the highest ``more`` above the middle."""
        self.times = dice((2, 3), (2, 4), (2, 6))
        low = dice((6, 100), (20, 300), (100, 1200))
        self.more = dice((2, 20), (5, 60), (20, 300))
        self.total = low * (2 * self.times + 1) + self.more

    def solve(self, w: Words) -> Steps:
        even = n(self.total) - self.more
        yield f"{w.a}から{self.more}{w.unit}を取りのぞくと、{w.a}は{w.b}と同じになります。そのときの合計は、{even:{w.unit}}です。"
        yield f"{w.c}を1とすると{w.b}も{w.a}も{self.times}なので、合計は{(parts := n(1) + self.times + self.times):=}にあたります。"
        yield f"{w.c}を求めます。{(low := even.result / parts.result):{w.unit}}"
        yield f"{w.b}を求めます。{(middle := low.result * self.times):{w.unit}}"
        yield f"{w.a}を求めます。{(high := middle.result + self.more):{w.unit}}"
        return Answer.parts((w.a, high, w.unit), (w.b, middle, w.unit), (w.c, low, w.unit))

    def search(self) -> Found:
        for low in range(1, self.total):
            middle = self.times * low
            high = self.total - low - middle
            if high < 0:
                return
            if high - self.more == middle:
                yield high, middle, low


class Equal(Story, name="わたして等しく"):
    situations = _PAIRS
    wordings = """
    {high}と{low}は合わせて{total}{unit}の{thing}を持っています。{high}が{low}に{given}{unit}わたすと、2人の数は等しくなりました。
      はじめ、2人はそれぞれ何{unit}持っていましたか。
    {low}は{high}から{thing}を{given}{unit}もらいました。すると2人は同じだけ持つことになり、その合計は{total}{unit}です。
      もらう前に{high}と{low}が持っていた{thing}は何{unit}ずつですか。"""

    def draw(self, dice: Dice) -> None:
        """``total`` handed to two so that one gives the other ``given`` and both have the same."""
        half = dice((20, 150), (60, 500), (300, 3000))
        self.given = dice((2, 18), (5, 50), (30, 250))
        self.total = 2 * half

    def solve(self, w: Words) -> Steps:
        yield f"わたしたあとは2人とも同じなので、1人分は合計の半分です。{(half := n(self.total) / 2):{w.unit}}"
        yield f"{w.high}はわたす前、これより{self.given}{w.unit}多く持っていました。{(most := half.result + self.given):{w.unit}}"
        yield f"{w.low}はもらう前、これより{self.given}{w.unit}少なく持っていました。{(less := half.result - self.given):{w.unit}}"
        return Answer.parts((w.high, most, w.unit), (w.low, less, w.unit))

    def search(self) -> Found:
        for high in range(self.given, self.total + 1):
            low = self.total - high
            if high - self.given == low + self.given:
                yield high, low


FAMILY = family("分配算", "bunpai", UnequalShares, Less, ThreeShares, Equal)
