"""What might tell the label of difficulty-2level without reading the text, and the audit of it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

from jtextkit.builders.sets.shortcuts import kanji_share
from jtextkit.core.progress import Progress
from jtextkit.metrics.shortcuts.audit import Feature, ShortcutAudit, audit_rows

_YEAR = re.compile(r"1[6-9]\d\d|20\d\d")


def year_of(row: Mapping[str, Any]) -> int | None:
    """The first year that the catalogue names in a work's first publication."""
    found = _YEAR.search(row.get("first_published") or "")
    return int(found[0]) if found else None


FEATURES: Final = (
    Feature("length", lambda row: len(row["text"]), "number"),
    Feature("source", lambda row: row["source"]),
    Feature("writer", lambda row: row["writer_id"]),
    Feature("orthography", lambda row: row["orthography"]),
    Feature("year", year_of, "number"),
    Feature("author-died", lambda row: row["author_died"], "number"),
    Feature("work", lambda row: row["work_id"], shortcut=False),
    Feature("words", lambda row: row["words"], "number", shortcut=False),
    Feature("kanji-share", lambda row: kanji_share(row["text"]), "number", shortcut=False),
    Feature("words-per-sentence", lambda row: row["words_per_sentence"], "number", shortcut=False),
    Feature("linear-baseline", lambda row: row["text"], "text", shortcut=False),
)
"""What the label is predicted from; the last five are no shortcuts but stand beside them."""


def audit_difficulty(
    rows: Sequence[tuple[str, Mapping[str, Any]]], labels: Sequence[str], report: Progress
) -> ShortcutAudit:
    """Audit rows given with their splits; ``labels`` are the names of 0, 1, …"""
    aozora = [place for place, (_, row) in enumerate(rows) if row["source"] == "aozora"]
    return audit_rows(
        [row for _, row in rows],
        FEATURES,
        labels=[labels[row["label"]] for _, row in rows],
        groups=[row["pair_id"] or row["id"] for _, row in rows],
        splits=[split for split, _ in rows],
        classes=labels,
        parts={"aozora": aozora} if 0 < len(aozora) < len(rows) else {},
        report=report,
    )
