"""Words that children's stories have in common: what :mod:`jtextkit.metrics.readability` calls common.

``common_words.tsv`` is made by ``benchmarks/profile_data.py``, which says how. It lies with the words
because the native core keeps of every dictionary's entry whether it is listed.
"""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

Lemma = tuple[str, str]
"""A word's lemma (語彙素, without the gloss after ``-``) and part of speech."""

PLACE = Path(__file__).parent / "common_words.tsv"


@cache
def common_words() -> frozenset[Lemma]:
    """The 3,000 words that most children's stories of Aozora Bunko have."""
    lines = PLACE.read_text(encoding="utf-8").splitlines()
    return frozenset((lemma, pos) for lemma, _, pos in (line.partition("\t") for line in lines))


@cache
def words_identity() -> str:
    """The list's short form for signatures: how many words, and the start of its SHA-256."""
    digest = hashlib.sha256(PLACE.read_bytes()).hexdigest()
    return f"{len(common_words())}-{digest[:8]}"
