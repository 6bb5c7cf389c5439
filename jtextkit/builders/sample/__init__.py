"""The embedded sample: a small corpus written for jtextkit, in its sources' own formats.

Forty short works by ten invented authors and some two hundred basic sentences. The works are kept
as plain UTF-8, so that people can read and review them; :func:`lay_out` puts them where and as the
real sources keep theirs: a catalogue of 55 columns, Shift_JIS texts in zips, an Excel 97 workbook.
"""

from __future__ import annotations

import csv
import io
import zipfile
from importlib import resources
from pathlib import Path

__all__ = ["lay_out"]

_SITE = "https://www.aozora.gr.jp"
_CATALOGUE = "index_pages/list_person_all_extended_utf8"
_EPOCH = (2026, 1, 1, 0, 0, 0)

# The 55 columns of the official catalogue, in its order.
# fmt: off
_COLUMNS = (
    "作品ID", "作品名", "作品名読み", "ソート用読み", "副題", "副題読み", "原題", "初出",
    "分類番号", "文字遣い種別", "作品著作権フラグ", "公開日", "最終更新日", "図書カードURL",
    "人物ID", "姓", "名", "姓読み", "名読み", "姓読みソート用", "名読みソート用", "姓ローマ字",
    "名ローマ字", "役割フラグ", "生年月日", "没年月日", "人物著作権フラグ", "底本名1",
    "底本出版社名1", "底本初版発行年1", "入力に使用した版1", "校正に使用した版1", "底本の親本名1",
    "底本の親本出版社名1", "底本の親本初版発行年1", "底本名2", "底本出版社名2", "底本初版発行年2",
    "入力に使用した版2", "校正に使用した版2", "底本の親本名2", "底本の親本出版社名2",
    "底本の親本初版発行年2", "入力者", "校正者", "テキストファイルURL",
    "テキストファイル最終更新日", "テキストファイル符号化方式", "テキストファイル文字集合",
    "テキストファイル修正回数", "XHTML/HTMLファイルURL", "XHTML/HTMLファイル最終更新日",
    "XHTML/HTMLファイル符号化方式", "XHTML/HTMLファイル文字集合", "XHTML/HTMLファイル修正回数",
)
# fmt: on


def lay_out(folder: Path) -> tuple[Path, Path]:
    """Write the sample's sources below ``folder``.

    Returns:
        The folder in Aozora Bunko's layout, and the workbook of sentences.
    """
    here = resources.files(__name__)
    rows = csv.DictReader(
        io.StringIO(here.joinpath("works.tsv").read_text(encoding="utf-8")), delimiter="\t"
    )
    catalogue = []
    root = folder / "aozora"
    for row in rows:
        path = f"cards/{row['person_id']}/files/{row['work_id']}_ruby.zip"
        text = here.joinpath("works", f"{row['work_id']}.txt").read_text(encoding="utf-8")
        data = text.replace("\n", "\r\n").encode("shift_jis")
        _write_zip(root / path, f"{row['work_id']}_ruby.txt", data)
        catalogue.append(_catalogue_row(row, path))
    buffer = io.StringIO()
    writer = csv.DictWriter(buffer, _COLUMNS, lineterminator="\r\n", restval="")
    writer.writeheader()
    writer.writerows(catalogue)
    name = _CATALOGUE.rpartition("/")[2]
    _write_zip(root / f"{_CATALOGUE}.zip", f"{name}.csv", buffer.getvalue().encode("utf-8-sig"))
    workbook = folder / "sentences.xls"
    workbook.write_bytes(here.joinpath("sentences.xls").read_bytes())
    return root, workbook


def _catalogue_row(row: dict[str, str], path: str) -> dict[str, str]:
    return {
        "作品ID": row["work_id"],
        "作品名": row["title"],
        "作品名読み": row["title_kana"],
        "初出": row["first_published"],
        "分類番号": row["ndc"],
        "文字遣い種別": "新字新仮名",
        "作品著作権フラグ": "なし",
        "図書カードURL": f"{_SITE}/cards/{row['person_id']}/card{int(row['work_id'])}.html",
        "人物ID": row["person_id"],
        "姓": row["family"],
        "名": row["given"],
        "姓読み": row["family_kana"],
        "名読み": row["given_kana"],
        "役割フラグ": "著者",
        "生年月日": row["born"],
        "没年月日": row["died"],
        "人物著作権フラグ": "なし",
        "底本名1": "jtextkit 見本文庫",
        "入力者": "jtextkit",
        "校正者": "jtextkit",
        "テキストファイルURL": f"{_SITE}/{path}",
        "テキストファイル符号化方式": "ShiftJIS",
        "テキストファイル文字集合": "JIS X 0208",
    }


def _write_zip(path: Path, member: str, data: bytes) -> None:
    """A zip whose bytes depend on ``member`` and ``data`` alone."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(zipfile.ZipInfo(member, _EPOCH), data)
