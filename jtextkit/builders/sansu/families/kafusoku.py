"""過不足算: what is left over or lacking when things are handed out."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass

from jtextkit.builders.sansu.expressions import Expression, n
from jtextkit.builders.sansu.problems import Answer, Family, Kind, Solution, Words

_MOST_PEOPLE = 400


@dataclass(frozen=True, slots=True)
class Handing:
    """``few`` each leave ``first`` over (or lack them), ``many`` each leave or lack ``second``."""

    few: int
    many: int
    first: int
    second: int


def _draw(dice: random.Random, grade: int) -> tuple[int, int, int]:
    people = dice.randint(*((4, 30), (8, 60), (15, 120))[grade])
    few = dice.randint(*((2, 6), (3, 12), (5, 30))[grade])
    many = few + dice.randint(*((1, 4), (1, 6), (2, 12))[grade])
    return people, few, many


def _draw_over_under(dice: random.Random, grade: int) -> Handing | None:
    people, few, many = _draw(dice, grade)
    need = people * (many - few)
    over = dice.randint(1, need - 1) if need > 1 else 0
    return Handing(few, many, over, need - over) if over else None


def _draw_over_over(dice: random.Random, grade: int) -> Handing | None:
    people, few, many = _draw(dice, grade)
    left = dice.randint(*((1, 9), (2, 20), (5, 60))[grade])
    return Handing(few, many, left + people * (many - few), left)


def _draw_under_under(dice: random.Random, grade: int) -> Handing | None:
    people, few, many = _draw(dice, grade)
    lack = dice.randint(*((1, 9), (2, 20), (5, 60))[grade])
    fits = lack < few * people
    return Handing(few, many, lack, lack + people * (many - few)) if fits else None


_THINGS: tuple[Words, ...] = (
    {"to": "子ども", "thing": "あめ", "counter": "個", "one": "人"},
    {"to": "児童", "thing": "折り紙", "counter": "枚", "one": "人"},
    {"to": "生徒", "thing": "えん筆", "counter": "本", "one": "人"},
    {"to": "選手", "thing": "タオル", "counter": "枚", "one": "人"},
    {"to": "お客さん", "thing": "いちご", "counter": "個", "one": "人"},
)


def _solution(facts: Handing, words: Words, total: Expression, why: str, sign: int) -> Solution:
    """What all three cases share: the difference in all by that of one gives the people."""
    counter = words["counter"]
    each = n(facts.many) - n(facts.few)
    people = total.result / each.result
    handed = n(facts.few) * people.result
    things = handed + n(facts.first) if sign > 0 else handed - n(facts.first)
    return Solution(
        (
            f"{why}{total.equation(counter)}",
            f"1人分の差は、{each.equation(counter)}です。",
            f"{words['to']}の数を求めます。{people.equation('人')}",
            f"{words['thing']}の数を求めます。{things.equation(counter)}",
        ),
        Answer.parts(*[(words["to"], people.value, "人"), (words["thing"], things.value, counter)]),
        ("過不足算",),
    )


def _solve_over_under(facts: Handing, words: Words) -> Solution:
    total = n(facts.first) + n(facts.second)
    why = (
        f"{facts.first}{words['counter']}あまるのと{facts.second}{words['counter']}足りないのでは、"
        "必要な数の差はその和になります。"
    )
    return _solution(facts, words, total, why, 1)


def _solve_over_over(facts: Handing, words: Words) -> Solution:
    total = n(facts.first) - n(facts.second)
    return _solution(facts, words, total, "どちらもあまるので、配る数の差はあまりの差です。", 1)


def _solve_under_under(facts: Handing, words: Words) -> Solution:
    total = n(facts.second) - n(facts.first)
    return _solution(facts, words, total, "どちらも足りないので、必要な数の差は不足の差です。", -1)


def _search(facts: Handing, first: int, second: int) -> Iterator[tuple[int, int]]:
    """Try every number of people: do both ways of handing out start from the same heap?"""
    for people in range(1, _MOST_PEOPLE):
        heap = people * facts.few + first * facts.first
        if heap > 0 and heap == people * facts.many + second * facts.second:
            yield people, heap


_OVER_UNDER = Kind(
    "あまりと不足",
    _draw_over_under,
    _THINGS,
    (
        lambda f, w: (
            f"{w['thing']}を{w['to']}に配ります。1人に{f.few}{w['counter']}ずつ配ると{f.first}{w['counter']}あまり、{f.many}"
            f"{w['counter']}ずつ配ると{f.second}{w['counter']}足りません。{w['to']}は何人で、{w['thing']}は何{w['counter']}ありますか。"
        ),
        lambda f, w: (
            f"集まった{w['to']}に{w['thing']}を分けようとしたところ、{f.many}{w['counter']}ずつでは{f.second}{w['counter']}不足すると"
            f"わかりました。そこで{f.few}{w['counter']}ずつにしたら、今度は{f.first}{w['counter']}残りました。{w['to']}の人数と"
            f"{w['thing']}の数を求めなさい。"
        ),
        lambda f, w: (
            f"用意した{w['thing']}は、{w['to']}1人につき{f.few}{w['counter']}なら{f.first}{w['counter']}の余ゆうがあります。"
            f"1人分を{f.many}{w['counter']}に増やすには、あと{f.second}{w['counter']}買いたさなければなりません。{w['to']}の人数と、"
            f"用意してある{w['thing']}の数を答えなさい。"
        ),
        lambda f, w: (
            f"「{f.few}{w['counter']}ずつだと{f.first}{w['counter']}多すぎるし、{f.many}{w['counter']}ずつだと{f.second}{w['counter']}少ない。」"
            f"{w['to']}に同じ数ずつ{w['thing']}をわたす係の人がこう言いました。{w['to']}は全部で何人、{w['thing']}は全部で何"
            f"{w['counter']}でしょうか。"
        ),
    ),
    _solve_over_under,
    lambda f: _search(f, 1, -1),
)

_OVER_OVER = Kind(
    "どちらもあまる",
    _draw_over_over,
    _THINGS,
    (
        lambda f, w: (
            f"{w['to']}に{w['thing']}を{f.few}{w['counter']}ずつわたすと{f.first}{w['counter']}あまるので、{f.many}{w['counter']}ずつに"
            f"変えましたが、それでも{f.second}{w['counter']}あまりました。{w['to']}の人数と{w['thing']}の数はそれぞれいくつですか。"
        ),
        lambda f, w: (
            f"箱の中の{w['thing']}を{w['to']}で等分します。1人{f.many}{w['counter']}の計算では箱に{f.second}{w['counter']}、1人{f.few}"
            f"{w['counter']}の計算では箱に{f.first}{w['counter']}残ることになります。{w['to']}は何人いて、もともと箱の中には何"
            f"{w['counter']}の{w['thing']}がありましたか。"
        ),
        lambda f, w: (
            f"{w['to']}が1人{f.few}{w['counter']}ずつ{w['thing']}を取ったあとに{f.first}{w['counter']}残っていました。そこからもう一度、"
            f"1人分が合計{f.many}{w['counter']}になるまで取っても、まだ{f.second}{w['counter']}残ります。{w['to']}の人数と、はじめの"
            f"{w['thing']}の数を求めなさい。"
        ),
        lambda f, w: (
            f"1人{f.few}{w['counter']}の予定で{w['thing']}を買うと、{w['to']}の分より{f.first}{w['counter']}多くなることがわかりました。"
            f"多すぎるので1人分を{f.many}{w['counter']}に変えると、あまりは{f.second}{w['counter']}ですみます。{w['to']}の人数と、"
            f"買う{w['thing']}の数はいくつになりますか。"
        ),
    ),
    _solve_over_over,
    lambda f: _search(f, 1, 1),
)

_UNDER_UNDER = Kind(
    "どちらも足りない",
    _draw_under_under,
    _THINGS,
    (
        lambda f, w: (
            f"{w['to']}1人に{f.many}{w['counter']}ずつ{w['thing']}を配るには{f.second}{w['counter']}足りず、{f.few}{w['counter']}ずつに"
            f"へらしても{f.first}{w['counter']}足りません。{w['to']}の人数と、今ある{w['thing']}の数を求めなさい。"
        ),
        lambda f, w: (
            f"{w['thing']}が何{w['counter']}かあります。{w['to']}全員に{f.few}{w['counter']}ずつあげようとすると、もう{f.first}"
            f"{w['counter']}必要です。全員に{f.many}{w['counter']}ずつなら、必要な追加は{f.second}{w['counter']}になります。{w['to']}は何人、"
            f"{w['thing']}は何{w['counter']}ですか。"
        ),
        lambda f, w: (
            f"{w['thing']}を数えると、{w['to']}に{f.few}{w['counter']}ずつ行きわたらせるのに{f.first}{w['counter']}の不足でした。まちがえて"
            f"{f.many}{w['counter']}ずつ入れたふくろを作り始めていたら、不足は{f.second}{w['counter']}にもなるところでした。{w['to']}の人数と"
            f"{w['thing']}の数はそれぞれいくつでしょうか。"
        ),
    ),
    _solve_under_under,
    lambda f: _search(f, -1, -1),
)

# Benches: the last one is not full


@dataclass(frozen=True, slots=True)
class Benches:
    """``few`` on a bench leave ``standing`` without a seat; with ``many`` the last bench has
    ``last`` and ``empty`` benches are free.
    """

    few: int
    many: int
    standing: int
    last: int
    empty: int


def _draw_benches(dice: random.Random, grade: int) -> Benches | None:
    few = dice.randint(*((2, 5), (2, 6), (3, 7))[grade])
    many = few + dice.randint(*((1, 2), (1, 3), (1, 3))[grade])
    benches = dice.randint(*((5, 25), (8, 45), (15, 90))[grade])
    empty = dice.randint(*((0, 0), (0, 2), (1, 6))[grade])
    last = dice.randint(1, many - 1)
    people = many * (benches - empty - 1) + last
    standing = people - few * benches
    return Benches(few, many, standing, last, empty) if standing > 0 else None


def _solve_benches(facts: Benches, words: Words) -> Solution:
    free = n(facts.many) * n(facts.empty + 1) - n(facts.last)
    total = n(facts.standing) + free.result
    each = n(facts.many) - n(facts.few)
    benches = total.result / each.result
    people = n(facts.few) * benches.result + n(facts.standing)
    thing = words["thing"]
    return Solution(
        (
            f"{facts.many}人ずつのとき、空いている席は全部で{free.equation('人分')}あります。",
            f"{facts.standing}人すわれないのと、{free.result}人分空くのとでは、差は{total.equation('人')}です。",
            f"{thing}1つあたりの差は、{each.equation('人')}です。",
            f"{thing}の数は、{benches.equation(words['counter'])}です。",
            f"人数は、{people.equation('人')}です。",
        ),
        Answer.parts(*[(thing, benches.value, words["counter"]), ("人数", people.value, "人")]),
        ("過不足算",),
    )


def _search_benches(facts: Benches) -> Iterator[tuple[int, int]]:
    """For every number of benches, fill them one after the other."""
    for benches in range(facts.empty + 1, _MOST_PEOPLE):
        people = facts.few * benches + facts.standing
        full, last = divmod(people, facts.many)
        if last == facts.last and benches - full - 1 == facts.empty:
            yield benches, people


_SEATS: tuple[Words, ...] = (
    {"thing": "長いす", "counter": "きゃく", "place": "体育館"},
    {"thing": "テーブル", "counter": "台", "place": "食堂"},
    {"thing": "ベンチ", "counter": "台", "place": "講堂"},
)


def _free(facts: Benches, words: Words) -> str:
    if not facts.empty:
        return "空いたままのものはありません"
    return f"だれもすわらないものが{facts.empty}{words['counter']}できます"


_BENCHES = Kind(
    "長いす",
    _draw_benches,
    _SEATS,
    (
        lambda f, w: (
            f"{w['place']}の{w['thing']}に、1{w['counter']}に{f.few}人ずつすわると{f.standing}人がすわれません。{f.many}人ずつすわると、"
            f"最後の1{w['counter']}は{f.last}人になり、{_free(f, w)}。{w['thing']}の数と人数を求めなさい。"
        ),
        lambda f, w: (
            f"{w['place']}に人が集まりました。どの{w['thing']}にも{f.few}人がすわると、{f.standing}人は立ったままです。そこで{f.many}人ずつに"
            f"つめてすわり直すと、最後に使った{w['thing']}にすわるのは{f.last}人だけで、{_free(f, w)}。{w['thing']}は何"
            f"{w['counter']}、集まった人は何人ですか。"
        ),
    ),
    _solve_benches,
    _search_benches,
)  # fmt: skip

FAMILY = Family("過不足算", "kafusoku", (_OVER_UNDER, _OVER_OVER, _UNDER_UNDER, _BENCHES))
