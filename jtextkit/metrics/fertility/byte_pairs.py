"""Byte pairs by the library tiktoken: Tekken's JSON, ``.tiktoken`` files, and encodings by name.

Text is first cut by a pattern. A ``.tiktoken`` file (pieces and ranks, a line each) does not hold its
pattern; it is told by the number of pieces, which says whose vocabulary it is.

Not handled: ``.tiktoken`` files of other vocabularies, which are refused; special tokens in a text,
which are text.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from jtextkit.core.errors import TokenizerError
from jtextkit.core.extras import require
from jtextkit.metrics.fertility import adapters
from jtextkit.metrics.fertility.arrays import Ints

_GPT2 = r"'(?:[sdmt]|ll|ve|re)| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+"
_CL100K = (
    r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*"
    r"|\s*[\r\n]+|\s+(?!\S)|\s+"
)
_UPPER, _LOWER = r"\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}", r"\p{Ll}\p{Lm}\p{Lo}\p{M}"
_ENDING = r"(?i:'s|'t|'re|'ve|'m|'ll|'d)?"
_O200K = (
    rf"[^\r\n\p{{L}}\p{{N}}]?[{_UPPER}]*[{_LOWER}]+{_ENDING}"
    rf"|[^\r\n\p{{L}}\p{{N}}]?[{_UPPER}]+[{_LOWER}]*{_ENDING}"
    r"|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n/]*|\s*[\r\n]+|\s+(?!\S)|\s+"
)
_PATTERNS = {
    50_256: _GPT2,  # gpt2, r50k_base
    50_257: _GPT2,  # Whisper's multilingual
    50_280: _GPT2,  # p50k_base
    100_256: _CL100K,  # cl100k_base
    128_000: _CL100K,  # Llama 3
    151_643: _CL100K.replace("{1,3}", ""),  # Qwen: digit by digit
    199_998: _O200K,  # o200k_base
}
"""How the vocabularies of so many pieces cut a text before they look for pieces."""

_LINE = re.compile(rb"[A-Za-z0-9+/]+=* \d+\r?\n")


class BytePairs(adapters.Adapter):
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
        ids, counts = adapters.flat([self._encoding.encode_ordinary(text) for text in texts])
        return ids + self._special, counts

    def decode(self, ids: Sequence[int]) -> str:
        return str(self._encoding.decode([i - self._special for i in ids]))


def tekken(name: str, content: dict[str, Any], identity: str) -> BytePairs:
    """Mistral's JSON of byte pairs."""
    with adapters.library_errors(name, "no readable tekken JSON", adapters.CURE):
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
    return _LINE.match(data) is not None


def tiktoken_file(name: str, data: bytes, identity: str) -> BytePairs:
    """A ``.tiktoken`` file, or one by another name, such as Llama 3's ``tokenizer.model``."""
    with adapters.library_errors(name, "no readable .tiktoken file", adapters.CURE):
        lines = (line.split() for line in data.splitlines() if line)
        ranks = {base64.b64decode(piece): int(rank) for piece, rank in lines}
        adapters.check_ids(max(ranks.values()), len(ranks), name)
        pattern = _PATTERNS.get(len(ranks))
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
    with adapters.library_errors(
        name, "tiktoken cannot fetch this encoding", "check the network, or name its .tiktoken file"
    ):
        encoding = require("tiktoken").get_encoding(name)
    return BytePairs(name, "tiktoken", f"tiktoken-{name}", encoding)


def _encoding(name: str, pattern: str, ranks: dict[bytes, int]) -> Any:
    return require("tiktoken").Encoding(
        Path(name).name, pat_str=pattern, mergeable_ranks=ranks, special_tokens={}
    )
