"""Files and folders that appear whole or not at all, whatever happens while they are written."""

from __future__ import annotations

import errno
import hashlib
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest

from jtextkit.core import files
from jtextkit.core.errors import OutputError
from jtextkit.core.files import (
    remove_stale_of,
    replacing_file,
    replacing_folder,
    scratch_folder,
    sha256_of,
)

Writer = Callable[[Path], AbstractContextManager[Path]]

posix_only = pytest.mark.skipif(sys.platform == "win32", reason="locks and signals of POSIX")


def put(temporary: Path, content: str) -> None:
    """Write ``content`` as the file, or as files of the folder, that a writer handed out."""
    if temporary.is_dir():
        (temporary / "below").mkdir()
        (temporary / "a.txt").write_text(content, encoding="utf-8")
        (temporary / "below" / "b.txt").write_text(content * 2, encoding="utf-8")
    else:
        temporary.write_text(content, encoding="utf-8")


def seen(path: Path) -> dict[str, str]:
    """All files at and below a path, with their content."""
    everything = [path] if path.is_file() else sorted(path.rglob("*"))
    return {
        file.relative_to(path).as_posix(): file.read_text(encoding="utf-8")
        for file in everything
        if file.is_file()
    }


def old_target(writer: Writer, path: Path) -> dict[str, str]:
    with writer(path) as temporary:
        put(temporary, "old")
    return seen(path)


def break_off(writer: Writer, path: Path, problem: BaseException) -> None:
    with writer(path) as temporary:
        put(temporary, "half")
        raise problem


both = pytest.mark.parametrize("writer", [replacing_file, replacing_folder])


@both
def test_the_result_replaces_the_old_one_and_leaves_nothing_else(
    writer: Writer, tmp_path: Path
) -> None:
    target = tmp_path / "[a]*　結果.out"  # characters that mean something to glob
    before = old_target(writer, target)
    with writer(target) as temporary:
        put(temporary, "new")
        assert seen(target) == before  # not before the end
    assert set(seen(target).values()) <= {"new", "newnew"}
    assert [path.name for path in tmp_path.iterdir()] == [target.name]


@both
@pytest.mark.parametrize("problem", [RuntimeError("no"), KeyboardInterrupt(), SystemExit(3)])
def test_what_goes_wrong_inside_passes_and_leaves_the_old_one(
    writer: Writer, problem: BaseException, tmp_path: Path
) -> None:
    target = tmp_path / "out"
    before = old_target(writer, target)
    with pytest.raises(type(problem)) as caught:
        break_off(writer, target, problem)
    assert caught.value is problem
    assert seen(target) == before
    assert list(tmp_path.iterdir()) == [target]


@both
def test_a_first_run_that_fails_leaves_nothing(writer: Writer, tmp_path: Path) -> None:
    with pytest.raises(RuntimeError):
        break_off(writer, tmp_path / "out", RuntimeError())
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_was_never_written_is_an_error_and_leaves_the_old_one(tmp_path: Path) -> None:
    target = tmp_path / "out"
    before = old_target(replacing_file, target)
    with pytest.raises(OutputError), replacing_file(target):
        pass
    assert seen(target) == before


def test_a_folder_makes_its_parents_and_may_be_empty(tmp_path: Path) -> None:
    with replacing_folder(tmp_path / "a" / "b" / "c"):
        pass
    assert list((tmp_path / "a" / "b").iterdir()) == [tmp_path / "a" / "b" / "c"]


def test_a_file_wants_its_folder(tmp_path: Path) -> None:
    with (
        pytest.raises(OutputError, match="No such file") as caught,
        replacing_file(tmp_path / "none" / "out"),
    ):
        pytest.fail("entered")
    assert caught.value.where == str(tmp_path / "none" / "out")
    assert "-o" in caught.value.cure


@pytest.mark.parametrize("name", [".", "..", ""])
def test_a_folder_without_a_name_is_refused_before_any_work(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(OutputError, match="name the folder"), replacing_folder(Path(name)):
        pytest.fail("entered")
    assert list(tmp_path.iterdir()) == []


def test_a_link_to_a_folder_stays_and_what_it_points_to_is_replaced(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "real" / "old").write_text("old")
    (tmp_path / "link").symlink_to("real")
    with replacing_folder(tmp_path / "link") as temporary:
        put(temporary, "new")
    assert (tmp_path / "link").is_symlink()
    assert seen(tmp_path / "real") == seen(tmp_path / "link")
    assert "old" not in seen(tmp_path / "real")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["link", "real"]


@pytest.mark.parametrize("there", [True, False])
def test_a_link_to_a_file_stays_and_what_it_points_to_is_replaced(there, tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    if there:
        (tmp_path / "real" / "a.txt").write_text("old")
    (tmp_path / "link.txt").symlink_to("real/a.txt")
    with replacing_file(tmp_path / "link.txt") as temporary:
        temporary.write_text("new")
    assert (tmp_path / "link.txt").is_symlink()
    assert seen(tmp_path / "real") == {"a.txt": "new"}
    assert sorted(path.name for path in tmp_path.iterdir()) == ["link.txt", "real"]


@posix_only
@both
@pytest.mark.parametrize("umask", [0o022, 0o027, 0o077, 0o002])
def test_permissions_follow_the_umask(writer: Writer, umask: int, tmp_path: Path) -> None:
    before = os.umask(umask)
    try:
        with writer(tmp_path / "out") as temporary:
            put(temporary, "x")
        assert os.umask(umask) == umask  # it was only looked at
    finally:
        os.umask(before)
    everything = [tmp_path / "out", *(tmp_path / "out").rglob("*")]
    for path in everything if writer is replacing_folder else everything[:1]:
        full = 0o777 if path.is_dir() else 0o666
        assert path.stat().st_mode & 0o777 == full & ~umask, path


# A full or failing disk


@both
@pytest.mark.parametrize(
    ("number", "said"),
    [(errno.ENOSPC, "free some space"), (errno.EDQUOT, "free some space"), (errno.EIO, "-o")],
)
def test_a_disk_that_fails_at_fsync(
    writer: Writer, number: int, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "out"
    before = old_target(writer, target)

    def fail(_descriptor: int) -> None:
        raise OSError(number, os.strerror(number))

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", fail)
        with pytest.raises(OutputError) as caught, writer(target) as temporary:
            put(temporary, "new")
    assert caught.value.where == str(target)
    assert os.strerror(number) in caught.value.problem
    assert said in caught.value.cure
    assert caught.value.exit_code == 1
    assert seen(target) == before
    assert list(tmp_path.iterdir()) == [target]


@both
def test_a_disk_that_is_full_while_writing(writer: Writer, tmp_path: Path) -> None:
    target = tmp_path / "out"
    before = old_target(writer, target)
    with pytest.raises(OutputError, match="No space left on device"):
        break_off(writer, target, OSError(errno.ENOSPC, os.strerror(errno.ENOSPC)))
    assert seen(target) == before
    assert list(tmp_path.iterdir()) == [target]


def test_a_rename_that_fails_puts_the_old_folder_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "out"
    before = old_target(replacing_folder, target)
    real = Path.replace

    def fail_for_new(self: Path, to: Path) -> Path:
        if self.name == "new":
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        return real(self, to)

    monkeypatch.setattr(Path, "replace", fail_for_new)
    with pytest.raises(OutputError), replacing_folder(target) as temporary:
        put(temporary, "new")
    assert seen(target) == before
    assert list(tmp_path.iterdir()) == [target]


LIMITED = """
import resource, sys
from pathlib import Path
from jtextkit.core.errors import OutputError
from jtextkit.core.files import replacing_file
resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))
try:
    with replacing_file(Path(sys.argv[1])) as temporary:
        temporary.write_bytes(b"x" * 5000)
except OutputError as error:
    print(error)
"""


@posix_only
def test_a_real_limit_on_file_size(tmp_path: Path, root: Path) -> None:
    target = tmp_path / "out"
    target.write_text("old")
    done = python(root, "-c", LIMITED, str(target))
    said, _ = done.communicate(timeout=30)
    assert said.startswith(f"{target}: cannot be written (File too large); ")
    assert target.read_text() == "old"
    assert list(tmp_path.iterdir()) == [target]


@pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() == 0,
    reason="root writes anywhere: run as another user",
)
@both
def test_a_parent_that_may_not_be_written(writer: Writer, tmp_path: Path) -> None:
    tmp_path.chmod(0o555)
    try:
        with pytest.raises(OutputError, match="Permission denied"), writer(tmp_path / "out"):
            pytest.fail("entered")
    finally:
        tmp_path.chmod(0o755)


def test_temporary_files_in_a_folder_that_may_not_be_listed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(_: Path) -> Iterator[Path]:
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setattr(Path, "iterdir", refused)
    with files.scratch_folder("scratch") as folder:
        (folder / "file").write_text("x")
    assert not folder.exists()


@both
def test_a_parent_that_is_a_file(writer: Writer, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(OutputError), writer(tmp_path / "file" / "out"):
        pytest.fail("entered")
    assert (tmp_path / "file").read_text() == "x"


# Several writers, some of them killed

WRITING = """
import sys
import tempfile
from pathlib import Path
from jtextkit.core.files import replacing_file, replacing_folder
writer = {"file": replacing_file, "folder": replacing_folder}[sys.argv[1]]
with writer(Path(sys.argv[2])) as temporary:
    (temporary / "a.txt" if temporary.is_dir() else temporary).write_text("theirs")
    print("writing", flush=True)
    sys.stdin.readline()
print("done", flush=True)
"""


def python(root: Path, *arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(root)},
    )


@contextmanager
def other_writer(root: Path, kind: str, target: Path) -> Iterator[subprocess.Popen[str]]:
    process = python(root, "-c", WRITING, kind, str(target))
    try:
        assert process.stdout is not None
        assert process.stdout.readline() == "writing\n"
        yield process
    finally:
        process.kill()
        process.communicate()


kinds = pytest.mark.parametrize(
    ("kind", "writer"), [("file", replacing_file), ("folder", replacing_folder)]
)


@posix_only
@kinds
def test_what_a_killed_writer_left_is_removed_by_the_next(
    kind: str, writer: Writer, tmp_path: Path, root: Path
) -> None:
    target = tmp_path / "out"
    before = old_target(writer, target)
    with other_writer(root, kind, target) as process:
        process.send_signal(signal.SIGKILL)
        process.wait()
    left = [path for path in tmp_path.iterdir() if path != target]
    assert len(left) == 1
    assert left[0].name.startswith(".out.tmp-")
    assert seen(target) == before
    bystanders = [tmp_path / ".other.tmp-1", tmp_path / "out.tmp-2", tmp_path / ".outer.tmp-3"]
    for bystander in bystanders:
        bystander.mkdir()
    with writer(target) as temporary:
        put(temporary, "new")
    assert seen(target) != before
    assert sorted(tmp_path.iterdir()) == sorted([target, *bystanders])


@posix_only
@kinds
def test_what_a_live_writer_has_is_left_alone(
    kind: str, writer: Writer, tmp_path: Path, root: Path
) -> None:
    target = tmp_path / "out"
    with other_writer(root, kind, target) as process:
        theirs = [path for path in tmp_path.iterdir() if path != target]
        with writer(target) as temporary:
            put(temporary, "ours")
        assert theirs[0].exists()
        assert "ours" in seen(target).values()
        said, _ = process.communicate("go\n", timeout=30)
        assert said == "done\n"
    assert list(seen(target).values()) == ["theirs"]
    assert list(tmp_path.iterdir()) == [target]


CROWD = """
import sys
import tempfile
from pathlib import Path
from jtextkit.core.files import replacing_file
for number in range(150):
    with replacing_file(Path(sys.argv[1])) as temporary:
        temporary.write_text(sys.argv[2] * 100)
print("done")
"""


@posix_only
def test_many_writers_of_one_file_never_trip_over_each_other(tmp_path: Path, root: Path) -> None:
    target = tmp_path / "out"
    crowd = [python(root, "-c", CROWD, str(target), name) for name in "abc"]
    assert [process.communicate(timeout=60)[0] for process in crowd] == ["done\n"] * 3
    assert target.read_text() in {name * 100 for name in "abc"}
    assert list(tmp_path.iterdir()) == [target]


def test_what_is_published_was_flushed_before(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    flushed: list[str] = []
    real = files.flush

    def note(path: Path) -> None:
        flushed.append(path.name)
        real(path)

    monkeypatch.setattr(files, "flush", note)
    with replacing_folder(tmp_path / "out") as temporary:
        put(temporary, "x")
    assert flushed == ["a.txt", "below", "b.txt", "new", tmp_path.name]


@posix_only
@both
@pytest.mark.parametrize("kind", ["fifo", "file", "link", "another's"])
def test_what_is_no_folder_of_ours_is_passed_over(
    kind: str, writer: Writer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever may write beside us can neither stop us nor have anything removed."""
    trap, elsewhere = tmp_path / ".name.tmp-x", tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "kept").touch()
    if kind == "fifo":
        os.mkfifo(trap)
    elif kind == "file":
        trap.touch()
    elif kind == "link":
        trap.symlink_to(elsewhere)
    else:
        trap.mkdir()
        owner = os.geteuid()
        monkeypatch.setattr(os, "geteuid", lambda: owner + 1)
    with writer(tmp_path / "name") as temporary:
        put(temporary, "new")
    assert sorted(path.name for path in tmp_path.iterdir()) == [trap.name, "elsewhere", "name"]
    assert (elsewhere / "kept").exists()


def test_sha256_of_a_file_larger_than_any_buffer(tmp_path: Path) -> None:
    data = os.urandom(1 << 20)
    (tmp_path / "f").write_bytes(data)
    assert sha256_of(tmp_path / "f") == hashlib.sha256(data).hexdigest()
    (tmp_path / "f").write_bytes(b"")
    assert sha256_of(tmp_path / "f") == hashlib.sha256(b"").hexdigest()


def test_a_scratch_folder_is_removed_and_so_is_what_a_killed_run_left(
    tmp_path, monkeypatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    (tmp_path / ".jtextkit-x.tmp-dead").mkdir()
    (tmp_path / ".jtextkit-x.tmp-dead" / "file").write_text("x")
    (tmp_path / ".jtextkit-y.tmp-other").mkdir()
    with scratch_folder("jtextkit-x") as one, scratch_folder("jtextkit-x") as other:
        assert one != other
        assert not list(one.iterdir())
        assert sorted(tmp_path.iterdir()) == sorted(
            [one, other, tmp_path / ".jtextkit-y.tmp-other"]
        )
    assert [path.name for path in tmp_path.iterdir()] == [".jtextkit-y.tmp-other"]


def test_no_place_for_a_scratch_folder_is_ours_and_what_happens_inside_is_not(
    tmp_path, monkeypatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "missing"))
    with pytest.raises(OutputError, match="TMPDIR"), scratch_folder("x"):
        pytest.fail("entered")
    monkeypatch.setattr(tempfile, "tempdir", None)
    monkeypatch.setattr(tempfile, "_candidate_tempdir_list", lambda: [str(tmp_path / "missing")])
    with pytest.raises(OutputError, match="TMPDIR"), scratch_folder("x"):
        pytest.fail("entered")
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    with pytest.raises(IsADirectoryError), scratch_folder("x"):
        raise IsADirectoryError(21, "not ours")
    assert list(tmp_path.iterdir()) == []


@posix_only
def test_what_killed_writers_of_many_files_left_goes_in_one_listing(tmp_path, monkeypatch) -> None:
    for name in (".a.jsonl.tmp-1", ".a.jsonl.tmp-2", ".b.jsonl.tmp-x", ".c.jsonl.tmp-x", "a.jsonl"):
        (tmp_path / name).mkdir()
    listings = []
    real = Path.iterdir
    monkeypatch.setattr(Path, "iterdir", lambda self: listings.append(self) or real(self))
    remove_stale_of(tmp_path, {"a.jsonl", "b.jsonl"})
    assert listings == [tmp_path]
    assert sorted(path.name for path in real(tmp_path)) == [".c.jsonl.tmp-x", "a.jsonl"]
    (tmp_path / ".b.jsonl.tmp-y").mkdir()
    with replacing_file(tmp_path / "b.jsonl", swept=True) as temporary:
        temporary.write_text("", encoding="utf-8")
    assert (tmp_path / ".b.jsonl.tmp-y").exists()
