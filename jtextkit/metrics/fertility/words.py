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
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import chain, pairwise
from typing import TYPE_CHECKING, Any

from jtextkit.core.extras import require
from jtextkit.core.registry import unknown_name
from jtextkit.metrics.morphology.analysis import analyser
from jtextkit.metrics.morphology.dictionary import DEFAULT_DICTIONARY

if TYPE_CHECKING:
    from jtextkit.metrics.fertility.adapters import Ints

    Segmented = tuple[list[str], Ints]
    """The units of a number of texts, and where each ends in characters of all texts joined."""

WORD_UNITS = ("unidic", "sudachi-a", "sudachi-b", "sudachi-c")
"""UniDic short-unit words (短単位), and SudachiPy's units from short (A) to long (C)."""

_SUDACHI_LIMIT = 10_000  # SudachiPy takes 49,149 bytes
_BREAKS = "\n。！？ 、"
_SPACES = re.compile(r"[\x00-\x20]")


def installed_units() -> tuple[str, ...]:
    """The word units that can be used here; UniDic's always can."""
    found = all(map(importlib.util.find_spec, ("sudachipy", "sudachidict_core")))
    return WORD_UNITS if found else WORD_UNITS[:1]


def unit_identity(unit: str, dictionary: str = DEFAULT_DICTIONARY) -> str:
    """What a word unit is called in signatures: its name and its dictionary's.

    Raises:
        UsageError: there is no such unit, or the extra ``fertility`` is not installed.
        DictionaryError: see :func:`~jtextkit.metrics.morphology.dictionary.find_dictionary`.
    """
    if unit not in WORD_UNITS:
        raise unknown_name("word unit", unit, WORD_UNITS)
    if unit == "unidic":
        return analyser(dictionary).dictionary.identity
    require("sudachipy")
    require("sudachidict_core")
    return f"{unit}-sudachidict-core-{importlib.metadata.version('sudachidict-core')}"


def segment(
    units: Sequence[str], texts: Sequence[str], dictionary: str = DEFAULT_DICTIONARY
) -> dict[str, Segmented]:
    """The words of texts by several units, white space in front of each included.

    Raises:
        UsageError, DictionaryError: as :func:`unit_identity`.
    """
    found: dict[str, Segmented] = {}
    modes = [unit[-1].upper() for unit in units if unit.startswith("sudachi-")]
    if modes:
        by_text = [_sudachi(text, modes) for text in texts]
        for mode in modes:
            found[f"sudachi-{mode.lower()}"] = _placed([each[mode] for each in by_text], texts)
    if "unidic" in units:
        found["unidic"] = _placed([_unidic(text, dictionary) for text in texts], texts)
    return found


def _placed(units: Sequence[list[str]], texts: Sequence[str]) -> Segmented:
    import numpy as np  # late: the command line asks this module for the names of units

    flat = list(chain.from_iterable(units))
    ends = np.cumsum(np.fromiter(map(len, flat), np.int64, len(flat)))
    # White space at the end of a text belongs to no unit.
    counts = np.fromiter(map(len, units), np.int64, len(units))
    sizes = np.fromiter(map(len, texts), np.int64, len(texts))
    covered = np.diff(np.concatenate(([0], ends))[np.concatenate(([0], np.cumsum(counts)))])
    missing = np.cumsum(sizes - covered) - (sizes - covered)
    return flat, ends + np.repeat(missing, counts)


def _unidic(text: str, dictionary: str) -> list[str]:
    opened = analyser(dictionary)
    text = text.replace("\0", " ")  # where MeCab would stop
    borders = opened.borders(text)
    if borders is not None:
        ends = [end for _, end, _ in borders]
    else:
        ends = [0]
        for word in opened.words(text) if not text.isspace() else ():
            ends.append(text.index(word.surface, ends[-1]) + len(word.surface))
        del ends[0]
    return [text[a:b] for a, b in pairwise([0, *ends])]


def _sudachi(text: str, modes: Sequence[str]) -> dict[str, list[str]]:
    """The units of each mode from one pass in mode C: SudachiPy too finds A and B by splitting the
    units of C.
    """
    units: dict[str, list[str]] = {mode: [] for mode in modes}
    for part in _parts(text, _SUDACHI_LIMIT):
        found = _sudachi_tokenizer().tokenize(part)
        surfaces = _sudachi_surfaces(part, found)
        for mode in modes:
            units[mode] += surfaces if mode == "C" else _split(found, surfaces, mode)
    return units


@cache
def _sudachi_tokenizer() -> Any:
    sudachipy = require("sudachipy")
    opened = sudachipy.Dictionary(dict="core")
    # The older name of the method warns where there is a newer one.
    make = opened.tokenizer if hasattr(opened, "tokenizer") else opened.create
    return make(sudachipy.SplitMode.C)


def _sudachi_surfaces(text: str, found: Any) -> list[str]:
    if _SPACES.search(text) is None:
        units = str(found).split(" ")  # surfaces with spaces between: one call for all
        if sum(map(len, units)) == len(text):
            return units
    ends = [morpheme.end() for morpheme in found]
    return [text[a:b] for a, b in pairwise([0, *ends])]


def _split(found: Any, surfaces: Sequence[str], mode: str) -> Iterator[str]:
    split_mode = getattr(require("sudachipy").SplitMode, mode)
    for morpheme, surface in zip(found, surfaces, strict=True):
        shorter = morpheme.split(split_mode, add_single=False) if len(surface) > 1 else ()
        if len(shorter):
            yield from (one.surface() for one in shorter)
        else:
            yield surface


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
