"""Where works of Aozora Bunko come from: a folder, for now.

A library gives the catalogue and, for official paths (``cards/000005/files/5_ruby_21311.zip``), files
on this machine. Builders know libraries only, so what they make does not depend on the place.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from jtextkit.builders.aozora.archive import locate
from jtextkit.core.errors import InputError
from jtextkit.core.progress import Report

__all__ = ["CATALOGUE", "FolderLibrary", "Library"]

CATALOGUE = "index_pages/list_person_all_extended_utf8.zip"
"""Where the catalogue lies under the root of Aozora Bunko and its mirrors."""


class Library(Protocol):
    """A place that has the catalogue and works."""

    def catalogue(self) -> Path:
        """The catalogue's file.

        Raises:
            InputError: there is none.
        """

    def works(self, paths: Iterable[str], *, report: Report) -> dict[str, Path]:
        """A file for each official path that the library has; the others are left out."""


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

    def works(self, paths: Iterable[str], *, report: Report) -> dict[str, Path]:  # noqa: ARG002
        """The files that are there; nothing needs to be waited for."""
        found = {path: locate(self.root, path) for path in paths}
        return {path: file for path, file in found.items() if file is not None}
