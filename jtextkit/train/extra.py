"""The libraries of the extra ``train``: imported late, and missed in one line."""

from __future__ import annotations

import importlib
from typing import Any

from jtextkit.core.errors import UsageError

_NAMED = ("torch", "transformers", "trl", "peft", "accelerate", "bitsandbytes", "datasets")


def require(module: str) -> Any:
    """Import a module of the extra.

    Raises:
        UsageError: it is not installed; the message holds the command that helps.
    """
    try:
        return importlib.import_module(module)
    except ModuleNotFoundError as missing:
        name = str(missing.name or module).partition(".")[0]
        raise UsageError(
            f"{name} is not installed", cure="python -m pip install 'jtextkit[train]'"
        ) from None


def versions() -> dict[str, str | None]:
    """The versions of the libraries that a run depends on; None for one that is not there."""
    from importlib.metadata import PackageNotFoundError, version

    found: dict[str, str | None] = {}
    for name in _NAMED:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            found[name] = None
    return found
