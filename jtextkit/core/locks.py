"""A lock that two processes (or threads) do not hold at once, and that death lets go of."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl


@contextmanager
def exclusive(path: Path) -> Iterator[None]:
    """Hold the lock that is the file ``path``; wait while another process holds it.

    The file and its folder are made if need be. The holder may remove both: those who wait then
    make them anew.

    Not handled: file systems without locks, which raise OSError. Windows' locks are written after
    its documentation, but no test has run there.
    """
    tries = 100
    while True:
        try:
            with suppress(FileExistsError):  # exist_ok would not do: it may be gone a moment later
                path.parent.mkdir(parents=True)
            descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o666)
        except FileNotFoundError:  # removed in between, unless it goes on
            tries -= 1
            if not tries:
                raise
            continue
        try:
            _acquire(descriptor)
            if _still_there(descriptor, path):
                yield
                return
        finally:
            os.close(descriptor)


def _acquire(descriptor: int) -> None:
    if sys.platform == "win32":
        while True:
            try:
                msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
            except OSError:
                time.sleep(0.1)
            else:
                return
    else:
        fcntl.flock(descriptor, fcntl.LOCK_EX)


def _still_there(descriptor: int, path: Path) -> bool:
    try:
        return os.path.samestat(os.fstat(descriptor), path.stat())
    except FileNotFoundError:
        return False
