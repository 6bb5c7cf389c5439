"""Tasks that wait, run in a few threads; their results come in the order of the tasks."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from typing import Generic, NoReturn, TypeVar

T = TypeVar("T")


def in_order(tasks: Sequence[Callable[[], T]], *, threads: int, ahead: int = 64) -> Iterator[T]:
    """The results of ``tasks`` in their order, from a few threads.

    For tasks that wait, not for ones that compute. An exception is raised in its turn. No task is
    begun more than ``ahead`` before the one that is being waited for. When the iterator is closed
    (or the program interrupted), no further task begins; those that run are not waited for: they
    must be such that they may be killed, as downloads into the cache are.
    """
    work = _Work(tasks, ahead)
    for _ in range(min(threads, len(tasks))):
        threading.Thread(target=work.run, daemon=True).start()
    try:
        for number in range(len(tasks)):
            yield work.take(number)
    finally:
        work.stop()


class _Work(Generic[T]):
    def __init__(self, tasks: Sequence[Callable[[], T]], ahead: int) -> None:
        self._tasks = tasks
        self._ahead = ahead
        self._begun = 0
        self._taken = 0
        self._stopped = False
        self._done: dict[int, Callable[[], T]] = {}
        self._changed = threading.Condition()

    def run(self) -> None:
        while (number := self._next()) is not None:
            try:
                result: Callable[[], T] = _returning(self._tasks[number]())
            except BaseException as error:  # noqa: BLE001 - raised again where the result is taken
                result = _raising(error)
            with self._changed:
                self._done[number] = result  # a function: errors, too, wait for their turn
                self._changed.notify_all()

    def take(self, number: int) -> T:
        with self._changed:
            self._changed.wait_for(lambda: number in self._done)
            self._taken = number + 1
            self._changed.notify_all()
            result = self._done.pop(number)
        return result()

    def stop(self) -> None:
        with self._changed:
            self._stopped = True
            self._changed.notify_all()

    def _next(self) -> int | None:
        with self._changed:
            self._changed.wait_for(lambda: self._stopped or self._begun < self._taken + self._ahead)
            if self._stopped or self._begun >= len(self._tasks):
                return None
            self._begun += 1
            return self._begun - 1


def _returning(value: T) -> Callable[[], T]:
    return lambda: value


def _raising(error: BaseException) -> Callable[[], NoReturn]:
    def fail() -> NoReturn:
        raise error

    return fail
