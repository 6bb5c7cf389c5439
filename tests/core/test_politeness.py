"""The pace to one host, waits that grow, and what Retry-After says."""

from __future__ import annotations

import threading
import time

import pytest
from cache_checks import Waits
from hypothesis import given
from hypothesis import strategies as st

from jtextkit.core.politeness import Clock, Pace, backoff, retry_after


@pytest.fixture
def stopped() -> tuple[Waits, Clock]:
    """A clock that moves only when somebody sleeps."""
    waits = Waits()
    return waits, Clock(now=lambda: 100.0 + waits.jumped, sleep=waits.sleep)


def test_the_first_goes_at_once_and_the_others_in_the_pace(stopped: tuple[Waits, Clock]) -> None:
    waits, clock = stopped
    pace = Pace(4.0, clock=clock)
    for _ in range(5):
        pace.wait("example.org")
    assert waits.waits == [0.25] * 4


def test_hosts_do_not_wait_for_each_other(stopped: tuple[Waits, Clock]) -> None:
    waits, clock = stopped
    pace = Pace(4.0, clock=clock)
    for number in range(9):
        pace.wait(f"{number}.example.org")
    assert waits.waits == []


def test_time_that_passed_anyway_counts(stopped: tuple[Waits, Clock]) -> None:
    waits, clock = stopped
    pace = Pace(4.0, clock=clock)
    pace.wait("a")
    waits.jumped += 0.2
    pace.wait("a")
    assert waits.waits == [pytest.approx(0.05)]
    waits.jumped += 9
    pace.wait("a")
    assert len(waits.waits) == 1


def test_a_hold_is_for_the_host_and_the_longest_counts(stopped: tuple[Waits, Clock]) -> None:
    waits, clock = stopped
    pace = Pace(4.0, clock=clock)
    pace.hold("a", 30.0)
    pace.hold("a", 10.0)
    pace.wait("b")
    assert waits.waits == []
    pace.wait("a", spaced=False)
    assert waits.waits == [30.0]
    pace.wait("a", spaced=False)
    assert waits.waits == [30.0]


def test_a_hold_that_comes_while_another_thread_waits_is_kept(
    stopped: tuple[Waits, Clock],
) -> None:
    waits, _ = stopped
    sleeps: list[float] = []

    def sleep(seconds: float) -> None:
        sleeps.append(seconds)
        waits.jumped += seconds
        if len(sleeps) == 1:
            pace.hold("a", 5.0)

    pace = Pace(1.0, clock=Clock(now=lambda: waits.jumped, sleep=sleep))
    pace.wait("a")
    pace.wait("a")
    assert sleeps == [1.0, 5.0]


def test_many_threads_keep_one_pace() -> None:
    pace = Pace(100.0)
    moments: list[float] = []

    def go() -> None:
        for _ in range(5):
            pace.wait("a")
            moments.append(time.monotonic())

    threads = [threading.Thread(target=go) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert max(moments) - min(moments) >= 0.19 * 0.98
    assert len(moments) == 20


@given(st.integers(0, 10_000), st.floats(0, 1, exclude_max=True))
def test_backoff_is_bounded_and_anywhere_in_its_span(attempt: int, chance: float) -> None:
    assert 0 <= backoff(attempt, chance) < 30.001
    assert backoff(attempt, 0.0) == 0.0
    assert backoff(attempt + 1, chance) >= backoff(attempt, chance)


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("0", 0.0),
        (" 7 ", 7.0),
        ("99999999999999999999", 1e20),
        ("9" * 5000, float("inf")),
        ("Sun, 09 Sep 2001 01:46:50 GMT", 10.0),
        ("Sunday, 09-Sep-01 01:46:50 GMT", 10.0),
        ("Sun, 09 Sep 2001 01:46:30 GMT", 0.0),  # passed
        ("soon", None),
        ("-1", None),
        ("1.5", None),
        ("１", None),
        ("", None),
        (None, None),
        ("Sun, 99 Foo 2001 01:46:50 GMT", None),
        ("Sun, 09 Sep 999999999999 01:46:50 GMT", None),
    ],
)
def test_retry_after(value: str | None, seconds: float | None) -> None:
    assert retry_after(value, 1_000_000_000.0) == seconds


@given(st.text())
def test_any_text_is_a_wait_or_none(value: str) -> None:
    wait = retry_after(value, 0.0)
    assert wait is None or wait >= 0
