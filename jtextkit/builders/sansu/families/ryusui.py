"""流水算: boats that go up and down a river, and the speed of its water."""

from fractions import Fraction

from jtextkit.builders.sansu.expressions import n
from jtextkit.builders.sansu.problems import Answer
from jtextkit.builders.sansu.stories import Dice, Found, Steps, Story, Words, family

_FASTEST = 45
_STRONGEST = 12


def _river(dice: Dice) -> tuple[int, int]:
    """A boat's own speed and the stream's, km an hour."""
    stream = dice((1, 5), (1, 6), (1, 8))
    boat = stream + dice((5, 20), (6, 30), (8, 40))
    return boat, stream


_BOATS = """BOAT lower upper
    船 A町 B町
    遊覧船 船着き場A 船着き場B
    ボート P地点 Q地点
    貨物船 河口の港 上流の港"""


class Trip(Story, name="往復の時間"):
    situations = _BOATS
    wordings = """
    流れの速さが時速{stream}kmの川を、静水での速さが時速{boat}kmの{BOAT}で往復します。
      川下の{lower}から川上の{upper}までは{way}kmです。往復にかかる時間は何時間ですか。ただし、休む時間は考えません。
    {lower}と、それより川上にある{upper}との間の{way}kmを{BOAT}が行き来しています。流れのないところでこの{BOAT}は1時間に
      {boat}km進み、川は1時間に{stream}km流れます。{lower}を出て{upper}まで行き、すぐにもどってくると何時間かかりますか。
    {BOAT}が川を{way}km上り、同じところを下ってもどりました。
      川の水は毎時{stream}kmの速さで流れていて、{BOAT}の静水での速さは毎時{boat}kmです。上りと下りを合わせた時間を求めなさい。"""

    def draw(self, dice: Dice) -> bool:
        """A boat of ``boat`` km/h in a stream of ``stream`` km/h, ``way`` km up and down."""
        rise = dice((2, 9), (2, 14), (3, 24))
        fall = dice.rng.randint(1, rise - 1)
        # up * rise == down * fall: take up and down in the ratio of the times.
        scale = 2 * dice((1, 4), (1, 8), (1, 12))
        up, down = fall * scale // 2 * 2, rise * scale // 2 * 2
        self.boat, self.stream = (up + down) // 2, (down - up) // 2
        self.way = up * rise
        return 0 < self.stream < self.boat and self.stream <= _STRONGEST and self.boat <= _FASTEST

    def solve(self, _w: Words) -> Steps:
        yield f"上りの速さは、静水での速さから流れの速さをひいて、時速{(up := n(self.boat) - self.stream):km}です。"
        yield f"下りの速さは、流れの速さをたして、時速{(down := n(self.boat) + self.stream):km}です。"
        yield f"上りにかかる時間は、{(rise := n(self.way) / up.result):時間}です。"
        yield f"下りにかかる時間は、{(fall := n(self.way) / down.result):時間}です。"
        yield f"往復では、{(total := rise.result + fall.result):時間}です。"
        return Answer.of(total, "時間")

    def search(self) -> Found:
        """Hour by hour: the boat rows, the water carries it back or on."""
        hours = place = 0
        while place < self.way:
            place, hours = place + self.boat - self.stream, hours + 1
        exact = place == self.way
        while place > 0:
            place, hours = place - self.boat - self.stream, hours + 1
        if exact and place == 0:
            yield hours


class Times(Story, name="静水と流れの速さ", method="流水算 和差算"):
    situations = _BOATS
    wordings = """
    {BOAT}で{way}kmの川を上るのに{rise}時間、下るのに{fall}時間かかりました。
      この{BOAT}の静水での速さと、川の流れの速さは、それぞれ時速何kmですか。
    {lower}から{way}km上流の{upper}まで、{BOAT}は{rise}時間で着きます。帰りは流れに乗るので、同じ道のりが{fall}時間です。
      流れがないときの{BOAT}の時速と、流れの時速を求めなさい。
    川にそって{way}kmはなれた{upper}と{lower}があります。{BOAT}が{upper}から{lower}へ下る時間は{fall}時間、
      反対に上る時間は{rise}時間です。{BOAT}自体の速さと流れの速さは、1時間あたり何kmでしょうか。"""

    def draw(self, dice: Dice) -> bool:
        """``way`` km: ``rise`` hours up, ``fall`` hours down."""
        trip = Trip()
        if not trip.draw(dice):
            return False
        self.way = trip.way
        self.rise = trip.way // (trip.boat - trip.stream)
        self.fall = trip.way // (trip.boat + trip.stream)
        return True

    def solve(self, _w: Words) -> Steps:
        yield f"上りの速さは、時速{(up := n(self.way) / self.rise):km}です。"
        yield f"下りの速さは、時速{(down := n(self.way) / self.fall):km}です。"
        yield f"静水での速さは、上りと下りの速さの平均です。{(boat := (up.result + down.result) / 2):km}"
        yield f"流れの速さは、下りと上りの速さの差の半分です。{(stream := (down.result - up.result) / 2):km}"
        return Answer.parts(("静水での速さ 時速", boat, "km"), ("流れの速さ 時速", stream, "km"))

    def search(self) -> Found:
        """Try every boat and stream in whole km an hour."""
        for boat in range(1, 2 * _FASTEST):
            for stream in range(1, boat):
                if (boat - stream) * self.rise == self.way == (boat + stream) * self.fall:
                    yield boat, stream


class Stream(Story, name="下りの時間"):
    situations = _BOATS
    wordings = """
    静水での速さが時速{boat}kmの{BOAT}が、{way}kmの川を{hours}時間で上りました。同じところを下るには何時間かかりますか。
    {BOAT}は、流れのない水の上では1時間に{boat}km進みます。この{BOAT}が川下の{lower}を出てから、
      {way}km川上の{upper}に着くまでに{hours}時間かかりました。{upper}から{lower}へもどるときにかかる時間を求めなさい。
    ある川の{way}kmの区間を{BOAT}で進みます。上りにかかった時間は{hours}時間でした。
      {BOAT}の速さは静水で毎時{boat}kmとわかっていますが、流れの速さはわかっていません。下りは何時間になるでしょうか。"""

    def draw(self, dice: Dice) -> bool:
        """A boat of ``boat`` km/h goes ``way`` km up in ``hours``: how long does it take down?"""
        trip = Trip()
        if not trip.draw(dice):
            return False
        self.boat = trip.boat
        self.way = trip.way
        self.hours = trip.way // (trip.boat - trip.stream)
        return True

    def solve(self, _w: Words) -> Steps:
        yield f"上りの速さは、時速{(up := n(self.way) / self.hours):km}です。"
        yield f"流れの速さは、静水での速さとの差なので、時速{(stream := n(self.boat) - up.result):km}です。"
        yield f"下りの速さは、時速{(down := n(self.boat) + stream.result):km}です。"
        yield f"下りにかかる時間を求めます。{(hours := n(self.way) / down.result):時間}"
        return Answer.of(hours, "時間")

    def search(self) -> Found:
        for stream in range(self.boat):
            if sum(self.boat - stream for _ in range(self.hours)) == self.way:
                yield Fraction(self.way, self.boat + stream)


class Boats(Story, name="2せきの船", method="流水算 旅人算"):
    situations = """lower upper ONE TWO
        A港 B港 青い船 白い船
        下の橋 上の橋 ボートP ボートQ
        南町 北町 客船 貨物船"""
    wordings = """
    {lower}と、そこから{way}km川上の{upper}から、静水での速さが時速{one}kmの{ONE}と時速{two}kmの{TWO}が、
      向かい合って同時に出発しました。流れの速さは時速{stream}kmです。2せきは何時間後に、{lower}から何kmのところで出会いますか。
    時速{stream}kmで流れる川があり、{lower}から{upper}まで上ると{way}kmです。
      {ONE}は{lower}を、{TWO}は{upper}を同じ時こくに出て、それぞれ反対側へ向かいました。
      静水での時速は{ONE}が{one}km、{TWO}が{two}kmです。出会うまでの時間と、それまでに{ONE}が進んだ道のりを求めなさい。
    {upper}を出て川を下る{TWO}と、{lower}を出て川を上る{ONE}がすれちがいました。両方が出発したのは同じ時こくで、
      間の道のりは{way}kmです。流れがなければ1時間に{ONE}は{one}km、{TWO}は{two}km進み、流れは1時間に{stream}kmです。
      すれちがったのは出発から何時間後で、{lower}から何kmの地点でしょうか。"""

    def draw(self, dice: Dice) -> bool:
        """One goes up, one down, ``way`` km apart, in a stream of ``stream`` km/h."""
        self.one, self.stream = _river(dice)
        self.two = self.stream + dice((5, 20), (6, 30), (8, 40))
        hours = dice((1, 5), (1, 8), (2, 12))
        self.way = (self.one + self.two) * hours
        return self.one != self.two

    def solve(self, _w: Words) -> Steps:
        yield f"上る船の速さは、時速{(up := n(self.one) - self.stream):km}です。"
        yield f"下る船の速さは、時速{(down := n(self.two) + self.stream):km}です。"
        yield f"2せきは1時間に{(speed := up.result + down.result):km}ずつ近づきます。"
        yield f"出会うまでの時間は、{(hours := n(self.way) / speed.result):時間}です。"
        yield f"上る船が進んだ道のりは、{(place := up.result * hours.result):km}です。"
        return Answer.parts(("時間", hours, "時間"), ("道のり", place, "km"))

    def search(self) -> Found:
        up, down, hours = 0, self.way, 0
        while up < down:
            up += self.one - self.stream
            down -= self.two + self.stream
            hours += 1
        if up == down:
            yield hours, up


FAMILY = family("流水算", "ryusui", Trip, Times, Stream, Boats)
