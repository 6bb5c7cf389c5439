"""``jtextkit audit-solutions``: arithmetic and style of worked solutions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from jtextkit import __version__
from jtextkit.cli.output import json_text, print_table, progress_bar, refuse_shared, tell
from jtextkit.cli.parameters import Local, argument, command, option
from jtextkit.cli.rows import judged, line_writer, nothing_to_judge, places_of, report_bad_rows
from jtextkit.core.errors import printable
from jtextkit.core.files import output_errors, remove_file, sha256_of
from jtextkit.core.receipts import write_state
from jtextkit.core.rows import Row, read_rows, reading_errors, refuse_faults
from jtextkit.core.signatures import signature

if TYPE_CHECKING:
    from jtextkit.metrics.solutions import SolutionAudit

_SHOWN_FINDINGS = 10
_REPORT_EVERY = 200
RECEIPT_SUFFIX = ".receipt.json"


@dataclass
class AuditSummary:
    """Counts over audited solutions."""

    solutions: int = 0
    clean: int = 0  # of them, with nothing wrong
    equalities: int = 0  # recomputed
    findings: Counter[str] = field(default_factory=Counter)  # of each kind
    solutions_with: Counter[str] = field(default_factory=Counter)  # a kind or a rule
    style: Counter[str] = field(default_factory=Counter)  # findings of each rule of a style
    answers: Counter[str] = field(default_factory=Counter)  # their relations to references
    methods: Counter[str] = field(default_factory=Counter)  # a solution may have several
    no_method: int = 0  # solutions without a 特殊算

    def add(self, audit: SolutionAudit) -> None:
        """Count one solution."""
        kinds = [finding.kind for finding in audit.findings]
        rules = [finding.rule for finding in audit.style]
        self.solutions += 1
        self.clean += audit.clean
        self.equalities += audit.equalities
        self.findings.update(kinds)
        self.solutions_with.update({*kinds, *rules})
        self.style.update(rules)
        self.answers.update([audit.relation] if audit.relation else [])
        self.methods.update(audit.methods)
        self.no_method += not audit.methods

    def to_dict(self) -> dict[str, Any]:
        """For JSON and receipts: counts of solutions and of findings by name."""
        return {
            name: dict(sorted(count.items())) if isinstance(count, Counter) else count
            for name, count in vars(self).items()
        }


@command("audit-solutions")
def audit_command(
    *,
    file: Local = argument("FILE"),
    style: str | None = option(
        "Judge style too: as for middle-school entrance, or with the letters of grade 6.",
        type=click.Choice(("strict", "grade6")),  # of STYLES; to load it takes as long as the rest
    ),
    as_json: bool = option("One JSON object with the counts."),
    instances: Path | None = option(
        "Write a line of JSON for each solution: findings with their places, answer, methods.",
        metavar="OUT",
    ),
    kept: Path | None = option(
        "Write the rows with nothing wrong to OUT (JSONL), with a receipt OUT.receipt.json.",
        flag="--drop-failing",
        metavar="OUT",
    ),
) -> None:
    """Recompute every equation in worked solutions, and compare their answers."""
    from jtextkit.metrics.solutions import audit_solution

    def audit(values: Mapping[str, Any]) -> SolutionAudit | str:
        found = _problem(values)
        return found if isinstance(found, str) else audit_solution(**found, style=style)

    refuse_shared({"--instances": instances, "--drop-failing": kept}, file)
    summary = AuditSummary()
    bad: list[Row] = []
    examples: list[tuple[str, SolutionAudit]] = []
    before = None
    if kept is not None and Path(file).is_file():
        with reading_errors(Path(file)):
            before = sha256_of(Path(file))
    with ExitStack() as stack:
        write_instance = stack.enter_context(line_writer(instances, "--instances"))
        keep = stack.enter_context(line_writer(kept, "--drop-failing"))
        report = stack.enter_context(progress_bar())
        for row in read_rows(file):
            if summary.solutions % _REPORT_EVERY == 0:
                report("auditing", summary.solutions, 0)
            found = judged(row, audit, bad)
            if found is None:
                continue
            summary.add(found)
            write_instance({"id": _id(row), "line": row.number, **found.to_dict()})
            if found.clean:
                keep(row.values)
            elif len(examples) < _SHOWN_FINDINGS:
                examples.append((str(_id(row)), found))
        if not summary.solutions:
            example = '{"id": "1", "problem": "...", "solution": "...", "answer": "..."}'
            raise nothing_to_judge(file, "row with a solution", bad, example)
        if kept is not None:
            remove_file(_receipt_path(kept))  # of an older subset: it would not match
    made = signature("audit-solutions", style=style or "none")
    if kept is not None:
        making = {"signature": made, "style": style, "jtextkit": __version__}
        with output_errors(kept):
            _write_receipt(kept, file, before, summary, len(bad), making)
    report_bad_rows(bad)
    if as_json:
        figures = {**summary.to_dict(), "bad_rows": places_of(bad), "signature": made}
        click.echo(json_text({"file": file, **figures}, indent=2))
    else:
        _print(summary, examples, bad)
        tell(made, "dim")
    refuse_faults(sum(row.fault for row in bad), file)


def _problem(values: Mapping[str, Any]) -> dict[str, Any] | str:
    """Solution, problem and answer of a row that can be audited, or why it cannot be."""
    solution, problem = values.get("solution", values.get("text")), values.get("problem")
    if solution is None and isinstance(values.get("messages"), list):
        solution = _last_turn(values["messages"], "assistant")
        problem = problem or _last_turn(values["messages"], "user")
    if not isinstance(solution, str):
        return "no text in 'solution'"
    if not solution.strip():
        return "an empty solution"
    given = values.get("answer")
    answers = given if isinstance(given, list) else [] if given is None else [given]
    if given == [] or any(type(one) not in (str, int, float) for one in answers):
        return "'answer' is no text, no number and no list of them"
    texts = [str(one) for one in answers] or None
    return {
        "solution": solution,
        "problem": problem if isinstance(problem, str) else "",
        "answer": texts[0] if texts and not isinstance(given, list) else texts,
    }


def _last_turn(messages: list[Any], role: str) -> object:
    turns = (one for one in reversed(messages) if isinstance(one, Mapping))
    return next((one.get("content") for one in turns if one.get("role") == role), None)


def _id(row: Row) -> Any:
    found = row.values.get("id")
    return row.number if found is None else found


def _receipt_path(output: Path) -> Path:
    return output.with_name(f"{output.name}{RECEIPT_SUFFIX}")


def _write_receipt(
    kept: Path,
    file: str,
    sha256: str | None,
    summary: AuditSummary,
    bad: int,
    making: dict[str, Any],
) -> None:
    name = "standard input" if file == "-" else Path(file).name
    rows = {"rows": summary.solutions + bad, "bad_rows": bad}
    there = {"bytes": kept.stat().st_size, "rows": summary.clean, "sha256": sha256_of(kept)}
    receipt = {
        "input": {"name": name, "sha256": sha256, **rows},
        "making": making,
        "output": {"name": kept.name, **there},
        "dropped": summary.solutions - summary.clean,
        "found": summary.to_dict(),
    }
    write_state(_receipt_path(kept), receipt)


def _print(
    summary: AuditSummary, examples: list[tuple[str, SolutionAudit]], bad: list[Row]
) -> None:
    from jtextkit.metrics.solutions import KINDS, RULES

    parts = (("", summary.findings, KINDS), ("style: ", summary.style, RULES))
    rows = [
        (f"{before}{kind}", summary.solutions_with[kind], counts[kind], what)
        for before, counts, kinds in parts
        for kind, what in kinds.items()
        if counts[kind]
    ]
    share = summary.clean / summary.solutions
    nothing = ("nothing", summary.clean, "", f"{share:.1%} of {summary.solutions:,}")
    print_table(
        ["found", "solutions", "findings", "what"], [*rows, nothing], words=(0, 3), told=(0, 3)
    )
    tell(f"{summary.equalities:,} equalities recomputed; {len(bad):,} rows left out")
    if summary.methods:
        names = ", ".join(f"{name} {number:,}" for name, number in summary.methods.most_common())
        tell(f"methods: {names}; none {summary.no_method:,}")
    for name, found in examples:
        for finding in (one for one in found.findings if not one.is_note):
            said = repr(finding.text)
            if finding.computed:
                said = f"{said}, recomputed {finding.computed}"
            tell(printable(f"{name}: line {finding.line}: {finding.kind}: {said}"))
        for broken in found.style[:3]:
            tell(printable(f"{name}: line {broken.line}: {broken.rule}: {broken.text!r}"))
