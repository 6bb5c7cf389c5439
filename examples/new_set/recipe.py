"""The recipe: every rule with its help, default and range, which options and checks are made of."""

from dataclasses import dataclass

from jtextkit.builders.sets.recipe import Recipe, rule

ERAS = {"明治": (1868, 45), "大正": (1912, 15), "昭和": (1926, 64), "平成": (1989, 31)}
"""The year in which each era begins, and how many years it has."""


@dataclass(frozen=True, slots=True)
class ErasRecipe(Recipe):
    """What decides the set: same recipe, same bytes."""

    seed: int = rule("Decides which years are asked for, and splits.", 1)
    size: int = rule("Rows.", 50, at_least=10, at_most=sum(years for _, years in ERAS.values()))
