"""仕事算: work that several do together, by what each does in a day."""

import math
from fractions import Fraction

from jtextkit.builders.sansu.expressions import n
from jtextkit.builders.sansu.problems import Answer
from jtextkit.builders.sansu.stories import Dice, Found, Steps, Story, Words, family

_MOST_DAYS = 1000
_WORKERS = """A B work do unit time
    Aさん Bさん 畑をたがやす仕事 する 日 日
    父 兄 へいにペンキをぬる仕事 する 時間 時間
    機械A 機械B 部品を作る作業 する 時間 時間
    A管 B管 水そうを満水にする作業 する 分 分"""


class Together(Story, name="いっしょにする"):
    situations = _WORKERS
    wordings = """
    {work}を、{A}だけですると{a}{time}、{B}だけですると{b}{time}かかります。{A}と{B}がいっしょにすると、何{time}で終わりますか。
    {A}は{a}{time}、{B}は{b}{time}あれば、1つの{work}をそれぞれ終えられます。
      はじめから両方の力を合わせたとき、終わるまでの時間は何{time}でしょうか。
    同じ{work}にかかる時間をくらべると、{B}の場合は{b}{time}、{A}の場合は{a}{time}でした。
      1{unit}に進む量はいつも同じとして、両方が同時に取りかかったときにかかる時間を求めなさい。
    {work}をたのむ先が2つあります。{A}にたのむと{a}{time}後、{B}にたのむと{b}{time}後に仕上がります。
      両方にたのんで分担してもらうと、最も早くて何{time}後に仕上がりますか。"""

    def draw(self, dice: Dice) -> bool:
        """One alone needs ``a`` days, the other ``b``."""
        top = dice.pick(60, 200, 900)
        self.a, self.b = dice.rng.randint(2, top), dice.rng.randint(2, top)
        return self.a != self.b and self.a * self.b % (self.a + self.b) == 0

    def solve(self, w: Words) -> Steps:
        whole = math.lcm(self.a, self.b)
        yield f"全体の量を{self.a}と{self.b}の最小公倍数の{whole}とします。"
        yield f"1{w.unit}にする量は、{w.A}が{(one := n(whole) / self.a):=}、{w.B}が{(two := n(whole) / self.b):=}です。"
        yield f"いっしょにすると、1{w.unit}に{(rate := one.result + two.result):=}進みます。"
        yield f"かかる時間を求めます。{(days := n(whole) / rate.result):{w.time}}"
        return Answer.of(days, w.time)

    def search(self) -> Found:
        """Add up each one's share of the work, day after day."""
        done, days = Fraction(0), 0
        while done < 1:
            done += Fraction(1, self.a) + Fraction(1, self.b)
            days += 1
        if done == 1:
            yield days


class Alone(Story, name="交代する"):
    situations = _WORKERS
    wordings = """
    {A}だけですると{a}{time}、{B}だけですると{b}{time}かかる仕事があります。
      はじめの{first}{time}は{A}がして、そのあとを{B}にかわりました。{B}は何{time}で残りを終えますか。
    {work}を{A}が始めましたが、{first}{time}たったところで{B}と交代し、残りは全部{B}がしました。
      この仕事の全体は、{A}なら{a}{time}、{B}なら{b}{time}かかる量です。{B}がした時間を求めなさい。
    全部を終えるのに{B}は{b}{time}、{A}は{a}{time}かかります。
      {A}による作業が{first}{time}分だけすんでいるとすると、{B}があと何{time}続ければ{work}は完了するでしょうか。"""

    def draw(self, dice: Dice) -> bool:
        """One needs ``a`` days, the other ``b``; the first works ``first`` days alone."""
        top = dice.pick(48, 70, 150)
        self.a, self.b = dice.rng.randint(4, top), dice.rng.randint(4, top)
        self.first = dice.rng.randint(1, self.a - 1)
        rest = Fraction(self.a - self.first, self.a) * self.b
        return self.a != self.b and rest.denominator == 1

    def solve(self, w: Words) -> Steps:
        whole = math.lcm(self.a, self.b)
        yield f"全体の量を{whole}とすると、1{w.unit}にする量は、{w.A}が{(one := n(whole) / self.a):=}、{w.B}が{(two := n(whole) / self.b):=}です。"
        yield f"{w.A}がした量は、{(done := one.result * self.first):=}です。"
        yield f"残りの量は、{(rest := n(whole) - done.result):=}です。"
        yield f"{w.B}がかかる時間を求めます。{(days := rest.result / two.result):{w.time}}"
        return Answer.of(days, w.time)

    def search(self) -> Found:
        for days in range(1, _MOST_DAYS):
            if Fraction(self.first, self.a) + Fraction(days, self.b) == 1:
                yield days


class Stops(Story, name="とちゅうでやめる"):
    situations = _WORKERS
    wordings = """
    {A}だけだと{a}{time}、{B}だけだと{b}{time}かかる{work}があります。
      いっしょに始めましたが、{both}{time}で{A}がやめ、あとは{B}だけで最後まで続けました。全部で何{time}かかりましたか。
    {work}にかかる時間は、{A}が{a}{time}、{B}が{b}{time}です。はじめは両方で取り組み、{A}は{both}{time}たつとぬけてしまいます。
      開始から完了までの時間を求めなさい。
    {B}は{work}を最初から最後まで休まずに続け、{A}は最初の{both}{time}だけ手伝いました。
      一方だけでするときの時間が{A}は{a}{time}、{B}は{b}{time}だとすると、{B}が続けた時間は何{time}でしょうか。"""

    def draw(self, dice: Dice) -> bool:
        """Both begin; after ``both`` days the first stops."""
        top = dice.pick(48, 70, 150)
        self.a, self.b = dice.rng.randint(4, top), dice.rng.randint(4, top)
        self.both = dice.rng.randint(1, max(1, self.a * self.b // (self.a + self.b) - 1))
        left = 1 - self.both * (Fraction(1, self.a) + Fraction(1, self.b))
        days = left * self.b
        return self.a != self.b and days > 0 and days.denominator == 1

    def solve(self, w: Words) -> Steps:
        whole = math.lcm(self.a, self.b)
        yield f"全体の量を{whole}とすると、1{w.unit}にする量は、{w.A}が{(one := n(whole) / self.a):=}、{w.B}が{(two := n(whole) / self.b):=}です。"
        yield f"いっしょにした{self.both}{w.time}では、1{w.unit}に{(rate := one.result + two.result):=}ずつ進みます。"
        yield f"その間に進んだ量は、{(done := rate.result * self.both):=}です。"
        yield f"残りの量は、{(rest := n(whole) - done.result):=}です。"
        yield f"残りを{w.B}だけですると、{(days := rest.result / two.result):{w.time}}かかります。"
        yield f"はじめからの時間は、{(total := n(self.both) + days.result):{w.time}}です。"
        return Answer.of(total, w.time)

    def search(self) -> Found:
        """Work on until nothing is left."""
        left, days = Fraction(1), 0
        while left > 0 and days < _MOST_DAYS:
            left -= Fraction(1, self.b) + (Fraction(1, self.a) if days < self.both else 0)
            days += 1
        if left == 0:
            yield days


class OtherWorker(Story, name="もう一方だけなら"):
    situations = _WORKERS
    wordings = """
    {A}と{B}がいっしょにすると{both}{time}で終わる{work}があります。これを{A}だけですると{a}{time}かかります。
      {B}だけですると何{time}かかりますか。
    {work}は、{A}だけでは{a}{time}かかりますが、{B}も加わったので{both}{time}で仕上がりました。
      もし{A}がいなかったら、{B}は何{time}かかったでしょうか。"""

    def draw(self, dice: Dice) -> bool:
        """Together ``both`` days, one alone ``a``."""
        top = dice.pick(60, 200, 900)
        self.a, b = dice.rng.randint(3, top), dice.rng.randint(3, top)
        self.both = self.a * b // (self.a + b)
        return self.a != b and self.a * b % (self.a + b) == 0

    def solve(self, w: Words) -> Steps:
        whole = math.lcm(self.a, self.both)
        yield f"全体の量を{self.both}と{self.a}の最小公倍数の{whole}とします。"
        yield f"1{w.unit}に進む量は、いっしょだと{(rate := n(whole) / self.both):=}、{w.A}だけだと{(one := n(whole) / self.a):=}です。"
        yield f"{w.B}が1{w.unit}にする量は、{(two := rate.result - one.result):=}です。"
        yield f"{w.B}だけでかかる時間を求めます。{(days := n(whole) / two.result):{w.time}}"
        return Answer.of(days, w.time)

    def search(self) -> Found:
        top = self.both * self.a + 1
        for b in range(self.both + 1, top):
            if self.both * (self.a + b) == self.a * b:
                yield b


FAMILY = family("仕事算", "shigoto", Together, Alone, Stops, OtherWorker)
