"""Strict text input: bytes become text, or an error that says what to do.

Nothing is ever replaced, ignored or guessed. Reading a *file* removes a byte order mark and makes
line ends LF, because both would add tokens and move scores; text that is already a ``str`` is never
changed, only checked.
"""

from __future__ import annotations

import codecs
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from jtextkit.core.errors import EncodingError, InputError, TextError, UsageError

FILE_NORMALISATION = "bom+lf"
"""What :func:`decode` does to text, for signatures: byte order mark off, line ends LF."""

# The strictest first: what is valid in an earlier one is seldom meant in a later one.
_USUAL_ENCODINGS = ("utf-16", "euc_jp", "shift_jis", "cp932", "iso2022_jp")


def check_is_text(value: object, taker: str, cure: str) -> None:
    """Refuse what is no ``str``, such as a list of texts where ``taker`` takes one.

    Raises:
        UsageError: the message names ``taker``, the kind that was given, and the cure.
    """
    if not isinstance(value, str):
        kind = "None" if value is None else f"a value of type {type(value).__name__}"
        raise UsageError(f"{taker} takes one text (str), not {kind}", cure=cure)


def check_text(text: str, *, where: str = "") -> None:
    """Refuse text that the analyser would cut short, choke on, or find nothing in.

    Raises:
        TextError: ``text`` is empty or blank, holds NUL (MeCab stops there without a word) or a
            lone surrogate (it has no UTF-8 form).
    """
    if not text or text.isspace():
        problem = "the text is empty" if not text else "the text is blank"
        raise TextError(problem, where=where, cure="a readability score needs at least one word")
    if (nul := text.find("\0")) >= 0:
        problem = f"NUL character in line {text.count(chr(10), 0, nul) + 1}"
        cure = "remove it: is this a binary file, or UTF-16 read as another encoding?"
        raise TextError(problem, where=where, cure=cure)
    try:
        text.encode()
    except UnicodeEncodeError as error:
        line = text.count("\n", 0, error.start) + 1
        problem = f"lone surrogate U+{ord(text[error.start]):04X} in line {line}"
        cure = "decode the source strictly instead of with surrogateescape or surrogatepass"
        raise TextError(problem, where=where, cure=cure) from None


def decode(data: bytes, encoding: str = "utf-8", *, where: str = "") -> str:
    """Decode a whole file strictly; byte order mark off, CRLF and CR to LF.

    Raises:
        UsageError: ``encoding`` is not an encoding that Python knows.
        EncodingError: ``data`` is not in ``encoding``; the message names the byte and, where an
            encoding usual for Japanese fits, that one.
    """
    try:
        codecs.lookup(encoding)
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        culprit = data[error.start : error.start + 1].hex().upper()  # empty past the end
        found = f"byte 0x{culprit}" if culprit else "it stops"
        problem = f"not {encoding}: {found} at offset {error.start}"
        raise EncodingError(problem, where=where, cure=_encoding_cure(data, encoding)) from None
    except (LookupError, UnicodeError, ValueError):
        problem = f"{encoding!r} does not name a text encoding"
        cure = "use one such as utf-8, shift_jis, euc_jp or utf-16"
        raise UsageError(problem, where=where, cure=cure) from None
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")


def _encoding_cure(data: bytes, tried: str) -> str:
    for name in _USUAL_ENCODINGS:
        if name == "utf-16" and not data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            continue  # without a mark almost any even number of bytes is "valid" UTF-16
        try:
            data.decode(name)
        except UnicodeDecodeError:
            continue
        if codecs.lookup(name) != codecs.lookup(tried):
            return f"it reads as {name}: try --encoding {name}"
    return "name the right one with --encoding, or convert the file to UTF-8"


def read_bytes(path: Path | str) -> bytes:
    """The bytes of a file, or of standard input for ``-``.

    Raises:
        InputError: the file is missing, is a folder, or may not be read.
    """
    if str(path) == "-":
        if sys.stdin is None:
            raise InputError("it is closed", where="standard input", cure="name a file")
        return sys.stdin.buffer.read()
    with file_errors(path):
        return Path(path).read_bytes()


@contextmanager
def file_errors(path: Path | str) -> Iterator[None]:
    """Make what the system says of a file that is read an :class:`InputError`."""
    try:
        yield
    except FileNotFoundError:
        raise InputError("no such file", where=str(path), cure="check the name") from None
    except IsADirectoryError:
        raise InputError("this is a folder", where=str(path), cure="name a file") from None
    except (OSError, ValueError) as error:  # ValueError: NUL in the name
        reason = error.strerror if isinstance(error, OSError) else error
        cure = "check the name and its permissions"
        raise InputError(f"cannot be read ({reason})", where=str(path), cure=cure) from None


def read_text(path: Path | str, encoding: str = "utf-8") -> str:
    """Read, decode and check one text file, or standard input for ``-``.

    Raises:
        InputError: it cannot be read; :class:`EncodingError` or :class:`TextError` if its content
            is at fault.
    """
    where = "standard input" if str(path) == "-" else str(path)
    text = decode(read_bytes(path), encoding, where=where)
    check_text(text, where=where)
    return text
