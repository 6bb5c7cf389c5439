"""Receipts: what was made, from what, by which recipe, and the hash of every file.

A receipt is the last thing written into a folder, so a folder with one is complete. It is JSON with
sorted keys and holds no time, host or path, so the same work gives the same bytes.
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


def canonical_json(value: object) -> str:
    """``value`` as JSON on one line: sorted keys, no spaces, text unescaped."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest(value: object) -> str:
    """SHA-256 of :func:`canonical_json`, in hexadecimal."""
    return hashlib.sha256(canonical_json(value).encode()).hexdigest()


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
    text = json.dumps(whole, ensure_ascii=False, sort_keys=True, indent=1)
    (folder / RECEIPT).write_text(text + "\n", encoding="utf-8", newline="\n")
    return whole


def read_receipt(folder: Path) -> dict[str, Any] | None:
    """The receipt of ``folder``, or None where it has none.

    Raises:
        IntegrityError: there is one, but it is not a receipt.
    """
    path = folder / RECEIPT
    try:
        content = json.loads(path.read_bytes())
    except FileNotFoundError:
        return None
    except (ValueError, OSError, RecursionError):
        content = None
    if not isinstance(content, dict) or not isinstance(content.get("files"), dict):
        raise IntegrityError(
            "this is not a jtextkit receipt",
            where=str(path),
            cure="remove the folder, or build anew",
        )
    return content
