"""Who wrote: pen names of one person made one, and writers who share works kept together.

The catalogue lists each pen name as a person of its own (夢野久作 stands there under eleven). Persons
with the same full dates of birth and death are taken to be one; where only years are known, none are merged.
A set that keeps writers apart between its splits must also keep together those who wrote a work
together.

Not handled: pen names whose dates the catalogue does not know, and houses of ghost writers.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from jtextkit.builders.aozora.catalogue import Work


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
    of_person = _merged_pen_names(works)
    linked: dict[str, str] = {}
    for work in works:
        first, *others = (of_person[person.person_id] for person in work.writers)
        for other in others:
            _link(linked, first, other)
    writer = {work.work_id: of_person[work.writer.person_id] for work in works}
    return Writers(writer, {work: _root(linked, name) for work, name in writer.items()})


def _merged_pen_names(works: Iterable[Work]) -> dict[str, str]:
    by_life: dict[str, set[str]] = defaultdict(set)
    for work in works:
        for person in work.writers:
            by_life[person.life or person.person_id].add(person.person_id)
    return {name: min(names) for names in by_life.values() for name in names}


def _root(linked: dict[str, str], name: str) -> str:
    while name in linked:
        name = linked[name]
    return name


def _link(linked: dict[str, str], one: str, other: str) -> None:
    low, high = sorted((_root(linked, one), _root(linked, other)))
    if low != high:
        linked[high] = low
