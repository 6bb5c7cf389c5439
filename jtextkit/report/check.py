"""The page of ``jtextkit check --html``."""

from __future__ import annotations

from collections.abc import Iterator

from jtextkit.builders.sets.findings import CheckReport
from jtextkit.check.summary import figures, said_in_short
from jtextkit.core.errors import printable
from jtextkit.core.language import translated
from jtextkit.core.markup import Markup, japanese, tag
from jtextkit.report.page import Section, page
from jtextkit.report.plots import Estimate, intervals
from jtextkit.report.tables import table

_DOUBTFUL = 100


def check_page(found: CheckReport) -> str:
    """What was found, with examples; what was checked, what tells the label, labels to read again."""
    sections = [Section("Breaches", [*_breaches(found)])] * any(one.found for one in found.findings)
    for one in figures(found, _DOUBTFUL):
        rows = [[japanese(printable(translated(cell))) for cell in row] for row in one.rows]
        content: list[object] = [table(one.heads, rows, caption=one.title)]
        if one.title == "What tells the label":
            content.append(_drawn(found))
        sections.append(Section(one.title, [*content, *([one.note] if one.note else [])]))
    lead = [tag("p", translated(said_in_short(found)), class_="ok" if found.ok else "bad")]
    if found.signature:
        lead.append(tag("p", tag("code", found.signature), class_="soft"))
    return page(f"Check of {printable(found.place)}", sections, lead=lead)


def _breaches(found: CheckReport) -> Iterator[Markup]:
    for one in found.findings:
        if one.found:
            yield tag("h3", f"{one.name} ({translated(one.promise)}): {one.result}")
            yield tag("ul", *(japanese(printable(line), "li") for line in one.examples))
            if one.found > len(one.examples):
                yield tag("p", f"and {one.found - len(one.examples):,} more", class_="note")


def _drawn(found: CheckReport) -> Markup:
    return intervals(
        "AUC of the label, cross-validated",
        [
            Estimate(printable(row.predictor), reading.auc, reading.low, reading.high)
            for row in (found.audit.rows if found.audit else ())
            if (reading := row.cross_validated)
        ],
        x="0.5 is chance",
        domain=(0, 1),
        digits=3,
        note="95 % intervals.",
    )
