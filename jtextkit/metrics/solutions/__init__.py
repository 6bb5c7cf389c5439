"""Worked solutions of 算数 problems: every step recomputed, the answer compared, the style judged.

:func:`audit_solution` does all of it for one solution. Numbers, units and answers are read by
:mod:`jtextkit.metrics.answers`; arithmetic is exact.
"""

from jtextkit.metrics.solutions.audit import SolutionAudit, audit_solution
from jtextkit.metrics.solutions.findings import KINDS, SolutionFinding
from jtextkit.metrics.solutions.style import METHODS, RULES, STYLES, StyleFinding, methods_of

__all__ = [
    "KINDS", "METHODS", "RULES", "STYLES", "SolutionAudit", "SolutionFinding", "StyleFinding",
    "audit_solution", "methods_of",
]  # fmt: skip
