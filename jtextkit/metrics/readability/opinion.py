"""The arithmetic of the second opinion and of both standard errors.

The native core does the same sums in the same order, to the last bit; :func:`opinion_by_python` is
what it is held against, and what there is without it.
"""

import json
import math
from array import array
from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from itertools import combinations_with_replacement
from operator import mul
from pathlib import Path

from jtextkit.metrics.readability.formula import COEFFICIENTS, INTERCEPT

VARIABLES = (
    "words", "kango", "wago", "verbs", "particles", "visible", "kanji", "content", "uncommon",
)  # fmt: skip
"""What is counted of each sentence."""

PAIRS: tuple[tuple[int, int], ...] = tuple(combinations_with_replacement(range(len(VARIABLES)), 2))
"""Any two of them, once, in the order in which sums of products stand."""

PARTS = ("formula", "kanji", "words")
"""What the second opinion adds up."""

_CUT = 4.0
_SCALE = 1 + len(COEFFICIENTS)
_QUANTILES = _SCALE + 2 * len(PARTS)

Opinion = tuple[float, float, float | None, float | None]
"""The second opinion as a sum of z-scores and as a percentile, the standard error of readability and
that of the percentile; None for one sentence."""


@cache
def reference() -> "array[float]":
    """Intercept and coefficients of the formula, mean and deviation of each of :data:`PARTS`, and
    evenly spaced quantiles of their sum.
    """
    content = json.loads((Path(__file__).parent / "reference.json").read_text(encoding="utf-8"))
    scale = [value for part in PARTS for value in content["scale"][part]]
    return array("d", [INTERCEPT, *COEFFICIENTS.values(), *scale, *content["quantiles"]])


@cache
def opinion() -> Callable[[tuple[int, ...], "array[float]"], Opinion]:
    """What makes an opinion, of :func:`opinion_by_python`'s arguments."""
    try:
        from jtextkit.metrics.morphology import _native
    except ImportError:
        return opinion_by_python
    return _native.opinion


def opinion_by_python(sums: tuple[int, ...], known: "array[float]") -> Opinion:
    """The second opinion on a text that has words.

    Args:
        sums: the number of sentences, the sum of each of :data:`VARIABLES` over them, and of the
            product of each of :data:`PAIRS`.
        known: :func:`reference`.
    """
    scale, quantiles = known[_SCALE:_QUANTILES], known[_QUANTILES:]
    parts = parts_of(sums)
    harder = sum_of_parts(parts, scale)
    percent = percentile(harder, quantiles)
    number, *totals = map(float, sums[: 1 + len(VARIABLES)])
    if number < 2:
        return harder, percent, None, None
    words, *classes, visible, kanji, content, uncommon = totals

    def error(constant: float, slopes: Sequence[float]) -> float:
        """Of a function with these slopes, ``constant`` by the number of sentences."""
        weights = (slopes[i] * slopes[j] * (1.0 if i == j else 2.0) for i, j in PAIRS)
        squares = number * (constant * constant)
        squares += 2.0 * constant * _plain_sum(map(mul, slopes, totals))
        squares += _plain_sum(map(mul, weights, sums[1 + len(VARIABLES) :]))
        return math.sqrt(max(0.0, squares) * number / (number - 1.0))

    length, *shares = known[1:_SCALE]
    by_share = [100.0 * value / words for value in shares]
    own = _plain_sum(map(mul, by_share, classes)) / words
    slopes = [length / number - own, *by_share, 0.0, 0.0, 0.0, 0.0]
    constant = -length * words / (number * number)
    readability_error = error(constant, slopes)

    formula, by_kanji, by_words = (
        0.0 if math.isnan(value) or abs(value - mean) >= _CUT * deviation else 1.0 / deviation
        for value, mean, deviation in zip(parts, scale[::2], scale[1::2], strict=True)
    )
    slopes = [-formula * slope for slope in slopes]
    if visible:
        slopes[5:7] = -by_kanji * kanji / (visible * visible), by_kanji / visible
    if content:
        slopes[7:9] = -by_words * uncommon / (content * content), by_words / content
    harder_error = error(-formula * constant, slopes)
    low, high = (percentile(harder + sign * harder_error, quantiles) for sign in (-1, 1))
    return harder, percent, readability_error, (high - low) / 2.0


def _plain_sum(values: Iterable[float]) -> float:
    """From left to right; ``sum`` does otherwise from Python 3.12 on."""
    whole = 0.0
    for value in values:
        whole += value
    return whole


def parts_of(sums: Sequence[int]) -> tuple[float, float, float]:
    """The three :data:`PARTS` before they are scaled; the last is NaN where there are no content words."""
    sentences, words, *classes, visible, kanji, content, uncommon = sums[: 1 + len(VARIABLES)]
    length, *shares = COEFFICIENTS.values()
    readability = words / sentences * length  # as formula.readability_of has it, to the last bit
    for value, share in zip(classes, shares, strict=True):
        readability += 100.0 * value / words * share
    return (
        -(readability + INTERCEPT),
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


def lexical_part(sums: Sequence[int]) -> float:
    """What kanji and words add to the second opinion, the formula left out."""
    parts = (math.nan, *parts_of(sums)[1:])
    return sum_of_parts(parts, reference()[_SCALE:_QUANTILES])


def percentile(value: float, quantiles: Sequence[float]) -> float:
    """Where a sum lies among the reference passages, 0 to 100, straight between two quantiles."""
    if value <= quantiles[0]:
        return 0.0
    if value >= quantiles[-1]:
        return 100.0
    place = bisect_right(quantiles, value)
    low, high = quantiles[place - 1], quantiles[place]
    return 100.0 * (place - 1 + (value - low) / (high - low)) / (len(quantiles) - 1)
