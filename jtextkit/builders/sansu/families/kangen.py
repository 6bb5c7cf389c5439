"""還元算: undoing, step by step from the end, what was done to a number."""

from fractions import Fraction

from jtextkit.builders.sansu.expressions import n
from jtextkit.builders.sansu.problems import Answer
from jtextkit.builders.sansu.stories import Dice, Found, Steps, Story, Words, family

_MOST = 6000
_NUMBERS = """what who
    はじめの数 あきこ
    もとの数 しょうた
    思いうかべた数 みなと"""


class Done(Story, name="計算をもどす"):
    situations = _NUMBERS
    wordings = """
    {who}さんはある数を決め、それに{times}をかけて{plus}をたし、さらに{by}でわったら{end}になったそうです。{what}を求めなさい。
    数を入れると、まず{times}倍し、次に{plus}を加え、最後に{by}等分した1つ分の数を出す機械があります。
      {who}さんが使うと{end}が出てきました。機械に入れた数はいくつですか。
    「{times}倍した数に{plus}をたした和は、{end}の{by}倍と等しい。」{who}さんの出したなぞなぞの、{what}は何でしょうか。"""

    def draw(self, dice: Dice) -> bool:
        """A number times ``times``, plus ``plus``, divided by ``by``, gives ``end``."""
        self.times = dice((2, 6), (2, 9), (3, 15))
        self.by = dice((2, 5), (2, 8), (3, 12))
        self.end = dice((4, 30), (8, 60), (15, 200))
        self.plus = dice((1, 20), (2, 50), (5, 200))
        start = self.end * self.by - self.plus
        return start > 0 and start % self.times == 0 and self.times != self.by

    def solve(self, w: Words) -> Steps:
        yield f"最後から順にもどしていきます。{self.by}でわる前の数を求めます。{(before := n(self.end) * self.by):=}"
        yield f"{self.plus}をたす前の数を求めます。{(without := before.result - self.plus):=}"
        yield f"{self.times}をかける前の数が、{w.what}です。{(start := without.result / self.times):=}"
        return Answer.of(start, "")

    def search(self) -> Found:
        """Do to every number what was done."""
        for number in range(1, _MOST):
            if number * self.times + self.plus == self.end * self.by:
                yield number


class Spent(Story, name="使う前にもどす", method="還元算 相当算"):
    situations = """who thing past did one two unit
        とも子 お年玉 使う 使い 本屋 くつ屋 円
        かずや 貯金 使う 使い スポーツ店 食堂 円
        まりえ おこづかい 使う 使い 手芸店 花屋 円"""
    wordings = """
    {who}さんは{thing}のうち、{one}で全体の1/{first}と{more}円、{two}で残りの1/{second}と{besides}円を{did}、{rest}円残りました。
      はじめに持っていた{thing}は何円ですか。
    {two}を出たとき、{who}さんのさいふには{rest}円ありました。{two}では入る前に持っていたお金の1/{second}よりも{besides}円多く
      {did}、その前の{one}では{thing}全体の1/{first}よりも{more}円多く使っています。{thing}は全部で何円だったでしょうか。
    {thing}から1/{first}の金額を出し、もう{more}円たして{one}ではらいました。それから、手もとに残ったお金の1/{second}に
      {besides}円をたして{two}ではらうと、{who}さんの手もとは{rest}円になりました。{thing}の金額を求めなさい。"""

    def draw(self, dice: Dice) -> bool:
        """One ``first``-th and ``more``, then one ``second``-th and ``besides``; ``rest`` is left."""
        top = dice.pick(3, 5, 8)
        self.first, self.second = dice.rng.randint(2, top), dice.rng.randint(2, top)
        step = dice.pick(10, 10, 5)
        self.more, self.besides, self.rest = (
            step * dice((1, 15), (2, 30), (4, 80)) for _ in range(3)
        )
        between = Fraction(self.rest + self.besides) * self.second / (self.second - 1)
        whole = (between + self.more) * self.first / (self.first - 1)
        return between.denominator == 1 and whole.denominator == 1 and whole < _MOST

    def solve(self, w: Words) -> Steps:
        yield f"最後の{self.besides}{w.unit}を{w.past}前は、{(ahead := n(self.rest) + self.besides):{w.unit}}でした。"
        yield f"これは1回目の残りの{(part := n(1) - Fraction(1, self.second)):=}にあたります。"
        yield f"1回目の残りを求めます。{(between := ahead.result / part.result):{w.unit}}"
        yield f"そこに{self.more}{w.unit}をもどすと、{(above := between.result + self.more):{w.unit}}になります。"
        yield f"これは全体の{(share := n(1) - Fraction(1, self.first)):=}にあたります。"
        yield f"全体を求めます。{(whole := above.result / share.result):{w.unit}}"
        return Answer.of(whole, w.unit)

    def search(self) -> Found:
        """Spend every sum in the way told, from the beginning."""
        for whole in range(1, _MOST + 1):
            if whole % self.first:
                continue
            left = whole - whole // self.first - self.more
            if left > 0 and left % self.second == 0:
                left -= left // self.second + self.besides
                if left == self.rest:
                    yield whole


class Passed(Story, name="やりとりをもどす"):
    situations = """a b thing unit
        つよし のぞみ ビー玉 個
        姉 妹 シール 枚
        赤組 白組 花のなえ 本"""
    wordings = """
    {a}は{b}に{thing}を{one}{unit}わたしました。次に{b}が、そのとき持っていた{thing}の1/{part}を{a}に返したところ、
      {a}は{first}{unit}、{b}は{second}{unit}になりました。はじめに持っていた数はそれぞれいくつですか。
    今の{thing}は{a}が{first}{unit}、{b}が{second}{unit}です。これまでに2回のやりとりがありました。1回目は{a}から{b}へ{one}
      {unit}、2回目は{b}から{a}へ、{b}の持っている分の1/{part}です。やりとりの前、{a}と{b}は何{unit}ずつ持っていましたか。
    {one}{unit}の{thing}を{a}からもらった{b}は、もらった分もふくめた自分の{thing}の1/{part}をお礼に{a}へわたしました。
      すると{b}に残ったのは{second}{unit}で、{a}は全部で{first}{unit}を持つことになりました。もとの数をそれぞれ求めなさい。"""

    def draw(self, dice: Dice) -> bool:
        """``one`` goes over, one ``part``-th comes back; then they have ``first`` and ``second``."""
        self.one = dice((2, 15), (4, 40), (10, 150))
        self.part = dice((2, 4), (2, 5), (3, 8))
        held = self.part * dice((4, 20), (8, 50), (20, 150))
        left = dice((5, 60), (10, 150), (40, 600))
        if held <= self.one:
            return False
        self.first, self.second = left + held // self.part, held - held // self.part
        return True

    def solve(self, w: Words) -> Steps:
        yield f"{w.b}に最後に残った{self.second}{w.unit}は、返す前の{(kept := n(1) - Fraction(1, self.part)):=}にあたります。"
        yield f"返す前の{w.b}は、{(held := n(self.second) / kept.result):{w.unit}}です。"
        yield f"{w.b}が返した数は、{(back := held.result - self.second):{w.unit}}です。"
        yield f"返してもらう前の{w.a}は、{(before := n(self.first) - back.result):{w.unit}}です。"
        yield f"はじめの{w.a}は、{(had := before.result + self.one):{w.unit}}です。"
        yield f"はじめの{w.b}は、{(other := held.result - self.one):{w.unit}}です。"
        return Answer.parts((w.a, had, w.unit), (w.b, other, w.unit))

    def search(self) -> Found:
        """Try every division of what both have together, and pass it on as told."""
        together = self.first + self.second
        for a in range(self.one, together):
            b = together - a + self.one
            if b % self.part == 0:
                back = b // self.part
                if b - back == self.second and a - self.one + back == self.first:
                    yield a, together - a


class Bounce(Story, name="はね上がるボール", method="還元算 相当算"):
    situations = """thing place
        ゴムボール 体育館のゆか
        スーパーボール かたいゆか
        テニスボール コンクリートの地面"""
    wordings = """
    落とした高さの{part}だけはね上がる{thing}があります。
      この{thing}をある高さから落としたところ、{times}回目にはね上がった高さは{height}cmでした。はじめに落とした高さは何cmですか。
    {place}に{thing}を落とすと、いつも落ちた高さの{part}の高さまではね返ります。
      {times}回目のはね返りをはかると{height}cmだったとき、手をはなした高さを求めなさい。"""

    def draw(self, dice: Dice) -> bool:
        """A ball that springs to ``part`` of its height reaches ``height`` cm at bounce ``times``."""
        bottom = dice((2, 5), (2, 6), (3, 8))
        self.part = Fraction(dice.rng.randint(1, bottom - 1), bottom)
        self.times = dice((2, 2), (2, 3), (3, 3))
        height = Fraction(dice((2, 90), (2, 200), (5, 400)))
        start = height / self.part**self.times
        self.height = int(height)
        return start.denominator == 1 and 20 <= start <= _MOST

    def solve(self, _w: Words) -> Steps:
        yield f"はね上がる前の高さは、はね上がった高さを{self.part}でわると求められます。"
        height = n(self.height)
        for bounce in range(self.times, 0, -1):
            name = "はじめ" if bounce == 1 else f"{bounce - 1}回目にはね上がったとき"
            yield f"{name}の高さを求めます。{(before := height / n(self.part)):cm}"
            height = before.result
        return Answer.of(height, "cm")

    def search(self) -> Found:
        """Drop the ball from every height."""
        for start in range(1, _MOST + 1):
            height = Fraction(start)
            for _ in range(self.times):
                height *= self.part
            if height == self.height:
                yield start
            if height > self.height:
                return


class Mistake(Story, name="まちがえた計算"):
    situations = _NUMBERS
    wordings = """
    ある数を{factor}でわって{plus}をたす計算を、{who}さんはまちがえて{factor}をかけて{plus}をたしてしまい、
      答えが{wrong}になりました。正しい答えを求めなさい。
    {who}さんの計算は{wrong}でしたが、÷{factor}とするところを×{factor}としていました。そのあとの＋{plus}は正しくできています。
      {what}から計算し直すと、答えはいくつになりますか。"""

    def draw(self, dice: Dice) -> None:
        """Somebody multiplied by ``factor`` instead of dividing (or added instead of taking away)."""
        self.factor = dice((2, 6), (2, 12), (3, 25))
        number = self.factor * dice((2, 30), (3, 60), (5, 120))
        self.plus = dice((2, 30), (5, 80), (10, 300))
        self.wrong = number * self.factor + self.plus

    def solve(self, w: Words) -> Steps:
        yield f"まちがえた計算をもどします。{self.plus}をたす前は、{(without := n(self.wrong) - self.plus):=}です。"
        yield f"{self.factor}をかける前の数は、{(number := without.result / self.factor):=}です。"
        yield f"これが{w.what}なので、正しく計算すると{(right := number.result / self.factor + self.plus):=}になります。"
        return Answer.of(right, "")

    def search(self) -> Found:
        for number in range(self.factor, self.wrong + 1, self.factor):
            if number * self.factor + self.plus == self.wrong:
                yield number // self.factor + self.plus


FAMILY = family("還元算", "kangen", Done, Spent, Passed, Bounce, Mistake)
