"""還元算: undoing, step by step from the end, what was done to a number."""

from fractions import Fraction

from jtextkit.builders.sansu.expressions import n
from jtextkit.builders.sansu.problems import Answer
from jtextkit.builders.sansu.stories import Dice, Found, Steps, Story, Words, root, topic

_MOST = 6000


class Bought(Story, name="買い物の前にもどす"):
    situations = "who thing counter shop / けいさん ノート 冊 文ぼう具店 / まおさん パン 個 パン屋 / たつやさん カード 枚 おもちゃ屋"
    facts = "price 円 {thing}1{counter}のねだん / count {counter} 買った{thing}の数 / rest 円 最後に残ったお金"
    wordings = """
    {who}は{shop}で{thing}を何{counter}か買いました。はじめに持っていたお金は何円ですか。
    {who}が{shop}で{thing}を買うと、お金が少し残りました。買う前に持っていたお金を求めなさい。
    {who}は1{counter}{price}円の{thing}を{count}{counter}買いました。はじめに持っていたお金は何円ですか。"""

    def draw(self, dice: Dice) -> None:
        self.price, self.count = 10 * dice((8, 25), (10, 40)), dice((2, 9), (4, 15))
        self.rest = 10 * dice((2, 60), (5, 120))

    def solve(self, w: Words) -> Steps:
        yield f"{w.thing}の代金は、{(paid := n(self.price) * self.count):円}です。"
        yield f"残ったお金に代金をもどすと、{(had := n(self.rest) + paid.result):円}です。"
        return Answer.of(had, "円")

    search = root(lambda self, had: had - self.rest - self.price * self.count)


class Passed(Story, name="やりとりをもどす"):
    situations = (
        "a b thing unit / つよしさん あおいさん ビー玉 個 / 姉 妹 シール 枚 / 赤組 白組 花のなえ 本"
    )
    facts = "one {unit} {a}が{b}にわたした{thing} / first~ {unit} やりとりのあとの{a}の{thing} / second~ {unit} やりとりのあとの{b}の{thing}"
    wordings = """
    {a}は{b}に{thing}をわたしました。次に{b}が、そのとき持っていた{thing}の1/{part}を{a}に返しました。はじめに{a}が持っていた{thing}は何{unit}ですか。
    {a}から{thing}をもらった{b}は、もらった分もふくめた自分の{thing}の1/{part}を、お礼に{a}へわたしました。はじめの{a}の{thing}を求めなさい。
    {a}は{b}に{thing}を{one}{unit}わたしました。次に{b}が、そのとき持っていた{thing}の1/{part}を{a}に返したところ、{a}は{first}{unit}、{b}は{second}{unit}になりました。はじめに{a}が持っていた数はいくつですか。"""

    def draw(self, dice: Dice) -> bool:
        self.one, self.part = dice((2, 12), (4, 20)), dice((2, 4), (2, 5))
        held = self.part * dice((4, 15), (6, 25))
        self.first = dice((5, 40), (10, 60)) + held // self.part
        self.second = held - held // self.part
        return held > self.one

    def solve(self, w: Words) -> Steps:
        yield f"{w.b}に最後に残った{self.second}{w.unit}は、返す前の{(kept := n(1) - n(Fraction(1, self.part), '割合')):=}にあたります。"
        yield f"返す前の{w.b}は、{(held := n(self.second) / kept.result):{w.unit}}です。"
        yield f"{w.b}が返した数は、{(back := held.result - self.second):{w.unit}}です。"
        yield f"返してもらう前の{w.a}は、{(before := n(self.first) - back.result):{w.unit}}です。"
        yield f"はじめの{w.a}は、{(had := before.result + self.one):{w.unit}}です。"
        return Answer.of(had, w.unit)

    def search(self) -> Found:
        """Both hold as many as before: try every number that the first had."""
        for had in range(self.one, self.first + self.second + 1):
            held = self.first + self.second - had + self.one
            if Fraction(held) - Fraction(held, self.part) == self.second:
                yield had


class Bounce(Story, name="はね上がるボール", method="還元算 相当算"):
    situations = "thing place / ゴムボール 体育館のゆか / スーパーボール かたいゆか / テニスボール コンクリートの地面"
    facts = "height cm {times}回目にはね上がった高さ"
    wordings = """
    {place}に{thing}を落とすと、いつも落ちた高さの{part}の高さまではね上がります。はじめに落とした高さは何cmですか。
    落ちた高さの{part}だけはね上がる{thing}があります。この{thing}をある高さから{place}に落としました。落とした高さを求めなさい。
    落ちた高さの{part}だけはね上がる{thing}があります。この{thing}をある高さから落としたところ、{times}回目にはね上がった高さは{height}cmでした。はじめに落とした高さは何cmですか。"""

    def draw(self, dice: Dice) -> bool:
        bottom = dice((2, 5), (2, 5))
        self.part = Fraction(dice.rng.randint(1, bottom - 1), bottom)
        self.times = dice((2, 2), (2, 3))
        start = Fraction(dice((30, 250), (50, 300)))
        self.height = int(start * self.part**self.times)
        return (start * self.part**self.times).denominator == 1 and self.height >= 8

    def solve(self, _w: Words) -> Steps:
        yield f"はね上がる前の高さは、はね上がった高さを{self.part}でわると求められます。"
        height = n(self.height)
        for bounce in range(self.times, 0, -1):
            name = "はじめ" if bounce == 1 else f"{bounce - 1}回目にはね上がったとき"
            yield f"{name}の高さを求めます。{(before := height / n(self.part, '割合')):cm}"
            height = before.result
        return Answer.of(height, "cm")

    def search(self) -> Found:
        top, bottom = self.part.numerator, self.part.denominator
        for start in range(1, _MOST):
            if start * top**self.times == self.height * bottom**self.times:
                yield start


class Mistake(Story, name="まちがえた計算"):
    situations = "who / あきこさん / しょうたさん / みなとさん"
    facts = "wrong - まちがえた計算の答え"
    wordings = """
    ある数を{factor}でわって{plus}をたす計算を、{who}はまちがえて、{factor}をかけて{plus}をたしてしまいました。正しい答えを求めなさい。
    {who}は計算問題で、÷{factor}とするところを×{factor}としてしまいました。そのあとの＋{plus}は正しくできています。正しい答えはいくつですか。
    {who}は、ある数を{factor}でわって{plus}をたすところを、{factor}をかけて{plus}をたしました。その答えは{wrong}です。正しく計算すると、答えはいくつになりますか。"""

    def draw(self, dice: Dice) -> None:
        self.factor = dice((2, 6), (3, 9))
        self.plus = dice((2, 20), (5, 40))
        self.wrong = self.factor * dice((2, 15), (3, 25)) * self.factor + self.plus

    def solve(self, _w: Words) -> Steps:
        yield f"まちがえた計算をもどします。{self.plus}をたす前は、{(without := n(self.wrong) - self.plus):=}です。"
        yield f"{self.factor}をかける前の数は、{(number := without.result / self.factor):=}です。"
        yield f"正しい計算では、まず{self.factor}でわって{(divided := number.result / self.factor):=}です。"
        yield f"それに{self.plus}をたすと、{(right := divided.result + self.plus):=}になります。"
        return Answer.of(right, "")

    def search(self) -> Found:
        for number in range(1, self.wrong):
            if number * self.factor + self.plus == self.wrong:
                yield Fraction(number, self.factor) + self.plus


TOPIC = topic("還元算", "kangen", Bought, Passed, Bounce, Mistake)
