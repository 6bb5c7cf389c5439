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
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, Literal

from jtextkit.builders.aozora.accents import accent_edits
from jtextkit.builders.aozora.archive import read_member
from jtextkit.builders.aozora.encoding import decode
from jtextkit.builders.aozora.frame import frame
from jtextkit.builders.aozora.layout import arrange
from jtextkit.builders.aozora.reader import SHOWN, GaijiAs, NoteReader
from jtextkit.builders.aozora.segments import Edit, edited, text_of
from jtextkit.core.display import Displayed
from jtextkit.core.errors import UsageError

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


# After these, as at the start of a text, there is no base that a ruby could be for.
NO_BASE: Final = "「『（［〔【\n　｜"
_BAR: Final = re.compile(
    f"｜([^｜《》\n]*)(?=《[^《》\n]+》)(?:(?<=[^{NO_BASE}])|(?<=[^{NO_BASE}]｜))"
)
_RUBY: Final = re.compile(f"《(?<=[^{NO_BASE}]《)[^《》\n]+》")
# Of 3.5 million rubies one is longer; it may have swallowed text.
_LONG_RUBY: Final = re.compile(f"《(?<=[^{NO_BASE}]《)[^《》\n]{{41,}}》")
_USUAL_RUBY: Final = re.compile(f"《(?<=[^{NO_BASE}]《)[^《》\n]{{1,40}}》")
# A slip of the typist: nothing but a gaiji is described so, with a place in JIS X 0213 or a page.
SIGN_MISSING: Final = re.compile(
    "※［(?=(?:「[^［］\n]{0,80}|[^［］＃「」、\n]{1,40}、[^［］\n]{0,20})"
    "[0-9]-(?:[上中下左右]-)?[0-9]{1,3}］)"
)
# Another one: no text but a note says of what it quotes that it has 傍点.
_WRONG_SIGNS: Final = ("［＊", "［*", "［♯", "［#")
_WRONG_SIGN: Final = re.compile("［[＊*♯#](?=「[^［］\n]{1,40}」[にはの][^「」［］\n]{1,20}］)")
# The repeat marks くの字点, as they are typed and as they are.
_REPEATS: Final = {"／″＼": "〴〵", "／゛＼": "〴〵", "／゜＼": "〳゚〵", "／＼": "〳〵"}
_REPEAT: Final = re.compile("|".join(_REPEATS))
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
    _, start, end = frame(text)
    body = signs_mended(text[start:end])
    reader = NoteReader(body, gaiji)
    body = _without_marks(text_of(reader.live, body), reader, ruby)
    unresolved, alarms = reader.unresolved, reader.alarms
    if reader.hidden:
        body = body.translate(reader.hidden)
        unresolved = _keys_shown(unresolved, reader.hidden)
        alarms = _keys_shown(alarms, reader.hidden)
    ruled = "-" in body or "=" in body
    lines, kinds, gaps, unclosed = arrange(body.split("\n"), reader.marks, ruled=ruled)
    for name in unclosed:
        unresolved[f"unclosed block: {name}"] += 1
    return PlainText(
        lines,
        kinds,
        gaps,
        {kind: count for kind, count in sorted(reader.counts.items()) if count},
        dict(sorted(unresolved.items())),
        dict(sorted(alarms.items())),
    )


@dataclass(frozen=True, slots=True)
class WorkText:
    """The plain text of a work, and what it was made from."""

    plain: PlainText
    member_sha256: str
    """SHA-256 of the text file, whether it lay in a zip or not."""
    member_bytes: int
    """Bytes of the text file."""


def read_path(path: Path, *, where: str = "", gaiji: GaijiAs = "name") -> WorkText:
    """The text of any one Aozora Bunko file, ``.zip`` or ``.txt``.

    Args:
        path: the file.
        where: what errors call it, where its path on this machine should not show.
        gaiji: what stands for a gaiji without a code.
    """
    where = where or str(path)
    member = read_member(path, where=where)
    text = decode(member.data, where=f"{where}: {member.name}")
    return WorkText(read_text(text, gaiji=gaiji), member.sha256, len(member.data))


def signs_mended(source: str) -> str:
    """``source`` with the ＃ that a typist forgot in ``※［「…」、12-3］``, or mistyped in ``［＊「…」に傍点］``."""
    if any(wrong in source for wrong in _WRONG_SIGNS):
        source = _WRONG_SIGN.sub("［＃", source)
    return SIGN_MISSING.sub("※［＃", source) if "※［" in source else source


def _without_marks(body: str, reader: NoteReader, ruby: RubyAs) -> str:
    """The body without accents, ruby and くの字点, which are read in bulk once notes are gone."""
    counts = reader.counts
    if accents := accent_edits(body):
        counts["accent"] = sum(edit[3] != "" for edit in accents)
        body = edited(body, accents)
    kept = body
    if "《" in body:
        if "｜" in body:
            body = "".join(_BAR.split(body))
        marked = body
        body, counts["ruby"] = _USUAL_RUBY.subn("", marked)
        if "《" in body:  # it is none, or a long one
            body, counts["ruby"] = _RUBY.subn("", marked)
            for match in _LONG_RUBY.finditer(marked):
                reader.alarms[f"long ruby: {match[0][:SHOWN]}"] += 1
    marks = repeat_edits(body)
    counts["repeat_mark"] = len(marks)
    body = edited(body, marks)
    for sign, pattern in _LEFT_OVER:
        if sign in body:
            for match in pattern.finditer(body):
                reader.unresolved[f"left {sign}: {match[0][-SHOWN:]}"] += 1
    return body if ruby == "drop" else edited(kept, repeat_edits(kept))


def _keys_shown(counts: Counter[str], hidden: dict[int, str]) -> Counter[str]:
    shown: Counter[str] = Counter()
    for what, count in counts.items():
        shown[what.translate(hidden)] += count
    return shown


def repeat_edits(text: str) -> list[Edit]:
    """What changes where くの字点 become what they are."""
    if "＼" not in text:
        return []
    return [(*match.span(), "repeat_mark", _REPEATS[match[0]]) for match in _REPEAT.finditer(text)]
