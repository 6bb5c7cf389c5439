"""The builders under the names that users type."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from jtextkit.builders.difficulty.recipe import DifficultyRecipe
from jtextkit.builders.sansu import SansuRecipe
from jtextkit.builders.stx import StxRecipe
from jtextkit.core.registry import Registry


@dataclass(frozen=True, slots=True)
class Builder:
    """What can be said of a builder without running it."""

    summary: str
    default_recipe: Callable[[], dict[str, Any]]
    """The recipe that is used where nothing else is asked for."""


BUILDERS: Registry[Builder] = Registry("data set")

BUILDERS.register(
    "difficulty-2level",
    Builder(
        "Simple and Complex texts in pairs, from Aozora Bunko and Kyoto's basic sentences",
        lambda: DifficultyRecipe().to_dict(),
    ),
)

BUILDERS.register(
    "sansu",
    Builder(
        "算数: word problems of 特殊算 with worked solutions, right by construction",
        lambda: SansuRecipe().to_dict(),
    ),
)

BUILDERS.register(
    "stx",
    Builder(
        "STX: simplification, question answering and summarisation, for instruction tuning",
        lambda: StxRecipe().to_dict(),
    ),
)
