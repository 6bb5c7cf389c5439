"""The tokenizer for a name: a baseline, an encoding, a file, a folder, or a model of the Hub.

What a file is follows from its content, not from its name; ``vocab.txt`` alone has no other sign.

Not handled: slow tokenizers that exist as Python code only; GGUF (save the model's tokenizer with
transformers, which reads it, and name the folder).
"""

from __future__ import annotations

import importlib.util
import json
import re
from collections.abc import Callable
from functools import cache
from pathlib import Path

from jtextkit.core.errors import TokenizerError, UsageError
from jtextkit.core.extras import require
from jtextkit.core.text import read_bytes
from jtextkit.metrics.fertility.adapters import CURE, Adapter, digest
from jtextkit.metrics.fertility.baselines import Bytes, Characters

CONFIG = "tokenizer_config.json"
"""What a ``vocab.txt`` needs beside it: how words are found."""

FILES = (
    "tokenizer.json", "tokenizer.model", "spiece.model", "sentencepiece.bpe.model",
    "tekken.json", "qwen.tiktoken", "vocab.txt",
)  # fmt: skip
"""Names of tokenizers in folders and on the Hub; the first that is there is taken."""

BASELINES: dict[str, Callable[[], Adapter]] = {"bytes": Bytes, "characters": Characters}
"""Tokenizers that need no file."""

_LARGEST = 256 << 20  # bytes of a file; the largest known have a fifth of it
_HUB_ID = re.compile(r"[A-Za-z0-9][\w.-]*/[\w.-]*[A-Za-z0-9_](@[\w./-]+)?")


@cache
def load_tokenizer(name: str) -> Adapter:
    """Open the tokenizer called ``name``; a process opens each once.

    Args:
        name: ``bytes`` or ``characters``; an encoding of tiktoken (``o200k_base``); a file
            (SentencePiece ``.model``, ``tokenizer.json``, ``.tiktoken``, tekken JSON, BERT's
            ``vocab.txt`` with its ``tokenizer_config.json``); a folder with one of :data:`FILES` or
            a single ``.tiktoken``; or a model of the Hub, ``OWNER/NAME`` or ``OWNER/NAME@REVISION``.

    Raises:
        TokenizerError: there is nothing of that name, or it is unreadable or cut short.
        UsageError: the extra ``fertility`` is not installed.
    """
    if name in BASELINES:
        return BASELINES[name]()
    path = Path(name)
    if path.is_dir():
        return _open(_within(path), name)
    if path.exists() or ("/" not in name and path.suffix):
        return _open(path, name)
    if _HUB_ID.fullmatch(name):
        from jtextkit.metrics.fertility.hub import fetch

        file, commit = fetch(name, FILES, CONFIG)
        return _open(file, name, identity=f"{name.partition('@')[0]}@{commit}")
    if "/" in name:
        return _open(path, name)
    if importlib.util.find_spec("tiktoken") and name in require("tiktoken").list_encoding_names():
        from jtextkit.metrics.fertility.byte_pairs import named_encoding

        return named_encoding(name)
    raise UsageError(
        f"no tokenizer {name!r}",
        cure="name a file, a model of the Hub (OWNER/NAME), an encoding of tiktoken, or "
        + " or ".join(BASELINES),
    )


def _within(folder: Path) -> Path:
    for file in (*(folder / name for name in FILES), *sorted(folder.glob("*.tiktoken"))):
        if file.is_file():
            return file
    raise TokenizerError(
        f"no {', '.join(FILES[:-1])} or {FILES[-1]} in this folder",
        where=str(folder),
        cure="name the file itself",
    )


def _open(file: Path, name: str, identity: str = "") -> Adapter:
    if file.is_file() and file.stat().st_size > _LARGEST:
        raise TokenizerError(f"more than {_LARGEST:,} bytes", where=name, cure=CURE)
    data = read_bytes(file)
    if not data:
        raise TokenizerError("the file is empty", where=name, cure=CURE)
    if file.name.endswith("vocab.txt"):
        from jtextkit.metrics.fertility.word_pieces import word_pieces

        return word_pieces(name, data, file.with_name(CONFIG), identity or file.name)
    from jtextkit.metrics.fertility import byte_pairs

    identity = identity or f"{file.name}-{digest(data)}"
    if byte_pairs.is_tiktoken(data):
        return byte_pairs.tiktoken_file(name, data, identity)
    if data.lstrip()[:1] != b"{":
        from jtextkit.metrics.fertility.sentencepiece_model import SentencePiece

        return SentencePiece(name, data, identity)
    try:
        content = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise TokenizerError("not JSON to its end", where=name, cure=CURE) from error
    if isinstance(content.get("vocab"), list) and isinstance(content.get("config"), dict):
        return byte_pairs.tekken(name, content, identity)
    from jtextkit.metrics.fertility.tokenizer_json import TokenizerJson

    return TokenizerJson(name, data, identity)
