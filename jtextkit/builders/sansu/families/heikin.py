"""平均算: averages, and what moves them."""

from fractions import Fraction

from jtextkit.builders.sansu.expressions import n
from jtextkit.builders.sansu.problems import Answer
from jtextkit.builders.sansu.stories import Dice, Found, Steps, Story, Words, family

_MOST = 2000


class Next(Story, name="次に何点取るか"):
    situations = """who thing unit plain
        あすか 算数のテスト 点 取る
        れん 漢字テスト 点 取る
        みなみ 体力テスト 点 取る"""
    wordings = """
    {who}さんの{times}回の{thing}の平均点は{mean}点です。次のテストで何点{plain}と、平均点が{wanted}点になりますか。
    {thing}を{times}回受けたところで、{who}さんの平均は{mean}点でした。もう1回受けて平均を{wanted}点まで上げることが目標です。
      その回に必要な点数を求めなさい。
    最後の{thing}が返ってくると、{who}さんの平均点は{mean}点から{wanted}点に変わりました。
      最後の回をのぞくと、それまでに{times}回受けています。最後の点数は何点でしょうか。"""

    def draw(self, dice: Dice) -> bool:
        """The mean of ``times`` is ``mean``; with one more it shall be ``wanted``."""
        self.times = dice((3, 6), (3, 12), (5, 30))
        self.mean = dice((50, 88), (40, 90), (35, 92))
        self.wanted = self.mean + dice.rng.randint(1, 6)
        last = self.wanted * (self.times + 1) - self.mean * self.times
        return last <= 100

    def solve(self, w: Words) -> Steps:
        yield f"これまでの{self.times}回の合計は、{(before := n(self.mean) * self.times):{w.unit}}です。"
        yield f"次もふくめると{(number := n(self.times) + 1):回}になります。"
        yield f"平均を{self.wanted}{w.unit}にするための合計は、{(after := n(self.wanted) * number.result):{w.unit}}です。"
        yield f"次に必要な分を求めます。{(last := after.result - before.result):{w.unit}}"
        return Answer.of(last, w.unit)

    def search(self) -> Found:
        """Try every next result, and take the mean of all of them."""
        for last in range(_MOST):
            results = [self.mean] * self.times + [last]
            if Fraction(sum(results), len(results)) == self.wanted:
                yield last


class Groups(Story, name="2つの組の平均", method="平均算 面積図"):
    situations = """a b what unit where
        男子 女子 得点 点 算数の検定
        東小学校 西小学校 走りはばとびの記録 cm 陸上大会
        午前の参加者 午後の参加者 得点 点 クイズ大会"""
    wordings = """
    {where}で、{a}{one}人の{what}の平均は{mean_one}{unit}、{b}{two}人の平均は{mean_two}{unit}でした。全体の平均は何{unit}ですか。
    {what}を調べたところ、{b}の平均が{mean_two}{unit}、{a}の平均が{mean_one}{unit}になりました。
      人数は{a}が{one}人で、{b}が{two}人です。{a}と{b}を合わせた全員の平均を求めなさい。
    {a}は{one}人いて{what}は1人平均{mean_one}{unit}、{b}は{two}人いて1人平均{mean_two}{unit}です。
      両方を1つにまとめると、平均は何{unit}になるでしょうか。"""

    def draw(self, dice: Dice) -> bool:
        """Two groups with their numbers and means."""
        self.one, self.two = dice.many(2, (4, 20), (8, 40), (15, 90))
        self.mean_one, self.mean_two = dice.many(2, (40, 95), (30, 98), (120, 170))
        total = self.one * self.mean_one + self.two * self.mean_two
        return self.mean_one != self.mean_two and total % (self.one + self.two) == 0

    def solve(self, w: Words) -> Steps:
        yield f"{w.a}の合計は、{(one := n(self.mean_one) * self.one):{w.unit}}です。"
        yield f"{w.b}の合計は、{(two := n(self.mean_two) * self.two):{w.unit}}です。"
        yield f"全体の合計は{(total := one.result + two.result):{w.unit}}、人数は{(number := n(self.one) + self.two):人}です。"
        yield f"全体の平均を求めます。{(mean := total.result / number.result):{w.unit}}"
        return Answer.of(mean, w.unit)

    def search(self) -> Found:
        """Write down everybody's value, and take the mean."""
        everybody = [self.mean_one] * self.one + [self.mean_two] * self.two
        yield Fraction(sum(everybody), len(everybody))


class UnknownGroup(Story, name="人数を求める", method="平均算 つるかめ算"):
    situations = """a b what unit
        合格者 不合格者 試験の点 点
        経験者 初心者 ゲームの得点 点
        6年生 5年生 ボール投げの得点 点"""
    wordings = """
    {people}人の{what}の平均は{mean}点でした。{a}だけの平均は{high}点、{b}だけの平均は{low}点です。{a}は何人ですか。
    {what}について、{a}の平均点{high}点と{b}の平均点{low}点をまぜた全体の平均点は{mean}点になりました。
      全体の人数が{people}人のとき、{a}の人数を求めなさい。
    {a}と{b}を合わせて{people}人います。{b}の{what}は平均{low}点ですが、平均{high}点の{a}もいるので、全員では平均{mean}点です。
      {a}は全部で何人でしょうか。"""

    def draw(self, dice: Dice) -> bool:
        """``people`` with mean ``mean``: those of one group have ``high``, the others ``low``."""
        self.people = dice((10, 40), (20, 80), (40, 300))
        self.low = dice((30, 70), (25, 75), (20, 80))
        self.high = self.low + dice((3, 25), (3, 22), (2, 20))
        group = dice.rng.randint(1, self.people - 1)
        total = self.high * group + self.low * (self.people - group)
        self.mean = total // self.people
        return total % self.people == 0

    def solve(self, w: Words) -> Steps:
        yield f"全体の合計は、{(total := n(self.mean) * self.people):{w.unit}}です。"
        yield f"全員が{self.low}{w.unit}だとすると、合計は{(least := n(self.low) * self.people):{w.unit}}です。"
        yield f"実際との差は、{(more := total.result - least.result):{w.unit}}です。"
        yield f"{w.a}は1人につき{(each := n(self.high) - self.low):{w.unit}}多いです。"
        yield f"{w.a}の人数を求めます。{(number := more.result / each.result):人}"
        return Answer.of(number, "人")

    def search(self) -> Found:
        for group in range(self.people + 1):
            total = self.high * group + self.low * (self.people - group)
            if Fraction(total, self.people) == self.mean:
                yield group


class Without(Story, name="1つのぞく"):
    situations = """thing counter unit what
        荷物 個 kg 重さ
        ひも 本 cm 長さ
        魚 ひき g 重さ"""
    wordings = """
    {thing}が{people}{counter}あり、{what}の平均は{mean}{unit}です。
      そのうち1{counter}を取りのぞくと、残りの平均は{rest}{unit}になります。取りのぞいた{thing}の{what}は何{unit}ですか。
    {people}{counter}の{thing}の{what}を平均すると{mean}{unit}でした。
      1{counter}だけ人にあげたあとでもう一度平均すると{rest}{unit}でした。あげた{thing}の{what}を求めなさい。
    赤い札のついた{thing}をのぞいた残りの{what}の平均は{rest}{unit}、のぞかないときの平均は{mean}{unit}です。
      {thing}は全部で{people}{counter}あります。赤い札のついた{thing}の{what}は何{unit}でしょうか。"""

    def draw(self, dice: Dice) -> bool:
        """``people`` with mean ``mean``; without one of them the mean of the others is ``rest``."""
        self.people = dice((4, 9), (5, 20), (8, 45))
        self.mean = dice((40, 120), (30, 160), (30, 400))
        self.rest = self.mean + dice.rng.choice((-1, 1)) * dice.rng.randint(1, 6)
        gone = self.mean * self.people - self.rest * (self.people - 1)
        return gone > 5

    def solve(self, w: Words) -> Steps:
        yield f"全体の合計は、{(whole := n(self.mean) * self.people):{w.unit}}です。"
        yield f"1つのぞくと、{(number := n(self.people) - 1):{w.counter}}になります。"
        yield f"残りの合計は、{(others := n(self.rest) * number.result):{w.unit}}です。"
        yield f"のぞいた分を求めます。{(gone := whole.result - others.result):{w.unit}}"
        return Answer.of(gone, w.unit)

    def search(self) -> Found:
        for gone in range(1, self.mean * self.people):
            others = [self.rest] * (self.people - 1)
            if Fraction(gone + sum(others), self.people) == self.mean:
                yield gone


FAMILY = family("平均算", "heikin", Next, Groups, UnknownGroup, Without)
