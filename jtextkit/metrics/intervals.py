"""How sure a share or a mean is: intervals, exact tests, and what a number of texts can show.

=============================  ==============================================================
:func:`wilson`                 interval of a share of n
:func:`mean_interval`          interval of a mean, by resampling
:func:`fisher`                 do two shares of different texts differ?
:func:`mcnemar`                do two shares of the same texts differ?
:func:`detectable`             the smallest difference that n texts show with power 0.8
:func:`detectable_paired`      the same for the same texts judged twice
:func:`needed`                 how many texts a share needs to be known to ± so much
=============================  ==============================================================

Everything takes shares between 0 and 1. Not handled: many comparisons at once (a p-value here is
that of one test planned beforehand), and texts that depend on each other (several answers to one
prompt are fewer than they look).

>>> wilson(14, 15)
Interval(low=0.7018..., high=0.9881...)
>>> needed(0.05)
381
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from statistics import NormalDist
from typing import NamedTuple

from jtextkit.core.errors import UsageError

CONFIDENCE = 0.95
"""How often an interval made this way holds the true value."""

POWER = 0.8
"""How often a difference of the size that counts as detectable is then found."""


class Interval(NamedTuple):
    """From ``low`` to ``high``, both included."""

    low: float
    high: float


def wilson(hits: int, n: int, confidence: float = CONFIDENCE) -> Interval | None:
    """The Wilson score interval of a share of ``hits`` among ``n``; None for none.

    Source: E. B. Wilson, "Probable inference, the law of succession, and statistical inference"
    (1927), without continuity correction, from SciPy. It stays inside 0 to 1 and says something
    even for 0 or ``n`` hits. Its coverage is that promised on average over the shares; for shares
    next to 0 or 1 it can be lower.

    Raises:
        UsageError: ``hits`` is not from 0 to ``n``.
    """
    _check_hits(hits, n)
    if n == 0:
        return None
    from scipy.stats import binomtest

    found = binomtest(hits, n).proportion_ci(confidence, method="wilson")
    return Interval(float(found.low), float(found.high))


def mean_interval(
    values: Sequence[float],
    confidence: float = CONFIDENCE,
    *,
    resamples: int = 2000,
    seed: int = 0,
) -> Interval | None:
    """The percentile bootstrap interval of the mean; None for fewer than two values.

    The same values in any order give the same interval. Below about 15 values it is too narrow.
    """
    if len(values) < 2:
        return None
    import numpy as np

    # Sorted, so that the order of the rows does not matter: which are drawn depends on the seed.
    ordered = np.sort(np.asarray(values, dtype=float))
    random = np.random.default_rng(seed)
    rows = max(1, 1_000_000 // len(ordered))  # of the matrix of draws that is held at once
    means: list[float] = []
    while len(means) < resamples:
        number = min(rows, resamples - len(means))
        drawn = random.integers(len(ordered), size=(number, len(ordered)))
        means.extend(ordered[drawn].mean(axis=1).tolist())
    tail = (1 - confidence) / 2
    low, high = np.quantile(means, [tail, 1 - tail])
    return Interval(float(low), float(high))


def fisher(hits: int, n: int, other_hits: int, other_n: int) -> float | None:
    """The two-sided p of Fisher's exact test that two shares of *different* texts are one.

    None where either has no texts. Conservative with few texts: it finds less than it might.

    Raises:
        UsageError: hits that are not from 0 to their n.
    """
    _check_hits(hits, n)
    _check_hits(other_hits, other_n)
    if n == 0 or other_n == 0:
        return None
    from scipy.stats import fisher_exact

    return float(fisher_exact([[hits, n - hits], [other_hits, other_n - other_hits]])[1])


def mcnemar(only_this: int, only_other: int) -> float:
    """The two-sided p of the exact McNemar test that two shares of the *same* texts are one.

    Args:
        only_this: texts (prompts) that only this system got right.
        only_other: those that only the other got right. Texts that both got right, or both wrong,
            do not matter.

    Raises:
        UsageError: a negative number.
    """
    if only_this < 0 or only_other < 0:
        raise UsageError("a number of texts below 0")
    if only_this + only_other == 0:
        return 1.0
    from scipy.stats import binomtest

    return float(binomtest(only_this, only_this + only_other).pvalue)


def detectable(
    share: float, n: int, other_n: int, *, confidence: float = CONFIDENCE, power: float = POWER
) -> float | None:
    """The smallest difference from ``share`` that texts of two systems show in ``power`` of cases.

    By the arcsine transformation (J. Cohen, "Statistical power analysis", 1988): an approximation,
    rough below ten texts. An improvement where there is room for one that large, otherwise a loss;
    None where not even that could be shown.

    Args:
        share: what the one system reaches, 0 to 1.
        n: its texts; ``other_n`` the other's.
    """
    if n < 1 or other_n < 1:
        return None
    # Twice asin(sqrt(share)) has the variance 1/n, whatever the share.
    step = _quantiles(confidence, power) * math.sqrt(1 / n + 1 / other_n) / 2
    angle = math.asin(math.sqrt(min(max(share, 0.0), 1.0)))
    if angle + step <= math.pi / 2:
        return math.sin(angle + step) ** 2 - share
    if angle - step >= 0:
        return share - math.sin(angle - step) ** 2
    return None


def detectable_paired(
    discordant: float, n: int, *, confidence: float = CONFIDENCE, power: float = POWER
) -> float | None:
    """The smallest difference that the same ``n`` texts judged twice show in ``power`` of cases.

    From the normal approximation for McNemar's test (Connor, "Sample size for testing differences
    in proportions for the paired-sample design", Biometrics 1987), at the share of texts on which
    the systems differed. None where no difference could be shown at that share.

    Args:
        discordant: the share of texts that one got right and the other wrong, 0 to 1.
        n: the number of texts.
    """
    if n < 1 or discordant <= 0:
        return None
    normal = NormalDist()
    a, b = normal.inv_cdf((1 + confidence) / 2), normal.inv_cdf(power)

    def shown(difference: float) -> bool:
        spread = math.sqrt(max(discordant - difference**2, 0.0))
        return difference * math.sqrt(n) >= a * math.sqrt(discordant) + b * spread

    low, high = 0.0, discordant
    if not shown(high):
        return None
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (low, middle) if shown(middle) else (middle, high)
    return high


def needed(precision: float, share: float = 0.5, confidence: float = CONFIDENCE) -> int:
    """How many texts it takes for a Wilson interval no wider than ± ``precision`` around its middle.

    Args:
        precision: half of the width, between 0 and 0.5 (0.05 is ± 5 points).
        share: the share expected; 0.5 is the worst case.

    Raises:
        UsageError: a precision outside of that.
    """
    if not 0 < precision < 0.5:
        raise UsageError(
            f"a precision of {precision:g}", cure="give one between 0 and 0.5, such as 0.05"
        )
    # Half the width is z·sqrt(v·n + z²/4) / (n + z²) with v = share·(1 − share): solved for n.
    z2 = NormalDist().inv_cdf((1 + confidence) / 2) ** 2
    v = share * (1 - share)
    p2 = precision**2
    half_b = p2 * z2 - z2 * v / 2
    c = p2 * z2 * z2 - z2 * z2 / 4
    root = (-half_b + math.sqrt(half_b * half_b - p2 * c)) / p2
    return max(1, math.ceil(root - 1e-9))


def _quantiles(confidence: float, power: float) -> float:
    normal = NormalDist()
    return normal.inv_cdf((1 + confidence) / 2) + normal.inv_cdf(power)


def _check_hits(hits: int, n: int) -> None:
    if not 0 <= hits <= n:
        raise UsageError(f"{hits} hits among {n} texts")
