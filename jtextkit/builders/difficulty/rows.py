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
from jtextkit.metrics.morphology.analysis import analyser
from jtextkit.metrics.morphology.common_words import words_identity
from jtextkit.metrics.readability.formula import difficulty_of, signature_of
from jtextkit.metrics.readability.profiles import PAGE_ERROR, PROFILE_COLUMNS, profile_counts

ALIASES = {"difficulty_level": ("string", "alias"), "overall_difficulty": ("float64", "alias")}
"""Columns of the published set, for those who come from it (``build --aliases``)."""

METADATA = (
    "title", "author", "translator", "author_died", "first_published", "ndc", "orthography",
    "edition", "input_by", "proofread_by", "license", "source_url",
)  # fmt: skip
"""Columns that the lock carries too, so that a rebuild needs no catalogue."""

DESCRIPTIONS = {
    "id": ("string", "source, work and place; unique"),
    "pair_id": ("string", "the two texts of a pair share it; null without pairs"),
    "text": ("string", "the passage, a paragraph a line"),
    "label": ("label", "difficulty below or from the threshold on"),
    "readability": ("float64", "the formula's value, higher is easier; 0.5 to 6.5 here"),
    "level": ("string", "one of the formula's six levels"),
    "difficulty": ("float64", "(6.5 − readability) / 6.0, 0 easiest to 1 hardest"),
    "readability_se": ("float64", "standard error of readability, from the text's own sentences"),
    "label_firm": ("bool", "another page of the work would have the label too, P ≥ 0.95"),
    "kanji_above_grade4_percent": (
        "float64",
        "kanji that grades 1 to 4 do not teach, % of characters",
    ),
    "uncommon_words_percent": ("float64", "content words outside a list of 3,000, %"),
    "harder_than_percent": ("float64", "second opinion: passages of fiction that are easier, %"),
    "harder_se": ("float64", "its standard error, in percentage points"),
    "opinions_agree": ("bool", "label and second opinion on the same side of their middles"),
    "classical_percent": ("float64", "words of classical conjugation (文語), % of words"),
    "words_per_sentence": ("float64", "mean, in UniDic short units"),
    "kango_percent": ("float64", "words of Chinese origin, % of words"),
    "wago_percent": ("float64", "words of Japanese origin, % of words"),
    "verb_percent": ("float64", "verbs other than 非自立可能, % of words"),
    "particle_percent": ("float64", "particles (助詞), % of words"),
    "characters": ("int64", "Unicode code points, line breaks included"),
    "words": ("int64", "UniDic short units, punctuation included"),
    "sentences": ("int64", "ended by 。？！．, and an unfinished last one"),
    "readability_newline": ("float64", "the value where line breaks end sentences too"),
    "content_flags": ("list", "lists of words that the text has words of; empty for none"),
    "source": ("string", "aozora or jec"),
    "work_id": ("string", "Aozora Bunko's id of the work; null for jec"),
    "source_items": ("list", "jec: ids of the sentences, in order; null for aozora"),
    "char_start": ("int64", "offset in the work's plain text; null for jec"),
    "char_end": ("int64", "offset after the last character; null for jec"),
    "title": ("string", "of the work, with its subtitle"),
    "author": ("string", "several joined by 、; null for jec"),
    "translator": ("string", "null where there is none"),
    "writer_id": (
        "string",
        "who wrote the Japanese: translator or author, pen names made one; null for jec",
    ),
    "author_died": (
        "int64",
        "latest year of death of all whom the catalogue names; null if one is not known",
    ),
    "first_published": ("string", "as the catalogue says"),
    "ndc": ("string", "Nippon Decimal Classification as the catalogue says; K: for children"),
    "orthography": ("string", "文字遣い種別; null for jec"),
    "edition": ("string", "the book that was typed (底本)"),
    "input_by": ("string", "who typed it"),
    "proofread_by": ("string", "who proofread it"),
    "license": ("string", "of this text"),
    "source_url": ("string", "the work's page"),
}
"""Type and meaning of every column, in order."""

SECOND = (
    "readability_se", "label_firm", "kanji_above_grade4_percent", "uncommon_words_percent",
    "harder_than_percent", "harder_se", "opinions_agree", "classical_percent", "content_flags",
)  # fmt: skip
"""Columns that came with the second edition."""

_JEC_METADATA: dict[str, Any] = {
    "title": "日英中基本文データ v1-3",
    "license": "CC BY 3.0",
    "source_url": JEC_PAGE,
}
_SAMPLE_METADATA = {"license": "Apache-2.0", "source_url": None}


def metadata_of(work: Work | None, *, sample: bool = False) -> dict[str, Any]:
    """:data:`METADATA` of a work; None stands for Kyoto's sentences.

    Args:
        sample: the texts are jtextkit's own, whatever their format says.
    """
    values = _work_metadata(work) if work else dict(_JEC_METADATA)
    if sample:
        values |= (
            _SAMPLE_METADATA
            if work
            else {**_SAMPLE_METADATA, "title": "jtextkit's sample sentences"}
        )
    return {name: values.get(name) or None for name in METADATA}


def _work_metadata(work: Work) -> dict[str, Any]:
    return {
        "title": f"{work.title}　{work.subtitle}".strip(),
        "author": "、".join(author.name for author in work.authors),
        "translator": "、".join(translator.name for translator in work.translators),
        "author_died": work.died,
        "first_published": work.first_published,
        "ndc": work.ndc,
        "orthography": work.orthography,
        "edition": "、".join(part for part in (work.edition, work.publisher) if part),
        "input_by": work.input_by,
        "proofread_by": work.proofread_by,
        "license": "public domain in Japan",
        "source_url": work.card_url,
    }


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
    row: dict[str, Any] = {
        "id": passage.id,
        "pair_id": chosen.pair_id,
        "text": passage.text,
        "source": passage.source,
        "work_id": passage.work_id,
        "source_items": list(passage.items) or None,
        "char_start": passage.start,
        "char_end": passage.end,
    }
    row |= {name: scores[name] for name in PROFILE_COLUMNS}
    row |= metadata
    row["writer_id"] = passage.writer_id
    row["label"] = label_index(passage.difficulty, recipe)
    row["content_flags"] = content_flags(passage.text)
    row["label_firm"] = is_firm(scores.readability, scores.readability_se, recipe)
    if recipe.aliases:
        row["difficulty_level"] = recipe.labels[row["label"]]
        row["overall_difficulty"] = passage.difficulty
    return {name: row[name] for name in columns_of(recipe)}


def described(recipe: DifficultyRecipe) -> dict[str, tuple[str, str]]:
    """Those of :data:`DESCRIPTIONS` that the recipe's edition has."""
    later = () if recipe.second else SECOND
    kept = {name: one for name, one in DESCRIPTIONS.items() if name not in later}
    return {**kept, **ALIASES} if recipe.aliases else kept


def columns_of(recipe: DifficultyRecipe) -> dict[str, str]:
    """Name to kind of every column, in order."""
    return {name: kind for name, (kind, _) in described(recipe).items()}
