"""What every tokenizer is here: one interface for where it cuts a text, in bytes of UTF-8.

A kind knows how to encode texts into ids and which bytes each id stands for. If the bytes of a
text's pieces, one after another, are the text (after a leading space that the tokenizer added),
the cuts follow from their lengths; this is the rule, and fast. Where they are not (a tokenizer
that normalises, drops white space, or meets what it does not know), the library's own offsets
decide. No special tokens are ever added: no BOS, no EOS. What comes back of a text is what the
library decodes, whatever the pieces' bytes say.

The kinds have a module each; :mod:`.loading` finds the one for a name.
"""

import hashlib
import multiprocessing
from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import chain, groupby, pairwise

import numpy as np
from numpy.typing import NDArray

from jtextkit.core.errors import TokenizerError, UsageError, first_line
from jtextkit.core.guarded import GuardedError, guarded

Flags = NDArray[np.bool_]
Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

CURE = "check that it is a whole SentencePiece .model, tokenizer.json, vocab.txt, .tiktoken or tekken JSON"
_HOLES = 1 << 20  # ids without a piece; real vocabularies have some hundreds


@dataclass(frozen=True, slots=True)
class Cut:
    """How a tokenizer cuts a number of texts.

    Attributes:
        counts: tokens of each text.
        ids: of all tokens, text after text.
        starts: where each token starts, in bytes of all texts joined.
        ends: where it ends; equal to ``starts`` for a token that covers nothing.
        returned: what came back, by index, of those that decode to something else than they were.
    """

    counts: Ints
    ids: Ints
    starts: Ints
    ends: Ints
    returned: dict[int, str]


class Adapter(ABC):
    """A tokenizer.

    Attributes:
        name: as the user named it.
        kind: ``sentencepiece``, ``tokenizer.json``, ``wordpiece``, ``tekken``, ``tiktoken`` or
            ``baseline``.
        identity: the short form for signatures: a name and what its bytes hash to.
        surfaces: the bytes each id stands for; None where that depends on the text.
        fallback: whether an id is a single byte that stands for a part of a character.
        unknown: whether an id stands for what the vocabulary lacks.
    """

    def __init__(
        self,
        name: str,
        kind: str,
        identity: str,
        surfaces: Sequence[bytes | None],
        fallback: Iterable[int] = (),
        unknown: Iterable[int] = (),
    ) -> None:
        self.name = name
        self.kind = kind
        self.identity = identity
        self.surfaces = surfaces
        ids = np.arange(len(surfaces))
        self.fallback, self.unknown = (np.isin(ids, [*some]) for some in (fallback, unknown))
        self._lengths = np.fromiter((len(s or b"") for s in surfaces), np.int64, len(surfaces))
        self._offsets = np.cumsum(self._lengths) - self._lengths
        self._bytes = np.frombuffer(b"".join(s or b"" for s in surfaces), np.uint8)

    @property
    def vocabulary_size(self) -> int:
        """The number of ids, whether they occur or not."""
        return len(self.surfaces)

    @abstractmethod
    def encode(self, texts: Sequence[str]) -> tuple[Ints, Ints]:
        """The ids of all texts, one after another, and how many each text has."""

    @abstractmethod
    def decode(self, ids: Sequence[int]) -> str:
        """The text that the library makes of ids."""

    def offsets(self, text: str) -> tuple[list[int], list[tuple[int, int]]]:  # noqa: ARG002
        """The ids of one text and what the library says of each: start and end in bytes.

        Tokens that share a character may be given its whole stretch each. Asked for only where the
        pieces' bytes are not the text, which some kinds exclude.
        """
        raise TokenizerError("its pieces are not the text's bytes", where=self.name)

    def decodings(self, texts: Sequence[str], ids: Ints, counts: Ints) -> dict[int, str]:
        """What comes back as another text, by index: a decoder need not give the pieces' bytes."""
        flat = ids.tolist()
        tops = np.cumsum(counts).tolist()
        parts = (flat[a:b] for a, b in zip([0, *tops], tops, strict=False))
        pairs = enumerate(zip(texts, map(self.decode, parts), strict=True))
        return {index: back for index, (text, back) in pairs if back != text}

    def cut(self, texts: Sequence[str]) -> Cut:
        """Cut ``texts``, none of them empty.

        Raises:
            TokenizerError: the library failed on a text, or its pieces do not fit the text.
        """
        with library_errors(self.name, "it failed on a text"):
            return self._cut(texts)

    def _cut(self, texts: Sequence[str]) -> Cut:
        found = self._by_length(texts)
        if found is not None:
            return found
        parts = [self._by_length([text]) or self._by_offsets(text) for text in texts]
        sizes = [len(text.encode()) for text in texts]
        bases = np.cumsum([0, *sizes[:-1]]).tolist()
        return Cut(
            np.concatenate([part.counts for part in parts]),
            np.concatenate([part.ids for part in parts]),
            np.concatenate([part.starts + base for part, base in zip(parts, bases, strict=True)]),
            np.concatenate([part.ends + base for part, base in zip(parts, bases, strict=True)]),
            {at: part.returned[0] for at, part in enumerate(parts) if part.returned},
        )

    def _by_length(self, texts: Sequence[str]) -> Cut | None:
        """Where the cuts are if the pieces' bytes are the texts'; None where they are not."""
        ids, counts = self.encode(texts)
        encoded = [text.encode() for text in texts]
        sizes = np.fromiter(map(len, encoded), np.int64, len(texts))
        lengths = self._lengths[ids]
        ends = np.cumsum(lengths)
        last = np.cumsum(counts)
        covered = np.diff(np.concatenate(([0], ends))[np.concatenate(([0], last))])
        added = covered - sizes  # one byte more: a space in front that the tokenizer added
        if not ((added == 0) | (added == 1)).all():
            return None
        prefixed = (b" " + data if one else data for data, one in zip(encoded, added, strict=True))
        # 32 bits: half the memory to go through, and a batch has never so many bytes.
        places = np.repeat((self._offsets[ids] - ends + lengths).astype(np.int32), lengths)
        places += np.arange(len(places), dtype=np.int32)
        if not np.array_equal(self._bytes[places], np.frombuffer(b"".join(prefixed), np.uint8)):
            return None
        # The added spaces before and in this text are no bytes of it.
        shift = np.repeat(np.cumsum(added), counts)
        floor = np.repeat(np.cumsum(sizes) - sizes, counts)
        starts, stops = (np.maximum(one - shift, floor) for one in (ends - lengths, ends))
        return Cut(counts, ids, starts, stops, self.decodings(texts, ids, counts))

    def _by_offsets(self, text: str) -> Cut:
        """The careful way: the library's offsets for a text whose pieces are not its bytes."""
        ids, offsets = self.offsets(text)
        starts, ends = _shared(offsets, len(text.encode()), self.name)
        back = self.decode(ids)
        counts = np.array([len(ids)], np.int64)
        returned = {} if back == text else {0: back}
        return Cut(counts, np.asarray(ids, np.int64), starts, ends, returned)

    def pieces(self, text: str) -> list[str]:
        """``text`` as it is cut, for people; bytes that are no character are shown as ⟨E3⟩."""
        if not text:
            return []
        data = text.encode()
        cut = self.cut([text])
        return [_shown(data[a:b]) for a, b in zip(cut.starts, cut.ends, strict=True) if b > a]


def _shown(data: bytes) -> str:
    try:
        return data.decode()
    except UnicodeDecodeError:
        return "".join(f"⟨{byte:02X}⟩" for byte in data)


def _shared(offsets: Sequence[tuple[int, int]], size: int, name: str) -> Ints:
    """Starts and ends, where tokens that were given the same stretch divide it among them."""
    spans: list[tuple[int, int]] = []
    for (start, end), same in groupby(offsets):
        if not 0 <= start <= end <= size:
            raise TokenizerError(
                f"its pieces do not fit the text (bytes {start} to {end} of {size})", where=name
            )
        number = len([*same])
        spans += pairwise(start + (end - start) * part // number for part in range(number + 1))
    return np.array(spans, np.int64).reshape(-1, 2).T


@contextmanager
def library_errors(name: str, doing: str, cure: str = "") -> Iterator[None]:
    """Make what a library raises ours; a panic in one written in Rust is no Exception."""
    try:
        yield
    except (TokenizerError, UsageError, KeyboardInterrupt, SystemExit):
        raise
    except BaseException as error:
        # SentencePiece names a line of its own source, which helps no user.
        detail = (
            "" if "INTERNAL" in str(error) else f" ({type(error).__name__}: {first_line(error)})"
        )
        raise TokenizerError(f"{doing}{detail}", where=name, cure=cure) from error


def check_readable(kind: str, data: bytes, name: str) -> None:
    """Have a library read a file where it does no harm, before it reads it here.

    Raises:
        TokenizerError: it cannot.
    """
    if multiprocessing.parent_process() is not None:
        return  # a worker is given what its parent has read
    try:
        guarded(kind, data)
    except GuardedError as error:
        # SentencePiece names a line of its own source, which helps no user.
        detail = "" if "INTERNAL" in str(error) else f" ({error})"
        raise TokenizerError(f"no readable {kind}{detail}", where=name, cure=CURE) from None


def check_ids(largest: int, pieces: int, name: str) -> None:
    """Refuse ids for whose sake a table of all of them would be huge."""
    if not 0 <= largest < pieces + _HOLES:
        raise TokenizerError(f"id {largest:,} among {pieces:,} pieces", where=name, cure=CURE)


def is_lone_byte(surface: bytes | None) -> bool:
    """Whether it is a part of a longer character: bytes below 0x80 are characters of their own."""
    return surface is not None and len(surface) == 1 and surface[0] >= 0x80


def flat(ids: Sequence[Sequence[int]]) -> tuple[Ints, Ints]:
    """All ids one after another, and how many each text has."""
    counts = np.fromiter(map(len, ids), np.int64, len(ids))
    return np.fromiter(chain.from_iterable(ids), np.int64, int(counts.sum())), counts


def digest(data: bytes) -> str:
    """What stands for a file in an identity."""
    return hashlib.sha256(data).hexdigest()[:12]
