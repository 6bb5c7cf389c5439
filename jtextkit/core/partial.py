"""A file while it comes: what is there already, which version it belongs to, and how far it is sure.

The bytes go to a file of their own, ``.part-XXXXXXXX``. Where the server gave a strong validator,
a record beside it (``.part.json``) says which version the bytes are of, how many of them have
reached the disk, and their SHA-256. A later run takes up only what still has that hash, so neither
a kill nor a power cut nor a stray writer can slip wrong bytes in front of right ones.

Whoever holds a :class:`Partial` must hold the lock of its folder.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import secrets
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from jtextkit.core.errors import OutputError
from jtextkit.core.files import flush, output_errors

PREFIX = ".part-"
STATE = ".part.json"

_FIRST_CHECKPOINT = 1 << 18
_BLOCK = 1 << 20


@dataclass(frozen=True, slots=True)
class Validator:
    """What tells one version of a resource from another: a strong ETag, or when it was changed."""

    etag: str | None = None
    last_modified: str | None = None

    @property
    def if_range(self) -> str:
        """What ``If-Range`` takes."""
        return self.etag or self.last_modified or ""


class Partial:
    """The one unfinished file of ``folder``; a context manager that keeps what can be taken up."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.validator: Validator | None = None
        self.total: int | None = None
        self.size = 0
        self.resumed = False
        self._path: Path | None = None
        self._file: io.FileIO | None = None
        self._hash = hashlib.sha256()
        self._due = _FIRST_CHECKPOINT

    def __enter__(self) -> Self:
        with output_errors(self.folder, option="--cache"):
            if not self._take_up():
                self.discard()
            self._tidy()
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        keep = self.validator is not None and not isinstance(error, OutputError)
        if keep:
            try:
                self.checkpoint()
            except OSError:
                keep = False
        if keep:
            self._close()
        else:
            with suppress(OSError):  # what led here is what has to be told
                self.discard()

    def restart(self, validator: Validator | None, total: int | None) -> None:
        """Begin anew, with the version that ``validator`` stands for."""
        with output_errors(self.folder, option="--cache"):
            self.discard()
            self.validator, self.total = validator, total
            self._path = self.folder / f"{PREFIX}{secrets.token_hex(4)}"
            self._file = self._path.open("xb", buffering=0)

    def write(self, data: bytes) -> None:
        """Add ``data``; now and then make sure of what is there."""
        assert self._file is not None
        with output_errors(self.folder, option="--cache"):
            rest = memoryview(data)
            while rest:  # a disk that is nearly full takes less than it is given
                rest = rest[self._file.write(rest) :]
            self._hash.update(data)
            self.size += len(data)
            if self.size >= self._due:
                self.checkpoint()

    def checkpoint(self) -> None:
        """Put all bytes on the disk, and then on record."""
        if self._file is None or self._path is None or self.validator is None:
            return
        os.fsync(self._file.fileno())
        state = {
            "file": self._path.name,
            "etag": self.validator.etag,
            "last_modified": self.validator.last_modified,
            "total": self.total,
            "bytes": self.size,
            "sha256": self._hash.hexdigest(),
        }
        new = self.folder / f"{STATE}.new"
        new.write_text(json.dumps(state), encoding="utf-8")
        new.replace(self.folder / STATE)
        self._due = self.size + max(_FIRST_CHECKPOINT, self.size >> 3)

    def sha256(self) -> str:
        """Of all bytes so far."""
        return self._hash.hexdigest()

    def publish(self, path: Path) -> None:
        """Give the whole file its final name; there is no unfinished one afterwards."""
        assert self._file is not None
        assert self._path is not None
        with output_errors(self.folder, option="--cache"):
            os.fsync(self._file.fileno())
            self._close()
            self._path.replace(path)
            self._path = None
            self.discard()
            flush(self.folder)

    def discard(self) -> None:
        """Drop the unfinished file."""
        self._close()
        (self.folder / STATE).unlink(missing_ok=True)  # first: no record outlives its bytes
        (self.folder / f"{STATE}.new").unlink(missing_ok=True)
        if self._path is not None:
            self._path.unlink(missing_ok=True)
        self._path = self.validator = self.total = None
        self._hash = hashlib.sha256()
        self.size = 0
        self.resumed = False
        self._due = _FIRST_CHECKPOINT

    def _close(self) -> None:
        if self._file is not None:
            file, self._file = self._file, None
            file.close()

    def _take_up(self) -> bool:
        """Go on where an earlier run stopped, as far as its bytes are what it recorded."""
        try:
            state: Any = json.loads((self.folder / STATE).read_bytes())
            name, size, total = str(state["file"]), int(state["bytes"]), state["total"]
            self.validator = Validator(_header(state["etag"]), _header(state["last_modified"]))
            self.total = None if total is None else int(total)
            if not name.startswith(PREFIX) or Path(name).name != name:
                return False
            self._path = self.folder / name
            self._file = self._path.open("r+b", buffering=0)
        except (
            FileNotFoundError,
            ValueError,
            LookupError,
            TypeError,
            ArithmeticError,
            RecursionError,
        ):
            return False
        left = size
        while left > 0 and (block := self._file.read(min(left, _BLOCK))):
            self._hash.update(block)
            left -= len(block)
        if size <= 0 or left or self._hash.hexdigest() != state["sha256"]:
            return False
        self._file.truncate(size)
        self._file.seek(size)
        self.size = size
        self.resumed = True
        return True

    def _tidy(self) -> None:
        """Remove what killed runs left and cannot be taken up."""
        for path in self.folder.glob(f"{PREFIX}*"):
            if path != self._path:
                path.unlink(missing_ok=True)
        (self.folder / f"{STATE}.new").unlink(missing_ok=True)


def _header(value: Any) -> str | None:
    """``value`` if it may stand in a header; what lies on a disk may have been changed."""
    if value is None or (isinstance(value, str) and value.isascii() and value.isprintable()):
        return value
    raise ValueError
