"""How sure a share or a mean is: intervals, exact tests, and what a number of texts can show.

=============================  ==============================================================
:func:`wilson`                 interval of a share of n
:func:`mean_interval`          interval of a mean
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

import math
from collections.abc import Callable, Sequence
from statistics import NormalDist
from typing import NamedTuple

from jtextkit.core.errors import UsageError

CONFIDENCE = 0.95
"""How often an interval made this way holds the true value."""

POWER = 0.8
"""How often a difference of the size that counts as detectable is then found."""

_SURE, _POWERFUL = NormalDist().inv_cdf((1 + CONFIDENCE) / 2), NormalDist().inv_cdf(POWER)


class Interval(NamedTuple):
    """From ``low`` to ``high``, both included."""

    low: float
    high: float


def wilson(hits: int, n: int, confidence: float = CONFIDENCE) -> Interval | None:
    """The Wilson score interval of a share of ``hits`` among ``n``; None for none.

    Source: E. B. Wilson, "Probable inference, the law of succession, and statistical inference"
    (1927), without continuity correction. It stays inside 0 to 1 and says something
    even for 0 or ``n`` hits. Its coverage is that promised on average over the shares; for shares
    next to 0 or 1 it can be lower.

    Raises:
        UsageError: ``hits`` is not from 0 to ``n``.
    """
    _check_hits(hits, n)
    if n == 0:
        return None
    z = NormalDist().inv_cdf((1 + confidence) / 2)
    middle = (hits + z * z / 2) / (n + z * z)
    half = z * math.sqrt(hits * (n - hits) / n + z * z / 4) / (n + z * z)
    return Interval(middle - half if hits else 0.0, middle + half if hits < n else 1.0)


def mean_interval(values: Sequence[float]) -> Interval | None:
    """The percentile bootstrap interval of the mean; None for fewer than two values.

    Not drawn but computed: the mean of a resample has the values' cumulants, the k-th over
    n to the power of k - 1, from which its quantiles follow (Cornish and Fisher 1937, to the fourth cumulant),
    without the noise of a number of draws. Never beyond the least and the largest value. Below
    about 15 values it is rough, and too narrow.
    """
    n = len(values)
    if n < 2:
        return None
    least, most = min(values), max(values)
    mean = math.fsum(values) / n
    off = [value - mean for value in values]
    variance = math.fsum(x * x for x in off) / n
    if variance == 0:
        return Interval(least, most)
    deviation = math.sqrt(variance)
    skewness = math.fsum((x / deviation) ** 3 for x in off) / n / math.sqrt(n)
    excess = (math.fsum((x / deviation) ** 4 for x in off) / n - 3) / n

    def quantile(z: float) -> float:
        steps = (
            z
            + (z**2 - 1) * skewness / 6
            + (z**3 - 3 * z) * excess / 24
            - (2 * z**3 - 5 * z) * skewness**2 / 36
        )
        return min(max(mean + steps * deviation / math.sqrt(n), least), most)

    return Interval(quantile(-_SURE), quantile(_SURE))


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
    both = hits + other_hits
    possible = range(max(0, both - other_n), min(both, n) + 1)
    return _two_sided(lambda k: _log_choose(n, k) + _log_choose(other_n, both - k), possible, hits)


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
    n = only_this + only_other
    return _two_sided(lambda k: _log_choose(n, k), range(n + 1), only_this)


def _two_sided(log_weight: Callable[[int], float], outcomes: range, seen: int) -> float:
    """How likely is an outcome that is no likelier than the one seen?"""
    logs = [log_weight(outcome) for outcome in outcomes]
    highest = max(logs)
    bound = logs[seen - outcomes.start] + 1e-7  # equally likely ones differ by rounding
    weights = [math.exp(value - highest) for value in logs]
    unlikely = math.fsum(w for w, value in zip(weights, logs, strict=True) if value <= bound)
    return unlikely / math.fsum(weights)


def _log_choose(n: int, k: int) -> float:
    return math.lgamma(n + 1) - math.lgamma(k + 1) - math.lgamma(n - k + 1)


def detectable(share: float, n: int, other_n: int) -> float | None:
    """The smallest difference from ``share`` that texts of two systems show in :data:`POWER` of cases.

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
    step = (_SURE + _POWERFUL) * math.sqrt(1 / n + 1 / other_n) / 2
    angle = math.asin(math.sqrt(min(max(share, 0.0), 1.0)))
    if angle + step <= math.pi / 2:
        return math.sin(angle + step) ** 2 - share
    if angle - step >= 0:
        return share - math.sin(angle - step) ** 2
    return None


def detectable_paired(discordant: float, n: int) -> float | None:
    """The smallest difference that the same ``n`` texts judged twice show in :data:`POWER` of cases.

    From the normal approximation for McNemar's test (Connor, "Sample size for testing differences
    in proportions for the paired-sample design", Biometrics 1987), at the share of texts on which
    the systems differed. None where no difference could be shown at that share.

    Args:
        discordant: the share of texts that one got right and the other wrong, 0 to 1.
        n: the number of texts.
    """
    if n < 1 or discordant <= 0:
        return None
    a, b = _SURE, _POWERFUL
    # Solved for d: d·sqrt(n) = a·sqrt(discordant) + b·sqrt(discordant − d²).
    room = n - a * a + b * b
    if room < 0:
        return None
    found = math.sqrt(discordant) * (a * math.sqrt(n) + b * math.sqrt(room)) / (n + b * b)
    return found if found <= discordant else None


def needed(precision: float, share: float = 0.5) -> int:
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
    z2 = _SURE**2
    v = share * (1 - share)
    p2 = precision**2
    half_b = p2 * z2 - z2 * v / 2
    c = p2 * z2 * z2 - z2 * z2 / 4
    root = (-half_b + math.sqrt(half_b * half_b - p2 * c)) / p2
    return max(1, math.ceil(root - 1e-9))


def _check_hits(hits: int, n: int) -> None:
    if not 0 <= hits <= n:
        raise UsageError(f"{hits} hits among {n} texts")
