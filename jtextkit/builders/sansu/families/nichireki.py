"""日暦算: days, weeks and months."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from jtextkit.builders.sansu.expressions import n
from jtextkit.builders.sansu.problems import Answer, Family, Kind, Solution, Words

_WEEK = "月火水木金土日"
_LENGTHS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_COMMON = 2026
"""A year without a leap day, for calendars that name none."""

_EVENTS: tuple[Words, ...] = (
    {"event": "運動会", "who": "はるき"},
    {"event": "遠足", "who": "ここな"},
    {"event": "音楽会", "who": "ゆうま"},
    {"event": "お祭り", "who": "りん"},
)

# The weekday after days


@dataclass(frozen=True, slots=True)
class After:
    """Today is weekday ``today`` (0 Monday); ``days`` from now."""

    today: int
    days: int


def _draw_after(dice: random.Random, grade: int) -> After | None:
    days = dice.randint(*((20, 400), (100, 1000), (500, 5000))[grade])
    return After(dice.randrange(7), days) if days % 7 else None


def _solve_after(facts: After, _words: Words) -> Solution:
    weeks, rest = divmod(facts.days, 7)
    day = _WEEK[(facts.today + rest) % 7]
    return Solution(
        (
            f"曜日は7日ごとにくり返します。{facts.days}÷7＝{weeks}あまり{rest}",
            f"{weeks}週間後も{_WEEK[facts.today]}曜日なので、そこからさらに{rest}日進めると{day}曜日です。",
        ),
        Answer(_weekday((facts.today + rest) % 7), f"{day}曜日"),
        ("日暦算", "周期算"),
    )


def _weekday(number: int) -> tuple[Fraction]:
    return (Fraction(number),)


def _search_after(facts: After) -> Iterator[tuple[int]]:
    """Turn the calendar day by day."""
    day = date(2024, 1, 1) + timedelta(days=facts.today)  # a Monday, and on
    yield ((day + timedelta(days=facts.days)).weekday(),)


_AFTER = Kind(
    "何日後の曜日",
    _draw_after,
    _EVENTS,
    (
        lambda f, _w: f"今日は{_WEEK[f.today]}曜日です。今日から{f.days}日後は何曜日ですか。",
        lambda f, w: (
            f"{w['event']}までちょうど{f.days}日あります。今日が{_WEEK[f.today]}曜日だとすると、{w['event']}の日は何曜日になりますか。"
        ),
        lambda f, w: (
            f"{w['who']}さんは{_WEEK[f.today]}曜日に日記をつけ始め、その日を0日目として毎日数えています。{f.days}日目にあたるのは何曜日でしょうか。"
        ),
    ),
    _solve_after,
    _search_after,
)

# Days from one date to another


@dataclass(frozen=True, slots=True)
class DateSpan:
    """From one date of a common year to another, months and days counted from 1."""

    month: int
    day: int
    last_month: int
    last_day: int
    today: int


def _draw_span(dice: random.Random, grade: int) -> DateSpan | None:
    month = dice.randint(1, 11)
    last = month + dice.randint(1, (2, 4, 11)[grade])
    if last > 12:
        return None
    day, last_day = dice.randint(1, _LENGTHS[month - 1]), dice.randint(1, _LENGTHS[last - 1])
    return DateSpan(month, day, last, last_day, dice.randrange(7))


def _solve_span(facts: DateSpan, _words: Words) -> Solution:
    length = _LENGTHS[facts.month - 1]
    rest = n(length) - n(facts.day)
    days = n(int(rest.value))
    between = range(facts.month + 1, facts.last_month)
    for month in between:
        days = days + n(_LENGTHS[month - 1])
    days = days + n(facts.last_day)
    total = int(days.value)
    weeks, over = divmod(total, 7)
    day = _WEEK[(facts.today + over) % 7]
    names = "、".join(f"{month}月は{_LENGTHS[month - 1]}日" for month in between)
    steps = [
        f"{facts.month}月は{length}日までなので、{facts.month}月の残りは{rest.equation('日')}です。"
    ]
    if names:
        steps.append(f"間の月の日数は、{names}です。")
    steps += [
        f"{facts.last_month}月{facts.last_day}日までの日数を合わせます。{days.equation('日')}",
        f"曜日は7日ごとにくり返します。{total}÷7＝{weeks}あまり{over}",
        f"{_WEEK[facts.today]}曜日から{over}日進めると{day}曜日です。",
    ]
    return Solution(
        tuple(steps), Answer(_weekday((facts.today + over) % 7), f"{day}曜日"), ("日暦算",)
    )


def _search_span(facts: DateSpan) -> Iterator[tuple[int]]:
    """Count the days on a calendar of a common year."""
    start = date(_COMMON, facts.month, facts.day)
    end = date(_COMMON, facts.last_month, facts.last_day)
    weekday = facts.today
    while start < end:
        start, weekday = start + timedelta(days=1), (weekday + 1) % 7
    yield (weekday,)


_SPAN = Kind(
    "何月何日の曜日",
    _draw_span,
    _EVENTS,
    (
        lambda f, _w: (
            f"ある年の{f.month}月{f.day}日は{_WEEK[f.today]}曜日でした。同じ年の{f.last_month}月{f.last_day}日は何曜日ですか。ただし、うるう年ではありません。"
        ),
        lambda f, w: (
            f"カレンダーで{f.month}月{f.day}日を見ると{_WEEK[f.today]}曜日です。{w['event']}はその年の{f.last_month}月{f.last_day}日に開かれます。2月が28日までの年だと"
            f"すると、{w['event']}は何曜日になりますか。"
        ),
        lambda f, w: (
            f"{w['who']}さんは{f.last_month}月{f.last_day}日の曜日を知りたいと思いました。わかっているのは、その年がうるう年ではないことと、{f.month}月{f.day}日が"
            f"{_WEEK[f.today]}曜日であることです。何曜日か求めなさい。"
        ),
    ),
    _solve_span,
    _search_span,
)

# How many days


@dataclass(frozen=True, slots=True)
class Days:
    """The days from a date to a date, both counted."""

    month: int
    day: int
    last_month: int
    last_day: int


def _draw_days(dice: random.Random, grade: int) -> Days | None:
    span = _draw_span(dice, grade)
    return None if span is None else Days(span.month, span.day, span.last_month, span.last_day)


def _solve_days(facts: Days, _words: Words) -> Solution:
    length = _LENGTHS[facts.month - 1]
    first = n(length) - n(facts.day) + n(1)
    total = first.result
    between = range(facts.month + 1, facts.last_month)
    for month in between:
        total = total + n(_LENGTHS[month - 1])
    total = total + n(facts.last_day)
    names = "、".join(f"{month}月が{_LENGTHS[month - 1]}日" for month in between)
    middle = (f"間の月は、{names}あります。",) if names else ()
    return Solution(
        (
            f"{facts.month}月は、{facts.day}日もふくめて{first.equation('日')}あります。",
            *middle,
            f"{facts.last_month}月の{facts.last_day}日までを合わせます。{total.equation('日')}",
        ),
        Answer.of(total.value, "日間"),
        ("日暦算", "植木算"),
    )


def _search_days(facts: Days) -> Iterator[tuple[int]]:
    """Cross the days off, one after the other."""
    day, end = (
        date(_COMMON, facts.month, facts.day),
        date(_COMMON, facts.last_month, facts.last_day),
    )
    crossed = 0
    while day <= end:
        day, crossed = day + timedelta(days=1), crossed + 1
    yield (crossed,)


_DAYS = Kind(
    "何日間",
    _draw_days,
    _EVENTS,
    (
        lambda f, _w: (
            f"{f.month}月{f.day}日から{f.last_month}月{f.last_day}日までは、最初の日と最後の日もふくめて何日間ありますか。うるう年ではない年で考えます。"
        ),
        lambda f, w: (
            f"{w['who']}さんは{w['event']}の練習を{f.month}月{f.day}日に始め、{f.last_month}月{f.last_day}日まで1日も休みませんでした。練習した日数を求めなさい。ただし、"
            "2月は28日までとします。"
        ),
        lambda f, _w: (
            f"写真展が{f.month}月{f.day}日に始まり、{f.last_month}月{f.last_day}日が最終日です。毎日開かれるとすると、開かれる日は全部で何日間でしょうか。"
            "この年の2月は28日まであります。"
        ),
    ),
    _solve_days,
    _search_days,
)

# How many of a weekday


@dataclass(frozen=True, slots=True)
class Weekdays:
    """In ``days`` days that begin on ``first``, how many are ``asked``?"""

    first: int
    days: int
    asked: int


def _draw_weekdays(dice: random.Random, grade: int) -> Weekdays | None:
    days = dice.randint(*((20, 120), (60, 400), (200, 2000))[grade])
    return Weekdays(dice.randrange(7), days, dice.randrange(7)) if days % 7 else None


def _solve_weekdays(facts: Weekdays, _words: Words) -> Solution:
    weeks, rest = divmod(facts.days, 7)
    last = [_WEEK[(facts.first + i) % 7] for i in range(rest)]
    more = 1 if _WEEK[facts.asked] in last else 0
    total = n(weeks) + n(more)
    word = "ふくまれます" if more else "ふくまれません"
    return Solution(
        (
            f"1週間の中に{_WEEK[facts.asked]}曜日は1回あります。{facts.days}÷7＝{weeks}あまり{rest}",
            f"あまりの{rest}日は{'、'.join(last)}曜日で、{_WEEK[facts.asked]}曜日は{word}。",
            f"全部の回数を求めます。{total.equation('回')}",
        ),
        Answer.of(total.value, "回"),
        ("日暦算", "周期算"),
    )


def _search_weekdays(facts: Weekdays) -> Iterator[tuple[int]]:
    yield (sum((facts.first + i) % 7 == facts.asked for i in range(facts.days)),)


_WEEKDAYS = Kind(
    "曜日の回数",
    _draw_weekdays,
    _EVENTS,
    (
        lambda f, _w: (
            f"{_WEEK[f.first]}曜日から始まる{f.days}日間に、{_WEEK[f.asked]}曜日は何回ありますか。"
        ),
        lambda f, w: (
            f"{w['who']}さんは毎週{_WEEK[f.asked]}曜日にプールへ行きます。今日は{_WEEK[f.first]}曜日で、今日もふくめて{f.days}日間この習慣を続けると、プールへ行くのは"
            "何回でしょうか。"
        ),
        lambda f, w: (
            f"{w['event']}まで、今日を1日目として{f.days}日あります。{_WEEK[f.asked]}曜日ごとに集まって準備をすることになりました。今日が{_WEEK[f.first]}曜日であるとき、"
            "集まる回数を求めなさい。"
        ),
    ),
    _solve_weekdays,
    _search_weekdays,
)

FAMILY = Family("日暦算", "nichireki", (_AFTER, _SPAN, _DAYS, _WEEKDAYS))
