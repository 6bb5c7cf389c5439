"""Budgets: what is read at once depends on what it is in memory, and a border is kept."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from jtextkit.core import parquet, rows
from jtextkit.core.memory import at_most, free_memory
from jtextkit.core.rows import read_rows
from jtextkit.corpus import Options, annotate_shards, shards

pa = pytest.importorskip("pyarrow", reason='needs the extra build: python -m pip install -e ".[build]"')  # fmt: skip
import pyarrow.parquet as pq  # noqa: E402 - what it needs is looked for before

LONG = "朝" * 10_000
linux = pytest.mark.skipif(sys.platform != "linux", reason="no other system tells how much is taken: run on Linux")  # fmt: skip


def nested(number: int) -> list[Any]:
    return [{"role": "user", "parts": [LONG] * (i % 3)} for i in range(number)]


@pytest.mark.parametrize(
    "values",
    [
        [LONG] * 3000,
        ["短い"] * 2999 + [LONG],
        [[LONG, "短い"]] * 2000,
        nested(2000),
        [None] * 2000,
        list(range(3000)),
    ],
    ids=["one", "late", "lists", "structs", "nulls", "numbers"],
)
def test_batches_are_small_in_memory_and_whole(values: list[Any], tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    pq.write_table(
        pa.table({"text": ["犬。"] * len(values), "x": values}), path, row_group_size=2500
    )
    with pq.ParquetFile(path) as file:
        batches = list(parquet.small_batches(file, path, 4096))
    assert max(batch.nbytes for batch in batches) <= parquet._DECODED + 4 * len(LONG)
    assert pa.Table.from_batches(batches).to_pylist() == pq.read_table(path).to_pylist()


@pytest.mark.parametrize(
    "wide",
    [[LONG] * 100, [{"c": LONG, "d": [LONG] * 99}], {"a": {"k": LONG}, "b": [LONG] * 99}],
    ids=["list", "structs", "struct"],
)
def test_a_row_that_is_too_wide_is_one_bad_row(
    wide: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where rows are judged, the others are as they were; where they are written again, it is a failed shard."""
    path = tmp_path / "a.parquet"
    values = [None, None, wide, None]
    pq.write_table(pa.table({"text": ["犬。", "猫。", "鳥。", LONG], "x": values}), path)
    expected = pq.read_table(path).to_pylist()
    monkeypatch.setattr(parquet, "LONGEST_ROW", 1 << 20)
    found = list(read_rows(path))
    assert [row.number for row in found if row.problem] == [3]
    assert re.fullmatch(
        r"a row of 3,\d{3},\d{3} bytes, of which 1,048,576 are taken", found[2].problem
    )
    del found[2], expected[2]
    assert [row.values for row in found] == expected
    (outcome,) = annotate_shards([path], tmp_path / "out", Options())
    assert f"{path}: row 3: a row of 3," in str(outcome.error)


@pytest.mark.parametrize("compression", ["zstd", "none", "snappy"])
@pytest.mark.parametrize("coded", [True, False], ids=["a dictionary", "a page"])
def test_a_page_that_is_too_large_is_not_unpacked(
    compression: str, coded: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Though each of its rows is small, it is unpacked as a whole."""
    path = tmp_path / "a.parquet"
    texts = [f"{i:05}" * 40 for i in range(300)]
    table = pa.table({"text": [*texts, *["犬。"] * 20]})
    pq.write_table(table, path, compression=compression, use_dictionary=coded, row_group_size=300)
    monkeypatch.setattr(parquet, "LARGEST_PAGE", 50_000)
    found = list(read_rows(path))
    said = "a page of 61,2[0-9]+ bytes, of which 50,000 are taken"
    assert all(re.fullmatch(said, row.problem) for row in found[:300])
    assert [row.values["text"] for row in found[300:]] == ["犬。"] * 20
    (outcome,) = annotate_shards([path], tmp_path / "out", Options())
    assert re.search(f"row 1: {said}; write it with smaller pages", str(outcome.error))


def test_texts_that_are_views_are_no_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.parquet"
    texts = ["犬。", LONG, "猫。"]
    try:
        pq.write_table(pa.table({"text": pa.array(texts, pa.string_view())}), path)
    except pa.ArrowNotImplementedError:
        pytest.skip("this pyarrow writes no views: install a newer one")
    monkeypatch.setattr(parquet, "LONGEST_ROW", 1 << 14)
    assert [row.values.get("text") for row in read_rows(path)] == ["犬。", None, "猫。"]


def test_a_table_without_columns_has_no_rows_to_measure(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    pq.write_table(pa.table({"text": ["犬。"] * 3}).select([]), path)
    assert [row.problem for row in read_rows(path)] == [""] * pq.read_metadata(path).num_rows


def test_rows_that_are_small_though_their_dictionary_is_wide_are_taken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.parquet"
    table = pa.table({"text": ["犬。"] * 200, "x": [["短い"] * 200] * 199 + [[LONG]]})
    pq.write_table(table, path)
    monkeypatch.setattr(parquet, "LONGEST_ROW", 1 << 20)
    assert [row.values for row in read_rows(path)] == table.to_pylist()
    (outcome,) = annotate_shards([path], tmp_path / "out", Options())
    assert outcome.status == "written"
    assert pq.read_table(tmp_path / "out" / "a.parquet").select(["text", "x"]).equals(table)


def test_a_row_group_of_rows_that_are_too_wide_is_passed_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.parquet"
    texts = ["あ" * 1000, "い" * 1000, "短い"]
    pq.write_table(pa.table({"text": texts}), path, row_group_size=2)
    monkeypatch.setattr(parquet, "LONGEST_ROW", 1000)
    assert [bool(row.problem) for row in read_rows(path)] == [True, True, False]


@pytest.mark.parametrize("suffix", ["jsonl", "parquet"])
def test_an_id_that_is_too_long_is_one_bad_row(suffix: str, tmp_path: Path) -> None:
    path = tmp_path / f"a.{suffix}"
    values = [{"id": "a" * number, "text": "犬。"} for number in (4096, 4097, 3)]
    if suffix == "jsonl":
        path.write_text("\n".join(map(json.dumps, values)))
    else:
        pq.write_table(pa.Table.from_pylist(values), path)
    long = "an id of 4,097 characters, of which 4,096 are taken"
    assert [row.problem for row in read_rows(path)] == ["", long, ""]


def test_a_line_that_is_too_long(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A bad row where rows are judged, a failed shard where they are written again."""
    lines = [json.dumps({"text": text}) for text in ("a", "b" * 3000, "c", "d" * 2000)]
    path = tmp_path / "a.jsonl"
    path.write_text("\n".join(lines))
    for module in (rows, shards):
        monkeypatch.setattr(module, "LONGEST_ROW", 1000)
    found = list(read_rows(path))
    assert [(row.number, row.problem) for row in found] == [
        (1, ""), (2, "a line of more than 1,000 bytes"), (3, ""), (4, "a line of more than 1,000 bytes"),
    ]  # fmt: skip
    (outcome,) = annotate_shards([path], tmp_path / "out", Options())
    assert "after line 0: a line of more than 1,000 bytes" in str(outcome.error)


@linux
def test_a_border_is_kept_and_taken_down_again() -> None:
    free = free_memory()
    assert free is not None
    assert free > 0
    with at_most(100 << 20):
        with pytest.raises(MemoryError):
            bytes(1 << 30)
        with pytest.raises(MemoryError):
            pa.allocate_buffer(1 << 30)
        assert len(bytes(1 << 20)) == 1 << 20
    assert len(bytes(1 << 29)) == 1 << 29


@linux
@pytest.mark.parametrize("given", [(3 << 30, 4 << 30), (4 << 30, 4 << 30), (3 << 30, -1)])
def test_a_narrower_border_of_the_shell_is_kept(given: tuple[int, int]) -> None:
    code = """
import resource, sys
from jtextkit.core.memory import at_most
given = tuple(map(int, sys.argv[1:]))
resource.setrlimit(resource.RLIMIT_DATA, given)
with at_most(1 << 50):
    assert resource.getrlimit(resource.RLIMIT_DATA) == given
assert resource.getrlimit(resource.RLIMIT_DATA) == given
"""
    subprocess.run([sys.executable, "-c", code, *map(str, given)], check=True)


@linux
def test_a_shard_that_wants_more_than_its_share_fails_alone(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text(json.dumps({"text": "あ" * 20_000_000}), encoding="utf-8")
    (tmp_path / "b.jsonl").write_text(json.dumps({"text": "犬が走る。"}), encoding="utf-8")
    given = [tmp_path / "a.jsonl", tmp_path / "b.jsonl"]
    big, small = annotate_shards(given, tmp_path / "out", Options(), max_memory=80 << 20)
    assert "it wants more memory than 80 MB" in str(big.error)
    assert small.status == "written"


@linux
@pytest.mark.slow
def test_bombs_end_in_one_line_under_a_gigabyte(root: Path) -> None:
    for library in ("tokenizers", "tiktoken", "python_calamine"):
        pytest.importorskip(
            library, reason='needs the extra dev: python -m pip install -e ".[dev]"'
        )
    chosen = (
        "line.jsonl.zst",
        "list.parquet",
        "id.json",
        "tekken.json",
        "cells.xlsx",
        "depth.jsonl",
        "id.jsonl",
        "wide.parquet",
    )
    command = [sys.executable, str(root / "benchmarks" / "bombs.py"), *chosen]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


@linux
@pytest.mark.slow
@pytest.mark.skipif(shutil.which("cc") is None, reason="compiles a shim: install a C compiler")
def test_no_call_that_fails_loses_anything(root: Path) -> None:
    command = [sys.executable, str(root / "benchmarks" / "faults.py"), "audit-solutions"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.stdout.endswith(" faults, 0 losses\n"), done.stderr
