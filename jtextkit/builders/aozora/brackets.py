"""Which ］ closes which ［＃: the notes of a body, with the notes that stand inside them.

Source: 青空文庫「注記一覧」: a note opens with ［＃, closes with ］ and never spans lines. A ］ that a note
quotes (「］」) does not close it. A note inside a note is no text and no note of its own, but gaiji make
descriptions and targets whole: in what the outer note says they stand as characters.

A ［＃ that is still open where its line ends is text; the notes that close after it are notes.

Not handled: quoted ［＃, which no text has.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Final

Enclosed = tuple[int, int, str]
"""An outermost note: the place of its ［＃, the end of its ］, and what it says."""

# Nearly every note: it holds no bracket, and no 「］ that might be quoted.
_OPENING: Final = re.compile("［＃(?:([^［］\n]*)(?<!「)］)?")
_BRACKET: Final = re.compile("［＃|］(?!」)|(?<!「)］|\n")


def notes_in(
    body: str, gaiji: Callable[[str], str], unclosed: Callable[[int, int], object]
) -> Iterator[Enclosed]:
    """The outermost notes of ``body``, in order.

    Args:
        body: text with LF line ends.
        gaiji: the character for what a gaiji note inside a note says.
        unclosed: called with the place of a ［＃ that nothing closes, and where its line ends.
    """
    place = 0
    while match := _OPENING.search(body, place):
        content = match[1]
        if content is not None:
            start, place = match.span()
            yield start, place, content
            continue
        place, found, left_open = _nested(body, match.start(), gaiji)
        for start in left_open:
            unclosed(start, place)
        yield from found


def _nested(
    body: str, start: int, gaiji: Callable[[str], str]
) -> tuple[int, list[Enclosed], list[int]]:
    """Read from the ［＃ at ``start`` until nothing is open, or to the end of the line.

    Returns:
        Where to read on, the outermost notes that closed, and the places of those that did not.
    """
    # What is open, innermost last: its place, and where what it holds starts in both lists below.
    opened: list[tuple[int, int, int]] = []
    parts: list[str] = []
    inner: list[Enclosed] = []
    place = start
    for sign in _BRACKET.finditer(body, start):
        if sign[0] == "\n":
            place = sign.start()
            break
        if opened:
            parts.append(body[place : sign.start()])
        place = sign.end()
        if sign[0] != "］":
            opened.append((sign.start(), len(parts), len(inner)))
            continue
        opening, first_part, first_inner = opened.pop()
        content = "".join(parts[first_part:])
        del parts[first_part:], inner[first_inner:]
        inner.append((opening, place, content))
        if not opened:
            break
        if parts[-1].endswith("※"):
            parts[-1] = parts[-1][:-1]
            parts.append(gaiji(content))
    else:
        place = len(body)
    return place, inner, [opening for opening, _, _ in opened]
