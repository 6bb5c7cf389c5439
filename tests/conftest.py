"""Fixtures that every test may use."""

from __future__ import annotations

import os
import signal
import tarfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from fault_server import FaultServer, serving
from hypothesis import HealthCheck, settings

# A loaded machine is slow, which says nothing of the code; and CI tries the same cases every time.
settings.register_profile(
    "jtextkit",
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    derandomize="CI" in os.environ,
)
settings.load_profile("jtextkit")

# Whoever runs tests in the background hands down an interrupt that is ignored, to every child of
# ours as well; and tests interrupt them.
if signal.getsignal(signal.SIGINT) == signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)
_HANG_UP = getattr(signal, "SIGHUP", signal.SIGTERM)  # which nohup ignores; Windows has none
if signal.getsignal(_HANG_UP) == signal.SIG_IGN:
    signal.signal(_HANG_UP, signal.SIG_DFL)

os.environ["JTEXTKIT_LANG"] = "en"  # what tests read, whatever the developer's language is

ROOT = Path(__file__).resolve().parent.parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Whatever reads the real data takes its time."""
    for item in items:
        if "shared" in getattr(item, "fixturenames", ()):
            item.add_marker("slow")


@pytest.fixture(scope="session")
def root() -> Path:
    """The root of the repository."""
    return ROOT


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real data beside the repository; tests that need it skip where it is absent."""
    folder = Path(os.environ.get("JTEXTKIT_SHARED") or ROOT.parent / "shared").resolve()
    if not folder.is_dir():
        pytest.skip(f"no shared data at {folder}; set JTEXTKIT_SHARED to where it is")
    return folder


@pytest.fixture(scope="session")
def library(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The whole of Aozora Bunko that sets may take from, in one folder: zips, and bare texts."""
    zips, rest = shared / "sources/aozora", shared / "sources/aozora_rest.tar.xz"
    if not rest.is_file():
        pytest.skip(f"no {rest}; set JTEXTKIT_SHARED to where it is")
    root = tmp_path_factory.mktemp("library")
    with tarfile.open(rest) as archive:
        archive.extractall(root, filter="data")
    for file in (*zips.rglob("*.zip"), *zips.glob("index_pages/*")):
        place = root / file.relative_to(zips)
        place.parent.mkdir(parents=True, exist_ok=True)
        if not place.exists():
            place.symlink_to(file)
    return root


@pytest.fixture
def server(tmp_path: Path) -> Iterator[FaultServer]:
    """A server on this machine that can be told to do wrong; see ``fault_server.py``."""
    with serving(tmp_path / "served") as server:
        yield server
