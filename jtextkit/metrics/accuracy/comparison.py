"""Two systems compared: by the same prompts where they have them, otherwise as different texts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from jtextkit.core.errors import UsageError
from jtextkit.metrics.accuracy.counts import Hits
from jtextkit.metrics.accuracy.instances import Instance
from jtextkit.metrics.intervals import detectable, detectable_paired, fisher, mcnemar


@dataclass(frozen=True, slots=True)
class AccuracyDifference:
    """How this system differs from the other, overall or for one target.

    Attributes:
        base, accuracy: the other's and this one's share of hits; None for no texts.
        difference: ``accuracy − base``, of all texts.
        test: ``mcnemar`` (exact, on pairs) or ``fisher``; "" where there is nothing to test.
        p: two-sided p-value, or None.
        pairs: texts that were paired; 0 under Fisher's test.
        only_this, only_base: pairs that only one got right; None under Fisher's test.
        detectable_difference: the smallest difference that this many texts show in 80 % of cases;
            None where not even the largest could be shown.
    """

    base: float | None
    accuracy: float | None
    difference: float | None
    test: str
    p: float | None
    pairs: int
    only_this: int | None
    only_base: int | None
    detectable_difference: float | None

    def to_dict(self) -> dict[str, Any]:
        return asdict(self)


def compare_counts(
    this: Mapping[str, Hits], base: Mapping[str, Hits]
) -> dict[str, AccuracyDifference]:
    """Differences by target, and ``""`` for all texts, from counts: Fisher's exact test.

    Overall, the texts of all targets are taken together.
    """
    found = {"": _unpaired(sum(this.values(), Hits()), sum(base.values(), Hits()))}
    for name in dict.fromkeys((*this, *base)):
        found[name] = _unpaired(this.get(name, Hits()), base.get(name, Hits()))
    return found


def compare_instances(
    this: Sequence[Instance], base: Sequence[Instance], names: Sequence[str]
) -> dict[str, AccuracyDifference]:
    """Differences by target, and ``""`` for all texts, from judged texts.

    Paired where :func:`paired` finds partners for at least half of either system's texts;
    the texts without a partner then count in the shares, not in the test.
    """
    pairs = paired(this, base)
    enough = 2 * len(pairs) >= max(len(this), len(base)) > 0
    found = {}
    for name in ("", *names):
        mine, theirs = _hits(this, name), _hits(base, name)
        if not enough:
            found[name] = _unpaired(mine, theirs)
            continue
        of_name = [pair for pair in pairs if name in ("", pair[0].target)]
        only_this = sum(a.hit and not b.hit for a, b in of_name)
        only_base = sum(b.hit and not a.hit for a, b in of_name)
        number = len(of_name)
        share = (only_this + only_base) / number if number else 0.0
        found[name] = AccuracyDifference(
            *_shares(mine, theirs),
            test="mcnemar" if number else "",
            p=mcnemar(only_this, only_base) if number else None,
            pairs=number,
            only_this=only_this,
            only_base=only_base,
            detectable_difference=detectable_paired(share, number),
        )
    return found


def paired(this: Sequence[Instance], base: Sequence[Instance]) -> list[tuple[Instance, Instance]]:
    """Texts of two systems that answer one question: same target and same id and prompt.

    Where no ids meet, the same prompt. Keys that come twice in either system pair nothing: which of
    several samples would belong to which is anybody's guess.
    """
    for with_id in (True, False):
        mine, theirs = _keyed(this, with_id=with_id), _keyed(base, with_id=with_id)
        if common := [key for key in mine if key in theirs]:
            return [(mine[key], theirs[key]) for key in common]
    return []


def _keyed(instances: Sequence[Instance], *, with_id: bool) -> dict[tuple[Any, ...], Instance]:
    def key(one: Instance) -> tuple[Any, ...]:
        return (one.target, one.prompt, one.id if with_id else None)

    keys = [key(one) for one in instances]
    often = Counter(keys)
    return {
        name: one
        for name, one in zip(keys, instances, strict=True)
        if often[name] == 1 and (one.prompt is not None if not with_id else one.id is not None)
    }


def _hits(instances: Sequence[Instance], name: str) -> Hits:
    of_name = [one for one in instances if name in ("", one.target)]
    return Hits(len(of_name), sum(one.hit for one in of_name))


def _shares(this: Hits, base: Hits) -> tuple[float | None, float | None, float | None]:
    mine = this.hits / this.n if this.n else None
    theirs = base.hits / base.n if base.n else None
    gained = None if mine is None or theirs is None else mine - theirs
    return theirs, mine, gained


def _unpaired(this: Hits, base: Hits) -> AccuracyDifference:
    p = fisher(this.hits, this.n, base.hits, base.n)
    return AccuracyDifference(
        *_shares(this, base),
        test="" if p is None else "fisher",
        p=p,
        pairs=0,
        only_this=None,
        only_base=None,
        detectable_difference=detectable(base.hits / base.n, base.n, this.n) if base.n else None,
    )


def check_comparable(this: str, base: str) -> None:
    """Refuse to compare what was made differently.

    Raises:
        UsageError: the signatures differ.
    """
    if this != base:
        raise UsageError(
            f"these figures were made differently ({this} and {base})",
            cure="judge both with the same options and version",
        )
