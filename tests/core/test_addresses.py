"""Addresses: what may be fetched from, one spelling each, and where redirects may lead."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jtextkit.core.addresses import Address, is_loopback
from jtextkit.core.errors import DownloadError, JtextkitError, UsageError


@pytest.mark.parametrize(
    ("given", "url", "host", "loopback"),
    [
        ("https://example.org", "https://example.org/", "example.org", False),
        ("HTTPS://Example.ORG:443/A?b=c#d", "https://example.org/A?b=c", "example.org", False),
        ("https://example.org:8443/a", "https://example.org:8443/a", "example.org:8443", False),
        ("http://127.0.0.1:80/a", "http://127.0.0.1/a", "127.0.0.1", True),
        ("http://127.8.9.1/a", "http://127.8.9.1/a", "127.8.9.1", True),
        ("http://localhost:8/a", "http://localhost:8/a", "localhost:8", True),
        ("http://[::1]:8/a", "http://[::1]:8/a", "[::1]:8", True),
        (
            "https://example.org/%E6%9C%AC.zip",
            "https://example.org/%E6%9C%AC.zip",
            "example.org",
            False,
        ),
    ],
)
def test_one_spelling(given: str, url: str, host: str, loopback: bool) -> None:
    assert Address.of(given) == Address(url, host, loopback)
    assert Address.of(url) == Address(url, host, loopback)


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("http://example.org/a", "http can be altered on its way"),
        ("http://127.0.0.1.example.org/a", "http can be altered"),
        ("http://2130706433/a", "http can be altered"),  # 127.0.0.1 to some, not to us
        ("file:///etc/passwd", "not an address to fetch from"),
        ("ftp://example.org/a", "not an address to fetch from"),
        ("FILE://localhost/etc/passwd", "not an address"),
        ("data:text/plain,a", "not an address"),
        ("/etc/passwd", "not an address"),
        ("", "not an address"),
        ("https://", "not an address"),
        ("https:///a", "not an address"),
        ("https://example.org:99999/", "not an address"),
        ("https://example.org:x/", "not an address"),
        ("https://[::1/", "not an address"),
        ("https://a..b/", "not an address"),
        (f"https://{'a' * 64}.org/", "not an address"),
        ("https://user:secret@example.org/", "user name or password"),
        ("https://secret@example.org/", "user name or password"),
        ("https://@example.org/", "user name or password"),
        ("https://example.org/a b", "spaces, control characters"),
        (" https://example.org/a", "spaces, control characters"),
        ("https://example.org/a\nb", "spaces, control characters"),
        ("https://example.org/a\r\nHost: evil", "spaces, control characters"),
        ("https://exa\tmple.org/", "spaces, control characters"),
        ("https://example.org/\0", "spaces, control characters"),
        ("https://example.org\\@evil.example/", "spaces, control characters"),
        ("https://example.org/本.zip", "spaces, control characters"),
        ("https://éxample.org/", "spaces, control characters"),
    ],
)
def test_what_is_refused(url: str, said: str) -> None:
    with pytest.raises(UsageError) as caught:
        Address.of(url)
    message = str(caught.value)
    assert said in message
    assert caught.value.cure
    assert caught.value.exit_code == 2
    assert len(message.splitlines()) == 1
    assert "secret" not in message


def test_the_cure_for_text_in_an_address_is_the_address() -> None:
    with pytest.raises(UsageError) as caught:
        Address.of("https://example.org/本 1.zip?a=b")
    cure = caught.value.cure.removeprefix("percent-encode them: ")
    assert Address.of(cure).url == "https://example.org/%E6%9C%AC%201.zip?a=b"


HERE = Address.of("https://example.org/a/b?c")


@pytest.mark.parametrize(
    ("location", "url"),
    [
        ("d", "https://example.org/a/d"),
        ("/d", "https://example.org/d"),
        ("//example.org/d", "https://example.org/d"),
        ("https://EXAMPLE.org:443/d", "https://example.org/d"),
        ("", "https://example.org/a/b?c"),
    ],
)
def test_redirects_within_the_host(location: str, url: str) -> None:
    assert HERE.redirected(location).url == url


@pytest.mark.parametrize(
    ("location", "said"),
    [
        ("https://evil.example/d", "another host, evil.example"),
        ("https://example.org.evil.example/", "another host"),
        ("//evil.example/d", "another host"),
        ("https://example.org:8443/d", "another host, example.org:8443"),
        ("https://files.example.org/d", "another host"),
        ("http://example.org/d", "http can be altered"),
        ("http://127.0.0.1/d", "another host"),
        ("file:///etc/passwd", "not an address"),
        ("https://user:secret@example.org/", "user name or password"),
        ("https://[::1/", "not an address"),
        ("/a b", "spaces"),
    ],
)
def test_redirects_that_are_not_followed(location: str, said: str) -> None:
    with pytest.raises(DownloadError) as caught:
        HERE.redirected(location)
    assert said in str(caught.value)
    assert "secret" not in str(caught.value)
    assert caught.value.where == HERE.url
    assert caught.value.exit_code == 1


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("localhost", True),
        ("127.255.0.1", True),
        ("::1", True),
        ("0.0.0.0", False),
        ("10.0.0.1", False),
        ("localhost.example.org", False),
        ("", False),
    ],
)
def test_loopback(name: str, expected: bool) -> None:
    assert is_loopback(name) is expected


def one_line(error: JtextkitError, kind: type[JtextkitError]) -> bool:
    return type(error) is kind and len(str(error).splitlines()) == 1


@given(st.one_of(st.text(), st.text().map("https://".__add__), st.text().map("http://".__add__)))
def test_any_text_is_an_address_in_one_spelling_or_a_usage_error(url: str) -> None:
    address: Address | JtextkitError
    try:
        address = Address.of(url)
    except JtextkitError as error:
        address = error
    if isinstance(address, JtextkitError):
        assert one_line(address, UsageError)
    else:
        assert Address.of(address.url) == address
        assert address.url.isascii()
        assert address.url.startswith("https://") or address.loopback


@given(st.text())
def test_any_redirect_stays_on_the_host_or_is_an_error(location: str) -> None:
    target: Address | JtextkitError
    try:
        target = HERE.redirected(location)
    except JtextkitError as error:
        target = error
    if isinstance(target, JtextkitError):
        assert one_line(target, DownloadError)
    else:
        assert target.host == HERE.host
        assert target.url.startswith("https://example.org/")
