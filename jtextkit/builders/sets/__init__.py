"""What every built set is: recipe, columns, writing, card, promises, reading, splits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jtextkit.core.lazy import lazy_names

if TYPE_CHECKING:
    from jtextkit.builders.sets.findings import Check, CheckReport, CheckResult
    from jtextkit.builders.sets.reading import TextSet, read_set
    from jtextkit.builders.sets.splits import SPLITS
else:
    __getattr__, __dir__ = lazy_names(
        __name__,
        {
            "Check": "jtextkit.builders.sets.findings",
            "CheckReport": "jtextkit.builders.sets.findings",
            "CheckResult": "jtextkit.builders.sets.findings",
            "SPLITS": "jtextkit.builders.sets.splits",
            "TextSet": "jtextkit.builders.sets.reading",
            "read_set": "jtextkit.builders.sets.reading",
        },
    )

__all__ = ["SPLITS", "Check", "CheckReport", "CheckResult", "TextSet", "read_set"]
