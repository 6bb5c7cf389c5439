"""場合の数: in how many ways."""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator
from dataclasses import dataclass

from jtextkit.builders.sansu.expressions import Expression, n
from jtextkit.builders.sansu.problems import Answer, Family, Kind, Solution, Words


def _down(start: int, factors: int) -> Expression:
    """``5×4×3``: so many factors, each one less than the one before."""
    product = n(start)
    for factor in range(start - 1, start - factors, -1):
        product = product * n(factor)
    return product


# Numbers from cards


@dataclass(frozen=True, slots=True)
class Cards:
    """Whole numbers of ``size`` digits made of the different ``digits``; even, odd, or any."""

    digits: tuple[int, ...]
    size: int
    kind: str


def _draw_cards(dice: random.Random, grade: int) -> Cards | None:
    number = dice.randint(*((3, 5), (4, 6), (5, 7))[grade])
    digits = tuple(sorted(dice.sample(range(10), number)))
    size = dice.randint(2, (3, 3, 4)[grade])
    kind = dice.choice((("整数",), ("整数", "偶数", "奇数"), ("整数", "偶数", "奇数"))[grade])
    if size > number or (grade < 2 and size == 4):
        return None
    found = len(_numbers(Cards(digits, size, kind)))
    return Cards(digits, size, kind) if found else None


def _numbers(facts: Cards) -> list[int]:
    """All the numbers, laid out one by one."""
    wanted = {"整数": (0, 1), "偶数": (0,), "奇数": (1,)}[facts.kind]
    found = []
    for digits in itertools.permutations(facts.digits, facts.size):
        number = int("".join(map(str, digits)))
        if digits[0] and number % 2 in wanted:
            found.append(number)
    return found


_PLACES = ("一の位", "十の位", "百の位", "千の位")


def _solve_cards(facts: Cards, _words: Words) -> Solution:
    digits, size = facts.digits, facts.size
    zero = 0 in digits
    if facts.kind == "整数":
        first = len(digits) - zero
        product = n(first)
        for i in range(1, size):
            product = product * n(len(digits) - i)
        top = _PLACES[size - 1]
        start = (
            f"{top}には0が使えないので、選び方は{first}通りです。"
            if zero
            else f"{top}の数字の選び方は{first}通りです。"
        )
        return Solution(
            (
                start,
                "残りの位は、使っていないカードから順に選びます。",
                f"全部の数を求めます。{product.equation('通り')}",
            ),
            Answer.of(product.value, "通り"),
            ("場合の数",),
        )
    last = [digit for digit in digits if digit % 2 == (facts.kind == "奇数")]
    steps = [
        f"{facts.kind}は一の位が{facts.kind}です。一の位に使えるのは{'、'.join(map(str, last))}です。"
    ]
    nonzero = [digit for digit in last if digit]
    parts = []
    if 0 in last:
        with_zero = _down(len(digits) - 1, size - 1)
        steps.append(f"一の位が0のとき、残りの位の選び方は{with_zero.equation('通り')}です。")
        parts.append(with_zero.result)
    if nonzero:
        first = len(digits) - 1 - zero
        rest = n(first)
        for i in range(1, size - 1):
            rest = rest * n(len(digits) - 1 - i)
        others = rest * n(len(nonzero))
        case = f"一の位が0でない{facts.kind}のとき、" if 0 in last else ""
        why = "いちばん上の位に0を使わないので、" if zero else ""
        steps.append(f"{case}{why}選び方は{others.equation('通り')}です。")
        parts.append(others.result)
    total = parts[0]
    for part in parts[1:]:
        total = total + part
    if len(parts) > 1:
        steps.append(f"合わせた数を求めます。{total.equation('通り')}")
    return Solution(tuple(steps), Answer.of(total.value, "通り"), ("場合の数",))


def _digits(facts: Cards) -> str:
    return "、".join(map(str, facts.digits))


_CARDS: tuple[Words, ...] = (
    {"thing": "カード", "counter": "枚"},
    {"thing": "数字のこま", "counter": "個"},
    {"thing": "番号ふだ", "counter": "枚"},
)

_CARD = Kind(
    "数字カード",
    _draw_cards,
    _CARDS,
    (
        lambda f, w: (
            f"{_digits(f)}の数字が1つずつ書かれた{len(f.digits)}{w['counter']}の{w['thing']}があります。このうち{f.size}{w['counter']}を並べて{f.size}けたの{f.kind}を"
            "作ると、全部で何通りできますか。"
        ),
        lambda f, w: (
            f"{len(f.digits)}{w['counter']}の{w['thing']}には{_digits(f)}が書いてあり、同じ数字はありません。{f.size}{w['counter']}を選び、横に並べてできる{f.size}けたの"
            f"{f.kind}は何通りあるか求めなさい。"
        ),
        lambda f, w: (
            f"{f.size}けたの{f.kind}を、{_digits(f)}の{w['thing']}を使って表します。同じものは1回しか使えません。表し方は何通りあるでしょうか。ただし、いちばん上の位に0は置けません。"
        ),
    ),
    _solve_cards,
    lambda f: [(len(_numbers(f)),)],
)

# Choosing


@dataclass(frozen=True, slots=True)
class Choose:
    """``take`` of ``number``."""

    number: int
    take: int


def _draw_choose(dice: random.Random, grade: int) -> Choose | None:
    number = dice.randint(*((4, 60), (5, 90), (6, 200))[grade])
    take = dice.randint(2, (2, 3, 4)[grade])
    return Choose(number, take) if take < number <= {2: 200, 3: 40, 4: 16}[take] else None


def _solve_choose(facts: Choose, words: Words) -> Solution:
    ordered = _down(facts.number, facts.take)
    again = _down(facts.take, facts.take)
    ways = ordered.result / again.result
    return Solution(
        (
            f"順番をつけて{facts.take}{words['counter']}選ぶと、{ordered.equation('通り')}です。",
            f"同じ組み合わせが、順番のちがいで{again.equation('回')}ずつ数えられています。",
            f"選び方を求めます。{ways.equation('通り')}",
        ),
        Answer.of(ways.value, "通り"),
        ("場合の数",),
    )


def _search_choose(facts: Choose) -> Iterator[tuple[int]]:
    """Build up the numbers of choices row by row: with the last thing, or without it."""
    ways = [1] + [0] * facts.take
    for _ in range(facts.number):
        for size in range(facts.take, 0, -1):
            ways[size] += ways[size - 1]
    yield (ways[facts.take],)


_CHOICES: tuple[Words, ...] = (
    {"from": "人の班員", "counter": "人", "what": "そうじ当番", "thing": "班員"},
    {"from": "種類のくだもの", "counter": "種類", "what": "つめ合わせ", "thing": "くだもの"},
    {"from": "人の選手", "counter": "人", "what": "代表", "thing": "選手"},
    {"from": "本の色えん筆", "counter": "本", "what": "プレゼント", "thing": "色えん筆"},
)

_CHOICE = Kind(
    "選び方",
    _draw_choose,
    _CHOICES,
    (
        lambda f, w: (
            f"{f.number}{w['from']}から{w['what']}にする{f.take}{w['counter']}を選ぶとき、選び方は何通りありますか。"
        ),
        lambda f, w: (
            f"{w['thing']}を数えると{f.number}{w['counter']}でした。{w['what']}として{f.take}{w['counter']}を同時に決めるとすると、組み合わせの数はいくつですか。順番は考えません。"
        ),
        lambda f, w: (
            f"みんなちがう{f.number}{w['from']}について考えます。{f.take}{w['counter']}ずつ組にして{w['what']}を作るとき、作れる組の種類は全部で何通りか求めなさい。"
        ),
    ),
    _solve_choose,
    _search_choose,
)

# Matches


@dataclass(frozen=True, slots=True)
class League:
    """Everybody of ``teams`` plays everybody ``rounds`` times."""

    teams: int
    rounds: int


def _draw_league(dice: random.Random, grade: int) -> League | None:
    return League(
        dice.randint(*((4, 60), (5, 90), (8, 150))[grade]),
        dice.randint(1, (2, 3, 6)[grade]),
    )


def _solve_league(facts: League, words: Words) -> Solution:
    each = n(facts.teams) - n(1)
    twice = n(facts.teams) * each.result
    pairs = twice.result / n(2)
    total = pairs.result * n(facts.rounds)
    unit = words["unit"]
    steps = [
        f"どの{words['one']}も、自分をのぞいた{each.equation()}の相手があります。",
        f"全部たすと{twice.equation()}ですが、同じ組を2回数えているので半分にします。"
        f"{pairs.equation(unit)}",
    ]
    if facts.rounds > 1:
        steps.append(f"同じ組が{facts.rounds}回ずつあるので、{total.equation(unit)}です。")
    return Solution(tuple(steps), Answer.of(total.value, unit), ("場合の数",))


def _search_league(facts: League) -> Iterator[tuple[int]]:
    """Write down every match."""
    matches = [
        (one, two) for one in range(facts.teams) for two in range(one) for _ in range(facts.rounds)
    ]
    yield (len(matches),)


_LEAGUES: tuple[Words, ...] = (
    {"one": "チーム", "counter": "チーム", "event": "サッカー大会", "does": "試合をし", "unit": "試合"},
    {"one": "選手", "counter": "人", "event": "たっ球大会", "does": "試合をし", "unit": "試合"},
    {"one": "学校", "counter": "校", "event": "将ぎの交流会", "does": "対戦し", "unit": "回"},
)  # fmt: skip

_LEAGUE = Kind(
    "総当たり",
    _draw_league,
    _LEAGUES,
    (
        lambda f, w: (
            f"{f.teams}{w['counter']}が参加する{w['event']}で、どの{w['one']}もほかのすべての{w['one']}と{f.rounds}回ずつ{w['does']}ます。全部で何{w['unit']}になりますか。"
        ),
        lambda f, w: (
            f"{w['event']}は総当たりで行われます。参加するのは{f.teams}{w['counter']}で、同じ相手とは{f.rounds}回ずつ{w['does']}ます。{w['unit']}数の合計を求めなさい。"
        ),
        lambda f, w: (
            f"2{w['counter']}の組み合わせを全部作り、1組につき{f.rounds}回ずつ{w['does']}て順位を決めます。{w['event']}に{f.teams}{w['counter']}が出るとすると、何{w['unit']}"
            "必要でしょうか。"
        ),
    ),
    _solve_league,
    _search_league,
)

# Shortest ways on a grid


@dataclass(frozen=True, slots=True)
class Grid:
    """``east`` blocks to the right and ``north`` up."""

    east: int
    north: int


def _draw_grid(dice: random.Random, grade: int) -> Grid | None:
    return Grid(*(dice.randint(*((2, 5), (2, 8), (3, 12))[grade]) for _ in range(2)))


def _solve_grid(facts: Grid, words: Words) -> Solution:
    few, _ = sorted((facts.east, facts.north))
    ordered = _down(facts.east + facts.north, few)
    again = _down(few, few)
    ways = ordered.result / again.result
    total = n(facts.east) + n(facts.north)
    return Solution(
        (
            f"最短の道では、全部で{total.equation('区間')}進みます。",
            f"そのうちどの{few}区間を{words['a'] if few == facts.east else words['b']}にするかを選べば道が決まります。"
            f"順番をつけて選ぶと{ordered.equation('通り')}です。",
            f"同じ選び方が{again.equation('回')}ずつ数えられているので、{ways.equation('通り')}です。",
        ),
        Answer.of(ways.value, "通り"),
        ("場合の数",),
    )


def _search_grid(facts: Grid) -> Iterator[tuple[int]]:
    """Write at every corner the sum of the two corners before it."""
    row = [1] * (facts.east + 1)
    for _ in range(facts.north):
        for corner in range(1, facts.east + 1):
            row[corner] += row[corner - 1]
    yield (row[-1],)


_STREETS: tuple[Words, ...] = (
    {"a": "東", "b": "北", "start": "家", "goal": "学校"},
    {"a": "右", "b": "上", "start": "A地点", "goal": "B地点"},
    {"a": "西", "b": "南", "start": "駅", "goal": "美術館"},
)

_GRID = Kind(
    "道順",
    _draw_grid,
    _STREETS,
    (
        lambda f, w: (
            f"ごばんの目のような道があります。{w['start']}から{w['a']}へ{f.east}区間、{w['b']}へ{f.north}区間進んだところに{w['goal']}があります。遠回りをしないで行く道順は"
            "何通りですか。"
        ),
        lambda f, w: (
            f"{w['goal']}は、たて横に同じ間かくで道が通った町で、{w['start']}から見て{w['b']}に{f.north}ブロック、{w['a']}に{f.east}ブロックの交差点にあります。{w['a']}と"
            f"{w['b']}にだけ進むことにすると、{w['start']}から{w['goal']}までの行き方は全部で何通りあるでしょうか。"
        ),
    ),
    _solve_grid,
    _search_grid,
)

# Outfits: so many of each


@dataclass(frozen=True, slots=True)
class Outfits:
    """One of ``a``, one of ``b``, one of ``c``."""

    a: int
    b: int
    c: int


def _draw_outfits(dice: random.Random, grade: int) -> Outfits | None:
    return Outfits(*(dice.randint(*((2, 12), (2, 16), (3, 30))[grade]) for _ in range(3)))


def _solve_outfits(facts: Outfits, words: Words) -> Solution:
    two = n(facts.a) * n(facts.b)
    ways = two.result * n(facts.c)
    return Solution(
        (
            f"{words['a']}1つに対して{words['b']}の選び方があるので、2つの選び方は{two.equation('通り')}です。",
            f"そのそれぞれに{words['c']}の選び方があるので、全部で{ways.equation('通り')}です。",
        ),
        Answer.of(ways.value, "通り"),
        ("場合の数",),
    )


def _search_outfits(facts: Outfits) -> Iterator[tuple[int]]:
    """Put on every outfit."""
    yield (sum(1 for _ in itertools.product(range(facts.a), range(facts.b), range(facts.c))),)


_MENUS: tuple[Words, ...] = (
    {"a": "ぼうし", "b": "上着", "c": "くつ", "place": "お店", "do": "身につける"},
    {"a": "主食", "b": "おかず", "c": "飲み物", "place": "食堂", "do": "注文する"},
    {"a": "表紙", "b": "とじひも", "c": "名ふだ", "place": "工作教室", "do": "使う"},
)

_OUTFITS = Kind(
    "組み合わせ",
    _draw_outfits,
    _MENUS,
    (
        lambda f, w: (
            f"{w['a']}が{f.a}種類、{w['b']}が{f.b}種類、{w['c']}が{f.c}種類あります。それぞれから1つずつ選んで{w['do']}とき、選び方は全部で何通りですか。"
        ),
        lambda f, w: (
            f"{w['place']}で{w['a']}、{w['b']}、{w['c']}を1つずつ決めます。種類の数は順に{f.a}、{f.b}、{f.c}です。同じ決め方をくり返さないと、何通りの決め方が"
            "できるでしょうか。"
        ),
    ),
    _solve_outfits,
    _search_outfits,
)

FAMILY = Family("場合の数", "baai", (_CARD, _CHOICE, _LEAGUE, _GRID, _OUTFITS))
