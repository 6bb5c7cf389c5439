"""The topics, in files of text beside; README.md there says what they look like."""

from __future__ import annotations

from importlib.resources import files
from typing import Final

from jtextkit.builders.sansu.stories import Topic, read_topics

__all__ = ["TOPICS"]

_FILES = (
    "planting assuming sharing proportions trading working travelling timetables hours patterns "
    "counting figures digits backwards"
)

TOPICS: Final[tuple[Topic, ...]] = read_topics(
    line
    for name in _FILES.split()
    for line in (files(__package__) / f"{name}.txt").read_text("utf-8").splitlines()
)
"""In the order in which they take turns."""
