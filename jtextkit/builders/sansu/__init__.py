"""算数: problems with worked solutions, composed, as a set or an environment; or imported."""

from typing import TYPE_CHECKING

from jtextkit.core.lazy import lazy_names

if TYPE_CHECKING:
    from jtextkit.builders.sansu.adapters import ReasoningGym, stream
    from jtextkit.builders.sansu.building import NAME, build, build_import, preview_import
    from jtextkit.builders.sansu.environment import (
        Curriculum,
        Exercise,
        RewardParts,
        Source,
        create,
    )
    from jtextkit.builders.sansu.recipe import SansuImportRecipe, SansuRecipe
else:
    __getattr__, __dir__ = lazy_names(
        __name__,
        {
            ".adapters": "ReasoningGym stream",
            ".building": "NAME build build_import preview_import",
            ".environment": "Curriculum Exercise RewardParts Source create",
            ".recipe": "SansuImportRecipe SansuRecipe",
        },
    )

__all__ = [
    "NAME", "Curriculum", "Exercise", "ReasoningGym", "RewardParts", "SansuImportRecipe", "SansuRecipe",
    "Source", "build", "build_import", "create", "preview_import", "stream",
]  # fmt: skip
