"""From the bytes of an Aozora Bunko file to text.

Source: the site's files are Shift_JIS (JIS X 0208) with CRLF. Of 17,436 files six hold pairs that
only cp932 knows, one a pair of Shift_JIS-2004, four lack CRLF and 124 mix line ends.

Copies that people keep are often UTF-8. Real Shift_JIS of Japanese is never valid UTF-8, but short UTF-8
may pass for Shift_JIS, so where both are welcome UTF-8 is asked first. Builders welcome Shift_JIS alone:
what is not as the site made it is better fetched again.

Not handled: other encodings, and UTF-8 with private characters or noncharacters. They are refused.
"""

from __future__ import annotations

import codecs
import re
from typing import Final

from jtextkit.core.errors import EncodingError

_WIDER: Final = ("cp932", "shift_jis_2004")
_CURE: Final = "Aozora Bunko files are Shift_JIS; convert it or fetch it again"
_HANDLER: Final = "jtextkit.aozora.wider"
_LEAD: Final = re.compile(rb"[\x81-\x9f\xe0-\xfc].", re.DOTALL)
_PRIVATE: Final = re.compile("[\ue000-\uf8ff]")
# Reading puts the like of these into the text, and takes them out again.
_STAND_IN: Final = re.compile("[\ufdd0-\ufdef\U000f0000-\U0010ffff]")


def _wider_pair(error: UnicodeError) -> tuple[str, int]:
    """Read a pair that strict Shift_JIS refuses in the codecs that hold more characters."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    pair = error.object[error.start : error.start + 2]
    for codec in _WIDER:
        try:
            char = pair.decode(codec)
        except UnicodeDecodeError:
            continue
        # cp932 also reads lone bytes, as controls or as private characters: those are no text.
        if _LEAD.match(pair) and not _PRIVATE.search(char):
            return char, error.start + len(pair)
    raise error


codecs.register_error(_HANDLER, _wider_pair)


def decode(data: bytes, *, where: str, utf8: bool = False) -> str:
    """Strict Shift_JIS with LF line ends; wider codecs only for the pairs that fail.

    Args:
        data: the file.
        where: what errors call it.
        utf8: read UTF-8 as well, with or without its mark.

    Raises:
        EncodingError: a byte that none of them reads, or NUL.
    """
    nul = data.find(0)
    if nul >= 0:
        raise EncodingError(
            f"byte {nul:,} is NUL", where=where, cure="this is not a text; fetch it again"
        )
    unicode = _utf8(data)
    if utf8 and unicode is not None:
        if found := _STAND_IN.search(unicode):
            raise EncodingError(
                f"character {found.start():,} (U+{ord(found[0]):04X}) is for private use or none",
                where=where,
                cure="take it out, or fetch the work again",
            )
        return unicode
    try:
        return _with_lf(data.decode("shift_jis"))
    except UnicodeDecodeError:
        if unicode is not None:
            # Shift_JIS-2004 would read most of it, as other characters.
            raise EncodingError("this is UTF-8, not Shift_JIS", where=where, cure=_CURE) from None
    try:
        return _with_lf(data.decode("shift_jis", _HANDLER))
    except UnicodeDecodeError as error:
        place = error.start
        shown = data[place : place + 2].hex(" ").upper()
        problem = f"byte {place:,} ({shown}) is not Shift_JIS"
        raise EncodingError(problem, where=where, cure=_CURE) from None


def _with_lf(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _utf8(data: bytes) -> str | None:
    """``data`` read as UTF-8, without its mark; None where it is none."""
    try:
        return _with_lf(data.decode("utf-8-sig"))
    except UnicodeDecodeError:
        return None
