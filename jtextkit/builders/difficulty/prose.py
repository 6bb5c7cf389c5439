"""Prose only: stretches of text on which a label says little, each kind by its name.

Some kinds deceive the formula (plays, katakana script, classical grammar: it takes them for easy),
others no count of words sees (dialect, blanks that a censor left).

Not handled: verse in full sentences, letters, quotations in dialect of less than three tell-tales, dialects
that are told by vocabulary alone.
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Callable, Collection, Mapping
from importlib.resources import files
from typing import Final

from jtextkit.builders.difficulty.recipe import PROSE_RULES
from jtextkit.metrics.readability.cautions import cautions

PLAY: Final = 0.2  # share of lines that begin with a speaker's name
DIALOGUE: Final = 0.8  # share of characters between 「 and 」, or in lines that begin with ――
DIALECT: Final = 3  # tell-tales, also of how old men, samurai and ruffians speak in fiction

_TABLE = tomllib.loads((files(__package__) / "prose.toml").read_text(encoding="utf-8"))
_SPEAKER, _STAGE, _CAST_LINES, _DIALECT, _DIALECT_CORE, _CENSORED = (
    re.compile("".join(_TABLE[name].split("\n")), re.MULTILINE)
    for name in ("speaker", "stage", "cast", "dialect", "dialect-core", "censored")
)
_BRACKET = re.compile("([「『」』])")


def _share_of_talk(text: str) -> float:
    depth = spoken = 0
    for line in text.split("\n"):
        dashed = line.lstrip("　").startswith("――")  # as some write what is said
        for part in _BRACKET.split(line):
            depth += part in ("「", "『")
            spoken += len(part) if dashed or depth else 0
            depth -= part in ("」", "』") and depth > 0
    return spoken / len(text)


def _is_dialect(text: str) -> bool:
    return all(len(found.findall(text)) >= DIALECT for found in (_DIALECT_CORE, _DIALECT))


def _is_play(text: str) -> bool:
    speakers = Counter(_SPEAKER.findall(text))
    return _STAGE.search(text) is not None or sum(n for n in speakers.values() if n > 1) >= PLAY * (
        text.count("\n") + 1
    )


_OWN: Final[Mapping[str, Callable[[str], bool]]] = {
    "play": _is_play,
    "cast-list": lambda text: _CAST_LINES.search(text) is not None,
    "dialogue": lambda text: _share_of_talk(text) >= DIALOGUE,
    "dialect": _is_dialect,
    "censored": lambda text: _CENSORED.search(text) is not None,
}

_CAUTIONS: Final = PROSE_RULES[len(_OWN) :]


def unfit(text: str, classical_percent: float, allowed: Collection[str]) -> str | None:
    """The first rule that a passage breaks, or None.

    Args:
        classical_percent: words of 文語 conjugation, of all words.
        allowed: names of :data:`PROSE_RULES` that are not asked for.
    """
    for name, breaks in _OWN.items():
        if name not in allowed and breaks(text):
            return name
    found = cautions(
        text=text,
        characters=len(text),
        on_scale=True,
        other_rule=0.0,
        classical=classical_percent,
    )
    raised = {caution.code for caution in found}
    return next((name for name in _CAUTIONS if name in raised and name not in allowed), None)
