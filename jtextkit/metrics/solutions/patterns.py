"""What the readers look for, as data: ``patterns.tsv`` gives each its name, what it is, and how it is written.

Rows of one name are ways to write one thing.
"""

from __future__ import annotations

import re
from pathlib import Path


def table(name: str) -> list[list[str]]:
    """The rows of a table that lies beside this module."""
    lines = Path(__file__).with_name(name).read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines]


_WRITTEN: dict[str, list[str]] = {}
for name, _, pattern in table("patterns.tsv"):
    _WRITTEN.setdefault(name, []).append(pattern)
PATTERNS = {name: re.compile("|".join(ways), re.MULTILINE) for name, ways in _WRITTEN.items()}
"""Every pattern by name; texts are folded before they are searched."""
