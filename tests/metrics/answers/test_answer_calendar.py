"""Weekdays, dates and times as answers."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jtextkit.metrics.answers import (
    KINDS,
    check_answer,
    compare,
    extract_answer,
    find_values,
    read_answer,
)

WEEKDAYS = "月火水木金土日"


@pytest.mark.parametrize("day", WEEKDAYS)
@pytest.mark.parametrize(
    "form", ["答え：{}曜日", "{}曜日です。", "{}曜", "7÷7＝1なので、答えは{}曜日になります。"]
)
def test_a_weekday_is_an_answer(day: str, form: str) -> None:
    for other in WEEKDAYS:
        verdict = check_answer(form.format(other), f"{day}曜日")
        assert verdict.correct == (other == day), verdict


def test_a_weekday_is_a_value_of_its_own_kind() -> None:
    (value,) = find_values("次は金曜日です")
    assert (value.kind, value.value, value.text, value.unit) == ("weekday", "金", "金曜日", None)
    assert "weekday" in KINDS
    with pytest.raises(TypeError, match="weekday"):
        float(value)


@pytest.mark.parametrize("text", ["月曜", "月曜日"])
def test_the_moon_is_no_month(text: str) -> None:
    assert [value.kind for value in find_values(f"{text}の朝")] == ["weekday"]


@pytest.mark.parametrize(
    ("prediction", "gold", "correct"),
    [
        ("答え：12月15日", "12月15日", True),
        ("答え：11月15日", "12月15日", False),  # the month counts, too
        ("答え：12月15日金曜日", "12月15日", True),
        ("答え：11月15日金曜日", "12月15日", False),
        ("答え：12月15日（金）", "12月15日", True),
        ("答え：12月15日（金曜日）", "12月15日", True),
        ("12月15日の金曜日です", "金曜日", True),
        ("12月15日の金曜日です", "土曜日", False),
        ("2026年12月15日です", "12月15日", True),
        ("2026年12月15日です", "2025年12月15日", False),
        ("答え：十二月十五日", "12月15日", True),
        ("12月15日", "15", True),
        ("12月15日", "12", False),
        ("2025年12月", "2026年12月", False),
        ("4月3日から10日後は4月13日です", "4月13日", True),
        ("4月3日から10日後は5月13日です", "4月13日", False),
        ("兄は5月3日、弟は6月4日", "兄5月3日、弟6月4日", True),
        ("兄は5月3日、弟は7月4日", "兄5月3日、弟6月4日", False),
        ("第3土曜日", "第3", True),
        ("第3土曜日", "土曜日", True),
        ("第3土曜日", "日曜日", False),
        ("第2土曜日", "第3土曜日", False),
        ("12月15日金曜日", "12月15日土曜日", False),
        ("金曜日", "12月15日金曜日", True),
        ("12月", "12月15日", False),
    ],
)
def test_dates(prediction: str, gold: str, correct: bool) -> None:
    verdict = check_answer(prediction, gold)
    assert verdict.correct is correct, verdict


@given(st.integers(1, 12), st.integers(1, 31), st.integers(1, 12), st.integers(1, 31))
def test_two_dates_are_equal_when_both_numbers_are(m: int, d: int, n: int, e: int) -> None:
    first, second = f"{m}月{d}日", f"{n}月{e}日"
    assert compare(first, second).correct == ((m, d) == (n, e))
    assert compare(first, second) == compare(second, first)
    assert compare(first, first).relation == "equal"


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("5時20分", 320), ("午後5時20分", 1040), ("10:05", 605), ("午前十時", 600), ("3時半", 210),
        ("正午", 720), ("9:00", 540),
    ],
)  # fmt: skip
def test_clocks_are_minutes_after_midnight(text: str, minutes: int) -> None:
    (value,) = find_values(text)
    assert (value.kind, value.value) == ("clock", minutes)


def test_a_clock_can_have_a_fraction_of_a_minute() -> None:
    (value,) = find_values("2時10と10/11分")
    assert value.kind == "clock"
    assert value.value * 11 == 120 * 11 + 120
    assert check_answer("長針と短針が重なるのは2時10と10/11分です。", "2時120/11分").correct
    assert not check_answer("長針と短針が重なるのは2時10と9/11分です。", "2時10と10/11分").correct
    assert not check_answer("長針と短針が重なるのは2時10分です。", "2時10と10/11分").correct


def test_opening_hours_are_a_range_of_clocks() -> None:
    (value,) = find_values("営業時間 10:00〜20:00")
    assert (value.kind, value.value) == ("range", (600, 1200))


def test_a_ratio_with_two_digits_is_still_a_ratio() -> None:
    (value,) = find_values("男女の比は10:15")
    assert (value.kind, value.value) == ("ratio", (10, 15))


def test_hours_a_day_are_no_duration() -> None:
    assert [str(v.value) for v in find_values("1日8時間働くと、5日で40時間")] == [
        "1",
        "8",
        "5",
        "40",
    ]
    assert compare("1日8時間", "32時間").correct
    assert compare("1日と8時間", "32時間").correct


def test_the_span_of_a_date_is_all_of_it() -> None:
    found = extract_answer("答えは、2026年12月15日です。")
    assert found.text == "2026年12月15日"
    assert read_answer("12月15日").kind == "parts"
