"""Intervals and tests: known values, what must always hold, and how often intervals cover."""

from __future__ import annotations

import math
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jtextkit.core.errors import UsageError
from jtextkit.metrics.intervals import (
    detectable,
    detectable_paired,
    fisher,
    mcnemar,
    mean_interval,
    needed,
    wilson,
)


def wilson_by_hand(hits: int, n: int, z: float = 1.959963984540054) -> tuple[float, float]:
    share = hits / n
    middle = (share + z * z / (2 * n)) / (1 + z * z / n)
    half = z / (1 + z * z / n) * math.sqrt(share * (1 - share) / n + z * z / (4 * n * n))
    return middle - half, middle + half


@given(st.integers(1, 500), st.data())
def test_wilson_is_the_formula_and_holds_the_share(n, data) -> None:
    hits = data.draw(st.integers(0, n))
    found = wilson(hits, n)
    assert found == pytest.approx(wilson_by_hand(hits, n), abs=1e-9)
    assert 0 <= found.low <= hits / n + 1e-12
    assert hits / n - 1e-12 <= found.high <= 1


def test_no_texts_have_no_interval_and_no_test() -> None:
    assert wilson(0, 0) is None
    assert mean_interval([0.3]) is None
    assert fisher(0, 0, 3, 5) is None
    assert detectable(0.5, 0, 10) is None
    assert detectable_paired(0.0, 10) is None


def test_impossible_counts_are_refused() -> None:
    with pytest.raises(UsageError, match="6 hits among 5"):
        wilson(6, 5)
    with pytest.raises(UsageError):
        fisher(1, 5, -1, 5)
    with pytest.raises(UsageError):
        mcnemar(-1, 2)
    for precision in (0, 0.5, -1, math.nan):
        with pytest.raises(UsageError, match="precision"):
            needed(precision)


def test_fisher_and_mcnemar_by_hand() -> None:
    # Fisher's tea: 3 of 4 against 1 of 4 gives 34/70.
    assert fisher(3, 4, 1, 4) == pytest.approx(34 / 70)
    assert fisher(1, 15, 8, 15) == pytest.approx(0.0142, abs=5e-4)
    assert mcnemar(6, 0) == pytest.approx(2 / 64)
    assert mcnemar(5, 0) == pytest.approx(2 / 32)  # five alone are never enough
    assert mcnemar(0, 0) == mcnemar(4, 4) == 1.0


@given(st.integers(0, 60), st.integers(0, 60))
def test_tests_do_not_care_which_system_comes_first(a, b) -> None:
    assert mcnemar(a, b) == pytest.approx(mcnemar(b, a))
    assert fisher(a, 60, b, 60) == pytest.approx(fisher(b, 60, a, 60))


@given(st.floats(0.01, 0.49), st.floats(0, 1))
def test_needed_is_the_smallest_number_that_is_precise_enough(precision, share) -> None:
    n = needed(precision, share)
    half = [(high - low) / 2 for low, high in (_at(share, n), _at(share, max(1, n - 1)))]
    assert half[0] <= precision + 1e-6
    assert n == 1 or half[1] > precision - 1e-6


def _at(share: float, n: int) -> tuple[float, float]:
    return wilson_by_hand(share * n, n)  # type: ignore[arg-type]


def simulated_power(share: float, difference: float, n: int, rounds: int = 400) -> float:
    draw = random.Random(5)
    found = 0
    for _ in range(rounds):
        one = sum(draw.random() < share for _ in range(n))
        other = sum(draw.random() < share + difference for _ in range(n))
        pooled = (one + other) / (2 * n)
        error = math.sqrt(2 * pooled * (1 - pooled) / n) or 1
        found += abs(one - other) / n / error > 1.96
    return found / rounds


@pytest.mark.parametrize(("share", "n"), [(0.5, 100), (0.2, 200), (0.067, 60)])
def test_the_detectable_difference_is_found_four_times_in_five(share, n) -> None:
    assert simulated_power(share, detectable(share, n, n), n) == pytest.approx(0.8, abs=0.07)


def test_a_detectable_difference_shrinks_with_texts_and_ends_at_the_border() -> None:
    assert detectable(0.5, 15, 15) > detectable(0.5, 100, 100) > detectable(0.5, 1000, 1000) > 0
    loss = detectable(1.0, 15, 15)  # nothing better than everything: a loss
    assert 0 < loss < 1
    assert detectable(0.5, 2, 2) is None


def test_the_paired_detectable_difference() -> None:
    # Connor's formula: n·d² = (1.96·sqrt(ψ) + 0.84·sqrt(ψ − d²))².
    found = detectable_paired(0.3, 200)
    left = found * math.sqrt(200)
    assert left == pytest.approx(
        1.959964 * math.sqrt(0.3) + 0.841621 * math.sqrt(0.3 - found**2), abs=1e-5
    )
    assert detectable_paired(0.1, 10) is None


@given(st.lists(st.floats(-2, 2), min_size=2, max_size=30), st.randoms())
def test_a_mean_interval_does_not_depend_on_the_order(values, shuffler) -> None:
    again = list(values)
    shuffler.shuffle(again)
    found = mean_interval(values)
    assert found == mean_interval(again)
    assert min(values) - 1e-9 <= found.low <= found.high <= max(values) + 1e-9


def coverage(share: float, n: int, rounds: int) -> float:
    """How often Wilson intervals of simulated systems hold the true share."""
    draw = random.Random(20)
    kept: dict[int, bool] = {}
    held = 0
    for _ in range(rounds):
        hits = sum(draw.random() < share for _ in range(n))
        if hits not in kept:
            low, high = wilson(hits, n)
            kept[hits] = low <= share <= high
        held += kept[hits]
    return held / rounds


def test_wilson_covers_at_the_promised_rate() -> None:
    """95 % are promised; docs/evaluating.md states what comes of it."""
    shares = [0.05 + 0.05 * i for i in range(19)]
    for n, least in ((15, 0.93), (30, 0.94), (100, 0.94)):
        figures = [coverage(share, n, 600) for share in shares]
        mean = sum(figures) / len(figures)
        assert least <= mean <= 0.97, (n, mean)
        assert min(figures) > 0.80, (n, figures)


def test_mean_intervals_cover_at_about_the_promised_rate() -> None:
    draw = random.Random(3)
    held = 0
    for _ in range(200):
        low, high = mean_interval([draw.gauss(0.4, 0.2) for _ in range(40)])
        held += low <= 0.4 <= high
    assert 0.90 <= held / 200 <= 0.99


@given(st.integers(1, 3000), st.integers(1, 3000), st.data())
def test_tests_and_intervals_equal_those_of_scipy(n, other_n, data) -> None:
    stats = pytest.importorskip(
        "scipy.stats", reason='needs the extra build: python -m pip install -e ".[build]"'
    )
    hits, other = data.draw(st.integers(0, n)), data.draw(st.integers(0, other_n))
    confidence = data.draw(st.sampled_from((0.8, 0.95, 0.99)))
    low, high = stats.binomtest(hits, n).proportion_ci(confidence, method="wilson")
    assert wilson(hits, n, confidence) == pytest.approx((low, high), abs=1e-14)
    assert mcnemar(hits, n - hits) == pytest.approx(stats.binomtest(hits, n).pvalue, rel=1e-8)
    exact = stats.fisher_exact([[hits, n - hits], [other, other_n - other]])[1]
    assert fisher(hits, n, other, other_n) == pytest.approx(exact, rel=1e-8)


def _shares(draw: random.Random, n: int) -> list[float]:
    return [draw.betavariate(0.4, 0.6) for _ in range(n)]


def _differences(draw: random.Random, n: int) -> list[float]:
    return [float(draw.choices((-1, 0, 1), (1, 6, 3))[0]) for _ in range(n)]


def _skewed(draw: random.Random, n: int) -> list[float]:
    return [math.exp(2 * draw.gauss(0, 1)) for _ in range(n)]


@pytest.mark.parametrize("values", [_shares, _differences, _skewed])
@pytest.mark.parametrize("n", [60, 1000])
def test_a_mean_interval_is_that_of_many_resamples(values, n) -> None:
    np = pytest.importorskip(
        "numpy", reason='needs the extra build: python -m pip install -e ".[build]"'
    )
    drawn = np.asarray(values(random.Random(n), n))
    random_numbers = np.random.default_rng(4)
    means = [
        drawn[random_numbers.integers(n, size=(1000, n))].mean(axis=1).tolist() for _ in range(20)
    ]
    expected = np.quantile(np.asarray(means).ravel(), [0.025, 0.975])
    width = expected[1] - expected[0]
    assert mean_interval(drawn.tolist()) == pytest.approx(expected.tolist(), abs=0.04 * width)
