"""Files as they are published, read as rows with named columns: xlsx, CSV, TSV, JSON, JSONL, Parquet.

A row that is none comes with its problem; a file that cannot be read to its end is an error. Of a
workbook the first sheet counts. A JSON document is either SQuAD's nesting (``data`` of articles of
paragraphs of questions) or an array of rows.
"""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from jtextkit.builders.workbook import first_sheet
from jtextkit.core.errors import FormatError, InputError
from jtextkit.core.rows import ROW_SUFFIXES, Row, read_rows
from jtextkit.core.text import decode, read_bytes

TABLE_SUFFIXES = (*ROW_SUFFIXES, ".json", ".csv", ".tsv", ".xlsx", ".xls")
"""How the names of files end that can be read."""

_LONGEST_CELL = 1 << 30


def table_files(path: Path) -> list[Path]:
    """``path`` itself, or the files that can be read in the folder that it is, by name."""
    if path.is_dir():
        found = sorted(file for file in path.iterdir() if _readable(file) and file.is_file())
        if not found:
            raise InputError("no file in this folder can be read", where=str(path), cure=_NAMES)
        return found
    if path.exists() and not _readable(path):
        raise InputError("its name does not tell how to read it", where=str(path), cure=_NAMES)
    return [path]


def _readable(file: Path) -> bool:
    return file.name.lower().endswith(TABLE_SUFFIXES) and not file.name.startswith(".")


def read_table(file: Path) -> Iterator[Row]:
    """The rows of one file.

    Raises:
        InputError: it is missing, cannot be read to its end, or is not what its name says.
    """
    name = file.name.lower()
    if name.endswith((".xlsx", ".xls")):
        yield from _workbook(file)
    elif name.endswith((".csv", ".tsv")):
        yield from _csv(file, "," if name.endswith(".csv") else "\t")
    elif name.endswith(".json"):
        yield from _json(file)
    else:
        yield from read_rows(file)


def _workbook(file: Path) -> Iterator[Row]:
    rows = first_sheet(file)
    if rows is None:
        raise FormatError(
            "not an Excel workbook that can be read", where=str(file), cure="get the file again"
        )
    if not rows:
        raise FormatError("the first sheet is empty", where=str(file), cure="check the file")
    header = [_cell(cell) for cell in rows[0]]
    _check_header(header, file)
    for number, row in enumerate(rows[1:], start=2):
        if any(_cell(cell) for cell in row):
            yield Row(number, dict(zip(header, map(_cell, row), strict=True)), source=str(file))


def _cell(value: Any) -> str:
    """A cell as text; whole numbers, which workbooks keep as floats, without their point.

    >>> _cell(12.0), _cell(True), _cell("朝")
    ('12', 'True', '朝')
    """
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def _check_header(header: list[str], file: Path) -> None:
    for name, number in Counter(header).items():
        if name and number > 1:
            raise FormatError(
                f"{number} columns are called {name}",
                where=str(file),
                cure="give each column a name of its own",
            )


def _csv(file: Path, delimiter: str) -> Iterator[Row]:
    text = decode(read_bytes(file), where=str(file))
    if "\0" in text:
        raise FormatError("NUL in a CSV file", where=str(file), cure="check that this is the file")
    (_, header), *rows = _lines(text, delimiter, file) or [(0, [])]
    if not header:
        raise FormatError("the file is empty", where=str(file), cure="check the file")
    _check_header(header, file)
    for number, row in rows:
        if len(row) == len(header):
            yield Row(number, dict(zip(header, row, strict=True)), source=str(file))
        elif row:
            problem = f"{len(row)} cells, not {len(header)}"
            yield Row(number, problem=problem, source=str(file))


def _lines(
    text: str, delimiter: str, file: Path, quoting: Any = csv.QUOTE_MINIMAL
) -> list[tuple[int, list[str]]]:
    """The cells of each row; in TSV whose quotes do not pair, they are characters as others."""
    csv.field_size_limit(_LONGEST_CELL)  # 131,072 characters, as long as nobody says more
    reader = csv.reader(io.StringIO(text), delimiter=delimiter, quoting=quoting, strict=True)
    try:
        return [(reader.line_num, row) for row in reader]
    except csv.Error as error:
        if delimiter == "\t" and quoting != csv.QUOTE_NONE:
            return _lines(text, delimiter, file, csv.QUOTE_NONE)
        raise FormatError(
            f"not CSV ({error})", where=f"{file}:{reader.line_num}", cure="get the file again"
        ) from None


def _json(file: Path) -> Iterator[Row]:
    text = decode(read_bytes(file), where=str(file))
    try:
        content = json.loads(text)
    except RecursionError:
        raise FormatError("nested too deeply", where=str(file), cure="check the file") from None
    except ValueError as error:
        if str(error).startswith("Extra data"):  # several documents: JSONL by another name
            yield from read_rows(file)
            return
        raise FormatError(
            f"not JSON ({error})", where=str(file), cure="it may be cut short; get it again"
        ) from None
    rows = content if isinstance(content, list) else _squad(content, file)
    for number, row in enumerate(rows, start=1):
        if isinstance(row, dict):
            yield Row(number, row, source=str(file))
        else:
            yield Row(number, problem="no JSON object", source=str(file))


def _squad(content: Any, file: Path) -> Iterator[dict[str, Any]]:
    """The questions of a document in SQuAD's nesting, each with its passage and title."""
    try:
        for article in content["data"]:
            for paragraph in article["paragraphs"]:
                for asked in paragraph["qas"]:
                    yield {
                        "context": paragraph["context"],
                        "title": article.get("title"),
                        **asked,
                    }
    except (KeyError, TypeError, AttributeError):
        raise FormatError(
            "neither an array of rows nor SQuAD's nesting (data, paragraphs, context, qas)",
            where=str(file),
            cure="name a file as it was published",
        ) from None


_NAMES = f"names must end with one of {', '.join(TABLE_SUFFIXES)}"
