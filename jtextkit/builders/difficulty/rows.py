"""Rows of the set: the schema of difficulty-2level, and its Parquet files.

``label`` is stored as an integer and named as a ClassLabel, so ``datasets`` shows ``Simple`` and
``Complex`` and every other reader sees 0 and 1.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from jtextkit.builders.aozora import Work
from jtextkit.builders.difficulty.flags import content_flags
from jtextkit.builders.difficulty.passages import label_index
from jtextkit.builders.difficulty.recipe import DifficultyRecipe
from jtextkit.builders.difficulty.selection import ChosenPassage
from jtextkit.builders.jec import PAGE as JEC_PAGE
from jtextkit.builders.sets.described import Column, kinds_of, read_columns
from jtextkit.metrics.morphology.analysis import analyser
from jtextkit.metrics.morphology.classes import words_identity
from jtextkit.metrics.readability.formula import difficulty_of, signature_of
from jtextkit.metrics.readability.profiles import PAGE_ERROR, PROFILE_COLUMNS, profile_counts

ALIASES = {
    "difficulty_level": Column("string", "alias", "–"),
    "overall_difficulty": Column("float64", "alias", "share of the scale"),
}
"""Columns of the published set, for those who come from it (``build --aliases``)."""

METADATA = (
    "title", "author", "translator", "author_died", "first_published", "ndc", "orthography",
    "edition", "input_by", "proofread_by", "license", "source_url",
)  # fmt: skip
"""Columns that the lock carries too, so that a rebuild needs no catalogue."""

COLUMNS = read_columns(__package__)
"""What a row holds, in order; those of edition 2 came with the second opinion."""

_OF_PASSAGE = ("id", "text", "source", "work_id", "writer_id", "char_start", "char_end")
_JEC_METADATA: dict[str, Any] = {
    "title": "日英中基本文データ v1-3",
    "license": "CC BY 3.0",
    "source_url": JEC_PAGE,
}


def metadata_of(work: Work | None, *, sample: bool = False) -> dict[str, Any]:
    """:data:`METADATA` of a work; None stands for Kyoto's sentences.

    Args:
        sample: the texts are jtextkit's own, whatever their format says.
    """
    values = dict(_JEC_METADATA)
    if work:
        values = {name: getattr(work, name, None) for name in METADATA} | {
            "title": f"{work.title}　{work.subtitle}".strip(),
            "author": "、".join(author.name for author in work.authors),
            "translator": "、".join(translator.name for translator in work.translators),
            "author_died": work.died,
            "edition": "、".join(part for part in (work.edition, work.publisher) if part),
            "license": "public domain in Japan",
            "source_url": work.card_url,
        }
    elif sample:
        values["title"] = "jtextkit's sample sentences"
    if sample:
        values |= {"license": "Apache-2.0", "source_url": None}
    return {name: values.get(name) or None for name in METADATA}


def set_signature(recipe: DifficultyRecipe) -> str:
    """How all scores of a set are made."""
    words = words_identity() if recipe.second else ""
    return signature_of(analyser(recipe.dictionary), "punct", words=words)


def is_firm(readability: float, error: float | None, recipe: DifficultyRecipe) -> bool:
    """Whether another page of the work would have the label with a probability of 95 %.

    Taken as normal, with 1.25 times the standard error that the text's own sentences give.
    """
    difficulty = difficulty_of(readability)
    distance = 6.0 * min(abs(difficulty - border) for border in recipe.borders)
    return error is not None and distance >= 1.6449 * PAGE_ERROR * error  # of the normal, one-sided


def make_row(
    chosen: ChosenPassage, metadata: Mapping[str, Any], recipe: DifficultyRecipe, signature: str
) -> dict[str, Any]:
    """One row of the set, every score computed from the passage's counts."""
    passage = chosen.passage
    scores = profile_counts(passage.measured.counts, signature)
    row: dict[str, Any] = {name: getattr(passage, name) for name in _OF_PASSAGE}
    row |= {name: scores[name] for name in PROFILE_COLUMNS}
    row |= metadata
    row |= {
        "pair_id": chosen.pair_id,
        "source_items": passage.source_items and list(passage.source_items),
        "label": label_index(passage.difficulty, recipe),
        "content_flags": content_flags(passage.text),
        "label_firm": is_firm(scores.readability, scores.readability_se, recipe),
    }
    if recipe.aliases:
        row["difficulty_level"] = recipe.labels[row["label"]]
        row["overall_difficulty"] = passage.difficulty
    return {name: row[name] for name in columns_of(recipe)}


def described(recipe: DifficultyRecipe) -> dict[str, Column]:
    """Those of :data:`COLUMNS` that the recipe's edition has."""
    kept = {name: one for name, one in COLUMNS.items() if one.edition <= recipe.edition}
    return {**kept, **ALIASES} if recipe.aliases else kept


def columns_of(recipe: DifficultyRecipe) -> dict[str, str]:
    """Name to kind of every column, in order."""
    return kinds_of(described(recipe))
