"""旅人算: two who walk towards each other, or one after the other, or round a pond."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass

from jtextkit.builders.sansu.expressions import n
from jtextkit.builders.sansu.problems import Answer, Family, Kind, Solution, Words

_MOST = 1000


def _speeds(dice: random.Random, grade: int) -> tuple[int, int]:
    step = (10, 5, 1)[grade]
    slow = step * dice.randint(*((4, 9), (8, 18), (45, 95))[grade])
    fast = slow + step * dice.randint(*((1, 14), (1, 40), (3, 160))[grade])
    return slow, fast


# Towards each other


@dataclass(frozen=True, slots=True)
class Apart:
    """Two at ``slow`` and ``fast`` metres a minute, ``metres`` apart."""

    slow: int
    fast: int
    metres: int


def _draw_meet(dice: random.Random, grade: int) -> Apart | None:
    slow, fast = _speeds(dice, grade)
    return Apart(slow, fast, (slow + fast) * dice.randint(*((4, 25), (5, 40), (6, 60))[grade]))


def _solve_meet(facts: Apart, _words: Words) -> Solution:
    speed = n(facts.slow) + n(facts.fast)
    minutes = n(facts.metres) / speed.result
    return Solution(
        (
            f"向かい合って進むので、2人の間は1分間に{speed.equation('m')}ずつちぢまります。",
            f"出会うまでの時間を求めます。{minutes.equation('分')}",
        ),
        Answer.of(minutes.value, "分後"),
        ("旅人算",),
    )


def _search_meet(facts: Apart) -> Iterator[tuple[int]]:
    """Let both go, a minute at a time, from their two ends."""
    one, two = 0, facts.metres
    for minutes in range(1, _MOST):
        one, two = one + facts.fast, two - facts.slow
        if one == two:
            yield (minutes,)
        if one >= two:
            return


_TOWNS: tuple[Words, ...] = (
    {"a": "あゆみ", "b": "けん", "p": "A町", "q": "B町", "way": "道"},
    {"a": "兄", "b": "妹", "p": "家", "q": "駅", "way": "道"},
    {"a": "たける", "b": "みゆ", "p": "学校", "q": "公園", "way": "遊歩道"},
    {"a": "父", "b": "むすこ", "p": "図書館", "q": "市役所", "way": "歩道"},
)

_MEET = Kind(
    "出会い",
    _draw_meet,
    _TOWNS,
    (
        lambda f, w: (
            f"{f.metres}mはなれた{w['p']}と{w['q']}から、{w['a']}は分速{f.fast}m、{w['b']}は分速{f.slow}mで、向かい合って同時に出発しました。"
            "2人が出会うのは何分後ですか。"
        ),
        lambda f, w: (
            f"{w['p']}と{w['q']}を結ぶ{w['way']}は{f.metres}mです。{w['b']}が{w['p']}を、{w['a']}が{w['q']}を同じ時こくに出て、たがいに相手の"
            f"ほうへ進みます。1分間に進むのは{w['a']}が{f.fast}m、{w['b']}が{f.slow}mです。何分たつと2人は出会いますか。"
        ),
        lambda f, w: (
            f"{w['a']}と{w['b']}の間は今{f.metres}mあります。2人がいっせいに相手に向かって歩き始め、{w['b']}が毎分{f.slow}m、{w['a']}が毎分"
            f"{f.fast}mの速さをたもつと、出会うまでに何分かかるでしょうか。"
        ),
    ),
    _solve_meet,
    _search_meet,
)

# One after the other


@dataclass(frozen=True, slots=True)
class Chase:
    """One at ``slow`` has been gone ``before`` minutes when one at ``fast`` follows."""

    slow: int
    fast: int
    before: int


def _draw_chase(dice: random.Random, grade: int) -> Chase | None:
    slow, fast = _speeds(dice, grade)
    before = dice.randint(*((2, 15), (3, 25), (4, 40))[grade])
    fits = slow * before % (fast - slow) == 0 and slow * before // (fast - slow) < 120
    return Chase(slow, fast, before) if fits else None


def _solve_chase(facts: Chase, words: Words) -> Solution:
    ahead = n(facts.slow) * n(facts.before)
    speed = n(facts.fast) - n(facts.slow)
    minutes = ahead.result / speed.result
    way = n(facts.fast) * minutes.result
    return Solution(
        (
            f"{words['b']}が出るとき、{words['a']}は{ahead.equation('m')}先にいます。",
            f"その差は1分間に{speed.equation('m')}ずつちぢまります。",
            f"追いつくまでの時間は、{minutes.equation('分')}です。",
            f"その地点までの道のりは、{way.equation('m')}です。",
        ),
        Answer.parts(*[("時間", minutes.value, "分"), ("道のり", way.value, "m")]),
        ("旅人算",),
    )


def _search_chase(facts: Chase) -> Iterator[tuple[int, int]]:
    first, second = facts.before * facts.slow, 0
    for minutes in range(1, _MOST):
        first, second = first + facts.slow, second + facts.fast
        if first == second:
            yield minutes, second
        if second >= first:
            return


_FOLLOWING: tuple[Words, ...] = (
    {"a": "弟", "b": "兄", "start": "家", "how": "自転車で", "thing": "わすれ物"},
    {"a": "子ども", "b": "母", "start": "家", "how": "自転車で", "thing": "すいとう"},
    {"a": "ゆうき", "b": "先生", "start": "学校", "how": "走って", "thing": "連らく帳"},
)

_CHASE = Kind(
    "追いつき",
    _draw_chase,
    _FOLLOWING,
    (
        lambda f, w: (
            f"{w['a']}が分速{f.slow}mで{w['start']}を出てから{f.before}分後に、{w['b']}が分速{f.fast}mで同じ道を追いかけました。{w['b']}は出発して"
            f"から何分で{w['a']}に追いつきますか。また、それは{w['start']}から何mのところですか。"
        ),
        lambda f, w: (
            f"{w['thing']}に気づいた{w['b']}が、{f.before}分前に{w['start']}を出た{w['a']}を{w['how']}追いかけます。{w['a']}は1分間に{f.slow}m、"
            f"{w['b']}は1分間に{f.fast}m進みます。{w['b']}が追いつくまでの時間と、そこまでの道のりを求めなさい。"
        ),
        lambda f, w: (
            f"{w['start']}を先に出た{w['a']}の速さは毎分{f.slow}mです。{w['b']}は{f.before}分おくれて{w['start']}を出て、毎分{f.fast}mの速さで"
            f"進みました。{w['b']}が何分進んだところで2人は並びますか。並ぶまでに{w['b']}が進んだ道のりも答えなさい。"
        ),
    ),
    _solve_chase,
    _search_chase,
)

# Round a pond


@dataclass(frozen=True, slots=True)
class Pond:
    """Two start together round ``around`` metres."""

    slow: int
    fast: int
    around: int


def _draw_round(dice: random.Random, grade: int) -> Pond | None:
    slow, fast = _speeds(dice, grade)
    both, gap = slow + fast, fast - slow
    around = both * dice.randint(*((2, 20), (3, 30), (4, 40))[grade])
    fits = around % gap == 0 and around // gap < 400 and around <= 9000
    return Pond(slow, fast, around) if fits else None


def _solve_round(facts: Pond, _words: Words) -> Solution:
    both, gap = n(facts.fast) + n(facts.slow), n(facts.fast) - n(facts.slow)
    meet, catch = n(facts.around) / both.result, n(facts.around) / gap.result
    return Solution(
        (
            f"反対の向きに回ると、2人で1周分を進んだときに出会います。1分間に進むのは合わせて"
            f"{both.equation('m')}です。",
            f"出会うまでの時間は、{meet.equation('分')}です。",
            f"同じ向きに回ると、速いほうが1周分多く進んだときに追いつきます。1分間の差は{gap.equation('m')}です。",
            f"追いつくまでの時間は、{catch.equation('分')}です。",
        ),
        Answer.parts(*[("反対の向き", meet.value, "分後"), ("同じ向き", catch.value, "分後")]),
        ("旅人算",),
    )


def _search_round(facts: Pond) -> Iterator[tuple[int, int]]:
    """Where each is on the way round, minute by minute, until both are at one place."""

    def together(turn: int) -> int:
        minute, place, other = 0, 0, 0
        while minute == 0 or place != other:
            minute += 1
            place = (place + facts.fast) % facts.around
            other = (other + turn * facts.slow) % facts.around
        return minute

    yield together(-1), together(1)


_PONDS: tuple[Words, ...] = (
    {"a": "ひかる", "b": "そら", "place": "池", "start": "橋の前"},
    {"a": "姉", "b": "妹", "place": "湖", "start": "船着き場"},
    {"a": "コーチ", "b": "選手", "place": "グラウンド", "start": "入り口"},
)

_ROUND = Kind(
    "池のまわり",
    _draw_round,
    _PONDS,
    (
        lambda f, w: (
            f"1周{f.around}mの{w['place']}のまわりを、{w['a']}は分速{f.fast}m、{w['b']}は分速{f.slow}mで回ります。同じ場所から同時に出発するとき、"
            "反対の向きに回ると何分後にはじめて出会いますか。また、同じ向きに回ると何分後にはじめて追いつきますか。"
        ),
        lambda f, w: (
            f"{w['a']}と{w['b']}が{w['place']}のまわりの道にある{w['start']}にいます。道は1周すると{f.around}mで、速さは{w['a']}が毎分{f.fast}m、"
            f"{w['b']}が毎分{f.slow}mです。2人が同時にスタートして逆向きに進む場合と、同じ向きに進む場合について、はじめて2人がいっしょになる"
            "までの時間をそれぞれ求めなさい。"
        ),
        lambda f, w: (
            f"{w['place']}のまわりを1分間に{f.slow}m歩く{w['b']}と、1分間に{f.fast}m進む{w['a']}がいます。まわりの長さは{f.around}mです。"
            f"{w['start']}から背中合わせに出発したときにすれちがうまでの時間と、並んで同じほうへ出発したときに{w['a']}が1周多く回って追いつくまでの"
            "時間は、それぞれ何分後ですか。"
        ),
    ),
    _solve_round,
    _search_round,
)

# There and back


@dataclass(frozen=True, slots=True)
class Back:
    """One at ``fast`` turns at the far end, ``metres`` away, and meets one at ``slow``."""

    slow: int
    fast: int
    metres: int


def _draw_back(dice: random.Random, grade: int) -> Back | None:
    slow, fast = _speeds(dice, grade)
    minutes = dice.randint(*((4, 30), (6, 45), (8, 70))[grade])
    both = (slow + fast) * minutes
    return Back(slow, fast, both // 2) if both % 2 == 0 and fast * minutes > both // 2 else None


def _solve_back(facts: Back, words: Words) -> Solution:
    way = n(facts.metres) * n(2)
    speed = n(facts.fast) + n(facts.slow)
    minutes = way.result / speed.result
    walked = n(facts.slow) * minutes.result
    place = n(facts.metres) - walked.result
    return Solution(
        (
            f"2人が出会うまでに進む道のりの和は、片道の2倍です。{way.equation('m')}",
            f"2人は1分間に合わせて{speed.equation('m')}進みます。",
            f"出会うまでの時間は、{minutes.equation('分')}です。",
            f"{words['b']}が進んだ道のりは、{walked.equation('m')}です。",
            f"{words['q']}からの道のりは、{place.equation('m')}です。",
        ),
        Answer.of(place.value, "m"),
        ("旅人算",),
    )


def _search_back(facts: Back) -> Iterator[tuple[int]]:
    for minutes in range(1, _MOST):
        walked = minutes * facts.slow
        gone = minutes * facts.fast
        if walked > facts.metres:
            return
        returning = 2 * facts.metres - gone  # the place of the faster one on the way back
        if gone > facts.metres and returning == walked:
            yield (facts.metres - walked,)


_BACK = Kind(
    "折り返して出会う",
    _draw_back,
    _TOWNS,
    (
        lambda f, w: (
            f"{w['a']}と{w['b']}が{w['p']}を同時に出て、{f.metres}mはなれた{w['q']}へ向かいました。{w['a']}は分速{f.fast}mで進み、{w['q']}に着くと"
            f"すぐに引き返しました。{w['b']}は分速{f.slow}mで進みます。2人が出会うのは{w['q']}から何mのところですか。"
        ),
        lambda f, w: (
            f"{w['p']}から{w['q']}までの道のりは{f.metres}mです。1分間に{f.slow}m進む{w['b']}と、1分間に{f.fast}m進む{w['a']}が、{w['p']}をいっしょに"
            f"出発しました。先に{w['q']}で折り返した{w['a']}が、まだ{w['q']}に着いていない{w['b']}と出会った地点は、{w['q']}の手前何mですか。"
        ),
        lambda f, w: (
            f"{f.metres}mの直線コースで、{w['a']}は毎分{f.fast}m、{w['b']}は毎分{f.slow}mの速さで同時にスタートしました。{w['a']}はコースのはしにある"
            f"{w['q']}で向きを変えてもどってきます。2人がすれちがう場所は{w['q']}から何mはなれているでしょうか。"
        ),
    ),
    _solve_back,
    _search_back,
)

FAMILY = Family("旅人算", "tabibito", (_MEET, _CHASE, _ROUND, _BACK))
