"""Documents to measure: lines of text files, rows of JSONL and Parquet, paragraphs of SQuAD JSON.

A **document** is one line of a text file that is not blank (line ends are not measured), one row of
a JSONL or Parquet file or of a built set, or one distinct paragraph of a file in SQuAD's format
(``context`` after its last ``[SEP]``, as JSQuAD marks titles, stripped). Rows without text are
counted and reported.

Not handled: text in which a line break means nothing (join such lines first).
"""

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import zip_longest
from pathlib import Path
from typing import Any

from jtextkit.core.errors import FormatError, InputError, UsageError
from jtextkit.core.rows import ROW_SUFFIXES, read_rows
from jtextkit.core.text import decode, read_bytes
from jtextkit.metrics.fertility.counts import Document

BATCH_CHARACTERS = 200_000
BATCH_DOCUMENTS = 1024


Skipped = Counter[str]
"""Why rows and lines were left out, and how many for each reason."""


def read_documents(
    paths: Iterable[str | Path],
    *,
    text_column: str = "text",
    label_column: str = "",
    encoding: str = "utf-8",
    skipped: Skipped | None = None,
) -> Iterator[Document]:
    """The documents of files and folders, one after another.

    Args:
        paths: text files (``-`` is standard input), files of rows, folders of these, SQuAD JSON.
        text_column: the column of rows that holds the text.
        label_column: the column of rows that says which slice a document belongs to.
        encoding: of text files, read strictly.
        skipped: counts what was left out.

    Raises:
        InputError: a file is missing, unreadable, or of rows without such columns.
    """
    skipped = Skipped() if skipped is None else skipped
    for path in paths:
        name = str(path)
        if Path(name).is_dir() or name.endswith(ROW_SUFFIXES):
            found = _rows(name, text_column, label_column, skipped)
        elif label_column:
            raise UsageError(
                f"no column {label_column!r} in a file without columns",
                where=name,
                cure="give JSONL, Parquet or a built set",
            )
        elif name.endswith(".json"):
            found = _squad(name)
        else:
            found = map(Document, _lines(name, encoding))
        for document in found:
            if reason := _unfit(document.text):
                skipped[reason] += 1
            else:
                yield document


def _unfit(text: str) -> str:
    if not text or text.isspace():
        return "blank"
    try:
        text.encode()
    except UnicodeEncodeError:
        return "lone surrogate"
    return ""


def _lines(name: str, encoding: str) -> Iterator[str]:
    """Lines in bounded memory; standard input is read whole."""
    if name == "-":
        yield from decode(read_bytes(name), encoding, where="standard input").split("\n")
        return
    try:
        with Path(name).open(encoding=encoding) as file:
            for number, line in enumerate(file):
                yield (line if number else line.removeprefix("\ufeff")).removesuffix("\n")
    except (OSError, UnicodeError, LookupError, ValueError):
        # Read again by those who can tell what is wrong with the name, or with which byte.
        decode(read_bytes(name), encoding, where=name)
        raise


def _rows(name: str, text_column: str, label_column: str, skipped: Skipped) -> Iterator[Document]:
    checked = False
    for row in read_rows(name):
        if row.problem:
            skipped[row.problem] += 1
            continue
        if not checked:
            for column in filter(None, (text_column, label_column)):
                if column not in row.values:
                    raise FormatError(
                        f"no column {column!r}",
                        where=row.place,
                        cure=f"it has {', '.join(map(str, row.values)) or 'none'}"
                        + ("; name one with --text-column" if column == text_column else ""),
                    )
            checked = True
        text = row.values.get(text_column)
        if not isinstance(text, str):
            skipped["no text"] += 1
            continue
        label = row.values.get(label_column) if label_column else ""
        yield Document(text, "(none)" if label is None else str(label))


def _squad(name: str) -> Iterator[Document]:
    try:
        content: Any = json.loads(decode(read_bytes(name), where=name))
        paragraphs = [p["context"] for part in content["data"] for p in part["paragraphs"]]
    except (ValueError, KeyError, TypeError, RecursionError):
        raise FormatError(
            "not JSON in SQuAD's format (data, paragraphs, context)",
            where=name,
            cure="write one object a line and call the file .jsonl",
        ) from None
    for text in dict.fromkeys(str(p).rsplit("[SEP]", 1)[-1].strip() for p in paragraphs):
        yield Document(text)


def parallel(
    ja: str | Path,
    en: str | Path,
    *,
    text_column: str = "text",
    encoding: str = "utf-8",
    skipped: Skipped | None = None,
) -> Iterator[tuple[str, str]]:
    """The pairs of two files of the same number of lines (or rows); pairs with a blank side are
    left out and counted.

    Raises:
        InputError: one has more lines than the other, or as :func:`read_documents`.
    """
    skipped = Skipped() if skipped is None else skipped
    sides = [_side(str(path), text_column, encoding) for path in (ja, en)]
    for number, (one, other) in enumerate(zip_longest(*sides), start=1):
        if one is None or other is None:
            raise InputError(
                f"it ends before line {number}, the other of the pair does not",
                where=str(ja if one is None else en),
                cure="a parallel pair has a translation in the same line",
            )
        if _unfit(one) or _unfit(other):
            skipped["pair without text"] += 1
        else:
            yield one, other


def _side(name: str, text_column: str, encoding: str) -> Iterator[str]:
    if name.endswith(ROW_SUFFIXES):
        for row in read_rows(name):
            text = row.values.get(text_column)
            yield text if isinstance(text, str) else ""
        return
    yield from _lines(name, encoding)


def batches(documents: Iterable[Document]) -> Iterator[tuple[int, list[Document]]]:
    """Documents by the batch, each with the number of its first document, from 0."""
    first = 0
    batch: list[Document] = []
    size = 0
    for document in documents:
        batch.append(document)
        size += len(document.text)
        if size >= BATCH_CHARACTERS or len(batch) >= BATCH_DOCUMENTS:
            yield first, batch
            first += len(batch)
            batch, size = [], 0
    if batch:
        yield first, batch
