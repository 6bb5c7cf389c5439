"""Every stretch of an Aozora Bunko file, what it is, and what the plain text has for it.

Source: 青空文庫「注記一覧」 (2010). Notes are read once for both; what is left
:mod:`jtextkit.builders.aozora.notation` reads in another way: there text is cut out of strings, here
stretches of the source are told apart. Rendering the spans gives the text of
:func:`~jtextkit.builders.aozora.notation.read_text`, and each is tested against the other.

The types are a closed list, :data:`SPAN_KINDS`; the notes among them are named as they are counted.

Not handled: a ruby or a note inside a note is part of it. A character that a note explains keeps the
note's type in the base of a ruby, and in a ruby.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable
from functools import partial
from itertools import accumulate
from typing import Final, NamedTuple

from jtextkit.builders.aozora.accents import accent_edits
from jtextkit.builders.aozora.frame import frame
from jtextkit.builders.aozora.notation import NO_BASE, SIGN_MISSING, repeat_edits, signs_mended
from jtextkit.builders.aozora.reader import NoteReader
from jtextkit.builders.aozora.segments import Edit, Segment, edited, revise, text_of
from jtextkit.builders.aozora.targets import base_start

SPAN_KINDS: Final = (
    "header", "symbols", "text", "blank", "ruby_base", "ruby",
    "gaiji_code", "gaiji_unicode", "gaiji_described", "gaiji_composed", "gaiji_similar",
    "gaiji_unresolved", "accent", "repeat_mark", "kunten", "warichu", "heading", "left_ruby",
    "note_ruby", "note_typography", "note_layout", "note_edition", "note_image", "note_unknown",
    "footer",
)  # fmt: skip
"""The types; ``blank`` is a line end, or a line, that the plain text drops."""


class SourceSpan(NamedTuple):
    """A stretch of the source."""

    start: int
    end: int
    kind: str
    """One of :data:`SPAN_KINDS`."""
    text: str
    """What the plain text has for it; empty where it is out."""


_RUBY: Final = re.compile("《[^《》\n]+》")
_NO_BASE: Final = frozenset(NO_BASE)
_NO_BAR: Final = re.compile("[《》\n]")
_LINE_ENDS: Final = re.compile("\n+")


def spans(text: str) -> list[SourceSpan]:
    """All of a file, decoded and with LF line ends, in order: each character is in one span."""
    symbols, start, end = frame(text)
    source = text[start:end]
    body = signs_mended(source)
    segments = _read(body) if body else []
    if len(body) != len(source):
        segments = _without_added_signs(segments, source)
    new = tuple.__new__  # a third faster than SourceSpan(...)
    found = [
        new(SourceSpan, (s + start, e + start, kind, source[s:e] if shown is None else shown))
        for s, e, kind, shown in segments
    ]
    before = [SourceSpan(0, symbols, "header", ""), SourceSpan(symbols, start, "symbols", "")]
    found[:0] = [span for span in before if span.start < span.end]
    if end < len(text):
        found.append(SourceSpan(end, len(text), "footer", ""))
    return found


def render(spans: Iterable[SourceSpan]) -> str:
    """The plain text that spans make up."""
    return "".join([span.text for span in spans])


def _read(body: str) -> list[Segment]:
    """All of a body, in order."""
    reader = NoteReader(body)
    live, dead = reader.live, reader.dead
    text = text_of(live, body)
    blank_lines = partial(_blank_lines, {line for line, _ in reader.marks})
    for step in (accent_edits, _rubies, repeat_edits, blank_lines, _dropped_ends):
        edits = step(text)
        if edits:
            live = revise(live, edits, dead)
            text = edited(text, edits)
    if reader.hidden:
        live = [(*one[:3], one[3] and one[3].translate(reader.hidden)) for one in live]
    return sorted(live + dead)


def _without_added_signs(segments: list[Segment], source: str) -> list[Segment]:
    """Segments of a body in which signs were added, as segments of the source without them."""
    added = [match.end() + n for n, match in enumerate(SIGN_MISSING.finditer(source))]
    return [
        ((s - bisect_left(added, s), e - bisect_left(added, e), kind, shown))
        for s, e, kind, shown in segments
    ]


def _rubies(text: str) -> list[Edit]:
    edits: list[Edit] = []
    add = edits.append
    bars = "｜" in text
    done = 0
    for match in _RUBY.finditer(text):
        start, end = match.span()
        bar = text.rfind("｜", done, start) if bars else -1
        marked = bar >= 0 and _NO_BAR.search(text, bar, start) is None
        last = bar if marked and bar == start - 1 else start
        if last and text[last - 1] not in _NO_BASE:
            if marked:
                add((bar, bar + 1, "ruby", ""))
            base = bar + 1 if marked else base_start(text, start, done)
            if base < start:
                add((base, start, "ruby_base", None))
            add((start, end, "ruby", ""))
        done = end
    return edits


def _blank_lines(numbers: set[int], text: str) -> list[Edit]:
    """Lines that hold nothing but notes and spaces."""
    lines = text.split("\n")
    starts = accumulate((len(line) + 1 for line in lines), initial=0)
    return [
        (start, start + len(lines[number]), "blank", "")
        for number, start in enumerate(starts)
        if number in numbers and lines[number] and not lines[number].strip()
    ]


def _dropped_ends(text: str) -> list[Edit]:
    """The line ends of lines that are empty, and those at both ends."""
    edits: list[Edit] = []
    for match in _LINE_ENDS.finditer(text):
        start, end = match.span()
        if start > 0 and end < len(text):
            start += 1  # one ends the line before
        if start < end:
            edits.append((start, end, "blank", ""))
    return edits
