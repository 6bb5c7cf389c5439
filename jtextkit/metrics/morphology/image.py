"""The image of a dictionary: what the native core reads, made once and kept in the user's cache.

An image holds of a UniDic in MeCab's format what finding words needs, laid out for the core
(``_native.c``), and of each word its kind: part of speech, origin, and the bits that it is counted
by. It is made from the dictionary's own files by whoever first needs it, in a few seconds, and mapped
by all processes from then on. In the cache it bears the dictionary's digest; it belongs to the user
alone, appears whole or not at all, and is checked as a whole whenever it is opened: a damaged or foreign
one is thrown away and made anew. Where the cache cannot be written, an image lives in memory.

A file of MeCab's (``sys.dic``, ``unk.dic``) is a header of ten 32-bit numbers and the character set
in 32 bytes, a double array, tokens of 16 bytes (the place of a token's features stands in bytes 8 to
11), and the features: lines of CSV in UTF-8, each ended by NUL. Its other parts are looked at by the
core.

Not handled: dictionaries that MeCab joins with others (``userdic``) or reads by settings of its own
(``dicrc``), and such as mecab-dict-index does not write. There is no image of these, and MeCab
reads them.
"""

from __future__ import annotations

import json
import mmap
import os
import re
import struct
import sys
import time
from array import array
from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet
from contextlib import suppress
from dataclasses import asdict, dataclass
from hashlib import sha256
from importlib import resources
from pathlib import Path
from tempfile import mkstemp
from typing import TYPE_CHECKING, NamedTuple

from jtextkit.core.errors import JtextkitError
from jtextkit.core.files import cache_folder, exclusive, sha256_of
from jtextkit.core.receipts import sealed, unsealed
from jtextkit.metrics.morphology.classes import flags, marks

if TYPE_CHECKING:
    from jtextkit.metrics.morphology._native import Core

VARIABLE = "JTEXTKIT_NATIVE"
"""In the environment ``0`` turns the core off, and ``portable`` its vector instructions."""

_EDITION = 3
"""To be raised when an image comes to say other things of a dictionary."""

_PARTS = ("sys.dic", "unk.dic", "matrix.bin", "char.bin")
_DIGESTED = ("sys.dic", "matrix.bin", "char.bin", "unk.dic", "left-id.def")
_SETTLED = 2_000_000_000
"""Nanoseconds after which a file that is written again has another time of change."""

_DAY = 86_400
_UNUSED = 30 * _DAY
"""Seconds after which an image that nobody opened goes, when another one is made."""

# Settings that say how words are printed, or that say nothing at run time.
_HARMLESS = ("cost-factor", "bos-feature", "eval-size", "unk-eval-size", "config-charset")
_HARMLESS_ENDS = ("-format-type",)
_HARMLESS_STARTS = ("node-format", "unk-format", "bos-format", "eos-format", "eon-format")

_MAGIC, _HEADER, _TOKEN = 0xEF718F77, 72, 16
_POS1, _POS2, _CTYPE, _LEMMA, _GOSHU = 0, 1, 4, 7, 12
_CLASSICAL = "文語".encode()

# MeCab's CSV: white space in front goes, and what stands between a closing quotation mark and the comma.
_FIELD = re.compile(rb'[ \t]*(?:"((?:[^"]|"")*)"?[^,]*|([^,]*)),')


class NoCoreError(Exception):
    """There is no core for a dictionary; the message says why. MeCab reads it."""


def open_core(folder: Path, words: Iterable[tuple[str, str]] = ()) -> Core:
    """The core with the image of the dictionary in ``folder``.

    Args:
        words: a list of words, each as its lemma (without what UniDic adds after a hyphen) and its
            part of speech (pos1), that the bit :data:`~jtextkit.metrics.morphology.classes.LISTED`
            marks. It is part of the image: each list has one of its own.

    Raises:
        NoCoreError: it is turned off or was not compiled, the core would not count by this
            dictionary as MeCab does, or memory is short.
    """
    if os.environ.get(VARIABLE) == "0":
        raise NoCoreError(f"turned off by {VARIABLE}")
    try:
        return _opened(folder, frozenset("\t".join(word).encode() for word in words))
    except ImportError:
        raise NoCoreError("not compiled when jtextkit was installed") from None
    except (OSError, MemoryError) as error:
        raise NoCoreError(str(error) or "no memory") from error


def _opened(folder: Path, words: frozenset[bytes]) -> Core:
    _check_settings(folder)
    whole = sha256(f"{_EDITION} {dictionary_digest(folder)}".encode())
    for word in sorted(words):
        whole.update(b"\n" + word)
    identity = whole.digest()
    place = _cache_folder()
    if place is None:
        return _core(_made(folder, words, identity), identity)
    path = place / f"{whole.hexdigest()[:32]}.image"
    core = _kept(path, identity)
    if core is None:
        with exclusive(place / "lock"):
            core = _kept(path, identity)  # by who held the lock before
            if core is None:
                image = _made(folder, words, identity)
                with suppress(OSError):
                    _write(path, image)
                    core = _kept(path, identity)
                    _remove_unused(place)
                core = core or _core(image, identity)
    return core


def _core(image: bytes | mmap.mmap, identity: bytes) -> Core:
    from jtextkit.metrics.morphology._native import Core

    return Core(image, identity, portable=os.environ.get(VARIABLE) == "portable")


def _made(folder: Path, words: frozenset[bytes], identity: bytes) -> bytes:
    from jtextkit.metrics.morphology import _native

    try:
        system, unknown, costs, characters = (_mapped(folder / name) for name in _PARTS)
        known, entries = kinds_of(system, words)
        others, unknown_entries = kinds_of(unknown, None)
        kinds = (*known, *others)
        return _native.image(
            system,
            unknown,
            costs,
            characters,
            entries,
            unknown_entries,
            bytes(kind.flags for kind in kinds),
            len(known),
            resources.files(__package__).joinpath("used.txt").read_bytes(),
            marks(),
            json.dumps([kind.features for kind in kinds], ensure_ascii=False).encode(),
            identity,
        )
    except ValueError as error:
        raise NoCoreError(str(error)) from error


def _mapped(path: Path) -> mmap.mmap:
    with path.open("rb") as file:
        return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)


def _check_settings(folder: Path) -> None:
    """Refuse settings by which MeCab may find other words, or give them other features."""
    try:
        lines = (folder / "dicrc").read_text(encoding="utf-8").splitlines()
    except UnicodeDecodeError:
        raise NoCoreError("dicrc is no text") from None
    for line in lines:
        name = line.partition("=")[0].strip()
        prints = name.startswith(_HARMLESS_STARTS) or name.endswith(_HARMLESS_ENDS)
        if name and name[0] not in "#;" and not prints and name not in _HARMLESS:
            raise NoCoreError(f"dicrc sets {name}")


def _cache_folder() -> Path | None:
    """Where images are kept, which is the user's alone; None where there is no such place."""
    with suppress(JtextkitError, OSError):
        place = cache_folder() / "dictionaries"
        place.mkdir(mode=0o700, parents=True, exist_ok=True)
        if _own(place.stat()) and os.access(place, os.W_OK):
            return place
    return None


def _own(status: os.stat_result) -> bool:
    """Whether nobody but this user can have written it."""
    if sys.platform == "win32":
        return True
    return status.st_uid == os.geteuid() and not status.st_mode & 0o022


def _kept(path: Path, identity: bytes) -> Core | None:
    """The core with the image at ``path``; None, and nothing there any more, where it is no good."""
    try:
        with path.open("rb") as file:
            status = os.fstat(file.fileno())
            if _own(status):
                if time.time() - status.st_mtime > _DAY:
                    with suppress(OSError):  # no more than a note that it is in use
                        os.utime(path)
                return _core(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ), identity)
    except FileNotFoundError:
        return None
    except ValueError:  # damaged, or empty
        pass
    with suppress(OSError):  # Windows: it may be in use
        path.unlink()
    return None


def _remove_unused(place: Path) -> None:
    """Remove what lies here since long: of replaced dictionaries, other versions, killed processes."""
    for path in place.iterdir():
        if path.name != "lock" and time.time() - path.stat().st_mtime > _UNUSED:
            path.unlink()  # who has it mapped keeps it


def _write(path: Path, content: bytes) -> None:
    """Write a file that the user alone may read, whole or not at all."""
    descriptor, name = mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink()
        raise


def dictionary_digest(folder: Path) -> str:
    """SHA-256 over the files of a dictionary that decide how a text is analysed.

    It is kept in the cache beside what tells that the files are still those: size, time of change
    and inode of each.
    """
    now = {name: _stamp(folder / name) for name in _DIGESTED if (folder / name).is_file()}
    place = _cache_folder()
    record = place and place / f"{sha256(os.fsencode(folder.absolute())).hexdigest()[:32]}.json"
    if record is not None:
        with suppress(OSError, ValueError):
            kept = unsealed(record.read_bytes(), _Digest)
            if kept.files == now:
                return kept.sha256
    whole = sha256()
    for name in now:
        whole.update(f"{name} {sha256_of(folder / name)}\n".encode())
    digest = whole.hexdigest()
    if record is not None and all(changed for _, changed, _ in now.values()):
        with suppress(OSError):
            _write(record, sealed(asdict(_Digest(now, digest))).encode())
    return digest


@dataclass(frozen=True, slots=True)
class _Digest:
    """The hash of a dictionary's files, and by what they are known again."""

    files: dict[str, list[int]]
    sha256: str


def _stamp(path: Path) -> list[int]:
    """Size, time of change and inode; the time is 0 where it is so young that it says nothing."""
    status = path.stat()
    changed = max(status.st_mtime_ns, status.st_ctime_ns)
    settled = time.time_ns() - changed > _SETTLED
    return [status.st_size, changed if settled else 0, status.st_ino]


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


def kinds_of(lexicon: mmap.mmap, words: AbstractSet[bytes] | None) -> tuple[list[Kind], bytes]:
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
