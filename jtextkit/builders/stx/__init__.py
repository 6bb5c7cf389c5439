"""STX: simplification, closed question answering and summarisation in Japanese, equal parts."""

from typing import TYPE_CHECKING

from jtextkit.core.lazy import lazy_names

if TYPE_CHECKING:
    from jtextkit.builders.stx.building import LICENSE, NAME, build
    from jtextkit.builders.stx.recipe import StxRecipe
    from jtextkit.builders.stx.sources import StxSources
    from jtextkit.builders.stx.tasks import TASKS
else:
    __getattr__, __dir__ = lazy_names(
        __name__,
        {
            ".building": "LICENSE NAME build",
            ".recipe": "StxRecipe",
            ".sources": "StxSources",
            ".tasks": "TASKS",
        },
    )

__all__ = ["LICENSE", "NAME", "TASKS", "StxRecipe", "StxSources", "build"]
