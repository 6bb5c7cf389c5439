"""ダイヤグラム: timetables told in words, and where their lines cross."""

from fractions import Fraction

from jtextkit.builders.sansu.expressions import n
from jtextkit.builders.sansu.problems import Answer
from jtextkit.builders.sansu.stories import Dice, Found, Steps, Story, Words, root, topic

_LINES = "a b p q / 兄 弟 家 図書館 / ゆうきさん はるさん 学校 公園 / 母 りょうさん 家 スーパー / 姉 妹 駅 市民プール"
_PACES = "fast~ 分速 {a}の速さ / slow~ 分速 {b}の速さ"


class Returning(Story, name="折り返すグラフ", method="ダイヤグラム 旅人算"):
    situations = (
        "a b p q / 兄 弟 家 図書館 / ゆうきさん はるさん 学校 公園 / 母 りょうさん 家 スーパー"
    )
    facts = f"way m {{p}}から{{q}}までの道のり / rest 分 {{a}}が{{q}}で休んだ時間 / {_PACES}"
    wordings = """
    {a}と{b}が同時に{p}を出て{q}へ向かいました。進むようすをダイヤグラム（横のじくが時間、たてのじくが{p}からの道のりのグラフ）に表すと、{a}の線は{q}に着いてからしばらく水平になり、そのあと{p}へもどる線が{b}の線と交わりました。{a}の行きと帰りの速さは同じです。／2つの線が交わるのは、出発してから何分後ですか。
    {a}は{p}から{q}まで行き、少し休んでから、行きと同じ速さで引き返しました。同時に{p}を出て{q}へ向かっていた{b}と、とちゅうで出会いました。2人のようすを表すダイヤグラムで、線が交わる点の時間は出発から何分後ですか。"""

    def draw(self, dice: Dice) -> bool:
        self.fast, self.slow = 10 * dice((12, 20), (12, 24)), 5 * dice((8, 14), (8, 16))
        self.rest = dice((3, 10), (4, 15))
        self.way = self.fast * dice((4, 12), (5, 15))
        meet = Fraction(2 * self.way + self.fast * self.rest, self.fast + self.slow)
        at_rest_end = self.way // self.fast + self.rest
        return meet.denominator == 1 and self.slow * at_rest_end < self.way and meet > at_rest_end

    def solve(self, w: Words) -> Steps:
        yield f"{w.a}が{w.q}に着くのは{(arrived := n(self.way) / self.fast):分}後、休み終わるのは{(left := arrived.result + self.rest):分}後です。"
        yield f"そのとき{w.b}は、{w.p}から{(gone := n(self.slow) * left.result):m}のところにいます。"
        yield f"2人の間は、{(gap := n(self.way) - gone.result):m}です。"
        yield f"ここからは向かい合って進むので、1分間に{(speed := n(self.fast) + self.slow):m}ずつ近づきます。"
        yield f"出会うまでにあと{(more := gap.result / speed.result):分}かかるので、出発から{(total := left.result + more.result):分}後です。"
        return Answer.of(total, "分後")

    def search(self) -> Found:
        """Both lines of the diagram, minute by minute."""
        arrived = self.way // self.fast
        for minute in range(arrived + self.rest, 400):
            back = self.way - self.fast * (minute - arrived - self.rest)
            if back == self.slow * minute:
                yield minute
            if back < self.slow * minute:
                return


class Points(Story, name="グラフの点から速さ", method="ダイヤグラム 速さ"):
    situations = _LINES
    facts = "early~ 分 出発してから点Pまでの時間 / late~ 分 出発してから点Qまでの時間 / near~ m {p}から点Pまでの道のり / far~ m {p}から点Qまでの道のり"
    wordings = """
    {a}が{p}から{q}へ一定の速さで進むようすを、横のじくを時間、たてのじくを{p}からの道のりとしてグラフに表しました。グラフの直線の上に点Pと点Qがあり、PはQより前の点です。{a}の速さは分速何mですか。
    横のじくを時間、たてのじくを{p}からの道のりとするダイヤグラムがあります。{a}の線は、点Pから点Qまでまっすぐです。この間の{a}の速さは分速何mですか。"""

    def draw(self, dice: Dice) -> None:
        speed = 10 * dice((5, 20), (6, 40))
        self.early = dice((2, 12), (3, 15))
        self.late = self.early + dice((4, 15), (5, 25))
        self.near = 50 * dice((2, 20), (3, 30))
        self.far = self.near + speed * (self.late - self.early)

    def solve(self, _w: Words) -> Steps:
        yield f"点Pから点Qまでの時間は、{(time := n(self.late) - self.early):分}です。"
        yield f"その間に進んだ道のりは、{(way := n(self.far) - self.near):m}です。"
        yield f"1分間に進む道のりは、{(speed := way.result / time.result):m}です。"
        return Answer.speed("分速", speed, "m")

    search = root(lambda self, speed: self.near + speed * (self.late - self.early) - self.far)


class Opposite(Story, name="時間差のある出会い", method="ダイヤグラム 旅人算"):
    situations = _LINES
    facts = (
        f"way m {{p}}と{{q}}の間の道のり / wait 分 {{a}}が出てから{{b}}が出るまでの時間 / {_PACES}"
    )
    wordings = """
    {a}は{p}から{q}へ、{b}は{a}よりおくれて{q}から{p}へ向かい、どちらも一定の速さで進みました。ようすをダイヤグラムに表すと、2つの直線が交わりました。交わる点の時間は、{a}が出発してから何分後ですか。
    先に{p}を出た{a}と、あとから{q}を出た{b}が、同じ道を向かい合って進みます。2つの動きを表すグラフの線が交わるのは、{a}が{p}を出てから何分後でしょうか。"""

    def draw(self, dice: Dice) -> None:
        self.slow = 5 * dice((10, 16), (10, 20))
        self.fast = self.slow + 5 * dice((1, 10), (1, 20))
        self.wait = dice((2, 8), (3, 12))
        self.way = self.fast * self.wait + (self.fast + self.slow) * dice((4, 15), (5, 20))

    def solve(self, w: Words) -> Steps:
        yield f"{w.b}が出るまでに、{w.a}は{(ahead := n(self.fast) * self.wait):m}進んでいます。"
        yield f"そのときの間の道のりは、{(gap := n(self.way) - ahead.result):m}です。"
        yield f"1分間に{(speed := n(self.fast) + self.slow):m}ずつ近づくので、あと{(more := gap.result / speed.result):分}で出会います。"
        yield f"{w.a}が出発してからの時間は、{(total := n(self.wait) + more.result):分}です。"
        return Answer.of(total, "分後")

    search = root(
        lambda self, minute: self.fast * minute - (self.way - self.slow * (minute - self.wait))
    )


class Buses(Story, name="次のバス", method="ダイヤグラム 周期算"):
    situations = "who place / みなみさん 駅前 / けんじさん 病院前 / さやさん 学校前"
    facts = "every 分 {place}からバスが出る間かく / after 分 始発が出てから{who}が{place}に着くまでの時間"
    wordings = """
    {place}のバス停からは、始発のあと、バスが同じ間かくで出ます。{who}は{place}に着いたあと、次のバスに乗ります。{who}は何分待ちますか。
    {who}が{place}のバス停に着いたとき、ちょうどバスはいませんでした。バスは始発から等しい間かくで出ています。{who}が次のバスを待つ時間は何分でしょうか。"""

    def draw(self, dice: Dice) -> bool:
        self.every, self.after = dice((8, 20), (9, 35)), dice((40, 150), (60, 300))
        return self.after % self.every != 0

    def solve(self, w: Words) -> Steps:
        yield f"{w.who}が着くまでに出たバスの間かくの回数を調べます。{n(self.after).remainder(self.every)}"
        last = self.after // self.every
        yield f"次のバスが出るのは、始発から{(bus := n(self.every) * n(last + 1, '次の回数')):分}後です。"
        yield f"待つ時間は、{(wait := bus.result - self.after):分}です。"
        return Answer.of(wait, "分")

    def search(self) -> Found:
        bus = 0
        while bus < self.after:
            bus += self.every
        yield bus - self.after


TOPIC = topic("ダイヤグラム", "diagram", Returning, Points, Opposite, Buses)
