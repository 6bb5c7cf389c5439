"""Stores other than S3: one in memory, and the Hub's, stood in for on this machine."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from jtextkit.core import files
from jtextkit.core.errors import UsageError
from jtextkit.corpus import Options, annotate_shards, find_shards, merge
from jtextkit.corpus.storage import RemoteFolder

from .conftest import annotate, contents, rows_of, write_shard

fsspec = pytest.importorskip("fsspec", reason='needs the extra remote: python -m pip install -e ".[remote]"')  # fmt: skip
NAMES = ("a.jsonl", "b.parquet")


@pytest.fixture
def local(tmp_path: Path) -> Path:
    (tmp_path / "in").mkdir()
    annotate(tmp_path / "right", *(write_shard(tmp_path / "in" / name, rows_of(20, 7)) for name in NAMES))  # fmt: skip
    return tmp_path


def check_there(place: str, local: Path) -> None:
    """Annotated from a pattern of the store into it, twice: as here, and then left alone."""
    shards = find_shards([f"{place}/in/*"])
    assert [shard.name for shard in shards] == list(NAMES)
    for status in ("written", "unchanged"):
        done = list(annotate_shards(shards, f"{place}/out", Options()))
        assert [str(one.error or one.status) for one in done] == [status] * len(NAMES)
    there = RemoteFolder.at(f"{place}/out")
    right = contents(local / "right")
    assert {name: there.read(name) for name in NAMES} == {name: right[name] for name in NAMES}
    assert [one.name for one in there.files()] == sorted(right)
    assert merge(f"{place}/out", shards, verify=True) == merge(local / "right", verify=True)


def test_in_memory(local: Path) -> None:
    system = fsspec.filesystem("memory")
    for name in NAMES:
        system.pipe_file(f"/corpus/in/{name}", (local / "in" / name).read_bytes())
    assert RemoteFolder.at("memory://corpus/out").creates
    check_there("memory://corpus", local)


def test_a_shard_is_hashed_on_its_way(local: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was brought here is read once more, to be scored, and not to be hashed."""
    fsspec.filesystem("memory").pipe_file("/hashed/a.jsonl", (local / "in/a.jsonl").read_bytes())
    hashed: list[Path] = []

    def sha256_of(path: Path) -> str:
        hashed.append(path)
        return files.sha256_of(path)

    monkeypatch.setattr("jtextkit.corpus.annotate.sha256_of", sha256_of)
    monkeypatch.setattr("jtextkit.corpus.remote.sha256_of", sha256_of)
    for out in (local / "here", "memory://hashed/out"):
        (outcome,) = annotate_shards(find_shards(["memory://hashed/a.jsonl"]), out, Options())
        assert outcome.receipt is not None
        given = outcome.receipt["input"]["sha256"]
        assert given == files.sha256_of(local / "in" / "a.jsonl")
    assert len(hashed) == 2  # the two outputs


def test_a_store_that_lists_and_writes_nothing_says_so() -> None:
    class Blind(fsspec.AbstractFileSystem):
        protocol = "blind"

    fsspec.register_implementation("blind", Blind, clobber=True)
    for place in ("blind://x/*.jsonl", "blind://x"):
        with pytest.raises(
            UsageError, match="nothing can be listed in such a store; name its files"
        ):
            find_shards([place])


def test_on_the_hub(local: Path, root: Path) -> None:
    """It creates nothing conditionally, so there are no leases; each file is a commit."""
    pytest.importorskip("huggingface_hub", reason='needs the extra hub: python -m pip install -e ".[hub]"')  # fmt: skip
    from hub_server import TOKEN, USER, Repo, hub_running

    program = (
        "import sys; from pathlib import Path; from corpus.test_corpus_stores import RemoteFolder, check_there\n"
        "assert not RemoteFolder.at(sys.argv[1] + '/out').creates\n"
        "check_there(sys.argv[1], Path(sys.argv[2]))"
    )
    with hub_running() as hub:
        repo = hub.repos[f"{USER}/set"] = Repo()
        given = {f"in/{name}": (local / "in" / name).read_bytes() for name in NAMES}
        repo.commit("refs/heads/main", given, "begun")
        settings = {
            "HF_ENDPOINT": hub.url,  # read when the library is imported
            "HF_TOKEN": TOKEN,
            "HF_HOME": str(local / "home"),
            "HF_HUB_DISABLE_XET": "1",
            "PYTHONPATH": os.pathsep.join(map(str, (root, root / "tests"))),
        }
        done = subprocess.run(
            [sys.executable, "-c", program, f"hf://datasets/{USER}/set", str(local)],
            env={**os.environ, **settings}, capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        assert not any("lease" in message for message in repo.messages)
