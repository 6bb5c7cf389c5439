"""From ids to letters, once there is so much to read that a compact copy of the dictionary pays.

Making a copy takes half a second, and from then on the same text takes two thirds of the time or less.

- A process that does not know how much is to come makes one when it has read :data:`PAYS` characters,
  which by ids took longer than making it does: at worst, not twice as long will have been taken.
- One that knows (:func:`expecting`) makes it at :data:`PAYS_MANY`, when there is enough text to lay it out
  for, if :data:`MUCH` or more are to be read in all, and not at all if fewer are.
- Worker processes of one run (:func:`scoring_pool`) share a copy: the first that gets there makes it, the
  others go on by ids until it is there. Copies of their own would drive each other out of the
  processor's cache.

Copies are scratch files, removed when they are mapped or when the pool ends. Where there is no place
for one, or the dictionary is of another format, reading goes on by ids; nothing but speed depends on it.
Not handled: Windows, which does not unlink files that are mapped (by ids throughout).
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import asdict
from functools import partial
from hashlib import sha256
from math import inf
from pathlib import Path

from jtextkit.core.errors import JtextkitError, OutputError
from jtextkit.core.files import scratch_folder
from jtextkit.core.processes import Workers, worker_pool
from jtextkit.metrics.morphology.dictionary import Dictionary
from jtextkit.metrics.morphology.readers import (
    Ends,
    IdReader,
    LetterReader,
    Reader,
    WordTally,
    agree,
)

PAYS = 1_000_000
PAYS_MANY = 100_000
MUCH = 2_000_000

_SAMPLE = 100_000
_AGAIN = 50_000
"""Characters after which to look again whether a copy that somebody is making is there."""
_SCRATCH = "jtextkit-dictionary"
_LETTERS = "letters.json"

# Where this process's run shares copies; None on its own.
_shared: Path | None = None

# How many characters are to be read in all; None where nobody knows.
_expected: float | None = None


def _pays() -> float:
    if _expected is None:
        return PAYS
    return PAYS_MANY if _expected >= MUCH else inf


@contextmanager
def expecting(characters: float) -> Iterator[None]:
    """Say how many characters the run that this process is part of will read, more or less."""
    global _expected  # noqa: PLW0603 - of the process, as the readers are
    before, _expected = _expected, characters
    try:
        yield
    finally:
        _expected = before


class AdaptiveReader:
    """Reads ids, and after a while letters; see the module."""

    def __init__(self, dictionary: Dictionary, by_id: IdReader) -> None:
        self._dictionary = dictionary
        self._by_id = by_id
        self._reader: Reader = by_id
        self._undecided = sys.platform != "win32"
        self._sample: list[str] = []
        self._read = 0
        self._next_look = 0

    @property
    def reads_letters(self) -> bool:
        """Whether a copy is in use."""
        return self._reader is not self._by_id

    def tally(self, text: str) -> tuple[WordTally, Ends]:
        """See :class:`~jtextkit.metrics.morphology.readers.Reader`."""
        if self._undecided:
            if self._read < _SAMPLE:
                self._sample.append(text[:_SAMPLE])
            self._read += len(text)
            if self._read >= max(_pays(), self._next_look):
                self._look_for_copy()
        return self._reader.tally(text)

    def _look_for_copy(self) -> None:
        faster = None
        with suppress(JtextkitError, ImportError, OSError, MemoryError, ValueError, IndexError):
            if _shared is None:
                with scratch_folder(_SCRATCH) as folder:
                    faster = self._made(folder)
            else:
                faster = self._found_or_made(_shared)
                if faster is None:  # somebody is making it
                    self._next_look = self._read + _AGAIN
                    return
        self._undecided = False
        self._sample.clear()
        if faster is not None and agree(faster, self._by_id):
            self._reader = faster

    def _found_or_made(self, place: Path) -> LetterReader | None:
        folder = place / sha256(str(self._dictionary.folder).encode()).hexdigest()[:16]
        if (folder / _LETTERS).exists():
            return self._opened(folder)
        try:
            folder.mkdir()
        except FileExistsError:
            return None
        try:
            return self._made(folder)
        except BaseException:
            for file in folder.iterdir():  # the folder stays: nobody else need try
                file.unlink()
            raise

    def _made(self, folder: Path) -> LetterReader:
        # With numpy, which the light core lacks and who scores one short text need not load.
        from jtextkit.metrics.morphology.compact.copy import write_compact

        by_id = self._by_id
        sample = "\n".join(self._sample)[:_SAMPLE]
        source = self._dictionary.folder
        letters = write_compact(source, folder, by_id.known, by_id.unknown, sample)
        unnamed = folder / f"{_LETTERS}.part"
        unnamed.write_text(json.dumps(asdict(letters)), encoding="utf-8")
        unnamed.replace(folder / _LETTERS)
        return self._opened(folder)

    def _opened(self, folder: Path) -> LetterReader:
        letters = json.loads((folder / _LETTERS).read_text(encoding="utf-8"))
        return LetterReader(
            self._dictionary, folder, letters["known"], letters["unknown"], self._by_id
        )


@contextmanager
def scoring_pool(number: int, characters: float | None = None) -> Iterator[Workers]:
    """A :func:`~jtextkit.core.processes.worker_pool` for scoring: its processes share what they make
    of a dictionary.

    Args:
        characters: how many they will read together, more or less, if that is known.
    """
    with ExitStack() as stack:
        place = None
        with suppress(OutputError):
            place = stack.enter_context(scratch_folder(_SCRATCH))
        setup = partial(_join, place, characters)
        yield stack.enter_context(worker_pool(number, setup))


def _join(place: Path | None, characters: float | None) -> None:
    global _shared, _expected
    _shared, _expected = place, characters
