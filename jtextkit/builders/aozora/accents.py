"""Accented Latin letters that Aozora Bunko writes as two plain characters.

Source: 青空文庫「アクセント分解」 and the table of the official converter, 72 pairs and ligatures.
``〔cafe'〕`` stands for ``café``. The brackets belong to the notation only where they hold such a
pair and close on their line; other 〔 〕 are ordinary brackets of the text and stay.

Not handled: letters with two marks, and marks outside the table (``s,``, ``z~``); they stay as
they were typed.
"""

from __future__ import annotations

import re
from typing import Final

from jtextkit.builders.aozora.segments import Edit
from jtextkit.builders.aozora.tables import rows

ACCENTS: Final = dict(rows("accents.tsv"))
"""What is typed, and the letter that it stands for."""

_ACCENT: Final = re.compile("|".join(map(re.escape, ACCENTS)))
# The innermost brackets of a line: an ordinary 〔 before the notation must not swallow it.
_BRACKETED: Final = re.compile("〔[^〔〕\n]*〕")


def accent_edits(text: str) -> list[Edit]:
    """What changes where accents are composed and their brackets go."""
    edits: list[Edit] = []
    if "〔" in text:
        for match in _BRACKETED.finditer(text):
            start, end = match.span()
            pairs = list(_ACCENT.finditer(text, start + 1, end - 1))
            if pairs:
                edits.append((start, start + 1, "accent", ""))
                edits += [(*pair.span(), "accent", ACCENTS[pair[0]]) for pair in pairs]
                edits.append((end - 1, end, "accent", ""))
    return edits
