"""Works from the mirror of bare texts on GitHub: all in a few requests where there is git.

A host that limits single downloads gives many files of one commit in one request to git. What comes is
put into the same cache, under the addresses that it has over https, and checked by the same hashes; so
it does not matter by which way a work came, and what git cannot give comes one by one.

Not handled: the catalogue, a single file of another repository, which comes over https.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from jtextkit.builders.aozora.archive import bare_text
from jtextkit.builders.aozora.library import SiteLibrary
from jtextkit.core import git
from jtextkit.core.errors import DownloadError
from jtextkit.core.progress import Progress

_STAGE: Final = "fetching works with git"
_FEW: Final = 16  # works: for fewer, single requests are quicker than the list of all files
_AT_ONCE: Final = 500  # works in one request: what has come is kept if the next one breaks off


@dataclass(frozen=True, slots=True)
class GitLibrary:
    """A mirror of bare texts that is a git repository, and also lies open as files.

    Attributes:
        site: the same commit over https, and the cache.
        url: the repository.
        commit: the commit, 40 hexadecimal digits.
        whole: fetch the whole commit at once, for those who will read most of it.
        tell: is told in a sentence why git gave nothing, when it fails.
    """

    site: SiteLibrary
    url: str
    commit: str
    whole: bool
    tell: Callable[[str], object]

    def catalogue(self) -> Path:
        """The catalogue's zip."""
        return self.site.catalogue()

    def works(self, paths: Iterable[str], *, report: Progress) -> dict[str, Path]:
        """Fetch all; those that the commit does not have are left out.

        Raises:
            DownloadError: git fails, and the site is down, refuses, or keeps failing; what was
                fetched is kept.
            IntegrityError: a text is not what the site's ``sha256`` says.
        """
        wanted = list(paths)
        missing = [path for path in wanted if self.site.cache.find(self.site.request(path)) is None]
        if len(missing) >= _FEW and not self.site.cache.offline and git.installed():
            try:
                absent = self._take_in(missing, report)
            except DownloadError as error:
                self.tell(f"{error.problem}; works are fetched one by one")
            else:
                wanted = [path for path in wanted if path not in absent]
        return self.site.works(wanted, report=report)

    def address(self, path: str) -> str:
        """Where a work lies."""
        return self.site.address(path)

    def _take_in(self, paths: list[str], report: Progress) -> set[str]:
        """Put works from git into the cache.

        Returns:
            Those that the commit does not have.
        """
        commit = git.Commit(self.url, self.commit, self.site.cache.folder, whole=self.whole)
        absent = {bare_text(path): path for path in paths}
        report(_STAGE, 0, len(paths))
        for start in range(0, len(paths), _AT_ONCE):
            some = [bare_text(path) for path in paths[start : start + _AT_ONCE]]
            for name, data in commit.read(some):
                self.site.cache.keep(self.site.request(absent.pop(name)), data)
            report(_STAGE, start + len(some), len(paths))
        return set(absent.values())
