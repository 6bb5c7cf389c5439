"""Worked solutions written by hand, half of them with one planted error: found, and no false alarms.

``solutions.json`` was there before the reader was tuned on it; ``solutions_heldout.json`` was
written first of all and never looked at while tuning; ``solutions_later.json`` was written when the
reader was done, as a second look. What the reader finds is printed by kind.
"""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest

from jtextkit.metrics.solutions import KINDS, audit_solution

HERE = Path(__file__).parent
SETS = ("solutions", "solutions_heldout", "solutions_later")
FOUND, FALSE_ALARMS = 0.90, 0.02


def cases(name: str) -> list[dict]:
    return json.loads((HERE / f"{name}.json").read_text(encoding="utf-8"))["cases"]


def alarms(solution: str, answer: str) -> list:
    return [one for one in audit_solution(solution, answer=answer).findings if not one.is_note]


def counted(name: str) -> tuple[Counter, Counter, Counter, int]:
    """Planted errors and those found at their line, false alarms by kind, clean solutions."""
    planted, found, false = Counter(), Counter(), Counter()
    clean = 0
    for case in cases(name):
        error = case.get("error")
        clean += 1
        for kind in {
            one.kind for one in alarms(case.get("repaired", case["solution"]), case["answer"])
        }:
            false[kind] += 1
        if error:
            planted[error["kind"]] += 1
            lines = {one.line for one in alarms(case["solution"], case["answer"])}
            found[error["kind"]] += error["line"] in lines
    return planted, found, false, clean


@pytest.mark.parametrize("name", SETS)
def test_planted_errors_are_found_by_kind(name: str) -> None:
    planted, found, false, clean = counted(name)
    print(f"\n{name}: {found.total()} of {planted.total()} found")
    for kind in sorted(planted):
        print(f"  {kind}: {found[kind]} of {planted[kind]}")
    print(f"  false alarms in {clean} clean solutions: {dict(false) or 'none'}")
    assert found.total() >= FOUND * planted.total()


def test_false_alarms_over_all_clean_solutions() -> None:
    total = alarmed = 0
    for name in SETS:
        for case in cases(name):
            total += 1
            alarmed += bool(alarms(case.get("repaired", case["solution"]), case["answer"]))
    assert total >= 120
    assert alarmed <= FALSE_ALARMS * total


def test_the_solutions_are_as_varied_as_they_claim() -> None:
    everything = [case for name in SETS for case in cases(name)]
    assert len(everything) >= 120
    assert len({case["id"] for case in everything}) == len(everything)
    assert len({case["solution"] for case in everything}) == len(everything)
    assert 0.5 <= sum("error" in case for case in everything) / len(everything) <= 0.6
    assert {
        "sentence",
        "lines",
        "units",
        "inline",
        "latex",
        "table",
        "words",
        "model",
        "kanji",
    } <= {case["manner"] for case in everything}
    assert len({case["method"] for case in everything}) >= 24
    assert len({case["error"]["kind"] for case in everything if "error" in case}) >= 15


@pytest.mark.parametrize("name", SETS)
def test_places_are_those_of_the_text(name: str) -> None:
    for case in cases(name):
        solution = case["solution"]
        for finding in audit_solution(solution, answer=case["answer"]).findings:
            assert finding.kind in KINDS
            assert solution[finding.start : finding.end] == finding.text
            assert 1 <= finding.line <= solution.count("\n") + 1
