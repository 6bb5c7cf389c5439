"""Builds that are interrupted, ended or killed: no half set, no litter, no process left behind."""

from __future__ import annotations

import csv
import io
import os
import signal
import subprocess
import sys
import time
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from jtextkit.builders.sample import lay_out

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        not Path("/proc/self/environ").exists(), reason="looks for processes in Linux's /proc"
    ),
]

COPIES = 100
"""Of the sample's forty works: seconds of work, so that every signal falls into the middle."""


@pytest.fixture(scope="session")
def big(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Sources in Aozora Bunko's layout: the sample's works, each many times under other ids."""
    root, _ = lay_out(tmp_path_factory.mktemp("big"))
    catalogue = root / "index_pages" / "list_person_all_extended_utf8.zip"
    with zipfile.ZipFile(catalogue) as archive:
        text = archive.read(archive.namelist()[0]).decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    catalogue.unlink()
    with catalogue.with_suffix(".csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        for row in rows:
            writer.writerow(row)
            path = root / row["テキストファイルURL"].partition("gr.jp/")[2]
            for number in range(COPIES):
                copy = path.with_name(f"{number:03}{path.name}")
                os.link(path, copy)
                url = row["テキストファイルURL"].replace(path.name, copy.name)
                new = {"作品ID": f"{number:03}{row['作品ID']}", "テキストファイルURL": url}
                writer.writerow({**row, **new})
    return root


class Build:
    """A build that runs in a group of its own, and all that it leaves."""

    def __init__(self, sources: Path, folder: Path, environment: dict[str, str], workers: int):
        self.folder = folder
        self.tag = f"JTEXTKIT_TEST={folder}"
        words = ["--aozora", sources, "--size", "5", "--no-pairs", "--workers", workers, "-o"]
        self.process = subprocess.Popen(
            [sys.executable, "-m", "jtextkit", "build", "difficulty-2level"]
            + [str(word) for word in (*words, folder / "set")],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
            env={**environment, "JTEXTKIT_TEST": str(folder)},
        )
        assert self.process.stderr is not None
        assert (
            self.process.stderr.readline() == f"reading and scoring works ({40 + 40 * COPIES:,})\n"
        )

    def alive(self) -> list[int]:
        """The build's processes, by what stands in their environment."""
        found = []
        for place in Path("/proc").iterdir():
            if place.name.isdigit():
                try:
                    settings = (place / "environ").read_bytes().split(b"\0")
                except OSError:
                    continue
                if self.tag.encode() in settings:
                    found.append(int(place.name))
        return found

    def workers(self) -> list[int]:
        """Its workers that are past their start: those that leave Ctrl-C to their parent."""
        ready = []
        for number in self.alive():
            place = Path(f"/proc/{number}")
            try:
                if b"spawn_main" not in (place / "cmdline").read_bytes():
                    continue
                status = dict(
                    line.split(":", 1) for line in (place / "status").read_text().splitlines()
                )
            except OSError:
                continue
            if (int(status["SigIgn"], 16) | int(status["SigBlk"], 16)) & 1 << signal.SIGINT - 1:
                ready.append(number)
        return ready

    def wait_for_workers(self, number: int) -> None:
        until = time.monotonic() + 20
        while number > 1 and len(self.workers()) < number:
            assert time.monotonic() < until
            assert self.process.poll() is None
            time.sleep(0.02)
        time.sleep(0.1)

    def gone_within(self, seconds: float) -> bool:
        until = time.monotonic() + seconds
        while self.alive():
            if time.monotonic() > until:
                return False
            time.sleep(0.05)
        return True


@contextmanager
def building(
    sources: Path, folder: Path, environment: dict[str, str], workers: int = 2
) -> Iterator[Build]:
    build = Build(sources, folder, environment, workers)
    try:
        yield build
    finally:
        for number in build.alive():
            os.kill(number, signal.SIGKILL)
        build.process.communicate()


def check_nothing_is_left(build: Build, environment: dict[str, str], before: list[str]) -> None:
    assert build.gone_within(5)
    assert sorted(path.name for path in build.folder.iterdir()) == before
    assert list(Path(environment["TMPDIR"]).iterdir()) == []


@pytest.mark.parametrize("workers", [1, 2])
@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM", "SIGHUP"])
def test_a_signal_ends_the_build_without_a_trace(name, workers, big, environment, tmp_path) -> None:
    number = signal.Signals[name]
    (tmp_path / "set").mkdir()  # what was there stays
    with building(big, tmp_path, environment, workers) as build:
        build.wait_for_workers(workers)
        # Ctrl-C on a terminal reaches the whole group; kill and a service manager the first process.
        if name != "SIGTERM":
            os.killpg(build.process.pid, number)
        else:
            build.process.send_signal(number)
        out, err = build.process.communicate(timeout=20)
        assert build.process.returncode == 130
        assert out == ""
        assert err.split() == [
            "jtextkit:",
            "interrupted;",
            "nothing",
            "was",
            "left",
            "half-written",
        ]
        check_nothing_is_left(build, environment, ["set"])
        assert list((tmp_path / "set").iterdir()) == []


def test_sigterm_to_the_whole_group_is_an_interruption_too(big, environment, tmp_path) -> None:
    with building(big, tmp_path, environment) as build:
        build.wait_for_workers(2)
        os.killpg(build.process.pid, signal.SIGTERM)
        _, err = build.process.communicate(timeout=20)
        assert build.process.returncode == 130
        assert err.splitlines()[-1] == "jtextkit: interrupted; nothing was left half-written"
        check_nothing_is_left(build, environment, [])


@pytest.mark.parametrize("delay", [0.0, 0.15, 0.4])
def test_ctrl_c_while_workers_start(delay, big, environment, tmp_path) -> None:
    with building(big, tmp_path, environment) as build:
        time.sleep(delay)
        os.killpg(build.process.pid, signal.SIGINT)
        _, err = build.process.communicate(timeout=20)
        assert build.process.returncode == 130
        assert err.splitlines()[-1] == "jtextkit: interrupted; nothing was left half-written"
        check_nothing_is_left(build, environment, [])
        assert "Traceback" not in err


def test_a_killed_build_is_cleaned_up_by_the_next(big, environment, tmp_path) -> None:
    (tmp_path / "set").mkdir()
    with building(big, tmp_path, environment) as build:
        time.sleep(0.5)
        build.process.kill()
        build.process.wait(timeout=20)
        assert list((tmp_path / "set").iterdir()) == []
        left = [path.name for path in tmp_path.iterdir() if path.name != "set"]
        assert [name.startswith(".set.tmp-") for name in left] == [True]
    done = subprocess.run(
        [sys.executable, "-m", "jtextkit", "build", "difficulty-2level", "--sample", "-o", "set"],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0
    assert [path.name for path in tmp_path.iterdir()] == ["set"]
    assert (tmp_path / "set" / "receipt.json").exists()


def test_workers_end_when_their_parent_is_killed(big, environment, tmp_path) -> None:
    with building(big, tmp_path, environment) as build:
        build.wait_for_workers(2)
        build.process.kill()
        build.process.wait(timeout=20)
        assert build.gone_within(4)


def test_a_worker_that_is_killed_is_an_error_of_one_line(big, environment, tmp_path) -> None:
    with building(big, tmp_path, environment) as build:
        build.wait_for_workers(2)
        os.kill(build.workers()[0], signal.SIGKILL)
        out, err = build.process.communicate(timeout=20)
        assert (build.process.returncode, out) == (1, "")
        assert (
            err
            == "jtextkit: a worker process died; free some memory, or use fewer with --workers\n"
        )
        check_nothing_is_left(build, environment, [])
