"""JGLUE's own JSQuAD scores: exact match and F1 over characters.

Source: github.com/yahoojapan/JGLUE, ``fine-tuning/patch/transformers-4.24.0_jglue-1.1.0.patch``,
which changes transformers' ``squad_metrics.py``: text is lowered, 。 taken off its end and white
space made single; punctuation stays; F1 counts characters, not words.

Not handled: a set's unanswerable questions (JSQuAD has none).

>>> pair("北海道と小笠原諸島。", "小笠原諸島")
(0.0, 0.714...)
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from jtextkit.metrics.qa.definition import Definition


def _normal(text: str) -> str:
    # In this order: 「答え。 」 keeps its 。, as it does in the original.
    return " ".join(text.lower().rstrip("。").split())


def overlap_f1(prediction: Sequence[str], gold: Sequence[str]) -> float:
    """F1 of two bags of items; 0 where they share none."""
    same = sum((Counter(prediction) & Counter(gold)).values())
    if same == 0:
        return 0.0
    precision, recall = same / len(prediction), same / len(gold)
    return 2 * precision * recall / (precision + recall)


def pair(prediction: str, gold: str) -> tuple[float, float]:
    """Exact match and character F1 of one prediction and one gold."""
    a, b = _normal(prediction), _normal(gold)
    exact = float(a == b)
    if not a or not b:
        return exact, exact
    return exact, overlap_f1(a, b)


JGLUE = Definition(
    "jglue",
    ("exact_match", "f1"),
    "github.com/yahoojapan/JGLUE, fine-tuning/patch, squad_metrics.py",
    pair,
)
