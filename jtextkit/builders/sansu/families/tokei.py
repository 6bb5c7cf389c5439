"""時計算: the hands of a clock, and the angle between them."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from jtextkit.builders.sansu.expressions import n, number_text
from jtextkit.builders.sansu.problems import Answer, Family, Kind, Solution, Words

_HALF, _FULL = 180, 360

# The angle at a time


@dataclass(frozen=True, slots=True)
class Time:
    """A time of day on a clock with twelve hours."""

    hour: int
    minute: int


def _draw_time(dice: random.Random, grade: int) -> Time | None:
    hour = dice.randint(1, 12)
    minute = dice.choice((range(2, 60, 2), range(1, 60), range(1, 60))[grade])
    return Time(hour, minute)


def _solve_angle(facts: Time, _words: Words) -> Solution:
    at_hour = n(facts.hour % 12) * n(30)
    went = n("0.5") * n(facts.minute)
    short = at_hour.result + went.result
    long = n(6) * n(facts.minute)
    larger, smaller = (
        (short.result, long.result) if short.value >= long.value else (long.result, short.result)
    )
    gap = larger - smaller
    steps = [
        f"{facts.hour}時のとき、短針は12の目もりから{at_hour.equation('度')}のところにあります。",
        f"短針は1分に0.5度進むので、{facts.minute}分では{went.equation('度')}進み、"
        f"{short.equation('度')}のところに来ます。",
        f"長針は1分に6度進むので、{long.equation('度')}のところにあります。",
        f"2つの差は、{gap.equation('度')}です。",
    ]
    angle = gap
    if gap.value > _HALF:
        angle = n(_FULL) - gap.result
        steps.append(f"180度より大きいので、小さいほうの角は{angle.equation('度')}です。")
    return Solution(tuple(steps), Answer.of(angle.value, "度"), ("時計算",))


def _search_angle(facts: Time) -> Iterator[tuple[Fraction]]:
    """Turn both hands from twelve o'clock on, minute by minute, in half degrees."""
    short = long = 0
    for _ in range(facts.hour % 12 * 60 + facts.minute):
        short, long = (short + 1) % 720, (long + 12) % 720
    gap = abs(short - long)
    yield (Fraction(min(gap, 720 - gap), 2),)


_CLOCKS: tuple[Words, ...] = (
    {"clock": "時計", "part": "午前"},
    {"clock": "かべの時計", "part": "午後"},
    {"clock": "駅の時計", "part": "午前"},
    {"clock": "うで時計", "part": "午後"},
)

_ANGLE = Kind(
    "針の角度",
    _draw_time,
    _CLOCKS,
    (
        lambda f, w: (
            f"{w['clock']}が{f.hour}時{f.minute}分をさしています。長針と短針がつくる角のうち、小さいほうの角は何度ですか。"
        ),
        lambda f, w: (
            f"{w['part']}{f.hour}時{f.minute}分に{w['clock']}を見ました。このとき、2本の針の間の角度を求めなさい。ただし、角度は180度以下で答えるものと"
            "します。"
        ),
        lambda f, w: (
            f"長針と短針のある{w['clock']}で、{f.hour}時ちょうどから{f.minute}分がたちました。そのときの両方の針が開いている角度は何度でしょうか。"
            "180度をこえないほうの角で考えます。"
        ),
        lambda f, w: (
            f"たんじょう日会は{f.hour}時{f.minute}分に始まります。その時こくの{w['clock']}をかくには、短針と長針の間を何度にすればよいですか。"
            "小さいほうの角度を答えなさい。"
        ),
    ),
    _solve_angle,
    _search_angle,
)

# When the hands meet, or stand in a line, or at an angle


@dataclass(frozen=True, slots=True)
class Angle:
    """Between ``hour`` and the next: when is the angle ``angle`` (0 to 180) for the first time?"""

    hour: int
    angle: int


def _draw_when(dice: random.Random, grade: int) -> Angle | None:
    hour = dice.randint(1, 6)
    angle = dice.choice((range(0, 181, 10), range(0, 181, 5), range(181))[grade])
    return Angle(hour, angle) if _first(hour, angle) is not None else None


def _first(hour: int, angle: int) -> Fraction | None:
    """Minutes after the hour at which the long hand first stands ``angle`` before the other."""
    behind = 30 * hour - angle
    if behind <= 0 or 30 * hour > _HALF:  # or it may come to the angle from the other side first
        return None
    return Fraction(behind * 2, 11)


def _solve_when(facts: Angle, _words: Words) -> Solution:
    ahead = n(30) * n(facts.hour)
    speed = n(6) - n("0.5")
    steps = [
        f"{facts.hour}時のとき、短針は長針より{ahead.equation('度')}進んでいます。",
        f"長針は短針より1分に{speed.equation('度')}ずつ多く進みます。",
    ]
    way = ahead.result
    if facts.angle:
        less = ahead.result - n(facts.angle)
        steps.append(
            f"角が{facts.angle}度になるまでに、長針は{less.equation('度')}だけ多く進みます。"
        )
        way = less.result
    minutes = way / speed.result
    exact = number_text(minutes.value, mixed=True, decimals=False)
    steps.append(f"かかる時間を求めます。{way}÷{speed.result}＝{exact}（分）")
    return Solution(
        tuple(steps),
        Answer((minutes.value,), f"{facts.hour}時{exact}分"),
        ("時計算",),
    )


def _search_when(facts: Angle) -> Iterator[tuple[Fraction]]:
    """Look every eleventh of a minute through the hour for the first time at which it fits."""
    for elevenths in range(1, 60 * 11):
        # In 22nds of a degree both hands are whole numbers at every eleventh of a minute.
        short = (facts.hour * 30 * 22 + elevenths) % (_FULL * 22)
        long = 12 * elevenths % (_FULL * 22)
        gap = abs(short - long)
        if min(gap, _FULL * 22 - gap) == facts.angle * 22:
            yield (Fraction(elevenths, 11),)
            return


def _shape(angle: int) -> str:
    return {0: "ぴったり重なる", _HALF: "一直線になる"}.get(angle, f"{angle}度の角をつくる")


_WHEN = Kind(
    "何時何分",
    _draw_when,
    _CLOCKS,
    (
        lambda f, w: (
            f"{f.hour}時を過ぎてから、{w['clock']}の長針と短針がはじめて{_shape(f.angle)}のは{f.hour}時何分ですか。分数で答えなさい。"
        ),
        lambda f, w: (
            f"{w['clock']}の針が{w['part']}{f.hour}時ちょうどをさしました。このあと2本の針が最初に{_shape(f.angle)}時こくを求めなさい。"
            "わり切れないときは分数を使います。"
        ),
        lambda f, w: (
            f"{w['part']}{f.hour}時から{f.hour + 1}時までの1時間に、{w['clock']}の長い針と短い針が{_shape(f.angle)}ことがあります。1回目は{f.hour}時何分"
            "でしょうか。"
        ),
    ),
    _solve_when,
    _search_when,
)

# A clock that gains or loses


@dataclass(frozen=True, slots=True)
class Wrong:
    """A clock set right at noon gains (or loses) ``seconds`` an hour: its error after ``hours``."""

    seconds: int
    hours: int
    fast: bool


def _draw_wrong(dice: random.Random, grade: int) -> Wrong | None:
    hours = dice.randint(*((2, 24), (3, 48), (6, 168))[grade])
    seconds = dice.choice((range(2, 61, 2), range(3, 91), range(1, 121))[grade])
    return Wrong(seconds, hours, dice.random() < 0.5) if seconds * hours % 60 else None


def _solve_wrong(facts: Wrong, words: Words) -> Solution:
    word = "進み" if facts.fast else "おくれ"
    error = n(facts.seconds) * n(facts.hours)
    minutes = int(error.value // 60)
    whole = n(60) * n(minutes)
    seconds = error.result - whole.result
    shown = f"{minutes}分{seconds.result}秒" if minutes else f"{seconds.result}秒"
    return Solution(
        (
            f"{words['clock']}は{facts.hours}時間で{error.equation('秒')}{word}ます。",
            f"60秒が1分なので、{minutes}分は{whole.equation('秒')}です。",
            f"残りは{seconds.equation('秒')}なので、{shown}{word}ます。",
        ),
        Answer((error.value,), shown),
        ("時計算",),
    )


def _search_wrong(facts: Wrong) -> Iterator[tuple[int]]:
    """Let a right and a wrong clock run, hour by hour, and compare them."""
    right = wrong = 0
    for _ in range(facts.hours):
        right += 3600
        wrong += 3600 + (facts.seconds if facts.fast else -facts.seconds)
    yield (abs(wrong - right),)


def _goes(facts: Wrong) -> str:
    return "進む" if facts.fast else "おくれる"


_WRONG = Kind(
    "くるう時計",
    _draw_wrong,
    _CLOCKS,
    (
        lambda f, w: (
            f"1時間に{f.seconds}秒{_goes(f)}{w['clock']}があります。正しい時こくに合わせてから{f.hours}時間後には、どれだけ{_goes(f)}ことになりますか。"
        ),
        lambda f, w: (
            f"{w['part']}8時に{w['clock']}を時報に合わせました。調べてみると、この{w['clock']}は1時間につき{f.seconds}秒ずつ{_goes(f)}ことがわかりました。"
            f"合わせてから{f.hours}時間たったときのくるいを求めなさい。"
        ),
        lambda f, w: (
            f"{f.hours}時間の間、{w['clock']}を直さずに使います。1時間ごとに正しい時こくから{f.seconds}秒ずつ{_goes(f)}とすると、最後に時報との差は"
            "どれだけになっているでしょうか。"
        ),
        lambda f, w: (
            f"{w['clock']}の電池が弱ったのか、時こくが{f.hours}時間でどれくらいくるうのか心配になりました。1時間で{f.seconds}秒{_goes(f)}とわかっています。"
            "くるいは全部でどれだけですか。"
        ),
    ),
    _solve_wrong,
    _search_wrong,
)

# The other way round: the time that one hand takes for an angle


@dataclass(frozen=True, slots=True)
class Turned:
    """A hand has turned by ``degrees``; ``short`` tells which."""

    degrees: int
    short: bool


def _draw_turned(dice: random.Random, grade: int) -> Turned | None:
    short = dice.random() < 0.5
    top = ((180, 240), (240, 480), (400, 1000))[grade]
    degrees = dice.randint(1, top[short]) if short else 6 * dice.randint(1, top[0])
    return Turned(degrees, short)


def _solve_turned(facts: Turned, _words: Words) -> Solution:
    speed = n(360) / n(60) if not facts.short else n(30) / n(60)
    minutes = n(facts.degrees) / speed.result
    hand, around = ("短針", "60分で30度") if facts.short else ("長針", "60分で360度")
    return Solution(
        (
            f"{hand}は{around}進むので、1分に進む角度は{speed.equation('度')}です。",
            f"かかる時間を求めます。{minutes.equation('分')}",
        ),
        Answer.of(minutes.value, "分"),
        ("時計算",),
    )


def _search_turned(facts: Turned) -> Iterator[tuple[int]]:
    """Watch the hand minute by minute, in half degrees."""
    turned = minutes = 0
    while turned < 2 * facts.degrees:
        turned += 1 if facts.short else 12
        minutes += 1
    if turned == 2 * facts.degrees:
        yield (minutes,)


def _hand(facts: Turned) -> str:
    return "短針" if facts.short else "長針"


_TURNED = Kind(
    "針が回る時間",
    _draw_turned,
    _CLOCKS,
    (
        lambda f, w: f"{w['clock']}の{_hand(f)}が{f.degrees}度回るのにかかる時間は何分ですか。",
        lambda f, w: (
            f"みつきさんが出かけている間に、{w['clock']}の{_hand(f)}は{f.degrees}度進みました。みつきさんが出かけていた時間を分で"
            "答えなさい。"
        ),
    ),
    _solve_turned,
    _search_turned,
)

FAMILY = Family("時計算", "tokei", (_ANGLE, _WHEN, _WRONG, _TURNED))
