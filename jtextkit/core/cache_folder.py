"""Where things are kept that can be had again."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from jtextkit.core.errors import OutputError


def default_folder() -> Path:
    """``JTEXTKIT_CACHE``, or where this platform keeps what can be had again.

    Raises:
        OutputError: there is no home folder to put it in.
    """
    if named := os.environ.get("JTEXTKIT_CACHE"):
        return Path(named)
    try:
        if sys.platform == "win32":
            local = os.environ.get("LOCALAPPDATA")
            return (Path(local) if local else Path.home() / "AppData/Local") / "jtextkit" / "cache"
        if sys.platform == "darwin":
            return Path.home() / "Library" / "Caches" / "jtextkit"
        base = Path(os.environ.get("XDG_CACHE_HOME", ""))
        return (base if base.is_absolute() else Path.home() / ".cache") / "jtextkit"
    except RuntimeError:
        cure = "name a folder with --cache"
        raise OutputError("there is no home folder for the cache", cure=cure) from None
