"""Choosing the rows: which examples fit, which repeat another, and where each stands.

The order of everything follows from the seed and the content alone, never from the order or the
format of the files. Of each task the examples are walked through text by text in that order:

1. an example must be within the bounds of length, change the sentence, and summarise by shortening;
2. of examples with the same prompt one is taken;
3. examples of one text (several questions about a passage) are a group, which stands in one split;
4. a text that nearly repeats one that was taken, of whatever task, is dropped with its group.

The walk ends when there is enough, so that a large source costs no more than it must.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial

from jtextkit.builders.sets.near_duplicates import NearDuplicates
from jtextkit.builders.sets.splits import SPLITS, assign_closely, hash_order, label_quotas
from jtextkit.builders.stx.recipe import StxRecipe
from jtextkit.builders.stx.tasks import TASKS, SourceExample, StxTask, group_of
from jtextkit.core.errors import QuotaError
from jtextkit.core.progress import Progress, silent
from jtextkit.core.receipts import digest


@dataclass(frozen=True, slots=True)
class ChosenExample:
    """An example that was taken.

    Attributes:
        key: of its content; examples with the same content have the same.
        group: name of its text.
        tokens: of prompt and completion; None without a tokenizer.
    """

    example: SourceExample
    key: str
    group: str
    tokens: int | None


@dataclass(slots=True)
class StxSelection:
    """What was chosen, and what was not.

    Attributes:
        splits: the rows of each split, in their order.
        dropped: for each task how many examples were dropped, by reason.
        unused: for each task how many would have done too, or were not looked at.
    """

    splits: dict[str, list[ChosenExample]] = field(default_factory=dict)
    dropped: dict[str, Counter[str]] = field(default_factory=dict)
    unused: dict[str, int] = field(default_factory=dict)


def select(
    examples: Mapping[str, Sequence[SourceExample]],
    recipe: StxRecipe,
    count_tokens: Callable[[Sequence[str]], int] | None = None,
    report: Progress = silent,
) -> StxSelection:
    """Choose ``recipe.size`` rows, a third of each task, in three splits.

    Args:
        examples: of each task by its name.
        count_tokens: tokens of some texts in all, for the bounds; None: there are no bounds.

    Raises:
        QuotaError: a task has too few; the message says how many there are.
    """
    selection = StxSelection()
    known = NearDuplicates(recipe.max_similarity)
    taken = {
        task.name: _walk(task, examples[task.name], recipe, count_tokens, known, selection, report)
        for task in TASKS
    }
    _check_quota(taken, examples, selection.dropped, recipe)
    quotas = label_quotas(recipe.per_task, tuple(task.name for task in TASKS))
    chosen: dict[str, list[ChosenExample]] = {split: [] for split in SPLITS}
    for task in TASKS:
        groups: dict[str, list[ChosenExample]] = {}
        for one in taken[task.name]:
            groups.setdefault(one.group, []).append(one)
        wanted = {split: quotas[split][task.name] for split in SPLITS}
        sizes = {name: len(group) for name, group in groups.items()}
        places = assign_closely(sizes, wanted, recipe.seed)
        for split in SPLITS:
            line = [one for one in taken[task.name] if places[one.group] == split]
            chosen[split] += line[: wanted[split]]
        selection.unused[task.name] = (
            len(examples[task.name]) - sum(selection.dropped[task.name].values()) - recipe.per_task
        )
    for split, rows in chosen.items():
        by_key = {one.key: one for one in rows}
        selection.splits[split] = [by_key[key] for key in hash_order(recipe.seed, by_key)]
    return selection


def key_of(example: SourceExample) -> str:
    """The hash of what a row says: task, prompt and completion."""
    return digest([example.task, example.prompt, example.completion])


def _walk(
    task: StxTask,
    examples: Sequence[SourceExample],
    recipe: StxRecipe,
    count_tokens: Callable[[Sequence[str]], int] | None,
    known: NearDuplicates,
    selection: StxSelection,
    report: Progress,
) -> list[ChosenExample]:
    """Examples of a task that may stand together, as many as are needed, in their order."""
    dropped = selection.dropped.setdefault(task.name, Counter())
    groups = _groups(task, examples, recipe, dropped)
    largest = max((len(group) for group in groups.values()), default=0)
    # Whole groups have to fill splits: with a few rows to spare they can.
    enough = recipe.per_task + (2 * largest if largest > 1 else 0)
    progress = partial(report, f"choosing for {task.name}")
    taken: list[ChosenExample] = []
    for name in hash_order(recipe.seed, groups):
        if len(taken) >= enough:
            break
        progress(min(len(taken), recipe.per_task), recipe.per_task)
        group = []
        for key, example in groups[name]:
            tokens = None
            if count_tokens is not None:
                tokens = count_tokens([example.prompt, example.completion])
                if not recipe.min_tokens <= tokens <= recipe.max_tokens:
                    dropped["too few or too many tokens"] += 1
                    continue
            group.append(ChosenExample(example, key, name, tokens))
        if not group:
            continue
        text = group[0].example.text
        if known.twin(text) is not None:
            dropped["nearly repeats another text"] += len(group)
            continue
        known.add(f"{task.name}:{name}", text)
        taken += group
    progress(recipe.per_task, recipe.per_task)
    return taken


def _groups(
    task: StxTask, examples: Sequence[SourceExample], recipe: StxRecipe, dropped: Counter[str]
) -> dict[str, list[tuple[str, SourceExample]]]:
    """Examples that fit, by the name of their text, those of a text in the order of the seed."""
    fitting: dict[str, SourceExample] = {}
    for example in examples:
        if reason := _misfit(task, example, recipe):
            dropped[reason] += 1
            continue
        key = key_of(example)
        # The same content twice: what stands beside it must not depend on which came first.
        twin = fitting.get(key)
        if twin is not None:
            dropped["the same prompt twice"] += 1
            example = min(twin, example, key=_provenance)  # noqa: PLW2901
        fitting[key] = example
    prompts: set[tuple[str, str]] = set()
    groups: dict[str, list[tuple[str, SourceExample]]] = {}
    for key in hash_order(recipe.seed, fitting):
        example = fitting[key]
        name = group_of(example.text)
        prompt = (name, group_of(example.question or ""))
        if prompt in prompts:
            dropped["the same prompt twice"] += 1
            continue
        prompts.add(prompt)
        groups.setdefault(name, []).append((key, example))
    return groups


def _provenance(example: SourceExample) -> tuple[str, str, str, int]:
    return (
        example.source_id,
        example.title or "",
        example.url or "",
        example.answer_start or 0,
    )


def _misfit(task: StxTask, example: SourceExample, recipe: StxRecipe) -> str:
    """Why an example may not stand in the set, or ""."""
    if len(example.text) < recipe.min_chars:
        return "too short"
    if len(example.prompt) + len(example.completion) > recipe.max_chars:
        return "too long"
    if task.name == "simplification" and group_of(example.text) == group_of(example.completion):
        return "nothing was simplified"
    if task.name == "summarisation" and len(example.completion) >= len(example.text):
        return "the summary is no shorter than the article"
    return ""


def _check_quota(
    taken: Mapping[str, Sequence[ChosenExample]],
    examples: Mapping[str, Sequence[SourceExample]],
    dropped: Mapping[str, Counter[str]],
    recipe: StxRecipe,
) -> None:
    short = {name: len(rows) for name, rows in taken.items() if len(rows) < recipe.per_task}
    if not short:
        return
    offers = []
    for name, rows in short.items():
        reasons = "".join(f"; {reason}: {n:,}" for reason, n in dropped[name].most_common(2))
        offers.append(f"{rows:,} for {name} (of {len(examples[name]):,}{reasons})")
    possible = len(TASKS) * min(short.values())
    raise QuotaError(
        f"{recipe.per_task:,} rows of each task are needed, and there are {', '.join(offers)}",
        cure=f"ask for less (--size {possible}), add sources, or widen the bounds of length"
        if possible
        else "add sources, or widen the bounds of length",
    )
