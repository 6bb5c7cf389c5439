"""Vocabularies that can be extended, and the text that new pieces may be of.

A SentencePiece model, BPE or unigram, is trained on with its own algorithm. New pieces follow the base's,
whose ids and scores stay. In a BPE model each new piece scores below all of the base, in the order in which
training merged it: the base's merges happen first, the new ones after. In a unigram model scores are
logarithms of probabilities; new ones are shifted by what pieces of both vocabularies differ by, in the median.

Of a ``tokenizer.json`` of byte-level BPE the training is gone on with: words of the base's own pre-tokenizer
are cut by the base; the pair of neighbours that is most frequent becomes a piece, again and again, and its
merge follows all merges before it. So each new piece can be reached, and text without new pieces is cut as
before. A new piece is whole characters, or the first bytes of one, so it can stand in no character of a block
that Japanese does not use. Tokens that were added to the file (special ones) keep their ids, for which they
enter the vocabulary.
"""

import heapq
import io
import json
import re
import statistics
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from itertools import pairwise
from typing import Any

from jtextkit.core.errors import InputError, TokenizerError
from jtextkit.core.extras import require
from jtextkit.metrics.fertility.formats import SentencePiece, TokenizerJson, byte_level, bytes_of

# Runs of kana, 漢字 and the marks that stand among them; SentencePiece's own mark is none.
JAPANESE = re.compile(
    "[\u3001-\u3003\u3005-\u301f\u3021-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff"
    "\uf900-\ufaff\uff01-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uff9f\U00020000-\U0003ffff]+"
)

_UNIGRAM, _BPE = 1, 2
_NORMAL = 1
_COVERAGE = 0.9995  # of characters by frequency; what SentencePiece advises for Japanese
_LONGEST = 8000  # characters of a run for the trainer, which leaves out what is longer

Piece = tuple[str, float]
"""A piece and its score."""

Pair = tuple[str, str]


def with_parts(
    pieces: Iterable[str], parts: Callable[[str], Iterable[tuple[str, str]]]
) -> set[str]:
    """Pieces, and all that may be merged on the way to them: without the rest they come out alike."""
    kept = set(pieces)
    open_ones = list(kept)
    while open_ones:
        for piece in {half for pair in parts(open_ones.pop()) for half in pair} - kept:
            kept.add(piece)
            open_ones.append(piece)
    return kept


class SentencePieceBase:
    """A SentencePiece model as the base of an extension.

    Attributes:
        adapter: the tokenizer as it is.
        kind: the algorithm by which new pieces are found.
        library: what trains them, and its version.
    """

    def __init__(self, name: str, data: bytes) -> None:
        self._model = _model(data, name)
        self._kind = self._model.trainer_spec.model_type
        self.adapter = self.opened(data)
        self.kind = "bpe" if self._kind == _BPE else "unigram"
        self.library = {"sentencepiece": str(require("sentencepiece").__version__)}

    def normalised(self, texts: Sequence[str]) -> Sequence[str]:
        """Texts as the tokenizer sees them: full-width letters gone, and so on."""
        if not self._model.normalizer_spec.precompiled_charsmap:
            return texts
        return [self.adapter.processor.normalize(text) for text in texts]

    def grown(self, runs: Sequence[str], add: int) -> list[Any]:
        """New pieces found in Japanese text, the most useful first: ``add``, or all that there are."""
        have = {piece.piece for piece in self._model.pieces}
        trained = _trained(runs, self._kind, have, add)
        shift = _shift(self._model, trained, self._kind)
        fresh = [(piece, score) for piece, score in trained if piece not in have]
        if self._kind == _UNIGRAM:  # by their probability
            return [(piece, score + shift) for piece, score in fresh]
        # Single characters first: longer pieces are merged from them, and each spares two of three bytes.
        fresh.sort(key=lambda entry: len(entry[0]) > 1)
        return [(piece, float(shift - rank)) for rank, (piece, _) in enumerate(fresh, start=1)]

    def written(self, new: Sequence[Any], used: Collection[int] = ()) -> bytes:
        """The file with new pieces behind the old ones.

        Args:
            used: if given, ids of the larger vocabulary; pieces of text that are neither among them
                nor merged on the way to one are left out, and those behind move up.
        """
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
        """The tokenizer of such a file."""
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


class ByteLevelBase:
    """A ``tokenizer.json`` of byte-level BPE as the base of an extension, as :class:`SentencePieceBase` is one."""

    kind = "byte-level-bpe"

    def __init__(self, name: str, data: bytes) -> None:
        self.adapter = TokenizerJson(name, data, "")
        self.library = {"tokenizers": str(require("tokenizers").__version__)}
        self._content: dict[str, Any] = json.loads(data)
        self._letters = byte_level(self._content)
        if self._content["model"].get("type") != "BPE" or not self._letters:
            raise TokenizerError(
                "no byte-level BPE, the one kind of tokenizer.json that is extended",
                where=name,
                cure="name the model's SentencePiece .model, if it has one",
            )

    def normalised(self, texts: Sequence[str]) -> Sequence[str]:
        normalizer = self.adapter.library.normalizer
        return [normalizer.normalize_str(text) for text in texts] if normalizer else texts

    def grown(self, runs: Sequence[str], add: int) -> list[Any]:
        library = self.adapter.library
        words = Counter(
            word for run in runs for word, _ in library.pre_tokenizer.pre_tokenize_str(run)
        )
        cut = [[token.value for token in library.model.tokenize(word)] for word in words]
        return self._merged(cut, [*words.values()], add)

    def _merged(self, words: list[list[str]], often: Sequence[int], add: int) -> list[Pair]:
        """The next ``add`` merges of BPE's training; ties by the pair itself."""
        counts: Counter[Pair] = Counter()
        places: defaultdict[Pair, set[int]] = defaultdict(set)
        for at, word in enumerate(words):
            for pair in pairwise(word):
                counts[pair] += often[at]
                places[pair].add(at)
        queue = [(-count, pair) for pair, count in counts.items()]
        heapq.heapify(queue)
        have = set(self._content["model"]["vocab"])
        merges: list[Pair] = []
        while queue and len(merges) < add:
            count, pair = heapq.heappop(queue)
            if -count != counts[pair]:
                continue  # it was counted anew since, and stands elsewhere in the queue
            piece = "".join(pair)
            if count >= -1 or piece in have or not self._sound(piece):
                continue
            merges.append(pair)
            have.add(piece)
            changes: Counter[Pair] = Counter()
            for at in places.pop(pair):
                joined = _joined(words[at], pair)
                for one in pairwise(words[at]):
                    changes[one] -= often[at]
                for one in pairwise(joined):
                    changes[one] += often[at]
                    if piece in one:
                        places[one].add(at)
                words[at] = joined
            for one, change in changes.items():
                if change:
                    counts[one] += change
                    heapq.heappush(queue, (-counts[one], one))
        return merges

    def _sound(self, piece: str) -> bool:
        """Whether it is whole characters, or the first bytes of one."""
        data = bytes_of(piece, self._letters) or b"\x80"
        try:
            data.decode()
        except UnicodeDecodeError as error:
            return error.start == 0 and error.reason == "unexpected end of data"
        return True

    def written(self, new: Sequence[Any], used: Collection[int] = ()) -> bytes:
        content = json.loads(json.dumps(self._content))
        model, added = content["model"], content.get("added_tokens", [])
        vocabulary = {**model["vocab"], **{token["content"]: token["id"] for token in added}}
        first = max(vocabulary.values()) + 1
        vocabulary |= {"".join(pair): at for at, pair in enumerate(new, start=first)}
        joint = all(isinstance(one, str) for one in model["merges"])  # as older libraries have it
        merges = [tuple(one.split(" ")) if joint else tuple(one) for one in model["merges"]]
        merges += new
        if used:
            ways: defaultdict[str, list[Pair]] = defaultdict(list)
            for pair in merges:
                ways["".join(pair)].append(pair)
            names = (piece for piece, at in vocabulary.items() if at in used or len(piece) == 1)
            kept = with_parts(names, lambda piece: ways[piece])
            kept |= {token["content"] for token in added}
            ordered = sorted(kept, key=vocabulary.__getitem__)
            moved = {vocabulary[piece]: at for at, piece in enumerate(ordered)}
            vocabulary = {piece: at for at, piece in enumerate(ordered)}
            merges = [pair for pair in merges if "".join(pair) in kept and kept.issuperset(pair)]
            content["post_processor"] = _renumbered(content.get("post_processor"), moved)
            for token in added:
                token["id"] = vocabulary[token["content"]]
        model["vocab"] = vocabulary
        model["merges"] = [" ".join(pair) if joint else [*pair] for pair in merges]
        return json.dumps(content, ensure_ascii=False).encode()

    def opened(self, data: bytes) -> TokenizerJson:
        return TokenizerJson("the new tokenizer", data, "")


def _joined(word: Sequence[str], pair: Pair) -> list[str]:
    joined: list[str] = []
    for token in word:
        if joined and (joined[-1], token) == pair:
            joined[-1] += token
        else:
            joined.append(token)
    return joined


def _renumbered(part: Any, moved: Mapping[int, int]) -> Any:
    """A post-processor with the ids that it puts around texts moved: ``ids``, ``sep``, ``cls``."""
    if isinstance(part, list):
        return [_renumbered(one, moved) for one in part]
    if not isinstance(part, dict):
        return part
    new = {name: _renumbered(value, moved) for name, value in part.items()}
    if "ids" in new:
        new["ids"] = [moved[one] for one in part["ids"]]
    for name in {"sep", "cls"} & new.keys():
        new[name] = [part[name][0], moved[part[name][1]]]
    return new
