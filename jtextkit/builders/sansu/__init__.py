"""算数: word problems with worked solutions, right by construction, or imported and audited."""

from __future__ import annotations

from jtextkit.builders.sansu.build import NAME, build, build_import
from jtextkit.builders.sansu.recipe import SansuImportRecipe, SansuRecipe

__all__ = ["NAME", "SansuImportRecipe", "SansuRecipe", "build", "build_import"]
