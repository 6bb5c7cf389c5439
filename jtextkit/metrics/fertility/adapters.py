"""Tokenizers of every kind, each with one interface: where it cuts a text, in bytes of UTF-8.

A kind knows how to encode texts into ids and which bytes each id stands for. If the bytes of a
text's pieces, one after another, are the text (after a leading space that the tokenizer added),
the cuts follow from their lengths; this is the rule, and fast. Where they are not (a tokenizer
that normalises, drops white space, or meets what it does not know), the library's own offsets
decide. No special tokens are ever added: no BOS, no EOS.

Not handled: slow tokenizers that exist as Python code only; truncation or padding that a
``tokenizer.json`` asks for (both are switched off); ``.tiktoken`` files without their pattern.
"""

from __future__ import annotations

import base64
import hashlib
import json
import multiprocessing
import re
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from itertools import chain, compress
from pathlib import Path
from typing import Any

import numpy as np

from jtextkit.core.errors import TokenizerError, UsageError, first_line
from jtextkit.core.extras import require
from jtextkit.core.guarded import GuardedError, guarded
from jtextkit.core.text import read_bytes
from jtextkit.metrics.fertility.arrays import Flags, Ints

BASELINES = ("bytes", "characters")
"""Names of tokenizers that need no file: each byte of UTF-8, or each character, is a token."""

_BYTE_PIECE = re.compile(r"<0x([0-9A-Fa-f]{2})>")
_SPACE_MARK = "▁"
_CURE = "check that it is a whole SentencePiece .model, tokenizer.json or tekken JSON"
_LARGEST = 256 << 20  # bytes of a file; the largest known have a fifth of it
_HOLES = 1 << 20  # ids without a piece; real vocabularies have some hundreds


@dataclass(frozen=True, slots=True)
class Cut:
    """How a tokenizer cuts a number of texts.

    Attributes:
        counts: tokens of each text.
        ids: of all tokens, text after text.
        starts: where each token starts, in bytes of all texts joined.
        ends: where it ends; equal to ``starts`` for a token that covers nothing.
        returned: what came back, by index, of those that decode to something else than they were.
    """

    counts: Ints
    ids: Ints
    starts: Ints
    ends: Ints
    returned: dict[int, str]


class Adapter(ABC):
    """A tokenizer.

    Attributes:
        name: as the user named it.
        kind: ``sentencepiece``, ``tokenizer.json``, ``tekken`` or ``baseline``.
        identity: the short form for signatures: a name and what its bytes hash to.
        surfaces: the bytes each id stands for; None where that depends on the text.
        fallback: whether an id is a single byte that stands for a part of a character.
        unknown: whether an id stands for what the vocabulary lacks.
    """

    def __init__(
        self,
        name: str,
        kind: str,
        identity: str,
        surfaces: Sequence[bytes | None],
        fallback: Iterable[int] = (),
        unknown: Iterable[int] = (),
    ) -> None:
        self.name = name
        self.kind = kind
        self.identity = identity
        self.surfaces = surfaces
        self.fallback = _mask(fallback, len(surfaces))
        self.unknown = _mask(unknown, len(surfaces))
        self._lengths = np.fromiter((len(s or b"") for s in surfaces), np.int64, len(surfaces))
        self._offsets = np.cumsum(self._lengths) - self._lengths
        self._bytes = np.frombuffer(b"".join(s or b"" for s in surfaces), np.uint8)

    @property
    def vocabulary_size(self) -> int:
        """The number of ids, whether they occur or not."""
        return len(self.surfaces)

    @abstractmethod
    def encode(self, texts: Sequence[str]) -> tuple[Ints, Ints]:
        """The ids of all texts, one after another, and how many each text has."""

    @abstractmethod
    def decode(self, ids: Sequence[int]) -> str:
        """The text that the library makes of ids."""

    def offsets(self, text: str) -> tuple[list[int], list[tuple[int, int]]]:  # noqa: ARG002
        """The ids of one text and what the library says of each: start and end in bytes.

        Tokens that share a character may be given its whole stretch each. Asked for only where the
        pieces' bytes are not the text, which some kinds exclude.
        """
        raise TokenizerError("its pieces are not the text's bytes", where=self.name)

    def decodings(self, texts: Sequence[str], ids: Ints, counts: Ints) -> dict[int, str]:  # noqa: ARG002
        """What comes back as another text, where that does not follow from the pieces' bytes."""
        return {}

    def cut(self, texts: Sequence[str]) -> Cut:
        """Cut ``texts``, none of them empty.

        Raises:
            TokenizerError: the library failed on a text, or its pieces do not fit the text.
        """
        with _library_errors(self.name, "it failed on a text"):
            return self._cut(texts)

    def _cut(self, texts: Sequence[str]) -> Cut:
        found = self._by_length(texts)
        if found is not None:
            return found
        parts = [self._by_length([text]) or self._by_offsets(text) for text in texts]
        sizes = [len(text.encode()) for text in texts]
        bases = np.cumsum([0, *sizes[:-1]]).tolist()
        return Cut(
            np.concatenate([part.counts for part in parts]),
            np.concatenate([part.ids for part in parts]),
            np.concatenate([part.starts + base for part, base in zip(parts, bases, strict=True)]),
            np.concatenate([part.ends + base for part, base in zip(parts, bases, strict=True)]),
            {at: part.returned[0] for at, part in enumerate(parts) if part.returned},
        )

    def _by_length(self, texts: Sequence[str]) -> Cut | None:
        """Where the cuts are if the pieces' bytes are the texts'; None where they are not."""
        ids, counts = self.encode(texts)
        encoded = [text.encode() for text in texts]
        sizes = np.fromiter(map(len, encoded), np.int64, len(texts))
        lengths = self._lengths[ids]
        ends = np.cumsum(lengths)
        last = np.cumsum(counts)
        covered = np.diff(np.concatenate(([0], ends))[np.concatenate(([0], last))])
        added = covered - sizes  # one byte more: a space in front that the tokenizer added
        if not ((added == 0) | (added == 1)).all():
            return None
        prefixed = (b" " + data if one else data for data, one in zip(encoded, added, strict=True))
        # 32 bits: half the memory to go through, and a batch has never so many bytes.
        places = np.repeat((self._offsets[ids] - ends + lengths).astype(np.int32), lengths)
        places += np.arange(len(places), dtype=np.int32)
        if not np.array_equal(self._bytes[places], np.frombuffer(b"".join(prefixed), np.uint8)):
            return None
        # The added spaces before and in this text are no bytes of it.
        shift = np.repeat(np.cumsum(added), counts)
        floor = np.repeat(np.cumsum(sizes) - sizes, counts)
        return Cut(
            counts,
            ids,
            np.maximum(ends - lengths - shift, floor),
            np.maximum(ends - shift, floor),
            self.decodings(texts, ids, counts),
        )

    def _by_offsets(self, text: str) -> Cut:
        """The careful way: the library's offsets for a text whose pieces are not its bytes."""
        ids, offsets = self.offsets(text)
        starts, ends = _shared(offsets, len(text.encode()), self.name)
        back = self.decode(ids)
        counts = np.array([len(ids)], np.int64)
        returned = {} if back == text else {0: back}
        return Cut(counts, np.asarray(ids, np.int64), starts, ends, returned)

    def pieces(self, text: str) -> list[str]:
        """``text`` as it is cut, for people; bytes that are no character are shown as ⟨E3⟩."""
        if not text:
            return []
        data = text.encode()
        cut = self.cut([text])
        return [_shown(data[a:b]) for a, b in zip(cut.starts, cut.ends, strict=True) if b > a]


def _mask(ids: Iterable[int], size: int) -> Flags:
    mask = np.zeros(size, bool)
    mask[list(ids)] = True
    return mask


def _shown(data: bytes) -> str:
    try:
        return data.decode()
    except UnicodeDecodeError:
        return "".join(f"⟨{byte:02X}⟩" for byte in data)


def _shared(offsets: Sequence[tuple[int, int]], size: int, name: str) -> Ints:
    """Starts and ends, where tokens that were given the same stretch divide it among them."""
    starts: list[int] = []
    ends: list[int] = []
    index = 0
    while index < len(offsets):
        start, end = offsets[index]
        same = index + 1
        while end > start and same < len(offsets) and offsets[same] == (start, end):
            same += 1
        if not 0 <= start <= end <= size:
            raise TokenizerError(
                f"its pieces do not fit the text (bytes {start} to {end} of {size})", where=name
            )
        number = same - index
        for part in range(number):
            starts.append(start + (end - start) * part // number)
            ends.append(start + (end - start) * (part + 1) // number)
        index = same
    return np.array((starts, ends), np.int64).reshape(2, -1)


@contextmanager
def _library_errors(name: str, doing: str, cure: str = "") -> Iterator[None]:
    """Make what a library raises ours; a panic in one written in Rust is no Exception."""
    try:
        yield
    except (TokenizerError, UsageError, KeyboardInterrupt, SystemExit):
        raise
    except BaseException as error:
        # SentencePiece names a line of its own source, which helps no user.
        own = "INTERNAL" in str(error)
        detail = "" if own else f" ({type(error).__name__}: {first_line(error)})"
        raise TokenizerError(f"{doing}{detail}", where=name, cure=cure) from error


class _Bytes(Adapter):
    def __init__(self) -> None:
        super().__init__("bytes", "baseline", "bytes", [bytes([i]) for i in range(256)])

    def encode(self, texts: Sequence[str]) -> tuple[Ints, Ints]:
        encoded = [text.encode() for text in texts]
        ids = np.frombuffer(b"".join(encoded), np.uint8).astype(np.int64)
        return ids, np.fromiter(map(len, encoded), np.int64, len(texts))

    def decode(self, ids: Sequence[int]) -> str:
        return bytes(ids).decode(errors="replace")


class _Characters(Adapter):
    """Every character a token; the vocabulary is all of Unicode, so ids are code points."""

    def __init__(self) -> None:
        super().__init__("characters", "baseline", "characters", [])

    @property
    def vocabulary_size(self) -> int:
        return 0x110000

    def encode(self, texts: Sequence[str]) -> tuple[Ints, Ints]:
        codes = np.frombuffer("".join(texts).encode("utf-32-le"), np.uint32)
        return codes.astype(np.int64), np.fromiter(map(len, texts), np.int64, len(texts))

    def decode(self, ids: Sequence[int]) -> str:
        return "".join(map(chr, ids))

    def _cut(self, texts: Sequence[str]) -> Cut:
        ids, counts = self.encode(texts)
        sizes = 1 + (ids >= 0x80).astype(np.int64) + (ids >= 0x800) + (ids >= 0x10000)
        ends = np.cumsum(sizes)
        return Cut(counts, ids, ends - sizes, ends, {})


def check_readable(kind: str, data: bytes, name: str) -> None:
    """Have a library read a file where it does no harm, before it reads it here.

    Raises:
        TokenizerError: it cannot.
    """
    if multiprocessing.parent_process() is not None:
        return  # a worker is given what its parent has read
    try:
        guarded(kind, data)
    except GuardedError as error:
        # SentencePiece names a line of its own source, which helps no user.
        detail = "" if "INTERNAL" in str(error) else f" ({error})"
        raise TokenizerError(f"no readable {kind}{detail}", where=name, cure=_CURE) from None


def _check_ids(largest: int, pieces: int, name: str) -> None:
    """Refuse ids for whose sake a table of all of them would be huge."""
    if not 0 <= largest < pieces + _HOLES:
        raise TokenizerError(f"id {largest:,} among {pieces:,} pieces", where=name, cure=_CURE)


class _SentencePiece(Adapter):
    def __init__(self, name: str, data: bytes) -> None:
        sentencepiece = require("sentencepiece")
        check_readable("SentencePiece model", data, name)
        self._processor = sentencepiece.SentencePieceProcessor()
        with _library_errors(name, "no readable SentencePiece model", _CURE):
            self._processor.LoadFromSerializedProto(data)
            size = self._processor.get_piece_size()
        if not size:
            raise TokenizerError("a SentencePiece model without pieces", where=name, cure=_CURE)
        try:  # newer versions spare the detour over Python's integers
            self._gives_arrays = len(self._processor.encode(["a"], return_type="numpy")) == 1
        except (TypeError, ValueError):
            self._gives_arrays = False
        ids, model = list(range(size)), self._processor
        pieces = model.id_to_piece(ids)
        single = list(compress(ids, model.is_byte(ids)))
        unknown = list(compress(ids, model.is_unknown(ids)))
        surfaces: list[bytes | None] = [
            piece.replace(_SPACE_MARK, " ").encode() for piece in pieces
        ]
        for i in (*unknown, *compress(ids, model.is_control(ids))):
            surfaces[i] = None
        for i in single:
            surfaces[i] = bytes([int(pieces[i][3:5], 16)])
        identity = f"{Path(name).name}-{_digest(data)}"
        super().__init__(name, "sentencepiece", identity, surfaces, single, unknown)

    def encode(self, texts: Sequence[str]) -> tuple[Ints, Ints]:
        if not self._gives_arrays:
            return _flat(self._processor.encode(list(texts), out_type=int, num_threads=1))
        parts = self._processor.encode(list(texts), return_type="numpy", num_threads=1)
        counts = np.fromiter(map(len, parts), np.int64, len(parts))
        return np.concatenate(parts).astype(np.int64), counts

    def decode(self, ids: Sequence[int]) -> str:
        return str(self._processor.decode(list(ids)))

    def offsets(self, text: str) -> tuple[list[int], list[tuple[int, int]]]:
        from sentencepiece import sentencepiece_pb2

        message = sentencepiece_pb2.SentencePieceText()
        message.ParseFromString(self._processor.encode(text, out_type="serialized_proto"))
        ids: list[int] = []
        spans: list[tuple[int, int]] = []
        open_bytes = 0  # pieces of a character whose last one carries the whole stretch
        for piece in message.pieces:
            ids.append(piece.id)
            spans.append((piece.begin, piece.end))
            if not self.fallback[piece.id]:
                open_bytes = 0
                continue
            open_bytes += 1
            if piece.end > piece.begin:
                spans[-open_bytes:] = [(piece.begin, piece.end)] * open_bytes
                open_bytes = 0
        return ids, spans


class _Tekken(Adapter):
    """Mistral's JSON of byte pairs: the first ids are special and never come from text."""

    def __init__(self, name: str, data: bytes, content: dict[str, Any]) -> None:
        tiktoken = require("tiktoken")
        with _library_errors(name, "no readable tekken JSON", _CURE):
            config = content["config"]
            special = int(config["default_num_special_tokens"])
            number = int(config["default_vocab_size"]) - special
            ordered = sorted(content["vocab"], key=lambda entry: entry["rank"])[:number]
            pieces = [base64.b64decode(entry["token_bytes"]) for entry in ordered]
            _check_ids(special, len(pieces), name)
            ranks = {piece: rank for rank, piece in enumerate(pieces)}
            self._encoding = tiktoken.Encoding(
                Path(name).name, pat_str=config["pattern"], mergeable_ranks=ranks, special_tokens={}
            )
        self._special = special
        surfaces = [*[None] * special, *pieces]
        identity = f"{Path(name).name}-{_digest(data)}"
        lone = (i for i, surface in enumerate(surfaces) if _is_lone_byte(surface))
        super().__init__(name, "tekken", identity, surfaces, lone)

    def encode(self, texts: Sequence[str]) -> tuple[Ints, Ints]:
        ids, counts = _flat([self._encoding.encode_ordinary(text) for text in texts])
        return ids + self._special, counts

    def decode(self, ids: Sequence[int]) -> str:
        return str(self._encoding.decode([i - self._special for i in ids]))


class _TokenizerJson(Adapter):
    def __init__(self, name: str, data: bytes, identity: str) -> None:
        tokenizers = require("tokenizers")
        check_readable("tokenizer.json", data, name)
        with _library_errors(name, "no readable tokenizer.json", _CURE):
            self._tokenizer = tokenizers.Tokenizer.from_buffer(data)
        self._tokenizer.no_truncation()
        self._tokenizer.no_padding()
        content = json.loads(data)
        model = content.get("model", {})
        of_bytes = _byte_level(content)
        added = {entry["id"]: entry for entry in content.get("added_tokens", ())}
        vocabulary = self._tokenizer.get_vocab(with_added_tokens=True)
        size = max(vocabulary.values(), default=-1) + 1
        _check_ids(max(size - 1, 0), len(vocabulary), name)
        surfaces: list[bytes | None] = []
        fallback = []
        for i in range(size):
            piece = self._tokenizer.id_to_token(i)
            byte = _BYTE_PIECE.fullmatch(piece or "") if model.get("byte_fallback") else None
            if piece is None or (i in added and added[i].get("special")):
                surfaces.append(None)
            elif i in added:
                surfaces.append(piece.encode())
            elif byte:
                surfaces.append(bytes([int(byte[1], 16)]))
                fallback.append(i)
            elif of_bytes:
                surfaces.append(_bytes_of(piece, of_bytes))
                if _is_lone_byte(surfaces[-1]):
                    fallback.append(i)
            else:
                surfaces.append(piece.replace(_SPACE_MARK, " ").encode())
        unknown = model.get("unk_id")
        if unknown is None and model.get("unk_token") is not None:
            unknown = self._tokenizer.token_to_id(model["unk_token"])
        if unknown is not None and unknown < size:
            surfaces[unknown] = None
        unknowns = [] if unknown is None else [unknown]
        super().__init__(name, "tokenizer.json", identity, surfaces, fallback, unknowns)

    def encode(self, texts: Sequence[str]) -> tuple[Ints, Ints]:
        # The newer call spares the offsets, which are seldom needed.
        batch = getattr(self._tokenizer, "encode_batch_fast", self._tokenizer.encode_batch)
        return _flat([found.ids for found in batch(list(texts), add_special_tokens=False)])

    def decode(self, ids: Sequence[int]) -> str:
        return str(self._tokenizer.decode(list(ids), skip_special_tokens=False))

    def decodings(self, texts: Sequence[str], ids: Ints, counts: Ints) -> dict[int, str]:
        # A decoder is a part of the file and need not give the pieces' bytes.
        flat = ids.tolist()
        tops = np.cumsum(counts).tolist()
        parts = [flat[a:b] for a, b in zip([0, *tops], tops, strict=False)]
        backs = map(self.decode, parts)
        pairs = enumerate(zip(texts, backs, strict=True))
        return {index: back for index, (text, back) in pairs if back != text}

    def offsets(self, text: str) -> tuple[list[int], list[tuple[int, int]]]:
        found = self._tokenizer.encode(text, add_special_tokens=False)
        sizes = np.fromiter((len(c.encode()) for c in text), np.int64, len(text))
        at = np.concatenate(([0], np.cumsum(sizes))).tolist()
        return found.ids, [(at[a], at[b]) for a, b in found.offsets]


def _is_lone_byte(surface: bytes | None) -> bool:
    """Whether it is a part of a longer character: bytes below 0x80 are characters of their own."""
    return surface is not None and len(surface) == 1 and surface[0] >= 0x80


def _byte_level(content: dict[str, Any]) -> dict[str, int]:
    """The table from the letters that stand for bytes to the bytes, if the file works so."""
    parts = (content.get("pre_tokenizer"), content.get("decoder"))
    return _letters() if any('"ByteLevel"' in json.dumps(part) for part in parts if part) else {}


@cache
def _letters() -> dict[str, int]:
    """GPT-2's table: printable bytes stand for themselves, the others for letters from U+0100."""
    printable = [*range(0x21, 0x7F), *range(0xA1, 0xAD), *range(0xAE, 0x100)]
    others = [byte for byte in range(256) if byte not in printable]
    return {
        **{chr(byte): byte for byte in printable},
        **{chr(0x100 + place): byte for place, byte in enumerate(others)},
    }


def _bytes_of(piece: str, letters: dict[str, int]) -> bytes | None:
    try:
        return bytes(letters[letter] for letter in piece)
    except KeyError:
        return None


def _flat(ids: Sequence[Sequence[int]]) -> tuple[Ints, Ints]:
    counts = np.fromiter(map(len, ids), np.int64, len(ids))
    flat = np.fromiter(chain.from_iterable(ids), np.int64, int(counts.sum()))
    return flat, counts


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()[:12]


@cache
def load_tokenizer(name: str) -> Adapter:
    """Open the tokenizer called ``name``; a process opens each once.

    Args:
        name: ``bytes`` or ``characters``, a file (SentencePiece ``.model``, ``tokenizer.json``,
            tekken JSON), a folder with ``tokenizer.json`` or ``tokenizer.model``, or a model of
            the Hub, ``OWNER/NAME`` or ``OWNER/NAME@REVISION``.

    Raises:
        TokenizerError: there is nothing of that name, or it is unreadable or cut short.
        UsageError: the extra ``fertility`` is not installed.
    """
    baselines: dict[str, Callable[[], Adapter]] = {"bytes": _Bytes, "characters": _Characters}
    if name in baselines:
        return baselines[name]()
    path = Path(name)
    if path.is_dir():
        found = [path / n for n in ("tokenizer.json", "tokenizer.model") if (path / n).is_file()]
        if not found:
            raise TokenizerError(
                "no tokenizer.json or tokenizer.model in this folder",
                where=name,
                cure="name the file itself",
            )
        return _open(found[0], name)
    if not path.exists() and _HUB_ID.fullmatch(name):
        from jtextkit.metrics.fertility.hub import fetch

        file, commit = fetch(name)
        return _open(file, name, identity=f"{name.partition('@')[0]}@{commit}")
    if not path.exists() and "/" not in name and not path.suffix:
        raise UsageError(
            f"no tokenizer {name!r}",
            cure=f"name a file, a model of the Hub (OWNER/NAME), or {' or '.join(BASELINES)}",
        )
    return _open(path, name)


_HUB_ID = re.compile(r"[A-Za-z0-9][\w.-]*/[\w.-]*[A-Za-z0-9_](@[\w./-]+)?")


def _open(file: Path, name: str, identity: str = "") -> Adapter:
    if file.is_file() and file.stat().st_size > _LARGEST:
        raise TokenizerError(f"more than {_LARGEST:,} bytes", where=name, cure=_CURE)
    data = read_bytes(file)
    if not data:
        raise TokenizerError("the file is empty", where=name, cure=_CURE)
    if data.lstrip()[:1] != b"{":
        return _SentencePiece(name, data)
    try:
        content = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise TokenizerError("not JSON to its end", where=name, cure=_CURE) from error
    if isinstance(content.get("vocab"), list) and isinstance(content.get("config"), dict):
        return _Tekken(name, data, content)
    return _TokenizerJson(name, data, identity or f"{file.name}-{_digest(data)}")
