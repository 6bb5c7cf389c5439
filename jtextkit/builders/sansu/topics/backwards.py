"""Undoing any number of changes and calculations, and signs by agreement."""

from __future__ import annotations

import functools
from collections.abc import Callable
from fractions import Fraction
from typing import Any

from jtextkit.builders.sansu.expressions import n
from jtextkit.builders.sansu.problems import Answer
from jtextkit.builders.sansu.scripts import Found, Steps
from jtextkit.builders.sansu.stories import Dice, Story, Words, root

# 還元算: undoing, step by step from the end, what was done to a number.


class Bounce(Story, name="はね上がるボール"):
    search = root(lambda self, start: start * self.part**self.times - self.height)

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


# 逆算と計算の工夫: equations with □ undone, and sums made easy.
_SIGNS = "＋－×÷"


def _done(value: int, sign: str, number: int) -> int:
    if sign in "＋－":
        return value + number if sign == "＋" else value - number
    return value * number if sign == "×" else value // number


class Box(Story, name="□にあてはまる数"):
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
            if (sign == "－" and number >= value) or number in dict(self.signs).values():
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


class Mind(Box, name="ことばの逆算"):
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


# 約束記号: signs with a meaning agreed for the problem.
_SIGNS_YAKUSOKU = "◎＊△★◇☆◆●"
_RULES: tuple[tuple[str, Callable[..., Any]], ...] = (
    ("{a}×{p}＋{b}×{q}", lambda a, b, p, q: a * p + b * q),
    ("{a}×{p}－{b}", lambda a, b, p, _q: a * p - b),
    ("{a}×{b}＋{p}", lambda a, b, p, _q: a * b + p),
    ("{a}×{b}－{a}－{b}", lambda a, b, _p, _q: a * b - a - b),
    ("（{a}＋{b}）×{p}", lambda a, b, p, _q: (a + b) * p),
    ("{a}×{b}－{b}×{p}", lambda a, b, p, _q: a * b - b * p),
)
"""How a rule is written, and what it gives, of whole numbers as of sums."""


class Nested(Story, name="約束記号の計算"):
    def search(self) -> Found:
        yield functools.reduce(self._by, (self.two, *self.numbers), self.one)

    def _by(self, value: Any, number: Any) -> Any:
        """The two by the rule."""
        return _RULES[self.way][1](value, number, self.p, self.q)

    def draw(self, dice: Dice) -> bool:
        self.sign = dice.rng.choice(_SIGNS_YAKUSOKU)
        self.way = dice.rng.randrange(len(_RULES))
        self.p, self.q = dice.many(2, (2, 5), (2, 6))
        rule = _RULES[self.way][0]
        self.rule = rule.format(a="A", b="B", p=self.p, q=self.q)
        self.one, self.two = dice((6, 24), (8, 30)), dice((3, 12), (4, 15))
        self.numbers = tuple(dice.many(dice.pick(0, 1, 2), (2, 9), (2, 9)))
        x, y = dice.rng.randint(4, 9), dice.rng.randint(2, 5)
        example = self._by(x, y)
        self.example = f"{x}{self.sign}{y}＝{rule.format(a=x, b=y, p=self.p, q=self.q)}＝{example}"
        self.shown = f"ア{self.sign}イ"
        value = self._by(self.one, self.two)
        for place, number in enumerate(self.numbers):
            left, right = "｛｝" if place else "（）"
            self.shown = f"{left}{self.shown}{right}{self.sign}{number}"
            if value <= 0:
                return False
            value = self._by(value, number)
        return 0 < value < 3000 and example > 0 and self.one != self.two

    def solve(self, _w: Words) -> Steps:
        value = n(self.one)
        yield f"アは{self.one}、イは{self.two}なので、まず{self.one}{self.sign}{self.two}を計算します。"
        for place, number in enumerate((self.two, *self.numbers)):
            found = self._by(value, n(number))
            start = (
                f"その答えを使うと、{value}{self.sign}{number}は" if place else "約束にあてはめると"
            )
            yield f"{start}、{found:=}です。"
            value = found.result
        return Answer.of(value, "")


class Missing(Story, name="約束記号の逆算"):
    search = root(
        lambda self, start: (
            functools.reduce(
                lambda value, number: value * self.p + number * self.q, self.numbers, start
            )
            - self.end
        )
    )

    def draw(self, dice: Dice) -> None:
        self.sign = dice.rng.choice(_SIGNS_YAKUSOKU)
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
