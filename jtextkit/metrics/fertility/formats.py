"""Tokenizers of three libraries: what the files of each say of pieces, bytes and unknown text.

- SentencePiece: ``.model`` files of every kind that the library trains;
- tokenizers: ``tokenizer.json`` of BPE, unigram, WordPiece or whole words; truncation and padding that a
  file asks for are switched off;
- tiktoken: byte pairs, from Tekken's JSON, ``.tiktoken`` files, and encodings by name. Text is first cut by
  a pattern. A ``.tiktoken`` file (pieces and ranks, a line each) does not hold its pattern; it is told by the
  number of pieces, which says whose vocabulary it is.

Not handled: ``.tiktoken`` files of other vocabularies, which are refused; special tokens in a text,
which are text.
"""

import base64
import json
import re
from collections.abc import Sequence
from functools import cache
from itertools import compress
from pathlib import Path
from typing import Any

import numpy as np

from jtextkit.core.errors import TokenizerError
from jtextkit.core.extras import require
from jtextkit.metrics.fertility import adapters
from jtextkit.metrics.fertility.adapters import CURE, Adapter, Ints, flat, library_errors

_BYTE_PIECE = re.compile(r"<0x([0-9A-Fa-f]{2})>")

_FIRST_LINE = re.compile(rb"[A-Za-z0-9+/]+=* \d+\r?\n")


class SentencePiece(Adapter):
    """A SentencePiece model, with byte fallback or without."""

    def __init__(self, name: str, data: bytes, identity: str) -> None:
        sentencepiece = require("sentencepiece")
        adapters.check_readable("SentencePiece model", data, name)
        self.processor = sentencepiece.SentencePieceProcessor()
        with library_errors(name, "no readable SentencePiece model", CURE):
            self.processor.LoadFromSerializedProto(data)
            size = self.processor.get_piece_size()
        if not size:
            raise TokenizerError("a SentencePiece model without pieces", where=name, cure=CURE)
        try:  # newer versions spare the detour over Python's integers
            self._gives_arrays = len(self.processor.encode(["a"], return_type="numpy")) == 1
        except (TypeError, ValueError):
            self._gives_arrays = False
        ids, model = list(range(size)), self.processor
        pieces = model.id_to_piece(ids)
        single = list(compress(ids, model.is_byte(ids)))
        unknown = list(compress(ids, model.is_unknown(ids)))
        surfaces: list[bytes | None] = [piece.replace("▁", " ").encode() for piece in pieces]
        for i in (*unknown, *compress(ids, model.is_control(ids))):
            surfaces[i] = None
        for i in single:
            surfaces[i] = bytes([int(pieces[i][3:5], 16)])
        super().__init__(name, "sentencepiece", identity, surfaces, single, unknown)

    def encode(self, texts: Sequence[str]) -> tuple[Ints, Ints]:
        if not self._gives_arrays:
            return flat(self.processor.encode(list(texts), out_type=int, num_threads=1))
        parts = self.processor.encode(list(texts), return_type="numpy", num_threads=1)
        counts = np.fromiter(map(len, parts), np.int64, len(parts))
        return np.concatenate(parts).astype(np.int64), counts

    def decode(self, ids: Sequence[int]) -> str:
        return str(self.processor.decode(list(ids)))

    def offsets(self, text: str) -> tuple[list[int], list[tuple[int, int]]]:
        from sentencepiece import sentencepiece_pb2

        message = sentencepiece_pb2.SentencePieceText()
        message.ParseFromString(self.processor.encode(text, out_type="serialized_proto"))
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


class TokenizerJson(Adapter):
    """A tokenizer of the library tokenizers."""

    def __init__(self, name: str, data: bytes, identity: str, kind: str = "tokenizer.json") -> None:
        tokenizers = require("tokenizers")
        adapters.check_readable("tokenizer.json", data, name)
        with library_errors(name, "no readable tokenizer.json", CURE):
            self.library = tokenizers.Tokenizer.from_buffer(data)
        self.library.no_truncation()
        self.library.no_padding()
        content = json.loads(data)
        model = content.get("model", {})
        of_bytes = byte_level(content)
        added = {entry["id"]: entry for entry in content.get("added_tokens", ())}
        vocabulary = self.library.get_vocab(with_added_tokens=True)
        size = max(vocabulary.values(), default=-1) + 1
        adapters.check_ids(max(size - 1, 0), len(vocabulary), name)
        surfaces: list[bytes | None] = []
        fallback = []
        for i in range(size):
            piece = self.library.id_to_token(i)
            byte = _BYTE_PIECE.fullmatch(piece or "") if model.get("byte_fallback") else None
            if piece is None or (i in added and added[i].get("special")):
                surfaces.append(None)
            elif i in added:
                surfaces.append(piece.encode())
            elif byte:
                surfaces.append(bytes([int(byte[1], 16)]))
                fallback.append(i)
            elif of_bytes:
                surfaces.append(bytes_of(piece, of_bytes))
                if adapters.is_lone_byte(surfaces[-1]):
                    fallback.append(i)
            else:
                inner = piece.removeprefix(model.get("continuing_subword_prefix") or "")
                surfaces.append((inner or piece).replace("▁", " ").encode())
        unknown = model.get("unk_id")
        if unknown is None and model.get("unk_token") is not None:
            unknown = self.library.token_to_id(model["unk_token"])
        if unknown is not None and unknown < size:
            surfaces[unknown] = None
        unknowns = [] if unknown is None else [unknown]
        super().__init__(name, kind, identity, surfaces, fallback, unknowns)

    def encode(self, texts: Sequence[str]) -> tuple[Ints, Ints]:
        # The newer call spares the offsets, which are seldom needed.
        batch = getattr(self.library, "encode_batch_fast", self.library.encode_batch)
        return flat([found.ids for found in batch(list(texts), add_special_tokens=False)])

    def decode(self, ids: Sequence[int]) -> str:
        return str(self.library.decode(list(ids), skip_special_tokens=False))

    def offsets(self, text: str) -> tuple[list[int], list[tuple[int, int]]]:
        found = self.library.encode(text, add_special_tokens=False)
        sizes = np.fromiter((len(c.encode()) for c in text), np.int64, len(text))
        at = np.concatenate(([0], np.cumsum(sizes))).tolist()
        return found.ids, [(at[a], at[b]) for a, b in found.offsets]


def byte_level(content: dict[str, Any]) -> dict[str, int]:
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


def bytes_of(piece: str, letters: dict[str, int]) -> bytes | None:
    """What a piece of such letters stands for; None if it has others."""
    try:
        return bytes(letters[letter] for letter in piece)
    except KeyError:
        return None


class BytePairs(Adapter):
    """An encoding of tiktoken whose first id is ``special``; ids below never come from text."""

    def __init__(
        self, name: str, kind: str, identity: str, encoding: Any, special: int = 0
    ) -> None:
        self._encoding, self._special = encoding, special
        surfaces: list[bytes | None] = [None] * (special + encoding.n_vocab)
        for piece in encoding.token_byte_values():
            surfaces[special + encoding.encode_single_token(piece)] = piece
        lone = (i for i, surface in enumerate(surfaces) if adapters.is_lone_byte(surface))
        super().__init__(name, kind, identity, surfaces, lone)

    def encode(self, texts: Sequence[str]) -> tuple[Ints, Ints]:
        ids, counts = flat([self._encoding.encode_ordinary(text) for text in texts])
        return ids + self._special, counts

    def decode(self, ids: Sequence[int]) -> str:
        return str(self._encoding.decode([i - self._special for i in ids]))


def tekken(name: str, content: dict[str, Any], identity: str) -> BytePairs:
    """Mistral's JSON of byte pairs."""
    with library_errors(name, "no readable tekken JSON", CURE):
        config = content["config"]
        special = int(config["default_num_special_tokens"])
        number = int(config["default_vocab_size"]) - special
        ordered = sorted(content["vocab"], key=lambda entry: entry["rank"])[:number]
        ranks = {base64.b64decode(entry["token_bytes"]): at for at, entry in enumerate(ordered)}
        adapters.check_ids(special, len(ranks), name)
        encoding = _encoding(name, config["pattern"], ranks)
    return BytePairs(name, "tekken", identity, encoding, special)


def is_tiktoken(data: bytes) -> bool:
    """Whether a file's first line is a piece in base64 and its rank."""
    return _FIRST_LINE.match(data) is not None


@cache
def patterns() -> dict[int, str]:
    """How the vocabularies of so many pieces cut a text before they look for pieces."""
    table = (Path(__file__).parent / "patterns.tsv").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in table.splitlines())
    return {int(pieces): pattern for pieces, _, pattern in rows}


def tiktoken_file(name: str, data: bytes, identity: str) -> BytePairs:
    """A ``.tiktoken`` file, or one by another name, such as Llama 3's ``tokenizer.model``."""
    with library_errors(name, "no readable .tiktoken file", CURE):
        lines = (line.split() for line in data.splitlines() if line)
        ranks = {base64.b64decode(piece): int(rank) for piece, rank in lines}
        adapters.check_ids(max(ranks.values()), len(ranks), name)
        pattern = patterns().get(len(ranks))
        if pattern is None:
            raise TokenizerError(
                f"a .tiktoken file of {len(ranks):,} pieces, whose pattern for text is not known here",
                where=name,
                cure="name the model's tokenizer.json, which holds its pattern",
            )
        encoding = _encoding(name, pattern, ranks)
    return BytePairs(name, "tiktoken", identity, encoding)


def named_encoding(name: str) -> BytePairs:
    """An encoding that tiktoken knows by name, such as ``o200k_base``: fetched once, then cached."""
    with library_errors(
        name, "tiktoken cannot fetch this encoding", "check the network, or name its .tiktoken file"
    ):
        encoding = require("tiktoken").get_encoding(name)
    return BytePairs(name, "tiktoken", f"tiktoken-{name}", encoding)


def _encoding(name: str, pattern: str, ranks: dict[bytes, int]) -> Any:
    return require("tiktoken").Encoding(
        Path(name).name, pat_str=pattern, mergeable_ranks=ranks, special_tokens={}
    )
