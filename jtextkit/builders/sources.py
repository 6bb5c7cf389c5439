"""The table of pinned sources: ``sources.toml``, or the file that JTEXTKIT_SOURCES names."""

from __future__ import annotations

import os
import tomllib
from dataclasses import dataclass
from importlib import resources
from pathlib import Path

from jtextkit.core.errors import FormatError
from jtextkit.core.registry import unknown_name
from jtextkit.core.text import read_text

VARIABLE = "JTEXTKIT_SOURCES"
"""The environment variable that names another table."""


@dataclass(frozen=True, slots=True)
class PinnedSource:
    """An address whose content does not change, or below which none does.

    ``sha256`` is the hash of the content where it is one fixed file, None otherwise. ``git`` and
    ``commit`` name the repository and the commit whose files lie below ``url``, where there is one.
    """

    url: str
    licence: str
    sha256: str | None = None
    git: str | None = None
    commit: str = ""


def pinned_source(name: str) -> PinnedSource:
    """The source called ``name``.

    Raises:
        UsageError: the table has none of that name.
        FormatError: the table that JTEXTKIT_SOURCES names is not one.
    """
    own = os.environ.get(VARIABLE)
    if own:
        where, text = own, read_text(Path(own))
    else:
        where = "sources.toml"
        text = resources.files(__package__).joinpath(where).read_text(encoding="utf-8")
    try:
        table = {key: PinnedSource(**row) for key, row in tomllib.loads(text).items()}
    except (ValueError, TypeError) as error:
        raise FormatError(
            f"not a table of sources ({error})", where=where, cure="each has url and licence"
        ) from None
    if name not in table:
        raise unknown_name("source", name, table).within(where)
    return table[name]
