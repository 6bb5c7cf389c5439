"""One file over HTTP, whole and verified, or an error that says what to do.

What is relied on: TLS with the system's certificates; ``Content-Length`` or chunks, one of which
must be there, so that a body cut short is noticed; the SHA-256, where the caller knows it. What is
not: that a server tells the truth about lengths. A file is fetched whole or not at all, and held in
memory until it is whole; its cap bounds that.

Proxies are those of the environment (``HTTPS_PROXY``, ``NO_PROXY``); this machine is always asked
directly. No cookies, no ``.netrc``, no credentials are sent to any source.

Not handled: a server that lies about the length *and* keeps the connection open without a word; one
that sends the headers of its answer a byte at a time.
"""

from __future__ import annotations

import hashlib
import http.client
import re
import selectors
import ssl
from dataclasses import dataclass
from functools import cached_property, partial
from urllib.error import URLError
from urllib.request import HTTPHandler, HTTPSHandler, OpenerDirector, ProxyHandler
from urllib.request import Request as Message

from jtextkit import __version__
from jtextkit.core.addresses import Address
from jtextkit.core.errors import (
    DownloadError,
    IntegrityError,
    NotFoundError,
    TooLargeError,
    UnavailableError,
    UsageError,
)
from jtextkit.core.politeness import AgainError, Clock, Pace, Patience, duration, retry_after

USER_AGENT = f"jtextkit/{__version__} (+https://github.com/jtextkit/jtextkit)"

_BLOCK = 1 << 16
_REDIRECTS = 5
_SLOWEST = 100  # bytes a second, over the time of a stall: a trickle is a stall, too
_LAST_WORD = 2.0  # seconds that a server has to close, or to say more than it announced

_PASSING = {408, 500, 502, 504}  # worth another try
_BUSY = {429, 503}  # worth another try, when the host says so

_LATER = "try again later: the files that have come are kept"
_OFF = "check the connection and the proxy settings, or work from a copy of your own"


@dataclass(frozen=True, slots=True)
class Request:
    """A file that is wanted.

    Args:
        url: where it is.
        max_bytes: more than this is not taken.
        sha256: the hash that its bytes must have, in hexadecimal; None where it is not known.
    """

    url: str
    max_bytes: int
    sha256: str | None = None

    def __post_init__(self) -> None:
        if self.sha256 is not None and not re.fullmatch(r"[0-9a-f]{64}", self.sha256):
            cure = "give 64 lower-case hexadecimal digits"
            raise UsageError(f"{self.sha256!r} is not a SHA-256", where=self.url, cure=cure)


def checked_hash(request: Request, data: bytes) -> str:
    """The SHA-256 of what came for ``request``, which has to be the one that was wanted."""
    found = hashlib.sha256(data).hexdigest()
    if request.sha256 and found != request.sha256:
        raise IntegrityError(
            f"not the file that was expected: SHA-256 {found[:12]}… ({len(data):,} bytes) "
            f"instead of {request.sha256[:12]}…",
            where=Address.of(request.url).url,
            cure="the source has changed since it was recorded, or was altered on its way: "
            "look for a newer jtextkit, or work from a copy of your own",
        )
    return found


class Downloader:
    """Fetches files; threads may share one, so that they keep one pace."""

    def __init__(
        self,
        *,
        pace: Pace | None = None,
        patience: Patience | None = None,
        clock: Clock | None = None,
        space_loopback: bool = False,
    ) -> None:
        self.clock = clock or Clock()
        self.pace = pace or Pace(clock=self.clock)
        self.patience = patience or Patience()
        self._space_loopback = space_loopback

    def download(self, request: Request) -> bytes:
        """The file, whole and with the hash that it must have.

        Raises:
            DownloadError: the file does not come; its kind says why.
            IntegrityError: it comes, and is not the one whose hash was given.
        """
        address = Address.of(request.url)
        attempt = partial(self._attempt, address, request)
        host, where = address.host, address.url
        return self.pace.patiently(attempt, self.patience, host, where=where, cure=_LATER)

    def _attempt(self, address: Address, request: Request) -> bytes:
        with self._open(address) as response:
            self._check_status(address, response)
            data = self._receive(response, request, _announced(address, response, request), address)
        checked_hash(request, data)
        return data

    def _open(self, address: Address) -> http.client.HTTPResponse:
        """The answer to a request, redirects followed."""
        target = address
        for _ in range(_REDIRECTS + 1):
            spaced = self._space_loopback or not target.loopback
            self.pace.wait(target.host, spaced=spaced)
            response = self._ask(target)
            if response.status not in (301, 302, 303, 307, 308):
                return response
            location = response.headers.get("Location")
            response.close()
            if not location:
                problem = f"redirects (HTTP {response.status}) without saying where"
                raise DownloadError(problem, where=target.url, cure="look for its new address")
            target = target.redirected(location)
        cure = "look for its new address"
        raise DownloadError(f"redirects more than {_REDIRECTS} times", where=address.url, cure=cure)

    def _ask(self, target: Address) -> http.client.HTTPResponse:
        headers = {"User-Agent": USER_AGENT, "Accept": "*/*", "Accept-Encoding": "identity"}
        message = Message(target.url, headers=headers)  # noqa: S310 - Address checked it
        try:
            opener = plain_opener(direct=target.loopback, context=self._context)
            response = opener.open(message, timeout=self.patience.timeout)
        except URLError as error:
            reason = error.reason
            if isinstance(reason, ssl.SSLCertVerificationError):
                problem = f"the certificate of {target.host} is not valid ({reason.verify_message})"
                cure = "check this machine's clock and certificates (SSL_CERT_FILE names others)"
                raise DownloadError(problem, where=target.url, cure=cure) from None
            problem = f"{target.host} cannot be reached ({_reason(reason)})"
            raise AgainError(problem, UnavailableError, _OFF) from None
        except (OSError, http.client.HTTPException) as error:
            raise AgainError(f"{target.host} gave no answer ({_reason(error)})") from None
        assert isinstance(response, http.client.HTTPResponse)
        return response

    @cached_property
    def _context(self) -> ssl.SSLContext:
        return ssl.create_default_context()

    def _check_status(self, address: Address, response: http.client.HTTPResponse) -> None:
        status = response.status
        if status == 200:
            return
        said = f"HTTP {status} {response.reason}".strip()
        if status in (404, 410):
            cure = "look whether it has moved, or leave it out"
            raise NotFoundError(f"there is no such file ({said})", where=address.url, cure=cure)
        if status in _PASSING | _BUSY:
            wait = retry_after(response.headers.get("Retry-After"), self.clock.wall())
            kind = UnavailableError if status in _BUSY else DownloadError
            state = "busy" if status in _BUSY else "in trouble"
            raise AgainError(f"{address.host} is {state} ({said})", kind, wait=wait)
        cure = "check the address, or work from a copy of your own"
        raise DownloadError(f"the server refuses ({said})", where=address.url, cure=cure)

    def _receive(
        self,
        response: http.client.HTTPResponse,
        request: Request,
        end: int | None,
        address: Address,
    ) -> bytes:
        """The body, to ``end`` where one was announced."""
        if end is not None:
            response.length = None  # read on to where the server closes, not to where it claims to
        body = bytearray()
        since, before = self.clock.now(), 0
        while end is None or len(body) < end or _more_to_come(response):
            try:
                data = response.read1(_BLOCK)
            except (OSError, http.client.HTTPException) as error:
                raise AgainError(f"the connection broke ({_reason(error)})") from None
            if not data:
                break
            body += data
            if len(body) > request.max_bytes:
                raise too_large(address.url, request)
            if end is not None and len(body) > end:
                raise AgainError("the server sends more than it announced")
            if (now := self.clock.now()) - since >= self.patience.timeout:
                if len(body) - before < _SLOWEST * (now - since):
                    problem = f"the server sends next to nothing for {duration(now - since)}"
                    raise AgainError(problem)
                since, before = now, len(body)
        if end is not None and len(body) < end:
            raise AgainError(f"the body was cut short, at {len(body):,} of {end:,} bytes")
        return bytes(body)


def plain_opener(*, direct: bool, context: ssl.SSLContext | None = None) -> OpenerDirector:
    """What speaks http and https, and does nothing of its own: no redirects, no passwords.

    Args:
        direct: pass over the proxies of the environment.
    """
    opener = OpenerDirector()
    opener.addheaders = []
    handlers = [HTTPHandler(), HTTPSHandler(context=context), *([] if direct else [ProxyHandler()])]
    for handler in handlers:
        opener.add_handler(handler)
    return opener


def _announced(
    address: Address, response: http.client.HTTPResponse, request: Request
) -> int | None:
    """The size that the body will have, if it is announced and one that is taken."""
    encoding = response.headers.get("Content-Encoding", "").strip().lower()
    transfer = response.headers.get("Transfer-Encoding", "").strip().lower()
    encoding = encoding if encoding not in ("", "identity") else transfer
    if encoding not in ("", "identity", "chunked"):
        problem = f"the server sends it packed ({encoding}) though asked not to"
        raise DownloadError(problem, where=address.url, cure="work from a copy of your own")
    length = _length(address, response)
    if length is None and not response.chunked and request.sha256 is None:
        problem = "the server does not say how long it is, so that a part could pass for the whole"
        raise DownloadError(problem, where=address.url, cure="work from a copy of your own")
    if length is not None and length > request.max_bytes:
        raise too_large(address.url, request, length)
    return length


def _length(address: Address, response: http.client.HTTPResponse) -> int | None:
    """``Content-Length``, where it counts and is one number."""
    values = set(response.headers.get_all("Content-Length", []))
    if response.chunked or not values:
        return None
    value = values.pop().strip()
    if values or not (value.isascii() and value.isdigit()) or len(value) > 18:
        problem = "the server does not say clearly how long it is"
        raise DownloadError(problem, where=address.url, cure="work from a copy of your own")
    return int(value)


def _more_to_come(response: http.client.HTTPResponse) -> bool:
    """Whether the server does something after the end that it announced; it should just close."""
    if response.isclosed():
        return False
    with selectors.DefaultSelector() as selector:
        selector.register(response, selectors.EVENT_READ)
        return bool(selector.select(_LAST_WORD))


def too_large(where: str, request: Request, length: int | None = None) -> TooLargeError:
    """The error for a file of more bytes than are taken; ``length`` where it is known."""
    said = f"has {length:,} bytes" if length else "goes on"
    problem = f"it {said}, and no more than {request.max_bytes:,} are taken"
    return TooLargeError(problem, where=where, cure="check that this is the right address")


def _reason(error: object) -> str:
    if isinstance(error, TimeoutError):
        return "timed out"
    if isinstance(error, http.client.IncompleteRead):
        return "cut short"
    text = (isinstance(error, OSError) and error.strerror) or str(error)
    return text or type(error).__name__
