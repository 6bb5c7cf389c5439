"""How much memory is free, and a border for what a process takes of it.

Linux alone knows either; elsewhere nothing is known to be free, and no border is set.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

_CGROUP = Path("/sys/fs/cgroup")


def free_memory() -> int | None:
    """Bytes that this machine, or the container that this runs in, can still give."""
    free = _kilobytes(Path("/proc/meminfo"), "MemAvailable")
    with suppress(OSError, ValueError):  # no container, or one without a border ("max")
        most = int((_CGROUP / "memory.max").read_text())
        left = most - int((_CGROUP / "memory.current").read_text())
        return max(0, min(left, free or left))
    return free


def half_of_the_free(processes: int = 1) -> int | None:
    """Bytes that work may take where nobody said how many; at least a gigabyte a process."""
    free = free_memory()
    return None if free is None else max(free // 2, processes << 30)


@contextmanager
def at_most(more: int | None) -> Iterator[None]:
    """Let this process take so many bytes ``more`` than now; None is no border.

    A narrower border that stands already is kept. Beyond it, memory that is asked for is refused, which is a MemoryError. Arrow's own pools keep more
    than they use, so its allocations go to the system's while there is a border.
    """
    if more is None or not Path("/proc/self/status").exists():
        yield
        return
    import resource

    import pyarrow as pa
    import pyarrow.parquet

    taken = _kilobytes(Path("/proc/self/status"), "VmData") or 0
    before = resource.getrlimit(resource.RLIMIT_DATA)
    given = [one for one in before if one != resource.RLIM_INFINITY]  # by ulimit -d, say
    pool = pa.default_memory_pool()
    pa.set_memory_pool(pa.system_memory_pool())
    try:
        resource.setrlimit(resource.RLIMIT_DATA, (min([taken + more, *given]), before[1]))
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_DATA, before)
        pa.set_memory_pool(pool)


def _kilobytes(path: Path, name: str) -> int | None:
    """A line of Linux's tables, in bytes."""
    with suppress(OSError):
        found = re.search(rf"^{name}:\s*(\d+) kB", path.read_text(), re.MULTILINE)
        return int(found[1]) << 10 if found else None
    return None
