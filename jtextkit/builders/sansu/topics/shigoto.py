"""仕事算: work that several do together, by what each does in a day."""

import math
from fractions import Fraction

from jtextkit.builders.sansu.expressions import n
from jtextkit.builders.sansu.problems import Answer
from jtextkit.builders.sansu.stories import Dice, Steps, Story, Words, root, topic

_WORKERS = "A B work time span / たかしさん けいさん 畑をたがやす仕事 日 日数 / 父 兄 へいにペンキをぬる仕事 時間 時間 / 古い機械 新しい機械 部品を作る作業 時間 時間 / 太い管 細い管 水そうを満水にする作業 分 時間"
_ALONE = "a~ {time} {A}だけでするときにかかる{span} / b~ {time} {B}だけでするときにかかる{span}"


def _pair(dice: Dice, top: int) -> tuple[int, int]:
    return dice.rng.randint(4, top), dice.rng.randint(4, top)


class Together(Story, name="いっしょにする"):
    situations = _WORKERS
    facts = _ALONE
    wordings = """
    {work}を、{A}と{B}がいっしょにします。何{time}で終わりますか。
    {work}があります。{A}と{B}が力を合わせて同時に始めると、終わるまでに何{time}かかりますか。
    {work}を、{A}だけですると{a}{time}、{B}だけですると{b}{time}かかります。{A}と{B}がいっしょにすると、何{time}で終わりますか。"""

    def draw(self, dice: Dice) -> bool:
        self.a, self.b = _pair(dice, 60)
        return self.a != self.b and self.a * self.b % (self.a + self.b) == 0

    def solve(self, w: Words) -> Steps:
        whole = math.lcm(self.a, self.b)
        yield f"全体の量を{self.a}と{self.b}の最小公倍数の{whole}とします。1{w.time}にする量は、{w.A}が{(one := n(whole, '全体') / self.a):=}、{w.B}が{(two := n(whole, '全体') / self.b):=}です。"
        yield f"いっしょにすると、1{w.time}に{(rate := one.result + two.result):=}進みます。"
        yield f"かかる時間を求めます。{(days := n(whole, '全体') / rate.result):{w.time}}"
        return Answer.of(days, w.time)

    search = root(lambda self, days: Fraction(days, self.a) + Fraction(days, self.b) - 1)


class Stops(Story, name="とちゅうでやめる"):
    situations = _WORKERS
    facts = f"{_ALONE} / both {{time}} いっしょにした{{span}}"
    wordings = """
    {work}を、{A}と{B}がいっしょに始めました。とちゅうで{A}がやめ、あとは{B}だけで最後まで続けました。始めてから終わるまでに何{time}かかりましたか。
    {B}は{work}を最初から最後まで続け、{A}は最初だけ手伝いました。{B}が続けた時間は全部で何{time}でしょうか。
    {A}だけだと{a}{time}、{B}だけだと{b}{time}かかる{work}があります。いっしょに始めましたが、{both}{time}で{A}がやめ、あとは{B}だけで最後まで続けました。全部で何{time}かかりましたか。"""

    def draw(self, dice: Dice) -> bool:
        self.a, self.b = _pair(dice, 40)
        self.both = dice.rng.randint(1, max(1, self.a * self.b // (self.a + self.b) - 1))
        days = (1 - self.both * (Fraction(1, self.a) + Fraction(1, self.b))) * self.b
        return self.a != self.b and days > 0 and days.denominator == 1

    def solve(self, w: Words) -> Steps:
        whole = math.lcm(self.a, self.b)
        yield f"全体の量を{whole}とすると、1{w.time}にする量は、{w.A}が{(one := n(whole, '全体') / self.a):=}、{w.B}が{(two := n(whole, '全体') / self.b):=}です。"
        yield f"いっしょにすると、1{w.time}に{(rate := one.result + two.result):=}ずつ進みます。"
        yield f"いっしょにした{self.both}{w.time}で進んだ量は、{(done := rate.result * self.both):=}です。"
        yield f"残りの量{(rest := n(whole, '全体') - done.result):=}を{w.B}だけですると、{(days := rest.result / two.result):{w.time}}かかります。"
        yield f"はじめからの時間は、{(total := n(self.both) + days.result):{w.time}}です。"
        return Answer.of(total, w.time)

    search = root(lambda self, total: Fraction(self.both, self.a) + Fraction(total, self.b) - 1)


class OtherWorker(Story, name="もう一方だけなら"):
    situations = _WORKERS
    facts = "both~ {time} {A}と{B}がいっしょにするときにかかる{span} / a~ {time} {A}だけでするときにかかる{span}"
    wordings = """
    {work}を、{B}だけでします。何{time}かかりますか。
    {work}があります。{B}だけで最初から最後までするとき、かかる時間は何{time}ですか。
    {A}と{B}がいっしょにすると{both}{time}で終わる{work}があります。これを{A}だけですると{a}{time}かかります。{B}だけですると何{time}かかりますか。"""

    def draw(self, dice: Dice) -> bool:
        self.a, b = _pair(dice, 60)
        self.both = self.a * b // (self.a + b)
        return self.a != b and self.a * b % (self.a + b) == 0

    def solve(self, w: Words) -> Steps:
        whole = math.lcm(self.a, self.both)
        yield f"全体の量を{self.both}と{self.a}の最小公倍数の{whole}とします。1{w.time}に進む量は、いっしょだと{(rate := n(whole, '全体') / self.both):=}、{w.A}だけだと{(one := n(whole, '全体') / self.a):=}です。"
        yield f"{w.B}が1{w.time}にする量は、{(two := rate.result - one.result):=}です。"
        yield f"{w.B}だけでかかる時間を求めます。{(days := n(whole, '全体') / two.result):{w.time}}"
        return Answer.of(days, w.time)

    search = root(lambda self, days: self.both * (self.a + days) - self.a * days)


TOPIC = topic("仕事算", "shigoto", Together, Stops, OtherWorker)
