"""The families of problems, one module each; this is the list of all."""

from __future__ import annotations

from typing import Final

from jtextkit.builders.sansu.families import (
    baai,
    baisu,
    bunpai,
    heikin,
    hi,
    hojin,
    kafusoku,
    kangen,
    menseki,
    nenrei,
    newton,
    nichireki,
    nobe,
    nodo,
    ryusui,
    sashu,
    shigoto,
    shokyo,
    shugo,
    shuki,
    soneki,
    soto,
    tabibito,
    tokei,
    tsuka,
    tsurukame,
    ueki,
    wasa,
)
from jtextkit.builders.sansu.problems import Family

__all__ = ["FAMILIES"]

FAMILIES: Final[tuple[Family, ...]] = (
    ueki.FAMILY,
    tsurukame.FAMILY,
    sashu.FAMILY,
    kafusoku.FAMILY,
    wasa.FAMILY,
    bunpai.FAMILY,
    nenrei.FAMILY,
    baisu.FAMILY,
    soto.FAMILY,
    kangen.FAMILY,
    shokyo.FAMILY,
    shigoto.FAMILY,
    nobe.FAMILY,
    newton.FAMILY,
    tabibito.FAMILY,
    ryusui.FAMILY,
    tsuka.FAMILY,
    tokei.FAMILY,
    hojin.FAMILY,
    shugo.FAMILY,
    heikin.FAMILY,
    nodo.FAMILY,
    soneki.FAMILY,
    nichireki.FAMILY,
    shuki.FAMILY,
    baai.FAMILY,
    hi.FAMILY,
    menseki.FAMILY,
)
