"""A set of texts as it lies in files: rows with their split, and the receipt if there is one.

Which split a file holds, its name says (or that of the folder it lies in): ``train.parquet``,
``data/validation-00000-of-00002.parquet``, ``test/part.jsonl.gz``; ``dev``, ``val`` and ``valid`` are
validation. A file that names none is ``all``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Any

from jtextkit.builders.tables import TABLE_SUFFIXES, read_table
from jtextkit.core.errors import FormatError, InputError, IntegrityError
from jtextkit.core.files import sha256_of
from jtextkit.core.hub import located
from jtextkit.core.progress import Progress, silent
from jtextkit.core.receipts import RECEIPT, read_receipt
from jtextkit.core.rows import ROW_SUFFIXES, read_rows

_SPLITS = {
    "train": "train",
    "training": "train",
    "validation": "validation",
    "valid": "validation",
    "val": "validation",
    "dev": "validation",
    "test": "test",
}
_NO_ROWS = ("lock.jsonl", RECEIPT, "dataset_info.json", "dataset_infos.json", "state.json")
_ANEW = "build or fetch the set anew"
_WORD = re.compile("[a-z]+")


@dataclass(frozen=True, slots=True)
class Item:
    """One row.

    Attributes:
        split: where it stands.
        place: ``FILE:NUMBER``, for messages and where a row has no id.
        values: its columns.
        problem: why it is no row, or "".
    """

    split: str
    place: str
    values: Mapping[str, Any]
    problem: str = ""

    @property
    def id(self) -> str:
        """The row's ``id``, or its place."""
        name = self.values.get("id")
        return name if isinstance(name, str) and name else self.place


@dataclass(frozen=True)
class TextSet:
    """A set that was read.

    Attributes:
        folder: where its files lie (of a single file: the folder it lies in).
        files: those with rows, by name below ``folder``, each with its split.
        receipt: that of the builder, or None.
    """

    place: str
    folder: Path
    files: Mapping[str, str]
    items: tuple[Item, ...]
    receipt: Mapping[str, Any] | None = None
    report: Progress = field(default=silent, compare=False)

    @cached_property
    def rows(self) -> tuple[Item, ...]:
        """The items that are rows."""
        return tuple(item for item in self.items if not item.problem)

    @cached_property
    def splits(self) -> Mapping[str, Sequence[Mapping[str, Any]]]:
        """The rows' values by split."""
        found: dict[str, list[Mapping[str, Any]]] = {}
        for item in self.rows:
            found.setdefault(item.split, []).append(item.values)
        return found

    @cached_property
    def columns(self) -> tuple[str, ...]:
        """Every column that a row has, in order."""
        return tuple(dict.fromkeys(name for item in self.rows for name in item.values))


def split_named(name: str) -> str:
    """The split that a file's name speaks of.

    >>> split_named("data/valid-00000-of-00001.parquet"), split_named("texts.jsonl")
    ('validation', 'all')
    """
    for part in reversed(Path(name).parts):
        for word in _WORD.findall(part.lower()):
            if word in _SPLITS:
                return _SPLITS[word]
    return "all"


def read_set(
    path: Path, *, place: str = "", report: Progress = silent, tables: bool = False
) -> TextSet:
    """Read a file of rows, or all of a folder and the folders in it.

    Args:
        path: JSONL (also .gz, .zst) or Parquet, or a folder.
        place: the set as the user named it, if it is not ``path``.
        tables: CSV, TSV, JSON and workbooks too; of a folder, where it holds no other rows.

    Raises:
        InputError: nothing to read, or a file that cannot be read to its end.
        IntegrityError: a receipt that is none.
    """
    folder = path if path.is_dir() else path.parent
    suffixes = TABLE_SUFFIXES if tables else ROW_SUFFIXES
    files = _files(path, ROW_SUFFIXES) if path.is_dir() else [path]
    if not files:
        files = _files(path, suffixes)
    if not files:
        raise InputError(
            "no files of rows in this folder",
            where=place or str(path),
            cure=f"names must end with one of {', '.join(suffixes)}",
        )
    splits = {file.relative_to(folder).as_posix(): "" for file in files}
    items: list[Item] = []
    for number, name in enumerate(splits):
        report("reading", number, len(splits))
        splits[name] = split_named(name)
        items += (
            Item(splits[name], f"{name}:{row.number}", row.values, row.problem)
            for row in (read_table if tables else read_rows)(folder / name)
        )
    report("reading", len(splits), len(splits))
    receipt = read_receipt(path) if path.is_dir() and (path / RECEIPT).exists() else None
    return TextSet(place or str(path), folder, splits, tuple(items), receipt, report)


def _files(folder: Path, suffixes: tuple[str, ...]) -> list[Path]:
    """Files of rows, train first; hidden ones and those that hold no rows are left out."""
    order = ["train", "validation", "test", "all"]
    found = [
        file
        for file in folder.rglob("*")
        if file.name.endswith(suffixes) and file.is_file()
        if file.name not in _NO_ROWS
        if not any(part.startswith(".") for part in file.relative_to(folder).parts)
    ]
    return sorted(
        found,
        key=lambda file: (order.index(split_named(file.relative_to(folder).as_posix())), file),
    )


def verified_receipt(folder: Path) -> dict[str, Any]:
    """The receipt of a finished build, each of whose files is the one that it names.

    Raises:
        InputError: there is no such folder.
        IntegrityError: it has no receipt, or a file is not the one that the receipt names.
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
        if not is_inside(name) or not isinstance(entry, dict):
            problem = f"the receipt names a strange file ({name!r})"
            raise IntegrityError(problem, where=str(folder / RECEIPT), cure=_ANEW)
        if not file.is_file():
            raise IntegrityError(
                "missing, though the receipt names it", where=str(file), cure=_ANEW
            )
        if sha256_of(file) != entry.get("sha256"):
            raise IntegrityError("not the file that the receipt names", where=str(file), cure=_ANEW)
    return receipt


def is_inside(name: str) -> bool:
    """Whether a name in a receipt cannot lead out of the folder."""
    return bool(name) and not Path(name).is_absolute() and ".." not in Path(name).parts


def open_set(name: str | Path) -> TextSet:
    """A set to learn from: a finished build whose files are those of its receipt, or rows of one's own.

    Args:
        name: a folder or file, or the name of a set on the Hub; see
            :func:`jtextkit.core.hub.located`. Rows in files that name no split are learnt.

    Raises:
        InputError, IntegrityError: as :func:`verified_receipt` and :func:`read_set`, or there is a file
            of rows that the receipt does not name, or no split ``train`` with rows.
        NotFoundError, OfflineError, DownloadError: a set on the Hub that cannot be had.
    """
    place = located(str(name))
    receipt = verified_receipt(place) if (place / RECEIPT).is_file() else None
    built = read_set(place, place=str(name), tables=receipt is None)
    if broken := next((item for item in built.items if item.problem), None):
        raise FormatError(broken.problem, where=broken.place, cure="mend or remove the row")
    strange = sorted(built.files.keys() - receipt["files"].keys()) if receipt else []
    if strange:
        raise IntegrityError(
            "the receipt does not name it", where=str(place / strange[0]), cure="move it away"
        )
    if "train" not in built.splits:
        items = tuple(
            replace(one, split="train") if one.split == "all" else one for one in built.items
        )
        built = replace(built, items=items)
    if not built.splits.get("train"):
        raise InputError(
            "no rows of a split train",
            where=str(name),
            cure="name a file of it train, such as train.jsonl",
        )
    return built
