"""What a 大問 may ask next: one more question that starts from the answer."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction

from jtextkit.builders.sansu.expressions import n, percent
from jtextkit.builders.sansu.problems import Answer

_LASTS = re.compile("かかりま|終わ|なくなりますか|いっぱいになるまで")
_WAY = re.compile("道のり|きょり|のところ|何mありますか")


@dataclass(frozen=True, slots=True)
class Sequel:
    """A question that goes on from an answer.

    Attributes:
        ask: the question; ``{number}`` is the part that it starts from.
        steps: how it is solved.
        count: how many steps.
        value: the answer.
        answer: the answer in words.
        again: the answer from the first one's value, by other means.
    """

    ask: str
    steps: Callable[[], Iterator[str]]
    count: int
    value: Fraction
    answer: str
    again: Callable[[Fraction], Fraction]


def sequel_to(answer: Answer, ask: str, goods: str, most: int, rng: random.Random) -> Sequel | None:
    """A question of at most ``most`` steps that starts from ``answer``, a single number.

    Args:
        ask: how the answer was asked for.
        goods: what it counts, with the bounds of a price, or "".
    """
    value = answer.values[0]
    unit = answer.text.removeprefix(str(value))
    if value.denominator > 1 or value <= 0 or unit == answer.text:
        return None
    sequel = _made(int(value), unit, ask, goods, rng)
    return sequel if sequel is not None and sequel.count <= most else None


def _made(value: int, unit: str, ask: str, goods: str, rng: random.Random) -> Sequel | None:
    if value < 180 and (unit == "分後" or (unit == "分" and _LASTS.search(ask))):
        return _clock(value, unit, rng)
    if goods:
        thing, _, bounds = goods.partition(" ")
        low, high = map(int, bounds.split("-"))
        price = 10 * rng.randint(low // 10, high // 10)
        asked = (
            f"{{number}}で求めた数の{thing}を、1{unit}{price}円で買うと、代金は全部で何円ですか。"
        )
        return _times(value, unit, price, asked, "代金は", "円")
    if unit == "人":
        each = rng.randint(2, 9)
        asked = f"{{number}}で求めた人数の全員にカードを{each}枚ずつ配ると、カードは全部で何枚いりますか。"
        return _times(value, unit, each, asked, "カードの数は", "枚")
    if unit == "m" and value >= 240 and _WAY.search(ask):
        speeds = [speed for speed in (50, 60, 70, 75, 80) if value % speed == 0]
        return _walk(value, rng.choice(speeds)) if speeds else None
    return _less(value, rng) if unit == "円" and value >= 100 else None


def _times(value: int, unit: str, factor: int, ask: str, what: str, into: str) -> Sequel:
    def steps() -> Iterator[str]:
        yield f"{what}、{n(value, unit) * n(factor, f'1{unit}あたり'):{into}}です。"

    def again(first: Fraction) -> Fraction:
        return Fraction(sum(factor for _ in range(int(first))))

    result = Fraction(value * factor)
    return Sequel(ask, steps, 1, result, f"{result}{into}", again)


def _clock(value: int, unit: str, rng: random.Random) -> Sequel:
    hour, minute = rng.randint(8, 9), 5 * rng.randint(1, 11)
    end = 60 * hour + minute + value
    ending = f"{end // 60}時{end % 60}分"
    verb = "出発した" if unit == "分後" else "始めた"
    until = "{number}で求めた時間がたった時こくは、何時何分ですか。"
    ask = f"{verb}のが午前{hour}時{minute}分のとき、{until}"

    def steps() -> Iterator[str]:
        total = n(minute, "分") + n(value, unit)
        yield f"{hour}時{minute}分の分の数に、かかった時間をたします。{total:分}"
        if total.value >= 60:
            yield f"60分は1時間なので、午前{hour}時から{total.value // 60}時間{total.value % 60}分後で、{ending}です。"
        else:
            yield f"よって、{ending}です。"

    return Sequel(
        ask,
        steps,
        2,
        Fraction(end),
        ending,
        lambda first: Fraction(_minutes(hour, minute, int(first))),
    )


def _minutes(hour: int, minute: int, more: int) -> int:
    """Tick ``more`` minutes on from a time of day; minutes since midnight."""
    for _ in range(more):
        minute += 1
        if minute == 60:
            hour, minute = hour + 1, 0
    return 60 * hour + minute


def _walk(value: int, speed: int) -> Sequel:
    def steps() -> Iterator[str]:
        yield f"道のりを速さでわって、{n(value, 'm') / n(speed, '分速'):分}です。"

    def again(first: Fraction) -> Fraction:
        return Fraction(sum(1 for _ in range(0, int(first), speed)))

    ask = f"{{number}}で求めた長さの道のりを、分速{speed}mで歩くと何分かかりますか。"
    return Sequel(ask, steps, 1, Fraction(value, speed), f"{value // speed}分", again)


def _less(value: int, rng: random.Random) -> Sequel | None:
    off = rng.choice((10, 20, 25, 30, 40, 60))
    if value * off % 100:
        return None

    def steps() -> Iterator[str]:
        cut = n(value, "円") * percent(off)
        yield f"{off}%にあたる金額は、{cut:円}です。"
        yield f"これをひくと、{n(value, '円') - cut.result:円}です。"

    ask = f"{{number}}で求めた金額より{off}%少ない金額は何円ですか。"
    rest = Fraction(value * (100 - off), 100)
    return Sequel(ask, steps, 2, rest, f"{rest}円", lambda first: first * (100 - off) / 100)
