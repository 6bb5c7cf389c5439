"""Worker processes that leave interrupts to their parent and never outlive it.

MeCab holds the interpreter's lock while it parses, so work is spread over processes. They are
spawned, not forked: polars and pyarrow run threads, whose locks a forked child would inherit.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager, suppress
from typing import Any, ParamSpec, TypeVar

from jtextkit.core.errors import WorkerError

_HANG_UP = getattr(signal, "SIGHUP", signal.SIGTERM)  # Windows has none

P = ParamSpec("P")
T = TypeVar("T")
R = TypeVar("R")


def available_cores() -> int:
    """The cores that this process may run on."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


class Workers:
    """A number of running processes; made by :func:`worker_pool`."""

    def __init__(self, number: int, pool: ProcessPoolExecutor) -> None:
        self.number = number
        self._pool = pool

    def submit(self, function: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> Future[R]:
        """Have a worker call ``function``; :func:`result_of` gives what it returned.

        Raises:
            WorkerError: a worker died.
        """
        # A process may start here, and inherits the mask: a Ctrl-C while it starts must not reach
        # it before it has said that it leaves it to us.
        with interrupts_held(), _worker_death_errors():
            return self._pool.submit(function, *args, **kwargs)

    def map(self, function: Callable[[T], R], items: Iterable[T], *, ahead: int = 2) -> Iterator[R]:
        """``map(function, items)`` in order; ``items`` is read only a little ahead of the results.

        Args:
            ahead: how many items for each process wait to be taken.

        Raises:
            WorkerError: a worker died.
        """
        # What still waits when the reader has had enough is not cancelled: an interrupt closes this
        # generator too, and the executor's thread fails when it tells a cancelled task that its process
        # is dead (mended in later Pythons). The pool's end drops it, in that thread.
        waiting: deque[Future[R]] = deque()
        for item in items:
            waiting.append(self.submit(function, item))
            if len(waiting) > ahead * self.number:
                yield result_of(waiting.popleft())
        while waiting:
            yield result_of(waiting.popleft())


def result_of(future: Future[R]) -> R:
    """What a worker returned or raised.

    Raises:
        WorkerError: it died.
    """
    with _worker_death_errors():
        return future.result()


@contextmanager
def worker_pool(number: int) -> Iterator[Workers]:
    """Up to ``number`` processes, started as they are needed.

    All have ended when this ends; by an exception, they are ended at once.
    """
    context = multiprocessing.get_context("spawn")
    before = set(multiprocessing.active_children())
    with interrupts_held():  # which the tracker of resources, started here, inherits
        pool = ProcessPoolExecutor(number, context, _start_worker)
    try:
        yield Workers(number, pool)
    except BaseException:
        for child in set(multiprocessing.active_children()) - before:
            child.terminate()
        # One of them may have been ended in the middle of a result, for the rest of which the executor's
        # thread would wait for ever while this process, too, holds the end that results are written to.
        with suppress(AttributeError, OSError):
            results: Any = pool._result_queue  # noqa: SLF001 - there is no public way to it
            results._writer.close()  # noqa: SLF001
        raise
    finally:
        pool.shutdown(cancel_futures=True)


@contextmanager
def _worker_death_errors() -> Iterator[None]:
    try:
        yield
    except BrokenProcessPool:
        cure = "free some memory, or use fewer with --workers"
        raise WorkerError("a worker process died", cure=cure) from None


@contextmanager
def interrupts_held() -> Iterator[None]:
    """Hold back Ctrl-C until the end: from processes that start here, and from this one.

    Processes inherit the mask. This one needs handlers too, since a library's thread that does not
    share the mask may be the one that the signal reaches.
    """
    if (
        not hasattr(signal, "pthread_sigmask")
        or threading.current_thread() is not threading.main_thread()
    ):
        yield
        return
    caught: list[int] = []
    handlers = {
        number: signal.signal(number, lambda number, _: caught.append(number))
        for number in {signal.SIGINT, signal.SIGTERM, _HANG_UP}
        if signal.getsignal(number) is not signal.SIG_IGN
    }
    before = signal.pthread_sigmask(signal.SIG_BLOCK, handlers)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
        for number, handler in handlers.items():
            signal.signal(number, handler)
        if caught:
            signal.raise_signal(caught[0])


def _start_worker() -> None:
    """Ctrl-C and a lost terminal reach every process of the group; the parent alone answers, and
    outlives none.
    """
    signal.signal(_HANG_UP, signal.SIG_IGN)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_UNBLOCK, (signal.SIGINT, signal.SIGTERM))
    threading.Thread(target=_die_with_parent, daemon=True).start()


def _die_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
