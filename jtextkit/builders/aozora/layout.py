"""The lines of a body: which stay, of what kind they are, and where gaps part them.

Source: 青空文庫「注記一覧」, layout notes. A line that was typed empty is dropped and leaves a gap; a
line that held notes alone is dropped and leaves none. A line of spaces alone is not empty to the
format: it stays, as a layout line, and parts its neighbours like an empty one.

Not handled: blocks in blocks of the same kind. The first end closes them, as on the official pages.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from jtextkit.builders.aozora.notes import Note

_HEADING: Final = b"h"
_BLOCK: Final = b"b"
_PARAGRAPH: Final = b"p"
_RULE: Final = re.compile(r"[ \t　]*(?:-{10,}|={10,})[ \t　]*")


def arrange(
    source: list[str], marks: Sequence[tuple[int, Note]], *, ruled: bool
) -> tuple[tuple[str, ...], str, frozenset[int], tuple[str, ...]]:
    """Arrange the lines of a body.

    Args:
        source: all lines of the body, their notation resolved.
        marks: the notes of the body with the numbers of their lines, in order.
        ruled: whether there may be rules, lines of hyphens or equal signs: they are layout.

    Returns:
        The lines that stay, their kinds, the gaps, and the kinds of block that are never closed.
    """
    kinds, unclosed = _kinds(len(source), marks)
    breaks = {number for number, note in marks if note.mark == "gap"}
    noted = {number for number, _ in marks}
    lines: list[str] = []
    kept = bytearray()
    gaps = set()
    gap = False
    for number, line in enumerate(source):
        spaces = line.isspace()
        gap |= number in breaks
        if not line or (spaces and number in noted):
            gap |= number not in noted  # it was typed empty
            continue
        if gap and lines:
            gaps.add(len(lines))
        layout = spaces or (ruled and _RULE.fullmatch(line))
        kept += _BLOCK if layout else kinds[number : number + 1]
        lines.append(line)
        gap = spaces
    return tuple(lines), kept.decode("ascii"), frozenset(gaps), unclosed


def _kinds(size: int, marks: Sequence[tuple[int, Note]]) -> tuple[bytearray, tuple[str, ...]]:
    """The kind of every line, and the blocks left open."""
    kinds = bytearray(_PARAGRAPH) * size
    headings: list[tuple[int, int]] = []
    opened: dict[str, frozenset[str]] = {}  # each open kind, and those opened by the same note
    block_start = heading_start = -1

    for number, note in marks:
        if note.mark == "line":
            kinds[number : number + 1] = _BLOCK
        elif note.mark == "begin":
            if not opened:
                block_start = number
            opened |= dict.fromkeys(note.blocks, note.blocks)
        elif note.mark == "end":
            for name in note.blocks:
                for companion in opened.pop(name, ()):
                    opened.pop(companion, None)
            if not opened and block_start >= 0:
                kinds[block_start : number + 1] = _BLOCK * (number + 1 - block_start)
                block_start = -1
        elif note.mark == "heading":
            headings.append((number, number))
        elif note.mark == "heading-begin":
            heading_start = number
        elif note.mark == "heading-end" and heading_start >= 0:
            headings.append((heading_start, number))
            heading_start = -1
    if opened:
        kinds[block_start:] = _BLOCK * (size - block_start)
    for start, end in headings:
        kinds[start : end + 1] = _HEADING * (end + 1 - start)
    unclosed = sorted(opened) + (["見出し"] if heading_start >= 0 else [])
    return kinds, tuple(unclosed)
