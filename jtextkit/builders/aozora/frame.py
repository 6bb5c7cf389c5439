"""Where the body of an Aozora Bunko file starts and ends.

Source: 青空文庫「作業マニュアル」. The usual file is: title and authors, an empty line, a rule of
hyphens, 【テキスト中に現れる記号について】, a rule, the body, and the edition from ``底本：`` on. Older
files leave parts out or write them in their own way; what 17,436 files do is read here.

Not handled: a file with none of these marks is all body, but for what stands before its first empty
line; an author's name that an empty line parts from the title (two files) is taken for body; rules
between the stories of one file stay as lines.
"""

from __future__ import annotations

import re
from typing import Final

_TITLE_LINES: Final = 12  # no title block is longer: what is, is text
_SYMBOL_LINES: Final = 80
_NOTE_CHARACTERS: Final = 6000  # how far before the edition the typist's notes may start

_EMPTY: Final = re.compile(r"\n(?:[ \t　]*\n)+")
_RULE: Final = re.compile(r"^(?:-{10,}|={10,})[^\n]*$", re.MULTILINE)
# Rules of another make, which only a list of symbols between them tells from text.
_SHORT_RULE: Final = re.compile(r"^[-=－―─ー]{3,}[ \t　]*$", re.MULTILINE)
# Rules also part the stories of a book: between them must be a list of symbols, not a story.
_SYMBOLS: Final = re.compile(
    r"^(?:【[^】\n]*(?:記号|表記|注記|凡例)|［(?:表記について|収録作品)］|(?:《》|｜|［＃］|※|／＼|〔〕)[：:])",
    re.MULTILINE,
)

_END: Final = ("\n底本：", "\n［＃本文終わり］")
_END_RARE: Final = re.compile(
    r"^(?:底本[:・「]|定本：|=+底本|底本の親本：|[●■]?入力者注\s*$)", re.MULTILINE
)
_TYPIST: Final = re.compile(r"\n[-=]{10,}\n[●■]?入力者注\n")
_CLOSING_RULE: Final = re.compile(r"\n[-=]{10,}\s*\Z")


def frame(text: str) -> tuple[int, int, int]:
    """Where the parts of a text start, whose line ends are LF.

    Returns:
        The offsets of the block on the symbols used, which may be empty, of the body, and of the
        footer; the header stands before them.
    """
    symbols, start = _start(text)
    return symbols, start, _end(text, start)


def _start(text: str) -> tuple[int, int]:
    """Where the block on symbols starts, and where the body does."""
    lead = len(text) - len(text.lstrip("\n"))
    empty = _EMPTY.search(text, lead)
    if empty is None or text.count("\n", lead, empty.start()) >= _TITLE_LINES:
        return lead, lead
    start = empty.end()
    for rule in (_RULE, _SHORT_RULE):
        opening = rule.match(text, start)
        first = opening.end() if opening else start
        closing = rule.search(text, first)
        if closing is None or text.count("\n", first, closing.start()) > _SYMBOL_LINES:
            continue
        symbols = _SYMBOLS.search(text, first, closing.start())
        if symbols and (opening or symbols.start() == start):
            return start, closing.end()
    return start, start


def _end(text: str, start: int) -> int:
    # One character back, so that a mark on the first line of the body is seen.
    marks = [text.find(mark, max(start - 1, 0)) for mark in _END]
    found = [place for place in marks if place >= 0]
    if found:
        end = max(min(found), start)
    elif rare := _END_RARE.search(text, start):
        end = rare.start()
    else:
        return len(text)
    typist = _TYPIST.search(text, max(start, end - _NOTE_CHARACTERS), end)
    if typist:
        return typist.start()
    tail = text[max(start, end - 200) : end].rstrip("\n")
    rule = _CLOSING_RULE.search(tail)
    return end - min(end - start, 200) + rule.start() if rule else end
