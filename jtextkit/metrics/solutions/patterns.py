"""What the readers look for, as data: ``patterns.tsv`` gives each its name, what it is, and how it is written.

Rows of one name are ways to write one thing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path


def table(name: str) -> list[list[str]]:
    """The rows of a table that lies beside this module."""
    lines = Path(__file__).with_name(name).read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines]


def compiled(rows: Iterable[list[str]]) -> dict[str, re.Pattern[str]]:
    """The pattern at the end of each row by the name in front; those of one name are one's ways."""
    found: dict[str, list[str]] = {}
    for name, *_, pattern in rows:
        found.setdefault(name, []).append(pattern)
    return {name: re.compile("|".join(ways), re.MULTILINE) for name, ways in found.items()}


PATTERNS = compiled(table("patterns.tsv"))
"""Every pattern by name; texts are folded before they are searched."""
