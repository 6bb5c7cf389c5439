"""Small drawings (SVG) of what some kinds of problem tell: shapes and letters, never a number.

A problem's words suffice without its drawing, which gives away nothing that a clue hides: lengths are
not to scale, but for ratios that the words give. ``drawings.txt`` says what each shows.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from jtextkit.builders.sansu.texts import sections

Point = tuple[float, float]

_HEAD = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 240 170" width="240" height="170">'
_LINES = '<g fill="none" stroke="black" stroke-width="1.5">'
_LETTERS = '<g font-family="serif" font-size="14" text-anchor="middle">'

DRAWINGS: Mapping[str, Mapping[str, str]] = {
    kind: dict(line.split(" ", 1) for line in lines) for kind, lines in sections("drawings.txt")
}
"""The rows of each drawing, by the kind of problem."""


def drawing_of(kind: str, facts: Mapping[str, Any]) -> str:
    """The drawing of a problem of this kind, or ""; ``facts`` are what it tells."""
    rows = {name: row.split(" / ") for name, row in DRAWINGS.get(kind, {}).items()}
    if not rows:
        return ""
    points: dict[str, Point] = {}

    def at(place: str) -> Point:
        if place in points:
            return points[place]
        x, y = map(float, place.split(","))
        return x, y

    for row in rows.get("points", ()):
        name, *place = row.split()
        if place[0] == "on":
            (x, y), (u, v) = map(at, place[1:3])
            part, rest = (facts[key] for key in place[3:])
            points[name] = (
                x + (u - x) * part / (part + rest),
                y + (v - y) * part / (part + rest),
            )
        else:
            points[name] = at(place[0])
    drawn = [_HEAD, _LINES]
    for key, style in (("lines", ""), ("dashed", ' stroke-dasharray="5 4"')):
        for line in rows.get(key, ()):
            path = " ".join(f"{x:.0f},{y:.0f}" for x, y in map(at, line.split()))
            drawn.append(f'<polyline points="{path}"{style}/>')
    drawn += ["</g>", _LETTERS]
    for row in rows["letters"]:
        letter, *places = row.split()
        x, y = map(sum, zip(*map(at, places), strict=True))
        drawn.append(f'<text x="{x:.0f}" y="{y:.0f}">{letter}</text>')
    return "".join((*drawn, "</g></svg>"))
