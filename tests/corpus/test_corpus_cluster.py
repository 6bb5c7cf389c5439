"""The datatrove step: the same bytes as one process, whatever is killed in between."""

from __future__ import annotations

import contextlib
import json
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from jtextkit.core.errors import InputError, IntegrityError, UsageError
from jtextkit.core.failpoints import VARIABLE
from jtextkit.corpus import merge

from .conftest import annotate, contents, read_shard, rows_of, write_shard

pytest.importorskip(
    "datatrove", reason='needs the extra cluster: python -m pip install -e ".[cluster]"'
)

pytestmark = pytest.mark.slow

PROGRAM = """
import sys
from datatrove.executor import LocalPipelineExecutor
from jtextkit.corpus.cluster import AnnotateShards

if __name__ == "__main__":
    source, out, logs = sys.argv[1:]
    step = AnnotateShards([source], out)
    LocalPipelineExecutor([step], tasks=2, logging_dir=logs, skip_completed=False).run()
"""


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    (tmp_path / "in").mkdir()
    for number, name in enumerate(("a.jsonl", "b.jsonl.gz", "c.parquet", "d.jsonl.zst")):
        write_shard(tmp_path / "in" / name, rows_of(600 - 100 * number, 1000 * number))
    return tmp_path / "in"


@pytest.fixture
def start(root: Path, tmp_path: Path):
    """Start datatrove's local executor in a process group of its own, to be killed as a whole."""
    groups = []

    def go(
        source: Path, out: Path, failpoint: str = "", program: str = PROGRAM
    ) -> subprocess.Popen[bytes]:
        (tmp_path / "program.py").write_text(program)
        settings = {"PYTHONPATH": str(root), **({VARIABLE: failpoint} if failpoint else {})}
        process = subprocess.Popen(
            [sys.executable, "program.py", str(source), str(out), "logs"],
            cwd=tmp_path,
            env={**os.environ, **settings},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        groups.append(process)
        return process

    yield go
    for process in groups:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def step(*args, **options):
    from jtextkit.corpus.cluster import AnnotateShards

    return AnnotateShards(*args, **options)


def documented() -> str:
    """The script of docs/scale.md for one machine."""
    page = (Path(__file__).resolve().parents[2] / "docs" / "scale.md").read_text(encoding="utf-8")
    return next(
        one for one in re.findall(r"```python\n(.*?)```", page, re.DOTALL) if "Local" in one
    )


def visible(folder: Path) -> dict[str, bytes]:
    return {name: data for name, data in contents(folder).items() if not name.startswith(".")}


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL")
def test_two_tasks_killed_in_the_middle_and_run_again(corpus, start, tmp_path) -> None:
    """Each task dies with its second shard renamed and not yet receipted; then all is killed."""
    new, out = tmp_path / "new", tmp_path / "out"
    annotate(new, *sorted(corpus.iterdir()))
    process = start(corpus, out, "file-renamed:3")
    until = time.monotonic() + 60
    while len(visible(out) if out.exists() else ()) < 6:  # 4 outputs, 2 receipts
        assert time.monotonic() < until
        time.sleep(0.05)
    os.killpg(process.pid, signal.SIGKILL)
    assert process.wait() == -signal.SIGKILL
    half = visible(out)
    assert len(half) == 6
    assert half.items() < contents(new).items()

    assert start(corpus, out).wait(timeout=60) == 0
    assert contents(out) == contents(new)
    for path in corpus.iterdir():  # each row exactly once, in its place
        rows = read_shard(out / path.name)
        assert [row["id"] for row in rows] == [row["id"] for row in read_shard(path)]
    assert merge(out, corpus.iterdir()).tally.rows == 1800


def test_receipts_decide_what_is_done_not_the_marks_of_datatrove(corpus, start, tmp_path) -> None:
    """The example of the documentation, run as a script: another input of the same name is noticed."""

    def run() -> dict[str, int]:
        assert start(corpus, tmp_path / "scored", program=documented()).wait(timeout=60) == 0
        (stats,) = json.loads((tmp_path / "logs" / "stats.json").read_text())
        counted = stats["stats"].items()
        return {key: one if isinstance(one, int) else one["total"] for key, one in counted}

    corpus.rename(tmp_path / "corpus")
    first = run()
    assert (first["written"], first["rows"]) == (4, 1800)
    write_shard(tmp_path / "corpus" / "c.parquet", rows_of(7))
    second = run()
    assert (second["written"], second["unchanged"], second["rows"]) == (1, 3, 1407)
    assert len(read_shard(tmp_path / "scored" / "c.parquet")) == 7


def test_tasks_share_the_shards_out(corpus, tmp_path) -> None:
    one = step(str(corpus), str(tmp_path / "out"))
    for rank in range(3):
        assert list(one.run(None, rank, 3)) == []
    assert sorted(visible(tmp_path / "out")) == sorted(
        name for path in corpus.iterdir() for name in (path.name, f"{path.name}.receipt.json")
    )
    assert {path.name: one.shards.index(path) % 3 for path in one.shards} == {
        path.name: i % 3 for i, path in enumerate(one.shards)
    }
    assert list(one.run(["a document"], 7, 8)) == ["a document"]  # more tasks than shards


def test_a_shard_that_fails_does_not_stop_the_others_and_is_told(corpus, tmp_path) -> None:
    (corpus / "a.jsonl").write_text("no json\n")
    with pytest.raises(InputError, match=r"1 of 4 shards failed.*a\.jsonl, line 1"):
        list(step([corpus], tmp_path / "out").run())
    assert len(visible(tmp_path / "out")) == 6


def test_what_cannot_run(corpus, tmp_path) -> None:
    with pytest.raises(UsageError, match="no shards in this folder"):
        step([tmp_path], tmp_path / "out")
    with pytest.raises(UsageError, match="readability"):
        step([corpus], tmp_path / "out", columns=("readabilty",))
    list(step([corpus], tmp_path / "out").run())
    with pytest.raises(IntegrityError, match="another signature"):
        list(step([corpus], tmp_path / "out", sentences="newline").run())


def test_without_datatrove_there_is_one_line(root) -> None:
    code = "import sys; sys.modules['datatrove'] = None; import jtextkit.corpus.cluster"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=False
    )
    assert done.stderr.splitlines()[-1] == (
        "jtextkit.core.errors.UsageError: datatrove is not installed; "
        'python -m pip install "jtextkit[cluster]"'
    )
