"""The cache: files from the network, verified whenever they are used.

::

    FOLDER/https-HOST/KEY/            KEY from the SHA-256 of the address
        3fa9c1d2e4b5-NAME             the content; the first digits of its SHA-256 and a readable name
        .entry.json                   address, size and SHA-256; written last
        .lock                         held by the process that fetches
        .new                          what is being written, until it takes its name

A file is served only if its bytes have the hash on record and, where the caller knows one, that
hash. Anything else is fetched again. A file that is replaced by a newer one gets another name, so
a path never comes to mean other bytes.

An address whose hash the caller does not know is asked for once; after that its copy is served. For
the site's latest state name another folder, or remove its own.

A cache that may only be read serves what it has.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, suppress
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path

from jtextkit.core.addresses import Address
from jtextkit.core.download import Downloader, Request, checked_hash, too_large
from jtextkit.core.errors import (
    DownloadError,
    IntegrityError,
    OfflineError,
    UnavailableError,
)
from jtextkit.core.files import cache_folder, exclusive, flush, output_errors, sha256_of
from jtextkit.core.parallel import in_order
from jtextkit.core.progress import Progress, silent
from jtextkit.core.receipts import sealed, unsealed

CONNECTIONS = 4

_RECORD = ".entry.json"
_LOCK = ".lock"
_NEW = ".new"
_HASH = re.compile("[0-9a-f]{64}")


class Cache:
    """Files by address; see the module for what is guaranteed.

    Args:
        folder: where it lies; None for :func:`cache_folder`. It is made when first needed.
        offline: serve what is there, and never use the network.
        downloader: what fetches; tests and callers with other limits bring their own.
    """

    def __init__(
        self,
        folder: Path | None = None,
        *,
        offline: bool = False,
        downloader: Downloader | None = None,
    ) -> None:
        self.folder = (cache_folder() if folder is None else folder).absolute()
        self.offline = offline
        self.downloader = downloader or Downloader()

    def fetch(
        self,
        url: str,
        *,
        max_bytes: int,
        sha256: str | None = None,
    ) -> Path:
        """The path of the file at ``url``: from the cache, or fetched into it.

        Args:
            url: where it is.
            max_bytes: more than this is not taken.
            sha256: the hash that its bytes must have; None where it is not known.

        Raises:
            UsageError: the address may not be fetched from.
            DownloadError: the file does not come; its kind says why.
            IntegrityError: it comes, and is not the one whose hash was given; or the copy in the
                cache is damaged and the network is not to be used.
            OutputError: the cache cannot be written.
        """
        return self._fetch(Request(url, max_bytes, sha256))

    def fetch_many(
        self,
        requests: Iterable[Request],
        *,
        stage: str,
        report: Progress = silent,
    ) -> Iterator[Path | DownloadError]:
        """Path or error of each of ``requests``, in their order, over a few connections.

        A file that does not come is no reason to stop for the others, so its error is given, not
        raised. Once a host turns out to be down, nothing more is asked of it. All else (a hash that
        does not match, a full disk, an address that is none) is raised in its turn.
        """
        wanted = list(requests)
        down: dict[str, UnavailableError] = {}
        tasks = [partial(self._fetch_or_error, request, down) for request in wanted]
        report(stage, 0, len(wanted))
        for number, result in enumerate(in_order(tasks, threads=CONNECTIONS), 1):
            report(stage, number, len(wanted))
            yield result

    def find(self, request: Request) -> Path | None:
        """The path of a file that is here, whole and right; None where it would have to be fetched."""
        try:
            return _Entry(self.folder, Address.of(request.url)).look_up(request)
        except _Miss:
            return None

    def keep(self, request: Request, data: bytes) -> Path:
        """Take in a file that came another way than from its address, as if it had come from there.

        Raises:
            IntegrityError: it has not the hash that was asked for.
            OutputError: the cache cannot be written.
        """
        entry = _Entry(self.folder, Address.of(request.url))
        with output_errors(entry.folder, option="--cache"), entry.locked():
            return entry.keep(request, data)

    def _fetch_or_error(
        self, request: Request, down: dict[str, UnavailableError]
    ) -> Path | DownloadError:
        try:
            return self._fetch(request, down)
        except UnavailableError as error:
            down.setdefault(Address.of(request.url).host, error)
            return error
        except DownloadError as error:
            return error

    def _fetch(self, request: Request, down: Mapping[str, UnavailableError] | None = None) -> Path:
        address = Address.of(request.url)
        entry = _Entry(self.folder, address)
        try:
            return entry.look_up(request)
        except _Miss as miss:
            if self.offline:
                raise miss.offline(address) from None
        if down and (known := down.get(address.host)):
            raise UnavailableError(known.problem, where=address.url, cure=known.cure)
        with output_errors(entry.folder, option="--cache"), entry.locked():
            with suppress(_Miss):
                return entry.look_up(request)  # another process was faster
            try:
                return entry.keep(request, self.downloader.download(request))
            finally:
                entry.leave_nothing_empty()


@dataclass
class _Miss(Exception):  # noqa: N818 - the ordinary reason to fetch
    """A file that the cache cannot serve, and why."""

    problem: str = "it is not in the cache"
    damaged: bool = False

    def offline(self, address: Address) -> DownloadError | IntegrityError:
        cure = "run this once without --offline"
        if self.damaged:
            return IntegrityError(self.problem, where=address.url, cure=cure)
        return OfflineError(f"{self.problem}, and --offline", where=address.url, cure=cure)


@dataclass(frozen=True, slots=True)
class _CacheRecord:
    """What is known of a file in the cache."""

    url: str
    bytes: int
    sha256: str


class _Entry:
    """The place of one address in the cache."""

    def __init__(self, root: Path, address: Address) -> None:
        key = hashlib.sha256(address.url.encode()).hexdigest()[:32]
        scheme, _, rest = address.url.partition("://")
        self.url = address.url
        self.folder = root / f"{scheme}-{_readable(address.host)}" / key
        self._name = _readable(rest.partition("?")[0].rstrip("/").rpartition("/")[2])

    def content(self, sha256: str) -> Path:
        return self.folder / f"{sha256[:12]}-{self._name}"

    def locked(self) -> AbstractContextManager[None]:
        return exclusive(self.folder / _LOCK)

    def look_up(self, request: Request) -> Path:
        """The path of the content, if it is what it should be; :class:`_Miss` otherwise."""
        try:
            record = unsealed((self.folder / _RECORD).read_bytes(), _CacheRecord)
        except (FileNotFoundError, NotADirectoryError):
            raise _Miss from None
        except OSError as error:
            raise _Miss(f"the cache cannot be read ({error.strerror})") from None
        except ValueError:
            record = None
        if not record or record.url != self.url or not _HASH.fullmatch(record.sha256):
            raise _Miss("its record in the cache is damaged", damaged=True)
        if request.sha256 not in (None, record.sha256):
            raise _Miss("the copy in the cache is of another version")
        path = self.content(record.sha256)
        try:
            sound = path.stat().st_size == record.bytes and sha256_of(path) == record.sha256
        except OSError:
            sound = False
        if not sound:
            raise _Miss("the copy in the cache is damaged", damaged=True)
        if record.bytes > request.max_bytes:
            raise too_large(self.url, request, record.bytes)
        return path

    def keep(self, request: Request, data: bytes) -> Path:
        """Publish the content, then its record; remove what they supersede."""
        record = _CacheRecord(self.url, len(data), checked_hash(request, data))
        path = self.content(record.sha256)
        try:
            self._write(path, data)
            self._write(self.folder / _RECORD, sealed(asdict(record)).encode())
        except BaseException:
            with suppress(OSError):
                path.unlink(missing_ok=True)
            raise
        self.tidy(path)
        return path

    def _write(self, path: Path, data: bytes) -> None:
        """Give ``data`` its name in one step; whoever calls this holds the lock."""
        new = self.folder / _NEW
        try:
            new.write_bytes(data)
            flush(new)
            new.replace(path)
        except BaseException:
            with suppress(OSError):
                new.unlink(missing_ok=True)
            raise
        flush(self.folder)

    def tidy(self, content: Path) -> None:
        """Remove what ``content`` superseded, now or in a run that was killed just before this."""
        for other in self.folder.iterdir():
            if other.name not in {content.name, _RECORD, _LOCK}:
                with suppress(OSError):  # in use, or not ours
                    other.unlink()

    def leave_nothing_empty(self) -> None:
        """Remove the folder if it holds nothing but our lock: nothing came, nothing stays."""
        with suppress(OSError):  # on Windows the lock, which is open, stays
            if {path.name for path in self.folder.iterdir()} <= {_LOCK, _NEW}:
                (self.folder / _NEW).unlink(missing_ok=True)
                (self.folder / _LOCK).unlink()
                self.folder.rmdir()


def _readable(name: str) -> str:
    """``name`` as far as every file system takes it; not unique, only for people.

    >>> _readable("../Ａ b.zip")
    '_b.zip'
    """
    return re.sub(r"[^A-Za-z0-9._-]+", "_", name)[-60:].strip(".-") or "_"
