"""Rows of JSONL and Parquet: each with its number, a bad one with its reason.

A file of predictions or problems is read row by row; a row that is none (a line without a JSON
object, bytes that are not UTF-8) is reported and never ends the reading. A file that cannot be read
to its end does.

Not handled: shards that are written again (:mod:`jtextkit.corpus`), CSV, a JSON array over many
lines (the error says so).
"""

from __future__ import annotations

import gzip
import json
import sys
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from io import BufferedIOBase, BufferedReader, FileIO
from pathlib import Path
from typing import Any, BinaryIO, ParamSpec, TypeVar

from jtextkit.core.errors import FormatError, InputError, JtextkitError, first_line
from jtextkit.core.parquet import LONGEST_ROW, TooWide, small_batches
from jtextkit.core.text import file_errors

_LINES = (".jsonl", ".ndjson")
ROW_SUFFIXES = (
    *(f"{kind}{packed}" for kind in _LINES for packed in ("", ".gz", ".zst")),
    ".parquet",
)
"""How the names of files of rows end; any other name, and ``-``, is read as plain JSONL."""

LONGEST_ID = 4096
"""Characters of a row's ``id``, which stands in messages and tables."""

_BATCH_ROWS = 1024
_BUFFER = 1 << 20

P = ParamSpec("P")
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Row:
    """One row.

    Attributes:
        number: the line of the file, or the row of the Parquet file, from 1.
        values: its members by name; empty where there is a problem.
        problem: why it is no row, or "".
        source: the file it came from.
        labels: the names of the integers in a column, where a Parquet file has them (a ClassLabel
            of Hugging Face ``datasets``).
        fault: the problem is a fault of this program, which it met in the row.
    """

    number: int
    values: Mapping[str, Any] = field(default_factory=dict)
    problem: str = ""
    source: str = ""
    labels: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    fault: bool = False

    @property
    def place(self) -> str:
        """``FILE:LINE`` for messages."""
        return f"{self.source}:{self.number}"


def attempt(row: Row, judge: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T | Row:
    """What ``judge`` makes of a row, or the row as a bad one: a fault of ours ends no file.

    Raises:
        JtextkitError: what ``judge`` raises on purpose.
        ModuleNotFoundError: a library that lacks for one row lacks for all.
    """
    try:
        return judge(*args, **kwargs)
    except (JtextkitError, ModuleNotFoundError):
        raise
    except Exception as error:  # noqa: BLE001 - whatever it is, the other rows are judged
        problem = f"unexpected {type(error).__name__}: {first_line(error)}"
        return Row(row.number, problem=problem, source=row.source, fault=True)


def refuse_faults(count: int, where: str) -> None:
    """End with an error if ``count`` rows met a fault of ours; call it when all else is done."""
    if count:
        problem = f"{count:,} rows could not be judged for a fault of jtextkit, the others were"
        raise InputError(problem, where=where, cure="please report one of them")


def row_files(path: Path | str) -> list[Path]:
    """``path`` itself, or the files of rows in the folder that it is, by name."""
    path = Path(path)
    if not path.is_dir():
        return [path]
    files = sorted(
        file
        for file in path.iterdir()
        if file.name.endswith(ROW_SUFFIXES) and not file.name.startswith(".") and file.is_file()
        if file.name != "lock.jsonl"  # of a built set: it holds no texts
    )
    if not files:
        cure = f"names must end with one of {', '.join(ROW_SUFFIXES)}"
        raise InputError("no files of rows in this folder", where=str(path), cure=cure)
    return files


def read_rows(path: Path | str) -> Iterator[Row]:
    """The rows of a file, of all files of rows in a folder, or of standard input for ``-``.

    A line or row of more than :data:`LONGEST_ROW` bytes, and one with an ``id`` of more than
    :data:`LONGEST_ID` characters, is a bad one. Blank lines are passed over; their numbers count.
    Duplicate members keep the last value, as JSON readers do. NaN and infinities are refused, as JSON
    does. In Parquet, a string that is not UTF-8 makes its row bad, and a value that Python has no form
    for (a date after 9999) is None.

    Raises:
        InputError: a file is missing, cannot be read to its end, or is not what its name says.
    """
    if str(path) == "-":
        if sys.stdin is None:
            raise InputError("it is closed", where="standard input", cure="name a file")
        yield from _lines(sys.stdin.buffer, "standard input")
        return
    for file in row_files(path):
        with reading_errors(
            file, ValueError
        ):  # a damaged name of a column is none of Arrow's errors
            if file.suffix == ".parquet":
                yield from _parquet(file)
            else:
                with opened(file) as stream:
                    yield from _lines(stream, str(file))


def opened(file: Path) -> BufferedIOBase:
    """The bytes of a file of lines, unpacked as its name says."""
    if file.suffix == ".gz":
        return gzip.open(file, "rb")
    if file.suffix == ".zst":
        import pyarrow as pa

        return BufferedReader(pa.CompressedInputStream(str(file), "zstd"), _BUFFER)
    return BufferedReader(FileIO(file), _BUFFER)


def _lines(stream: BufferedIOBase | BinaryIO, source: str) -> Iterator[Row]:
    for number, line in enumerate(iter(partial(stream.readline, LONGEST_ROW + 1), b""), start=1):
        if len(line) > LONGEST_ROW:
            while line and not line.endswith(b"\n"):
                line = stream.readline(_BUFFER)  # noqa: PLW2901 - the rest is passed over
            yield Row(number, problem=f"a line of more than {LONGEST_ROW:,} bytes", source=source)
            continue
        if number == 1:
            line = line.removeprefix(b"\xef\xbb\xbf")  # noqa: PLW2901 - a mark is no content
        if line.isspace() or not line:
            continue
        if number == 1 and line.strip() == b"[":
            cure = "write one object a line (JSONL), for example with jq -c '.[]'"
            raise FormatError("a JSON array over many lines", where=source, cure=cure)
        try:
            values = json.loads(line.decode(), parse_constant=_no_constant)
        except UnicodeDecodeError:
            yield Row(number, problem="not UTF-8", source=source)
        except (ValueError, RecursionError):
            yield Row(number, problem="not JSON", source=source)
        else:
            problem = _id_problem(values) if isinstance(values, dict) else "no JSON object"
            yield Row(number, {} if problem else values, problem, source)


def _no_constant(name: str) -> float:
    raise ValueError(name)


def _parquet(file: Path) -> Iterator[Row]:
    import pyarrow.parquet as pq

    number = 0
    with pq.ParquetFile(file) as table:
        labels = _label_names((table.schema_arrow.metadata or {}).get(b"huggingface"))
        for batch in small_batches(table, file, _BATCH_ROWS):
            for values, found in _python_rows(batch):
                number += 1
                problem = found or _id_problem(values)
                yield Row(number, {} if problem else values, problem, str(file), labels)


def _id_problem(values: Mapping[str, Any]) -> str:
    name = values.get("id")
    if isinstance(name, str) and len(name) > LONGEST_ID:
        return f"an id of {len(name):,} characters, of which {LONGEST_ID:,} are taken"
    return ""


def _python_rows(batch: Any) -> Iterator[tuple[dict[str, Any], str]]:
    """The rows of a record batch, each with why it is none, or ""."""
    if isinstance(batch, TooWide):
        yield from [({}, batch.problem)] * batch.rows
        return
    try:
        yield from ((values, "") for values in batch.to_pylist())
    except (ValueError, OverflowError):  # some value has no form in Python: one by one
        for at in range(batch.num_rows):
            values: dict[str, Any] = {}
            problem = ""
            for name, column in zip(batch.schema.names, batch.columns, strict=True):
                try:
                    values[name] = column[at].as_py()
                except UnicodeDecodeError:
                    problem = f"{name} is not UTF-8"
                except (ValueError, OverflowError):
                    values[name] = None
            yield values, problem


def _label_names(metadata: bytes | None) -> dict[str, tuple[str, ...]]:
    """The ClassLabels in what ``datasets`` writes into a Parquet schema; {} where it is none."""
    try:
        features = json.loads(metadata or b"{}")["info"]["features"]
        return {
            name: tuple(map(str, feature["names"]))
            for name, feature in features.items()
            if isinstance(feature, dict) and feature.get("_type") == "ClassLabel"
        }
    except (ValueError, KeyError, TypeError, AttributeError):
        return {}


@contextmanager
def reading_errors(file: Path, *more: type[Exception]) -> Iterator[None]:
    """Make whatever is wrong with a file that is read, ``more`` among it, an :class:`InputError`."""
    try:
        yield
    except (FileNotFoundError, IsADirectoryError):
        with file_errors(file):
            raise
    except MemoryError:  # one of Arrow's errors, too
        raise
    except (*_broken(), *more) as error:
        problem = f"cannot be read to its end ({first_line(error)})"
        cure = "it may be cut short, damaged, or not what its name says"
        raise InputError(problem, where=str(file), cure=cure) from error


def _broken() -> tuple[type[Exception], ...]:
    """What reading a damaged file raises: pyarrow's errors too, if anything needed pyarrow."""
    arrow = sys.modules.get("pyarrow")
    return (EOFError, zlib.error, OSError, *(() if arrow is None else (arrow.ArrowException,)))
