"""``jtextkit generate``: texts from a model, for ``evaluate``."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

import click

from jtextkit.cli.group import LazyGroup
from jtextkit.cli.output import json_text, progress_bar
from jtextkit.cli.paths import FILE, LocalPath
from jtextkit.cli.streams import say


class _GenerateCommands(LazyGroup):
    lazy: ClassVar = {
        "difficulty": (".generate:difficulty_command", "Texts of each level, Simple and Complex.")
    }


@click.group("generate", cls=_GenerateCommands)
def generate_group() -> None:
    """Sample texts from a model, for evaluate.

    \b
    Examples:
      jtextkit generate difficulty --model MODEL --adapter run/adapter -o gen.jsonl
    """


@click.command("difficulty")
@click.option(
    "--model",
    required=True,
    type=LocalPath(),
    metavar="ID|PATH",
    help="A model of the Hub, or its folder.",
)
@click.option(
    "--adapter",
    type=LocalPath(),
    metavar="DIR",
    help="What jtextkit train wrote: its run, or its adapter.",
)
@click.option(
    "--per-level", type=click.IntRange(1), default=100, metavar="N", help="Texts of each level."
)
@click.option("--seed", type=click.IntRange(0), default=1, help="Of the random numbers.")
@click.option(
    "--temperature", type=click.FloatRange(0), default=0.8, help="0: the likeliest token each time."
)
@click.option(
    "--top-p",
    type=click.FloatRange(0, 1, min_open=True),
    default=0.9,
    help="Share of probability sampled from.",
)
@click.option(
    "--top-k",
    type=click.IntRange(0),
    default=50,
    help="Sample from so many tokens at most; 0: from all.",
)
@click.option(
    "--repetition-penalty",
    type=click.FloatRange(0, min_open=True),
    default=1.1,
    help="Above 1 discourages.",
)
@click.option(
    "--max-new-tokens", type=click.IntRange(1), default=200, help="Tokens of a text at most."
)
@click.option("--batch-size", type=click.IntRange(1), default=16, help="Texts at a time.")
@click.option(
    "-o",
    "--output",
    type=FILE,
    required=True,
    metavar="FILE",
    help="JSONL; a run that was interrupted goes on there.",
)
@click.option("--json", "as_json", is_flag=True, help="A JSON object: what was written.")
def difficulty_command(
    model: str,
    adapter: str | None,
    per_level: int,
    seed: int,
    temperature: float,
    top_p: float,
    top_k: int,
    repetition_penalty: float,
    max_new_tokens: int,
    batch_size: int,
    output: Path,
    as_json: bool,
) -> None:
    """Sample texts of each level with the prompt that train difficulty trains with.

    The same model, settings and machine give the same texts, also after an interruption.

    \b
    Examples:
      jtextkit generate difficulty --model MODEL --per-level 100 --seed 1 -o base.jsonl
      jtextkit generate difficulty --model MODEL --adapter run/adapter -o tuned.jsonl
      jtextkit evaluate difficulty tuned.jsonl --against base.jsonl
    """
    from jtextkit.train.generation import Settings, generate

    settings = Settings(
        per_level=per_level,
        seed=seed,
        temperature=temperature,
        top_p=top_p,
        top_k=top_k,
        repetition_penalty=repetition_penalty,
        max_new_tokens=max_new_tokens,
        batch_size=batch_size,
    )
    with progress_bar() as progress:
        made = generate(model, adapter, settings, output, report=progress)
    if as_json:
        click.echo(json_text(made, indent=2))
    else:
        say(f"{output}: {made['rows']:,} texts, {made['new']:,} of them new")
