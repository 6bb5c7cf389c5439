"""What a vocabulary must be able to do to be extended, and the text that new pieces may be of."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Callable, Collection, Iterable, Sequence
from typing import Any

from jtextkit.metrics.fertility.adapters import Adapter

# Runs of kana, 漢字 and the marks that stand among them; SentencePiece's own mark is none.
JAPANESE = re.compile(
    "[\u3001-\u3003\u3005-\u301f\u3021-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff"
    "\uf900-\ufaff\uff01-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uff9f\U00020000-\U0003ffff]+"
)


class Extensible(ABC):
    """A vocabulary to extend.

    Attributes:
        adapter: the tokenizer as it is.
        kind: the algorithm by which new pieces are found.
        library: what trains them, and its version.
    """

    adapter: Adapter
    kind: str
    library: dict[str, str]

    @abstractmethod
    def normalised(self, texts: Sequence[str]) -> Sequence[str]:
        """Texts as the tokenizer sees them: full-width letters gone, and so on."""

    @abstractmethod
    def grown(self, runs: Sequence[str], add: int) -> list[Any]:
        """New pieces found in Japanese text, the most useful first: ``add``, or all that there are."""

    @abstractmethod
    def written(self, new: Sequence[Any], used: Collection[int] = ()) -> bytes:
        """The file with new pieces behind the old ones.

        Args:
            used: if given, ids of the larger vocabulary; pieces of text that are neither among them
                nor merged on the way to one are left out, and those behind move up.
        """

    @abstractmethod
    def opened(self, data: bytes) -> Adapter:
        """The tokenizer of such a file."""


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
