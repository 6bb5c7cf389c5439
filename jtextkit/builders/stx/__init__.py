"""STX: simplification, closed question answering and summarisation in Japanese, equal parts."""

from __future__ import annotations

from jtextkit.builders.stx.build import LICENSE, NAME, build
from jtextkit.builders.stx.recipe import StxRecipe
from jtextkit.builders.stx.sources import StxSources
from jtextkit.builders.stx.tasks import TASKS

__all__ = ["LICENSE", "NAME", "TASKS", "StxRecipe", "StxSources", "build"]
