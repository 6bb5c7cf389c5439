"""Proving a set sound: checks of every promise, the shortcut audit, verification, differences.

>>> from jtextkit.check import audit, check_set  # doctest: +SKIP
>>> check_set("difficulty-2level").failed  # doctest: +SKIP
()
"""

from __future__ import annotations

from jtextkit.builders.sets.findings import Finding, Report
from jtextkit.check.run import audit, check_columns, check_set
from jtextkit.metrics.shortcuts.auc import Reading
from jtextkit.metrics.shortcuts.audit import Audit, AuditRow
from jtextkit.metrics.shortcuts.validity import Validity, children_auc

__all__ = [
    "Audit",
    "AuditRow",
    "Finding",
    "Reading",
    "Report",
    "Validity",
    "audit",
    "check_columns",
    "check_set",
    "children_auc",
]
