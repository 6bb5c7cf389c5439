"""``jtextkit build``: data sets from their sources."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from jtextkit.builders.registry import BUILDERS, Builder
from jtextkit.cli.group import LazyGroup, group
from jtextkit.cli.output import progress_bar, splits_table, stdout

if TYPE_CHECKING:
    import click


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
    def command(*, choice: RecipeChoice, output: Path, force: bool) -> dict[str, Any]:
        recipe = choice.recipe(builder.recipe)
        with progress_bar() as report:
            return builder.build(output, recipe, force=force, report=report)

    return command


def _print(receipt: dict[str, Any]) -> None:
    stdout().print(splits_table(receipt["rows"]))
