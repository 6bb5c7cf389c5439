"""Files and folders of this machine, as commands take them."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Any

import click

from jtextkit.core.errors import UsageError

_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+://")


class LocalPath(click.Path):
    """A path; an address such as ``s3://…`` is refused, which would pass for a folder ``s3:``."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        if _ADDRESS.match(os.fspath(value)):
            raise UsageError(
                "this is an address, and a file or folder of this machine is wanted",
                where=os.fspath(value),
                cure="copy it there first, or mount it",
            )
        return super().convert(value, param, ctx)


class PathOrAddress(LocalPath):
    """A path, or an address as it is, for what reads and writes object stores."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        if _ADDRESS.match(os.fspath(value)):
            return os.fspath(value)
        return super().convert(value, param, ctx)


FILE = LocalPath(path_type=Path, dir_okay=False)
FOLDER = LocalPath(path_type=Path, file_okay=False)
PLACE = LocalPath(path_type=Path)
EXISTING = LocalPath(path_type=Path, exists=True)
LOCAL = LocalPath()
"""A name that may be a path, as a text."""
