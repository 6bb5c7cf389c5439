"""The families of problems, one module each; this is the list of all."""

from __future__ import annotations

from importlib import import_module
from typing import Final

from jtextkit.builders.sansu.problems import Family

__all__ = ["FAMILIES"]

_SLUGS = (
    "ueki tsurukame sashu kafusoku wasa bunpai nenrei baisu soto kangen shokyo shigoto nobe newton "
    "tabibito ryusui tsuka tokei hojin shugo heikin nodo soneki nichireki shuki baai hi menseki"
)

FAMILIES: Final[tuple[Family, ...]] = tuple(
    import_module(f"{__name__}.{slug}").FAMILY for slug in _SLUGS.split()
)
