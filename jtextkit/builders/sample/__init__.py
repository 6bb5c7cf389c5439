"""The embedded sample: a small corpus written for jtextkit, in its sources' own formats.

Forty short works by ten invented authors and some two hundred basic sentences. The works are kept
as plain UTF-8, so that people can read and review them; :func:`lay_out` puts them where and as the
real sources keep theirs: a catalogue of 55 columns, Shift_JIS texts in zips, an Excel 97 workbook.
"""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterator
from importlib import resources
from pathlib import Path

__all__ = ["lay_out"]

_SITE = "https://www.aozora.gr.jp"
_CATALOGUE = "index_pages/list_person_all_extended_utf8"
_EPOCH = (2026, 1, 1, 0, 0, 0)


def lay_out(folder: Path) -> tuple[Path, Path]:
    """Write the sample's sources below ``folder``.

    Returns:
        The folder in Aozora Bunko's layout, and the workbook of sentences.
    """
    here = resources.files(__name__)
    (in_common,) = _table("catalogue.tsv")  # 55 columns, as the official catalogue has them
    catalogue = []
    root = folder / "aozora"
    for row in _table("works.tsv"):
        person, work = row["人物ID"], row["作品ID"]
        path = f"cards/{person}/files/{work}_ruby.zip"
        text = here.joinpath("works", f"{work}.txt").read_text(encoding="utf-8")
        data = text.replace("\n", "\r\n").encode("shift_jis")
        _write_zip(root / path, f"{work}_ruby.txt", data)
        addresses = {
            "図書カードURL": f"{_SITE}/cards/{person}/card{int(work)}.html",
            "テキストファイルURL": f"{_SITE}/{path}",
        }
        catalogue.append({**in_common, **row, **addresses})
    buffer = io.StringIO()
    writer = csv.DictWriter(buffer, in_common, lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(catalogue)
    name = _CATALOGUE.rpartition("/")[2]
    _write_zip(root / f"{_CATALOGUE}.zip", f"{name}.csv", buffer.getvalue().encode("utf-8-sig"))
    workbook = folder / "sentences.xls"
    workbook.write_bytes(here.joinpath("sentences.xls").read_bytes())
    return root, workbook


def _table(name: str) -> Iterator[dict[str, str]]:
    text = resources.files(__name__).joinpath(name).read_text(encoding="utf-8")
    return csv.DictReader(io.StringIO(text), delimiter="\t")


def _write_zip(path: Path, member: str, data: bytes) -> None:
    """A zip whose bytes depend on ``member`` and ``data`` alone."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(zipfile.ZipInfo(member, _EPOCH), data)
