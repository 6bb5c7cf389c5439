"""Scales and ticks: from numbers to places on a drawing."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

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
    return (
        f"{value:.1f}".removesuffix(".0").replace("-0", "0")
        if abs(value) < 0.05
        else f"{value:.1f}".removesuffix(".0")
    )
