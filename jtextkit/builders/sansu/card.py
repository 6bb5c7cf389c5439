"""The card of a 算数 set: what it holds, why its answers are right, and what it is not."""

from __future__ import annotations

import json
import shlex
import statistics
from collections import Counter
from collections.abc import Mapping
from typing import Any

from jtextkit.builders.sansu.environment import topics_of
from jtextkit.builders.sansu.problems import GRADES, STEPS
from jtextkit.builders.sansu.recipe import GENERATED, IMPORTED, SansuImportRecipe, SansuRecipe
from jtextkit.builders.sansu.rows import COLUMNS, LICENSE
from jtextkit.builders.sansu.tally import Tally
from jtextkit.builders.sets.card import columns_table, front_matter, rebuilding
from jtextkit.builders.sets.splits import SPLITS
from jtextkit.metrics.readability.formula import LEVELS, level_of


def card_text(tally: Tally, receipt: Mapping[str, Any]) -> str:
    """The whole ``README.md``; a function of the rows' counts and the receipt alone."""
    imported = receipt["recipe"]["source"] == IMPORTED
    sections = [
        _front_matter(len(tally), receipt["recipe"]),
        "# 算数: word problems with worked solutions\n",
        _imported_summary(len(tally), receipt) if imported else _summary(tally),
        *([_terms(receipt["recipe"])] if imported else []),
        _imported_sizes(tally) if imported else _sizes(tally),
        _sieves(receipt) if imported else _making(receipt),
        columns_table(COLUMNS),
        _readability(tally, receipt),
        _imported_limits() if imported else _limits(),
        _rebuilding(receipt),
    ]
    return "\n".join(sections)


def _front_matter(rows: int, recipe: Mapping[str, Any]) -> str:
    lists = {
        "annotations_creators": ["machine-generated"],
        "task_categories": ["question-answering", "text-generation"],
        "source_datasets": ["original"],
        "tags": ["math", "sansu", "elementary-education"],
    }
    licence = f"license: {LICENSE.lower()}\n"
    if recipe["source"] == IMPORTED:
        lists["annotations_creators"] = ["other"]
        del lists["source_datasets"]
        licence = f"license: {_quoted(recipe['license'])}\n"
        if recipe["license"] == "other":  # the Hub wants a name beside it
            licence += "license_name: terms-of-the-teacher\n"
    return front_matter(rows, licence, "算数 word problems with worked solutions", lists)


def _quoted(text: str) -> str:
    """A text as YAML, which reads JSON's strings."""
    return text if text.replace("-", "").replace(".", "").isalnum() else json.dumps(text)


def _summary(tally: Tally) -> str:
    return (
        f"{len(tally):,} problems of {len(tally.by_topic)} topics of 算数 as they are set in entrance "
        "exams of Japanese\nmiddle schools, each with a solution in numbered steps and its answer. "
        "No algebra is used.\n\n"
        "Problems are composed: a question, relations that hide what it needs, parts that build on "
        "each other.\nThe steps are computed exactly, and a second solver that shares no code with "
        "the first (linear algebra over\nthe relations, then a relation or search of its own) must find the same answer "
        "and no other.\n"
    )


def _imported_summary(rows: int, receipt: Mapping[str, Any]) -> str:
    return (
        f"{rows:,} problems with solutions written by {_line(receipt['recipe']['teacher'])}, "
        f"of {receipt['read']:,} that were given. Every equation was recomputed and every answer "
        "compared with what the\nsolution arrives at; "
        + (
            f"{receipt['flagged']:,} rows in which a fault was found are kept, with their `flags`.\n"
            if receipt["recipe"]["keep_flagged"]
            else "rows in which a fault was found were dropped.\n"
        )
    )


def _line(text: str) -> str:
    """Somebody's text on one line, without the marks that would make it a heading or a link."""
    return " ".join(text.split()).replace("[", "\\[").replace("<", "&lt;").replace("|", "\\|")


def _terms(recipe: Mapping[str, Any]) -> str:
    lines = [
        "> " + line.replace("<", "&lt;") for line in recipe["terms"].strip().splitlines() or [""]
    ]
    return (
        f"## Terms\n\nTeacher: {_line(recipe['teacher'])}. License of every row: "
        f"{_line(recipe['license'])}. The solutions may be used under these terms:\n\n"
        + "\n".join(lines)
        + "\n"
    )


def _imported_sizes(tally: Tally) -> str:
    lines = ["## Sizes\n", "| split | problems |", "|---|---:|"]
    lines += [f"| {name} | {count:,} |" for name, count in tally.sizes.items()]
    topics = tally.by_topic
    named = sorted((count, name) for name, count in topics.items() if name is not None)
    shown = ", ".join(f"{name} {count:,}" for count, name in reversed(named)) or "none"
    lines.append(
        f"\nTopics that solutions name or give away: {shown}; without one {topics[None]:,}. "
        "Problems of one topic with the same numbers stand in one split."
    )
    return "\n".join(lines) + "\n"


def _sieves(receipt: Mapping[str, Any]) -> str:
    recipe, file = receipt["recipe"], receipt["sources"]["file"]
    judged = f"the style `{recipe['style']}`" if recipe["style"] else "no style"
    lines = [
        "## How it was made\n",
        f"1. Read from `{_line(file['name'])}` (SHA-256 `{file['sha256']}`): {receipt['read']:,} "
        f"rows, of which {receipt['bad_rows']:,} could not be read.",
        f"2. Problems below {recipe['min_problem_chars']} and solutions below "
        f"{recipe['min_solution_chars']} characters were dropped.",
        f"3. Arithmetic, answer and {judged} were audited (`jtextkit audit-solutions`); "
        f"{receipt['laid_out']:,} solutions were laid out anew.",
        f"4. Of one problem up to {recipe['keep_per_problem']:,} solutions were kept; problems that nearly "
        "repeat an earlier one were dropped (Jaccard "
        f"similarity of 5-character shingles from {recipe['max_similarity']} on).",
        f"5. Rows were given to splits (seed {recipe['seed']}).\n",
        "| dropped because | rows |\n|---|---:|",
        *(f"| {_line(why)} | {count:,} |" for why, count in receipt["dropped"].items()),
        f"| could not be read | {receipt['bad_rows']:,} |",
    ]
    return "\n".join(lines) + "\n"


def _imported_limits() -> str:
    return (
        "## Limits\n\n"
        "- The audit finds false sums, lost units and answers that do not follow. It does not find a "
        "wrong idea that is\n  worked out rightly, nor a wrong reference that the solution arrives at.\n"
        "- Nobody has checked that each problem has one answer.\n"
    )


def _sizes(tally: Tally) -> str:
    lines = ["## Sizes\n", f"| topic | {' | '.join(SPLITS)} |", f"|---|{'---:|' * len(SPLITS)}"]
    lines += [
        f"| {topic.name} | {' | '.join(map(str, counts))} |"
        for topic in topics_of(())
        if any(counts := [tally.topics[topic.name, name] for name in SPLITS])
    ]
    lines.append(f"| all | {' | '.join(f'{count:,}' for count in tally.sizes.values())} |")
    shown = ", ".join(f"{grade} {tally.grades[grade]:,}" for grade in GRADES)
    lines.append(
        f"\nGrades: {shown}. Plans, and the numbers of a topic's problems, stand in one split."
    )
    return "\n".join(lines) + "\n"


def _making(receipt: Mapping[str, Any]) -> str:
    return (
        "## How it was made\n\n"
        f"1. A topic draws a question, its numbers and a situation, and hides some of its facts behind "
        "relations until the\n   solution has the steps of its grade: "
        f"{', '.join(f'{name} {low} to {high}' for name, (low, high) in zip(GRADES, STEPS, strict=True))}.\n"
        "2. The solution is worked out in elementary steps from these numbers, exactly, with whole "
        "numbers, decimals and fractions.\n"
        "3. A second solver confirms that there is one answer, and that it is this one; numbers "
        "with none or several are drawn again.\n"
        "4. Near-duplicates, and problems whose numbers stand in another split of their topic, are drawn again."
        "\n"
        "5. Topics and grades have equal shares of every split. A *plan* (the solution's operations and "
        "the kinds of quantities\n   that they join) belongs to one split for ever, whatever seed and "
        f"size: {receipt['plans']:,} plans here.\n\nWhat was drawn again is counted in `receipt.json`.\n"
    )


def _readability(tally: Tally, receipt: Mapping[str, Any]) -> str:
    levels = Counter(map(level_of, tally.problems))
    lines = ["## Readability\n", "| level | problems |\n|---|---:|"]
    lines += [
        f"| {name} | {levels[name] / len(tally):.1%} |"
        for name in (*(name for name, _ in reversed(LEVELS)), None)
        if levels[name]
    ]
    problem, solution = map(statistics.median, (tally.problems, tally.solutions))
    lines.append(
        f"\nMedian: problems {problem:.2f}, solutions {solution:.2f} (higher is easier). Texts this "
        f"short are noisy one by one. Signature: `{receipt['signature']}`."
    )
    return "\n".join(lines) + "\n"


def _limits() -> str:
    return (
        "## Limits\n\n"
        "- Ways to tell a relation recur in all splits; what is held out is how they are put together.\n"
        "- There are no figures; what would be drawn is told.\n"
        f"- Rows with `source` = `{GENERATED}` are right by construction; their wordings were written "
        "for kinds of problems, not for each problem.\n"
    )


def _rebuilding(receipt: Mapping[str, Any]) -> str:
    recipe = receipt["recipe"]
    words = ["jtextkit", "build", "sansu"]
    if recipe["source"] == IMPORTED:
        defaults = SansuImportRecipe("-", "-").to_dict()
        words += ["--from", receipt["sources"]["file"]["name"]]
    else:
        defaults = SansuRecipe().to_dict()
        words += ["--size", str(recipe["size"])]
        words += [word for name in recipe["topics"] for word in ("--topic", name)]
    words += ["--seed", str(recipe["seed"])]
    for name, value in recipe.items():
        if name not in ("source", "size", "topics", "seed") and value != defaults[name]:
            words.append(f"--{name.replace('_', '-')}")
            words += [] if value is True else [_word(str(value) or "none")]
    return rebuilding(shlex.join(words), receipt)


def _word(text: str) -> str:
    """A word of a command; what would leave its line or its block is not repeated there."""
    return "..." if "\n" in text or "`" in text else text
