"""A work's plain text from where it lies on disk.

Source: a copy of the site (zips) or of its pinned mirror on GitHub (bare texts).

Not handled: works on other hosts, which the catalogue lists without a path.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from jtextkit.builders.aozora.archive import Member, locate, read_member
from jtextkit.builders.aozora.catalogue import Work
from jtextkit.builders.aozora.encoding import decode
from jtextkit.builders.aozora.notation import GaijiAs, PlainText, read_text
from jtextkit.core.errors import InputError


@dataclass(frozen=True, slots=True)
class WorkText:
    """The plain text of a work, and what it was made from."""

    plain: PlainText
    member_sha256: str
    """SHA-256 of the text file, whether it lay in a zip or not."""
    member_bytes: int
    """Bytes of the text file."""
    characters_source: int
    """Characters of the text file, header, notation and footer included."""


def read_work(root: Path, work: Work) -> WorkText:
    """The text of ``work`` under ``root``.

    Raises:
        InputError: no such file, or one of its kinds for what is wrong with it.
    """
    if work.path is None:
        raise InputError(
            "the work has no text on www.aozora.gr.jp",
            where=f"work {work.work_id}",
            cure="leave it out (rule no-text)",
        )
    path = locate(root, work.path)
    if path is None:
        raise InputError(
            f"no such file under {root}",
            where=work.path,
            cure="fetch it, or check the folder (it holds cards/…)",
        )
    return _read(read_member(path, where=work.path), work.path)


def read_path(path: Path, *, where: str = "", gaiji: GaijiAs = "name") -> WorkText:
    """The text of any one Aozora Bunko file, ``.zip`` or ``.txt``.

    Args:
        path: the file.
        where: what errors call it, where its path on this machine should not show.
        gaiji: what stands for a gaiji without a code.
    """
    where = where or str(path)
    return _read(read_member(path, where=where), where, gaiji)


def _read(member: Member, where: str, gaiji: GaijiAs = "name") -> WorkText:
    text = decode(member.data, where=f"{where}: {member.name}")
    return WorkText(read_text(text, gaiji=gaiji), member.sha256, len(member.data), len(text))
