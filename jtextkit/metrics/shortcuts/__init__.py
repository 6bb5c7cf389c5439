"""How well anything but the text predicts the label: the audit of shortcuts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jtextkit.core.lazy import lazy_names

if TYPE_CHECKING:
    from jtextkit.metrics.shortcuts.auc import AucEstimate
    from jtextkit.metrics.shortcuts.audit import (
        BAND,
        Feature,
        ShortcutAudit,
        ShortcutResult,
        audit_rows,
    )
    from jtextkit.metrics.shortcuts.validity import Validity, children_auc
else:
    __getattr__, __dir__ = lazy_names(
        __name__,
        {
            ".auc": "AucEstimate",
            ".audit": "BAND Feature ShortcutAudit ShortcutResult audit_rows",
            ".validity": "Validity children_auc",
        },
    )

__all__ = [
    "BAND", "AucEstimate", "Feature", "ShortcutAudit", "ShortcutResult", "Validity",
    "audit_rows", "children_auc",
]  # fmt: skip
