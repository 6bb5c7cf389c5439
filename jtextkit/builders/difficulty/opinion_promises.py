"""Checks of difficulty-2level's second edition: the second opinion, prose, flags, firm labels."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Final

from jtextkit.builders.difficulty.flags import content_flags
from jtextkit.builders.difficulty.passages import opinion_shared
from jtextkit.builders.difficulty.prose import unfit
from jtextkit.builders.difficulty.rows import is_firm
from jtextkit.builders.sets.findings import Check, DoesNotApply
from jtextkit.builders.sets.reading import Item

if TYPE_CHECKING:
    from jtextkit.builders.difficulty.promises import DifficultySet


def _rows(data: DifficultySet) -> tuple[Item, ...]:
    if not data.recipe.second:
        raise DoesNotApply("the first edition has no second opinion")
    return data.rows


def _limits(data: DifficultySet) -> Iterator[str]:
    for item in _rows(data):
        row, percentile = item.values, item.values["harder_than_percent"]
        label = data.labels[row["label"]]
        if not opinion_shared(label, percentile, data.recipe, row["source"]):
            yield f"{item.id}: {label}, but harder than {percentile:.1f} % of fiction"


def _order(data: DifficultySet) -> Iterator[str]:
    _rows(data)
    for name, items in sorted(data.pairs.items()):
        found = [item.values for item in sorted(items, key=lambda item: item.values["label"])]
        if found[0]["harder_than_percent"] >= found[-1]["harder_than_percent"]:
            yield f"{name}: the second opinion orders its texts the other way"


def _prose(data: DifficultySet) -> Iterator[str]:
    for item in _rows(data):
        row = item.values
        if row["source"] == "aozora":
            rule = unfit(row["text"], row["classical_percent"], data.recipe.allow)
            if rule:
                yield f"{item.id}: {rule}"


def _derived(data: DifficultySet) -> Iterator[str]:
    for item in _rows(data):
        row = item.values
        flags = content_flags(row["text"])
        if row["content_flags"] != flags or (flags and data.recipe.exclude_flagged):
            yield f"{item.id}: content_flags is {row['content_flags']}, the text has {flags}"
        if row["label_firm"] != is_firm(row["readability"], row["readability_se"], data.recipe):
            yield f"{item.id}: label_firm does not follow from readability and its error"


OPINION_CHECKS: Final[tuple[Check[Any], ...]] = (
    Check("second-opinion", "the second opinion keeps every label's limit", _limits),
    Check("pair-order", "the second opinion orders every pair as the labels do", _order),
    Check("prose-only", "no text breaks a rule on prose", _prose),
    Check("flags-and-firmness", "content flags and label_firm are those of the row", _derived),
)
