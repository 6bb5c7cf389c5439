"""``jtextkit list``, ``show`` and ``build``: data sets that can be made, by which recipe, from their sources."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from jtextkit.builders.registry import BUILDERS, Builder
from jtextkit.cli.group import LazyGroup, group
from jtextkit.cli.output import grid, json_text, progress_bar, splits_table, stdout
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


class _Builders(LazyGroup):
    """A command for each set in the registry, its own or one made from its recipe."""

    @property
    def lazy(self) -> dict[str, tuple[str, str]]:  # type: ignore[override]  # grows with it
        return {name: (one.command, one.summary) for name, one in BUILDERS.items()}

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name in BUILDERS and not BUILDERS[cmd_name].command:
            return _command_of(cmd_name, BUILDERS[cmd_name])
        return super().get_command(ctx, cmd_name)


@group("build", _Builders)
def build_group() -> None:
    """Build a data set from its sources."""


def _command_of(name: str, builder: Builder) -> click.Command:
    """The command of a set that needs nothing but its recipe."""
    from jtextkit.cli.recipe_options import RecipeChoice, command_of_set

    @command_of_set(name, builder.recipe, show=_print, help=f"Build {name}: {builder.summary}.")
    def made(*, choice: RecipeChoice, output: Path, force: bool) -> dict[str, Any]:
        recipe = choice.recipe(builder.recipe)
        with progress_bar() as report:
            return builder.build(output, recipe, force=force, report=report)

    return made


def _print(receipt: dict[str, Any]) -> None:
    stdout().print(splits_table(receipt["rows"]))
