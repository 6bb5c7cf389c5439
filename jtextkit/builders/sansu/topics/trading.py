"""Prices, profits and strengths of solutions."""

from __future__ import annotations

from fractions import Fraction

from jtextkit.builders.sansu.expressions import n, percent
from jtextkit.builders.sansu.problems import Answer
from jtextkit.builders.sansu.stories import Dice, Steps, Story, Words, found, root, topic

# 消去算: two sums of the same two things; one thing is made to vanish.


class Bills(Story, name="片方の数が同じ"):
    search = root(
        lambda self, y: (self.first - self.b * y) * self.c - ((self.second - self.b * y) * self.a)
    )

    def draw(self, dice: Dice) -> bool:
        x, y = (10 * number for number in dice.many(2, (5, 15), (6, 25)))
        self.a, self.b = dice.many(2, (1, 3), (2, 5))
        self.c = self.a + dice((1, 3), (2, 5))
        self.first, self.second = self.a * x + self.b * y, self.c * x + self.b * y
        return x != y

    def solve(self, w: Words) -> Steps:
        yield f"{w.y}の数は同じなので、代金の差は{w.x}の数の差によるものです。{(more := n(self.second) - self.first):円}"
        yield f"{w.x}の数の差は{(number := n(self.c) - self.a):{w.xc}}なので、{w.x}1{w.xc}のねだんは{(x := more.result / number.result):円}です。"
        yield f"{w.y}{self.b}{w.yc}の代金は、{(rest := n(self.first) - x.result * self.a):円}です。"
        yield f"{w.y}1{w.yc}のねだんは、{(y := rest.result / self.b):円}です。"
        return Answer.of(y, "円")


class Pairs(Story, name="2つずつの和"):
    search = root(lambda self, a: (self.ab - a) + (self.ca - a) - self.bc)

    def draw(self, dice: Dice) -> bool:
        a, b, c = dice.many(3, (25, 45), (24, 48))
        self.ab, self.bc, self.ca = a + b, b + c, c + a
        return len({a, b, c}) == 3

    def solve(self, w: Words) -> Steps:
        twice = n(self.ab) + self.bc + self.ca
        yield f"3つの和をすべてたすと、{w.a}、{w.b}、{w.c}が2回ずつ入ります。{twice:{w.unit}}"
        yield f"{w.a}、{w.b}、{w.c}の合計は、{(once := twice.result / 2):{w.unit}}です。"
        yield f"合計から{w.b}と{w.c}の和をひくと、{w.a}は{(first := once.result - self.bc):{w.unit}}です。"
        return Answer.of(first, w.unit)


# 濃度算: salt water of several strengths, mixed, thinned and boiled down.


class Mix(Story, name="混ぜる", method="濃度算 面積図"):
    search = root(
        lambda self, strength: (self.p - strength) * self.a + (self.q - strength) * self.b
    )

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


class Water(Story, name="水を加える・蒸発させる"):
    search = root(
        lambda self, change: (
            (self.a + (change if self.q < self.p else -change)) * self.q - self.a * self.p
        )
    )

    def draw(self, dice: Dice) -> bool:
        self.a = 10 * dice((6, 40), (8, 80))
        self.p, self.q = dice.many(2, (2, 15), (2, 20))
        self.change = "水を加えて" if self.q < self.p else "水を蒸発させて"
        self.verb = "加えれ" if self.q < self.p else "蒸発させれ"
        return self.p != self.q <= 3 * self.p <= 9 * self.q and self.a * self.p % self.q == 0

    def solve(self, w: Words) -> Steps:
        yield f"とけている{w.SALT}は、{(salt := n(self.a) * percent(self.p)):g}です。"
        yield f"{w.SALT}の重さは変わりません。{self.q}%のときの全体の重さは、{(whole := salt.result / percent(self.q)):g}です。"
        thin = self.q < self.p
        does = "加える" if thin else "蒸発させる"
        yield f"{does}水の重さを求めます。{(change := whole.result - self.a if thin else n(self.a) - whole.result):g}"
        return Answer.of(change, "g")


class UnknownSolution(Story, name="加える量", method="濃度算 面積図"):
    search = root(
        lambda self, grams: self.a * self.p + grams * self.q - ((self.a + grams) * self.r)
    )

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


# 損益算: cost, marked price, discount, gain and loss.


def _tenths(value: int) -> str:
    """Tenths in words of trade: 25 (per cent) is 2割5分."""
    tens, ones = divmod(value, 10)
    return f"{f'{tens}割' if tens else ''}{f'{ones}分' if ones else ''}"


def _cost(dice: Dice) -> int:
    return 100 * dice((8, 40), (8, 80))


class Sale(Story, name="利益と損失"):
    search = found(
        lambda self: abs(
            Fraction(self.cost * (100 + self.up) * (100 - self.off), 10000) - self.cost
        )
    )

    def draw(self, dice: Dice) -> bool:
        self.cost = _cost(dice)
        self.up, self.off = 5 * dice((2, 10), (3, 12)), 5 * dice((2, 5), (2, 7))
        sold = Fraction(self.cost * (100 + self.up) * (100 - self.off), 10000)
        self.profit, self.discount = _tenths(self.up), _tenths(self.off)
        self.word = "利益" if sold > self.cost else "損失"
        return sold.denominator == 1 and sold != self.cost

    def solve(self, _w: Words) -> Steps:
        yield f"定価は仕入れねの{100 + self.up}%です。{(marked := n(self.cost) * (n(1) + percent(self.up))):円}"
        yield f"売りねは定価の{100 - self.off}%です。{(sold := marked.result * (n(1) - percent(self.off))):円}"
        gain = sold.value > self.cost
        yield f"{self.word}は、売りねと仕入れねの差です。{(change := sold.result - self.cost if gain else n(self.cost) - sold.result):円}"
        return Answer.of(change, "円")


class TwoPrices(Story, name="残りをわり引く"):
    search = found(
        lambda self: (
            Fraction(
                self.cost
                * (100 + self.up)
                * (100 * self.count - self.off * (self.count - self.first)),
                10000,
            )
            - self.cost * self.count
        )
    )

    def draw(self, dice: Dice) -> bool:
        self.cost, self.up, self.off = (
            _cost(dice),
            10 * dice((2, 5), (3, 6)),
            10 * dice((1, 2), (1, 3)),
        )
        self.first, rest = dice.many(2, (10, 30), (10, 40))
        self.count = self.first + rest
        self.profit, self.discount = _tenths(self.up), _tenths(self.off)
        left = self.cost * (100 + self.up) * (100 - self.off)
        return dice.grade > 0 and left % 10_000 == 0 and left > 10_000 * self.cost

    def solve(self, w: Words) -> Steps:
        yield f"定価は、{(marked := n(self.cost) * (n(1) + percent(self.up))):円}です。"
        yield f"定価で売った{self.first}{w.counter}の利益は、{(one := (marked.result - self.cost) * self.first):円}です。"
        yield f"わり引いたねだんは、{(sold := marked.result * (n(1) - percent(self.off))):円}です。"
        yield f"残りの数は、{(rest := n(self.count) - self.first):{w.counter}}です。"
        yield f"残りを売った利益は、{(two := (sold.result - self.cost) * rest.result):円}です。"
        yield f"全部の利益を求めます。{(whole := one.result + two.result):円}"
        return Answer.of(whole, "円")


class Discount(Story, name="何%引き"):
    search = root(lambda self, off: self.marked * (100 - off) - (self.cost * (100 + self.gain)))

    def draw(self, dice: Dice) -> bool:
        self.cost, self.gain = _cost(dice), 5 * dice((1, 6), (1, 8))
        self.marked = self.cost * (100 + 5 * dice((4, 12), (4, 16))) // 100
        off = 1 - Fraction(self.cost * (100 + self.gain), 100 * self.marked)
        return off > 0 and (off * 100).denominator == 1 and off < Fraction(1, 2)

    def solve(self, _w: Words) -> Steps:
        yield f"{self.gain}%の利益を得る売りねは、{(sold := n(self.cost) * (n(1) + percent(self.gain))):円}です。"
        yield f"定価から引く金額は、{(less := n(self.marked) - sold.result):円}です。"
        yield f"これが定価の何%かを求めます。{(rate := less.result / self.marked * 100):%}"
        return Answer.of(rate, "%")


TOPICS = (
    topic("消去算", "shokyo", Bills, Pairs),
    topic("濃度算", "nodo", Mix, Water, UnknownSolution),
    topic("損益算", "soneki", Discount, Sale, TwoPrices),
)
