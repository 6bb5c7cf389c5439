"""Numbers in other bases, read and written digit by digit."""

from __future__ import annotations

import itertools

from jtextkit.builders.sansu.expressions import n
from jtextkit.builders.sansu.problems import Answer
from jtextkit.builders.sansu.scripts import Steps
from jtextkit.builders.sansu.stories import Dice, Story, Words, found


# N進法: numbers written with fewer digits.
def _display(number: int, base: int) -> int:
    """Counted up one by one: the first number of such digits has the value of its place."""
    left = (int("".join(digits)) for digits in itertools.product(map(str, range(base)), repeat=7))
    return next(itertools.islice(left, number, None))


def _digits(number: int, base: int) -> tuple[int, ...]:
    found: list[int] = []
    while number:
        number, digit = divmod(number, base)
        found.insert(0, digit)
    return tuple(found)


class Read(Story, name="10進法になおす"):
    search = found(lambda self: int(self.shown, self.base) + self.more)

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


class Write(Story, name="N進法で表す"):
    search = found(lambda self: _display(self.number, self.base))

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
