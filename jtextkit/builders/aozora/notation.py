"""From an Aozora Bunko text to its plain text.

Source: 青空文庫「注記一覧」 (2010) and 「組版案内」. The plain text is the body alone: ruby, notes and
訓点 are out, 割り注 stays in parentheses, gaiji are resolved where a code names them and are 〓 where
none does, くの字点 are 〳〵 and 〴〵, accents are composed, empty lines are dropped.

Nothing vanishes silently: all notation is counted by kind, what could not be read is listed, and so
are a ruby or a note too long to be one. Where in the file each thing stands is told by
:mod:`jtextkit.builders.aozora.spans`.

Not handled: with ``ruby="keep"``, a 《 that the text names as gaiji looks like that of a ruby.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from dataclasses import dataclass, field
from typing import Any, Final, Literal

from jtextkit.builders.aozora import accents
from jtextkit.builders.aozora.brackets import notes_in
from jtextkit.builders.aozora.frame import body_span
from jtextkit.builders.aozora.gaiji import CODED, GETA, RESERVED, Gaiji, resolve, signs_of
from jtextkit.builders.aozora.layout import arrange
from jtextkit.builders.aozora.notes import Note, is_forward, read_note
from jtextkit.builders.aozora.targets import find_target, reach_of
from jtextkit.core.display import Displayed
from jtextkit.core.errors import UsageError

GaijiAs = Literal["name", "geta", "describe"]
"""What stands for a gaiji without a code: the character that its description names, or 〓 if it names
none; always 〓; the character, or the description in ［ ］ if it names none."""
RubyAs = Literal["drop", "keep"]
"""Whether ruby goes, or stays as it was written."""


@dataclass(frozen=True, slots=True, repr=False)
class PlainText(Displayed):
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
    alarms: dict[str, int] = field(default_factory=dict)
    """What was read, but is so long that it may have swallowed text."""

    def _facts(self) -> dict[str, Any]:
        return {
            "lines": len(self.lines),
            "characters": len(self.text),
            "unresolved": sum(self.unresolved.values()),
        }

    @property
    def text(self) -> str:
        """The lines joined by LF, with none at the end."""
        return "\n".join(self.lines)

    @property
    def spaced(self) -> str:
        """The text with an empty line wherever there is a gap."""
        gaps = self.gaps
        return "\n".join(f"\n{line}" if n in gaps else line for n, line in enumerate(self.lines))


_SHOWN: Final = 40  # characters shown of what could not be read
_LONG_NOTE: Final = 120  # of 670,000 notes two are longer
_CHUNK: Final = 4096  # characters taken more than asked for, so that a long line is not cut often

# After these, as at the start of a text, there is no base that a ruby could be for.
NO_BASE: Final = "「『（［〔【\n　｜"
_BAR: Final = re.compile(
    f"｜([^｜《》\n]*)(?=《[^《》\n]+》)(?:(?<=[^{NO_BASE}])|(?<=[^{NO_BASE}]｜))"
)
_RUBY: Final = re.compile(f"《(?<=[^{NO_BASE}]《)[^《》\n]+》")
# Of 3.5 million rubies one is longer; it may have swallowed text.
_LONG_RUBY: Final = re.compile(f"《(?<=[^{NO_BASE}]《)[^《》\n]{{41,}}》")
_USUAL_RUBY: Final = re.compile(f"《(?<=[^{NO_BASE}]《)[^《》\n]{{1,40}}》")
_DESCRIBED: Final = 0xF0000  # where private characters start: no text of Shift_JIS holds one
_IN_DESCRIPTION: Final = re.compile("[\U000f0000-\U0010ffff]")
# A slip of the typist: nothing but a gaiji is described so, with a place in JIS X 0213 or a page.
SIGN_MISSING: Final = re.compile(
    "※［(?=(?:「[^［］\n]{0,80}|[^［］＃「」、\n]{1,40}、[^［］\n]{0,20})"
    "[0-9]-(?:[上中下左右]-)?[0-9]{1,3}］)"
)
# Another one: no text but a note says of what it quotes that it has 傍点.
_WRONG_SIGNS: Final = ("［＊", "［*", "［♯", "［#")
_WRONG_SIGN: Final = re.compile("［[＊*♯#](?=「[^［］\n]{1,40}」[にはの][^「」［］\n]{1,20}］)")
REPEATS: Final = {"／″＼": "〴〵", "／゛＼": "〴〵", "／゜＼": "〳゚〵", "／＼": "〳〵"}
"""The repeat marks くの字点, as they are typed and as they are."""
# What these find was neither read nor dropped; an empty 《》 is how a text names the sign.
_LEFT_OVER: Final = (
    ("《", re.compile("《(?!》)[^\n]{0,20}")),
    ("》", re.compile("^[^《\n]*》", re.MULTILINE)),
    ("｜", re.compile("｜[^\n]{0,20}")),
    ("＃", re.compile("[^\n]{0,5}(?<!［)＃[^\n]{0,20}")),
)


def read_text(text: str, *, gaiji: GaijiAs = "name", ruby: RubyAs = "drop") -> PlainText:
    """The plain text of a whole Aozora Bunko file, decoded and with LF line ends.

    Raises:
        UsageError: ``gaiji`` or ``ruby`` is none of the words that they can be.
    """
    if gaiji not in ("name", "geta", "describe") or ruby not in ("drop", "keep"):
        raise UsageError(
            f"gaiji={gaiji!r}, ruby={ruby!r} is not a way to read",
            cure="gaiji is name, geta or describe, ruby is drop or keep",
        )
    start, end = body_span(text)
    reader = _NoteReader(gaiji)
    body = reader.read(signs_mended(text[start:end]))
    body = _without_marks(body, reader, ruby)
    unresolved, alarms = reader.unresolved, reader.alarms
    if reader.hidden:
        body = _shown(body, reader.hidden)
        unresolved = _keys_shown(unresolved, reader.hidden)
        alarms = _keys_shown(alarms, reader.hidden)
    layout = arrange(body.split("\n"), reader.marks, ruled="-" in body or "=" in body)
    for name in layout.unclosed:
        unresolved[f"unclosed block: {name}"] += 1
    return PlainText(
        layout.lines,
        layout.kinds,
        layout.gaps,
        {kind: count for kind, count in sorted(reader.counts.items()) if count},
        dict(sorted(unresolved.items())),
        dict(sorted(alarms.items())),
    )


def signs_mended(source: str) -> str:
    """``source`` with the ＃ that a typist forgot in ``※［「…」、12-3］``, or mistyped in ``［＊「…」に傍点］``."""
    if any(wrong in source for wrong in _WRONG_SIGNS):
        source = _WRONG_SIGN.sub("［＃", source)
    return SIGN_MISSING.sub("※［＃", source) if "※［" in source else source


def _without_marks(body: str, reader: _NoteReader, ruby: RubyAs) -> str:
    """The body without accents, ruby and くの字点, which are read in bulk once notes are gone."""
    counts = reader.counts
    if "〔" in body:
        body, counts["accent"] = accents.compose(body)
    kept = body
    if "《" in body:
        if "｜" in body:
            body = "".join(_BAR.split(body))
        marked = body
        body, counts["ruby"] = _USUAL_RUBY.subn("", marked)
        if "《" in body:  # it is none, or a long one
            body, counts["ruby"] = _RUBY.subn("", marked)
            for match in _LONG_RUBY.finditer(marked):
                reader.alarms[f"long ruby: {match[0][:_SHOWN]}"] += 1
    if "＼" in body:
        counts["repeat_mark"] = sum(body.count(written) for written in REPEATS)
        body = _repeats_joined(body)
    for sign, pattern in _LEFT_OVER:
        if sign in body:
            for match in pattern.finditer(body):
                reader.unresolved[f"left {sign}: {match[0][-_SHOWN:]}"] += 1
    return body if ruby == "drop" else _repeats_joined(kept)


def _shown(text: str, hidden: dict[int, str]) -> str:
    """``text`` with what stand-ins stand for."""
    if len(hidden) > 50:
        return text.translate(hidden)
    for stand_in, char in hidden.items():
        text = text.replace(chr(stand_in), char)
    return text


def _keys_shown(counts: Counter[str], hidden: dict[int, str]) -> Counter[str]:
    shown: Counter[str] = Counter()
    for what, count in counts.items():
        shown[_shown(what, hidden)] += count
    return shown


def _repeats_joined(body: str) -> str:
    for written, char in REPEATS.items():
        body = body.replace(written, char)
    return body


class _NoteReader:
    """Takes the notes ［＃…］ out of one body, and the gaiji ※［＃…］ in.

    Notes are read before all other notation, because they hold every kind of it and stand in none.
    """

    __slots__ = (
        "_described",
        "_gaiji",
        "_line",
        "_out",
        "alarms",
        "counts",
        "hidden",
        "marks",
        "unresolved",
    )

    def __init__(self, gaiji: GaijiAs) -> None:
        self.counts: Counter[str] = Counter()
        self.unresolved: Counter[str] = Counter()
        self.alarms: Counter[str] = Counter()
        self.marks: list[tuple[int, Note]] = []
        self.hidden: dict[int, str] = {}  # stand-ins, and what is put back for them last
        self._gaiji = gaiji
        self._described: dict[str, str] = {}
        self._out: list[str] = []
        self._line = 0

    def read(self, body: str) -> str:
        """The body without its notes; its line ends are all kept."""

        def unclosed(start: int, end: int) -> None:
            shown = body[start : min(end, start + _SHOWN)]
            self.unresolved[f"unclosed note: {shown}"] += 1

        out = self._out
        place = 0
        for start, end, content in notes_in(body, self._inner_gaiji, unclosed):
            if start > place:
                text = body[place:start]
                out.append(text)
                self._line += text.count("\n")
            place = end
            if not out or out[-1][-1] != "※" or is_forward(content):
                self._read_note(content, body[end : end + 1])
            else:
                self._read_gaiji(content)
        if place < len(body):
            self._put(body[place:])
        self.counts.update([note.kind for _, note in self.marks])
        return "".join(out)

    def _put(self, text: str) -> None:
        self._out.append(text)
        self._line += text.count("\n")

    def _read_note(self, content: str, follows: str) -> None:
        if len(content) > _LONG_NOTE:
            self.alarms[f"long note: {content[:_SHOWN]}"] += 1
        note = read_note(content)
        if note.effect == "replace" and self._gaiji == "geta" and note.kind not in CODED:
            note = note._replace(kind="gaiji_unresolved", char="")
        self.marks.append((self._line, note))
        if note.effect:
            self._apply(note, content, follows)
        elif note.kind == "note_unknown":
            self.unresolved[f"note: {content}"] += 1

    def _read_gaiji(self, content: str) -> None:
        """Put what ``content`` describes for the ※, or for several of them, before it."""
        before = self._out.pop()
        signs = signs_of(content)[-(len(before) - len(before.rstrip("※"))) :]
        self._out.append(before[: -len(signs)])
        if before[: -len(signs)].endswith("※"):
            self.unresolved[f"left ※: ※［＃{content}"[:_SHOWN]] += 1
        for sign in signs:
            gaiji = self._resolve(sign)
            self.counts[gaiji.kind] += 1
            if gaiji.char is None:
                self.unresolved[f"gaiji: {sign}"] += 1
            self._put_char(gaiji.char or self._lost(sign))

    def _resolve(self, content: str) -> Gaiji:
        return resolve(content, words=self._gaiji != "geta")

    def _inner_gaiji(self, content: str) -> str:
        return self._resolve(content).char or self._lost(content)

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

    def _put_char(self, char: str) -> None:
        """Write a character that a note names, hidden from what is read later if it must be."""
        if char in RESERVED:
            self.hidden[ord(RESERVED[char])] = char
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
                if not note.char:
                    self.unresolved[f"gaiji: {content}"] += 1
                self._put_char(note.char or self._lost(content))
            elif note.effect == "warichu":
                bare = base.startswith("（") and base.endswith("）")
                self._put(base if bare else f"（{base}）")
            if after:
                self._put(after)
        else:
            self.unresolved[f"target not found: {content}"] += 1


def _take(out: list[str], target: str) -> tuple[str, str] | None:
    """Cut ``target`` from the end of what was written, with the ruby in it and after it.

    Returns:
        What was cut, and what has to be put back after it (a target may be the end of a ruby);
        None if the line does not end in the target.
    """
    tail = _pop_tail(out, reach_of(target))
    found = find_target(tail, target)
    start, end = found or (len(tail), 0)
    if start:
        out.append(tail[:start])
    if found is None:
        return None
    return tail[start:end], tail[end:]


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
