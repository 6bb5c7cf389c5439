"""のべ算: work counted in person-days, which stay the same however many people there are."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass

from jtextkit.builders.sansu.expressions import n
from jtextkit.builders.sansu.problems import Answer, Family, Kind, Solution, Words

_MOST = 5000

_JOBS: tuple[Words, ...] = (
    {"who": "人", "work": "道路の工事", "unit": "日", "total": "のべ日数"},
    {"who": "人", "work": "みかんの取り入れ", "unit": "日", "total": "のべ日数"},
    {"who": "人", "work": "文化祭の準備", "unit": "時間", "total": "のべ時間"},
    {"who": "人", "work": "会場のかざりつけ", "unit": "時間", "total": "のべ時間"},
)

# Other people, other days


@dataclass(frozen=True, slots=True)
class Men:
    """``people`` need ``days``; how many days do ``others`` need?"""

    people: int
    days: int
    others: int


def _draw_men(dice: random.Random, grade: int) -> Men | None:
    people = dice.randint(*((2, 12), (3, 24), (6, 60))[grade])
    days = dice.randint(*((2, 20), (4, 40), (8, 90))[grade])
    others = dice.randint(*((2, 20), (3, 40), (6, 90))[grade])
    fits = others != people and people * days % others == 0 and people * days > others
    return Men(people, days, others) if fits else None


def _solve_men(facts: Men, words: Words) -> Solution:
    whole = n(facts.people) * n(facts.days)
    days = whole.result / n(facts.others)
    return Solution(
        (
            f"1人が1{words['unit']}にする量を1とすると、全体の量は{whole.equation()}です。",
            f"{facts.others}人ですると、1{words['unit']}に{facts.others}ずつ進みます。{days.equation(words['unit'])}",
        ),
        Answer.of(days.value, words["unit"]),
        ("のべ算",),
    )


def _search_men(facts: Men) -> Iterator[tuple[int]]:
    """Let the others work until as much is done as the first would have done."""
    first = sum(facts.people for _ in range(facts.days))
    done = days = 0
    while done < first:
        done, days = done + facts.others, days + 1
    if done == first:
        yield (days,)


_OTHERS = Kind(
    "人数を変える",
    _draw_men,
    _JOBS,
    (
        lambda f, w: (
            f"{f.people}人ですると{f.days}{w['unit']}かかる{w['work']}があります。同じ仕事を{f.others}人ですると、何{w['unit']}かかりますか。"
            "1人がする仕事の速さはみな同じとします。"
        ),
        lambda f, w: (
            f"{w['work']}に{f.people}人が集まる予定で、{f.days}{w['unit']}かかると計算していました。ところが当日集まったのは{f.others}人でした。"
            f"どの人も同じだけ働くとすると、終わるまでに何{w['unit']}必要ですか。"
        ),
        lambda f, w: (
            f"去年の{w['work']}は{f.people}人がかりで{f.days}{w['unit']}でした。今年も仕事の量は変わらず、働く人は{f.others}人です。今年かかる"
            f"のは何{w['unit']}でしょうか。ただし、1人あたりの働きは去年と同じです。"
        ),
    ),
    _solve_men,
    _search_men,
)

# After some days, more people come


@dataclass(frozen=True, slots=True)
class Joined:
    """``people`` planned ``days``; after ``first`` days ``more`` join."""

    people: int
    days: int
    first: int
    more: int


def _draw_joined(dice: random.Random, grade: int) -> Joined | None:
    people = dice.randint(*((3, 12), (4, 20), (6, 40))[grade])
    days = dice.randint(*((5, 24), (8, 40), (12, 80))[grade])
    first = dice.randint(1, days - 2)
    more = dice.randint(*((1, 10), (1, 20), (2, 40))[grade])
    left = people * (days - first)
    fits = left % (people + more) == 0 and left > people + more
    return Joined(people, days, first, more) if fits else None


def _solve_joined(facts: Joined, words: Words) -> Solution:
    unit = words["unit"]
    rest = n(facts.days) - n(facts.first)
    left = n(facts.people) * rest.result
    people = n(facts.people) + n(facts.more)
    days = left.result / people.result
    total = n(facts.first) + days.result
    return Solution(
        (
            f"予定では、あと{rest.equation(unit)}残っています。",
            f"1人が1{unit}にする量を1とすると、残りの量は{left.equation()}です。",
            f"増えたあとの人数は、{people.equation('人')}です。",
            f"残りにかかるのは、{days.equation(unit)}です。",
            f"はじめから終わりまでは、{total.equation(unit)}です。",
        ),
        Answer.of(total.value, unit),
        ("のべ算",),
    )


def _search_joined(facts: Joined) -> Iterator[tuple[int]]:
    left, days = facts.people * facts.days, 0
    while left > 0:
        left -= facts.people + (facts.more if days >= facts.first else 0)
        days += 1
    if left == 0:
        yield (days,)


_JOINED = Kind(
    "とちゅうで増える",
    _draw_joined,
    _JOBS,
    (
        lambda f, w: (
            f"{f.people}人で働くと{f.days}{w['unit']}で終わる{w['work']}を、はじめの{f.first}{w['unit']}は{f.people}人でしました。そのあと"
            f"{f.more}人加わって、最後まで働きました。始めてから終わるまでに何{w['unit']}かかりましたか。"
        ),
        lambda f, w: (
            f"{w['work']}を{f.days}{w['unit']}で仕上げるつもりで{f.people}人が働き始めました。{f.first}{w['unit']}が過ぎたところへ手伝いの人が"
            f"{f.more}人来て、残りはみんなでしました。全体では何{w['unit']}かかったでしょうか。1人がする量はどの人も同じです。"
        ),
        lambda f, w: (
            f"{w['work']}の予定は{f.people}人で{f.days}{w['unit']}ですが、とちゅうから{f.more}人増やして早く終わらせました。人数を増やしたのは、"
            f"始めて{f.first}{w['unit']}が終わったあとです。どの人の働きも同じとして、実際にかかったのは何{w['unit']}か求めなさい。"
        ),
    ),
    _solve_joined,
    _search_joined,
)

# Seats for some of many: everybody the same time


@dataclass(frozen=True, slots=True)
class Seats:
    """``people`` share ``seats`` for ``minutes``; everybody sits for the same time."""

    people: int
    seats: int
    minutes: int


def _draw_seats(dice: random.Random, grade: int) -> Seats | None:
    people = dice.randint(*((3, 10), (4, 20), (8, 45))[grade])
    seats = dice.randint(1, people - 1)
    minutes = dice.randint(*((10, 90), (20, 180), (40, 360))[grade])
    return Seats(people, seats, minutes) if seats * minutes % people == 0 else None


def _solve_seats(facts: Seats, _words: Words) -> Solution:
    whole = n(facts.minutes) * n(facts.seats)
    each = whole.result / n(facts.people)
    return Solution(
        (
            f"使える時間の合計は、のべ{whole.equation('分')}です。",
            f"これを{facts.people}人で等しく分けます。{each.equation('分')}",
        ),
        Answer.of(each.value, "分"),
        ("のべ算",),
    )


def _search_seats(facts: Seats) -> Iterator[tuple[int]]:
    """Always let those sit who have sat least; at the end all must have sat the same time."""
    sat = [0] * facts.people
    for _ in range(facts.minutes):
        sat.sort()
        for place in range(facts.seats):
            sat[place] += 1
    if len(set(sat)) == 1:
        yield (sat[0],)


_SHARED: tuple[Words, ...] = (
    {"thing": "席", "counter": "つ", "place": "電車の中", "do": "すわる", "did": "すわれた"},
    {
        "thing": "パソコン",
        "counter": "台",
        "place": "コンピューター室",
        "do": "使う",
        "did": "使えた",
    },
    {
        "thing": "自転車",
        "counter": "台",
        "place": "サイクリングコース",
        "do": "乗る",
        "did": "乗れた",
    },
)

_SEATS = Kind(
    "交代で使う",
    _draw_seats,
    _SHARED,
    (
        lambda f, w: (
            f"{w['place']}で、{f.people}人が{f.seats}{w['counter']}の{w['thing']}を{f.minutes}分間、交代で使います。どの人も同じ時間だけ{w['do']}"
            f"ようにすると、1人が{w['do']}時間は何分ですか。"
        ),
        lambda f, w: (
            f"{w['thing']}が{f.seats}{w['counter']}しかないので、{f.people}人は順番に{w['do']}ことにしました。{f.minutes}分の間、{w['thing']}は"
            f"いつもだれかが使っていて、1人ずつの時間は平等になりました。1人何分{w['did']}でしょうか。"
        ),
        lambda f, w: (
            f"{f.minutes}分間かりた{f.seats}{w['counter']}の{w['thing']}に対して、使いたい人は{f.people}人います。むだな時間がないように全員に同じ"
            f"時間を割り当てるとき、1人分の時間を求めなさい。"
        ),
    ),
    _solve_seats,
    _search_seats,
)

# Three quantities: things made by machines in hours


@dataclass(frozen=True, slots=True)
class Made:
    """``machines`` make ``things`` in ``hours``; how many do ``others`` make in ``time``?"""

    machines: int
    hours: int
    things: int
    others: int
    time: int


def _draw_made(dice: random.Random, grade: int) -> Made | None:
    machines, others = (dice.randint(*((2, 8), (2, 15), (4, 30))[grade]) for _ in range(2))
    hours, time = (dice.randint(*((2, 6), (2, 10), (3, 24))[grade]) for _ in range(2))
    each = dice.randint(*((3, 30), (5, 60), (10, 150))[grade])
    fits = machines != others and hours != time
    return Made(machines, hours, machines * hours * each, others, time) if fits else None


def _solve_made(facts: Made, words: Words) -> Solution:
    whole = n(facts.machines) * n(facts.hours)
    each = n(facts.things) / whole.result
    again = n(facts.others) * n(facts.time)
    things = each.result * again.result
    return Solution(
        (
            f"はじめに働いたのは、のべ{whole.equation('時間')}です。",
            f"1{words['counter']}が1時間に作るのは、{each.equation(words['unit'])}です。",
            f"あとで働くのは、のべ{again.equation('時間')}です。",
            f"作れる数を求めます。{things.equation(words['unit'])}",
        ),
        Answer.of(things.value, words["unit"]),
        ("のべ算",),
    )


def _search_made(facts: Made) -> Iterator[tuple[int]]:
    """Find what one makes in an hour by trying, then count the hours of the others."""
    for each in range(1, _MOST):
        if sum(each * facts.machines for _ in range(facts.hours)) == facts.things:
            yield (sum(each * facts.others for _ in range(facts.time)),)


_MACHINES: tuple[Words, ...] = (
    {"who": "機械", "counter": "台", "thing": "ねじ", "unit": "本"},
    {"who": "オーブン", "counter": "台", "thing": "パン", "unit": "個"},
    {"who": "印刷機", "counter": "台", "thing": "ポスター", "unit": "枚"},
)

_MAKING = Kind(
    "機械の台数と時間",
    _draw_made,
    _MACHINES,
    (
        lambda f, w: (
            f"{f.machines}台の{w['who']}を{f.hours}時間動かすと、{w['thing']}が{f.things}{w['unit']}できます。同じ{w['who']}{f.others}台を{f.time}時間"
            f"動かすと、{w['thing']}は何{w['unit']}できますか。"
        ),
        lambda f, w: (
            f"ある工場では、{w['who']}が{f.others}台あり、今日は{f.time}時間動かす予定です。きのうは{f.machines}台だけを{f.hours}時間動かして"
            f"{w['thing']}を{f.things}{w['unit']}作りました。1台が作る速さはどれも等しいとき、今日できる{w['thing']}の数を求めなさい。"
        ),
        lambda f, w: (
            f"{w['thing']}{f.things}{w['unit']}は、{w['who']}{f.machines}台の{f.hours}時間分の仕事です。では、{w['who']}{f.others}台の{f.time}時間分の"
            f"仕事でできる{w['thing']}は何{w['unit']}でしょうか。"
        ),
    ),
    _solve_made,
    _search_made,
)

FAMILY = Family("のべ算", "nobe", (_OTHERS, _JOINED, _SEATS, _MAKING))
