"""Proving a set sound: checks of every promise, the shortcut audit, verification, differences.

>>> from jtextkit.check import audit, check_set  # doctest: +SKIP
>>> check_set("difficulty-2level").failed  # doctest: +SKIP
()
"""

from __future__ import annotations

from jtextkit.builders.sets.findings import CheckReport, CheckResult
from jtextkit.check.run import audit, check_columns, check_set
from jtextkit.metrics.shortcuts.auc import AucEstimate
from jtextkit.metrics.shortcuts.audit import ShortcutAudit, ShortcutResult
from jtextkit.metrics.shortcuts.validity import Validity, children_auc

__all__ = [
    "AucEstimate",
    "CheckReport",
    "CheckResult",
    "ShortcutAudit",
    "ShortcutResult",
    "Validity",
    "audit",
    "check_columns",
    "check_set",
    "children_auc",
]
