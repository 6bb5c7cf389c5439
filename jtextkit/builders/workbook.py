"""The first sheet of an Excel workbook, read where its parser can do no harm."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from jtextkit.core.guarded import GuardedError, guarded
from jtextkit.core.text import read_bytes


def first_sheet(path: Path) -> list[list[Any]] | None:
    """The cells of the first sheet, row by row; None where the file is no workbook.

    Raises:
        InputError: it is missing, or cannot be read.
    """
    try:
        rows: list[list[Any]] = guarded("workbook", read_bytes(path))
    except GuardedError:
        return None
    return rows
