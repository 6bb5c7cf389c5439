"""A hub, a client of it, and a built set."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hub_client import Client
from hub_server import TOKEN, Hub, hub_running

from jtextkit.builders.aozora import FolderLibrary
from jtextkit.builders.difficulty import DifficultyRecipe, DifficultySources, build
from jtextkit.builders.sample import lay_out
from jtextkit.core.receipts import write_receipt


@pytest.fixture(scope="session")
def one_hub() -> Iterator[Hub]:
    with hub_running() as hub:
        yield hub


@pytest.fixture(scope="session")
def hf_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("hf")


@pytest.fixture(scope="session")
def environment(one_hub: Hub, hf_home: Path, root: Path) -> dict[str, str]:
    """For processes of their own: nobody else's login, cache or Hub."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("HF_")}
    return {
        **kept,
        "PYTHONPATH": f"{root}{os.pathsep}{root / 'tests'}",
        "PYTHONIOENCODING": "utf-8:strict",
        "HF_ENDPOINT": one_hub.url,
        "HF_TOKEN": TOKEN,
        "HF_HOME": str(hf_home),
        "HF_HUB_DISABLE_XET": "1",
        "HF_HUB_DISABLE_TELEMETRY": "1",
    }


@pytest.fixture(scope="session")
def one_client(environment: dict[str, str]) -> Iterator[Client]:
    client = Client(environment)
    yield client
    client.close()


@pytest.fixture
def hub(one_hub: Hub) -> Iterator[Hub]:
    """The hub without repositories."""
    one_hub.repos.clear()
    one_hub.seen.clear()
    one_hub.faults.clear()
    yield one_hub
    assert not one_hub.faults, "a fault that nobody met shows nothing"


@pytest.fixture
def client(one_client: Client) -> Client:
    return one_client


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample, built once."""
    folder = tmp_path_factory.mktemp("built")
    library, workbook = lay_out(folder / "sources")
    sources = DifficultySources(FolderLibrary(library), workbook, jec_sha256=None, sample=True)
    build(folder / "set", DifficultyRecipe(size=12), sources)
    return folder / "set"


CARD = """---
language: ja
license: apache-2.0
configs:
- config_name: default
  data_files:
  - split: train
    path: train.parquet
  - split: test
    path: parts/test.parquet
---

# 小さな集まり
"""


@pytest.fixture(scope="session")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What another builder might write: the same promises to whoever publishes, and little else."""
    folder = tmp_path_factory.mktemp("plain") / "set"
    (folder / "parts").mkdir(parents=True)
    for name, texts in (("train", ["朝です。", "夜です。"]), ("parts/test", ["昼です。"])):
        rows = {"text": texts, "license": ["Apache-2.0"] * len(texts)}
        pq.write_table(pa.table(rows), folder / f"{name}.parquet")
    (folder / "README.md").write_text(CARD, encoding="utf-8")
    write_receipt(folder, {"builder": "another", "rows": {"train": 2, "test": {"a": 1}}})
    return folder


@pytest.fixture
def copy(plain: Path, tmp_path: Path) -> Path:
    """A copy of it, to break."""
    shutil.copytree(plain, tmp_path / "set")
    return tmp_path / "set"
