"""場合の数: in how many ways."""

import itertools

from jtextkit.builders.sansu.expressions import Expression, n
from jtextkit.builders.sansu.problems import Answer
from jtextkit.builders.sansu.stories import Dice, Found, Steps, Story, Words, family


def _down(start: int, factors: int) -> Expression:
    """``5×4×3``: so many factors, each one less than the one before."""
    product = n(start)
    for factor in range(start - 1, start - factors, -1):
        product = product * n(factor)
    return product


_PLACES = ("一の位", "十の位", "百の位", "千の位")


class Cards(Story, name="数字カード"):
    situations = """thing counter
        カード 枚
        数字のこま 個
        番号ふだ 枚"""
    wordings = """
    {shown}の数字が1つずつ書かれた{number}{counter}の{thing}があります。
      このうち{size}{counter}を並べて{size}けたの{kind}を作ると、全部で何通りできますか。
    {number}{counter}の{thing}には{shown}が書いてあり、同じ数字はありません。
      {size}{counter}を選び、横に並べてできる{size}けたの{kind}は何通りあるか求めなさい。
    {size}けたの{kind}を、{shown}の{thing}を使って表します。同じものは1回しか使えません。表し方は何通りあるでしょうか。
      ただし、いちばん上の位に0は置けません。"""

    def draw(self, dice: Dice) -> bool:
        """Whole numbers of ``size`` digits made of the different ``digits``; even, odd, or any."""
        self.number = dice((3, 5), (4, 6), (5, 7))
        self.digits = tuple(sorted(dice.rng.sample(range(10), self.number)))
        self.size = dice((2, 3), (2, 3), (2, 4))
        every = ("整数", "偶数", "奇数")
        self.kind = dice.rng.choice(dice.pick(("整数",), every, every))
        self.shown = "、".join(map(str, self.digits))
        fits = self.size <= self.number and (dice.grade == 2 or self.size < 4)
        return fits and bool(self._numbers())

    def _numbers(self) -> list[int]:
        """All the numbers, laid out one by one."""
        wanted = {"整数": (0, 1), "偶数": (0,), "奇数": (1,)}[self.kind]
        found = []
        for digits in itertools.permutations(self.digits, self.size):
            number = int("".join(map(str, digits)))
            if digits[0] and number % 2 in wanted:
                found.append(number)
        return found

    def solve(self, _w: Words) -> Steps:
        zero = 0 in self.digits
        if self.kind == "整数":
            first = len(self.digits) - zero
            product = n(first)
            for i in range(1, self.size):
                product = product * n(len(self.digits) - i)
            top = _PLACES[self.size - 1]
            yield f"{top}{'には0が使えないので、' if zero else 'の数字の'}選び方は{first}通りです。"
            yield "残りの位は、使っていないカードから順に選びます。"
            yield f"全部の数を求めます。{product:通り}"
            return Answer.of(product, "通り")
        last = [digit for digit in self.digits if digit % 2 == (self.kind == "奇数")]
        yield f"{self.kind}は一の位が{self.kind}です。一の位に使えるのは{'、'.join(map(str, last))}です。"
        nonzero = [digit for digit in last if digit]
        parts = []
        if 0 in last:
            yield f"一の位が0のとき、残りの位の選び方は{(with_zero := _down(len(self.digits) - 1, self.size - 1)):通り}です。"
            parts.append(with_zero.result)
        if nonzero:
            first = len(self.digits) - 1 - zero
            rest = n(first)
            for i in range(1, self.size - 1):
                rest = rest * n(len(self.digits) - 1 - i)
            case = f"一の位が0でない{self.kind}のとき、" if 0 in last else ""
            why = "いちばん上の位に0を使わないので、" if zero else ""
            yield f"{case}{why}選び方は{(others := rest * n(len(nonzero))):通り}です。"
            parts.append(others.result)
        total = parts[0]
        for part in parts[1:]:
            total = total + part
        if len(parts) > 1:
            yield f"合わせた数を求めます。{total:通り}"
        return Answer.of(total, "通り")

    def search(self) -> Found:
        yield len(self._numbers())


class Choose(Story, name="選び方"):
    situations = """from counter what thing
        人の班員 人 そうじ当番 班員
        種類のくだもの 種類 つめ合わせ くだもの
        人の選手 人 代表 選手
        本の色えん筆 本 プレゼント 色えん筆"""
    wordings = """
    {number}{from}から{what}にする{take}{counter}を選ぶとき、選び方は何通りありますか。
    {thing}を数えると{number}{counter}でした。{what}として{take}{counter}を同時に決めるとすると、組み合わせの数はいくつですか。
      順番は考えません。
    みんなちがう{number}{from}について考えます。{take}{counter}ずつ組にして{what}を作るとき、
      作れる組の種類は全部で何通りか求めなさい。"""

    def draw(self, dice: Dice) -> bool:
        """``take`` of ``number``."""
        self.number = dice((4, 60), (5, 90), (6, 200))
        self.take = dice((2, 2), (2, 3), (2, 4))
        return self.take < self.number <= {2: 200, 3: 40, 4: 16}[self.take]

    def solve(self, w: Words) -> Steps:
        yield f"順番をつけて{self.take}{w.counter}選ぶと、{(ordered := _down(self.number, self.take)):通り}です。"
        yield f"同じ組み合わせが、順番のちがいで{(again := _down(self.take, self.take)):回}ずつ数えられています。"
        yield f"選び方を求めます。{(ways := ordered.result / again.result):通り}"
        return Answer.of(ways, "通り")

    def search(self) -> Found:
        """Build up the numbers of choices row by row: with the last thing, or without it."""
        ways = [1] + [0] * self.take
        for _ in range(self.number):
            for size in range(self.take, 0, -1):
                ways[size] += ways[size - 1]
        yield ways[self.take]


class League(Story, name="総当たり"):
    situations = """one counter event does unit
        チーム チーム サッカー大会 試合をし 試合
        選手 人 たっ球大会 試合をし 試合
        学校 校 将ぎの交流会 対戦し 回"""
    wordings = """
    {teams}{counter}が参加する{event}で、どの{one}もほかのすべての{one}と{rounds}回ずつ{does}ます。全部で何{unit}になりますか。
    {event}は総当たりで行われます。参加するのは{teams}{counter}で、同じ相手とは{rounds}回ずつ{does}ます。
      {unit}数の合計を求めなさい。
    2{counter}の組み合わせを全部作り、1組につき{rounds}回ずつ{does}て順位を決めます。
      {event}に{teams}{counter}が出るとすると、何{unit}必要でしょうか。"""

    def draw(self, dice: Dice) -> None:
        """Everybody of ``teams`` plays everybody ``rounds`` times."""
        self.teams = dice((4, 60), (5, 90), (8, 150))
        self.rounds = dice((1, 2), (1, 3), (1, 6))

    def solve(self, w: Words) -> Steps:
        yield f"どの{w.one}も、自分をのぞいた{(each := n(self.teams) - 1):=}の相手があります。"
        yield f"全部たすと{(twice := n(self.teams) * each.result):=}ですが、同じ組を2回数えているので半分にします。{(pairs := twice.result / 2):{w.unit}}"
        total = pairs.result * self.rounds
        if self.rounds > 1:
            yield f"同じ組が{self.rounds}回ずつあるので、{total:{w.unit}}です。"
        return Answer.of(total, w.unit)

    def search(self) -> Found:
        """Write down every match."""
        matches = [
            (one, two)
            for one in range(self.teams)
            for two in range(one)
            for _ in range(self.rounds)
        ]
        yield len(matches)


class Grid(Story, name="道順"):
    situations = """a b start goal
        東 北 家 学校
        右 上 A地点 B地点
        西 南 駅 美術館"""
    wordings = """
    ごばんの目のような道があります。{start}から{a}へ{east}区間、{b}へ{north}区間進んだところに{goal}があります。
      遠回りをしないで行く道順は何通りですか。
    {goal}は、たて横に同じ間かくで道が通った町で、{start}から見て{b}に{north}ブロック、{a}に{east}ブロックの交差点にあります。
      {a}と{b}にだけ進むことにすると、{start}から{goal}までの行き方は全部で何通りあるでしょうか。"""

    def draw(self, dice: Dice) -> None:
        """``east`` blocks to the right and ``north`` up."""
        self.east, self.north = dice.many(2, (2, 5), (2, 8), (3, 12))

    def solve(self, w: Words) -> Steps:
        few, _ = sorted((self.east, self.north))
        yield f"最短の道では、全部で{n(self.east) + self.north:区間}進みます。"
        ordered = _down(self.east + self.north, few)
        yield f"そのうちどの{few}区間を{(w.a if few == self.east else w.b)}にするかを選べば道が決まります。順番をつけて選ぶと{ordered:通り}です。"
        yield f"同じ選び方が{(again := _down(few, few)):回}ずつ数えられているので、{(ways := ordered.result / again.result):通り}です。"
        return Answer.of(ways, "通り")

    def search(self) -> Found:
        """Write at every corner the sum of the two corners before it."""
        row = [1] * (self.east + 1)
        for _ in range(self.north):
            for corner in range(1, self.east + 1):
                row[corner] += row[corner - 1]
        yield row[-1]


class Outfits(Story, name="組み合わせ"):
    situations = """A B C place do
        ぼうし 上着 くつ お店 身につける
        主食 おかず 飲み物 食堂 注文する
        表紙 とじひも 名ふだ 工作教室 使う"""
    wordings = """
    {A}が{a}種類、{B}が{b}種類、{C}が{c}種類あります。それぞれから1つずつ選んで{do}とき、選び方は全部で何通りですか。
    {place}で{A}、{B}、{C}を1つずつ決めます。種類の数は順に{a}、{b}、{c}です。
      同じ決め方をくり返さないと、何通りの決め方ができるでしょうか。"""

    def draw(self, dice: Dice) -> None:
        """One of ``a``, one of ``b``, one of ``c``."""
        self.a, self.b, self.c = dice.many(3, (2, 12), (2, 16), (3, 30))

    def solve(self, w: Words) -> Steps:
        yield f"{w.A}1つに対して{w.B}の選び方があるので、2つの選び方は{(two := n(self.a) * self.b):通り}です。"
        yield f"そのそれぞれに{w.C}の選び方があるので、全部で{(ways := two.result * self.c):通り}です。"
        return Answer.of(ways, "通り")

    def search(self) -> Found:
        """Put on every outfit."""
        yield sum(1 for _ in itertools.product(range(self.a), range(self.b), range(self.c)))


FAMILY = family("場合の数", "baai", Cards, Choose, League, Grid, Outfits)
