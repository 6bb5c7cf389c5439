"""Results in the order of the tasks, from a few threads."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jtextkit.core.parallel import in_order


@given(st.lists(st.integers(), max_size=30), st.integers(1, 5), st.integers(1, 5))
def test_results_are_in_the_order_of_the_tasks(values: list[int], threads: int, ahead: int) -> None:
    tasks = [partial(int, value) for value in values]
    assert list(in_order(tasks, threads=threads, ahead=ahead)) == values


def test_slow_ones_do_not_change_the_order() -> None:
    def slow(number: int) -> int:
        time.sleep(0.02 if number % 3 == 0 else 0)
        return number

    tasks = [partial(slow, number) for number in range(20)]
    assert list(in_order(tasks, threads=4)) == list(range(20))


def test_an_exception_comes_in_its_turn() -> None:
    def fail() -> int:
        raise KeyError("second")

    results = in_order([lambda: 1, fail, lambda: 3], threads=3)
    assert next(results) == 1
    with pytest.raises(KeyError, match="second"):
        next(results)
    assert list(results) == []


def test_no_more_threads_than_asked_for() -> None:
    names = set()
    barrier = threading.Lock()

    def note() -> None:
        with barrier:
            names.add(threading.get_ident())
        time.sleep(0.005)

    list(in_order([note] * 20, threads=3))
    assert len(names) <= 3


def test_no_task_is_begun_far_ahead() -> None:
    begun: list[int] = []

    def note(number: int) -> int:
        begun.append(number)
        return number

    results = in_order([partial(note, number) for number in range(100)], threads=2, ahead=5)
    assert next(results) == 0
    time.sleep(0.05)
    assert len(begun) <= 6


def test_closing_stops_it_without_waiting() -> None:
    begun: list[int] = []
    go_on = threading.Event()

    def wait(number: int) -> None:
        begun.append(number)
        if number:
            go_on.wait(10)

    tasks: list[Callable[[], None]] = [partial(wait, number) for number in range(50)]
    results = in_order(tasks, threads=2)
    next(results)
    before = time.monotonic()
    results.close()  # type: ignore[attr-defined]
    assert time.monotonic() - before < 1
    go_on.set()
    time.sleep(0.05)
    assert len(begun) <= 4
