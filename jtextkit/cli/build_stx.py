"""``jtextkit build stx``: simplification, question answering and summarisation in equal parts."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from jtextkit.builders.stx.recipe import StxRecipe
from jtextkit.builders.stx.tasks import TASKS
from jtextkit.cli.output import progress_bar, splits_table, stdout, tell
from jtextkit.cli.parameters import Local, option
from jtextkit.cli.recipe_options import RecipeChoice, command_of_set
from jtextkit.core.errors import UsageError

_SOURCE = "FILE|ID"


def _print(receipt: dict[str, Any]) -> None:
    stdout().print(splits_table(receipt["rows"], parts=[task.name for task in TASKS]))
    measures = receipt["measures"]
    pairs, answers = measures["simplification"], measures["qa"]
    tell(
        f"\nsimple side easier: {pairs['easier']:.1%} of {pairs['pairs']:,} pairs, "
        f"mean gain {pairs['mean_gain']:+.2f}\n"
        f"answer in its passage: {answers['answer_in_passage']:.1%} of {answers['questions']:,}\n"
        f"licence: {receipt['license']}"
    )


@command_of_set("stx", StxRecipe, show=_print)
def stx_command(
    *,
    simplification: tuple[Local, ...] = option(
        "SNOW T15/T23: xlsx, CSV, JSONL or Parquet, or a Hub id; repeatable.", metavar=_SOURCE
    ),
    qa: tuple[Local, ...] = option(
        "TyDi QA, gold passages or primary task: JSON, JSONL, Parquet, or a Hub id; repeatable.",
        metavar=_SOURCE,
    ),
    summaries: tuple[Local, ...] = option(
        "XL-Sum: JSONL or Parquet, or a Hub id; repeatable.", metavar=_SOURCE
    ),
    sample: bool = option("Use the small texts that come with jtextkit."),
    tokenizer: Local | None = option(
        "Count tokens with it, as jtextkit fertility does: a SentencePiece .model, a tokenizer.json.",
        metavar="FILE|ID",
    ),
    choice: RecipeChoice,
    output: Path,
    force: bool,
) -> dict[str, Any]:
    """Build instruction data of three tasks: simplify, answer from a passage, summarise."""
    from jtextkit.builders.stx import build
    from jtextkit.builders.stx.sample import SIZE, sample_sources
    from jtextkit.builders.stx.sources import StxSources

    sources = StxSources(simplification, qa, summaries)
    if sample:
        if simplification or qa or summaries:
            raise UsageError(
                "--sample brings its own sources",
                cure="drop --simplification, --qa and --summaries, or drop --sample",
            )
        sources = sample_sources()
    counted = [name for name in ("min_tokens", "max_tokens") if name in choice.rules]
    if counted and tokenizer is None:
        raise UsageError(
            f"{choice.flags[counted[0]]} needs something that counts tokens",
            cure="name a tokenizer with --tokenizer",
        )
    recipe = choice.recipe(StxRecipe, **({"size": SIZE} if sample else {}))
    with progress_bar() as report:
        return build(output, recipe, sources, tokenizer=tokenizer, force=force, report=report)
