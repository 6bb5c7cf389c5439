"""Content flags: words in a text that some users want to know of, by short lists.

A flag says that a word of a list stands in the text; it judges neither text nor writer. Most of these
works were printed before 1950, with the words of their time.

Not handled: what is meant without these words, and words that are harmless where they stand.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from importlib.resources import files
from typing import Final

_TABLE = (files(__package__) / "flags.toml").read_text(encoding="utf-8")
WORDS: Final[Mapping[str, str]] = tomllib.loads(_TABLE)
"""Flag to its words, as regular expressions between spaces."""

_FOUND = {flag: re.compile("|".join(words.split())) for flag, words in WORDS.items()}


def content_flags(text: str) -> list[str]:
    """The flags of a text, in the order of :data:`WORDS`.

    >>> content_flags("敵を殺すより、自殺を止めたい。"), content_flags("犬が走る。")
    (['violence', 'self-harm'], [])
    """
    return [flag for flag, found in _FOUND.items() if found.search(text)]
