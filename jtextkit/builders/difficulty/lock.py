"""The lock: where every text of a set lies in its source, and no text.

``lock.jsonl`` holds a line a text: id, pair and split; the work's path on Aozora Bunko (or the ids
of Kyoto's sentences) with the SHA-256 of what it points into, offsets, the SHA-256 of the text, and
the catalogue's facts about the work. From any place that has those sources it gives the same set.
"""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from jtextkit.builders.aozora import Library, read_path
from jtextkit.builders.difficulty.blocks import block_text
from jtextkit.builders.difficulty.passages import GAIJI, Measured, Passage
from jtextkit.builders.difficulty.recipe import DifficultyRecipe
from jtextkit.builders.difficulty.rows import METADATA
from jtextkit.builders.difficulty.selection import ChosenPassage
from jtextkit.builders.jec import read_sentences
from jtextkit.core.errors import FormatError, InputError, IntegrityError, UsageError
from jtextkit.core.progress import Progress
from jtextkit.core.text import decode, read_bytes
from jtextkit.core.typed import typed
from jtextkit.metrics.readability.profiles import count_profile

LOCK = "lock.jsonl"

_PLACE = (
    "source", "path", "sha256", "bytes", "work_id", "writer_id", "char_start", "char_end",
    "source_items",
)  # fmt: skip
"""What a line of a lock and a passage both say."""
_STAGE = "reading the locked works"
_TAKE_ANOTHER = "name the lock.jsonl of a built set"
_OTHER_SOURCE = "use the sources that the lock was made from, or build afresh without the lock"


@dataclass(frozen=True, slots=True)
class Locked:
    """One line of a lock."""

    id: str
    pair_id: str | None
    split: Literal["train", "validation", "test"]
    source: str
    path: str | None
    sha256: str
    bytes: int | None
    work_id: str | None
    writer_id: str | None
    char_start: int | None
    char_end: int | None
    source_items: tuple[str, ...] | None
    text_sha256: str
    metadata: Mapping[str, str | int | None]


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def lock_text(
    rows: Iterable[ChosenPassage], metadata: Mapping[str | None, Mapping[str, Any]]
) -> str:
    """The content of ``lock.jsonl``; ``metadata`` is by work id, None for Kyoto's sentences."""
    lines = []
    for row in rows:
        line = {"id": row.passage.id, "pair_id": row.pair_id, "split": row.split}
        line |= {name: getattr(row.passage, name) for name in _PLACE}
        line |= {"text_sha256": _sha256(row.passage.text), **metadata[row.passage.work_id]}
        lines.append(json.dumps(line, ensure_ascii=False) + "\n")
    return "".join(lines)


def read_lock(path: Path) -> list[Locked]:
    """Read a lock file, or that of a folder.

    Raises:
        FormatError: a line that is not of a lock; the message names it.
    """
    path = path / LOCK if path.is_dir() else path
    locked: list[Locked] = []
    for number, line in enumerate(decode(read_bytes(path), where=str(path)).split("\n"), 1):
        if not line:
            continue
        try:
            locked.append(_locked(json.loads(line)))
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
            raise FormatError(
                f"not a line of a lock ({error})",
                where=f"{path}: line {number}",
                cure=_TAKE_ANOTHER,
            ) from None
    if not locked:
        raise FormatError("the lock is empty", where=str(path), cure=_TAKE_ANOTHER)
    return locked


def _locked(row: dict[str, Any]) -> Locked:
    row["metadata"] = {name: row.pop(name) for name in METADATA}
    for name, value in row["metadata"].items():
        if value is not None and type(value) is not (int if name == "author_died" else str):
            raise ValueError(f"{name} is {value!r}")
    return typed(Locked, row)


def resolve(
    locked: list[Locked],
    *,
    aozora: Library | None,
    jec: Path | None,
    cells_sha256: str | None,
    recipe: DifficultyRecipe,
    report: Progress,
) -> list[ChosenPassage]:
    """Find every locked text in the sources, in the lock's order.

    Raises:
        UsageError: the lock needs a source that was not given.
        IntegrityError: a source's content is not what the lock was made from; all such works are
            counted, the first five named.
    """
    texts: dict[str, str] = {}
    by_path: dict[str, list[Locked]] = defaultdict(list)
    for row in locked:
        if row.path is not None:
            by_path[row.path].append(row)
    if by_path and aozora is None:
        raise UsageError("the lock names works of Aozora Bunko", cure="say where: --aozora DIR")
    files = aozora.works(sorted(by_path), report=report) if aozora else {}
    changed: list[str] = []
    for done, (path, rows) in enumerate(sorted(by_path.items())):
        report(_STAGE, done, len(by_path))
        if path not in files:
            raise InputError(
                "the lock names this work, but it is not there",
                where=aozora.address(path) if aozora else path,
                cure=_OTHER_SOURCE,
            )
        work = read_path(files[path], where=path, gaiji=GAIJI)
        if any(row.sha256 != work.member_sha256 for row in rows):
            changed.append(path)
        texts |= {row.id: work.plain.text[row.char_start : row.char_end] for row in rows}
    report(_STAGE, len(by_path), len(by_path))
    if changed:
        first, *others = changed
        shown = ", ".join(others[:4]) + (", …" if len(others) > 4 else "")
        more = f", and that of {len(others):,} more ({shown})" if others else ""
        raise _other_source(f"the work's text has changed{more}", first)
    blocks = [row for row in locked if row.path is None]
    if blocks:
        if jec is None:
            raise UsageError("the lock names Kyoto's sentences", cure="say where: --jec FILE")
        sentences, cells = read_sentences(jec, cells_sha256=cells_sha256)
        if any(row.sha256 != cells for row in blocks):
            raise _other_source("other cells than the lock's", str(jec))
        by_id = {sentence.sentence_id: sentence for sentence in sentences}
        for row in blocks:
            if strange := set(row.source_items or ()) - by_id.keys():
                raise _other_source(f"has no sentence {min(strange)!r}", str(jec))
            texts[row.id] = block_text([by_id[item] for item in row.source_items or ()])
    return [_chosen(row, texts[row.id], recipe) for row in locked]


def _other_source(problem: str, where: str) -> IntegrityError:
    return IntegrityError(problem, where=where, cure=_OTHER_SOURCE)


def _chosen(row: Locked, text: str, recipe: DifficultyRecipe) -> ChosenPassage:
    if _sha256(text) != row.text_sha256:
        raise IntegrityError(
            "the source is the lock's, but this version of jtextkit reads another text from it",
            where=row.id,
            cure="rebuild with the version that the lock's receipt names",
        )
    passage = Passage(
        text=text,
        measured=Measured.of(count_profile(text, recipe.dictionary), recipe),
        **{name: getattr(row, name) for name in _PLACE},
    )
    return ChosenPassage(passage, row.split, row.pair_id)
