"""Checks of an STX set: equal shares, templates, licences, answers, and nothing on both sides of a split.

What the rows say is checked against the rows themselves: texts and questions are read back from the
prompts by their templates, gains are scored again, answers are looked for in their passages.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from math import isclose
from typing import Any, Final

from jtextkit.builders.sets.described import kinds_of
from jtextkit.builders.sets.findings import Check, CheckReport
from jtextkit.builders.sets.promises import (
    RECEIPT_CHECKS,
    BuiltSet,
    each_row,
    in_two_splits,
    near_duplicate_checks,
    schema_checks,
)
from jtextkit.builders.sets.reading import Item, TextSet
from jtextkit.builders.sets.splits import SPLITS, label_quotas
from jtextkit.builders.stx import LICENSE, TASKS, StxRecipe
from jtextkit.builders.stx.rows import COLUMNS, answer_stands, gain_of, measures_of, messages_of
from jtextkit.builders.stx.tasks import group_of, parse_prompt, task_named
from jtextkit.core.errors import TextError
from jtextkit.core.receipts import RECEIPT, digest

_NULLABLE = ("source_id", "title", "url", "answer_start", "tokens", "readability_gain")
_NEAR = 1e-9
"""Scores are equal to the last bit on one machine; this much may differ between two."""


class StxSet(BuiltSet[StxRecipe]):
    """A built set of STX."""

    recipe_type = StxRecipe
    columns = kinds_of(COLUMNS)
    required = tuple(name for name in COLUMNS if name not in _NULLABLE)

    @property
    def checks(self) -> Sequence[Check[Any]]:
        return CHECKS

    def lack(self, row: Mapping[str, Any]) -> str:
        if lack := super().lack(row):
            return lack
        empty = [name for name in self.columns if row[name] == ""]
        known = {task.name for task in TASKS}
        if empty:
            return f"{empty[0]} is empty"
        return "" if row["task"] in known else f"there is no task {row['task']}"

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

    @property
    def compared(self) -> Sequence[Item]:
        """Of rows with one text in one split, the first."""
        texts: dict[tuple[str, str], Item] = {}
        for item in self.rows:
            if item.place in self.parts:
                texts.setdefault((item.split, group_of(self.text_of(item))), item)
        return tuple(texts.values())

    def text_of(self, item: Item) -> str:
        return self.parts[item.place][0]


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


@each_row
def _ids(_data: StxSet, row: Mapping[str, Any]) -> Iterator[str]:
    key = digest([row["task"], row["prompt"], row["completion"]])
    if row["id"] != f"{row['task']}-{key[:16]}":
        yield "not the hash of its task, prompt and completion"


def _templates(data: StxSet) -> Iterator[str]:
    for item in data.rows:
        if item.place not in data.parts:
            yield f"{item.id}: its prompt does not follow the template of {item.values['task']}"
        elif item.values["group"] != group_of(data.parts[item.place][0]):
            yield f"{item.id}: its group is not that of its text"


@each_row
def _messages(_data: StxSet, row: Mapping[str, Any]) -> Iterator[str]:
    if row["messages"] != messages_of(row["prompt"], row["completion"]):
        yield "its messages are not its prompt and completion"


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
    data.scored_alike()
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


CHECKS: Final[tuple[Check[Any], ...]] = (
    *RECEIPT_CHECKS,
    *schema_checks(),
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
    *near_duplicate_checks(),
)


def check(data: TextSet) -> CheckReport:
    """All promises, checked."""
    return StxSet(data).inspect()
