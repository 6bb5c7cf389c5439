"""Registries: entries by the name that the user types, and a helpful answer to an unknown name."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from typing import TypeVar

from jtextkit.core.errors import UsageError

T = TypeVar("T")


def unknown_name(kind: str, name: str, known: Iterable[str]) -> UsageError:
    """The error for ``name``: the nearest known names, then all of them."""
    names = sorted(known)
    near = difflib.get_close_matches(name.lower(), names, n=2, cutoff=0.5)
    hint = f"did you mean {', '.join(near)}? " if near else ""
    return UsageError(f"unknown {kind} {name!r}", cure=f"{hint}known: {', '.join(names)}")


class Registry(dict[str, T]):
    """Entries of one kind by name: refuses to overwrite, answers an unknown name with the nearest.

    Args:
        kind: what an entry is called in messages, for example ``builder``.
    """

    def __init__(self, kind: str) -> None:
        super().__init__()
        self.kind = kind

    def register(self, name: str, entry: T) -> T:
        """Add ``entry`` under ``name``; a name is given once (ValueError)."""
        if name in self:
            raise ValueError(f"a {self.kind} named {name!r} is already registered")
        self[name] = entry
        return entry

    def __missing__(self, name: str) -> T:
        raise unknown_name(self.kind, name, self)
