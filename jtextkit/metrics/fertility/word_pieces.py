"""WordPiece vocabularies (``vocab.txt``) of BERT, the Japanese ones with MeCab's words among them.

``tokenizer_config.json`` beside the file says how words are found and whether letters are lowered:
as BERT does, or, with ``word_tokenizer_type`` "mecab", by MeCab on text normalised by NFKC. Words are
then cut into pieces, or into characters.

Not handled: words by Juman++ or SudachiPy, and SentencePiece inside words, which are refused.
"""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from jtextkit.core.errors import TokenizerError, UsageError
from jtextkit.core.extras import require
from jtextkit.core.text import decode, read_bytes
from jtextkit.metrics.fertility.adapters import CURE, Ints, digest, flat, library_errors
from jtextkit.metrics.fertility.formats import TokenizerJson


def word_pieces(name: str, data: bytes, beside: Path, identity: str) -> TokenizerJson:
    """The tokenizer of a ``vocab.txt`` and the configuration that lies ``beside`` it, if one does.

    Raises:
        TokenizerError: it is no such vocabulary, or works in a way that is not handled.
        UsageError: MeCab's dictionary that it needs is not installed.
    """
    tokenizers = require("tokenizers")
    settings = read_bytes(beside) if beside.is_file() else b"{}"
    with library_errors(name, "no readable vocab.txt", CURE):
        config = json.loads(settings)
        # As BERT's own reader has it: a piece that stands twice has its last id.
        pieces = decode(data, where=name).removesuffix("\n").split("\n")
        vocabulary = {piece.rstrip("\r"): at for at, piece in enumerate(pieces)}
        unknown = config.get("unk_token", "[UNK]")
        unknown = unknown["content"] if isinstance(unknown, dict) else unknown
        if unknown not in vocabulary:
            raise TokenizerError(f"a vocab.txt without {unknown}", where=name, cure=CURE)
        library = tokenizers.Tokenizer(
            tokenizers.models.WordPiece(vocabulary, unk_token=unknown, max_input_chars_per_word=100)
        )
        library.decoder = tokenizers.decoders.WordPiece(cleanup=False)
        words, within = (config.get(f"{of}_tokenizer_type") for of in ("word", "subword"))
        if words not in (None, "basic", "mecab") or within not in (None, "wordpiece", "character"):
            raise TokenizerError(
                f"its words are cut by {words}, {within}, which is not handled",
                where=name,
                cure="mecab or basic words with wordpiece or character are",
            )
        mecab = config.get("mecab_kwargs") or {}
        if words == "mecab":
            if mecab.get("normalize_text", True):
                library.normalizer = tokenizers.normalizers.NFKC()
        else:
            library.normalizer = tokenizers.normalizers.BertNormalizer(
                handle_chinese_chars=words is None and config.get("tokenize_chinese_chars", True),
                strip_accents=config.get("strip_accents"),
                lowercase=config.get("do_lower_case", words is None),
            )
            library.pre_tokenizer = tokenizers.pre_tokenizers.BertPreTokenizer()
        made = library.to_str().encode()
    identity = identity if "@" in identity else f"{identity}-{digest(data + settings)}"
    if words != "mecab":
        return TokenizerJson(name, made, identity, "wordpiece")
    lower, characters = bool(config.get("do_lower_case")), within == "character"
    tagger = _tagger(name, mecab)
    return _MecabPieces(name, made, identity, tagger, lower=lower, characters=characters)


class _MecabPieces(TokenizerJson):
    """It is asked itself for the words of a text, each a part of the text that the library knows."""

    def __init__(
        self, name: str, data: bytes, identity: str, tagger: Any, *, lower: bool, characters: bool
    ) -> None:
        super().__init__(name, data, identity, "wordpiece")
        self._tagger, self._lower, self._characters = tagger, lower, characters
        self.library.pre_tokenizer = require("tokenizers").pre_tokenizers.PreTokenizer.custom(self)

    def encode(self, texts: Sequence[str]) -> tuple[Ints, Ints]:
        # One by one: a batch takes threads, which MeCab's words would not survive.
        return flat([self.offsets(text)[0] for text in texts])

    def pre_tokenize(self, text: Any) -> None:
        """Called by the library."""
        text.split(self._words)

    def _words(self, _: int, text: Any) -> list[Any]:
        whole, end, found = text.normalized, 0, []
        for word in self._tagger(whole):
            start = whole.index(word.surface, end)
            end = start + len(word.surface)
            if self._characters:
                found += [text[at : at + 1] for at in range(start, end)]
            elif not word.surface.isspace():
                found.append(text[start:end])
        if self._lower:
            for part in found:
                part.lowercase()
        return found


def _tagger(name: str, mecab: Mapping[str, Any]) -> Any:
    import importlib

    import fugashi

    dictionary = mecab.get("mecab_dic", "unidic_lite")
    if dictionary not in ("ipadic", "unidic_lite", "unidic"):
        raise TokenizerError(
            f"its words need the MeCab dictionary {dictionary}, which is not handled",
            where=name,
            cure="ipadic, unidic_lite and unidic are",
        )
    try:
        folder = importlib.import_module(dictionary).DICDIR
    except ModuleNotFoundError:
        package = dictionary.replace("_", "-")
        raise UsageError(
            f"{name}: its words need the MeCab dictionary {package}",
            cure=f"python -m pip install {package}",
        ) from None
    options = mecab.get("mecab_option") or ""
    with library_errors(name, f"MeCab cannot open {dictionary}"):
        return fugashi.GenericTagger(f'-d "{folder}" -r "{folder}/mecabrc" {options}')
