"""More pieces for a SentencePiece model: BPE or unigram, trained with the base's own algorithm.

They follow the base's pieces, whose ids and scores stay. In a BPE model each new piece scores below
all of the base, in the order in which training merged it: the base's merges happen first, the new
ones after. In a unigram model scores are logarithms of probabilities; new ones are shifted by what
pieces of both vocabularies differ by, in the median.
"""

from __future__ import annotations

import io
import re
import statistics
from collections.abc import Collection, Sequence
from typing import Any

from jtextkit.core.errors import InputError, TokenizerError
from jtextkit.core.extras import require
from jtextkit.metrics.fertility.formats import SentencePiece
from jtextkit.metrics.fertility.growth import JAPANESE, Extensible, with_parts

_UNIGRAM, _BPE = 1, 2
_NORMAL = 1
_COVERAGE = 0.9995  # of characters by frequency; what SentencePiece advises for Japanese
_LONGEST = 8000  # characters of a run for the trainer, which leaves out what is longer


Piece = tuple[str, float]
"""A piece and its score."""


class SentencePieceBase(Extensible):
    """A SentencePiece model as the base of an extension."""

    adapter: SentencePiece

    def __init__(self, name: str, data: bytes) -> None:
        self._model = _model(data, name)
        self._kind = self._model.trainer_spec.model_type
        self.adapter = self.opened(data)
        self.kind = "bpe" if self._kind == _BPE else "unigram"
        self.library = {"sentencepiece": str(require("sentencepiece").__version__)}

    def normalised(self, texts: Sequence[str]) -> Sequence[str]:
        if not self._model.normalizer_spec.precompiled_charsmap:
            return texts
        return [self.adapter.processor.normalize(text) for text in texts]

    def grown(self, runs: Sequence[str], add: int) -> list[Piece]:
        have = {piece.piece for piece in self._model.pieces}
        trained = _trained(runs, self._kind, have, add)
        shift = _shift(self._model, trained, self._kind)
        return [
            (piece, float(shift - rank) if self._kind == _BPE else score + shift)
            for rank, (piece, score) in enumerate(_new(trained, have, self._kind), start=1)
        ]

    def written(self, new: Sequence[Piece], used: Collection[int] = ()) -> bytes:
        larger = type(self._model)()
        larger.CopyFrom(self._model)
        for piece, score in new:
            larger.pieces.add(piece=piece, score=score, type=_NORMAL)
        if used:
            names = {piece.piece for piece in larger.pieces}

            def parts(piece: str) -> list[tuple[str, str]]:
                halves = ((piece[:at], piece[at:]) for at in range(1, len(piece)))
                return [pair for pair in halves if all(len(p) == 1 or p in names for p in pair)]

            # A character that is no piece would be unknown where there is no byte fallback.
            characters = (name for name in names if len(name) == 1)
            kept = with_parts((*characters, *(larger.pieces[at].piece for at in used)), parts)
            left = [p for p in larger.pieces if p.type != _NORMAL or p.piece in kept]
            del larger.pieces[:]
            larger.pieces.extend(left)
        larger.trainer_spec.vocab_size = len(larger.pieces)
        return bytes(larger.SerializeToString())

    def opened(self, data: bytes) -> SentencePiece:
        return SentencePiece("the new model", data, "")


def _model(data: bytes, name: str) -> Any:
    require("google.protobuf")
    from sentencepiece import sentencepiece_model_pb2

    model = sentencepiece_model_pb2.ModelProto()
    try:
        model.ParseFromString(data)
        readable = model.IsInitialized() and len(model.pieces) > 0
    except Exception:  # noqa: BLE001 - protobuf has several, by implementation
        readable = False
    if not readable:
        raise TokenizerError(
            "no readable SentencePiece model",
            where=name,
            cure="an extension needs a whole SentencePiece .model as its base",
        )
    if model.trainer_spec.model_type not in (_UNIGRAM, _BPE):
        raise TokenizerError(
            "a model of words or characters", where=name, cure="use one of BPE or unigram pieces"
        )
    return model


def _trained(runs: Sequence[str], kind: int, have: set[str], add: int) -> list[Piece]:
    """Pieces in the order of training; enough for ``add`` new ones, or all that there are."""
    known = sum(bool(JAPANESE.fullmatch(piece)) for piece in have)
    # Every character is a piece; a small ``add`` takes its share of what is trained.
    size = add + known + len(set().union(*runs)) + 3
    while True:
        try:
            return _train(runs, kind, size)
        except RuntimeError as error:
            limit = re.search(r"value <= (\d+)", str(error))
            if limit is None or not 3 < int(limit[1]) < size:
                raise InputError(
                    f"SentencePiece cannot train {size:,} pieces on this text",
                    cure="give more text, or a smaller --add",
                ) from error
            size = int(limit[1])


def _train(runs: Sequence[str], kind: int, size: int) -> list[Piece]:
    written = io.BytesIO()
    require("sentencepiece").SentencePieceTrainer.train(
        sentence_iterator=iter(runs),
        model_writer=written,
        vocab_size=size,
        model_type="bpe" if kind == _BPE else "unigram",
        character_coverage=_COVERAGE,
        normalization_rule_name="identity",
        add_dummy_prefix=False,
        remove_extra_whitespaces=False,
        hard_vocab_limit=False,
        max_sentence_length=_LONGEST,
        num_threads=1,  # the same pieces on every machine
        minloglevel=3,
    )
    model = _model(written.getvalue(), "the trained model")
    return [(piece.piece, piece.score) for piece in model.pieces if piece.type == _NORMAL]


def _new(trained: Sequence[Piece], have: set[str], kind: int) -> list[Piece]:
    """Those that the base lacks, the most useful first.

    In BPE single characters come first: longer pieces are merged from them, and each spares two of
    three bytes. In a unigram model pieces come by their probability.
    """
    fresh = [(piece, score) for piece, score in trained if piece not in have]
    return sorted(fresh, key=lambda entry: len(entry[0]) > 1) if kind == _BPE else fresh


def _shift(model: Any, trained: Sequence[Piece], kind: int) -> float:
    scores = {piece.piece: piece.score for piece in model.pieces if piece.type == _NORMAL}
    if kind == _BPE:
        # Some models keep a few pieces far below all others, never to be merged.
        usual = [score for score in scores.values() if score > -1e8]
        return float(min(usual, default=0.0))
    both = [scores[piece] - score for piece, score in trained if piece in scores]
    if both:
        return float(statistics.median(both))
    return float(min(scores.values())) - max(score for _, score in trained)
