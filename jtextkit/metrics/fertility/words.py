"""Where words end, by four word units: UniDic short units, and SudachiPy's modes A, B and C.

A word here is a segmenter's unit with at least one character that is no white space; white space
around it is none of it, and units of white space alone (UniDic makes one of U+3000) are left out,
so that the four units count the same text.

Not handled: line breaks inside a word, and words across the borders at which long texts are cut
for the segmenter (10,000 for SudachiPy; without the native core 500,000 for MeCab).
"""

from __future__ import annotations

import importlib.metadata
import importlib.util
import re
from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from functools import cache, cached_property
from itertools import chain, pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

from jtextkit.core.extras import require
from jtextkit.core.registry import unknown_name
from jtextkit.metrics.morphology.analysis import analyser
from jtextkit.metrics.morphology.dictionary import DEFAULT_DICTIONARY

if TYPE_CHECKING:
    from jtextkit.metrics.fertility.arrays import Ints

WORD_UNITS = ("unidic", "sudachi-a", "sudachi-b", "sudachi-c")
"""UniDic short-unit words (短単位), and SudachiPy's units from short (A) to long (C)."""

_MECAB_LIMIT = 500_000  # characters a call; MeCab needs about 0.8 kB for each
_SUDACHI_LIMIT = 10_000  # SudachiPy takes 49,149 bytes
_BREAKS = "\n。！？ 、"
_SEPARATOR = "\x01"
_SPACES = re.compile(r"[\x00-\x20]")
# MeCab stops at NUL; the separator must not stand in the text. Each gives way to a space.
_HIDDEN = str.maketrans({"\0": " ", _SEPARATOR: " "})


class Segmenter(ABC):
    """One way to find words; ``identity`` names it and its dictionary for signatures."""

    def __init__(self, name: str, identity: str) -> None:
        self.name = name
        self.identity = identity

    @abstractmethod
    def surfaces(self, text: str) -> list[str]:
        """The units of ``text``, white space in front of each included."""


class Segmented(NamedTuple):
    """The units of a number of texts, and where each ends in characters of all texts joined."""

    surfaces: list[str]
    ends: Ints


def _placed(units: Sequence[list[str]], texts: Sequence[str]) -> Segmented:
    import numpy as np  # late: the command line asks this module for the names of units

    flat = list(chain.from_iterable(units))
    ends = np.cumsum(np.fromiter(map(len, flat), np.int64, len(flat)))
    # White space at the end of a text belongs to no unit.
    counts = np.fromiter(map(len, units), np.int64, len(units))
    sizes = np.fromiter(map(len, texts), np.int64, len(texts))
    covered = np.diff(np.concatenate(([0], ends))[np.concatenate(([0], np.cumsum(counts)))])
    missing = np.cumsum(sizes - covered) - (sizes - covered)
    return Segmented(flat, ends + np.repeat(missing, counts))


class _UniDic(Segmenter):
    def __init__(self, dictionary: str) -> None:
        self._analyser = analyser(dictionary)
        super().__init__("unidic", self._analyser.dictionary.identity)

    def surfaces(self, text: str) -> list[str]:
        if "\0" in text or _SEPARATOR in text:
            text = text.translate(_HIDDEN)
        borders = self._analyser.borders(text)
        if borders is not None:
            return [text[a:b] for a, b in pairwise([0, *(end for _, end, _ in borders)])]
        if len(text) <= _MECAB_LIMIT:
            return self._parse(text)
        return [unit for part in _parts(text, _MECAB_LIMIT) for unit in self._whole(part)]

    # Without the native core.

    @cached_property
    def _plain(self) -> Any:
        """Surfaces and a space: fast, and enough where the text itself holds no space."""
        return self._analyser.dictionary.tagger("-O wakati")

    @cached_property
    def _spaced(self) -> Any:
        """The surface with the white space before it."""
        return self._analyser.dictionary.tagger(f"-F %M{_SEPARATOR} -U %M{_SEPARATOR}")

    def _whole(self, part: str) -> list[str]:
        """The units of a part, white space at its end kept: what follows counts on it."""
        units = self._parse(part)
        rest = part[sum(map(len, units)) :]
        return [*units, rest] if rest else units

    def _parse(self, text: str) -> list[str]:
        if _SPACES.search(text) is None:
            units: list[str] = self._plain.parse(text).split(" ")
            if sum(map(len, units)) == len(text):
                return units
        units = self._spaced.parse(text).split(_SEPARATOR)
        units.pop()  # after the last separator nothing comes
        return units


class _Sudachi(Segmenter):
    def __init__(self, mode: str) -> None:
        sudachipy = require("sudachipy")
        require("sudachidict_core")
        version = importlib.metadata.version("sudachidict-core")
        name = f"sudachi-{mode.lower()}"
        super().__init__(name, f"{name}-sudachidict-core-{version}")
        opened = _sudachi_dictionary()
        # The older name of the method warns where there is a newer one.
        make = opened.tokenizer if hasattr(opened, "tokenizer") else opened.create
        self._tokenizer = make(getattr(sudachipy.SplitMode, mode))

    def surfaces(self, text: str) -> list[str]:
        if len(text) <= _SUDACHI_LIMIT:
            return self._parse(text)
        return [unit for part in _parts(text, _SUDACHI_LIMIT) for unit in self._parse(part)]

    def in_modes(self, text: str, modes: Sequence[str]) -> list[list[str]]:
        """The units of each mode from one pass in mode C: SudachiPy too finds A and B by splitting
        the units of C.
        """
        parts = [text] if len(text) <= _SUDACHI_LIMIT else _parts(text, _SUDACHI_LIMIT)
        units: dict[str, list[str]] = {mode: [] for mode in modes}
        for part in parts:
            found = self._tokenizer.tokenize(part)
            surfaces = self._surfaces(part, found)
            for mode in modes:
                units[mode] += surfaces if mode == "C" else _split(found, surfaces, mode)
        return [units[mode] for mode in modes]

    def _parse(self, text: str) -> list[str]:
        return self._surfaces(text, self._tokenizer.tokenize(text))

    @staticmethod
    def _surfaces(text: str, found: Any) -> list[str]:
        if _SPACES.search(text) is None:
            units = str(found).split(" ")  # surfaces with spaces between: one call for all
            if sum(map(len, units)) == len(text):
                return units
        ends = [morpheme.end() for morpheme in found]
        return [text[a:b] for a, b in zip([0, *ends], ends, strict=False)]


def _split(found: Any, surfaces: Sequence[str], mode: str) -> Iterator[str]:
    split_mode = getattr(require("sudachipy").SplitMode, mode)
    for morpheme, surface in zip(found, surfaces, strict=True):
        shorter = morpheme.split(split_mode, add_single=False) if len(surface) > 1 else ()
        if len(shorter):
            yield from (one.surface() for one in shorter)
        else:
            yield surface


@cache
def _sudachi_dictionary() -> Any:
    return require("sudachipy").Dictionary(dict="core")


def _parts(text: str, limit: int) -> Iterator[str]:
    """``text`` in stretches of at most ``limit``, cut behind a break where there is one."""
    start = 0
    while len(text) - start > limit:
        end = start + limit
        for mark in _BREAKS:
            found = text.rfind(mark, start + limit // 2, end) + 1
            if found:
                end = found
                break
        yield text[start:end]
        start = end
    yield text[start:]


def installed_units() -> tuple[str, ...]:
    """The word units that can be used here; UniDic's always can."""
    found = all(map(importlib.util.find_spec, ("sudachipy", "sudachidict_core")))
    return WORD_UNITS if found else WORD_UNITS[:1]


def segment(
    units: Sequence[str], texts: Sequence[str], dictionary: str = DEFAULT_DICTIONARY
) -> dict[str, Segmented]:
    """The words of texts by several units; SudachiPy's modes share one pass.

    Raises:
        UsageError, DictionaryError: as :func:`segmenter`.
    """
    modes = [unit[-1].upper() for unit in units if unit.startswith("sudachi-")]
    found: dict[str, Segmented] = {}
    if len(modes) > 1:
        whole = segmenter("sudachi-c")
        assert isinstance(whole, _Sudachi)
        by_text = [whole.in_modes(text, modes) for text in texts]
        for place, mode in enumerate(modes):
            found[f"sudachi-{mode.lower()}"] = _placed([each[place] for each in by_text], texts)
    for unit in units:
        if unit not in found:
            one = segmenter(unit, dictionary)
            found[unit] = _placed([one.surfaces(text) for text in texts], texts)
    return found


@cache
def segmenter(unit: str, dictionary: str = DEFAULT_DICTIONARY) -> Segmenter:
    """This process's segmenter for a word unit; ``dictionary`` is UniDic's.

    Raises:
        UsageError: there is no such unit, or the extra ``fertility`` is not installed.
        DictionaryError: see :func:`~jtextkit.metrics.morphology.dictionary.find_dictionary`.
    """
    if unit not in WORD_UNITS:
        raise unknown_name("word unit", unit, WORD_UNITS)
    return _UniDic(dictionary) if unit == "unidic" else _Sudachi(unit[-1].upper())
