"""The one text in an Aozora Bunko zip, read in memory and safely.

Source: the site's ``cards/PERSON/files/STEM.zip``, each of one Shift_JIS ``.txt`` whose name varies,
with images beside it at most. Anything else in the archive is refused, not skipped: a file that is
not what the site makes is better fetched again than half read.

Not handled: other archive formats, and passwords. Nothing is ever extracted to disk.
"""

from __future__ import annotations

import hashlib
import io
import lzma
import re
import stat
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from jtextkit.core.errors import ArchiveError, InputError

MAX_BYTES: Final = 32 << 20
"""The longest text accepted; the longest real one is under 4 MiB."""

_IMAGES: Final = (".png", ".jpg", ".jpeg", ".gif")
_PATH: Final = re.compile(r"(cards/\d{6}/files)/([\w.-]+)\.zip", re.ASCII)
_BROKEN: Final = (
    zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, OSError, ValueError,
    RuntimeError,  # zipfile says so for versions and compressions that it cannot read
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Member:
    """A file that was read: its name and its bytes."""

    name: str
    data: bytes

    @property
    def sha256(self) -> str:
        """SHA-256 of the bytes, in hexadecimal digits."""
        return hashlib.sha256(self.data).hexdigest()


def locate(root: Path, path: str) -> Path | None:
    """Where ``path`` lies under ``root``: as the site's zip, or as the pinned mirror's text.

    Args:
        root: a folder laid out like the site or like its mirror on GitHub.
        path: the official relative path, ``cards/000005/files/5_ruby_21311.zip``.
    """
    if _PATH.fullmatch(path) is None:
        return None
    for candidate in (root / path, root / bare_text(path)):
        if candidate.is_file():
            return candidate
    return None


def bare_text(path: str) -> str:
    """Where mirrors of bare texts have what the site has at ``path``.

    >>> bare_text("cards/000005/files/5_ruby_21311.zip")
    'cards/000005/files/5_ruby_21311/5_ruby_21311.txt'

    Raises:
        ValueError: not an official path.
    """
    match = _PATH.fullmatch(path)
    if match is None:
        raise ValueError(f"{path!r} is not a path of Aozora Bunko")
    folder, stem = match.groups()
    return f"{folder}/{stem}/{stem}.txt"


def read_member(source: Path | bytes, *, where: str) -> Member:
    """The text in a zip (a path, or its bytes), or a ``.txt`` file as it is.

    Raises:
        ArchiveError: a zip that is broken, unsafe, too large, or does not hold exactly one text.
        InputError: a file that cannot be read.
    """
    if isinstance(source, Path) and source.suffix.lower() == ".txt":
        return Member(source.name, read_file(source, where, MAX_BYTES))
    return read_archive(source, ".txt", where=where, limit=MAX_BYTES)


def read_archive(source: Path | bytes, suffix: str, *, where: str, limit: int) -> Member:
    """The one member of a zip whose name ends in ``suffix``, at most ``limit`` bytes long."""
    data = read_file(source, where, MAX_BYTES) if isinstance(source, Path) else source
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            info = _choose(archive.infolist(), suffix, where)
            with archive.open(info) as member:
                # The size in the directory may lie in both directions: count what really comes out.
                content = member.read(limit + 1)
    except _BROKEN as error:
        raise _refused(f"the zip is broken ({error})", where) from error
    if len(content) > limit:
        raise _refused(f"member {info.filename!r} unpacks to more than {limit:,} bytes", where)
    if len(content) != info.file_size:
        claim = f"{len(content):,} bytes and claims {info.file_size:,}"
        raise _refused(f"member {info.filename!r} is {claim}", where)
    return Member(info.filename, content)


def read_file(path: Path, where: str, limit: int) -> bytes:
    """The bytes of a file; not by its size: a device or a pipe has none."""
    try:
        with path.open("rb") as file:
            data = file.read(limit + 1)
    except OSError as error:
        raise InputError(
            f"cannot be read ({error.strerror})", where=where, cure="check the path"
        ) from error
    if len(data) > limit:
        raise _refused(f"more than the {limit:,} bytes accepted", where)
    return data


def _refused(problem: str, where: str) -> ArchiveError:
    return ArchiveError(problem, where=where, cure="fetch it again from its source")


def _choose(infos: list[zipfile.ZipInfo], suffix: str, where: str) -> zipfile.ZipInfo:
    for info in infos:
        if problem := _problem(info, suffix):
            raise _refused(f"member {info.filename!r} {problem}", where)
    wanted = [info for info in infos if info.filename.lower().endswith(suffix)]
    if len(wanted) != 1:
        names = ", ".join(repr(info.filename) for info in wanted[:3]) or "none"
        problem = f"the zip should hold one {suffix} member and holds {len(wanted)} ({names})"
        raise _refused(problem, where)
    return wanted[0]


def _problem(info: zipfile.ZipInfo, suffix: str) -> str | None:
    name = info.orig_filename.replace("\\", "/")
    mode = info.external_attr >> 16
    if name.startswith("/") or ".." in name.split("/") or re.match("[A-Za-z]:", name):
        return "points outside the archive"
    if "\0" in name:
        return "has NUL in its name"
    if stat.S_ISLNK(mode):
        return "is a symbolic link"
    if info.is_dir() or "/" in name or stat.S_ISDIR(mode):
        return "is or lies in a folder"
    if info.flag_bits & 0x1:
        return "is encrypted"
    if not name.lower().endswith((suffix, *_IMAGES)):
        return f"is neither {suffix} nor an image"
    return None
