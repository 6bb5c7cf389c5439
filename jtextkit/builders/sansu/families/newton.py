"""ニュートン算: what is there grows while it is being used up."""

from jtextkit.builders.sansu.expressions import n
from jtextkit.builders.sansu.problems import Answer
from jtextkit.builders.sansu.stories import Dice, Found, Steps, Story, Words, family

_MOST = 2000
_QUEUES = """place who gate counter unit out in
    遊園地の入り口 人 ゲート つ 人 入場でき 加わり
    映画館の売り場 人 窓口 つ 人 買い終え 加わり
    美術館の受付 人 受付 つ 人 通れ 加わり"""


class Queue(Story, name="行列"):
    situations = _QUEUES
    wordings = """
    {place}に{start}人の行列ができていて、さらに毎分{come}人ずつ列に{in}ます。{gate}1つにつき毎分{each}人ずつ{out}ます。
      {gate}を{opened}開けると、行列は何分でなくなりますか。
    開けた{gate}は{opened}で、どれも1分間に{each}人が{out}ます。{place}では、開けたときすでに{start}人が並んでおり、
      そのあとも1分間に{come}人の割合で人が来ます。並ぶ人がいなくなるのは開けてから何分後ですか。
    1分ごとに{come}人が列のうしろに並ぶ{place}があります。{start}人が並んだところで{gate}を{opened}開け、
      {gate}1つあたり1分に{each}人が{out}るようにしました。行列がなくなるまでの時間を求めなさい。"""

    def draw(self, dice: Dice) -> bool:
        """``start`` wait, ``come`` a minute join, each of ``gates`` gates lets ``each`` through."""
        self.come = dice((2, 15), (3, 30), (5, 60))
        self.gates = dice((1, 2), (1, 4), (2, 6))
        self.each = dice((3, 20), (4, 30), (5, 40))
        minutes = dice((4, 30), (6, 50), (10, 90))
        less = self.gates * self.each - self.come
        self.start = less * minutes
        self.opened = f"{self.gates}つ"
        return less > 0

    def solve(self, w: Words) -> Steps:
        yield f"1分間にへる数は、{(out := n(self.each) * self.gates):{w.unit}}です。"
        yield f"1分間に{self.come}{w.unit}ずつ増えるので、差し引き{(less := out.result - self.come):{w.unit}}ずつへっていきます。"
        yield f"なくなるまでの時間を求めます。{(minutes := n(self.start) / less.result):分}"
        return Answer.of(minutes, "分")

    def search(self) -> Found:
        """Minute by minute: some come, some go."""
        waiting, minutes = self.start, 0
        while waiting > 0 and minutes < _MOST:
            waiting += self.come - self.gates * self.each
            minutes += 1
        if waiting == 0:
            yield minutes


class Field(Story, name="牧草", grades=(1, 2)):
    situations = """place who counter
        牧場 牛 頭
        草原 羊 頭
        牧草地 馬 頭"""
    wordings = """
    毎日同じ量の草が生える{place}があります。{who}を{a}頭放すと{days}日で、{b}頭放すと{more}日で草を食べつくします。
      {who}を{c}頭放すと、何日で食べつくしますか。どの{who}も1日に食べる量は同じです。
    ある{place}の草は、{who}が{b}頭なら{more}日間、{a}頭なら{days}日間でちょうどなくなります。
      草は毎日一定の量ずつのび、{who}1頭の1日の食べる量はみな等しいとします。{c}頭の{who}では、草は何日間でなくなりますか。
    {place}に{who}を入れる計画です。草の量を調べると、{a}頭で{days}日分、{b}頭で{more}日分ありました。頭数に
      {days}や{more}をかけた数がちがうのは、草が毎日同じ量だけ生えてくるからです。{c}頭にした場合は何日分になるか求めなさい。"""

    def draw(self, dice: Dice) -> bool:
        """``a`` graze it bare in ``days``, ``b`` in ``more`` days; how long do ``c`` take?"""
        grow = dice((2, 8), (3, 15), (5, 40))
        grass = dice((20, 240), (40, 600), (100, 3000))
        rates = [rate for rate in range(1, 40) if grass % rate == 0 and grass // rate <= 200]
        if len(rates) < 3:
            return False
        fast, middle, slow = sorted(dice.rng.sample(rates, 3), reverse=True)
        self.a = grow + middle
        self.days = grass // middle
        self.b = grow + slow
        self.more = grass // slow
        self.c = grow + fast
        return True

    def solve(self, w: Words) -> Steps:
        one = n(self.a) * self.days
        two = n(self.b) * self.more
        yield f"{w.who}1{w.counter}が1日に食べる量を1とします。{self.days}日で食べた量は{one:=}、{self.more}日で食べた量は{two:=}です。"
        yield f"この差{(grown := two.result - one.result):=}は、{(span := n(self.more) - self.days):日}の間に生えた草の量です。"
        yield f"1日に生える草の量は、{(grow := grown.result / span.result):=}です。"
        yield f"はじめの草の量は、{(start := one.result - grow.result * self.days):=}です。"
        yield f"{self.c}{w.counter}だと、草は1日に{(less := n(self.c) - grow.result):=}ずつへります。"
        yield f"食べつくすまでの日数を求めます。{(days := start.result / less.result):日}"
        return Answer.of(days, "日")

    def search(self) -> Found:
        """Try every growth for which both grazings begin with the same grass, then graze it."""
        found = set()
        for grow in range(min(self.a, self.b)):
            start = (self.a - grow) * self.days
            if start != (self.b - grow) * self.more or self.c <= grow:
                continue
            left, days = start, 0
            while left > 0:
                left, days = left + grow - self.c, days + 1
            if left == 0:
                found.add((days,))
        yield from found


class Tank(Story, name="ポンプの台数"):
    situations = """place pump
        池 ポンプ
        工事のあな ポンプ
        地下の水そう 排水ポンプ"""
    wordings = """
    {place}に水が{start}Lあり、毎分{into}Lの水が流れこんでいます。
      1台で毎分{each}Lくみ出す{pump}を使って、ちょうど{minutes}分で空にするには、{pump}は何台必要ですか。
    {pump}1台が1分間にくみ出せる水は{each}Lです。{start}Lの水がある{place}には、たえず1分間に{into}Lの割合で水が入り続けています。
      何台の{pump}を同時に動かすと、{minutes}分で水がなくなりますか。
    {place}の水を{minutes}分かけてすべてぬきます。はじめの水は{start}Lですが、わき水が1分に{into}Lずつ加わります。
      {pump}の働きが1台あたり毎分{each}Lのとき、用意する台数を求めなさい。
    わき水が毎分{into}L出る{place}で工事をするため、たまっていた{start}Lの水をぬくことになりました。
      {pump}は全部同じもので、毎分{each}Lずつ水をぬきます。{minutes}分後にちょうど水がなくなったのは、何台で水をぬいたからですか。"""

    def draw(self, dice: Dice) -> bool:
        """``start`` litres, ``into`` a minute; each pump takes ``each``; empty in ``minutes``."""
        self.into = dice((2, 20), (3, 40), (5, 90))
        self.each = dice((3, 20), (4, 30), (5, 60))
        pumps = dice((2, 6), (2, 9), (3, 15))
        self.minutes = dice((5, 40), (8, 60), (12, 120))
        self.start = (pumps * self.each - self.into) * self.minutes
        return self.start > 0

    def solve(self, w: Words) -> Steps:
        yield f"{self.minutes}分間に入ってくる水は、{(came := n(self.into) * self.minutes):L}です。"
        yield f"くみ出す水は全部で、{(whole := n(self.start) + came.result):L}です。"
        yield f"1分間にくみ出す水は、{(rate := whole.result / self.minutes):L}です。"
        yield f"必要な{w.pump}の台数を求めます。{(pumps := rate.result / self.each):台}"
        return Answer.of(pumps, "台")

    def search(self) -> Found:
        for pumps in range(1, 200):
            water, minutes = self.start, 0
            while water > 0 and minutes <= self.minutes:
                water, minutes = water + self.into - pumps * self.each, minutes + 1
            if water == 0 and minutes == self.minutes:
                yield pumps


class Gates(Story, name="窓口を増やす"):
    situations = _QUEUES
    wordings = """
    {place}に{start}人が並んでいて、毎分{come}人ずつ列に{in}ます。{gate}が1つだと{minutes}分で行列がなくなります。
      {gate}を{opened}にすると、行列は何分でなくなりますか。
    {gate}を1つ開けたときは{minutes}分、{opened}開けたときはもっと短い時間で、{place}の{start}人の列がなくなります。
      列には1分あたり{come}人が新しく並びます。{gate}を{opened}開けたときの時間を求めなさい。"""

    def draw(self, dice: Dice) -> bool:
        """A queue of ``start``; ``come`` a minute; one gate takes ``minutes``; how long do ``gates``?"""
        self.come = dice((2, 12), (3, 24), (5, 50))
        less = dice((1, 10), (2, 20), (3, 40))
        self.gates = dice((2, 3), (2, 4), (3, 6))
        self.minutes = dice((10, 60), (12, 90), (20, 150))
        self.start = less * self.minutes
        fast = self.gates * (self.come + less) - self.come
        self.opened = f"{self.gates}つ"
        return self.start % fast == 0 and self.start > fast

    def solve(self, w: Words) -> Steps:
        yield f"{w.gate}1つのとき、列は1分間に{(less := n(self.start) / self.minutes):人}ずつ短くなります。"
        yield f"{w.gate}1つを1分間に通る人数は、{(each := less.result + self.come):人}です。"
        yield f"{w.gate}{self.gates}つでは、1分間に{(out := each.result * self.gates):人}通ります。"
        yield f"列は1分間に{(fast := out.result - self.come):人}ずつ短くなります。"
        yield f"なくなるまでの時間は、{(minutes := n(self.start) / fast.result):分}です。"
        return Answer.of(minutes, "分")

    def search(self) -> Found:
        """Try what one gate lets through until its time fits, then let several work."""
        for each in range(self.come + 1, self.start + self.come + 1):
            if (each - self.come) * self.minutes != self.start:
                continue
            waiting, minutes = self.start, 0
            while waiting > 0:
                waiting, minutes = waiting + self.come - self.gates * each, minutes + 1
            if waiting == 0:
                yield minutes


FAMILY = family("ニュートン算", "newton", Queue, Field, Tank, Gates)
