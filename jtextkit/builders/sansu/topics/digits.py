"""Digits that are missing, found place by place."""

from __future__ import annotations

from jtextkit.builders.sansu.expressions import n
from jtextkit.builders.sansu.problems import Answer
from jtextkit.builders.sansu.scripts import Found, Steps
from jtextkit.builders.sansu.stories import Dice, Story, Words, root

# 虫食い算: digits that are missing from a written sum.
_KANA = "アイウエオカキ"
_PLACES = ("一の位", "十の位", "百の位", "千の位", "一万の位")


def _hide(number: int, places: tuple[int, ...], names: list[str]) -> str:
    """The number with kana for the digits at these places, counted from the right."""
    digits = list(str(number))
    for place in sorted(places, reverse=True):
        digits[len(digits) - 1 - place] = names.pop(0)
    return "".join(digits)


class Added(Story, name="たし算の虫食い"):
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
        """Column by column from the right: every digit that fits, with what it carries over."""
        ways = [(0, 0)]  # what is carried, and the sum of the digits found
        for place, hole in enumerate(self.holes):
            rows = (self.one, self.two, self.one + self.two)
            column = [number // 10**place % 10 for number in rows]
            first = int(place == self.size - 1)  # no number begins with 0
            columns = [(*column[:hole], digit, *column[hole + 1 :]) for digit in range(first, 10)]
            ways = [
                ((a + b + carry) // 10, total + (a, b, c)[hole])
                for carry, total in ways
                for a, b, c in columns
                if (a + b + carry) % 10 == c
            ]
        yield from (total for carry, total in ways if not carry)


class Multiplied(Story, name="かけ算の虫食い"):
    search = root(lambda self, number: number * self.by - self.product)

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
