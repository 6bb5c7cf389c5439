"""場合の数: in how many ways."""

import itertools

from jtextkit.builders.sansu.expressions import Expression, n
from jtextkit.builders.sansu.problems import Answer
from jtextkit.builders.sansu.stories import Dice, Steps, Story, Words, found, topic


def _down(start: int, factors: int) -> Expression:
    """``5×4×3``: so many factors, each one less than the one before."""
    product = n(start)
    for factor in range(start - 1, start - factors, -1):
        product = product * n(factor, "1少ない数")
    return product


class Choose(Story, name="選び方"):
    situations = "counter what thing / 人 そうじ当番 班員 / 種類 つめ合わせ くだもの / 人 代表 選手 / 本 プレゼント 色えん筆"
    facts = "number {counter} {thing}の数"
    wordings = """
    {thing}の中から、{what}にする{take}{counter}を選びます。選び方は何通りありますか。
    みんなちがう{thing}があります。{what}として{take}{counter}を同時に選びます。順番は考えません。／選び方の組み合わせは何通りですか。
    {number}{counter}の{thing}から{what}にする{take}{counter}を選ぶとき、選び方は何通りありますか。"""

    def draw(self, dice: Dice) -> bool:
        self.number, self.take = dice((5, 12), (6, 20)), dice((2, 2), (2, 3))
        return self.take < self.number <= (20 if self.take == 2 else 10)

    def solve(self, w: Words) -> Steps:
        ordered = n(self.number)
        for taken in range(1, self.take):
            ordered = ordered * (n(self.number) - taken).result
        again = _down(self.take, self.take)
        yield f"順番をつけて{self.take}{w.counter}選ぶと、{ordered:通り}です。"
        yield f"同じ組み合わせが、順番のちがいで{again:回}ずつ数えられています。"
        yield f"選び方を求めます。{(ways := ordered.result / again.result):通り}"
        return Answer.of(ways, "通り")

    search = found(
        lambda self: sum(1 for _ in itertools.combinations(range(self.number), self.take))
    )


class League(Story, name="総当たり"):
    situations = "one counter event does unit / チーム チーム サッカー大会 試合をし 試合 / 選手 人 たっ球大会 試合をし 試合 / 学校 校 将ぎの交流会 対戦し 回"
    facts = "teams {counter} {event}に参加する{one}の数 / minutes 分 1{unit}にかかる時間"
    wordings = """
    {event}では、どの{one}もほかのすべての{one}と1回ずつ{does}ます。同時に2{unit}は行いません。全部の時間を合わせると何分になりますか。
    {event}は総当たりで行われ、同じ相手とは1回だけ{does}ます。1{unit}ずつ順に行うと、かかる時間は合わせて何分ですか。
    {teams}{counter}が参加する{event}で、どの{one}もほかのすべての{one}と1回ずつ{does}ます。1{unit}に{minutes}分かかり、1{unit}ずつ順に行うと、かかる時間は合わせて何分ですか。"""

    def draw(self, dice: Dice) -> None:
        self.teams, self.minutes = dice((4, 8), (5, 10)), 5 * dice((1, 4), (2, 6))

    def solve(self, w: Words) -> Steps:
        yield f"どの{w.one}も、自分をのぞいた{(each := n(self.teams) - 1):=}の相手があります。"
        yield f"同じ組を2回数えているので半分にします。{(pairs := n(self.teams) * each.result / 2):{w.unit}}"
        yield f"全部の時間を求めます。{(total := n(self.minutes) * pairs.result):分}"
        return Answer.of(total, "分")

    search = found(
        lambda self: sum(self.minutes for _ in itertools.combinations(range(self.teams), 2))
    )


class Outfits(Story, name="組み合わせ"):
    situations = "A B C do / ぼうし 上着 くつ 身につける / 主食 おかず 飲み物 注文する / 表紙 とじひも 名ふだ 使う"
    facts = "a~ 種類 {A}の種類 / b~ 種類 {B}の種類 / c~ 種類 {C}の種類"
    wordings = """
    {A}、{B}、{C}があります。それぞれから1つずつ選んで{do}とき、選び方は全部で何通りですか。
    {A}、{B}、{C}を1つずつ決めて{do}ことにします。決め方は何通りありますか。
    {A}が{a}種類、{B}が{b}種類、{C}が{c}種類あります。それぞれから1つずつ選んで{do}とき、選び方は全部で何通りですか。"""

    def draw(self, dice: Dice) -> None:
        self.a, self.b, self.c = dice.many(3, (2, 8), (3, 12))

    def solve(self, w: Words) -> Steps:
        yield f"{w.A}1つに対して{w.B}の選び方があるので、2つの選び方は{(two := n(self.a) * self.b):通り}です。"
        yield f"そのそれぞれに{w.C}の選び方があるので、全部で{(ways := two.result * self.c):通り}です。"
        return Answer.of(ways, "通り")

    search = found(
        lambda self: sum(1 for _ in itertools.product(range(self.a), range(self.b), range(self.c)))
    )


TOPIC = topic("場合の数", "baai", Choose, League, Outfits)
