"""What readers look for, as data: tables of named regular expressions beside the modules that use them.

A row is a line, its cells are parted by tabs; the name of an expression comes first, the expression
last. A row ``part`` is no expression of its own: in later rows ``@its name@`` stands for it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

Rows = Iterable[list[str]]


def table(beside: str, name: str) -> list[list[str]]:
    """The rows of a table that lies beside a module, whose ``__file__`` is ``beside``."""
    rows: list[list[str]] = []
    parts: dict[str, str] = {}
    for line in Path(beside).with_name(name).read_text(encoding="utf-8").splitlines():
        row = re.sub(r"@(\w+)@", lambda match: parts[match[1]], line).split("\t")
        if row[0] == "part":
            parts[row[1]] = row[-1]
        else:
            rows.append(row)
    return rows


def compiled(rows: Rows) -> dict[str, re.Pattern[str]]:
    """The expression of each row by its name; rows of one name are ways to write one thing."""
    ways: dict[str, list[str]] = {}
    for name, *_, way in rows:
        ways.setdefault(name, []).append(way)
    return {name: re.compile("|".join(those)) for name, those in ways.items()}


def grouped(rows: Rows) -> dict[str, dict[str, re.Pattern[str]]]:
    """The same by group and name, where a group stands in front of each name."""
    groups: dict[str, list[list[str]]] = {}
    for group, *row in rows:
        groups.setdefault(group, []).append(row)
    return {group: compiled(those) for group, those in groups.items()}
