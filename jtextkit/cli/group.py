"""Groups of commands, in the reader's language: an unknown name is answered with the nearest.

Japanese help is wrapped as Japanese is: between characters, not before 。 or 」.
"""

from __future__ import annotations

import importlib
import inspect
import re
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any, ClassVar

import click
from click.shell_completion import CompletionItem

from jtextkit.core.language import translated
from jtextkit.core.registry import unknown_name

_WIDE = "[\u2e80-\uffdc]"
_UNIT = re.compile(f"[「（『]*{_WIDE}[、。」）』ーっゃゅょッャュョァィェォ]*")
_SPACED_UNITS = re.compile(f"({_WIDE}+)( *)")


def help_of(path: str, summary: str | None) -> str:
    """What ``--help`` says of a command: a summary, and what stands in ``help.txt`` under its path."""
    more = _manual().get(path, "").replace("Examples:\n", "\b\nExamples:\n")
    return "\n\n".join(filter(None, (inspect.cleandoc(summary or ""), more)))


@cache
def _manual() -> dict[str, str]:
    # Without importlib.resources, which takes as long to begin as ten of these files to read.
    text = Path(__file__).with_name("help.txt").read_text(encoding="utf-8")
    parts = (part.partition("\n") for part in text.split("## jtextkit")[1:])
    return {path.strip(): said.strip() for path, _, said in parts}


class HelpFormatter(click.HelpFormatter):
    """Click's, whose texts are translated.

    Click breaks lines at spaces and takes every character for one cell wide. So each wide character
    is followed by a space, which makes two cells of it, until the line is written.
    """

    def write(self, string: str) -> None:
        super().write(_SPACED_UNITS.sub(_without_spaces, string))

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        super().write_usage(prog, args, prefix or translated("Usage: "))

    def write_heading(self, heading: str) -> None:
        super().write_heading(translated(heading))

    def write_text(self, text: str) -> None:
        super().write_text("\n\n".join(map(_paragraph, text.split("\n\n"))))

    def write_dl(
        self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2
    ) -> None:
        super().write_dl([(term, _option(text)) for term, text in rows], col_max, col_spacing)


def _paragraph(text: str) -> str:
    lines = text.split("\n")
    if lines[0] != "\b":
        return _spaced(translated(" ".join(line.strip() for line in lines)))
    return "\n".join(_example(line) for line in lines)


def _example(line: str) -> str:
    """A heading, or a command, whose comment at its end is translated."""
    if not line.startswith(" "):
        return _spaced(translated(line))
    code, bracket, comment = line.partition("   (")
    return f"{code}   ({_spaced(translated(comment[:-1]))})" if bracket else line


def _option(text: str) -> str:
    """What an option or command does, and ``[default: …]`` and the like at its end."""
    said, *extras = text.split("  [")
    more = (f"  [{'; '.join(map(translated, one[:-1].split('; ')))}]" for one in extras)
    return _spaced("".join((translated(said), *more)))


def _spaced(text: str) -> str:
    return _UNIT.sub(lambda unit: unit[0] + " " * len(unit[0]), text)


def _without_spaces(unit: re.Match[str]) -> str:
    return unit[1] + unit[2][len(unit[1]) :]


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


def group(
    path: str, cls: type[Group] = Group, **settings: Any
) -> Callable[[Callable[..., None]], click.Group]:
    """Make a function a group of commands; ``path`` is what one types for it, without jtextkit."""

    def decorate(function: Callable[..., None]) -> click.Group:
        told = help_of(path, function.__doc__)
        return click.group(path, cls=cls, help=told, **settings)(function)

    return decorate


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
