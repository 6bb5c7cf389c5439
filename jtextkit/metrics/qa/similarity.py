"""The two "character F1" that are similarities of strings: llm-jp-eval's and flexeval's.

Neither is an F1. Both are fuzzywuzzy's scores with python-Levenshtein installed: 100 × the
normalised Indel similarity, rounded to a whole number, over 100. ``ratio`` compares the strings;
``token_sort_ratio`` first drops U+0080–U+00FF, makes all but letters and digits spaces, lowers, and
sorts what stands between spaces. Two equal strings are 1, even two empty ones.

Sources: llm-jp-eval 1.x, ``evaluator.py`` and ``utils.py`` (NFKC; the output up to the first empty
line, stripped); flexeval 0.18, ``core/metric/char_f1.py`` and ``exact_match.py`` (no normalisation).
Without python-Levenshtein fuzzywuzzy falls back to difflib and gives other numbers; flexeval
requires it.

Not handled: llm-jp-eval's per-task extraction patterns: give it the extracted answer.
"""

from __future__ import annotations

import re
import unicodedata

from jtextkit.core.extras import require
from jtextkit.metrics.qa.definition import Definition

_NO_WORD = re.compile(r"\W")
_LATIN_1 = dict.fromkeys(range(0x80, 0x100))


def ratio(a: str, b: str) -> int:
    """Fuzzywuzzy's ``ratio``: 0 to 100.

    Raises:
        UsageError: rapidfuzz is not installed.
    """
    if a == b:
        return 100
    if not a or not b:
        return 0
    similarity: float = require("rapidfuzz.distance").Indel.normalized_similarity(a, b)
    return round(100 * similarity)


def token_sort_ratio(a: str, b: str) -> int:
    """Fuzzywuzzy's ``token_sort_ratio``: 0 to 100."""
    return ratio(_sorted_tokens(a), _sorted_tokens(b))


def _sorted_tokens(text: str) -> str:
    return " ".join(sorted(_NO_WORD.sub(" ", text.translate(_LATIN_1)).lower().split()))


def _llm_jp_eval(prediction: str, gold: str) -> tuple[float, float]:
    prediction = unicodedata.normalize("NFKC", prediction.split("\n\n", maxsplit=1)[0].strip())
    gold = unicodedata.normalize("NFKC", gold)
    return float(prediction == gold), token_sort_ratio(prediction, gold) / 100


def _flexeval(prediction: str, gold: str) -> tuple[float, float]:
    return float(prediction == gold), ratio(prediction, gold) / 100


def _making() -> tuple[tuple[str, str], ...]:
    return (("similarity", "indel"),)


LLM_JP_EVAL = Definition(
    "llm-jp-eval",
    ("exact_match", "char_f1"),
    "github.com/llm-jp/llm-jp-eval 1.x, evaluator.py",
    _llm_jp_eval,
    _making,
)
FLEXEVAL = Definition(
    "flexeval",
    ("exact_match", "char_f1"),
    "github.com/sbintuitions/flexeval 0.18, core/metric",
    _flexeval,
    _making,
)
