"""Record batches of Parquet files that are small in memory, however small they are in the file.

A column that repeats one long value takes some bytes in a file, where it is a dictionary of one entry,
and gigabytes as an array. So the longest entry of each dictionary decides how many rows are read at once; where
one row could be too much, all are measured in the form of the file, and those that are too wide passed over.

Not handled: a dictionary that is itself of gigabytes.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

LONGEST_ROW = 160 << 20
"""Bytes; 50 million characters of Japanese, which take six times as much memory while they are judged."""

_ENCODED = 2 << 20  # bytes of a batch, as the file's own sizes estimate them
_DECODED = 16 << 20  # if every value were the longest of its dictionary


@dataclass(frozen=True, slots=True)
class TooWide:
    """So many rows one after the other that are passed over, and the bytes of each (their mean)."""

    rows: int
    size: int

    @property
    def problem(self) -> str:
        """Why they are no rows."""
        return f"a row of {self.size:,} bytes, of which {LONGEST_ROW:,} are taken"


def small_batches(file: Any, source: Any, most: int) -> Iterator[Any]:
    """The record batches of an open ``ParquetFile``, each of one row group, or :class:`TooWide`.

    Args:
        source: the path, or a file object, that ``file`` was opened on.
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
        rows = max(1, min(most, _ENCODED // max(1, of_file)))
        mean, widest = _bounds(coded, number)
        if widest > LONGEST_ROW:
            parts = coded.iter_batches(rows, row_groups=[number], use_threads=False)
            mean = widest = max(max(_row_sizes(part)) for part in parts)
        if widest > LONGEST_ROW:
            for part in coded.iter_batches(rows, row_groups=[number], use_threads=False):
                yield from _within(part, file.schema_arrow)
            continue
        rows = max(1, min(rows, _DECODED // max(1, of_file, mean)))
        yield from file.iter_batches(rows, row_groups=[number], use_threads=False)


def _within(coded: Any, schema: Any) -> Iterator[Any]:
    """The rows of a batch that holds its texts as dictionaries, one by one, but for those too wide."""
    import pyarrow as pa

    for row, size in enumerate(_row_sizes(coded)):
        if size > LONGEST_ROW:
            yield TooWide(1, size)
            continue
        # Taken, and not cut out: of a slice, all would be decoded.
        taken = [column.take(pa.array([row])) for column in coded.columns]
        columns = [one.cast(field.type) for one, field in zip(taken, schema, strict=True)]
        yield pa.RecordBatch.from_arrays(columns, schema=schema)


def _row_sizes(coded: Any) -> list[int]:
    """The bytes of each row, once it is decoded."""
    return [int(size) for size in sum(map(_sizes, coded.columns))]


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


def _bounds(coded: Any, number: int) -> tuple[int, int]:
    """Bytes of a row of a group, if every value that stands in a dictionary were its longest: in the mean,
    and at most, where one row could have all the values of its lists.
    """
    group = coded.metadata.row_group(number)
    chunks = [group.column(i) for i in range(group.num_columns)]
    values = {one.path_in_schema: one.num_values for one in chunks if one.has_dictionary_page}
    mean = most = 0
    for name, count in values.items() if group.num_rows else ():
        longest = 0
        for rows in (1, 1024, group.num_rows):  # a dictionary comes with the first value
            batches = coded.iter_batches(
                rows, row_groups=[number], columns=[name], use_threads=False
            )
            found = [one for column in next(batches).columns for one in _dictionaries(column)]
            longest = sum(map(_longest, found))
            if any(map(len, found)):
                break
        mean += longest * -(-count // group.num_rows)
        most += longest * (count if count > group.num_rows else 1)
    return mean, most


def _dictionaries(array: Any) -> Iterator[Any]:
    import pyarrow as pa

    kind = array.type
    if pa.types.is_dictionary(kind):
        yield array.dictionary
    elif pa.types.is_struct(kind):
        for place in range(kind.num_fields):
            yield from _dictionaries(array.field(place))
    elif pa.types.is_map(kind):
        yield from _dictionaries(array.keys)
        yield from _dictionaries(array.items)
    elif pa.types.is_nested(kind):
        yield from _dictionaries(array.values)


def _longest(dictionary: Any) -> int:
    import pyarrow.compute as pc

    return int(pc.max(pc.binary_length(dictionary)).as_py() or 0)
