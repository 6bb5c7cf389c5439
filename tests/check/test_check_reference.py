"""The reference set, rebuilt from the shared sources: sound; and at its size, flaws of the whole set."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from wrong_sets import Edited

from jtextkit.builders.aozora import FolderLibrary
from jtextkit.builders.difficulty import DifficultySources, rebuild
from jtextkit.builders.difficulty.pinned import reference
from jtextkit.builders.difficulty.shortcuts import FEATURES
from jtextkit.check import CheckReport, check_set
from jtextkit.metrics.shortcuts.audit import BAND, audit_rows


@pytest.fixture(scope="module")
def folder(library: Path, shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    jec = shared / "sources" / "jec" / "JEC_basic_sentence_v1-3.xls"
    out = tmp_path_factory.mktemp("reference") / "set"
    rebuild(out, reference(), DifficultySources(FolderLibrary(library), jec))
    return out


@pytest.fixture(scope="module")
def found(folder: Path) -> CheckReport:
    return check_set(folder)


def test_the_reference_set_is_sound(found: CheckReport) -> None:
    assert found.failed == ()
    assert all(finding.found == 0 for finding in found.findings)
    assert found.texts == 1594


def test_every_shortcut_lies_within_the_band_in_both_readings(found: CheckReport) -> None:
    assert found.audit is not None
    for table in (found.audit, found.audit.parts["aozora"]):
        shortcuts = [row for row in table.rows if row.shortcut]
        assert len(shortcuts) == 6
        for row in shortcuts:
            assert len(row.readings) == 2
            for reading in row.readings.values():
                assert BAND[0] <= reading.auc <= BAND[1]
    assert found.audit["linear-baseline"].train_to_test.low > 0.9


def test_children_and_adults(found: CheckReport) -> None:
    (validity,) = found.validity
    assert (validity.children, validity.adults, validity.writers) == (156, 834, 107)
    assert validity.reading.low > 0.5


def test_writers_balanced_over_the_set_but_not_inside_splits(folder) -> None:
    """Works are split, writers are not: who is mostly Simple in train is mostly Complex in test."""
    chance = random.Random(1)
    easy_in_train: dict[str, int] = {}
    rows = [row for row in Edited(folder).each() if row["writer_id"]]
    splits = []
    for row in rows:
        label = easy_in_train.setdefault(row["writer_id"], chance.randint(0, 1))
        splits.append("train" if row["label"] == label else "test")
    table = audit_rows(
        rows,
        [thing for thing in FEATURES if thing.shortcut],
        labels=[row["label"] for row in rows],
        groups=[row["pair_id"] for row in rows],
        splits=splits,
    )
    assert table["writer"].train_to_test.high < 0.1
    assert table["writer"].bad == ("train to test",)
    assert table["source"].bad == ()
