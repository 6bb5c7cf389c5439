"""A compact copy of a UniDic, on which MeCab finds the same words in less time.

What MeCab spends its time on is waiting for memory. The copy holds what cutting a text into words
needs, and of each word nothing but its class:

- a feature is one letter for the class (a capital for unknown words), so 150 of unidic-lite's 190 MB
  go, and MeCab prints one byte a word;
- of entries with one surface and the same context ids the cheapest stays (the first of equals): the
  others cost more in every sentence, and had they been chosen, the class, which the left id decides,
  would be the same;
- the entries 。？！． are the ends of sentences, by letter.

Trie, costs, connections and character classes stay as they are, so the words are the same ones.

The format is that of MeCab 0.996 (``dictionary.cpp``, ``darts.h``), little-endian: a header of ten
32-bit numbers (the file's size xor a magic number, version, type, entries, left and right ids, bytes of
trie, entries and features, unused) and the character set in 32 bytes; a double array of units (base,
check), where the value of a key, −1 − base of a leaf, is the number of its first entry times 256 plus
how many there are; entries of 16 bytes; features, each ended by NUL.

Not handled: other versions of the format, and user dictionaries.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from string import ascii_lowercase, ascii_uppercase

import numpy as np
import numpy.typing as npt

from jtextkit.metrics.classes import END

__all__ = ["FormatError", "Letters", "write_compact"]

_MAGIC = 0xEF718F77
_VERSION = 102
_HEADER = 72
_FIELDS = 10
_LEXICON, _TRIE, _ENTRIES, _FEATURES = 3, 6, 7, 8  # places in the header

_Unit = np.dtype([("base", "<i4"), ("check", "<u4")])
_Entry = np.dtype(
    [
        ("left", "<u2"),
        ("right", "<u2"),
        ("pos", "<u2"),
        ("cost", "<i2"),
        ("feature", "<u4"),
        ("compound", "<u4"),
    ]
)

_END_MARKS = "。？！．"
_SHARED = ("matrix.bin", "char.bin", "dicrc")


class FormatError(ValueError):
    """A file is not what MeCab 0.996 writes, or has more classes than there are letters."""


@dataclass(frozen=True, slots=True)
class Letters:
    """What the printed letters mean: classes of known and of unknown words."""

    known: Mapping[str, int]
    unknown: Mapping[str, int]


def write_compact(
    source: Path, target: Path, known: Mapping[int, int], unknown: Mapping[int, int]
) -> Letters:
    """Write a compact copy of the dictionary ``source`` to the empty folder ``target``.

    Args:
        known, unknown: class of each left context id
            (:func:`~jtextkit.metrics.classes.left_id_classes`).

    Returns:
        The letters that ``%H`` prints.

    Raises:
        FormatError: the files are of another format.
        OSError: they cannot be read, or the copy cannot be written.
    """
    system = _read(source / "sys.dic")
    classes = _by_entry(system.entries, known) & ~END
    ends = _end_marks(system)
    classes[ends] += END
    possible = {value & ~END for value in known.values()} | set(classes[ends].tolist())
    letters = _name(system, classes, possible, ascii_lowercase)
    _write(target / "sys.dic", _without_dominated(system))

    unknowns = _read(source / "unk.dic")
    classes = _by_entry(unknowns.entries, unknown) & ~END
    capitals = _name(unknowns, classes, set(classes.tolist()), ascii_uppercase)
    _write(target / "unk.dic", unknowns)
    for name in _SHARED:
        (target / name).symlink_to((source / name).absolute())
    return Letters(letters, capitals)


@dataclass(slots=True)
class _Lexicon:
    header: npt.NDArray[np.uint32]
    charset: bytes
    units: npt.NDArray[np.void]
    entries: npt.NDArray[np.void]
    features: bytes = b""


def _read(path: Path) -> _Lexicon:
    """All but the features, which make up most of the file."""
    with path.open("rb") as file:
        start = file.read(_HEADER)
        if len(start) < _HEADER:
            raise FormatError(f"{path.name} is too short")
        header = np.frombuffer(start, "<u4", _FIELDS).copy()
        trie, entries, features = (int(header[i]) for i in (_TRIE, _ENTRIES, _FEATURES))
        size = path.stat().st_size
        if (
            int(header[0]) ^ _MAGIC != size
            or int(header[1]) != _VERSION
            or _HEADER + trie + entries + features != size
            or trie % _Unit.itemsize
            or entries % _Entry.itemsize
        ):
            raise FormatError(f"{path.name} is of another format")
        units = np.frombuffer(file.read(trie), _Unit).copy()
        return _Lexicon(
            header,
            start[4 * _FIELDS :],
            units,
            np.frombuffer(file.read(entries), _Entry).copy(),
        )


def _write(path: Path, lexicon: _Lexicon) -> None:
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


def _by_entry(entries: npt.NDArray[np.void], classes: Mapping[int, int]) -> npt.NDArray[np.int64]:
    table = np.full(1 << 16, -1, np.int64)
    table[list(classes)] = list(classes.values())
    found: npt.NDArray[np.int64] = table[entries["left"]]
    if (found < 0).any():
        raise FormatError("an entry has a left context id that left-id.def lacks")
    return found


def _name(
    lexicon: _Lexicon, classes: npt.NDArray[np.int64], possible: Collection[int], alphabet: str
) -> dict[str, int]:
    """Give each class a letter, and make it the feature of its entries."""
    values = np.array(sorted(possible))
    if len(values) > len(alphabet):
        raise FormatError("there are more classes of words than letters")
    letters = alphabet[: len(values)]
    lexicon.features = b"".join(letter.encode() + b"\0" for letter in letters)
    lexicon.entries["feature"] = 2 * np.searchsorted(values, classes)
    return dict(zip(letters, values.tolist(), strict=True))


def _end_marks(lexicon: _Lexicon) -> npt.NDArray[np.intp]:
    """The places of the entries whose surface is exactly an end mark."""
    found = [_find(lexicon.units, mark.encode()) for mark in _END_MARKS]
    return np.concatenate([np.arange(first, first + number) for first, number in found])


def _find(units: npt.NDArray[np.void], key: bytes) -> tuple[int, int]:
    """First entry and number of entries of a surface: Darts' exact match, its end as code 0."""
    base = int(units["base"][0])
    for code in (*(byte + 1 for byte in key), 0):
        place = base + code
        if place >= len(units) or units["check"][place] != base:
            return 0, 0
        base = int(units["base"][place])
    return (-1 - base) >> 8, (-1 - base) & 0xFF


def _without_dominated(lexicon: _Lexicon) -> _Lexicon:
    entries = lexicon.entries
    leaves = np.flatnonzero(lexicon.units["base"] < 0)
    values = -1 - lexicon.units["base"][leaves].astype(np.int64)
    firsts, numbers = values >> 8, values & 0xFF
    order = np.argsort(firsts)
    if not np.array_equal(np.cumsum(numbers[order]), [*firsts[order][1:], len(entries)]):
        raise FormatError("the keys do not share out the entries")

    surface = np.repeat(np.arange(len(leaves)), numbers[order])
    several = np.flatnonzero(np.repeat(numbers[order] > 1, numbers[order]))
    some = entries[several]
    ids = (surface[several] << 32) + (some["left"].astype(np.int64) << 16) + some["right"]
    ranked = np.lexsort((some["cost"], ids))  # stable: the first of equals stays in front
    kept = np.ones(len(entries), bool)
    kept[several[ranked[1:][ids[ranked][1:] == ids[ranked][:-1]]]] = False

    before = np.concatenate([[0], np.cumsum(kept)])
    units = lexicon.units.copy()
    units["base"][leaves] = -1 - ((before[firsts] << 8) + before[firsts + numbers] - before[firsts])
    return _Lexicon(lexicon.header, lexicon.charset, units, entries[kept], lexicon.features)
