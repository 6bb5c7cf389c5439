"""Building difficulty-2level: from sources by a recipe, or from a lock."""

from __future__ import annotations

import statistics
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, TypedDict

from jtextkit.builders.aozora import Library, Work, read_catalogue
from jtextkit.builders.difficulty.blocks import make_blocks
from jtextkit.builders.difficulty.candidates import find_passages
from jtextkit.builders.difficulty.card import card_text
from jtextkit.builders.difficulty.lock import LOCK, lock_text, read_lock, resolve
from jtextkit.builders.difficulty.pairs import frontier
from jtextkit.builders.difficulty.passages import Passage
from jtextkit.builders.difficulty.recipe import RANKINGS, DifficultyRecipe
from jtextkit.builders.difficulty.rows import columns_of, make_row, metadata_of, set_signature
from jtextkit.builders.difficulty.selection import ChosenPassage, select
from jtextkit.builders.jec import CELLS_SHA256, read_sentences
from jtextkit.builders.sets.splits import SPLITS
from jtextkit.builders.sets.writing import Finish, check_target, write_set
from jtextkit.core.errors import InputError, IntegrityError, UsageError
from jtextkit.core.files import replacing_folder, sha256_of
from jtextkit.core.progress import Progress, silent
from jtextkit.core.receipts import RECEIPT, read_receipt
from jtextkit.core.typed import typed

NAME = "difficulty-2level"

_WRITTEN_WITH = ("numpy", "pyarrow", "scikit-learn")
"""On what the bytes depend beside this package: pyarrow the Parquet files, the others the audit."""


class _AozoraSelection(TypedDict, total=False):
    passages_dropped: dict[str, int]
    unreadable: dict[str, int]


class _Offer(TypedDict):
    pairs: int
    mean_simple: float
    mean_complex: float
    words_per_sentence_simple: float
    words_per_sentence_complex: float
    auc_words_per_sentence: float
    auc_lexical: float


class _Selection(TypedDict, total=False):
    """What the card reads of how texts were chosen; the first is always there."""

    parted_pair: str | None
    aozora: _AozoraSelection
    frontier: dict[str, _Offer]


class _Carried(TypedDict):
    """What a rebuild takes over from the receipt beside the lock."""

    builder: Literal["difficulty-2level"]
    recipe: dict[str, Any]
    sources: dict[str, dict[str, str | int]]
    sample: bool
    selection: _Selection


_ONE_BUILD = "take lock.jsonl and receipt.json from one build"


@dataclass(frozen=True, slots=True)
class DifficultySources:
    """Where the sources lie.

    Attributes:
        aozora: where the works of Aozora Bunko are, or None.
        jec: Kyoto University's workbook, or None.
        jec_sha256: what the workbook's cells must hash to; None accepts any.
        sample: whether these are the texts written for jtextkit's own sample.
    """

    aozora: Library | None = None
    jec: Path | None = None
    jec_sha256: str | None = CELLS_SHA256
    sample: bool = False


def build(
    out: Path,
    recipe: DifficultyRecipe,
    sources: DifficultySources,
    *,
    workers: int = 1,
    force: bool = False,
    report: Progress = silent,
    finish: Sequence[Finish] = (),
) -> dict[str, Any]:
    """Select the set and write it to the folder ``out``, whole or not at all; returns the receipt.

    Args:
        out: replaced if it holds an earlier build by the same recipe.
        workers: processes that read and score; the result does not depend on it.
        force: replace a build by another recipe too.
        finish: called one after the other before the receipt is written.

    Raises:
        UsageError: no source.
        InputError, IntegrityError: a source that is not what it should be.
        QuotaError: the sources do not suffice.
        OutputError: ``out`` holds something else, or cannot be written.
    """
    if sources.aozora is None and sources.jec is None:
        raise UsageError(
            "there is no source to build from", cure="name --aozora, --jec or --sample"
        )
    if not recipe.second:
        raise UsageError("the first edition is rebuilt from its lock alone", cure="use --lock")
    check_target(out, NAME, recipe.to_dict(), force=force)
    with replacing_folder(out) as folder:
        passages: list[Passage] = []
        found: dict[str, Any] = {}
        works: dict[str, Work] = {}
        hashes: dict[str, Any] = {}
        if sources.jec is not None:
            sentences, cells = read_sentences(sources.jec, cells_sha256=sources.jec_sha256)
            hashes["jec"] = {"cells_sha256": cells, "rows": len(sentences)}
            passages, found["jec"] = make_blocks(sentences, cells, recipe)
        if sources.aozora is not None:
            catalogue = sources.aozora.catalogue()
            works = {work.work_id: work for work in read_catalogue(catalogue)}
            hashes["aozora"] = {"catalogue_sha256": sha256_of(catalogue), "works": len(works)}
            more, found["aozora"] = find_passages(
                sources.aozora, works.values(), recipe, workers=workers, report=report
            )
            passages += more
        report("choosing and splitting", 0, 0)
        selection = select(passages, recipe)
        made = {
            "recipe": recipe.to_dict(),
            "sources": hashes,
            "sample": sources.sample,
            "selection": {
                **found,
                "offered": selection.offered,
                "near_duplicates": selection.near_duplicates,
                "parted_pair": selection.parted_pair,
                "frontier": frontier(passages, recipe) if recipe.pairs else {},
            },
        }
        metadata = {
            work_id: metadata_of(works[work_id] if work_id else None, sample=sources.sample)
            for work_id in {row.passage.work_id for row in selection.rows}
        }
        return _write(folder, selection.rows, metadata, recipe, made, finish)


def rebuild(
    out: Path,
    lock: Path,
    sources: DifficultySources,
    *,
    force: bool = False,
    report: Progress = silent,
    finish: Sequence[Finish] = (),
) -> dict[str, Any]:
    """Write the set that a lock describes, to the byte that of the build that wrote the lock.

    The lock's receipt must lie beside it: recipe and counts are taken from there.

    Args:
        lock: a built folder, or its ``lock.jsonl``.

    Raises:
        InputError: there is no lock or no receipt.
        IntegrityError: lock and receipt do not belong together, or a source has changed.
        OutputError: as :func:`build`.
    """
    file = lock / LOCK if lock.is_dir() else lock
    rows = read_lock(file)
    receipt = read_receipt(file.parent)
    if receipt is None:
        raise InputError(
            "there is no receipt beside the lock",
            where=str(file.parent / RECEIPT),
            cure="keep lock.jsonl and receipt.json together: recipe and counts stand in the receipt",
        )
    if receipt["files"].get(LOCK, {}).get("sha256") != sha256_of(file):
        raise IntegrityError(
            "lock and receipt do not belong together", where=str(file), cure=_ONE_BUILD
        )
    try:
        carried = typed(_Carried, receipt, "the receipt")
        offers = carried["selection"].get("frontier")
        ours = "parted_pair" in carried["selection"] and (
            not offers or RANKINGS.keys() <= offers.keys()
        )
    except ValueError:
        ours = False
    if not ours:
        raise IntegrityError(
            f"this is no receipt of {NAME}", where=str(file.parent / RECEIPT), cure=_ONE_BUILD
        )
    recipe = DifficultyRecipe.of_receipt(receipt)
    check_target(out, NAME, receipt["recipe"], force=force)
    with replacing_folder(out) as folder:
        chosen = resolve(
            rows,
            aozora=sources.aozora,
            jec=sources.jec,
            cells_sha256=sources.jec_sha256,
            recipe=recipe,
            report=report,
        )
        made = {name: receipt[name] for name in ("recipe", "sources", "sample", "selection")}
        metadata = {row.work_id: row.metadata for row in rows}
        return _write(folder, chosen, metadata, recipe, made, finish)


def _write(
    folder: Path,
    rows: Sequence[ChosenPassage],
    metadata: Mapping[str | None, Mapping[str, Any]],
    recipe: DifficultyRecipe,
    made: Mapping[str, Any],
    finish: Sequence[Finish],
) -> dict[str, Any]:
    signature = set_signature(recipe)
    splits: dict[str, list[dict[str, Any]]] = {split: [] for split in SPLITS}
    for row in rows:
        splits[row.split].append(make_row(row, metadata[row.passage.work_id], recipe, signature))
    lock = lock_text(rows, metadata)
    content = dict(made)
    content["rows"], content["mean_difficulty"] = {}, {}
    for split, part in splits.items():
        counts = Counter(recipe.labels[row["label"]] for row in part)
        content["rows"][split] = {label: counts[label] for label in recipe.labels}
    for number, label in enumerate(recipe.labels):
        alike = [row for part in splits.values() for row in part if row["label"] == number]
        mean = statistics.fmean(row["difficulty"] for row in alike)
        content["mean_difficulty"][label] = round(mean, 4)
    return write_set(
        folder,
        splits,
        columns_of(recipe),
        made["recipe"],
        content,
        lambda receipt: card_text(splits, recipe, receipt, lock),
        builder=NAME,
        signature=signature,
        labels=recipe.labels,
        beside={LOCK: lock},
        libraries=_WRITTEN_WITH,
        finish=finish,
    )
