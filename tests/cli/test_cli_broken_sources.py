"""Sources that are not what they should be: the build says so, or goes on and notes it."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from pathlib import Path
from xml.sax.saxutils import escape

import pytest

CATALOGUE = "index_pages/list_person_all_extended_utf8.zip"
SAMPLE_CELLS = "210 rows whose cells are not those of 日英中基本文データ v1-3"


def build(call, *options: object, size: int = 5):
    words = ("--workers", "1", "--size", str(size), "--json", "-o", "set")
    return call("build", "difficulty-2level", *options, *words)


# The catalogue


def rewrite(root: Path, change) -> None:
    """Put what ``change`` makes of the catalogue's text in its place."""
    path = root / CATALOGUE
    with zipfile.ZipFile(path) as archive:
        name = archive.namelist()[0]
        data = change(archive.read(name))
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(name, data)


def without_column(data: bytes) -> bytes:
    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))
    place = rows[0].index("没年月日")
    out = io.StringIO()
    csv.writer(out).writerows([row[:place] + row[place + 1 :] for row in rows])
    return out.getvalue().encode("utf-8-sig")


CATALOGUES = {
    "column": (without_column, "columns are missing: 没年月日"),
    "row": (lambda data: data + b"1,2,3\r\n", "line 42: 3 cells where the header has 55"),
    "quote": (lambda data: data + b'"open', "not CSV"),
    "id": (lambda data: data.replace(b"990102", b"99x102", 1), "column 作品ID holds '99x102'"),
    "empty": (lambda _: b"", "the file is empty"),
    "header": (lambda data: data.split(b"\r\n")[0] + b"\r\n", "a header and no row"),
    "sjis": (lambda data: data.decode("utf-8-sig").encode("cp932"), "is not UTF-8"),
    "html": (lambda _: b"<!DOCTYPE html>\n<html></html>\n", "columns are missing"),
}


@pytest.mark.parametrize("name", CATALOGUES)
def test_a_broken_catalogue_ends_the_build_in_one_line(name, call, sources, tmp_path) -> None:
    change, said = CATALOGUES[name]
    rewrite(sources[0], change)
    done = build(call, "--aozora", sources[0])
    assert done.code == 1
    assert said in done.only_line
    assert CATALOGUE in done.only_line
    assert [path.name for path in tmp_path.iterdir()] == ["sources"]


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04 torn", b"<html>"], ids=str)
def test_a_catalogue_that_is_no_zip(data, call, sources) -> None:
    (sources[0] / CATALOGUE).write_bytes(data)
    done = build(call, "--aozora", sources[0])
    assert done.code == 1
    assert "the zip is broken" in done.only_line


def test_a_folder_that_is_not_aozora_bunko(call, tmp_path) -> None:
    (tmp_path / "empty").mkdir()
    done = build(call, "--aozora", "empty")
    assert done.code == 1
    assert done.only_line.startswith(f"empty: there is no catalogue ({CATALOGUE}); name the folder")


# Works


def zipped(*members: tuple[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members:
            archive.writestr(name, data)
    return buffer.getvalue()


TEXT = "題\r\n名\r\n\r\n　本文です。\r\n".encode("shift_jis")
WORKS = {
    "torn": (zipped(("a.txt", TEXT))[:-30], "the zip is broken"),
    "empty": (b"", "the zip is broken"),
    "html": (b"<html>404</html>", "the zip is broken"),
    "two": (zipped(("a.txt", TEXT), ("b.txt", TEXT)), "one .txt member and holds 2"),
    "none": (zipped(("a.png", b"x")), "one .txt member and holds 0"),
    "outside": (zipped(("../evil.txt", TEXT)), "points outside the archive"),
    "bomb": (zipped(("a.txt", b"\0" * 100_000_000)), "unpacks to more than"),
    "binary": (zipped(("a.txt", b"a\0b")), "NUL"),
    "utf8": (zipped(("a.txt", "日本語の本文です。".encode())), "not Shift_JIS"),
}


@pytest.mark.slow
def test_works_that_cannot_be_read_are_named_and_the_build_goes_on(call, sources, tmp_path) -> None:
    root, _ = sources
    whole = json.loads(build(call, "--aozora", root).out)
    victims = dict(zip(sorted(root.glob("cards/*/files/*.zip")), WORKS.values(), strict=False))
    assert len(victims) == len(WORKS)
    for path, (data, _) in victims.items():
        path.write_bytes(data)
    done = build(call, "--aozora", root)
    assert done.code == 0
    receipt = json.loads(done.out)
    unreadable = receipt["selection"]["aozora"]["unreadable"]
    assert list(unreadable) == [path.relative_to(root).as_posix() for path in victims]
    for path, (_, said) in victims.items():
        assert said in unreadable[path.relative_to(root).as_posix()], path
    assert receipt["selection"]["aozora"]["works"] == {"read": 31, "unreadable": 9}
    assert receipt["rows"] == whole["rows"]
    assert str(tmp_path) not in json.dumps(receipt, ensure_ascii=False)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["set", "sources"]
    for_people = call(
        "build", "difficulty-2level", "--aozora", root, "--size", "5", "--workers", "1", "-o", "set"
    )
    assert "9 works could not be read; receipt.json names them\n" in for_people.err


def test_works_that_are_not_there_are_counted(call, sources) -> None:
    for path in sorted(sources[0].glob("cards/*/files/*.zip"))[:3]:
        path.unlink()
    receipt = json.loads(build(call, "--aozora", sources[0]).out)
    assert receipt["selection"]["aozora"]["works"] == {"not-in-library": 3, "read": 37}


def test_no_work_at_all_is_an_error_that_tells_what_is_missing(call, sources) -> None:
    for path in sources[0].glob("cards/*/files/*.zip"):
        path.unlink()
    done = build(call, "--aozora", sources[0])
    assert done.code == 1
    assert "the sources give 0 pairs, 5 are asked for" in done.complaint


# The workbook


def workbook(path: Path, rows: list[list[str]]) -> Path:
    """A workbook with one sheet of text, in the smallest form that Excel's format allows."""
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    relations = "http://schemas.openxmlformats.org/package/2006/relationships"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    kinds = "http://schemas.openxmlformats.org/package/2006/content-types"
    sheet = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    cells = "".join(
        "<row>"
        + "".join(f'<c t="inlineStr"><is><t>{escape(cell)}</t></is></c>' for cell in row)
        + "</row>"
        for row in rows
    )
    path.write_bytes(
        zipped(
            (
                "[Content_Types].xml",
                f'<Types xmlns="{kinds}"><Default Extension="rels" ContentType="application/vnd.'
                f'openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" '
                f'ContentType="{sheet}.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.'
                f'xml" ContentType="{sheet}.worksheet+xml"/></Types>'.encode(),
            ),
            (
                "_rels/.rels",
                f'<Relationships xmlns="{relations}"><Relationship Id="r1" Type="{office}/'
                'officeDocument" Target="xl/workbook.xml"/></Relationships>'.encode(),
            ),
            (
                "xl/workbook.xml",
                f'<workbook xmlns="{main}" xmlns:r="{office}"><sheets><sheet name="s" sheetId="1" '
                'r:id="r1"/></sheets></workbook>'.encode(),
            ),
            (
                "xl/_rels/workbook.xml.rels",
                f'<Relationships xmlns="{relations}"><Relationship Id="r1" Type="{office}/'
                'worksheet" Target="worksheets/sheet1.xml"/></Relationships>'.encode(),
            ),
            (
                "xl/worksheets/sheet1.xml",
                f'<worksheet xmlns="{main}"><sheetData>{cells}</sheetData></worksheet>'.encode(),
            ),
        )
    )
    return path


ROWS = [[f"#{number:04}", "今日は晴れだ", "It is fine", "今天晴天"] for number in range(1, 30)]


def test_cells_of_another_version_are_an_integrity_error(call, sources, tmp_path) -> None:
    done = build(call, "--jec", sources[1])
    assert done.code == 4
    assert done.only_line == (
        f"{sources[1]}: {SAMPLE_CELLS} (5,304 rows); "
        "get version 1-3 of the data; later or edited versions give another set"
    )
    assert [path.name for path in tmp_path.iterdir()] == ["sources"]
    done = build(call, "--jec", workbook(tmp_path / "some.xls", ROWS))
    assert done.code == 4
    assert "29 rows whose cells are not those" in done.only_line


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "not an Excel workbook"),
        ("#0001\t今日は\ttoday\t今天\n".encode(), "not an Excel workbook"),
        (b"<html>404 Not Found</html>", "not an Excel workbook"),
        (zipped(("a.txt", b"x")), "not an Excel workbook"),
    ],
    ids=range(4),
)
def test_a_file_that_is_no_workbook(data, said, call, tmp_path) -> None:
    (tmp_path / "jec.xls").write_bytes(data)
    done = build(call, "--jec", "jec.xls")
    assert done.code == 1
    assert done.only_line.startswith("jec.xls: ")
    assert said in done.only_line
    assert "name JEC_basic_sentence_v1-3.xls" in done.only_line


@pytest.mark.parametrize(
    ("rows", "place"),
    [
        ([*ROWS[:4], ["#0005", "三つ", "three"]], "row 5"),
        ([["番号", "日本語", "英語", "中国語"], *ROWS], "row 1"),
        ([*ROWS[:2], ["#0003", "", "empty", "空"]], "row 3"),
        ([[*row, "more"] for row in ROWS], "row 1"),
    ],
    ids=["cell missing", "header", "empty cell", "column too many"],
)
def test_a_row_that_is_not_the_datas_is_named(rows, place, call, tmp_path) -> None:
    workbook(tmp_path / "jec.xls", rows)
    done = build(call, "--jec", "jec.xls")
    assert done.code == 1
    assert done.only_line.startswith(f"jec.xls: {place}: not four cells of text")


def test_a_workbook_without_rows(call, tmp_path) -> None:
    workbook(tmp_path / "jec.xls", [])
    done = build(call, "--jec", "jec.xls")
    assert done.code == 1
    assert "the first sheet is empty" in done.only_line


@pytest.mark.parametrize("length", [512, 20_000, 40_960, 45_400])
def test_a_workbook_torn_in_the_download(length, call, sources, tmp_path) -> None:
    (tmp_path / "jec.xls").write_bytes(sources[1].read_bytes()[:length])
    done = build(call, "--jec", "jec.xls")
    assert done.code in (1, 4)
    assert done.only_line.startswith("jec.xls: ")
