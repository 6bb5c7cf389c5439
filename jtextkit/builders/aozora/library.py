"""Where works of Aozora Bunko come from: a folder, or the network.

A library gives the catalogue and, for official paths (``cards/000005/files/5_ruby_21311.zip``), files
on this machine. Builders know libraries only, so what they make does not depend on the place.

A host that limits single downloads gives many files of one commit in one request to git. What comes is
put into the same cache, under the addresses that it has over https, and checked by the same hashes; so
it does not matter by which way a work came, and what git cannot give comes one by one.

Not handled: works on other hosts, which the catalogue lists without a path; the catalogue of a mirror
that is a git repository, a file of another one, which comes over https.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from jtextkit.builders.aozora.archive import MAX_BYTES, bare_text, locate
from jtextkit.builders.aozora.catalogue import MAX_BYTES as CATALOGUE_BYTES
from jtextkit.core import git
from jtextkit.core.cache import Cache
from jtextkit.core.download import Request
from jtextkit.core.errors import DownloadError, InputError, NotFoundError
from jtextkit.core.progress import Progress

CATALOGUE: Final = "index_pages/list_person_all_extended_utf8.zip"
"""Where the catalogue lies under the root of Aozora Bunko and its mirrors."""

_STAGE: Final = "fetching works with git"
_FEW: Final = 16  # works: for fewer, single requests are quicker than the list of all files
_AT_ONCE: Final = 500  # works in one request: what has come is kept if the next one breaks off


@dataclass(frozen=True, slots=True)
class FolderLibrary:
    """A folder laid out like www.aozora.gr.jp, or like its mirror of plain texts on GitHub."""

    root: Path

    def catalogue(self) -> Path:
        """The catalogue's zip, or the bare CSV in its place.

        Raises:
            InputError: there is none.
        """
        for catalogue in (self.root / CATALOGUE, (self.root / CATALOGUE).with_suffix(".csv")):
            if catalogue.is_file():
                return catalogue
        raise InputError(
            f"there is no catalogue ({CATALOGUE})",
            where=str(self.root),
            cure="name the folder that holds index_pages/ and cards/, as on www.aozora.gr.jp",
        )

    def works(self, paths: Iterable[str], *, report: Progress) -> dict[str, Path]:  # noqa: ARG002
        """A file for each official path that there is; nothing needs to be waited for."""
        return {path: file for path in paths if (file := locate(self.root, path))}

    def address(self, path: str) -> str:
        """Where a work lies, or would lie."""
        return str(self.root / path)


@dataclass(frozen=True, slots=True)
class SiteLibrary:
    """The site, or a mirror of it, over the network, by way of a verified cache.

    Attributes:
        url: the root, ``https://www.aozora.gr.jp/`` for example; ``cards/…`` lies below it.
        cache: what has been fetched, and how more is.
        texts: whether it is a mirror of bare texts (``files/STEM/STEM.txt``) instead of zips.
        sha256: what the texts must hash to, by official path; for mirrors of bare texts.
        catalogue_url: where the catalogue lies, if not below ``url``.
        commit: the same mirror as a commit of a git repository, where it is one.
        tell: is told in a sentence why git gave nothing, when it fails.
    """

    url: str
    cache: Cache
    texts: bool = False
    sha256: Mapping[str, str] = field(default_factory=dict)
    catalogue_url: str = ""
    commit: git.Commit | None = None
    tell: Callable[[str], object] = print

    def catalogue(self) -> Path:
        """The catalogue's zip."""
        url = self.catalogue_url or f"{self.url.rstrip('/')}/{CATALOGUE}"
        return self.cache.fetch(url, max_bytes=CATALOGUE_BYTES)

    def works(self, paths: Iterable[str], *, report: Progress) -> dict[str, Path]:
        """Fetch all; those that the site does not have are left out.

        Raises:
            DownloadError: the site is down, refuses, or keeps failing; what was fetched is kept.
            IntegrityError: a text is not what ``sha256`` says.
        """
        wanted = list(paths)
        if self.commit is not None:
            absent = self._take_in(self.commit, wanted, report)
            wanted = [path for path in wanted if path not in absent]
        found = {}
        outcomes = self.cache.fetch_many(
            map(self._request, wanted), report=report, stage="fetching works"
        )
        for path, outcome in zip(wanted, outcomes, strict=True):
            if isinstance(outcome, Path):
                found[path] = outcome
            elif not isinstance(outcome, NotFoundError):
                raise outcome
        return found

    def address(self, path: str) -> str:
        """Where a work lies, or would lie."""
        return f"{self.url.rstrip('/')}/{bare_text(path) if self.texts else path}"

    def _request(self, path: str) -> Request:
        return Request(self.address(path), sha256=self.sha256.get(path), max_bytes=MAX_BYTES)

    def _take_in(self, commit: git.Commit, wanted: list[str], report: Progress) -> set[str]:
        """Put works from git into the cache, unless that needs few or git fails.

        Returns:
            Those that the commit does not have.
        """
        paths = [path for path in wanted if self.cache.find(self._request(path)) is None]
        if len(paths) < _FEW or self.cache.offline or not git.installed():
            return set()
        absent = {bare_text(path): path for path in paths}
        report(_STAGE, 0, len(paths))
        try:
            for start in range(0, len(paths), _AT_ONCE):
                some = [bare_text(path) for path in paths[start : start + _AT_ONCE]]
                for name, data in commit.read(some):
                    self.cache.keep(self._request(absent.pop(name)), data)
                report(_STAGE, start + len(some), len(paths))
        except DownloadError as error:
            self.tell(f"{error.problem}; works are fetched one by one")
            return set()
        return set(absent.values())


Library = FolderLibrary | SiteLibrary
"""A place that has the catalogue, and works by their official paths."""
