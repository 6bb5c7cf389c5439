"""``tokenizer.json`` of the library tokenizers: BPE, unigram, WordPiece or whole words.

Truncation and padding that a file asks for are switched off.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from functools import cache
from typing import Any

import numpy as np

from jtextkit.core.extras import require
from jtextkit.metrics.fertility import adapters
from jtextkit.metrics.fertility.arrays import Ints

_BYTE_PIECE = re.compile(r"<0x([0-9A-Fa-f]{2})>")


class TokenizerJson(adapters.Adapter):
    """A tokenizer of the library tokenizers."""

    def __init__(self, name: str, data: bytes, identity: str, kind: str = "tokenizer.json") -> None:
        tokenizers = require("tokenizers")
        adapters.check_readable("tokenizer.json", data, name)
        with adapters.library_errors(name, "no readable tokenizer.json", adapters.CURE):
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
        return adapters.flat([found.ids for found in batch(list(texts), add_special_tokens=False)])

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
