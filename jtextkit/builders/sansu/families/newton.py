"""ニュートン算: what is there grows while it is being used up."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass

from jtextkit.builders.sansu.expressions import n
from jtextkit.builders.sansu.problems import Answer, Family, Kind, Solution, Words

_MOST = 2000

# A queue: how fast it goes is known


@dataclass(frozen=True, slots=True)
class Queue:
    """``start`` wait, ``come`` a minute join, each of ``gates`` gates lets ``each`` through."""

    start: int
    come: int
    each: int
    gates: int


def _draw_queue(dice: random.Random, grade: int) -> Queue | None:
    come = dice.randint(*((2, 15), (3, 30), (5, 60))[grade])
    gates = dice.randint(*((1, 2), (1, 4), (2, 6))[grade])
    each = dice.randint(*((3, 20), (4, 30), (5, 40))[grade])
    minutes = dice.randint(*((4, 30), (6, 50), (10, 90))[grade])
    less = gates * each - come
    return Queue(less * minutes, come, each, gates) if less > 0 else None


def _solve_queue(facts: Queue, words: Words) -> Solution:
    unit = words["unit"]
    out = n(facts.each) * n(facts.gates)
    less = out.result - n(facts.come)
    minutes = n(facts.start) / less.result
    return Solution(
        (
            f"1分間にへる数は、{out.equation(unit)}です。",
            f"1分間に{facts.come}{unit}ずつ増えるので、差し引き{less.equation(unit)}ずつへっていきます。",
            f"なくなるまでの時間を求めます。{minutes.equation('分')}",
        ),
        Answer.of(minutes.value, "分"),
        ("ニュートン算",),
    )


def _search_queue(facts: Queue) -> Iterator[tuple[int]]:
    """Minute by minute: some come, some go."""
    waiting, minutes = facts.start, 0
    while waiting > 0 and minutes < _MOST:
        waiting += facts.come - facts.gates * facts.each
        minutes += 1
    if waiting == 0:
        yield (minutes,)


_QUEUES: tuple[Words, ...] = (
    {"place": "遊園地の入り口", "who": "人", "gate": "ゲート", "counter": "つ", "unit": "人", "out": "入場でき", "in": "加わり"},
    {"place": "映画館の売り場", "who": "人", "gate": "窓口", "counter": "つ", "unit": "人", "out": "買い終え", "in": "加わり"},
    {"place": "美術館の受付", "who": "人", "gate": "受付", "counter": "つ", "unit": "人", "out": "通れ", "in": "加わり"},
)  # fmt: skip

_GATES = {1: "1つ", 2: "2つ", 3: "3つ", 4: "4つ", 5: "5つ", 6: "6つ"}

_QUEUE = Kind(
    "行列",
    _draw_queue,
    _QUEUES,
    (
        lambda f, w: (
            f"{w['place']}に{f.start}人の行列ができていて、さらに毎分{f.come}人ずつ列に{w['in']}ます。{w['gate']}1つにつき毎分{f.each}人ずつ"
            f"{w['out']}ます。{w['gate']}を{_GATES[f.gates]}開けると、行列は何分でなくなりますか。"
        ),
        lambda f, w: (
            f"開けた{w['gate']}は{_GATES[f.gates]}で、どれも1分間に{f.each}人が{w['out']}ます。{w['place']}では、開けたときすでに{f.start}人が"
            f"並んでおり、そのあとも1分間に{f.come}人の割合で人が来ます。並ぶ人がいなくなるのは開けてから何分後ですか。"
        ),
        lambda f, w: (
            f"1分ごとに{f.come}人が列のうしろに並ぶ{w['place']}があります。{f.start}人が並んだところで{w['gate']}を{_GATES[f.gates]}開け、"
            f"{w['gate']}1つあたり1分に{f.each}人が{w['out']}るようにしました。行列がなくなるまでの時間を求めなさい。"
        ),
    ),
    _solve_queue,
    _search_queue,
)

# Grass: from two grazings, a third


@dataclass(frozen=True, slots=True)
class Field:
    """``a`` graze it bare in ``days``, ``b`` in ``more`` days; how long do ``c`` take?"""

    a: int
    days: int
    b: int
    more: int
    c: int


def _draw_field(dice: random.Random, grade: int) -> Field | None:
    grow = dice.randint(*((2, 8), (3, 15), (5, 40))[grade])
    grass = dice.randint(*((20, 240), (40, 600), (100, 3000))[grade])
    rates = [rate for rate in range(1, 40) if grass % rate == 0 and grass // rate <= 200]
    if len(rates) < 3:
        return None
    fast, middle, slow = sorted(dice.sample(rates, 3), reverse=True)
    return Field(grow + middle, grass // middle, grow + slow, grass // slow, grow + fast)


def _solve_field(facts: Field, words: Words) -> Solution:
    who, unit = words["who"], words["counter"]
    one, two = n(facts.a) * n(facts.days), n(facts.b) * n(facts.more)
    grown, span = two.result - one.result, n(facts.more) - n(facts.days)
    grow = grown.result / span.result
    start = one.result - grow.result * n(facts.days)
    less = n(facts.c) - grow.result
    days = start.result / less.result
    return Solution(
        (
            f"{who}1{unit}が1日に食べる量を1とします。{facts.days}日で食べた量は{one.equation()}、"
            f"{facts.more}日で食べた量は{two.equation()}です。",
            f"この差{grown.equation()}は、{span.equation('日')}の間に生えた草の量です。",
            f"1日に生える草の量は、{grow.equation()}です。",
            f"はじめの草の量は、{start.equation()}です。",
            f"{facts.c}{unit}だと、草は1日に{less.equation()}ずつへります。",
            f"食べつくすまでの日数を求めます。{days.equation('日')}",
        ),
        Answer.of(days.value, "日"),
        ("ニュートン算",),
    )


def _search_field(facts: Field) -> Iterator[tuple[int]]:
    """Try every growth for which both grazings begin with the same grass, then graze it."""
    found = set()
    for grow in range(min(facts.a, facts.b)):
        start = (facts.a - grow) * facts.days
        if start != (facts.b - grow) * facts.more or facts.c <= grow:
            continue
        left, days = start, 0
        while left > 0:
            left, days = left + grow - facts.c, days + 1
        if left == 0:
            found.add((days,))
    yield from found


_GRAZING: tuple[Words, ...] = (
    {"place": "牧場", "who": "牛", "counter": "頭"},
    {"place": "草原", "who": "羊", "counter": "頭"},
    {"place": "牧草地", "who": "馬", "counter": "頭"},
)

_GRASS = Kind(
    "牧草",
    _draw_field,
    _GRAZING,
    (
        lambda f, w: (
            f"毎日同じ量の草が生える{w['place']}があります。{w['who']}を{f.a}頭放すと{f.days}日で、{f.b}頭放すと{f.more}日で草を食べつくします。"
            f"{w['who']}を{f.c}頭放すと、何日で食べつくしますか。どの{w['who']}も1日に食べる量は同じです。"
        ),
        lambda f, w: (
            f"ある{w['place']}の草は、{w['who']}が{f.b}頭なら{f.more}日間、{f.a}頭なら{f.days}日間でちょうどなくなります。草は毎日一定の量ずつのび、"
            f"{w['who']}1頭の1日の食べる量はみな等しいとします。{f.c}頭の{w['who']}では、草は何日間でなくなりますか。"
        ),
        lambda f, w: (
            f"{w['place']}に{w['who']}を入れる計画です。草の量を調べると、{f.a}頭で{f.days}日分、{f.b}頭で{f.more}日分ありました。頭数に{f.days}や"
            f"{f.more}をかけた数がちがうのは、草が毎日同じ量だけ生えてくるからです。{f.c}頭にした場合は何日分になるか求めなさい。"
        ),
    ),
    _solve_field,
    _search_field,
    grades=(1, 2),
)

# A tank: the inflow, or the pumps needed


@dataclass(frozen=True, slots=True)
class Tank:
    """``start`` litres, ``into`` a minute; each pump takes ``each``; empty in ``minutes``."""

    start: int
    into: int
    each: int
    minutes: int


def _draw_tank(dice: random.Random, grade: int) -> Tank | None:
    into = dice.randint(*((2, 20), (3, 40), (5, 90))[grade])
    each = dice.randint(*((3, 20), (4, 30), (5, 60))[grade])
    pumps = dice.randint(*((2, 6), (2, 9), (3, 15))[grade])
    minutes = dice.randint(*((5, 40), (8, 60), (12, 120))[grade])
    start = (pumps * each - into) * minutes
    return Tank(start, into, each, minutes) if start > 0 else None


def _solve_tank(facts: Tank, words: Words) -> Solution:
    came = n(facts.into) * n(facts.minutes)
    whole = n(facts.start) + came.result
    rate = whole.result / n(facts.minutes)
    pumps = rate.result / n(facts.each)
    return Solution(
        (
            f"{facts.minutes}分間に入ってくる水は、{came.equation('L')}です。",
            f"くみ出す水は全部で、{whole.equation('L')}です。",
            f"1分間にくみ出す水は、{rate.equation('L')}です。",
            f"必要な{words['pump']}の台数を求めます。{pumps.equation('台')}",
        ),
        Answer.of(pumps.value, "台"),
        ("ニュートン算",),
    )


def _search_tank(facts: Tank) -> Iterator[tuple[int]]:
    for pumps in range(1, 200):
        water, minutes = facts.start, 0
        while water > 0 and minutes <= facts.minutes:
            water, minutes = water + facts.into - pumps * facts.each, minutes + 1
        if water == 0 and minutes == facts.minutes:
            yield (pumps,)


_TANKS: tuple[Words, ...] = (
    {"place": "池", "pump": "ポンプ"},
    {"place": "工事のあな", "pump": "ポンプ"},
    {"place": "地下の水そう", "pump": "排水ポンプ"},
)

_PUMPS = Kind(
    "ポンプの台数",
    _draw_tank,
    _TANKS,
    (
        lambda f, w: (
            f"{w['place']}に水が{f.start}Lあり、毎分{f.into}Lの水が流れこんでいます。1台で毎分{f.each}Lくみ出す{w['pump']}を使って、ちょうど"
            f"{f.minutes}分で空にするには、{w['pump']}は何台必要ですか。"
        ),
        lambda f, w: (
            f"{w['pump']}1台が1分間にくみ出せる水は{f.each}Lです。{f.start}Lの水がある{w['place']}には、たえず1分間に{f.into}Lの割合で水が入り"
            f"続けています。何台の{w['pump']}を同時に動かすと、{f.minutes}分で水がなくなりますか。"
        ),
        lambda f, w: (
            f"{w['place']}の水を{f.minutes}分かけてすべてぬきます。はじめの水は{f.start}Lですが、わき水が1分に{f.into}Lずつ加わります。{w['pump']}の"
            f"働きが1台あたり毎分{f.each}Lのとき、用意する台数を求めなさい。"
        ),
        lambda f, w: (
            f"わき水が毎分{f.into}L出る{w['place']}で工事をするため、たまっていた{f.start}Lの水をぬくことになりました。{w['pump']}は全部同じもので、"
            f"毎分{f.each}Lずつ水をぬきます。{f.minutes}分後にちょうど水がなくなったのは、何台で水をぬいたからですか。"
        ),
    ),
    _solve_tank,
    _search_tank,
)

# A queue: from one gate's time, the time of several


@dataclass(frozen=True, slots=True)
class Gates:
    """A queue of ``start``; ``come`` a minute; one gate takes ``minutes``; how long do ``gates``?"""

    start: int
    come: int
    minutes: int
    gates: int


def _draw_gates(dice: random.Random, grade: int) -> Gates | None:
    come = dice.randint(*((2, 12), (3, 24), (5, 50))[grade])
    less = dice.randint(*((1, 10), (2, 20), (3, 40))[grade])
    gates = dice.randint(*((2, 3), (2, 4), (3, 6))[grade])
    minutes = dice.randint(*((10, 60), (12, 90), (20, 150))[grade])
    start = less * minutes
    fast = gates * (come + less) - come
    return Gates(start, come, minutes, gates) if start % fast == 0 and start > fast else None


def _solve_gates(facts: Gates, words: Words) -> Solution:
    less = n(facts.start) / n(facts.minutes)
    each = less.result + n(facts.come)
    out = each.result * n(facts.gates)
    fast = out.result - n(facts.come)
    minutes = n(facts.start) / fast.result
    gate = words["gate"]
    return Solution(
        (
            f"{gate}1つのとき、列は1分間に{less.equation('人')}ずつ短くなります。",
            f"{gate}1つを1分間に通る人数は、{each.equation('人')}です。",
            f"{gate}{facts.gates}つでは、1分間に{out.equation('人')}通ります。",
            f"列は1分間に{fast.equation('人')}ずつ短くなります。",
            f"なくなるまでの時間は、{minutes.equation('分')}です。",
        ),
        Answer.of(minutes.value, "分"),
        ("ニュートン算",),
    )


def _search_gates(facts: Gates) -> Iterator[tuple[int]]:
    """Try what one gate lets through until its time fits, then let several work."""
    for each in range(facts.come + 1, facts.start + facts.come + 1):
        if (each - facts.come) * facts.minutes != facts.start:
            continue
        waiting, minutes = facts.start, 0
        while waiting > 0:
            waiting, minutes = waiting + facts.come - facts.gates * each, minutes + 1
        if waiting == 0:
            yield (minutes,)


_MORE_GATES = Kind(
    "窓口を増やす",
    _draw_gates,
    _QUEUES,
    (
        lambda f, w: (
            f"{w['place']}に{f.start}人が並んでいて、毎分{f.come}人ずつ列に{w['in']}ます。{w['gate']}が1つだと{f.minutes}分で行列がなくなります。"
            f"{w['gate']}を{_GATES[f.gates]}にすると、行列は何分でなくなりますか。"
        ),
        lambda f, w: (
            f"{w['gate']}を1つ開けたときは{f.minutes}分、{_GATES[f.gates]}開けたときはもっと短い時間で、{w['place']}の{f.start}人の列がなくなります。"
            f"列には1分あたり{f.come}人が新しく並びます。{w['gate']}を{_GATES[f.gates]}開けたときの時間を求めなさい。"
        ),
    ),
    _solve_gates,
    _search_gates,
)

FAMILY = Family("ニュートン算", "newton", (_QUEUE, _GRASS, _PUMPS, _MORE_GATES))
