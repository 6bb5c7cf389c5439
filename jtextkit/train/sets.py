"""A built set, read behind its receipt."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jtextkit.core.errors import InputError, IntegrityError
from jtextkit.core.files import sha256_of
from jtextkit.core.receipts import RECEIPT, read_receipt
from jtextkit.core.rows import read_rows


@dataclass(frozen=True, slots=True)
class BuiltSet:
    """A finished build whose files are those of its receipt.

    Attributes:
        folder: where it lies.
        receipt: the receipt's content.
        receipt_sha256: of the receipt's bytes.
        splits: name (the stem of its file) to its rows.
    """

    folder: Path
    receipt: Mapping[str, Any]
    receipt_sha256: str
    splits: Mapping[str, Sequence[Mapping[str, Any]]]

    def identity(self) -> dict[str, Any]:
        """What a run remembers of its data: nothing of where it lay."""
        return {
            "builder": self.receipt.get("builder"),
            "receipt_sha256": self.receipt_sha256,
            "files": self.receipt["files"],
            "rows": {name: len(rows) for name, rows in self.splits.items()},
        }


def open_set(folder: Path) -> BuiltSet:
    """Check every file of ``folder`` against its receipt, then read its Parquet files.

    Raises:
        InputError: there is no such folder, or no split ``train`` with rows.
        IntegrityError: there is no receipt, or a file is not the one that it names.
    """
    if not folder.is_dir():
        raise InputError("no such folder", where=str(folder), cure="name a built set")
    receipt = read_receipt(folder)
    if receipt is None:
        raise IntegrityError(
            "there is no receipt, so this is no finished build",
            where=str(folder),
            cure="build it with jtextkit build",
        )
    for name, entry in receipt["files"].items():
        file = folder / name
        if not file.is_file():
            raise IntegrityError(
                "missing, though the receipt names it", where=str(file), cure=_ANEW
            )
        if not isinstance(entry, dict) or sha256_of(file) != entry.get("sha256"):
            raise IntegrityError("not the file that the receipt names", where=str(file), cure=_ANEW)
    splits = {
        Path(name).stem: _rows(folder / name)
        for name in receipt["files"]
        if name.endswith(".parquet") and "/" not in name
    }
    if not splits.get("train"):
        raise InputError("no train.parquet with rows", where=str(folder), cure="name a built set")
    return BuiltSet(folder, receipt, sha256_of(folder / RECEIPT), splits)


_ANEW = "build or fetch the set anew"


def _rows(file: Path) -> list[Mapping[str, Any]]:
    return [row.values for row in read_rows(file)]
