"""Checks of difficulty-2level: what its design promises, each promise a check of its own.

A set that was changed by hand, its receipt and lock signed again, is still caught where the change
breaks a promise. What breaks none (a kanji for another of the same kind in a text whose counts
stay) only a rebuild from the sources shows: ``verify --rebuild``.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import pairwise
from typing import Any, Final

from jtextkit.builders.difficulty.lock import LOCK, Locked, read_lock
from jtextkit.builders.difficulty.passages import label_index
from jtextkit.builders.difficulty.recipe import DifficultyRecipe, recipe_from
from jtextkit.builders.difficulty.rows import METADATA, columns_of
from jtextkit.builders.sets.findings import Check, DoesNotApply
from jtextkit.builders.sets.promises import (
    RECEIPT_CHECKS,
    SIGNATURE_CHECK,
    BuiltSet,
    in_two_splits,
    near_duplicate_checks,
    schema_checks,
)
from jtextkit.builders.sets.reading import Item
from jtextkit.builders.sets.shortcuts import kanji_share, shortcut_check
from jtextkit.builders.sets.splits import SPLITS, label_quotas
from jtextkit.core.errors import JtextkitError, TextError
from jtextkit.core.progress import Progress
from jtextkit.core.receipts import RECEIPT
from jtextkit.metrics.readability.formula import (
    COLUMNS,
    Readability,
    difficulty_of,
    level_of,
    score,
)
from jtextkit.metrics.shortcuts.audit import Feature, ShortcutAudit, audit_rows
from jtextkit.metrics.shortcuts.validity import Validity, children_auc

_COUNTS = ("characters", "words", "sentences")
_FEATURES = (
    "words_per_sentence",
    "kango_percent",
    "wago_percent",
    "verb_percent",
    "particle_percent",
)
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


class DifficultySet(BuiltSet[DifficultyRecipe]):
    """A built set of difficulty-2level."""

    required = ("id", "text", "label", "source", "title", "license", *COLUMNS)

    @property
    def checks(self) -> Sequence[Check[Any]]:
        return CHECKS

    @property
    def columns(self) -> Mapping[str, str]:
        return columns_of(self.recipe)

    @property
    def labels(self) -> Sequence[str]:
        return self.recipe.labels

    def read_recipe(self) -> DifficultyRecipe:
        return recipe_from(dict(self.receipt["recipe"]), where=RECEIPT)

    def default_recipe(self) -> DifficultyRecipe:
        return DifficultyRecipe()

    def lack(self, row: Mapping[str, Any]) -> str:
        known = range(len(self.labels))
        return super().lack(row) or ("" if row["label"] in known else f"no label {row['label']}")

    @cached_property
    def scores(self) -> Mapping[str, Readability]:
        """Every text scored again, by the row's place; what cannot be scored is left out.

        Raises:
            DoesNotApply: the stored scores were made in another way.
        """
        self.scored_alike()
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


# Lock


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


# Sizes, ranges


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


CHECKS: Final[tuple[Check[Any], ...]] = (
    *RECEIPT_CHECKS,
    SIGNATURE_CHECK,
    Check("lock-rows", "lock and rows name the same texts, splits and sources", _lock),
    Check("lock-texts", "every text has the SHA-256 in the lock", _lock_texts),
    *schema_checks("columns, types and label names"),
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
    *near_duplicate_checks(),
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
