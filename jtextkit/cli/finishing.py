"""What stands beside the data of a built set and is made above the builders: audit and report.

``build`` and ``verify --rebuild`` must add the same, or a rebuild would not give the same files.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from jtextkit.builders.difficulty.recipe import DifficultyRecipe
from jtextkit.builders.sets.writing import Finish
from jtextkit.core.progress import Progress


def finishing(report: Progress) -> list[Finish]:
    """The steps, for ``finish`` of :func:`jtextkit.builders.difficulty.build` and ``rebuild``."""

    def add_audit_and_report(folder: Path, receipt: Mapping[str, Any]) -> None:
        from jtextkit.builders.sets.reading import read_set
        from jtextkit.check import audit
        from jtextkit.hub.audit_section import add_audit
        from jtextkit.metrics.shortcuts import children_auc
        from jtextkit.report.difficulty import write_report

        report("auditing and reporting", 0, 0)
        audited = audit(folder, labels=DifficultyRecipe.from_dict(dict(receipt["recipe"])).labels)
        add_audit(folder, audited, children_auc(item.values for item in read_set(folder).rows))
        write_report(folder, receipt, audited)

    return [add_audit_and_report]
