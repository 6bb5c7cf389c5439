"""The libraries of the extra ``fertility``: imported late, and missed in one line."""

from __future__ import annotations

import importlib
from types import ModuleType

from jtextkit.core.errors import UsageError


def require(module: str) -> ModuleType:
    """Import a module of the extra.

    Raises:
        UsageError: it is not installed; the message holds the command that helps.
    """
    try:
        return importlib.import_module(module)
    except ImportError:
        raise UsageError(
            f"{module} is not installed", cure="python -m pip install 'jtextkit[fertility]'"
        ) from None
