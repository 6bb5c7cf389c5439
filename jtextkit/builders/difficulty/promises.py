"""Checks of difficulty-2level: what its design promises, each promise a check of its own.

A set that was changed by hand, its receipt and lock signed again, is still caught where the change
breaks a promise. What breaks none (a kanji for another of the same kind in a text whose counts
stay) only a rebuild from the sources shows: ``verify --rebuild``.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

from jtextkit.builders.difficulty.lock import LOCK, Locked, read_lock
from jtextkit.builders.difficulty.passages import label_index
from jtextkit.builders.difficulty.recipe import DifficultyRecipe, recipe_from
from jtextkit.builders.difficulty.rows import ALIASES, DESCRIPTIONS, METADATA
from jtextkit.builders.sets.files import FILE_CHECKS, recipe_hash
from jtextkit.builders.sets.findings import Check, DoesNotApply
from jtextkit.builders.sets.promises import Twins, find_twins, in_two_splits, kanji_share
from jtextkit.builders.sets.reading import Item, TextSet
from jtextkit.builders.sets.receipts import rows_hash, signature_holds
from jtextkit.builders.sets.shortcuts import shortcut_check
from jtextkit.builders.sets.splits import SPLITS, label_quotas
from jtextkit.core.errors import JtextkitError, TextError
from jtextkit.core.progress import Progress
from jtextkit.core.receipts import RECEIPT
from jtextkit.metrics.morphology.analysis import analyser
from jtextkit.metrics.readability.formula import (
    COLUMNS,
    Readability,
    difficulty_of,
    level_of,
    score,
    signature_of,
)
from jtextkit.metrics.shortcuts.audit import Feature, ShortcutAudit, audit_rows

_TYPES = {"string": "string", "label": "int64", "float64": "double", "int64": "int64"}
_COUNTS = ("characters", "words", "sentences")
_FEATURES = (
    "words_per_sentence",
    "kango_percent",
    "wago_percent",
    "verb_percent",
    "particle_percent",
)
_ALWAYS = ("id", "text", "label", "source", "title", "license", *COLUMNS)
_OF_AOZORA = ("work_id", "writer_id", "char_start", "char_end", "author", "orthography")
_YEAR = re.compile(r"1[6-9]\d\d|20\d\d")
_NEAR = 1e-9
"""Scores are equal to the last bit on one machine; this much may differ between two."""


def year_of(row: Mapping[str, Any]) -> int | None:
    """The first year that the catalogue names in a work's first publication."""
    found = _YEAR.search(row.get("first_published") or "")
    return int(found[0]) if found else None


FEATURES: Final = (
    Feature("length", lambda row: len(row["text"]), "number"),
    Feature("source", lambda row: row["source"]),
    Feature("writer", lambda row: row["writer_id"]),
    Feature("orthography", lambda row: row["orthography"]),
    Feature("year", year_of, "number"),
    Feature("author-died", lambda row: row["author_died"], "number"),
    Feature("work", lambda row: row["work_id"], shortcut=False),
    Feature("words", lambda row: row["words"], "number", shortcut=False),
    Feature("kanji-share", lambda row: kanji_share(row["text"]), "number", shortcut=False),
    Feature("words-per-sentence", lambda row: row["words_per_sentence"], "number", shortcut=False),
    Feature("linear-baseline", lambda row: row["text"], "text", shortcut=False),
)
"""What the label is predicted from; the last five are no shortcuts but stand beside them."""


@dataclass(frozen=True)
class DifficultySet:
    """A built set, with what several checks need of it, found once."""

    data: TextSet

    @property
    def folder(self) -> Path:
        return self.data.folder

    @property
    def report(self) -> Progress:
        return self.data.report

    @cached_property
    def receipt(self) -> Mapping[str, Any]:
        """The receipt."""
        assert self.data.receipt is not None
        return self.data.receipt

    @cached_property
    def recipe(self) -> DifficultyRecipe:
        """The receipt's recipe; the default one where it holds none that can be read."""
        try:
            return recipe_from(dict(self.receipt["recipe"]))
        except (JtextkitError, KeyError, TypeError, ValueError):
            return DifficultyRecipe()

    @cached_property
    def rows(self) -> tuple[Item, ...]:
        """Rows that have what every check looks at; ``schema`` tells of the others."""
        return tuple(item for item in self.data.rows if _usable(item.values, self.recipe))

    @cached_property
    def signature(self) -> str | None:
        """That of the receipt."""
        signature = self.receipt.get("signature")
        return signature if isinstance(signature, str) else None

    @cached_property
    def scores(self) -> Mapping[str, Readability]:
        """Every text scored again, by the row's place; what cannot be scored is left out.

        Raises:
            DoesNotApply: the stored scores were made in another way.
        """
        ours = signature_of(analyser(self.recipe.dictionary), "punct")
        if self.signature != ours:
            raise DoesNotApply(f"scores of {self.signature} do not compare with {ours}")
        found = {}
        for number, item in enumerate(self.rows):
            if number % 20 == 0:
                self.report("scoring again", number, len(self.rows))
            try:
                found[item.place] = score(item.values["text"], dictionary=self.recipe.dictionary)
            except TextError:
                continue
        self.report("scoring again", len(self.rows), len(self.rows))
        return found

    @cached_property
    def lock(self) -> Sequence[Locked]:
        """The lines of the lock; none where it is missing or broken."""
        try:
            return read_lock(self.folder / LOCK)
        except JtextkitError:
            return ()

    @cached_property
    def pairs(self) -> Mapping[str, list[Item]]:
        """The rows of each pair.

        Raises:
            DoesNotApply: the recipe made none.
        """
        if not self.recipe.pairs:
            raise DoesNotApply("the recipe makes no pairs")
        pairs: dict[str, list[Item]] = defaultdict(list)
        for item in self.rows:
            if item.values["pair_id"] is not None:
                pairs[item.values["pair_id"]].append(item)
        return pairs

    @property
    def parted_pair(self) -> str | None:
        """The pair that odd split sizes part, as the receipt names it."""
        selection = self.receipt.get("selection")
        name = selection.get("parted_pair") if isinstance(selection, dict) else None
        return name if isinstance(name, str) else None

    @cached_property
    def twins(self) -> Sequence[Twins]:
        """Near-duplicates by the recipe's limit."""
        return find_twins(
            self.rows, lambda item: item.values["text"], self.recipe.max_similarity, self.report
        )

    @cached_property
    def audit(self) -> ShortcutAudit | None:
        """The shortcut audit, and that of Aozora Bunko's part; None without rows."""
        if not self.rows:
            return None
        return audit_difficulty(
            [(item.split, item.values) for item in self.rows], self.recipe.labels, self.report
        )


def audit_difficulty(
    rows: Sequence[tuple[str, Mapping[str, Any]]], labels: Sequence[str], report: Progress
) -> ShortcutAudit:
    """Audit rows given with their splits; ``labels`` are the names of 0, 1, …"""
    aozora = [place for place, (_, row) in enumerate(rows) if row["source"] == "aozora"]
    return audit_rows(
        [row for _, row in rows],
        FEATURES,
        labels=[labels[row["label"]] for _, row in rows],
        groups=[row["pair_id"] or row["id"] for _, row in rows],
        splits=[split for split, _ in rows],
        classes=labels,
        parts={"aozora": aozora} if 0 < len(aozora) < len(rows) else {},
        report=report,
    )


# Files, receipt, lock


def _readable(data: DifficultySet) -> Iterator[str]:
    try:
        recipe_from(dict(data.receipt["recipe"]), where=RECEIPT)
    except (JtextkitError, KeyError, TypeError, ValueError) as error:
        yield f"{RECEIPT}: its recipe cannot be read ({error})"
    for item in data.data.items:
        if item.problem:
            yield f"{item.place}: {item.problem}"


def _signature(data: DifficultySet) -> Iterator[str]:
    return signature_holds(data, data.recipe.dictionary)


def _lock(data: DifficultySet) -> Iterator[str]:
    try:
        locked = read_lock(data.folder / LOCK)
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
        for name in (
            "split",
            "pair_id",
            "source",
            "work_id",
            "writer_id",
            "char_start",
            "char_end",
        ):
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
    hashes: dict[str, set[str]] = defaultdict(set)
    for line in data.lock:
        hashes[line.id].add(line.text_sha256)
    for item in data.rows:
        found = hashlib.sha256(item.values["text"].encode(errors="surrogatepass")).hexdigest()
        if found not in hashes.get(item.values["id"], {found}):
            yield f"{item.id}: the text's SHA-256 is not the lock's"


# Schema, sizes, ranges


def _columns(recipe: DifficultyRecipe) -> dict[str, str]:
    kinds = {name: kind for name, (kind, _) in DESCRIPTIONS.items()}
    return {**kinds, **ALIASES} if recipe.aliases else kinds


def _schema(data: DifficultySet) -> Iterator[str]:
    import pyarrow.parquet as pq

    wanted = _columns(data.recipe)
    for split in SPLITS:
        if split not in data.data.files.values():
            yield f"{split}: there is no file of this split"
    for name, split in data.data.files.items():
        if split not in SPLITS or not name.endswith(".parquet"):
            yield f"{name}: not a Parquet file of a split"
            continue
        schema = pq.read_schema(data.folder / name)
        for column in wanted.keys() - set(schema.names):
            yield f"{name}: column {column} is missing"
        for column in set(schema.names) - wanted.keys():
            yield f"{name}: column {column} is not of this set"
        if set(schema.names) == wanted.keys() and schema.names != list(wanted):
            yield f"{name}: the columns stand in another order"
        for field in schema:
            if field.name in wanted and not _has_type(str(field.type), wanted[field.name]):
                yield f"{name}: {field.name} is {field.type}, not {wanted[field.name]}"
        if _label_names(schema.metadata) != list(data.recipe.labels):
            yield f"{name}: label is no ClassLabel of {', '.join(data.recipe.labels)}"
    for item in data.data.rows:
        if not _usable(item.values, data.recipe):
            yield f"{item.id}: a value is missing, or of another type"


def _has_type(found: str, wanted: str) -> bool:
    if wanted == "list":
        return found.startswith(("list<", "large_list<")) and "string" in found
    return found.removeprefix("large_") == _TYPES[wanted]


def _label_names(metadata: Mapping[bytes, bytes] | None) -> list[str] | None:
    try:
        features = json.loads((metadata or {})[b"huggingface"])["info"]["features"]
        names = features["label"]["names"]
    except (KeyError, TypeError, ValueError):
        return None
    return names if isinstance(names, list) else None


def _usable(row: Mapping[str, Any], recipe: DifficultyRecipe) -> bool:
    """Whether a row has a value of the right type in every column that checks look at."""
    kinds: dict[str, tuple[type, ...]] = {
        "string": (str,),
        "label": (int,),
        "float64": (int, float),
        "int64": (int,),
        "list": (list,),
    }
    for name, kind in _columns(recipe).items():
        if name not in row:
            return False
        value = row[name]
        if value is None:
            if name in _ALWAYS:
                return False
        elif not isinstance(value, kinds[kind]) or isinstance(value, bool):
            return False
    label: int = row["label"]
    return 0 <= label < len(recipe.labels)


def _unique(data: DifficultySet) -> Iterator[str]:
    for name, number in Counter(item.values["id"] for item in data.rows).items():
        if number > 1:
            yield f"{name}: {number} rows have this id"


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
            yield f"{split}: {_numbers(counts, labels)}; the receipt says otherwise"
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


def _numbers(counts: Mapping[str, int], labels: Sequence[str]) -> str:
    return ", ".join(f"{counts[label]} {label}" for label in labels)


def _ranges(data: DifficultySet) -> Iterator[str]:
    recipe = data.recipe
    for item in data.rows:
        row = item.values
        if level_of(row["readability"]) is None:
            yield f"{item.id}: readability {row['readability']} is off the scale"
        if not recipe.min_chars <= row["characters"] <= recipe.max_chars:
            yield f"{item.id}: {row['characters']} characters"
        if row["sentences"] < recipe.min_sentences:
            yield f"{item.id}: {row['sentences']} sentences"
        if not row["sentences"] <= row["words"] <= row["characters"]:
            yield f"{item.id}: more sentences than words, or words than characters"
        for name in _FEATURES[1:]:
            if not 0.0 <= row[name] <= 100.0:
                yield f"{item.id}: {name} is {row[name]}"
        if row["kango_percent"] + row["wago_percent"] > 100.0 + _NEAR:
            yield f"{item.id}: more words of Chinese and Japanese origin than words"
        distance = min(abs(row["difficulty"] - border) for border in recipe.borders)
        if distance < recipe.margin - _NEAR:
            yield f"{item.id}: its difficulty is within {recipe.margin} of a border"


def _provenance(data: DifficultySet) -> Iterator[str]:
    for item in data.rows:
        row = item.values
        if row["source"] == "aozora":
            lacks = [name for name in _OF_AOZORA if row[name] is None]
            if lacks:
                yield f"{item.id}: {', '.join(lacks)} missing"
            elif row["char_end"] - row["char_start"] != len(row["text"]) or row["char_start"] < 0:
                yield f"{item.id}: its offsets do not span a text of {len(row['text'])} characters"
            if row["source_items"]:
                yield f"{item.id}: sentences of Kyoto in a text of Aozora Bunko"
        elif row["source"] == "jec":
            if len(row["source_items"] or ()) != len(row["text"].split("\n")):
                yield f"{item.id}: not one line for each of its sentences"
            if any(row[name] is not None for name in _OF_AOZORA):
                yield f"{item.id}: a work or writer in a text of Kyoto's sentences"
        else:
            yield f"{item.id}: source {row['source']!r} is neither aozora nor jec"


# Scores and labels


def _counts(data: DifficultySet) -> Iterator[str]:
    for item in data.rows:
        if item.values["characters"] != len(item.values["text"]):
            yield (
                f"{item.id}: characters is {item.values['characters']}, "
                f"the text has {len(item.values['text'])}"
            )
    yield from _differences(data, ("words", "sentences", *_FEATURES))


def _scores(data: DifficultySet) -> Iterator[str]:
    yield from _differences(data, ("readability",))


def _scores_newline(data: DifficultySet) -> Iterator[str]:
    yield from _differences(data, ("readability_newline",))


def _differences(data: DifficultySet, names: Sequence[str]) -> Iterator[str]:
    for item in data.rows:
        again = data.scores.get(item.place)
        if again is None:
            yield f"{item.id}: the text cannot be scored"
            continue
        for name in names:
            found = getattr(again, name)
            if abs(item.values[name] - found) > _NEAR:
                yield f"{item.id}: {name} is {item.values[name]}, scored again {found}"
                break


def _derived(data: DifficultySet) -> Iterator[str]:
    for item in data.rows:
        row = item.values
        if abs(row["difficulty"] - difficulty_of(row["readability"])) > _NEAR:
            yield f"{item.id}: difficulty is not (6.5 − readability) / 6.0"
        if row["level"] != level_of(row["readability"]):
            yield f"{item.id}: level {row['level']} does not follow from {row['readability']}"


def _labels(data: DifficultySet) -> Iterator[str]:
    names = data.recipe.labels
    for item in data.rows:
        row = item.values
        follows = label_index(difficulty_of(row["readability"]), data.recipe)
        if row["label"] != follows:
            yield (
                f"{item.id}: {names[row['label']]}, but a readability of "
                f"{row['readability']:.3f} is {names[follows]}"
            )
        if data.recipe.aliases and (
            row["difficulty_level"] != names[row["label"]]
            or row["overall_difficulty"] != row["difficulty"]
        ):
            yield f"{item.id}: the alias columns say something else"


def _both_rules(data: DifficultySet) -> Iterator[str]:
    names = data.recipe.labels
    for item in data.rows:
        row = item.values
        other = label_index(difficulty_of(row["readability_newline"]), data.recipe)
        if other != label_index(difficulty_of(row["readability"]), data.recipe):
            yield f"{item.id}: {names[other]} where line breaks end sentences"


# Pairs, groups, duplicates


def _pairs(data: DifficultySet) -> Iterator[str]:
    for item in data.rows:
        if data.recipe.pairs and item.values["pair_id"] is None:
            yield f"{item.id}: it has no pair"
    for name, items in sorted(data.pairs.items()):
        if sorted(item.values["label"] for item in items) != [0, 1]:
            yield f"{name}: not one Simple and one Complex text ({_ids(items)})"


def _pair_splits(data: DifficultySet) -> Iterator[str]:
    for name, items in sorted(data.pairs.items()):
        if len({item.split for item in items}) == 1:
            continue
        if name != data.parted_pair or any(item.values["source"] != "jec" for item in items):
            yield f"{name}: it stands in two splits ({_ids(items)})"


def _pair_writers(data: DifficultySet) -> Iterator[str]:
    for name, items in sorted(data.pairs.items()):
        if len({(item.values["source"], item.values["writer_id"]) for item in items}) > 1:
            yield f"{name}: two writers or two sources ({_ids(items)})"


def _pair_lengths(data: DifficultySet) -> Iterator[str]:
    limit = data.recipe.max_length_gap
    for name, items in sorted(data.pairs.items()):
        lengths = [len(item.values["text"]) for item in items]
        if max(lengths) - min(lengths) > limit:
            yield f"{name}: lengths {' and '.join(map(str, lengths))}, more than {limit} apart"


def _ids(items: Sequence[Item]) -> str:
    return ", ".join(f"{item.id} in {item.split}" for item in items)


def _by_column(column: str) -> Callable[[Item], Iterator[Hashable]]:
    def keys(item: Item) -> Iterator[Hashable]:
        if item.values[column] is not None:
            yield item.values[column]

    return keys


def _writers(data: DifficultySet) -> Iterator[str]:
    return in_two_splits(data.rows, _by_column("writer_id"), "writer")


def _works(data: DifficultySet) -> Iterator[str]:
    return in_two_splits(data.rows, _by_column("work_id"), "work")


def _sentences(data: DifficultySet) -> Iterator[str]:
    seen: dict[str, Item] = {}
    for item in data.rows:
        for sentence in item.values["source_items"] or ():
            if sentence in seen:
                other = seen[sentence]
                yield f"{item.id}: sentence {sentence} stands in {other.id} ({other.split}) too"
            seen.setdefault(sentence, item)


def _overlaps(data: DifficultySet) -> Iterator[str]:
    works: dict[str, list[Item]] = defaultdict(list)
    for item in data.rows:
        row = item.values
        if row["work_id"] is not None and None not in (row["char_start"], row["char_end"]):
            works[row["work_id"]].append(item)
    for items in works.values():
        items.sort(key=lambda item: item.values["char_start"])
        for one, other in pairwise(items):
            if other.values["char_start"] < one.values["char_end"]:
                yield f"{other.id}: it overlaps with {one.id}"


def _per_work(data: DifficultySet) -> Iterator[str]:
    limit = data.recipe.max_per_work
    for work, number in Counter(item.values["work_id"] for item in data.rows).items():
        if work is not None and number > limit:
            yield f"work {work}: {number} texts, more than {limit}"


def _per_writer(data: DifficultySet) -> Iterator[str]:
    limit = 2 * data.recipe.max_per_writer
    for writer, number in Counter(item.values["writer_id"] for item in data.rows).items():
        if writer is not None and number > limit:
            yield f"writer {writer}: {number} texts, more than {limit}"


def _twins_across(data: DifficultySet) -> Iterator[str]:
    return (str(twins) for twins in data.twins if twins.one.split != twins.other.split)


def _twins_within(data: DifficultySet) -> Iterator[str]:
    return (str(twins) for twins in data.twins if twins.one.split == twins.other.split)


def _balance_of(column: str, kind: str) -> Callable[[DifficultySet], Iterator[str]]:
    """In every split, each source or writer has as many Simple as Complex texts."""

    def run(data: DifficultySet) -> Iterator[str]:
        if not data.recipe.pairs:
            raise DoesNotApply("the recipe makes no pairs")
        parted = data.parted_pair
        counts: dict[tuple[str, str], Counter[int]] = defaultdict(Counter)
        for item in data.rows:
            row = item.values
            if row[column] is not None and (parted is None or row["pair_id"] != parted):
                counts[item.split, row[column]][row["label"]] += 1
        for (split, name), labels in sorted(counts.items()):
            if labels[0] != labels[1]:
                yield f"{kind} {name} in {split}: {labels[0]} Simple, {labels[1]} Complex"

    return run


def _audit(data: DifficultySet) -> ShortcutAudit | None:
    return data.audit if data.recipe.pairs else None


def _recipe_hash(data: DifficultySet) -> Iterator[str]:
    return recipe_hash(data)


CHECKS: Final[tuple[Check[Any], ...]] = (
    *FILE_CHECKS,
    Check("rows-readable", "the recipe and all rows can be read", _readable),
    Check("recipe-hash", "the receipt's hash of the recipe is right", _recipe_hash),
    Check("rows-hash", "the receipt's hash of each split's rows is right", rows_hash),
    Check("signature", "receipt, recipe and files name one way of scoring", _signature),
    Check("lock-rows", "lock and rows name the same texts, splits and sources", _lock),
    Check("lock-texts", "every text has the SHA-256 in the lock", _lock_texts),
    Check("schema", "columns, types and label names are those of the set", _schema),
    Check("unique-ids", "no id stands twice", _unique),
    Check("sizes", "splits and labels have the sizes in recipe and receipt", _sizes),
    Check("ranges", "every value lies in its range", _ranges),
    Check("provenance", "every text says where it comes from", _provenance),
    Check("text-matches-counts", "counts and features are those of the text", _counts),
    Check("score-recomputes", "readability is that of the text", _scores),
    Check("score-recomputes-newline", "readability_newline is that of the text", _scores_newline),
    Check("difficulty-follows-score", "difficulty and level follow from readability", _derived),
    Check("label-follows-score", "labels follow from the scores", _labels),
    Check("label-under-both-rules", "both sentence rules give the label", _both_rules),
    Check("pair-complete", "every pair is one Simple and one Complex text", _pairs),
    Check("pair-in-two-splits", "no pair is parted but the one that must be", _pair_splits),
    Check("pair-writer", "the texts of a pair have one writer or source", _pair_writers),
    Check("pair-lengths", "the texts of a pair have nearly one length", _pair_lengths),
    Check("writer-in-two-splits", "every writer stands in one split", _writers),
    Check("work-in-two-splits", "every work stands in one split", _works),
    Check("kyoto-sentence-twice", "every sentence of Kyoto's is used once", _sentences),
    Check("passage-overlap", "no two texts of a work overlap", _overlaps),
    Check("texts-per-work", "no work has more texts than the recipe allows", _per_work),
    Check("texts-per-writer", "no writer has more texts than the recipe allows", _per_writer),
    Check("near-duplicate-across-splits", "no text nearly repeats one elsewhere", _twins_across),
    Check("near-duplicate-in-split", "no text nearly repeats one beside it", _twins_within),
    Check(
        "source-by-label", "a source gives as many of each label", _balance_of("source", "source")
    ),
    Check(
        "writer-by-label",
        "a writer gives as many of each label",
        _balance_of("writer_id", "writer"),
    ),
    *(
        shortcut_check(thing.name, _audit, "the recipe makes no pairs")
        for thing in FEATURES
        if thing.shortcut
    ),
)
