"""The audit in the card says what the audit found."""

from __future__ import annotations

from pathlib import Path

import pytest

from jtextkit.builders.aozora import FolderLibrary
from jtextkit.builders.difficulty import DifficultyRecipe, DifficultySources, build
from jtextkit.builders.sample import lay_out
from jtextkit.builders.sets.reading import read_set
from jtextkit.check import audit as audit_of
from jtextkit.cli.sources import finishing
from jtextkit.core.files import sha256_of
from jtextkit.core.progress import silent
from jtextkit.hub.audit_section import add_audit, audit_section
from jtextkit.metrics.shortcuts import (
    AucEstimate,
    ShortcutAudit,
    ShortcutResult,
    Validity,
    children_auc,
)


def reading(auc: float, width: float = 0.02) -> AucEstimate:
    return AucEstimate(auc, auc - width, auc + width, texts=100, groups=50)


def audit(length: float, parts: bool = True) -> ShortcutAudit:
    rows = (
        ShortcutResult("length", True, reading(length), reading(0.5)),
        ShortcutResult("linear-baseline", False, reading(0.97), None),
    )
    aozora = ShortcutAudit(rows, 90, 90, ("Simple", "Complex"))
    return ShortcutAudit(rows, 100, 100, ("Simple", "Complex"), {"aozora": aozora} if parts else {})


def test_each_reading_with_its_interval_and_the_verdict() -> None:
    text = audit_section(audit(0.51), None)
    assert text.startswith("## Audit\n")
    assert "All do." in text
    cells = "0.51 (0.49–0.53) | 0.50 (0.48–0.52)"
    assert f"| length | {cells} | {cells} |" in text
    cells = "0.97 (0.95–0.99) | –"
    assert f"| *linear-baseline* | {cells} | {cells} |" in text
    assert "Aozora Bunko alone, cross-validated" in text
    assert "| | 100 texts | 100 texts | 90 texts | 90 texts |" in text
    assert "look from outside" not in text
    assert "Aozora" not in audit_section(audit(0.5, parts=False), None)


def test_a_shortcut_is_named() -> None:
    text = audit_section(audit(0.61), None)
    assert "**Not so here: length.**" in text
    assert "All do." not in text


def test_the_look_from_outside() -> None:
    validity = Validity("readability tells x from y", "drawn so", reading(0.66, 0.05), 11, 2345, 9)
    text = audit_section(audit(0.5), validity)
    assert "Readability tells x from y with AUC 0.66 (95 % interval 0.61–0.71)" in text
    assert "11 texts of fiction for children (K913) and 2,345 for adults (913) by 9 writers" in text
    assert text.endswith("Sampling: drawn so.\n")


def test_it_stands_before_the_limits(tmp_path: Path) -> None:
    card = tmp_path / "README.md"
    card.write_text("# Set\n\n## Limits\n\n- none\n", encoding="utf-8")
    add_audit(tmp_path, audit(0.5), None)
    before, _, after = card.read_text(encoding="utf-8").partition("## Limits\n")
    assert before == f"# Set\n\n{audit_section(audit(0.5), None)}\n"
    assert after == "\n- none\n"


@pytest.mark.slow
def test_a_set_that_the_program_builds_has_its_own_audit_in_its_card(tmp_path: Path) -> None:
    library, workbook = lay_out(tmp_path / "sources")
    sources = DifficultySources(FolderLibrary(library), workbook, jec_sha256=None, sample=True)
    folder = tmp_path / "set"
    receipt = build(folder, DifficultyRecipe(size=12), sources, finish=finishing(silent))
    rows = [item.values for item in read_set(folder).rows]
    text = (folder / "README.md").read_text(encoding="utf-8")
    assert audit_section(audit_of(folder), children_auc(rows)) in text
    assert receipt["files"]["README.md"]["sha256"] == sha256_of(folder / "README.md")
