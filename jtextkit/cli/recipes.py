"""``jtextkit list`` and ``jtextkit show``: what can be built, and by which recipe."""

from __future__ import annotations

import click

from jtextkit.builders.registry import BUILDERS
from jtextkit.cli.output import grid, json_text, stdout
from jtextkit.cli.parameters import argument, command, option
from jtextkit.core.language import translated


@command("list")
def list_command(*, as_json: bool = option("A JSON object: name to summary.")) -> None:
    """List the data sets that can be built."""
    summaries = {name: builder.summary for name, builder in BUILDERS.items()}
    if as_json:
        click.echo(json_text(summaries, indent=2))
        return
    stdout().print(grid((name, translated(summary)) for name, summary in summaries.items()))


def _known(_ctx: click.Context, _param: click.Parameter, incomplete: str) -> list[str]:
    from jtextkit.train.presets import PRESETS

    return [name for name in (*BUILDERS, *PRESETS) if name.startswith(incomplete)]


@command("show")
def show_command(*, name: str = argument("NAME", shell_complete=_known)) -> None:
    """Show the recipe of a data set as JSON, or a preset of training as YAML."""
    if name.startswith("train/"):
        from jtextkit.train.presets import preset_text

        click.echo(preset_text(name), nl=False)
    else:
        click.echo(json_text(BUILDERS[name].recipe().to_dict(), indent=2))
