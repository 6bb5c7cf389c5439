"""流水算: boats that go up and down a river, and the speed of its water."""

from jtextkit.builders.sansu.expressions import n
from jtextkit.builders.sansu.problems import Answer
from jtextkit.builders.sansu.stories import Dice, Found, Steps, Story, Words, found, topic

_BOATS = "BOAT lower upper / 船 A町 B町 / 遊覧船 下の船着き場 上の船着き場 / ボート 下の橋 上の橋 / 貨物船 河口の港 上流の港"
_WAY = "way km {lower}と{upper}の間の道のり"


def _river(dice: Dice) -> tuple[int, int, int, int, int] | None:
    """A boat's own speed, the stream's, a way, and the hours up and down."""
    rise = dice((2, 6), (2, 8))
    fall = dice.rng.randint(1, rise - 1)
    # up * rise == down * fall: take up and down in the ratio of the times.
    scale = 2 * dice((1, 4), (1, 6))
    up, down = fall * scale, rise * scale
    boat, stream = (up + down) // 2, (down - up) // 2
    return (boat, stream, up * rise, rise, fall) if stream <= 6 and 6 <= boat <= 30 else None


class Trip(Story, name="往復の時間"):
    situations = _BOATS
    facts = f"{_WAY} / boat~ 時速 静水での{{BOAT}}の速さ / stream~ 時速 川の流れの速さ"
    wordings = """
    川下の{lower}と川上の{upper}の間を、{BOAT}が往復します。往復にかかる時間は何時間ですか。
    {BOAT}が{lower}から川上の{upper}まで上り、すぐに{lower}までもどってきました。上りと下りを合わせて何時間かかりましたか。
    川下の{lower}から川上の{upper}までは{way}kmです。この間を{BOAT}が休まずに往復すると、何時間かかりますか。"""

    def draw(self, dice: Dice) -> bool:
        river = _river(dice)
        if river:
            self.boat, self.stream, self.way, _, _ = river
        return river is not None

    def solve(self, _w: Words) -> Steps:
        yield f"上りの速さは、静水での速さから流れの速さをひいて、時速{(up := n(self.boat) - self.stream):km}です。"
        yield f"下りの速さは、流れの速さをたして、時速{(down := n(self.boat) + self.stream):km}です。"
        yield f"上りにかかる時間は{(rise := n(self.way) / up.result):時間}、下りにかかる時間は{(fall := n(self.way) / down.result):時間}です。"
        yield f"往復では、{(total := rise.result + fall.result):時間}です。"
        return Answer.of(total, "時間")

    def search(self) -> Found:
        """Go up and come down again, an hour at a time."""
        place, hours, turned = 0, 0, False
        while not turned or place > 0:
            place += -self.boat - self.stream if turned else self.boat - self.stream
            turned = turned or place >= self.way
            hours += 1
        if not place:
            yield hours


class Times(Story, name="静水と流れの速さ", method="流水算 和差算"):
    situations = _BOATS
    facts = f"{_WAY} / rise~ 時間 {{BOAT}}が{{lower}}から{{upper}}まで上るのにかかる時間 / fall~ 時間 {{BOAT}}が{{upper}}から{{lower}}まで下るのにかかる時間"
    wordings = """
    {BOAT}が、川下の{lower}と川上の{upper}の間を行き来しています。静水での{BOAT}の速さは時速何kmですか。
    ある{BOAT}が川を上ったり下ったりしています。流れがないときのこの{BOAT}の速さは、時速何kmですか。
    {BOAT}で{way}kmの川を上るのに{rise}時間、下るのに{fall}時間かかりました。この{BOAT}の静水での速さは時速何kmですか。"""

    def draw(self, dice: Dice) -> bool:
        river = _river(dice)
        if river:
            _, _, self.way, self.rise, self.fall = river
        return river is not None

    def solve(self, _w: Words) -> Steps:
        yield f"上りの速さは、時速{(up := n(self.way) / self.rise):km}です。"
        yield f"下りの速さは、時速{(down := n(self.way) / self.fall):km}です。"
        yield f"静水での速さは、上りと下りの速さの平均です。{(boat := (up.result + down.result) / 2):km}"
        return Answer.speed("時速", boat, "km")

    def search(self) -> Found:
        for boat in range(1, 200):
            for stream in range(1, boat):
                if (boat - stream) * self.rise == self.way == (boat + stream) * self.fall:
                    yield boat


class Along(Story, name="流れに乗る道のり"):
    situations = _BOATS
    facts = "boat~ 時速 静水での{BOAT}の速さ / stream~ 時速 川の流れの速さ / hours 時間 {BOAT}が進んだ時間"
    wordings = """
    {BOAT}が{upper}を出て、川を下りました。{BOAT}が下った道のりは何kmですか。
    {upper}から{lower}へ向かって、{BOAT}が川を下っています。この間に進んだ道のりを求めなさい。
    静水での速さが時速{boat}kmの{BOAT}が、時速{stream}kmで流れる川を下ります。{hours}時間で何km進みますか。"""

    def draw(self, dice: Dice) -> None:
        self.boat, self.stream = dice((8, 20), (8, 24)), dice((1, 4), (1, 6))
        self.hours = dice((2, 5), (2, 6))

    def solve(self, _w: Words) -> Steps:
        yield f"下りの速さは、静水での速さに流れの速さをたして、時速{(down := n(self.boat) + self.stream):km}です。"
        yield f"下った道のりは、{(way := down.result * self.hours):km}です。"
        return Answer.of(way, "km")

    search = found(lambda self: sum(self.boat + self.stream for _ in range(self.hours)))


class Boats(Story, name="2せきの船", method="流水算 旅人算"):
    situations = "lower upper ONE TWO / A港 B港 青い船 白い船 / 下の橋 上の橋 赤いボート 黄色いボート / 南町 北町 客船 貨物船"
    facts = f"{_WAY} / one~ 時速 静水での{{ONE}}の速さ / two~ 時速 静水での{{TWO}}の速さ / stream 時速 川の流れの速さ"
    wordings = """
    川下の{lower}から{ONE}が上り、川上の{upper}から{TWO}が下ります。2せきは同時に出発しました。出会うまでに{ONE}が進む道のりは何kmですか。
    {ONE}は川下の{lower}を、{TWO}は川上の{upper}を同じ時こくに出て、たがいに相手のほうへ進みます。2せきがすれちがうのは、{lower}から何kmの地点でしょうか。
    {lower}と、そこから{way}km川上の{upper}から、{ONE}と{TWO}が向かい合って同時に出発しました。2せきは、{lower}から何kmのところで出会いますか。"""

    def draw(self, dice: Dice) -> bool:
        self.stream = dice((1, 4), (1, 5))
        self.one, self.two = (self.stream + more for more in dice.many(2, (6, 16), (6, 20)))
        self.way = (self.one + self.two) * dice((1, 3), (1, 4))
        return self.one != self.two

    def solve(self, w: Words) -> Steps:
        yield f"上る{w.ONE}の速さは時速{(up := n(self.one) - self.stream):km}、下る{w.TWO}の速さは時速{(down := n(self.two) + self.stream):km}です。"
        yield f"2せきは1時間に{(speed := up.result + down.result):km}ずつ近づきます。"
        yield f"出会うまでの時間は、{(hours := n(self.way) / speed.result):時間}です。"
        yield f"上る船が進んだ道のりは、{(place := up.result * hours.result):km}です。"
        return Answer.of(place, "km")

    def search(self) -> Found:
        one, two = 0, self.way
        while one < two:
            one, two = one + self.one - self.stream, two - self.two - self.stream
        if one == two:
            yield one


TOPIC = topic("流水算", "ryusui", Trip, Times, Along, Boats)
