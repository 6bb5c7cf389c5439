"""周期算: what repeats."""

import math

from jtextkit.builders.sansu.expressions import n
from jtextkit.builders.sansu.problems import Answer
from jtextkit.builders.sansu.stories import Dice, Found, Steps, Story, Words, family


def _where(rest: int) -> tuple[str, str]:
    """What a division by the period leaves, and which of the period that is."""
    if rest:
        return f"あまり{rest}", f"あまりが{rest}なので、くり返しの{rest}番目"
    return "", "わり切れるので、くり返しの最後"


class Beads(Story, name="色の数"):
    situations = """thing x y z counter past
        ビーズ 赤 白 青 個 ひもに通し
        旗 黄色 緑 白 本 1列に立て
        タイル 黒 白 灰色 枚 1列にしき
        電球 赤 緑 黄色 個 コードにつけ"""
    wordings = """
    {x}{a}{counter}、{y}{b}{counter}、{z}{c}{counter}の順に、{thing}を同じくり返しで{past}ます。
      全部で{total}{counter}を使うとき、{x}の{thing}は何{counter}ですか。
    はじめに{x}の{thing}が{a}{counter}続き、次に{y}が{b}{counter}、そのあと{z}が{c}{counter}続きます。
      これを何度もくり返したかざりの先頭から{total}{counter}目までにふくまれる{x}の数を求めなさい。
    {total}{counter}の{thing}が、ある決まった順にならんでいます。決まりは「{x}を{a}{counter}、{y}を{b}{counter}、
      {z}を{c}{counter}、また{x}から」です。{x}の{thing}の数はいくつになるでしょうか。"""

    def draw(self, dice: Dice) -> bool:
        """``a``, ``b`` and ``c`` of three colours over and over: how many of the first in ``total``?"""
        self.a, self.b, self.c = dice.many(3, (1, 3), (1, 4), (2, 7))
        self.total = dice((20, 150), (60, 500), (300, 3000))
        return self.total % (self.a + self.b + self.c) != 0

    def solve(self, w: Words) -> Steps:
        period = n(self.a) + self.b + self.c
        length = int(period.value)
        times, rest = divmod(self.total, length)
        yield f"くり返しの1組は、{period:{w.counter}}です。"
        yield f"全体には何組あるかを求めます。{self.total}÷{length}＝{times}あまり{rest}"
        more = min(rest, self.a)
        yield f"あまりの{rest}{w.counter}のうち、{w.x}は{more}{w.counter}です。"
        yield f"{w.x}の数を求めます。{(total := n(self.a) * times + more):{w.counter}}"
        return Answer.of(total, w.counter)

    def search(self) -> Found:
        """Lay out the whole row, letter by letter."""
        period = "a" * self.a + "b" * self.b + "c" * self.c
        yield (period * (self.total + 1))[: self.total].count("a")


_REPEATING = {7: 6, 11: 2, 13: 6, 27: 3, 37: 3, 41: 5, 33: 2, 101: 4}
_NAMES = """who
    ともき
    かおり
    しおん"""


class Digits(Story, name="小数の数字"):
    situations = _NAMES
    wordings = """
    分数{top}/{bottom}を小数で表したとき、小数第{place}位の数字は何ですか。
    {who}さんが{top}÷{bottom}をわり進めると、商の小数点以下に同じ数字の列がくり返し現れました。
      小数点のすぐ右から数えて{place}番目の数字を求めなさい。"""

    def draw(self, dice: Dice) -> bool:
        """Digit number ``place`` after the point of ``top``/``bottom``."""
        self.bottom = dice.rng.choice(dice.pick((7, 11, 13), (7, 13, 27, 37), (7, 13, 41, 37, 101)))
        self.top = dice.rng.randint(1, self.bottom - 1)
        self.place = dice((10, 100), (20, 300), (100, 2000))
        return self.bottom != 27 or self.top % 3 != 0

    def solve(self, _w: Words) -> Steps:
        period = _REPEATING[self.bottom]
        block = self.top * (10**period - 1) // self.bottom
        digits = f"{block:0{period}d}"
        times, rest = divmod(self.place, period)
        yield f"{self.top}÷{self.bottom}を計算すると、小数点以下は「{digits}」の{period}つの数字がくり返されます。"
        which = rest or period
        left, end = _where(rest)
        yield f"{self.place}番目までに何回くり返すかを求めます。{self.place}÷{period}＝{times}{left}"
        yield f"{end}の数字は{digits[which - 1]}です。"
        return Answer.of(int(digits[which - 1]), "")

    def search(self) -> Found:
        """Divide by hand, digit after digit."""
        rest, digit = self.top, 0
        for _ in range(self.place):
            digit, rest = divmod(rest * 10, self.bottom)
        yield digit


class Power(Story, name="一の位"):
    situations = _NAMES
    wordings = """
    {base}を{times}個かけ合わせた積を考えます。この積の一の位の数字を求めなさい。
    {who}さんは電たくで{base}に{base}をかけ、その答えにまた{base}をかけることをくり返します。
      かける{base}の数が全部で{times}個になったとき、答えの一の位は何でしょうか。"""

    def draw(self, dice: Dice) -> None:
        """The last digit of ``base`` multiplied ``times`` times."""
        self.base = dice.rng.choice(
            dice.pick((2, 3, 7, 8), (2, 3, 7, 8, 12, 13), (2, 3, 7, 8, 17, 18, 23, 32))
        )
        self.times = dice((8, 200), (20, 500), (100, 3000))

    def solve(self, _w: Words) -> Steps:
        last = [self.base % 10]
        while (following := last[-1] * self.base % 10) != last[0]:
            last.append(following)
        period = len(last)
        times, rest = divmod(self.times, period)
        yield f"一の位だけを計算していくと、{'、'.join(map(str, last))}の{period}つがくり返されます。"
        which = last[(rest or period) - 1]
        left, end = _where(rest)
        yield f"{self.times}回かけるまでのくり返しを求めます。{self.times}÷{period}＝{times}{left}"
        yield f"{end}の数字は{which}です。"
        return Answer.of(which, "")

    def search(self) -> Found:
        """Multiply again and again, keeping three digits."""
        number = 1
        for _ in range(self.times):
            number = number * self.base % 1000
        yield number % 10


class Light(Story, name="ついたり消えたり"):
    situations = """thing does te stops
        灯台 光る 光って 消える
        信号灯 点灯する 点灯して 消える
        ふん水 水が出る 水が出て 止まる"""
    wordings = """
    {on}秒間{te}は{off}秒間{stops}ことをくり返す{thing}があります。
      {te}いる状態になった瞬間から{total}秒間に、{does}時間は合計何秒ですか。
    ある{thing}を{total}秒間見ていました。見始めたのはちょうど{does}状態に変わったときで、{does}時間が{on}秒、
      そうでない時間が{off}秒の順に、くり返していました。{does}のを見ていた時間は全部で何秒でしょうか。"""

    def draw(self, dice: Dice) -> bool:
        """Shines ``on`` seconds, is dark ``off`` seconds; how long does it shine in ``total``?"""
        self.on, self.off = dice.many(2, (2, 9), (2, 15), (3, 40))
        self.total = dice((30, 300), (60, 900), (300, 5000))
        return self.total % (self.on + self.off) != 0 and self.on != self.off

    def solve(self, w: Words) -> Steps:
        period = n(self.on) + self.off
        length = int(period.value)
        times, rest = divmod(self.total, length)
        yield f"1回のくり返しは、{period:秒}です。"
        yield f"{self.total}秒間のくり返しを求めます。{self.total}÷{length}＝{times}あまり{rest}"
        more = min(rest, self.on)
        yield f"あまりの{rest}秒のうち、{w.does}のは{more}秒です。"
        yield f"{w.does}時間の合計を求めます。{(total := n(self.on) * times + more):秒}"
        return Answer.of(total, "秒")

    def search(self) -> Found:
        """Look at it every second."""
        shining = 0
        left, bright = self.on, True
        for _ in range(self.total):
            shining += bright
            left -= 1
            if left == 0:
                bright = not bright
                left = self.on if bright else self.off
        yield shining


class Again(Story, name="同時になる回数", method="周期算 倍数と約数"):
    situations = """A B does te plain place
        駅行きのバス 病院行きのバス 発車し 発車して 発車する バスターミナル
        大きなかね 小さなかね 鳴り 鳴って 鳴る 広場の時計台
        赤いロープウェイ 青いロープウェイ 出発し 出発して 出発する ふもとの駅"""
    wordings = """
    {place}では、{A}が{a}分ごと、{B}が{b}分ごとに{does}ます。今、両方が同時に{does}ました。
      今から{total}分後までの間に、両方が同時に{plain}のは、今の1回もふくめて何回ですか。
    {A}と{B}が{place}で同時に{te}から、{total}分がたちました。{A}は{a}分おき、{B}は{b}分おきに{plain}ことになっています。
      最初の同時をふくめて、同時だった回数を求めなさい。
    {plain}間かくは、{A}が{a}分、{B}が{b}分です。{place}で最初に両方いっしょに{does}、そのあとの{total}分間ずっと続くと、
      いっしょに{plain}回数は最初もふくめて何回になるでしょうか。"""

    def draw(self, dice: Dice) -> bool:
        """Two things happen together now, and every ``a`` and ``b`` minutes; how often in ``total``?"""
        self.a, self.b = dice.many(2, (4, 20), (6, 40), (12, 90))
        self.total = dice((60, 300), (120, 720), (400, 3000))
        return (
            self.a != self.b
            and self.b % self.a != 0
            and self.a % self.b != 0
            and self.total > self.a * self.b // 2
        )

    def solve(self, _w: Words) -> Steps:
        both = math.lcm(self.a, self.b)
        times, rest = divmod(self.total, both)
        yield f"同時になるのは、{self.a}と{self.b}の最小公倍数の{both}分ごとです。"
        shown = f"{self.total}÷{both}＝{times}" + (f"あまり{rest}" if rest else "")
        yield f"{self.total}分の間に何回あるかを求めます。{shown}"
        yield f"はじめの1回もふくめて数えます。{(total := n(times) + 1):回}"
        return Answer.of(total, "回")

    def search(self) -> Found:
        """Look at the clock every minute."""
        yield sum(not t % self.a and not t % self.b for t in range(self.total + 1))


FAMILY = family("周期算", "shuki", Beads, Digits, Power, Light, Again)
