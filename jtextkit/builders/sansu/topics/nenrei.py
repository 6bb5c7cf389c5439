"""年齢算: the difference of ages never changes."""

from jtextkit.builders.sansu.expressions import n
from jtextkit.builders.sansu.problems import Answer
from jtextkit.builders.sansu.stories import Dice, Found, Steps, Story, Words, root, topic

_OLDEST = 90
_FAMILIES = "OLD YOUNG / 父 子ども / 母 むすめ / おばさん めい / 先生 ゆうたさん / おじ おい"
_AGES = "old~ 才 今の{OLD}の年れい / young~ 才 今の{YOUNG}の年れい"


class Ages(Story, name="何年後", method="年齢算 線分図"):
    situations = _FAMILIES
    facts = _AGES
    wordings = """
    {OLD}の年れいが{YOUNG}の年れいの{times}倍になるのは、今から何年後ですか。
    {OLD}と{YOUNG}の年れいをくらべます。このまま年をとっていくと、いつか{OLD}の年れいが{YOUNG}の年れいのちょうど{times}倍になります。それは今から何年後でしょうか。
    今、{OLD}は{old}才、{YOUNG}は{young}才です。{OLD}の年れいが{YOUNG}の年れいの{times}倍になるのは、今から何年後ですか。"""
    asides = "{OLD}のたん生日は{4-9}月です"

    def draw(self, dice: Dice) -> bool:
        self.times = dice((2, 3), (2, 4))
        self.young = dice((2, 12), (2, 16))
        years = dice((2, 15), (2, 20))
        self.old = self.times * (self.young + years) - years
        return self.young + 20 <= self.old <= self.young + 45 and self.old + years <= _OLDEST

    def solve(self, w: Words) -> Steps:
        yield f"2人の年れいの差は何年たっても変わりません。{(gap := n(self.old) - self.young):才}"
        yield f"{w.OLD}が{w.YOUNG}の{self.times}倍になるとき、{w.YOUNG}の年れいを1とすると、差は{(parts := n(self.times) - 1):=}にあたります。"
        yield f"そのときの{w.YOUNG}の年れいは、{(then := gap.result / parts.result):才}です。"
        yield f"今からの年数を求めます。{(years := then.result - self.young):年後}"
        return Answer.of(years, "年後")

    search = root(lambda self, years: self.old + years - (self.times * (self.young + years)))


class SumNow(Story, name="今の年れい", method="年齢算 分配算"):
    situations = _FAMILIES
    facts = "total 才 今の{OLD}と{YOUNG}の年れいの和"
    wordings = """
    {years}年後には、{OLD}の年れいが{YOUNG}の年れいの{times}倍になります。今の{OLD}の年れいは何才ですか。
    {years}年たつと、{OLD}は{YOUNG}のちょうど{times}倍の年れいになります。{OLD}は今何才でしょうか。
    現在、{OLD}と{YOUNG}の年れいの和は{total}才です。{years}年後には、{OLD}の年れいが{YOUNG}の年れいの{times}倍になります。現在の{OLD}は何才ですか。"""

    def draw(self, dice: Dice) -> bool:
        self.times = dice((2, 3), (2, 4))
        then = dice((9, 26), (9, 28))
        self.years = dice((2, 8), (2, 15))
        old, young = self.times * then - self.years, then - self.years
        self.total = old + young
        return young >= 2 and young + 20 <= old <= young + 45

    def solve(self, w: Words) -> Steps:
        yield f"{self.years}年後には2人とも{self.years}才ずつ年をとるので、和は{(grown := n(self.total) + n(self.years) * 2):才}になります。"
        yield f"そのとき、和は{w.YOUNG}の年れいの{(parts := n(self.times) + 1):倍}です。"
        yield f"{self.years}年後の{w.YOUNG}は、{(then := grown.result / parts.result):才}です。"
        yield f"今の{w.OLD}は、{(high := n(self.total) - (then.result - self.years)):才}です。"
        return Answer.of(high, "才")

    def search(self) -> Found:
        for young in range(self.total):
            old = self.total - young
            if old + self.years == self.times * (young + self.years):
                yield old


class Children(Story, name="子どもの年れいの和"):
    situations = "PARENT child / 母 子ども / 父 子ども / お母さん きょうだい"
    facts = "parent 才 今の{PARENT}の年れい"
    wordings = """
    {number}人の{child}の今の年れいは{ages}です。{child}の年れいの和が{PARENT}の年れいと等しくなるのは何年後ですか。
    {ages}の{number}人の{child}がいます。{number}人の年れいをたした数が{PARENT}の年れいに追いつくまでに、あと何年かかりますか。
    今、{PARENT}は{parent}才で、{number}人の{child}は{ages}です。{child}の年れいの和が{PARENT}の年れいと等しくなるのは何年後ですか。"""

    def draw(self, dice: Dice) -> bool:
        ages = sorted(dice.rng.sample(range(1, 16), dice((2, 2), (2, 3))), reverse=True)
        years = dice((3, 18), (3, 22))
        self.parent = sum(ages) + (len(ages) - 1) * years
        self.children = tuple(ages)
        self.number = len(ages)
        self.ages = "、".join(f"{age}才" for age in ages)
        return ages[0] + 22 <= self.parent <= ages[-1] + 45

    def solve(self, w: Words) -> Steps:
        together = n(self.children[0])
        for age in self.children[1:]:
            together = together + age
        yield f"今の子どもたちの年れいの和は、{together:才}です。"
        yield f"{w.PARENT}との差は、{(gap := n(self.parent) - together.result):才}です。"
        yield f"1年たつごとに、子どもたちの和は{self.number}才、{w.PARENT}は1才増えるので、差は{(step := n(self.number) - 1):才}ずつちぢまります。"
        yield f"差がなくなるまでの年数を求めます。{(years := gap.result / step.result):年}"
        return Answer.of(years, "年")

    def search(self) -> Found:
        for years in range(1, _OLDEST):
            if sum(age + years for age in self.children) == self.parent + years:
                yield years


TOPIC = topic("年齢算", "nenrei", Ages, SumNow, Children)
