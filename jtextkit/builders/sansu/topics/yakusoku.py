"""約束記号: signs with a meaning agreed for the problem."""

from jtextkit.builders.sansu.expressions import Expression, n
from jtextkit.builders.sansu.problems import Answer
from jtextkit.builders.sansu.stories import Dice, Found, Steps, Story, Words, topic

_SIGNS = "◎＊△★◇"
_RULES = (
    "{a}×{p}＋{b}×{q}",
    "{a}×{p}－{b}",
    "{a}×{b}＋{p}",
    "{a}×{b}－{a}－{b}",
    "（{a}＋{b}）×{p}",
    "{a}×{b}－{b}×{p}",
)
_WHO = "who / ゆずきさん / そらさん / こころさん"


def _by(rule: int, a: Expression, b: Expression, p: Expression, q: Expression) -> Expression:
    """What the rule of that number gives."""
    return (
        lambda: a * p + b * q,
        lambda: a * p - b,
        lambda: a * b + p,
        lambda: a * b - a - b,
        lambda: (a + b) * p,
        lambda: a * b - b * p,
    )[rule]()


def _plain(rule: int, a: int, b: int, p: int, q: int) -> int:
    return (a * p + b * q, a * p - b, a * b + p, a * b - a - b, (a + b) * p, a * b - b * p)[rule]


class Nested(Story, name="約束記号の計算", method="約束記号"):
    situations = _WHO
    facts = "one~ - アの数 / two~ - イの数"
    wordings = """
    記号{sign}は、A{sign}B＝{rule}と計算する約束です。／{shown}はいくつですか。
    2つの数A、Bについて、A{sign}B＝{rule}と決めます。たとえば、{example}です。／{shown}を求めなさい。
    {who}は新しい計算の記号{sign}を作りました。A{sign}Bは{rule}を表します。／{shown}の答えはいくつになりますか。"""

    def draw(self, dice: Dice) -> bool:
        self.sign = dice.rng.choice(_SIGNS)
        self.way = dice.rng.randrange(len(_RULES))
        self.p, self.q = dice.many(2, (2, 5), (2, 6))
        self.rule = _RULES[self.way].format(a="A", b="B", p=self.p, q=self.q)
        self.one, self.two = dice((6, 24), (8, 30)), dice((3, 12), (4, 15))
        self.numbers = tuple(dice.many(dice.pick(0, 1, 2), (2, 9), (2, 9)))
        x, y = dice.rng.randint(4, 9), dice.rng.randint(2, 5)
        self.example = f"{x}{self.sign}{y}＝{_RULES[self.way].format(a=x, b=y, p=self.p, q=self.q)}＝{_plain(self.way, x, y, self.p, self.q)}"
        self.shown = f"ア{self.sign}イ"
        value = _plain(self.way, self.one, self.two, self.p, self.q)
        for place, number in enumerate(self.numbers):
            left, right = "｛｝" if place else "（）"
            self.shown = f"{left}{self.shown}{right}{self.sign}{number}"
            if value <= 0:
                return False
            value = _plain(self.way, value, number, self.p, self.q)
        return (
            0 < value < 3000 and _plain(self.way, x, y, self.p, self.q) > 0 and self.one != self.two
        )

    def solve(self, _w: Words) -> Steps:
        value = n(self.one)
        yield f"アは{self.one}、イは{self.two}なので、まず{self.one}{self.sign}{self.two}を計算します。"
        for place, number in enumerate((self.two, *self.numbers)):
            found = _by(self.way, value, n(number), n(self.p), n(self.q))
            start = (
                f"その答えを使うと、{value}{self.sign}{number}は" if place else "約束にあてはめると"
            )
            yield f"{start}、{found:=}です。"
            value = found.result
        return Answer.of(value, "")

    def search(self) -> Found:
        value = self.one
        for number in (self.two, *self.numbers):
            value = _plain(self.way, value, number, self.p, self.q)
        yield value


class Missing(Story, name="約束記号の逆算", method="約束記号 逆算"):
    situations = _WHO
    facts = "end - {shown}の答え"
    wordings = """
    記号{sign}は、A{sign}B＝A×{p}＋B×{q}と計算する約束です。／□にあてはまる数はいくつですか。
    2つの数A、Bについて、A{sign}BをA×{p}＋B×{q}と決めます。／□にあてはまる数を求めなさい。
    {who}の決めた記号{sign}では、A{sign}BはA×{p}＋B×{q}を表します。／□に入る数はいくつですか。"""

    def draw(self, dice: Dice) -> None:
        self.sign = dice.rng.choice(_SIGNS)
        self.p, self.q = dice.many(2, (2, 4), (2, 5))
        value = dice((3, 15), (3, 20))
        self.numbers = tuple(dice.many(dice.pick(1, 2, 2), (3, 12), (3, 12)))
        self.shown = "□"
        for place, number in enumerate(self.numbers):
            self.shown = (f"（{self.shown}）" if place else self.shown) + f"{self.sign}{number}"
            value = value * self.p + number * self.q
        self.end = value

    def solve(self, _w: Words) -> Steps:
        value = n(self.end)
        for place, number in enumerate(reversed(self.numbers)):
            name = "□" if place == len(self.numbers) - 1 else "かっこの中"
            yield f"{number}×{self.q}の部分は、{(part := n(number) * self.q):=}です。"
            yield f"これをひくと、{name}×{self.p}は{(left := value - part.result):=}です。"
            yield f"{name}は、{(found := left.result / self.p):=}です。"
            value = found.result
        return Answer.of(value, "")

    def search(self) -> Found:
        for start in range(1, 3000):
            value = start
            for number in self.numbers:
                value = value * self.p + number * self.q
            if value == self.end:
                yield start


TOPIC = topic("約束記号", "yakusoku", Nested, Missing)
