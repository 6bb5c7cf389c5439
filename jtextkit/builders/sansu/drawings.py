"""Small drawings (SVG) of what some kinds of problem tell: shapes and letters, never a number.

A problem's words suffice without its drawing, which gives away nothing that a clue hides: lengths are
not to scale, but for ratios that the words give.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

Point = tuple[float, float]

_HEAD = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 240 170" width="240" height="170">'
_LINES = '<g fill="none" stroke="black" stroke-width="1.5">'
_LETTERS = '<g font-family="serif" font-size="14" text-anchor="middle">'


def drawing_of(kind: str, facts: Mapping[str, Any]) -> str:
    """The drawing of a problem of this kind, or ""; ``facts`` are its story's attributes."""
    draw = _KINDS.get(kind)
    return draw(facts) if draw else ""


def _svg(
    lines: Sequence[Sequence[Point]],
    letters: Mapping[str, Point],
    dashed: Sequence[Sequence[Point]] = (),
) -> str:
    """A drawing of lines through points, and letters at points."""
    paths = [
        f'<polyline points="{" ".join(f"{x:.0f},{y:.0f}" for x, y in line)}"{style}/>'
        for some, style in ((lines, ""), (dashed, ' stroke-dasharray="5 4"'))
        for line in some
    ]
    words = [
        f'<text x="{x:.0f}" y="{y:.0f}">{letter.strip()}</text>'
        for letter, (x, y) in letters.items()
    ]
    return "".join((_HEAD, _LINES, *paths, "</g>", _LETTERS, *words, "</g></svg>"))


def _between(one: Point, two: Point, part: float, whole: float) -> Point:
    """The point that far from ``one`` to ``two``."""
    return tuple(a + (b - a) * part / whole for a, b in zip(one, two, strict=True))  # type: ignore[return-value]


_A, _B, _C = (90.0, 24.0), (24.0, 146.0), (216.0, 146.0)
_ABC = {"A": (90.0, 18.0), "B": (12.0, 152.0), "C": (228.0, 152.0)}


def _line_in_triangle(facts: Mapping[str, Any]) -> str:
    """D on BC, and E on AD."""
    d = _between(_B, _C, facts["x"], facts["x"] + facts["y"])
    e = _between(_A, d, facts["s"], facts["s"] + facts["t"])
    letters = {**_ABC, "D": (d[0], d[1] + 18), "E": (e[0] + 12, e[1])}
    return _svg([(_A, _B, _C, _A), (_A, d), (_B, e)], letters)


def _cut_triangle(facts: Mapping[str, Any]) -> str:
    """D on AB, and E on AC."""
    d = _between(_A, _B, facts["x"], facts["x"] + facts["y"])
    e = _between(_A, _C, facts["s"], facts["s"] + facts["t"])
    letters = {**_ABC, "D": (d[0] - 12, d[1]), "E": (e[0] + 12, e[1])}
    return _svg([(_A, _B, _C, _A), (d, e)], letters)


def _moving_point(_facts: Mapping[str, Any]) -> str:
    corners = ((40.0, 30.0), (40.0, 130.0), (210.0, 130.0), (210.0, 30.0))
    letters = {"A": (28, 28), "B": (28, 144), "C": (222, 144), "D": (222, 28), "P": (120, 148)}
    return _svg([(*corners, corners[0]), (corners[0], (120, 130))], letters)


def _two_points(_facts: Mapping[str, Any]) -> str:
    corners = ((65.0, 25.0), (65.0, 145.0), (185.0, 145.0), (185.0, 25.0))
    letters = {"A": (53, 24), "B": (53, 158), "C": (197, 158), "D": (197, 24), "P": (52, 76), "Q": (116, 18)}  # fmt: skip
    arrows = [((60, 62), (65, 72), (70, 62)), ((102, 20), (112, 25), (102, 30))]
    return _svg([(*corners, corners[0]), *arrows], letters)


_AXES = ((30.0, 14.0), (30.0, 146.0), (226.0, 146.0))
_NAMES = {"時間": (212.0, 163.0), "道のり": (54.0, 18.0)}


def _crossing(_facts: Mapping[str, Any]) -> str:
    return _svg(
        [_AXES, ((30, 146), (200, 34)), ((70, 34), (215, 146))], _NAMES, [((30, 34), (226, 34))]
    )


def _returning(_facts: Mapping[str, Any]) -> str:
    there_and_back = ((30, 146), (85, 34), (115, 34), (170, 146))
    return _svg([_AXES, there_and_back, ((30, 146), (215, 70))], _NAMES, [((30, 34), (226, 34))])


def _box(x: float, y: float, wide: float, high: float, deep: float) -> list[Sequence[Point]]:
    """A cuboid's edges that are seen from the front, above, and the right."""
    up = deep * 0.6
    front = ((x, y), (x + wide, y), (x + wide, y + high), (x, y + high), (x, y))
    top = ((x, y), (x + deep, y - up), (x + wide + deep, y - up), (x + wide, y))
    right = ((x + wide + deep, y - up), (x + wide + deep, y + high - up), (x + wide, y + high))
    return [front, top, right]


def _tank(_facts: Mapping[str, Any]) -> str:
    letters = {"横": (90.0, 164.0), "たて": (194.0, 142.0), "深さ": (22.0, 105.0)}
    return _svg(_box(40, 60, 110, 88, 50), letters, [((40, 100), (150, 100), (200, 70))])


def _bored(_facts: Mapping[str, Any]) -> str:
    hole = ((95, 52), (115, 40), (150, 40), (130, 52), (95, 52))
    letters = {"横": (90.0, 164.0), "たて": (194.0, 142.0), "高さ": (22.0, 105.0)}
    return _svg([*_box(40, 60, 110, 88, 50), hole], letters)


_KINDS: Mapping[str, Callable[[Mapping[str, Any]], str]] = {
    "底辺の比と面積": _line_in_triangle,
    "切り取った残りの面積": _cut_triangle,
    "面積になる時間": _moving_point,
    "2つの点": _two_points,
    "時間差のある出会い": _crossing,
    "折り返すグラフ": _returning,
    "管で入れる時間": _tank,
    "くりぬいた立体": _bored,
}
