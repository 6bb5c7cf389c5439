"""The catalogue: rows to works, bad files, and what the filters drop."""

from __future__ import annotations

import csv
import io
import zipfile
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jtextkit.builders.aozora import Filters, Person, Work, read_catalogue
from jtextkit.core.errors import (
    ArchiveError,
    EncodingError,
    FormatError,
    InputError,
    UsageError,
)

HEADER = [
    "作品ID",
    "作品名",
    "作品名読み",
    "副題",
    "初出",
    "分類番号",
    "文字遣い種別",
    "作品著作権フラグ",
    "図書カードURL",
    "人物ID",
    "姓",
    "名",
    "役割フラグ",
    "生年月日",
    "没年月日",
    "底本名1",
    "底本出版社名1",
    "入力者",
    "校正者",
    "テキストファイルURL",
]


def row(**cells: str) -> list[str]:
    usual = {
        "作品ID": "000001",
        "作品名": "川べりの家",
        "作品名読み": "かわべりのいえ",
        "副題": "",
        "初出": "「季刊」1930年",
        "分類番号": "NDC 913",
        "文字遣い種別": "新字新仮名",
        "作品著作権フラグ": "なし",
        "図書カードURL": "https://www.aozora.gr.jp/cards/000010/card1.html",
        "人物ID": "000010",
        "姓": "山田",
        "名": "花",
        "役割フラグ": "著者",
        "生年月日": "1880-01-02",
        "没年月日": "1940-05-06",
        "底本名1": "山田花集",
        "底本出版社名1": "某書店",
        "入力者": "甲",
        "校正者": "乙",
        "テキストファイルURL": "https://www.aozora.gr.jp/cards/000010/files/1_ruby_2.zip",
    }
    return [(usual | cells)[name] for name in HEADER]


def table(*rows: list[str], header: list[str] = HEADER) -> bytes:
    buffer = io.StringIO(newline="")
    csv.writer(buffer, lineterminator="\r\n", quoting=csv.QUOTE_ALL).writerows([header, *rows])
    return buffer.getvalue().encode("utf-8-sig")


Write = Callable[[bytes], Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def write(data: bytes) -> Path:
        path = tmp_path / "list.csv"
        path.write_bytes(data)
        return path

    return write


def work(**cells: str) -> Work:
    from jtextkit.builders.aozora.catalogue import _work

    return _work([dict(zip(HEADER, row(**cells), strict=True))])


# --- reading -------------------------------------------------------------------------------------


def test_one_row(write: Write) -> None:
    (found,) = read_catalogue(write(table(row())))
    author = Person("000010", "山田花", "著者", 1940, "1880-01-02/1940-05-06")
    assert found == Work(
        work_id="000001",
        title="川べりの家",
        subtitle="",
        authors=(author,),
        translators=(),
        others=(),
        ndc="NDC 913",
        orthography="新字新仮名",
        public_domain=True,
        first_published="「季刊」1930年",
        edition="山田花集",
        publisher="某書店",
        input_by="甲",
        proofread_by="乙",
        card_url="https://www.aozora.gr.jp/cards/000010/card1.html",
        text_url="https://www.aozora.gr.jp/cards/000010/files/1_ruby_2.zip",
        path="cards/000010/files/1_ruby_2.zip",
    )
    assert found.writer == author


def test_rows_of_a_work_are_merged_and_works_sorted(write: Write) -> None:
    translator = {"人物ID": "000020", "姓": "川田", "名": "進", "役割フラグ": "翻訳者"}
    editor = {"人物ID": "000030", "姓": "某", "名": "", "役割フラグ": "編者"}
    data = table(
        row(作品ID="000002"),
        row(作品ID="000001", **translator),
        row(作品ID="000001"),
        row(作品ID="000001", **editor),
        row(作品ID="000001"),
    )
    first, second = read_catalogue(write(data))
    assert (first.work_id, second.work_id) == ("000001", "000002")
    assert [person.person_id for person in first.authors] == ["000010"]
    assert [person.person_id for person in first.translators] == ["000020"]
    assert [person.role for person in first.others] == ["編者"]
    assert first.writer.person_id == "000020"


def test_columns_are_found_by_name(write: Write) -> None:
    turned = [*reversed(HEADER), "新しい列"]
    data = table([*reversed(row(作品名="逆")), "x"], header=turned)
    assert read_catalogue(write(data))[0].title == "逆"


def test_a_zip_holds_the_same(tmp_path: Path, write: Write) -> None:
    path = tmp_path / "list.zip"
    with zipfile.ZipFile(path, "w") as file:
        file.writestr("list_person_all_extended_utf8.csv", table(row()))
    assert read_catalogue(path) == read_catalogue(write(table(row())))


def test_cells_with_line_ends_and_quotes(write: Write) -> None:
    title = 'いろは\r\nにほへ,"と"'
    assert read_catalogue(write(table(row(作品名=title))))[0].title == title


@pytest.mark.parametrize(
    ("url", "path"),
    [
        (
            "https://www.aozora.gr.jp/cards/000010/files/1_ruby_2.zip",
            "cards/000010/files/1_ruby_2.zip",
        ),
        ("http://www.aozora.gr.jp/cards/000010/files/1_txt.zip", "cards/000010/files/1_txt.zip"),
        ("", None),
        ("https://example.org/cards/000010/files/1_ruby_2.zip", None),
        ("https://www.aozora.gr.jp.example.org/cards/000010/files/1.zip", None),
        ("https://www.aozora.gr.jp/cards/000010/files/../../1.zip", None),
        ("https://www.aozora.gr.jp/cards/000010/files/1.html", None),
    ],
)
def test_the_path(url: str, path: str | None) -> None:
    assert work(テキストファイルURL=url).path == path


@pytest.mark.parametrize(
    ("cell", "year"),
    [
        ("1940-05-06", 1940),
        ("1929-8-16", 1929),
        ("1940", 1940),
        ("1940-05", 1940),
        ("723-08-15", 723),
        ("297", 297),
        ("前347", -347),
        ("紀元前6世紀初", -501),
        ("", None),
        ("不詳", None),
    ],
)
def test_the_year_of_death(cell: str, year: int | None) -> None:
    assert work(没年月日=cell).died == year


@pytest.mark.parametrize(
    ("cell", "classes"),
    [
        ("NDC 913", ("913",)),
        ("NDC K913", ("K913",)),
        ("NDC K913 K914", ("K913", "K914")),
        ("", ()),
        ("NDC", ()),
    ],
)
def test_the_classes(cell: str, classes: tuple[str, ...]) -> None:
    assert work(分類番号=cell).ndc_classes == classes


def test_the_last_death_counts_and_an_unknown_one_hides_it() -> None:
    early, late = Person("1", "早", "著者", 1900), Person("2", "遅", "翻訳者", 1960)
    unknown = Person("3", "無", "校訂者", None)
    found = replace(work(), authors=(early,), translators=(late,))
    assert found.died == 1960
    assert replace(found, others=(unknown,)).died is None
    assert replace(found, others=(replace(unknown, died=1970),)).died == 1970


# --- bad files -----------------------------------------------------------------------------------

FETCH = "fetch list_person_all_extended_utf8.zip again"


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "line 1: the file is empty; "),
        ("\r\n \r\n".encode("utf-8-sig"), "line 1: the file is empty; "),
        (table(), ": a header and no row; "),
        (b"<html>\r\n", "line 1: 19 of 19 columns are missing: 作品ID, 作品名, 副題, …; "),
        (
            table(row()[1:], header=HEADER[1:]),
            "line 1: 1 of 19 columns are missing: 作品ID; ",
        ),
        (table(row(), row()[:-1]), "line 3: 19 cells where the header has 20; "),
        (table(row(), [*row(), "x"]), "line 3: 21 cells where the header has 20; "),
        (table(row(), []), "line 3: 0 cells where the header has 20; "),
        (table(row(作品ID="")), "line 2: column 作品ID holds '', not an id; "),
        (table(row(人物ID="../1")), "line 2: column 人物ID holds '../1', not an id; "),
        (table(row()) + b'"open', "line 3: not CSV (unexpected end of data); "),
        (table(row()) + b'"a"b\r\n', "line 3: not CSV ("),
        (table(row(作品名="x" * 200_000)), "not CSV (field larger than field limit"),
    ],
)
def test_bad_tables(write: Write, data: bytes, message: str) -> None:
    path = write(data)
    with pytest.raises(FormatError) as caught:
        read_catalogue(path)
    text = str(caught.value)
    assert text.startswith(str(path))
    assert message in text
    assert text.endswith(FETCH)
    assert "\n" not in text


def test_another_encoding(write: Write) -> None:
    path = write(table(row())[3:].decode().encode("shift_jis"))
    with pytest.raises(EncodingError, match=r"list.csv, line 1: byte \d+ is not UTF-8; "):
        read_catalogue(path)


def test_bad_zips(tmp_path: Path) -> None:
    path = tmp_path / "list.zip"
    path.write_bytes(b"<html>")
    with pytest.raises(ArchiveError, match="is broken"):
        read_catalogue(path)
    with zipfile.ZipFile(path, "w") as file:
        file.writestr("list.txt", "x")
    with pytest.raises(ArchiveError, match=r"is neither .csv nor an image"):
        read_catalogue(path)


def test_a_missing_file(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"no\.zip: cannot be read"):
        read_catalogue(tmp_path / "no.zip")


@settings(max_examples=100, deadline=None)
@given(st.data())
def test_any_damage_is_refused_or_harmless(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    good = table(row(), row(作品ID="000002"))
    place = data.draw(st.integers(0, len(good)))
    path = tmp_path_factory.mktemp("catalogue") / "list.csv"
    path.write_bytes(good[:place] + data.draw(st.binary(max_size=6)) + good[place:])
    try:
        works = read_catalogue(path)
    except InputError:
        return
    assert works
    assert all(work.work_id and work.writer for work in works)


# --- filters -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("filters", "cells", "reason"),
    [
        (Filters(), {}, None),
        (Filters(), {"テキストファイルURL": ""}, "no-text"),
        (Filters(), {"作品著作権フラグ": "あり"}, "copyright"),
        (Filters(), {"文字遣い種別": "旧字旧仮名"}, "orthography"),
        (Filters(orthographies=()), {"文字遣い種別": "旧字旧仮名"}, None),
        (Filters(orthographies=("旧字旧仮名", "新字旧仮名")), {}, "orthography"),
        (Filters(ndc=("913",)), {}, None),
        (Filters(ndc=("9",)), {}, None),
        (Filters(ndc=("K",)), {}, "ndc"),
        (Filters(ndc=("913",)), {"分類番号": "NDC K913"}, "ndc"),
        (Filters(ndc=("K913",)), {"分類番号": "NDC K914 K913"}, None),
        (Filters(ndc=("913",)), {"分類番号": ""}, "ndc"),
        (Filters(authors=("山田花",)), {}, None),
        (Filters(authors=("山田　花",)), {}, None),
        (Filters(authors=("000010",)), {}, None),
        (Filters(authors=("山田",)), {}, "author"),
        (Filters("life+70"), {}, None),
        (Filters("life+70"), {"没年月日": "1955-12-31"}, None),
        (Filters("life+70"), {"没年月日": "1956-01-01"}, "copyright"),
        (Filters("life+70"), {"没年月日": ""}, "copyright"),
        (Filters("life+70"), {"没年月日": "前347"}, None),
        (Filters("life+70"), {"作品著作権フラグ": "あり"}, "copyright"),
        (Filters("life+70", year=2027), {"没年月日": "1956"}, None),
        (Filters("japan"), {"没年月日": ""}, None),
        # The first rule that drops is the one that is named.
        (Filters(), {"テキストファイルURL": "", "作品著作権フラグ": "あり"}, "no-text"),
        (Filters(ndc=("K",)), {"文字遣い種別": "その他"}, "orthography"),
    ],
)
def test_the_reason(filters: Filters, cells: dict[str, str], reason: str | None) -> None:
    assert filters.reason(work(**cells)) == reason


def test_an_unknown_territory() -> None:
    with pytest.raises(UsageError, match="unknown territory 'mars'"):
        Filters("mars")  # type: ignore[arg-type]


# --- the real catalogue --------------------------------------------------------------------------


def test_the_real_catalogue(shared: Path) -> None:
    works = read_catalogue(shared / "sources/aozora/index_pages/list_person_all_extended_utf8.zip")
    assert len(works) == 17_780
    assert [work.work_id for work in works] == sorted(work.work_id for work in works)
    assert sum(work.public_domain for work in works) == 17_294
    persons = [len(work.authors + work.translators + work.others) for work in works]
    assert min(persons) == 1
    roles = Counter(person.role for work in works for person in work.others)
    assert set(roles) == {"校訂者", "編者", "その他"}
    reasons = Counter(Filters().reason(work) for work in works)
    assert reasons[None] == 10_443
    assert Counter(Filters(ndc=("K",)).reason(work) for work in works)[None] == 1_163
    free = Counter(Filters("life+70").reason(work) for work in works)
    assert 6_900 < free[None] < reasons[None]
