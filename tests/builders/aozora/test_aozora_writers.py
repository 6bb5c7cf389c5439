"""Pen names are one writer; writers who share a work share a group; years alone prove nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from jtextkit.builders.aozora import Person, Work, find_writers, read_catalogue

DATES = "1889-01-04/1936-03-11"


def person(number: int, life: str = "", role: str = "著者") -> Person:
    return Person(f"{number:06d}", f"名{number}", role, None, life)


def work(number: int, *authors: Person, translators: tuple[Person, ...] = ()) -> Work:
    return Work(
        f"{number:06d}",
        "題",
        "",
        authors,
        translators,
        (),
        "",
        "",
        True,
        "",
        "",
        "",
        "",
        "",
        "",
        "",
        None,
    )


def test_pen_names_have_the_lowest_id() -> None:
    writers = find_writers(
        [work(1, person(9, DATES)), work(2, person(5, DATES)), work(3, person(7))]
    )
    assert writers.writer == {"000001": "000005", "000002": "000005", "000003": "000007"}
    assert writers.group == writers.writer


def test_without_full_dates_nobody_is_merged() -> None:
    writers = find_writers([work(1, person(1)), work(2, person(2))])
    assert len(set(writers.writer.values())) == 2


def test_those_who_wrote_together_share_a_group_but_not_an_id() -> None:
    works = [work(1, person(1), person(2)), work(2, person(2)), work(3, person(2), person(3))]
    writers = find_writers(works)
    assert set(writers.group.values()) == {"000001"}
    assert writers.writer["000002"] == "000002"
    assert find_writers(reversed(works)) == writers


def test_a_translator_writes_not_the_author() -> None:
    translated = work(1, person(1), translators=(person(2, role="翻訳者"),))
    writers = find_writers([translated, work(2, person(1))])
    assert writers.writer == {"000001": "000002", "000002": "000001"}
    assert writers.group == writers.writer


@pytest.fixture(scope="module")
def catalogue(shared: Path) -> tuple[Work, ...]:
    return read_catalogue(shared / "sources/aozora/index_pages/list_person_all_extended_utf8.zip")


def test_the_real_catalogue(catalogue: tuple[Work, ...]) -> None:
    writers = find_writers(catalogue)
    by_name = {work.writer.name: writers.writer[work.work_id] for work in catalogue}
    assert by_name["夢野久作"] == by_name["杉山萠円"] == by_name["海若藍平"]
    assert by_name["林不忘"] == by_name["牧逸馬"] == by_name["谷譲次"]
    assert by_name["太宰治"] != by_name["芥川竜之介"]
    sizes: dict[str, set[str]] = {}
    for name, group in writers.group.items():
        sizes.setdefault(group, set()).add(writers.writer[name])
    assert max(map(len, sizes.values())) < 10, "a chain of co-authors swallowed the catalogue"
