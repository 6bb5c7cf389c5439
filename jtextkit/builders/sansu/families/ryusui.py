"""流水算: boats that go up and down a river, and the speed of its water."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from jtextkit.builders.sansu.expressions import n
from jtextkit.builders.sansu.problems import Answer, Family, Kind, Solution, Words

_FASTEST = 45
_STRONGEST = 12
"""Kilometres an hour: of a boat by itself, and of a river."""


def _river(dice: random.Random, grade: int) -> tuple[int, int]:
    """A boat's own speed and the stream's, km an hour."""
    stream = dice.randint(*((1, 5), (1, 6), (1, 8))[grade])
    boat = stream + dice.randint(*((5, 20), (6, 30), (8, 40))[grade])
    return boat, stream


_BOATS: tuple[Words, ...] = (
    {"boat": "船", "lower": "A町", "upper": "B町"},
    {"boat": "遊覧船", "lower": "船着き場A", "upper": "船着き場B"},
    {"boat": "ボート", "lower": "P地点", "upper": "Q地点"},
    {"boat": "貨物船", "lower": "河口の港", "upper": "上流の港"},
)

# Up and down: how long


@dataclass(frozen=True, slots=True)
class Trip:
    """A boat of ``boat`` km/h in a stream of ``stream`` km/h, ``way`` km up and down."""

    boat: int
    stream: int
    way: int


def _draw_trip(dice: random.Random, grade: int) -> Trip | None:
    """Trips whose times are whole hours both ways, made forwards from the two times."""
    rise = dice.randint(*((2, 9), (2, 14), (3, 24))[grade])
    fall = dice.randint(1, rise - 1)
    # up * rise == down * fall: take up and down in the ratio of the times.
    scale = 2 * dice.randint(1, (4, 8, 12)[grade])
    up, down = fall * scale // 2 * 2, rise * scale // 2 * 2
    boat, stream = (up + down) // 2, (down - up) // 2
    fits = 0 < stream < boat and stream <= _STRONGEST and boat <= _FASTEST
    return Trip(boat, stream, up * rise) if fits else None


def _solve_trip(facts: Trip, _words: Words) -> Solution:
    up, down = n(facts.boat) - n(facts.stream), n(facts.boat) + n(facts.stream)
    rise, fall = n(facts.way) / up.result, n(facts.way) / down.result
    total = rise.result + fall.result
    return Solution(
        (
            f"上りの速さは、静水での速さから流れの速さをひいて、時速{up.equation('km')}です。",
            f"下りの速さは、流れの速さをたして、時速{down.equation('km')}です。",
            f"上りにかかる時間は、{rise.equation('時間')}です。",
            f"下りにかかる時間は、{fall.equation('時間')}です。",
            f"往復では、{total.equation('時間')}です。",
        ),
        Answer.of(total.value, "時間"),
        ("流水算",),
    )


def _search_trip(facts: Trip) -> Iterator[tuple[int]]:
    """Hour by hour: the boat rows, the water carries it back or on."""
    hours = place = 0
    while place < facts.way:
        place, hours = place + facts.boat - facts.stream, hours + 1
    exact = place == facts.way
    while place > 0:
        place, hours = place - facts.boat - facts.stream, hours + 1
    if exact and place == 0:
        yield (hours,)


_ROUND_TRIP = Kind(
    "往復の時間",
    _draw_trip,
    _BOATS,
    (
        lambda f, w: (
            f"流れの速さが時速{f.stream}kmの川を、静水での速さが時速{f.boat}kmの{w['boat']}で往復します。川下の{w['lower']}から川上の{w['upper']}までは"
            f"{f.way}kmです。往復にかかる時間は何時間ですか。ただし、休む時間は考えません。"
        ),
        lambda f, w: (
            f"{w['lower']}と、それより川上にある{w['upper']}との間の{f.way}kmを{w['boat']}が行き来しています。流れのないところでこの{w['boat']}は"
            f"1時間に{f.boat}km進み、川は1時間に{f.stream}km流れます。{w['lower']}を出て{w['upper']}まで行き、すぐにもどってくると何時間かかりますか。"
        ),
        lambda f, w: (
            f"{w['boat']}が川を{f.way}km上り、同じところを下ってもどりました。川の水は毎時{f.stream}kmの速さで流れていて、{w['boat']}の静水での速さは"
            f"毎時{f.boat}kmです。上りと下りを合わせた時間を求めなさい。"
        ),
    ),
    _solve_trip,
    _search_trip,
)

# The two speeds from two times


@dataclass(frozen=True, slots=True)
class Times:
    """``way`` km: ``rise`` hours up, ``fall`` hours down."""

    way: int
    rise: int
    fall: int


def _draw_times(dice: random.Random, grade: int) -> Times | None:
    trip = _draw_trip(dice, grade)
    if trip is None:
        return None
    return Times(
        trip.way, trip.way // (trip.boat - trip.stream), trip.way // (trip.boat + trip.stream)
    )


def _solve_times(facts: Times, _words: Words) -> Solution:
    up, down = n(facts.way) / n(facts.rise), n(facts.way) / n(facts.fall)
    boat = (up.result + down.result) / n(2)
    stream = (down.result - up.result) / n(2)
    return Solution(
        (
            f"上りの速さは、時速{up.equation('km')}です。",
            f"下りの速さは、時速{down.equation('km')}です。",
            f"静水での速さは、上りと下りの速さの平均です。{boat.equation('km')}",
            f"流れの速さは、下りと上りの速さの差の半分です。{stream.equation('km')}",
        ),
        Answer.parts(
            *[("静水での速さ 時速", boat.value, "km"), ("流れの速さ 時速", stream.value, "km")]
        ),
        ("流水算", "和差算"),
    )


def _search_times(facts: Times) -> Iterator[tuple[int, int]]:
    """Try every boat and stream in whole km an hour."""
    for boat in range(1, 2 * _FASTEST):
        for stream in range(1, boat):
            if (boat - stream) * facts.rise == facts.way == (boat + stream) * facts.fall:
                yield boat, stream


_SPEEDS = Kind(
    "静水と流れの速さ",
    _draw_times,
    _BOATS,
    (
        lambda f, w: (
            f"{w['boat']}で{f.way}kmの川を上るのに{f.rise}時間、下るのに{f.fall}時間かかりました。この{w['boat']}の静水での速さと、川の流れの速さは、"
            "それぞれ時速何kmですか。"
        ),
        lambda f, w: (
            f"{w['lower']}から{f.way}km上流の{w['upper']}まで、{w['boat']}は{f.rise}時間で着きます。帰りは流れに乗るので、同じ道のりが{f.fall}時間です。"
            f"流れがないときの{w['boat']}の時速と、流れの時速を求めなさい。"
        ),
        lambda f, w: (
            f"川にそって{f.way}kmはなれた{w['upper']}と{w['lower']}があります。{w['boat']}が{w['upper']}から{w['lower']}へ下る時間は{f.fall}時間、反対に"
            f"上る時間は{f.rise}時間です。{w['boat']}自体の速さと流れの速さは、1時間あたり何kmでしょうか。"
        ),
    ),
    _solve_times,
    _search_times,
)

# The stream from one way


@dataclass(frozen=True, slots=True)
class Stream:
    """A boat of ``boat`` km/h goes ``way`` km up in ``hours``: how fast is the stream, how long down?"""

    boat: int
    way: int
    hours: int


def _draw_stream(dice: random.Random, grade: int) -> Stream | None:
    trip = _draw_trip(dice, grade)
    if trip is None:
        return None
    return Stream(trip.boat, trip.way, trip.way // (trip.boat - trip.stream))


def _solve_stream(facts: Stream, _words: Words) -> Solution:
    up = n(facts.way) / n(facts.hours)
    stream = n(facts.boat) - up.result
    down = n(facts.boat) + stream.result
    hours = n(facts.way) / down.result
    return Solution(
        (
            f"上りの速さは、時速{up.equation('km')}です。",
            f"流れの速さは、静水での速さとの差なので、時速{stream.equation('km')}です。",
            f"下りの速さは、時速{down.equation('km')}です。",
            f"下りにかかる時間を求めます。{hours.equation('時間')}",
        ),
        Answer.of(hours.value, "時間"),
        ("流水算",),
    )


def _search_stream(facts: Stream) -> Iterator[tuple[Fraction]]:
    for stream in range(facts.boat):
        if sum(facts.boat - stream for _ in range(facts.hours)) == facts.way:
            yield (Fraction(facts.way, facts.boat + stream),)


_DOWN = Kind(
    "下りの時間",
    _draw_stream,
    _BOATS,
    (
        lambda f, w: (
            f"静水での速さが時速{f.boat}kmの{w['boat']}が、{f.way}kmの川を{f.hours}時間で上りました。同じところを下るには何時間かかりますか。"
        ),
        lambda f, w: (
            f"{w['boat']}は、流れのない水の上では1時間に{f.boat}km進みます。この{w['boat']}が川下の{w['lower']}を出てから、{f.way}km川上の{w['upper']}に"
            f"着くまでに{f.hours}時間かかりました。{w['upper']}から{w['lower']}へもどるときにかかる時間を求めなさい。"
        ),
        lambda f, w: (
            f"ある川の{f.way}kmの区間を{w['boat']}で進みます。上りにかかった時間は{f.hours}時間でした。{w['boat']}の速さは静水で毎時{f.boat}kmとわかって"
            "いますが、流れの速さはわかっていません。下りは何時間になるでしょうか。"
        ),
    ),
    _solve_stream,
    _search_stream,
)

# Two boats


@dataclass(frozen=True, slots=True)
class Boats:
    """One goes up, one down, ``way`` km apart, in a stream of ``stream`` km/h."""

    one: int
    two: int
    stream: int
    way: int


def _draw_boats(dice: random.Random, grade: int) -> Boats | None:
    one, stream = _river(dice, grade)
    two = stream + dice.randint(*((5, 20), (6, 30), (8, 40))[grade])
    hours = dice.randint(*((1, 5), (1, 8), (2, 12))[grade])
    return Boats(one, two, stream, (one + two) * hours) if one != two else None


def _solve_boats(facts: Boats, _words: Words) -> Solution:
    up, down = n(facts.one) - n(facts.stream), n(facts.two) + n(facts.stream)
    speed = up.result + down.result
    hours = n(facts.way) / speed.result
    place = up.result * hours.result
    return Solution(
        (
            f"上る船の速さは、時速{up.equation('km')}です。",
            f"下る船の速さは、時速{down.equation('km')}です。",
            f"2せきは1時間に{speed.equation('km')}ずつ近づきます。",
            f"出会うまでの時間は、{hours.equation('時間')}です。",
            f"上る船が進んだ道のりは、{place.equation('km')}です。",
        ),
        Answer.parts(*[("時間", hours.value, "時間"), ("道のり", place.value, "km")]),
        ("流水算", "旅人算"),
    )


def _search_boats(facts: Boats) -> Iterator[tuple[int, int]]:
    up, down, hours = 0, facts.way, 0
    while up < down:
        up += facts.one - facts.stream
        down -= facts.two + facts.stream
        hours += 1
    if up == down:
        yield hours, up


_TWO = Kind(
    "2せきの船",
    _draw_boats,
    (
        {"lower": "A港", "upper": "B港", "one": "青い船", "two": "白い船"},
        {"lower": "下の橋", "upper": "上の橋", "one": "ボートP", "two": "ボートQ"},
        {"lower": "南町", "upper": "北町", "one": "客船", "two": "貨物船"},
    ),
    (
        lambda f, w: (
            f"{w['lower']}と、そこから{f.way}km川上の{w['upper']}から、静水での速さが時速{f.one}kmの{w['one']}と時速{f.two}kmの{w['two']}が、向かい合って"
            f"同時に出発しました。流れの速さは時速{f.stream}kmです。2せきは何時間後に、{w['lower']}から何kmのところで出会いますか。"
        ),
        lambda f, w: (
            f"時速{f.stream}kmで流れる川があり、{w['lower']}から{w['upper']}まで上ると{f.way}kmです。{w['one']}は{w['lower']}を、{w['two']}は{w['upper']}を"
            f"同じ時こくに出て、それぞれ反対側へ向かいました。静水での時速は{w['one']}が{f.one}km、{w['two']}が{f.two}kmです。出会うまでの時間と、"
            f"それまでに{w['one']}が進んだ道のりを求めなさい。"
        ),
        lambda f, w: (
            f"{w['upper']}を出て川を下る{w['two']}と、{w['lower']}を出て川を上る{w['one']}がすれちがいました。両方が出発したのは同じ時こくで、間の道のりは"
            f"{f.way}kmです。流れがなければ1時間に{w['one']}は{f.one}km、{w['two']}は{f.two}km進み、流れは1時間に{f.stream}kmです。すれちがったのは"
            f"出発から何時間後で、{w['lower']}から何kmの地点でしょうか。"
        ),
    ),
    _solve_boats,
    _search_boats,
)

FAMILY = Family("流水算", "ryusui", (_ROUND_TRIP, _SPEEDS, _DOWN, _TWO))
