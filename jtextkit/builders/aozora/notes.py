"""What a note ［＃…］ of Aozora Bunko means.

Source: 青空文庫「注記一覧」 (2010) and the shapes met in 17,436 texts. Notes are told apart by their
wording once everything quoted in 「 」 is taken out, so that a quoted word never decides.

Not handled: what a note says about the look of the page (widths, sizes, positions) is not kept.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final, NamedTuple

from jtextkit.builders.aozora.gaiji import code_in, resolve
from jtextkit.builders.aozora.tables import rows


class Note(NamedTuple):
    """A note, read."""

    kind: str
    """The name under which it is counted; ``note_unknown`` where the wording is not known."""
    mark: str = ""
    """What it says about its line (``line``, ``heading``, ``gap``), or about the lines from here on
    (``begin``, ``end``, ``heading-begin``, ``heading-end``)."""
    blocks: frozenset[str] = frozenset()
    """The layout blocks that it opens or closes."""
    effect: str = ""
    """What it does to the text: ``delete``, ``replace``, ``warichu``, ``warichu-begin``, ``warichu-end``."""
    target: str = ""
    """The text before the note that the effect is on."""
    char: str = ""
    """What the target is replaced by; empty where it is a gaiji that nothing names."""


_LONGEST: Final = 2000  # real notes stay below 200 characters
_DEPTH: Final = 4  # quotes in quotes

_QUOTED: Final = re.compile("「[^「」]*」")
# What is quoted first; only where its quotes do not match, as much as can be.
_FIRST: Final = re.compile("「((?:[^「」]|「(?:[^「」]|「[^「」]*」)*」)+)」[はに]")
_ANY: Final = re.compile("「(.+)」[はに]")

_BLOCKS: Final = dict(rows("blocks.tsv"))
"""Words for layout blocks, and the block that is meant: some close with the words for another."""

_KUNTEN: Final = re.compile(
    "[一二三四五六七八九十レ上中下甲乙丙丁天地人]+|（[^（）]+）|[^「」]*返り点[^「」]*"
)
# What notes say that leave the text as it is; the first that fits decides. A heading with 同行 or 窓
# shares its line with running text.
_SAYINGS: Final = [(re.compile(said), Note(kind, mark)) for kind, mark, said in rows("notes.tsv")]
_EDITION: Final = next(said for said, note in _SAYINGS if note.kind == "note_edition")


@lru_cache(maxsize=1 << 14)
def read_note(content: str) -> Note:
    """The meaning of what stands between ［＃ and ］, its own notation already resolved."""
    if len(content) > _LONGEST:
        return Note("note_unknown")
    wording = _wording(content)
    return _text_note(content, wording) or _note_that_says(wording)


@lru_cache(maxsize=1 << 12)
def _note_that_says(wording: str) -> Note:
    """Notes that leave the text as it is: what they quote does not matter."""
    for said, note in _SAYINGS:
        if note.mark == "line" and _EDITION.search(wording):
            continue
        if said.search(wording):
            if note.mark not in ("begin", "end"):
                return note
            if blocks := frozenset(block for name, block in _BLOCKS.items() if name in wording):
                return note._replace(blocks=blocks)
    return Note("note_unknown")


def _wording(content: str) -> str:
    """What a note says, without what it quotes."""
    wording = content
    for _ in range(_DEPTH):
        shorter = _QUOTED.sub("", wording)
        if not shorter or shorter == wording:
            break
        wording = shorter
    return wording


def is_forward(content: str) -> bool:
    """Whether a note right after ※ is about the text before it, and no description of a gaiji.

    A description ends in a code or in the page and line of the edition, and so in a digit.
    """
    return (
        content.startswith("「")
        and not content[-1:].isdecimal()
        and read_note(content).kind in ("note_typography", "note_ruby", "left_ruby", "heading")
    )


def _target(content: str) -> str:
    found = _FIRST.match(content) or _ANY.match(content)
    return found[1] if found else ""


def _text_note(content: str, wording: str) -> Note | None:
    """Notes that change the text."""
    if "割り注" in wording:
        if wording.endswith("終わり"):
            return Note("warichu", effect="warichu-end")
        target = _target(content)
        if target:
            return Note("warichu", effect="warichu", target=target)
        return Note("warichu", effect="warichu-begin")
    target = _target(content)
    if target and ("返り点" in wording or "訓点" in wording):
        return Note("kunten", effect="delete", target=target)
    if target and wording.startswith("は") and "底本" not in wording:
        code = code_in(wording) or (resolve(content) if target == "※" else None)
        if code:
            return Note(code[0], effect="replace", target=target, char=code[1] or "")
    if _KUNTEN.fullmatch(content):
        return Note("kunten")
    return None
