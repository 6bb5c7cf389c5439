"""Hits counted, and what follows: shares, from counts alone such as a paper's, and two systems compared, by the
same prompts where they have them, otherwise as different texts.

>>> base = accuracy_of({"Simple": Hits(15, 14), "Complex": Hits(15, 1)})
>>> round(100 * base.accuracy, 1), [round(100 * one.accuracy, 1) for one in base.targets.values()]
(50.0, [93.3, 6.7])
>>> base.targets["Simple"].interval
Interval(low=0.7018..., high=0.9881...)
"""

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass

from jtextkit.core.errors import UsageError
from jtextkit.metrics import intervals
from jtextkit.metrics.accuracy.instances import Instance


@dataclass(frozen=True, slots=True)
class Hits:
    """Texts of one target, how many hit it, and how many did with the scale clipped.

    ``clipped`` is None where it was not counted. ``a + b`` counts both.

    Raises:
        UsageError: more hits than texts, or fewer clipped hits than hits.
    """

    n: int = 0
    hits: int = 0
    clipped: int | None = None

    def __post_init__(self) -> None:
        if not self.n and self.clipped is None:
            object.__setattr__(self, "clipped", 0)  # of no texts one knows everything
        clipped = self.hits if self.clipped is None else self.clipped
        if not 0 <= self.hits <= clipped <= self.n:
            raise UsageError(f"{self.hits} hits ({clipped} clipped) among {self.n} texts")

    def __add__(self, other: "Hits") -> "Hits":
        known = self.clipped is not None and other.clipped is not None
        clipped = (self.clipped or 0) + (other.clipped or 0) if known else None
        return Hits(self.n + other.n, self.hits + other.hits, clipped)


@dataclass(frozen=True, slots=True)
class Proportion:
    """A share of texts with its Wilson interval; None for no texts."""

    n: int
    hits: int
    accuracy: float | None
    interval: intervals.Interval | None
    clipped_accuracy: float | None
    clipped_interval: intervals.Interval | None

    to_dict = asdict


@dataclass(frozen=True)
class Accuracy:
    """Accuracy overall and by target.

    Attributes:
        overall: all texts alike, so targets with more texts weigh more.
        macro_accuracy: the mean of the targets' accuracies; None for no texts.
        targets: target to share, in the order given.
        signature: how it was made; two accuracies with different ones are not compared.
    """

    overall: Proportion
    macro_accuracy: float | None
    targets: Mapping[str, Proportion]
    signature: str = ""

    @property
    def n(self) -> int:
        return self.overall.n

    @property
    def accuracy(self) -> float | None:
        return self.overall.accuracy


def accuracy_of(counts: Mapping[str, Hits], signature: str = "") -> Accuracy:
    """Shares and intervals of counts; a target without texts has None and is not in the mean."""
    targets = {name: share_of(hits) for name, hits in counts.items()}
    known = [one.accuracy for one in targets.values() if one.accuracy is not None]
    macro = math.fsum(known) / len(known) if known else None
    return Accuracy(share_of(sum(counts.values(), Hits())), macro, targets, signature)


def added(*parts: Mapping[str, Hits]) -> dict[str, Hits]:
    """The counts of parts as those of the whole."""
    names = dict.fromkeys(name for part in parts for name in part)
    return {name: sum((part.get(name, Hits()) for part in parts), Hits()) for name in names}


def share_of(hits: Hits) -> Proportion:
    """The shares of one target's texts."""

    def of(number: int | None) -> tuple[float | None, intervals.Interval | None]:
        if number is None or not hits.n:
            return None, None
        return number / hits.n, intervals.wilson(number, hits.n)

    return Proportion(hits.n, hits.hits, *of(hits.hits), *of(hits.clipped))


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
    pairs: int = 0
    only_this: int | None = None
    only_base: int | None = None
    detectable_difference: float | None = None

    to_dict = asdict


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
            p=intervals.mcnemar(only_this, only_base) if number else None,
            pairs=number,
            only_this=only_this,
            only_base=only_base,
            detectable_difference=intervals.detectable_paired(share, number),
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


def _keyed(
    instances: Sequence[Instance], *, with_id: bool
) -> dict[tuple[str | None, ...], Instance]:
    keys = [(one.target, one.prompt, one.id if with_id else None) for one in instances]
    often, own = Counter(keys), 2 if with_id else 1
    pairs = zip(keys, instances, strict=True)
    return {key: one for key, one in pairs if often[key] == 1 and key[own] is not None}


def _hits(instances: Sequence[Instance], name: str) -> Hits:
    of_name = [one for one in instances if name in ("", one.target)]
    return Hits(len(of_name), sum(one.hit for one in of_name))


def _shares(this: Hits, base: Hits) -> tuple[float | None, float | None, float | None]:
    mine = this.hits / this.n if this.n else None
    theirs = base.hits / base.n if base.n else None
    gained = None if mine is None or theirs is None else mine - theirs
    return theirs, mine, gained


def _unpaired(this: Hits, base: Hits) -> AccuracyDifference:
    p = intervals.fisher(this.hits, this.n, base.hits, base.n)
    return AccuracyDifference(
        *_shares(this, base),
        test="" if p is None else "fisher",
        p=p,
        detectable_difference=intervals.detectable(base.hits / base.n, base.n, this.n)
        if base.n
        else None,
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
