"""The audit in the card: what predicts the label without reading the text, and a look from outside."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from jtextkit.builders.difficulty.card import with_audit
from jtextkit.hub.folder import CARD
from jtextkit.metrics.shortcuts import AucEstimate, ShortcutAudit, Validity
from jtextkit.metrics.shortcuts.audit import BAND, METHOD

_PARTS = {"aozora": "Aozora Bunko alone"}


def add_audit(folder: Path, audit: ShortcutAudit, validity: Validity | None) -> None:
    """Put the audit into the card of a set that is all but finished."""
    card = folder / CARD
    text = with_audit(card.read_text(encoding="utf-8"), audit_section(audit, validity))
    card.write_text(text, encoding="utf-8", newline="\n")


def audit_section(audit: ShortcutAudit, validity: Validity | None) -> str:
    """The section, from its heading on.

    Args:
        validity: how readability separates fiction for children from fiction for adults; None leaves
            it out.
    """
    bad = ", ".join(row.predictor for row in audit.rows if row.bad)
    verdict = "All do." if audit.ok else f"**Not so here: {bad}.**"
    lines = [
        "## Audit\n",
        f"{METHOD}. 0.5 is chance. The first rows are shortcuts: they should lie within "
        f"{BAND[0]:.2f} to {BAND[1]:.2f}, or their interval should leave that open where texts are few. "
        f"{verdict} The rows in italics may tell it: they read the text, as the label does, and show "
        "what a simple baseline reaches; or they know the work, of which a few texts are here.\n",
        *_table({"all texts": audit, **{_PARTS.get(k, k): v for k, v in audit.parts.items()}}),
    ]
    if validity is not None:
        lines += ["", _outside(validity)]
    return "\n".join(lines) + "\n"


def _table(audits: Mapping[str, ShortcutAudit]) -> list[str]:
    heads = [
        f"{part}, {reading}" for part in audits for reading in ("cross-validated", "train to test")
    ]
    texts = [f"{audit.texts:,} texts" for audit in audits.values() for _ in range(2)]
    lines = [
        f"| label from | {' | '.join(heads)} |",
        f"|---|{'---:|' * len(heads)}",
        f"| | {' | '.join(texts)} |",
    ]
    whole = next(iter(audits.values()))
    for row in whole.rows:
        cells: list[str] = []
        for audit in audits.values():
            same = audit[row.predictor]
            cells += [_shown(same.cross_validated), _shown(same.train_to_test)]
        name = row.predictor if row.shortcut else f"*{row.predictor}*"
        lines.append(f"| {name} | {' | '.join(cells)} |")
    return lines


def _shown(reading: AucEstimate | None) -> str:
    if reading is None:
        return "–"
    return f"{reading.auc:.2f} ({reading.low:.2f}–{reading.high:.2f})"


def _outside(validity: Validity) -> str:
    reading = validity.reading
    return (
        f"**A look from outside.** {validity.name[0].upper()}{validity.name[1:]} with AUC "
        f"{reading.auc:.2f} (95 % interval {reading.low:.2f}–{reading.high:.2f}): "
        f"{validity.children:,} texts of fiction for children (K913) and {validity.adults:,} for "
        f"adults (913) by {validity.writers:,} writers, whose texts are kept together. "
        f"Sampling: {validity.sampling}."
    )
