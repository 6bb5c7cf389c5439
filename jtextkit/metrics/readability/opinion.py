"""The arithmetic of the second opinion and of both standard errors.

The native core does the same sums in the same order (``_native.c``, ``opinion``), to the last bit;
:func:`opinion_by_python` is what it is held against, and what there is without it.
"""

from __future__ import annotations

import json
import math
from array import array
from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from itertools import combinations_with_replacement
from operator import mul
from pathlib import Path

from jtextkit.metrics.morphology.analysis import Counts
from jtextkit.metrics.readability.formula import COEFFICIENTS, INTERCEPT, readability_of

VARIABLES = (
    "words", "kango", "wago", "verbs", "particles", "visible", "kanji", "content", "uncommon",
)  # fmt: skip
"""What is counted of each sentence."""

PAIRS = tuple(combinations_with_replacement(range(len(VARIABLES)), 2))
"""Any two of them, once, in the order in which sums of products stand."""

PARTS = ("formula", "kanji", "words")
"""What the second opinion adds up."""

_CUT = 4.0
_SCALE = 1 + len(COEFFICIENTS)
_QUANTILES = _SCALE + 2 * len(PARTS)

Opinion = tuple[float, float, float | None, float | None]
"""The second opinion as a sum of z-scores, as a percentile, then the standard error of readability and that
of the percentile; these are None for one sentence."""


@cache
def reference() -> array[float]:
    """Intercept and coefficients of the formula, mean and deviation of each of :data:`PARTS`, and
    evenly spaced quantiles of their sum.
    """
    content = json.loads((Path(__file__).parent / "reference.json").read_text(encoding="utf-8"))
    scale = [value for part in PARTS for value in content["scale"][part]]
    return array("d", [INTERCEPT, *COEFFICIENTS.values(), *scale, *content["quantiles"]])


def opinion(sentences: int, totals: Sequence[int], products: Sequence[int]) -> Opinion:
    """The second opinion on a text, from sums over its sentences.

    Args:
        sentences: how many.
        totals: of each of :data:`VARIABLES`; there are words.
        products: of each of :data:`PAIRS`.
    """
    return _way()(sentences, tuple(totals), tuple(products), reference())


@cache
def _way() -> Callable[[int, tuple[int, ...], tuple[int, ...], array[float]], Opinion]:
    try:
        from jtextkit.metrics.morphology._native import opinion
    except ImportError:
        return opinion_by_python
    return opinion


def opinion_by_python(
    sentences: int, totals: tuple[int, ...], products: tuple[int, ...], known: array[float]
) -> Opinion:
    """:func:`opinion`, with what :func:`reference` knows."""
    scale = known[_SCALE:_QUANTILES]
    parts = parts_of(sentences, totals)
    harder = sum_of_parts(parts, scale)
    percent = percentile(harder)
    if sentences < 2:
        return harder, percent, None, None
    length, *shares = known[1:_SCALE]
    values = list(map(float, totals))
    words, *classes, visible, kanji, content, uncommon = values
    number = float(sentences)

    by_share = [100.0 * value / words for value in shares]
    own = _plain_sum(map(mul, by_share, classes)) / words
    slopes = [length / number - own, *by_share, 0.0, 0.0, 0.0, 0.0]
    constant = -length * words / (number * number)
    readability_se = _error(constant, slopes, number, values, products)

    weights = [
        0.0 if math.isnan(value) or abs(value - mean) >= _CUT * deviation else 1.0 / deviation
        for value, mean, deviation in zip(parts, scale[::2], scale[1::2], strict=True)
    ]
    slopes = [-weights[0] * slope for slope in slopes]
    if visible:
        slopes[5] = -weights[1] * kanji / (visible * visible)
        slopes[6] = weights[1] / visible
    if content:
        slopes[7] = -weights[2] * uncommon / (content * content)
        slopes[8] = weights[2] / content
    error = _error(-weights[0] * constant, slopes, number, values, products)
    low, high = percentile(harder - error), percentile(harder + error)
    return harder, percent, readability_se, (high - low) / 2.0


def _error(
    constant: float,
    slopes: Sequence[float],
    number: float,
    totals: Sequence[float],
    products: Sequence[int],
) -> float:
    """The standard error of a function with these slopes, ``constant`` by the number of sentences."""
    linear = _plain_sum(map(mul, slopes, totals))
    weights = (slopes[i] * slopes[j] * (1.0 if i == j else 2.0) for i, j in PAIRS)
    squares = number * (constant * constant) + 2.0 * constant * linear
    squares += _plain_sum(map(mul, weights, products))
    return math.sqrt(max(0.0, squares) * number / (number - 1.0))


def _plain_sum(values: Iterable[float]) -> float:
    """From left to right; ``sum`` does otherwise from Python 3.12 on."""
    whole = 0.0
    for value in values:
        whole += value
    return whole


def parts_of(sentences: int, totals: Sequence[int]) -> tuple[float, float, float]:
    """The three :data:`PARTS` before they are scaled; the last is NaN where there are no content words."""
    words, kango, wago, verbs, particles, visible, kanji, content, uncommon = totals
    counts = Counts(
        words=words, sentences=sentences, kango=kango, wago=wago, verbs=verbs, particles=particles
    )
    return (
        -readability_of(counts),
        kanji / visible if visible else 0.0,
        uncommon / content if content else math.nan,
    )


def sum_of_parts(parts: Sequence[float], scale: Sequence[float]) -> float:
    """The second opinion before it becomes a percentile; a part that is unknown adds nothing.

    Args:
        scale: mean and deviation of each part.
    """
    found = 0.0
    for value, mean, deviation in zip(parts, scale[::2], scale[1::2], strict=True):
        if not math.isnan(value):
            found += max(-_CUT, min(_CUT, (value - mean) / deviation))
    return found


def percentile(value: float) -> float:
    """Where a sum lies among the reference passages, 0 to 100, straight between two quantiles."""
    quantiles = reference()[_QUANTILES:]
    if value <= quantiles[0]:
        return 0.0
    if value >= quantiles[-1]:
        return 100.0
    place = bisect_right(quantiles, value)
    low, high = quantiles[place - 1], quantiles[place]
    return 100.0 * (place - 1 + (value - low) / (high - low)) / (len(quantiles) - 1)
