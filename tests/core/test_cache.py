"""The cache: verified whenever it is used, never wrong, and clear about what it cannot do."""

from __future__ import annotations

import errno
import hashlib
import json
import os
import random
import shutil
import stat
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import fault_server as faults
import pytest
from cache_checks import Waits, contents, leftovers
from fault_server import FaultServer
from hypothesis import given
from hypothesis import strategies as st

from jtextkit.core import cache as cache_module
from jtextkit.core.addresses import Address
from jtextkit.core.cache import Cache, Request
from jtextkit.core.download import Downloader
from jtextkit.core.errors import (
    DownloadError,
    IntegrityError,
    JtextkitError,
    NotFoundError,
    OfflineError,
    OutputError,
    TooLargeError,
    UnavailableError,
)
from jtextkit.core.files import cache_folder

TEXT = random.Random(1).randbytes(300_000)
OTHER = random.Random(2).randbytes(290_000)
SHA = hashlib.sha256(TEXT).hexdigest()
CAP = 1_000_000

either = pytest.mark.parametrize("sha256", [None, SHA], ids=["unpinned", "pinned"])


@pytest.fixture
def url(server: FaultServer) -> str:
    return server.put("works/a.txt", TEXT)


def offline(cache: Cache) -> Cache:
    return Cache(cache.folder, offline=True)


def entry(path: Path) -> Path:
    return path.parent / ".entry.json"


# Served again


@either
def test_the_second_time_nothing_is_asked(
    sha256: str | None, server: FaultServer, cache: Cache, url: str
) -> None:
    first = cache.fetch(url, max_bytes=CAP, sha256=sha256)
    assert first.read_bytes() == TEXT
    assert first.name == f"{SHA[:12]}-a.txt"
    assert first.is_absolute()
    second = Cache(cache.folder).fetch(url, max_bytes=CAP, sha256=sha256)
    assert second == first
    assert offline(cache).fetch(url, max_bytes=CAP, sha256=sha256) == first
    assert len(server.seen) == 1


def test_what_lies_there_is_as_documented(cache: Cache, url: str) -> None:
    path = cache.fetch(url, max_bytes=CAP)
    record = json.loads(entry(path).read_bytes())
    assert (record["url"], record["bytes"], record["sha256"]) == (url, 300_000, SHA)
    assert set(record) == {"url", "bytes", "sha256", "sealed_sha256"}
    key = hashlib.sha256(url.encode()).hexdigest()[:32]
    host = Address.of(url).host.replace(":", "_")
    files = [path for path in cache.folder.rglob("*") if path.is_file()]
    assert sorted(path.relative_to(cache.folder).as_posix() for path in files) == [
        f"http-{host}/{key}/.entry.json",
        f"http-{host}/{key}/.lock",
        f"http-{host}/{key}/{SHA[:12]}-a.txt",
    ]


def test_an_unpinned_copy_gets_its_pin_later(server: FaultServer, cache: Cache, url: str) -> None:
    cache.fetch(url, max_bytes=CAP)
    cache.fetch(url, max_bytes=CAP, sha256=SHA)
    assert len(server.seen) == 1


def test_a_copy_of_another_version_gives_way_to_the_one_that_is_wanted(
    server: FaultServer, cache: Cache, url: str
) -> None:
    old = cache.fetch(url, max_bytes=CAP)
    server.put("works/a.txt", OTHER)
    wanted = hashlib.sha256(OTHER).hexdigest()
    with pytest.raises(OfflineError, match="the copy in the cache is of another version, and --"):
        offline(cache).fetch(url, max_bytes=CAP, sha256=wanted)
    assert cache.fetch(url, max_bytes=CAP, sha256=wanted).read_bytes() == OTHER
    assert not old.exists()
    assert contents(cache.folder) == [OTHER]


def test_a_good_copy_outlives_a_source_that_has_not_what_is_wanted(cache: Cache, url: str) -> None:
    good = cache.fetch(url, max_bytes=CAP)
    with pytest.raises(IntegrityError):
        cache.fetch(url, max_bytes=CAP, sha256="0" * 64)
    assert good.read_bytes() == TEXT
    assert offline(cache).fetch(url, max_bytes=CAP) == good


def test_one_address_in_two_spellings_is_fetched_once(
    server: FaultServer, cache: Cache, url: str
) -> None:
    cache.fetch(url, max_bytes=CAP)
    cache.fetch(url.replace("http", "HTTP") + "#part", max_bytes=CAP)
    assert len(server.seen) == 1


def test_a_cached_file_over_the_cap_is_too_large_too(cache: Cache, url: str) -> None:
    cache.fetch(url, max_bytes=CAP)
    with pytest.raises(TooLargeError, match="it has 300,000 bytes, and no more than 5 are taken"):
        offline(cache).fetch(url, max_bytes=5)


# Damaged


def flip(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[1234] ^= 1
    path.write_bytes(data)


DAMAGE: dict[str, Callable[[Path], object]] = {
    "a bit of the content": flip,
    "content cut short": lambda path: os.truncate(path, 1000),
    "content longer": lambda path: path.write_bytes(TEXT + b"x"),
    "content emptied": lambda path: path.write_bytes(b""),
    "content zeroed": lambda path: path.write_bytes(bytes(300_000)),
    "content gone": lambda path: path.unlink(),
    "content a folder": lambda path: (path.unlink(), path.mkdir()),
    "record cut short": lambda path: os.truncate(entry(path), 50),
    "record emptied": lambda path: entry(path).write_bytes(b""),
    "record zeroed": lambda path: entry(path).write_bytes(bytes(200)),
    "record not JSON": lambda path: entry(path).write_bytes(b"\xff\xfe"),
    "record a list": lambda path: entry(path).write_text("[]"),
    "record too deep": lambda path: entry(path).write_text("[" * 100_000),
    "record of another address": lambda path: change(path, url="https://example.org/"),
    "record with another hash": lambda path: change(path, sha256="0" * 64),
    "record with a way out": lambda path: change(path, sha256="../../../../etc/passwd"),
    "record with another size": lambda path: change(path, bytes=5),
    "record with a size that is none": lambda path: change(path, bytes="300000"),
    "record with a hash that is none": lambda path: change(path, sha256=5),
    "record without a hash": lambda path: entry(path).write_text('{"url": "", "bytes": 1}'),
}


def change(path: Path, **fields: object) -> None:
    record = json.loads(entry(path).read_bytes())
    entry(path).write_text(json.dumps({**record, **fields}))


@pytest.mark.parametrize("name", DAMAGE)
@either
def test_damage_is_noticed_and_the_file_fetched_again(
    name: str, sha256: str | None, server: FaultServer, cache: Cache, url: str
) -> None:
    path = cache.fetch(url, max_bytes=CAP, sha256=sha256)
    DAMAGE[name](path)
    with pytest.raises(JtextkitError) as caught:
        offline(cache).fetch(url, max_bytes=CAP, sha256=sha256)
    assert str(caught.value).startswith(f"{url}: ")
    assert "--offline" in caught.value.cure
    if sha256 is None:
        assert type(caught.value) is IntegrityError
        assert caught.value.exit_code == 4
    if path.is_dir():
        path.rmdir()  # nobody's damage but a test's; a rename cannot replace it
    again = cache.fetch(url, max_bytes=CAP, sha256=sha256)
    assert again == path
    assert contents(cache.folder) == [TEXT]
    assert len(server.seen) == 2


def test_damage_while_the_source_is_down_is_not_served(
    server: FaultServer, cache: Cache, url: str
) -> None:
    flip(cache.fetch(url, max_bytes=CAP))
    server.always = faults.status(503)
    with pytest.raises(UnavailableError):
        cache.fetch(url, max_bytes=CAP)


def test_a_record_that_is_gone_is_as_if_nothing_were_there(
    server: FaultServer, cache: Cache, url: str
) -> None:
    path = cache.fetch(url, max_bytes=CAP)
    entry(path).unlink()
    with pytest.raises(OfflineError):
        offline(cache).fetch(url, max_bytes=CAP)
    assert cache.fetch(url, max_bytes=CAP) == path
    assert len(server.seen) == 2


# Offline


def test_offline_says_what_is_missing_and_touches_nothing(
    server: FaultServer, cache: Cache, url: str
) -> None:
    with pytest.raises(OfflineError) as caught:
        offline(cache).fetch(url, max_bytes=CAP)
    assert str(caught.value) == (
        f"{url}: it is not in the cache, and --offline; run this once without --offline"
    )
    assert caught.value.exit_code == 1
    assert server.seen == []
    assert not cache.folder.exists()


def test_a_record_without_its_seal_is_fetched_again(
    server: FaultServer, cache: Cache, url: str
) -> None:
    path = cache.fetch(url, max_bytes=CAP)
    change(path, sealed_sha256=None)
    with pytest.raises(IntegrityError, match="its record in the cache is damaged"):
        offline(cache).fetch(url, max_bytes=CAP)
    assert cache.fetch(url, max_bytes=CAP) == path
    assert len(server.seen) == 2


def test_another_hash_brings_another_version_under_another_name(
    server: FaultServer, cache: Cache, url: str
) -> None:
    old = cache.fetch(url, max_bytes=CAP)
    server.put("works/a.txt", OTHER)
    assert cache.fetch(url, max_bytes=CAP) == old  # until asked for
    new = cache.fetch(url, max_bytes=CAP, sha256=hashlib.sha256(OTHER).hexdigest())
    assert new.read_bytes() == OTHER
    assert new != old
    assert not old.exists()  # rather than meaning other bytes than it did
    assert contents(cache.folder) == [OTHER]


def test_what_fails_to_replace_a_copy_leaves_it(
    server: FaultServer, cache: Cache, url: str
) -> None:
    path = cache.fetch(url, max_bytes=CAP)
    wanted = hashlib.sha256(OTHER).hexdigest()
    server.put("works/a.txt", OTHER)
    server.script("works/a.txt", *[faults.cut(100_000)] * 6)
    with pytest.raises(DownloadError):
        cache.fetch(url, max_bytes=CAP, sha256=wanted)
    assert cache.fetch(url, max_bytes=CAP) == path
    assert path.read_bytes() == TEXT
    assert cache.fetch(url, max_bytes=CAP, sha256=wanted).read_bytes() == OTHER
    assert leftovers(cache.folder) == []


# Many


def test_many_come_in_the_order_in_which_they_were_asked_for(
    server: FaultServer, cache: Cache
) -> None:
    names = [f"{number}.txt" for number in range(30)]
    urls = [server.put(name, name.encode()) for name in names]
    server.script("0.txt", faults.stall(), faults.status(500))
    urls[7] = server.url("none.txt")
    urls[9] = urls[8]
    said: list[tuple[str, int, int]] = []
    results = list(
        cache.fetch_many(
            (Request(url, CAP) for url in urls),
            stage="works",
            report=lambda *words: said.append(words),
        )
    )
    assert type(results[7]) is NotFoundError
    assert results[8] == results[9]
    for number in {*range(30)} - {7, 9}:
        result = results[number]
        assert isinstance(result, Path)
        assert result.read_bytes() == names[number].encode()
    assert said == [("works", number, 30) for number in range(31)]


def test_none_of_many(cache: Cache) -> None:
    assert list(cache.fetch_many([], stage="works")) == []


def test_many_offline(cache: Cache, url: str, server: FaultServer) -> None:
    cache.fetch(url, max_bytes=CAP)
    wanted = [Request(url, CAP), Request(server.url("b.txt"), CAP)]
    path, error = offline(cache).fetch_many(wanted, stage="x")
    assert isinstance(path, Path)
    assert type(error) is OfflineError
    assert len(server.seen) == 1


def test_only_a_few_connections_at_once(server: FaultServer, cache: Cache) -> None:
    now, most, lock = [0], [0], threading.Lock()

    def count(handler: faults.Handler) -> None:
        with lock:
            now[0] += 1
            most[0] = max(most[0], now[0])
        threading.Event().wait(0.02)
        with lock:
            now[0] -= 1
        handler.answer()

    server.always = count
    wanted = [Request(server.put(f"{number}", b"x"), CAP) for number in range(20)]
    assert len(list(cache.fetch_many(wanted, stage="x"))) == 20
    assert most[0] <= cache_module.CONNECTIONS


def test_a_host_that_is_down_is_not_asked_for_each_of_many(
    server: FaultServer, cache: Cache
) -> None:
    have = server.put("have.txt", TEXT)
    cache.fetch(have, max_bytes=CAP)
    server.seen.clear()
    server.always = faults.status(503)
    wanted = [Request(server.url(f"{number}.txt"), CAP) for number in range(100)]
    results = list(cache.fetch_many([*wanted, Request(have, CAP)], stage="x"))
    assert [type(result) for result in results[:-1]] == [UnavailableError] * 100
    assert isinstance(results[-1], Path)  # what is there is still served
    assert len(server.seen) <= 6 * cache_module.CONNECTIONS
    assert str(results[99]).startswith(f"{wanted[99].url}: 127.0.0.1:{server.port} is busy")


def test_a_wrong_hash_among_many_is_raised_in_its_turn(server: FaultServer, cache: Cache) -> None:
    wanted = [Request(server.put(f"{number}.txt", TEXT), CAP) for number in range(3)]
    wanted[1] = Request(wanted[1].url, CAP, "0" * 64)
    results = cache.fetch_many(wanted, stage="x")
    assert isinstance(next(results), Path)
    with pytest.raises(IntegrityError) as caught:
        next(results)
    assert caught.value.where == wanted[1].url


def test_who_stops_taking_stops_the_fetching(server: FaultServer, cache: Cache) -> None:
    wanted = [Request(server.put(f"{number}.txt", b"x"), CAP) for number in range(500)]
    results = cache.fetch_many(wanted, stage="x")
    next(results)
    results.close()  # type: ignore[attr-defined]
    assert len(server.seen) <= 64 + cache_module.CONNECTIONS + 1


# Places that cannot be written


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (errno.ENOSPC, "free some space or choose another place with --cache"),
        (errno.EIO, "with --cache"),
    ],
)
@pytest.mark.parametrize("call", ["fsync", "replace"])
def test_a_disk_that_is_full_or_fails(
    call: str,
    number: int,
    said: str,
    server: FaultServer,
    cache: Cache,
    url: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def fail(*_: object) -> None:
        raise OSError(number, os.strerror(number))

    with monkeypatch.context() as patch:
        if call == "fsync":
            patch.setattr(os, "fsync", fail)
        else:
            patch.setattr(Path, "replace", fail)
        with pytest.raises(OutputError) as caught:
            cache.fetch(url, max_bytes=CAP)
    assert said in str(caught.value)
    assert os.strerror(number) in str(caught.value)
    assert caught.value.exit_code == 1
    assert contents(cache.folder) == []
    assert leftovers(cache.folder) == []
    assert cache.fetch(url, max_bytes=CAP).read_bytes() == TEXT


LIMITED = """
import resource, sys
from pathlib import Path
from jtextkit.core.cache import Cache
from jtextkit.core.errors import OutputError
resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))
try:
    Cache(Path(sys.argv[1])).fetch(sys.argv[2], max_bytes=1_000_000)
except OutputError as error:
    print(error)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="limits of POSIX")
def test_a_real_limit_on_file_size(cache: Cache, url: str, root: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", LIMITED, cache.folder, url],
        env={**os.environ, "PYTHONPATH": str(root)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert "cannot be written (File too large); choose a place that you may write to" in done.stdout
    assert contents(cache.folder) == []
    assert leftovers(cache.folder) == []


@pytest.fixture
def unprivileged() -> Iterator[Path]:
    """A folder for one who is not root, as whom this process then runs."""
    folder = Path(tempfile.mkdtemp())
    "".encode("idna")  # loaded when first used, and root's Python may be root's alone
    root_runs = hasattr(os, "geteuid") and os.geteuid() == 0
    if root_runs:
        os.chown(folder, 65534, 65534)
        os.seteuid(65534)
    try:
        yield folder
    finally:
        if root_runs:
            os.seteuid(0)
        for path in folder.rglob("*"):
            if path.is_dir():
                path.chmod(stat.S_IRWXU)
        shutil.rmtree(folder)


@pytest.mark.skipif(sys.platform == "win32", reason="permissions of POSIX")
def test_a_cache_that_may_only_be_read_serves_what_it_has(unprivileged: Path, waits: Waits) -> None:
    cache = Cache(unprivileged / "cache", downloader=Downloader(clock=waits.clock()))
    with faults.serving(unprivileged / "served") as server:
        path = cache.fetch(server.put("a.txt", TEXT), max_bytes=CAP)
        for folder in [cache.folder, path.parent, path.parent.parent]:
            folder.chmod(0o555)
        assert cache.fetch(server.url("a.txt"), max_bytes=CAP) == path
        with pytest.raises(OutputError) as caught:
            cache.fetch(server.put("b.txt", OTHER), max_bytes=CAP)
        assert "cannot be written (Permission denied)" in str(caught.value)
        assert "--cache" in caught.value.cure
        assert len(server.seen) == 1  # nothing is fetched that could not be kept


def test_a_cache_that_is_a_file(tmp_path: Path, url: str) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(OutputError, match="--cache"):
        Cache(tmp_path / "file").fetch(url, max_bytes=CAP)
    assert (tmp_path / "file").read_text() == "x"


# Where it lies


def test_the_folder_of_the_platform(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in ("JTEXTKIT_CACHE", "XDG_CACHE_HOME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(Path, "home", lambda: tmp_path)
    monkeypatch.setattr(sys, "platform", "linux")
    assert cache_folder() == tmp_path / ".cache" / "jtextkit"
    monkeypatch.setenv("XDG_CACHE_HOME", "relative")  # which the standard says to ignore
    assert cache_folder() == tmp_path / ".cache" / "jtextkit"
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "xdg"))
    assert cache_folder() == tmp_path / "xdg" / "jtextkit"
    monkeypatch.setattr(sys, "platform", "darwin")
    assert cache_folder() == tmp_path / "Library" / "Caches" / "jtextkit"
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path / "local"))
    assert cache_folder() == tmp_path / "local" / "jtextkit" / "cache"
    monkeypatch.setenv("JTEXTKIT_CACHE", str(tmp_path / "mine"))
    assert cache_folder() == tmp_path / "mine"
    assert Cache().folder == tmp_path / "mine"


def test_nobodys_home(monkeypatch: pytest.MonkeyPatch) -> None:
    def homeless() -> Path:
        raise RuntimeError

    monkeypatch.setattr(Path, "home", homeless)
    for name in ("JTEXTKIT_CACHE", "XDG_CACHE_HOME"):
        monkeypatch.delenv(name, raising=False)
    with pytest.raises(OutputError, match="name a folder with --cache"):
        Cache()


def test_a_relative_folder_does_not_move_with_the_program(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, url: str
) -> None:
    monkeypatch.chdir(tmp_path)
    cache = Cache(Path("here"))
    monkeypatch.chdir("/")
    path = cache.fetch(url, max_bytes=CAP)
    assert path.is_relative_to(tmp_path / "here")


# Names

url_text = st.text(st.characters(min_codepoint=33, max_codepoint=126), max_size=300)
addresses = st.builds(
    "https://{}.example.org/{}".format, st.from_regex(r"[a-z0-9-]{1,60}", fullmatch=True), url_text
)


def place(url: str) -> cache_module._Entry | None:
    try:
        return cache_module._Entry(Path("/cache"), Address.of(url))
    except JtextkitError:
        return None


@given(
    st.one_of(addresses, url_text.map("https://".__add__), url_text.map("http://[::1]:".__add__))
)
def test_any_address_has_a_place_inside_the_cache_that_any_system_takes(url: str) -> None:
    entry = place(url)
    if entry is None:
        return
    content = entry.content(SHA)
    parts = content.relative_to("/cache").parts
    assert len(parts) == 3
    for part in parts:
        assert len(part) <= 80
        assert part.strip(".") == part
        assert set(part) <= set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-")
    assert parts[0].startswith(("https-", "http-"))
    assert parts[2].startswith(f"{SHA[:12]}-")


@given(addresses, addresses)
def test_no_two_addresses_share_a_place(one: str, other: str) -> None:
    first, second = place(one), place(other)
    if first and second and Address.of(one) != Address.of(other):
        assert first.folder != second.folder
        assert first.folder.as_posix().lower() != second.folder.as_posix().lower()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://example.org/a?b", "https://example.org/a?c"),
        ("https://example.org/a", "https://example.org/A"),
        ("https://example.org/a", "https://example.org/a/"),
        ("https://example.org/a", "https://example.org:8/a"),
        ("https://localhost/a", "http://localhost/a"),
        ("https://example.org/%61", "https://example.org/a"),
    ],
)
def test_addresses_that_look_alike(one: str, other: str) -> None:
    first, second = place(one), place(other)
    assert first is not None
    assert second is not None
    assert first.folder != second.folder


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("files/51391_ruby_1.zip", "51391_ruby_1.zip"),
        ("files/51391_ruby_1.zip?raw=true&x=../../", "51391_ruby_1.zip"),
        ("..", "_"),
        ("", "example.org"),
        (".entry.json", "entry.json"),
        ("%2e%2e%2fpasswd", "_2e_2e_2fpasswd"),
        ("con", "con"),  # never alone: the hash stands before it
    ],
)
def test_the_readable_part(path: str, name: str) -> None:
    entry = place(f"https://example.org/{path}")
    assert entry is not None
    assert entry.content(SHA).name == f"{SHA[:12]}-{name}"
