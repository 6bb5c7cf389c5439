"""From an Aozora Bunko text to its plain text.

Source: 青空文庫「注記一覧」 (2010) and 「組版案内」. The plain text is the body alone: ruby, notes and
訓点 are out, 割り注 stays in parentheses, gaiji are resolved where a code names them and are 〓 where
none does, くの字点 are 〳〵 and 〴〵, accents are composed, empty lines are dropped.

Nothing vanishes silently: all notation is counted by kind, and what could not be read is listed.

Not handled: where in the text a ruby or an emphasis stood is not kept.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import Final

from jtextkit.builders.aozora import accents
from jtextkit.builders.aozora.encoding import decode
from jtextkit.builders.aozora.frame import body_span
from jtextkit.builders.aozora.gaiji import GETA, RESERVED, resolve
from jtextkit.builders.aozora.layout import arrange
from jtextkit.builders.aozora.notes import Note, is_forward, read_note

__all__ = ["PlainText", "decode", "read_text"]


@dataclass(frozen=True, slots=True)
class PlainText:
    """The body of a work as plain text, and an account of its notation."""

    lines: tuple[str, ...]
    """The lines that are not empty; the indentation 　 is kept."""
    kinds: str
    """One letter a line: ``p`` paragraph, ``h`` heading, ``b`` in or with a layout block."""
    gaps: frozenset[int]
    """The lines before which the source has a blank line or a page break."""
    notation: dict[str, int]
    """How often each kind of notation occurs."""
    unresolved: dict[str, int]
    """What could not be read, as ``kind: text``, and how often."""

    @property
    def text(self) -> str:
        """The lines joined by LF, with none at the end."""
        return "\n".join(self.lines)


_SHOWN: Final = 40  # characters shown of what could not be read
_REACH: Final = 200  # characters of ruby that may stand between a target and its note
_CHUNK: Final = 4096  # characters taken more than asked for, so that a long line is not cut often

_BAR: Final = re.compile("｜([^｜《》\n]*)(?=《[^《》\n]+》)")
# After an opening bracket, or at the start of a line, there is no base that a ruby could be for.
_RUBY: Final = re.compile("《(?<=[^「『（［〔【\n　]《)[^《》\n]+》")
# A slip of the typist: nothing but a gaiji is described so.
_SIGN_MISSING: Final = re.compile("※［(?=「[^［］\n]{0,80}[0-9]-[0-9]{1,3}］)")
_REPEATS: Final = (("／″＼", "〴〵"), ("／゛＼", "〴〵"), ("／＼", "〳〵"))
# What these find was neither read nor dropped; an empty 《》 is how a text names the sign.
_LEFT_OVER: Final = (
    ("《", re.compile("《(?!》)[^\n]{0,20}")),
    ("》", re.compile("^[^《\n]*》", re.MULTILINE)),
    ("｜", re.compile("｜[^\n]{0,20}")),
    ("＃", re.compile("[^\n]{0,5}(?<!［)＃[^\n]{0,20}")),
)


def read_text(text: str) -> PlainText:
    """The plain text of a whole Aozora Bunko file, decoded and with LF line ends."""
    start, end = body_span(text)
    source = text[start:end]
    if "※［「" in source:
        source = _SIGN_MISSING.sub("※［＃", source)
    reader = _NoteReader()
    body = reader.read(source)
    body = _without_marks(body, reader.counts, reader.unresolved)
    if reader.reserved:
        for char, stand_in in RESERVED.items():
            body = body.replace(stand_in, char)
    layout = arrange(body.split("\n"), reader.marks)
    for name in layout.unclosed:
        reader.unresolved[f"unclosed block: {name}"] += 1
    return PlainText(
        layout.lines,
        layout.kinds,
        layout.gaps,
        {kind: count for kind, count in sorted(reader.counts.items()) if count},
        dict(sorted(reader.unresolved.items())),
    )


def _without_marks(body: str, counts: Counter[str], unresolved: Counter[str]) -> str:
    """The body without accents, ruby and くの字点, which are read in bulk once notes are gone."""
    if "〔" in body:
        body, counts["accent"] = accents.compose(body)
    if "《" in body:
        if "｜" in body:
            body = "".join(_BAR.split(body))
        body, counts["ruby"] = _RUBY.subn("", body)
    if "＼" in body:
        for written, char in _REPEATS:
            counts["repeat_mark"] += body.count(written)
            body = body.replace(written, char)
    for sign, pattern in _LEFT_OVER:
        if sign in body:
            for match in pattern.finditer(body):
                unresolved[f"left {sign}: {match[0][-_SHOWN:]}"] += 1
    return body


class _NoteReader:
    """Takes the notes ［＃…］ out of one body, and the gaiji ※［＃…］ in.

    Notes are read before all other notation, because they hold every kind of it and stand in none.
    """

    __slots__ = ("_line", "_out", "counts", "marks", "reserved", "unresolved")

    def __init__(self) -> None:
        self.counts: Counter[str] = Counter()
        self.unresolved: Counter[str] = Counter()
        self.marks: list[tuple[int, Note]] = []
        self.reserved = False
        self._out: list[str] = []
        self._line = 0

    def read(self, body: str) -> str:
        """The body without its notes; its line ends are all kept."""
        head, *pieces = body.split("［＃")
        self._put(head)
        opened: list[list[str]] = []  # what was read so far of the notes that are open
        for piece in pieces:
            close = piece.find("］")
            content = piece[:close]
            if not opened and close >= 0 and "\n" not in content and not content.endswith("「"):
                # Nearly every note: it opens and closes here, and holds none.
                self._read_note(content, piece[close + 1 : close + 2])
                self._put(piece[close + 1 :])
                continue
            opened.append([])
            self._read_nested(opened, piece)
        self._unclosed(opened)
        self.counts.update(note.kind for _, note in self.marks)
        return "".join(self._out)

    def _read_nested(self, opened: list[list[str]], piece: str) -> None:
        """Read on in the innermost of the open notes, and in those around it as they close."""
        place = 0
        line_end = piece.find("\n")
        limit = len(piece) if line_end < 0 else line_end
        while opened:
            close = piece.find("］", place, limit)
            if close > 0 and piece[close - 1] == "「" and piece.startswith("」", close + 1):
                close = piece.find("］", close + 1, limit)  # 「］」 is quoted
            if close < 0:
                break
            parts = opened.pop()
            parts.append(piece[place:close])
            content = "".join(parts)
            place = close + 1
            if opened:
                _read_inner(opened[-1], content)
            else:
                self._read_note(content, piece[place : place + 1])
        if not opened:
            self._put(piece[place:])
            return
        opened[-1].append(piece[place:limit])
        if line_end >= 0:
            self._unclosed(opened)
            self._put(piece[line_end:])

    def _put(self, text: str) -> None:
        if text:
            self._out.append(text)
            self._line += text.count("\n")

    def _unclosed(self, opened: list[list[str]]) -> None:
        """No note spans lines: one that is still open where its line ends is text."""
        for parts in opened:
            literal = "［＃" + "".join(parts)
            self.unresolved[f"unclosed note: {literal[:_SHOWN]}"] += 1
            self._put(literal)
        opened.clear()

    def _read_note(self, content: str, follows: str) -> None:
        out = self._out
        if out and out[-1].endswith("※") and not is_forward(content):
            out[-1] = out[-1][:-1]
            self._read_gaiji(content)
            return
        note = read_note(content)
        self.marks.append((self._line, note))
        if note.effect:
            self._apply(note, content, follows)
        elif note.kind == "note_unknown":
            self.unresolved[f"note: {content}"] += 1

    def _read_gaiji(self, content: str) -> None:
        gaiji = resolve(content)
        self.counts[gaiji.kind] += 1
        if gaiji.char is None:
            self.unresolved[f"gaiji: {content}"] += 1
        self._put_char(gaiji.char or GETA)

    def _put_char(self, char: str) -> None:
        """Write a character that a note names, hidden from what is read later if it must be."""
        if char in RESERVED:
            self.reserved = True
            char = RESERVED[char]
        self._put(char)

    def _apply(self, note: Note, content: str, follows: str) -> None:
        """Carry out a note that changes the text."""
        out = self._out
        if note.effect == "warichu-begin":
            if not (out and out[-1].endswith("（")):
                self._put("（")
        elif note.effect == "warichu-end":
            if follows != "）":
                self._put("）")
        elif taken := _take(out, note.target):
            base, after = taken
            if note.effect == "replace":
                self._put_char(note.char)
            elif note.effect == "warichu":
                bare = base.startswith("（") and base.endswith("）")
                self._put(base if bare else f"（{base}）")
            self._put(after)
        else:
            self.unresolved[f"target not found: {content}"] += 1


def _read_inner(outer: list[str], content: str) -> None:
    """A note in a note: nothing of it is text, but its gaiji make descriptions and targets whole."""
    if outer[-1].endswith("※"):
        outer[-1] = outer[-1][:-1]
        outer.append(resolve(content).char or GETA)


def _take(out: list[str], target: str) -> tuple[str, str] | None:
    """Cut ``target`` from the end of what was written, with the ruby in it and after it.

    Returns:
        What was cut, and what has to be put back after it (a target may be the end of a ruby);
        None if the line does not end in the target.
    """
    reach = 2 * len(target) + _REACH
    tail = _pop_tail(out, reach)
    if tail.endswith(target):
        out.append(tail[: len(tail) - len(target)])
        return target, ""
    start = max(tail.rfind("\n") + 1, len(tail) - reach)
    ruby = "(?:《[^《》]*》)?"
    match = re.compile(f"｜?{ruby.join(map(re.escape, target))}{ruby}$").search(tail, start)
    after = ""
    if match is None and tail.endswith(f"{target}》"):
        match = re.compile(f"{re.escape(target)}(?=》$)").search(tail, start)
        after = "》"
    if match is None:
        out.append(tail)
        return None
    out.append(tail[: match.start()])
    return match[0], after


def _pop_tail(out: list[str], reach: int) -> str:
    """Take the last ``reach`` characters or more off ``out``, without copying all of it."""
    parts = []
    while out and reach > 0:
        part = out.pop()
        if len(part) > reach + _CHUNK:
            out.append(part[: -reach - _CHUNK])
            part = part[-reach - _CHUNK :]
        parts.append(part)
        reach -= len(part)
    return "".join(reversed(parts))
