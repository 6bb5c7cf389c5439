"""平均算: averages, and what moves them."""

from jtextkit.builders.sansu.expressions import n
from jtextkit.builders.sansu.problems import Answer
from jtextkit.builders.sansu.stories import Dice, Found, Steps, Story, Words, root, topic


class Next(Story, name="次に何点取るか"):
    situations = (
        "who thing / あすかさん 算数のテスト / れんさん 漢字テスト / みなみさん 理科のテスト"
    )
    facts = "times 回 これまでに受けた{thing}の回数 / mean~ 点 これまでの{thing}の平均点 / wanted~ 点 目標とする平均点"
    wordings = """
    {who}は{thing}を何回か受けました。次の1回で何点を取ると、目標の平均点になりますか。
    {who}は、次の{thing}を受けたあとの平均点を、目標とする点まで上げたいと思っています。次の回に必要な点数を求めなさい。
    {who}の{times}回の{thing}の平均点は{mean}点です。次のテストで何点を取ると、平均点が{wanted}点になりますか。"""

    def draw(self, dice: Dice) -> bool:
        self.times, self.mean = dice((3, 6), (3, 9)), dice((55, 88), (50, 90))
        self.wanted = self.mean + dice.rng.randint(1, 5)
        return self.wanted * (self.times + 1) - self.mean * self.times <= 100

    def solve(self, _w: Words) -> Steps:
        yield f"これまでの{self.times}回の合計は、{(before := n(self.mean) * self.times):点}です。"
        yield f"次もふくめると{(number := n(self.times) + 1):回}になります。"
        yield f"平均を{self.wanted}点にするための合計は、{(after := n(self.wanted) * number.result):点}です。"
        yield f"次に必要な点数を求めます。{(last := after.result - before.result):点}"
        return Answer.of(last, "点")

    search = root(
        lambda self, last: self.mean * self.times + last - (self.wanted * (self.times + 1))
    )


class Groups(Story, name="2つの組の平均", method="平均算 面積図"):
    situations = "a b what unit where / 男子 女子 得点 点 算数の検定 / 赤組 白組 得点 点 ゲーム大会 / 午前の参加者 午後の参加者 得点 点 クイズ大会"
    facts = "one~ 人 {a}の人数 / two~ 人 {b}の人数 / mean_one~ {unit} {a}の{what}の平均 / mean_two~ {unit} {b}の{what}の平均"
    wordings = """
    {where}で、{a}と{b}の{what}を調べました。全体の平均は何{unit}ですか。
    {where}の{what}について、{a}と{b}を合わせた全員の平均を求めなさい。
    {where}で、{a}{one}人の{what}の平均は{mean_one}{unit}、{b}{two}人の平均は{mean_two}{unit}でした。全体の平均は何{unit}ですか。"""

    def draw(self, dice: Dice) -> bool:
        self.one, self.two = dice.many(2, (4, 20), (8, 30))
        self.mean_one, self.mean_two = dice.many(2, (50, 95), (60, 95))
        total = self.one * self.mean_one + self.two * self.mean_two
        return self.mean_one != self.mean_two and total % (self.one + self.two) == 0

    def solve(self, w: Words) -> Steps:
        yield f"{w.a}の合計は{(one := n(self.mean_one) * self.one):{w.unit}}、{w.b}の合計は{(two := n(self.mean_two) * self.two):{w.unit}}です。"
        yield f"全体の合計は、{(total := one.result + two.result):{w.unit}}です。"
        yield f"全体の人数は、{(number := n(self.one) + self.two):人}です。"
        yield f"全体の平均を求めます。{(mean := total.result / number.result):{w.unit}}"
        return Answer.of(mean, w.unit)

    def search(self) -> Found:
        everybody = [self.mean_one] * self.one + [self.mean_two] * self.two
        for mean in range(200):
            if sum(one - mean for one in everybody) == 0:
                yield mean


class UnknownGroup(Story, name="人数を求める", method="平均算 つるかめ算"):
    situations = "a b what / 合格者 不合格者 試験の点 / 経験者 初心者 ゲームの得点 / 6年生 5年生 ボール投げの得点"
    facts = "people 人 全体の人数 / mean~ 点 全体の{what}の平均 / high~ 点 {a}の{what}の平均 / low~ 点 {b}の{what}の平均"
    wordings = """
    {a}と{b}がいて、{what}の平均を調べました。{a}は何人ですか。
    {what}について、{a}と{b}の平均、全員の平均がわかっています。{a}の人数を求めなさい。
    {people}人の{what}の平均は{mean}点でした。{a}だけの平均は{high}点、{b}だけの平均は{low}点です。{a}は何人ですか。"""

    def draw(self, dice: Dice) -> bool:
        self.people, self.low = dice((10, 40), (20, 60)), dice((40, 70), (40, 72))
        self.high = self.low + dice((3, 20), (4, 22))
        group = dice.rng.randint(2, self.people - 2)
        total = self.high * group + self.low * (self.people - group)
        self.mean = total // self.people
        return total % self.people == 0

    def solve(self, w: Words) -> Steps:
        yield f"全員が{self.low}点だとすると、平均は実際より{(short := n(self.mean) - self.low):点}低くなります。"
        yield f"合計では、{(more := short.result * self.people):点}の差になります。"
        yield f"{w.a}は1人につき{(each := n(self.high) - self.low):点}多いです。"
        yield f"{w.a}の人数を求めます。{(number := more.result / each.result):人}"
        return Answer.of(number, "人")

    def search(self) -> Found:
        for group in range(self.people + 1):
            total = self.high * group + self.low * (self.people - group)
            if total == self.mean * self.people:
                yield group


TOPIC = topic("平均算", "heikin", Next, Groups, UnknownGroup)
