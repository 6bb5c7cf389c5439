"""A work's plain text from where it lies on disk.

Source: a copy of the site (zips) or of its pinned mirror on GitHub (bare texts).

Not handled: works on other hosts, which the catalogue lists without a path.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from jtextkit.builders.aozora.archive import read_member
from jtextkit.builders.aozora.encoding import decode
from jtextkit.builders.aozora.notation import PlainText, read_text
from jtextkit.builders.aozora.reader import GaijiAs


@dataclass(frozen=True, slots=True)
class WorkText:
    """The plain text of a work, and what it was made from."""

    plain: PlainText
    member_sha256: str
    """SHA-256 of the text file, whether it lay in a zip or not."""
    member_bytes: int
    """Bytes of the text file."""


def read_path(path: Path, *, where: str = "", gaiji: GaijiAs = "name") -> WorkText:
    """The text of any one Aozora Bunko file, ``.zip`` or ``.txt``.

    Args:
        path: the file.
        where: what errors call it, where its path on this machine should not show.
        gaiji: what stands for a gaiji without a code.
    """
    where = where or str(path)
    member = read_member(path, where=where)
    text = decode(member.data, where=f"{where}: {member.name}")
    return WorkText(read_text(text, gaiji=gaiji), member.sha256, len(member.data))
