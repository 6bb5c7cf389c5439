"""Rows of JSONL and Parquet: every bad one told of, none lost, broken files named."""

from __future__ import annotations

import gzip
import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from jtextkit.core.errors import FormatError, InputError
from jtextkit.core.rows import Row, read_rows, row_files

ROWS = [{"id": 1, "text": "犬が走る。"}, {"id": 2, "text": None}]
LINES = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in ROWS).encode()


def write(path: Path, data: bytes) -> Path:
    if path.suffix == ".gz":
        data = gzip.compress(data)
    elif path.suffix == ".zst":
        data = pa.compress(data, codec="zstd", asbytes=True)
    path.write_bytes(data)
    return path


@pytest.mark.parametrize("name", ["a.jsonl", "a.ndjson", "a.jsonl.gz", "a.jsonl.zst", "a.txt"])
def test_every_format_of_lines(tmp_path: Path, name: str) -> None:
    rows = list(read_rows(write(tmp_path / name, LINES)))
    assert [row.values for row in rows] == ROWS
    assert [row.number for row in rows] == [1, 2]
    assert rows[1].place.endswith(f"{name}:2")


def test_parquet(tmp_path: Path) -> None:
    pq.write_table(pa.Table.from_pylist(ROWS), tmp_path / "a.parquet")
    assert [row.values for row in read_rows(tmp_path / "a.parquet")] == ROWS


def test_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(LINES)))
    assert [row.place for row in read_rows("-")] == ["standard input:1", "standard input:2"]


def test_bad_rows_are_told_of_and_the_rest_is_read(tmp_path: Path) -> None:
    data = b'\xef\xbb\xbf{"a": 1}\r\n\n[1]\nnot json\n{"a": NaN}\n\xff\n"x"\n{"a": 2}'
    rows = list(read_rows(write(tmp_path / "a.jsonl", data)))
    assert [(row.number, row.problem) for row in rows] == [
        (1, ""),
        (3, "no JSON object"),
        (4, "not JSON"),
        (5, "not JSON"),
        (6, "not UTF-8"),
        (7, "no JSON object"),
        (8, ""),
    ]
    assert rows[-1].values == {"a": 2}


def test_a_json_array_is_named(tmp_path: Path) -> None:
    with pytest.raises(FormatError, match="JSON array"):
        list(read_rows(write(tmp_path / "a.jsonl", b'[\n{"a": 1}\n]\n')))


@pytest.mark.parametrize("name", ["a.jsonl.gz", "a.jsonl.zst", "a.parquet"])
def test_cut_short(tmp_path: Path, name: str) -> None:
    if name.endswith("parquet"):
        pq.write_table(pa.Table.from_pylist(ROWS * 1000), tmp_path / name)
    else:
        write(tmp_path / name, b"".join(b'{"a": %d}\n' % i for i in range(100_000)))
    whole = (tmp_path / name).read_bytes()
    (tmp_path / name).write_bytes(whole[: len(whole) // 2])
    with pytest.raises(InputError, match="cannot be read to its end"):
        list(read_rows(tmp_path / name))


def test_missing_file_and_folder_without_rows(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no such file"):
        list(read_rows(tmp_path / "none.jsonl"))
    with pytest.raises(InputError, match="no files of rows"):
        list(read_rows(tmp_path))


def test_a_folder_is_its_files_by_name_without_the_lock(tmp_path: Path) -> None:
    for name in ("b.jsonl", "a.jsonl", "lock.jsonl", ".hidden.jsonl", "README.md"):
        write(tmp_path / name, LINES)
    assert [path.name for path in row_files(tmp_path)] == ["a.jsonl", "b.jsonl"]
    assert len(list(read_rows(tmp_path))) == 4


def test_deep_nesting_is_a_bad_row(tmp_path: Path) -> None:
    rows = list(read_rows(write(tmp_path / "a.jsonl", b"[" * 100_000 + b"\n" + LINES)))
    assert rows[0].problem == "not JSON"
    assert len(rows) == 3


@given(st.binary())
def test_any_bytes_give_rows_or_a_named_error(data: bytes) -> None:
    stream = io.BytesIO(data)
    holder = io.TextIOWrapper(stream)
    before, sys.stdin = sys.stdin, holder
    try:
        for row in read_rows("-"):
            assert isinstance(row, Row)
            assert bool(row.problem) or isinstance(row.values, dict)
    except FormatError:
        assert data.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"[")
    finally:
        sys.stdin = before


def test_a_value_without_a_form_in_python_costs_no_other(tmp_path: Path) -> None:
    """Other people's Parquet: a string that is not UTF-8, a date that no calendar here holds."""
    raw = pa.array(["犬".encode(), b"\xff", "猫".encode()])
    text = pa.Array.from_buffers(pa.string(), 3, raw.buffers())
    far = pa.array([0, 1, 2**62], pa.timestamp("us"))
    table = pa.table({"text": text, "when": far, "kind": pa.array(["a", "b", None])})
    pq.write_table(table, tmp_path / "a.parquet")
    rows = list(read_rows(tmp_path / "a.parquet"))
    assert [(row.number, row.problem) for row in rows] == [
        (1, ""),
        (2, "text is not UTF-8"),
        (3, ""),
    ]
    assert [row.values.get("text") for row in rows] == ["犬", None, "猫"]
    assert rows[2].values == {"text": "猫", "when": None, "kind": None}


def test_a_parquet_file_tells_the_names_of_its_labels(tmp_path: Path) -> None:
    datasets = pytest.importorskip(
        "datasets", reason='needs the extra hub: python -m pip install -e ".[hub]"'
    )
    features = datasets.Features(
        text=datasets.Value("string"), label=datasets.ClassLabel(names=["hard", "easy"])
    )
    data = datasets.Dataset.from_dict({"text": ["犬"], "label": [1]}, features=features)
    pq.write_table(data.data.table.cast(features.arrow_schema), tmp_path / "a.parquet")
    (row,) = read_rows(tmp_path / "a.parquet")
    assert row.values == {"text": "犬", "label": 1}
    assert row.labels == {"label": ("hard", "easy")}


@pytest.mark.parametrize(
    "metadata",
    [b"", b"\xff", b"[]", b"{", b'{"info": {"features": {"a": {"_type": "ClassLabel"}}}}'],
)
def test_metadata_that_is_none_names_no_labels(metadata: bytes, tmp_path: Path) -> None:
    table = pa.table({"a": [1]}).replace_schema_metadata({b"huggingface": metadata})
    pq.write_table(table, tmp_path / "a.parquet")
    assert [row.labels for row in read_rows(tmp_path / "a.parquet")] == [{}]


FLIPPING = """
import sys
from pathlib import Path
from jtextkit.core.errors import JtextkitError
from jtextkit.core.rows import read_rows
from jtextkit.corpus import Options
from jtextkit.corpus.shards import transcribe

whole, flipped = Path(sys.argv[1]).read_bytes(), Path(sys.argv[2])
out, options = Path("out.parquet"), Options(columns=("words",))
for place in range(0, len(whole), 3):
    data = bytearray(whole)
    data[place] ^= 1 << place % 8
    flipped.write_bytes(data)
    for take in (read_rows, lambda path: [transcribe(path, out, options, map, lambda _: None)]):
        try:
            list(take(flipped))
        except JtextkitError:
            continue
print("all read")
"""


@pytest.mark.slow
def test_a_damaged_parquet_file_is_refused_or_read(root: Path, tmp_path: Path) -> None:
    """In a process of its own: pyarrow itself dies of some questions about a damaged footer."""
    rows = {"text": ["犬。", "猫。"] * 20, "m": [[{"a": "x", "b": ["y", "z"]}]] * 40}
    pq.write_table(pa.table(rows), tmp_path / "whole.parquet", compression="zstd")
    command = [sys.executable, "-c", FLIPPING, "whole.parquet", "flipped.parquet"]
    environment = {**os.environ, "PYTHONPATH": str(root)}
    done = subprocess.run(
        command, check=False, cwd=tmp_path, env=environment, capture_output=True, text=True
    )
    assert (done.stdout, done.returncode) == ("all read\n", 0), done.stderr[-2000:]
