"""What N Japanese pieces more would bring a SentencePiece vocabulary, by making the larger model.

Pieces are trained on the corpus with the base's own algorithm (BPE or unigram), on its stretches of
Japanese characters alone, so that no piece can touch text in another script. They follow the base's
pieces, whose ids and scores stay. In a BPE model each new piece scores below all of the base, in the
order in which training merged it: the base's merges happen first, the new ones after. In a unigram
model scores are logarithms of probabilities; new ones are shifted by what pieces of both vocabularies
differ by, in the median.

Not handled: other kinds of tokenizers; what a model makes of pieces whose embeddings are new;
corpora beyond memory, since SentencePiece's trainer holds them.
"""

from __future__ import annotations

import hashlib
import io
import itertools
import re
import statistics
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from jtextkit.core.errors import InputError, TokenizerError, UsageError
from jtextkit.core.extras import require
from jtextkit.core.files import replacing_file
from jtextkit.core.progress import Progress, silent
from jtextkit.core.signatures import Signature
from jtextkit.core.text import read_bytes
from jtextkit.metrics.fertility.adapters import check_readable

ENGLISH = (
    "The library opens at nine and closes at six, except on Sundays.",
    "She bought 3 apples for $2.50 and gave one of them to her brother.",
    "A tokenizer splits text into pieces before a language model reads it.",
    "How many people live in the town where you were born?",
    "Although it had been raining all week, the match was not cancelled.",
    "def area(radius):\n    return 3.14159 * radius ** 2",
    "The committee's report, published in 2024, recommends further research.",
    "Please don't forget to lock the door when you leave.",
)
"""A little English, for those who give none of their own."""

# Runs of kana, 漢字 and the marks that stand among them; SentencePiece's own mark is none.
_JAPANESE = re.compile(
    "[\u3001-\u3003\u3005-\u301f\u3021-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff"
    "\uf900-\ufaff\uff01-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uff9f\U00020000-\U0003ffff]+"
)
_RUN = 1000  # characters; the trainer leaves out what is longer than its limit
_UNIGRAM, _BPE = 1, 2
_NORMAL, _UNKNOWN, _CONTROL = 1, 2, 3
_STEPS = (0.125, 0.25, 0.5, 0.75, 1.0)
_COVERAGE = 0.9995  # of characters by frequency; what SentencePiece advises for Japanese


@dataclass(frozen=True, slots=True)
class GainAt:
    """Characters per token on held-out text with so many pieces added."""

    added: int
    characters_per_token: float
    ratio: float


@dataclass(frozen=True, slots=True)
class Extension:
    """What an extension brought.

    Attributes:
        base: the base model's name.
        added: pieces added.
        vocabulary_before, vocabulary_after: pieces in all.
        training_characters: Japanese characters trained on.
        held_out_characters: of the text measured on, which was not trained on.
        before, after: characters per token on it.
        ratio: ``after`` over ``before``.
        english_before, english_after: characters per token on English.
        english_same: the share of English texts that are cut exactly as before.
        round_trip: the share of held-out texts that come back exactly.
        curve: the gain with fewer pieces, then with all.
        parameters: embedding parameters that the new pieces add for ``hidden_size``, as
            ``input``, and ``output`` if the output layer has its own.
        signature: how it was made.
    """

    base: str
    added: int
    vocabulary_before: int
    vocabulary_after: int
    training_characters: int
    held_out_characters: int
    before: float
    after: float
    ratio: float
    english_before: float
    english_after: float
    english_same: float
    round_trip: float
    curve: list[GainAt]
    hidden_size: int
    parameters: dict[str, int]
    signature: str

    def to_dict(self) -> dict[str, Any]:
        """All of it, JSON-ready."""
        return asdict(self)


def extend(
    base: str | Path,
    output: Path,
    *,
    training: Sequence[str],
    held_out: Sequence[str],
    english: Sequence[str] = ENGLISH,
    add: int,
    hidden_size: int = 4096,
    report: Progress = silent,
) -> Extension:
    """Train ``add`` pieces on texts, merge them into ``base``, measure, and write the new model.

    Raises:
        TokenizerError: the base is no readable SentencePiece model of the kind BPE or unigram, or
            the new one does not keep its promises (which would be our mistake).
        InputError: the texts hold no Japanese, or too little for so many pieces.
        OutputError: ``output`` cannot be written.
    """
    sentencepiece = require("sentencepiece")
    data = read_bytes(base)
    model = _model(data, str(base))
    check_readable("SentencePiece model", data, str(base))
    kind = model.trainer_spec.model_type
    before = _processor(sentencepiece, data)
    if model.normalizer_spec.precompiled_charsmap:
        # Pieces must be of text as the base will see it: full-width letters gone, and so on.
        training = [before.normalize(text) for text in training]
    runs = [run for text in training for run in _runs(text)]
    if add < 1 or hidden_size < 1:
        raise UsageError("the pieces to add and the hidden size must be at least 1")
    if not runs:
        raise InputError("no Japanese in the training text", cure="check the files")
    if not held_out or not english:
        raise InputError(
            "no text to measure on", cure="give more text, or name some with --held-out"
        )
    report("training pieces", 0, 0)
    have = {piece.piece for piece in model.pieces}
    trained = _trained(sentencepiece, runs, kind, have, add)
    fresh = _new(trained, have, kind)
    if len(fresh) < add:
        raise InputError(
            f"the text gives {len(fresh):,} new pieces, not {add:,}",
            cure=f"give more text, or --add {len(fresh)}",
        )
    shift = _shift(model, trained, kind)
    new = [
        (piece, float(shift - rank) if kind == _BPE else score + shift)
        for rank, (piece, score) in enumerate(fresh[:add], start=1)
    ]
    old_rate = _rate(before, held_out)
    curve = []
    for number in sorted({max(1, round(add * step)) for step in _STEPS}):
        report("measuring the gain", number, add)
        merged = _merged(model, new[:number])
        rate = _rate(_processor(sentencepiece, merged), held_out)
        curve.append(GainAt(number, rate, rate / old_rate))
    after = _processor(sentencepiece, merged)
    same = [
        one == other for one, other in zip(_ids(before, english), _ids(after, english), strict=True)
    ]
    backs = [
        after.decode(ids) == text for ids, text in zip(_ids(after, held_out), held_out, strict=True)
    ]
    _refuse_broken(model, after, new)
    with replacing_file(output) as temporary:
        temporary.write_bytes(merged)
    characters = sum(map(len, held_out))
    return Extension(
        base=str(base),
        added=add,
        vocabulary_before=len(model.pieces),
        vocabulary_after=len(model.pieces) + add,
        training_characters=sum(map(len, runs)),
        held_out_characters=characters,
        before=old_rate,
        after=curve[-1].characters_per_token,
        ratio=curve[-1].ratio,
        english_before=_rate(before, english),
        english_after=_rate(after, english),
        english_same=sum(same) / len(same),
        round_trip=sum(backs) / len(backs),
        curve=curve,
        hidden_size=hidden_size,
        parameters={"input": add * hidden_size, "output": add * hidden_size},
        signature=str(
            Signature(
                "extension",
                (
                    ("base", f"{Path(base).name}-{hashlib.sha256(data).hexdigest()[:12]}"),
                    ("added", str(add)),
                    ("trained", f"{'bpe' if kind == _BPE else 'unigram'}-{_digest(runs)}"),
                    ("sentencepiece", str(sentencepiece.__version__)),
                ),
            )
        ),
    )


def _digest(texts: Sequence[str]) -> str:
    return hashlib.sha256("\n".join(texts).encode()).hexdigest()[:12]


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


def _runs(text: str) -> Iterator[str]:
    for run in _JAPANESE.findall(text):
        for start in range(0, len(run), _RUN):
            yield run[start : start + _RUN]


def _trained(
    sentencepiece: Any, runs: Sequence[str], kind: int, have: set[str], add: int
) -> list[tuple[str, float]]:
    """Pieces in the order of training; enough for ``add`` new ones, or all that there are."""
    known = sum(bool(_JAPANESE.fullmatch(piece)) for piece in have)
    # Every character is a piece; a small ``add`` takes its share of what is trained.
    size = add + known + len(set().union(*runs)) + 3
    while True:
        try:
            return _train(sentencepiece, runs, kind, size)
        except RuntimeError as error:
            limit = re.search(r"value <= (\d+)", str(error))
            if limit is None or not 3 < int(limit[1]) < size:
                raise InputError(
                    f"SentencePiece cannot train {size:,} pieces on this text",
                    cure="give more text, or a smaller --add",
                ) from error
            size = int(limit[1])


def _train(
    sentencepiece: Any, runs: Sequence[str], kind: int, size: int
) -> list[tuple[str, float]]:
    written = io.BytesIO()
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter(runs),
        model_writer=written,
        vocab_size=size,
        model_type="bpe" if kind == _BPE else "unigram",
        character_coverage=_COVERAGE,
        normalization_rule_name="identity",
        add_dummy_prefix=False,
        remove_extra_whitespaces=False,
        hard_vocab_limit=False,
        max_sentence_length=8 * _RUN,
        num_threads=1,  # the same pieces on every machine
        minloglevel=3,
    )
    model = _model(written.getvalue(), "the trained model")
    return [(piece.piece, piece.score) for piece in model.pieces if piece.type == _NORMAL]


def _new(
    trained: Sequence[tuple[str, float]], have: set[str], kind: int
) -> list[tuple[str, float]]:
    """Those that the base lacks, the most useful first.

    In BPE single characters come first: longer pieces are merged from them, and each spares two of
    three bytes. In a unigram model pieces come by their probability.
    """
    fresh = [(piece, score) for piece, score in trained if piece not in have]
    return sorted(fresh, key=lambda entry: len(entry[0]) > 1) if kind == _BPE else fresh


def _shift(model: Any, trained: Sequence[tuple[str, float]], kind: int) -> float:
    scores = {piece.piece: piece.score for piece in model.pieces if piece.type == _NORMAL}
    if kind == _BPE:
        # Some models keep a few pieces far below all others, never to be merged.
        usual = [score for score in scores.values() if score > -1e8]
        return float(min(usual, default=0.0))
    both = [scores[piece] - score for piece, score in trained if piece in scores]
    if both:
        return float(statistics.median(both))
    return float(min(scores.values())) - max(score for _, score in trained)


def _merged(model: Any, new: Sequence[tuple[str, float]]) -> bytes:
    larger = type(model)()
    larger.CopyFrom(model)
    for piece, score in new:
        larger.pieces.add(piece=piece, score=score, type=_NORMAL)
    larger.trainer_spec.vocab_size = len(larger.pieces)
    return bytes(larger.SerializeToString())


def _processor(sentencepiece: Any, data: bytes) -> Any:
    processor = sentencepiece.SentencePieceProcessor()
    processor.LoadFromSerializedProto(data)
    return processor


def _ids(processor: Any, texts: Sequence[str]) -> list[list[int]]:
    return [list(ids) for ids in processor.encode(list(texts), out_type=int, num_threads=1)]


def _rate(processor: Any, texts: Sequence[str]) -> float:
    return sum(map(len, texts)) / max(1, sum(map(len, _ids(processor, texts))))


def _refuse_broken(model: Any, after: Any, new: Sequence[tuple[str, float]]) -> None:
    pieces = itertools.chain((piece.piece for piece in model.pieces), (piece for piece, _ in new))
    for place, piece in enumerate(pieces):
        if after.id_to_piece(place) != piece:
            raise TokenizerError(f"piece {place} of the new model is not {piece!r}")
