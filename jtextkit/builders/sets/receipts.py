"""Checks that a set's receipt belongs to its rows and scores, for sets of every kind."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Protocol

from jtextkit.builders.sets.reading import TextSet
from jtextkit.builders.sets.splits import SPLITS
from jtextkit.core.receipts import RECEIPT, digest


class BuiltRows(Protocol):
    """A built set with its rows read."""

    @property
    def data(self) -> TextSet: ...

    @property
    def folder(self) -> Path: ...

    @property
    def receipt(self) -> Mapping[str, Any]: ...

    @property
    def signature(self) -> str | None: ...


def rows_hash(built: BuiltRows) -> Iterator[str]:
    """The receipt's hash of each split's rows."""
    hashes = built.receipt.get("rows_sha256")
    for split in SPLITS:
        rows = [dict(item.values) for item in built.data.rows if item.split == split]
        expected = hashes.get(split) if isinstance(hashes, dict) else None
        try:
            found = digest(rows)
        except TypeError:  # a value that JSON does not know, such as a date: no row of ours
            found = ""
        if found != expected:
            yield f"{split}: rows_sha256 in the receipt is not that of the rows"


def signature_holds(built: BuiltRows, dictionary: str) -> Iterator[str]:
    """The receipt's signature is that of every file, of the version, and of the recipe's dictionary."""
    import pyarrow.parquet as pq

    for name in built.data.files:
        if name.endswith(".parquet"):
            stored = (pq.read_schema(built.folder / name).metadata or {}).get(b"jtextkit.signature")
            if stored is None or stored.decode(errors="replace") != built.signature:
                yield f"{name}: its signature is not the receipt's ({built.signature})"
    fields = dict(part.split(":", 1) for part in (built.signature or "").split("|") if ":" in part)
    if fields.get("v") != built.receipt.get("jtextkit"):
        yield f"{RECEIPT}: the signature names another version than the receipt"
    if dictionary.startswith("unidic") and not fields.get("dict", "").startswith(f"{dictionary}-"):
        yield f"{RECEIPT}: the signature names another dictionary than the recipe"
