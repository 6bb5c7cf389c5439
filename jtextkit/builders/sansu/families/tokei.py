"""時計算: the hands of a clock, and the angle between them."""

from fractions import Fraction

from jtextkit.builders.sansu.expressions import n, number_text
from jtextkit.builders.sansu.problems import Answer
from jtextkit.builders.sansu.stories import Dice, Found, Steps, Story, Words, family

_HALF, _FULL = 180, 360
_CLOCKS = """clock part
    時計 午前
    かべの時計 午後
    駅の時計 午前
    うで時計 午後"""


class Time(Story, name="針の角度"):
    situations = _CLOCKS
    wordings = """
    {clock}が{hour}時{minute}分をさしています。長針と短針がつくる角のうち、小さいほうの角は何度ですか。
    {part}{hour}時{minute}分に{clock}を見ました。このとき、2本の針の間の角度を求めなさい。
      ただし、角度は180度以下で答えるものとします。
    長針と短針のある{clock}で、{hour}時ちょうどから{minute}分がたちました。そのときの両方の針が開いている角度は何度でしょうか。
      180度をこえないほうの角で考えます。
    たんじょう日会は{hour}時{minute}分に始まります。その時こくの{clock}をかくには、短針と長針の間を何度にすればよいですか。
      小さいほうの角度を答えなさい。"""

    def draw(self, dice: Dice) -> None:
        """A time of day on a clock with twelve hours."""
        self.hour = dice.rng.randint(1, 12)
        self.minute = dice.rng.choice(dice.pick(range(2, 60, 2), range(1, 60), range(1, 60)))

    def solve(self, _w: Words) -> Steps:
        at_hour = n(self.hour % 12) * 30
        went = n("0.5") * self.minute
        short = at_hour.result + went.result
        long = n(6) * self.minute
        low, high = sorted((short.result, long.result), key=lambda hand: hand.value)
        yield f"{self.hour}時のとき、短針は12の目もりから{at_hour:度}のところにあります。"
        yield f"短針は1分に0.5度進むので、{self.minute}分では{went:度}進み、{short:度}のところに来ます。"
        yield f"長針は1分に6度進むので、{long:度}のところにあります。"
        yield f"2つの差は、{(gap := high - low):度}です。"
        angle = gap
        if gap.value > _HALF:
            angle = n(_FULL) - gap.result
            yield f"180度より大きいので、小さいほうの角は{angle:度}です。"
        return Answer.of(angle, "度")

    def search(self) -> Found:
        """Turn both hands from twelve o'clock on, minute by minute, in half degrees."""
        short = long = 0
        for _ in range(self.hour % 12 * 60 + self.minute):
            short, long = (short + 1) % 720, (long + 12) % 720
        gap = abs(short - long)
        yield Fraction(min(gap, 720 - gap), 2)


def _first(hour: int, angle: int) -> Fraction | None:
    """Minutes after the hour at which the long hand first stands ``angle`` before the other."""
    behind = 30 * hour - angle
    if behind <= 0 or 30 * hour > _HALF:  # or it may come to the angle from the other side first
        return None
    return Fraction(behind * 2, 11)


class Angle(Story, name="何時何分"):
    situations = _CLOCKS
    wordings = """
    {hour}時を過ぎてから、{clock}の長針と短針がはじめて{shape}のは{hour}時何分ですか。分数で答えなさい。
    {clock}の針が{part}{hour}時ちょうどをさしました。このあと2本の針が最初に{shape}時こくを求めなさい。
      わり切れないときは分数を使います。
    {part}{hour}時から{next_hour}時までの1時間に、{clock}の長い針と短い針が{shape}ことがあります。1回目は{hour}時何分でしょうか。"""

    def draw(self, dice: Dice) -> bool:
        """Between ``hour`` and the next: when is the angle ``angle`` (0 to 180) for the first time?"""
        self.hour = dice.rng.randint(1, 6)
        self.angle = dice.rng.choice(dice.pick(range(0, 181, 10), range(0, 181, 5), range(181)))
        self.shape = {0: "ぴったり重なる", _HALF: "一直線になる"}.get(
            self.angle, f"{self.angle}度の角をつくる"
        )
        self.next_hour = self.hour + 1
        return _first(self.hour, self.angle) is not None

    def solve(self, _w: Words) -> Steps:
        yield f"{self.hour}時のとき、短針は長針より{(ahead := n(30) * self.hour):度}進んでいます。"
        yield f"長針は短針より1分に{(speed := n(6) - n('0.5')):度}ずつ多く進みます。"
        way = ahead.result
        if self.angle:
            yield f"角が{self.angle}度になるまでに、長針は{(less := ahead.result - self.angle):度}だけ多く進みます。"
            way = less.result
        minutes = way / speed.result
        exact = number_text(minutes.value, mixed=True, decimals=False)
        yield f"かかる時間を求めます。{way}÷{speed.result}＝{exact}（分）"
        return Answer((minutes.value,), f"{self.hour}時{exact}分")

    def search(self) -> Found:
        """Look every eleventh of a minute through the hour for the first time at which it fits."""
        for elevenths in range(1, 60 * 11):
            # In 22nds of a degree both hands are whole numbers at every eleventh of a minute.
            short = (self.hour * 30 * 22 + elevenths) % (_FULL * 22)
            long = 12 * elevenths % (_FULL * 22)
            gap = abs(short - long)
            if min(gap, _FULL * 22 - gap) == self.angle * 22:
                yield Fraction(elevenths, 11)
                return


class Wrong(Story, name="くるう時計"):
    situations = _CLOCKS
    wordings = """
    1時間に{seconds}秒{goes}{clock}があります。正しい時こくに合わせてから{hours}時間後には、どれだけ{goes}ことになりますか。
    {part}8時に{clock}を時報に合わせました。調べてみると、この{clock}は1時間につき{seconds}秒ずつ{goes}ことがわかりました。
      合わせてから{hours}時間たったときのくるいを求めなさい。
    {hours}時間の間、{clock}を直さずに使います。1時間ごとに正しい時こくから{seconds}秒ずつ{goes}とすると、
      最後に時報との差はどれだけになっているでしょうか。
    {clock}の電池が弱ったのか、時こくが{hours}時間でどれくらいくるうのか心配になりました。
      1時間で{seconds}秒{goes}とわかっています。くるいは全部でどれだけですか。"""

    def draw(self, dice: Dice) -> bool:
        """A clock set right at noon gains (or loses) ``seconds`` an hour: its error after ``hours``."""
        self.hours = dice((2, 24), (3, 48), (6, 168))
        self.seconds = dice.rng.choice(dice.pick(range(2, 61, 2), range(3, 91), range(1, 121)))
        if not self.seconds * self.hours % 60:
            return False
        self.fast = dice.rng.random() < 0.5
        self.goes = "進む" if self.fast else "おくれる"
        return True

    def solve(self, w: Words) -> Steps:
        word = "進み" if self.fast else "おくれ"
        yield f"{w.clock}は{self.hours}時間で{(error := n(self.seconds) * self.hours):秒}{word}ます。"
        minutes = int(error.value // 60)
        yield f"60秒が1分なので、{minutes}分は{(whole := n(60) * minutes):秒}です。"
        seconds = error.result - whole.result
        shown = f"{minutes}分{seconds.result}秒" if minutes else f"{seconds.result}秒"
        yield f"残りは{seconds:秒}なので、{shown}{word}ます。"
        return Answer((error.value,), shown)

    def search(self) -> Found:
        """Let a right and a wrong clock run, hour by hour, and compare them."""
        right = wrong = 0
        for _ in range(self.hours):
            right += 3600
            wrong += 3600 + (self.seconds if self.fast else -self.seconds)
        yield abs(wrong - right)


class Turned(Story, name="針が回る時間"):
    situations = _CLOCKS
    wordings = """
    {clock}の{hand}が{degrees}度回るのにかかる時間は何分ですか。
    みつきさんが出かけている間に、{clock}の{hand}は{degrees}度進みました。みつきさんが出かけていた時間を分で答えなさい。"""

    def draw(self, dice: Dice) -> None:
        """A hand has turned by ``degrees``; ``short`` tells which."""
        self.short = dice.rng.random() < 0.5
        top = dice.pick((180, 240), (240, 480), (400, 1000))
        self.degrees = (
            dice.rng.randint(1, top[self.short]) if self.short else 6 * dice.rng.randint(1, top[0])
        )
        self.hand = "短針" if self.short else "長針"

    def solve(self, _w: Words) -> Steps:
        speed = n(360) / 60 if not self.short else n(30) / 60
        minutes = n(self.degrees) / speed.result
        hand, around = ("短針", "60分で30度") if self.short else ("長針", "60分で360度")
        yield f"{hand}は{around}進むので、1分に進む角度は{speed:度}です。"
        yield f"かかる時間を求めます。{minutes:分}"
        return Answer.of(minutes, "分")

    def search(self) -> Found:
        """Watch the hand minute by minute, in half degrees."""
        turned = minutes = 0
        while turned < 2 * self.degrees:
            turned += 1 if self.short else 12
            minutes += 1
        if turned == 2 * self.degrees:
            yield minutes


FAMILY = family("時計算", "tokei", Time, Angle, Wrong, Turned)
