"""Every error that jtextkit raises on purpose.

::

    JtextkitError                  exit 1
    ├── UsageError                 exit 2  options that contradict each other or name nothing
    ├── InputError                 exit 1  something that was read is not what it should be
    │   ├── TextError                      empty or blank text, NUL, a lone surrogate
    │   ├── EncodingError                  bytes that are not in the encoding they are read in
    │   ├── ArchiveError                   a zip that is broken, unsafe, or holds no single text
    │   └── FormatError                    a table with missing columns, rows or cells
    ├── DictionaryError            exit 1  a dictionary that is missing or was never downloaded
    ├── TokenizerError             exit 1  a tokenizer that is unreadable, fails, or contradicts itself
    ├── QuotaError                 exit 1  the sources cannot fill what the recipe asks for
    ├── OutputError                exit 1  a folder or disk that cannot be written
    ├── DownloadError              exit 1  an address that does not give what it should
    │   ├── NotFoundError                  there is nothing (any more) at the address
    │   ├── TooLargeError                  more bytes than the caller is ready to take
    │   ├── UnavailableError               the host is down, or asks not to be asked now
    │   └── OfflineError                   not in the cache, and the network is not to be used
    ├── HubError                   exit 1  the Hub refuses, is away, or does not know who asks
    ├── WorkerError                exit 1  a process that worked for this one was killed
    ├── DeviceError                exit 1  a GPU or memory that the work needs and the machine lacks
    ├── ThresholdError             exit 3  a threshold that was asked for is not met
    └── IntegrityError             exit 4  a hash or a receipt does not match

A message is one line: what is wrong, where, and the cure. Callers who hold more context than the
place that raised add it with :meth:`JtextkitError.within`.
"""

from __future__ import annotations

from functools import partial
from typing import Self


class JtextkitError(Exception):
    """The root of all errors raised on purpose.

    Args:
        problem: what is wrong, in one clause without a full stop.
        where: the file, line, work or option concerned; printed first.
        cure: what the user can do about it; printed last.
    """

    exit_code = 1

    def __init__(self, problem: str, *, where: str = "", cure: str = "") -> None:
        self.problem = problem
        self.where = where
        self.cure = cure
        super().__init__(problem)

    def __str__(self) -> str:
        text = f"{self.where}: {self.problem}" if self.where else self.problem
        text = f"{text}; {self.cure}" if self.cure else text
        return printable(text)  # file names and cell contents may hold anything

    def __reduce__(self) -> tuple[object, ...]:
        # Errors cross process borders; keyword arguments do not survive the default pickling.
        return partial(type(self), where=self.where, cure=self.cure), (self.problem,)

    def within(self, place: str) -> Self:
        """The same error, with ``place`` put in front of where it happened."""
        where = f"{place}: {self.where}" if self.where else place
        return type(self)(self.problem, where=where, cure=self.cure)


def printable(text: str) -> str:
    """``text`` on one line that any terminal and stream takes: what is not printable is escaped.

    >>> printable("第一章　a\\nb\\udcff")
    '第一章　a\\\\nb\\\\udcff'
    """
    return "".join(
        c if c.isprintable() or c == "\u3000" else c.encode("unicode_escape").decode() for c in text
    )


def first_line(error: BaseException) -> str:
    """What an error says, on one line of at most 160 characters."""
    lines = str(error).strip().splitlines() or [type(error).__name__]
    line = " ".join(lines[:2]) if lines[0].endswith(":") else lines[0]  # a head says nothing alone
    return line if len(line) <= 160 else f"{line[:157]}..."


class UsageError(JtextkitError):
    """Options that contradict each other, or a name that is not known."""

    exit_code = 2


class InputError(JtextkitError):
    """Something that was read is not what it should be."""


class TextError(InputError):
    """Text that cannot be measured: empty, blank, with NUL or a lone surrogate."""


class EncodingError(InputError):
    """Bytes that are not in the encoding they are read in."""


class ArchiveError(InputError):
    """A zip that is broken, unsafe, or does not hold exactly one text."""


class FormatError(InputError):
    """A table whose columns, rows or cells are not those of its format."""


class DictionaryError(JtextkitError):
    """A dictionary that is missing, incomplete or was never downloaded."""


class TokenizerError(JtextkitError):
    """A tokenizer that cannot be read, that fails, or whose pieces do not fit the text."""


class QuotaError(JtextkitError):
    """The sources cannot fill what the recipe asks for."""


class OutputError(JtextkitError):
    """A place that cannot be written."""


class DownloadError(JtextkitError):
    """An address that does not give what it should."""


class NotFoundError(DownloadError):
    """There is nothing at the address, or nothing any more (404, 410)."""


class TooLargeError(DownloadError):
    """A file with more bytes than the caller is ready to take."""


class UnavailableError(DownloadError):
    """A host that is down or asks not to be asked now: nothing else from it will come either."""


class OfflineError(DownloadError):
    """A file that is not in the cache, while the network is not to be used."""


class HubError(JtextkitError):
    """The Hub refuses what was asked of it, cannot be reached, or does not know who asks."""


class WorkerError(JtextkitError):
    """A process that worked for this one was killed, or ran out of memory."""


class DeviceError(JtextkitError):
    """The machine lacks a GPU, or memory, that the work needs."""


class ThresholdError(JtextkitError):
    """A threshold that the user asked for is not met."""

    exit_code = 3


class IntegrityError(JtextkitError):
    """A hash or a receipt that does not match."""

    exit_code = 4
