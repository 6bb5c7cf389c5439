"""のべ算: work counted in person-days, which stay the same however many people there are."""

from jtextkit.builders.sansu.expressions import n
from jtextkit.builders.sansu.problems import Answer
from jtextkit.builders.sansu.stories import Dice, Found, Steps, Story, Words, family

_MOST = 5000
_JOBS = """who work unit total
    人 道路の工事 日 のべ日数
    人 みかんの取り入れ 日 のべ日数
    人 文化祭の準備 時間 のべ時間
    人 会場のかざりつけ 時間 のべ時間"""


class Men(Story, name="人数を変える"):
    situations = _JOBS
    wordings = """
    {people}人ですると{days}{unit}かかる{work}があります。同じ仕事を{others}人ですると、何{unit}かかりますか。
      1人がする仕事の速さはみな同じとします。
    {work}に{people}人が集まる予定で、{days}{unit}かかると計算していました。ところが当日集まったのは{others}人でした。
      どの人も同じだけ働くとすると、終わるまでに何{unit}必要ですか。
    去年の{work}は{people}人がかりで{days}{unit}でした。今年も仕事の量は変わらず、働く人は{others}人です。
      今年かかるのは何{unit}でしょうか。ただし、1人あたりの働きは去年と同じです。"""

    def draw(self, dice: Dice) -> bool:
        """``people`` need ``days``; how many days do ``others`` need?"""
        self.people = dice((2, 12), (3, 24), (6, 60))
        self.days = dice((2, 20), (4, 40), (8, 90))
        self.others = dice((2, 20), (3, 40), (6, 90))
        whole = self.people * self.days
        return self.others != self.people and whole % self.others == 0 and whole > self.others

    def solve(self, w: Words) -> Steps:
        yield f"1人が1{w.unit}にする量を1とすると、全体の量は{(whole := n(self.people) * self.days):=}です。"
        yield f"{self.others}人ですると、1{w.unit}に{self.others}ずつ進みます。{(days := whole.result / self.others):{w.unit}}"
        return Answer.of(days, w.unit)

    def search(self) -> Found:
        """Let the others work until as much is done as the first would have done."""
        first = sum(self.people for _ in range(self.days))
        done = days = 0
        while done < first:
            done, days = done + self.others, days + 1
        if done == first:
            yield days


class Joined(Story, name="とちゅうで増える"):
    situations = _JOBS
    wordings = """
    {people}人で働くと{days}{unit}で終わる{work}を、はじめの{first}{unit}は{people}人でしました。
      そのあと{more}人加わって、最後まで働きました。始めてから終わるまでに何{unit}かかりましたか。
    {work}を{days}{unit}で仕上げるつもりで{people}人が働き始めました。{first}{unit}が過ぎたところへ手伝いの人が{more}人来て、
      残りはみんなでしました。全体では何{unit}かかったでしょうか。1人がする量はどの人も同じです。
    {work}の予定は{people}人で{days}{unit}ですが、とちゅうから{more}人増やして早く終わらせました。人数を増やしたのは、
      始めて{first}{unit}が終わったあとです。どの人の働きも同じとして、実際にかかったのは何{unit}か求めなさい。"""

    def draw(self, dice: Dice) -> bool:
        """``people`` planned ``days``; after ``first`` days ``more`` join."""
        self.people = dice((3, 12), (4, 20), (6, 40))
        self.days = dice((5, 24), (8, 40), (12, 80))
        self.first = dice.rng.randint(1, self.days - 2)
        self.more = dice((1, 10), (1, 20), (2, 40))
        left = self.people * (self.days - self.first)
        return left % (self.people + self.more) == 0 and left > self.people + self.more

    def solve(self, w: Words) -> Steps:
        yield f"予定では、あと{(rest := n(self.days) - self.first):{w.unit}}残っています。"
        yield f"1人が1{w.unit}にする量を1とすると、残りの量は{(left := n(self.people) * rest.result):=}です。"
        yield f"増えたあとの人数は、{(people := n(self.people) + self.more):人}です。"
        yield f"残りにかかるのは、{(days := left.result / people.result):{w.unit}}です。"
        yield f"はじめから終わりまでは、{(total := n(self.first) + days.result):{w.unit}}です。"
        return Answer.of(total, w.unit)

    def search(self) -> Found:
        left, days = self.people * self.days, 0
        while left > 0:
            left -= self.people + (self.more if days >= self.first else 0)
            days += 1
        if left == 0:
            yield days


class Seats(Story, name="交代で使う"):
    situations = """thing counter place do did
        席 つ 電車の中 すわる すわれた
        パソコン 台 コンピューター室 使う 使えた
        自転車 台 サイクリングコース 乗る 乗れた"""
    wordings = """
    {place}で、{people}人が{seats}{counter}の{thing}を{minutes}分間、交代で使います。
      どの人も同じ時間だけ{do}ようにすると、1人が{do}時間は何分ですか。
    {thing}が{seats}{counter}しかないので、{people}人は順番に{do}ことにしました。
      {minutes}分の間、{thing}はいつもだれかが使っていて、1人ずつの時間は平等になりました。1人何分{did}でしょうか。
    {minutes}分間かりた{seats}{counter}の{thing}に対して、使いたい人は{people}人います。
      むだな時間がないように全員に同じ時間を割り当てるとき、1人分の時間を求めなさい。"""

    def draw(self, dice: Dice) -> bool:
        """``people`` share ``seats`` for ``minutes``; everybody sits for the same time."""
        self.people = dice((3, 10), (4, 20), (8, 45))
        self.seats = dice.rng.randint(1, self.people - 1)
        self.minutes = dice((10, 90), (20, 180), (40, 360))
        return self.seats * self.minutes % self.people == 0

    def solve(self, _w: Words) -> Steps:
        yield f"使える時間の合計は、のべ{(whole := n(self.minutes) * self.seats):分}です。"
        yield f"これを{self.people}人で等しく分けます。{(each := whole.result / self.people):分}"
        return Answer.of(each, "分")

    def search(self) -> Found:
        """Always let those sit who have sat least; at the end all must have sat the same time."""
        sat = [0] * self.people
        for _ in range(self.minutes):
            sat.sort()
            for place in range(self.seats):
                sat[place] += 1
        if len(set(sat)) == 1:
            yield sat[0]


class Made(Story, name="機械の台数と時間"):
    situations = """who counter thing unit
        機械 台 ねじ 本
        オーブン 台 パン 個
        印刷機 台 ポスター 枚"""
    wordings = """
    {machines}台の{who}を{hours}時間動かすと、{thing}が{things}{unit}できます。
      同じ{who}{others}台を{time}時間動かすと、{thing}は何{unit}できますか。
    ある工場では、{who}が{others}台あり、今日は{time}時間動かす予定です。きのうは{machines}台だけを{hours}時間動かして{thing}を
      {things}{unit}作りました。1台が作る速さはどれも等しいとき、今日できる{thing}の数を求めなさい。
    {thing}{things}{unit}は、{who}{machines}台の{hours}時間分の仕事です。
      では、{who}{others}台の{time}時間分の仕事でできる{thing}は何{unit}でしょうか。"""

    def draw(self, dice: Dice) -> bool:
        """``machines`` make ``things`` in ``hours``; how many do ``others`` make in ``time``?"""
        self.machines, self.others = dice.many(2, (2, 8), (2, 15), (4, 30))
        self.hours, self.time = dice.many(2, (2, 6), (2, 10), (3, 24))
        each = dice((3, 30), (5, 60), (10, 150))
        self.things = self.machines * self.hours * each
        return self.machines != self.others and self.hours != self.time

    def solve(self, w: Words) -> Steps:
        yield f"はじめに働いたのは、のべ{(whole := n(self.machines) * self.hours):時間}です。"
        yield f"1{w.counter}が1時間に作るのは、{(each := n(self.things) / whole.result):{w.unit}}です。"
        yield f"あとで働くのは、のべ{(again := n(self.others) * self.time):時間}です。"
        yield f"作れる数を求めます。{(things := each.result * again.result):{w.unit}}"
        return Answer.of(things, w.unit)

    def search(self) -> Found:
        """Find what one makes in an hour by trying, then count the hours of the others."""
        for each in range(1, _MOST):
            if sum(each * self.machines for _ in range(self.hours)) == self.things:
                yield sum(each * self.others for _ in range(self.time))


FAMILY = family("のべ算", "nobe", Men, Joined, Seats, Made)
