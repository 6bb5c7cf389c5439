"""過不足算: what is left over or lacking when things are handed out."""

from jtextkit.builders.sansu.expressions import Expression, n
from jtextkit.builders.sansu.problems import Answer
from jtextkit.builders.sansu.stories import Dice, Found, Steps, Story, Words, family

_MOST_PEOPLE = 400


def _handing(dice: Dice) -> tuple[int, int, int]:
    people = dice((4, 30), (8, 60), (15, 120))
    few = dice((2, 6), (3, 12), (5, 30))
    many = few + dice((1, 4), (1, 6), (2, 12))
    return people, few, many


_THINGS = """to thing counter one
    子ども あめ 個 人
    児童 折り紙 枚 人
    生徒 えん筆 本 人
    選手 タオル 枚 人
    お客さん いちご 個 人"""


class OverUnder(Story, name="あまりと不足"):
    situations = _THINGS
    signs = 1, -1
    wordings = """
    {thing}を{to}に配ります。1人に{few}{counter}ずつ配ると{first}{counter}あまり、
      {many}{counter}ずつ配ると{second}{counter}足りません。{to}は何人で、{thing}は何{counter}ありますか。
    集まった{to}に{thing}を分けようとしたところ、{many}{counter}ずつでは{second}{counter}不足するとわかりました。
      そこで{few}{counter}ずつにしたら、今度は{first}{counter}残りました。{to}の人数と{thing}の数を求めなさい。
    用意した{thing}は、{to}1人につき{few}{counter}なら{first}{counter}の余ゆうがあります。1人分を{many}{counter}に増やすには、
      あと{second}{counter}買いたさなければなりません。{to}の人数と、用意してある{thing}の数を答えなさい。
    「{few}{counter}ずつだと{first}{counter}多すぎるし、{many}{counter}ずつだと{second}{counter}少ない。」
      {to}に同じ数ずつ{thing}をわたす係の人がこう言いました。{to}は全部で何人、{thing}は全部で何{counter}でしょうか。"""

    def draw(self, dice: Dice) -> bool:
        """``few`` each leave ``first`` over (or lack them), ``many`` each leave or lack ``second``."""
        people, self.few, self.many = _handing(dice)
        need = people * (self.many - self.few)
        self.first = dice.rng.randint(1, need - 1) if need > 1 else 0
        self.second = need - self.first
        return self.first > 0

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
        """Try every number of people: do both ways of handing out start from the same heap?"""
        first, second = self.signs
        for people in range(1, _MOST_PEOPLE):
            heap = people * self.few + first * self.first
            if heap > 0 and heap == people * self.many + second * self.second:
                yield people, heap


class OverOver(OverUnder, name="どちらもあまる"):
    signs = 1, 1
    wordings = """
    {to}に{thing}を{few}{counter}ずつわたすと{first}{counter}あまるので、{many}{counter}ずつに変えましたが、
      それでも{second}{counter}あまりました。{to}の人数と{thing}の数はそれぞれいくつですか。
    箱の中の{thing}を{to}で等分します。1人{many}{counter}の計算では箱に{second}{counter}、1人{few}{counter}の計算では箱に
      {first}{counter}残ることになります。{to}は何人いて、もともと箱の中には何{counter}の{thing}がありましたか。
    {to}が1人{few}{counter}ずつ{thing}を取ったあとに{first}{counter}残っていました。そこからもう一度、
      1人分が合計{many}{counter}になるまで取っても、まだ{second}{counter}残ります。{to}の人数と、はじめの{thing}の数を求めなさい。
    1人{few}{counter}の予定で{thing}を買うと、{to}の分より{first}{counter}多くなることがわかりました。多すぎるので1人分を
      {many}{counter}に変えると、あまりは{second}{counter}ですみます。{to}の人数と、買う{thing}の数はいくつになりますか。"""

    def draw(self, dice: Dice) -> bool:
        people, self.few, self.many = _handing(dice)
        self.second = dice((1, 9), (2, 20), (5, 60))
        self.first = self.second + people * (self.many - self.few)
        return True

    def differ(self, _w: Words) -> tuple[str, Expression]:
        return "どちらもあまるので、配る数の差はあまりの差です。", n(self.first) - self.second


class UnderUnder(OverUnder, name="どちらも足りない"):
    signs = -1, -1
    wordings = """
    {to}1人に{many}{counter}ずつ{thing}を配るには{second}{counter}足りず、
      {few}{counter}ずつにへらしても{first}{counter}足りません。{to}の人数と、今ある{thing}の数を求めなさい。
    {thing}が何{counter}かあります。{to}全員に{few}{counter}ずつあげようとすると、もう{first}{counter}必要です。
      全員に{many}{counter}ずつなら、必要な追加は{second}{counter}になります。{to}は何人、{thing}は何{counter}ですか。
    {thing}を数えると、{to}に{few}{counter}ずつ行きわたらせるのに{first}{counter}の不足でした。
      まちがえて{many}{counter}ずつ入れたふくろを作り始めていたら、不足は{second}{counter}にもなるところでした。
      {to}の人数と{thing}の数はそれぞれいくつでしょうか。"""

    def draw(self, dice: Dice) -> bool:
        people, self.few, self.many = _handing(dice)
        self.first = dice((1, 9), (2, 20), (5, 60))
        self.second = self.first + people * (self.many - self.few)
        return self.first < self.few * people

    def differ(self, _w: Words) -> tuple[str, Expression]:
        return "どちらも足りないので、必要な数の差は不足の差です。", n(self.second) - self.first


class Benches(Story, name="長いす"):
    situations = """thing counter place
        長いす きゃく 体育館
        テーブル 台 食堂
        ベンチ 台 講堂"""
    wordings = """
    {place}の{thing}に、1{counter}に{few}人ずつすわると{standing}人がすわれません。
      {many}人ずつすわると、最後の1{counter}は{last}人になり、{free}。{thing}の数と人数を求めなさい。
    {place}に人が集まりました。どの{thing}にも{few}人がすわると、{standing}人は立ったままです。そこで{many}人ずつに
      つめてすわり直すと、最後に使った{thing}にすわるのは{last}人だけで、{free}。{thing}は何{counter}、集まった人は何人ですか。"""

    def draw(self, dice: Dice) -> bool:
        """``few`` on a bench leave ``standing``; ``many`` fill all but ``empty``, the last by ``last``."""
        self.few = dice((2, 5), (2, 6), (3, 7))
        self.many = self.few + dice((1, 2), (1, 3), (1, 3))
        benches = dice((5, 25), (8, 45), (15, 90))
        self.empty = dice((0, 0), (0, 2), (1, 6))
        self.last = dice.rng.randint(1, self.many - 1)
        people = self.many * (benches - self.empty - 1) + self.last
        self.standing = people - self.few * benches
        return self.standing > 0

    def tell(self, wording: str, w: Words) -> str:
        free = "空いたままのものはありません"
        if self.empty:
            free = f"だれもすわらないものが{self.empty}{w.counter}できます"
        return super().tell(wording, Words(w, free=free))

    def solve(self, w: Words) -> Steps:
        yield f"{self.many}人ずつのとき、空いている席は全部で{(free := n(self.many) * (self.empty + 1) - self.last):人分}あります。"
        yield f"{self.standing}人すわれないのと、{free.result}人分空くのとでは、差は{(total := n(self.standing) + free.result):人}です。"
        yield f"{w.thing}1つあたりの差は、{(each := n(self.many) - self.few):人}です。"
        yield f"{w.thing}の数は、{(benches := total.result / each.result):{w.counter}}です。"
        yield f"人数は、{(people := n(self.few) * benches.result + self.standing):人}です。"
        return Answer.parts((w.thing, benches, w.counter), ("人数", people, "人"))

    def search(self) -> Found:
        """For every number of benches, fill them one after the other."""
        for benches in range(self.empty + 1, _MOST_PEOPLE):
            people = self.few * benches + self.standing
            full, last = divmod(people, self.many)
            if last == self.last and benches - full - 1 == self.empty:
                yield benches, people


FAMILY = family("過不足算", "kafusoku", OverUnder, OverOver, UnderUnder, Benches)
