"""方陣算: things laid in a filled or hollow square."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass

from jtextkit.builders.sansu.expressions import n
from jtextkit.builders.sansu.problems import Answer, Family, Kind, Solution, Words

_THINGS: tuple[Words, ...] = (
    {"thing": "ご石", "counter": "個", "masu": "並べます", "past": "並べた"},
    {"thing": "おはじき", "counter": "個", "masu": "並べます", "past": "並べた"},
    {"thing": "タイル", "counter": "枚", "masu": "しきます", "past": "しいた"},
    {"thing": "十円玉", "counter": "枚", "masu": "並べます", "past": "並べた"},
    {"thing": "植木ばち", "counter": "個", "masu": "置きます", "past": "置いた"},
)


def _ring(side: int, deep: int) -> int:
    """Count the places of a square that lie within ``deep`` of its edge, row by row."""
    rows = range(side)
    return sum(side if min(row, side - 1 - row) < deep else min(side, 2 * deep) for row in rows)


# The outermost ring


@dataclass(frozen=True, slots=True)
class Around:
    """A square whose outermost ring has ``around`` things, and ``more`` are left over."""

    around: int
    more: int


def _draw_around(dice: random.Random, grade: int) -> Around | None:
    side = dice.randint(*((4, 20), (6, 40), (10, 80))[grade])
    return Around(4 * (side - 1), dice.randint(*((1, 20), (2, 60), (5, 150))[grade]))


def _solve_around(facts: Around, words: Words) -> Solution:
    c = words["counter"]
    gaps = n(facts.around) / n(4)
    side = gaps.result + n(1)
    inside = side.result * side.result
    total = inside.result + n(facts.more)
    return Solution(
        (
            f"いちばん外側のまわりを、角が重ならないように4つに分けます。{gaps.equation(c)}",
            f"1辺の数は、これより1多くなります。{side.equation(c)}",
            f"正方形の中の数を求めます。{inside.equation(c)}",
            f"あまりをたします。{total.equation(c)}",
        ),
        Answer.of(total.value, c),
        ("方陣算",),
    )


def _search_around(facts: Around) -> Iterator[tuple[int]]:
    """Lay larger and larger squares until the edge has as many as told."""
    for side in range(2, 100):
        if _ring(side, 1) == facts.around:
            yield (_ring(side, side) + facts.more,)


_OUTSIDE = Kind(
    "まわりから全体",
    _draw_around,
    _THINGS,
    (
        lambda f, w: (
            f"{w['thing']}を正方形の形にすき間なく{w['past']}ところ、いちばん外側のまわりは{f.around}{w['counter']}で、{w['thing']}が{f.more}"
            f"{w['counter']}あまりました。{w['thing']}は全部で何{w['counter']}ありますか。"
        ),
        lambda f, w: (
            f"たてと横が同じ数になるように{w['thing']}を{w['masu']}。中まで全部{w['past']}とき、外がわの1周は{f.around}{w['counter']}でした。まだ{f.more}"
            f"{w['counter']}残っているとすると、はじめにあった{w['thing']}の数はいくつですか。"
        ),
        lambda f, w: (
            f"手もとの{w['thing']}で中のつまった正方形を作りました。いちばん外の列を1周数えると{f.around}{w['counter']}あり、使わなかった{w['thing']}は"
            f"{f.more}{w['counter']}です。手もとにあった{w['thing']}の数を求めなさい。"
        ),
    ),
    _solve_around,
    _search_around,
)

# Hollow squares


@dataclass(frozen=True, slots=True)
class Hollow:
    """A hollow square of ``deep`` rings with ``side`` things on its outer side."""

    side: int
    deep: int


def _draw_hollow(dice: random.Random, grade: int) -> Hollow | None:
    deep = dice.randint(*((2, 3), (2, 6), (3, 10))[grade])
    side = dice.randint(*((6, 60), (14, 90), (22, 130))[grade])
    return Hollow(side, deep) if side > 2 * deep else None


def _solve_hollow(facts: Hollow, words: Words) -> Solution:
    c = words["counter"]
    across = n(facts.side) - n(facts.deep)
    part = across.result * n(facts.deep)
    total = part.result * n(4)
    return Solution(
        (
            f"中空きの正方形を、同じ形の4つの長方形に分けます。長方形の長いほうの辺は{across.equation(c)}です。",
            f"短いほうの辺は{facts.deep}{c}なので、長方形1つ分は{part.equation(c)}です。",
            f"全部の数を求めます。{total.equation(c)}",
        ),
        Answer.of(total.value, c),
        ("方陣算",),
    )


_HOLLOW = Kind(
    "中空き方陣の数",
    _draw_hollow,
    _THINGS,
    (
        lambda f, w: (
            f"{w['thing']}を、いちばん外側の1辺が{f.side}{w['counter']}の中空きの正方形になるように、{f.deep}列に{w['masu']}。{w['thing']}は全部で何"
            f"{w['counter']}いりますか。"
        ),
        lambda f, w: (
            f"真ん中が空いた正方形の形に{w['thing']}を{w['masu']}。はばはどこも{f.deep}列で、外側の1辺には{f.side}{w['counter']}ずつになるようにします。使う"
            f"{w['thing']}の数を求めなさい。"
        ),
        lambda f, w: (
            f"{w['thing']}で正方形のわくを作ります。わくの厚みは{w['thing']}{f.deep}{w['counter']}分、わくの外まわりの1辺は{f.side}{w['counter']}分です。"
            f"必要な{w['thing']}は何{w['counter']}でしょうか。"
        ),
    ),
    _solve_hollow,
    lambda f: [(_ring(f.side, f.deep),)],
)  # fmt: skip

# The side of a hollow square from all of it


@dataclass(frozen=True, slots=True)
class Total:
    """``total`` things in a hollow square of ``deep`` rings."""

    total: int
    deep: int


def _draw_total(dice: random.Random, grade: int) -> Total | None:
    hollow = _draw_hollow(dice, grade)
    if hollow is None:
        return None
    return Total(4 * hollow.deep * (hollow.side - hollow.deep), hollow.deep)


def _solve_total(facts: Total, words: Words) -> Solution:
    c = words["counter"]
    part = n(facts.total) / n(4)
    across = part.result / n(facts.deep)
    side = across.result + n(facts.deep)
    around = (side.result - n(1)) * n(4)
    return Solution(
        (
            f"全体を、同じ形の4つの長方形に分けます。{part.equation(c)}",
            f"短いほうの辺が{facts.deep}{c}なので、長いほうの辺は{across.equation(c)}です。",
            f"外側の1辺の数は、{side.equation(c)}です。",
            f"いちばん外側のまわりの数を求めます。{around.equation(c)}",
        ),
        Answer.of(around.value, c),
        ("方陣算",),
    )


def _search_total(facts: Total) -> Iterator[tuple[int]]:
    """Build every hollow square ring by ring."""
    for side in range(2 * facts.deep + 1, 160):
        rings = [4 * (inner - 1) for inner in range(side, side - 2 * facts.deep, -2)]
        if sum(rings) == facts.total:
            yield (rings[0],)


_TOTAL = Kind(
    "中空き方陣のまわり",
    _draw_total,
    _THINGS,
    (
        lambda f, w: (
            f"{f.total}{w['counter']}の{w['thing']}を全部使って、{f.deep}列の中空きの正方形を作りました。いちばん外側のまわりには{w['thing']}が何"
            f"{w['counter']}ありますか。"
        ),
        lambda f, w: (
            f"中に何も置かない正方形のわくを{w['thing']}で作ったら、わくのはばは{f.deep}列になり、{w['thing']}を{f.total}{w['counter']}使いました。外側を"
            f"1周する列にある{w['thing']}の数を答えなさい。"
        ),
    ),
    _solve_total,
    _search_total,
)

# One more row and column


@dataclass(frozen=True, slots=True)
class Grow:
    """A square leaves ``over``; a square larger by one a side lacks ``lack``."""

    over: int
    lack: int


def _draw_grow(dice: random.Random, grade: int) -> Grow | None:
    side = dice.randint(*((4, 45), (8, 90), (15, 160))[grade])
    over = dice.randint(1, 2 * side)
    return Grow(over, 2 * side + 1 - over)


def _solve_grow(facts: Grow, words: Words) -> Solution:
    c = words["counter"]
    more = n(facts.over) + n(facts.lack)
    twice = more.result - n(1)
    side = twice.result / n(2)
    square = side.result * side.result
    total = square.result + n(facts.over)
    return Solution(
        (
            f"たてと横に1列ずつ増やすのに必要な数は、{more.equation(c)}です。",
            f"角の1{c}をのぞくと、{twice.equation(c)}です。",
            f"これは1辺の2つ分なので、もとの1辺は{side.equation(c)}です。",
            f"もとの正方形の数は、{square.equation(c)}です。",
            f"全部の数を求めます。{total.equation(c)}",
        ),
        Answer.of(total.value, c),
        ("方陣算", "過不足算"),
    )


def _search_grow(facts: Grow) -> Iterator[tuple[int]]:
    for side in range(1, 400):
        total = side * side + facts.over
        if (side + 1) * (side + 1) - total == facts.lack:
            yield (total,)


_GROW = Kind(
    "1列ずつ増やす",
    _draw_grow,
    _THINGS,
    (
        lambda f, w: (
            f"{w['thing']}を正方形に{w['past']}ら{f.over}{w['counter']}あまったので、たてと横を1列ずつ増やそうとすると、今度は{f.lack}{w['counter']}足りません"
            f"でした。{w['thing']}は何{w['counter']}ありますか。"
        ),
        lambda f, w: (
            f"ある数の{w['thing']}があります。できるだけ大きく中のつまった正方形を作ると{f.over}{w['counter']}残り、1辺をもう1{w['counter']}長い正方形に"
            f"するには、あと{f.lack}{w['counter']}必要です。{w['thing']}の数を求めなさい。"
        ),
        lambda f, w: (
            f"なつみさんは{w['thing']}で正方形を作り、{f.over}{w['counter']}を手に残しました。たてにも横にも1列ずつ加えた正方形に作りかえるため、手に残した"
            f"分のほかに{f.lack}{w['counter']}もらってきました。もらう前に{w['thing']}は全部で何{w['counter']}あったでしょうか。"
        ),
    ),
    _solve_grow,
    _search_grow,
)

# Adding a ring


@dataclass(frozen=True, slots=True)
class Ring:
    """A hollow or filled square of ``side``; how many for ``rings`` rings round it?"""

    side: int
    rings: int


def _draw_ring(dice: random.Random, grade: int) -> Ring | None:
    return Ring(
        dice.randint(*((3, 60), (6, 90), (12, 120))[grade]),
        dice.randint(*((1, 3), (1, 5), (2, 9))[grade]),
    )


def _solve_ring(facts: Ring, words: Words) -> Solution:
    c = words["counter"]
    grown = n(facts.side) + n(2) * n(facts.rings)
    large = grown.result * grown.result
    small = n(facts.side) * n(facts.side)
    more = large.result - small.result
    return Solution(
        (
            f"外側に1周加えるごとに、1辺は2{c}ずつ増えます。新しい1辺は{grown.equation(c)}です。",
            f"新しい正方形の数は、{large.equation(c)}です。",
            f"もとの正方形の数は、{small.equation(c)}です。",
            f"加える数を求めます。{more.equation(c)}",
        ),
        Answer.of(more.value, c),
        ("方陣算",),
    )


_RINGS = Kind(
    "まわりに加える",
    _draw_ring,
    _THINGS,
    (
        lambda f, w: (
            f"1辺が{f.side}{w['counter']}の正方形に{w['past']}{w['thing']}があります。その外側に、さらに{f.rings}周分の{w['thing']}を加えて大きな正方形に"
            f"するには、{w['thing']}があと何{w['counter']}いりますか。"
        ),
        lambda f, w: (
            f"{w['thing']}をたて{f.side}{w['counter']}、横{f.side}{w['counter']}に{w['past']}あと、まわりを{f.rings}重に囲みました。囲むのに使った{w['thing']}"
            f"の数を求めなさい。"
        ),
    ),
    _solve_ring,
    lambda f: [(_ring(f.side + 2 * f.rings, f.rings),)],
)

FAMILY = Family("方陣算", "hojin", (_OUTSIDE, _HOLLOW, _TOTAL, _GROW, _RINGS))
