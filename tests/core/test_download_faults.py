"""Every fault of servers and networks, over a real socket: the right text, or a clear error.

After each, the cache holds the right text or none.
"""

from __future__ import annotations

import hashlib
import os
import random
import socket
import ssl
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import fault_server as faults
import pytest
from cache_checks import Waits, contents, leftovers
from fault_server import Fault, FaultServer

from jtextkit.core.cache import Cache, Request
from jtextkit.core.download import USER_AGENT, Downloader
from jtextkit.core.errors import (
    DownloadError,
    IntegrityError,
    JtextkitError,
    NotFoundError,
    TooLargeError,
    UnavailableError,
    UsageError,
)
from jtextkit.core.politeness import Pace, Patience

TEXT = random.Random(1).randbytes(300_000)
OTHER = random.Random(2).randbytes(290_000)
CAP = 1_000_000
SHA = hashlib.sha256(TEXT).hexdigest()

either = pytest.mark.parametrize("sha256", [None, SHA], ids=["unpinned", "pinned"])


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """That bytes are flushed before they are relied on is shown elsewhere; here it takes time."""
    monkeypatch.setattr(os, "fsync", lambda _descriptor: None)


# What passes

PASSING: dict[str, list[Fault]] = {
    "nothing": [],
    "cut at once": [faults.cut(0)],
    "cut short": [faults.cut(100_000)],
    "cut before the last byte": [faults.cut(299_999)],
    "cut again and again": [faults.cut(70_000)] * 4,
    "reset": [faults.reset(100_000)],
    "reset after the last byte": [faults.reset(300_000)],
    "reset before the headers": [faults.reset(0)],
    "hangs up without a word": [faults.says(b"")],
    "not HTTP at all": [faults.says(b"220 mail.example.org ESMTP\r\n")],
    "half a status line": [faults.says(b"HTTP/1.1 20")],
    "half the headers": [faults.says(b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n")],
    "says it is longer than it is": [faults.claims(400_000)],
    "says it is shorter than it is": [faults.claims(200_000)],
    "says it is empty": [faults.claims(0)],
    "sends more than it said": [faults.longer()],
    "sends more, a packet later": [faults.longer(b"x" * 100_000)],
    "stalls before the headers": [faults.stall()],
    "stalls in the body": [faults.stall(100_000)],
    "trickles": [faults.trickle(0.05)],
    "chunked": [faults.chunked()],
    "chunked and cut": [faults.chunked(whole=False)],
    "chunked and cut, twice": [faults.chunked(whole=False)] * 2,
    "408": [faults.status(408)],
    "429": [faults.status(429)],
    "429 with a time": [faults.status(429, Retry_After="7")],
    "429 with a date": [faults.status(429, Retry_After="Sun, 09 Sep 2001 01:46:50 GMT")],
    "500": [faults.status(500)],
    "502": [faults.status(502)],
    "503": [faults.status(503, Retry_After="1")],
    "504": [faults.status(504)],
    "five failures": [faults.status(503)] * 5,
    "redirect": [faults.redirect("/a.txt?moved")],
    "permanent redirect": [faults.redirect("a.txt?moved", 308)],
    "compressed, but only the error": [faults.status(503, Content_Encoding="gzip")],
}


@either
@pytest.mark.parametrize("name", PASSING)
def test_what_passes_ends_with_the_right_text(
    name: str, sha256: str | None, server: FaultServer, cache: Cache
) -> None:
    url = server.put("a.txt", TEXT)
    server.script("a.txt", *PASSING[name])
    path = cache.fetch(url, max_bytes=CAP, sha256=sha256)
    assert path.read_bytes() == TEXT
    assert contents(cache.folder) == [TEXT]
    assert leftovers(cache.folder) == []
    assert not server.scripts["/a.txt"], "a fault that was never met shows nothing"


@pytest.mark.parametrize("data", [OTHER, OTHER * 2, OTHER[:50_000], b""])
def test_a_file_that_changes_between_two_requests_is_never_mixed(
    data: bytes, server: FaultServer, cache: Cache
) -> None:
    url = server.put("a.txt", TEXT)
    server.script("a.txt", faults.cut(100_000), faults.changing("a.txt", data))
    assert cache.fetch(url, max_bytes=CAP).read_bytes() == data
    assert contents(cache.folder) == [data]
    assert all("Range" not in request.headers for request in server.seen)


# What does not pass


@pytest.mark.slow
@pytest.mark.parametrize(
    ("script", "kind", "said", "asked"),
    [
        ([faults.cut(1000)] * 6, DownloadError, "cut short, at 1,000 of 300,000 bytes", 6),
        ([faults.claims(400_000)] * 6, DownloadError, "cut short, at 300,000", 6),
        ([faults.claims(1000)] * 6, DownloadError, "more than it announced", 6),
        ([faults.stall()] * 6, DownloadError, "gave no answer (timed out) (tried 6 times)", 6),
        ([faults.stall(1000)] * 6, DownloadError, "the connection broke (timed out)", 6),
        ([faults.says(b"")] * 6, DownloadError, "gave no answer", 6),
        ([faults.status(404)], NotFoundError, "there is no such file (HTTP 404 Not Found)", 1),
        ([faults.status(410)], NotFoundError, "there is no such file (HTTP 410 Gone)", 1),
        ([faults.status(400)], DownloadError, "the server refuses (HTTP 400 Bad Request)", 1),
        ([faults.status(401)], DownloadError, "the server refuses (HTTP 401", 1),
        ([faults.status(403)], DownloadError, "the server refuses (HTTP 403 Forbidden)", 1),
        ([faults.status(451)], DownloadError, "the server refuses (HTTP 451", 1),
        ([faults.status(501)], DownloadError, "the server refuses (HTTP 501", 1),
        ([faults.status(204)], DownloadError, "the server refuses (HTTP 204", 1),
        ([faults.status(206)], DownloadError, "the server refuses (HTTP 206", 1),
        ([faults.status(304)], DownloadError, "the server refuses (HTTP 304", 1),
        ([faults.status(416)], DownloadError, "the server refuses (HTTP 416", 1),
        ([faults.status(300)], DownloadError, "the server refuses (HTTP 300", 1),
        ([faults.status(429)] * 6, UnavailableError, "is busy (HTTP 429 Too Many", 6),
        ([faults.status(503)] * 6, UnavailableError, "is busy (HTTP 503 Service", 6),
        ([faults.status(500)] * 6, DownloadError, "is in trouble (HTTP 500 Internal", 6),
        (
            [faults.status(503, Retry_After="86400")],
            UnavailableError,
            "is busy (HTTP 503 Service Unavailable) and asks to wait 24 hours; run this again then",
            1,
        ),
        (
            [faults.status(429, Retry_After="Mon, 09 Sep 2002 01:46:40 GMT")],
            UnavailableError,
            "asks to wait 365 days; run this again then: what has come",
            1,
        ),
        ([faults.status(429, Retry_After="9" * 400)], UnavailableError, "asks to wait for ever", 1),
        ([faults.packed], DownloadError, "sends it packed (gzip) though asked not to", 1),
        (
            [faults.answering(Transfer_Encoding="gzip")],
            DownloadError,
            "sends it packed (gzip)",
            1,
        ),
        ([faults.unmeasured], DownloadError, "does not say how long it is", 1),
        ([faults.claims(-1)], DownloadError, "does not say clearly how long it is", 1),
        ([faults.answering(content_length="7")], DownloadError, "does not say clearly", 1),
        ([faults.redirect("/a.txt")] * 9, DownloadError, "redirects more than 5 times", 6),
        ([faults.status(302)], DownloadError, "redirects (HTTP 302) without saying where", 1),
        ([faults.redirect("https://example.org/")], DownloadError, "another host, example.org", 1),
        ([faults.redirect("http://example.org/")], DownloadError, "http can be altered", 1),
        ([faults.redirect("file:///etc/passwd")], DownloadError, "not an address to fetch", 1),
        ([faults.redirect("http://localhost:1/")], DownloadError, "another host, localhost:1", 1),
    ],
)
def test_what_does_not_pass_is_one_line_and_nothing_in_the_cache(
    script: list[Fault],
    kind: type[JtextkitError],
    said: str,
    asked: int,
    server: FaultServer,
    cache: Cache,
    patience: Patience,
) -> None:
    url = server.put("a.txt", TEXT)
    server.script("a.txt", *script)
    with pytest.raises(JtextkitError) as caught:
        cache.fetch(url, max_bytes=CAP)
    error = caught.value
    assert type(error) is kind
    assert said in str(error)
    assert str(error).startswith(f"{url}: ")
    assert error.cure
    assert len(str(error).splitlines()) == 1
    assert error.exit_code == 1
    assert len(server.seen) == asked
    assert contents(cache.folder) == []
    # The fault over, the same call succeeds.
    server.scripts.clear()
    assert cache.fetch(url, max_bytes=CAP).read_bytes() == TEXT


def test_nothing_that_came_to_nothing_is_left(server: FaultServer, cache: Cache) -> None:
    with pytest.raises(NotFoundError):
        cache.fetch(server.url("none.txt"), max_bytes=CAP)
    assert [path for path in cache.folder.rglob("*") if path.is_file()] == []


def test_a_pinned_file_may_come_without_a_length(server: FaultServer, cache: Cache) -> None:
    url = server.put("a.txt", TEXT)
    server.script("a.txt", faults.unmeasured)
    assert cache.fetch(url, max_bytes=CAP, sha256=SHA).read_bytes() == TEXT


# Other bytes than expected


def test_a_source_that_has_changed(server: FaultServer, cache: Cache) -> None:
    url = server.put("a.txt", OTHER)
    with pytest.raises(IntegrityError) as caught:
        cache.fetch(url, max_bytes=CAP, sha256=SHA)
    found = hashlib.sha256(OTHER).hexdigest()
    assert str(caught.value) == (
        f"{url}: not the file that was expected: SHA-256 {found[:12]}… (290,000 bytes) instead of "
        f"{SHA[:12]}…; the source has changed since it was recorded, or was altered on its way: "
        "look for a newer jtextkit, or work from a copy of your own"
    )
    assert caught.value.exit_code == 4
    assert len(server.seen) == 1
    assert [path for path in cache.folder.rglob("*") if path.is_file()] == []


def test_a_wrong_hash_is_not_taken_at_the_second_call_either(
    server: FaultServer, cache: Cache
) -> None:
    url = server.put("a.txt", OTHER)
    for _ in range(3):
        with pytest.raises(IntegrityError):
            cache.fetch(url, max_bytes=CAP, sha256=SHA)
    assert contents(cache.folder) == []


# Caps


@pytest.mark.parametrize(
    "fault",
    [faults.well, faults.chunked(), faults.claims(10), faults.claims(10**15), faults.unmeasured],
)
@either
def test_no_more_than_the_cap_is_taken(
    fault: Fault, sha256: str | None, server: FaultServer, cache: Cache
) -> None:
    url = server.put("a.txt", TEXT)
    server.always = fault
    with pytest.raises(DownloadError) as caught:
        cache.fetch(url, max_bytes=299_999, sha256=sha256)
    if fault is faults.well:
        assert type(caught.value) is TooLargeError
        assert "it has 300,000 bytes, and no more than 299,999 are taken" in str(caught.value)
    assert contents(cache.folder) == []
    assert leftovers(cache.folder) == []


def test_the_cap_itself_is_not_too_much(server: FaultServer, cache: Cache) -> None:
    assert cache.fetch(server.put("a.txt", TEXT), max_bytes=len(TEXT)).read_bytes() == TEXT


def test_an_endless_body_stops_at_the_cap(server: FaultServer, cache: Cache) -> None:
    url = server.put("a.txt", b"x" * 20_000_000)
    server.script("a.txt", faults.chunked(size=100_000))
    with pytest.raises(TooLargeError, match="it goes on, and no more than 100,000 are taken"):
        cache.fetch(url, max_bytes=100_000)
    assert server.sent() < 20_000_000  # it was not read to its end


def test_an_empty_file_is_a_file(server: FaultServer, cache: Cache) -> None:
    assert cache.fetch(server.put("empty", b""), max_bytes=CAP).read_bytes() == b""
    assert cache.fetch(server.url("empty"), max_bytes=CAP).read_bytes() == b""
    assert len(server.seen) == 1


# Waits


def test_waits_double_and_are_spread(server: FaultServer, cache: Cache, waits: Waits) -> None:
    url = server.put("a.txt", TEXT)
    server.script("a.txt", *[faults.status(500)] * 5)
    cache.fetch(url, max_bytes=CAP)
    assert waits.waits == [0.5, 1.0, 2.0, 4.0, 8.0]


@pytest.mark.parametrize(
    ("value", "seconds"), [("7", 7.0), ("Sun, 09 Sep 2001 01:46:50 GMT", 10.0), ("0", None)]
)
@pytest.mark.parametrize("code", [429, 503, 500])
def test_retry_after_is_honoured(
    value: str, seconds: float | None, code: int, server: FaultServer, cache: Cache, waits: Waits
) -> None:
    url = server.put("a.txt", TEXT)
    server.script("a.txt", faults.status(code, Retry_After=value))
    cache.fetch(url, max_bytes=CAP)
    slept = sum(waits.waits)
    assert slept == pytest.approx(seconds or 0.0, abs=0.1)


def test_a_host_that_asks_for_a_pause_gets_it_from_all_threads(
    server: FaultServer, cache: Cache
) -> None:
    urls = [server.put(f"{name}.txt", TEXT) for name in "ab"]
    server.script("a.txt", faults.status(429, Retry_After="60"))
    before = cache.downloader.clock.now()
    threads = [
        threading.Thread(target=cache.fetch, args=(url,), kwargs={"max_bytes": CAP}) for url in urls
    ]
    threads[0].start()
    threads[0].join()
    threads[1].start()
    threads[1].join()
    assert cache.downloader.clock.now() - before >= 60
    assert len(contents(cache.folder)) == 2


def test_all_waits_together_are_bounded(server: FaultServer, tmp_path: Path, waits: Waits) -> None:
    url = server.put("a.txt", TEXT)
    server.script("a.txt", *[faults.status(503, Retry_After="100")] * 99)
    downloader = Downloader(patience=Patience(attempts=99, seconds=350), clock=waits.clock())
    with pytest.raises(UnavailableError, match="tried 4 times"):
        Cache(tmp_path / "cache", downloader=downloader).fetch(url, max_bytes=CAP)
    assert sum(waits.waits) <= 350


def test_requests_to_a_host_keep_the_pace_over_the_socket(
    server: FaultServer, tmp_path: Path
) -> None:
    downloader = Downloader(pace=Pace(20.0), space_loopback=True)
    cache = Cache(tmp_path / "cache", downloader=downloader)
    wanted = [Request(server.put(f"{number}.txt", b"x"), CAP) for number in range(8)]
    assert all(isinstance(path, Path) for path in cache.fetch_many(wanted, stage="x"))
    moments = sorted(request.at for request in server.seen)
    assert moments[-1] - moments[0] >= 7 / 20 * 0.6  # threads of the server may start late


def test_this_machine_is_not_spaced(server: FaultServer, cache: Cache, waits: Waits) -> None:
    for number in range(20):
        cache.fetch(server.put(f"{number}.txt", b"x"), max_bytes=CAP)
    assert waits.waits == []


# What goes out


def test_what_is_sent(server: FaultServer, cache: Cache) -> None:
    cache.fetch(server.put("a.txt", TEXT), max_bytes=CAP)
    assert server.seen[0].headers == {
        "Host": f"127.0.0.1:{server.port}",
        "User-Agent": USER_AGENT,
        "Accept": "*/*",
        "Accept-Encoding": "identity",
        "Connection": "close",
    }
    assert USER_AGENT.startswith("jtextkit/")
    assert "(+https://" in USER_AGENT


def test_no_password_file_is_read(
    server: FaultServer, cache: Cache, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / ".netrc").write_text("machine 127.0.0.1 login me password secret\n")
    (tmp_path / ".netrc").chmod(0o600)
    monkeypatch.setenv("HOME", str(tmp_path))
    server.put("a.txt", TEXT)
    server.script("a.txt", faults.status(401, WWW_Authenticate="Basic realm=x"))
    with pytest.raises(DownloadError, match="401"):
        cache.fetch(server.url("a.txt"), max_bytes=CAP)
    assert all("Authorization" not in request.headers for request in server.seen)


def test_a_redirect_to_another_host_is_not_even_asked(
    server: FaultServer, cache: Cache, tmp_path: Path
) -> None:
    with faults.serving(tmp_path / "elsewhere") as other:
        server.put("a.txt", OTHER)
        server.script("a.txt", faults.redirect(other.put("b.txt", TEXT)))
        with pytest.raises(DownloadError, match="another host"):
            cache.fetch(server.url("a.txt"), max_bytes=CAP)
        assert other.seen == []


@pytest.mark.parametrize(
    "url", ["http://example.org/a", "file:///etc/passwd", "ftp://example.org/a", "a.txt", ""]
)
def test_what_may_not_be_fetched_from_is_refused_before_anything(url: str, cache: Cache) -> None:
    with pytest.raises(UsageError):
        cache.fetch(url, max_bytes=CAP)
    with pytest.raises(UsageError):
        list(cache.fetch_many([Request(url, CAP)], stage="x"))
    assert not cache.folder.exists()


@pytest.mark.parametrize("sha256", ["", "abc", SHA.upper(), SHA + "0", "g" * 64])
def test_a_hash_that_is_none_is_refused(sha256: str, cache: Cache) -> None:
    with pytest.raises(UsageError, match="is not a SHA-256"):
        cache.fetch("https://example.org/", max_bytes=CAP, sha256=sha256)


# Down


def test_a_host_that_does_not_answer(cache: Cache, waits: Waits) -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    with pytest.raises(UnavailableError) as caught:
        cache.fetch(f"http://127.0.0.1:{port}/a", max_bytes=CAP)
    assert str(caught.value) == (
        f"http://127.0.0.1:{port}/a: 127.0.0.1:{port} cannot be reached (Connection refused) "
        "(tried 6 times); check the connection and the proxy settings, or work from a copy of your own"
    )
    assert len(waits.waits) == 5


def test_a_name_that_does_not_exist(cache: Cache) -> None:
    with pytest.raises(UnavailableError, match="cannot be reached"):
        cache.fetch("https://no-such-host.invalid/a", max_bytes=CAP)


def test_a_broken_connection_is_soon_noticed(server: FaultServer, cache: Cache) -> None:
    server.put("a.txt", TEXT)
    server.script("a.txt", faults.stall(1000))
    before = time.monotonic()
    cache.fetch(server.url("a.txt"), max_bytes=CAP)
    assert time.monotonic() - before < 3


@pytest.mark.slow
def test_a_server_that_does_not_hang_up_is_not_waited_for_long(
    server: FaultServer, cache: Cache
) -> None:
    server.put("a.txt", TEXT)
    server.script("a.txt", faults.answering(hang_up=False))
    before = time.monotonic()
    assert cache.fetch(server.url("a.txt"), max_bytes=CAP).read_bytes() == TEXT
    assert time.monotonic() - before < 4


def test_the_proxy_of_the_environment_is_used(
    cache: Cache, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[bytes] = []
    with listening(asked, b"HTTP/1.1 403 No\r\n\r\n") as port:
        for name in ("https_proxy", "HTTPS_PROXY"):
            monkeypatch.setenv(name, f"http://127.0.0.1:{port}")
        monkeypatch.delenv("no_proxy", raising=False)
        monkeypatch.delenv("NO_PROXY", raising=False)
        with pytest.raises(UnavailableError, match="Tunnel connection failed: 403"):
            cache.fetch("https://example.org/a", max_bytes=CAP)
    assert len(asked) == 6
    assert all(line.startswith(b"CONNECT example.org:443 ") for line in asked)


def test_this_machine_is_asked_without_a_proxy(
    server: FaultServer, cache: Cache, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("http_proxy", "HTTP_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    monkeypatch.delenv("no_proxy", raising=False)
    monkeypatch.delenv("NO_PROXY", raising=False)
    assert cache.fetch(server.put("a.txt", TEXT), max_bytes=CAP).read_bytes() == TEXT


@contextmanager
def listening(asked: list[bytes], answer: bytes) -> Iterator[int]:
    """A server that answers everything with the same bytes."""
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def serve() -> None:
            while True:
                connection, _ = listener.accept()
                with connection:
                    line = connection.recv(65536)
                    if not line:
                        return
                    asked.append(line)
                    connection.sendall(answer)

        thread = threading.Thread(target=serve)
        thread.start()
        yield listener.getsockname()[1]
        socket.create_connection(listener.getsockname()).close()
        thread.join()


# TLS


@pytest.fixture(scope="session")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate for this machine, with its key, that nobody trusts."""
    path = tmp_path_factory.mktemp("tls") / "both.pem"
    command = (
        "openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost "
        "-addext subjectAltName=DNS:localhost,IP:127.0.0.1 -keyout key.pem -out cert.pem"
    )
    try:
        subprocess.run(command.split(), cwd=path.parent, check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("needs openssl to make a certificate: apt-get install openssl")
    path.write_bytes(
        (path.parent / "key.pem").read_bytes() + (path.parent / "cert.pem").read_bytes()
    )
    return path


@pytest.fixture
def secure(certificate: Path, tmp_path: Path) -> Iterator[FaultServer]:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    with faults.serving(tmp_path / "secure", context) as server:
        yield server


def test_https_with_a_certificate_that_is_trusted(
    secure: FaultServer, cache: Cache, certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate.parent / "cert.pem"))
    secure.put("a.txt", TEXT)
    secure.script("a.txt", faults.cut(100_000), faults.claims(150_000), faults.stall(50_000))
    path = cache.fetch(secure.url("a.txt", "localhost"), max_bytes=CAP)
    assert path.read_bytes() == TEXT
    assert len(secure.seen) == 4


def test_https_with_a_certificate_that_is_not(secure: FaultServer, cache: Cache) -> None:
    secure.put("a.txt", TEXT)
    with pytest.raises(DownloadError) as caught:
        cache.fetch(secure.url("a.txt"), max_bytes=CAP)
    assert "the certificate of 127.0.0.1" in str(caught.value)
    assert "is not valid (self-signed certificate)" in str(caught.value)
    assert secure.seen == []


def test_plain_http_on_the_port_of_https(server: FaultServer, cache: Cache) -> None:
    server.put("a.txt", TEXT)
    with pytest.raises(UnavailableError, match="cannot be reached"):
        cache.fetch(f"https://127.0.0.1:{server.port}/a.txt", max_bytes=CAP)
