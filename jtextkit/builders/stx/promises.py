"""Checks of an STX set: equal shares, templates, licences, answers, and nothing on both sides of a split.

What the rows say is checked against the rows themselves: texts and questions are read back from the
prompts by their templates, gains are scored again, answers are looked for in their passages.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import isclose
from typing import Any, Final

from jtextkit.builders.sets.files import FILE_CHECKS, recipe_hash
from jtextkit.builders.sets.findings import Check, DoesNotApply
from jtextkit.builders.sets.promises import Twins, find_twins, in_two_splits
from jtextkit.builders.sets.reading import Item, TextSet
from jtextkit.builders.sets.receipts import rows_hash
from jtextkit.builders.sets.splits import SPLITS, label_quotas
from jtextkit.builders.stx import LICENSE, TASKS, StxRecipe
from jtextkit.builders.stx.measures import answer_stands, gain_of, measures_of
from jtextkit.builders.stx.rows import COLUMNS, messages_of
from jtextkit.builders.stx.tasks import group_of, parse_prompt, task_named
from jtextkit.core.errors import JtextkitError, TextError
from jtextkit.core.receipts import RECEIPT, digest
from jtextkit.metrics.morphology.analysis import analyser
from jtextkit.metrics.readability.formula import signature_of

_TYPES = {
    "string": "string",
    "int64": "int64",
    "float64": "double",
    "messages": "list<element: struct<role: string, content: string>>",
}
_PYTHON = {"string": str, "int64": int, "float64": float, "messages": list}
_ALWAYS = (
    "id",
    "task",
    "prompt",
    "completion",
    "messages",
    "source",
    "group",
    "characters",
    "license",
)
_NEAR = 1e-9
"""Scores are equal to the last bit on one machine; this much may differ between two."""


@dataclass(frozen=True)
class StxSet:
    """A built set, with what several checks need of it, found once."""

    data: TextSet

    @property
    def folder(self) -> Any:
        return self.data.folder

    @cached_property
    def receipt(self) -> Mapping[str, Any]:
        """The receipt."""
        assert self.data.receipt is not None
        return self.data.receipt

    @cached_property
    def recipe(self) -> StxRecipe:
        """The receipt's recipe; the default one where it holds none that can be read."""
        try:
            return StxRecipe.from_dict(dict(self.receipt["recipe"]))
        except (JtextkitError, KeyError, TypeError, ValueError):
            return StxRecipe()

    @cached_property
    def signature(self) -> str | None:
        """That of the receipt."""
        signature = self.receipt.get("signature")
        return signature if isinstance(signature, str) else None

    @cached_property
    def rows(self) -> tuple[Item, ...]:
        """Rows that have what every check looks at; ``schema`` tells of the others."""
        return tuple(item for item in self.data.rows if not _lack(item))

    @cached_property
    def parts(self) -> Mapping[str, tuple[str, str | None]]:
        """Text and question of each row whose prompt follows its template, by the row's place."""
        found = {}
        for item in self.rows:
            parts = parse_prompt(task_named(item.values["task"]), item.values["prompt"])
            if parts is not None:
                found[item.place] = parts
        return found

    def of(self, task: str) -> Iterator[tuple[Item, str]]:
        """Rows of a task, each with its text."""
        for item in self.rows:
            if item.values["task"] == task and item.place in self.parts:
                yield item, self.parts[item.place][0]

    @cached_property
    def twins(self) -> Sequence[Twins]:
        """Near-duplicates by the recipe's limit; of rows with one text in one split the first."""
        texts: dict[tuple[str, str], Item] = {}
        for item in self.rows:
            if item.place in self.parts:
                texts.setdefault((item.split, group_of(self.parts[item.place][0])), item)
        return find_twins(
            list(texts.values()),
            lambda item: self.parts[item.place][0],
            self.recipe.max_similarity,
            self.data.report,
        )


def _lack(item: Item) -> str:
    """What a row lacks for the checks, or ""."""
    row = item.values
    for name, (kind, _) in COLUMNS.items():
        if name not in row:
            return f"it has no column {name}"
        if row[name] is None and name not in _ALWAYS:
            continue
        if not isinstance(row[name], _PYTHON[kind]) or row[name] == "":
            return f"{name} is no {kind}"
    if row["task"] not in {task.name for task in TASKS}:
        return f"there is no task {row['task']}"
    return ""


def _readable(data: StxSet) -> Iterator[str]:
    try:
        StxRecipe.from_dict(dict(data.receipt["recipe"]))
    except (JtextkitError, KeyError, TypeError, ValueError) as error:
        yield f"{RECEIPT}: its recipe cannot be read ({error})"
    for item in data.data.items:
        if item.problem:
            yield f"{item.place}: {item.problem}"


def _recipe_hash(data: StxSet) -> Iterator[str]:
    return recipe_hash(data)


def _schema(data: StxSet) -> Iterator[str]:
    import pyarrow.parquet as pq

    for name in data.data.files:
        if not name.endswith(".parquet"):
            yield f"{name}: not one of the set's Parquet files"
            continue
        schema = pq.read_schema(data.folder / name)
        if schema.names != list(COLUMNS):
            yield f"{name}: its columns are not those of the set"
            continue
        for column, (kind, _) in COLUMNS.items():
            found = str(schema.field(column).type).replace("item:", "element:")
            if found != _TYPES[kind]:
                yield f"{name}: {column} is {found}, not {_TYPES[kind]}"
    for item in data.data.rows:
        if lack := _lack(item):
            yield f"{item.id}: {lack}"


def _unique(data: StxSet) -> Iterator[str]:
    for name, number in Counter(item.id for item in data.data.rows).items():
        if number > 1:
            yield f"{name}: it stands {number} times"


def _sizes(data: StxSet) -> Iterator[str]:
    counts: dict[str, Counter[str]] = {split: Counter() for split in SPLITS}
    for item in data.data.rows:
        counts.setdefault(item.split, Counter())[str(item.values.get("task"))] += 1
    quotas = label_quotas(data.recipe.per_task, tuple(task.name for task in TASKS))
    told = data.receipt.get("rows")
    for split, found in counts.items():
        for name, wanted in quotas.get(split, {}).items():
            if found[name] != wanted:
                yield f"{split}: {found[name]:,} rows of {name}, not {wanted:,}"
        here = told.get(split) if isinstance(told, dict) else None
        if here != {task.name: found[task.name] for task in TASKS}:
            yield f"{RECEIPT}: its rows of {split} are not those of the files"


def _ids(data: StxSet) -> Iterator[str]:
    for item in data.rows:
        row = item.values
        key = digest([row["task"], row["prompt"], row["completion"]])
        if row["id"] != f"{row['task']}-{key[:16]}":
            yield f"{item.id}: not the hash of its task, prompt and completion"


def _templates(data: StxSet) -> Iterator[str]:
    for item in data.rows:
        if item.place not in data.parts:
            yield f"{item.id}: its prompt does not follow the template of {item.values['task']}"
        elif item.values["group"] != group_of(data.parts[item.place][0]):
            yield f"{item.id}: its group is not that of its text"


def _messages(data: StxSet) -> Iterator[str]:
    for item in data.rows:
        row = item.values
        if row["messages"] != messages_of(row["prompt"], row["completion"]):
            yield f"{item.id}: its messages are not its prompt and completion"


def _lengths(data: StxSet) -> Iterator[str]:
    recipe = data.recipe
    for item in data.rows:
        row = item.values
        characters = len(row["prompt"]) + len(row["completion"])
        if row["characters"] != characters:
            yield f"{item.id}: characters is {row['characters']}, and they are {characters}"
        if characters > recipe.max_chars:
            yield f"{item.id}: {characters:,} characters, more than {recipe.max_chars:,}"
        text = data.parts.get(item.place, ("", None))[0]
        if text and len(text) < recipe.min_chars:
            yield f"{item.id}: a text of {len(text)} characters, fewer than {recipe.min_chars}"
        tokens = row["tokens"]
        if (tokens is None) != (recipe.tokenizer is None):
            yield f"{item.id}: tokens is {tokens}, and the recipe's tokenizer {recipe.tokenizer}"
        elif tokens is not None and not recipe.min_tokens <= tokens <= recipe.max_tokens:
            yield f"{item.id}: {tokens:,} tokens, out of the recipe's bounds"


def _licences(data: StxSet) -> Iterator[str]:
    for item in data.rows:
        task = task_named(item.values["task"])
        for column, expected in (("license", task.license), ("source", task.source)):
            if item.values[column] != expected:
                yield f"{item.id}: {column} is {item.values[column]}, not {expected}"
    told = data.receipt.get("licenses")
    if told != {task.name: task.license for task in TASKS} or (
        data.receipt.get("license") != LICENSE
    ):
        yield f"{RECEIPT}: its licences are not those of the sources"
    card = data.folder / "README.md"
    try:
        head = card.read_text(encoding="utf-8").split("\n---\n")[0].splitlines()
    except (OSError, UnicodeDecodeError):
        yield "README.md: the card cannot be read"
        return
    if f"license: {LICENSE}" not in head:
        yield f"README.md: the card does not put the set under {LICENSE}, as XL-Sum asks"


def _answers(data: StxSet) -> Iterator[str]:
    for item, _ in data.of("qa"):
        if not answer_stands(item.values):
            yield f"{item.id}: its answer does not stand in its passage at answer_start"


def _simplified(data: StxSet) -> Iterator[str]:
    for item, text in data.of("simplification"):
        if group_of(text) == group_of(item.values["completion"]):
            yield f"{item.id}: nothing was simplified"


def _shorter(data: StxSet) -> Iterator[str]:
    for item, text in data.of("summarisation"):
        if len(item.values["completion"]) >= len(text):
            yield f"{item.id}: its summary is no shorter than the article"


def _gains(data: StxSet) -> Iterator[str]:
    ours = signature_of(analyser(data.recipe.dictionary), "punct")
    if data.signature != ours:
        raise DoesNotApply(f"scores of {data.signature} do not compare with {ours}")
    for item in data.rows:
        stored = item.values["readability_gain"]
        if item.values["task"] != "simplification":
            if stored is not None:
                yield f"{item.id}: a gain, and it is no pair"
            continue
        if item.place not in data.parts:
            continue
        text = data.parts[item.place][0]
        try:
            gain = gain_of(text, item.values["completion"], data.recipe.dictionary)
        except TextError:
            gain = None
        if stored is None or gain is None or not isclose(gain, stored, abs_tol=_NEAR):
            yield f"{item.id}: readability_gain is {stored}, and scores to {gain}"


def _measures(data: StxSet) -> Iterator[str]:
    told = data.receipt.get("measures")
    try:
        found = measures_of(item.values for item in data.rows)
    except (TypeError, ValueError):  # rows without the numbers; other checks tell of them
        found = {}
    for task in TASKS:
        mine = told.get(task.name) if isinstance(told, dict) else None
        if not _alike(mine, found.get(task.name)):
            yield f"{RECEIPT}: its figures for {task.name} are not those of the rows"


def _alike(one: Any, other: Any) -> bool:
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(_alike(one[key], other[key]) for key in one)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(_alike, one, other))
    if isinstance(one, float) and isinstance(other, (int, float)):
        return isclose(one, other, abs_tol=_NEAR)
    return bool(one == other)


def _groups(data: StxSet) -> Iterator[str]:
    def keys(item: Item) -> Iterator[str]:
        if item.place in data.parts:
            yield group_of(data.parts[item.place][0])

    return in_two_splits(data.rows, keys, "text")


def _prompts(data: StxSet) -> Iterator[str]:
    seen: dict[tuple[str, ...], list[Item]] = defaultdict(list)
    for item in data.rows:
        if item.place in data.parts:
            text, question = data.parts[item.place]
            seen[item.values["task"], group_of(text), group_of(question or "")].append(item)
    for items in seen.values():
        if len(items) > 1:
            yield f"{items[1].id}: the prompt of {items[0].id} again"


def _twins_across(data: StxSet) -> Iterator[str]:
    return (str(twins) for twins in data.twins if twins.one.split != twins.other.split)


def _twins_within(data: StxSet) -> Iterator[str]:
    return (str(twins) for twins in data.twins if twins.one.split == twins.other.split)


CHECKS: Final[tuple[Check[Any], ...]] = (
    *FILE_CHECKS,
    Check("rows-readable", "the recipe and all rows can be read", _readable),
    Check("recipe-hash", "the receipt's hash of the recipe is right", _recipe_hash),
    Check("rows-hash", "the receipt's hash of each split's rows is right", rows_hash),
    Check("schema", "columns and types are those of the set", _schema),
    Check("unique-ids", "no id stands twice", _unique),
    Check("ids-follow", "every id is the hash of what its row says", _ids),
    Check("sizes", "tasks have equal shares, in every split as the recipe asks", _sizes),
    Check("templates", "every prompt follows its task's template", _templates),
    Check("messages", "messages are prompt and completion", _messages),
    Check("lengths", "characters and tokens are within the recipe's bounds", _lengths),
    Check("licences", "rows, receipt and card name the sources' licences", _licences),
    Check("answer-in-passage", "every answer stands in its passage", _answers),
    Check("simplified", "no simple sentence is the original again", _simplified),
    Check("summary-shorter", "every summary is shorter than its article", _shorter),
    Check("gain-recomputes", "readability_gain is that of the pair", _gains),
    Check("figures", "the receipt's figures are those of the rows", _measures),
    Check("prompt-twice", "no prompt stands twice", _prompts),
    Check("text-in-two-splits", "every sentence, passage, article stands in one split", _groups),
    Check("near-duplicate-across-splits", "no text nearly repeats one elsewhere", _twins_across),
    Check("near-duplicate-in-split", "no text nearly repeats one beside it", _twins_within),
)
