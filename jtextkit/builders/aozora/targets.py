"""Where the text stands that a note after it is about: ``X［＃「X」は返り点］``.

Source: 青空文庫「注記一覧」, forward notes. What a note quotes leaves the ruby out, so the text may have
ruby in it and after it; and it may be the end of a ruby.

Not handled: a target that does not stand right before its note.
"""

from __future__ import annotations

import re
from typing import Final

_RUBY: Final = 200  # characters of ruby that may stand between a target and its note
_IN_TARGET: Final = "(?:《[^《》]*》)?"


def reach_of(target: str) -> int:
    """How many characters before a note may matter to find its target."""
    return 2 * len(target) + _RUBY


def find_target(tail: str, target: str) -> tuple[int, int] | None:
    """Where ``target`` stands in ``tail``, the text before its note; None if it does not end there.

    >>> find_target("山川《かわ》", "川")
    (1, 6)
    """
    if tail.endswith(target):
        return len(tail) - len(target), len(tail)
    start = max(tail.rfind("\n") + 1, len(tail) - reach_of(target))
    ruby = _IN_TARGET.join(map(re.escape, target))
    match = re.compile(f"｜?{ruby}{_IN_TARGET}$").search(tail, start)
    if match:
        return match.span()
    end = len(tail) - 1
    if tail.endswith(f"{target}》") and end - len(target) >= start:
        return end - len(target), end
    return None
