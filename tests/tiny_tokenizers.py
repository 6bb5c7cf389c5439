"""Tokenizers small enough to work out by hand, made on the spot."""

from __future__ import annotations

import base64
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

NORMAL, UNKNOWN, CONTROL, BYTE = 1, 2, 3, 6
UNIGRAM, BPE = 1, 2


def sentencepiece_model(
    path: Path,
    pieces: Sequence[str],
    *,
    kind: int = UNIGRAM,
    byte_fallback: bool = True,
    dummy_prefix: bool = True,
    charsmap_rule: str = "identity",
) -> Path:
    """A SentencePiece model of ``pieces``, each scoring less than the one before."""
    pytest.importorskip(
        "sentencepiece", reason='needs the extra fertility: python -m pip install -e ".[fertility]"'
    )
    pytest.importorskip(
        "google.protobuf",
        reason='needs the extra fertility: python -m pip install -e ".[fertility]"',
    )
    from sentencepiece import sentencepiece_model_pb2

    model = sentencepiece_model_pb2.ModelProto()
    model.pieces.add(piece="<unk>", score=0, type=UNKNOWN)
    model.pieces.add(piece="<s>", score=0, type=CONTROL)
    model.pieces.add(piece="</s>", score=0, type=CONTROL)
    if byte_fallback:
        for byte in range(256):
            model.pieces.add(piece=f"<0x{byte:02X}>", score=0, type=BYTE)
    for rank, piece in enumerate(pieces, start=1):
        model.pieces.add(piece=piece, score=-float(rank) / 100 - 1, type=NORMAL)
    model.trainer_spec.model_type = kind
    model.trainer_spec.byte_fallback = byte_fallback
    model.trainer_spec.vocab_size = len(model.pieces)
    model.normalizer_spec.name = charsmap_rule
    model.normalizer_spec.add_dummy_prefix = dummy_prefix
    model.normalizer_spec.remove_extra_whitespaces = False
    model.normalizer_spec.escape_whitespaces = True
    path.write_bytes(model.SerializeToString())
    return path


def byte_level_json(path: Path, merges: Sequence[tuple[str, str]] = (), **changes: Any) -> Path:
    """A ``tokenizer.json`` of byte-level BPE; ``merges`` are of GPT-2's letters for bytes."""
    tokenizers = pytest.importorskip(
        "tokenizers", reason='needs the extra fertility: python -m pip install -e ".[fertility]"'
    )
    letters = sorted(tokenizers.pre_tokenizers.ByteLevel.alphabet())
    vocabulary = {letter: place for place, letter in enumerate(letters)}
    for one, other in merges:
        vocabulary[one + other] = len(vocabulary)
    tokenizer = tokenizers.Tokenizer(tokenizers.models.BPE(vocabulary, list(merges)))
    tokenizer.pre_tokenizer = tokenizers.pre_tokenizers.ByteLevel(
        add_prefix_space=False, use_regex=False
    )
    tokenizer.decoder = tokenizers.decoders.ByteLevel()
    content = json.loads(tokenizer.to_str()) | changes
    path.write_text(json.dumps(content), encoding="utf-8")
    return path


def word_json(path: Path, words: Sequence[str]) -> Path:
    """A ``tokenizer.json`` of whole words between spaces, lower-cased; others are unknown."""
    tokenizers = pytest.importorskip(
        "tokenizers", reason='needs the extra fertility: python -m pip install -e ".[fertility]"'
    )
    vocabulary = {word: place for place, word in enumerate(["[UNK]", *words])}
    tokenizer = tokenizers.Tokenizer(tokenizers.models.WordLevel(vocabulary, unk_token="[UNK]"))
    tokenizer.normalizer = tokenizers.normalizers.Lowercase()
    tokenizer.pre_tokenizer = tokenizers.pre_tokenizers.WhitespaceSplit()
    tokenizer.save(str(path))
    return path


def tekken_json(path: Path, pieces: Sequence[bytes]) -> Path:
    """A tekken file: ten special ids, all bytes, then ``pieces``."""
    pytest.importorskip(
        "tiktoken", reason='needs the extra fertility: python -m pip install -e ".[fertility]"'
    )
    vocabulary = [bytes([byte]) for byte in range(256)] + list(pieces)
    content = {
        "config": {
            "pattern": r"\p{N}|[^\p{N}]+",
            "num_vocab_tokens": len(vocabulary),
            "default_vocab_size": len(vocabulary) + 10,
            "default_num_special_tokens": 10,
            "version": "v3",
        },
        "vocab": [
            {"rank": rank, "token_bytes": base64.b64encode(piece).decode(), "token_str": None}
            for rank, piece in enumerate(vocabulary)
        ],
    }
    path.write_text(json.dumps(content), encoding="utf-8")
    return path
