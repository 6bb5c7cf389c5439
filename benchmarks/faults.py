"""Every write, open, rename and fsync of the commands that write, failed once and killed once.

A shim in C, compiled on the spot and preloaded, counts a command's calls below its folder. Then, for every N,
the command runs again and its N-th call fails (no space, or an input/output error) or kills it. After each
fault every output must be the old one, the new one or absent, with nothing said but one line; and the same
command, run again, must give the new one to the byte and leave nothing else behind. Prints a table of faults
and losses; exits with 1 if there is a loss. Needs Linux and a C compiler.

A run takes milliseconds, since it is forked from a process that has done the command once, so that nothing
is imported any more; a first, cold run must have made the same bytes. What is left alike is run again once.

    python benchmarks/faults.py [--every K] [NAME...]
"""

from __future__ import annotations

import argparse
import ctypes
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

SHIM = r"""
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/uio.h>
#include <unistd.h>

static char folder[PATH_MAX];
static long counted, wanted;
static int killing, armed;

void faults_arm(const char *path, long number, int kill_it) {
    strcpy(folder, path); counted = 0; wanted = number; killing = kill_it; armed = 1;
}
long faults_counted(void) { armed = 0; return counted; }

static int strike(const char *path, int error) {
    if (!armed || strncmp(path, folder, strlen(folder)) || ++counted != wanted) return 0;
    if (killing) kill(getpid(), SIGKILL);
    errno = error;
    return 1;
}
static int strike_path(const char *path, int error) {
    char whole[2 * PATH_MAX] = "";
    if (path[0] != '/') { if (!getcwd(whole, PATH_MAX)) return 0; strcat(whole, "/"); }
    return strike(strcat(whole, path), error);
}
static int strike_file(int file, int error) {
    char link[64], path[PATH_MAX + 1];
    snprintf(link, sizeof link, "/proc/self/fd/%d", file);
    ssize_t size = readlink(link, path, PATH_MAX);
    if (size <= 0) return 0;
    path[size] = 0;
    return strike(path, error);
}
#define REAL(name) __typeof__(&name) real = (__typeof__(&name))dlsym(RTLD_NEXT, #name)
#define OPEN(name) int name(const char *path, int flags, ...) { REAL(name); va_list more; va_start(more, flags); \
    mode_t mode = va_arg(more, mode_t); va_end(more); \
    if (strike_path(path, flags & O_CREAT ? ENOSPC : EIO)) return -1; return real(path, flags, mode); }
#define OPENAT(name) int name(int at, const char *path, int flags, ...) { REAL(name); va_list more; va_start(more, flags); \
    mode_t mode = va_arg(more, mode_t); va_end(more); \
    if (strike_path(path, flags & O_CREAT ? ENOSPC : EIO)) return -1; return real(at, path, flags, mode); }
OPEN(open) OPEN(open64) OPENAT(openat) OPENAT(openat64)
ssize_t write(int file, const void *data, size_t size) { REAL(write); return strike_file(file, ENOSPC) ? -1 : real(file, data, size); }
ssize_t writev(int file, const struct iovec *data, int number) { REAL(writev); return strike_file(file, ENOSPC) ? -1 : real(file, data, number); }
ssize_t pwrite64(int file, const void *data, size_t size, off64_t at) { REAL(pwrite64); return strike_file(file, ENOSPC) ? -1 : real(file, data, size, at); }
int fsync(int file) { REAL(fsync); return strike_file(file, EIO) ? -1 : real(file); }
int fdatasync(int file) { REAL(fdatasync); return strike_file(file, EIO) ? -1 : real(file); }
int rename(const char *old, const char *new) { REAL(rename); return strike_path(new, EIO) ? -1 : real(old, new); }
int renameat(int a, const char *old, int b, const char *new) { REAL(renameat); return strike_path(new, EIO) ? -1 : real(a, old, b, new); }
"""

TEXTS = ("犬が走る。", "当該規定の適用範囲を検討する。", "猫は屋根の上で鳴いた。")
SOLVED = {"problem": "3+4は？", "solution": "3＋4＝7。答え 7個", "answer": "7個"}


def rows(folder: Path, name: str, number: int) -> None:
    lines = (
        json.dumps({"id": i, "text": TEXTS[i % 3] * 9}, ensure_ascii=False) for i in range(number)
    )
    (folder / name).write_text("\n".join(lines) + "\n", encoding="utf-8")


def table(folder: Path, name: str, number: int) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    pq.write_table(pa.table({"text": [TEXTS[i % 3] * 9 for i in range(number)]}), folder / name)


def shards(folder: Path, number: int) -> None:
    (folder / "in").mkdir(exist_ok=True)
    rows(folder / "in", "a.jsonl", number)
    table(folder / "in", "b.parquet", number)


def solutions(folder: Path, number: int) -> None:
    wrong = {**SOLVED, "solution": "3＋4＝8。答え 8個"}
    every = [{"id": i, **(SOLVED if i % 3 else wrong)} for i in range(number)]
    text = "".join(json.dumps(one, ensure_ascii=False) + "\n" for one in every)
    (folder / "s.jsonl").write_text(text, encoding="utf-8")


def labelled(folder: Path, number: int) -> None:
    every = [{"text": TEXTS[i % 3] * (i + 1), "y": "ab"[i % 2]} for i in range(number)]
    text = "".join(json.dumps(one, ensure_ascii=False) + "\n" for one in every)
    (folder / "t.jsonl").write_text(text, encoding="utf-8")


def nothing(_folder: Path, _number: int) -> None: ...


@dataclass(frozen=True)
class Case:
    """A command, what it reads (of two sizes: the older result is made of 5), and what it writes."""

    name: str
    words: tuple[str, ...]
    outputs: str
    given: Callable[[Path, int], None] = nothing
    older: tuple[str, ...] = ()
    status: int = 0


CASES = [
    Case("annotate", ("annotate", "in", "-o", "out", "--workers", "1"), "out", shards),
    Case("audit-solutions", ("audit-solutions", "s.jsonl", "--drop-failing", "out/clean.jsonl"), "out", solutions),
    Case("check --html", ("check", "t.jsonl", "--text-column", "text", "--label-column", "y", "--html", "out/page.html"), "out", labelled, status=4),
    Case("build sansu", ("build", "sansu", "--size", "41", "--seed", "1", "-o", "out/set", "--force", "--workers", "1"), "out", older=("--seed", "2")),
    Case("build stx", ("build", "stx", "--sample", "-o", "out/set", "--force"), "out", older=("--size", "3")),
    Case("build difficulty-2level", ("build", "difficulty-2level", "--sample", "-o", "out/set", "--force", "--workers", "1"), "out", older=("--size", "6")),
]  # fmt: skip


def run(shim: ctypes.CDLL, folder: Path, words: tuple[str, ...], number: int = 0, kill: bool = False) -> tuple[int, int, str]:  # fmt: skip
    """Run a command in a child; its status, how many calls it made, and what it said."""
    said, told = folder.parent / "said", folder.parent / "told"
    told.write_text("0")
    child = os.fork()
    if not child:
        code = 1
        try:
            log = os.open(said, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
            os.dup2(log, 1)
            os.dup2(log, 2)
            shim.faults_arm(str(folder).encode(), number, kill)
            code = here(folder, words)
        finally:
            told.write_text(str(shim.faults_counted()))
            os._exit(code)
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    return status, int(told.read_text()), said.read_text(errors="replace")


def here(folder: Path, words: tuple[str, ...]) -> int:
    """Run a command in this process; its status."""
    from jtextkit.cli.main import main

    os.chdir(folder)
    try:
        main(list(words))
    except SystemExit as end:
        return int(end.code or 0)
    return 0


def contents(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def state(folder: Path) -> str:
    """A digest of all that a run left, but for the chance in the names of temporaries."""
    places = sorted((re.sub(r"\.tmp-[^/]*", ".tmp-", str(p.relative_to(folder))), p) for p in folder.rglob("*"))  # fmt: skip
    whole = hashlib.sha256()
    for name, place in places:
        whole.update(
            f"{name}\0".encode() + (place.read_bytes() if place.is_file() else b"") + b"\0"
        )
    return whole.hexdigest()


def losses(shim: ctypes.CDLL, case: Case, scratch: Path, every: int) -> tuple[int, int, list[str]]:
    """How many calls the command makes, how many faults there were, and what they lost."""
    work, start = scratch / "work", scratch / "begin"

    def begin() -> None:
        shutil.rmtree(work, ignore_errors=True)
        shutil.copytree(start, work)

    (start / "out").mkdir(parents=True)
    case.given(start, 5)
    status, _, said = run(shim, start, (*case.words, *case.older))
    assert status == case.status, said
    old = contents(start / case.outputs)
    case.given(start, 40)

    def whole() -> tuple[int, dict[str, bytes]]:
        begin()
        status, calls, said = run(shim, work, case.words)
        assert status == case.status, said
        return calls, contents(work / case.outputs)

    _, new = whole()
    assert new != old
    begin()
    assert here(work, case.words) == case.status
    calls, warm = whole()
    assert warm == new  # nothing that this process remembers changes what a run does
    found: list[str] = []
    rerun: dict[str, str] = {}

    def again() -> str:
        """What running it again does wrong, or ""."""
        status, _, said = run(shim, work, case.words)
        last = contents(work / case.outputs)
        if status == case.status and last == new:
            return ""
        differing = sorted(n for n in {*last, *new} if last.get(n) != new.get(n))
        return f"run again it ends with {status}, other: {differing}: {said[-300:]}"

    for kill in (False, True):
        for number in range(1, calls + 1, every):
            begin()
            status, _, said = run(shim, work, case.words, number, kill)
            left = contents(work / case.outputs)
            half = [n for n, data in left.items() if "tmp-" not in n and not Path(n).name.startswith(".") and data not in (old.get(n), new.get(n))]  # fmt: skip
            # What cannot be removed stays hidden, until the next run removes it.
            seen = {name: data for name, data in left.items() if ".tmp-" not in name}
            wrong = []
            if kill and status != -9:
                wrong.append(f"ends with {status}")
            if half:
                wrong.append(f"neither old nor new: {half}")
            if not kill and status == case.status and seen != new:
                wrong.append("exit code 0, and the output is not whole")
            if "Traceback" in said or "unexpected" in said:
                wrong.append(f"said {said[-300:]}")
            key = state(work)
            if key not in rerun:
                rerun[key] = again()
            if rerun[key]:
                wrong.append(rerun[key])
            found += (f"{case.name}, {'kill' if kill else 'fail'} at call {number}: {one}" for one in wrong)  # fmt: skip
    return calls, 2 * len(range(0, calls, every)), found


def preloaded() -> Iterator[ctypes.CDLL]:
    """The shim, once this program runs with it; the first time it starts itself anew."""
    path = os.environ.get("FAULTS_SHIM")
    if path is not None:
        yield ctypes.CDLL(path)
        return
    with tempfile.TemporaryDirectory() as name:
        source, library = Path(name) / "faults.c", Path(name) / "faults.so"
        source.write_text(SHIM)
        command = [os.environ.get("CC", "cc"), "-shared", "-fPIC", "-O1", "-o", str(library), str(source), "-ldl"]  # fmt: skip
        subprocess.run(command, check=True)
        more = {"LD_PRELOAD": str(library), "FAULTS_SHIM": str(library), "JTEXTKIT_LANG": "en", "OMP_NUM_THREADS": "1"}  # fmt: skip
        sys.exit(subprocess.run([sys.executable, *sys.argv], env={**os.environ, **more}, check=False).returncode)  # fmt: skip


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", help="commands; all of them where none is named")
    parser.add_argument("--every", type=int, default=1, metavar="K", help="only every K-th call")
    options = parser.parse_args()
    chosen = options.names
    shim = next(preloaded())
    print("| command | calls | faults | losses |\n|---|---:|---:|---:|", flush=True)
    faults, lost = 0, []
    for case in CASES:
        if chosen and case.name not in chosen:
            continue
        with tempfile.TemporaryDirectory() as name:
            calls, tried, found = losses(shim, case, Path(name).resolve(), options.every)
            os.chdir("/")
        print(f"| `{case.name}` | {calls} | {tried} | {len(found)} |", flush=True)
        faults += tried
        lost += found
    print(*lost, sep="\n", file=sys.stderr)
    print(f"\n{faults:,} faults, {len(lost)} losses")
    return min(1, len(lost))


if __name__ == "__main__":
    sys.exit(main())
