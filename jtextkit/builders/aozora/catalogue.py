"""Aozora Bunko's catalogue of works: which of them a builder may use, and who wrote them.

Source: ``list_person_all_extended_utf8.zip`` of www.aozora.gr.jp (CC BY 4.0): one CSV in UTF-8 with
BOM, CRLF, 55 columns, a row for each work and person. Columns are found by their names, so their
order may change.

The catalogue lists each pen name as a person of its own (夢野久作 stands there under eleven). Persons
with the same full dates of birth and death are taken to be one; where only years are known, none are merged.
A set that keeps writers apart between its splits must also keep together those who wrote a work
together.

Not handled: readings, romanised names, second editions and HTML files are not kept; pen names whose
dates the catalogue does not know, and houses of ghost writers.
"""

from __future__ import annotations

import csv
import io
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from operator import itemgetter
from pathlib import Path
from typing import Final, Literal

from jtextkit.builders.aozora.archive import read_archive, read_file
from jtextkit.core.errors import EncodingError, FormatError, UsageError

MAX_BYTES: Final = 128 << 20
"""The largest catalogue accepted, packed or not; the real one has 15 MiB."""

_HOST: Final = re.compile(
    r"https?://www\.aozora\.gr\.jp/(cards/\d{6}/files/[\w.-]+\.zip)", re.ASCII
)
_ID: Final = re.compile("[0-9]+")
_DATE: Final = re.compile("(紀元前|前)?([0-9]{1,4})(世紀)?")
_FULL_DATE: Final = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}$")
_FETCH: Final = "fetch list_person_all_extended_utf8.zip again"

_TEXTS: Final = {
    "work_id": "作品ID", "title": "作品名", "subtitle": "副題", "first_published": "初出",
    "ndc": "分類番号", "orthography": "文字遣い種別", "card_url": "図書カードURL",
    "edition": "底本名1", "publisher": "底本出版社名1", "input_by": "入力者",
    "proofread_by": "校正者", "text_url": "テキストファイルURL",
}  # fmt: skip
"""What a :class:`Work` takes over as it stands, and the columns that it stands in."""
_OF_PERSON: Final = ("人物ID", "姓", "名", "役割フラグ", "生年月日", "没年月日")
_COLUMNS: Final = (*_TEXTS.values(), *_OF_PERSON, "作品著作権フラグ")


@dataclass(frozen=True, slots=True)
class Person:
    """A contributor to a work: author, translator, editor."""

    person_id: str
    name: str
    """Family name and given name, without a space."""
    role: str
    """The catalogue's word: 著者, 翻訳者, 校訂者, 編者 or その他."""
    died: int | None
    """The year of death, negative before Christ; None where the catalogue does not know."""
    life: str = ""
    """Full dates of birth and death, ``1900-01-17/1935-06-29``; empty unless both are known."""


@dataclass(frozen=True, slots=True)
class Work:
    """One work of the catalogue, all its rows merged."""

    work_id: str
    title: str
    subtitle: str
    authors: tuple[Person, ...]
    translators: tuple[Person, ...]
    others: tuple[Person, ...]
    ndc: str
    """The class cell as it stands, ``NDC K913 K914``."""
    orthography: str
    public_domain: bool
    """Free in Japan, by the flag of the work (作品著作権フラグ = なし)."""
    first_published: str
    edition: str
    publisher: str
    input_by: str
    proofread_by: str
    card_url: str
    text_url: str
    path: str | None
    """``cards/PERSON/files/STEM.zip`` on www.aozora.gr.jp; None elsewhere or without text."""

    @property
    def persons(self) -> tuple[Person, ...]:
        """All who are named."""
        return self.authors + self.translators + self.others

    @property
    def writers(self) -> tuple[Person, ...]:
        """Who wrote the Japanese: the translators where there are any."""
        return self.translators or self.authors or self.others

    @property
    def writer(self) -> Person:
        """The first of :attr:`writers`."""
        return self.writers[0]

    @property
    def ndc_classes(self) -> tuple[str, ...]:
        """The classes in the cell, a leading K (children's books) kept.

        ``NDC K913 K914`` gives ``("K913", "K914")``.
        """
        return tuple(part for part in self.ndc.split() if part != "NDC")

    @property
    def died(self) -> int | None:
        """The year that protection for life and some years counts from; None if not known.

        It is the latest death of all who are named, editors and revisers too: their share in the
        text cannot be known from the catalogue, and leaving out a free work does no harm.
        """
        years = [person.died for person in self.persons]
        known = [year for year in years if year is not None]
        return max(known) if known and len(known) == len(years) else None


def read_catalogue(path: Path) -> tuple[Work, ...]:
    """All works of the catalogue, by their id, from its zip or from the bare CSV.

    Raises:
        ArchiveError: a zip that is broken, unsafe, or does not hold exactly one CSV.
        EncodingError: a CSV that is not UTF-8.
        FormatError: a CSV that is empty, lacks columns, or has a broken row.
        InputError: a file that cannot be read.
    """
    where = str(path)
    data = read_file(path, where, MAX_BYTES)
    if data.startswith(b"PK") or path.suffix.lower() == ".zip":
        data = read_archive(data, ".csv", where=where, limit=MAX_BYTES).data
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise EncodingError(
            f"byte {error.start:,} is not UTF-8",
            where=f"{where}, line {line}",
            cure="use the utf8 edition of the catalogue",
        ) from None
    rows: dict[str, list[dict[str, str]]] = {}
    for row in _rows(text, where):
        rows.setdefault(row["作品ID"], []).append(row)
    return tuple(_work(rows[work_id]) for work_id in sorted(rows))


def _rows(text: str, where: str) -> Iterator[dict[str, str]]:
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)

    def broken(problem: str) -> FormatError:
        line = f"{where}, line {max(reader.line_num, 1)}"
        return FormatError(problem, where=line, cure=_FETCH)

    try:
        if not text.strip():
            raise broken("the file is empty")
        header = next(reader, [])
        if missing := [name for name in _COLUMNS if name not in header]:
            listed = ", ".join(missing[:3]) + (", …" if len(missing) > 3 else "")
            raise broken(f"{len(missing)} of {len(_COLUMNS)} columns are missing: {listed}")
        cells_of = itemgetter(*map(header.index, _COLUMNS))
        count = 0
        for count, row in enumerate(reader, 1):  # noqa: B007 - to know that there was one
            if len(row) != len(header):
                raise broken(f"{len(row)} cells where the header has {len(header)}")
            cells = dict(zip(_COLUMNS, cells_of(row), strict=True))
            for name in ("作品ID", "人物ID"):
                if not _ID.fullmatch(cells[name]):
                    raise broken(f"column {name} holds {cells[name]!r}, not an id")
            yield cells
    except csv.Error as error:
        raise broken(f"not CSV ({error})") from None
    if not count:
        raise FormatError("a header and no row", where=where, cure=_FETCH)


def _work(rows: list[dict[str, str]]) -> Work:
    row = rows[0]
    texts = {name: row[column] for name, column in _TEXTS.items()}
    persons = dict.fromkeys(_person(*map(one.__getitem__, _OF_PERSON)) for one in rows)
    match = _HOST.fullmatch(texts["text_url"])
    return Work(
        authors=tuple(person for person in persons if person.role == "著者"),
        translators=tuple(person for person in persons if person.role == "翻訳者"),
        others=tuple(person for person in persons if person.role not in ("著者", "翻訳者")),
        public_domain=row["作品著作権フラグ"] == "なし",
        path=match[1] if match else None,
        **texts,
    )


@lru_cache(maxsize=1 << 12)  # more than there are persons, who stand in a row for each work
def _person(person_id: str, family: str, given: str, role: str, born: str, died: str) -> Person:
    return Person(
        person_id,
        family + given,
        role,
        _year(died),
        f"{born}/{died}" if _FULL_DATE.match(born) and _FULL_DATE.match(died) else "",
    )


def _year(cell: str) -> int | None:
    """The year of a date cell: ``1948-06-13``, ``297``, ``前347``, ``紀元前6世紀初``."""
    match = _DATE.match(cell)
    if match is None:
        return None
    number = int(match[2])
    if match[3]:
        # The last year of the century: the later death is the safer one.
        number = (number - 1) * 100 + 1 if match[1] else number * 100
    return -number if match[1] else number


Territory = Literal["japan", "life+70"]


@dataclass(frozen=True, slots=True)
class Filters:
    """Which works to take; every work that is dropped is dropped by a named rule."""

    territory: Territory = "japan"
    """``japan``: free by the catalogue's flag. ``life+70``: besides, everyone who is named died
    70 full calendar years before ``year`` (in 2026: in 1955 or earlier)."""
    orthographies: tuple[str, ...] = ("新字新仮名",)
    """The orthographies to take; empty for all."""
    ndc: tuple[str, ...] = ()
    """Prefixes of classes (``913``, ``K913``, ``K``), any of which is enough; empty for all."""
    authors: tuple[str, ...] = ()
    """Names or ids of persons, any of which is enough; empty for all."""
    year: int = 2026
    """The year of reference, fixed so that a selection can be repeated."""

    def __post_init__(self) -> None:
        if self.territory not in ("japan", "life+70"):
            raise UsageError(
                f"unknown territory {self.territory!r}", cure="use 'japan' or 'life+70'"
            )

    def reason(self, work: Work) -> str | None:
        """The first rule that drops ``work``, or None if it is taken."""
        old = work.died is not None and work.died + 70 < self.year
        wanted = {re.sub(r"\s", "", name) for name in self.authors}
        if work.path is None:
            return "no-text"
        if not work.public_domain or (self.territory == "life+70" and not old):
            return "copyright"
        if self.orthographies and work.orthography not in self.orthographies:
            return "orthography"
        if self.ndc and not any(name.startswith(self.ndc) for name in work.ndc_classes):
            return "ndc"
        if wanted and wanted.isdisjoint(
            name for person in work.persons for name in (person.name, person.person_id)
        ):
            return "author"
        return None


@dataclass(frozen=True, slots=True)
class Writers:
    """Writers of a catalogue's works.

    Attributes:
        writer: work id to the id of who wrote its Japanese, the lowest of that person's ids.
        group: work id to the id of the writers who are linked through works they wrote together.
    """

    writer: dict[str, str]
    group: dict[str, str]


def find_writers(works: Iterable[Work]) -> Writers:
    """Identify the writers of ``works``; the result does not depend on their order."""
    works = list(works)
    by_life: dict[str, set[str]] = defaultdict(set)
    for work in works:
        for person in work.writers:
            by_life[person.life or person.person_id].add(person.person_id)
    of_person = {name: min(names) for names in by_life.values() for name in names}
    linked: dict[str, str] = {}

    def root(name: str) -> str:
        while name in linked:
            name = linked[name]
        return name

    for work in works:
        first, *others = (of_person[person.person_id] for person in work.writers)
        for other in others:
            low, high = sorted((root(first), root(other)))
            if low != high:
                linked[high] = low
    writer = {work.work_id: of_person[work.writer.person_id] for work in works}
    return Writers(writer, {work: root(name) for work, name in writer.items()})
