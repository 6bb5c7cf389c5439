"""Many audits added up."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from jtextkit.metrics.solutions.audit import SolutionAudit


@dataclass
class AuditSummary:
    """Counts over audited solutions.

    Attributes:
        solutions, clean: how many there are, and with nothing wrong.
        equalities: how many were recomputed.
        with_finding: solutions with at least one finding of each kind.
        findings: findings of each kind.
        with_style, style: the same for the rules of a style.
        relations: of stated answers to references.
        methods: solutions by 特殊算; one may have several.
        unlabelled: solutions without any.
    """

    solutions: int = 0
    clean: int = 0
    equalities: int = 0
    with_finding: Counter[str] = field(default_factory=Counter)
    findings: Counter[str] = field(default_factory=Counter)
    with_style: Counter[str] = field(default_factory=Counter)
    style: Counter[str] = field(default_factory=Counter)
    relations: Counter[str] = field(default_factory=Counter)
    methods: Counter[str] = field(default_factory=Counter)
    unlabelled: int = 0

    def add(self, audit: SolutionAudit) -> None:
        """Count one solution."""
        self.solutions += 1
        self.clean += audit.clean
        self.equalities += audit.equalities
        self.findings.update(finding.kind for finding in audit.findings)
        self.with_finding.update({finding.kind for finding in audit.findings})
        self.style.update(finding.rule for finding in audit.style)
        self.with_style.update({finding.rule for finding in audit.style})
        if audit.relation is not None:
            self.relations[audit.relation] += 1
        self.methods.update(audit.methods)
        self.unlabelled += not audit.methods

    def to_dict(self) -> dict[str, Any]:
        """For JSON and receipts: counts of solutions and of findings by name."""
        return {
            "solutions": self.solutions,
            "clean": self.clean,
            "equalities": self.equalities,
            "findings": dict(sorted(self.findings.items())),
            "solutions_with": dict(sorted({**self.with_finding, **self.with_style}.items())),
            "style": dict(sorted(self.style.items())),
            "answers": dict(sorted(self.relations.items())),
            "methods": dict(sorted(self.methods.items())),
            "no_method": self.unlabelled,
        }
