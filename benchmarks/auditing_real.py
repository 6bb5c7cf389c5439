"""What the audit of solutions is worth on what chat models really wrote.

Reads two files that are no part of this project: ``solutions/judged.jsonl`` (real solutions, every
false equation marked by hand) and ``answers/judged.jsonl`` (real outputs, each judged right or
wrong). Prints, with 95 % Wilson intervals and beside the plain rule that looks for ``a + b = c``:

- false equations found, and solutions without one alarmed: by question, by kind, by half of the
  questions (every second question was looked at while the reader was written, the others not until
  the end of it);
- the share of right answers among number questions, all and those left by the audit, with and
  without the reference: what the audit does for a set of solutions.

    python benchmarks/auditing_real.py [--shared ../shared] [--missed]
"""

from __future__ import annotations

import argparse
import json
import os
import re
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path
from typing import Any

from jtextkit.metrics.intervals import wilson
from jtextkit.metrics.quantities.folding import fold
from jtextkit.metrics.solutions import audit_solution
from jtextkit.metrics.solutions.findings import STEPS

Span = tuple[int, int]
Reader = Callable[[str], list[Span]]

_NUMBER = r"([0-9][0-9,]*(?:\.[0-9]+)?)"
_UNIT = r"[^0-9+\-×÷*/=.,\s]{0,4}"
_PLAIN = re.compile(rf"{_NUMBER}{_UNIT} ?([+\-×÷*/]) ?{_NUMBER}{_UNIT} ?= ?\**{_NUMBER}")


def by_audit(text: str) -> list[Span]:
    """Where the audit finds a false step."""
    return [(one.start, one.end) for one in audit_solution(text).findings if one.kind in STEPS]


def by_rule(text: str) -> list[Span]:
    """The baseline: two numbers, an operator and a result that is not theirs."""
    found = []
    for match in _PLAIN.finditer(fold(text)):
        a, b, c = (Fraction(match[group].replace(",", "")) for group in (1, 3, 4))
        if match[2] in "÷/" and not b:
            continue
        value = {"+": a + b, "-": a - b, "×": a * b, "*": a * b}.get(match[2])
        if (a / b if value is None else value) != c:
            found.append(match.span())
    return found


@dataclass
class Tally:
    """Marked errors and those found, clean solutions and those alarmed."""

    errors: int = 0
    found: int = 0
    clean: int = 0
    alarmed: int = 0
    kinds: Counter[str] = field(default_factory=Counter)
    found_kinds: Counter[str] = field(default_factory=Counter)

    def add(self, row: dict[str, Any], spans: list[Span]) -> list[str]:
        """Count one solution; the errors missed."""
        if not row["errors"]:
            self.clean += 1
            self.alarmed += bool(spans)
        missed = []
        for error, (start, end) in zip(row["errors"], _places(row), strict=True):
            hit = any(a < end and start < b for a, b in spans)
            self.errors += 1
            self.found += hit
            self.kinds[error["kind"]] += 1
            self.found_kinds[error["kind"]] += hit
            if not hit:
                missed.append(error["text"])
        return missed

    def __str__(self) -> str:
        return (
            f"found {_share(self.found, self.errors)}   alarmed {_share(self.alarmed, self.clean)}"
        )


def _places(row: dict[str, Any]) -> list[Span]:
    """Where each marked error stands: they are given in the order of the text."""
    places, position = [], 0
    for error in row["errors"]:
        start = row["solution"].find(error["text"], position)
        start = row["solution"].find(error["text"]) if start < 0 else start
        places.append((start, start + len(error["text"])))
        position = max(position, start + 1)
    return places


def _share(hits: int, n: int) -> str:
    interval = wilson(hits, n)
    between = f" [{interval.low:.2f}, {interval.high:.2f}]" if interval else ""
    return f"{hits:>3} of {n:>3}{between:<14}"


def _rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def steps(rows: list[dict[str, Any]], *, missed: bool) -> None:
    """Print false equations found and clean solutions alarmed."""
    questions = list(dict.fromkeys(row["question"] for row in rows))
    looked_at = set(questions[::2])
    halves = {"looked at": looked_at, "kept back": set(questions) - looked_at}
    groups = {f"question {n}": {one} for n, one in enumerate(questions, start=1)}
    readers: dict[str, Reader] = {"audit": by_audit, "plain rule": by_rule}
    for name, reader in readers.items():
        spans = [reader(row["solution"]) for row in rows]
        print(f"{name}: {len(rows)} solutions to {len(questions)} questions")
        for group, members in {"all": set(questions), **halves, **groups}.items():
            tally = Tally()
            for row, found in zip(rows, spans, strict=True):
                if row["question"] in members:
                    out = tally.add(row, found)
                    if missed and group == "all" and name == "audit":
                        print(*(f"    missed: {text!r}\n" for text in out), sep="", end="")
            print(f"  {group:<12} {tally}")
            if group == "all":
                for kind, n in tally.kinds.most_common():
                    print(f"    {kind:<10} {_share(tally.found_kinds[kind], n)}")


def filtering(rows: Iterable[dict[str, Any]]) -> None:
    """Print what is right among outputs to number questions, all and those that the audit leaves."""
    kept: dict[str, list[bool]] = {}
    for row in rows:
        if row["kind"] != "number":
            continue
        text, right = row["prediction"], bool(row["correct"])
        alone, against = audit_solution(text), audit_solution(text, answer=row["answer"])
        holds = alone.share_holding == 1.0
        clean = not any(one.kind in STEPS for one in alone.findings)
        for name, left in (
            ("all", True),
            ("no false step", clean),
            ("steps, and all hold", holds),
            ("a false step", not clean),
            ("clean with reference", not [one for one in against.findings if not one.is_note]),
        ):
            if left:
                kept.setdefault(name, []).append(right)
    print("right answers among outputs to number questions")
    for name, verdicts in kept.items():
        print(f"  {name:<22} {_share(sum(verdicts), len(verdicts))}")


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    shared = os.environ.get("JTEXTKIT_SHARED") or Path(__file__).parents[2] / "shared"
    parser.add_argument("--shared", type=Path, default=Path(shared))
    parser.add_argument("--missed", action="store_true", help="print what the audit misses")
    options = parser.parse_args()
    steps(_rows(options.shared / "eval/solutions/judged.jsonl"), missed=options.missed)
    filtering(_rows(options.shared / "eval/answers/judged.jsonl"))


if __name__ == "__main__":
    main()
