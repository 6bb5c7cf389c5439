"""通過算: trains that have a length, before poles, on bridges, in tunnels and beside each other."""

from jtextkit.builders.sansu.expressions import n
from jtextkit.builders.sansu.problems import Answer
from jtextkit.builders.sansu.stories import Dice, Found, Steps, Story, Words, family

_MOST = 2000


def _train(dice: Dice) -> tuple[int, int]:
    """A train's length in metres and its speed in metres a second."""
    step = dice.pick(10, 5, 1)
    length = step * dice((6, 25), (12, 60), (60, 400))
    speed = dice((10, 30), (10, 36), (10, 45))
    return length, speed


_TRAINS = """TRAIN BRIDGE TUNNEL POLE
    電車 鉄橋 トンネル ふみ切りに立つ人
    急行列車 橋 トンネル 電柱
    貨物列車 鉄橋 地下の区間 信号機
    特急列車 長い橋 トンネル 線路わきの木"""


class Bridge(Story, name="橋をわたる時間"):
    situations = _TRAINS
    wordings = """
    長さ{train}mの{TRAIN}が、秒速{speed}mで長さ{bridge}mの{BRIDGE}をわたります。
      わたり始めてからわたり終わるまでに何秒かかりますか。
    {BRIDGE}の長さは{bridge}m、そこを通る{TRAIN}の長さは{train}mです。
      1秒間に{speed}m進む{TRAIN}の先頭が{BRIDGE}にさしかかってから、最後の車両が{BRIDGE}をはなれるまでの時間を求めなさい。
    毎秒{speed}mで走る{TRAIN}があります。この{TRAIN}は先頭から最後部まで{train}mあり、{bridge}mの{BRIDGE}を通過中です。
      {BRIDGE}に入ってから完全に出るまでは何秒でしょうか。"""

    def draw(self, dice: Dice) -> bool:
        """A train ``train`` metres long crosses ``bridge`` metres at ``speed`` metres a second."""
        self.train, self.speed = _train(dice)
        seconds = dice((10, 60), (15, 90), (20, 150))
        self.bridge = self.speed * seconds - self.train
        return self.bridge >= 50

    def solve(self, w: Words) -> Steps:
        yield f"{w.TRAIN}がわたり始めてからわたり終わるまでに進む道のりは、{w.BRIDGE}と{w.TRAIN}の長さの和です。{(way := n(self.bridge) + self.train):m}"
        yield f"かかる時間を求めます。{(seconds := way.result / self.speed):秒}"
        return Answer.of(seconds, "秒")

    def search(self) -> Found:
        """Second by second: where is the last car?"""
        tail = -self.train
        for seconds in range(1, _MOST):
            tail += self.speed
            if tail == self.bridge:
                yield seconds
            if tail >= self.bridge:
                return


class Tunnel(Story, name="かくれている時間"):
    situations = _TRAINS
    wordings = """
    長さ{train}mの{TRAIN}が{tunnel}mの{TUNNEL}を通りぬけるとき、全体がかくれて見えない時間が{hidden}秒ありました。
      この{TRAIN}の速さは秒速何mですか。
    {TRAIN}の最後の車両が{TUNNEL}に入ってから、先頭が出口に着くまでに{hidden}秒かかりました。
      {TRAIN}は{train}m、{TUNNEL}は{tunnel}mの長さです。1秒間に進んだ道のりを求め、秒速で答えなさい。
    {tunnel}mの{TUNNEL}の中に、{train}mの{TRAIN}がすっぽり入っているのは{hidden}秒間でした。{TRAIN}は一定の速さで走っています。
      秒速何mで走っているでしょうか。"""

    def draw(self, dice: Dice) -> None:
        """A train ``train`` metres long is hidden for ``hidden`` seconds in ``tunnel`` metres."""
        self.train, speed = _train(dice)
        self.hidden = dice((8, 50), (10, 80), (15, 150))
        self.tunnel = self.train + speed * self.hidden

    def solve(self, w: Words) -> Steps:
        yield f"{w.TRAIN}が全部かくれている間に進む道のりは、{w.TUNNEL}と{w.TRAIN}の長さの差です。{(way := n(self.tunnel) - self.train):m}"
        yield f"速さを求めます。秒速{(speed := way.result / self.hidden):m}"
        return Answer((speed.value,), f"秒速{speed.result}m")

    def search(self) -> Found:
        """Try every speed: how long are both ends inside?"""
        for speed in range(1, self.tunnel):
            head = self.train  # the tail has just gone in
            head += speed * self.hidden
            if head == self.tunnel:
                yield speed


class Both(Story, name="長さと速さ"):
    situations = _TRAINS
    wordings = """
    {TRAIN}が{POLE}の前を通り過ぎるのに{pole}秒、{bridge}mの{BRIDGE}をわたり終わるのに{seconds}秒かかりました。
      {TRAIN}の速さは秒速何mで、長さは何mですか。
    一定の速さの{TRAIN}があります。{bridge}mの{BRIDGE}にさしかかってから通りぬけるまでは{seconds}秒ですが、
      {POLE}の前なら{pole}秒で通過します。この{TRAIN}の秒速と長さを求めなさい。"""

    def draw(self, dice: Dice) -> None:
        """A pole takes ``pole`` seconds, a bridge of ``bridge`` metres ``seconds``."""
        speed = dice((10, 25), (10, 36), (10, 45))
        self.pole = dice((3, 10), (4, 15), (4, 20))
        more = dice((10, 40), (12, 60), (15, 100))
        self.bridge, self.seconds = speed * more, self.pole + more

    def solve(self, w: Words) -> Steps:
        yield f"{w.BRIDGE}のほうが長くかかるのは、{w.BRIDGE}の長さの分だけ多く進むからです。{(more := n(self.seconds) - self.pole):秒}"
        yield f"{self.bridge}mを{more.result}秒で進むので、速さは秒速{(speed := n(self.bridge) / more.result):m}です。"
        yield f"{w.TRAIN}の長さは、{self.pole}秒で進む道のりです。{(length := speed.result * self.pole):m}"
        return Answer.parts(("速さ 秒速", speed, "m"), ("長さ", length, "m"))

    def search(self) -> Found:
        for speed in range(1, self.bridge):
            length = speed * self.pole
            if length + self.bridge == speed * self.seconds:
                yield speed, length


_PAIRS = """a b
    上り列車 下り列車
    急行 普通電車
    列車A 列車B"""


class TwoTrains(Story, name="すれちがい", method="通過算 旅人算"):
    situations = _PAIRS
    wordings = """
    長さ{one}m、秒速{fast}mの{a}と、長さ{two}m、秒速{slow}mの{b}が、向かい合って走ってきました。
      出会ってからはなれるまでに何秒かかりますか。
    となり合う線路を反対の向きに走る{a}と{b}があります。{b}は長さが{two}mで毎秒{slow}m、{a}は長さが{one}mで毎秒{fast}m進みます。
      2つの列車がすれちがい始めてから終わるまでの時間を求めなさい。"""

    def draw(self, dice: Dice) -> bool:
        """Lengths and speeds of two trains, the second slower."""
        (self.one, self.fast), (self.two, self.slow) = _train(dice), _train(dice)
        if self.slow == self.fast:
            return False
        self.slow, self.fast = min(self.slow, self.fast), max(self.slow, self.fast)
        return (self.one + self.two) % (self.fast + self.slow) == 0

    def solve(self, _w: Words) -> Steps:
        yield f"出会ってからはなれるまでに、2つの列車の長さの和だけ進みます。{(way := n(self.one) + self.two):m}"
        yield f"向かい合って走るので、1秒間に合わせて{(speed := n(self.fast) + self.slow):m}進みます。"
        yield f"すれちがう時間を求めます。{(seconds := way.result / speed.result):秒}"
        return Answer.of(seconds, "秒")

    def search(self) -> Found:
        """The heads meet; second by second, until the tails meet."""
        tail, other = -self.one, self.two
        for seconds in range(1, _MOST):
            tail, other = tail + self.fast, other - self.slow
            if tail == other:
                yield seconds
            if tail >= other:
                return


class Overtake(Story, name="追いこし", method="通過算 旅人算"):
    situations = _PAIRS
    wordings = """
    秒速{fast}mで走る長さ{one}mの{a}が、前を秒速{slow}mで走る長さ{two}mの{b}に追いつきました。
      それから完全に追いこすまでに何秒かかりますか。
    {a}の先頭が{b}の最後部に並んだときから、{a}の最後部が{b}の先頭に並ぶまでの時間を考えます。
      {a}の長さは{one}mで1秒に{fast}m、{b}の長さは{two}mで1秒に{slow}m進み、同じ向きに走っています。この時間は何秒でしょうか。"""

    def draw(self, dice: Dice) -> bool:
        (self.one, self.fast), (self.two, self.slow) = _train(dice), _train(dice)
        self.slow, self.fast = min(self.slow, self.fast), max(self.slow, self.fast)
        return self.fast > self.slow and (self.one + self.two) % (self.fast - self.slow) == 0

    def solve(self, _w: Words) -> Steps:
        yield f"追いついてから追いこすまでに、2つの列車の長さの和だけ多く進みます。{(way := n(self.one) + self.two):m}"
        yield f"1秒間に{(speed := n(self.fast) - self.slow):m}ずつ多く進みます。"
        yield f"追いこすのにかかる時間を求めます。{(seconds := way.result / speed.result):秒}"
        return Answer.of(seconds, "秒")

    def search(self) -> Found:
        tail, head = -self.one, self.two
        for seconds in range(1, _MOST):
            tail, head = tail + self.fast, head + self.slow
            if tail == head:
                yield seconds
            if tail >= head:
                return


FAMILY = family("通過算", "tsuka", Bridge, Tunnel, Both, TwoTrains, Overtake)
