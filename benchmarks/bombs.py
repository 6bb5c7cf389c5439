"""Files of some kilobytes that ask for gigabytes: each must end in one line, under 1 GB of memory.

Prints a Markdown row for each: what it is, its size, the peak memory of the command and all its children, and
its last line. Exits with 1 if one of them takes more, says more, or meets a fault of ours. ``NAME``s choose.
"""

from __future__ import annotations

import gzip
import json
import os
import resource
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

LIMIT = 1000  # MB
MIB = 1 << 20
LONG = "朝" * 100_000
WORK = b'{"text": "', b'"}\n'
ANNOTATE = ("annotate", "{}", "-o", "{}.out", "--workers", "1")
AUDIT = ("audit-solutions", "{}")
CHECK = ("check", "{}", "--text-column", "text", "--label-column", "y")
LITTLE = (*CHECK, "--max-memory", "600MB")
ANSWERS = ("evaluate", "answers", "{}", "--task", "mgsm")
FERTILITY = ("fertility", "-t", "{}", "--words", "unidic", "text.txt")
JEC = ("build", "difficulty-2level", "--jec", "{}", "-o", "{}.set")
TEXT = ("aozora", "text", "{}")

Bomb = tuple[str, Callable[[Path], object], tuple[str, ...]]


def gz_line(path: Path) -> None:
    """One line of 3 GB."""
    with gzip.open(path, "wb", 1) as file:
        file.write(WORK[0])
        for _ in range(3000):
            file.write(b"a" * MIB)
        file.write(WORK[1])


def zst_line(path: Path) -> None:
    import pyarrow as pa

    with pa.CompressedOutputStream(str(path), "zstd") as file:
        file.write(WORK[0])
        for _ in range(3000):
            file.write(b"a" * MIB)
        file.write(WORK[1])


def parquet(path: Path, rows: int, other: object = None, **repeated: str) -> None:
    """Columns that say one thing in every row, written as dictionaries and read as texts."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    zeros = pa.array([0] * rows, pa.int32())
    columns: dict[str, Any] = {
        name: pa.DictionaryArray.from_arrays(zeros, [text]) for name, text in repeated.items()
    }
    if other is not None:
        columns["other"] = other
    pq.write_table(pa.table(columns), path, compression="zstd", store_schema=False)


def same_texts(path: Path) -> None:
    parquet(path, 50_000, text="a" * MIB, y="x")


def same_column(path: Path) -> None:
    parquet(path, 4000, text="犬が走る。", system=LONG)


def long_list(path: Path) -> None:
    import pyarrow as pa

    inner = pa.DictionaryArray.from_arrays(pa.array([0] * 100_000, pa.int32()), [LONG])
    parquet(path, 1, pa.ListArray.from_arrays([0, 100_000], inner), text="犬。", y="x")


def one_text(path: Path) -> None:
    parquet(path, 1, text="a" * (300 * MIB), y="x")


def wide_dictionary(path: Path) -> None:
    """Small rows, whose dictionary holds a gigabyte that none of them has."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    values = pa.array(["犬。", *(f"{at}{'a' * (100 * MIB)}" for at in range(10))])
    texts = pa.DictionaryArray.from_arrays(pa.array([0] * 8000, pa.int32()), values)
    pq.write_table(pa.table({"text": texts}), path, compression="zstd", store_schema=False)


def json_depth(path: Path) -> None:
    path.write_text("[" * 2_000_000 + "\n")


def object_depth(path: Path) -> None:
    path.write_text('{"text": ' + '{"a":' * 1_000_000 + "\n")


def json_digits(path: Path) -> None:
    path.write_text('{"text": ' + "9" * 30_000_000 + "}\n")


def json_exponent(path: Path) -> None:
    path.write_text('{"text": "犬。", "n": 1e999999999}\n', encoding="utf-8")


SOUND = {"problem": "3+4は？", "solution": "3＋4＝7。答え 7", "text": "7", "answer": "7", "y": "x"}


def long_id(path: Path) -> None:
    """A row with an id of 50 MB, and one that is judged."""
    rows = [{"id": name, **SOUND} for name in ("a" * 50_000_000, "b")]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))


def wide_row(path: Path) -> None:
    """A row of 30 GB, a list of one long value, before one that is judged."""
    import pyarrow as pa

    inner = pa.DictionaryArray.from_arrays(pa.array([0] * 100_000, pa.int32()), [LONG])
    parquet(path, 2, pa.ListArray.from_arrays([0, 100_000, 100_000], inner), **SOUND)


def many_small_rows(path: Path) -> None:
    with gzip.open(path, "wb", 1) as file:
        file.write(b'{"text": "a", "y": 1}\n' * 5_000_000)


def word_level(vocabulary: dict[str, int], **more: object) -> bytes:
    model = {"type": "WordLevel", "vocab": vocabulary, "unk_token": "[UNK]"}
    return json.dumps({"version": "1.0", "added_tokens": [], "model": model, **more}).encode()


def huge_id(path: Path) -> None:
    path.write_bytes(word_level({"a": 0, "[UNK]": 4_000_000_000}))


def huge_added_id(path: Path) -> None:
    flags = dict.fromkeys(("single_word", "lstrip", "rstrip", "normalized", "special"), False)
    added = [{"id": 3_000_000_000, "content": "b", **flags}]
    path.write_bytes(word_level({"a": 0, "[UNK]": 1}, added_tokens=added))


def tekken(path: Path) -> None:
    config = {"pattern": ".", "default_num_special_tokens": 4 << 30, "default_vocab_size": 5 << 30}
    vocab = [{"rank": 0, "token_bytes": "YQ=="}]
    path.write_text(json.dumps({"config": config, "vocab": vocab}))


def huge_padding(path: Path) -> None:
    padding = {
        "strategy": {"Fixed": 2_000_000_000},
        "direction": "Right",
        "pad_to_multiple_of": None,
    }
    path.write_bytes(word_level({"a": 0, "[UNK]": 1}, padding={**padding, "pad_id": 0, "pad_type_id": 0, "pad_token": "a"}))  # fmt: skip


def nested_normalizer(path: Path) -> None:
    text = word_level({"a": 0, "[UNK]": 1}).decode()
    depth = '{"type": "Sequence", "normalizers": [' * 5000 + '{"type": "NFC"}' + "]}" * 5000
    path.write_text(text[:-1] + f', "normalizer": {depth}}}')


def protobuf(path: Path) -> None:
    """A SentencePiece model that announces a piece of 4 GB."""
    path.write_bytes(b"\x0a\xff\xff\xff\xff\x0f" + b"a" * 1000)


def large_tokenizer(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(3 << 30)


def packed(path: Path, name: str, megabytes: int, head: bytes = b"") -> None:
    with (
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive,
        archive.open(name, "w", force_zip64=True) as file,
    ):
        file.write(head)
        for _ in range(megabytes):
            file.write(b"a" * MIB)


def zipped_text(path: Path) -> None:
    packed(path, "a.txt", 3000)


def many_members(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        for number in range(100_000):
            archive.writestr(f"{number}.txt", "")


def workbook(path: Path, sheet: bytes, megabytes: int = 0) -> None:
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006/relationships"
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{package.replace("relationships", "content-types")}"><Default Extension="xml" ContentType="application/xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{package}"><Relationship Id="a" Type="{office}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{office}"><sheets><sheet name="a" sheetId="1" r:id="a"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{package}"><Relationship Id="a" Type="{office}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
    }  # fmt: skip
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
        with archive.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as file:
            file.write(f'<worksheet xmlns="{main}"><sheetData>'.encode() + sheet)
            for _ in range(megabytes):
                file.write(b"a" * MIB)
            file.write(b"</sheetData></worksheet>")


def far_cell(path: Path) -> None:
    """Two cells, the first and the last of 17,179,869,184."""
    row = b'<row r="%d"><c r="%s%d"><v>1</v></c></row>'
    workbook(path, row % (1, b"A", 1) + row % (1_048_576, b"XFD", 1_048_576))


def long_cell(path: Path) -> None:
    workbook(path, b'<row r="1"><c r="A1" t="inlineStr"><is><t>', 3000)


def many_rows(path: Path) -> None:
    rows = b'<row><c t="inlineStr"><is><t>aaaaaaaaaa</t></is></c></row>' * 1000
    workbook(path, rows * 5000)


BOMBS: list[Bomb] = [
    ("line.jsonl.gz", gz_line, ANNOTATE),
    ("line.jsonl.zst", zst_line, ANNOTATE),
    ("line.jsonl.gz", gz_line, AUDIT),
    ("line.jsonl.zst", zst_line, CHECK),
    ("line.jsonl.gz", gz_line, ANSWERS),
    ("column.parquet", same_column, ANNOTATE),
    ("column.parquet", same_column, AUDIT),
    ("list.parquet", long_list, ANNOTATE),
    ("list.parquet", long_list, AUDIT),
    ("list.parquet", long_list, CHECK),
    ("text.parquet", one_text, ANNOTATE),
    ("text.parquet", one_text, CHECK),
    ("texts.parquet", same_texts, LITTLE),
    ("dictionary.parquet", wide_dictionary, ANNOTATE),
    ("dictionary.parquet", wide_dictionary, AUDIT),
    ("dictionary.parquet", wide_dictionary, CHECK),
    ("wide.parquet", wide_row, AUDIT),
    ("wide.parquet", wide_row, CHECK),
    ("many.jsonl.gz", many_small_rows, LITTLE),
    ("id.jsonl", long_id, AUDIT),
    ("id.jsonl", long_id, ANSWERS),
    ("id.jsonl", long_id, CHECK),
    ("depth.jsonl", json_depth, ANNOTATE),
    ("depth.jsonl", json_depth, AUDIT),
    ("objects.jsonl", object_depth, ANNOTATE),
    ("objects.jsonl", object_depth, CHECK),
    ("digits.jsonl", json_digits, ANNOTATE),
    ("digits.jsonl", json_digits, AUDIT),
    ("exponent.jsonl", json_exponent, AUDIT),
    ("id.json", huge_id, FERTILITY),
    ("added.json", huge_added_id, FERTILITY),
    ("tekken.json", tekken, FERTILITY),
    ("padding.json", huge_padding, FERTILITY),
    ("normalizer.json", nested_normalizer, FERTILITY),
    ("piece.model", protobuf, FERTILITY),
    ("large.model", large_tokenizer, FERTILITY),
    ("text.zip", zipped_text, TEXT),
    ("members.zip", many_members, TEXT),
    ("cells.xlsx", far_cell, JEC),
    ("cell.xlsx", long_cell, JEC),
    ("rows.xlsx", many_rows, JEC),
    ("cells.xlsx", far_cell, CHECK),
]  # fmt: skip


def bounded() -> None:
    """Processor time, so that nothing runs for ever."""
    resource.setrlimit(resource.RLIMIT_CPU, (300, 300))


def defused(bomb: Bomb, folder: Path) -> tuple[str, bool]:
    """A row of the table, and whether all is well."""
    name, make, command = bomb
    path = folder / name
    if not path.exists():  # elsewhere: a child begins with the peak of who started it
        subprocess.run([sys.executable, __file__, "--make", make.__name__, str(path)], check=True)
    words = [part.format(name) for part in command]
    program = (
        "import resource, subprocess, sys; from jtextkit.cli.main import main\n"
        "try: main(sys.argv[1:])\n"
        "finally:\n"
        "  used = sum(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))\n"
        "  print('PEAK', used // 1000, file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, *words],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=bounded,
        env={**os.environ, "JTEXTKIT_LANG": "en"},
    )
    said_lines = [line for line in done.stderr.splitlines() if line.startswith("jtextkit: ") or line.endswith("left out")]  # fmt: skip
    lines = said_lines if done.returncode else [*said_lines, "done: it is small in memory"]
    peak = done.stderr.rpartition("PEAK ")[2].strip()
    said = lines[0].removeprefix("jtextkit: ") if lines else f"exit code {done.returncode}"
    shown = " ".join([*command[:2], *command[-2:][: 2 * (command is LITTLE)]]).replace(" {}", "")
    fine = (
        peak.isdigit()
        and int(peak) < LIMIT
        and "unexpected" not in done.stderr
        and "Traceback" not in done.stderr
    )
    fine = fine and (bool(lines) or done.returncode == 0)
    return (
        f"| `{name}` | {path.stat().st_size:,} | `{shown}` | {peak} | {said} |",
        fine,
    )


def main() -> int:
    if sys.argv[1:2] == ["--make"]:
        globals()[sys.argv[2]](Path(sys.argv[3]))
        return 0
    print("| file | bytes | command | peak, MB | what it says |\n|---|---:|---|---:|---|")
    wrong = 0
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "text.txt").write_text("犬が走る。\n", encoding="utf-8")
        for bomb in BOMBS:
            if len(sys.argv) == 1 or bomb[0] in sys.argv:
                row, fine = defused(bomb, folder)
                print(row if fine else f"{row} **WRONG**", flush=True)
                wrong += not fine
    print(f"\n{len(BOMBS)} bombs, {wrong} wrong", file=sys.stderr)
    return min(1, wrong)


if __name__ == "__main__":
    sys.exit(main())
