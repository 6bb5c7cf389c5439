"""Numbers, units and values in Japanese text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jtextkit.core.lazy import lazy_names

if TYPE_CHECKING:
    from jtextkit.metrics.quantities.finding import find_values
    from jtextkit.metrics.quantities.units import Unit, read_unit
    from jtextkit.metrics.quantities.values import KINDS, SCALAR_KINDS, Value
else:
    __getattr__, __dir__ = lazy_names(
        __name__,
        {
            "KINDS": "jtextkit.metrics.quantities.values",
            "SCALAR_KINDS": "jtextkit.metrics.quantities.values",
            "Unit": "jtextkit.metrics.quantities.units",
            "Value": "jtextkit.metrics.quantities.values",
            "find_values": "jtextkit.metrics.quantities.finding",
            "read_unit": "jtextkit.metrics.quantities.units",
        },
    )

__all__ = [
    "KINDS",
    "SCALAR_KINDS",
    "Unit",
    "Value",
    "find_values",
    "read_unit",
]
