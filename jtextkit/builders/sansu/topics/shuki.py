"""周期算: what repeats."""

import math

from jtextkit.builders.sansu.expressions import n
from jtextkit.builders.sansu.problems import Answer
from jtextkit.builders.sansu.stories import Dice, Found, Steps, Story, Words, found, topic


def _which(rest: int) -> str:
    """Which place of the period a division by it leaves."""
    return (
        f"あまりが{rest}なので、くり返しの{rest}番目" if rest else "わり切れるので、くり返しの最後"
    )


class Beads(Story, name="色の数"):
    situations = "thing x y z counter past / ビーズ 赤 白 青 個 ひもに通し / 旗 黄色 緑 白 本 1列に立て / タイル 黒 白 灰色 枚 1列にしき / 電球 赤 緑 黄色 個 コードにつけ"
    facts = "total {counter} {thing}の数の合計"
    wordings = """
    {x}{a}{counter}、{y}{b}{counter}、{z}{c}{counter}の順に、{thing}を同じくり返しで{past}ます。／{x}の{thing}は何{counter}ですか。
    {thing}を、はじめに{x}を{a}{counter}、次に{y}を{b}{counter}、そのあと{z}を{c}{counter}と{past}、また{x}からくり返します。／{x}の{thing}の数を求めなさい。
    {x}{a}{counter}、{y}{b}{counter}、{z}{c}{counter}の順に、{thing}を同じくり返しで{past}ます。全部で{total}{counter}を使うとき、{x}の{thing}は何{counter}ですか。"""

    def draw(self, dice: Dice) -> bool:
        self.a, self.b, self.c = dice.many(3, (1, 3), (1, 4))
        self.total = dice((20, 80), (40, 150))
        return self.total % (self.a + self.b + self.c) != 0

    def solve(self, w: Words) -> Steps:
        yield f"くり返しの1組は、{(period := n(self.a) + self.b + self.c):{w.counter}}です。"
        times, rest = divmod(self.total, int(period.value))
        yield f"全体には何組あるかを求めます。{n(self.total).remainder(int(period.value))}"
        more = min(rest, self.a)
        yield f"あまりの{rest}{w.counter}のうち、{w.x}は{more}{w.counter}です。{w.x}の数を求めます。{(total := n(self.a) * n(times, '組') + n(more, '個')):{w.counter}}"
        return Answer.of(total, w.counter)

    def search(self) -> Found:
        period = [True] * self.a + [False] * (self.b + self.c)
        yield sum(period[place % len(period)] for place in range(self.total))


_REPEATING = {7: 6, 11: 2, 13: 6, 37: 3, 41: 5, 101: 4}


class Light(Story, name="ついたり消えたり"):
    situations = "thing does te stops / 灯台 光る 光って 消える / 信号灯 点灯する 点灯して 消える / ふん水 水が出る 水が出て 止まる"
    facts = "on~ 秒 1回に{te}いる時間 / off~ 秒 1回に{stops}時間 / total 秒 {thing}を見ていた時間"
    wordings = """
    {te}は{stops}ことをくり返す{thing}があります。{te}いる状態になった瞬間から見始めると、{does}のを見ていた時間は合計何秒ですか。
    {thing}が、決まった時間{te}、決まった時間{stops}ことをくり返しています。ちょうど{does}状態に変わったときから見ていました。{does}時間は全部で何秒でしょうか。
    {on}秒間{te}は{off}秒間{stops}ことをくり返す{thing}があります。{te}いる状態になった瞬間から{total}秒間に、{does}時間は合計何秒ですか。"""

    def draw(self, dice: Dice) -> bool:
        self.on, self.off = dice.many(2, (2, 9), (3, 12))
        self.total = dice((40, 150), (60, 300))
        return self.total % (self.on + self.off) != 0 and self.on != self.off

    def solve(self, w: Words) -> Steps:
        yield f"1回のくり返しは、{(period := n(self.on) + self.off):秒}です。"
        times, rest = divmod(self.total, int(period.value))
        yield f"{self.total}秒間のくり返しを求めます。{n(self.total).remainder(int(period.value))}"
        more = min(rest, self.on)
        yield f"あまりの{rest}秒のうち、{w.does}のは{more}秒です。{w.does}時間の合計を求めます。{(total := n(self.on) * n(times, '回') + n(more, '秒')):秒}"
        return Answer.of(total, "秒")

    search = found(
        lambda self: sum(second % (self.on + self.off) < self.on for second in range(self.total))
    )


class Again(Story, name="同時になる回数", method="周期算 倍数と約数"):
    situations = "A B does te plain place / 駅行きのバス 病院行きのバス 発車し 発車して 発車する バスターミナル / 大きなかね 小さなかね 鳴り 鳴って 鳴る 広場の時計台 / 赤いロープウェイ 青いロープウェイ 出発し 出発して 出発する ふもとの駅"
    facts = "a~ 分 {A}が{plain}間かく / b~ 分 {B}が{plain}間かく / total 分 調べた時間"
    wordings = """
    {place}では、{A}と{B}が、それぞれ決まった間かくで{does}ます。両方が同時に{plain}ところから調べ始めました。調べている間に、両方が同時に{plain}のは、はじめの1回もふくめて何回ですか。
    {A}と{B}が{place}で同時に{does}、そのあとも一定の間かくで続きます。同時に{plain}回数を、最初と最後もふくめて求めなさい。
    {place}では、{A}が{a}分ごと、{B}が{b}分ごとに{does}ます。今、両方が同時に{does}ました。今から{total}分後までの間に、両方が同時に{plain}のは、今の1回もふくめて何回ですか。"""

    def draw(self, dice: Dice) -> bool:
        self.a, self.b = dice.many(2, (4, 18), (6, 24))
        self.total = dice((90, 240), (120, 360))
        large, small = max(self.a, self.b), min(self.a, self.b)
        return large % small != 0 and self.total > 1.5 * math.lcm(self.a, self.b)

    def solve(self, _w: Words) -> Steps:
        both = math.lcm(self.a, self.b)
        yield f"同時になるのは、{self.a}と{self.b}の最小公倍数の{both}分ごとです。"
        yield f"{self.total}分の間に何回あるかを求めます。{n(self.total).remainder(both)}"
        yield f"はじめの1回もふくめて数えます。{(total := n(self.total // both, '商') + 1):回}"
        return Answer.of(total, "回")

    search = found(
        lambda self: sum(
            1 for one in range(self.total + 1) if not one % self.a and not one % self.b
        )
    )


TOPIC = topic("周期算", "shuki", Beads, Light, Again)
