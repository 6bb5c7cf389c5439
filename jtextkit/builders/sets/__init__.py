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
            ".findings": "Check CheckReport CheckResult",
            ".reading": "TextSet read_set",
            ".splits": "SPLITS",
        },
    )

__all__ = ["SPLITS", "Check", "CheckReport", "CheckResult", "TextSet", "read_set"]
