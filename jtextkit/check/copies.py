"""Copies in anybody's set: texts that are equal but for marks and width, similar, or a character apart.

A similarity of shingles says little of short texts: one character of 25 is in 5 of 21 shingles, and a
copy without it is only 0.6 similar. So texts of :data:`SHORT` are compared with other splits by characters
too. Numerals do not count: a problem with other numbers is another problem. Not handled: paraphrases, and short texts
with two characters changed.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Final

from jtextkit.builders.sets.reading import Item
from jtextkit.builders.sets.twins import Twins, TwinsFound, find_twins
from jtextkit.core.progress import Progress

NEAR: Final = 0.8
"""Jaccard similarity of 5-character shingles from which on a text nearly repeats another."""

SHORT: Final = range(10, 60)
"""Characters of texts, marks and white space aside, that are compared by characters too."""

_MARKS = re.compile(r"(?<!\d)[\W_]+|[\W_]+(?!\d)")
_NUMERALS = frozenset("0123456789〇一二三四五六七八九十百千万億兆")
_BLOCK = 20_000


def plain(text: str) -> str:
    """A text in NFKC, without white space, and without marks but those between digits.

    >>> plain("「ＡＢＣ」 を、 読む！"), plain("3.5 + 2"), plain("……")
    ('ABCを読む', '3.5+2', '......')
    """
    bare = "".join(unicodedata.normalize("NFKC", text).split())
    return _MARKS.sub("", bare) or bare


def find_copies(items: Sequence[Item], text: Callable[[Item], str], report: Progress) -> TwinsFound:
    """Texts that are :func:`plain` alike, that in NFKC have a similarity of :data:`NEAR`, or that are
    short and one of another split but for a character that was put in, left out, replaced or moved.

    Args:
        items: each split's together.
    """

    def folded(item: Item) -> str:
        return unicodedata.normalize("NFKC", text(item))

    found = find_twins(items, folded, NEAR, report, same=plain)
    known = {twins.other.place for twins in found.twins if twins.across}
    rest = [item for item in items if item.place not in known]
    return replace(found, twins=(*found.twins, *_but_for_a_character(rest, text)))


def _but_for_a_character(items: Sequence[Item], text: Callable[[Item], str]) -> Iterator[Twins]:
    short = [(item, body) for item in items if len(body := plain(text(item))) in SHORT]
    second = next((i for i, (item, _) in enumerate(short) if item.split != short[0][0].split), 0)
    for first in range(second or len(short), len(short), _BLOCK):
        lacking: dict[str, list[int]] = {}
        for number, (_, body) in enumerate(short[first : first + _BLOCK], first):
            for key in _shortened(body):
                lacking.setdefault(key, []).append(number)
        found: dict[int, Twins] = {}
        for at, (item, body) in enumerate(short[: first + _BLOCK]):
            for key in _shortened(body) & lacking.keys():
                for number in lacking[key]:
                    other = short[number][0]
                    if at < number and other.split != item.split:
                        twins = Twins(item, other, 1 - 1 / len(body), but_for_a_character=True)
                        found.setdefault(number, twins)
        yield from (found[number] for number in sorted(found))


def _shortened(body: str) -> set[str]:
    """A text as it is, and without each of its characters that is no numeral."""
    return {body} | {body[:i] + body[i + 1 :] for i, c in enumerate(body) if c not in _NUMERALS}
