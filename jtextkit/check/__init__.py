"""Proving a set sound: checks of every promise, the shortcut audit, verification, differences.

:func:`check_set` takes a built set, :func:`check_columns` anybody's, :func:`audit` a frame too.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from jtextkit.core.lazy import lazy_names

if TYPE_CHECKING:
    from jtextkit.builders.sets.findings import CheckReport, CheckResult
    from jtextkit.check.differences import compare
    from jtextkit.check.run import ColumnReport, audit, check_columns, check_set
    from jtextkit.check.verify import verify_files
else:
    __getattr__, __dir__ = lazy_names(
        __name__,
        {
            ".differences": "compare",
            ".run": "ColumnReport audit check_columns check_set",
            ".verify": "verify_files",
            "jtextkit.builders.sets.findings": "CheckReport CheckResult",
        },
    )

__all__ = [
    "CheckReport", "CheckResult", "ColumnReport", "audit", "check_columns", "check_set", "compare",
    "verify_files",
]  # fmt: skip
