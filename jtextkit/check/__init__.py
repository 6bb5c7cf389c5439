"""Proving a set sound: checks of every promise, the shortcut audit, verification, differences.

:func:`check_set` takes a built set, :func:`check_columns` anybody's, :func:`audit` a frame too.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from jtextkit.core.lazy import lazy_names

if TYPE_CHECKING:
    from jtextkit.builders.sets.findings import CheckReport, CheckResult
    from jtextkit.check.differences import Differences, compare
    from jtextkit.check.run import audit, check_columns, check_set
    from jtextkit.check.verify import Verified, compare_rebuilt, verify_files
    from jtextkit.metrics.shortcuts.auc import AucEstimate
    from jtextkit.metrics.shortcuts.audit import ShortcutAudit, ShortcutResult
    from jtextkit.metrics.shortcuts.validity import Validity, children_auc
else:
    __getattr__, __dir__ = lazy_names(
        __name__,
        {
            "AucEstimate": "jtextkit.metrics.shortcuts.auc",
            "CheckReport": "jtextkit.builders.sets.findings",
            "CheckResult": "jtextkit.builders.sets.findings",
            "Differences": "jtextkit.check.differences",
            "ShortcutAudit": "jtextkit.metrics.shortcuts.audit",
            "ShortcutResult": "jtextkit.metrics.shortcuts.audit",
            "Validity": "jtextkit.metrics.shortcuts.validity",
            "Verified": "jtextkit.check.verify",
            "audit": "jtextkit.check.run",
            "check_columns": "jtextkit.check.run",
            "check_set": "jtextkit.check.run",
            "children_auc": "jtextkit.metrics.shortcuts.validity",
            "compare": "jtextkit.check.differences",
            "compare_rebuilt": "jtextkit.check.verify",
            "verify_files": "jtextkit.check.verify",
        },
    )

__all__ = [
    "AucEstimate",
    "CheckReport",
    "CheckResult",
    "Differences",
    "ShortcutAudit",
    "ShortcutResult",
    "Validity",
    "Verified",
    "audit",
    "check_columns",
    "check_set",
    "children_auc",
    "compare",
    "compare_rebuilt",
    "verify_files",
]
