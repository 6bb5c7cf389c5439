"""MeCab's compiled lexicons (``sys.dic``, ``unk.dic``): reading and writing them without features.

The format is that of MeCab 0.996 (``dictionary.cpp``, ``darts.h``), little-endian: a header of ten
32-bit numbers (the file's size xor a magic number, version, type, entries, right and left context
ids, bytes of trie, entries and features, unused) and the character set in 32 bytes; the trie as a
double array of units (base, check); entries of 16 bytes; features, each ended by NUL.

In the trie, the child of a unit by a byte is at the unit's base + byte + 1, if check there is that
base; the value of the key that ends at a unit is in the unit at its base: −1 − base there is the
number of the key's first entry times 256 plus how many it has.

Not handled: other versions of the format, and user dictionaries.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

_MAGIC = 0xEF718F77
_VERSION = 102
_HEADER = 72
_FIELDS = 10
_LEXICON, _TRIE, _ENTRIES, _FEATURES = 3, 6, 7, 8  # places in the header

UNIT = np.dtype([("base", "<i4"), ("check", "<u4")])

_ENTRY = np.dtype(
    [
        ("left", "<u2"),
        ("right", "<u2"),
        ("pos", "<u2"),
        ("cost", "<i2"),
        ("feature", "<u4"),
        ("compound", "<u4"),
    ]
)

Array = npt.NDArray[Any]


class CompactFormatError(ValueError):
    """A file is not what MeCab 0.996 writes, or has more classes than there are letters."""


@dataclass(slots=True)
class Lexicon:
    """A lexicon in memory.

    Attributes:
        units: the trie, of :data:`UNIT`.
        entries: with ``left``, ``right`` (context ids), ``cost`` and ``feature`` (offset).
        features: what offsets of entries point into.
    """

    header: Array
    charset: bytes
    units: Array
    entries: Array
    features: bytes = b""


def read(path: Path) -> Lexicon:
    """All but the features, which make up most of the file.

    Raises:
        CompactFormatError: the file is of another format, or cut short.
        OSError: it cannot be read.
    """
    with path.open("rb") as file:
        start = file.read(_HEADER)
        if len(start) < _HEADER:
            raise CompactFormatError(f"{path.name} is too short")
        header = np.frombuffer(start, "<u4", _FIELDS).copy()
        trie, entries, features = (int(header[i]) for i in (_TRIE, _ENTRIES, _FEATURES))
        size = path.stat().st_size
        if (
            int(header[0]) ^ _MAGIC != size
            or int(header[1]) != _VERSION
            or _HEADER + trie + entries + features != size
            or trie % UNIT.itemsize
            or entries % _ENTRY.itemsize
        ):
            raise CompactFormatError(f"{path.name} is of another format")
        units = np.fromfile(file, UNIT, trie // UNIT.itemsize)
        rows = np.fromfile(file, _ENTRY, entries // _ENTRY.itemsize)
    return Lexicon(header, start[4 * _FIELDS :], units, rows)


def write(path: Path, lexicon: Lexicon) -> None:
    """Write a lexicon; what its header says of sizes is set right."""
    header = lexicon.header.copy()
    header[_LEXICON] = len(lexicon.entries)
    header[_TRIE] = lexicon.units.nbytes
    header[_ENTRIES] = lexicon.entries.nbytes
    header[_FEATURES] = len(lexicon.features)
    header[0] = (_HEADER + sum(int(header[i]) for i in (_TRIE, _ENTRIES, _FEATURES))) ^ _MAGIC
    with path.open("wb") as file:
        file.write(header.tobytes() + lexicon.charset)
        lexicon.units.tofile(file)
        lexicon.entries.tofile(file)
        file.write(lexicon.features)


def leaves_of(lexicon: Lexicon) -> tuple[Array, Array, Array]:
    """The units that hold values, in the order of their first entries: places, first entries, and
    numbers of entries.

    Raises:
        CompactFormatError: the keys do not share out the entries, each to one.
    """
    base = lexicon.units["base"]
    leaves = np.flatnonzero(base < 0)
    values = -1 - base[leaves].astype(np.int64)
    order = np.argsort(values)
    leaves, firsts, numbers = leaves[order], values[order] >> 8, values[order] & 0xFF
    if not np.array_equal(np.cumsum(numbers), [*firsts[1:], len(lexicon.entries)]):
        raise CompactFormatError("the keys do not share out the entries")
    return leaves, firsts, numbers


def find(units: Array, key: bytes) -> tuple[int, int]:
    """First entry and number of entries of a key; zero entries where it is not there."""
    base = int(units["base"][0])
    for code in (*(byte + 1 for byte in key), 0):
        place = base + code
        if place >= len(units) or units["check"][place] != base:
            return 0, 0
        base = int(units["base"][place])
    return (-1 - base) >> 8, (-1 - base) & 0xFF
