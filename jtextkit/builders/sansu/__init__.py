"""算数: word problems with worked solutions, right by construction, or imported and audited."""

from typing import TYPE_CHECKING

from jtextkit.core.lazy import lazy_names

if TYPE_CHECKING:
    from jtextkit.builders.sansu.building import NAME, build, build_import
    from jtextkit.builders.sansu.recipe import SansuImportRecipe, SansuRecipe
else:
    _BUILDING, _RECIPE = "jtextkit.builders.sansu.building", "jtextkit.builders.sansu.recipe"
    __getattr__, __dir__ = lazy_names(
        __name__,
        {
            **dict.fromkeys(("NAME", "build", "build_import"), _BUILDING),
            **dict.fromkeys(("SansuImportRecipe", "SansuRecipe"), _RECIPE),
        },
    )

__all__ = ["NAME", "SansuImportRecipe", "SansuRecipe", "build", "build_import"]
