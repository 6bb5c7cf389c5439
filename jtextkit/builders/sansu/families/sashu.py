"""差集め算: small differences, each the same, that add up to a large one."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass

from jtextkit.builders.sansu.expressions import n
from jtextkit.builders.sansu.problems import Answer, Family, Kind, Solution, Words


@dataclass(frozen=True, slots=True)
class PricedTwice:
    """As many of a thing at ``low`` as of one at ``high``; the totals differ by ``gap``."""

    low: int
    high: int
    gap: int


def _draw_twice(dice: random.Random, grade: int) -> PricedTwice | None:
    step = (10, 5, 1)[grade]
    low = step * dice.randint(*((3, 12), (8, 60), (40, 400))[grade])
    each = step * dice.randint(*((1, 6), (1, 12), (3, 60))[grade])
    return PricedTwice(low, low + each, each * dice.randint(*((3, 25), (6, 60), (12, 90))[grade]))


def _search_twice(facts: PricedTwice) -> Iterator[tuple[int]]:
    """Buy one of each again and again until the totals differ as told."""
    cheap = dear = number = 0
    while dear - cheap < facts.gap:
        cheap, dear, number = cheap + facts.low, dear + facts.high, number + 1
    if dear - cheap == facts.gap:
        yield (number,)


def _solve_twice(facts: PricedTwice, words: Words) -> Solution:
    each = n(facts.high) - n(facts.low)
    number = n(facts.gap) / each.result
    return Solution(
        (
            f"1{words['counter']}あたりの差を求めます。{each.equation(words['unit'])}",
            f"この差が集まって全体の差になるので、数は全体の差を1{words['counter']}あたりの差でわった数です。"
            f"{number.equation(words['counter'])}",
        ),
        Answer.of(number.value, words["counter"]),
        ("差集め算",),
    )


_SHOPPING: tuple[Words, ...] = (
    {"low": "赤えん筆", "high": "ボールペン", "counter": "本", "unit": "円", "who": "みさき"},
    {"low": "みかん", "high": "なし", "counter": "個", "unit": "円", "who": "だいち"},
    {"low": "画用紙", "high": "色画用紙", "counter": "枚", "unit": "円", "who": "はるか"},
    {"low": "ノート", "high": "日記帳", "counter": "冊", "unit": "円", "who": "そうた"},
)

_SAME_NUMBER = Kind(
    "同じ数ずつ買う",
    _draw_twice,
    _SHOPPING,
    (
        lambda f, w: (
            f"1{w['counter']}{f.low}円の{w['low']}と1{w['counter']}{f.high}円の{w['high']}を同じ数ずつ買ったところ、"
            f"{w['high']}の代金のほうが{f.gap}円高くなりました。それぞれ何{w['counter']}ずつ買いましたか。"
        ),
        lambda f, w: (
            f"{w['who']}さんは{w['low']}を何{w['counter']}か買うつもりでしたが、気が変わって同じ数の{w['high']}を買いました。"
            f"{w['low']}は1{w['counter']}{f.low}円、{w['high']}は1{w['counter']}{f.high}円なので、予定より{f.gap}円多くかかりました。"
            f"買った数は何{w['counter']}でしょうか。"
        ),
        lambda f, w: (
            f"{w['low']}を1{w['counter']}{f.low}円、{w['high']}を1{w['counter']}{f.high}円で売る店があります。今日は両方が同じ数だけ"
            f"売れ、売り上げのちがいは{f.gap}円でした。売れた{w['low']}の数を求めなさい。"
        ),
        lambda f, w: (
            f"2つのふくろに{w['low']}と{w['high']}が別々に入っていて、数はどちらも同じです。ねだんは1{w['counter']}につき{w['low']}が"
            f"{f.low}円、{w['high']}が{f.high}円で、ふくろごとの合計には{f.gap}円の差があります。1つのふくろには何"
            f"{w['counter']}入っていますか。"
        ),
    ),
    _solve_twice,
    _search_twice,
)

# Rates: saving, reading


def _solve_days(facts: PricedTwice, words: Words) -> Solution:
    each = n(facts.high) - n(facts.low)
    days = n(facts.gap) / each.result
    return Solution(
        (
            f"1日に{each.equation(words['unit'])}ずつ差がつきます。",
            f"差が{facts.gap}{words['unit']}になるまでの日数を求めます。{days.equation('日')}",
        ),
        Answer.of(days.value, "日"),
        ("差集め算",),
    )


_HABITS: tuple[Words, ...] = (
    {"fast": "姉", "slow": "妹", "does": "ページずつ本を読み", "unit": "ページ", "done": "読んだ"},
    {"fast": "兄", "slow": "弟", "does": "円ずつ貯金し", "unit": "円", "done": "貯金した"},
    {"fast": "A班", "slow": "B班", "does": "個ずつ空きかんを集め", "unit": "個", "done": "集めた"},
)

_DAYS = Kind(
    "毎日の差",
    _draw_twice,
    _HABITS,
    (
        lambda f, w: (
            f"{w['fast']}は1日に{f.high}{w['does']}、{w['slow']}は1日に{f.low}{w['does']}ます。同じ日に始めると、{w['done']}数の差が"
            f"{f.gap}{w['unit']}になるのは何日続けたときですか。"
        ),
        lambda f, w: (
            f"{w['slow']}と{w['fast']}が同時に始めて、{w['slow']}は毎日{f.low}{w['does']}、{w['fast']}は毎日{f.high}{w['does']}ました。"
            f"ある日までにつけた記録をくらべたら、{w['fast']}が{f.gap}{w['unit']}上回っていました。記録は何日分ですか。"
        ),
        lambda f, w: (
            f"毎日の目標は{w['fast']}が{f.high}{w['unit']}、{w['slow']}が{f.low}{w['unit']}です。2つの記録がちょうど{f.gap}{w['unit']}"
            f"ちがったところでやめることにしました。1日も休まず目標どおりに進んだとすると、やめるまでに何日かかったでしょうか。"
        ),
    ),
    _solve_days,
    _search_twice,
)

# Different numbers: some more of the cheaper, the same money


@dataclass(frozen=True, slots=True)
class SameMoney:
    """``more`` more of the thing at ``low`` than of that at ``high``, for the same money."""

    low: int
    high: int
    more: int


def _draw_money(dice: random.Random, grade: int) -> SameMoney | None:
    step = (10, 10, 5)[grade]
    low = step * dice.randint(*((3, 12), (4, 30), (8, 90))[grade])
    high = low + step * dice.randint(*((1, 12), (1, 20), (2, 60))[grade])
    more = dice.randint(*((1, 12), (2, 20), (3, 40))[grade])
    if low * more % (high - low) or low * more // (high - low) < 2:
        return None
    return SameMoney(low, high, more)


def _solve_money(facts: SameMoney, words: Words) -> Solution:
    each = n(facts.high) - n(facts.low)
    extra = n(facts.low) * n(facts.more)
    number = extra.result / each.result
    money = n(facts.high) * number.result
    counter = words["counter"]
    return Solution(
        (
            f"{words['low']}を{words['high']}と同じ数にすると、{facts.more}{counter}分の代金があまります。"
            f"{extra.equation('円')}",
            f"1{counter}あたりのねだんの差は、{each.equation('円')}です。",
            f"{words['high']}の数は、{number.equation(counter)}です。",
            f"持っているお金は、{money.equation('円')}です。",
        ),
        Answer.of(money.value, "円"),
        ("差集め算",),
    )


def _search_money(facts: SameMoney) -> Iterator[tuple[int]]:
    """Count up the money that buys whole numbers of both, and see whether the numbers fit."""
    for dear in range(1, facts.low * facts.more + 1):
        money = dear * facts.high
        if money % facts.low == 0 and money // facts.low - dear == facts.more:
            yield (money,)


_MONEY = Kind(
    "同じ金額で買う",
    _draw_money,
    _SHOPPING,
    (
        lambda f, w: (
            f"{w['who']}さんが持っているお金をちょうど全部使うと、1{w['counter']}{f.high}円の{w['high']}を買うときより、1{w['counter']}"
            f"{f.low}円の{w['low']}を買うときのほうが{f.more}{w['counter']}多く買えます。持っているお金は何円ですか。"
        ),
        lambda f, w: (
            f"{w['low']}だけを買っても、{w['high']}だけを買っても、ふくろの中のお金はぴったりなくなります。ただし買える数は{w['low']}の"
            f"ほうが{f.more}{w['counter']}多いです。ねだんは{w['low']}が{f.low}円、{w['high']}が{f.high}円です。ふくろの中には"
            "何円入っているでしょうか。"
        ),
        lambda f, w: (
            f"ねだんが{f.low}円の{w['low']}を何{w['counter']}か買えるだけのお金で、かわりに{f.high}円の{w['high']}を買うと、数は"
            f"{f.more}{w['counter']}へりますが、おつりは出ません。このお金は全部で何円になりますか。"
        ),
    ),
    _solve_money,
    _search_money,
)

# Walking: the later one is faster


@dataclass(frozen=True, slots=True)
class Late:
    """At ``slow`` metres a minute ``late`` minutes late, at ``fast`` as many ``early``."""

    slow: int
    fast: int
    late: int
    early: int


def _draw_late(dice: random.Random, grade: int) -> Late | None:
    slow = 5 * dice.randint(*((8, 13), (8, 15), (8, 18))[grade])
    fast = slow + 5 * dice.randint(*((2, 6), (2, 9), (1, 14))[grade])
    late, early = (dice.randint(*((1, 6), (1, 9), (2, 15))[grade]) for _ in range(2))
    if (late * slow + early * fast) % (fast - slow):
        return None
    minutes = (late * slow + early * fast) // (fast - slow)
    return Late(slow, fast, late, early) if early + 1 < minutes <= 90 else None


def _solve_late(facts: Late, words: Words) -> Solution:
    behind = n(facts.slow) * n(facts.late)
    ahead = n(facts.fast) * n(facts.early)
    gap = behind.result + ahead.result
    each = n(facts.fast) - n(facts.slow)
    minutes = gap.result / each.result
    way = n(facts.slow) * (n(minutes.value) + n(facts.late))
    return Solution(
        (
            f"約束の時こくに、分速{facts.slow}mならあと{behind.equation('m')}残っています。",
            f"分速{facts.fast}mなら、{ahead.equation('m')}先まで行ける計算です。",
            f"同じ時間に進む道のりの差は、{gap.equation('m')}です。",
            f"1分ごとに{each.equation('m')}ずつ差がつくので、約束の時こくまでの時間は"
            f"{minutes.equation('分')}です。",
            f"{words['goal']}までの道のりを求めます。{way.equation('m')}",
        ),
        Answer.of(way.value, "m"),
        ("差集め算",),
    )


def _search_late(facts: Late) -> Iterator[tuple[int]]:
    """Try every time until the appointment, in whole minutes: do both walks cover the same way?"""
    for promised in range(facts.early + 1, 400):
        slowly = facts.slow * (promised + facts.late)
        if slowly == facts.fast * (promised - facts.early):
            yield (slowly,)


_GOALS: tuple[Words, ...] = (
    {"who": "ゆい", "goal": "学校"},
    {"who": "たくみ", "goal": "駅"},
    {"who": "あおい", "goal": "市民プール"},
)

_LATE = Kind(
    "早く着く・おくれる",
    _draw_late,
    _GOALS,
    (
        lambda f, w: (
            f"{w['who']}さんは家から{w['goal']}まで行きます。分速{f.slow}mで歩くと約束の時こくに{f.late}分おくれ、分速{f.fast}mで歩くと"
            f"{f.early}分早く着きます。家から{w['goal']}までは何mありますか。"
        ),
        lambda f, w: (
            f"待ち合わせの場所は{w['goal']}です。今すぐ家を出て分速{f.fast}mで歩けば{f.early}分の余ゆうがありますが、分速{f.slow}mでは"
            f"{f.late}分のちこくになってしまいます。{w['who']}さんの家から{w['goal']}までの道のりを求めなさい。"
        ),
        lambda f, w: (
            f"{w['goal']}に集まる時こくが決まっています。{w['who']}さんの計算では、1分間に{f.slow}m進む歩き方だと着くのが{f.late}分おそく、"
            f"1分間に{f.fast}m進む歩き方だと着くのが{f.early}分早いそうです。{w['who']}さんが歩く道のりは何mでしょうか。"
        ),
    ),
    _solve_late,
    _search_late,
)

FAMILY = Family("差集め算", "sashu", (_SAME_NUMBER, _DAYS, _MONEY, _LATE))
