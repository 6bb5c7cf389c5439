"""Google's storage, stood in for on this machine: its conditions make leases, as those of S3 do."""

from __future__ import annotations

import signal
import subprocess
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest
from gcs_server import BUCKET, Store, gcs

from jtextkit.corpus import Options, annotate_shards, find_shards, merge, remote
from jtextkit.corpus.storage import RemoteFolder

from .conftest import annotate, contents, rows_of, write_shard

gcsfs = pytest.importorskip("gcsfs", reason="not among the extras: python -m pip install gcsfs")

IN, OUT = f"gs://{BUCKET}/in", f"gs://{BUCKET}/out"
NAMES = ("a.jsonl.gz", "b.parquet", "c.jsonl")


@pytest.fixture
def local(tmp_path: Path) -> Path:
    (tmp_path / "in").mkdir()
    annotate(tmp_path / "right", *(write_shard(tmp_path / "in" / name, rows_of(30, 7)) for name in NAMES))  # fmt: skip
    return tmp_path


@pytest.fixture
def store(local: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    with gcs() as running:
        monkeypatch.setenv("STORAGE_EMULATOR_HOST", running.url)
        monkeypatch.setenv("GCSFS_EXPERIMENTAL_ZB_HNS_SUPPORT", "false")
        gcsfs.GCSFileSystem.clear_instance_cache()
        for name in NAMES:
            running.put(f"in/{name}", (local / "in" / name).read_bytes())
        yield running
        gcsfs.GCSFileSystem.clear_instance_cache()


@pytest.fixture
def start(machine: Callable[..., subprocess.Popen[str]]) -> Callable[..., subprocess.Popen[str]]:
    return partial(machine, IN, OUT)


def check_whole(store: Store, local: Path) -> None:
    """Every output is the single process's, and nothing else is left."""
    there = {name.removeprefix("out/"): data for name, (data, _) in store.objects.items() if name.startswith("out/")}  # fmt: skip
    right = contents(local / "right")
    assert {name: there[name] for name in NAMES} == {name: right[name] for name in NAMES}
    assert there.keys() == right.keys()
    assert merge(OUT, find_shards([IN]), verify=True) == merge(local / "right", verify=True)


def test_what_is_there_is_not_written_over(store: Store) -> None:
    folder = RemoteFolder.at(OUT)
    assert folder.creates
    assert folder.create(".a.lease", b"1")
    assert not folder.create(".a.lease", b"2")
    assert (folder.read(".a.lease"), store.refused) == (b"1", 1)


@pytest.mark.slow
def test_two_machines_share_one_list(store: Store, local: Path, start) -> None:
    both = [start(20), start(20)]
    lines = [process.communicate(timeout=120)[0].splitlines() for process in both]
    assert [process.returncode for process in both] == [0, 0]
    written = [line.split()[0] for some in lines for line in some if " written" in line]
    assert sorted(written) == sorted(NAMES)  # each by one of them
    check_whole(store, local)


@pytest.mark.slow
def test_a_machine_that_is_killed_is_followed_by_another(
    store: Store, local: Path, start, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert start(60, "file-renamed:3").wait(timeout=60) == -signal.SIGKILL
    assert any(name.endswith(".lease") for name in store.objects)
    monkeypatch.setattr(remote, "LEASE", 0.8)
    outcomes = list(annotate_shards(find_shards([IN]), OUT, Options()))
    assert [str(one.error) for one in outcomes if one.error] == []
    check_whole(store, local)
