"""Worker processes: order, how far they read ahead, and what becomes of failures."""

from __future__ import annotations

import multiprocessing
import operator
import os
import time
from collections.abc import Iterator

import pytest

from jtextkit.core.errors import TextError, WorkerError
from jtextkit.core.processes import available_cores, result_of, worker_pool
from jtextkit.core.text import check_text


def test_results_come_in_order_and_items_are_read_little_by_little() -> None:
    read = []

    def items() -> Iterator[int]:
        for number in range(40):
            read.append(number)
            yield number

    with worker_pool(2) as pool:
        results = []
        for result in pool.map(operator.neg, items()):
            results.append(result)
            assert len(read) - len(results) <= 2 * pool.number + 1
    assert results == [-number for number in range(40)]
    assert multiprocessing.active_children() == []


def test_an_error_of_ours_keeps_its_kind() -> None:
    with worker_pool(1) as pool, pytest.raises(TextError, match="the text is empty"):
        list(pool.map(check_text, ["魚", "", "水"]))


def test_a_death_is_a_worker_error_and_ends_the_pool() -> None:
    with pytest.raises(WorkerError, match="--workers"), worker_pool(1) as pool:
        result_of(pool.submit(os._exit, 3))
    with worker_pool(1) as pool:
        with pytest.raises(WorkerError):
            result_of(pool.submit(os._exit, 3))
        with pytest.raises(WorkerError):
            pool.submit(operator.neg, 1)


def test_an_exception_ends_workers_at_once() -> None:
    started = time.monotonic()
    with pytest.raises(KeyError), worker_pool(1) as pool:  # noqa: PT012 - the block is what fails
        pool.submit(time.sleep, 60)
        time.sleep(0.5)
        raise KeyError
    assert time.monotonic() - started < 10
    assert multiprocessing.active_children() == []


def _large(_: int) -> str:
    return "x" * 50_000_000


@pytest.mark.parametrize("delay", [0.0, 0.01, 0.02])
def test_workers_that_are_ended_in_the_middle_of_a_result(delay: float) -> None:
    """Waited for the rest of it for ever, once."""

    def interrupted() -> None:
        with worker_pool(2) as pool:
            results = pool.map(_large, range(20), ahead=8)
            next(results)
            time.sleep(delay)
            raise KeyboardInterrupt

    started = time.monotonic()
    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert time.monotonic() - started < 15


def test_a_reader_that_has_enough_leaves_nothing_that_a_death_trips_over() -> None:
    """An exception in the executor's thread, which pytest turns into a failure, once."""
    with pytest.raises(WorkerError), worker_pool(1) as pool:  # noqa: PT012 - the block is what fails
        results = pool.map(time.sleep, [0, *[60] * 9], ahead=8)
        next(results)
        results.close()  # type: ignore[attr-defined]  # as an interrupt of the reader does
        for child in multiprocessing.active_children():
            child.terminate()
            child.join()
        result_of(pool.submit(operator.neg, 1))


def test_cores() -> None:
    assert 1 <= available_cores() <= (os.cpu_count() or 1)
