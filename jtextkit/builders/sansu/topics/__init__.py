"""The topics, related ones in a module; this is the list of all."""

from __future__ import annotations

from importlib import import_module
from typing import Final

from jtextkit.builders.sansu.stories import Topic

__all__ = ["TOPICS"]

_MODULES = (
    "planting assuming sharing proportions trading working travelling timetables hours patterns "
    "counting figures digits backwards"
)

TOPICS: Final[tuple[Topic, ...]] = tuple(
    one for module in _MODULES.split() for one in import_module(f"{__name__}.{module}").TOPICS
)
"""In the order in which they take turns."""
