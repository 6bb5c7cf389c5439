"""Crashes: killed at every step and at random times, full disks, dead workers.

After each, a file in the folder is the old one or the new one, whole, or absent; a receipt describes
the file beside it; and a rerun gives the bytes of a run that nothing disturbed.
"""

from __future__ import annotations

import errno
import hashlib
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from failpoint_names import FAILPOINTS, FOLDER_FAILPOINTS

from jtextkit.core.errors import OutputError, WorkerError
from jtextkit.core.failpoints import VARIABLE, failpoint

from .conftest import annotate, contents, rows_of, write_shard

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL"),
]

PROGRAM = """
import sys
from pathlib import Path
import jtextkit.corpus.shards as shards
from jtextkit.corpus import Options, annotate_shards

if __name__ == "__main__":
    shards._BLOCK, shards._BATCH_ROWS, shards._GROUP_BYTES = 2000, 7, 8000
    out, workers, *paths = sys.argv[1:]
    print("started", flush=True)
    for one in annotate_shards(list(map(Path, paths)), Path(out), Options(), workers=int(workers)):
        if one.error:
            print(one.name, one.error)
"""


@pytest.fixture
def start(root: Path, tmp_path: Path):
    """Start a run in a process of its own, for it to be killed."""
    (tmp_path / "program.py").write_text(PROGRAM)
    running = []

    def go(out: Path, *shards: Path, workers: int = 1, failpoint: str = "") -> subprocess.Popen:
        settings = {"PYTHONPATH": str(root), **({VARIABLE: failpoint} if failpoint else {})}
        process = subprocess.Popen(
            [sys.executable, str(tmp_path / "program.py"), str(out), str(workers)]
            + [str(path) for path in shards],
            env={**os.environ, **settings},
            stdout=subprocess.PIPE,
            text=True,
        )
        running.append(process)
        assert process.stdout is not None
        return process

    yield go
    for process in running:
        process.kill()
        process.communicate()


def check_whole(out: Path, *allowed: dict[str, bytes]) -> None:
    """Each output is one of the allowed ones, and receipts describe what lies beside them."""
    for name, data in contents(out).items():
        if name.startswith("."):
            continue  # a temporary, never to be taken for an output
        if name.endswith(".receipt.json"):
            beside = (out / name.removesuffix(".receipt.json")).read_bytes()
            assert json.loads(data)["output"]["sha256"] == hashlib.sha256(beside).hexdigest()
        assert data in [files[name] for files in allowed if name in files]


@pytest.fixture
def shards(tmp_path: Path, small_batches: None) -> list[Path]:
    (tmp_path / "in").mkdir()
    return [
        write_shard(tmp_path / "in" / name, rows_of(60, 9)) for name in ("a.jsonl.gz", "b.parquet")
    ]


HERE = [name for name in FAILPOINTS if name != "step-done"]  # that one is training's
STEPS = [(name, number) for name in HERE for number in (1, 2)]


@pytest.mark.parametrize(("name", "number"), [*STEPS, ("batch-written", 12), ("file-renamed", 3)])
def test_killed_at_every_step(name, number, shards, start, tmp_path, monkeypatch) -> None:
    """1 and 2 are a shard and its receipt, or two shards; the last two fall into the second."""
    out = tmp_path / "out"
    for path in shards:
        write_shard(path, rows_of(50))
    annotate(out, *shards)
    old = contents(out)
    for path in shards:
        write_shard(path, rows_of(60, 9))
    annotate(tmp_path / "new", *shards)
    new = contents(tmp_path / "new")
    process = start(out, *shards, failpoint=f"{name}:{number}")
    assert process.wait(timeout=30) == -signal.SIGKILL
    check_whole(out, old, new)
    annotate(out, *shards)
    assert contents(out) == new


def test_killed_at_random_times(shards, start, tmp_path) -> None:
    out = tmp_path / "out"
    for path in shards:
        write_shard(path, rows_of(3000))
    annotate(tmp_path / "new", *shards)
    new = contents(tmp_path / "new")
    chance = random.Random(7)
    kills = 0
    for _ in range(6):
        process = start(out, *shards)
        assert process.stdout is not None
        process.stdout.readline()
        time.sleep(chance.uniform(0.1, 0.9))
        process.kill()
        kills += process.wait(timeout=30) == -signal.SIGKILL
        check_whole(out, new)
    assert kills >= 2
    annotate(out, *shards)
    assert contents(out) == new


def children(parent: int) -> list[int]:
    found = []
    for place in Path("/proc").glob("[0-9]*"):
        try:
            whose = (place / "stat").read_text().rpartition(")")[2].split()[1]
            if whose == str(parent) and b"spawn_main" in (place / "cmdline").read_bytes():
                found.append(int(place.name))
        except OSError:
            continue
    return found


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="looks into Linux's /proc")
@pytest.mark.parametrize("kind", ["shards", "batches"])
def test_a_worker_that_is_killed(kind, shards, start, tmp_path) -> None:
    """What it did is done again."""
    chosen = shards[:1]
    if kind == "shards":
        chosen = [tmp_path / "in" / f"{i}.jsonl" for i in range(2)]
    for path in chosen:
        write_shard(path, rows_of(6000))
    annotate(tmp_path / "new", *chosen)
    out = tmp_path / "out"
    process = start(out, *chosen, workers=2)
    until = time.monotonic() + 20
    while not (any(out.glob(".*")) and len(workers := children(process.pid)) == 2):
        assert time.monotonic() < until
        time.sleep(0.01)
    os.kill(workers[0], signal.SIGKILL)
    printed, _ = process.communicate(timeout=60)
    assert process.returncode == 0
    assert printed == "started\n"
    assert contents(out) == contents(tmp_path / "new")


def test_a_shard_that_kills_its_worker_fails_alone(tmp_path, monkeypatch) -> None:
    """A worker dies at its fifth batch: one shard has so many, the others a batch each."""
    small = [write_shard(tmp_path / f"{i}.parquet", rows_of(3)) for i in range(2)]
    big = write_shard(tmp_path / "big.parquet", rows_of(18_000))
    monkeypatch.setenv(VARIABLE, "batch-written:5")
    monkeypatch.setattr("jtextkit.corpus.run.max", lambda sizes: 0, raising=False)
    outcomes = annotate(tmp_path / "out", *small, big, workers=2)
    assert [outcome.status for outcome in outcomes] == ["written", "written", "failed"]
    assert isinstance(outcomes[2].error, WorkerError)
    assert sorted(contents(tmp_path / "out")) == sorted(
        name for path in small for name in (path.name, f"{path.name}.receipt.json")
    )


# Full disks


def full(*_: object, **__: object) -> None:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


@pytest.mark.parametrize(
    "place",
    ["jtextkit.core.files.flush", "jtextkit.corpus.shards.failpoint", "pathlib.Path.write_text"],
)
def test_a_disk_that_is_full(place, shards, tmp_path, monkeypatch) -> None:
    out = tmp_path / "out"
    annotate(tmp_path / "new", *shards)
    with monkeypatch.context() as patch:
        patch.setattr(place, full)
        outcomes = annotate(out, *shards)
    for outcome in outcomes:
        assert isinstance(outcome.error, OutputError)
        assert "free some space" in str(outcome.error)
    check_whole(out, contents(tmp_path / "new"))
    # Nothing is left but, beside an output that got no receipt, the mark that it is ours.
    marks = {f".{path.name}.unreceipted" for path in shards if (out / path.name).exists()}
    assert {path.name for path in out.glob(".*")} == marks
    annotate(out, *shards)
    assert contents(out) == contents(tmp_path / "new")


def can_mount() -> bool:
    if shutil.which("unshare") is None:
        return False
    command = "mount -t tmpfs -o size=64k none /mnt"
    return not subprocess.run(
        ["unshare", "-rm", "sh", "-c", command], check=False, capture_output=True
    ).returncode


@pytest.mark.skipif(
    not can_mount(), reason="no mounting here: run as root, or allow user namespaces"
)
@pytest.mark.parametrize("ending", ["jsonl", "jsonl.gz", "jsonl.zst", "parquet"])
def test_a_disk_that_is_really_full(ending, root, tmp_path) -> None:
    rows = [{"text": "魚。", "noise": random.Random(i).randbytes(400).hex()} for i in range(1000)]
    shard = write_shard(tmp_path / f"a.{ending}", rows)
    (tmp_path / "program.py").write_text(PROGRAM)
    (tmp_path / "disk").mkdir()
    script = (
        "mount -t tmpfs -o size=64k none disk && "
        f"{sys.executable} program.py disk 1 {shard.name} && ls -A disk"
    )
    done = subprocess.run(
        ["unshare", "-rm", "sh", "-c", script],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(root)},
        capture_output=True,
        text=True,
        check=True,
    )
    lines = done.stdout.splitlines()
    assert lines[0] == "started"
    assert "No space left on device" in lines[1]
    assert "free some space" in lines[1]
    assert lines[2:] == []  # nothing is left


def test_a_failpoint_without_a_setting_does_nothing(monkeypatch) -> None:
    monkeypatch.delenv(VARIABLE, raising=False)
    for name in FAILPOINTS:
        failpoint(name)
    monkeypatch.setenv(VARIABLE, "elsewhere:1")
    for name in FAILPOINTS:
        failpoint(name)


def test_every_failpoint_is_reached_and_documented(root) -> None:
    every = {*FAILPOINTS, *FOLDER_FAILPOINTS}
    text = (root / "jtextkit" / "core" / "failpoints.py").read_text()
    sources = [p.read_text() for p in (root / "jtextkit").rglob("*.py")]
    used = {name for name in every if any(f'failpoint("{name}")' in one for one in sources)}
    assert used == every
    assert all(f"\n{name} " in text for name in every)
