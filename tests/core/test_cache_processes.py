"""Several processes at one cache, some of them killed: fetched once, and always the same bytes."""

from __future__ import annotations

import hashlib
import itertools
import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import fault_server as faults
import pytest
from cache_checks import contents, leftovers
from fault_server import FaultServer

from jtextkit.core.cache import Cache, Request
from jtextkit.core.files import exclusive

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform == "win32", reason="locks and signals of POSIX"),
]

TEXT = random.Random(3).randbytes(1_500_000)
CAP = 5_000_000

FETCH = """
import sys
from pathlib import Path
from jtextkit.core.cache import Cache, Request
folder, *urls = sys.argv[1:]
print("ready", flush=True)
for result in Cache(Path(folder)).fetch_many([Request(url, 5_000_000) for url in urls], stage="x"):
    print(result, flush=True)
"""


@contextmanager
def python(root: Path, code: str, *arguments: object) -> Iterator[subprocess.Popen[str]]:
    process = subprocess.Popen(
        [sys.executable, "-c", code, *map(str, arguments)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(root)},
    )
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def wait_until(true: object, seconds: float = 20.0) -> None:
    assert callable(true)
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end
        time.sleep(0.005)


def tree(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_two_processes_at_once_fetch_once(server: FaultServer, tmp_path: Path, root: Path) -> None:
    urls = [server.put(f"{number}.txt", TEXT[number:]) for number in range(3)]
    server.rate = 4_000_000
    with (
        python(root, FETCH, tmp_path / "cache", *urls) as one,
        python(root, FETCH, tmp_path / "cache", *reversed(urls)) as other,
    ):
        said = [process.communicate(timeout=60)[0].splitlines() for process in (one, other)]
    assert said[0][1:] == said[1][:0:-1]
    assert sorted(request.path for request in server.seen) == ["/0.txt", "/1.txt", "/2.txt"]
    assert len(contents(tmp_path / "cache")) == 3


def test_who_waits_for_one_that_is_killed_fetches_in_its_place(
    server: FaultServer, tmp_path: Path, root: Path
) -> None:
    url = server.put("a.txt", TEXT)
    server.script("a.txt", faults.stall(1_000_000))
    with (
        python(root, FETCH, tmp_path / "cache", url) as first,
        python(root, FETCH, tmp_path / "cache", url) as second,
    ):
        wait_until(lambda: server.sent() >= 1_000_000)
        time.sleep(0.3)
        assert len(server.seen) == 1
        holder, waiter = (first, second) if holds(first) else (second, first)
        holder.kill()
        said, _ = waiter.communicate(timeout=30)
    assert Path(said.splitlines()[1]).read_bytes() == TEXT
    assert [request.status for request in server.seen] == [200, 200]
    assert leftovers(tmp_path / "cache") == []


def holds(process: subprocess.Popen[str]) -> bool:
    """Whether it is this process that is connected to the server."""
    files = Path(f"/proc/{process.pid}/fd")
    if not files.exists():
        pytest.skip("looks at open files in Linux's /proc")
    return any("socket:" in str(file.readlink()) for file in files.iterdir())


def test_an_interrupt_ends_it_at_once(server: FaultServer, tmp_path: Path, root: Path) -> None:
    urls = [server.put(f"{number}.txt", TEXT) for number in range(9)]
    server.always = faults.stall(100_000)
    with python(root, FETCH, tmp_path / "cache", *urls) as process:
        wait_until(lambda: len(server.seen) == 4)
        before = time.monotonic()
        process.send_signal(signal.SIGINT)
        _, said = process.communicate(timeout=20)
        assert time.monotonic() - before < 3
    assert "KeyboardInterrupt" in said
    assert "Fatal" not in said
    server.always = None
    cache = Cache(tmp_path / "cache")
    for result in cache.fetch_many([Request(url, CAP) for url in urls], stage="x"):
        assert isinstance(result, Path)
        assert result.read_bytes() == TEXT
    assert leftovers(cache.folder) == []


# Killed

KILLING = """
import json, os, random, signal, sys, time
from pathlib import Path
from jtextkit.core.cache import Cache, Request

root, wanted, span, *urls = sys.argv[1:]
chance = random.Random(int(wanted))
kills, number = 0, 0

def start(folder):
    child = os.fork()
    if child:
        return child
    try:
        for result in Cache(folder).fetch_many([Request(url, 5_000_000) for url in urls], stage="x"):
            assert isinstance(result, Path), result
        os._exit(0)
    finally:
        os._exit(1)

while kills < int(wanted):
    folder, number = Path(root) / str(number), number + 1
    for _ in range(5):
        child = start(folder)
        time.sleep(chance.uniform(0, float(span)))
        os.kill(child, signal.SIGKILL)
        _, status = os.waitpid(child, 0)
        if not os.WIFSIGNALED(status):
            assert os.WEXITSTATUS(status) == 0, status
            break
        kills += 1
    _, status = os.waitpid(start(folder), 0)
    assert status == 0, status
print(json.dumps({"kills": kills, "folders": number}))
"""


def test_killed_at_random_moments_it_ends_with_the_same_bytes(
    server: FaultServer, tmp_path: Path, root: Path
) -> None:
    sizes = [0, 1, 40_000, 120_000, 700_000, 300_000, 90_000]
    urls = [server.put(f"{number}.txt", TEXT[:size]) for number, size in enumerate(sizes)]
    undisturbed = Cache(tmp_path / "undisturbed")
    server.rate = 4_000_000
    before = time.monotonic()
    list(undisturbed.fetch_many([Request(url, CAP) for url in urls], stage="x"))
    span = time.monotonic() - before
    with python(root, KILLING, tmp_path / "killed", 50, span, *urls) as process:
        said, errors = process.communicate(timeout=120)
    assert process.returncode == 0, errors
    done = json.loads(said)
    assert done["kills"] >= 50
    expected = tree(undisturbed.folder)
    assert sorted(contents(undisturbed.folder)) == sorted(TEXT[:size] for size in sizes)
    for number in range(done["folders"]):
        assert tree(tmp_path / "killed" / str(number)) == expected


STEPS = """
import os, signal, sys
from pathlib import Path
from jtextkit.core.cache import Cache
from jtextkit.core.download import Downloader
from jtextkit.core.politeness import Clock

root, url = Path(sys.argv[1]), sys.argv[2]
steps = {"open", "os.rename", "os.remove", "os.rmdir", "os.mkdir", "os.truncate", "fcntl.flock"}

def run(folder, last, sha256):
    child = os.fork()
    if not child:
        left = [last]
        def count(event, arguments):
            if event in steps:
                left[0] -= 1
                if left[0] == 0:
                    os.kill(os.getpid(), signal.SIGKILL)
        if last:
            sys.addaudithook(count)
        try:
            cache = Cache(folder, downloader=Downloader(clock=Clock(chance=lambda: 0.0)))
            cache.fetch(url, max_bytes=5_000_000, sha256=sha256)
            os._exit(0)
        finally:
            os._exit(1)
    return os.waitpid(child, 0)[1]

sha256 = sys.argv[3] if sys.argv[3:] else None
for step in range(1, 1000):
    folder = root / str(step)
    status = run(folder, step, sha256)
    assert run(folder, 0, sha256) == 0
    if status == 0:
        break
print(step)
"""


@pytest.mark.parametrize("fault", ["none", "cut"])
def test_killed_at_each_of_its_steps_it_ends_with_the_same_bytes(
    fault: str, server: FaultServer, tmp_path: Path, root: Path
) -> None:
    url = server.put("a.txt", TEXT)
    if fault == "cut":
        server.always = cutting_every_other()
    undisturbed = Cache(tmp_path / "undisturbed")
    undisturbed.fetch(url, max_bytes=CAP)
    with python(root, STEPS, tmp_path / "killed", url) as process:
        said, errors = process.communicate(timeout=120)
    assert process.returncode == 0, errors
    assert int(said) > 10
    for number in range(1, int(said) + 1):
        assert tree(tmp_path / "killed" / str(number)) == tree(undisturbed.folder), number


def cutting_every_other() -> faults.Fault:
    """Cut every other answer."""
    turns = itertools.cycle((faults.cut(900_000), faults.well))

    def fault(handler: faults.Handler) -> None:
        next(turns)(handler)

    return fault


def test_killed_at_each_step_of_replacing_a_copy_it_has_the_old_or_the_new(
    server: FaultServer, tmp_path: Path, root: Path
) -> None:
    old, new = TEXT[:100_000], TEXT[100_000:]
    url = server.put("a.txt", old)
    for number in range(1, 61):
        Cache(tmp_path / "killed" / str(number)).fetch(url, max_bytes=CAP)
    server.put("a.txt", new)
    with python(root, STEPS, tmp_path / "killed", url, hashlib.sha256(new).hexdigest()) as process:
        said, errors = process.communicate(timeout=120)
    assert process.returncode == 0, errors
    assert 10 < int(said) <= 60
    third = TEXT[50_000:150_000]
    server.put("a.txt", third)
    for number in range(1, int(said) + 1):
        folder = tmp_path / "killed" / str(number)
        cache = Cache(folder)
        now = hashlib.sha256(new).hexdigest()
        assert Path(cache.fetch(url, max_bytes=CAP, sha256=now)).read_bytes() == new
        # A kill just before the end may leave the old copy, until the next one is replaced.
        kept = [path.read_bytes() for path in folder.rglob("[!.]*") if path.is_file()]
        assert sorted(kept, key=len) in ([new], sorted([old, new], key=len))
        cache.fetch(url, max_bytes=CAP, sha256=hashlib.sha256(third).hexdigest())
        assert contents(folder) == [third]
        assert leftovers(folder) == []


# The lock itself

LOCKING = """
import sys
from contextlib import suppress
from pathlib import Path
from jtextkit.core.files import exclusive
path, counter = Path(sys.argv[1]), Path(sys.argv[2])
for _ in range(200):
    with exclusive(path):
        number = int(counter.read_text())
        counter.write_text(str(number + 1))
        if number % 3 == 0:  # as one does who leaves nothing behind
            path.unlink()
            with suppress(OSError):
                path.parent.rmdir()
"""


def test_a_lock_that_its_holders_remove_is_held_by_one_at_a_time(
    tmp_path: Path, root: Path
) -> None:
    counter = tmp_path / "counter"
    counter.write_text("0")
    lock = tmp_path / "folder" / "lock"
    with (
        python(root, LOCKING, lock, counter) as one,
        python(root, LOCKING, lock, counter) as two,
        python(root, LOCKING, lock, counter) as three,
    ):
        for process in (one, two, three):
            _, errors = process.communicate(timeout=60)
            assert process.returncode == 0, errors
    assert counter.read_text() == "600"


def test_a_place_where_no_lock_can_be_made_is_an_error_and_no_loop(tmp_path: Path) -> None:
    (tmp_path / "lock").symlink_to(tmp_path / "none" / "lock")
    with pytest.raises(FileNotFoundError), exclusive(tmp_path / "lock"):
        pytest.fail("entered")
