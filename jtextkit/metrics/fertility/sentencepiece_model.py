"""SentencePiece models: ``.model`` files of every kind that the library trains."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import compress

import numpy as np

from jtextkit.core.errors import TokenizerError
from jtextkit.core.extras import require
from jtextkit.metrics.fertility import adapters
from jtextkit.metrics.fertility.arrays import Ints


class SentencePiece(adapters.Adapter):
    """A SentencePiece model, with byte fallback or without."""

    def __init__(self, name: str, data: bytes, identity: str) -> None:
        sentencepiece = require("sentencepiece")
        adapters.check_readable("SentencePiece model", data, name)
        self.processor = sentencepiece.SentencePieceProcessor()
        with adapters.library_errors(name, "no readable SentencePiece model", adapters.CURE):
            self.processor.LoadFromSerializedProto(data)
            size = self.processor.get_piece_size()
        if not size:
            raise TokenizerError(
                "a SentencePiece model without pieces", where=name, cure=adapters.CURE
            )
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
            return adapters.flat(self.processor.encode(list(texts), out_type=int, num_threads=1))
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
