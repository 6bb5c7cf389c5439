"""More pieces for a ``tokenizer.json`` of byte-level BPE: its training, gone on with.

Words of the base's own pre-tokenizer are cut by the base; the pair of neighbours that is most frequent
becomes a piece, again and again, and its merge follows all merges before it. So each new piece can be
reached, and text without new pieces is cut as before. A new piece is whole characters, or the first
bytes of one, so it can stand in no character of a block that Japanese does not use.

Tokens that were added to the file (special ones) keep their ids, for which they enter the vocabulary.
"""

from __future__ import annotations

import heapq
import json
from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from itertools import pairwise
from typing import Any

from jtextkit.core.errors import TokenizerError
from jtextkit.core.extras import require
from jtextkit.metrics.fertility.formats import TokenizerJson, byte_level, bytes_of
from jtextkit.metrics.fertility.growth import Extensible, with_parts

Pair = tuple[str, str]


class ByteLevelBase(Extensible):
    """A ``tokenizer.json`` of byte-level BPE as the base of an extension."""

    adapter: TokenizerJson
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

    def grown(self, runs: Sequence[str], add: int) -> list[Pair]:
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

    def written(self, new: Sequence[Pair], used: Collection[int] = ()) -> bytes:
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
