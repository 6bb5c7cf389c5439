"""``jtextkit generate``: texts from a model, for ``evaluate``."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from jtextkit.cli.group import Group
from jtextkit.cli.output import json_text, progress_bar
from jtextkit.cli.paths import FILE, LocalPath
from jtextkit.cli.recipe_options import options_of
from jtextkit.cli.streams import say
from jtextkit.train.generation import Settings


@click.group("generate", cls=Group)
def generate_group() -> None:
    """Sample texts from a model, for evaluate.

    \b
    Examples:
      jtextkit generate difficulty --model MODEL --adapter run/adapter -o gen.jsonl
    """


def _sampling_options(command: Callable[..., None]) -> Callable[..., None]:
    for _, option in reversed(options_of(Settings).values()):
        command = option(command)
    return command


@generate_group.command("difficulty", short_help="Texts of each level, Simple and Complex.")
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
@_sampling_options
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
    model: str, adapter: str | None, output: Path, *, as_json: bool, **given: Any
) -> None:
    """Sample texts of each level with the prompt that train difficulty trains with.

    The same model, settings and machine give the same texts, also after an interruption.

    \b
    Examples:
      jtextkit generate difficulty --model MODEL --per-level 100 --seed 1 -o base.jsonl
      jtextkit generate difficulty --model MODEL --adapter run/adapter -o tuned.jsonl
      jtextkit evaluate difficulty tuned.jsonl --against base.jsonl
    """
    from jtextkit.train.generation import generate

    settings = Settings(**{name: value for name, value in given.items() if value is not None})
    with progress_bar() as progress:
        made = generate(model, adapter, settings, output, report=progress)
    if as_json:
        click.echo(json_text(made, indent=2))
    else:
        say(f"{output}: {made['rows']:,} texts, {made['new']:,} of them new")
