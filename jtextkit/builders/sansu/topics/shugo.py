"""集合算: those who like one, the other, both, or neither."""

from jtextkit.builders.sansu.expressions import n
from jtextkit.builders.sansu.problems import Answer
from jtextkit.builders.sansu.stories import Dice, Found, Steps, Story, Words, root, topic

_LIKES = "A B do who / 犬 ねこ を飼っている 町内会 / サッカー 野球 が好きな 学年 / ピアノ 習字 を習っている 子ども会 / 電車 バス を利用する クラブ"
_COUNTS = "people 人 {who}の人数 / a~ 人 {A}{do}人の数 / b~ 人 {B}{do}人の数"


class Venn(Story, name="両方の人数"):
    situations = _LIKES
    facts = f"{_COUNTS} / known 人 {{A}}にも{{B}}にもあてはまらない人の数"
    wordings = """
    {who}の全員にアンケートをとりました。{A}と{B}の両方にあてはまる人は何人ですか。
    {who}の人たちについて、{A}{do}人と{B}{do}人を調べました。{A}にも{B}にも手をあげた人の数を求めなさい。
    {people}人の{who}で調べると、{A}{do}人は{a}人、{B}{do}人は{b}人、どちらにもあてはまらない人は{known}人でした。両方にあてはまる人は何人ですか。"""

    def draw(self, dice: Dice) -> None:
        only_a, only_b, both, self.known = dice.many(4, (3, 15), (4, 30))
        self.people = only_a + only_b + both + self.known
        self.a, self.b = only_a + both, only_b + both

    def solve(self, w: Words) -> Steps:
        yield f"少なくとも一方にあてはまる人は、{(some := n(self.people) - self.known):人}です。"
        yield f"{w.A}の人数と{w.B}の人数をたすと、{(twice := n(self.a) + self.b):人}です。"
        yield f"両方の人は2回数えられているので、その差が両方の人数です。{(both := twice.result - some.result):人}"
        return Answer.of(both, "人")

    search = root(
        lambda self, both: (self.a - both) + (self.b - both) + both + self.known - self.people
    )


class InNeither(Venn, name="どちらでもない人数"):
    facts = f"{_COUNTS} / known 人 {{A}}と{{B}}の両方にあてはまる人の数"
    wordings = """
    {who}の全員に2つの質問をしました。{A}にも{B}にもあてはまらない人は何人いますか。
    {who}の人たちについて、{A}{do}人と{B}{do}人を調べました。どちらでもない人の数を求めなさい。
    {who}には{people}人いて、{A}{do}人は{a}人、{B}{do}人は{b}人です。そのうち{known}人は両方にふくまれます。{A}にも{B}にもふくまれない人は何人いますか。"""

    def draw(self, dice: Dice) -> None:
        super().draw(dice)
        both = self.a + self.b - (self.people - self.known)
        self.known = both

    def solve(self, w: Words) -> Steps:
        yield f"{w.A}の人数と{w.B}の人数をたすと、{(twice := n(self.a) + self.b):人}です。"
        yield f"両方の人を2回数えているので1回分をひくと、少なくとも一方の人は{(some := twice.result - self.known):人}です。"
        yield f"どちらでもない人数を求めます。{(neither := n(self.people) - some.result):人}"
        return Answer.of(neither, "人")

    search = root(
        lambda self, neither: (
            (self.a - self.known) + (self.b - self.known) + self.known + neither - self.people
        )
    )


class Bounds(Story, name="最も少ない人数"):
    situations = _LIKES
    facts = _COUNTS
    wordings = """
    {who}の中に、{A}{do}人と{B}{do}人がいます。両方にあてはまる人は、最も少なくて何人ですか。
    {who}の人数のうち、{A}と{B}の重なりはわかっていません。どちらにもあてはまる人は少なくとも何人いると言えますか。
    {people}人の{who}に、{A}{do}人が{a}人、{B}{do}人が{b}人います。両方にあてはまる人は、最も少なくて何人ですか。"""

    def draw(self, dice: Dice) -> bool:
        self.people = dice((20, 60), (30, 120))
        self.a, self.b = (dice.rng.randint(self.people // 3, self.people - 2) for _ in range(2))
        return self.a + self.b > self.people and self.a != self.b

    def solve(self, w: Words) -> Steps:
        yield f"最も少ないのは、どちらでもない人がいないときです。{w.A}と{w.B}の人数をたすと{(twice := n(self.a) + self.b):人}です。"
        yield f"全体より多い分が両方の人数です。{(least := twice.result - self.people):人}"
        return Answer.of(least, "人")

    def search(self) -> Found:
        both = range(min(self.a, self.b) + 1)
        yield min(one for one in both if self.a + self.b - one <= self.people)


TOPIC = topic("集合算", "shugo", Venn, InNeither, Bounds)
