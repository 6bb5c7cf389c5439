"""Record batches of Parquet files that are small in memory, however small they are in the file.

A column that repeats one long value takes some bytes in a file, where it is a dictionary of one entry,
and gigabytes as an array. So the longest entry of each dictionary decides how many rows are read at once.

Not handled: one long list of a long value among many short ones, which is read whole.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from jtextkit.core.errors import FormatError

LONGEST_ROW = 160 << 20
"""Bytes; 50 million characters of Japanese, which take six times as much memory while they are judged."""

_ENCODED = 2 << 20  # bytes of a batch, as the file's own sizes estimate them
_DECODED = 16 << 20  # if every value were the longest of its dictionary


def small_batches(file: Any, source: Any, most: int) -> Iterator[Any]:
    """The record batches of an open ``ParquetFile``, each of one row group.

    Args:
        source: the path, or a file object, that ``file`` was opened on.
        most: rows of a batch.

    Raises:
        FormatError: a row may have more than :data:`LONGEST_ROW` bytes.
    """
    import pyarrow.parquet as pq

    metadata = file.metadata
    names = [metadata.schema.column(i).path for i in range(metadata.num_columns)]
    coded = pq.ParquetFile(source, metadata=metadata, read_dictionary=names, pre_buffer=False)
    for number in range(metadata.num_row_groups):
        group = metadata.row_group(number)
        of_file = group.total_byte_size // max(1, group.num_rows)
        widest = of_file if of_file > LONGEST_ROW else max(of_file, _widest(coded, number))
        if widest > LONGEST_ROW:
            raise FormatError(
                f"a row of up to {widest:,} bytes, of which {LONGEST_ROW:,} are taken",
                where=f"{source}: row group {number + 1:,}",
                cure="cut it into rows",
            )
        rows = min(most, _ENCODED // max(1, of_file), _DECODED // max(1, widest))
        yield from file.iter_batches(max(1, rows), row_groups=[number], use_threads=False)


def _widest(coded: Any, number: int) -> int:
    """Bytes of a row of a group, if every value that stands in a dictionary were its longest."""
    group = coded.metadata.row_group(number)
    chunks = [group.column(i) for i in range(group.num_columns)]
    values = {one.path_in_schema: one.num_values for one in chunks if one.has_dictionary_page}
    whole = 0
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
        whole += longest * -(-count // group.num_rows)
    return whole


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
