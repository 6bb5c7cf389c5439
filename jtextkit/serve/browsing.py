"""A built set, or anybody's, to look through: filtered by any column, pairs side by side, a page at a time.

The page is a form without a script: its address says what is shown. The findings of ``check`` stand beside
the rows that they are about; a set that jtextkit did not build has none.

Not handled: sets that memory does not hold.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cached_property, partial
from typing import Any
from urllib.parse import urlencode

from jtextkit.builders.sets.findings import CheckReport, verdict
from jtextkit.builders.sets.reading import Item, TextSet, read_set
from jtextkit.check.run import check_set
from jtextkit.core.errors import JtextkitError
from jtextkit.core.hub import located
from jtextkit.core.language import translated
from jtextkit.core.markup import Markup, tag
from jtextkit.core.processes import worker_pool
from jtextkit.core.progress import Progress, silent
from jtextkit.report.tables import shown
from jtextkit.serve.shell import document, other_language

A_PAGE = 10
"""Rows, or pairs of rows, on a page."""

_LONG = 60
"""Characters from which on a value is a text."""

_FEW = 30
"""Values up to which a column's values are listed to choose from."""

_PAIR = "pair_id"
_SPLIT = "split"
_FOUND = "findings"
_CHIPS = {_SPLIT, "label", "level", "task", "grade"}
"""Columns that stand above the text, where there are such."""


@dataclass(frozen=True)
class ShownColumn:
    """A column, and how it is filtered: ``choice`` by value, ``number`` by bounds, else by a part."""

    name: str
    kind: str
    values: tuple[str, ...] = ()


@dataclass(frozen=True)
class BrowsedSet:
    """A set that is looked through, and its check, which may still be at work."""

    data: TextSet
    checked: Future[CheckReport]

    @cached_property
    def columns(self) -> tuple[ShownColumn, ...]:
        """Its columns, the split first."""
        return tuple(
            _column(name, [_value(item, name) for item in self.data.rows])
            for name in dict.fromkeys((_SPLIT, *self.data.columns))
        )

    @cached_property
    def groups(self) -> tuple[tuple[Item, ...], ...]:
        """Pairs where the set has them, else rows, in the set's order."""
        found: dict[Any, list[Item]] = defaultdict(list)
        for number, item in enumerate(self.data.rows):
            pair = item.values.get(_PAIR)
            found[number if pair is None else (item.split, pair)].append(item)

        def label(item: Item) -> str:  # which puts Simple before Complex
            return _written(item.values.get("label"))

        return tuple(tuple(sorted(items, key=label)) for items in found.values())

    @property
    def findings(self) -> Mapping[str, Sequence[str]]:
        """Breaches by the id of the row or pair that they are about, as far as it is known."""
        found: dict[str, list[str]] = defaultdict(list)
        if self.checked.done() and not self.checked.exception():
            for one in self.checked.result().findings:
                for line in one.breaches if one.found else ():
                    about = line.partition(": ")[0].partition(" (")[0]
                    found[about].append(f"{one.name}: {line}")
        return found


@contextmanager
def browse(place: str, *, report: Progress = silent) -> Iterator[BrowsedSet]:
    """A set to look through; it is checked meanwhile, in a process of its own.

    Args:
        place: as :func:`~jtextkit.check.check_columns` takes it.

    Raises:
        InputError, DownloadError: as ``check``.
    """
    data = read_set(located(place), place=place, report=report, tables=True)
    with worker_pool(1) as workers:
        yield BrowsedSet(data, workers.submit(check_set, place))


def _value(item: Item, name: str) -> Any:
    return item.values.get(name, item.split if name == _SPLIT else None)


def _column(name: str, values: Sequence[Any]) -> ShownColumn:
    known = [value for value in values if value is not None]
    different = {_written(value) for value in known}
    if 1 < len(different) <= _FEW and all(len(one) < _LONG for one in different):
        return ShownColumn(name, "choice", tuple(sorted(different)))
    if known and all(isinstance(one, int | float) and not isinstance(one, bool) for one in known):
        return ShownColumn(name, "number")
    texts = any(isinstance(one, str) and len(one) >= _LONG for one in known)
    return ShownColumn(name, "text" if texts else "word")


def _written(value: Any) -> str:
    if isinstance(value, str):
        return value
    return json.dumps(value, ensure_ascii=False, default=str)


def _conditions(
    columns: Iterable[ShownColumn], query: Mapping[str, str]
) -> Iterator[Callable[[Item], bool]]:
    """What a query asks of columns: ``has`` a part, ``is`` a value, a number ``from`` or ``to``."""
    names = {column.name for column in columns}
    for key, asked in query.items():
        how, _, name = key.partition(":")
        if name in names and how in {"has", "is", "from", "to"} and asked:
            with suppress(ValueError):  # a bound that is no number
                yield partial(_holds, name, how, asked if how in {"has", "is"} else float(asked))


def _holds(name: str, how: str, asked: Any, item: Item) -> bool:
    value = _value(item, name)
    if how in {"has", "is"}:
        return bool(asked == _written(value) if how == "is" else asked in _written(value))
    return isinstance(value, int | float) and (value >= asked if how == "from" else value <= asked)


def set_page(browsed: BrowsedSet, query: Mapping[str, str]) -> str:
    """The page that an address asks for; what it asks wrongly is left out."""
    filters = list(_conditions(browsed.columns, query))
    findings = browsed.findings
    groups = [
        group
        for group in browsed.groups
        if any(all(one(item) for one in filters) for item in group)
        if _FOUND not in query or any(_about(item, findings) for item in group)
    ]
    pages = max(1, -(-len(groups) // A_PAGE))
    asked = query.get("page", "1")
    number = min(max(1, int(asked) if asked.isascii() and asked.isdigit() else 1), pages)
    rows = sum(map(len, groups))
    texts = tag("a", translated("Score a text"), href="text")
    top = tag("div", texts, other_language(), class_="controls")
    return document(
        f"{browsed.data.place} – jtextkit",
        tag("div", tag("h1", browsed.data.place), top, class_="top", role="banner"),
        tag(
            "main",
            *_checked(browsed),
            _form(browsed, query, opened=bool(filters) or _FOUND in query),
            tag("p", translated(f"{rows:,} of {len(browsed.data.rows):,} rows"), role="status"),
            _found(f"{item.place}: {item.problem}" for item in browsed.data.items if item.problem),
            *(
                tag("div", *(_row(item, browsed, findings) for item in group), class_="two group")
                for group in groups[(number - 1) * A_PAGE : number * A_PAGE]
            ),
            _pages(number, pages, query),
            class_="set",
        ),
    )


def _about(item: Item, findings: Mapping[str, Sequence[str]]) -> list[str]:
    names = dict.fromkeys((item.id, item.place, str(item.values.get(_PAIR))))
    return [line for name in names for line in findings.get(name, ())]


def _found(lines: Iterable[str]) -> Markup:
    items = [tag("li", line) for line in lines]
    return tag("ul", *items, class_="found") if items else Markup("")


def _checked(browsed: BrowsedSet) -> Iterator[Markup]:
    """The verdict of the check, and the breaches that are about no row."""
    if not browsed.checked.done():
        yield tag("p", translated("The check is at work; load the page again."), class_="note")
    elif error := browsed.checked.exception():
        problem = error.problem if isinstance(error, JtextkitError) else str(error)
        yield tag("p", translated(f"Not checked: {problem}"), class_="note")
    else:
        findings = browsed.checked.result().findings
        good = all(one.ok for one in findings)
        said = f"{translated('sound')}: {translated(verdict(findings))}"
        yield tag("p", said if good else verdict(findings), class_="ok" if good else "bad")
        known = {name for item in browsed.data.rows for name in (item.id, item.values.get(_PAIR))}
        lines = (lines for about, lines in browsed.findings.items() if about not in known)
        yield _found(line for part in lines for line in part)


def _form(browsed: BrowsedSet, query: Mapping[str, str], *, opened: bool) -> Markup:
    fields = (
        tag("div", tag("span", column.name), *_inputs(column, query), class_="field")
        for column in browsed.columns
    )
    only = tag("input", type="checkbox", name=_FOUND, value="1", checked=_FOUND in query or None)
    show, every = tag("button", translated("Show")), tag("a", translated("all rows"), href="./")
    form = tag(
        "form",
        tag("div", *fields, class_="fields"),
        tag("p", tag("label", only, translated("only rows with findings"))),
        tag("p", show, " ", every),
    )
    return tag("details", tag("summary", translated("Filters")), form, open=opened or None)


def _inputs(column: ShownColumn, query: Mapping[str, str]) -> Iterator[Markup]:
    if column.kind == "choice":
        key = f"is:{column.name}"
        options = (
            tag("option", one, value=one, selected=one == query.get(key) or None)
            for one in ("", *column.values)
        )
        yield tag("select", *options, name=key, aria_label=column.name)
        return
    kind: dict[str, str] = {"type": "search"}
    if number := column.kind == "number":
        kind = {"type": "number", "step": "any"}
    for how, message in (("from", "from"), ("to", "to")) if number else (("has", "contains"),):
        key, label = f"{how}:{column.name}", translated(message)
        said = {"placeholder": label, "aria_label": f"{column.name}: {label}"}
        yield tag("input", name=key, value=query.get(key) or None, **kind, **said)


def _row(item: Item, browsed: BrowsedSet, findings: Mapping[str, Sequence[str]]) -> Markup:
    chips, texts, rest = [], [], []
    for column in browsed.columns:
        value = _value(item, column.name)
        if column.kind == "text":
            words = tag("blockquote", _written(value), lang="ja", tabindex="0")
            texts.append(tag("div", tag("span", column.name, class_="note"), words))
            continue
        if column.name in _CHIPS:
            chips.append(tag("span", f"{column.name}: {_written(value)}", class_="chip"))
        number = isinstance(value, int | float | None)
        cell = tag("dd", shown(value if number else _written(value)))
        rest.append(tag("div", tag("dt", column.name), cell))
    columns = tag("dl", *rest, class_="columns")
    folded = tag("details", tag("summary", translated("Columns")), columns)
    head = (tag("h2", item.id), tag("p", *chips), _found(_about(item, findings)))
    return tag("article", *head, *texts, folded)


def _pages(number: int, pages: int, query: Mapping[str, str]) -> Markup:
    given = {key: value for key, value in query.items() if value}

    def link(to: int, words: str) -> Markup:
        address = f"?{urlencode({**given, 'page': to})}"
        return tag("a", translated(words), href=address) if 1 <= to <= pages else Markup("")

    before, after = link(number - 1, "previous page"), link(number + 1, "next page")
    here = tag("span", translated(f"page {number:,} of {pages:,}"))
    return tag("nav", before, here, after, class_="pages", aria_label=translated("Pages"))
