"""Plots as inline SVG for :mod:`jtextkit.report.page`, each with its figures in a table below.

Why not a library: matplotlib's SVG is heavy and has its colours fixed, pygal's brings scripts and random
ids, and neither adapts to dark mode, phones and print or speaks to screen readers.

Every function gives a ``<figure>`` as markup, the same bytes for the same data; put it into a page's
section. Values that cannot be drawn (None, NaN, beyond ±1e15) are left out and counted below the plot.
"""

from __future__ import annotations

import statistics
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from jtextkit.core.language import translated
from jtextkit.core.markup import Markup
from jtextkit.report.drawing import (
    LEFT,
    RIGHT,
    SERIES,
    Drawing,
    figure,
    finite,
    fitted,
    nice_scale,
    width_of,
    with_end,
)
from jtextkit.report.tables import shown, table

Values = Sequence[float | None]

_SPOKEN = 40
"""Rows that the description for screen readers lists; the table has them all."""

_LINE = 16  # a line of text
_HISTOGRAM = 34  # the height of the tallest bar
_PLOT_TOP, _PLOT_BOTTOM, _PLOT_LEFT = 12, 214, 44  # the plane of a scatter plot


@dataclass(frozen=True, slots=True)
class Point:
    """A labelled point; points of one ``series`` share mark and colour."""

    name: str
    x: float
    y: float
    series: str = ""


@dataclass(frozen=True, slots=True)
class Estimate:
    """An estimate between ``low`` and ``high``; None for all three says that there is none."""

    name: str
    value: float | None
    low: float | None = None
    high: float | None = None
    series: str = ""


def histogram(
    title: str,
    rows: Mapping[str, Mapping[str, Values]],
    *,
    x: str,
    bins: int = 24,
    digits: int = 2,
    note: object = "",
) -> Markup:
    """How values spread in each group; each row's tallest bar is as high, whatever the group's size.

    Args:
        rows: group → series → values. One group needs no name: ``{"": {"Simple": [...]}}``.
        x: what is measured, with its unit.
        bins: about so many; their borders are round numbers and the same for all rows.
        digits: decimals in the tables.
    """
    title, x = translated(title), translated(x)
    names = list(dict.fromkeys(name for parts in rows.values() for name in parts))
    keys = [(group, name) for group in rows for name in names]
    values = {key: finite(rows[key[0]].get(key[1], ())) for key in keys}
    everything = [v for part in values.values() for v in part]
    axis = nice_scale(everything, LEFT + 8, RIGHT)
    borders = nice_scale(everything, 0, 1, count=bins).ticks  # it is for its round borders alone
    counts = {key: _binned(part, borders) for key, part in values.items()}
    drawing = Drawing()
    top = 2.0
    described = []
    for group in rows:
        whole = sorted(v for name in names for v in values[group, name])
        middle = statistics.median(whole) if whole else None
        summary = f"n = {len(whole):,}, median {shown(middle, digits)}"
        room = RIGHT - LEFT - width_of(summary) - 8
        drawing.text(LEFT, top + 12, fitted(group, room), kind="row")
        drawing.text(RIGHT, top + 12, summary, at="end", kind="tick")
        described.append(f"{group}: {summary}" if group else summary)
        base = top + _LINE + _HISTOGRAM + 4  # y grows downwards: bars rise from here
        in_bins = [*zip(*(counts[group, name] for name in names), strict=True)]
        tallest = max(map(sum, in_bins), default=0) or 1
        for (left, right), bin_counts in zip(pairwise(map(axis, borders)), in_bins, strict=False):
            y = base
            for number, count in enumerate(bin_counts):
                height = count / tallest * _HISTOGRAM
                y -= height
                drawing.bar(left + 0.5, y, right - left - 1, height, number)
        drawing.line(axis.start, base, axis.end, base, "axis")
        if middle is not None:
            drawing.line(axis(middle), base - _HISTOGRAM - 2, axis(middle), base + 3, "median")
        top = base + 8
    drawing.x_axis(axis, 2, top, x)
    parts = [key for key in keys if values[key]]
    heads = [" ".join(dict.fromkeys(word for word in key if word)) or "all" for key in parts]
    summary = table(
        ["group", "n", "mean", "5 %", "25 %", "median", "75 %", "95 %"],
        [[head, *_summary(values[key])] for head, key in zip(heads, parts, strict=True)],
        caption=f"{title}: {x}",
        digits=digits,
    )
    by_bin = (
        [f"{border:g}", *(counts[key][at] for key in parts)]
        for at, border in enumerate(borders[:-1])
    )
    spread = table([f"{x} from", *heads], by_bin, caption=f"{title}: how many in each bin")
    said = f"Histogram of {x}. {'; '.join(described)}."
    given = (v for parts in rows.values() for part in parts.values() for v in part)
    tables = [summary, spread]
    return figure(title, drawing, said, tables, names=names, values=given, note=note, kind="bar")


def bars(
    title: str,
    categories: Sequence[str],
    values: Mapping[str, Values],
    *,
    x: str,
    stacked: bool = False,
    digits: int = 2,
    note: object = "",
) -> Markup:
    """Bars that lie: a category a row with room for a long name, its bars below it.

    Args:
        categories: names, from the top.
        values: series → a value for each category, None where there is none. Stacked bars are for
            values from 0 on.
        x: what the length of a bar means, with its unit.
        digits: decimals of the figures beside the bars and in the table.
    """
    title, x = translated(title), translated(x)
    names = list(values)
    known = [[next(iter(finite([v])), None) for v in part] for part in values.values()]
    if all(v is None or v.is_integer() for part in known for v in part):
        digits = 0
    rows = [[part[at] for part in known] for at in range(len(categories))]
    ends = [0.0]  # bars begin at 0, so the axis holds it
    for row in rows:
        ends += [sum(finite(row))] if stacked else finite(row)
    room = max(width_of(str(shown(v, digits))) for v in ends) + 6
    axis = nice_scale(ends, LEFT + 8, RIGHT - room)
    drawing = Drawing()
    top = 2.0
    described = []
    thick = 13
    for category, row in zip(categories, rows, strict=True):
        drawing.text(LEFT, top + 12, fitted(category, RIGHT - LEFT), kind="row")
        y = top + _LINE
        summary = []
        start = 0.0
        for number, (name, value) in enumerate(zip(names, row, strict=True)):
            length = str(shown(value, digits))
            summary.append(f"{name} {length}".strip())
            if value is None and stacked:
                continue
            if value is not None:
                edges = sorted((axis(start), axis(start + value)))
                drawing.bar(edges[0], y, edges[1] - edges[0], thick - 1, number)
            if stacked:
                start += value or 0.0
            else:
                end = axis(max(value or 0.0, 0.0))
                drawing.text(end + 4, y + thick - 2.5, length, kind="tick")
                y += thick
        if stacked:
            drawing.text(axis(start) + 4, y + thick - 2.5, shown(start, digits), kind="tick")
            y += thick
        described.append(f"{category}: {', '.join(summary)}")
        top = y + 5
    if axis.low < 0:
        drawing.line(axis(0), 2, axis(0), top, "axis")
    drawing.x_axis(axis, 2, top, x)
    heads = ["", *(name or x for name in names)]
    cells = ([category, *row] for category, row in zip(categories, rows, strict=True))
    tables = [table(heads, cells, caption=f"{title}: {x}", digits=digits)]
    said = f"Bars of {x}. {'; '.join(described[:_SPOKEN])}."
    given = (v for part in values.values() for v in part)
    return figure(title, drawing, said, tables, names=names, values=given, note=note, kind="bar")


def intervals(
    title: str,
    rows: Sequence[Estimate],
    *,
    x: str,
    band: tuple[float, float] | None = None,
    domain: tuple[float, float] | None = None,
    digits: int = 2,
    note: object = "",
) -> Markup:
    """Estimates with their intervals, one below the other; those of one name stand together.

    Args:
        band: a range to compare with, shaded.
        domain: the ends of the axis; otherwise what the rows ask for.
    """
    title, x = translated(title), translated(x)
    names = list(dict.fromkeys(row.series for row in rows))
    drawn = finite(v for row in rows for v in (row.value, row.low, row.high))
    texts = [_with_ends(row, digits) for row in rows]
    room = max((width_of(text) for text in texts), default=0.0) + 8
    axis = nice_scale([*drawn, *(band or ())], LEFT + 8, RIGHT - room, domain=domain)
    drawing = Drawing()
    top, before = 2.0, None
    described = []
    for row, summary in zip(rows, texts, strict=True):
        if row.name != before:
            drawing.text(LEFT, top + 12, fitted(row.name, RIGHT - LEFT), kind="row")
            top += _LINE
        before = row.name
        described.append(f"{' '.join(filter(None, (row.name, row.series)))}: {summary}")
        drawing.text(RIGHT, top + 12, summary, at="end", kind="tick")
        y = top + 8
        number = names.index(row.series)
        ends = finite((row.low, row.high))
        if len(ends) == 2:
            drawing.line(axis(ends[0]), y, axis(ends[1]), y, f"whisker r{number % SERIES + 1}")
        for value in finite([row.value]):
            drawing.marker(axis(value), y, number)
        top += _LINE
    if band is not None:
        shade = Drawing()  # drawn first, so that it lies behind the rows, whose height is known now
        shade.rect(axis(band[0]), 2, axis(band[1]) - axis(band[0]), top - 2, "band")
        drawing.parts[:0] = shade.parts
    drawing.x_axis(axis, 2, top + 2, x)
    cells = ((row.name, row.series, row.value, row.low, row.high) for row in rows)
    figures = _by_series([x, "from", "to"], cells, f"{title}: {x}", digits)
    said = f"Estimates of {x}. {'; '.join(described[:_SPOKEN])}."
    said += f" Shaded: {band[0]:g} to {band[1]:g}." if band else ""
    given = (row.value for row in rows)
    return figure(title, drawing, said, [figures], names=names, values=given, note=note)


def scatter(
    title: str, points: Sequence[Point], *, x: str, y: str, digits: int = 3, note: object = ""
) -> Markup:
    """Points on a plane, each with its name beside it where there is room (the table has all)."""
    title, x, y = map(translated, (title, x, y))
    names = list(dict.fromkeys(point.series for point in points))
    drawn = [p for p in points if len(finite((p.x, p.y))) == 2]
    across = nice_scale((p.x for p in drawn), _PLOT_LEFT, RIGHT)
    up = nice_scale((p.y for p in drawn), _PLOT_BOTTOM, _PLOT_TOP + 12)
    drawing = Drawing()
    drawing.text(LEFT, _PLOT_TOP, y, kind="name")
    drawing.y_axis(up, _PLOT_LEFT, RIGHT)
    drawing.x_axis(across, _PLOT_TOP + 12, _PLOT_BOTTOM, x)
    taken = [(across(p.x) - 5, up(p.y) - 5, across(p.x) + 5, up(p.y) + 5) for p in drawn]
    for p in drawn:
        drawing.marker(across(p.x), up(p.y), names.index(p.series))
    for p in drawn:
        _label(drawing, with_end(p.name, 130), across(p.x), up(p.y), taken)
    cells = ((p.name, p.series, p.x, p.y) for p in points)
    figures = _by_series([x, y], cells, f"{title}: {x} and {y}", digits)
    places = (f"{p.name}: {shown(p.x, digits)}, {shown(p.y, digits)}" for p in drawn[:_SPOKEN])
    said = f"Points of {x} and {y}. {'; '.join(places)}."
    given = (v for p in points for v in (p.x, p.y))
    return figure(title, drawing, said, [figures], names=names, values=given, note=note)


def _by_series(
    heads: Sequence[str], rows: Iterable[Sequence[object]], caption: str, digits: int
) -> Markup:
    """A table of name, series and figures; without the series where there is one, without a name."""
    cells = [[*row] for row in rows]
    if any(row[1] for row in cells):
        return table(["", "series", *heads], cells, caption=caption, digits=digits)
    return table(
        ["", *heads], [[row[0], *row[2:]] for row in cells], caption=caption, digits=digits
    )


def _binned(values: Sequence[float], borders: Sequence[float]) -> list[int]:
    """How many values lie in each bin, the lower border included, and the last upper one."""
    counts = [0] * (len(borders) - 1)
    for value in values:
        counts[min(max(bisect_right(borders, value) - 1, 0), len(counts) - 1)] += 1
    return counts


def _summary(values: Sequence[float]) -> list[float | int | None]:
    """Number, mean, and the quantiles 5, 25, 50, 75, 95 %."""
    if not values:
        return [0, None, None, None, None, None, None]
    ordered = sorted(values)
    mean = statistics.fmean(ordered)
    if len(ordered) == 1:
        return [1, mean, *[ordered[0]] * 5]
    cuts = statistics.quantiles(ordered, n=20, method="inclusive")
    return [len(ordered), mean, cuts[0], cuts[4], cuts[9], cuts[14], cuts[18]]


def _with_ends(row: Estimate, digits: int) -> str:
    summary = str(shown(row.value, digits))
    if row.low is None or row.high is None:
        return summary
    return f"{summary} ({shown(row.low, digits)}–{shown(row.high, digits)})"


def _label(
    drawing: Drawing, name: str, x: float, y: float, taken: list[tuple[float, float, float, float]]
) -> None:
    """Write ``name`` near its point where nothing stands yet, or not at all."""
    width = width_of(name)
    for dx, dy in ((8, 4), (-8, 4), (0, -9), (0, 18), (8, -8), (8, 16), (-8, -8), (-8, 16)):
        at, before = {8: ("start", 0.0), 0: ("middle", width / 2), -8: ("end", width)}[dx]
        left = x + dx - before
        box = (left, y + dy - 10, left + width, y + dy + 2)
        inside = box[0] >= _PLOT_LEFT and box[2] <= RIGHT + 12
        if inside and not any(_overlap(box, other) for other in taken):
            drawing.text(x + dx, y + dy, name, at=at, kind="label")
            taken.append(box)
            return


def _overlap(a: tuple[float, float, float, float], b: tuple[float, float, float, float]) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]
