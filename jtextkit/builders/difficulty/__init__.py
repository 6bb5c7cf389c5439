"""difficulty-2level: a balanced set of Simple and Complex texts from real sources.

Works and sentences become scored passages (:mod:`.passages`, :mod:`.candidates`, :mod:`.blocks`),
passages become pairs (:mod:`.pairs`), pairs are chosen and split (:mod:`.selection`), and the
choice is written with its lock, card and receipt (:mod:`.building`).
"""

from typing import TYPE_CHECKING

from jtextkit.core.lazy import lazy_names

if TYPE_CHECKING:
    from jtextkit.builders.difficulty.building import NAME, DifficultySources, build, rebuild
    from jtextkit.builders.difficulty.recipe import DifficultyRecipe
else:
    __getattr__, __dir__ = lazy_names(
        __name__,
        {".building": "NAME DifficultySources build rebuild", ".recipe": "DifficultyRecipe"},
    )

__all__ = ["NAME", "DifficultyRecipe", "DifficultySources", "build", "rebuild"]
