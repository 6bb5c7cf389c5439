"""``jtextkit export``: a set, and how it would be trained on, as other programs' own files."""

from __future__ import annotations

from pathlib import Path

import click

from jtextkit.cli.group import Group
from jtextkit.cli.output import json_text
from jtextkit.cli.paths import FILE, FOLDER, LocalPath
from jtextkit.cli.streams import say


@click.group("export", cls=Group)
def export_group() -> None:
    """Write a set as another program's own files.

    \b
    Examples:
      jtextkit export sft difficulty-2level --format axolotl --model MODEL -o axolotl
    """


@export_group.command("sft")
@click.argument("data", metavar="SET", type=LocalPath())
@click.option(
    "--format",
    "engine",
    required=True,
    type=click.Choice(["trl", "axolotl", "llama-factory"]),
    help="Whose files.",
)
@click.option(
    "--task", type=click.Choice(["difficulty", "stx", "sansu"]), help="Of rows of your own."
)
@click.option(
    "--model",
    default="MODEL",
    type=LocalPath(),
    metavar="ID|PATH",
    help="The base model, for the file.",
)
@click.option("--config", "file", type=FILE, metavar="FILE", help="YAML over the preset.")
@click.option("--set", "settings", multiple=True, metavar="KEY=VALUE", help="One value over those.")
@click.option("-o", "--output", required=True, type=FOLDER, metavar="OUT", help="A new folder.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object on stdout.")
def sft_command(
    data: str,
    engine: str,
    task: str | None,
    model: str,
    file: Path | None,
    settings: tuple[str, ...],
    output: Path,
    as_json: bool,
) -> None:
    """Write rows, class weights and preset for supervised fine-tuning with another trainer.

    Classes that weigh more stand there more often, since none of the trainers weighs rows; the steps
    are those of jtextkit train.

    \b
    Examples:
      jtextkit export sft difficulty-2level --format trl --model MODEL -o trl && trl sft --config trl.yaml
      jtextkit export sft mine.jsonl --task stx --format llama-factory -o files
    """
    from jtextkit.builders.sets.reading import open_set
    from jtextkit.train.exporting import export_sft, task_of_set
    from jtextkit.train.presets import configuration

    chosen = task or task_of_set(open_set(data))
    config = configuration(f"train/{chosen}", file, settings)
    done = export_sft(data, engine, output, config, task=chosen, model=model)
    if as_json:
        click.echo(json_text(done, indent=2))
    for name, number in done["copies"].items():
        if number > 1:
            say(f"{name}: each row stands there {number} times")
    say(f"{output} written; {engine}.yaml says how to run it")
