"""過不足算: what is left over or lacking when things are handed out."""

from jtextkit.builders.sansu.expressions import Expression, n
from jtextkit.builders.sansu.problems import Answer
from jtextkit.builders.sansu.stories import Dice, Found, Steps, Story, Words, topic

_MOST_PEOPLE = 400


def _handing(dice: Dice) -> tuple[int, int, int]:
    few = dice((2, 6), (3, 8))
    return dice((5, 20), (8, 36)), few, few + dice((1, 3), (1, 4))


_THINGS = "to thing counter / 子ども あめ 個 / 児童 折り紙 枚 / 生徒 えん筆 本 / 選手 タオル 枚 / お客さん いちご 個"
_EACH = "few~ {counter} はじめの配り方での1人分 / many~ {counter} あとの配り方での1人分"


class OverUnder(Story, name="あまりと不足"):
    situations = _THINGS
    facts = f"{_EACH} / first {{counter}} はじめの配り方であまる{{thing}} / second {{counter}} あとの配り方で足りない{{thing}}"
    signs = 1, -1
    wordings = """
    {thing}を{to}に配ります。はじめの配り方ではあまり、あとの配り方では足りません。{to}の人数と{thing}の数を求めなさい。
    集まった{to}に同じ数ずつ{thing}を分ける方法を、2つ考えました。／{to}は何人で、{thing}は何{counter}ありますか。
    {thing}を{to}に配ります。1人に{few}{counter}ずつ配ると{first}{counter}あまり、{many}{counter}ずつ配ると{second}{counter}足りません。{to}は何人で、{thing}は何{counter}ありますか。
    用意した{thing}は、{to}1人につき{few}{counter}なら{first}{counter}の余ゆうがあります。1人分を{many}{counter}に増やすには、あと{second}{counter}必要です。{to}の人数と、用意してある{thing}の数を答えなさい。"""

    def draw(self, dice: Dice) -> bool:
        people, self.few, self.many = _handing(dice)
        need = people * (self.many - self.few)
        self.first = dice.rng.randint(1, need - 1)
        self.second = need - self.first
        return True

    def differ(self, w: Words) -> tuple[str, Expression]:
        """Why the two ways of handing out differ, and by how much in all."""
        given = f"{self.first}{w.counter}あまるのと{self.second}{w.counter}足りないのでは"
        return f"{given}、必要な数の差はその和になります。", n(self.first) + self.second

    def solve(self, w: Words) -> Steps:
        why, total = self.differ(w)
        yield f"{why}{total:{w.counter}}"
        yield f"1人分の差は、{(each := n(self.many) - self.few):{w.counter}}です。"
        yield f"{w.to}の数を求めます。{(people := total.result / each.result):人}"
        handed = n(self.few) * people.result
        things = handed + self.first if self.signs[0] > 0 else handed - self.first
        yield f"{w.thing}の数を求めます。{things:{w.counter}}"
        return Answer.parts((w.to, people, "人"), (w.thing, things, w.counter))

    def search(self) -> Found:
        one, two = self.signs
        for people in range(1, _MOST_PEOPLE):
            things = self.few * people + one * self.first
            if things == self.many * people + two * self.second and things >= 0:
                yield people, things


class OverOver(OverUnder, name="どちらもあまる"):
    facts = f"{_EACH} / first~~ {{counter}} はじめの配り方であまる{{thing}} / second~~ {{counter}} あとの配り方であまる{{thing}}"
    signs = 1, 1
    wordings = """
    {to}に{thing}を配ります。はじめの配り方でも、1人分を増やしたあとの配り方でも、{thing}があまります。{to}の人数と{thing}の数を求めなさい。
    {to}に{thing}を{few}{counter}ずつわたすと{first}{counter}あまるので、{many}{counter}ずつに変えましたが、それでも{second}{counter}あまりました。／{to}は何人で、{thing}は何{counter}ありますか。"""

    def draw(self, dice: Dice) -> bool:
        people, self.few, self.many = _handing(dice)
        self.second = dice((1, 9), (2, 20))
        self.first = self.second + people * (self.many - self.few)
        return True

    def differ(self, _w: Words) -> tuple[str, Expression]:
        return "どちらもあまるので、配る数の差はあまりの差です。", n(self.first) - self.second


class UnderUnder(OverUnder, name="どちらも足りない"):
    facts = f"{_EACH} / first~~ {{counter}} はじめの配り方で足りない{{thing}} / second~~ {{counter}} あとの配り方で足りない{{thing}}"
    signs = -1, -1
    wordings = """
    {to}に{thing}を配ります。はじめの配り方でも足りず、1人分を増やしたあとの配り方ではもっと足りなくなります。{to}の人数と、今ある{thing}の数を求めなさい。
    {to}1人に{many}{counter}ずつ{thing}を配るには{second}{counter}足りず、{few}{counter}ずつにへらしても{first}{counter}足りません。{to}の人数と、今ある{thing}の数を求めなさい。"""

    def draw(self, dice: Dice) -> bool:
        people, self.few, self.many = _handing(dice)
        self.first = dice((1, 9), (2, 20))
        self.second = self.first + people * (self.many - self.few)
        return self.first < self.few * people

    def differ(self, _w: Words) -> tuple[str, Expression]:
        return "どちらも足りないので、必要な数の差は不足の差です。", n(self.second) - self.first


TOPIC = topic("過不足算", "kafusoku", OverUnder, OverOver, UnderUnder)
