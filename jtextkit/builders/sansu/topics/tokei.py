"""時計算: the hands of a clock, and the angle between them."""

from fractions import Fraction

from jtextkit.builders.sansu.expressions import n, number_text
from jtextkit.builders.sansu.problems import Answer
from jtextkit.builders.sansu.stories import Dice, Found, Steps, Story, Words, found, topic

_HALF = 180
_CLOCKS = "clock part / 時計 午前 / かべの時計 午後 / 駅の時計 午前 / うで時計 午後"


class Time(Story, name="針の角度"):
    situations = _CLOCKS
    facts = "minute 分 {hour}時ちょうどからたった時間"
    wordings = """
    {clock}が{hour}時ちょうどをさしてから、何分かがたちました。／そのとき、長針と短針がつくる角のうち、小さいほうの角は何度ですか。
    {part}{hour}時ちょうどから少し時間がたったときの{clock}を見ました。2本の針の間の角度は何度ですか。ただし、180度以下で答えなさい。
    {clock}が{hour}時{minute}分をさしています。長針と短針がつくる角のうち、小さいほうの角は何度ですか。"""

    def draw(self, dice: Dice) -> None:
        self.hour = dice.rng.randint(1, 11)
        self.minute = 2 * dice((5, 29), (5, 29))

    def solve(self, _w: Words) -> Steps:
        at_hour = n(self.hour) * 30
        went = n("0.5") * self.minute
        long = n(6) * self.minute
        yield f"{self.hour}時のとき、短針は12の目もりから{at_hour:度}のところにあります。"
        yield f"短針は1分に0.5度進むので、{self.minute}分では{went:度}進み、{(short := at_hour.result + went.result):度}のところに来ます。"
        yield f"長針は1分に6度進むので、{long:度}のところにあります。"
        low, high = sorted((short.result, long.result), key=lambda hand: hand.value)
        angle = high - low
        if angle.value > _HALF:
            yield f"2つの差は{angle:度}で、180度より大きいので、小さいほうの角は{(angle := n(360) - angle.result):度}です。"
        else:
            yield f"2つの差は、{angle:度}です。"
        return Answer.of(angle, "度")

    def search(self) -> Found:
        """In half degrees: move both hands minute by minute."""
        short, long = 60 * self.hour, 0
        for _ in range(self.minute):
            short, long = short + 1, long + 12
        gap = abs(short - long) % 720
        yield Fraction(min(gap, 720 - gap), 2)


class Angle(Story, name="何時何分"):
    situations = _CLOCKS
    wordings = """
    {hour}時を過ぎてから、{clock}の長針と短針がはじめて{shape}のは{hour}時何分ですか。分数で答えなさい。
    {clock}の針が{part}{hour}時ちょうどをさしました。このあと2本の針が最初に{shape}時こくは{hour}時何分ですか。わり切れないときは分数を使いなさい。
    {part}{hour}時から{next_hour}時までの間に、{clock}の長い針と短い針が{shape}ことがあります。1回目は{hour}時何分でしょうか。"""

    def draw(self, dice: Dice) -> bool:
        self.hour = dice.rng.randint(1, 6)
        self.next_hour = self.hour + 1
        self.angle = dice.rng.choice(range(0, 181, 10))
        self.shape = {0: "ぴったり重なる", _HALF: "一直線になる"}.get(
            self.angle, f"{self.angle}度の角をつくる"
        )
        return 30 * self.hour - self.angle > 0

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
        """Eleventh by eleventh of a minute."""
        for elevenths in range(1, 660):
            short, long = 330 * self.hour + Fraction(elevenths, 2), 6 * elevenths
            gap = abs(short - long) / 11
            if min(gap, 360 - gap) == self.angle:
                yield Fraction(elevenths, 11)
                return


class Wrong(Story, name="くるう時計"):
    situations = _CLOCKS
    facts = "hours 時間 正しい時こくに合わせてからの時間数 / seconds 秒 1時間に{goes}秒数"
    wordings = """
    {goes}{clock}があり、正しい時こくに合わせました。くるいは全部で何分何秒になりますか。
    {clock}を時報に合わせましたが、この{clock}はいつも同じ割合で{goes}ことがわかりました。正しい時こくとのちがいは何分何秒になっていますか。
    1時間に{seconds}秒{goes}{clock}があります。正しい時こくに合わせてから{hours}時間後には、何分何秒{goes}ことになりますか。"""

    def draw(self, dice: Dice) -> bool:
        self.hours, self.seconds = dice((4, 24), (6, 48)), dice((5, 30), (5, 45))
        self.fast = dice.rng.random() < 0.5
        self.goes = "進む" if self.fast else "おくれる"
        return self.seconds * self.hours % 60 != 0 and self.seconds * self.hours > 60

    def solve(self, w: Words) -> Steps:
        word = "進み" if self.fast else "おくれ"
        yield f"{w.clock}は{self.hours}時間で{(error := n(self.seconds) * self.hours):秒}{word}ます。"
        minutes = int(error.value // 60)
        yield f"60秒が1分なので、{minutes}分は{(whole := n(60) * minutes):秒}です。"
        yield f"残りは{(seconds := error.result - whole.result):秒}なので、{minutes}分{seconds.result}秒{word}ます。"
        return Answer((error.value,), f"{minutes}分{seconds.result}秒")

    search = found(lambda self: sum(self.seconds for _ in range(self.hours)))


TOPIC = topic("時計算", "tokei", Time, Angle, Wrong)
