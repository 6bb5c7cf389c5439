"""速さと比: equal times, equal ways, and the speeds' ratio."""

import math
from fractions import Fraction

from jtextkit.builders.sansu.expressions import n
from jtextkit.builders.sansu.problems import Answer
from jtextkit.builders.sansu.stories import Dice, Found, Steps, Story, Words, root, topic

_PAIRS = "a b p q / 兄 弟 家 学校 / 母 なぎささん 駅 家 / ゆうさん まことさん 公園 図書館 / 姉 妹 家 プール"


def _ratio(dice: Dice) -> tuple[int, int]:
    """The larger first."""
    while True:
        small, large = sorted(dice.many(2, (2, 7), (2, 9)))
        if small != large and math.gcd(small, large) == 1 and large < 2 * small:
            return large, small


class SameWay(Story, name="時間の比", method="速さと比 逆比"):
    situations = _PAIRS
    facts = "minutes 分 {a}が{p}から{q}まで行くのにかかる時間"
    wordings = """
    {a}と{b}の歩く速さの比は{x}：{y}です。{b}が{p}から{q}まで行くと、何分かかりますか。
    {p}から{q}まで、{a}と{b}がそれぞれ一定の速さで歩きます。2人の速さの比は{x}：{y}です。{b}がかかる時間は何分ですか。
    {a}と{b}の歩く速さの比は{x}：{y}です。{a}が{minutes}分かかる道のりを{b}が歩くと、何分かかりますか。"""

    def draw(self, dice: Dice) -> None:
        self.x, self.y = _ratio(dice)
        self.minutes = self.y * dice((2, 6), (2, 8))

    def solve(self, w: Words) -> Steps:
        yield f"同じ道のりを進む時間の比は、速さの比の逆で、{w.a}と{w.b}では{self.y}：{self.x}です。"
        yield f"比の1にあたる時間は、{(one := n(self.minutes) / n(self.y, '比')):分}です。"
        yield f"{w.b}がかかる時間は、{(found := one.result * n(self.x, '比')):分}です。"
        return Answer.of(found, "分")

    search = root(lambda self, minutes: self.x * self.minutes - self.y * minutes)


class SameTime(Story, name="道のりの比", method="速さと比"):
    situations = _PAIRS
    facts = "metres m {p}と{q}の間の道のり"
    wordings = """
    {a}は{p}から、{b}は{q}から、向かい合って同時に出発しました。{a}と{b}の速さの比は{x}：{y}です。2人が出会うのは、{p}から何mのところですか。
    {p}を出た{a}と{q}を同時に出た{b}が、まっすぐな道のとちゅうで出会いました。2人の速さの比は{x}：{y}です。{p}から出会った地点までの道のりを求めなさい。
    {metres}mはなれた{p}と{q}から、{a}と{b}が向かい合って同時に出発しました。{a}と{b}の速さの比は{x}：{y}です。出会うのは{p}から何mのところですか。"""

    def draw(self, dice: Dice) -> None:
        self.x, self.y = _ratio(dice)
        self.metres = (self.x + self.y) * 10 * dice((8, 20), (8, 30))

    def solve(self, w: Words) -> Steps:
        yield "同じ時間に進む道のりの比は、速さの比と同じです。"
        yield f"全体の道のりは、比の{(whole := n(self.x, '比') + n(self.y, '比')):=}にあたります。"
        yield f"比の1にあたる道のりは、{(one := n(self.metres) / whole.result):m}です。"
        yield f"{w.a}が進んだ道のりは、{(way := one.result * n(self.x, '比')):m}です。"
        return Answer.of(way, "m")

    search = root(lambda self, way: way * self.y - ((self.metres - way) * self.x))


class Mean(Story, name="往復の平均の速さ", method="速さ 平均"):
    situations = _PAIRS
    facts = "way m {p}から{q}までの道のり / go~ 分速 {a}の行きの速さ / back~ 分速 {a}の帰りの速さ"
    wordings = """
    {a}が{p}と{q}の間を往復しました。往復の平均の速さは分速何mですか。
    {a}は{p}から{q}まで行き、すぐに同じ道をもどりました。往復全体の平均の速さは分速何mですか。
    {a}が{way}mはなれた{p}と{q}の間を往復しました。行きは分速{go}m、帰りは分速{back}mでした。往復の平均の速さは分速何mですか。"""

    def draw(self, dice: Dice) -> bool:
        self.go, self.back = (5 * speed for speed in dice.rng.sample(range(8, 25), 2))
        self.way = math.lcm(self.go, self.back) * dice((1, 2), (1, 3))
        total = Fraction(self.way, self.go) + Fraction(self.way, self.back)
        return 400 <= self.way <= 3000 and (2 * self.way / total).denominator == 1

    def solve(self, _w: Words) -> Steps:
        yield f"行きにかかった時間は{(one := n(self.way) / self.go):分}、帰りにかかった時間は{(two := n(self.way) / self.back):分}です。"
        yield f"往復の時間は、{(time := one.result + two.result):分}です。"
        yield f"往復の道のりは、{(way := n(self.way) * 2):m}です。"
        yield f"1分間に進んだ道のりは、{(mean := way.result / time.result):m}です。"
        return Answer.speed("分速", mean, "m")

    def search(self) -> Found:
        minutes = Fraction(self.way, self.go) + Fraction(self.way, self.back)
        for speed in range(1, 200):
            if speed * minutes == 2 * self.way:
                yield speed


TOPIC = topic("速さと比", "hayahi", SameWay, SameTime, Mean)
