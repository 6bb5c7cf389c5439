"""Numbers, units and values in Japanese text."""

from jtextkit.metrics.quantities.finding import find_values
from jtextkit.metrics.quantities.units import Unit, read_unit
from jtextkit.metrics.quantities.values import KINDS, SCALAR_KINDS, Value

__all__ = ["KINDS", "SCALAR_KINDS", "Unit", "Value", "find_values", "read_unit"]
