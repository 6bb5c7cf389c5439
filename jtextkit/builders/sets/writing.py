"""The folder that a builder writes: what may be replaced, and a whole set, its receipt last."""

from __future__ import annotations

import platform
from collections.abc import Callable, Iterable, Mapping, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any

from jtextkit import __version__
from jtextkit.builders.sets.card import in_language
from jtextkit.builders.sets.columns import write_rows
from jtextkit.core.errors import OutputError
from jtextkit.core.failpoints import failpoint
from jtextkit.core.language import language
from jtextkit.core.receipts import RECEIPT, digest, read_receipt, write_receipt

Finish = Callable[[Path, Mapping[str, Any]], None]
"""Adds files to a set that is all but done: called with its folder, which holds everything but the
receipt, and with what the receipt will say (all but ``files``). What it writes there must depend on
these two alone. It is how layers above the builders put a report beside the data."""


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


def write_set(
    folder: Path,
    parts: Mapping[str, Iterable[Mapping[str, Any]]],
    columns: Mapping[str, str],
    recipe: Mapping[str, Any],
    content: Mapping[str, Any] | Callable[[], Mapping[str, Any]],
    card: Callable[[Mapping[str, Any]], str],
    *,
    builder: str,
    signature: str,
    labels: Sequence[str] = (),
    beside: Mapping[str, str] | None = None,
    libraries: Sequence[str] = ("pyarrow",),
    finish: Sequence[Finish] = (),
) -> dict[str, Any]:
    """Write the files of a set: a Parquet file a split, what lies beside them, card, receipt last.

    Args:
        folder: exists and is empty.
        parts: the rows of each split; read once, one split after the other.
        columns: name to kind, in order, as :func:`write_rows` takes them.
        content: what the receipt says of this kind of set, beside what all receipts say; if it is
            known only when all rows are written, a function.
        card: gives the card from the receipt (all but its ``files``).
        signature: how the rows' scores were made.
        labels: names of the values of columns of kind ``label``.
        beside: other files of text, by name.
        libraries: distributions on whose version a file's bytes depend. The receipt names them in
            ``written_with``, with Python's; no other file may. There stands the language of card
            and report, too, where it is not English.
        finish: called one after the other before the receipt is written.

    Returns:
        The receipt.
    """
    digests = {}
    for split, rows in parts.items():
        file, metadata = folder / f"{split}.parquet", {"jtextkit.signature": signature}
        digests[split] = write_rows(file, rows, columns, labels=labels, metadata=metadata)
        failpoint("set-file-written")
    receipt = {
        "builder": builder,
        "jtextkit": __version__,
        "signature": signature,
        "recipe": recipe,
        "recipe_sha256": digest(recipe),
        "rows_sha256": digests,
        **(content() if callable(content) else content),
        "written_with": {
            "python": platform.python_version(),
            **{name: version(name) for name in libraries},
            **({} if language() == "en" else {"language": language()}),
        },
    }
    for name, text in {**(beside or {}), "README.md": card(receipt)}.items():
        (folder / name).write_text(text, encoding="utf-8", newline="\n")
        failpoint("set-file-written")
    for add in finish:
        add(folder, receipt)
        failpoint("set-file-written")
    text = in_language((folder / "README.md").read_text(encoding="utf-8"))
    (folder / "README.md").write_text(text, encoding="utf-8", newline="\n")
    receipt = write_receipt(folder, receipt)
    failpoint("set-file-written")
    return receipt
