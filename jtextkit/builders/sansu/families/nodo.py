"""濃度算: salt water of several strengths, mixed, thinned and boiled down."""

from fractions import Fraction

from jtextkit.builders.sansu.expressions import n, number_text
from jtextkit.builders.sansu.problems import Answer
from jtextkit.builders.sansu.stories import Dice, Found, Steps, Story, Words, family

_STRONGEST = 25
_SALTS = """WATER SALT vessel
    食塩水 食塩 ビーカー
    砂糖水 砂糖 ボウル
    塩水 塩 なべ"""


def _percent(value: Fraction) -> str:
    return f"{number_text(value)}%"


def _decimal(percent: int | Fraction) -> str:
    """A percentage as a decimal number: 8 gives 0.08."""
    return number_text(Fraction(percent) / 100)


class Mix(Story, name="混ぜる", method="濃度算 面積図"):
    situations = _SALTS
    wordings = """
    {p}%の{WATER}{a}gと{q}%の{WATER}{b}gを混ぜると、何%の{WATER}ができますか。
    {vessel}に濃さ{p}%の{WATER}が{a}g入っています。ここへ濃さ{q}%の{WATER}を{b}g加えてよくかき混ぜました。
      できた{WATER}の濃さは何%ですか。
    2つの{vessel}があり、一方は{q}%の{WATER}{b}g、もう一方は{p}%の{WATER}{a}gです。
      両方を大きな入れ物に全部うつしたときの濃度を求めなさい。"""

    def draw(self, dice: Dice) -> bool:
        """``a`` grams of ``p`` per cent and ``b`` grams of ``q`` per cent."""
        step = dice.pick(50, 20, 10)
        self.a, self.b = (step * dice((1, 12), (3, 40), (6, 120)) for _ in range(2))
        self.p, self.q = dice.many(2, (2, 15), (1, 20), (1, 25))
        mean = Fraction(self.a * self.p + self.b * self.q, self.a + self.b)
        return self.p != self.q and (mean * 10).denominator == 1 and self.a != self.b

    def solve(self, w: Words) -> Steps:
        yield f"{self.p}%のほうにとけている{w.SALT}は、{(one := n(self.a) * n(_decimal(self.p))):g}です。"
        yield f"{self.q}%のほうにとけている{w.SALT}は、{(two := n(self.b) * n(_decimal(self.q))):g}です。"
        yield f"{w.SALT}の合計は、{(salts := one.result + two.result):g}です。"
        yield f"{w.WATER}の合計は、{(waters := n(self.a) + self.b):g}です。"
        yield f"混ぜたあとの濃さを求めます。{(strength := salts.result / waters.result * 100):%}"
        return Answer((strength.value,), _percent(strength.value))

    def search(self) -> Found:
        """Pour together gram by gram, each with its salt in hundredths of a gram."""
        salt = sum([self.p] * self.a) + sum([self.q] * self.b)
        yield Fraction(salt, self.a + self.b)


class Dissolve(Story, name="とかす"):
    situations = _SALTS
    wordings = """
    水{water}gに{SALT}{salt}gをとかすと、何%の{WATER}になりますか。
    {SALT}を{salt}gはかり取り、{vessel}の中の水{water}gに入れて、残らずとかしました。この{WATER}の濃さを百分率で答えなさい。"""

    def draw(self, dice: Dice) -> bool:
        """``salt`` grams in ``water`` grams of water."""
        self.salt = dice((4, 80), (6, 150), (10, 400))
        self.water = dice((40, 500), (60, 900), (100, 2500))
        strength = Fraction(100 * self.salt, self.salt + self.water)
        return (strength * 10).denominator == 1 and strength <= _STRONGEST

    def solve(self, w: Words) -> Steps:
        yield f"{w.WATER}全体の重さは、{w.SALT}と水の和です。{(whole := n(self.salt) + self.water):g}"
        yield f"濃さは、{w.SALT}の重さを全体の重さでわって求めます。{(strength := n(self.salt) / whole.result * 100):%}"
        return Answer((strength.value,), _percent(strength.value))

    def search(self) -> Found:
        """Try strengths in tenths of a per cent."""
        for tenths in range(1, 1000):
            if tenths * (self.salt + self.water) == 1000 * self.salt:
                yield Fraction(tenths, 10)


class Water(Story, name="水を加える・蒸発させる"):
    situations = _SALTS
    wordings = """
    {p}%の{WATER}が{a}gあります。{change}{q}%の{WATER}にするには、水を何g{verb}ばよいですか。
    {vessel}に入った{a}gの{WATER}の濃さは{p}%です。{SALT}の量はそのままで、{change}濃さを{q}%に変えたいと思います。
      増やしたりへらしたりする水の重さを求めなさい。
    濃さ{p}%の{WATER}{a}gから、{change}濃さ{q}%の{WATER}を作りました。作る前と作ったあとの重さのちがいは何gでしょうか。"""

    def draw(self, dice: Dice) -> bool:
        """``a`` grams of ``p`` per cent become ``q`` per cent by water added, or boiled away."""
        step = dice.pick(50, 20, 10)
        self.a = step * dice((2, 14), (4, 45), (10, 150))
        self.p, self.q = dice.many(2, (2, 20), (1, 24), (1, 25))
        self.change = "水を加えて" if self.q < self.p else "水を蒸発させて"
        self.verb = "加えれ" if self.q < self.p else "蒸発させれ"
        return self.p != self.q and self.a * self.p % self.q == 0

    def solve(self, w: Words) -> Steps:
        yield f"とけている{w.SALT}は、{(salt := n(self.a) * n(_decimal(self.p))):g}です。"
        yield f"{w.SALT}の重さは変わりません。{self.q}%のときの全体の重さは、{(whole := salt.result / n(_decimal(self.q))):g}です。"
        thin = self.q < self.p
        does = "加える" if thin else "蒸発させる"
        yield f"{does}水の重さを求めます。{(change := whole.result - self.a if thin else n(self.a) - whole.result):g}"
        return Answer.of(change, "g")

    def search(self) -> Found:
        """Add (or take) water gram by gram until the strength is right."""
        step = 1 if self.q < self.p else -1
        for grams in range(1, 100 * self.a):
            whole = self.a + step * grams
            if whole <= 0:
                return
            if self.a * self.p == whole * self.q:
                yield grams
                return


class UnknownSolution(Story, name="加える量", method="濃度算 面積図"):
    situations = _SALTS
    wordings = """
    {p}%の{WATER}{a}gに、{q}%の{WATER}を何gか混ぜて{r}%の{WATER}を作ります。{q}%の{WATER}は何g必要ですか。
    できあがりの濃さを{r}%にしたくて、{vessel}に{p}%の{WATER}を{a}g入れました。これに混ぜるのは{q}%の{WATER}です。
      混ぜる重さを求めなさい。
    {WATER}が2種類あります。濃さは{p}%と{q}%です。{p}%のほうは{a}g全部を使い、{q}%のほうは一部を使って、
      {r}%の{WATER}を作りました。使った{q}%の{WATER}は何gでしょうか。
    {a}gの{WATER}（濃さ{p}%）があり、このままでは予定の{r}%とちがいます。そこで{q}%の{WATER}を足すことにします。
      予定どおりの濃さになるのは何g足したときですか。"""

    def draw(self, dice: Dice) -> bool:
        """``a`` grams of ``p`` per cent with some of ``q`` per cent gives ``r`` per cent."""
        step = dice.pick(50, 20, 10)
        self.a = step * dice((2, 12), (4, 45), (8, 120))
        low, self.r, high = sorted(dice.rng.sample(range(2, dice.pick(16, 22, 26)), 3))
        self.p, self.q = (low, high) if dice.rng.random() < 0.5 else (high, low)
        return self.a * (self.r - self.p) % (self.q - self.r) == 0

    def solve(self, w: Words) -> Steps:
        low, high = sorted((self.p, self.q))
        mine = n(self.r) - low if self.p == low else n(high) - self.r
        yours = n(high) - self.r if self.p == low else n(self.r) - low
        area = n(self.a) * mine.result
        grams = area.result / yours.result
        yield "面積図をかいて、濃さをたて、重さを横とすると、でこぼこの部分の面積は等しくなります。"
        yield f"{self.p}%と{self.r}%の差は、{mine:%}です。"
        yield f"{self.q}%と{self.r}%の差は、{yours:%}です。"
        yield f"{self.p}%のほうの長方形の面積は、{area:=}です。"
        yield f"{self.q}%の{w.WATER}の重さを求めます。{grams:g}"
        return Answer.of(grams, "g")

    def search(self) -> Found:
        for grams in range(1, self.a * 30 + 1):
            salt = self.a * self.p + grams * self.q
            if salt == self.r * (self.a + grams):
                yield grams


FAMILY = family("濃度算", "nodo", Mix, Dissolve, Water, UnknownSolution)
