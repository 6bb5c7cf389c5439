"""Which promises belong to which kind of set, by the name of its builder."""

from __future__ import annotations

from typing import Any

from jtextkit.builders.difficulty.promises import DifficultySet
from jtextkit.builders.sansu.promises import SansuSet
from jtextkit.builders.sets.promises import BuiltSet
from jtextkit.builders.stx.promises import StxSet
from jtextkit.core.registry import Registry

KINDS: Registry[type[BuiltSet[Any]]] = Registry("kind of set")
"""Builder's name, as in the receipt, to what checks a set that it built."""

KINDS.register("difficulty-2level", DifficultySet)
KINDS.register("stx", StxSet)
KINDS.register("sansu", SansuSet)
