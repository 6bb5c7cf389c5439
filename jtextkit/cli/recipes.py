"""``jtextkit list`` and ``jtextkit show``: what can be built, and by which recipe."""

from __future__ import annotations

import click

from jtextkit.builders.registry import BUILDERS
from jtextkit.cli.output import grid, json_text, stdout
from jtextkit.core.language import translated


@click.command("list")
@click.option("--json", "as_json", is_flag=True, help="A JSON object: name to summary.")
def list_command(as_json: bool) -> None:
    """List the data sets that can be built."""
    summaries = {name: builder.summary for name, builder in BUILDERS.items()}
    if as_json:
        click.echo(json_text(summaries, indent=2))
        return
    table = grid()
    for name, summary in summaries.items():
        table.add_row(name, translated(summary))
    stdout().print(table)


def _known(_ctx: click.Context, _param: click.Parameter, incomplete: str) -> list[str]:
    from jtextkit.train.presets import PRESETS

    return [name for name in (*BUILDERS, *PRESETS) if name.startswith(incomplete)]


@click.command("show")
@click.argument("name", shell_complete=_known)
def show_command(name: str) -> None:
    """Show the recipe of a data set as JSON, or a preset of training as YAML.

    \b
    Examples:
      jtextkit show difficulty-2level
      jtextkit show difficulty-2level > my.json   (edit it, then: build ... --recipe my.json)
      jtextkit show train/difficulty > my.yaml      (edit it, then: train ... --config my.yaml)
    """
    if name.startswith("train/"):
        from jtextkit.train.presets import preset_text

        click.echo(preset_text(name), nl=False)
    else:
        click.echo(json_text(BUILDERS[name].recipe().to_dict(), indent=2))
