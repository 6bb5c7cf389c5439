"""算数: word problems with worked solutions, right by construction, or imported and audited."""

from __future__ import annotations

from jtextkit.builders.sansu.build import NAME, build, build_import
from jtextkit.builders.sansu.recipe import ImportRecipe, Recipe

__all__ = ["NAME", "ImportRecipe", "Recipe", "build", "build_import"]
