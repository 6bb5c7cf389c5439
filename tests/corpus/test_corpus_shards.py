"""Formats: every row and column stays, in order, to the byte; scores stand behind."""

from __future__ import annotations

import gzip
import json
import subprocess
import sys

import datasets
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from jtextkit.core.errors import FormatError, InputError, UsageError
from jtextkit.metrics.readability.formula import score
from jtextkit.metrics.readability.profiles import PROFILE_COLUMNS, profile

from .conftest import SENTENCES, annotate, contents, json_lines, read_shard, rows_of, write_shard

NAMES = ("a.jsonl", "a.ndjson", "a.jsonl.gz", "a.jsonl.zst", "a.ndjson.zst", "a.parquet")
BROKEN_READS = {
    "a.jsonl.gz": "cannot be read to its end",
    "a.jsonl.zst": "cannot be read to its end",
    "a.parquet": "cannot be read to its end",
}


@pytest.mark.parametrize("name", NAMES)
def test_rows_and_columns_stay_and_scores_are_added(name, tmp_path, small_batches) -> None:
    rows = rows_of(60)
    rows[13]["text"] = None
    rows[21]["text"] = ""
    (outcome,) = annotate(tmp_path / "out", write_shard(tmp_path / name, rows))
    assert outcome.status == "written"
    out = read_shard(tmp_path / "out" / name)
    assert [{key: row[key] for key in rows[0]} for row in out] == rows
    assert list(out[0]) == [*rows[0], *PROFILE_COLUMNS, "problem"]
    for row in out:
        if row["text"]:
            result = profile(row["text"])
            assert {key: row[key] for key in PROFILE_COLUMNS} == {
                key: result[key] for key in PROFILE_COLUMNS
            }
    assert [row["problem"] for row in out if row["problem"]] == [
        "the text is missing",
        "the text is empty",
    ]
    assert outcome.receipt is not None
    assert outcome.receipt["input"]["rows"] == outcome.receipt["output"]["rows"] == 60


@pytest.mark.parametrize("name", NAMES)
def test_many_processes_write_the_same_bytes(name, tmp_path) -> None:
    shard = write_shard(tmp_path / name, rows_of(800))
    annotate(tmp_path / "one", shard)
    if name in ("a.jsonl.gz", "a.parquet"):  # a pool takes a second to start
        annotate(tmp_path / "two", shard, workers=2)
    else:
        annotate(tmp_path / "two", shard)
    assert contents(tmp_path / "one") == contents(tmp_path / "two")


@pytest.mark.parametrize("name", NAMES)
def test_a_shard_without_rows(name, tmp_path) -> None:
    shard = tmp_path / name
    if name.endswith(".parquet"):
        pq.write_table(pa.table({"text": pa.array([], pa.string())}), shard)
    else:
        write_shard(shard, [])
    (outcome,) = annotate(tmp_path / "out", shard)
    assert outcome.receipt is not None
    assert outcome.receipt["output"]["rows"] == 0
    assert read_shard(tmp_path / "out" / name) == []


# JSONL


def lines_after(tmp_path, data: bytes, **options) -> list[bytes]:
    (tmp_path / "a.jsonl").write_bytes(data)
    (outcome,) = annotate(tmp_path / "out", tmp_path / "a.jsonl", **options)
    if outcome.error:
        raise outcome.error
    return (tmp_path / "out" / "a.jsonl").read_bytes().split(b"\n")


def test_what_stood_in_a_line_stays_to_the_byte(tmp_path) -> None:
    odd = '{"n":1.10, "n": 1e400,  "text" :"\\u9b5aを焼く。"   ,"m":12345678901234567890123 }  \r\n'
    out = lines_after(tmp_path, odd.encode(), columns=("words",))
    assert out[0] == odd.rstrip("\n").encode().replace(
        b" }  \r", b', "words": 4, "problem": null}  \r'
    )


def test_blank_lines_marks_and_a_last_line_without_end(tmp_path) -> None:
    data = '\ufeff{"text":"魚。"}\n\n  \n{"text":"水。"}'.encode()
    out = lines_after(tmp_path, data, columns=("words",))
    assert out == [
        '\ufeff{"text":"魚。", "words": 2, "problem": null}'.encode(),
        b"",
        b"  ",
        '{"text":"水。", "words": 2, "problem": null}'.encode(),
    ]


def test_rows_without_a_text(tmp_path) -> None:
    rows = [{"text": "魚。"}, {}, {"text": [1]}, {"text": None}, {"text": {"a": "魚"}}]
    out = [json.loads(line) for line in lines_after(tmp_path, json_lines(rows))[:-1]]
    missing, other = "the text is missing", "this is not text"
    assert [row["problem"] for row in out] == [None, missing, other, missing, other]
    assert lines_after(tmp_path, json_lines(rows))[1].startswith(b'{"readability": null')


def test_bytes_that_are_not_utf8_stay_and_are_told(tmp_path) -> None:
    data = b'{"text": "\x8b\x9b", "a": 1}\n' + b'{"text": "\\ud83d", "a": 2}\n'
    out = lines_after(tmp_path, data, columns=("words",))
    assert out[0] == b'{"text": "\x8b\x9b", "a": 1, "words": null, "problem": "not UTF-8"}'
    assert json.loads(out[1])["problem"] == "lone surrogate U+D83D in line 1"


@pytest.mark.parametrize("line", [b'{"text": "cut', b"[1]", b"null", b'"text"', b"{} {}", b"NaN{"])
def test_a_line_that_is_no_object_is_named(line, tmp_path) -> None:
    with pytest.raises(FormatError, match=r"a\.jsonl, line 3: this line is no JSON object"):
        lines_after(tmp_path, json_lines(rows_of(2)) + line + b"\n")
    assert contents(tmp_path / "out") == {}


def test_numbers_of_any_length(tmp_path) -> None:
    number = b"9" * 5000
    out = lines_after(tmp_path, b'{"text": ' + number + b"}\n", columns=("words",))
    assert out[0] == b'{"text": ' + number + b', "words": null, "problem": "this is not text"}'


def test_a_line_that_is_no_object_far_behind(tmp_path, small_batches) -> None:
    with pytest.raises(FormatError, match="line 2001"):
        lines_after(tmp_path, json_lines([{"text": "魚。"}] * 2000) + b"{\n")


def test_a_misspelt_text_column_is_told_before_work_begins(tmp_path) -> None:
    with pytest.raises(UsageError, match="text"):
        lines_after(tmp_path, json_lines(rows_of(3)), text_column="txet")


def test_a_column_that_is_there_already(tmp_path) -> None:
    data = json_lines([{"text": "魚。"}, {"text": "水。", "label": "x"}])
    with pytest.raises(UsageError, match=r"line 2: there is a column label already.*--columns"):
        lines_after(tmp_path, data)
    assert len(lines_after(tmp_path, data, columns=("words",))) == 3


def test_gzip_of_several_members_is_read_whole_and_written_without_a_time(tmp_path) -> None:
    first, second = json_lines(rows_of(3)), json_lines(rows_of(3, 3))
    (tmp_path / "a.jsonl.gz").write_bytes(gzip.compress(first) + gzip.compress(second))
    annotate(tmp_path / "out", tmp_path / "a.jsonl.gz")
    assert [row["id"] for row in read_shard(tmp_path / "out" / "a.jsonl.gz")] == [
        f"r{i}" for i in range(6)
    ]
    header = (tmp_path / "out" / "a.jsonl.gz").read_bytes()[:10]
    assert header[3:8] == bytes(5)


# Parquet


def test_types_metadata_and_compression_stay(tmp_path, small_batches) -> None:
    schema = pa.schema(
        [
            pa.field("text", pa.large_string(), nullable=False, metadata={"unit": "話"}),
            pa.field("kind", pa.dictionary(pa.int8(), pa.string())),
            pa.field("when", pa.timestamp("ms", "Asia/Tokyo")),
            pa.field("deep", pa.list_(pa.struct([("a", pa.int16()), ("b", pa.binary())]))),
            pa.field("big", pa.decimal128(20, 3)),
        ],
        metadata={"pandas": "{}", "mine": "はい"},
    )
    rows = [
        {
            "text": SENTENCES[i % 8],
            "kind": f"k{i % 5 if i < 40 else i}",
            "when": i,
            "deep": [{"a": i, "b": b"\xff"}] if i % 3 else None,
            "big": None,
        }
        for i in range(80)
    ]
    table = pa.Table.from_pylist(rows, schema)
    pq.write_table(table, tmp_path / "a.parquet", compression="gzip", row_group_size=33)
    annotate(tmp_path / "out", tmp_path / "a.parquet")
    file = pq.ParquetFile(tmp_path / "out" / "a.parquet")
    out = file.read()
    assert out.select(schema.names).cast(schema) == table
    assert [out.schema.field(name) for name in schema.names] == list(schema)
    assert out.schema.field("text").metadata[b"unit"] == "話".encode()
    signature = profile(SENTENCES[0]).signature.encode()
    assert {**out.schema.metadata, b"jtextkit.signature": signature} == out.schema.metadata
    assert out.schema.metadata[b"mine"] == "はい".encode()
    assert file.metadata.row_group(0).column(0).compression == "GZIP"
    assert file.metadata.num_row_groups > 1


@pytest.mark.parametrize("codec", ["none", "snappy", "zstd", "lz4", "brotli"])
def test_codecs(codec, tmp_path) -> None:
    pq.write_table(pa.Table.from_pylist(rows_of(5)), tmp_path / "a.parquet", compression=codec)
    (outcome,) = annotate(tmp_path / "out", tmp_path / "a.parquet")
    assert outcome.error is None
    group = pq.ParquetFile(tmp_path / "out" / "a.parquet").metadata.row_group(0)
    assert group.column(0).compression.lower() == {"none": "uncompressed"}.get(codec, codec)


@pytest.mark.parametrize(
    "kind",
    [pa.string(), pa.large_string(), pa.string_view(), pa.dictionary(pa.int32(), pa.string())],
)
def test_every_kind_of_text(kind, tmp_path) -> None:
    texts = pa.array([SENTENCES[0], None, SENTENCES[1]]).cast(kind)
    pq.write_table(pa.table({"text": texts}), tmp_path / "a.parquet")
    annotate(tmp_path / "out", tmp_path / "a.parquet", columns=("words",))
    out = read_shard(tmp_path / "out" / "a.parquet")
    assert [row["words"] for row in out] == [
        score(SENTENCES[0]).words,
        None,
        score(SENTENCES[1]).words,
    ]


@pytest.mark.parametrize("values", [[1, 2], [b"a", b"b"], [["a"], ["b"]], [1.5, float("nan")]])
def test_a_column_that_holds_no_text(values, tmp_path) -> None:
    pq.write_table(pa.table({"text": values}), tmp_path / "a.parquet")
    (outcome,) = annotate(tmp_path / "out", tmp_path / "a.parquet", columns=("words",))
    assert outcome.receipt is not None
    assert sum(outcome.receipt["tally"]["problems"].values()) == 2


def test_text_that_is_not_utf8_in_parquet(tmp_path) -> None:
    raw = pa.array([b"\xe9\xad\x9a\xe3\x80\x82", b"\xff\xfe"])
    texts = pa.StringArray.from_buffers(2, *raw.buffers()[1:])
    pq.write_table(pa.table({"text": texts}), tmp_path / "a.parquet")
    annotate(tmp_path / "out", tmp_path / "a.parquet", columns=("words",))
    out = pq.read_table(tmp_path / "out" / "a.parquet")
    assert out["problem"].to_pylist() == [None, "not UTF-8"]


def test_what_arrow_cannot_write_fails_the_shard_alone(tmp_path, monkeypatch) -> None:
    def refuse(*_: object) -> None:
        raise pa.ArrowNotImplementedError("no such type")

    monkeypatch.setattr("jtextkit.corpus.shards.failpoint", refuse)
    (outcome,) = annotate(tmp_path / "out", write_shard(tmp_path / "a.parquet", rows_of(3)))
    assert "cannot be written again (no such type)" in str(outcome.error)


def test_a_text_column_that_is_missing_or_twice_there(tmp_path) -> None:
    pq.write_table(pa.Table.from_pylist(rows_of(2)), tmp_path / "a.parquet")
    (outcome,) = annotate(tmp_path / "out", tmp_path / "a.parquet", text_column="txt")
    assert isinstance(outcome.error, UsageError)
    assert "text" in str(outcome.error)
    twice = pa.Table.from_arrays([pa.array(["魚"]), pa.array(["水"])], ["text", "text"])
    pq.write_table(twice, tmp_path / "a.parquet")
    (outcome,) = annotate(tmp_path / "out", tmp_path / "a.parquet")
    assert "two columns are called text" in str(outcome.error)


def test_columns_of_another_signature_do_not_mix(tmp_path) -> None:
    table = pa.table({"text": ["魚。"], "words": [2]})
    path = tmp_path / "a.parquet"
    pq.write_table(table.replace_schema_metadata({"jtextkit.signature": "other"}), path)
    (outcome,) = annotate(tmp_path / "out", path, columns=("label",))
    assert "its scores were made otherwise: other" in str(outcome.error)
    bare = table.drop_columns("words").replace_schema_metadata({"jtextkit.signature": "other"})
    pq.write_table(bare, path)
    assert annotate(tmp_path / "out", path, columns=("label",))[0].error is None


def test_a_second_pass_adds_the_columns_that_the_first_left_out(tmp_path) -> None:
    shard = write_shard(tmp_path / "a.parquet", rows_of(4))
    annotate(tmp_path / "one", shard, columns=("label",))
    halfway = pq.read_table(tmp_path / "one" / "a.parquet").drop_columns("problem")
    pq.write_table(halfway, tmp_path / "a.parquet")
    (outcome,) = annotate(tmp_path / "two", tmp_path / "a.parquet", columns=("words",))
    assert outcome.error is None
    assert list(read_shard(tmp_path / "two" / "a.parquet")[0])[-3:] == ["label", "words", "problem"]


def test_other_libraries_read_what_is_written(tmp_path) -> None:
    features = datasets.Features(
        {"text": datasets.Value("string"), "c": datasets.ClassLabel(names=["甲", "乙"])}
    )
    data = {"text": [*SENTENCES], "c": [0, 1] * 4}
    datasets.Dataset.from_dict(data, features=features).to_parquet(tmp_path / "a.parquet")
    annotate(tmp_path / "out", tmp_path / "a.parquet")
    path = str(tmp_path / "out" / "a.parquet")
    read = datasets.Dataset.from_parquet(path, cache_dir=str(tmp_path / "cache"))
    assert read.features["c"].names == ["甲", "乙"]
    assert read.column_names == ["text", "c", *PROFILE_COLUMNS, "problem"]
    assert pl.read_parquet(path)["words"].to_list() == [score(text).words for text in SENTENCES]


# Broken input


@pytest.mark.parametrize("name", BROKEN_READS)
@pytest.mark.parametrize("part", [0.0, 0.0001, 0.02, 0.5, 0.999])
def test_a_shard_that_is_cut_short(name, part, tmp_path, small_batches) -> None:
    path = write_shard(tmp_path / name, rows_of(300))
    data = path.read_bytes()
    path.write_bytes(data[: int(len(data) * part) + (part == 0.0001)])
    (outcome,) = annotate(tmp_path / "out", path)
    assert isinstance(outcome.error, InputError)
    assert BROKEN_READS[name] in str(outcome.error)
    assert str(path) in str(outcome.error)
    assert contents(tmp_path / "out") == {}


@pytest.mark.parametrize("name", BROKEN_READS)
def test_bytes_that_are_damaged(name, tmp_path) -> None:
    """Damage is an error of one line or, where the format has no checksum, rows; never a crash."""
    good = write_shard(tmp_path / name, rows_of(100)).read_bytes()
    for place in range(0, len(good), max(1, len(good) // 25)):
        (tmp_path / name).write_bytes(
            good[:place] + bytes([good[place] ^ 0x55]) + good[place + 1 :]
        )
        (outcome,) = annotate(tmp_path / "out", tmp_path / name)
        assert outcome.status in ("written", "failed")


def test_files_that_are_something_else(tmp_path) -> None:
    for name in BROKEN_READS:
        (tmp_path / name).write_bytes("これは圧縮されていない。".encode() * 50)
    outcomes = annotate(tmp_path / "out", *(tmp_path / name for name in BROKEN_READS))
    assert [outcome.status for outcome in outcomes] == ["failed"] * 3


MEMORY = """
import json, resource, sys
from pathlib import Path
from jtextkit.corpus import Options, annotate_shards
for name in sys.argv[1:]:
    [one] = annotate_shards([Path(name)], Path("out"), Options())
    assert one.written
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


@pytest.mark.slow
@pytest.mark.parametrize("ending", ["jsonl.gz", "parquet"])
def test_memory_does_not_grow_with_the_shard(ending, root, tmp_path) -> None:
    """Texts that other columns make large: 4 and then 120 MB of rows."""
    for name, number in (("a", 100), ("b", 3000)):
        rows = [{"text": "魚。", "other": f"{i}あ" * 10_000} for i in range(number)]
        path = tmp_path / f"{name}.{ending}"
        if ending == "parquet":
            table = pa.Table.from_pylist(rows)
            pq.write_table(table, path, row_group_size=500, use_dictionary=False)
        else:
            path.write_bytes(gzip.compress(json_lines(rows), 1))
    done = subprocess.run(
        [sys.executable, "-c", MEMORY, f"a.{ending}", f"b.{ending}"],
        cwd=tmp_path,
        env={"PYTHONPATH": str(root)},
        capture_output=True,
        text=True,
        check=True,
    )
    small, large = (int(line) // 1024 for line in done.stdout.split())
    assert large - small < 90, (small, large)
