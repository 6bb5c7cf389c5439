"""The words that make evidence, by where they are looked for and what they are evidence of.

``evidence.tsv`` lists them, one expression a row: what a sentence ``says`` somewhere, what stands
right ``behind`` a candidate, with what the ``next`` sentence begins, what stands in a ``slot`` where
Japanese puts a name, what in a sentence means yes or no (``truth``), and what marks a stretch of it
as the answer (``mark``; such a statement is ``over`` before its sentence is where it gives reasons or
goes on). A ``part`` stands in later rows as ``@its name@``.
"""

from __future__ import annotations

import re
from pathlib import Path


def _listed() -> dict[str, dict[str, re.Pattern[str]]]:
    rows = Path(__file__).with_name("evidence.tsv").read_text(encoding="utf-8").splitlines()
    listed: dict[str, dict[str, re.Pattern[str]]] = {}
    parts: dict[str, str] = {}
    for row in rows:
        place, name, words = row.split("\t")
        for part, expression in parts.items():
            words = words.replace(f"@{part}@", expression)
        if place == "part":
            parts[name] = words
        else:
            listed.setdefault(place, {})[name] = re.compile(words)
    return listed


PATTERNS = _listed()
"""Place, then name of the evidence, then expression."""
