"""docs/sansu-problems.md shows what the generator gives; the audit's figures hold on a sample."""

from __future__ import annotations

import runpy
from pathlib import Path

import pytest

from jtextkit.builders.sansu.topics import TOPICS


def script(root: Path, name: str) -> dict:
    return runpy.run_path(str(root / "benchmarks" / name))


@pytest.mark.slow
def test_the_page_of_problems_is_what_the_generator_gives(root: Path) -> None:
    page = (root / "docs" / "sansu-problems.md").read_text(encoding="utf-8")
    assert page == script(root, "sansu_problems.py")["page"]()
    for topic in TOPICS:
        section = page.partition(f"\n## {topic.name}\n")[2].partition("\n## ")[0]
        assert section.count("答え：") == 5


@pytest.mark.slow
def test_what_is_corrupted_is_found(root: Path) -> None:
    bench = script(root, "auditing.py")
    rows = list(bench["generated"](168, 3))
    made, found, alarms, _ = bench["measure"](rows, 3)
    assert alarms == 0
    assert found["answer"] >= 0.99 * made["answer"] > 150
    assert found["intermediate"] >= 0.95 * made["intermediate"] == 0.95 * len(rows)
    assert found["unit"] >= 0.95 * made["unit"] > 130
    assert found["operator"] >= 0.95 * made["operator"] > 150


def test_what_is_corrupted_by_hand_is_found(root: Path) -> None:
    bench = script(root, "auditing.py")
    rows = list(bench["by_hand"]())
    made, found, alarms, _ = bench["measure"](rows, 1)
    assert alarms == 0
    assert found["answer"] >= 0.99 * made["answer"] > 100
    assert found["intermediate"] >= 0.95 * made["intermediate"] > 100
