"""The columns of a set as its ``columns.tsv`` describes them."""

from __future__ import annotations

from collections.abc import Mapping
from importlib.resources import files
from typing import NamedTuple


class Column(NamedTuple):
    """A column of a set: its kind, as :mod:`~jtextkit.builders.sets.columns` has them, and its meaning."""

    kind: str
    meaning: str
    unit: str = ""
    edition: int = 1
    """Of the set, from which on it is there."""


def read_columns(package: str) -> dict[str, Column]:
    """The columns of a set by name, in order, from ``columns.tsv`` in the package of its code."""
    lines = (files(package) / "columns.tsv").read_text(encoding="utf-8").splitlines()
    head, *rows = (line.split("\t") for line in lines)
    cells = (dict(zip(head, row, strict=True)) for row in rows)
    return {
        one["name"]: Column(
            one["kind"], one["meaning"], one.get("unit", ""), int(one.get("edition", 1))
        )
        for one in cells
    }


def kinds_of(columns: Mapping[str, Column]) -> dict[str, str]:
    """Name to kind, in order."""
    return {name: column.kind for name, column in columns.items()}
