"""虫食い算: digits that are missing from a written sum."""

import itertools
import operator

from jtextkit.builders.sansu.expressions import n
from jtextkit.builders.sansu.problems import Answer
from jtextkit.builders.sansu.stories import Dice, Found, Steps, Story, Words, topic

_SHEETS = "who thing / なおさん ノート / ひなたさん 古い問題集 / りょうたさん プリント"
_KANA = "アイウエオカキ"
_PLACES = ("一の位", "十の位", "百の位", "千の位", "一万の位")


def _hide(number: int, places: tuple[int, ...], names: list[str]) -> str:
    """The number with kana for the digits at these places, counted from the right."""
    digits = list(str(number))
    for place in sorted(places, reverse=True):
        digits[len(digits) - 1 - place] = names.pop(0)
    return "".join(digits)


_ASK = """
    {thing}の計算{shown}で、よごれて読めない数字をカタカナで表しました。1つのカタカナは1つの数字です。／カタカナの数字をすべてたすと、いくつになりますか。
    {who}の{thing}に、{shown}という計算がありました。カタカナのところには、それぞれ1つの数字が入ります。／カタカナにあてはまる数字の和を求めなさい。
    {shown}が正しい計算になるように、カタカナに1つずつ数字を入れます。／入れた数字の合計はいくつですか。"""


class Added(Story, name="たし算の虫食い", method="虫食い算"):
    situations = _SHEETS
    wordings = _ASK
    sign = "＋"

    def draw(self, dice: Dice) -> bool:
        size = dice((2, 4), (3, 5), (5, 5))
        low, high = 10 ** (size - 1), 10**size
        self.one, self.two = (dice.rng.randint(low, high - 1) for _ in range(2))
        if self.one + self.two >= high:
            return False
        self.holes = tuple(dice.rng.randrange(3) for _ in range(size))
        self.size = size
        names = list(_KANA)
        rows = [tuple(p for p in range(size) if self.holes[p] == row) for row in range(3)]
        a, b, c = (
            _hide(number, places, names)
            for number, places in zip((self.one, self.two, self.one + self.two), rows, strict=True)
        )
        self.shown = f"{a}＋{b}＝{c}"
        return True

    def solve(self, _w: Words) -> Steps:
        carry, found = 0, []
        for place in range(self.size):
            x, y, z = (
                int(str(number)[-1 - place]) for number in (self.one, self.two, self.one + self.two)
            )
            more = "くり上がりの1も考えて、" if carry else ""
            hole = self.holes[place]
            whole = x + y + carry
            up = "（10くり上がる）" if whole > 9 else ""
            if hole == 2:
                total = n(x, "数字") + n(y, "数字")
                total = total + n(1, "くり上がり") if carry else total
                yield f"{_PLACES[place]}は、{more}{total:=}{up}なので、カタカナは{z}です。"
            else:
                known = y if hole == 0 else x
                rest = n(whole, "位の和") - n(known, "数字")
                rest = rest - n(1, "くり上がり") if carry else rest
                yield f"{_PLACES[place]}は、{more}和が{whole}になるはずです。{rest:=}なので、カタカナは{x if hole == 0 else y}です。"
            found.append((x, y, z)[hole])
            carry = whole // 10
        total = n(found[0], "数字")
        for digit in found[1:]:
            total = total + n(digit, "数字")
        yield f"カタカナの数字の和は、{total:=}です。"
        return Answer.of(total, "")

    def search(self) -> Found:
        """Try all digits in all the holes."""
        total = self.one + self.two
        low = 10 ** (self.size - 1)
        rows = [[10**p for p in range(self.size) if self.holes[p] == row] for row in range(3)]
        bare = [
            number - sum(number // place % 10 * place for place in places)
            for number, places in zip((self.one, self.two, total), rows, strict=True)
        ]
        for first in itertools.product(range(10), repeat=len(rows[0])):
            one = bare[0] + sum(map(operator.mul, first, rows[0]))
            for second in itertools.product(range(10), repeat=len(rows[1])):
                two = bare[1] + sum(map(operator.mul, second, rows[1]))
                third = [(one + two) // place % 10 for place in rows[2]]
                rest = one + two - sum(map(operator.mul, third, rows[2]))
                if rest == bare[2] and min(one, two) >= low:
                    yield sum((*first, *second, *third))


class Multiplied(Story, name="かけ算の虫食い", method="虫食い算"):
    situations = _SHEETS
    wordings = """
    {thing}の計算{shown}で、よごれて読めない数字をカタカナで表しました。1つのカタカナは1つの数字です。／かけられる数は全体でいくつですか。
    {who}の{thing}に、{shown}という計算がありました。カタカナのところには、それぞれ1つの数字が入ります。／×の左にある数を求めなさい。
    {shown}が正しい計算になるように、カタカナに1つずつ数字を入れます。／かけられる数（×の左の数）はいくつになりますか。"""

    def draw(self, dice: Dice) -> bool:
        self.by = dice((3, 9), (3, 9))
        size = dice((2, 3), (3, 3), (4, 4))
        self.number = dice.rng.randint(10 ** (size - 1), 10**size - 1)
        names = list(_KANA)
        hidden = _hide(self.number, tuple(range(1, size)), names)
        self.size, self.product = size, self.number * self.by
        self.last = self.number % 10
        self.shown = f"{hidden}×{self.by}＝{self.product}"
        return self.last > 0

    def solve(self, _w: Words) -> Steps:
        left, parts = n(self.product), []
        for place in range(self.size):
            digit = self.number // 10**place % 10
            value = n(digit, "数字") * n(self.by, "かける数")
            if place:
                yield (
                    f"{_PLACES[place]}の数字に{self.by}をかけた数の一の位は{int(left.value) % 10}です。{_PLACES[place]}は{digit}で、{value:=}です。"
                    if self.by in (3, 7, 9)
                    else f"{_PLACES[place]}の数字は{digit}で、{value:=}です。"
                )
            else:
                yield f"一の位の積は、{value:=}です。"
            rest = left - value.result
            if place < self.size - 1:
                yield f"積からひいて10でわると、{(rest.result / 10):=}となります。"
                left = n(int(rest.value) // 10, "残りの積")
            parts.append(digit)
        yield f"かけられる数は{self.number}で、たしかめると{(n(self.number, '答え') * n(self.by, 'かける数')):=}です。"
        return Answer.of(self.number, "")

    def search(self) -> Found:
        for number in range(10 ** (self.size - 1), 10**self.size):
            if number % 10 == self.last and number * self.by == self.product:
                yield number


TOPIC = topic("虫食い算", "mushikui", Added, Multiplied)
