"""Shards: files of rows that are read, and written again with more columns, in bounded memory.

A shard is cut into batches that depend on its content alone, so the same bytes
come out. JSONL keeps each line to the byte and gets its new members before the closing brace;
Parquet keeps its schema, metadata and compression and gets new columns at the end.

Not handled: Parquet files that are encrypted; the row groups of the input (the output has its own,
of about 32 MB); JSON that is no object on a line of its own.
"""

from __future__ import annotations

import gzip
import json
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from functools import cache, partial
from io import BufferedIOBase
from pathlib import Path
from typing import Any, Protocol, TypeVar

from jtextkit.core.errors import FormatError, UsageError, first_line
from jtextkit.core.failpoints import failpoint
from jtextkit.core.parquet import LONGEST_ROW, TooWide, small_batches
from jtextkit.core.registry import unknown_name
from jtextkit.core.rows import ROW_SUFFIXES, opened, reading_errors
from jtextkit.corpus.batches import (
    SIGNATURE_KEY,
    Options,
    RowTally,
    arrow_columns,
    refuse_clash,
    score_texts,
)
from jtextkit.metrics.readability.profiles import PROFILE_COLUMNS

_BLOCK = 1 << 20  # bytes of lines that make one batch
_LOOKED_AT = 1000  # lines in which the text column must occur
_BATCH_ROWS = 4096
_GROUP_BYTES = 32 << 20  # of Arrow data that make one row group
_BUFFER = 1 << 20

_UNREADABLE = (ValueError, NotImplementedError)  # of Arrow, beside its own errors

T = TypeVar("T")
R = TypeVar("R")


class Mapper(Protocol):
    """``map``, or the like by several processes: results in order, items read little by little."""

    def __call__(self, function: Callable[[T], R], items: Iterable[T], /) -> Iterable[R]: ...


def is_shard_name(name: str) -> bool:
    """Whether a file is a shard by its name."""
    return name.endswith(ROW_SUFFIXES) and not name.startswith(".")


def transcribe(
    source: Path, target: Path, options: Options, mapper: Mapper, progress: Callable[[int], None]
) -> RowTally:
    """Write ``source`` with its scores to ``target``, in the same format.

    Raises:
        InputError: the source is broken; nothing but OSError is raised for the target.
        UsageError: it has no text column, or has one of the new columns.
    """
    import pyarrow as pa

    work = _parquet if source.name.endswith(".parquet") else _jsonl
    try:
        return work(source, target, options, mapper, progress)
    except MemoryError:  # one of Arrow's errors, too
        raise
    except pa.ArrowException as error:
        problem = f"cannot be written again ({first_line(error)})"
        cure = "drop the column of this type, or convert it"
        raise FormatError(problem, where=str(source), cure=cure) from error


# JSONL

# Made once: json.dumps and json.loads would make one for every row.
_encode = json.JSONEncoder(ensure_ascii=False).encode
_decode = json.JSONDecoder(parse_int=float).decode  # int() refuses numbers of thousands of digits


def _jsonl(
    source: Path, target: Path, options: Options, mapper: Mapper, progress: Callable[[int], None]
) -> RowTally:
    whole = RowTally()
    work = partial(_annotate_lines, options=options, name=str(source))
    with _compressing(target) as out:
        for done, tally in mapper(work, _blocks(source, options)):
            out.write(done)
            failpoint("batch-written")
            whole.add(tally)
            progress(whole.rows)
    return whole


def _blocks(source: Path, options: Options) -> Iterator[tuple[int, bytes]]:
    """The file's lines, about a megabyte at a time, with the number of the first."""
    with reading_errors(source, *_UNREADABLE):
        if source.suffix in (".gz", ".zst") and source.stat().st_size == 0:
            raise EOFError("it has no bytes")  # which gzip would take for no rows
        with opened(source) as file:
            number = 1
            while lines := _some_lines(file, f"{source}: after line {number - 1:,}"):
                if number == 1:
                    _check_first(lines[:_LOOKED_AT], options, str(source))
                count, block = len(lines), b"".join(lines)
                lines.clear()  # one may be long, and is held twice otherwise
                yield number, block
                number += count


def _some_lines(file: BufferedIOBase, where: str) -> list[bytes]:
    lines: list[bytes] = []
    size = 0
    while size < _BLOCK and (line := file.readline(LONGEST_ROW + 1)):
        if len(line) > LONGEST_ROW:
            cure = "cut it into rows"
            raise FormatError(f"a line of more than {LONGEST_ROW:,} bytes", where=where, cure=cure)
        size += len(line)
        lines.append(line)
    return lines


def _check_first(lines: Iterable[bytes], options: Options, where: str) -> None:
    """Refuse a misspelt text column at once, not as a reason in every row."""
    rows = [_row(line, where, number)[1] for number, line in enumerate(lines, 1)]
    names = sorted({name for row in rows for name in row or ()})
    if any(rows) and options.text_column not in names:
        raise unknown_name("column", options.text_column, names).within(where)


def _annotate_lines(
    block: tuple[int, bytes], *, options: Options, name: str
) -> tuple[bytes, RowTally]:
    """Lines with their scores. Blank lines are no rows and stay what they are."""
    first, data = block
    lines = data.split(b"\n")
    added = frozenset(options.added)
    texts: list[object] = []
    rows: list[int] = []
    for position, line in enumerate(lines):
        valid, row = _row(line, name, first + position)
        if row is None:
            continue
        if not added.isdisjoint(row):
            refuse_clash(row, options, where=f"{name}, line {first + position}")
        text = row.get(options.text_column)
        # Bytes say "not UTF-8" to score_texts; the row itself is copied as it is.
        texts.append(text if valid or not isinstance(text, str) else b"")
        rows.append(position)
    columns, tally = score_texts(texts, options)
    written = zip(*(_members(name, values) for name, values in columns.items()), strict=True)
    for position, members in zip(rows, written, strict=True):
        lines[position] = _spliced(lines[position], ", ".join(members))
    return b"\n".join(lines), tally


def _members(name: str, values: list[Any]) -> Iterable[str]:
    """Members of JSON objects, of the same name."""
    start = f'"{name}": '
    if isinstance(next((value for value in values if value is not None), None), int | float):
        named = {True: "true", False: "false", None: "null"}
        return [start + (named.get(v) or repr(v)) for v in values]
    known = {value: start + _encode(value) for value in set(values)}
    return map(known.__getitem__, values)


def _row(line: bytes, name: str, number: int) -> tuple[bool, dict[str, Any] | None]:
    """Whether a line is UTF-8, and its object; None for a blank line.

    Raises:
        FormatError: it holds no JSON object, so it cannot be given columns.
    """
    valid = True
    try:
        text = line.decode()
    except UnicodeDecodeError:
        text, valid = line.decode(errors="surrogateescape"), False
    if number <= 1:
        text = text.removeprefix("\ufeff")
    if not text or text.isspace():
        return valid, None
    try:
        row = _decode(text)
    except (ValueError, RecursionError):
        row = None
    if not isinstance(row, dict):
        problem = "this line is no JSON object"
        cure = "is the file cut short, or JSON of another layout?"
        raise FormatError(problem, where=f"{name}, line {number}" if number else name, cure=cure)
    return valid, row


def _spliced(line: bytes, members: str) -> bytes:
    """``line`` with members of an object before its last brace."""
    end = line.rindex(b"}")
    head = line[:end].rstrip()
    comma = b"" if head.endswith(b"{") else b", "
    # What another program may not take for UTF-8 (a lone surrogate) never stands in a score.
    return head + comma + members.encode() + line[end:]


@contextmanager
def _compressing(target: Path) -> Iterator[Any]:
    with target.open("wb", buffering=_BUFFER) as raw:
        if target.name.endswith(".gz"):
            # No name and no time in the header: the same content is the same bytes. Level 6 would take
            # three times as long, longer than scoring does, for 6 % less.
            with gzip.GzipFile("", "wb", 4, raw, mtime=0) as packed:
                yield packed
        elif target.name.endswith(".zst"):
            import pyarrow as pa

            with pa.CompressedOutputStream(pa.PythonFile(raw, "w"), "zstd") as stream:
                yield stream
        else:
            yield raw


# Parquet


def _parquet(
    source: Path, target: Path, options: Options, mapper: Mapper, progress: Callable[[int], None]
) -> RowTally:
    import pyarrow as pa
    import pyarrow.parquet as pq

    with reading_errors(source, *_UNREADABLE):
        file = pq.ParquetFile(source, buffer_size=_BUFFER, pre_buffer=False)
    with file:
        schema = _schema(file, options, str(source))
        whole = RowTally()
        read: deque[Any] = deque()

        def texts() -> Iterator[Any]:
            with reading_errors(source, *_UNREADABLE):
                number = 1
                for batch in small_batches(file, source, _BATCH_ROWS):
                    if isinstance(batch, TooWide):
                        where = f"{source}: row {number:,}"
                        raise FormatError(batch.problem, where=where, cure=batch.cure)
                    number += batch.num_rows
                    read.append(batch)
                    yield batch.column(batch.schema.get_field_index(options.text_column))

        work = partial(arrow_columns, options=options)
        with target.open("wb", buffering=_BUFFER) as raw, ExitStack() as stack:

            @cache  # asked for once rows were read: of a damaged file, pyarrow dies of _compression
            def writer() -> Any:
                made = pq.ParquetWriter(raw, schema, compression=_compression(file))
                return stack.enter_context(made)

            group: list[Any] = []
            size = 0
            for _, arrays, tally in mapper(work, texts()):
                columns = [*read.popleft().columns, *arrays]
                batch = pa.RecordBatch.from_arrays(columns, schema=schema)
                group.append(batch)
                size += batch.nbytes
                if size >= _GROUP_BYTES:
                    writer().write_table(pa.Table.from_batches(group))
                    group.clear()
                    size = 0
                failpoint("batch-written")
                whole.add(tally)
                progress(whole.rows)
            last = writer()  # of no rows, too
            if group:
                last.write_table(pa.Table.from_batches(group))
        return whole


def _schema(file: Any, options: Options, where: str) -> Any:
    """That of the output."""
    import pyarrow as pa

    schema = file.schema_arrow
    names = schema.names
    if names.count(options.text_column) != 1:
        if options.text_column in names:
            raise UsageError(f"two columns are called {options.text_column}", where=where)
        raise unknown_name("column", options.text_column, names).within(where)
    refuse_clash(names, options, where=where)
    metadata: Mapping[bytes, bytes] = schema.metadata or {}
    signature = options.signature().encode()
    if metadata.get(SIGNATURE_KEY, signature) != signature and set(names) & set(PROFILE_COLUMNS):
        raise UsageError(
            f"its scores were made otherwise: {metadata[SIGNATURE_KEY].decode(errors='replace')}",
            where=where,
            cure="two signatures have no place in one file: drop its score columns first",
        )
    added, _, _ = arrow_columns(pa.array([], pa.string()), options)
    return pa.schema([*schema, *added], metadata={**metadata, SIGNATURE_KEY: signature})


def _compression(file: Any) -> str:
    """The input's codec; zstd where it has no rows to tell."""
    if file.metadata.num_row_groups == 0 or file.metadata.num_columns == 0:
        return "zstd"
    codec = str(file.metadata.row_group(0).column(0).compression).lower()
    return "none" if codec == "uncompressed" else codec
