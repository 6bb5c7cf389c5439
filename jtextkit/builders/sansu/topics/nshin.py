"""N進法: numbers written with fewer digits."""

from jtextkit.builders.sansu.expressions import n
from jtextkit.builders.sansu.problems import Answer
from jtextkit.builders.sansu.stories import Dice, Found, Steps, Story, Words, topic


def _digits(number: int, base: int) -> tuple[int, ...]:
    found: list[int] = []
    while number:
        number, digit = divmod(number, base)
        found.insert(0, digit)
    return tuple(found)


_DISPLAYS = "thing who / カウンター れんさん / 表示板 ことねさん / 番号札 はやとさん"


class Read(Story, name="10進法になおす", method="N進法"):
    situations = _DISPLAYS
    facts = "more - 10進法で表したたす数"
    wordings = """
    {base}進法で{shown}と表される数に、10進法で表した数をたします。和を10進法で表すといくつですか。
    {used}の{base}種類の数字だけを使い、0、1、…と順に数を表す{thing}があります。{shown}が表す数に、10進法の数をたすと、ふつうの数ではいくつになりますか。
    {who}が使う{thing}は、{base}になるとくり上がる{base}進法で数を表し、今は{shown}となっています。これに10進法の数をたすと、ふつうの10進法ではいくつですか。"""

    def draw(self, dice: Dice) -> None:
        self.base = dice((3, 6), (3, 5), (2, 4))
        self.more = dice((8, 40), (12, 90))
        size = dice((2, 3), (3, 4), (3, 5))
        self.number = dice.rng.randint(self.base ** (size - 1) + 1, self.base**size - 1)
        self.digits = _digits(self.number, self.base)
        self.shown = "".join(map(str, self.digits))
        self.used = "、".join(map(str, range(self.base)))

    def solve(self, _w: Words) -> Steps:
        weight, total = n(1), None
        for place, digit in enumerate(reversed(self.digits), start=1):
            part = weight * n(digit, "位の数字")
            yield f"右から{place}けた目は{weight.result}の位なので、{part:=}です。"
            total = part.result if total is None else total + part.result
            weight = weight.result * n(self.base, "進法")
        assert total is not None
        yield f"合わせると、{total:=}です。"
        yield f"たす数を加えて、{(whole := total.result + self.more):=}です。"
        return Answer.of(whole, "")

    def search(self) -> Found:
        """Count up until the display shows it."""
        number = 0
        while _digits(number, self.base) != self.digits:
            number += 1
        yield number + self.more


class Write(Story, name="N進法で表す", method="N進法"):
    situations = _DISPLAYS
    facts = "number - 10進法で表したもとの数"
    wordings = """
    もとの数を{base}進法で表すと、どうなりますか。
    {used}の{base}種類の数字だけを使い、0、1、…と順に数を表す{thing}があります。もとの数は、この{thing}でどのように表されますか。
    {who}の{thing}は{base}進法で数を表します。もとの数を表すとき、{thing}にはどんな数字が並びますか。"""

    def draw(self, dice: Dice) -> None:
        self.base = dice((3, 6), (3, 5), (2, 4))
        size = dice((2, 4), (3, 5), (4, 6))
        self.number = dice.rng.randint(self.base ** (size - 1) + 1, self.base**size - 1)
        self.used = "、".join(map(str, range(self.base)))

    def solve(self, _w: Words) -> Steps:
        number = n(self.number)
        left = []
        while number.value >= self.base:
            times, rest = divmod(int(number.value), self.base)
            yield f"{self.base}でわって、あまりを書きます。{number.remainder(self.base)}{'' if rest else '（あまり0）'}"
            left.append(rest)
            number = n(times, "商")
        found = "".join(map(str, _digits(self.number, self.base)))
        yield f"最後の商の{number}と、あまりを下から順に並べると、{found}です。"
        return Answer.of(int(found), "")

    def search(self) -> Found:
        """An odometer with ``base`` digits on each wheel."""
        wheels = [0]
        for _ in range(self.number):
            place = 0
            while wheels[place] == self.base - 1:
                wheels[place] = 0
                place += 1
                if place == len(wheels):
                    wheels.append(0)
            wheels[place] += 1
        yield int("".join(map(str, reversed(wheels))))


TOPIC = topic("N進法", "nshin", Read, Write)
