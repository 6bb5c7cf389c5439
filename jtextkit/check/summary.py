"""What a check found, as tables: for the terminal, a card in Markdown, and the page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from jtextkit import __version__
from jtextkit.builders.sets.findings import CheckReport, CheckResult, verdict
from jtextkit.check.run import ColumnReport
from jtextkit.core.display import cut
from jtextkit.core.errors import printable
from jtextkit.metrics.shortcuts.auc import AucEstimate
from jtextkit.metrics.shortcuts.audit import BAND, METHOD, ShortcutAudit


@dataclass(frozen=True, slots=True)
class Figures:
    """A table: heads of columns, of which ``words`` hold words, rows, and what to know of them."""

    title: str
    heads: Sequence[str]
    rows: Sequence[Sequence[str]]
    note: str = ""
    words: int = 1


def said_in_short(found: CheckReport) -> str:
    """The verdict, in a sentence."""
    said = verdict(found.findings)
    return f"{'Sound: ' if found.ok else ''}{said[0].upper()}{said[1:]}; {found.texts:,} texts."


def figures(found: CheckReport, doubtful: int = 0) -> Iterator[Figures]:
    """The tables of a report, with so many of the labels that a model doubts."""
    yield checks(found.findings)
    if found.audit is not None:
        for part, audit in {"": found.audit, **found.audit.parts}.items():
            yield _audit(f" ({part})" if part else "", audit)
    if not isinstance(found, ColumnReport):
        return
    sizes = {f"split {name}": number for name, number in found.splits.items()}
    sizes |= {f"label {name}": number for name, number in found.labels.items()}
    sizes |= {f"nearly repeating, {name}": number for name, number in found.copies.items()}
    counted = [(name, f"{number:,}") for name, number in sizes.items()]
    yield Figures("Texts", ("of these", "texts"), counted)
    if found.guesses:
        heads = ("label guessed from", "accuracy", "most frequent label", "texts")
        rows = []
        for one in found.guesses:
            accuracy = _reading(one.accuracy, one.low, one.high)
            rows.append((one.source, accuracy, f"{one.majority:.3f}", f"{one.texts:,}"))
        note = "By a linear model on characters, out of fold; 95 % Wilson intervals."
        yield Figures("How often the label is guessed", heads, rows, note)
    if found.doubtful and doubtful:
        heads = ("label to read again", "label", "rather", "text")
        rows = [(one.id, one.label, one.guess, cut(one.text)) for one in found.doubtful[:doubtful]]
        note = (
            "A model that learned from the other texts would give these another label, the first "
            "ones most clearly. Read them before you change one."
        )
        yield Figures("Labels to read again", heads, rows, note, words=4)


def checks(findings: Sequence[CheckResult]) -> Figures:
    """What was checked, and what came out."""
    rows = [(one.name, one.promise, one.result) for one in findings]
    left = [f"{one.name}: {one.examples[0]}" for one in findings if one.found is None]
    note = f"Not checked: {'; '.join(left)}." if left else ""
    return Figures("Checks", ("check", "what holds", "result"), rows, note, words=2)


def _audit(part: str, audit: ShortcutAudit) -> Figures:
    rows = [
        (
            row.predictor,
            _auc(row.cross_validated),
            _auc(row.train_to_test),
            ("breach" if row.bad else "ok") if row.shortcut else "no shortcut",
        )
        for row in audit.rows
    ]
    some = "" if audit.texts == audit.of else f", {audit.texts:,} of {audit.of:,} texts"
    heads = (
        f"what tells the label?{part}{some}",
        "AUC, cross-validated",
        f"AUC, train to {audit.rows[0].against}",
        f"{BAND[0]:.2f}-{BAND[1]:.2f}",
    )
    return Figures(f"What tells the label{part}", heads, rows, f"{METHOD}.")


def _auc(found: AucEstimate | None) -> str:
    return "–" if found is None else _reading(found.auc, found.low, found.high)


def _reading(value: float, low: float, high: float) -> str:
    return f"{value:.3f} ({low:.3f}-{high:.3f})"


def markdown(found: CheckReport) -> str:
    """A section for a card, from its heading on."""
    lines = [f"## Checked by jtextkit {__version__}", "", said_in_short(found)]
    for one in figures(found):
        right = "---:|" * (len(one.heads) - one.words)
        lines += ["", f"### {one.title}", "", _line(one.heads), f"|{'---|' * one.words}{right}"]
        lines += [*map(_line, one.rows), *(["", _cell(one.note)] if one.note else [])]
    return "\n".join(lines) + "\n"


def _line(cells: Sequence[str]) -> str:
    return f"| {' | '.join(map(_cell, cells))} |"


def _cell(text: str) -> str:
    """Names of columns and labels are anybody's: nothing in them is markup."""
    return "".join(f"\\{c}" if c in "\\|<>*`[]" else c for c in printable(text))
