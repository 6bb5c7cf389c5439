"""The card of an STX set: its tasks, sources and licences, figures, and limits."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from jtextkit.builders.sets.card import columns_table, front_matter, rebuilding
from jtextkit.builders.sets.splits import SPLITS
from jtextkit.builders.stx.recipe import StxRecipe
from jtextkit.builders.stx.rows import COLUMNS
from jtextkit.builders.stx.tasks import TASKS, prompt_of

Receipt = Mapping[str, Any]

_HASH = re.compile("-[0-9a-f]{12}$")
"""What a tokenizer's identity ends with after its file's name."""


def card_text(receipt: Receipt) -> str:
    """The whole ``README.md``; a function of the receipt (all but its ``files``) alone."""
    sections = [
        _front_matter(receipt),
        "# STX: simplification, question answering, summarisation\n",
        _summary(receipt),
        _sizes(receipt),
        _licences(receipt),
        _templates(),
        _making(receipt),
        _figures(receipt),
        columns_table(COLUMNS),
        _limits(),
        _rebuilding(receipt),
    ]
    return "\n".join(sections)


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


def _summary(receipt: Receipt) -> str:
    sample = ""
    if receipt["sample"]:
        sample = (
            "\n**This is jtextkit's sample.** Its texts were written for jtextkit, in the formats of "
            "the sources named\nbelow; not a word comes from them. Rows carry the licences of the "
            "sources they stand for, so that what\nfollows from licences can be tried out.\n"
        )
    return (
        "Equal samples of three tasks in Japanese, for instruction tuning: simplify a sentence, "
        "answer a question from\na passage, summarise an article. Recipe and templates follow "
        "[openorca_stx](https://huggingface.co/lightblue/openorca_stx).\n"
        f"{sample}"
    )


def _sizes(receipt: Receipt) -> str:
    lines = ["## Sizes\n", f"| task | {' | '.join(SPLITS)} | all |", f"|---|{'---:|' * 4}"]
    rows = receipt["rows"]
    for task in TASKS:
        counts = [rows[split][task.name] for split in SPLITS]
        lines.append(f"| {task.name} | {' | '.join(f'{n:,}' for n in (*counts, sum(counts)))} |")
    counts = [sum(rows[split].values()) for split in SPLITS]
    lines.append(f"| all | {' | '.join(f'{n:,}' for n in (*counts, sum(counts)))} |")
    lines.append(
        "\nA sentence, passage or article stands in one split only, with all its questions; nothing "
        "nearly repeats\nanything else (Jaccard similarity of 5-character shingles from "
        f"{receipt['recipe']['max_similarity']} on)."
    )
    return "\n".join(lines) + "\n"


def _licences(receipt: Receipt) -> str:
    lines = [
        "## Sources and licences\n",
        "| task | source | licence | who says so |",
        "|---|---|---|---|",
    ]
    lines += [
        f"| {task.name} | {task.title} | {task.license} | {task.license_from} |" for task in TASKS
    ]
    lines.append(
        f"\nThe whole set is under **{receipt['license']}**: what is made of XL-Sum inherits its "
        "licence, so it must not be\nused commercially, and what is made of it keeps the licence. "
        "Every row names the licence of its source in\n`license`. Attribution is due to the makers "
        "of all three."
    )
    for task in TASKS:
        source = receipt["sources"][task.name]
        for name in source["hub"]:
            lines.append(f"- {task.name}: `{name['repo']}` at commit `{name['commit']}`")
        lines += [
            f"- {task.name}: `{file['name']}` ({file['format']}; {file['rows']:,} rows), "
            f"SHA-256 `{file['sha256']}`"
            for file in source["files"]
        ]
    return "\n".join(lines) + "\n"


def _templates() -> str:
    parts = ["## Prompts\n"]
    for task in TASKS:
        shown = prompt_of(task, f"{{{_HELD[task.name]}}}", "{question}")
        parts.append(f"{task.name}:\n\n```text\n{shown}\n```\n")
    parts.append("There is no line break after the last character.\n")
    return "\n".join(parts)


_HELD = {"simplification": "sentence", "qa": "passage", "summarisation": "article"}


def _making(receipt: Receipt) -> str:
    recipe = receipt["recipe"]
    tokens = ""
    if recipe["tokenizer"]:
        tokens = (
            f", and {recipe['min_tokens']:,} to {recipe['max_tokens']:,} tokens of "
            f"`{recipe['tokenizer']}`"
        )
    lines = [
        "## How it was made\n",
        f"Texts have at least {recipe['min_chars']:,} characters, prompt and completion together at "
        f"most {recipe['max_chars']:,}{tokens}.\nWhich rows are taken, and where they stand, follows "
        f"from their content and the seed ({recipe['seed']}), not from\nthe order of the files.\n",
        "| task | rows read | not usable | dropped | not needed |",
        "|---|---:|---:|---:|---:|",
    ]
    reasons = []
    for task in TASKS:
        source, chosen = receipt["sources"][task.name], receipt["selection"][task.name]
        lines.append(
            f"| {task.name} | {source['rows']:,} | {sum(source['dropped'].values()):,} "
            f"| {sum(chosen['dropped'].values()):,} | {chosen['unused']:,} |"
        )
        reasons += [
            f"- {task.name}: {reason}: {number:,}"
            for reason, number in [*source["dropped"].items(), *chosen["dropped"].items()]
        ]
    if reasons:
        lines += ["", "What was not usable or dropped, and why:\n", *reasons]
    return "\n".join(lines) + "\n"


def _figures(receipt: Receipt) -> str:
    measures = receipt["measures"]
    pairs, answers = measures["simplification"], measures["qa"]
    summaries = measures["summarisation"]
    low, high = pairs["easier_interval"]
    source = receipt["sources"]["qa"]
    missing = source["dropped"].get("the answer is not in the passage", 0)
    wrong = source["notes"].get("offset wrong", 0)
    return (
        "## Figures\n\n"
        f"- **Simplification.** By jReadability the simple side is easier in {pairs['easier']:.1%} of "
        f"{pairs['pairs']:,} pairs (95 % interval\n  {low:.1%} to {high:.1%}), the same in "
        f"{pairs['same']:.1%}, harder in {pairs['harder']:.1%}; the mean gain is "
        f"{pairs['mean_gain']:+.2f} (median {pairs['median_gain']:+.2f}).\n"
        f"- **Question answering.** The answer stands in its passage, at `answer_start`, in "
        f"{answers['answer_in_passage']:.1%} of {answers['questions']:,} rows\n"
        f"  ({answers['passages']:,} passages). Of the {source['rows']:,} rows read, {missing:,} had "
        f"an answer that does not stand in its passage (they were\n  dropped), and {wrong:,} had it "
        "elsewhere than their offsets say.\n"
        f"- **Summarisation.** The median summary has {summaries['median_length_ratio']:.1%} of its "
        f"article's characters ({summaries['articles']:,} articles).\n\n"
        "The formula is made for texts of 400 characters and more; for one sentence it is noisy, and "
        "a single\n`readability_gain` says little. It does not see whether the meaning was kept.\n\n"
        f"Signature: `{receipt['signature']}`.\n"
    )


def _limits() -> str:
    return (
        "## Limits\n\n"
        "- Texts are as the sources have them, white space around them aside; nobody checked that "
        "they are true or decent.\n"
        "- XL-Sum's summaries are the introductions that the BBC's editors wrote: some say what the "
        "article does not.\n"
        "- TyDi QA's first answer counts; others that annotators gave are not kept.\n"
        "- Splits keep passages apart, not topics: two passages of one page may stand in two splits.\n"
    )


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
