"""The sample, built once."""

from __future__ import annotations

from pathlib import Path

import pytest

from jtextkit.builders import sample
from jtextkit.builders.aozora import FolderLibrary
from jtextkit.builders.difficulty import DifficultyRecipe, DifficultySources, build


@pytest.fixture(scope="session")
def sample_sources(tmp_path_factory: pytest.TempPathFactory) -> DifficultySources:
    root, workbook = sample.lay_out(tmp_path_factory.mktemp("sources"))
    return DifficultySources(FolderLibrary(root), workbook, jec_sha256=None, sample=True)


@pytest.fixture(scope="session")
def built(sample_sources: DifficultySources, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A sound set, to be read only."""
    out = tmp_path_factory.mktemp("built") / "set"
    build(out, DifficultyRecipe(size=12), sample_sources)
    return out
