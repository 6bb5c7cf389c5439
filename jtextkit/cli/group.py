"""Groups of commands: an unknown name is answered with the nearest."""

from __future__ import annotations

import importlib
from collections.abc import Mapping
from typing import ClassVar

import click
from click.shell_completion import CompletionItem

from jtextkit.cli.help import HelpFormatter
from jtextkit.core.language import translated
from jtextkit.core.registry import unknown_name


class _Context(click.Context):
    formatter_class = HelpFormatter


class Group(click.Group):
    """Commands by name; an unknown name is answered with the nearest."""

    context_class = _Context

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        known = self.list_commands(ctx)
        if args and not args[0].startswith("-") and args[0] not in known:
            kind = "command" if ctx.parent is None else f"{ctx.info_name} command"
            raise unknown_name(kind, args[0], known)
        name, command, rest = super().resolve_command(ctx, args)
        if command is not None:
            command.context_class = _Context
        return name, command, rest


class LazyGroup(Group):
    """Commands that are imported when they are called; ``--help`` imports none of them."""

    lazy: ClassVar[Mapping[str, tuple[str, str]]] = {}
    """Name to ``module:attribute`` (``.module`` of this package) and help."""

    sections: ClassVar[Mapping[str, str]] = {}
    """Headings of ``--help`` to the names under them; one heading over all where there are none."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's own
        return sorted(self.lazy)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        if cmd_name not in self.lazy:
            return None
        module, attribute = self.lazy[cmd_name][0].split(":")
        command = getattr(importlib.import_module(module, __package__), attribute)
        assert isinstance(command, click.Command)
        return command

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        names = [name for name in self.list_commands(ctx) if name.startswith(incomplete)]
        return [CompletionItem(name, help=translated(self.lazy[name][1])) for name in names]

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        sections = self.sections or {"Commands": " ".join(self.list_commands(ctx))}
        for heading, names in sections.items():
            with formatter.section(heading):
                formatter.write_dl([(name, self.lazy[name][1]) for name in names.split()])
