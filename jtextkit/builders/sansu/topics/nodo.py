"""濃度算: salt water of several strengths, mixed, thinned and boiled down."""

from fractions import Fraction

from jtextkit.builders.sansu.expressions import n, percent
from jtextkit.builders.sansu.problems import Answer
from jtextkit.builders.sansu.stories import Dice, Found, Steps, Story, Words, root, topic

_SALTS = "WATER SALT vessel / 食塩水 食塩 ビーカー / 砂糖水 砂糖 ボウル / 塩水 塩 なべ"


class Mix(Story, name="混ぜる", method="濃度算 面積図"):
    situations = _SALTS
    facts = "a~ g 1つ目の{WATER}の重さ / p~ % 1つ目の{WATER}のこさ / b~ g 2つ目の{WATER}の重さ / q~ % 2つ目の{WATER}のこさ"
    wordings = """
    こさのちがう2つの{WATER}を混ぜます。何%の{WATER}ができますか。
    2つの{vessel}に、こさのちがう{WATER}が入っています。両方を大きな入れ物に全部うつすと、何%の{WATER}ができますか。
    {p}%の{WATER}{a}gと{q}%の{WATER}{b}gを混ぜると、何%の{WATER}ができますか。"""

    def draw(self, dice: Dice) -> bool:
        self.a, self.b = (10 * number for number in dice.many(2, (6, 30), (8, 60)))
        self.p, self.q = dice.many(2, (2, 15), (2, 20))
        mean = Fraction(self.a * self.p + self.b * self.q, self.a + self.b)
        return self.p != self.q and mean.denominator == 1 and self.a != self.b

    def solve(self, w: Words) -> Steps:
        yield f"1つ目にとけている{w.SALT}は{(one := n(self.a) * percent(self.p)):g}、2つ目にとけている{w.SALT}は{(two := n(self.b) * percent(self.q)):g}です。"
        yield f"{w.SALT}の合計は、{(salts := one.result + two.result):g}です。"
        yield f"{w.WATER}の合計は、{(waters := n(self.a) + self.b):g}です。"
        yield f"混ぜたあとのこさを求めます。{(strength := salts.result / waters.result * 100):%}"
        return Answer.of(strength, "%")

    search = root(
        lambda self, strength: (self.p - strength) * self.a + (self.q - strength) * self.b
    )


class Water(Story, name="水を加える・蒸発させる"):
    situations = _SALTS
    facts = "a g はじめの{WATER}の重さ / p~ % はじめの{WATER}のこさ / q~ % 作りたい{WATER}のこさ"
    wordings = """
    {WATER}があります。{change}こさを変えるには、水を何g{verb}ばよいですか。
    {vessel}に{WATER}が入っています。{SALT}の量はそのままで、{change}こさを変えたいと思います。／水を何g{verb}ばよいでしょうか。
    {p}%の{WATER}が{a}gあります。{change}{q}%の{WATER}にするには、水を何g{verb}ばよいですか。"""

    def draw(self, dice: Dice) -> bool:
        self.a = 10 * dice((6, 40), (8, 80))
        self.p, self.q = dice.many(2, (2, 15), (2, 20))
        self.change = "水を加えて" if self.q < self.p else "水を蒸発させて"
        self.verb = "加えれ" if self.q < self.p else "蒸発させれ"
        return self.p != self.q and self.a * self.p % self.q == 0

    def solve(self, w: Words) -> Steps:
        yield f"とけている{w.SALT}は、{(salt := n(self.a) * percent(self.p)):g}です。"
        yield f"{w.SALT}の重さは変わりません。{self.q}%のときの全体の重さは、{(whole := salt.result / percent(self.q)):g}です。"
        thin = self.q < self.p
        does = "加える" if thin else "蒸発させる"
        yield f"{does}水の重さを求めます。{(change := whole.result - self.a if thin else n(self.a) - whole.result):g}"
        return Answer.of(change, "g")

    def search(self) -> Found:
        sign = 1 if self.q < self.p else -1
        for change in range(1, 20_000):
            whole = self.a + sign * change
            if whole > 0 and whole * self.q == self.a * self.p:
                yield change


class UnknownSolution(Story, name="加える量", method="濃度算 面積図"):
    situations = _SALTS
    facts = "a g はじめの{WATER}の重さ / p~ % はじめの{WATER}のこさ / q~ % あとから加える{WATER}のこさ / r~ % 作りたい{WATER}のこさ"
    wordings = """
    {WATER}に、こさのちがう{WATER}を加えて、ちょうどよいこさにします。加える{WATER}は何g必要ですか。
    {vessel}に入った{WATER}に、こさのちがう{WATER}を混ぜます。混ぜる重さは何gですか。
    {p}%の{WATER}{a}gに、{q}%の{WATER}を何gか混ぜて{r}%の{WATER}を作ります。{q}%の{WATER}は何g必要ですか。"""

    def draw(self, dice: Dice) -> bool:
        self.a = 10 * dice((6, 30), (8, 60))
        low, self.r, high = sorted(dice.rng.sample(range(2, 21), 3))
        self.p, self.q = (low, high) if dice.rng.random() < 0.5 else (high, low)
        return self.a * (self.r - self.p) % (self.q - self.r) == 0

    def solve(self, w: Words) -> Steps:
        up = self.p < self.r
        mine = n(self.r) - self.p if up else n(self.p) - self.r
        yours = n(self.q) - self.r if up else n(self.r) - self.q
        yield f"面積図をかいて、こさをたて、重さを横とします。はじめの{w.WATER}と作りたい{w.WATER}のこさの差は{mine:%}です。"
        yield f"加える{w.WATER}と作りたい{w.WATER}のこさの差は、{yours:%}です。"
        yield f"でこぼこの部分の面積は等しく、はじめの{w.WATER}のほうは{(area := n(self.a) * mine.result):=}です。"
        yield f"加える{w.WATER}の重さを求めます。{(grams := area.result / yours.result):g}"
        return Answer.of(grams, "g")

    search = root(
        lambda self, grams: self.a * self.p + grams * self.q - ((self.a + grams) * self.r)
    )


TOPIC = topic("濃度算", "nodo", Mix, Water, UnknownSolution)
