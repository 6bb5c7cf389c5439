"""The folder that a builder writes: what may be replaced, and what never."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from jtextkit.core.errors import OutputError
from jtextkit.core.receipts import RECEIPT, read_receipt


def check_target(out: Path, builder: str, recipe: Mapping[str, Any], *, force: bool) -> None:
    """Refuse to replace what ``builder`` did not write; by another recipe only with ``force``.

    Raises:
        OutputError: ``out`` is a file, or a folder with anything else in it.
        IntegrityError: its receipt is none.
    """
    if not out.exists():
        return
    if not out.is_dir():
        raise OutputError("this is a file", where=str(out), cure="choose another place with -o")
    names = {path.name for path in out.iterdir()}
    if not names:
        return
    receipt = read_receipt(out)
    if receipt is None or receipt.get("builder") != builder:
        raise OutputError(
            "the folder is not empty and holds no build of ours",
            where=str(out),
            cure="choose another place with -o",
        )
    strange = names - {name.partition("/")[0] for name in receipt["files"]} - {RECEIPT}
    if strange:
        raise OutputError(
            f"the folder holds files that no build wrote ({', '.join(sorted(strange)[:3])})",
            where=str(out),
            cure="move them, or choose another place with -o",
        )
    if receipt.get("recipe") != recipe and not force:
        raise OutputError(
            "the folder holds the output of another recipe",
            where=str(out),
            cure="replace it with --force, or choose another place with -o",
        )
