"""``jtextkit aozora text``: the text, its forms, statistics, spans, and works that cannot be read."""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from jtextkit.builders.aozora import SPAN_KINDS

SOURCE = (
    "川べり\n山田花\n\n"
    "　｜青い《あおい》川を［＃「川」に傍点］見た。\n\n"
    "［＃５字下げ］二［＃「二」は中見出し］\n"
    "名は※［＃「身＋応」、42-5］という。いよ／＼［＃謎］。\n\n"
    "底本：「川」某書店\n"
)
COMPACT = "　青い川を見た。\n二\n名は〓という。いよ〳〵。"
NOTATION = {
    "gaiji_unresolved": 1,
    "heading": 1,
    "note_layout": 1,
    "note_typography": 1,
    "note_unknown": 1,
    "repeat_mark": 1,
    "ruby": 1,
}
UNRESOLVED = {"gaiji: 「身＋応」、42-5": 1, "note: 謎": 1}
DATA = SOURCE.replace("\n", "\r\n").encode("shift_jis")


def zipped(data: bytes = DATA) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("work.txt", data)
    return buffer.getvalue()


@pytest.fixture
def text(tmp_path: Path) -> Path:
    path = tmp_path / "川.txt"
    path.write_bytes(DATA)
    return path


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    path = tmp_path / "1_ruby_2.zip"
    path.write_bytes(zipped())
    return path


def test_the_text(call, text, archive) -> None:
    for work in (text, archive):
        done = call("aozora", "text", work)
        assert (done.code, done.out, done.err) == (0, f"{COMPACT}\n", "")


def test_several_texts_are_parted(call, text, archive) -> None:
    done = call("aozora", "text", text, archive)
    assert done.out == f"{COMPACT}\n\n{COMPACT}\n"


def test_gaps(call, text) -> None:
    done = call("aozora", "text", "--paragraphs", "spaced", text)
    first, *others = COMPACT.split("\n")
    assert done.out.split("\n") == [first, "", *others, ""]


def test_descriptions_and_ruby(call, text) -> None:
    done = call("aozora", "text", "--gaiji", "describe", "--ruby", "keep", text)
    assert done.out == (
        "　｜青い《あおい》川を見た。\n二\n名は［「身＋応」、42-5］という。いよ〳〵。\n"
    )


@pytest.mark.parametrize("data", [DATA, zipped()], ids=["text", "zip"])
def test_standard_input(run, data) -> None:
    done = run("aozora", "text", "-", stdin=data)
    assert (done.code, done.out, done.err) == (0, f"{COMPACT}\n", "")


def test_json_is_a_line_a_work(call, text, archive) -> None:
    done = call("aozora", "text", "--json", text, archive)
    assert (done.code, done.err) == (0, "")
    rows = [json.loads(line) for line in done.out.splitlines()]
    assert [row["path"] for row in rows] == [str(text), str(archive)]
    for row in rows:
        assert list(row) == ["path", "text", "stats"]
        assert row["text"] == COMPACT
        assert row["stats"] == {
            "characters_source": len(SOURCE),
            "characters": len(COMPACT),
            "lines": 3,
            "notation": NOTATION,
            "unresolved": UNRESOLVED,
            "alarms": {},
        }


def test_stats_for_people_and_programs(call, text) -> None:
    done = call("aozora", "text", "--stats", text)
    lines = [line.strip() for line in done.out.splitlines()]
    assert lines[0] == str(text)
    shown = dict(line.rsplit(None, 1) for line in lines[1 : lines.index("unresolved:")])
    assert {name: int(shown[name]) for name in NOTATION} == NOTATION
    assert lines[lines.index("unresolved:") + 1 :] == [f"1 x {what}" for what in UNRESOLVED]
    row = json.loads(call("aozora", "text", "--stats", "--json", text).out)
    assert list(row) == ["path", "stats"]
    assert row["stats"]["unresolved"] == UNRESOLVED


def test_alarms(call, tmp_path) -> None:
    long = "あ" * 50
    (tmp_path / "a.txt").write_bytes(f"題\n\n山《{long}》\n".encode("shift_jis"))
    done = call("aozora", "text", "--stats", "a.txt")
    assert done.out.endswith(f"  alarms:\n    1 x long ruby: 《{long[:39]}\n")
    assert json.loads(call("aozora", "text", "--json", "a.txt").out)["stats"]["alarms"]


def test_spans(call, text) -> None:
    done = call("aozora", "text", "--spans", text)
    rows = [json.loads(line) for line in done.out.splitlines()]
    assert "".join(row["source"] for row in rows) == SOURCE
    assert "".join(row["text"] for row in rows) == COMPACT
    assert all(SOURCE[row["start"] : row["end"]] == row["source"] for row in rows)
    assert {row["kind"] for row in rows} <= set(SPAN_KINDS)
    assert list(rows[0]) == ["path", "start", "end", "kind", "text", "source"]


@pytest.mark.parametrize(
    "options",
    [
        ("--json",),
        ("--stats",),
        ("--ruby", "keep"),
        ("--gaiji", "describe"),
        ("--paragraphs", "spaced"),
    ],
)
def test_spans_stand_alone(call, text, options) -> None:
    done = call("aozora", "text", "--spans", *options, text)
    assert done.code == 2
    assert "--spans stands alone" in done.only_line


def test_one_bad_work_does_not_stop_the_others(call, text, tmp_path) -> None:
    (tmp_path / "utf16.txt").write_text("日本語", encoding="utf-16")
    (tmp_path / "broken.zip").write_bytes(zipped()[:-20])
    done = call("aozora", "text", "utf16.txt", text, "broken.zip", "missing.zip")
    assert done.code == 1
    assert done.out == f"{COMPACT}\n"
    said = done.err.splitlines()
    assert [line.split(": ")[1] for line in said[:3]] == ["utf16.txt", "broken.zip", "missing.zip"]
    assert said[3] == "jtextkit: 3 of 4 works could not be read"
    assert len(said) == 4


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "shift_jis"])
@pytest.mark.parametrize("packed", [False, True])
def test_copies_in_utf8_are_read_like_those_of_the_site(
    call, text, tmp_path, encoding, packed
) -> None:
    source = text.read_bytes().decode("shift_jis").encode(encoding)
    copy = tmp_path / ("copy.zip" if packed else "copy.txt")
    copy.write_bytes(zipped(source) if packed else source)
    assert call("aozora", "text", copy).out == call("aozora", "text", text).out


def test_a_folder_is_all_works_in_it_in_order(call, text, tmp_path) -> None:
    for name in ("b/2.TXT", "a/files/1.zip", "index_pages/list.zip", "a/notes.md"):
        path = tmp_path / "cards" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(zipped() if name.endswith("zip") else text.read_bytes())
    done = call("aozora", "text", "--json", "cards", text)
    rows = [json.loads(line) for line in done.out.splitlines()]
    assert [row["path"] for row in rows] == ["cards/a/files/1.zip", "cards/b/2.TXT", str(text)]
    assert len({row["text"] for row in rows}) == 1


def test_a_folder_without_works_is_one_line(call, tmp_path) -> None:
    (tmp_path / "empty").mkdir()
    done = call("aozora", "text", "empty")
    assert done.code == 1
    assert "empty: there is no .zip or .txt file in it" in done.only_line


BAD = {
    "EUC": ("a.txt", "日本語".encode("euc_jp"), "a.txt: byte 5 (EC) is not Shift_JIS"),
    "a stand-in": (
        "a.txt",
        "日本\ufdd0語".encode(),
        "a.txt: character 2 (U+FDD0) is for private use",
    ),
    "binary": ("a.txt", b"\x89PNG\r\n\x1a\n\0\0", "a.txt: byte 8 is NUL"),
    "in a zip": ("a.zip", zipped(b"ab\x82"), "a.zip: work.txt: byte 2 (82) is not Shift_JIS"),
    "a long line": ("a.txt", b"\x82\xa0" * (101 << 20), "more than the 33,554,432 bytes accepted"),
    "a long line in a zip": (
        "a.zip",
        zipped(b"\x82\xa0" * (101 << 20)),
        "unpacks to more than 33,554,432 bytes",
    ),
    "no zip": ("a.zip", b"<html>", "a.zip: the zip is broken"),
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_work_is_one_line(call, tmp_path, name) -> None:
    file, data, said = BAD[name]
    (tmp_path / file).write_bytes(data)
    done = call("aozora", "text", file)
    assert done.code == 1
    assert said in done.only_line


def test_endless_input_is_refused(run) -> None:
    done = run("aozora", "text", "-", stdin=b"a" * (33 << 20))
    assert done.code == 1
    assert done.only_line.startswith("standard input: more than 33,554,432 bytes")
    assert run("aozora", "text", "/dev/zero").code == 1


def test_standard_input_that_is_closed(call, monkeypatch) -> None:
    monkeypatch.setattr("sys.stdin", None)
    assert call("aozora", "text", "-").only_line.startswith("standard input: it is closed")


def test_a_text_without_japanese_is_read_and_said_to_be_so(call, tmp_path) -> None:
    (tmp_path / "a.txt").write_bytes(b"Title\n\nThe quick brown fox.\n")
    done = call("aozora", "text", "a.txt")
    assert (done.code, done.out) == (0, "The quick brown fox.\n")
    assert done.err == "a.txt: no Japanese in its body; is it a work of Aozora Bunko?\n"


def test_the_reader_of_the_output_may_go(environment, text, root) -> None:
    command = f"{sys.executable} -m jtextkit aozora text --spans {text} | head -n 1"
    done = subprocess.run(  # noqa: PLW1510
        ["bash", "-o", "pipefail", "-c", command], capture_output=True, env=environment, cwd=root
    )
    assert done.returncode == 0
    assert done.stderr == b""


def test_help_and_unknown_commands(call) -> None:
    assert "text" in call("aozora", "--help").out
    assert "WORK" in call("aozora", "text", "--help").out
    assert "did you mean" in call("aozora", "txt").complaint
    assert call("aozora", "text").code == 2


def test_real_works_are_exactly_what_another_converter_makes_of_them(call, shared, root) -> None:
    sources = shared / "sources"
    with gzip.open(sources / "aozora_expected.jsonl.gz", "rt", encoding="utf-8") as file:
        rows = [json.loads(line) for line in file][::300]
    listed = (root / "tests/builders/aozora/oracle_differences.json").read_text(encoding="utf-8")
    rows = [row for row in rows if f'"{row["stem"]}"' not in listed]
    works = [sources / f"aozora/cards/{row['person']}/files/{row['stem']}.zip" for row in rows]
    done = call("aozora", "text", "--json", "--gaiji", "geta", *works)
    assert done.code == 0
    texts = [json.loads(line)["text"] for line in done.out.splitlines()]
    hashes = [hashlib.sha256(text.encode()).hexdigest() for text in texts]
    assert hashes == [row["sha256"] for row in rows]
