"""Receipts: what was made, from what, by which recipe, and the hash of every file.

A receipt is the last thing written into a folder, so a folder with one is complete. It is JSON with
sorted keys and holds no time, host or path, so the same work gives the same bytes. Like all state that
a later run believes, it is sealed: it holds the hash of its own content.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from jtextkit.core.errors import IntegrityError
from jtextkit.core.files import sha256_of

RECEIPT = "receipt.json"

_SEAL = "sealed_sha256"


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


def unsealed(data: bytes) -> dict[str, Any]:
    """What :func:`sealed` made a file of.

    Raises:
        ValueError: it is not what was written.
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
    return dict(content)


def file_entries(folder: Path) -> dict[str, dict[str, Any]]:
    """Size and SHA-256 of each file in ``folder`` but the receipt, by relative name."""
    files = (path for path in folder.rglob("*") if path.is_file())
    return {
        path.relative_to(folder).as_posix(): {
            "bytes": path.stat().st_size,
            "sha256": sha256_of(path),
        }
        for path in sorted(files)
        if path != folder / RECEIPT
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
    path = folder / RECEIPT
    try:
        content = unsealed(path.read_bytes())
    except FileNotFoundError:
        return None
    except (ValueError, OSError) as error:
        content = {}
        problem = f" ({error})" if type(error) is ValueError else ""
    else:
        problem = " (no files)"
    if isinstance(content.get("files"), dict):
        return content
    raise IntegrityError(
        f"this is not a jtextkit receipt{problem}",
        where=str(path),
        cure="remove the folder, or build anew",
    )
