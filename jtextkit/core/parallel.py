"""Tasks that wait, run in a few threads; their results come in the order of the tasks."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from typing import TypeVar

T = TypeVar("T")


def in_order(tasks: Sequence[Callable[[], T]], *, threads: int, ahead: int = 64) -> Iterator[T]:
    """The results of ``tasks`` in their order, from a few threads.

    For tasks that wait, not for ones that compute. An exception is raised in its turn. No task is
    begun more than ``ahead`` before the one that is being waited for. When the iterator is closed
    (or the program interrupted), no further task begins; those that run are not waited for (as those
    of an executor would be): they must be such that they may be killed, as downloads into the cache
    are.
    """
    results: list[Future[T]] = [Future() for _ in tasks]
    waiting = iter(zip(tasks, results, strict=True))
    taking = threading.Lock()
    turns = threading.Semaphore(ahead)
    stopped = threading.Event()

    def work() -> None:
        while True:
            turns.acquire()
            with taking:
                task, result = next(waiting, (None, None))
            if task is None or result is None or stopped.is_set():
                return
            try:
                result.set_result(task())
            except BaseException as error:  # noqa: BLE001 - raised again where the result is taken
                result.set_exception(error)

    for _ in range(min(threads, len(tasks))):
        threading.Thread(target=work, daemon=True).start()
    try:
        for result in results:
            found = result.result()
            turns.release()
            yield found
    finally:
        stopped.set()
        turns.release(threads)
