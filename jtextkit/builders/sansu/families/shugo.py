"""集合算: those who like one, the other, both, or neither."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass

from jtextkit.builders.sansu.expressions import n
from jtextkit.builders.sansu.problems import Answer, Family, Kind, Solution, Words


@dataclass(frozen=True, slots=True)
class Venn:
    """Of ``people``, ``a`` the one, ``b`` the other; one of ``both`` and ``neither`` is asked."""

    people: int
    a: int
    b: int
    known: int


def _parts(dice: random.Random, grade: int) -> tuple[int, int, int, int]:
    """Only the one, only the other, both, neither."""
    low, high = ((2, 15), (4, 30), (10, 90))[grade]
    only_a, only_b, both, neither = (dice.randint(low, high) for _ in range(4))
    return only_a, only_b, both, neither


_LIKES: tuple[Words, ...] = (
    {"a": "犬", "b": "ねこ", "do": "を飼っている", "who": "町内会", "unit": "人"},
    {"a": "サッカー", "b": "野球", "do": "が好きな", "who": "学年", "unit": "人"},
    {"a": "ピアノ", "b": "習字", "do": "を習っている", "who": "子ども会", "unit": "人"},
    {"a": "電車", "b": "バス", "do": "を利用する", "who": "会社", "unit": "人"},
)

# Both


def _draw_both(dice: random.Random, grade: int) -> Venn | None:
    only_a, only_b, both, neither = _parts(dice, grade)
    return Venn(only_a + only_b + both + neither, only_a + both, only_b + both, neither)


def _solve_both(facts: Venn, words: Words) -> Solution:
    some = n(facts.people) - n(facts.known)
    twice = n(facts.a) + n(facts.b)
    both = twice.result - some.result
    return Solution(
        (
            f"少なくとも一方にあてはまる人は、{some.equation('人')}です。",
            f"{words['a']}の人数と{words['b']}の人数をたすと、{twice.equation('人')}です。",
            f"両方の人は2回数えられているので、その差が両方の人数です。{both.equation('人')}",
        ),
        Answer.of(both.value, "人"),
        ("集合算",),
    )


def _fill(facts: Venn, both: int, neither: int) -> bool:
    """Whether everybody has a place when so many are in both and in neither."""
    only_a, only_b = facts.a - both, facts.b - both
    return only_a >= 0 and only_b >= 0 and only_a + only_b + both + neither == facts.people


def _search_both(facts: Venn) -> Iterator[tuple[int]]:
    for both in range(min(facts.a, facts.b) + 1):
        if _fill(facts, both, facts.known):
            yield (both,)


_BOTH = Kind(
    "両方の人数",
    _draw_both,
    _LIKES,
    (
        lambda f, w: (
            f"{f.people}人の{w['who']}で調べると、{w['a']}{w['do']}人は{f.a}人、{w['b']}{w['do']}人は{f.b}人、どちらにもあてはまらない人は{f.known}人でした。"
            "両方にあてはまる人は何人ですか。"
        ),
        lambda f, w: (
            f"{w['who']}の全員にアンケートをとりました。答えた{f.people}人のうち、{w['a']}{w['do']}人が{f.a}人、{w['b']}{w['do']}人が{f.b}人です。どちらでもないと"
            f"答えた人は{f.known}人いました。{w['a']}にも{w['b']}にも手をあげた人の数を求めなさい。"
        ),
        lambda f, w: (
            f"{w['b']}{w['do']}人が{f.b}人、{w['a']}{w['do']}人が{f.a}人いる{w['who']}の人数は{f.people}人です。{f.known}人は{w['a']}とも{w['b']}とも関係が"
            f"ありません。{w['a']}と{w['b']}の両方に数えられている人は何人でしょうか。"
        ),
    ),
    _solve_both,
    _search_both,
)

# Neither


def _draw_neither(dice: random.Random, grade: int) -> Venn | None:
    only_a, only_b, both, neither = _parts(dice, grade)
    return Venn(only_a + only_b + both + neither, only_a + both, only_b + both, both)


def _solve_neither(facts: Venn, words: Words) -> Solution:
    twice = n(facts.a) + n(facts.b)
    some = twice.result - n(facts.known)
    neither = n(facts.people) - some.result
    return Solution(
        (
            f"{words['a']}の人数と{words['b']}の人数をたすと、{twice.equation('人')}です。",
            f"両方の人を2回数えているので1回分をひくと、少なくとも一方の人は{some.equation('人')}です。",
            f"どちらでもない人数を求めます。{neither.equation('人')}",
        ),
        Answer.of(neither.value, "人"),
        ("集合算",),
    )


def _search_neither(facts: Venn) -> Iterator[tuple[int]]:
    for neither in range(facts.people + 1):
        if _fill(facts, facts.known, neither):
            yield (neither,)


_NEITHER = Kind(
    "どちらでもない人数",
    _draw_neither,
    _LIKES,
    (
        lambda f, w: (
            f"{w['who']}には{f.people}人いて、{w['a']}{w['do']}人は{f.a}人、{w['b']}{w['do']}人は{f.b}人です。そのうち{f.known}人は両方にふくまれます。"
            f"{w['a']}にも{w['b']}にもふくまれない人は何人いますか。"
        ),
        lambda f, w: (
            f"{w['a']}{w['do']}人{f.a}人と、{w['b']}{w['do']}人{f.b}人に集まってもらったところ、両方で呼ばれた人が{f.known}人いました。{w['who']}の人数は"
            f"{f.people}人です。呼ばれなかった人の数を求めなさい。"
        ),
        lambda f, w: (
            f"{f.people}人に2つの質問をしました。{w['a']}{w['do']}人かどうかには{f.a}人、{w['b']}{w['do']}人かどうかには{f.b}人が「はい」と答え、2回とも"
            f"「はい」と答えたのは{f.known}人です。2回とも「いいえ」と答えた人は何人でしょうか。"
        ),
    ),
    _solve_neither,
    _search_neither,
)

# Most and least


@dataclass(frozen=True, slots=True)
class Bounds:
    """Of ``people``, ``a`` the one and ``b`` the other: how many at most and at least do both?"""

    people: int
    a: int
    b: int


def _draw_bounds(dice: random.Random, grade: int) -> Bounds | None:
    people = dice.randint(*((20, 60), (30, 150), (100, 600))[grade])
    a, b = (dice.randint(people // 4, people - 1) for _ in range(2))
    return Bounds(people, a, b) if a + b > people and a != b else None


def _solve_bounds(facts: Bounds, words: Words) -> Solution:
    most, word = (facts.a, words["a"]) if facts.a < facts.b else (facts.b, words["b"])
    twice = n(facts.a) + n(facts.b)
    least = twice.result - n(facts.people)
    return Solution(
        (
            f"両方の人数が最も多いのは、少ないほうの{word}の人が全員もう一方にもあてはまるときで、{most}人です。",
            f"最も少ないのは、どちらでもない人がいないときです。{words['a']}と{words['b']}の人数をたすと"
            f"{twice.equation('人')}です。",
            f"全体より多い分が両方の人数です。{least.equation('人')}",
        ),
        Answer.parts(("最も多くて", most, "人"), ("最も少なくて", least.value, "人")),
        ("集合算",),
    )


def _search_bounds(facts: Bounds) -> Iterator[tuple[int, int]]:
    """Try every number of people in both, and keep those for which nobody is missing."""
    possible = [
        both
        for both in range(facts.people + 1)
        if facts.a >= both and facts.b >= both and facts.a + facts.b - both <= facts.people
    ]
    yield max(possible), min(possible)


_BOUNDS = Kind(
    "最も多い・最も少ない",
    _draw_bounds,
    _LIKES,
    (
        lambda f, w: (
            f"{f.people}人の{w['who']}に、{w['a']}{w['do']}人が{f.a}人、{w['b']}{w['do']}人が{f.b}人います。両方にあてはまる人は、最も多くて何人、最も少なくて"
            "何人ですか。"
        ),
        lambda f, w: (
            f"{w['who']}の{f.people}人について、{w['a']}{w['do']}人と{w['b']}{w['do']}人の数だけがわかっていて、それぞれ{f.a}人と{f.b}人です。どちらにもあてはまる"
            "人の数として考えられるうちで、いちばん大きい数といちばん小さい数を求めなさい。"
        ),
        lambda f, w: (
            f"{w['b']}{w['do']}人は{f.b}人、{w['a']}{w['do']}人は{f.a}人と発表されましたが、重なっている人数は発表されませんでした。{w['who']}は全部で{f.people}人"
            "です。重なっている人数は何人から何人の間と言えますか。多いほうから順に答えなさい。"
        ),
    ),
    _solve_bounds,
    _search_bounds,
)

# Multiples: neither of two


@dataclass(frozen=True, slots=True)
class Multiples:
    """From 1 to ``top``: how many are multiples of neither ``a`` nor ``b``?"""

    top: int
    a: int
    b: int


def _draw_multiples(dice: random.Random, grade: int) -> Multiples | None:
    top = dice.randint(*((30, 100), (80, 300), (200, 1000))[grade])
    a, b = sorted(dice.sample(range(2, (7, 10, 16)[grade]), 2))
    return Multiples(top, a, b) if b % a else None


def _lcm(a: int, b: int) -> int:
    common = a
    while common % b:
        common += a
    return common


def _solve_multiples(facts: Multiples, words: Words) -> Solution:
    both = _lcm(facts.a, facts.b)
    of_a, of_b, of_both = (facts.top // number for number in (facts.a, facts.b, both))
    some = n(of_a) + n(of_b) - n(of_both)
    rest = n(facts.top) - some.result
    c = words["counter"]
    return Solution(
        (
            f"{facts.a}の倍数は、{facts.top}までに{of_a}{c}あります。",
            f"{facts.b}の倍数は、{of_b}{c}あります。",
            f"両方の倍数は{both}の倍数で、{of_both}{c}あります。",
            f"少なくとも一方の倍数は、{some.equation(c)}です。",
            f"どちらの倍数でもない数を求めます。{rest.equation(c)}",
        ),
        Answer.of(rest.value, c),
        ("集合算", "倍数と約数"),
    )


def _search_multiples(facts: Multiples) -> Iterator[tuple[int]]:
    """Go through all the numbers."""
    yield (sum(1 for i in range(1, facts.top + 1) if i % facts.a and i % facts.b),)


_MULTIPLES = Kind(
    "倍数でない数",
    _draw_multiples,
    (
        {"thing": "カード", "counter": "枚", "one": "1枚"},
        {"thing": "ロッカー", "counter": "個", "one": "1個"},
        {"thing": "番号ふだ", "counter": "枚", "one": "1枚"},
    ),
    (
        lambda f, w: (
            f"1から{f.top}までの整数を1つずつ書いた{w['thing']}が{f.top}{w['counter']}あります。{f.a}の倍数でも{f.b}の倍数でもない数が書かれた{w['thing']}は何"
            f"{w['counter']}ですか。"
        ),
        lambda f, w: (
            f"{f.top}{w['counter']}の{w['thing']}に1番から順に番号がついています。まず番号が{f.a}でわり切れるもの、次に{f.b}でわり切れるものに印をつけます。"
            f"印が1つもつかない{w['thing']}の数を求めなさい。"
        ),
        lambda f, w: (
            f"番号が1から{f.top}までの{w['thing']}のうち、{f.a}の倍数のものと{f.b}の倍数のものを全部かたづけました。{w['thing']}は{w['one']}につき1つの番号です。"
            f"残った{w['thing']}は何{w['counter']}でしょうか。"
        ),
    ),
    _solve_multiples,
    _search_multiples,
)

FAMILY = Family("集合算", "shugo", (_BOTH, _NEITHER, _BOUNDS, _MULTIPLES))
