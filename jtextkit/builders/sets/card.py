"""What the cards of all sets have alike: a template that is filled, the head that the Hub reads, tables.

A template is the card as people read it (``card.md`` beside the set's code), with values in braces as
:meth:`str.format` takes them. A line that begins with ``[if NAME]`` or ``[if not NAME]`` stands where that
value is true, or is not.

A card is a function of rows, recipe and sources: it names no version of a library and no hash of a
Parquet file's bytes, so another environment gives the same card. Those stand in the receipt.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from importlib.resources import files
from typing import Any

from jtextkit.builders.sets.described import Column
from jtextkit.builders.sets.splits import SPLITS
from jtextkit.core.language import language, translated

_SIZES = (
    (1_000, "n<1K"),
    (10_000, "1K<n<10K"),
    (100_000, "10K<n<100K"),
    (1_000_000, "100K<n<1M"),
    (float("inf"), "n>1M"),
)

_LISTS = (
    "annotations_creators",
    "language_creators",
    "multilinguality",
    "task_categories",
    "size_categories",
    "source_datasets",
    "tags",
)
"""Keys whose values the Hub wants as lists, in the order in which cards have them."""


def front_matter(
    rows: int,
    licence: str,
    title: str,
    lists: Mapping[str, Sequence[str]],
    parts: Mapping[str, tuple[str, Sequence[str]]] | None = None,
) -> str:
    """The YAML at the head of a card.

    Args:
        rows: of all splits.
        licence: the lines on the licence, each with its line break.
        lists: values of the keys that this set has of :data:`_LISTS`, its size aside.
        parts: for each further config the ``source`` whose rows it loads, and the splits with such.
    """
    size = next(name for limit, name in _SIZES if rows < limit)
    given = {**lists, "size_categories": [size]}
    shown = "".join(
        f"{key}:\n" + "".join(f"- {value}\n" for value in given[key])
        for key in _LISTS
        if key in given
    )
    configs = "- config_name: default\n" + _files(SPLITS)
    for name, (source, splits) in (parts or {}).items():
        configs += (
            f'- config_name: {name}\n  filters:\n  - [source, "==", {source}]\n{_files(splits)}'
        )
    return f"---\nlanguage:\n- ja\n{licence}pretty_name: {title}\n{shown}configs:\n{configs}---\n"


def _files(splits: Sequence[str]) -> str:
    listed = (f"  - split: {name}\n    path: {name}.parquet\n" for name in splits)
    return f"  data_files:\n{''.join(listed)}"


def filled(package: str, template: str, values: Mapping[str, Any]) -> str:
    """The text of a template in ``package``, with its values."""
    lines = []
    for line in (files(package) / template).read_text(encoding="utf-8").splitlines():
        shown: str | None = line
        while shown is not None and (condition := _IF.match(shown)):
            holds = bool(values[condition[2]]) != bool(condition[1])
            shown = shown[condition.end() :] if holds else None
        if shown is not None:
            lines.append(shown)
    return "\n".join([*lines, ""]).format_map(values)


def table(head: Sequence[str], rows: Iterable[Iterable[object]], *, words: int = 1) -> str:
    """A table; the first ``words`` columns hold words, the others numbers."""
    rule = f"|{'---|' * words}{'---:|' * (len(head) - words)}"
    lines = (f"| {' | '.join(map(str, row))} |" for row in rows)
    return "\n".join([f"| {' | '.join(head)} |", rule, *lines])


def columns_table(columns: Mapping[str, Column]) -> str:
    """The table of a set's columns."""
    rows = ((f"`{name}`", one.kind, one.meaning) for name, one in columns.items())
    return table(("column", "type", "meaning"), rows, words=3)


def rebuilding(command: str, receipt: Mapping[str, Any]) -> str:
    """The section that says how to build the set again."""
    return (
        f"## Rebuilding\n\n```bash\n{command}\n```\n\n"
        f"with jtextkit {receipt['jtextkit']} and the same sources gives the same rows "
        "(`rows_sha256` in `receipt.json`),\nand with the versions that `written_with` names there "
        "the same bytes."
    )


_IF = re.compile(r"\[if (not )?(\w+)\] ?")
_BLOCK = re.compile(r"\A---\n.*?^---\n|^```.*?^```\n|.*?(?:\n\n|\n?\Z)", re.DOTALL | re.MULTILINE)
_STARTS = re.compile(r"\||#+ |- |\d+\. |> ")


def in_language(card: str) -> str:
    """A card's headings, sentences and tables in the reader's language, as far as the catalogue
    knows them; the head that the Hub reads and commands stay.
    """
    if language() == "en":
        return card
    return "".join(_translated(block) for block in _BLOCK.findall(card))


def _translated(block: str) -> str:
    if block.startswith(("---\n", "```")) or not block.strip():
        return block
    end = block[len(block.rstrip("\n")) :]
    return "\n".join(map(_line, _items(block.strip("\n").split("\n")))) + end


def _items(lines: Sequence[str]) -> Iterator[str]:
    """Headings, points of a list and rows of a table, each on one line; other lines joined."""
    item = ""
    for line in lines:
        more = line.removeprefix("> ") if item.startswith("> ") else line
        if item and _STARTS.match(more):
            yield item
            item = ""
        item = f"{item} {more.strip()}" if item else line
    yield item


def _line(line: str) -> str:
    if line.startswith("|"):
        return "|".join(
            cell.replace(cell.strip(), translated(cell.strip())) for cell in line.split("|")
        )
    mark = found[0] if (found := _STARTS.match(line)) else ""
    return f"{mark}{translated(line[len(mark) :])}"
