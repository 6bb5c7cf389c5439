"""Stretches of a source, each with the text that stands for it, revised step by step.

A list of live segments, in order, makes up the text so far. An edit gives a range of that text, not
of the source, a new kind and new text. Segments that are left without text are moved to another list,
so that no step ever reads them again.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from typing import Final

# Plain tuples: there are hundreds of thousands, and they are made in half the time.
Segment = tuple[int, int, str, str | None]
"""A stretch of the source: start, end, kind, and what stands for it, None for the source itself."""
Edit = tuple[int, int, str, str | None]
"""Start and end in the text, the kind, and the new text; None leaves the text as it is."""

_NO_EDIT: Final[Edit] = (sys.maxsize, sys.maxsize, "", None)


def text_of(live: Iterable[Segment], source: str) -> str:
    """The text that segments make up."""
    return "".join([source[s:e] if shown is None else shown for s, e, _, shown in live])


def edited(text: str, edits: Iterable[Edit]) -> str:
    """``text`` with ``edits``, which are in order and do not overlap."""
    parts: list[str] = []
    place = 0
    for start, end, _, shown in edits:
        if shown is not None:
            parts += text[place:start], shown
            place = end
    parts.append(text[place:])
    return "".join(parts)


def revise(live: Iterable[Segment], edits: list[Edit], dead: list[Segment]) -> list[Segment]:
    """Carry out ``edits``, which are in order and do not overlap.

    Text that already stands for something else keeps its kind: an edit changes only its part of it.
    The new text of an edit over several segments goes to the first of them.

    Args:
        live: the segments that make up the text; none is empty.
        edits: what to change; none is empty or reaches beyond the text.
        dead: is given the segments that lost all their text.

    Returns:
        The segments that make up the new text.
    """
    out: list[Segment] = []
    put, bury = out.append, dead.append
    rest = iter(edits)
    a, b, other, new = next(rest, _NO_EDIT)
    end = 0
    for segment in live:
        s, e, kind, text = segment
        place = end  # where in the text so far the segment starts, or what is left of it
        end += e - s if text is None else len(text)
        while a < end:
            stop = min(b, end)
            if text is None:
                cut = s + a - place
                if cut > s:
                    put((s, cut, kind, None))
                s = cut + stop - a
                (bury if new == "" else put)((cut, s, other, new))
                place = stop
            elif new is not None:
                text = text[: a - place] + new + text[stop - place :]
                place = end - len(text)
            if stop < b:  # the next segment has the rest, and this one the new text
                a, new = stop, new and ""
            else:
                a, b, other, new = next(rest, _NO_EDIT)
        if text == "":
            bury((s, e, kind, ""))
        elif s < e:
            put((s, e, kind, text))
    return out
