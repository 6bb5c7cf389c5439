"""Checks of difficulty-2level that look at one row by itself: ranges, source, scores, label."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, Final

from jtextkit.builders.difficulty.flags import content_flags
from jtextkit.builders.difficulty.passages import label_index, opinion_shared
from jtextkit.builders.difficulty.prose import unfit
from jtextkit.builders.difficulty.rows import COLUMNS as SET_COLUMNS
from jtextkit.builders.difficulty.rows import is_firm
from jtextkit.builders.sets.findings import Check, DoesNotApply
from jtextkit.builders.sets.promises import each_row
from jtextkit.metrics.readability.formula import COLUMNS, difficulty_of, level_of
from jtextkit.metrics.readability.profiles import PROFILE_COLUMNS

if TYPE_CHECKING:
    from jtextkit.builders.difficulty.promises import DifficultySet

_FEATURES = COLUMNS[4:9]
_SECOND = [name for name in PROFILE_COLUMNS if SET_COLUMNS[name].edition == 2]
_OF_AOZORA = ("work_id", "writer_id", "char_start", "char_end", "author", "orthography")
_NEAR = 1e-9
"""Scores are equal to the last bit on one machine; this much may differ between two."""

Run = Callable[["DifficultySet"], Iterator[str]]


def of_second_edition(run: Run) -> Run:
    """A check of what came with the second opinion."""

    def guarded(data: DifficultySet) -> Iterator[str]:
        if not data.recipe.second:
            raise DoesNotApply("the first edition has no second opinion")
        return run(data)

    return guarded


@each_row
def _ranges(data: DifficultySet, row: Mapping[str, Any]) -> Iterator[str]:
    recipe = data.recipe
    if level_of(row["readability"]) is None:
        yield f"readability {row['readability']} is off the scale"
    if not recipe.min_chars <= row["characters"] <= recipe.max_chars:
        yield f"{row['characters']} characters"
    if row["sentences"] < recipe.min_sentences:
        yield f"{row['sentences']} sentences"
    if not row["sentences"] <= row["words"] <= row["characters"]:
        yield "more sentences than words, or words than characters"
    for name in _FEATURES[1:]:
        if not 0.0 <= row[name] <= 100.0:
            yield f"{name} is {row[name]}"
    if row["kango_percent"] + row["wago_percent"] > 100.0 + _NEAR:
        yield "more words of Chinese and Japanese origin than words"
    distance = min(abs(row["difficulty"] - border) for border in recipe.borders)
    if distance < recipe.margin - _NEAR:
        yield f"its difficulty is within {recipe.margin} of a border"


@each_row
def _provenance(_data: DifficultySet, row: Mapping[str, Any]) -> Iterator[str]:
    if row["source"] == "aozora":
        lacks = [name for name in _OF_AOZORA if row[name] is None]
        if lacks:
            yield f"{', '.join(lacks)} missing"
        elif row["char_end"] - row["char_start"] != len(row["text"]) or row["char_start"] < 0:
            yield f"its offsets do not span a text of {len(row['text'])} characters"
        if row["source_items"]:
            yield "sentences of Kyoto in a text of Aozora Bunko"
    elif row["source"] == "jec":
        if len(row["source_items"] or ()) != len(row["text"].split("\n")):
            yield "not one line for each of its sentences"
        if any(row[name] is not None for name in _OF_AOZORA):
            yield "a work or writer in a text of Kyoto's sentences"
    else:
        yield f"source {row['source']!r} is neither aozora nor jec"


def _scored_again(*names: str) -> Run:
    def run(data: DifficultySet) -> Iterator[str]:
        for item in data.rows:
            again = data.scores.get(item.place)
            if again is None:
                yield f"{item.id}: the text cannot be scored"
                continue
            for name in names:
                stored, found = item.values[name], again[name]
                known = stored is not None and found is not None
                if stored is not found and not (known and abs(stored - found) <= _NEAR):
                    yield f"{item.id}: {name} is {stored}, scored again {found}"
                    break

    return run


@each_row
def _derived(_data: DifficultySet, row: Mapping[str, Any]) -> Iterator[str]:
    if abs(row["difficulty"] - difficulty_of(row["readability"])) > _NEAR:
        yield "difficulty is not (6.5 − readability) / 6.0"
    if row["level"] != level_of(row["readability"]):
        yield f"level {row['level']} does not follow from {row['readability']}"


@each_row
def _labels(data: DifficultySet, row: Mapping[str, Any]) -> Iterator[str]:
    recipe, names = data.recipe, data.labels
    label, value = names[row["label"]], row["readability"]
    follows = names[label_index(difficulty_of(value), recipe)]
    if label != follows:
        yield f"{label}, but a readability of {value:.3f} is {follows}"
    if recipe.aliases and (
        row["difficulty_level"] != label or row["overall_difficulty"] != row["difficulty"]
    ):
        yield "the alias columns say something else"


@each_row
def _both_rules(data: DifficultySet, row: Mapping[str, Any]) -> Iterator[str]:
    one, other = (
        label_index(difficulty_of(row[name]), data.recipe)
        for name in ("readability", "readability_newline")
    )
    if one != other:
        yield f"{data.labels[other]} where line breaks end sentences"


@of_second_edition
@each_row
def _limits(data: DifficultySet, row: Mapping[str, Any]) -> Iterator[str]:
    label, percentile = data.labels[row["label"]], row["harder_than_percent"]
    if not opinion_shared(label, percentile, data.recipe, row["source"]):
        yield f"{label}, but harder than {percentile:.1f} % of fiction"


@of_second_edition
@each_row
def _prose(data: DifficultySet, row: Mapping[str, Any]) -> Iterator[str]:
    if row["source"] == "aozora":
        rule = unfit(row["text"], row["classical_percent"], data.recipe.allow)
        if rule:
            yield rule


@of_second_edition
@each_row
def _flags(data: DifficultySet, row: Mapping[str, Any]) -> Iterator[str]:
    flags = content_flags(row["text"])
    if row["content_flags"] != flags or (flags and data.recipe.exclude_flagged):
        yield f"content_flags is {row['content_flags']}, the text has {flags}"
    if row["label_firm"] != is_firm(row["readability"], row["readability_se"], data.recipe):
        yield "label_firm does not follow from readability and its error"


VALUE_CHECKS: Final[tuple[Check[Any], ...]] = (
    Check("ranges", "every value lies in its range", _ranges),
    Check("provenance", "every text says where it comes from", _provenance),
    Check(
        "text-matches-counts",
        "counts and features are those of the text",
        _scored_again("characters", "words", "sentences", *_FEATURES),
    ),
    Check("score-recomputes", "readability is that of the text", _scored_again("readability")),
    Check(
        "score-recomputes-newline",
        "readability_newline is that of the text",
        _scored_again("readability_newline"),
    ),
    Check(
        "opinion-recomputes",
        "second opinion and errors are those of the text",
        of_second_edition(_scored_again(*_SECOND)),
    ),
    Check("difficulty-follows-score", "difficulty and level follow from readability", _derived),
    Check("label-follows-score", "labels follow from the scores", _labels),
    Check("label-under-both-rules", "both sentence rules give the label", _both_rules),
    Check("second-opinion", "the second opinion keeps every label's limit", _limits),
)

PROSE_CHECKS: Final[tuple[Check[Any], ...]] = (
    Check("prose-only", "no text breaks a rule on prose", _prose),
    Check("flags-and-firmness", "content flags and label_firm are those of the row", _flags),
)
