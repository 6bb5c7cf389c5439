"""What the audit finds in a row, as flags: for those who import rows and those who check them."""

from __future__ import annotations

from collections.abc import Sequence

from jtextkit.metrics.solutions import SolutionAudit, audit_solution


def audited(
    problem: str, solution: str, answers: Sequence[str], style: str | None
) -> SolutionAudit:
    """The arithmetic and style audit of a row; without ``answers`` the stated one is held against
    what the solution arrives at.
    """
    return audit_solution(solution, answer=list(answers) or None, style=style, problem=problem)


def flags_of(found: SolutionAudit) -> list[str]:
    """Every fault once, in the order found: kinds of findings, then ``style:`` and rules.

    Notes (a rounded result) are no faults.
    """
    kinds = [finding.kind for finding in found.findings if not finding.is_note]
    return list(dict.fromkeys([*kinds, *(f"style:{finding.rule}" for finding in found.style)]))
