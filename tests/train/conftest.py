"""Models and sets that several test files share, made once."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from train_checks import difficulty_set, make_tiny_model


@pytest.fixture(scope="session")
def tiny_model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A language model with random weights, and its tokenizer."""
    pytest.importorskip(
        "torch", reason='needs the extra train: python -m pip install -e ".[train]"'
    )
    return make_tiny_model(tmp_path_factory.mktemp("models") / "tiny")


@pytest.fixture(scope="session")
def small_set(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A difficulty set of 8, 4 and 4 rows."""
    return difficulty_set(tmp_path_factory.mktemp("sets") / "set")


@pytest.fixture(autouse=True, scope="package")
def one_thread() -> Iterator[None]:
    """Sums in one order, and no more cores than a test needs."""
    try:
        import torch
    except ModuleNotFoundError:
        yield
        return
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)
