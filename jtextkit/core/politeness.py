"""How not to be a burden: requests to one host in a measured pace, tried again after waits that grow.

The pace is kept within one process; two processes at work at once ask twice as often.
"""

from __future__ import annotations

import math
import random
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from email.utils import mktime_tz, parsedate_tz
from typing import TypeVar

from jtextkit.core.errors import DownloadError, JtextkitError, UnavailableError

T = TypeVar("T")

REQUESTS_A_SECOND = 4.0
"""To one host. Aozora Bunko is kept up by volunteers."""

_FIRST_WAIT, _LONGEST_WAIT = 1.0, 30.0


@dataclass(frozen=True, slots=True)
class Patience:
    """When to give up."""

    attempts: int = 6
    seconds: float = 600.0
    """After this long, no further attempt is made."""
    timeout: float = 30.0
    """For connecting, and for any wait for more bytes."""
    longest_wait: float = 120.0
    """What a server may ask to wait with ``Retry-After``."""


@dataclass
class AgainError(Exception):
    """An attempt that failed and is worth repeating, up to ``attempts`` times where that is given.

    Attributes:
        kind: what it becomes in the end; where that is UnavailableError, all others wait as well.
        wait: the seconds that the server asks to wait.
    """

    problem: str
    kind: type[JtextkitError] = DownloadError
    cure: str = ""
    wait: float | None = None
    attempts: float | None = None


@dataclass(frozen=True, slots=True)
class Clock:
    """Time and chance, which tests replace."""

    now: Callable[[], float] = time.monotonic
    wall: Callable[[], float] = time.time
    sleep: Callable[[float], None] = time.sleep
    chance: Callable[[], float] = random.random


class Pace:
    """Says when the next request to a host may go out; threads share one."""

    def __init__(self, rate: float = REQUESTS_A_SECOND, *, clock: Clock | None = None) -> None:
        self.clock = clock or Clock()
        self._gap = 1 / rate
        self._next: dict[str, float] = {}
        self._held: dict[str, float] = {}
        self._lock = threading.Lock()

    def wait(self, host: str, *, spaced: bool = True) -> None:
        """Sleep until a request to ``host`` may go out; without ``spaced``, only while it is held."""
        while True:
            with self._lock:
                now = self.clock.now()
                turn = max(self._held.get(host, now), self._next.get(host, now) if spaced else now)
                if turn <= now:
                    self._next[host] = now + self._gap
                    return
            self.clock.sleep(turn - now)  # and look again: a hold or another thread may have come

    def hold(self, host: str, seconds: float) -> None:
        """Let no request to ``host`` go out for ``seconds``, whichever thread makes it."""
        with self._lock:
            self._held[host] = max(self._held.get(host, 0.0), self.clock.now() + seconds)

    def patiently(
        self, attempt: Callable[[], T], patience: Patience, host: str, *, where: str, cure: str
    ) -> T:
        """What ``attempt`` gives, made again while it raises :class:`AgainError` and patience lasts.

        Raises:
            JtextkitError: it was in vain, or the server asks to wait for too long.
        """
        clock, tried = self.clock, 1
        end = clock.now() + patience.seconds
        while True:
            try:
                return attempt()
            except AgainError as failure:
                wait = backoff(tried - 1, clock.chance()) if failure.wait is None else failure.wait
                problem = failure.problem
                if failure.wait:
                    problem = f"{problem} and asks to wait {duration(wait)}"
                if wait > patience.longest_wait:
                    cure = "run this again then: what has come is kept"
                    raise UnavailableError(problem, where=where, cure=cure) from None
                if tried >= (failure.attempts or patience.attempts) or clock.now() + wait > end:
                    problem += " (tried once)" if tried == 1 else f" (tried {tried} times)"
                    raise failure.kind(problem, where=where, cure=failure.cure or cure) from None
                if failure.kind is UnavailableError:
                    self.hold(host, wait)  # whoever asks next waits as well
                else:
                    clock.sleep(wait)
                tried += 1


def duration(seconds: float) -> str:
    """A time for people, in the largest unit of which it has two."""
    for unit, size in (("years", 31_557_600), ("days", 86400), ("hours", 3600), ("minutes", 60)):
        if math.isfinite(seconds) and seconds >= 2 * size:
            return f"{seconds / size:.0f} {unit}"
    return f"{seconds:.0f} seconds" if math.isfinite(seconds) else "for ever"


def backoff(attempt: int, chance: float) -> float:
    """Seconds to wait after failure number ``attempt`` (from 0): anything up to a doubling limit.

    ``chance`` is in [0, 1). Spread over the whole span, so that many clients that failed together
    do not come back together.

    >>> [backoff(attempt, 0.5) for attempt in range(7)]
    [0.5, 1.0, 2.0, 4.0, 8.0, 15.0, 15.0]
    """
    return chance * min(_LONGEST_WAIT, _FIRST_WAIT * 2.0 ** min(attempt, 30))


def retry_after(value: str | None, wall: float) -> float | None:
    """The seconds that a ``Retry-After`` asks for, as a number or a date; None if it says nothing.

    >>> retry_after("120", 0.0), retry_after("Thu, 01 Jan 1970 00:00:30 GMT", 10.0)
    (120.0, 20.0)
    """
    value = (value or "").strip()
    if value.isascii() and value.isdigit():
        return float(value)
    try:
        fields = parsedate_tz(value)
        return None if fields is None else max(0.0, float(mktime_tz(fields)) - wall)
    except (ValueError, OverflowError, TypeError, IndexError):
        return None
