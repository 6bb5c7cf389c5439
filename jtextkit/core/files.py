"""Files and folders that appear whole or not at all.

What is written goes to a temporary sibling, is flushed to the disk, and takes its final name by a
rename, which the file system does in one step. A symbolic link stays, and what it points to is
replaced. A run that fails or is interrupted removes its
temporary; one that is killed leaves a hidden sibling (``.NAME.tmp-…``) that the next run for the
same name removes. A live writer holds a lock on its temporary, so no run removes another's work.

Accepted trade-off: a *folder* cannot be exchanged for another in one portable step. The old one is
moved aside just before the new one takes its name; a kill in between leaves neither, never a mix.
Not handled: network file systems without ``flock``, and Windows, where stale temporaries stay.
"""

from __future__ import annotations

import errno
import hashlib
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Collection, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from jtextkit.core.errors import OutputError
from jtextkit.core.failpoints import failpoint

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl


@contextmanager
def replacing_file(path: Path, *, option: str = "-o", swept: bool = False) -> Iterator[Path]:
    """Give a temporary path to write to; on success it becomes ``path``, otherwise it is removed.

    Args:
        option: what names another place, for messages.
        swept: the caller has seen to what killed runs left (:func:`remove_stale_of`), so that many
            files of one folder do not list it for each.

    Raises:
        OutputError: the folder is missing or not writable, or the disk is full.
    """
    path = _pointed_to(path)
    with output_errors(path, option=option):
        with _temporary_folder(path, swept=swept) as folder:
            temporary = folder / path.name
            failpoint("temporary-made")
            yield temporary
            failpoint("file-written")
            flush(temporary)
            failpoint("file-flushed")
            temporary.replace(path)
            failpoint("file-renamed")
        flush(path.parent)
        failpoint("folder-flushed")


@contextmanager
def replacing_folder(path: Path) -> Iterator[Path]:
    """Give an empty temporary folder; on success it becomes ``path``, replacing what was there.

    Raises:
        OutputError: the parent is not writable, or the disk is full. ``path`` is then untouched.
    """
    if path.name in ("", ".."):
        problem = "this folder has no name to give to a new one"
        raise OutputError(problem, where=str(path), cure="name the folder to write, such as -o set")
    path = _pointed_to(path)
    with output_errors(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        with _temporary_folder(path) as folder:
            new = folder / "new"
            new.mkdir()
            failpoint("folder-made")
            yield new
            for file in sorted(new.rglob("*")):
                flush(file)
            flush(new)
            failpoint("folder-written")
            if path.exists():
                path.replace(folder / "old")
                failpoint("old-folder-aside")
            try:
                new.replace(path)
            except BaseException:
                if (folder / "old").exists():
                    (folder / "old").replace(path)
                raise
            failpoint("new-folder-named")
        flush(path.parent)


def _pointed_to(path: Path) -> Path:
    return Path(os.path.realpath(path)) if path.is_symlink() else path


@contextmanager
def scratch_folder(name: str) -> Iterator[Path]:
    """Give an empty folder among the system's temporary files, removed at the end.

    What a killed run left under the same ``name`` the next one removes.

    Raises:
        OutputError: no folder can be made there.
    """
    with output_errors(Path(name), option="TMPDIR"):  # there may be no such folder at all
        place = Path(tempfile.gettempdir()) / name
    with ExitStack() as stack:
        with output_errors(place, option="TMPDIR"):
            folder = stack.enter_context(_temporary_folder(place))
        yield folder


@contextmanager
def output_errors(path: Path, *, option: str = "-o") -> Iterator[None]:
    """Make an error of the system at ``path`` ours; ``option`` is what names another place.

    Raises:
        OutputError: whatever the system said, and what to do.
    """
    try:
        yield
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            cure = f"free some space or choose another place with {option}"
        else:
            cure = f"choose a place that you may write to with {option}"
        reason = os.strerror(error.errno) if error.errno else error  # pyarrow's has many words
        raise OutputError(f"cannot be written ({reason})", where=str(path), cure=cure) from error


@contextmanager
def _temporary_folder(path: Path, *, swept: bool = False) -> Iterator[Path]:
    """A locked, hidden folder beside ``path`` (so on the same file system), removed at the end."""
    if not swept:
        remove_stale(path)
    with ExitStack() as lock:
        folder = _claim(path, lock)
        try:
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)


def _claim(path: Path, lock: ExitStack) -> Path:
    """A new folder that we hold: before we lock it, another run may take it for stale."""
    while True:
        folder = Path(tempfile.mkdtemp(prefix=f".{path.name}.tmp-", dir=path.parent))
        with suppress(FileNotFoundError, BlockingIOError):
            lock.enter_context(_locked(folder))
            if folder.exists():
                return folder


@contextmanager
def only_run(place: Path) -> Iterator[None]:
    """Hold a run's folder, or the file that it writes, against a second run.

    Not handled: Windows, where a second run is not noticed.

    Raises:
        OutputError: another process holds it.
    """
    with ExitStack() as lock:
        try:
            lock.enter_context(_locked(place, folder=place.is_dir()))
        except BlockingIOError:
            cure = "wait for its end, or choose another place with -o"
            raise OutputError("another run is at work there", where=str(place), cure=cure) from None
        yield


@contextmanager
def _locked(path: Path, *, folder: bool = True) -> Iterator[None]:
    """Hold an exclusive lock, by default on a folder, which the system lets go of when we die.

    Raises:
        BlockingIOError: another process holds it.
        NotADirectoryError: it should be a folder, and is none.
    """
    if sys.platform == "win32":
        yield
        return
    # Anybody may put anything there where a folder is shared: a FIFO would be waited at for ever.
    flags = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | (os.O_DIRECTORY if folder else 0)
    descriptor = os.open(path, flags)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    finally:
        os.close(descriptor)


@contextmanager
def exclusive(path: Path) -> Iterator[None]:
    """Hold the lock that is the file ``path``; wait while another process holds it.

    The file and its folder are made if need be. The holder may remove both: those who wait then
    make them anew.

    Not handled: file systems without locks, which raise OSError. Windows' locks are written after
    its documentation, but no test has run there.
    """
    tries = 100
    while True:
        try:
            with suppress(FileExistsError):  # exist_ok would not do: it may be gone a moment later
                path.parent.mkdir(parents=True)
            descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o666)
        except FileNotFoundError:  # removed in between, unless it goes on
            tries -= 1
            if not tries:
                raise
            continue
        try:
            _acquire(descriptor)
            if _still_there(descriptor, path):
                yield
                return
        finally:
            os.close(descriptor)


def _acquire(descriptor: int) -> None:
    if sys.platform == "win32":
        while True:
            try:
                msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
            except OSError:
                time.sleep(0.1)
            else:
                return
    else:
        fcntl.flock(descriptor, fcntl.LOCK_EX)


def _still_there(descriptor: int, path: Path) -> bool:
    try:
        return os.path.samestat(os.fstat(descriptor), path.stat())
    except FileNotFoundError:
        return False


def remove_stale(path: Path) -> None:
    """Remove the temporaries that our killed writers of ``path`` left, not those of live ones."""
    remove_stale_of(path.parent, {path.name})


def remove_stale_of(folder: Path, names: Collection[str]) -> None:
    """The same for many files of a folder, which is listed once."""
    if sys.platform == "win32":
        return
    with suppress(OSError):  # of a folder that may be written to and not listed
        for path in folder.iterdir():
            if path.name[0] == "." and path.name[1:].rpartition(".tmp-")[0] in names:
                with suppress(OSError):
                    if path.lstat().st_uid == os.geteuid():
                        with _locked(path):
                            shutil.rmtree(path)


def remove_file(path: Path) -> None:
    """Remove a file, if it is there, and see to it that it does not come back after a crash.

    Raises:
        OutputError: it may not be removed.
    """
    with output_errors(path), suppress(FileNotFoundError):
        path.unlink()
        flush(path.parent)


def flush(path: Path) -> None:
    """Fsync a file or folder: a rename must not outlive the bytes it names."""
    if os.name == "nt" and path.is_dir():
        return
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def sha256_of(path: Path) -> str:
    """The SHA-256 of a file's bytes in hexadecimal, read in bounded memory."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def cache_folder() -> Path:
    """Where things are kept that can be had again: ``JTEXTKIT_CACHE``, or where this platform has its place for them.

    Raises:
        OutputError: there is no home folder to put it in.
    """
    if named := os.environ.get("JTEXTKIT_CACHE"):
        return Path(named)
    try:
        if sys.platform == "win32":
            local = os.environ.get("LOCALAPPDATA")
            return (Path(local) if local else Path.home() / "AppData/Local") / "jtextkit" / "cache"
        if sys.platform == "darwin":
            return Path.home() / "Library" / "Caches" / "jtextkit"
        base = Path(os.environ.get("XDG_CACHE_HOME", ""))
        return (base if base.is_absolute() else Path.home() / ".cache") / "jtextkit"
    except RuntimeError:
        cure = "name a folder with --cache"
        raise OutputError("there is no home folder for the cache", cure=cure) from None
