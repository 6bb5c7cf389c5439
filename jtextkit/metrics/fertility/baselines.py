"""Tokenizers that need no file: each byte of UTF-8, or each character, is a token."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from jtextkit.metrics.fertility.adapters import Adapter, Cut
from jtextkit.metrics.fertility.arrays import Ints


class Bytes(Adapter):
    """Every byte of UTF-8 a token."""

    def __init__(self) -> None:
        super().__init__("bytes", "baseline", "bytes", [bytes([i]) for i in range(256)])

    def encode(self, texts: Sequence[str]) -> tuple[Ints, Ints]:
        encoded = [text.encode() for text in texts]
        ids = np.frombuffer(b"".join(encoded), np.uint8).astype(np.int64)
        return ids, np.fromiter(map(len, encoded), np.int64, len(texts))

    def decode(self, ids: Sequence[int]) -> str:
        return bytes(ids).decode(errors="replace")


class Characters(Adapter):
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
