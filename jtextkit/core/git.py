"""Files of one commit of a git repository, many in one request, by the program ``git``.

What is relied on: the hash that names the commit, and so all that is in it. Only the transport of
:class:`~jtextkit.core.addresses.Address` is used. No configuration, hook, credential or ``.netrc`` of the
user or the system takes part, and nothing ever asks for a password; proxies and certificates are
those of :mod:`jtextkit.core.download`.

Not handled: git before 2.29, which says so and fails; servers that do not give out single objects.
Windows' git finds its certificates by the system's configuration, and no test has run there.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Final

from jtextkit.core.addresses import Address
from jtextkit.core.download import USER_AGENT
from jtextkit.core.errors import DownloadError, UsageError
from jtextkit.core.files import exclusive, output_errors

_FETCHED: Final = "jtextkit-fetched"  # written last: the commit and all its trees are there
_OWN_COPY: Final = "work from a copy of your own"
_KEPT: Final = re.compile("(?i)path|systemroot|temp|tmp|(?:https?|no|all)_proxy")
_SETTINGS: Final = {
    "core.hooksPath": os.devnull,
    "core.askPass": "",
    "credential.helper": "",
    "protocol.allow": "never",
    "http.followRedirects": "false",
    "http.userAgent": USER_AGENT,
    "http.lowSpeedLimit": "100",  # bytes a second, over so many seconds: a stall
    "http.lowSpeedTime": "30",
    "fetch.negotiationAlgorithm": "noop",
    "fetch.recurseSubmodules": "false",
    "gc.auto": "0",
    "maintenance.auto": "false",
}


def installed() -> bool:
    """Whether there is a ``git`` to run."""
    return shutil.which("git") is not None


class Commit:
    """One commit, as much of it as was fetched, in a bare repository of its own.

    Args:
        url: the repository, an address that may be fetched from.
        commit: the commit, 40 hexadecimal digits.
        folder: where repositories are kept; this one takes a folder below it.
        whole: fetch all files at once, not only those that are asked for.

    Raises:
        UsageError: the address may not be fetched from, or the commit is none.
    """

    def __init__(self, url: str, commit: str, folder: Path, *, whole: bool = False) -> None:
        self._address = Address.of(url)
        if not re.fullmatch("[0-9a-f]{40}", commit):
            cure = "give its 40 lower-case hexadecimal digits"
            raise UsageError(f"{commit!r} does not name a commit", where=url, cure=cure)
        host = re.sub("[^A-Za-z0-9.-]+", "_", self._address.host)
        self._commit = commit
        self._whole = whole
        self._folder = (folder / f"git-{host}" / f"{commit}{'-whole' if whole else ''}").absolute()

    def read(self, paths: Iterable[str]) -> Iterator[tuple[str, bytes]]:
        """Path and content of each of ``paths`` that the commit has, fetched in one request.

        Raises:
            DownloadError: git fails; what came before stays, what comes after is not asked for.
            OutputError: there is no room for the repository.
        """
        wanted = sorted(set(paths))
        with (
            output_errors(self._folder, option="--cache"),
            exclusive(self._folder.with_suffix(".lock")),
        ):
            self._fetch_commit()
            blobs = self._blobs(wanted)
            ids = "".join(f"{blob}\n" for blob in blobs.values()).encode()
            if not self._whole and blobs:
                self._fetch("--filter=blob:none", "--stdin", stdin=ids)
            contents = self._git("cat-file", "--batch", stdin=ids) if blobs else b""
        place = 0
        for path, blob in blobs.items():
            head, _, _ = contents[place : place + 100].partition(b"\n")
            name, kind, size = head.decode().split(" ") if head.count(b" ") == 2 else ("", "", "0")
            start = place + len(head) + 1
            place = start + int(size) + 1
            if name != blob or kind != "blob":
                raise self._failure(f"it has not sent {path}")
            yield path, contents[start : place - 1]

    def _fetch_commit(self) -> None:
        """Fetch the commit and its trees, or all of it; what an earlier run broke off is removed."""
        if (self._folder / _FETCHED).is_file():
            return
        shutil.rmtree(self._folder, ignore_errors=True)
        self._folder.mkdir(parents=True)
        self._git("init", "--bare", "--quiet", "--template=")
        self._fetch("--depth=1", *(() if self._whole else ("--filter=blob:none",)), self._commit)
        (self._folder / _FETCHED).touch()

    def _blobs(self, paths: list[str]) -> dict[str, str]:
        """The objects that ``paths`` are in the commit; those that are no files are left out."""
        found = {}
        wanted = set(paths)
        for line in (
            self._git("ls-tree", "-r", "-z", self._commit).decode("utf-8", "replace").split("\0")
        ):
            facts, _, path = line.partition("\t")
            if path in wanted:
                found[path] = facts.split(" ")[2]
        return found

    def _fetch(self, *what: str, stdin: bytes = b"") -> None:
        quiet = ("--quiet", "--no-tags", "--no-write-fetch-head", "--no-auto-maintenance")
        options = [one for one in what if one.startswith("-")]
        names = [one for one in what if not one.startswith("-")]
        self._git("fetch", *quiet, *options, "origin", *names, stdin=stdin)

    def _git(self, *command: str, stdin: bytes = b"") -> bytes:
        settings = {
            **_SETTINGS,
            f"protocol.{self._address.url.partition(':')[0]}.allow": "always",
            "remote.origin.url": self._address.url,
        }
        if not self._whole:
            settings |= {
                "remote.origin.promisor": "true",
                "remote.origin.partialCloneFilter": "blob:none",
            }
        program = shutil.which("git")
        if program is None:
            raise self._failure("it is not installed")
        given = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        try:
            done = subprocess.run(  # noqa: S603 - a list, and its parts are checked
                [program, *given, f"--git-dir={self._folder}", *command],
                input=stdin,
                capture_output=True,
                cwd=self._folder,
                env=_environment(self._folder, loopback=self._address.loopback),
                check=False,
            )
        except OSError as error:
            raise self._failure(str(error.strerror)) from None
        if done.returncode:
            said = done.stderr.decode("utf-8", "replace").strip().splitlines()
            raise self._failure(said[-1] if said else f"exit code {done.returncode}")
        return done.stdout

    def _failure(self, problem: str) -> DownloadError:
        cure = _OWN_COPY
        return DownloadError(f"git fetches nothing ({problem})", where=self._address.url, cure=cure)


def _environment(home: Path, *, loopback: bool) -> Mapping[str, str]:
    """What git may know of the user's environment: where programs and proxies are."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if _KEPT.fullmatch(name) and not (loopback and name.lower().endswith("_proxy"))
    }
    if certificates := os.environ.get("SSL_CERT_FILE"):
        kept["GIT_SSL_CAINFO"] = certificates
    return kept | {
        "HOME": str(home),
        "XDG_CONFIG_HOME": str(home),
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_TERMINAL_PROMPT": "0",
        "GIT_ASKPASS": "",
        "GIT_NO_LAZY_FETCH": "1",
        "LC_ALL": "C",
    }
