from jtextkit.metrics.shortcuts.auc import AucEstimate as AucEstimate
from jtextkit.metrics.shortcuts.audit import BAND as BAND
from jtextkit.metrics.shortcuts.audit import Feature as Feature
from jtextkit.metrics.shortcuts.audit import ShortcutAudit as ShortcutAudit
from jtextkit.metrics.shortcuts.audit import ShortcutResult as ShortcutResult
from jtextkit.metrics.shortcuts.audit import audit_rows as audit_rows
from jtextkit.metrics.shortcuts.validity import Validity as Validity
from jtextkit.metrics.shortcuts.validity import children_auc as children_auc
