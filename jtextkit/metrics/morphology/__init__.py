"""UniDic words and their classes: dictionaries, analysers, counts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jtextkit.core.lazy import lazy_names

if TYPE_CHECKING:
    from jtextkit.metrics.morphology.analysis import (
        SENTENCE_RULES,
        Analyser,
        Counts,
        Word,
        analyser,
        count,
    )
    from jtextkit.metrics.morphology.dictionary import DEFAULT_DICTIONARY, find_dictionary
else:
    __getattr__, __dir__ = lazy_names(
        __name__,
        {
            "Analyser": "jtextkit.metrics.morphology.analysis",
            "Counts": "jtextkit.metrics.morphology.analysis",
            "DEFAULT_DICTIONARY": "jtextkit.metrics.morphology.dictionary",
            "SENTENCE_RULES": "jtextkit.metrics.morphology.analysis",
            "Word": "jtextkit.metrics.morphology.analysis",
            "analyser": "jtextkit.metrics.morphology.analysis",
            "count": "jtextkit.metrics.morphology.analysis",
            "find_dictionary": "jtextkit.metrics.morphology.dictionary",
        },
    )

__all__ = [
    "DEFAULT_DICTIONARY",
    "SENTENCE_RULES",
    "Analyser",
    "Counts",
    "Word",
    "analyser",
    "count",
    "find_dictionary",
]
