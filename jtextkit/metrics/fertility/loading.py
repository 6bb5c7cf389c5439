"""The tokenizer for a name: a baseline, an encoding, a file, a folder, or a model of the Hub.

What a file is follows from its content, not from its name; ``vocab.txt`` alone has no other sign.

Not handled: slow tokenizers that exist as Python code only; GGUF (save the model's tokenizer with
transformers, which reads it, and name the folder).
"""

import importlib.util
import json
import re
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import cache
from pathlib import Path

import numpy as np

from jtextkit.core.errors import JtextkitError, NotFoundError, TokenizerError, UsageError
from jtextkit.core.extras import require
from jtextkit.core.hub import hub_errors
from jtextkit.core.text import read_bytes
from jtextkit.metrics.fertility import formats
from jtextkit.metrics.fertility.adapters import CURE, Adapter, Cut, Ints, digest
from jtextkit.metrics.fertility.word_pieces import word_pieces

CONFIG = "tokenizer_config.json"
"""What a ``vocab.txt`` needs beside it: how words are found."""

FILES = (
    "tokenizer.json", "tokenizer.model", "spiece.model", "sentencepiece.bpe.model",
    "tekken.json", "qwen.tiktoken", "vocab.txt",
)  # fmt: skip
"""Names of tokenizers in folders and on the Hub; the first that is there is taken."""

_LARGEST = 256 << 20  # bytes of a file; the largest known have a fifth of it
_HUB_ID = re.compile(r"[A-Za-z0-9][\w.-]*/[\w.-]*[A-Za-z0-9_](@[\w./-]+)?")


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


BASELINES: dict[str, Callable[[], Adapter]] = {"bytes": Bytes, "characters": Characters}
"""Tokenizers that need no file."""


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
        file, commit = _fetch(name)
        return _open(file, name, identity=f"{name.partition('@')[0]}@{commit}")
    if "/" in name:
        return _open(path, name)
    if importlib.util.find_spec("tiktoken") and name in require("tiktoken").list_encoding_names():
        return formats.named_encoding(name)
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


def _fetch(name: str) -> tuple[Path, str]:
    """The first of :data:`FILES` that ``OWNER/NAME`` or ``OWNER/NAME@REVISION`` has, and its commit.

    ``HF_ENDPOINT``, ``HF_HOME``, ``HF_TOKEN`` and ``HF_HUB_OFFLINE`` work as they always do.
    """
    from huggingface_hub import constants, hf_hub_download
    from huggingface_hub.errors import EntryNotFoundError, LocalEntryNotFoundError

    repository, _, revision = name.partition("@")
    missing: Exception | None = None
    try:
        with hub_errors(name, "model"):
            for file in FILES:
                try:
                    path = Path(hf_hub_download(repository, file, revision=revision or None))
                except EntryNotFoundError as error:
                    missing = error
                    # Also what no network looks like, which would be the same for each.
                    if isinstance(error, LocalEntryNotFoundError) and not constants.HF_HUB_OFFLINE:
                        raise
                    continue
                if path.suffix == ".txt":
                    with suppress(EntryNotFoundError):
                        hf_hub_download(repository, CONFIG, revision=path.parent.name)
                # …/snapshots/COMMIT/FILE: what the revision stands for today.
                return path, path.parent.name
            if isinstance(missing, LocalEntryNotFoundError):
                raise missing
            raise NotFoundError(
                f"it has none of {', '.join(FILES)}", where=name, cure="name a model that has one"
            )
    except JtextkitError as error:
        raise TokenizerError(
            f"no tokenizer could be had from the Hub ({error.problem})",
            where=name,
            cure=f"{error.cure}, or download the file and name it",
        ) from None


def _open(file: Path, name: str, identity: str = "") -> Adapter:
    if file.is_file() and file.stat().st_size > _LARGEST:
        raise TokenizerError(f"more than {_LARGEST:,} bytes", where=name, cure=CURE)
    data = read_bytes(file)
    if not data:
        raise TokenizerError("the file is empty", where=name, cure=CURE)
    if file.name.endswith("vocab.txt"):
        return word_pieces(name, data, file.with_name(CONFIG), identity or file.name)
    identity = identity or f"{file.name}-{digest(data)}"
    if formats.is_tiktoken(data):
        return formats.tiktoken_file(name, data, identity)
    if data.lstrip()[:1] != b"{":
        return formats.SentencePiece(name, data, identity)
    try:
        content = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise TokenizerError("not JSON to its end", where=name, cure=CURE) from error
    if isinstance(content.get("vocab"), list) and isinstance(content.get("config"), dict):
        return formats.tekken(name, content, identity)
    return formats.TokenizerJson(name, data, identity)
