"""Options of the commands that build, made from the rules of their recipes."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import MISSING, dataclass, fields
from inspect import Signature, signature
from pathlib import Path
from typing import Any, TypeVar, get_type_hints

import click

from jtextkit.builders.sets.recipe import Recipe, Rule, recipe_table, rules_of
from jtextkit.cli.output import answer, say
from jtextkit.cli.parameters import LocalPath, Place, command, option, rules
from jtextkit.core.rows import refuse_faults

R = TypeVar("R", bound=Recipe)
Receipt = dict[str, Any]


@dataclass(frozen=True, slots=True)
class RecipeChoice:
    """What the command line says of a recipe.

    Attributes:
        file: of ``--recipe``.
        rules: the values of the options that were given, by the recipe's field.
        flags: the option of every field.
    """

    file: Path | None
    rules: Mapping[str, Any]
    flags: Mapping[str, str]

    @property
    def changes(self) -> str:
        """An option that changes the recipe, or ""."""
        return "--recipe" if self.file else next((self.flags[name] for name in self.rules), "")

    def recipe(self, kind: type[R], **defaults: Any) -> R:
        """The recipe: of the file (or else ``defaults``), changed by the options."""
        start = recipe_table(self.file) if self.file else defaults
        return kind.from_dict({**start, **self.rules}, where=str(self.file or "recipe"))


def command_of_set(
    name: str, *kinds: type[Recipe], show: Callable[[Receipt], None], **settings: Any
) -> Callable[[Callable[..., Receipt]], click.Command]:
    """Make a function that builds the set ``name`` a command, which shows the receipt it returns.

    After the function's own options come ``-o``, ``--force``, ``--recipe``, an option for each rule of
    ``kinds`` (for a rule of several, that of the first) and ``--json``. It is called with ``choice``
    (:class:`RecipeChoice`), ``output`` and ``force`` in their place.
    """
    flags = {rule: flag for rule, (flag, _) in options_of(*kinds).items()}

    def decorate(build: Callable[..., Receipt]) -> click.Command:
        def run(
            *,
            output: Place = option("Where to write the set.", name, short="-o", metavar="DIR"),
            force: bool = option("Replace the output of another recipe."),
            recipe_file: Path | None = option(
                f"Start from a recipe in JSON or TOML; see jtextkit show {name}.",
                flag="--recipe",
                type=LocalPath(path_type=Path, exists=True, dir_okay=False),
            ),
            given: dict[str, Any] = rules(*kinds),
            as_json: bool = option("Print the receipt as JSON."),
            **values: Any,
        ) -> None:
            started = time.monotonic()
            choice = RecipeChoice(recipe_file, given, flags)
            receipt = build(choice=choice, output=output, force=force, **values)
            answer(as_json, receipt, lambda: show(receipt), indent=1, sort_keys=True)
            if receipt.get("preview"):
                return say("a preview: nothing was written")
            say(f"{output} written in {time.monotonic() - started:.1f} s")
            return refuse_faults(receipt.get("faults", 0), str(output))

        every = [*signature(build).parameters.values(), *signature(run).parameters.values()]
        told = Signature([one for one in every if one.default is not one.empty])
        run.__signature__ = told  # type: ignore[attr-defined]
        run.__doc__ = build.__doc__
        return command(f"build {name}", **settings)(run)

    return decorate


def options_of(*kinds: type[Recipe]) -> dict[str, tuple[str, Callable[[Any], Any]]]:
    """The option of each rule of ``kinds``: what it is called, and what adds it to a command.

    Of a rule that several have, that of the first; without a value, an option gives None.
    """
    made: dict[str, tuple[str, Callable[[Any], Any]]] = {}
    for kind in kinds:
        for name, one in rules_of(kind).items():
            if one.option != "" and name not in made:
                made[name] = _option(kind, name, one)
    return made


class _RuleOption(click.Option):
    """An option without a value of its own, so that a recipe's file counts; the rule's is shown."""

    def get_help_extra(self, ctx: click.Context) -> Any:
        extra = super().get_help_extra(ctx)
        if isinstance(self.show_default, str):
            extra["default"] = self.show_default  # where click puts brackets around it
        return extra


class _Choice(click.Choice[str]):
    """A choice of texts, of which the empty one is called none."""

    def normalize_choice(self, choice: object, ctx: click.Context | None) -> str:
        return super().normalize_choice(choice or "none", ctx)


def _option(kind: type[Recipe], name: str, one: Rule) -> tuple[str, Callable[[Any], Any]]:
    """The option of a rule: what it is called, and what adds it to a command."""
    value_type = get_type_hints(kind)[name]
    default: Any = next(field.default for field in fields(kind) if field.name == name)
    word = (one.option or name).replace("_", "-")
    flag, shown = f"--{word}", "" if default in (None, MISSING, "") else str(default)
    more: dict[str, Any] = {"metavar": one.metavar}
    names = flag
    if value_type is bool:
        names, shown = (f"{flag}/--no-{word}", word) if default else (flag, "")
        more = {"is_flag": True}
    elif value_type == tuple[str, ...]:
        more["multiple"] = True
        shown = ", ".join(default) or one.empty
    else:
        more["type"] = _type(value_type, one)
    more |= {"cls": _RuleOption, "default": None, "show_default": shown or None}
    return flag, click.option(names, name, help=one.help, **more)


def _type(value_type: Any, one: Rule) -> Any:
    if one.choices:
        return _Choice(one.choices)
    if value_type not in (int, float):
        return str
    low = one.above if one.at_least is None else one.at_least
    high = one.below if one.at_most is None else one.at_most
    if low is None and high is None:
        return value_type
    ranged: Any = click.IntRange if value_type is int else click.FloatRange
    return ranged(low, high, min_open=one.above is not None, max_open=one.below is not None)
