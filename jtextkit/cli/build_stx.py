"""``jtextkit build stx``: simplification, question answering and summarisation in equal parts."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import click
from rich.table import Table

from jtextkit.builders.stx import TASKS, StxRecipe, StxSources, build
from jtextkit.cli.output import json_text, progress_bar, stdout
from jtextkit.cli.paths import LocalPath
from jtextkit.cli.streams import say
from jtextkit.core.errors import UsageError

_RECIPE = StxRecipe()
_SOURCE = "FILE|ID"


@click.command("stx")
@click.option(
    "--simplification",
    multiple=True,
    type=LocalPath(),
    metavar=_SOURCE,
    help="SNOW T15/T23: xlsx, CSV, JSONL or Parquet, or a Hub id; repeatable.",
)
@click.option(
    "--qa",
    multiple=True,
    type=LocalPath(),
    metavar=_SOURCE,
    help="TyDi QA, gold passages or primary task: JSON, JSONL, Parquet, or a Hub id; repeatable.",
)
@click.option(
    "--summaries",
    multiple=True,
    type=LocalPath(),
    metavar=_SOURCE,
    help="XL-Sum: JSONL or Parquet, or a Hub id; repeatable.",
)
@click.option("--sample", is_flag=True, help="Use the small texts that come with jtextkit.")
@click.option("--size", type=int, help=f"Rows in all, a third for each task.  [{_RECIPE.size}]")
@click.option(
    "--seed", type=int, default=_RECIPE.seed, show_default=True, help="Decides choice and splits."
)
@click.option(
    "--min-chars",
    type=int,
    default=_RECIPE.min_chars,
    show_default=True,
    help="Characters of a sentence, passage or article, at least.",
)
@click.option(
    "--max-chars",
    type=int,
    default=_RECIPE.max_chars,
    show_default=True,
    help="Characters of prompt and completion together, at most.",
)
@click.option(
    "--tokenizer",
    type=LocalPath(),
    metavar="FILE|ID",
    help="Count tokens with it, as jtextkit fertility does: a SentencePiece .model, a tokenizer.json.",
)
@click.option(
    "--min-tokens", type=int, help=f"Of prompt and completion, at least.  [{_RECIPE.min_tokens}]"
)
@click.option(
    "--max-tokens", type=int, help=f"Of prompt and completion, at most.  [{_RECIPE.max_tokens}]"
)
@click.option(
    "--max-similarity",
    type=float,
    default=_RECIPE.max_similarity,
    show_default=True,
    help="Jaccard limit of near-duplicates.",
)
@click.option(
    "-o",
    "--output",
    type=LocalPath(path_type=Path),
    default="stx",
    show_default=True,
    metavar="DIR",
    help="Where to write the set.",
)
@click.option("--force", is_flag=True, help="Replace the output of another recipe.")
@click.option("--json", "as_json", is_flag=True, help="Print the receipt as JSON.")
def stx_command(
    simplification: tuple[str, ...],
    qa: tuple[str, ...],
    summaries: tuple[str, ...],
    sample: bool,
    size: int | None,
    tokenizer: str | None,
    output: Path,
    force: bool,
    as_json: bool,
    min_tokens: int | None,
    max_tokens: int | None,
    **rules: Any,
) -> None:
    """Build instruction data of three tasks: simplify, answer from a passage, summarise.

    Sources are files as they were published, or sets on the Hub as USER/NAME@REVISION, with :FILES
    behind it where not all files are meant. Columns are found by name. Of a branch or tag the commit is
    taken and recorded; sets with a loading script are read at refs/convert/parquet.

    The folder receives train, validation and test as Parquet, each row as prompt and completion and as
    a chat, a card (README.md) with sources, licences and figures, and a receipt. XL-Sum is
    CC BY-NC-SA 4.0, and so is the set.

    \b
    Examples:
      jtextkit build stx --sample
      jtextkit build stx --simplification T15-2020.1.7.xlsx --qa japanese-train.jsonl \\
        --qa japanese-dev.jsonl --summaries japanese_train.jsonl
      jtextkit build stx --simplification T15-2020.1.7.xlsx --qa tydiqa-v1.0-train.jsonl.gz \\
        --summaries csebuetnlp/xlsum@refs/convert/parquet:japanese/*
    """
    started = time.monotonic()
    sources = _sources(simplification, qa, summaries, sample)
    rules["size"] = size if size is not None else _default_size(sample)
    for name, value in (("min_tokens", min_tokens), ("max_tokens", max_tokens)):
        if value is not None:
            if tokenizer is None:
                raise UsageError(
                    f"--{name.replace('_', '-')} needs something that counts tokens",
                    cure="name a tokenizer with --tokenizer",
                )
            rules[name] = value
    with progress_bar() as report:
        receipt = build(
            output, StxRecipe(**rules), sources, tokenizer=tokenizer, force=force, report=report
        )
    if as_json:
        click.echo(json_text(receipt, indent=1, sort_keys=True))
    else:
        _print(receipt)
    say(f"{output} written in {time.monotonic() - started:.1f} s")


def _sources(
    simplification: tuple[str, ...], qa: tuple[str, ...], summaries: tuple[str, ...], sample: bool
) -> StxSources:
    if not sample:
        return StxSources(simplification, qa, summaries)
    if simplification or qa or summaries:
        raise UsageError(
            "--sample brings its own sources",
            cure="drop --simplification, --qa and --summaries, or drop --sample",
        )
    from jtextkit.builders.stx.sample import sample_sources

    return sample_sources()


def _default_size(sample: bool) -> int:
    if not sample:
        return _RECIPE.size
    from jtextkit.builders.stx.sample import SIZE

    return SIZE


def _print(receipt: dict[str, Any]) -> None:
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column("split")
    for name in ("rows", *(task.name for task in TASKS)):
        table.add_column(name, justify="right")
    for split, counts in receipt["rows"].items():
        numbers = [sum(counts.values()), *counts.values()]
        table.add_row(split, *(f"{number:,}" for number in numbers))
    totals = [sum(counts[task.name] for counts in receipt["rows"].values()) for task in TASKS]
    table.add_row("all", *(f"{number:,}" for number in (sum(totals), *totals)), style="bold")
    stdout().print(table)
    measures = receipt["measures"]
    pairs, answers = measures["simplification"], measures["qa"]
    stdout().print(
        f"\nsimple side easier: {pairs['easier']:.1%} of {pairs['pairs']:,} pairs, "
        f"mean gain {pairs['mean_gain']:+.2f}\n"
        f"answer in its passage: {answers['answer_in_passage']:.1%} of {answers['questions']:,}\n"
        f"licence: {receipt['license']}"
    )
