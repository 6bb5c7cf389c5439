"""The sets that can be built, under the names that users type; none is imported until asked for.

A set is a folder with three modules: ``recipe`` (its recipe), ``building`` (``build(out, recipe, *,
force, report)``, which returns the receipt) and ``promises`` (``check(data)``, which returns a
:class:`~jtextkit.builders.sets.findings.CheckReport`).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Any

from jtextkit.core.registry import Registry

if TYPE_CHECKING:
    from jtextkit.builders.sets.findings import CheckReport
    from jtextkit.builders.sets.reading import TextSet
    from jtextkit.builders.sets.recipe import Recipe


@dataclass(frozen=True, slots=True)
class Builder:
    """A set that can be built.

    Attributes:
        summary: a line for people.
        package: the folder of the set, as it is imported.
        recipe_name: the class of its recipe; all rules must have defaults.
        command: ``module:attribute`` of its command; "": ``jtextkit build`` makes one of the recipe.
    """

    summary: str
    package: str
    recipe_name: str
    command: str = ""

    @property
    def recipe(self) -> type[Recipe]:
        """The class of its recipe."""
        found: type[Recipe] = getattr(import_module(f"{self.package}.recipe"), self.recipe_name)
        return found

    @property
    def build(self) -> Callable[..., dict[str, Any]]:
        """What builds it."""
        found: Callable[..., dict[str, Any]] = import_module(f"{self.package}.building").build
        return found

    @property
    def check(self) -> Callable[[TextSet], CheckReport]:
        """What checks a set that it built."""
        found: Callable[[TextSet], CheckReport] = import_module(f"{self.package}.promises").check
        return found


BUILDERS: Registry[Builder] = Registry("data set")

BUILDERS.register(
    "difficulty-2level",
    Builder(
        "Simple and Complex texts in pairs, from Aozora Bunko and Kyoto's basic sentences",
        "jtextkit.builders.difficulty",
        "DifficultyRecipe",
        "jtextkit.cli.build_difficulty:difficulty_command",
    ),
)

BUILDERS.register(
    "sansu",
    Builder(
        "算数: word problems of 特殊算 with worked solutions, right by construction",
        "jtextkit.builders.sansu",
        "SansuRecipe",
        "jtextkit.cli.build_sansu:sansu_command",
    ),
)

BUILDERS.register(
    "stx",
    Builder(
        "STX: simplification, question answering and summarisation, for instruction tuning",
        "jtextkit.builders.stx",
        "StxRecipe",
        "jtextkit.cli.build_stx:stx_command",
    ),
)
