"""逆算と計算の工夫: equations with □ undone, and sums made easy."""

from jtextkit.builders.sansu.expressions import Expression, n
from jtextkit.builders.sansu.problems import Answer
from jtextkit.builders.sansu.stories import Dice, Found, Steps, Story, Words, found, topic

_SIGNS = "＋－×÷"


def _done(value: int, sign: str, number: int) -> int:
    if sign in "＋－":
        return value + number if sign == "＋" else value - number
    return value * number if sign == "×" else value // number


class Box(Story, name="□にあてはまる数", method="逆算"):
    situations = "who / あやかさん / しょうさん / みずきさん"
    wordings = """
    {shown}＝{end}　／□にあてはまる数を求めなさい。
    次の式の□にあてはまる数を考えます。{shown}＝{end}　／□はいくつですか。
    {who}が計算問題をといています。{shown}＝{end}　／□の中に入る数はいくつでしょうか。
    {shown}の答えが{end}になるように、□に数を入れます。／□に入れる数を求めなさい。"""

    def draw(self, dice: Dice) -> bool:
        value, self.shown, last = dice((3, 30), (4, 40)), "□", ""
        self.signs: tuple[tuple[str, int], ...] = ()
        for _ in range(dice.pick(3, 5, 7)):
            sign = dice.rng.choice([one for one in _SIGNS if one != last])
            divisors = [d for d in range(2, 10) if value % d == 0]
            number = dice.rng.randint(2, 9) if sign == "×" else dice.rng.randint(3, 40)
            if sign == "÷":
                if not divisors:
                    return False
                number = dice.rng.choice(divisors)
            if sign == "－" and number >= value:
                return False
            value = _done(value, sign, number)
            if sign in "×÷" and last in ("＋", "－"):
                self.shown = (
                    f"（{self.shown}）"
                    if self.shown[0] != "（" or "）" not in self.shown
                    else f"｛{self.shown}｝"
                )
            self.shown += f"{sign}{number}"
            self.signs, last = (*self.signs, (sign, number)), sign
        self.end = value
        return value < 400 and self.shown.count("｛") <= 1

    def solve(self, _w: Words) -> Steps:
        value = n(self.end)
        for place, (sign, number) in enumerate(reversed(self.signs)):
            back = n(number, sign)
            found = {"＋": value - back, "－": value + back, "×": value / back, "÷": value * back}[
                sign
            ]
            start = "最後の計算からもどします。" if not place else ""
            name = "もとの数は" if place == len(self.signs) - 1 else "その前は"
            yield f"{start}「{sign}{number}」をもどすと、{name}{found:=}です。"
            value = found.result
        return Answer.of(value, "")

    def search(self) -> Found:
        for start in range(1, 500):
            value = start
            for sign, number in self.signs:
                if sign == "÷" and value % number:
                    break
                value = _done(value, sign, number)
            else:
                if value == self.end:
                    yield start


class Trick(Story, name="計算の工夫", method="分配のきまり"):
    situations = "who / まいさん / けいたさん / ほのかさん"
    wordings = """
    {shown}をくふうして計算しなさい。
    {who}は、{shown}を、同じ数をまとめて計算しました。答えはいくつですか。
    次の計算をしなさい。くふうすると、かんたんにできます。{shown}　／答えはいくつになりますか。"""

    def draw(self, dice: Dice) -> None:
        self.common = dice((12, 49), (13, 97))
        count = dice.pick(2, 3, 4)
        round_sum = dice.rng.choice((10, 20, 50, 100))
        parts = dice.rng.sample(range(2, 90), count - 1)
        self.parts = (*parts, round_sum * (sum(parts) // round_sum + 1) - sum(parts))
        self.extra = dice.rng.choice((0, dice.rng.randint(3, 60))) if dice.grade else 0
        self.after = dice.rng.choice((0, dice.rng.randint(3, 60))) if dice.grade > 1 else 0
        self.shown = "＋".join(f"{self.common}×{part}" for part in self.parts)
        self.shown += f"＋{self.extra}" * bool(self.extra) + f"－{self.after}" * bool(self.after)

    def solve(self, _w: Words) -> Steps:
        yield f"どのかけ算にも{self.common}があるので、{self.common}×（{'＋'.join(map(str, self.parts))}）とまとめられます。"
        total = n(self.parts[0], "かける数")
        for part in self.parts[1:]:
            total = total + n(part, "かける数")
        yield f"かっこの中は、{total:=}です。"
        product: Expression = n(self.common) * total.result
        yield f"かけ算をすると、{product:=}です。"
        for sign, number in (("＋", self.extra), ("－", self.after)):
            if number:
                product = product.result + n(number) if sign == "＋" else product.result - n(number)
                yield f"{number}を{'たす' if sign == '＋' else 'ひく'}と、{product:=}です。"
        return Answer.of(product, "")

    search = found(
        lambda self: sum(self.common * part for part in self.parts) + self.extra - self.after
    )


class Mind(Box, name="ことばの逆算", method="逆算"):
    situations = "who / はなさん / つよしさん / えまさん"
    wordings = """
    {who}はある数を思いうかべ、{told}。すると{end}になりました。／思いうかべた数はいくつですか。
    ある数について、{told}。答えは{end}です。／ある数を求めなさい。
    {who}が数あてのクイズを出しました。「ある数について、{told}。その結果は{end}です。」／ある数はいくつでしょうか。"""

    def draw(self, dice: Dice) -> bool:
        words = {"＋": "{}をたし", "－": "{}をひき", "×": "{}をかけ", "÷": "{}でわり"}
        if not super().draw(dice):
            return False
        steps = [words[sign].format(number) for sign, number in self.signs]
        linked = "、".join(
            f"{'次に' if i == 1 else 'それから' if i % 2 else 'さらに' if i else 'まず'}{step}"
            for i, step in enumerate(steps)
        )
        self.told = f"{linked}ました"
        return True


TOPIC = topic("逆算と計算の工夫", "gyakusan", Box, Trick, Mind)
