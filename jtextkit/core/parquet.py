"""Record batches of Parquet files that are small in memory, however small they are in the file.

A column that repeats one long value takes some bytes in a file, where it is a dictionary of one entry,
and gigabytes as an array. So rows are measured in the form of the file first. The widest decides how many are
read at once, and those that are too wide are passed over.

A group whose dictionaries or first pages are too large themselves is passed over.

Not handled: a later page of gigabytes; a file that hides how large its groups are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from itertools import chain
from pathlib import Path
from typing import Any

LONGEST_ROW = 160 << 20
"""Bytes; 50 million characters of Japanese, which take six times as much memory while they are judged."""

LARGEST_PAGE = 2 * LONGEST_ROW
"""Bytes of what is unpacked at once; a row that is too wide may lie in it, beside others."""

_ENCODED = 2 << 20  # bytes of a batch, as the file's own sizes estimate them
_DECODED = 16 << 20  # if every value were the longest of its dictionary

# How a page's header begins, in Thrift's compact protocol: its kind, then its size once unpacked.
_SIZES = re.compile(rb"\x15[\0-\x7f]\x15([\x80-\xff]*[\0-\x7f])", re.DOTALL)


@dataclass(frozen=True, slots=True)
class TooWide:
    """So many rows one after the other that are passed over, and the bytes of what was too wide.

    Attributes:
        size: of each row (their mean), or of a page that stands for many.
    """

    rows: int
    size: int
    what: str = "row"

    @property
    def problem(self) -> str:
        """Why they are no rows."""
        most = LARGEST_PAGE if self.what == "page" else LONGEST_ROW
        return f"a {self.what} of {self.size:,} bytes, of which {most:,} are taken"

    @property
    def cure(self) -> str:
        """What to do with the file."""
        return "write it with smaller pages" if self.what == "page" else "cut it into rows"


def small_batches(file: Any, source: Path, most: int) -> Iterator[Any]:
    """The record batches of an open ``ParquetFile``, each of one row group, or :class:`TooWide`.

    Args:
        source: what ``file`` was opened on.
        most: rows of a batch.
    """
    import pyarrow.parquet as pq

    metadata = file.metadata
    names = [metadata.schema.column(i).path for i in range(metadata.num_columns)]
    coded = pq.ParquetFile(source, metadata=metadata, read_dictionary=names, pre_buffer=False)
    for number in range(metadata.num_row_groups):
        group = metadata.row_group(number)
        of_file = group.total_byte_size // max(1, group.num_rows)
        if of_file > LONGEST_ROW:
            yield TooWide(group.num_rows, of_file)
            continue
        # Of a damaged file, pyarrow dies where it is asked for chunks, so small groups are not.
        large = group.total_byte_size > LARGEST_PAGE
        if large and (page := _largest_page(source, group)) > LARGEST_PAGE:
            yield TooWide(group.num_rows, page, "page")
            continue
        rows = max(1, min(most, _ENCODED // max(1, of_file)))
        parts = partial(coded.iter_batches, rows, row_groups=[number], use_threads=False)
        widest = max((int(_row_sizes(part).max(initial=0)) for part in parts()), default=0)
        if widest > LONGEST_ROW:
            for part in parts():
                yield from _within(part, file.schema_arrow)
            continue
        rows = max(1, min(rows, _DECODED // max(1, of_file, widest)))
        yield from file.iter_batches(rows, row_groups=[number], use_threads=False)


def _largest_page(source: Path, group: Any) -> int:
    """Bytes of the largest of the dictionaries and first pages of a group, as their headers say."""
    chunks = [group.column(i) for i in range(group.num_columns)]
    offsets = [(one.dictionary_page_offset, one.data_page_offset) for one in chunks]
    largest = 0
    with source.open("rb") as file:
        for offset in chain(*offsets):
            file.seek(max(0, offset or 0))  # it may be wrong: where the file begins, no header does
            if found := _SIZES.match(file.read(16)):
                number = sum((byte & 0x7F) << 7 * place for place, byte in enumerate(found[1]))
                largest = max(largest, number >> 1)
    return largest


def _within(coded: Any, schema: Any) -> Iterator[Any]:
    """The rows of a batch that holds its texts as dictionaries, one by one, but for those too wide."""
    import pyarrow as pa

    for row, size in enumerate(_row_sizes(coded).tolist()):
        if size > LONGEST_ROW:
            yield TooWide(1, size)
            continue
        # Taken, and not cut out: of a slice, all would be decoded.
        taken = [column.take(pa.array([row])) for column in coded.columns]
        plain = [one.dictionary_decode() if hasattr(one, "indices") else one for one in taken]
        columns = [one.cast(field.type) for one, field in zip(plain, schema, strict=True)]
        yield pa.RecordBatch.from_arrays(columns, schema=schema)


def _row_sizes(coded: Any) -> Any:
    """The bytes of each row, once it is decoded, as an array of numpy."""
    import numpy as np

    return sum(map(_sizes, coded.columns), np.zeros(coded.num_rows, "int64"))


def _sizes(array: Any) -> Any:
    """The bytes of each value, once it is decoded, as an array of numpy."""
    import numpy as np
    import pyarrow as pa
    import pyarrow.compute as pc

    kind = array.type
    if pa.types.is_dictionary(kind):
        found = pc.binary_length(array.dictionary).take(array.indices)
        return pc.fill_null(found, 0).to_numpy(zero_copy_only=False).astype("int64")
    if pa.types.is_struct(kind):
        return sum(map(_sizes, array.flatten()), np.zeros(len(array), "int64"))
    if pa.types.is_fixed_size_list(kind):
        return _sizes(array.values).reshape(len(array), -1).sum(axis=1)
    if not pa.types.is_nested(kind):
        return np.full(len(array), array.nbytes // max(1, len(array)))
    parts = (array.keys, array.items) if pa.types.is_map(kind) else (array.values,)
    ends = np.concatenate([[0], np.cumsum(sum(map(_sizes, parts)))])
    return np.diff(ends[array.offsets.to_numpy(zero_copy_only=False)])
