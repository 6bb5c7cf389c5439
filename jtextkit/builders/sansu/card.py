"""The card of a 算数 set: what it holds, why its answers are right, and what it is not.

What a generated set's card says stands in ``card.md``, an imported one's in ``imported-card.md``.
"""

from __future__ import annotations

import json
import shlex
import statistics
from collections import Counter
from collections.abc import Mapping
from typing import Any

from jtextkit.builders.sansu.environment import topics_of
from jtextkit.builders.sansu.problems import GRADES, STEPS
from jtextkit.builders.sansu.recipe import IMPORTED, SansuImportRecipe, SansuRecipe
from jtextkit.builders.sansu.rows import COLUMNS, LICENSE
from jtextkit.builders.sansu.tally import Tally
from jtextkit.builders.sets.card import columns_table, filled, front_matter, rebuilding, table
from jtextkit.builders.sets.splits import SPLITS
from jtextkit.metrics.readability.formula import LEVELS, level_of


def card_text(tally: Tally, receipt: Mapping[str, Any]) -> str:
    """The whole ``README.md``; a function of the rows' counts and the receipt alone."""
    imported = receipt["recipe"]["source"] == IMPORTED
    problem, solution = map(statistics.median, (tally.problems, tally.solutions))
    values = {
        **receipt,
        "count": len(tally),
        "front": _front_matter(len(tally), receipt["recipe"]),
        "columns": columns_table(COLUMNS),
        "levels": _levels(tally),
        "problem": problem,
        "solution": solution,
        "rebuilding": _rebuilding(receipt),
    }
    values |= _of_import(tally, receipt) if imported else _of_topics(tally)
    return filled(__package__, "imported-card.md" if imported else "card.md", values)


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


def _line(text: str) -> str:
    """Somebody's text on one line, without the marks that would make it a heading or a link."""
    return " ".join(text.split()).replace("[", "\\[").replace("<", "&lt;").replace("|", "\\|")


def _of_topics(tally: Tally) -> dict[str, Any]:
    """What the card of a generated set says beside."""
    counts = {
        topic.name: [tally.topics[topic.name, name] for name in SPLITS] for topic in topics_of(())
    }
    rows = [(name, *some) for name, some in counts.items() if any(some)]
    rows.append(("all", *(f"{count:,}" for count in tally.sizes.values())))
    steps = zip(GRADES, STEPS, strict=True)
    return {
        "topic_count": len(tally.by_topic),
        "sizes": table(("topic", *SPLITS), rows),
        "grades": ", ".join(f"{grade} {tally.grades[grade]:,}" for grade in GRADES),
        "steps": ", ".join(f"{name} {low} to {high}" for name, (low, high) in steps),
    }


def _of_import(tally: Tally, receipt: Mapping[str, Any]) -> dict[str, Any]:
    """What the card of an imported set says beside."""
    recipe, topics = receipt["recipe"], tally.by_topic
    named = sorted((count, name) for name, count in topics.items() if name is not None)
    terms = recipe["terms"].strip().splitlines() or [""]
    dropped = {**receipt["dropped"], "could not be read": receipt["bad_rows"]}
    return {
        "teacher": _line(recipe["teacher"]),
        "license": _line(recipe["license"]),
        "terms": "\n".join("> " + line.replace("<", "&lt;") for line in terms),
        "keep_flagged": recipe["keep_flagged"],
        "sizes": table(
            ("split", "problems"), ((name, f"{n:,}") for name, n in tally.sizes.items())
        ),
        "topics": ", ".join(f"{name} {count:,}" for count, name in reversed(named)) or "none",
        "without_topic": topics[None],
        "file": _line(receipt["sources"]["file"]["name"]),
        "judged": f"the style `{recipe['style']}`" if recipe["style"] else "no style",
        "dropped_rows": table(
            ("dropped because", "rows"), ((_line(why), f"{n:,}") for why, n in dropped.items())
        ),
    }


def _levels(tally: Tally) -> str:
    levels = Counter(map(level_of, tally.problems))
    names = (*(name for name, _ in reversed(LEVELS)), None)
    rows = ((name, f"{levels[name] / len(tally):.1%}") for name in names if levels[name])
    return table(("level", "problems"), rows)


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
