"""difficulty-2level: a balanced set of Simple and Complex texts from real sources.

Works and sentences become scored passages (:mod:`.passages`, :mod:`.candidates`, :mod:`.blocks`),
passages become pairs (:mod:`.pairs`), pairs are chosen and split (:mod:`.selection`), and the
choice is written with its lock, card and receipt (:mod:`.build`).
"""

from jtextkit.builders.difficulty.build import NAME, DifficultySources, build, rebuild
from jtextkit.builders.difficulty.recipe import DifficultyRecipe, read_recipe

__all__ = [
    "NAME",
    "DifficultyRecipe",
    "DifficultySources",
    "build",
    "read_recipe",
    "rebuild",
]
