"""差集め算: small differences, each the same, that add up to a large one."""

from jtextkit.builders.sansu.expressions import n
from jtextkit.builders.sansu.problems import Answer
from jtextkit.builders.sansu.stories import Dice, Found, Steps, Story, Words, root, topic

_SHOPPING = "LOW HIGH counter who shop / 赤えん筆 ボールペン 本 みさきさん 文ぼう具店 / みかん なし 個 だいちさん くだもの屋 / 画用紙 色画用紙 枚 はるかさん 文ぼう具店 / ノート 日記帳 冊 そうたさん 駅前の店"
_PRICES = "low~ 円 {LOW}1{counter}のねだん / high~ 円 {HIGH}1{counter}のねだん"


class PricedTwice(Story, name="同じ数ずつ買う"):
    situations = _SHOPPING
    facts = f"{_PRICES} / gap 円 {{LOW}}の代金と{{HIGH}}の代金の差"
    wordings = """
    {who}は{shop}で{LOW}と{HIGH}を同じ数ずつ買いました。それぞれ何{counter}ずつ買いましたか。
    {shop}では今日、{LOW}と{HIGH}が同じ数だけ売れました。売れた{LOW}の数を求めなさい。
    1{counter}{low}円の{LOW}と1{counter}{high}円の{HIGH}を同じ数ずつ買ったところ、{HIGH}の代金のほうが{gap}円高くなりました。それぞれ何{counter}ずつ買いましたか。"""
    asides = "{shop}は午前{8-10}時に開きます"

    def draw(self, dice: Dice) -> None:
        self.low = 10 * dice((3, 12), (6, 20))
        each = 10 * dice((1, 6), (1, 9))
        self.high = self.low + each
        self.gap = each * dice((3, 15), (5, 24))

    def solve(self, w: Words) -> Steps:
        yield f"1{w.counter}あたりの差を求めます。{(each := n(self.high) - self.low):円}"
        yield f"この差が集まって全体の差になるので、数は全体の差を1{w.counter}あたりの差でわった数です。{(number := n(self.gap) / each.result):{w.counter}}"
        return Answer.of(number, w.counter)

    search = root(lambda self, number: self.high * number - self.low * number - self.gap)


class SameMoney(Story, name="同じ金額で買う"):
    situations = _SHOPPING
    facts = f"{_PRICES} / more {{counter}} {{LOW}}と{{HIGH}}の買える数の差"
    wordings = """
    {who}の持っているお金では、{LOW}だけを買っても、{HIGH}だけを買っても、おつりが出ません。{LOW}のほうが多く買えます。持っているお金は何円ですか。
    {shop}でお金を全部使って{LOW}を買うことも、全部使って{HIGH}を買うこともできます。どちらもおつりは出ません。お金は何円ありますか。
    {who}が持っているお金をちょうど全部使うと、1{counter}{high}円の{HIGH}を買うときより、1{counter}{low}円の{LOW}を買うときのほうが{more}{counter}多く買えます。持っているお金は何円ですか。"""

    def draw(self, dice: Dice) -> bool:
        self.low = 10 * dice((3, 12), (4, 18))
        self.high = self.low + 10 * dice((1, 8), (1, 10))
        self.more = dice((1, 8), (2, 10))
        number, over = divmod(self.low * self.more, self.high - self.low)
        return over == 0 and 2 <= number <= 40

    def solve(self, w: Words) -> Steps:
        yield f"{w.LOW}を{w.HIGH}と同じ数にすると、{self.more}{w.counter}分の代金があまります。{(extra := n(self.low) * self.more):円}"
        yield f"1{w.counter}あたりのねだんの差は、{(each := n(self.high) - self.low):円}です。"
        yield f"{w.HIGH}の数は、{(number := extra.result / each.result):{w.counter}}です。"
        yield f"持っているお金は、{(money := n(self.high) * number.result):円}です。"
        return Answer.of(money, "円")

    def search(self) -> Found:
        for number in range(1, self.low * self.more + 1):
            if self.high * number == self.low * (number + self.more):
                yield self.high * number


class Late(Story, name="早く着く・おくれる", method="差集め算 速さ"):
    situations = "who goal / ゆい 学校 / たくみ 駅 / あおい 市民プール"
    facts = "slow~ 分速 おそく歩くときの速さ / fast~ 分速 速く歩くときの速さ / late~ 分 おそく歩くときにおくれる時間 / early~ 分 速く歩くときに早く着く時間"
    wordings = """
    {who}さんは約束の時こくに間に合うように、家から{goal}まで歩きます。おそく歩くと約束の時こくにおくれ、速く歩くと約束の時こくより早く着きます。家から{goal}までは何mありますか。
    {goal}に集まる時こくが決まっています。{who}さんが同じ時こくに家を出ても、歩く速さによって、おくれたり早く着いたりします。{who}さんの家から{goal}までの道のりを求めなさい。
    {who}さんは家から{goal}まで行きます。分速{slow}mで歩くと約束の時こくに{late}分おくれ、分速{fast}mで歩くと{early}分早く着きます。家から{goal}までは何mありますか。"""

    def draw(self, dice: Dice) -> bool:
        self.slow = 5 * dice((8, 12), (8, 13))
        self.fast = self.slow + 5 * dice((2, 6), (1, 7))
        self.late, self.early = dice.many(2, (1, 6), (1, 9))
        apart = self.late * self.slow + self.early * self.fast
        minutes, over = divmod(apart, self.fast - self.slow)
        return over == 0 and self.early + 1 < minutes <= 60

    def solve(self, w: Words) -> Steps:
        yield f"約束の時こくに、分速{self.slow}mならあと{(behind := n(self.slow) * self.late):m}残っています。"
        yield f"分速{self.fast}mなら、{(ahead := n(self.fast) * self.early):m}先まで行ける計算です。"
        yield f"同じ時間に進む道のりの差は、{(gap := behind.result + ahead.result):m}です。"
        yield f"1分ごとに{(each := n(self.fast) - self.slow):m}ずつ差がつくので、約束の時こくまでの時間は{(minutes := gap.result / each.result):分}です。"
        yield f"{w.goal}までの道のりを求めます。{(way := n(self.slow) * (minutes.result + self.late)):m}"
        return Answer.of(way, "m")

    def search(self) -> Found:
        for minutes in range(self.early + 1, 200):
            way = self.slow * (minutes + self.late)
            if way == self.fast * (minutes - self.early):
                yield way


TOPIC = topic("差集め算", "sashu", PricedTwice, SameMoney, Late)
