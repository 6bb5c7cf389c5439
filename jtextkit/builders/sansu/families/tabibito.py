"""旅人算: two who walk towards each other, or one after the other, or round a pond."""

from jtextkit.builders.sansu.expressions import n
from jtextkit.builders.sansu.problems import Answer
from jtextkit.builders.sansu.stories import Dice, Found, Steps, Story, Words, family

_MOST = 1000


def _speeds(dice: Dice) -> tuple[int, int]:
    step = dice.pick(10, 5, 1)
    slow = step * dice((4, 9), (8, 18), (45, 95))
    fast = slow + step * dice((1, 14), (1, 40), (3, 160))
    return slow, fast


_TOWNS = """a b p q way
    あゆみ けん A町 B町 道
    兄 妹 家 駅 道
    たける みゆ 学校 公園 遊歩道
    父 むすこ 図書館 市役所 歩道"""


class Apart(Story, name="出会い"):
    situations = _TOWNS
    wordings = """
    {metres}mはなれた{p}と{q}から、{a}は分速{fast}m、{b}は分速{slow}mで、向かい合って同時に出発しました。
      2人が出会うのは何分後ですか。
    {p}と{q}を結ぶ{way}は{metres}mです。{b}が{p}を、{a}が{q}を同じ時こくに出て、たがいに相手のほうへ進みます。
      1分間に進むのは{a}が{fast}m、{b}が{slow}mです。何分たつと2人は出会いますか。
    {a}と{b}の間は今{metres}mあります。2人がいっせいに相手に向かって歩き始め、{b}が毎分{slow}m、{a}が毎分{fast}mの速さをたもつと、
      出会うまでに何分かかるでしょうか。"""

    def draw(self, dice: Dice) -> None:
        """Two at ``slow`` and ``fast`` metres a minute, ``metres`` apart."""
        self.slow, self.fast = _speeds(dice)
        self.metres = (self.slow + self.fast) * dice((4, 25), (5, 40), (6, 60))

    def solve(self, _w: Words) -> Steps:
        yield f"向かい合って進むので、2人の間は1分間に{(speed := n(self.slow) + self.fast):m}ずつちぢまります。"
        yield f"出会うまでの時間を求めます。{(minutes := n(self.metres) / speed.result):分}"
        return Answer.of(minutes, "分後")

    def search(self) -> Found:
        """Let both go, a minute at a time, from their two ends."""
        one, two = 0, self.metres
        for minutes in range(1, _MOST):
            one, two = one + self.fast, two - self.slow
            if one == two:
                yield minutes
            if one >= two:
                return


class Chase(Story, name="追いつき"):
    situations = """a b start how thing
        弟 兄 家 自転車で わすれ物
        子ども 母 家 自転車で すいとう
        ゆうき 先生 学校 走って 連らく帳"""
    wordings = """
    {a}が分速{slow}mで{start}を出てから{before}分後に、{b}が分速{fast}mで同じ道を追いかけました。
      {b}は出発してから何分で{a}に追いつきますか。また、それは{start}から何mのところですか。
    {thing}に気づいた{b}が、{before}分前に{start}を出た{a}を{how}追いかけます。{a}は1分間に{slow}m、{b}は1分間に{fast}m進みます。
      {b}が追いつくまでの時間と、そこまでの道のりを求めなさい。
    {start}を先に出た{a}の速さは毎分{slow}mです。{b}は{before}分おくれて{start}を出て、毎分{fast}mの速さで進みました。
      {b}が何分進んだところで2人は並びますか。並ぶまでに{b}が進んだ道のりも答えなさい。"""

    def draw(self, dice: Dice) -> bool:
        """One at ``slow`` has been gone ``before`` minutes when one at ``fast`` follows."""
        self.slow, self.fast = _speeds(dice)
        self.before = dice((2, 15), (3, 25), (4, 40))
        minutes, over = divmod(self.slow * self.before, self.fast - self.slow)
        return over == 0 and minutes < 120

    def solve(self, w: Words) -> Steps:
        yield f"{w.b}が出るとき、{w.a}は{(ahead := n(self.slow) * self.before):m}先にいます。"
        yield f"その差は1分間に{(speed := n(self.fast) - self.slow):m}ずつちぢまります。"
        yield f"追いつくまでの時間は、{(minutes := ahead.result / speed.result):分}です。"
        yield f"その地点までの道のりは、{(way := n(self.fast) * minutes.result):m}です。"
        return Answer.parts(("時間", minutes, "分"), ("道のり", way, "m"))

    def search(self) -> Found:
        first, second = self.before * self.slow, 0
        for minutes in range(1, _MOST):
            first, second = first + self.slow, second + self.fast
            if first == second:
                yield minutes, second
            if second >= first:
                return


class Pond(Story, name="池のまわり"):
    situations = """a b place start
        ひかる そら 池 橋の前
        姉 妹 湖 船着き場
        コーチ 選手 グラウンド 入り口"""
    wordings = """
    1周{around}mの{place}のまわりを、{a}は分速{fast}m、{b}は分速{slow}mで回ります。同じ場所から同時に出発するとき、
      反対の向きに回ると何分後にはじめて出会いますか。また、同じ向きに回ると何分後にはじめて追いつきますか。
    {a}と{b}が{place}のまわりの道にある{start}にいます。道は1周すると{around}mで、速さは{a}が毎分{fast}m、{b}が毎分{slow}mです。
      2人が同時にスタートして逆向きに進む場合と、同じ向きに進む場合について、
      はじめて2人がいっしょになるまでの時間をそれぞれ求めなさい。
    {place}のまわりを1分間に{slow}m歩く{b}と、1分間に{fast}m進む{a}がいます。
      まわりの長さは{around}mです。{start}から背中合わせに出発したときにすれちがうまでの時間と、
      並んで同じほうへ出発したときに{a}が1周多く回って追いつくまでの時間は、それぞれ何分後ですか。"""

    def draw(self, dice: Dice) -> bool:
        """Two start together round ``around`` metres."""
        self.slow, self.fast = _speeds(dice)
        both, gap = self.slow + self.fast, self.fast - self.slow
        self.around = both * dice((2, 20), (3, 30), (4, 40))
        return self.around % gap == 0 and self.around // gap < 400 and self.around <= 9000

    def solve(self, _w: Words) -> Steps:
        yield f"反対の向きに回ると、2人で1周分を進んだときに出会います。1分間に進むのは合わせて{(both := n(self.fast) + self.slow):m}です。"
        yield f"出会うまでの時間は、{(meet := n(self.around) / both.result):分}です。"
        yield f"同じ向きに回ると、速いほうが1周分多く進んだときに追いつきます。1分間の差は{(gap := n(self.fast) - self.slow):m}です。"
        yield f"追いつくまでの時間は、{(catch := n(self.around) / gap.result):分}です。"
        return Answer.parts(("反対の向き", meet, "分後"), ("同じ向き", catch, "分後"))

    def search(self) -> Found:
        """Where each is on the way round, minute by minute, until both are at one place."""

        def together(turn: int) -> int:
            minute, place, other = 0, 0, 0
            while minute == 0 or place != other:
                minute += 1
                place = (place + self.fast) % self.around
                other = (other + turn * self.slow) % self.around
            return minute

        yield together(-1), together(1)


class Back(Story, name="折り返して出会う"):
    situations = _TOWNS
    wordings = """
    {a}と{b}が{p}を同時に出て、{metres}mはなれた{q}へ向かいました。{a}は分速{fast}mで進み、{q}に着くとすぐに引き返しました。
      {b}は分速{slow}mで進みます。2人が出会うのは{q}から何mのところですか。
    {p}から{q}までの道のりは{metres}mです。1分間に{slow}m進む{b}と、1分間に{fast}m進む{a}が、{p}をいっしょに出発しました。
      先に{q}で折り返した{a}が、まだ{q}に着いていない{b}と出会った地点は、{q}の手前何mですか。
    {metres}mの直線コースで、{a}は毎分{fast}m、{b}は毎分{slow}mの速さで同時にスタートしました。
      {a}はコースのはしにある{q}で向きを変えてもどってきます。2人がすれちがう場所は{q}から何mはなれているでしょうか。"""

    def draw(self, dice: Dice) -> bool:
        """One at ``fast`` turns at the far end, ``metres`` away, and meets one at ``slow``."""
        self.slow, self.fast = _speeds(dice)
        minutes = dice((4, 30), (6, 45), (8, 70))
        both = (self.slow + self.fast) * minutes
        self.metres = both // 2
        return both % 2 == 0 and self.fast * minutes > both // 2

    def solve(self, w: Words) -> Steps:
        yield f"2人が出会うまでに進む道のりの和は、片道の2倍です。{(way := n(self.metres) * 2):m}"
        yield f"2人は1分間に合わせて{(speed := n(self.fast) + self.slow):m}進みます。"
        yield f"出会うまでの時間は、{(minutes := way.result / speed.result):分}です。"
        yield f"{w.b}が進んだ道のりは、{(walked := n(self.slow) * minutes.result):m}です。"
        yield f"{w.q}からの道のりは、{(place := n(self.metres) - walked.result):m}です。"
        return Answer.of(place, "m")

    def search(self) -> Found:
        for minutes in range(1, _MOST):
            walked = minutes * self.slow
            gone = minutes * self.fast
            if walked > self.metres:
                return
            returning = 2 * self.metres - gone  # the place of the faster one on the way back
            if gone > self.metres and returning == walked:
                yield self.metres - walked


FAMILY = family("旅人算", "tabibito", Apart, Chase, Pond, Back)
