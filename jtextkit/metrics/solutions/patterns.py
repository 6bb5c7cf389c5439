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


_ROWS = table("patterns.tsv")
PATTERNS = {
    name: re.compile(
        "|".join(pattern for other, _, pattern in _ROWS if other == name), re.MULTILINE
    )
    for name, _, _ in _ROWS
}
"""Every pattern by name; texts are folded before they are searched."""
