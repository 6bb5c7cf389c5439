"""集合算: those who like one, the other, both, or neither."""

import math

from jtextkit.builders.sansu.expressions import n
from jtextkit.builders.sansu.problems import Answer
from jtextkit.builders.sansu.stories import Dice, Found, Steps, Story, Words, family


def _parts(dice: Dice) -> tuple[int, int, int, int]:
    """Only the one, only the other, both, neither."""
    low, high = dice.pick((2, 15), (4, 30), (10, 90))
    only_a, only_b, both, neither = (dice.rng.randint(low, high) for _ in range(4))
    return only_a, only_b, both, neither


_LIKES = """A B do who unit
    犬 ねこ を飼っている 町内会 人
    サッカー 野球 が好きな 学年 人
    ピアノ 習字 を習っている 子ども会 人
    電車 バス を利用する 会社 人"""


class Venn(Story, name="両方の人数"):
    situations = _LIKES
    wordings = """
    {people}人の{who}で調べると、{A}{do}人は{a}人、{B}{do}人は{b}人、どちらにもあてはまらない人は{known}人でした。
      両方にあてはまる人は何人ですか。
    {who}の全員にアンケートをとりました。答えた{people}人のうち、{A}{do}人が{a}人、{B}{do}人が{b}人です。
      どちらでもないと答えた人は{known}人いました。{A}にも{B}にも手をあげた人の数を求めなさい。
    {B}{do}人が{b}人、{A}{do}人が{a}人いる{who}の人数は{people}人です。{known}人は{A}とも{B}とも関係がありません。
      {A}と{B}の両方に数えられている人は何人でしょうか。"""

    def draw(self, dice: Dice) -> None:
        """Of ``people``, ``a`` the one, ``b`` the other; one of ``both`` and ``neither`` is asked."""
        only_a, only_b, both, self.known = _parts(dice)
        self.people = only_a + only_b + both + self.known
        self.a = only_a + both
        self.b = only_b + both

    def _fill(self, both: int, neither: int) -> bool:
        """Whether everybody has a place when so many are in both and in neither."""
        only_a, only_b = self.a - both, self.b - both
        return only_a >= 0 and only_b >= 0 and only_a + only_b + both + neither == self.people

    def solve(self, w: Words) -> Steps:
        yield f"少なくとも一方にあてはまる人は、{(some := n(self.people) - self.known):人}です。"
        yield f"{w.A}の人数と{w.B}の人数をたすと、{(twice := n(self.a) + self.b):人}です。"
        yield f"両方の人は2回数えられているので、その差が両方の人数です。{(both := twice.result - some.result):人}"
        return Answer.of(both, "人")

    def search(self) -> Found:
        return (both for both in range(min(self.a, self.b) + 1) if self._fill(both, self.known))


class InNeither(Venn, name="どちらでもない人数"):
    situations = _LIKES
    wordings = """
    {who}には{people}人いて、{A}{do}人は{a}人、{B}{do}人は{b}人です。そのうち{known}人は両方にふくまれます。
      {A}にも{B}にもふくまれない人は何人いますか。
    {A}{do}人{a}人と、{B}{do}人{b}人に集まってもらったところ、両方で呼ばれた人が{known}人いました。{who}の人数は{people}人です。
      呼ばれなかった人の数を求めなさい。
    {people}人に2つの質問をしました。{A}{do}人かどうかには{a}人、{B}{do}人かどうかには{b}人が「はい」と答え、2回とも「はい」
      と答えたのは{known}人です。2回とも「いいえ」と答えた人は何人でしょうか。"""

    def draw(self, dice: Dice) -> None:
        only_a, only_b, self.known, neither = _parts(dice)
        self.people = only_a + only_b + self.known + neither
        self.a = only_a + self.known
        self.b = only_b + self.known

    def solve(self, w: Words) -> Steps:
        yield f"{w.A}の人数と{w.B}の人数をたすと、{(twice := n(self.a) + self.b):人}です。"
        yield f"両方の人を2回数えているので1回分をひくと、少なくとも一方の人は{(some := twice.result - self.known):人}です。"
        yield f"どちらでもない人数を求めます。{(neither := n(self.people) - some.result):人}"
        return Answer.of(neither, "人")

    def search(self) -> Found:
        return (neither for neither in range(self.people + 1) if self._fill(self.known, neither))


class Bounds(Story, name="最も多い・最も少ない"):
    situations = _LIKES
    wordings = """
    {people}人の{who}に、{A}{do}人が{a}人、{B}{do}人が{b}人います。両方にあてはまる人は、最も多くて何人、最も少なくて何人ですか。
    {who}の{people}人について、{A}{do}人と{B}{do}人の数だけがわかっていて、それぞれ{a}人と{b}人です。
      どちらにもあてはまる人の数として考えられるうちで、いちばん大きい数といちばん小さい数を求めなさい。
    {B}{do}人は{b}人、{A}{do}人は{a}人と発表されましたが、重なっている人数は発表されませんでした。{who}は全部で{people}人です。
      重なっている人数は何人から何人の間と言えますか。多いほうから順に答えなさい。"""

    def draw(self, dice: Dice) -> bool:
        """Of ``people``, ``a`` the one and ``b`` the other: how many at most and at least do both?"""
        self.people = dice((20, 60), (30, 150), (100, 600))
        self.a, self.b = (dice.rng.randint(self.people // 4, self.people - 1) for _ in range(2))
        return self.a + self.b > self.people and self.a != self.b

    def solve(self, w: Words) -> Steps:
        most, word = (self.a, w.A) if self.a < self.b else (self.b, w.B)
        yield f"両方の人数が最も多いのは、少ないほうの{word}の人が全員もう一方にもあてはまるときで、{most}人です。"
        yield f"最も少ないのは、どちらでもない人がいないときです。{w.A}と{w.B}の人数をたすと{(twice := n(self.a) + self.b):人}です。"
        yield f"全体より多い分が両方の人数です。{(least := twice.result - self.people):人}"
        return Answer.parts(("最も多くて", most, "人"), ("最も少なくて", least, "人"))

    def search(self) -> Found:
        """Try every number of people in both, and keep those for which nobody is missing."""
        possible = [
            both
            for both in range(self.people + 1)
            if self.a >= both and self.b >= both and self.a + self.b - both <= self.people
        ]
        yield max(possible), min(possible)


class Multiples(Story, name="倍数でない数", method="集合算 倍数と約数"):
    situations = """thing counter one
        カード 枚 1枚
        ロッカー 個 1個
        番号ふだ 枚 1枚"""
    wordings = """
    1から{top}までの整数を1つずつ書いた{thing}が{top}{counter}あります。
      {a}の倍数でも{b}の倍数でもない数が書かれた{thing}は何{counter}ですか。
    {top}{counter}の{thing}に1番から順に番号がついています。まず番号が{a}でわり切れるもの、次に{b}でわり切れるものに印をつけます。
      印が1つもつかない{thing}の数を求めなさい。
    番号が1から{top}までの{thing}のうち、{a}の倍数のものと{b}の倍数のものを全部かたづけました。{thing}は{one}につき1つの番号です。
      残った{thing}は何{counter}でしょうか。"""

    def draw(self, dice: Dice) -> bool:
        """From 1 to ``top``: how many are multiples of neither ``a`` nor ``b``?"""
        self.top = dice((30, 100), (80, 300), (200, 1000))
        self.a, self.b = sorted(dice.rng.sample(range(2, dice.pick(7, 10, 16)), 2))
        return self.b % self.a != 0

    def solve(self, w: Words) -> Steps:
        both = math.lcm(self.a, self.b)
        of_a, of_b, of_both = (self.top // number for number in (self.a, self.b, both))
        yield f"{self.a}の倍数は、{self.top}までに{of_a}{w.counter}あります。"
        yield f"{self.b}の倍数は、{of_b}{w.counter}あります。"
        yield f"両方の倍数は{both}の倍数で、{of_both}{w.counter}あります。"
        yield f"少なくとも一方の倍数は、{(some := n(of_a) + of_b - of_both):{w.counter}}です。"
        yield f"どちらの倍数でもない数を求めます。{(rest := n(self.top) - some.result):{w.counter}}"
        return Answer.of(rest, w.counter)

    def search(self) -> Found:
        """Go through all the numbers."""
        yield sum(1 for i in range(1, self.top + 1) if i % self.a and i % self.b)


FAMILY = family("集合算", "shugo", Venn, InNeither, Bounds, Multiples)
