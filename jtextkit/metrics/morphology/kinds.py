"""The kinds of a compiled dictionary's words, by the features that UniDic gives each entry.

A file of MeCab's (``sys.dic``, ``unk.dic``) is a header of ten 32-bit numbers and the character set
in 32 bytes, a double array, tokens of 16 bytes (the place of a token's features stands in bytes 8 to
11), and the features: lines of CSV in UTF-8, each ended by NUL. Its other parts are looked at by the
core.
"""

from __future__ import annotations

import re
import struct
from array import array
from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet
from mmap import mmap
from typing import NamedTuple

from jtextkit.metrics.morphology.classes import flags

_MAGIC, _HEADER, _TOKEN = 0xEF718F77, 72, 16
_POS1, _POS2, _CTYPE, _LEMMA, _GOSHU = 0, 1, 4, 7, 12
_CLASSICAL = "文語".encode()

# MeCab's CSV: white space in front goes, and what stands between a closing quotation mark and the comma.
_FIELD = re.compile(rb'[ \t]*(?:"((?:[^"]|"")*)"?[^,]*|([^,]*)),')


class Kind(NamedTuple):
    """What words have in common: three features, and whether they are 文語 and in the list of words."""

    pos1: bytes
    pos2: bytes
    goshu: bytes
    classical: bool
    listed: bool

    @property
    def features(self) -> list[str]:
        """Part of speech and origin as MeCab prints them: of what says nothing, nothing."""
        return [part.decode().removeprefix("*") for part in self[:3]]

    @property
    def flags(self) -> int:
        """What the core counts such a word as (:func:`~jtextkit.metrics.morphology.classes.flags`)."""
        pos1, pos2, goshu = (part.decode() for part in self[:3])
        return flags(pos1, pos2, goshu, classical=self.classical, listed=self.listed)


def kinds_of(lexicon: mmap, words: AbstractSet[bytes] | None) -> tuple[list[Kind], bytes]:
    """The kinds of a dictionary's words, and the number of that of each entry, 16 bits each.

    Args:
        words: the list of words, each ``lemma\\tpos1``, the lemma without what UniDic adds after a
            hyphen; None for unknown words, which have no lemma and no origin.

    Raises:
        ValueError: this is not a UniDic, or it is damaged.
    """
    header = struct.unpack_from("=10I", lexicon) if len(lexicon) >= _HEADER else (0,) * 10
    trie, tokens, features = header[6:9]
    if header[0] ^ _MAGIC != len(lexicon) or _HEADER + trie + tokens + features != len(lexicon):
        raise ValueError("the dictionary is of another format")
    places = array("I", lexicon[_HEADER + trie : _HEADER + trie + tokens])[2 :: _TOKEN // 4]
    found: dict[tuple[bytes, bytes, bytes, bool, bool], int] = {}
    entries = array("H")
    try:
        for fields in _features(lexicon[-features:], places):
            classical = len(fields) > _CTYPE and fields[_CTYPE].startswith(_CLASSICAL)
            goshu, listed = b"", False
            if words is not None:
                goshu, lemma = fields[_GOSHU], fields[_LEMMA]
                listed = b"%s\t%s" % (lemma.partition(b"-")[0] or lemma, fields[_POS1]) in words
            kind = (fields[_POS1], fields[_POS2], goshu, classical, listed)
            entries.append(found.setdefault(kind, len(found)))
    except (ValueError, IndexError, OverflowError) as error:
        raise ValueError("a feature is not one of UniDic") from error
    return [Kind(*kind) for kind in found], entries.tobytes()


def _features(features: bytes, places: Iterable[int]) -> Iterator[list[bytes]]:
    for place in places:
        line = features[place : features.index(0, place)]
        if b'"' in line or b" " in line or b"\t" in line:
            fields = _FIELD.findall(line + b",")
            yield [quoted.replace(b'""', b'"') or plain for quoted, plain in fields]
        else:
            yield line.split(b",", _GOSHU + 1)
