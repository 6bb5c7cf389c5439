"""What a 大問 may ask next: questions that start from the answer, each from the one before."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from jtextkit.builders.sansu.expressions import Expression, n, number_text, percent
from jtextkit.builders.sansu.problems import Answer

_LASTS = re.compile("かかりま|終わ|なくなりますか|いっぱいになるまで")
_ONES_OWN = re.compile("[がは]出発してから|を出てから")
"""Who is asked about started at another time than others."""

_WAY = re.compile("道のり|きょり|のところ|何mありますか")
_NOTES = (1000, 2000, 5000, 10000, 20000, 30000, 50000)


@dataclass(frozen=True, slots=True)
class Sequel:
    """A question that goes on from an answer.

    Attributes:
        ask: the question; ``{number}`` is the part that it starts from.
        steps: how it is solved, sentences in order.
        value: the answer.
        answer: the answer in words.
        again: the answer from the values before, by other means.
    """

    ask: str
    steps: Callable[[], Sequence[str]]
    value: Fraction
    answer: str
    again: Callable[[Sequence[Fraction]], Fraction]

    @property
    def count(self) -> int:
        """How many steps."""
        return len(self.steps())


def sequels_to(
    answer: Answer, ask: str, after: Sequence[str], most: int, rng: random.Random
) -> list[Sequel]:
    """Up to two questions, of at most ``most`` steps, that start from ``answer``.

    Args:
        ask: how the answer was asked for.
        after: what the story offers: ``price THING LOW-HIGH`` (of one of what the answer counts, the
            last of several), ``times QUESTION UNIT LOW-HIGH``, ``even ONE TWO`` (two amounts).
    """
    first = _first(answer, ask, after, rng)
    if first is None or first.count > most:
        return []
    paid = first.answer.endswith("円") and any(word in first.ask for word in ("代金", "費用"))
    second = _bill(first.value, rng) if paid else None
    return [first, second] if second and second.count + first.count <= most else [first]


def _first(answer: Answer, ask: str, after: Sequence[str], rng: random.Random) -> Sequel | None:
    values = answer.values
    if any(value.denominator > 1 or value <= 0 for value in values):
        return None
    value = int(values[-1])
    unit = answer.text.rpartition(str(value))[2]
    if after:
        kind, *words = rng.choice(after).split()
        if kind == "even":
            return _even(int(values[0]), value, unit, *words)
        *asked, bounds = words
        price = rng.randint(*map(int, bounds.split("-")))
        return _each(
            value, unit, asked, 10 * (price // 10) if price >= 50 and len(asked) == 1 else price
        )
    if len(values) > 1:
        return None
    if _ONES_OWN.search(ask):
        return None
    if value < 180 and (unit == "分後" or (unit == "分" and _LASTS.search(ask))):
        return _clock(value, unit, ask, rng)
    if unit == "m" and value >= 240 and _WAY.search(ask):
        speeds = [speed for speed in (50, 60, 70, 75, 80) if value % speed == 0]
        return _walk(value, rng.choice(speeds)) if speeds else None
    return None


def _simple(
    ask: str, words: str, sum_: Expression, unit: str, again: Callable[[Fraction], Fraction | int]
) -> Sequel:
    """A question of one step."""
    return Sequel(
        ask,
        lambda: [f"{words}、{sum_:{unit}}です。"],
        sum_.value,
        f"{number_text(sum_.value)}{unit}",
        lambda values: Fraction(again(values[-1])),
    )


def _each(value: int, unit: str, asked: Sequence[str], each: int) -> Sequel | None:
    """So many times as much: ``asked`` is a thing that is bought, or a question and its unit."""
    if len(asked) == 2:
        ask, into, what = asked[0], asked[1], "全部で"
    elif unit == "m²":
        ask, into, what = (
            f"{asked[0]}には1m²あたり＜each＞円かかります。費用は全部で何円ですか。",
            "円",
            "費用は",
        )
    else:
        ask, into, what = (
            f"{{number}}で求めた数の{asked[0]}を、1{unit}＜each＞円で買うと、代金は全部で何円ですか。",
            "円",
            "代金は",
        )
    if into == "円" and not 500 <= value * each <= (1_000_000 if unit == "m²" else 200_000):
        return None
    sum_ = n(value, unit) * n(each, f"1{unit}あたり")
    return _simple(ask.replace("＜each＞", str(each)), what, sum_, into, lambda one: one * each)


def _bill(value: Fraction, rng: random.Random) -> Sequel | None:
    """What is handed back, or what is paid after a reduction."""
    note = next((note for note in _NOTES if note > value), 0)
    if note and value * 3 > note and rng.random() < 0.4:
        rest = n(note) - n(value, "円")
        ask = f"{{number}}の金額を{note}円ではらうと、おつりは何円ですか。"
        return _simple(ask, "おつりは", rest, "円", lambda one: note - one)
    off = rng.choice((10, 20, 25, 30))
    if value * off % 100 or not 1000 <= value <= 100_000:
        return None
    cut = n(value, "円") * percent(off)
    rest = n(value, "円") - cut.result
    return Sequel(
        f"{{number}}の金額が{off}%引きになると、はらう金額は何円ですか。",
        lambda: [f"{off}%にあたる金額は、{cut:円}です。", f"これをひくと、{rest:円}です。"],
        rest.value,
        f"{rest.value}円",
        lambda values: values[-1] * (100 - off) / 100,
    )


def _even(one: int, two: int, unit: str, first: str, second: str) -> Sequel | None:
    (more, much), (less, little) = sorted(((first, one), (second, two)), key=lambda pair: -pair[1])
    if (much - little) % 2 or much == little:
        return None
    gap = n(much, unit) - n(little, unit)
    half = gap.result / 2
    return Sequel(
        f"このあと{more}が{less}に何{unit}わたすと、2人の数は等しくなりますか。",
        lambda: [
            f"2人の差は、{gap:{unit}}です。",
            f"差の半分をわたすと等しくなります。{half:{unit}}",
        ],
        half.value,
        f"{half.value}{unit}",
        lambda values: (values[0] + values[1]) / 2 - min(values[:2]),
    )


def _clock(value: int, unit: str, question: str, rng: random.Random) -> Sequel:
    hour, minute = rng.randint(8, 9), 5 * rng.randint(1, 11)
    end = 60 * hour + minute + value
    ending = f"{end // 60}時{end % 60}分"
    verb, at = ("始めた", "終わる")
    if unit == "分後" or "歩" in question:
        verb, at = ("出発した", "その" if unit == "分後" else "着く")
    ask = f"{verb}のが午前{hour}時{minute}分のとき、{at}時こくは何時何分ですか。"
    total = n(minute, "分") + n(value, unit)
    past, rest = divmod(int(total.value), 60)
    way = f"60分は1時間なので、午前{hour}時から{past}時間{rest}分後で、" if past else "よって、"
    return Sequel(
        ask,
        lambda: [
            f"{hour}時{minute}分の分の数に、かかった時間をたします。{total:分}",
            f"{way}{ending}です。",
        ],
        Fraction(end),
        ending,
        lambda values: Fraction(_minutes(hour, minute, int(values[-1]))),
    )


def _minutes(hour: int, minute: int, more: int) -> int:
    """Tick ``more`` minutes on from a time of day; minutes since midnight."""
    for _ in range(more):
        minute += 1
        if minute == 60:
            hour, minute = hour + 1, 0
    return 60 * hour + minute


def _walk(value: int, speed: int) -> Sequel:
    ask = f"{{number}}で求めた道のりを、分速{speed}mで歩くと何分かかりますか。"
    time = n(value, "m") / n(speed, "分速")
    return _simple(
        ask, "道のりを速さでわって", time, "分", lambda one: len(range(0, int(one), speed))
    )
