"""Every stretch of an Aozora Bunko file, what it is, and what the plain text has for it.

Source: 青空文庫「注記一覧」 (2010), read as :mod:`jtextkit.builders.aozora.notation` reads it, in another
way: there text is cut out of strings, here stretches of the source are told apart. Rendering the spans
gives the text of :func:`~jtextkit.builders.aozora.notation.read_text`, and each is tested against the
other.

The types are a closed list, :data:`SPAN_KINDS`; the notes among them are named as they are counted.

Not handled: a ruby or a note inside a note is part of it. A character that a note explains keeps the
note's type in the base of a ruby, and in a ruby.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable
from functools import partial
from typing import Final, NamedTuple

from jtextkit.builders.aozora.accents import ACCENT, ACCENTS, BRACKETED
from jtextkit.builders.aozora.brackets import notes_in
from jtextkit.builders.aozora.frame import frame
from jtextkit.builders.aozora.gaiji import GETA, RESERVED, Gaiji, resolve, signs_of
from jtextkit.builders.aozora.notation import NO_BASE, REPEATS, SIGN_MISSING, signs_mended
from jtextkit.builders.aozora.notes import Note, is_forward, read_note
from jtextkit.builders.aozora.segments import Edit, Segment, revise
from jtextkit.builders.aozora.targets import base_start, find_target, reach_of

SPAN_KINDS: Final = (
    "header",
    "symbols",
    "text",
    "blank",
    "ruby_base",
    "ruby",
    "gaiji_code",
    "gaiji_unicode",
    "gaiji_described",
    "gaiji_composed",
    "gaiji_similar",
    "gaiji_unresolved",
    "accent",
    "repeat_mark",
    "kunten",
    "warichu",
    "heading",
    "left_ruby",
    "note_ruby",
    "note_typography",
    "note_layout",
    "note_edition",
    "note_image",
    "note_unknown",
    "footer",
)
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
_REPEAT: Final = re.compile("|".join(map(re.escape, REPEATS)))
_LINE_ENDS: Final = re.compile("\n+")
_SHOWN_AS: Final = {ord(stand_in): char for char, stand_in in RESERVED.items()}


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
    notes = _Notes(body)
    notes.read()
    live, dead = notes.live, notes.dead
    text = _text_of(live, body)
    for step in (_accents, _rubies, _repeats, partial(_blank_lines, notes.lines), _dropped_ends):
        edits = step(text)
        if edits:
            live = revise(live, edits, dead)
            text = _edited(text, edits)
    if notes.reserved:
        live = [(*one[:3], one[3] and one[3].translate(_SHOWN_AS)) for one in live]
    return sorted(live + dead)


def _text_of(live: Iterable[Segment], body: str) -> str:
    return "".join([body[s:e] if shown is None else shown for s, e, _, shown in live])


def _edited(text: str, edits: list[Edit]) -> str:
    parts: list[str] = []
    place = 0
    for start, end, _, shown in edits:
        if shown is not None:
            parts += text[place:start], shown
            place = end
    parts.append(text[place:])
    return "".join(parts)


def _without_added_signs(segments: list[Segment], source: str) -> list[Segment]:
    """Segments of a body in which signs were added, as segments of the source without them."""
    added = [match.end() + n for n, match in enumerate(SIGN_MISSING.finditer(source))]
    return [
        ((s - bisect_left(added, s), e - bisect_left(added, e), kind, shown))
        for s, e, kind, shown in segments
    ]


class _Notes:
    """Separates notes and gaiji from text."""

    def __init__(self, body: str) -> None:
        self.live: list[Segment] = []
        self.dead: list[Segment] = []
        self.lines: set[int] = set()
        """The numbers of the lines with notes."""
        self.reserved = False
        self._body = body
        self._line = 0
        self._last = ""  # the last character of the text so far

    def read(self) -> None:
        place = 0
        for start, end, content in notes_in(self._body, _inner_gaiji, _ignore):
            self._put_source(place, start)
            if self._last == "※" and not is_forward(content):
                self._read_gaiji(start, end, content)
            else:
                self._read_note(start, end, content)
            place = end
        self._put_source(place, len(self._body))

    def _put_source(self, start: int, end: int) -> None:
        if start < end:
            self.live.append((start, end, "text", None))
            self._line += self._body.count("\n", start, end)
            self._last = self._body[end - 1]

    def _put(self, start: int, end: int, kind: str, text: str) -> None:
        if text:
            self.live.append((start, end, kind, text))
            self._last = text[-1]
        else:
            self.dead.append((start, end, kind, ""))

    def _read_gaiji(self, start: int, end: int, content: str) -> None:
        place, sign_end, kind, shown = self.live.pop()  # it ends in the ※
        signs = signs_of(content)
        if shown is not None:
            before = shown[: max(len(shown.rstrip("※")), len(shown) - len(signs))]
            found = [resolve(sign) for sign in signs[len(before) - len(shown) :]]
            self._put(place, sign_end, kind, before)
            self._put_gaiji(start, end, found)
            return
        text = self._body[place:sign_end]
        before_end = place + max(len(text.rstrip("※")), len(text) - len(signs))
        *others, last = (resolve(sign) for sign in signs[before_end - sign_end :])
        if place < before_end:
            self.live.append((place, before_end, kind, None))
        for at, gaiji in enumerate(others, before_end):
            self._put_gaiji(at, at + 1, [gaiji])
        if sign_end == start:
            start -= 1
        else:  # notes stand between the sign and its description
            self.dead.append((sign_end - 1, sign_end, last.kind, ""))
        self._put_gaiji(start, end, [last])

    def _put_gaiji(self, start: int, end: int, found: list[Gaiji]) -> None:
        chars = [self._hidden(gaiji.char or GETA) for gaiji in found]
        self._put(start, end, found[-1].kind, "".join(chars))

    def _hidden(self, char: str) -> str:
        if char in RESERVED:
            self.reserved = True
        return RESERVED.get(char, char)

    def _read_note(self, start: int, end: int, content: str) -> None:
        note = read_note(content)
        self.lines.add(self._line)
        shown = ""
        if note.effect == "warichu-begin":
            shown = "" if self._last == "（" else "（"
        elif note.effect == "warichu-end":
            shown = "" if self._body.startswith("）", end) else "）"
        elif note.effect:
            self._change_target(note)
        self._put(start, end, note.kind, shown)

    def _change_target(self, note: Note) -> None:
        """Carry out a note on the text before it."""
        tail, popped = self._tail(reach_of(note.target))
        found = find_target(tail, note.target)
        edits = _edits_on_target(note, tail, *found) if found else []
        if note.effect == "replace":
            edits = [(a, b, kind, self._hidden(note.char or GETA)) for a, b, kind, _ in edits]
        self.live += revise(popped, edits, self.dead) if edits else popped
        last = self.live[-1:]
        self._last = _text_of(last, self._body)[-1:] if last else ""

    def _tail(self, reach: int) -> tuple[str, list[Segment]]:
        """Take segments of ``reach`` characters or more off the end, and their text."""
        popped: list[Segment] = []
        while self.live and reach > 0:
            popped.append(self.live.pop())
            s, e, _, shown = popped[-1]
            reach -= e - s if shown is None else len(shown)
        popped.reverse()
        return _text_of(popped, self._body), popped


def _edits_on_target(note: Note, tail: str, start: int, end: int) -> list[Edit]:
    if note.effect != "warichu":
        return [(start, end, note.kind, "")]
    first, last = tail[start], tail[end - 1]
    if first == "（" and last == "）":
        return []
    if end - start == 1:
        return [(start, end, note.kind, f"（{first}）")]
    return [
        (start, start + 1, note.kind, f"（{first}"),
        (end - 1, end, note.kind, f"{last}）"),
    ]


def _inner_gaiji(content: str) -> str:
    return resolve(content).char or GETA


def _ignore(start: int, end: int) -> None:
    """An unclosed note is text."""


def _accents(text: str) -> list[Edit]:
    edits: list[Edit] = []
    if "〔" in text:
        for match in BRACKETED.finditer(text):
            start, end = match.span()
            pairs = list(ACCENT.finditer(text, start + 1, end - 1))
            if pairs:
                edits.append((start, start + 1, "accent", ""))
                edits += [(*pair.span(), "accent", ACCENTS[pair[0]]) for pair in pairs]
                edits.append((end - 1, end, "accent", ""))
    return edits


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


def _repeats(text: str) -> list[Edit]:
    if "＼" not in text:
        return []
    return [(*match.span(), "repeat_mark", REPEATS[match[0]]) for match in _REPEAT.finditer(text)]


def _blank_lines(numbers: set[int], text: str) -> list[Edit]:
    """Lines that hold nothing but notes and spaces."""
    lines = text.split("\n")
    blank = [n for n in sorted(numbers) if lines[n] and not lines[n].strip()]
    edits: list[Edit] = []
    number = place = 0
    for wanted in blank:
        place += sum(map(len, lines[number:wanted])) + wanted - number
        number = wanted
        edits.append((place, place + len(lines[wanted]), "blank", ""))
    return edits


def _dropped_ends(text: str) -> list[Edit]:
    """The line ends of lines that are empty, and those at both ends."""
    edits: list[Edit] = []
    place = len(text) - len(text.lstrip("\n"))
    stop = len(text.rstrip("\n"))
    if place:
        edits.append((0, place, "blank", ""))
    while place < stop and (first := text.find("\n\n", place, stop)) >= 0:
        match = _LINE_ENDS.match(text, first)
        assert match is not None
        place = match.end()
        edits.append((first + 1, place, "blank", ""))
    if place <= stop < len(text):
        edits.append((stop, len(text), "blank", ""))
    return edits
