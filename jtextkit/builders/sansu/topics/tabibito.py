"""旅人算: two who walk towards each other, or one after the other, or round a pond."""

from jtextkit.builders.sansu.expressions import n
from jtextkit.builders.sansu.problems import Answer
from jtextkit.builders.sansu.stories import Dice, Found, Steps, Story, Words, found, topic

_MOST = 1000


def _speeds(dice: Dice) -> tuple[int, int]:
    """Two on foot, the second perhaps at a run."""
    slow = 5 * dice((9, 15), (9, 16))
    return slow, slow + 5 * dice((1, 8), (1, 14))


_TOWNS = "a b p q way / あゆみさん けんさん A町 B町 道 / 兄 妹 家 駅 道 / たけるさん みゆさん 学校 公園 遊歩道 / 父 むすこ 図書館 市役所 歩道"
_PACES = "fast~ 分速 {a}の速さ / slow~ 分速 {b}の速さ"
_ASIDES = "{a}の荷物の重さは{2-6}kgです / {way}のはばは{3-8}mです"


class Apart(Story, name="出会い"):
    situations = _TOWNS
    facts = f"metres m {{p}}と{{q}}の間の道のり / {_PACES}"
    wordings = """
    {a}と{b}が、{p}と{q}から同時に出発し、向かい合って進みます。2人が出会うのは何分後ですか。
    {a}は{p}から{q}へ、{b}は{q}から{p}へ、同じ時こくに出発しました。2人がすれちがうのは、出発してから何分後ですか。
    {metres}mはなれた{p}と{q}から、{a}と{b}が向かい合って同時に出発しました。2人が出会うのは何分後ですか。
    {p}と{q}を結ぶ{way}があります。{a}が{p}を、{b}が{q}を同時に出て、たがいに相手のほうへ進みます。何分たつと2人は出会いますか。"""
    asides = _ASIDES

    def draw(self, dice: Dice) -> None:
        self.slow, self.fast = _speeds(dice)
        self.metres = (self.slow + self.fast) * dice((4, 20), (5, 30))

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


class Between(Apart, name="はなれた道のり"):
    facts = f"minutes 分 出発してから2人が出会うまでの時間 / {_PACES}"
    wordings = """
    {a}と{b}が、{p}と{q}から同時に出発し、向かい合って進みました。{p}と{q}の間の道のりは何mですか。
    {p}を出た{a}と、同じ時こくに{q}を出た{b}が、とちゅうで出会いました。{p}から{q}までの道のりを求めなさい。
    {a}と{b}が{p}と{q}から向かい合って同時に出発し、{minutes}分後に出会いました。{p}と{q}の間の道のりは何mですか。"""

    def draw(self, dice: Dice) -> None:
        self.slow, self.fast = _speeds(dice)
        self.minutes = dice((4, 20), (5, 30))

    def solve(self, _w: Words) -> Steps:
        yield f"2人は1分間に合わせて{(speed := n(self.slow) + self.fast):m}進みます。"
        yield f"{self.minutes}分で2人が進んだ道のりの和が、間の道のりです。{(way := speed.result * self.minutes):m}"
        return Answer.of(way, "m")

    search = found(
        lambda self: sum(self.slow for _ in range(self.minutes)) + self.fast * self.minutes
    )


class Chase(Story, name="追いつき"):
    situations = "a b start thing way / 弟 兄 家 わすれ物 道 / 子ども 母 家 すいとう 道 / ゆうきさん 先生 学校 連らく帳 道"
    facts = "slow~ 分速 {a}の速さ / fast~ 分速 {b}の速さ / before 分 {b}が{a}よりおくれて出た時間"
    wordings = """
    先に{start}を出た{a}を、あとから{start}を出た{b}が同じ道で追いかけました。{b}は出発してから何分で{a}に追いつきますか。
    {thing}に気づいた{b}が、先に{start}を出た{a}を追いかけます。{b}が{a}に追いつくのは、{b}が出発してから何分後ですか。
    {a}が{start}を出てから{before}分後に、{b}が同じ道を追いかけました。{b}は出発してから何分で{a}に追いつきますか。"""
    asides = _ASIDES

    def draw(self, dice: Dice) -> bool:
        self.slow, self.fast = _speeds(dice)
        self.before = dice((2, 12), (3, 16))
        minutes, over = divmod(self.slow * self.before, self.fast - self.slow)
        return over == 0 and minutes <= 60

    def solve(self, w: Words) -> Steps:
        yield f"{w.b}が出るとき、{w.a}は{(ahead := n(self.slow) * self.before):m}先にいます。"
        yield f"その差は1分間に{(speed := n(self.fast) - self.slow):m}ずつちぢまります。"
        yield f"追いつくまでの時間は、{(minutes := ahead.result / speed.result):分}です。"
        return Answer.of(minutes, "分後")

    def search(self) -> Found:
        first, second = self.before * self.slow, 0
        for minutes in range(1, _MOST):
            first, second = first + self.slow, second + self.fast
            if first == second:
                yield minutes
            if second >= first:
                return


class Back(Story, name="折り返して出会う"):
    situations = _TOWNS
    facts = f"metres m {{p}}から{{q}}までの道のり / {_PACES}"
    wordings = """
    {a}と{b}が{p}を同時に出て{q}へ向かいました。{a}は{q}に着くとすぐに引き返します。2人が出会うのは{q}から何mのところですか。
    {p}をいっしょに出発した{a}と{b}が、同じ道を{q}へ向かいます。先に{q}で折り返した{a}が、まだ{q}に着いていない{b}と出会うのは、{q}の手前何mの地点ですか。
    {a}と{b}が{p}を同時に出て、{metres}mはなれた{q}へ向かいました。{a}は{q}に着くとすぐに引き返します。2人が出会うのは{q}から何mのところですか。"""
    asides = _ASIDES

    def draw(self, dice: Dice) -> bool:
        self.slow, self.fast = _speeds(dice)
        minutes = dice((6, 24), (8, 36))
        self.metres = (self.slow + self.fast) * minutes // 2
        return (self.slow + self.fast) * minutes % 20 == 0

    def solve(self, w: Words) -> Steps:
        yield f"2人が出会うまでに進む道のりの和は、片道の2倍です。{(way := n(self.metres) * 2):m}"
        yield f"2人は1分間に合わせて{(speed := n(self.fast) + self.slow):m}進みます。"
        yield f"出会うまでの時間は、{(minutes := way.result / speed.result):分}です。"
        yield f"{w.b}が進んだ道のりは、{(walked := n(self.slow) * minutes.result):m}です。"
        yield f"{w.q}からの道のりは、{(place := n(self.metres) - walked.result):m}です。"
        return Answer.of(place, "m")

    def search(self) -> Found:
        for minutes in range(1, _MOST):
            walked, gone = minutes * self.slow, minutes * self.fast
            if walked > self.metres:
                return
            if gone > self.metres and 2 * self.metres - gone == walked:
                yield self.metres - walked


TOPIC = topic("旅人算", "tabibito", Apart, Between, Chase, Back)
