"""還元算: undoing, step by step from the end, what was done to a number."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from jtextkit.builders.sansu.expressions import n
from jtextkit.builders.sansu.problems import Answer, Family, Kind, Solution, Words

_MOST = 6000

# Arithmetic done to a number


@dataclass(frozen=True, slots=True)
class Done:
    """A number times ``times``, plus ``plus``, divided by ``by``, gives ``end``."""

    times: int
    plus: int
    by: int
    end: int


def _draw_done(dice: random.Random, grade: int) -> Done | None:
    times = dice.randint(*((2, 6), (2, 9), (3, 15))[grade])
    by = dice.randint(*((2, 5), (2, 8), (3, 12))[grade])
    end = dice.randint(*((4, 30), (8, 60), (15, 200))[grade])
    plus = dice.randint(*((1, 20), (2, 50), (5, 200))[grade])
    start = end * by - plus
    fits = start > 0 and start % times == 0 and times != by
    return Done(times, plus, by, end) if fits else None


def _solve_done(facts: Done, words: Words) -> Solution:
    before = n(facts.end) * n(facts.by)
    without = before.result - n(facts.plus)
    start = without.result / n(facts.times)
    return Solution(
        (
            f"最後から順にもどしていきます。{facts.by}でわる前の数を求めます。{before.equation()}",
            f"{facts.plus}をたす前の数を求めます。{without.equation()}",
            f"{facts.times}をかける前の数が、{words['what']}です。{start.equation()}",
        ),
        Answer.of(start.value, ""),
        ("還元算",),
    )


def _search_done(facts: Done) -> Iterator[tuple[int]]:
    """Do to every number what was done."""
    for number in range(1, _MOST):
        if number * facts.times + facts.plus == facts.end * facts.by:
            yield (number,)


_NUMBERS: tuple[Words, ...] = (
    {"what": "はじめの数", "who": "あきこ"},
    {"what": "もとの数", "who": "しょうた"},
    {"what": "思いうかべた数", "who": "みなと"},
)

_ARITHMETIC = Kind(
    "計算をもどす",
    _draw_done,
    _NUMBERS,
    (
        lambda f, w: (
            f"{w['who']}さんはある数を決め、それに{f.times}をかけて{f.plus}をたし、さらに{f.by}でわったら{f.end}になったそうです。"
            f"{w['what']}を求めなさい。"
        ),
        lambda f, w: (
            f"数を入れると、まず{f.times}倍し、次に{f.plus}を加え、最後に{f.by}等分した1つ分の数を出す機械があります。{w['who']}さんが使うと"
            f"{f.end}が出てきました。機械に入れた数はいくつですか。"
        ),
        lambda f, w: (
            f"「{f.times}倍した数に{f.plus}をたした和は、{f.end}の{f.by}倍と等しい。」{w['who']}さんの出したなぞなぞの、{w['what']}は何でしょうか。"
        ),
    ),
    _solve_done,
    _search_done,
)

# Money spent by halves and more


@dataclass(frozen=True, slots=True)
class Spent:
    """Of the whole one ``first``-th and ``more`` besides, of the rest one ``second``-th and
    ``besides``; ``rest`` is left.
    """

    first: int
    more: int
    second: int
    besides: int
    rest: int


def _draw_spent(dice: random.Random, grade: int) -> Spent | None:
    top = (3, 5, 8)[grade]
    first, second = dice.randint(2, top), dice.randint(2, top)
    step = (10, 10, 5)[grade]
    more, besides, rest = (
        step * dice.randint(*((1, 15), (2, 30), (4, 80))[grade]) for _ in range(3)
    )
    between = Fraction(rest + besides) * second / (second - 1)
    whole = (between + more) * first / (first - 1)
    fits = between.denominator == 1 and whole.denominator == 1 and whole < _MOST
    return Spent(first, more, second, besides, rest) if fits else None


def _solve_spent(facts: Spent, words: Words) -> Solution:
    unit = words["unit"]
    ahead = n(facts.rest) + n(facts.besides)
    part = n(1) - n(Fraction(1, facts.second))
    between = ahead.result / part.result
    above = between.result + n(facts.more)
    share = n(1) - n(Fraction(1, facts.first))
    whole = above.result / share.result
    return Solution(
        (
            f"最後の{facts.besides}{unit}を{words['past']}前は、{ahead.equation(unit)}でした。",
            f"これは1回目の残りの{part.equation()}にあたります。",
            f"1回目の残りを求めます。{between.equation(unit)}",
            f"そこに{facts.more}{unit}をもどすと、{above.equation(unit)}になります。",
            f"これは全体の{share.equation()}にあたります。",
            f"全体を求めます。{whole.equation(unit)}",
        ),
        Answer.of(whole.value, unit),
        ("還元算", "相当算"),
    )


def _search_spent(facts: Spent) -> Iterator[tuple[int]]:
    """Spend every sum in the way told, from the beginning."""
    for whole in range(1, _MOST + 1):
        if whole % facts.first:
            continue
        left = whole - whole // facts.first - facts.more
        if left > 0 and left % facts.second == 0:
            left -= left // facts.second + facts.besides
            if left == facts.rest:
                yield (whole,)


_SPENDING: tuple[Words, ...] = (
    {"who": "とも子", "thing": "お年玉", "past": "使う", "did": "使い", "one": "本屋", "two": "くつ屋", "unit": "円"},
    {"who": "かずや", "thing": "貯金", "past": "使う", "did": "使い", "one": "スポーツ店", "two": "食堂", "unit": "円"},
    {"who": "まりえ", "thing": "おこづかい", "past": "使う", "did": "使い", "one": "手芸店", "two": "花屋", "unit": "円"},
)  # fmt: skip

_SPENDINGS = Kind(
    "使う前にもどす",
    _draw_spent,
    _SPENDING,
    (
        lambda f, w: (
            f"{w['who']}さんは{w['thing']}のうち、{w['one']}で全体の1/{f.first}と{f.more}円、{w['two']}で残りの1/{f.second}と{f.besides}円を"
            f"{w['did']}、{f.rest}円残りました。はじめに持っていた{w['thing']}は何円ですか。"
        ),
        lambda f, w: (
            f"{w['two']}を出たとき、{w['who']}さんのさいふには{f.rest}円ありました。{w['two']}では入る前に持っていたお金の1/{f.second}よりも"
            f"{f.besides}円多く{w['did']}、その前の{w['one']}では{w['thing']}全体の1/{f.first}よりも{f.more}円多く使っています。"
            f"{w['thing']}は全部で何円だったでしょうか。"
        ),
        lambda f, w: (
            f"{w['thing']}から1/{f.first}の金額を出し、もう{f.more}円たして{w['one']}ではらいました。それから、手もとに残ったお金の1/{f.second}に"
            f"{f.besides}円をたして{w['two']}ではらうと、{w['who']}さんの手もとは{f.rest}円になりました。{w['thing']}の金額を求めなさい。"
        ),
    ),
    _solve_spent,
    _search_spent,
)

# Giving back and forth between two


@dataclass(frozen=True, slots=True)
class Passed:
    """The first gives the second ``one``; then the second gives back one ``part``-th; they have
    ``first`` and ``second``.
    """

    one: int
    part: int
    first: int
    second: int


def _draw_passed(dice: random.Random, grade: int) -> Passed | None:
    one = dice.randint(*((2, 15), (4, 40), (10, 150))[grade])
    part = dice.randint(*((2, 4), (2, 5), (3, 8))[grade])
    held = part * dice.randint(*((4, 20), (8, 50), (20, 150))[grade])
    left = dice.randint(*((5, 60), (10, 150), (40, 600))[grade])
    if held <= one:
        return None
    return Passed(one, part, left + held // part, held - held // part)


def _solve_passed(facts: Passed, words: Words) -> Solution:
    a, b, unit = words["a"], words["b"], words["unit"]
    kept = n(1) - n(Fraction(1, facts.part))
    held = n(facts.second) / kept.result
    back = held.result - n(facts.second)
    before = n(facts.first) - back.result
    had = before.result + n(facts.one)
    other = held.result - n(facts.one)
    return Solution(
        (
            f"{b}に最後に残った{facts.second}{unit}は、返す前の{kept.equation()}にあたります。",
            f"返す前の{b}は、{held.equation(unit)}です。",
            f"{b}が返した数は、{back.equation(unit)}です。",
            f"返してもらう前の{a}は、{before.equation(unit)}です。",
            f"はじめの{a}は、{had.equation(unit)}です。",
            f"はじめの{b}は、{other.equation(unit)}です。",
        ),
        Answer.parts(*[(a, had.value, unit), (b, other.value, unit)]),
        ("還元算",),
    )


def _search_passed(facts: Passed) -> Iterator[tuple[int, int]]:
    """Try every division of what both have together, and pass it on as told."""
    together = facts.first + facts.second
    for a in range(facts.one, together):
        b = together - a + facts.one
        if b % facts.part == 0:
            back = b // facts.part
            if b - back == facts.second and a - facts.one + back == facts.first:
                yield a, together - a


_FRIENDS: tuple[Words, ...] = (
    {"a": "つよし", "b": "のぞみ", "thing": "ビー玉", "unit": "個"},
    {"a": "姉", "b": "妹", "thing": "シール", "unit": "枚"},
    {"a": "赤組", "b": "白組", "thing": "花のなえ", "unit": "本"},
)

_PASSING = Kind(
    "やりとりをもどす",
    _draw_passed,
    _FRIENDS,
    (
        lambda f, w: (
            f"{w['a']}は{w['b']}に{w['thing']}を{f.one}{w['unit']}わたしました。次に{w['b']}が、そのとき持っていた{w['thing']}の1/{f.part}を"
            f"{w['a']}に返したところ、{w['a']}は{f.first}{w['unit']}、{w['b']}は{f.second}{w['unit']}になりました。はじめに持っていた"
            "数はそれぞれいくつですか。"
        ),
        lambda f, w: (
            f"今の{w['thing']}は{w['a']}が{f.first}{w['unit']}、{w['b']}が{f.second}{w['unit']}です。これまでに2回のやりとりがありました。1回目は"
            f"{w['a']}から{w['b']}へ{f.one}{w['unit']}、2回目は{w['b']}から{w['a']}へ、{w['b']}の持っている分の1/{f.part}です。やりとりの前、"
            f"{w['a']}と{w['b']}は何{w['unit']}ずつ持っていましたか。"
        ),
        lambda f, w: (
            f"{f.one}{w['unit']}の{w['thing']}を{w['a']}からもらった{w['b']}は、もらった分もふくめた自分の{w['thing']}の1/{f.part}をお礼に"
            f"{w['a']}へわたしました。すると{w['b']}に残ったのは{f.second}{w['unit']}で、{w['a']}は全部で{f.first}{w['unit']}を持つことに"
            "なりました。もとの数をそれぞれ求めなさい。"
        ),
    ),
    _solve_passed,
    _search_passed,
)

# A ball that bounces


@dataclass(frozen=True, slots=True)
class Bounce:
    """A ball that springs to ``part`` of its height reaches ``height`` cm at bounce ``times``."""

    part: Fraction
    times: int
    height: int


def _draw_bounce(dice: random.Random, grade: int) -> Bounce | None:
    bottom = dice.randint(*((2, 5), (2, 6), (3, 8))[grade])
    part = Fraction(dice.randint(1, bottom - 1), bottom)
    times = dice.randint(*((2, 2), (2, 3), (3, 3))[grade])
    height = Fraction(dice.randint(*((2, 90), (2, 200), (5, 400))[grade]))
    start = height / part**times
    fits = start.denominator == 1 and 20 <= start <= _MOST
    return Bounce(part, times, int(height)) if fits else None


def _solve_bounce(facts: Bounce, _words: Words) -> Solution:
    height = n(facts.height)
    steps = []
    for bounce in range(facts.times, 0, -1):
        before = height / n(facts.part)
        name = "はじめ" if bounce == 1 else f"{bounce - 1}回目にはね上がったとき"
        steps.append(f"{name}の高さを求めます。{before.equation('cm')}")
        height = before.result
    return Solution(
        (
            f"はね上がる前の高さは、はね上がった高さを{facts.part}でわると求められます。",
            *steps,
        ),
        Answer.of(height.value, "cm"),
        ("還元算", "相当算"),
    )


def _search_bounce(facts: Bounce) -> Iterator[tuple[int]]:
    """Drop the ball from every height."""
    for start in range(1, _MOST + 1):
        height = Fraction(start)
        for _ in range(facts.times):
            height *= facts.part
        if height == facts.height:
            yield (start,)
        if height > facts.height:
            return


_BALLS: tuple[Words, ...] = (
    {"thing": "ゴムボール", "place": "体育館のゆか"},
    {"thing": "スーパーボール", "place": "かたいゆか"},
    {"thing": "テニスボール", "place": "コンクリートの地面"},
)

_BOUNCES = Kind(
    "はね上がるボール",
    _draw_bounce,
    _BALLS,
    (
        lambda f, w: (
            f"落とした高さの{f.part}だけはね上がる{w['thing']}があります。この{w['thing']}をある高さから落としたところ、{f.times}回目に"
            f"はね上がった高さは{f.height}cmでした。はじめに落とした高さは何cmですか。"
        ),
        lambda f, w: (
            f"{w['place']}に{w['thing']}を落とすと、いつも落ちた高さの{f.part}の高さまではね返ります。{f.times}回目のはね返りをはかると"
            f"{f.height}cmだったとき、手をはなした高さを求めなさい。"
        ),
    ),
    _solve_bounce,
    _search_bounce,
)

# Undoing a sum that went wrong


@dataclass(frozen=True, slots=True)
class Mistake:
    """Somebody multiplied by ``factor`` instead of dividing (or added instead of taking away)."""

    plus: int
    factor: int
    wrong: int


def _draw_mistake(dice: random.Random, grade: int) -> Mistake | None:
    factor = dice.randint(*((2, 6), (2, 12), (3, 25))[grade])
    number = factor * dice.randint(*((2, 30), (3, 60), (5, 120))[grade])
    plus = dice.randint(*((2, 30), (5, 80), (10, 300))[grade])
    return Mistake(plus, factor, number * factor + plus)


def _solve_mistake(facts: Mistake, words: Words) -> Solution:
    without = n(facts.wrong) - n(facts.plus)
    number = without.result / n(facts.factor)
    right = number.result / n(facts.factor) + n(facts.plus)
    return Solution(
        (
            f"まちがえた計算をもどします。{facts.plus}をたす前は、{without.equation()}です。",
            f"{facts.factor}をかける前の数は、{number.equation()}です。",
            f"これが{words['what']}なので、正しく計算すると{right.equation()}になります。",
        ),
        Answer.of(right.value, ""),
        ("還元算",),
    )


def _search_mistake(facts: Mistake) -> Iterator[tuple[int]]:
    for number in range(facts.factor, facts.wrong + 1, facts.factor):
        if number * facts.factor + facts.plus == facts.wrong:
            yield (number // facts.factor + facts.plus,)


_MISTAKES = Kind(
    "まちがえた計算",
    _draw_mistake,
    _NUMBERS,
    (
        lambda f, w: (
            f"ある数を{f.factor}でわって{f.plus}をたす計算を、{w['who']}さんはまちがえて{f.factor}をかけて{f.plus}をたしてしまい、答えが"
            f"{f.wrong}になりました。正しい答えを求めなさい。"
        ),
        lambda f, w: (
            f"{w['who']}さんの計算は{f.wrong}でしたが、÷{f.factor}とするところを×{f.factor}としていました。そのあとの＋{f.plus}は正しくできて"
            f"います。{w['what']}から計算し直すと、答えはいくつになりますか。"
        ),
    ),
    _solve_mistake,
    _search_mistake,
)

FAMILY = Family("還元算", "kangen", (_ARITHMETIC, _SPENDINGS, _PASSING, _BOUNCES, _MISTAKES))
