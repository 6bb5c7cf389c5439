"""Tables of figures: numbers to the right, names to the left, and a way to scroll a wide one."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

from jtextkit.core.language import translated
from jtextkit.core.markup import Markup, joined, tag


def shown(value: object, digits: int = 2) -> object:
    """A cell's value for people: 1,275; 0.31; – for none; text as it is.

    >>> shown(1275), shown(0.3149), shown(None), shown("aozora")
    ('1,275', '0.31', '–', 'aozora')
    """
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return "–"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int):
        return f"{value:,}"
    if isinstance(value, float):
        return f"{value:,.{digits}f}" if abs(value) < 1e15 else f"{value:.3g}"
    return value


def table(
    columns: Sequence[object],
    rows: Iterable[Sequence[object]],
    *,
    caption: object = "",
    digits: int = 2,
) -> Markup:
    """A table whose first column names its rows.

    Args:
        columns: names, which the catalogue may know, as row names and caption; a column whose cells are all numbers or None is set to the right.
        rows: cells as :func:`shown` takes them, or markup.
        caption: what the table holds, for those who cannot see where it stands.
        digits: decimals of floats.
    """
    cells = [list(row) for row in rows]
    right = [
        bool(cells) and all(len(row) <= at or _is_number(row[at]) for row in cells)
        for at in range(len(columns))
    ]

    def cell(value: object, at: int) -> Markup:
        style = "n" if at < len(right) and right[at] else None
        if at == 0:
            return tag("th", in_language(shown(value, digits)), scope="row", class_=style)
        return tag("td", shown(value, digits), class_=style)

    head = tag(
        "tr",
        *(
            tag("th", in_language(name), scope="col", class_="n" if right[i] else None)
            for i, name in enumerate(columns)
        ),
    )
    body = (tag("tr", *(cell(value, at) for at, value in enumerate(row))) for row in cells)
    caption = in_language(caption)
    whole = tag(
        "table", tag("caption", caption) if caption else "", tag("thead", head), tag("tbody", *body)
    )
    # Focusable, so that a keyboard can scroll it.
    return tag(
        "div", whole, class_="scroll", tabindex="0", role="region", aria_label=caption or "table"
    )


def folded(summary: object, *content: object) -> Markup:
    """Content that opens on demand, and that print shows always."""
    return tag("details", tag("summary", in_language(summary)), tag("div", joined(*content)))


def _is_number(value: object) -> bool:
    return value is None or (isinstance(value, int | float) and not isinstance(value, bool))


def in_language(name: object) -> object:
    """A name in the reader's language; markup as it is."""
    return translated(name) if isinstance(name, str) and not isinstance(name, Markup) else name
