"""Where works of Aozora Bunko come from: a folder, or the network (see also ``repository``).

A library gives the catalogue and, for official paths (``cards/000005/files/5_ruby_21311.zip``), files
on this machine. Builders know libraries only, so what they make does not depend on the place.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, Protocol
from urllib.parse import urljoin

from jtextkit.builders.aozora.archive import MAX_BYTES, bare_text, locate
from jtextkit.builders.aozora.catalogue import MAX_BYTES as CATALOGUE_BYTES
from jtextkit.core.cache import Cache
from jtextkit.core.download import Request
from jtextkit.core.errors import InputError, NotFoundError
from jtextkit.core.progress import Progress

CATALOGUE: Final = "index_pages/list_person_all_extended_utf8.zip"
"""Where the catalogue lies under the root of Aozora Bunko and its mirrors."""


class Library(Protocol):
    """A place that has the catalogue and works."""

    def catalogue(self) -> Path:
        """The catalogue's file.

        Raises:
            InputError: there is none.
        """

    def works(self, paths: Iterable[str], *, report: Progress) -> dict[str, Path]:
        """A file for each official path that the library has; the others are left out."""

    def address(self, path: str) -> str:
        """Where the work at an official path lies, or would lie."""


@dataclass(frozen=True, slots=True)
class FolderLibrary:
    """A folder laid out like www.aozora.gr.jp, or like its mirror of plain texts on GitHub."""

    root: Path

    def catalogue(self) -> Path:
        """The catalogue's zip, or the bare CSV in its place."""
        for catalogue in (self.root / CATALOGUE, (self.root / CATALOGUE).with_suffix(".csv")):
            if catalogue.is_file():
                return catalogue
        raise InputError(
            f"there is no catalogue ({CATALOGUE})",
            where=str(self.root),
            cure="name the folder that holds index_pages/ and cards/, as on www.aozora.gr.jp",
        )

    def works(self, paths: Iterable[str], *, report: Progress) -> dict[str, Path]:  # noqa: ARG002
        """The files that are there; nothing needs to be waited for."""
        found = {path: locate(self.root, path) for path in paths}
        return {path: file for path, file in found.items() if file is not None}

    def address(self, path: str) -> str:
        """Where a work lies."""
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
    """

    url: str
    cache: Cache
    texts: bool = False
    sha256: Mapping[str, str] = field(default_factory=dict)
    catalogue_url: str = ""

    def catalogue(self) -> Path:
        """The catalogue's zip."""
        url = self.catalogue_url or urljoin(self._root, CATALOGUE)
        return self.cache.fetch(url, max_bytes=CATALOGUE_BYTES)

    def works(self, paths: Iterable[str], *, report: Progress) -> dict[str, Path]:
        """Fetch all; those that the site does not have are left out.

        Raises:
            DownloadError: the site is down, refuses, or keeps failing; what was fetched is kept.
            IntegrityError: a text is not what ``sha256`` says.
        """
        wanted = list(paths)
        found = {}
        outcomes = self.cache.fetch_many(
            map(self.request, wanted), report=report, stage="fetching works"
        )
        for path, outcome in zip(wanted, outcomes, strict=True):
            if isinstance(outcome, Path):
                found[path] = outcome
            elif not isinstance(outcome, NotFoundError):
                raise outcome
        return found

    def address(self, path: str) -> str:
        """Where a work lies."""
        return urljoin(self._root, bare_text(path) if self.texts else path)

    def request(self, path: str) -> Request:
        """What is asked for to have a work."""
        return Request(self.address(path), sha256=self.sha256.get(path), max_bytes=MAX_BYTES)

    @property
    def _root(self) -> str:
        return self.url if self.url.endswith("/") else f"{self.url}/"
