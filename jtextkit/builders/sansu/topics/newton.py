"""ニュートン算: what is there grows while it is being used up."""

from jtextkit.builders.sansu.expressions import n
from jtextkit.builders.sansu.problems import Answer
from jtextkit.builders.sansu.stories import Dice, Found, Steps, Story, Words, topic

_MOST = 2000
_QUEUES = "place gate / 遊園地の入り口 ゲート / 映画館の売り場 窓口 / 美術館の受付 受付"
_COME = "start 人 はじめに並んでいた人数 / come~ 人 1分間に新しく列に並ぶ人数"


class Queue(Story, name="行列"):
    situations = _QUEUES
    facts = f"{_COME} / each~ 人 {{gate}}1つが1分間に通す人数"
    wordings = """
    {place}に行列ができています。人があとからも来て並びますが、{gate}を{gates}つ開けることにしました。行列は何分でなくなりますか。
    {place}で{gate}を{gates}つ開けました。列には次々に人が並びます。／並ぶ人がいなくなるまでに何分かかりますか。
    {place}に{start}人の行列ができていて、さらに毎分{come}人ずつ列に並びます。{gate}1つにつき毎分{each}人ずつ通れます。{gate}を{gates}つ開けると、行列は何分でなくなりますか。"""

    def draw(self, dice: Dice) -> bool:
        self.come = dice((2, 12), (3, 20))
        self.gates = dice((2, 3), (2, 4))
        self.each = dice((3, 12), (4, 15))
        less = self.gates * self.each - self.come
        self.start = less * dice((5, 25), (8, 30))
        return less > 0 and self.start <= 400

    def solve(self, _w: Words) -> Steps:
        yield f"1分間に通る人数は、{(out := n(self.each) * self.gates):人}です。"
        yield f"1分間に{self.come}人ずつ増えるので、差し引き{(less := out.result - self.come):人}ずつへっていきます。"
        yield f"なくなるまでの時間を求めます。{(minutes := n(self.start) / less.result):分}"
        return Answer.of(minutes, "分")

    def search(self) -> Found:
        waiting, minutes = self.start, 0
        while waiting > 0 and minutes < _MOST:
            waiting, minutes = waiting + self.come - self.gates * self.each, minutes + 1
        if not waiting:
            yield minutes


class Pasture(Story, name="牧草"):
    situations = "place who / 牧場 牛 / 草原 羊 / 牧草地 馬"
    facts = "days~ 日 {who}を{a}頭入れたときに草がなくなるまでの日数 / more~ 日 {who}を{b}頭入れたときに草がなくなるまでの日数"
    wordings = """
    毎日同じ量の草が生える{place}があり、{who}が草を食べます。どの{who}も1日に食べる量は同じです。{who}を{c}頭入れると、何日で草がなくなりますか。
    ある{place}の草は、毎日一定の量ずつのびます。{who}1頭の1日の食べる量はみな等しいとします。{c}頭の{who}では、草は何日でなくなりますか。
    毎日同じ量の草が生える{place}があります。{who}を{a}頭放すと{days}日で、{b}頭放すと{more}日で草を食べつくします。どの{who}も1日に食べる量は同じです。{who}を{c}頭放すと、何日で食べつくしますか。"""

    def draw(self, dice: Dice) -> bool:
        grow = dice((2, 8), (3, 12))
        grass = dice((24, 180), (40, 300))
        rates = [rate for rate in range(1, 30) if grass % rate == 0 and grass // rate <= 60]
        if len(rates) < 3:
            return False
        fast, middle, slow = sorted(dice.rng.sample(rates, 3), reverse=True)
        self.a, self.days = grow + middle, grass // middle
        self.b, self.more = grow + slow, grass // slow
        self.c = grow + fast
        return grass // fast > 1

    def solve(self, w: Words) -> Steps:
        one, two = n(self.a) * self.days, n(self.b) * self.more
        yield f"{w.who}1頭が1日に食べる量を1とします。{self.days}日で食べた量は{one:=}、{self.more}日で食べた量は{two:=}です。"
        yield f"この差{(grown := two.result - one.result):=}は、{(span := n(self.more) - self.days):日}の間に生えた草の量です。"
        yield f"1日に生える草の量は、{(grow := grown.result / span.result):=}です。"
        yield f"はじめの草の量は、{(start := one.result - grow.result * self.days):=}です。"
        yield f"{self.c}頭だと、草は1日に{(less := n(self.c) - grow.result):=}ずつへります。"
        yield f"食べつくすまでの日数を求めます。{(days := start.result / less.result):日}"
        return Answer.of(days, "日")

    def search(self) -> Found:
        """Every growth and first amount of grass that fit both herds."""
        for grow in range(1, self.b):
            grass = (self.a - grow) * self.days
            if grass == (self.b - grow) * self.more and grass % (self.c - grow) == 0:
                yield grass // (self.c - grow)


class Tank(Story, name="ポンプの台数"):
    situations = "place pump / 池 ポンプ / 工事のあな ポンプ / 地下の水そう 排水ポンプ"
    facts = "start L はじめにあった水 / into~ L 1分間に流れこむ水 / each~ L {pump}1台が1分間にくみ出す水 / minutes 分 水を空にするのにかける時間"
    wordings = """
    {place}に水がたまっていて、たえず水が流れこんでいます。{pump}で水を全部くみ出すには、{pump}は何台必要ですか。
    {place}の水を、何台かの{pump}ですべてぬきます。その間も、同じ割合で水が入り続けます。用意する{pump}の台数を求めなさい。
    {place}に水が{start}Lあり、毎分{into}Lの水が流れこんでいます。1台で毎分{each}Lくみ出す{pump}を使って、ちょうど{minutes}分で空にするには、{pump}は何台必要ですか。"""

    def draw(self, dice: Dice) -> bool:
        self.into, self.each = dice((4, 20), (6, 30)), dice((5, 20), (8, 30))
        self.minutes = dice((10, 40), (15, 60))
        self.start = (dice((2, 6), (2, 9)) * self.each - self.into) * self.minutes
        return self.start > 0

    def solve(self, w: Words) -> Steps:
        yield f"{self.minutes}分間に入ってくる水は、{(came := n(self.into) * self.minutes):L}です。"
        yield f"くみ出す水は全部で、{(whole := n(self.start) + came.result):L}です。"
        yield f"1分間にくみ出す水は、{(rate := whole.result / self.minutes):L}です。"
        yield f"必要な{w.pump}の台数を求めます。{(pumps := rate.result / self.each):台}"
        return Answer.of(pumps, "台")

    def search(self) -> Found:
        for pumps in range(1, 100):
            water = self.start
            for _ in range(self.minutes):
                water += self.into - pumps * self.each
            if not water:
                yield pumps


TOPIC = topic("ニュートン算", "newton", Queue, Pasture, Tank)
