"""通過算: trains that have a length, on bridges, in tunnels and beside each other."""

from jtextkit.builders.sansu.expressions import n
from jtextkit.builders.sansu.problems import Answer
from jtextkit.builders.sansu.stories import Dice, Found, Steps, Story, Words, root, topic


def _train(dice: Dice) -> tuple[int, int]:
    """A train's length in metres and its speed in metres a second."""
    return 10 * dice((6, 20), (8, 28)), dice((10, 25), (12, 30))


_TRAINS = "TRAIN BRIDGE TUNNEL POLE / 電車 鉄橋 トンネル ふみ切りに立つ人 / 急行列車 橋 トンネル 電柱 / 貨物列車 鉄橋 トンネル 信号機 / 特急列車 長い橋 トンネル 線路わきの木"
_ASIDES = "{TRAIN}には{6-10}両の車両があります"


class Bridge(Story, name="橋をわたる時間"):
    situations = _TRAINS
    facts = "train~ m {TRAIN}の長さ / bridge~ m {BRIDGE}の長さ / speed 秒速 {TRAIN}の速さ"
    wordings = """
    {TRAIN}が一定の速さで{BRIDGE}をわたります。わたり始めてからわたり終わるまでに何秒かかりますか。
    {TRAIN}の先頭が{BRIDGE}にさしかかってから、最後の車両が{BRIDGE}をはなれるまでの時間を調べます。その時間は何秒ですか。
    長さ{train}mの{TRAIN}が、長さ{bridge}mの{BRIDGE}をわたります。わたり始めてからわたり終わるまでに何秒かかりますか。"""
    asides = _ASIDES

    def draw(self, dice: Dice) -> bool:
        self.train, self.speed = _train(dice)
        self.bridge = self.speed * dice((10, 40), (15, 60)) - self.train
        return self.bridge >= 60

    def solve(self, w: Words) -> Steps:
        yield f"{w.TRAIN}がわたり終わるまでに進む道のりは、{w.BRIDGE}と{w.TRAIN}の長さの和です。{(way := n(self.bridge) + self.train):m}"
        yield f"かかる時間を求めます。{(seconds := way.result / self.speed):秒}"
        return Answer.of(seconds, "秒")

    def search(self) -> Found:
        for seconds in range(1, 1000):
            if seconds * self.speed - self.train == self.bridge:  # the tail is at the far end
                yield seconds


class Tunnel(Story, name="かくれている時間"):
    situations = _TRAINS
    facts = "train~ m {TRAIN}の長さ / tunnel~ m {TUNNEL}の長さ / hidden 秒 {TRAIN}全体が{TUNNEL}にかくれている時間"
    wordings = """
    {TRAIN}が一定の速さで{TUNNEL}を通りぬけました。この{TRAIN}の速さは秒速何mですか。
    {TUNNEL}を通りぬける{TRAIN}の速さを調べます。この{TRAIN}の速さは秒速何mですか。
    長さ{train}mの{TRAIN}が{tunnel}mの{TUNNEL}を通りぬけるとき、全体がかくれて見えない時間が{hidden}秒ありました。この{TRAIN}の速さは秒速何mですか。"""
    asides = _ASIDES

    def draw(self, dice: Dice) -> None:
        self.train, speed = _train(dice)
        self.hidden = dice((8, 40), (10, 60))
        self.tunnel = self.train + speed * self.hidden

    def solve(self, w: Words) -> Steps:
        yield f"{w.TRAIN}が全部かくれている間に進む道のりは、{w.TUNNEL}と{w.TRAIN}の長さの差です。{(way := n(self.tunnel) - self.train):m}"
        yield f"1秒間に進む道のりを求めます。{(speed := way.result / self.hidden):m}"
        return Answer.speed("秒速", speed, "m")

    search = root(lambda self, speed: self.train + speed * self.hidden - self.tunnel)


class TwoTrains(Story, name="すれちがい", method="通過算 旅人算"):
    situations = "a b / 上り列車 下り列車 / 急行列車 普通列車 / 特急列車 貨物列車"
    facts = "one~ m {a}の長さ / two~ m {b}の長さ / fast~ 秒速 {a}の速さ / slow~ 秒速 {b}の速さ"
    wordings = """
    {a}と{b}が、向かい合って走ってきました。出会ってからはなれるまでに何秒かかりますか。
    となり合う線路を反対の向きに走る{a}と{b}があります。2つの列車がすれちがい始めてから終わるまでの時間を求めなさい。
    長さ{one}m、秒速{fast}mの{a}と、長さ{two}m、秒速{slow}mの{b}が、向かい合って走ってきました。出会ってからはなれるまでに何秒かかりますか。"""
    sign = 1

    def draw(self, dice: Dice) -> bool:
        (self.one, self.fast), (self.two, self.slow) = _train(dice), _train(dice)
        speed = self.fast + self.sign * self.slow
        return self.slow < self.fast and (self.one + self.two) % speed == 0 and speed > 2

    def solve(self, _w: Words) -> Steps:
        yield f"出会ってからはなれるまでに、2つの列車の長さの和だけ進みます。{(way := n(self.one) + self.two):m}"
        yield f"向かい合って走るので、1秒間に合わせて{(speed := n(self.fast) + self.slow):m}進みます。"
        yield f"すれちがう時間を求めます。{(seconds := way.result / speed.result):秒}"
        return Answer.of(seconds, "秒")

    search = root(
        lambda self, seconds: (
            self.fast * seconds - self.one - (self.two - self.sign * self.slow * seconds)
        )
    )


class Overtake(TwoTrains, name="追いこし", method="通過算 旅人算"):
    wordings = """
    {a}が、前を同じ向きに走る{b}に追いつきました。それから完全に追いこすまでに何秒かかりますか。
    {a}と{b}が同じ向きに走っています。{a}の先頭が{b}の最後部に並んだときから、{a}の最後部が{b}の先頭に並ぶまでの時間は何秒でしょうか。
    秒速{fast}mで走る長さ{one}mの{a}が、前を秒速{slow}mで走る長さ{two}mの{b}に追いつきました。それから完全に追いこすまでに何秒かかりますか。"""
    sign = -1

    def solve(self, _w: Words) -> Steps:
        yield f"追いついてから追いこすまでに、2つの列車の長さの和だけ多く進みます。{(way := n(self.one) + self.two):m}"
        yield f"1秒間に{(speed := n(self.fast) - self.slow):m}ずつ多く進みます。"
        yield f"追いこすのにかかる時間を求めます。{(seconds := way.result / speed.result):秒}"
        return Answer.of(seconds, "秒")


TOPIC = topic("通過算", "tsuka", Bridge, Tunnel, TwoTrains, Overtake)
