"""Object stores: an S3 server on this machine, with kills, refusals, dead workers and two runs at once."""

from __future__ import annotations

import hashlib
import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from jtextkit.core.errors import IntegrityError, UsageError
from jtextkit.corpus import Options, Outcome, annotate_shards, find_shards, merge, remote
from jtextkit.corpus.storage import RemoteFolder

from .conftest import annotate, contents, rows_of, write_shard

for needed in ("s3fs", "moto.server", "flask"):
    pytest.importorskip(needed, reason='needs the extra dev: python -m pip install -e ".[dev]"')
from s3_server import BUCKET, Door, s3  # noqa: E402 - what it needs is looked for before

IN, OUT = f"s3://{BUCKET}/in", f"s3://{BUCKET}/out"
NAMES = ("a.jsonl.gz", "b.parquet", "c.jsonl", "d.jsonl.zst")


@pytest.fixture(scope="module")
def server() -> Iterator[Door]:
    import s3fs

    s3fs.S3FileSystem.clear_instance_cache()  # one made before has asked elsewhere
    with pytest.MonkeyPatch.context() as patch, s3() as door:
        patch.setenv("AWS_ENDPOINT_URL", door.url)
        patch.setenv("AWS_ACCESS_KEY_ID", "nobody")
        patch.setenv("AWS_SECRET_ACCESS_KEY", "nothing-at-all")
        patch.setenv("AWS_DEFAULT_REGION", "us-east-1")
        yield door
    s3fs.S3FileSystem.clear_instance_cache()


@pytest.fixture
def system(server: Door) -> Any:
    import fsspec

    server.unavailable = 0
    found, _ = fsspec.url_to_fs(f"s3://{BUCKET}", use_listings_cache=False)
    if found.exists(BUCKET):
        found.rm(BUCKET, recursive=True)
    found.mkdir(BUCKET)
    return found


@pytest.fixture
def local(tmp_path: Path) -> Path:
    """Shards here, and what a single process makes of them, in ``in`` and ``right``."""
    (tmp_path / "in").mkdir()
    shards = [write_shard(tmp_path / "in" / name, rows_of(40, 7)) for name in NAMES]
    annotate(tmp_path / "right", *shards)
    return tmp_path


@pytest.fixture
def bucket(system: Any, local: Path) -> Any:
    for name in NAMES:
        system.put_file(str(local / "in" / name), f"{BUCKET}/in/{name}")
    return system


def run(*places: str | Path, out: str | Path = OUT, **more: Any) -> list[Outcome]:
    outcomes = annotate_shards(find_shards(places or [IN]), out, Options(), **more)
    return sorted(outcomes, key=lambda outcome: outcome.name)


def stored(system: Any) -> dict[str, bytes]:
    return {path.rpartition("/")[2]: system.cat_file(path) for path in system.ls(f"{BUCKET}/out", detail=False)}  # fmt: skip


def check_whole(system: Any, local: Path) -> None:
    """Every output is the single process's, beside its receipt; nothing else is left."""
    found = stored(system)
    right = {name: (local / "right" / name).read_bytes() for name in NAMES}
    assert {name: found.get(name) for name in NAMES} == right
    assert found.keys() == {*NAMES, *(f"{name}.receipt.json" for name in NAMES)}
    for name, data in right.items():
        receipt = json.loads(found[f"{name}.receipt.json"])
        assert receipt["output"]["sha256"] == hashlib.sha256(data).hexdigest()
        assert receipt["input"]["sha256"] == hashlib.sha256((local / "in" / name).read_bytes()).hexdigest()  # fmt: skip


def statuses(outcomes: list[Outcome]) -> list[str]:
    return [outcome.status for outcome in outcomes]


@pytest.mark.parametrize("workers", [1, 2])
def test_there_as_here(workers, bucket, local, server) -> None:
    assert statuses(run(workers=workers)) == ["written"] * 4
    check_whole(bucket, local)
    server.seen.clear()
    assert statuses(run(workers=workers)) == ["unchanged"] * 4
    assert [one for one in server.seen if "/in/" in one and one.startswith("GET")] == []
    assert sum("list-type" in one and "in%2F" in one for one in server.seen) <= 2
    assert merge(OUT, find_shards([IN]), verify=True) == merge(local / "right", verify=True)


def test_from_here_to_there_and_back(bucket, local) -> None:
    assert statuses(run(local / "in")) == ["written"] * 4
    check_whole(bucket, local)
    assert statuses(run(local / "in")) == ["unchanged"] * 4
    assert statuses(run(out=local / "back")) == ["written"] * 4
    assert contents(local / "back") == contents(local / "right")


@pytest.mark.parametrize(
    ("pattern", "names"),
    [
        ("in/*", NAMES),
        ("in/*.jsonl*", ("a.jsonl.gz", "c.jsonl", "d.jsonl.zst")),
        ("i?/[bc].*", ("b.parquet", "c.jsonl")),
        ("*/c.jsonl", ("c.jsonl",)),
        ("**/*.parquet", ("b.parquet",)),
    ],
)
def test_wildcards(pattern, names, bucket, local) -> None:
    bucket.pipe_file(f"{BUCKET}/in/notes.txt", b"no shard")
    found = find_shards([f"s3://{BUCKET}/{pattern}"])
    assert found == [one for one in find_shards([IN]) if one.name in names]
    assert statuses(run(f"s3://{BUCKET}/{pattern}")) == ["written"] * len(names)
    assert {name: stored(bucket)[name] for name in names} == {name: (local / "right" / name).read_bytes() for name in names}  # fmt: skip


def test_wildcards_that_name_nothing_or_two_of_a_name(bucket) -> None:
    for pattern in ("in/*.csv", "none/*.jsonl", "in/x*"):
        with pytest.raises(UsageError, match="no shard has such a name"):
            find_shards([f"s3://{BUCKET}/{pattern}"])
    bucket.copy(f"{BUCKET}/in/c.jsonl", f"{BUCKET}/more/c.jsonl")
    with pytest.raises(UsageError, match=r"two shards are called c\.jsonl"):
        find_shards([f"s3://{BUCKET}/*/*.jsonl"])


def test_what_changes_is_done_again(bucket, local) -> None:
    run()
    write_shard(local / "in" / "c.jsonl", rows_of(41, 7))
    bucket.put_file(str(local / "in" / "c.jsonl"), f"{BUCKET}/in/c.jsonl")
    bucket.pipe_file(f"{BUCKET}/out/b.parquet", b"somebody's")
    bucket.rm_file(f"{BUCKET}/out/d.jsonl.zst")
    annotate(local / "right", local / "in" / "c.jsonl")
    assert statuses(run()) == ["unchanged", "written", "written", "written"]
    check_whole(bucket, local)


def test_a_file_of_ones_own_is_not_replaced(bucket, local) -> None:
    bucket.pipe_file(f"{BUCKET}/out/c.jsonl", b"mine")
    outcomes = run()
    assert statuses(outcomes) == ["written", "written", "failed", "written"]
    assert "without a receipt" in str(outcomes[2].error)
    assert bucket.cat_file(f"{BUCKET}/out/c.jsonl") == b"mine"
    assert statuses(run(force=True))[2] == "written"
    check_whole(bucket, local)


def test_a_damaged_receipt_and_one_of_another_signature_fail_alone(bucket, local) -> None:
    run()
    bucket.pipe_file(f"{BUCKET}/out/a.jsonl.gz.receipt.json", b"{}")
    outcomes = run()
    assert statuses(outcomes) == ["failed", *["unchanged"] * 3]
    assert isinstance(outcomes[0].error, IntegrityError)
    with pytest.raises(IntegrityError):
        merge(OUT)
    other = list(annotate_shards(find_shards([f"{IN}/c.jsonl"]), OUT, Options(sentences="newline")))
    assert "another signature" in str(other[0].error)


def test_a_store_that_is_busy(bucket, local, server) -> None:
    server.unavailable = 4
    assert statuses(run()) == ["written"] * 4
    check_whole(bucket, local)


def test_a_store_that_stays_away_fails_shards_in_one_line(
    bucket, local, server, monkeypatch
) -> None:
    shards = find_shards([IN])
    monkeypatch.setattr("s3fs.core.S3FileSystem.retries", 1)
    server.unavailable = 10**6
    outcomes = list(annotate_shards(shards, OUT, Options()))
    server.unavailable = 0
    assert statuses(outcomes) == ["failed"] * 4
    assert "cannot be read" in str(outcomes[0].error)
    assert "nothing-at-all" not in str(outcomes[0].error)


@pytest.fixture
def start(machine: Callable[..., subprocess.Popen[str]]) -> Callable[..., subprocess.Popen[str]]:
    return partial(machine, IN, OUT)


@pytest.mark.slow
@pytest.mark.parametrize(
    "place", ["batch-written:1", "output-marked:2", "old-receipt-gone:3", "file-renamed:3", "file-renamed:5"]
)  # fmt: skip
def test_a_machine_that_is_killed_is_followed_by_another(place, bucket, local, start, monkeypatch):
    killed = start(60, place)
    assert killed.wait(timeout=60) == -signal.SIGKILL
    assert any(name.endswith(".lease") for name in stored(bucket))
    monkeypatch.setattr(remote, "LEASE", 0.8)
    assert {*statuses(run())} <= {"written", "unchanged"}
    check_whole(bucket, local)


@pytest.mark.slow
def test_two_machines_share_one_list(bucket, local, start, server) -> None:
    both = [start(20), start(20)]
    lines = [process.communicate(timeout=120)[0].splitlines() for process in both]
    assert [process.returncode for process in both] == [0, 0]
    assert sorted(line.split()[0] for line in lines[0][1:]) == sorted(NAMES)
    assert sorted(line.split()[0] for line in lines[1][1:]) == sorted(NAMES)
    written = [line for some in lines for line in some if " written" in line]
    assert sorted(line.split()[0] for line in written) == sorted(NAMES)  # each by one of them
    check_whole(bucket, local)


def test_a_lease_that_nobody_renews_is_taken_over(bucket, local, monkeypatch) -> None:
    monkeypatch.setattr(remote, "LEASE", 0.8)
    bucket.pipe_file(f"{BUCKET}/out/.b.parquet.lease", b'{"holder": "dead", "beat": 3}')
    waits = []
    outcomes = run(report=lambda stage, *_: waits.append(stage))
    assert statuses(outcomes) == ["written"] * 4
    assert any("waiting for other machines" in stage for stage in waits)
    check_whole(bucket, local)


def test_a_lease_is_made_once(bucket) -> None:
    folder = RemoteFolder.at(OUT)
    assert folder.create(".a.lease", b"1")
    assert not folder.create(".a.lease", b"2")
    assert folder.read(".a.lease") == b"1"


def test_addresses_that_nothing_reads() -> None:
    for address in ("foo://bucket/x", "nothing+at+all://x"):
        with pytest.raises(UsageError, match="nothing here reads such an address"):
            find_shards([address])
        with pytest.raises(UsageError):
            annotate_shards([], address, Options())
    with pytest.raises(UsageError) as caught:
        find_shards(["foo://me:secret-word@bucket/x"])
    assert "secret-word" not in str(caught.value)


def test_an_empty_folder_and_a_file_that_is_not_there(bucket) -> None:
    with pytest.raises(UsageError, match="no shards in this folder"):
        find_shards([f"s3://{BUCKET}/none"])
    with pytest.raises(Exception, match="no such file"):
        find_shards([f"{IN}/none.jsonl"])
    with pytest.raises(UsageError, match="would replace the shard itself"):
        annotate_shards(find_shards([IN]), IN, Options())


def test_the_command(bucket, local, root) -> None:
    def call(*words: str) -> int:
        command = [sys.executable, "-m", "jtextkit", *words]
        environment = {**os.environ, "PYTHONPATH": str(root)}
        return subprocess.run(command, env=environment, capture_output=True, check=False).returncode

    assert call("annotate", IN, "-o", OUT, "--workers", "1") == 0
    assert call("annotate", "--merge", OUT, IN, "--verify") == 0
    assert call("score", f"{IN}/c.jsonl") == 2
    assert len(stored(bucket)) == 8
