"""Splits have exact sizes, keep groups whole and depend on names and seed alone."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jtextkit.builders.sets.splits import (
    SPLITS,
    assign_closely,
    assign_roughly,
    hash_order,
    label_quotas,
    split_sizes,
)
from jtextkit.core.errors import QuotaError

TWO = ("Simple", "Complex")
GROUPS = st.dictionaries(st.text("abcdef", min_size=1), st.integers(1, 6), min_size=3)


def test_the_published_sizes() -> None:
    assert split_sizes(1594) == {"train": 1275, "validation": 159, "test": 160}
    assert label_quotas(797, TWO) == {
        "train": {"Simple": 638, "Complex": 637},
        "validation": {"Simple": 79, "Complex": 80},
        "test": {"Simple": 80, "Complex": 80},
    }


@given(size=st.integers(1, 3000), labels=st.sampled_from([TWO, tuple("abcdef"), tuple("abc")]))
def test_quotas_fill_splits_and_labels(size: int, labels: tuple[str, ...]) -> None:
    quotas = label_quotas(size, labels)
    assert {split: sum(quotas[split].values()) for split in SPLITS} == split_sizes(
        size * len(labels)
    )
    for label in labels:
        assert sum(quotas[split][label] for split in SPLITS) == size


@given(st.integers(), st.lists(st.text(), unique=True))
def test_hash_order_forgets_the_order_it_got(seed: int, names: list[str]) -> None:
    assert hash_order(seed, names) == hash_order(seed, reversed(names))
    assert sorted(hash_order(seed, names)) == sorted(names)


def test_another_seed_gives_another_order() -> None:
    names = [str(number) for number in range(50)]
    assert hash_order(1, names) != hash_order(2, names)


@given(GROUPS, st.integers(0, 5), st.integers(0, 5), st.integers())
def test_whole_groups_offer_what_each_split_needs(
    groups: dict[str, int], validation: int, test: int, seed: int
) -> None:
    quotas = {"train": 6, "validation": validation, "test": test}
    try:
        assigned = assign_closely(groups, quotas, seed)
    except QuotaError:
        # Each split may be given up to five more than it needs.
        assert sum(groups.values()) < sum(quotas.values()) + 2 * 5
        return
    assert set(assigned) == set(groups)
    for split, quota in quotas.items():
        offered = sum(groups[name] for name, given in assigned.items() if given == split)
        assert offered >= quota
        if split != "train" and quota:
            assert offered < quota + max(groups.values())
    assert assigned == assign_closely(dict(reversed(groups.items())), quotas, seed)


def test_an_exact_fit_is_found() -> None:
    groups = {"a": 5, "b": 5, "c": 3, "d": 2, "e": 20}
    assigned = assign_closely(groups, {"train": 20, "validation": 5, "test": 10}, seed=3)
    offered = Counter[str]()
    for name, split in assigned.items():
        offered[split] += groups[name]
    assert offered == {"train": 20, "validation": 5, "test": 10}


def test_too_little_is_said() -> None:
    with pytest.raises(QuotaError, match="leave 2 for train, which needs 9"):
        assign_closely({"a": 1, "b": 1, "c": 1}, {"train": 9, "validation": 1, "test": 0}, seed=1)


def test_rough_assignment_balances_labels() -> None:
    groups = {f"w{number}": Counter(Simple=1 + number % 3, Complex=2) for number in range(300)}
    quotas = label_quotas(250, TWO)
    assigned = assign_roughly(groups, quotas, seed=1)
    for split, labels in quotas.items():
        offered = sum(
            (groups[name] for name, given in assigned.items() if given == split), Counter[str]()
        )
        assert all(offered[label] >= wanted for label, wanted in labels.items())
