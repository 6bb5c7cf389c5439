"""Files of text in this package, in sections: a heading in brackets, and lines below it."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files


def sections(name: str) -> Iterator[tuple[str, list[str]]]:
    """Each heading with its lines; what stands before the first one, and comments, are for readers."""
    _, *texts = (files(__package__) / name).read_text("utf-8").split("\n[")
    for text in texts:
        heading, *lines = text.splitlines()
        yield heading.rstrip("]"), [line for line in lines if line and not line.startswith("#")]


def starting(lines: list[str], *kinds: str) -> tuple[str, ...]:
    """The lines that begin with one of these words."""
    return tuple(line for line in lines if line.partition(" ")[0] in kinds)
