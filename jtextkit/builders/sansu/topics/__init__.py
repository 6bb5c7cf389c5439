"""The topics: their stories in files of text, those with code of their own in modules beside."""

from __future__ import annotations

from importlib import import_module
from typing import Final

from jtextkit.builders.sansu.stories import Topic, read_topics

__all__ = ["TOPICS"]

_CODE = "hours patterns counting digits backwards"
_FILES = (
    "planting assuming sharing proportions trading working travelling timetables hours patterns "
    "counting figures digits backwards"
)

for _module in _CODE.split():
    import_module(f"{__name__}.{_module}")

TOPICS: Final[tuple[Topic, ...]] = tuple(
    one for file in _FILES.split() for one in read_topics(file)
)
"""In the order in which they take turns."""
