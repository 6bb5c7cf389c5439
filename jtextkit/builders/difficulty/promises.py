"""Checks of difficulty-2level: what its design promises, each promise a check of its own.

A set that was changed by hand, its receipt and lock signed again, is still caught where the change
breaks a promise. What breaks none (a kanji for another of the same kind in a text whose counts
stay) only a rebuild from the sources shows: ``verify --rebuild``.
"""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from functools import cached_property
from typing import Any, Final

from jtextkit.builders.difficulty.lock import LOCK, Locked, read_lock
from jtextkit.builders.difficulty.pair_promises import BALANCE_CHECKS, ORDER_CHECK, PAIR_CHECKS
from jtextkit.builders.difficulty.recipe import DifficultyRecipe
from jtextkit.builders.difficulty.row_promises import PROSE_CHECKS, VALUE_CHECKS
from jtextkit.builders.difficulty.rows import METADATA, columns_of
from jtextkit.builders.difficulty.shortcuts import FEATURES, audit_difficulty
from jtextkit.builders.sets.findings import Check, CheckReport, DoesNotApply
from jtextkit.builders.sets.promises import (
    RECEIPT_CHECKS,
    SIGNATURE_CHECK,
    BuiltSet,
    near_duplicate_checks,
    schema_checks,
)
from jtextkit.builders.sets.reading import Item, TextSet
from jtextkit.builders.sets.shortcuts import shortcut_check
from jtextkit.builders.sets.splits import SPLITS, label_quotas
from jtextkit.core.errors import JtextkitError, TextError
from jtextkit.metrics.morphology.classes import words_identity
from jtextkit.metrics.readability.formula import COLUMNS
from jtextkit.metrics.readability.profiles import Profile, profile
from jtextkit.metrics.shortcuts.audit import ShortcutAudit
from jtextkit.metrics.shortcuts.validity import Validity, children_auc

_LOCKED = ("split", "pair_id", "source", "work_id", "writer_id", "char_start", "char_end")


class DifficultySet(BuiltSet[DifficultyRecipe]):
    """A built set of difficulty-2level."""

    recipe_type = DifficultyRecipe
    required = ("id", "text", "label", "source", "title", "license", *COLUMNS)

    def read_recipe(self) -> DifficultyRecipe:
        return DifficultyRecipe.of_receipt(self.receipt)

    @property
    def checks(self) -> Sequence[Check[Any]]:
        return CHECKS

    @property
    def columns(self) -> Mapping[str, str]:
        return columns_of(self.recipe)

    @property
    def labels(self) -> Sequence[str]:
        return self.recipe.labels

    def lack(self, row: Mapping[str, Any]) -> str:
        known = range(len(self.labels))
        return super().lack(row) or ("" if row["label"] in known else f"no label {row['label']}")

    @cached_property
    def scores(self) -> Mapping[str, Profile]:
        """Every text scored again, by the row's place; what cannot be scored is left out.

        Raises:
            DoesNotApply: the stored scores were made in another way.
        """
        self.scored_alike(words_identity() if self.recipe.second else "")
        found = {}
        for item in self.reported("scoring again"):
            with suppress(TextError):
                found[item.place] = profile(item.values["text"], dictionary=self.recipe.dictionary)
        return found

    @cached_property
    def lock(self) -> Sequence[Locked]:
        """The lines of the lock.

        Raises:
            JtextkitError: it is missing or broken.
        """
        return read_lock(self.folder)

    @cached_property
    def pairs(self) -> Sequence[tuple[str, list[Item]]]:
        """Each pair by its name, and its rows.

        Raises:
            DoesNotApply: the recipe made none.
        """
        if not self.recipe.pairs:
            raise DoesNotApply("the recipe makes no pairs")
        pairs: dict[str, list[Item]] = defaultdict(list)
        for item in self.rows:
            if item.values["pair_id"] is not None:
                pairs[item.values["pair_id"]].append(item)
        return sorted(pairs.items())

    @property
    def parted_pair(self) -> str | None:
        """The pair that odd split sizes part, as the receipt names it."""
        selection = self.receipt.get("selection")
        name = selection.get("parted_pair") if isinstance(selection, dict) else None
        return name if isinstance(name, str) else None

    @cached_property
    def audit(self) -> ShortcutAudit | None:
        """The shortcut audit, and that of Aozora Bunko's part; None without rows."""
        if not self.rows:
            return None
        return audit_difficulty(
            [(item.split, item.values) for item in self.rows], self.labels, self.report
        )

    @property
    def validity(self) -> tuple[Validity, ...]:
        """How the formula tells books for children."""
        found = children_auc(item.values for item in self.rows)
        return (found,) if found else ()


def _lock(data: DifficultySet) -> Iterator[str]:
    try:
        locked = data.lock
    except JtextkitError as error:
        yield f"{LOCK}: {error.problem}"
        return
    by_id = {line.id: line for line in locked}
    if len(by_id) != len(locked):
        yield f"{LOCK}: an id stands in two lines"
    for item in data.rows:
        line = by_id.pop(item.values["id"], None)
        if line is None:
            yield f"{item.id}: the lock does not have it"
            continue
        row = {**item.values, "split": item.split}
        for name in _LOCKED:
            if getattr(line, name) != row[name]:
                yield f"{item.id}: {name} is {row[name]!r}, in the lock {getattr(line, name)!r}"
        if list(line.source_items or ()) != list(row["source_items"] or ()):
            yield f"{item.id}: other sentences than in the lock"
        for name in METADATA:
            if line.metadata[name] != row[name]:
                yield f"{item.id}: {name} is not that of the lock"
    for name in by_id:
        yield f"{name}: in the lock, but there is no such row"


def _lock_texts(data: DifficultySet) -> Iterator[str]:
    try:
        locked = data.lock
    except JtextkitError:
        return  # lock-rows tells of it
    known = {line.id for line in locked}
    hashes = {(line.id, line.text_sha256) for line in locked}
    for item in data.rows:
        found = hashlib.sha256(item.values["text"].encode(errors="surrogatepass")).hexdigest()
        if item.values["id"] in known and (item.values["id"], found) not in hashes:
            yield f"{item.id}: the text's SHA-256 is not the lock's"


def _sizes(data: DifficultySet) -> Iterator[str]:
    """The receipt counts its rows, and the recipe says how many there must be."""
    labels = data.recipe.labels
    found = {split: Counter[str]() for split in SPLITS}
    for item in data.rows:
        found.setdefault(item.split, Counter())[labels[item.values["label"]]] += 1
    counted = data.receipt.get("rows")
    for split, counts in found.items():
        told = counted.get(split) if isinstance(counted, dict) else None
        if told != {label: counts[label] for label in labels}:
            numbers = ", ".join(f"{counts[label]} {label}" for label in labels)
            yield f"{split}: {numbers}; the receipt says otherwise"
    quotas = label_quotas(data.recipe.size, labels)
    # Without a pair of Kyoto's to part, odd splits are made even: one more here, one less there.
    even = data.recipe.pairs and data.parted_pair is None
    for split, quota in quotas.items():
        for label in labels:
            if abs(found[split][label] - quota[label]) > even:
                yield f"{split}: {found[split][label]} {label}, the recipe asks for {quota[label]}"
    for label in labels:
        total = sum(counts[label] for counts in found.values())
        if total != data.recipe.size:
            yield f"all splits: {total} {label}, the recipe asks for {data.recipe.size}"


CHECKS: Final[tuple[Check[Any], ...]] = (
    *RECEIPT_CHECKS,
    SIGNATURE_CHECK,
    Check("lock-rows", "lock and rows name the same texts, splits and sources", _lock),
    Check("lock-texts", "every text has the SHA-256 in the lock", _lock_texts),
    *schema_checks("columns, types and label names"),
    Check("sizes", "splits and labels have the sizes in recipe and receipt", _sizes),
    *VALUE_CHECKS,
    ORDER_CHECK,
    *PROSE_CHECKS,
    *PAIR_CHECKS,
    *near_duplicate_checks(),
    *BALANCE_CHECKS,
    *(
        shortcut_check(
            thing.name,
            lambda data: data.audit if data.recipe.pairs else None,
            "the recipe makes no pairs",
        )
        for thing in FEATURES
        if thing.shortcut
    ),
)


def check(data: TextSet) -> CheckReport:
    """All promises, checked."""
    return DifficultySet(data).inspect()
