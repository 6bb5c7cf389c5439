"""算数: word problems with worked solutions, right by construction, or imported and audited."""

from typing import TYPE_CHECKING

from jtextkit.core.lazy import lazy_names

if TYPE_CHECKING:
    from jtextkit.builders.sansu.building import NAME, build, build_import
    from jtextkit.builders.sansu.recipe import SansuImportRecipe, SansuRecipe
else:
    __getattr__, __dir__ = lazy_names(
        __name__,
        {
            ".building": "NAME build build_import",
            ".recipe": "SansuImportRecipe SansuRecipe",
        },
    )

__all__ = ["NAME", "SansuImportRecipe", "SansuRecipe", "build", "build_import"]
