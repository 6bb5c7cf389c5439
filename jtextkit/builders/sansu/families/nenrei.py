"""年齢算: the difference of ages never changes."""

from jtextkit.builders.sansu.expressions import n
from jtextkit.builders.sansu.problems import Answer
from jtextkit.builders.sansu.stories import Dice, Found, Steps, Story, Words, family

_OLDEST = 105
_FAMILIES = """OLD YOUNG
    父 子ども
    母 むすめ
    おばさん めい
    先生 ゆうたさん
    おじ おい"""


class Ages(Story, name="何年後", method="年齢算 線分図"):
    situations = _FAMILIES
    wordings = """
    今、{OLD}は{old}才、{YOUNG}は{young}才です。{OLD}の年れいが{YOUNG}の年れいの{times}倍になるのは、今から何年後ですか。
    {YOUNG}は今年{young}才になり、{OLD}は{old}才になりました。
      このまま年をとっていくと、何年後かに{OLD}の年れいがちょうど{YOUNG}の{times}倍になります。それは何年後でしょうか。
    {old}才の{OLD}と{young}才の{YOUNG}がいます。「あと何年かすると、わたしの年れいはあなたの{times}倍になるね」
      と{OLD}が言いました。あと何年か求めなさい。"""

    def draw(self, dice: Dice) -> bool:
        """Two ages now, and how many times the lower the higher is to be."""
        self.times = dice((2, 3), (2, 4), (2, 6))
        self.young = dice((1, 12), (1, 20), (1, 30))
        years = dice((1, 15), (1, 25), (1, 40))
        self.old = self.times * (self.young + years) - years
        return self.young + 18 <= self.old and self.old + years <= _OLDEST

    def solve(self, w: Words) -> Steps:
        yield f"2人の年れいの差は何年たっても変わりません。{(gap := n(self.old) - self.young):才}"
        yield f"{w.OLD}が{w.YOUNG}の{self.times}倍になるとき、{w.YOUNG}の年れいを1とすると、差は{(parts := n(self.times) - 1):=}にあたります。"
        yield f"そのときの{w.YOUNG}の年れいは、{(then := gap.result / parts.result):才}です。"
        yield f"今からの年数を求めます。{(years := then.result - self.young):年後}"
        return Answer.of(years, "年後")

    def search(self) -> Found:
        """Let year after year go by."""
        for years in range(_OLDEST):
            if self.old + years == self.times * (self.young + years):
                yield years


class Before(Story, name="何年前", method="年齢算 線分図"):
    situations = _FAMILIES
    wordings = """
    {OLD}が今の{YOUNG}くらいの年だったころの話を聞きました。そのころではありませんが、{OLD}の年れいが{YOUNG}の年れいの
      {times}倍だった年もあるそうです。今は{OLD}が{old}才、{YOUNG}が{young}才です。{times}倍だったのは何年前のことですか。
    昔の写真をさがしています。{OLD}が{YOUNG}のちょうど{times}倍の年れいだった年にとった写真です。
      今の年れいは{OLD}が{old}才、{YOUNG}が{young}才です。写真をとったのは何年前でしょうか。
    今年{young}才になる{YOUNG}と、今年{old}才になる{OLD}の年れいをくらべます。
      過去にさかのぼって、{OLD}が{YOUNG}の{times}倍だった年は何年前になるか答えなさい。"""

    def draw(self, dice: Dice) -> bool:
        self.times = dice((3, 5), (3, 7), (3, 11))
        then = dice((1, 8), (1, 12), (1, 16))
        years = dice((1, 12), (1, 20), (1, 35))
        self.old, self.young = self.times * then + years, then + years
        return self.young + 16 <= self.old <= _OLDEST

    def solve(self, w: Words) -> Steps:
        yield f"年れいの差はいつも同じで、{(gap := n(self.old) - self.young):才}です。"
        yield f"{w.OLD}が{w.YOUNG}の{self.times}倍だったとき、差は{w.YOUNG}の年れいの{(parts := n(self.times) - 1):倍}でした。"
        yield f"そのときの{w.YOUNG}の年れいを求めます。{(then := gap.result / parts.result):才}"
        yield f"今との差が、さかのぼる年数です。{(years := n(self.young) - then.result):年前}"
        return Answer.of(years, "年前")

    def search(self) -> Found:
        for years in range(self.young):
            if self.old - years == self.times * (self.young - years):
                yield years


class SumNow(Story, name="今の年れい", method="年齢算 分配算"):
    situations = _FAMILIES
    wordings = """
    現在、{OLD}と{YOUNG}の年れいの和は{total}才です。{years}年後には、{OLD}の年れいが{YOUNG}の年れいの{times}倍になります。
      現在の{OLD}と{YOUNG}はそれぞれ何才ですか。
    {OLD}に年れいを聞くと、「わたしと{YOUNG}の年れいを合わせると{total}才で、{years}年たつと、
      わたしは{YOUNG}のちょうど{times}倍になります」と答えました。今の2人の年れいを求めなさい。
    {years}年後の{YOUNG}の年れいを{times}倍すると、そのときの{OLD}の年れいになります。2人の今の年れいをたすと{total}才です。
      {OLD}は今何才で、{YOUNG}は今何才でしょうか。"""

    def draw(self, dice: Dice) -> bool:
        """``total`` of two ages now; in ``years`` the higher is ``times`` the lower."""
        self.times = dice((2, 3), (2, 4), (2, 5))
        then = dice((9, 28), (9, 32), (12, 40))
        self.years = dice((1, 8), (2, 20), (3, 30))
        old, young = self.times * then - self.years, then - self.years
        self.total = old + young
        return young >= 2 and young + 17 <= old and self.times * then <= _OLDEST

    def solve(self, w: Words) -> Steps:
        yield f"{self.years}年後には2人とも{self.years}才ずつ年をとるので、和は{(grown := n(self.total) + n(self.years) * 2):才}になります。"
        yield f"そのとき、和は{w.YOUNG}の年れいの{(parts := n(self.times) + 1):倍}です。"
        yield f"{self.years}年後の{w.YOUNG}は、{(then := grown.result / parts.result):才}です。"
        yield f"今の{w.YOUNG}は、{(low := then.result - self.years):才}です。"
        yield f"今の{w.OLD}は、{(high := n(self.total) - low.result):才}です。"
        return Answer.parts((w.OLD, high, "才"), (w.YOUNG, low, "才"))

    def search(self) -> Found:
        for young in range(1, self.total):
            old = self.total - young
            if old + self.years == self.times * (young + self.years):
                yield old, young


class Children(Story, name="子どもの年れいの和"):
    situations = """PARENT child
        母 子ども
        父 子ども
        お母さん きょうだい"""
    wordings = """
    今、{PARENT}は{parent}才で、{number}人の{child}は{ages}です。
      {child}の年れいの和が{PARENT}の年れいと等しくなるのは何年後ですか。
    {ages}の{number}人の{child}がいる家で、{PARENT}の年れいは{parent}才です。
      {number}人の年れいをたした数が{PARENT}の年れいに追いつくまでに、あと何年かかりますか。
    {PARENT}のたん生日に、家族の年れいを紙に書きました。{PARENT}は{parent}才、{child}{number}人は年上から順に{ages}でした。
      この紙の年から何年たつと、{child}全員の年れいを合わせた数が{PARENT}の年れいと同じになるでしょうか。"""

    def draw(self, dice: Dice) -> bool:
        """The age of a parent, and those of the children, older first."""
        number = 2 if dice.grade < 2 else 3
        ages = sorted((dice.rng.randint(1, 16) for _ in range(number)), reverse=True)
        years = dice((3, 20), (3, 28), (3, 22))
        self.parent = sum(ages) + (number - 1) * years
        if len(set(ages)) < number or not ages[0] + 20 <= self.parent <= ages[-1] + 48:
            return False
        self.children = tuple(ages)
        self.number = len(self.children)
        self.ages = "、".join(f"{age}才" for age in self.children)
        return True

    def solve(self, w: Words) -> Steps:
        together = n(self.children[0])
        for age in self.children[1:]:
            together = together + n(age)
        yield f"今の子どもたちの年れいの和は、{together:才}です。"
        yield f"{w.PARENT}との差は、{(gap := n(self.parent) - together.result):才}です。"
        step = n(len(self.children)) - 1
        yield f"1年たつごとに子どもたちの和は{len(self.children)}才、{w.PARENT}は1才増えるので、差は{step:才}ずつちぢまります。"
        yield f"差がなくなるまでの年数を求めます。{(years := gap.result / step.result):年後}"
        return Answer.of(years, "年後")

    def search(self) -> Found:
        parent, ages = self.parent, list(self.children)
        for years in range(60):
            if parent == sum(ages):
                yield years
            parent += 1
            ages = [age + 1 for age in ages]


FAMILY = family("年齢算", "nenrei", Ages, Before, SumNow, Children)
