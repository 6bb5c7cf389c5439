"""Receipts: what was made, from what, by which recipe, and the hash of every file.

A receipt is the last thing written into a folder, so a folder with one is complete. It is JSON with
sorted keys and holds no time, host or path, so the same work gives the same bytes. Like all state that
a later run believes, it is sealed: it holds the hash of its own content, and what is read has the types
that it was written with.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, TypedDict, TypeVar

from jtextkit.core.errors import IntegrityError
from jtextkit.core.files import replacing_file, sha256_of
from jtextkit.core.typed import typed

RECEIPT = "receipt.json"

_SEAL = "sealed_sha256"

T = TypeVar("T")


class FileEntry(TypedDict):
    """What a receipt says of a file."""

    bytes: int
    sha256: str


class _Files(TypedDict):  # apart: Required is not understood in annotations that are text
    files: dict[str, FileEntry]


class Receipt(_Files, total=False):
    """What all receipts of folders have in common; each builder adds its own."""

    builder: str
    jtextkit: str
    recipe: dict[str, Any]
    recipe_sha256: str
    rows: dict[str, Any]
    rows_sha256: dict[str, str]
    signature: str
    sources: dict[str, dict[str, Any]]
    written_with: dict[str, str]


def canonical_json(value: object) -> str:
    """``value`` as JSON on one line: sorted keys, no spaces, text unescaped."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest(value: object) -> str:
    """SHA-256 of :func:`canonical_json`, in hexadecimal."""
    return hashlib.sha256(canonical_json(value).encode()).hexdigest()


def sealed(content: Mapping[str, Any]) -> str:
    """``content`` as JSON for a file, with the hash by which :func:`unsealed` knows it again."""
    whole = {name: value for name, value in content.items() if name != _SEAL}
    whole[_SEAL] = digest(whole)
    return json.dumps(whole, ensure_ascii=False, sort_keys=True, indent=1) + "\n"


def unsealed(data: bytes, kind: type[T]) -> T:
    """What :func:`sealed` made a file of, as :func:`~jtextkit.core.typed.typed` makes a ``kind`` of it.

    Raises:
        ValueError: it is not what was written, or was never a ``kind``.
    """
    try:
        content = json.loads(data)
    except RecursionError:
        content = None
    seal = content.pop(_SEAL, None) if isinstance(content, dict) else None
    if seal is None:
        raise ValueError("no seal")
    if seal != digest(content):
        raise ValueError("its content is not what was sealed")
    return typed(kind, content)


def write_state(path: Path, content: Mapping[str, Any], *, swept: bool = False) -> None:
    """Write sealed state, whole or not at all; ``swept`` as :func:`replacing_file` has it.

    Raises:
        OutputError: it cannot be written.
    """
    with replacing_file(path, swept=swept) as temporary:
        temporary.write_text(sealed(content), encoding="utf-8", newline="\n")


def read_state(path: Path, kind: type[T], what: str, cure: str) -> T | None:
    """Sealed state, or None where there is none.

    Args:
        kind: as :func:`unsealed` takes it.
        what: what the file should be, for messages.
        cure: what to do where it is none.

    Raises:
        IntegrityError: it is not as it was written.
    """
    try:
        return unsealed(path.read_bytes(), kind)
    except FileNotFoundError:
        return None
    except (ValueError, OSError) as error:
        problem = f" ({error})" if type(error) is ValueError else ""
        raise IntegrityError(f"this is not {what}{problem}", where=str(path), cure=cure) from None


def entry_of(path: Path) -> FileEntry | None:
    """What a receipt says of a file; None where there is none."""
    if not path.is_file():
        return None
    return {"bytes": path.stat().st_size, "sha256": sha256_of(path)}


def file_entries(folder: Path) -> dict[str, FileEntry]:
    """Size and SHA-256 of each file in ``folder`` but the receipt, by relative name."""
    return {
        path.relative_to(folder).as_posix(): entry
        for path in sorted(folder.rglob("*"))
        if path != folder / RECEIPT and (entry := entry_of(path)) is not None
    }


def write_receipt(folder: Path, content: Mapping[str, Any]) -> dict[str, Any]:
    """Add the hashes of ``folder``'s files to ``content``, write it as its receipt, give it."""
    whole = {**content, "files": file_entries(folder)}
    (folder / RECEIPT).write_text(sealed(whole), encoding="utf-8", newline="\n")
    return whole


def read_receipt(folder: Path) -> dict[str, Any] | None:
    """The receipt of ``folder``, or None where it has none.

    Raises:
        IntegrityError: there is one, but it is not a receipt, or not as it was written.
    """
    cure = "remove the folder, or build anew"
    content = read_state(folder / RECEIPT, Receipt, "a jtextkit receipt", cure)
    return None if content is None else dict(content)
