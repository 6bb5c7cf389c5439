"""Commands whose arguments and options are told once: as the parameters of their functions.

::

    @command("serve")
    def serve_command(
        place: str | None = argument("[DIR|REPO]"),
        *,
        port: int = option("0 takes a free one.", 8000, type=click.IntRange(0, 65535)),
    ) -> None:

They stand in ``--help`` in the order of the parameters. What an annotation says need not be said again: a bool
is a flag, a tuple takes its option several times, int, float and the kinds of paths below are read as such, and
what may not be None must be given.
"""

from __future__ import annotations

import inspect
import os
from collections.abc import Callable
from functools import wraps
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from jtextkit.cli.group import help_of
from jtextkit.core.addresses import is_address
from jtextkit.core.errors import UsageError

if TYPE_CHECKING:  # most commands have no recipe
    from jtextkit.builders.sets.recipe import Recipe


class LocalPath(click.Path):
    """A path; an address such as ``s3://…`` is refused, which would pass for a folder ``s3:``."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        if is_address(value):
            raise UsageError(
                "this is an address, and a file or folder of this machine is wanted",
                where=os.fspath(value),
                cure="copy it there first, or mount it",
            )
        return super().convert(value, param, ctx)


class PathOrAddress(LocalPath):
    """A path, or an address as it is, for what reads and writes object stores."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        if is_address(value):
            return os.fspath(value)
        return super().convert(value, param, ctx)


Local = str
"""A text that may be the name of a file or folder."""
Folder = Path
Place = Path
"""A file or folder; a mere Path is a file."""
Existing = Path
"""A file or folder that is there."""

_TYPES = {
    "int": int,
    "float": float,
    "Local": LocalPath(),
    "Path": LocalPath(path_type=Path, dir_okay=False),
    "Folder": LocalPath(path_type=Path, file_okay=False),
    "Place": LocalPath(path_type=Path),
    "Existing": LocalPath(path_type=Path, exists=True),
}


def _type(annotation: str) -> Any:
    return _TYPES.get(annotation.removeprefix("tuple[").split(" ")[0].rstrip(","))


class _Parameter(NamedTuple):
    """What gives a command a parameter of its function, of this name and annotation."""

    declared: Callable[[str, str], Callable[[Any], Any]]


class _Rules(NamedTuple):
    """Stands for the options of the rules of recipes."""

    kinds: tuple[type[Recipe], ...]


def argument(metavar: str, **settings: Any) -> Any:
    """An argument; ``settings`` are click's. A tuple takes all that there are."""

    def declared(name: str, annotation: str) -> Callable[[Any], Any]:
        given: dict[str, Any] = {"metavar": metavar, "type": _type(annotation)}
        if annotation.startswith("tuple"):
            given["nargs"] = -1
        else:
            given["required"] = not annotation.endswith("| None")
        return click.argument(name, **given | settings)

    return _Parameter(declared)


def option(
    help: str,  # noqa: A002 - as click calls it
    default: Any = None,
    *,
    flag: str = "",
    short: str = "",
    **settings: Any,
) -> Any:
    """An option; ``settings`` are click's.

    Args:
        flag: its name, where that is not the parameter's (``as_json`` is ``--json``); ``short`` is one of a letter.
    """

    def declared(name: str, annotation: str) -> Callable[[Any], Any]:
        given: dict[str, Any] = {} if default is None else {"default": default}
        if annotation == "bool":
            given["is_flag"] = True
        elif "callback" not in settings:  # what comes of one is no text
            given["multiple"] = annotation.endswith("...]")
            given["type"] = _type(annotation)
            given["required"] = default is None and not annotation.endswith(("| None", "...]"))
        flags = filter(None, (short, flag or f"--{name.removeprefix('as_').replace('_', '-')}"))
        return click.option(*flags, name, help=help, **{**given, **settings})

    return _Parameter(declared)


def rules(*kinds: type[Recipe]) -> Any:
    """An option for each rule of recipes; the parameter receives the values that were given, by name."""
    return _Rules(kinds)


def command(
    path: str, group: click.Group | None = None, **settings: Any
) -> Callable[[Callable[..., Any]], click.Command]:
    """Make a function a command (of a group); a parameter without an option is none of it.

    Args:
        path: what one types for it, without jtextkit; its help is the docstring and what ``help.txt`` adds.
    """

    def decorate(function: Callable[..., Any]) -> click.Command:
        settings.setdefault("help", help_of(path, function.__doc__))
        made: list[Callable[[Any], Any]] = []
        recipes: dict[str, tuple[str, ...]] = {}
        for one in inspect.signature(function).parameters.values():
            if isinstance(one.default, _Parameter):
                made.append(one.default.declared(one.name, str(one.annotation)))
            elif isinstance(one.default, _Rules):
                from jtextkit.cli.recipe_options import options_of

                options = options_of(*one.default.kinds)
                known = {rule for names in recipes.values() for rule in names}
                made += [add for rule, (_, add) in options.items() if rule not in known]
                recipes[one.name] = tuple(options)

        @wraps(function)
        def run(**values: Any) -> Any:
            given = {rule: values.pop(rule) for rule in {*chain.from_iterable(recipes.values())}}
            for key, names in recipes.items():
                values[key] = {rule: given[rule] for rule in names if given[rule] not in (None, ())}
            return function(**values)

        callback = run if recipes else function
        for add in reversed(made):
            add(callback)
        name = path.rpartition(" ")[2]
        return (group.command if group else click.command)(name, **settings)(callback)

    return decorate
