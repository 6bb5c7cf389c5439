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
            ".analysis": "Analyser Counts SENTENCE_RULES Word analyser count",
            ".dictionary": "DEFAULT_DICTIONARY find_dictionary",
        },
    )

__all__ = [
    "DEFAULT_DICTIONARY", "SENTENCE_RULES", "Analyser", "Counts", "Word", "analyser", "count",
    "find_dictionary",
]  # fmt: skip
