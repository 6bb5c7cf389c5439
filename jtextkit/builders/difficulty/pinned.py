"""The reference set, and the pinned sources that it is rebuilt from.

The lock of the reference set is part of jtextkit; the works that it names are fetched from addresses
whose content never changes, each checked by its hash.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import resources
from pathlib import Path

from jtextkit.builders.aozora import SiteLibrary
from jtextkit.builders.difficulty.building import DifficultySources
from jtextkit.builders.difficulty.lock import read_lock
from jtextkit.builders.sources import pinned_source
from jtextkit.core.cache import Cache
from jtextkit.core.git import Commit
from jtextkit.core.politeness import REQUESTS_A_SECOND

Tell = Callable[[str], object]
"""Is told in a sentence what a user should know."""

_WORKBOOK_BYTES = 16 << 20


@dataclass(frozen=True, slots=True)
class FetchPlan:
    """What a rebuild has to read: how many works, and the bytes of their texts."""

    works: int
    bytes: int

    @property
    def minutes(self) -> float:
        """How long the works take at the pace that hosts are asked at."""
        return self.works / REQUESTS_A_SECOND / 60


def reference(edition: str = "reference") -> Path:
    """The folder of lock and receipt of the reference set, or of its ``first-edition``."""
    return Path(str(resources.files("jtextkit.builders.difficulty") / edition))


def plan(lock: Path) -> FetchPlan:
    """What the rebuild of a lock (a file, or the folder that holds it) has to read."""
    sizes = {row.path: row.bytes or 0 for row in read_lock(lock) if row.path}
    return FetchPlan(len(sizes), sum(sizes.values()))


def locked_sources(lock: Path, cache: Cache, tell: Tell) -> DifficultySources:
    """The pinned sources for the rebuild of a lock, its works checked as they come."""
    return _sources(cache, tell, {row.path: row.sha256 for row in read_lock(lock) if row.path})


def fresh_sources(cache: Cache, tell: Tell) -> DifficultySources:
    """All of the pinned sources, for a choice made afresh."""
    return _sources(cache, tell, None)


def _sources(cache: Cache, tell: Tell, sha256: Mapping[str, str] | None) -> DifficultySources:
    """Works that have these hashes; or all works, and the catalogue."""
    pinned, whole = pinned_source("aozora-works"), sha256 is None
    works = SiteLibrary(
        pinned.url,
        cache,
        texts=True,
        sha256=sha256 or {},
        catalogue_url=pinned_source("aozora-catalogue").url if whole else "",
        commit=Commit(pinned.git, pinned.commit, cache.folder, whole=whole) if pinned.git else None,
        tell=tell,
    )
    return DifficultySources(works, fetch_jec(cache))


def fetch_jec(cache: Cache, url: str | None = None) -> Path:
    """Kyoto University's workbook from its pinned address, or from ``url``."""
    pinned = pinned_source("jec")
    sha256 = pinned.sha256 if url is None else None  # copies differ; their cells are checked
    return cache.fetch(url or pinned.url, sha256=sha256, max_bytes=_WORKBOOK_BYTES)
