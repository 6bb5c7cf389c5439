"""The notes ［＃…］ of a body taken out, and its gaiji ※［＃…］ in.

Notes are read before all other notation, because they hold every kind of it and stand in none. What is
left is a list of segments (:mod:`~jtextkit.builders.aozora.segments`): their text is what
:mod:`~jtextkit.builders.aozora.notation` reads on, their places what
:mod:`~jtextkit.builders.aozora.spans` tells.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from typing import Final, Literal

from jtextkit.builders.aozora.brackets import notes_in
from jtextkit.builders.aozora.gaiji import CODED, GETA, RESERVED, resolve, signs_of
from jtextkit.builders.aozora.notes import Note, is_forward, read_note
from jtextkit.builders.aozora.segments import Edit, Segment, revise, text_of
from jtextkit.builders.aozora.targets import find_target, reach_of

GaijiAs = Literal["name", "geta", "describe"]
"""What stands for a gaiji without a code: the character that its description names, or 〓 if it names
none; always 〓; the character, or the description in ［ ］ if it names none."""

SHOWN: Final = 40  # characters shown of what could not be read
_LONG_NOTE: Final = 120  # of 670,000 notes two are longer
_DESCRIBED: Final = 0xF0000  # where private characters start: no text of Shift_JIS holds one
_IN_DESCRIPTION: Final = re.compile("[\U000f0000-\U0010ffff]")


class NoteReader:
    """Reads all notes of one body."""

    def __init__(self, body: str, gaiji: GaijiAs = "name") -> None:
        self.live: list[Segment] = []
        self.dead: list[Segment] = []
        self.marks: list[tuple[int, Note]] = []
        """All notes but those of gaiji, with the numbers of their lines."""
        self.counts: Counter[str] = Counter()
        self.unresolved: Counter[str] = Counter()
        self.alarms: Counter[str] = Counter()
        self.hidden: dict[int, str] = {}
        """Stand-ins, and what is put back for them last."""
        self._body = body
        self._gaiji = gaiji
        self._described: dict[str, str] = {}
        self._line = 0
        self._last = ""  # the last character of the text so far
        self._read()
        self.counts.update([note.kind for _, note in self.marks])

    def _read(self) -> None:
        place = 0
        for start, end, content in notes_in(
            self._body, lambda content: self._char(content)[1], self._unclosed
        ):
            self._keep(place, start)
            if self._last == "※" and not is_forward(content):
                self._read_gaiji(start, end, content)
            else:
                self._read_note(start, end, content)
            place = end
        self._keep(place, len(self._body))

    def _unclosed(self, start: int, end: int) -> None:
        self.unresolved[f"unclosed note: {self._body[start : min(end, start + SHOWN)]}"] += 1

    def _keep(self, start: int, end: int) -> None:
        """A stretch of the source is text."""
        if start < end:
            self.live.append((start, end, "text", None))
            self._line += self._body.count("\n", start, end)
            self._last = self._body[end - 1]

    def _put(self, start: int, end: int, kind: str, text: str) -> None:
        """``text`` stands for a stretch of the source."""
        if text:
            self.live.append((start, end, kind, text))
            self._last = text[-1]
        else:
            self.dead.append((start, end, kind, ""))

    def _read_gaiji(self, start: int, end: int, content: str) -> None:
        """Put what ``content`` describes for the ※, or for several of them, before it."""
        place, sign_end, kind, shown = self.live.pop()  # it ends in the ※
        text = self._body[place:sign_end] if shown is None else shown
        signs = signs_of(content)
        before = text[: max(len(text.rstrip("※")), len(text) - len(signs))]
        if before.endswith("※"):
            self.unresolved[f"left ※: ※［＃{content}"[:SHOWN]] += 1
        found = []
        for sign in signs[len(before) - len(text) :]:
            gaiji_kind, char = self._char(sign)
            self.counts[gaiji_kind] += 1
            if gaiji_kind == "gaiji_unresolved":
                self.unresolved[f"gaiji: {sign}"] += 1
            found.append((gaiji_kind, self._hide(char)))
        last = found[-1][0]
        if shown is not None:
            self._put(place, sign_end, kind, before)
            self._put(start, end, last, "".join(char for _, char in found))
            return
        at = place + len(before)
        if before:
            self.live.append((place, at, kind, None))
        for one in found[:-1]:
            self._put(at, at + 1, *one)
            at += 1
        if sign_end == start:
            start -= 1
        else:  # notes stand between the sign and its description
            self.dead.append((at, sign_end, last, ""))
        self._put(start, end, *found[-1])

    def _char(self, content: str) -> tuple[str, str]:
        """The kind of a gaiji, and the character for it, which may stand for its description."""
        kind, char = resolve(content, words=self._gaiji != "geta")
        return kind, char or self._lost(content)

    def _lost(self, content: str) -> str:
        """What stands for a gaiji that nothing resolves: one character, like any other."""
        if self._gaiji != "describe":
            return GETA
        char = self._described.get(content)
        if char is None:
            code = _DESCRIBED + len(self._described)
            if code > sys.maxunicode:
                return GETA
            self._described[content] = char = chr(code)
            # Not the descriptions in the description: nested deeply, they would grow without end.
            self.hidden[code] = f"［{_IN_DESCRIPTION.sub(GETA, content)}］"
        return char

    def _hide(self, char: str) -> str:
        """A character that a note names, hidden from what is read later if it must be."""
        if char in RESERVED:
            self.hidden[ord(RESERVED[char])] = char
            char = RESERVED[char]
        return char

    def _read_note(self, start: int, end: int, content: str) -> None:
        if len(content) > _LONG_NOTE:
            self.alarms[f"long note: {content[:SHOWN]}"] += 1
        note = read_note(content)
        if note.effect == "replace" and self._gaiji == "geta" and note.kind not in CODED:
            note = note._replace(kind="gaiji_unresolved", char="")
        self.marks.append((self._line, note))
        shown = ""
        if note.effect == "warichu-begin":
            shown = "" if self._last == "（" else "（"
        elif note.effect == "warichu-end":
            shown = "" if self._body.startswith("）", end) else "）"
        elif note.effect:
            self._change_target(note, content)
        elif note.kind == "note_unknown":
            self.unresolved[f"note: {content}"] += 1
        self._put(start, end, note.kind, shown)

    def _change_target(self, note: Note, content: str) -> None:
        """Carry out a note on the text before it."""
        popped, tail, skipped = self._tail(reach_of(note.target))
        found = find_target(tail, note.target)
        if found is None:
            self.unresolved[f"target not found: {content}"] += 1
            self.live += popped
            return
        edits: list[Edit] = [
            (start + skipped, end + skipped, note.kind, new)
            for start, end, new in self._edits(note, content, tail, *found)
        ]
        self.live += revise(popped, edits, self.dead)
        self._last = text_of(self.live[-1:], self._body)[-1:]

    def _edits(
        self, note: Note, content: str, tail: str, start: int, end: int
    ) -> list[tuple[int, int, str]]:
        if note.effect == "replace":
            if not note.char:
                self.unresolved[f"gaiji: {content}"] += 1
            return [(start, end, self._hide(note.char or self._lost(content)))]
        if note.effect == "delete":
            return [(start, end, "")]
        first, last = tail[start], tail[end - 1]
        if first == "（" and last == "）":
            return []
        if end - start == 1:
            return [(start, end, f"（{first}）")]
        return [(start, start + 1, f"（{first}"), (end - 1, end, f"{last}）")]

    def _tail(self, reach: int) -> tuple[list[Segment], str, int]:
        """Take segments of ``reach`` characters or more off the end.

        Returns:
            The segments, the end of their text, and how many characters of theirs are before it.
        """
        popped: list[Segment] = []
        while self.live and reach > 0:
            popped.append(self.live.pop())
            s, e, kind, shown = popped[-1]
            reach -= e - s if shown is None else len(shown)
        popped.reverse()
        ends = popped.copy()
        skipped = max(-reach, 0) if popped and popped[0][3] is None else 0
        if skipped:  # not copied: a line may be long, and have a note after each of its characters
            ends[0] = (s + skipped, e, kind, None)
        return popped, text_of(ends, self._body), skipped
