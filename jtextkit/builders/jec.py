"""Kyoto University's basic sentences: 日英中基本文データ (JEC Basic Sentence Data) v1-3.

5,304 short sentences (Japanese: Kurohashi-Kawahara laboratory, Kyoto University; English and
Chinese: NICT), CC BY 3.0, published as one Excel 97 workbook. Copies in circulation differ in
workbook metadata while all cells are equal, so the cells are hashed, not the file.

The sentences are generated from case frames and corrected by hand. They are short, not easy: cut
into random blocks, their median difficulty lies near the middle of the scale.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from jtextkit.builders.workbook import first_sheet
from jtextkit.core.errors import FormatError, IntegrityError

CELLS_SHA256 = "9cf00b87bb30cd8f943337f51bf27b005bebf422fabba9541bf2d483b942ab10"
"""SHA-256 of the cells of v1-3: tab between cells, LF after each row, UTF-8."""

PAGE = "https://nlp.ist.i.kyoto-u.ac.jp/index.php?日英中基本文データ"
"""The data's page at Kyoto University."""

PLACEHOLDERS = ("X", "〜", "～")
"""Marks that stand for a noun phrase or a quotation; sentences with one are not language."""

_COLUMNS = 4


@dataclass(frozen=True, slots=True)
class BasicSentence:
    """One row: its id (``#0001``) and the Japanese as published, mostly without a final 。"""

    sentence_id: str
    japanese: str

    @property
    def has_placeholder(self) -> bool:
        return any(mark in self.japanese for mark in PLACEHOLDERS)


def read_sentences(
    path: Path, *, cells_sha256: str | None = CELLS_SHA256
) -> tuple[tuple[BasicSentence, ...], str]:
    """Read the workbook; give its sentences in its order and the hash of its cells.

    Args:
        path: the ``.xls`` file.
        cells_sha256: what the cells must hash to; None accepts any table of the same shape.

    Raises:
        FormatError: not an Excel workbook, or a row that is not id, Japanese, English, Chinese.
        IntegrityError: a sound workbook with other cells.
    """
    rows = _cells(path)
    found = hashlib.sha256()
    for row in rows:
        found.update(("\t".join(row) + "\n").encode())
    if cells_sha256 is not None and found.hexdigest() != cells_sha256:
        raise IntegrityError(
            f"{len(rows):,} rows whose cells are not those of 日英中基本文データ v1-3 (5,304 rows)",
            where=str(path),
            cure="get version 1-3 of the data; later or edited versions give another set",
        )
    return tuple(BasicSentence(row[0], row[1]) for row in rows), found.hexdigest()


def _cells(path: Path) -> list[list[str]]:
    rows = first_sheet(path)
    if rows is None:
        raise FormatError(
            "not an Excel workbook that can be read",
            where=str(path),
            cure="name JEC_basic_sentence_v1-3.xls from Kyoto University's page",
        )
    if not rows:
        raise FormatError("the first sheet is empty", where=str(path))
    for number, row in enumerate(rows, 1):
        if (
            len(row) != _COLUMNS
            or not all(isinstance(cell, str) and cell for cell in row)
            or not row[0].startswith("#")
        ):
            raise FormatError(
                "not four cells of text: id (#0001), Japanese, English, Chinese",
                where=f"{path}: row {number}",
                cure="name JEC_basic_sentence_v1-3.xls from Kyoto University's page",
            )
    return [list(row) for row in rows]
