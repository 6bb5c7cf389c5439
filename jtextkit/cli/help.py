"""Help in the reader's language, wrapped as Japanese is: between characters, not before 。 or 」."""

from __future__ import annotations

import re
from collections.abc import Iterable

import click

from jtextkit.core.language import translated

_WIDE = "[\u2e80-\uffdc]"
_UNIT = re.compile(f"[「（『]*{_WIDE}[、。」）』ーっゃゅょッャュョァィェォ]*")
_SPACED_UNITS = re.compile(f"({_WIDE}+)( *)")


class HelpFormatter(click.HelpFormatter):
    """Click's, whose texts are translated.

    Click breaks lines at spaces and takes every character for one cell wide. So each wide character
    is followed by a space, which makes two cells of it, until the line is written.
    """

    def write(self, string: str) -> None:
        super().write(_SPACED_UNITS.sub(_without_spaces, string))

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        super().write_usage(prog, args, prefix or translated("Usage: "))

    def write_heading(self, heading: str) -> None:
        super().write_heading(translated(heading))

    def write_text(self, text: str) -> None:
        super().write_text("\n\n".join(map(_paragraph, text.split("\n\n"))))

    def write_dl(
        self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2
    ) -> None:
        super().write_dl([(term, _option(text)) for term, text in rows], col_max, col_spacing)


def _paragraph(text: str) -> str:
    lines = text.split("\n")
    if lines[0] != "\b":
        return _spaced(translated(" ".join(line.strip() for line in lines)))
    return "\n".join(_example(line) for line in lines)


def _example(line: str) -> str:
    """A heading, or a command, whose comment at its end is translated."""
    if not line.startswith(" "):
        return _spaced(translated(line))
    code, bracket, comment = line.partition("   (")
    return f"{code}   ({_spaced(translated(comment[:-1]))})" if bracket else line


def _option(text: str) -> str:
    """What an option or command does, and ``[default: …]`` and the like at its end."""
    said, *extras = text.split("  [")
    more = (f"  [{'; '.join(map(translated, one[:-1].split('; ')))}]" for one in extras)
    return _spaced("".join((translated(said), *more)))


def _spaced(text: str) -> str:
    return _UNIT.sub(lambda unit: unit[0] + " " * len(unit[0]), text)


def _without_spaces(unit: re.Match[str]) -> str:
    return unit[1] + unit[2][len(unit[1]) :]
