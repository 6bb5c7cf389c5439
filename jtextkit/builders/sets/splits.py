"""Group-safe, balanced, deterministic splitting into train, validation and test.

A group (all pairs of one writer, say) never leaves its split. The choice depends on the names of
the groups and the seed alone, never on the order in which they come.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping

from jtextkit.core.errors import QuotaError

SPLITS = ("train", "validation", "test")


def hash_order(seed: int, names: Iterable[str]) -> list[str]:
    """``names`` in an order that only the seed and each name decide."""
    return sorted(
        names, key=lambda name: (hashlib.sha256(f"{seed}:{name}".encode()).digest(), name)
    )


def split_sizes(total: int) -> dict[str, int]:
    """Rows of each split: a tenth for test (rounded up) and validation (down), the rest train.

    >>> split_sizes(1594)
    {'train': 1275, 'validation': 159, 'test': 160}
    """
    validation, test = total // 10, -(-total // 10)
    return {"train": total - validation - test, "validation": validation, "test": test}


def label_quotas(size: int, labels: tuple[str, ...]) -> dict[str, dict[str, int]]:
    """Rows of each label in each split when every label has ``size`` rows in all.

    What does not divide evenly goes to the labels in turn, so that the sums come out.

    >>> label_quotas(797, ("Simple", "Complex"))["train"]
    {'Simple': 638, 'Complex': 637}
    """
    quotas = {}
    turn = 0
    for split, rows in split_sizes(size * len(labels)).items():
        even, left = divmod(rows, len(labels))
        extra = Counter(labels[(turn + i) % len(labels)] for i in range(left))
        turn += left
        quotas[split] = {label: even + extra[label] for label in labels}
    return quotas


def assign_closely(
    groups: Mapping[str, int], quotas: Mapping[str, int], seed: int
) -> dict[str, str]:
    """Give each split whole groups that offer its quota, with as little to spare as can be.

    Small splits choose first, the largest takes all that is left. Which groups, of all that would
    fit, the seed's hash order decides.

    Args:
        groups: what each group offers.
        quotas: what each split needs.
    """
    free = hash_order(seed, groups)
    assigned: dict[str, str] = {}
    *small, largest = sorted(quotas, key=lambda name: (quotas[name], name))
    for split in small:
        chosen = _subset(free, groups, quotas[split])
        assigned |= dict.fromkeys(chosen, split)
        free = [name for name in free if name not in assigned]
    assigned |= dict.fromkeys(free, largest)
    for split, quota in quotas.items():
        offered = sum(groups[name] for name, given in assigned.items() if given == split)
        if offered < quota:
            raise QuotaError(
                f"whole groups leave {offered:,} for {split}, which needs {quota:,}",
                cure="lower --size, or add sources",
            )
    return assigned


def _subset(names: list[str], sizes: Mapping[str, int], least: int) -> list[str]:
    """Names whose sizes add up to ``least``, or as little more as possible (subset sum).

    All names, where they do not suffice.
    """
    if least <= 0:
        return []
    most = least + max((sizes[name] for name in names), default=0)
    came: dict[int, tuple[int, str]] = {}
    reached = {0}
    for name in names:
        if least in reached:
            break
        for before in sorted(reached, reverse=True):
            now = before + sizes[name]
            if now <= most and now not in reached:
                reached.add(now)
                came[now] = (before, name)
    enough = [total for total in reached if total >= least]
    if not enough:
        return list(names)
    total = min(enough)
    chosen = []
    while total:
        total, name = came[total]
        chosen.append(name)
    return chosen


def assign_roughly(
    groups: Mapping[str, Counter[str]], quotas: Mapping[str, Mapping[str, int]], seed: int
) -> dict[str, str]:
    """Give each group to the split that lacks most of what the group has, relative to its quota.

    For sets without pairs, where each split then takes what it needs from its own groups.

    Args:
        groups: rows of each label that a group offers.
        quotas: rows of each label that a split wants.
    """
    have = {split: Counter[str]() for split in quotas}
    assigned = {}
    for name in hash_order(seed, groups):

        def need(split: str, labels: Counter[str] = groups[name]) -> float:
            lacks = [
                (1 - have[split][label] / wanted) * labels[label]
                for label, wanted in quotas[split].items()
                if wanted
            ]
            return sum(lacks)

        split = max(quotas, key=lambda candidate: (need(candidate), candidate))
        assigned[name] = split
        have[split] += groups[name]
    return assigned
