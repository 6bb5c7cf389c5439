"""Where texts stand: the formula's six levels and the second opinion's percentile, one below the other.

Both scales run from easy at the left to hard at the right; each mark has its error on both sides.
"""

from __future__ import annotations

from collections.abc import Mapping

from jtextkit.core.language import translated
from jtextkit.core.markup import Markup, tag
from jtextkit.metrics.readability.formula import LEVELS, SCALE
from jtextkit.metrics.readability.profiles import Profile
from jtextkit.report.drawing import LEFT, RIGHT, Drawing, Scale, place, width_of

_BAR = 13


def level_name(level: str | None) -> tuple[str, str]:
    """A level and its short word in the reader's language; "" where there is none."""
    name, _, word = translated(level or "off the scale").partition("・")
    return name.replace("-", " "), word


def gauge(texts: Mapping[str, Profile]) -> Markup:
    """Both scales with a mark for each text, by its name: one, or two to compare."""
    drawing = Drawing()
    top = 42 if len(texts) > 1 else 32  # room for the marks' names
    steps = Scale(-SCALE[1], -SCALE[0], LEFT, RIGHT, 1.0)  # harder is lower, and stands right
    hit = {found.score.level for found in texts.values()}
    drawing.text(LEFT, 12, translated("Formula: length of sentences, 語種"), kind="row")
    for number, (level, lowest) in enumerate(reversed(LEVELS), 1):
        left, right = steps(-lowest - 1.0), steps(-lowest)
        drawing.rect(left, top, right - left - 1.5, _BAR, f"g{number}")
        half = translated("lower" if number % 2 else "upper")
        kind = "row" if level in hit else "tick"
        drawing.text((left + right) / 2, top + 28, half, at="middle", kind=kind)
    for number, group in enumerate(("elementary", "intermediate", "advanced")):
        middle = steps(-SCALE[1] + 2 * number + 1)
        drawing.text(middle, top + 44, translated(group), at="middle", kind="name")
    _marks(drawing, steps, top, {n: (-t.readability, t.readability_se) for n, t in texts.items()})
    line, top = top + 74, 2 * top + 62
    percent = Scale(0, 100, LEFT, RIGHT, 25)
    drawing.text(LEFT, line, translated("With kanji and words: among Aozora passages"), kind="row")
    for number in range(4):
        left = percent(25 * number)
        drawing.rect(left, top, percent(25 * number + 25) - left - 1.5, _BAR, f"g{number + 2}")
    for share, side in ((0, "start"), (50, "middle"), (100, "end")):
        drawing.text(percent(share), top + 28, f"{share} %", at=side, kind="tick")
    _marks(
        drawing, percent, top, {n: (t.harder_than_percent, t.harder_se) for n, t in texts.items()}
    )
    drawing.height = top + 34
    said = [": ".join(filter(None, (name, _said(found)))) for name, found in texts.items()]
    picture = drawing.svg(translated("Where the text stands"), "; ".join(said))
    return tag("div", picture, class_="gauge")


def _said(found: Profile) -> str:
    level = " ".join(filter(None, level_name(found.score.level)))
    return f"{level}, {found.readability:.2f}, {found.harder_than_percent:.0f} %"


def _marks(
    drawing: Drawing, scale: Scale, top: float, texts: Mapping[str, tuple[float, float | None]]
) -> None:
    """A needle for each text, and its error at both sides; of two, the first is hollow."""
    lowest = min(value for value, _ in texts.values())
    for number, (name, (value, error)) in enumerate(texts.items()):
        x = scale(value)
        if error is not None:
            left, right = scale(value - error), scale(value + error)
            drawing.rect(left, top + _BAR / 2 - 1.5, right - left, 3, "error")
        kind = "needle hollow" if number < len(texts) - 1 else "needle"
        path = f"M{place(x - 6)} {place(top - 9)}h12l-4.5 8v{_BAR + 3}h-3v-{_BAR + 3}z"
        drawing.parts.append(tag("path", d=path, class_=kind))
        if name:  # beside each other, away from the other one
            side = "end" if value == lowest and x > 2 * width_of(name) else "start"
            drawing.text(x + (6 if side == "end" else -6), top - 13, name, at=side, kind="tick")
