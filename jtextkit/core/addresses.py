"""Addresses that may be fetched from, checked before anything goes out.

``https`` from anywhere, ``http`` from this machine only; no user names or passwords, no spaces or
control characters (which libraries drop without a word), nothing that is not ASCII.

Not handled: what a name resolves to. ``localhost`` is taken at its word.
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from typing import Self
from urllib.parse import quote, urljoin, urlsplit

from jtextkit.core.errors import DownloadError, UsageError

_ALLOWED = re.compile(r"[A-Za-z0-9._~:/?#\[\]@!$&'()*+,;=%-]*")
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+://")
_DEFAULT_PORTS = {"https": 443, "http": 80}


@dataclass(frozen=True, slots=True)
class Address:
    """A checked address in one spelling: no fragment, host in lower case, default port left out.

    ``host`` carries the port where it is not the default one; ``loopback`` says that the host is
    this machine.
    """

    url: str
    host: str
    loopback: bool

    @classmethod
    def of(cls, url: str) -> Self:
        """Check ``url``.

        Raises:
            UsageError: it may not be fetched from, or is not well-formed.
        """
        where = _without_credentials(url)
        if not _ALLOWED.fullmatch(url):
            problem = "an address may not hold spaces, control characters or text outside ASCII"
            cure = f"percent-encode them: {quote(where.strip(), safe=':/?#[]@!$&()*+,;=%~')}"
            raise UsageError(problem, where=where, cure=cure)
        try:
            parts = urlsplit(url)
            name, port = parts.hostname, parts.port
            (name or "").encode("idna")  # parts of a host name that are empty or too long
        except ValueError:
            name, port, parts = None, None, urlsplit("")
        if not name or parts.scheme not in _DEFAULT_PORTS:
            cure = "give one that begins with https://"
            raise UsageError("this is not an address to fetch from", where=where, cure=cure)
        if "@" in parts.netloc:
            problem = "an address may not hold a user name or password"
            cure = "fetch the file yourself and name your copy"
            raise UsageError(problem, where=where, cure=cure)
        loopback = is_loopback(name)
        if parts.scheme == "http" and not loopback:
            cure = "use https (http is for this machine only)"
            raise UsageError("http can be altered on its way", where=where, cure=cure)
        host = f"[{name}]" if ":" in name else name
        if port is not None and port != _DEFAULT_PORTS[parts.scheme]:
            host = f"{host}:{port}"
        query = f"?{parts.query}" if parts.query else ""
        return cls(f"{parts.scheme}://{host}{parts.path or '/'}{query}", host, loopback)

    def redirected(self, location: str) -> Self:
        """Where ``location`` leads from here, on the same host.

        Raises:
            DownloadError: it leads elsewhere, or to where nothing may be fetched from.
        """
        try:
            target = self.of(urljoin(self.url, location))
        except (UsageError, ValueError) as error:
            why = error.problem if isinstance(error, UsageError) else "not an address"
            problem = f"redirects to {_without_credentials(location)!r} ({why})"
            cure = "look for its new address"
            raise DownloadError(problem, where=self.url, cure=cure) from None
        if target.host != self.host:
            problem = f"redirects to another host, {target.host}"
            cure = "look whether the source has moved, and give its new address"
            raise DownloadError(problem, where=self.url, cure=cure)
        return target


def is_address(place: str | os.PathLike[str]) -> bool:
    """Whether this is an address of whatever scheme, and no path of this machine."""
    return _SCHEME.match(os.fspath(place)) is not None


def is_loopback(name: str) -> bool:
    """Whether a host name or number means this machine.

    >>> is_loopback("127.0.0.1"), is_loopback("::1"), is_loopback("127.0.0.1.example.org")
    (True, True, False)
    """
    if name == "localhost":
        return True
    import ipaddress  # late: every command looks whether a path is an address

    try:
        return ipaddress.ip_address(name).is_loopback
    except ValueError:
        return False


def _without_credentials(url: str) -> str:
    """``url`` for messages, which may end up in logs."""
    return re.sub(r"//[^/?#]*@", "//…@", url)
