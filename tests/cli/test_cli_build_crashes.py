"""``build`` killed at every place where it writes and at random moments; full and read-only disks.

After each the output folder is absent, the old set or the new one, whole; a rerun gives the bytes of
a run that nothing disturbed, and no temporary file is left beside it or among the system's.

To be cheap, one process imports everything and forks a build for each kill. JTEXTKIT_KILLS sets the
number of random moments.
"""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from failpoint_names import FOLDER_FAILPOINTS

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL, fork"),
]

KILLS = int(os.environ.get("JTEXTKIT_KILLS", "12"))

PROGRAM = """
import os, signal, sys, time
import jtextkit.builders.difficulty.building
import jtextkit.cli.build_difficulty
import jtextkit.cli.sources
from jtextkit.cli.main import main
from jtextkit.metrics.readability.formula import score

score("一度読みこめば、あとは速い。")
for line in sys.stdin:
    failpoint, delay = line.split()
    child = os.fork()
    if child == 0:
        if failpoint != "-":
            os.environ["JTEXTKIT_FAILPOINT"] = failpoint
        sys.stdout = sys.stderr = open(os.devnull, "w")
        main(["build", "difficulty-2level", "--sample", "--workers", "1", "--force", "-o", "set"])
    if delay != "-":
        time.sleep(float(delay))
        os.kill(child, signal.SIGKILL)
    print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)
"""

Contents = dict[str, bytes]


def contents(folder: Path) -> Contents | None:
    if not folder.exists():
        return None
    return {path.name: path.read_bytes() for path in folder.iterdir()}


class Builds:
    """Builds of the sample to ``set``, one after the other."""

    def __init__(self, root: Path, folder: Path) -> None:
        self.folder = folder / "work"
        self.temporary = folder / "tmp"
        self.folder.mkdir()
        self.temporary.mkdir()
        self.process = subprocess.Popen(
            [sys.executable, "-c", PROGRAM],
            cwd=self.folder,
            env={**os.environ, "PYTHONPATH": str(root), "TMPDIR": str(self.temporary)},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self.run() == 0  # the first takes longer
        started = time.monotonic()
        assert self.run() == 0
        self.seconds = time.monotonic() - started
        new = contents(self.set)
        assert new is not None
        self.new = new
        self.old: Contents = {}

    @property
    def set(self) -> Path:
        return self.folder / "set"

    def run(self, failpoint: str = "-", delay: str = "-") -> int:
        """The exit code of one build."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(f"{failpoint} {delay}\n")
        self.process.stdin.flush()
        return int(self.process.stdout.readline())

    def put_old(self, old: Path | None) -> None:
        """Let an earlier build, or nothing, be there."""
        shutil.rmtree(self.set, ignore_errors=True)
        self.old = {}
        if old is not None:
            shutil.copytree(old, self.set)
            self.old = contents(self.set) or {}

    def check(self) -> None:
        """What is there is whole."""
        assert contents(self.set) in (None, self.old or None, self.new)

    def check_rerun(self) -> None:
        """The next build mends everything."""
        started = time.monotonic()
        assert self.run() == 0
        self.seconds = time.monotonic() - started
        assert contents(self.set) == self.new
        assert [path.name for path in self.folder.iterdir()] == ["set"]
        assert list(self.temporary.iterdir()) == []


@pytest.fixture(scope="module")
def builds(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Builds]:
    builds = Builds(root, tmp_path_factory.mktemp("crashes"))
    yield builds
    builds.process.kill()
    builds.process.communicate()


@pytest.fixture(scope="module")
def old(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A build by another recipe."""
    folder = tmp_path_factory.mktemp("old") / "set"
    command = [sys.executable, "-m", "jtextkit", "build", "difficulty-2level", "--sample"]
    subprocess.run(
        [*command, "--seed", "2", "--size", "6", "--workers", "1", "-o", str(folder)],
        env={**os.environ, "PYTHONPATH": str(root)},
        capture_output=True,
        check=True,
    )
    return folder


def test_killed_after_every_file(builds, old) -> None:
    """Three splits, the lock, the card, and whatever else; the receipt is the last."""
    for number in range(1, len(builds.new) + 1):
        builds.put_old(old)
        assert builds.run(f"set-file-written:{number}") == -signal.SIGKILL
        assert contents(builds.set) == builds.old
        builds.check_rerun()
    assert builds.run(f"set-file-written:{len(builds.new) + 1}") == 0


@pytest.mark.parametrize("name", [one for one in FOLDER_FAILPOINTS if one != "set-file-written"])
def test_killed_at_every_other_write_point(name, builds, old) -> None:
    builds.put_old(old)
    assert builds.run(f"{name}:1") == -signal.SIGKILL
    found = contents(builds.set)
    if name == "new-folder-named":
        assert found == builds.new
    elif name == "old-folder-aside":
        assert found is None
    else:
        assert found == builds.old
    builds.check_rerun()


@pytest.mark.parametrize("name", ["folder-made", "folder-written", "new-folder-named"])
def test_killed_where_nothing_was_before(name, builds) -> None:
    builds.put_old(None)
    assert builds.run(f"{name}:1") == -signal.SIGKILL
    assert contents(builds.set) == (builds.new if name == "new-folder-named" else None)
    builds.check_rerun()


def test_killed_at_random_moments(builds, old) -> None:
    chance = random.Random(5)
    killed = tries = 0
    while killed < KILLS:
        tries += 1
        assert tries < 5 * KILLS + 10  # a build may end before its moment comes
        if tries % 4 == 0:
            builds.put_old(old if tries % 8 else None)
        code = builds.run(delay=f"{chance.uniform(0.0, builds.seconds):.4f}")
        assert code in (0, -signal.SIGKILL)
        killed += code != 0
        builds.check()
        if tries % 4 == 3:
            builds.check_rerun()
    builds.check_rerun()


# Disks


def can_mount() -> bool:
    if shutil.which("unshare") is None:
        return False
    command = "mount -t tmpfs -o size=64k none /mnt"
    return not subprocess.run(
        ["unshare", "-rm", "sh", "-c", command], check=False, capture_output=True
    ).returncode


def build_on_a_disk(
    setting: str, environment: dict[str, str], folder: Path, old: Path
) -> list[str]:
    """What a build says that is to replace ``old`` on a disk of its own; then the disk's content."""
    (folder / "disk").mkdir()
    script = (
        "mount -t tmpfs -o size=400k none disk && "
        f"cp -r {old} disk/set && {setting} && "
        f"{sys.executable} -m jtextkit build difficulty-2level --sample --workers 1 --force "
        "-o disk/set 2>&1 >/dev/null; echo code $?; ls -A disk; "
        f"diff -r {old} disk/set && echo as before"
    )
    done = subprocess.run(
        ["unshare", "-rm", "sh", "-c", script],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert not done.stderr
    return done.stdout.splitlines()


@pytest.mark.skipif(
    not can_mount(), reason="no mounting here: run as root, or allow user namespaces"
)
@pytest.mark.parametrize(
    ("setting", "said"),
    [
        (
            "head -c 390k /dev/zero > disk/filler 2>/dev/null; true",
            "disk/set: cannot be written (No space left on device); free some space or choose "
            "another place with -o",
        ),
        (
            "touch disk/filler && mount -o remount,ro disk",
            "disk/set: cannot be written (Read-only file system); choose a place that you may write "
            "to with -o",
        ),
    ],
    ids=["full", "read-only"],
)
def test_a_disk_that_takes_nothing(setting, said, environment, tmp_path, old) -> None:
    lines = build_on_a_disk(setting, environment, tmp_path, old)
    at = lines.index("code 1")
    assert lines[at - 1] == f"jtextkit: {said}"
    assert lines[at + 1 :] == ["filler", "set", "as before"]
    assert list(Path(environment["TMPDIR"]).iterdir()) == []


@pytest.mark.skipif(
    not can_mount(), reason="no mounting here: run as root, or allow user namespaces"
)
def test_no_room_for_temporary_files(environment, tmp_path) -> None:
    (tmp_path / "disk").mkdir()
    script = (
        "mount -t tmpfs -o size=16k none disk && export TMPDIR=$PWD/disk && "
        f"{sys.executable} -m jtextkit build difficulty-2level --sample -o set; "
        "echo code $?; ls -A . disk"
    )
    done = subprocess.run(
        ["unshare", "-rm", "sh", "-c", script],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert "No space left on device; free some space" in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert done.stdout.split() == ["code", "1", ".:", "disk", "disk:"]
