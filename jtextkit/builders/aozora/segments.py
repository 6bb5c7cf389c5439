"""Stretches of a source, each with the text that stands for it, revised step by step.

A list of live segments, in order, makes up the text so far. An edit gives a range of that text, not
of the source, a new kind and new text. Segments that are left without text are moved to another list,
so that no step ever reads them again.
"""

from __future__ import annotations

from collections.abc import Iterator

# Plain tuples: there are hundreds of thousands, and they are made in half the time.
Segment = tuple[int, int, str, str | None]
"""A stretch of the source: start, end, kind, and what stands for it, None for the source itself."""
Edit = tuple[int, int, str, str | None]
"""Start and end in the text, the kind, and the new text; None leaves the text as it is."""


def revise(live: list[Segment], edits: list[Edit], dead: list[Segment]) -> list[Segment]:
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
    rest = iter(live)
    s, e, kind, text = next(rest)
    size = e - s if text is None else len(text)
    place = 0  # where in the text so far the segment starts, or what is left of it
    for edit in edits:
        a, b, other, shown = edit
        while place + size <= a:
            if size:
                put((s, e, kind, text))
            place += size
            s, e, kind, text = next(rest)
            size = e - s if text is None else len(text)
        if text is None and b <= place + size:  # nearly always: one stretch of the source
            cut = s + a - place
            if cut > s:
                put((s, cut, kind, None))
            s = cut + b - a
            if shown == "":
                bury((cut, s, other, ""))
            else:
                put((cut, s, other, shown))
            size = e - s
            place = b
        else:
            (s, e, kind, text), place = _revise_several(
                (s, e, kind, text), place, edit, rest, out, dead
            )
            size = e - s if text is None else len(text)
    if size:
        put((s, e, kind, text))
    out.extend(rest)
    return out


def _revise_several(
    segment: Segment,
    place: int,
    edit: Edit,
    rest: Iterator[Segment],
    out: list[Segment],
    dead: list[Segment],
) -> tuple[Segment, int]:
    """Carry out one edit on segments that it covers in part, or that do not stand for the source.

    Returns:
        The segment that the edit ends in, and where in the text before the edit it starts: what is
        left of it, if it is the source itself, or all of it, with the edit's part changed.
    """
    s, e, kind, text = segment
    a, b, other, shown = edit
    while True:
        end = place + (e - s if text is None else len(text))
        stop = min(b, end)
        if text is None:
            cut = s + a - place
            if cut > s:
                out.append((s, cut, kind, None))
            s = cut + stop - a
            (dead if shown == "" else out).append((cut, s, other, shown))
            place = stop
        elif shown is not None:
            text = text[: a - place] + shown + text[stop - place :]
            place = end - len(text)
            if not text:
                dead.append((s, e, kind, ""))
                s, text = e, None
        if stop == b:
            return (s, e, kind, text), place
        if text is not None:
            out.append((s, e, kind, text))
        place = a = stop
        if shown:
            shown = ""  # the first segment has it
        s, e, kind, text = next(rest)
