"""Fixtures that every test may use."""

from __future__ import annotations

import os
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real data beside the repository; tests that need it skip where it is absent."""
    root = Path(__file__).resolve().parent.parent
    folder = Path(os.environ.get("JTEXTKIT_SHARED") or root.parent / "shared").resolve()
    if not folder.is_dir():
        pytest.skip(f"no shared data at {folder}; set JTEXTKIT_SHARED")
    return folder
