"""Folders by address (``s3://bucket/folder``, any that fsspec knows), with what annotating needs of one.

Objects appear whole, and :meth:`RemoteFolder.create` makes one only where there is none, which S3 and
Google's storage decide themselves (``If-None-Match``). What goes wrong there is an error of ours, without
the passwords that an address may hold.

Not handled: leases in stores that cannot create conditionally, such as the Hub (:attr:`RemoteFolder.creates`).
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from jtextkit.core.errors import InputError, JtextkitError, UsageError, first_line
from jtextkit.core.extras import require
from jtextkit.core.files import sha256_of
from jtextkit.core.secrets import redact
from jtextkit.core.text import read_bytes

_PATTERN = re.compile(r"[*?[]")
_TAGS = ("ETag", "etag", "md5Hash", "blob_id", "generation", "mtime")
"""By what stores say that a file is still the one that it was."""

_BLOCK = 8 << 20


@dataclass(frozen=True, slots=True)
class RemoteFile:
    """A file as its folder listed it.

    Attributes:
        folder: where it lies.
        size: in bytes.
        tag: what changes with its content; "" where the store has none.
    """

    folder: RemoteFolder
    name: str
    size: int
    tag: str

    def __str__(self) -> str:
        return self.folder.place(self.name)


@dataclass(frozen=True, slots=True)
class LocalFolder:
    """A folder of this machine."""

    path: Path

    def place(self, name: str) -> str:
        """The path of a file in it, for messages."""
        return str(self.path / name)

    def sizes(self) -> dict[str, int]:
        """Bytes of the files that lie in it, by name."""
        return {file.name: file.stat().st_size for file in self.path.iterdir() if file.is_file()}

    def read(self, name: str) -> bytes | None:
        """The bytes of a small file; None where there is none."""
        file = self.path / name
        return read_bytes(file) if file.exists() else None

    def sha256(self, name: str) -> str:
        """The SHA-256 of a file's bytes, in hexadecimal."""
        return sha256_of(self.path / name)


@dataclass(frozen=True, slots=True)
class RemoteFolder:
    """A folder by its address; all methods raise InputError where the store fails."""

    address: str

    @classmethod
    def at(cls, address: str) -> RemoteFolder:
        """The folder of an address.

        Raises:
            UsageError: its scheme is unknown, or wants a library that is not installed.
        """
        folder = cls(address.rstrip("/"))
        _opened(folder.address)
        return folder

    def place(self, name: str) -> str:
        """The address of a file in it, for messages."""
        return redact(f"{self.address}/{name}")

    def files(self) -> list[RemoteFile]:
        """What lies in it, by name; one listing, folders left out."""
        with self._at("listed") as (system, path):
            try:
                found = system.ls(path, detail=True)
            except FileNotFoundError:
                return []
        names = ((info, str(info["name"]).rpartition("/")[2]) for info in found)
        files = [_file(self, name, info) for info, name in names if info["type"] == "file" and name]
        return sorted(files, key=lambda file: file.name)

    def matching(self, pattern: str) -> list[RemoteFile]:
        """The files below it that a pattern with wildcards names, in whatever folders, by place."""
        with self._at("listed", pattern) as (system, path):
            found = system.glob(path, detail=True)
        files = []
        for place, info in sorted(found.items()):
            inner, _, name = str(place).removeprefix(path.removesuffix(pattern)).rpartition("/")
            if info["type"] == "file":
                folder = RemoteFolder(f"{self.address}/{inner}".rstrip("/"))
                files.append(_file(folder, name, info))
        return files

    @property
    def creates(self) -> bool:
        """Whether the store itself sees to it that :meth:`create` never writes over a file."""
        system, _ = _opened(self.address)
        # What fsspec does for a store without a way of its own: look, then write, whatever came meanwhile.
        looked = require("fsspec").AbstractFileSystem.pipe_file
        return getattr(system.pipe_file, "__func__", None) is not looked

    def sizes(self) -> dict[str, int]:
        """Bytes of the files that lie in it, by name; one listing."""
        return {file.name: file.size for file in self.files()}

    def file(self, name: str) -> RemoteFile | None:
        """What the store says of a file now; None where there is none."""
        with self._at("looked at", name) as (system, path):
            try:
                return _file(self, name, system.info(path))
            except FileNotFoundError:
                return None

    def read(self, name: str) -> bytes | None:
        """The bytes of a small file; None where there is none."""
        with self._at("read", name) as (system, path):
            try:
                return bytes(system.cat_file(path))
            except FileNotFoundError:
                return None

    def fetch(self, name: str, target: Path) -> str:
        """Write a file to ``target``; the SHA-256 of its bytes, in hexadecimal."""
        whole = hashlib.sha256()
        with (
            target.open("wb") as copy,
            self._at("read", name) as (system, path),
            system.open(path, "rb", block_size=_BLOCK, cache_type="readahead") as file,
        ):
            while block := file.read(_BLOCK):
                whole.update(block)
                copy.write(block)
        return whole.hexdigest()

    def sha256(self, name: str) -> str:
        """The SHA-256 of a file's bytes, in hexadecimal."""
        return self.fetch(name, Path("/dev/null"))

    def publish(self, source: Path, name: str) -> RemoteFile:
        """Put a file there, whole; what the store says of it then.

        Raises:
            InputError: the store fails, or holds another number of bytes.
        """
        with self._at("written", name) as (system, path):
            system.put_file(str(source), path)
        there = self.file(name)
        if there is None or there.size != source.stat().st_size:
            problem = "the store does not hold what was sent"
            raise InputError(problem, where=self.place(name), cure="run it again")
        return there

    def write(self, name: str, data: bytes) -> None:
        """Put a small file there, whole, whatever is there."""
        with self._at("written", name) as (system, path):
            system.pipe_file(path, data)

    def create(self, name: str, data: bytes) -> bool:
        """Put a small file there unless there is one; whether it was put."""
        with self._at("written", name) as (system, path):
            try:
                system.pipe_file(path, data, mode="create")
            except OSError as error:
                if isinstance(error, FileExistsError) or "PreconditionFailed" in repr(error):
                    return False
                raise
        return True

    def remove(self, name: str) -> None:
        """Remove a file, if it is there."""
        with self._at("removed", name) as (system, path), suppress(FileNotFoundError):
            system.rm_file(path)

    @contextmanager
    def _at(self, done: str, name: str = "") -> Iterator[tuple[Any, str]]:
        """The store's file system and the path of a file there, for something that has to be ``done``."""
        system, path = _opened(self.address)
        try:
            yield system, f"{path}/{name}" if name else path
        except (JtextkitError, MemoryError):
            raise
        except NotImplementedError:
            problem = f"nothing can be {done} in such a store"
            cure = "name its files one by one, or take another store"
            raise UsageError(problem, where=self.place(name).rstrip("/"), cure=cure) from None
        except Exception as error:
            problem = f"cannot be {done} ({redact(first_line(error))})"
            cure = "check the address, the network and your rights; the same command goes on"
            raise InputError(problem, where=self.place(name), cure=cure) from error


def _file(folder: RemoteFolder, name: str, info: dict[str, Any]) -> RemoteFile:
    tag = next((str(info[key]) for key in _TAGS if info.get(key)), "")
    return RemoteFile(folder, name, int(info.get("size") or 0), tag)


def by_pattern(address: str) -> list[RemoteFile] | None:
    """The files that an address with wildcards names (``s3://bucket/*/in-??.jsonl``); None if it has none."""
    scheme, _, path = address.partition("://")
    wild = _PATTERN.search(path)
    if wild is None:
        return None
    folder, _, start = path[: wild.start()].rpartition("/")
    return RemoteFolder.at(f"{scheme}://{folder}").matching(start + path[wild.start() :])


@cache
def _opened(address: str) -> tuple[Any, str]:
    """The file system of an address, and the path there; each process opens its own."""
    fsspec = require("fsspec")
    try:
        # Other machines write there too: nothing that was listed once may be believed later.
        system, path = fsspec.url_to_fs(address, use_listings_cache=False)
    except (ImportError, ValueError) as error:
        raise UsageError(
            f"nothing here reads such an address ({first_line(error)})",
            where=redact(address),
            cure='use s3://, with python -m pip install "jtextkit[remote]", or another that fsspec knows',
        ) from None
    return system, str(path).rstrip("/")
