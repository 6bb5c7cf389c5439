"""Which checks belong to which kind of set, by the name of its builder."""

from __future__ import annotations

from collections.abc import Callable

from jtextkit.builders.difficulty import promises as difficulty
from jtextkit.builders.sansu import promises as sansu
from jtextkit.builders.sets.findings import CheckReport, run_checks
from jtextkit.builders.sets.reading import TextSet
from jtextkit.builders.stx import promises as stx
from jtextkit.core.registry import Registry
from jtextkit.metrics.shortcuts.validity import children_auc

KINDS: Registry[Callable[[TextSet], CheckReport]] = Registry("kind of set")
"""Builder's name, as in the receipt, to what checks a set that it built."""


def _difficulty(data: TextSet) -> CheckReport:
    subject = difficulty.DifficultySet(data)
    findings = run_checks(difficulty.CHECKS, subject)
    validity = children_auc(item.values for item in subject.rows)
    return CheckReport(
        data.place,
        "difficulty-2level",
        subject.signature,
        len(data.rows),
        findings,
        subject.audit,
        (validity,) if validity else (),
    )


def _stx(data: TextSet) -> CheckReport:
    subject = stx.StxSet(data)
    findings = run_checks(stx.CHECKS, subject)
    return CheckReport(data.place, "stx", subject.signature, len(data.rows), findings)


def _sansu(data: TextSet) -> CheckReport:
    subject = sansu.SansuSet(data)
    findings = run_checks(sansu.CHECKS, subject)
    return CheckReport(data.place, "sansu", subject.signature, len(data.rows), findings)


KINDS.register("difficulty-2level", _difficulty)
KINDS.register("stx", _stx)
KINDS.register("sansu", _sansu)
