"""A cache that does not really wait."""

from __future__ import annotations

from pathlib import Path

import pytest
from cache_checks import Waits

from jtextkit.core.cache import Cache
from jtextkit.core.download import Downloader
from jtextkit.core.politeness import Patience


@pytest.fixture
def waits() -> Waits:
    return Waits()


@pytest.fixture
def patience() -> Patience:
    return Patience(timeout=0.4)


@pytest.fixture
def cache(tmp_path: Path, waits: Waits, patience: Patience) -> Cache:
    return Cache(tmp_path / "cache", downloader=Downloader(patience=patience, clock=waits.clock()))
