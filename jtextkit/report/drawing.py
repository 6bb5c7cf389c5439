"""The parts that all plots share: scales, the drawing, its axes, series told apart, and the figure around.

A drawing is 360 units wide, which a phone shows at about its own size; wider screens set figures
beside each other. Colours are classes (``s1`` … ``s6``) that the page's style sheet defines for light,
dark and print, so a drawing outside a page of ours has none. Series differ by pattern, marker or dashes
too, never by colour alone.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

from jtextkit.core.language import translated
from jtextkit.core.markup import Markup, joined, tag
from jtextkit.report.tables import folded, in_language

_LARGEST = 1e15
"""Numbers beyond it are not drawn; nothing here is so large, and floats would lose their steps."""


def finite(values: Iterable[float | None]) -> list[float]:
    """The values that can be drawn: numbers, not NaN, not beyond ±1e15."""
    return [float(v) for v in values if v is not None and abs(v) < _LARGEST]


@dataclass(frozen=True, slots=True)
class Scale:
    """A linear scale from ``low``–``high`` to the places ``start``–``end``, with its ticks."""

    low: float
    high: float
    start: float
    end: float
    step: float

    def __call__(self, value: float) -> float:
        """Where ``value`` stands; one outside stands at the edge."""
        share = (value - self.low) / (self.high - self.low)
        return self.start + min(max(share, 0.0), 1.0) * (self.end - self.start)

    @property
    def ticks(self) -> list[float]:
        first = math.ceil(self.low / self.step - 1e-9)
        last = math.floor(self.high / self.step + 1e-9)
        return [_clean(number * self.step, self.step) for number in range(first, last + 1)]


def nice_scale(
    values: Iterable[float],
    start: float,
    end: float,
    *,
    count: int = 5,
    domain: tuple[float, float] | None = None,
) -> Scale:
    """A scale with about ``count`` steps of 1, 2 or 5 times a power of ten.

    Args:
        values: what must lie on it; without any, 0 to 1.
        domain: its ends; otherwise the ticks around the values.
    """
    given = list(values) or [0.0, 1.0]
    low, high = domain or (min(given), max(given))
    least = 1e-6 * max(1.0, abs(low), abs(high))
    if high - low < least:
        low, high = low - least, high + least
    step = _nice_step((high - low) / count)
    if domain is None:
        low = _clean(math.floor(low / step + 1e-9) * step, step)
        high = _clean(math.ceil(high / step - 1e-9) * step, step)
    return Scale(low, high, start, end, step)


def _nice_step(raw: float) -> float:
    power = 10.0 ** math.floor(math.log10(raw))
    return next((power * m for m in (1, 2, 5) if power * m >= raw * 0.999), power * 10)


def _decimals(step: float) -> int:
    return max(0, -math.floor(math.log10(step) + 1e-9))


def _clean(value: float, step: float) -> float:
    return round(value, _decimals(step)) + 0.0  # + 0.0: no minus before nought


def tick_text(value: float, step: float) -> str:
    """``value`` with as many decimals as the step between ticks asks for."""
    return f"{value:,.{_decimals(step)}f}"


def place(value: float) -> str:
    """A coordinate: a tenth of a unit is finer than any screen, and keeps files small."""
    shown = f"{value:.1f}".removesuffix(".0")
    return shown.replace("-0", "0") if abs(value) < 0.05 else shown


WIDTH = 360
LEFT = 6
RIGHT = WIDTH - 16
SERIES = 6
"""Series that can be told apart; the seventh looks like the first."""

_WIDE = 12.5  # what a full-width character takes at the size of labels
_NARROW = 6.6


_MARKS = (
    ("m s1", 0.0, 0.0, ""),  # a disc
    ("m s2", -4.5, -4.5, "h9v9h-9z"),  # a square
    ("m s3", 0.0, -5.5, "l5.5 9h-11z"),  # a triangle
    ("m s4", 0.0, -5.5, "l5.5 5.5l-5.5 5.5l-5.5 -5.5z"),  # a diamond
    ("m cross r5", -4.5, -4.5, "l9 9m-9 0l9 -9"),  # a cross, which is a stroke
    ("m ring r6", 0.0, 0.0, ""),  # a ring
)
"""The mark of each series: its class, where its path begins from its middle, and the path."""

_HATCHES = ("", "/", "\\", "-", "|", "/\\")
"""The lines over the bars of each series. Drawn one by one: a PDF of SVG patterns takes megabytes."""

_HATCH_STEP = 5


def _hatch(x: float, y: float, width: float, height: float, lines: str) -> str:
    """A path of lines inside a rectangle; bars that touch share their lines' places."""
    right, bottom = x + width, y + height
    path = []

    def steps(low: float, high: float) -> Iterator[float]:
        first = math.floor(low / _HATCH_STEP) + 1
        return (_HATCH_STEP * n for n in range(first, math.ceil(high / _HATCH_STEP)))

    if "/" in lines:
        for c in steps(x + y, right + bottom):  # x + y = c
            a, b = max(x, c - bottom), min(right, c - y)
            path.append(f"M{place(a)} {place(c - a)}L{place(b)} {place(c - b)}")
    if "\\" in lines:
        for c in steps(x - bottom, right - y):  # x - y = c
            a, b = max(x, c + y), min(right, c + bottom)
            path.append(f"M{place(a)} {place(a - c)}L{place(b)} {place(b - c)}")
    if "-" in lines:
        path += [f"M{place(x)} {place(c)}H{place(right)}" for c in steps(y, bottom)]
    if "|" in lines:
        path += [f"M{place(c)} {place(y)}V{place(bottom)}" for c in steps(x, right)]
    return "".join(path)


class Drawing:
    """An SVG that grows downwards; every method adds something and all places are in its units."""

    def __init__(self) -> None:
        self.parts: list[Markup] = []
        self.height = 0.0

    def _add(self, element: str, *content: object, **attributes: float | str | None) -> None:
        """An element; attributes that are numbers are places."""
        shown = {k: place(v) if isinstance(v, float | int) else v for k, v in attributes.items()}
        self.parts.append(tag(element, *content, **shown))

    def text(self, x: float, y: float, text: object, *, at: str = "start", kind: str = "") -> None:
        """A label; ``at`` is which end of it stands at ``x`` (start, middle, end)."""
        anchor = None if at == "start" else at
        said = translated(str(text))
        self._add("text", said, x=x, y=y, text_anchor=anchor, class_=kind or None)

    def line(self, x1: float, y1: float, x2: float, y2: float, kind: str) -> None:
        self._add("line", x1=x1, y1=y1, x2=x2, y2=y2, class_=kind)

    def bar(self, x: float, y: float, width: float, height: float, number: int) -> None:
        """A filled rectangle in the colour and hatch of series ``number``."""
        if width > 0 and height > 0:
            self.rect(x, y, width, height, f"b{number % SERIES + 1}")
            if lines := _hatch(x, y, width, height, _HATCHES[number % SERIES]):
                self._add("path", d=lines, class_="hatch")

    def rect(self, x: float, y: float, width: float, height: float, kind: str) -> None:
        self._add("rect", x=x, y=y, width=width, height=height, class_=kind)

    def marker(self, x: float, y: float, number: int) -> None:
        """The mark of series ``number``."""
        kind, dx, dy, lines = _MARKS[number % SERIES]
        if lines:
            self._add("path", d=f"M{place(x + dx)} {place(y + dy)}{lines}", class_=kind)
        else:
            self._add("circle", cx=x, cy=y, r=4.5, class_=kind)

    def x_axis(self, scale: Scale, top: float, bottom: float, name: str) -> None:
        """Ticks with lines from ``top`` to ``bottom``, their figures below, then the axis' name."""
        behind = len(self.parts)
        for tick in scale.ticks:
            x = scale(tick)
            self.line(x, top, x, bottom, "grid")
            text = tick_text(tick, scale.step)
            middle = min(x, WIDTH - width_of(text) / 2)
            self.text(middle, bottom + 14, text, at="middle", kind="tick")
        self.parts = self.parts[behind:] + self.parts[:behind]
        self.line(scale.start, bottom, scale.end, bottom, "axis")
        self.text((scale.start + scale.end) / 2, bottom + 30, name, at="middle", kind="name")
        self.height = max(self.height, bottom + 36)

    def y_axis(self, scale: Scale, left: float, right: float) -> None:
        """Ticks with lines from ``left`` to ``right`` and their figures before them."""
        for tick in scale.ticks:
            y = scale(tick)
            self.line(left, y, right, y, "grid")
            self.text(left - 4, y + 4, tick_text(tick, scale.step), at="end", kind="tick")
        self.line(left, scale.start, left, scale.end, "axis")

    def svg(self, title: str, description: str) -> Markup:
        """The whole, with what a screen reader says of it."""
        return tag(
            "svg",
            tag("title", translated(title)),
            tag("desc", description),
            *self.parts,
            xmlns="http://www.w3.org/2000/svg",
            viewBox=f"0 0 {WIDTH} {place(self.height)}",
            role="img",
        )


def _width(character: str) -> float:
    return _NARROW if ord(character) < 0x2E80 else _WIDE  # where CJK begins


def width_of(text: str) -> float:
    """About how wide a label is."""
    return sum(map(_width, text))


def fitted(text: str, width: float) -> str:
    """``text``, shortened with … where it is wider than ``width``; the table has it whole."""
    ends = list(accumulate(map(_width, text[: int(width)])))  # no character is narrower than 1
    if len(text) <= len(ends) and (not ends or ends[-1] <= width):
        return text
    return f"{text[: bisect_right(ends, width - _WIDE)]}…"


def with_end(text: str, width: float) -> str:
    """``text``, its middle replaced by … where it is wider than ``width``: names of one family differ
    at their end.
    """
    if fitted(text, width) == text:
        return text
    head = fitted(text, width / 4)[:-1]
    return f"{head}…{fitted(text[::-1], width * 3 / 4)[-2::-1]}"


def legend(names: Sequence[str], *, kind: str) -> Markup:
    """What each series is (``bar`` shows fills, ``marker`` marks); nothing where there is one only."""
    if len(names) < 2:  # one needs no telling apart
        return Markup("")
    entries = []
    for number, name in enumerate(names):
        drawing = Drawing()
        if kind == "bar":
            drawing.bar(1, 1, 22, 12, number)
        else:
            drawing.marker(12, 7, number)
        box = {"viewBox": "0 0 24 14", "width": 24, "height": 14, "aria_hidden": "true"}
        key = tag("svg", *drawing.parts, **box)
        entries.append(tag("li", key, " ", tag("bdi", in_language(name))))
    return tag("ul", *entries, class_="legend")


def figure(
    title: str,
    drawing: Drawing,
    described: str,
    tables: Sequence[Markup],
    *,
    names: Sequence[str],
    values: Iterable[float | None],
    note: object,
    kind: str = "marker",
) -> Markup:
    """Title, legend, drawing, note, and the figures in tables that open on demand.

    Args:
        described: the drawing in words, for screen readers.
        names: of the series; ``kind`` as :func:`legend` takes it.
        values: all there are; the note says how many could not be drawn.
    """
    every = list(values)
    if missing := len(every) - len(finite(every)):
        left_out = f"{missing:,} of {len(every):,} values are missing and not drawn."
        note = joined(note, " ", left_out) if note else left_out
    return tag(
        "figure",
        tag("figcaption", in_language(title)),
        legend(names, kind=kind),
        drawing.svg(title, described),
        tag("p", in_language(note), class_="note") if note else "",
        folded("Figures", *tables),
    )
