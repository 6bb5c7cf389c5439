"""Checks of a built folder's files against its receipt, for sets of every kind."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final, Protocol

from jtextkit.builders.sets.findings import Check
from jtextkit.core.files import sha256_of
from jtextkit.core.receipts import RECEIPT, digest

BESIDE: Final = ("report.html", ".gitattributes")
"""Files that may lie beside a set: the report on it, and what the Hub adds."""


class Built(Protocol):
    """A folder with its receipt."""

    @property
    def folder(self) -> Path: ...

    @property
    def receipt(self) -> Mapping[str, Any]: ...


def _missing(built: Built) -> Iterator[str]:
    for name in built.receipt["files"]:
        if not _inside(name) or not (built.folder / name).is_file():
            yield f"{name}: the receipt names it, but it is not there"


def _hashes(built: Built) -> Iterator[str]:
    for name, entry in sorted(built.receipt["files"].items()):
        file = built.folder / name
        if not _inside(name) or not file.is_file():
            continue
        expected = entry.get("sha256") if isinstance(entry, dict) else None
        if expected != sha256_of(file):
            yield f"{name}: its SHA-256 is not the receipt's"


def _inside(name: str) -> bool:
    """Whether a name in a receipt cannot lead out of the folder."""
    return not Path(name).is_absolute() and ".." not in Path(name).parts and bool(name)


def extra_files(built: Built) -> Iterator[str]:
    """Files that the receipt does not name."""
    known = {*built.receipt["files"], RECEIPT, *BESIDE}
    for file in sorted(built.folder.rglob("*")):
        name = file.relative_to(built.folder).as_posix()
        if file.is_file() and name not in known and not name.startswith(".cache/"):
            yield f"{name}: no receipt names it"


def recipe_hash(built: Built) -> Iterator[str]:
    """The receipt's hash of its own recipe."""
    if built.receipt.get("recipe_sha256") != digest(built.receipt.get("recipe")):
        yield f"{RECEIPT}: recipe_sha256 is not the hash of the recipe"


FILE_CHECKS: Final[tuple[Check[Built], ...]] = (
    Check("file-missing", "every file that the receipt names is there", _missing),
    Check("file-hash", "every file has the SHA-256 in the receipt", _hashes),
    Check("file-extra", "no file lies there that the receipt does not name", extra_files),
)
