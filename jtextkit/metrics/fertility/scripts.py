"""The class of a character: its script, and for 漢字 the school year that teaches it.

School years are those of :mod:`jtextkit.metrics.kanji`; 漢字 that it does not list are ``beyond``.

Not handled: script by language (漢字 of a Chinese quotation are 漢字), and characters of several
code points: each code point has its own class, so a flag is two emoji.
"""

import unicodedata

import numpy as np
from numpy.typing import NDArray

from jtextkit.metrics.kanji import kanji_classes

Bytes = NDArray[np.uint8]

KANJI_CLASSES = ("1", "2", "3", "4", "5", "6", "jouyou", "beyond")
"""School years 1 to 6, other 常用漢字, and 漢字 beyond them."""

SCRIPTS = (
    "kanji", "hiragana", "katakana", "latin", "digits", "symbols", "emoji", "other", "space",
)  # fmt: skip
"""Classes of characters; ``other`` is letters of other scripts, ``symbols`` all punctuation."""

CLASSES = (*KANJI_CLASSES, *SCRIPTS[1:])
"""The finest classes: 漢字 by :data:`KANJI_CLASSES`, then the other scripts."""

_UNKNOWN = 255
_TABLE = np.full(0x110000, _UNKNOWN, np.uint8)  # a class for each code point, as they occur
# Wide pictures that have no class of their own in the Unicode Character Database as Python has it.
_EMOJI = (
    (0x1F000, 0x1FAFF),
    (0x2600, 0x27BF),
    (0x2B50, 0x2B55),
    (0x231A, 0x231B),
    (0x20E3, 0x20E3),
)
_EMOJI_PARTS = frozenset((0x200D, 0xFE0F, *range(0xE0020, 0xE0080)))


def classes_of(codes: NDArray[np.uint32]) -> Bytes:
    """Places in :data:`CLASSES` for code points."""
    found = _TABLE[codes]
    if (found == _UNKNOWN).any():
        for code in np.unique(codes[found == _UNKNOWN]).tolist():
            _TABLE[code] = CLASSES.index(_class(code))
        found = _TABLE[codes]
    return found


def script_of(classes: Bytes) -> Bytes:
    """Places in :data:`SCRIPTS` for places in :data:`CLASSES`: all 漢字 are one."""
    beyond = np.uint8(len(KANJI_CLASSES) - 1)
    return np.maximum(classes, beyond) - beyond


def _class(code: int) -> str:
    character = chr(code)
    name = unicodedata.name(character, "")
    category = unicodedata.category(character)
    if (name.startswith("CJK ") and "IDEOGRAPH" in name) or character in "々〆〇〻":
        return kanji_classes().get(character, "beyond")
    if category in ("Nd", "Nl", "No"):
        return "digits" if category == "Nd" else "symbols"
    # ー is common to both kana, and written in katakana words nearly always.
    if "KATAKANA" in name and character not in "・･゠":
        return "katakana"
    if "HIRAGANA" in name:
        return "hiragana"
    if character.isspace():
        return "space"
    if any(a <= code <= b for a, b in _EMOJI) or code in _EMOJI_PARTS:
        return "emoji"
    if category.startswith(("L", "M")):
        return "latin" if "LATIN" in name else "other"
    return "symbols"
