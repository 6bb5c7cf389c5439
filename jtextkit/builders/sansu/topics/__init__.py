"""The topics, one module each; this is the list of all."""

from __future__ import annotations

from importlib import import_module
from typing import Final

from jtextkit.builders.sansu.stories import Topic

__all__ = ["TOPICS"]

_SLUGS = (
    "ueki tsurukame sashu kafusoku wasa bunpai nenrei baisu soto kangen shokyo shigoto nobe newton "
    "tabibito ryusui tsuka tokei hojin shugo heikin nodo soneki nichireki shuki baai hi menseki "
    "seishitsu kisoku nshin rittai hayahi diagram tenidou soji mushikui suiri yakusoku gyakusan "
    "shukushaku"
)

TOPICS: Final[tuple[Topic, ...]] = tuple(
    import_module(f"{__name__}.{slug}").TOPIC for slug in _SLUGS.split()
)
