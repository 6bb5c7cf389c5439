"""The card of an STX set: its tasks, sources and licences, figures, and limits (``card.md``)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from jtextkit.builders.sets.card import columns_table, filled, front_matter, rebuilding, table
from jtextkit.builders.sets.splits import SPLITS
from jtextkit.builders.stx.recipe import StxRecipe
from jtextkit.builders.stx.rows import COLUMNS
from jtextkit.builders.stx.tasks import TASKS, prompt_of

Receipt = Mapping[str, Any]

_HASH = re.compile("-[0-9a-f]{12}$")
"""What a tokenizer's identity ends with after its file's name."""

_HELD = {"simplification": "sentence", "qa": "passage", "summarisation": "article"}


def card_text(receipt: Receipt) -> str:
    """The whole ``README.md``; a function of the receipt (all but its ``files``) alone."""
    measures, asked = receipt["measures"], receipt["sources"]["qa"]
    return filled(
        __package__,
        "card.md",
        {
            **receipt,
            "front": _front_matter(receipt),
            "sizes": _sizes(receipt),
            "licences": table(
                ("task", "source", "licence", "who says so"),
                ((task.name, task.title, task.license, task.license_from) for task in TASKS),
                words=4,
            ),
            "files": "\n".join(_files(receipt)),
            "prompts": "\n".join(_templates()).rstrip("\n"),
            "tokenizer": receipt["recipe"]["tokenizer"],
            "chosen": _chosen(receipt),
            "reasons": "\n".join(_reasons(receipt)),
            "pairs": measures["simplification"],
            "answers": measures["qa"],
            "summaries": measures["summarisation"],
            "missing": asked["dropped"].get("the answer is not in the passage", 0),
            "elsewhere": asked["notes"].get("offset wrong", 0),
            "columns": columns_table(COLUMNS),
            "rebuilding": _rebuilding(receipt),
        },
    )


def _front_matter(receipt: Receipt) -> str:
    return front_matter(
        sum(sum(counts.values()) for counts in receipt["rows"].values()),
        f"license: {receipt['license']}\n",
        "STX (simplification, question answering, summarisation)",
        {
            "task_categories": ["question-answering", "summarization", "text-generation"],
            "tags": ["instruction-tuning", "text-simplification", "stx"],
        },
    )


def _sizes(receipt: Receipt) -> str:
    rows = receipt["rows"]
    counts = {task.name: [rows[split][task.name] for split in SPLITS] for task in TASKS}
    counts["all"] = [sum(rows[split].values()) for split in SPLITS]
    return table(
        ("task", *SPLITS, "all"),
        ((name, *(f"{n:,}" for n in (*some, sum(some)))) for name, some in counts.items()),
    )


def _files(receipt: Receipt) -> Iterator[str]:
    for task in TASKS:
        source = receipt["sources"][task.name]
        for name in source["hub"]:
            yield f"- {task.name}: `{name['repo']}` at commit `{name['commit']}`"
        for file in source["files"]:
            yield (
                f"- {task.name}: `{file['name']}` ({file['format']}; {file['rows']:,} rows), "
                f"SHA-256 `{file['sha256']}`"
            )


def _templates() -> Iterator[str]:
    for task in TASKS:
        shown = prompt_of(task, f"{{{_HELD[task.name]}}}", "{question}")
        yield f"{task.name}:\n\n```text\n{shown}\n```\n"


def _chosen(receipt: Receipt) -> str:
    rows = []
    for task in TASKS:
        source, chosen = receipt["sources"][task.name], receipt["selection"][task.name]
        dropped = (sum(one["dropped"].values()) for one in (source, chosen))
        rows.append((task.name, *(f"{n:,}" for n in (source["rows"], *dropped, chosen["unused"]))))
    return table(("task", "rows read", "not usable", "dropped", "not needed"), rows)


def _reasons(receipt: Receipt) -> Iterator[str]:
    for task in TASKS:
        for where in ("sources", "selection"):
            for reason, number in receipt[where][task.name]["dropped"].items():
                yield f"- {task.name}: {reason}: {number:,}"


def _rebuilding(receipt: Receipt) -> str:
    recipe = receipt["recipe"]
    words = ["jtextkit build stx"]
    if receipt["sample"]:
        words.append("--sample")
    else:
        for task in TASKS:
            source = receipt["sources"][task.name]
            names = [f"{one['repo']}@{one['commit']}" for one in source["hub"]]
            names = names or [file["name"] for file in source["files"]]
            words += [f"{task.option} {name}" for name in names]
    default = StxRecipe().to_dict()
    words += [f"--size {recipe['size']}", f"--seed {recipe['seed']}"]
    words += [
        f"--{rule.replace('_', '-')} {_HASH.sub('', str(value))}"
        for rule, value in recipe.items()
        if value != default[rule] and rule not in ("size", "seed", "dictionary")
    ]
    return rebuilding((" \\\n  " if len(words) > 4 else " ").join(words), receipt)
