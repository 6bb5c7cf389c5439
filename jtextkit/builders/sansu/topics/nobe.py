"""のべ算: work counted in person-days, which stay the same however many people there are."""

from jtextkit.builders.sansu.expressions import n
from jtextkit.builders.sansu.problems import Answer
from jtextkit.builders.sansu.stories import Dice, Found, Steps, Story, Words, root, topic

_JOBS = "work unit span / 道路の工事 日 日数 / みかんの取り入れ 日 日数 / 文化祭の準備 時間 時間 / 会場のかざりつけ 時間 時間"


class Men(Story, name="人数を変える"):
    situations = _JOBS
    facts = "people~ 人 はじめの予定の人数 / days {unit} はじめの予定でかかる{span} / others~ 人 実際に働いた人数"
    wordings = """
    {work}をしました。予定とはちがう人数で働きましたが、仕事の量も、1人がする仕事の速さも予定と同じです。実際には何{unit}かかりましたか。
    {work}の計画を立てていましたが、当日集まった人数は予定とちがいました。どの人も同じだけ働くとすると、終わるまでに何{unit}必要ですか。
    {people}人ですると{days}{unit}かかる{work}があります。1人がする仕事の速さはみな同じです。同じ仕事を{others}人ですると、何{unit}かかりますか。"""

    def draw(self, dice: Dice) -> bool:
        self.people, self.others = dice.many(2, (2, 15), (4, 24))
        self.days = dice((3, 15), (4, 24))
        whole = self.people * self.days
        return self.others != self.people and whole % self.others == 0 and whole > self.others

    def solve(self, w: Words) -> Steps:
        yield f"1人が1{w.unit}にする量を1とすると、全体の量は{(whole := n(self.people) * self.days):=}です。"
        yield f"{self.others}人ですると、1{w.unit}に{self.others}ずつ進みます。{(days := whole.result / self.others):{w.unit}}"
        return Answer.of(days, w.unit)

    def search(self) -> Found:
        for days in range(1, self.people * self.days + 1):
            if sum(self.others for _ in range(days)) == self.people * self.days:
                yield days


class Joined(Story, name="とちゅうで増える"):
    situations = _JOBS
    facts = "people~ 人 はじめの人数 / days~ {unit} はじめの人数だけでするときにかかる{span} / first~ {unit} はじめの人数だけで働いた{span} / more~ 人 とちゅうから加わった人数"
    wordings = """
    {work}を何人かで始め、とちゅうから人数を増やして早く終わらせました。1人がする仕事の速さはみな同じです。始めてから終わるまでに何{unit}かかりましたか。
    {people}人で働くと{days}{unit}で終わる{work}を、はじめの{first}{unit}は{people}人でしました。そのあと{more}人加わって、最後まで働きました。始めてから終わるまでに何{unit}かかりましたか。"""

    def draw(self, dice: Dice) -> bool:
        self.people, self.days = dice((3, 10), (4, 15)), dice((6, 18), (8, 24))
        self.first = dice.rng.randint(2, self.days - 2)
        self.more = dice((1, 6), (2, 10))
        left = self.people * (self.days - self.first)
        return left % (self.people + self.more) == 0

    def solve(self, w: Words) -> Steps:
        yield f"はじめの人数のままなら、あと{(rest := n(self.days) - self.first):{w.unit}}かかります。"
        yield f"1人が1{w.unit}にする量を1とすると、残りの量は{(left := n(self.people) * rest.result):=}です。"
        yield f"増えたあとの人数は、{(people := n(self.people) + self.more):人}です。"
        yield f"残りにかかるのは{(days := left.result / people.result):{w.unit}}なので、全部で{(total := n(self.first) + days.result):{w.unit}}です。"
        return Answer.of(total, w.unit)

    def search(self) -> Found:
        """Work on until all is done."""
        done, time = 0, 0
        while done < self.people * self.days:
            done += self.people + (self.more if time >= self.first else 0)
            time += 1
        if done == self.people * self.days:
            yield time


class Made(Story, name="機械の台数と時間"):
    situations = (
        "who counter thing unit / 機械 台 ねじ 本 / オーブン 台 パン 個 / 印刷機 台 ポスター 枚"
    )
    facts = "machines~ 台 きのう動かした{who}の台数 / hours~ 時間 きのう動かした時間 / things {unit} きのうできた{thing} / others~ 台 今日動かす{who}の台数 / time~ 時間 今日動かす時間"
    wordings = """
    ある工場では、同じ{who}を何{counter}か使って{thing}を作っています。今日は何{unit}の{thing}ができますか。
    工場で{who}を動かして{thing}を作ります。1台が作る速さはどれも等しく、きのうも今日も変わりません。今日できる{thing}の数を求めなさい。
    {machines}台の{who}を{hours}時間動かすと、{thing}が{things}{unit}できます。同じ{who}{others}台を{time}時間動かすと、{thing}は何{unit}できますか。"""

    def draw(self, dice: Dice) -> bool:
        self.machines, self.others = dice.many(2, (2, 8), (2, 12))
        self.hours, self.time = dice.many(2, (2, 6), (2, 8))
        self.things = self.machines * self.hours * dice((5, 30), (8, 40))
        return self.machines != self.others and self.hours != self.time

    def solve(self, w: Words) -> Steps:
        yield f"はじめに動かしたのは、のべ{(whole := n(self.machines) * self.hours):時間}です。"
        yield f"1{w.counter}が1時間に作るのは、{(each := n(self.things) / whole.result):{w.unit}}です。"
        yield f"あとで動かすのは、のべ{(again := n(self.others) * self.time):時間}です。"
        yield f"作れる数を求めます。{(things := each.result * again.result):{w.unit}}"
        return Answer.of(things, w.unit)

    search = root(
        lambda self, things: (
            things * self.machines * self.hours - self.things * self.others * self.time
        )
    )


TOPIC = topic("のべ算", "nobe", Men, Joined, Made)
